/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test.h"

#include "core/automation/mos-when.h"
#include "core/base/mos-time.h"

/* Now: Thursday 26 November 2026, 10:07:31 in Madrid. What is expected is written as a clock there shows it; in words what is wrong. */
#define NOW "2026-11-26T10:07:31+01:00"

typedef struct
{
  const char *language;
  const char *text;
  const char *expected;
} Row;

static const Row rows[] = {
  /* days */
  { "en", "tomorrow", "2026-11-27 09:00" },
  { "en", "Tomorrow 9", "2026-11-27 09:00" },
  { "en", "tomorrow at 9", "2026-11-27 09:00" },
  { "en", "tomorrow 9am", "2026-11-27 09:00" },
  { "en", "9am tomorrow", "2026-11-27 09:00" },
  { "en", "tomorrow @9", "2026-11-27 09:00" },
  { "en", "tomorrow morning", "2026-11-27 09:00" },
  { "en", "tomorrow afternoon", "2026-11-27 14:00" },
  { "en", "tomorrow evening", "2026-11-27 18:00" },
  { "en", "tomorrow noon", "2026-11-27 12:00" },
  { "en", "tomorrow at midnight", "2026-11-27 00:00" },
  { "en", "day after tomorrow", "2026-11-28 09:00" },
  { "en", "day after tomorrow 14:15", "2026-11-28 14:15" },
  { "en", "today 11:00", "2026-11-26 11:00" },
  { "en", "today 9:00", "past" },
  { "en", "today", "past" },
  { "en", "tonight", "2026-11-26 20:00" },
  { "en", "this evening", "2026-11-26 18:00" },
  { "en", "later today", "2026-11-26 13:07" },
  { "en", "later", "2026-11-26 13:07" },
  { "en", "  tomorrow   9  ", "2026-11-27 09:00" },
  { "en", "TOMORROW, 9:30", "2026-11-27 09:30" },
  { "en", "tomorrow 1430", "2026-11-27 14:30" },
  /* weekdays */
  { "en", "fri 14:00", "2026-11-27 14:00" },
  { "en", "fri 14", "2026-11-27 14:00" },
  { "en", "14 fri", "2026-11-27 14:00" },
  { "en", "friday 2 pm", "2026-11-27 14:00" },
  { "en", "friday 2p.m.", "2026-11-27 14:00" },
  { "en", "monday", "2026-11-30 09:00" },
  { "en", "next monday", "2026-11-30 09:00" },
  { "en", "on monday at 10:30", "2026-11-30 10:30" },
  { "en", "monday morning", "2026-11-30 09:00" },
  { "en", "thursday", "2026-12-03 09:00" },
  { "en", "thursday 14:00", "2026-11-26 14:00" },
  { "en", "thu 9:00", "2026-12-03 09:00" },
  { "en", "next thursday 14:00", "2026-12-03 14:00" },
  { "en", "this friday", "2026-11-27 09:00" },
  { "en", "weekend", "2026-11-28 09:00" },
  { "en", "next week", "2026-11-30 09:00" },
  { "en", "next week friday", "2026-12-04 09:00" },
  { "en", "friday next week 15:00", "2026-12-04 15:00" },
  { "en", "next month", "2026-12-01 09:00" },
  { "en", "next month 8:00", "2026-12-01 08:00" },
  { "en", "next year", "2027-01-01 09:00" },
  { "en", "next day", "2026-11-27 09:00" },
  /* times */
  { "en", "14:30", "2026-11-26 14:30" },
  { "en", "9:00", "2026-11-27 09:00" },
  { "en", "10:07", "2026-11-27 10:07" },
  { "en", "10:08", "2026-11-26 10:08" },
  { "en", "24:00", "2026-11-27 00:00" },
  { "en", "0:30", "2026-11-27 00:30" },
  { "en", "noon", "2026-11-26 12:00" },
  { "en", "12am", "2026-11-27 00:00" },
  { "en", "12pm", "2026-11-26 12:00" },
  { "en", "12:30 am", "2026-11-27 00:30" },
  { "en", "11 pm", "2026-11-26 23:00" },
  { "en", "5 o'clock", "2026-11-26 17:00" },
  { "en", "next friday at 4", "2026-11-27 16:00" },
  { "en_GB", "next friday at 4", "2026-11-27 16:00" },
  { "C", "next friday at 4", "2026-11-27 16:00" },
  { "en_GB", "tomorrow 3:30", "2026-11-27 03:30" },
  { "en_GB", "tomorrow 03", "2026-11-27 03:00" },
  { "en", "tomorrow 8 in the evening", "2026-11-27 20:00" },
  { "en", "tomorrow 3", "2026-11-27 15:00" },
  { "en", "tomorrow 3:30", "2026-11-27 15:30" },
  { "en", "tomorrow 03:30", "2026-11-27 03:30" },
  { "en", "tomorrow 3am", "2026-11-27 03:00" },
  { "en_GB", "tomorrow 3", "2026-11-27 15:00" },
  { "en", "tomorrow 7", "2026-11-27 07:00" },
  /* spans */
  { "en", "in 3 days", "2026-11-29 09:00" },
  { "en", "in three days", "2026-11-29 09:00" },
  { "en", "3 days", "2026-11-29 09:00" },
  { "en", "3 days later", "2026-11-29 09:00" },
  { "en", "3 days from now", "2026-11-29 09:00" },
  { "en", "in 3 days 16:00", "2026-11-29 16:00" },
  { "en", "+3d", "2026-11-29 09:00" },
  { "en", "+2h", "2026-11-26 12:07" },
  { "en", "2h", "2026-11-26 12:07" },
  { "en", "+ 2 hours", "2026-11-26 12:07" },
  { "en", "in 2 hours", "2026-11-26 12:07" },
  { "en", "in an hour", "2026-11-26 11:07" },
  { "en", "in half an hour", "2026-11-26 10:37" },
  { "en", "in 2 and a half hours", "2026-11-26 12:37" },
  { "en", "in 1 hour 30 minutes", "2026-11-26 11:37" },
  { "en", "+1h30", "2026-11-26 11:37" },
  { "en", "in 90 min", "2026-11-26 11:37" },
  { "en", "+30m", "2026-11-26 10:37" },
  { "en", "+1w", "2026-12-03 09:00" },
  { "en", "in 2 weeks", "2026-12-10 09:00" },
  { "en", "in a month", "2026-12-26 09:00" },
  { "en", "+3mo", "2027-02-26 09:00" },
  { "en", "in 1 year", "2027-11-26 09:00" },
  { "en", "in 1 day 2 hours", "2026-11-27 12:07" },
  { "en", "in a couple of days", "2026-11-28 09:00" },
  /* dates */
  { "en", "2026-12-01 9:00", "2026-12-01 09:00" },
  { "en", "2026-12-01", "2026-12-01 09:00" },
  { "en", "2026-12-01T16:45", "2026-12-01 16:45" },
  { "en", "2026-12-01T16:45:10", "2026-12-01 16:45" },
  { "en", "1 dec", "2026-12-01 09:00" },
  { "en", "dec 1", "2026-12-01 09:00" },
  { "en", "december 1st 14:00", "2026-12-01 14:00" },
  { "en", "1st of december", "2026-12-01 09:00" },
  { "en", "Dec. 1, 2026 at 2:30 pm", "2026-12-01 14:30" },
  { "en", "1 dec 9", "2026-12-01 09:00" },
  { "en", "december", "2026-12-01 09:00" },
  { "en", "1 november", "2027-11-01 09:00" },
  { "en", "26 november 9:00", "2027-11-26 09:00" },
  { "en", "26 november 11:00", "2026-11-26 11:00" },
  { "en", "29 feb", "2028-02-29 09:00" },
  { "en", "the 15th", "2026-12-15 09:00" },
  { "en", "31st", "2026-12-31 09:00" },
  { "en", "15th 14:00", "2026-12-15 14:00" },
  { "en", "the 15th next month", "2026-12-15 09:00" },
  { "en", "fri 4 dec", "2026-12-04 09:00" },
  { "en_US", "12/1", "2026-12-01 09:00" },
  { "en_US", "12/1/27 8:00", "2027-12-01 08:00" },
  { "en_GB", "12/1", "2027-01-12 09:00" },
  { "en_GB", "1/12/2026 14:00", "2026-12-01 14:00" },
  { "en", "march next year", "2027-03-01 09:00" },
  /* what is wrong */
  { "en", "", "empty" },
  { "en", "   ", "empty" },
  { "en", "banana", "unknown banana" },
  { "en", "tomorrow Banana 9", "unknown Banana" },
  { "en", "the", "unknown the" },
  { "en", "2020", "unknown 2020" },
  { "en", "2020-01", "unknown 2020-01" },
  { "en", "1430", "2026-11-26 14:30" },
  { "en", "tomorrow 2030", "2026-11-27 20:30" },
  { "en", "99", "unknown 99" },
  { "en", "tomorrow ?", "unknown ?" },
  { "en", "2026-11-01", "past" },
  { "en", "yesterday", "past" },
  { "en", "yesterday 9:00", "past" },
  { "en", "last week", "past" },
  { "en", "the 5", "2026-12-05 09:00" },
  { "en", "2 h", "2026-11-26 12:07" },
  { "en", "2020-01-01 10:00", "past" },
  { "en", "25:00", "no-such" },
  { "en", "9:75", "no-such" },
  { "en", "9:5", "no-such" },
  { "en", "31 feb", "no-such" },
  { "en", "2027-02-29", "no-such" },
  { "en", "2026-13-01", "no-such" },
  { "en", "32 dec", "no-such" },
  { "en", "13/13", "no-such" },
  { "en", "15 pm", "2026-11-26 15:00" },
  { "en", "15 am", "no-such" },
  { "en", "fri mon", "conflict" },
  { "en", "tomorrow monday", "conflict" },
  { "en", "9:00 10:00", "conflict" },
  { "en", "mon 4 dec", "conflict" },
  { "en", "in 2 hours 9:00", "conflict" },
  { "en", "in 3 days monday", "conflict" },
  { "en", "in 0 days", "past" },
  { "en", "in 20 years", "too-far" },
  { "en", "2050-01-01", "too-far" },
  { "en", "in 999999 days", "too-far" },
  { "en", "in 99999999999 days", "unknown 99999999999" },
  { "en", "next", "unknown next" },
  { "en", "pm", "unknown pm" },
  { "en", "until they answer", "answer" },
  { "en", "answer 9:00", "conflict" },
  /* Spanish */
  { "es", "mañana", "2026-11-27 09:00" },
  { "es", "manana 9", "2026-11-27 09:00" },
  { "es", "mañana a las 9:30", "2026-11-27 09:30" },
  { "es", "mañana por la mañana", "2026-11-27 09:00" },
  { "es", "mañana por la tarde", "2026-11-27 14:00" },
  { "es", "pasado mañana", "2026-11-28 09:00" },
  { "es", "lunes", "2026-11-30 09:00" },
  { "es", "el lunes que viene a las 10", "2026-11-30 10:00" },
  { "es", "el próximo miércoles", "2026-12-02 09:00" },
  { "es", "vie 14:00", "2026-11-27 14:00" },
  { "es", "viernes a las 8 de la tarde", "2026-11-27 20:00" },
  { "es", "en 3 días", "2026-11-29 09:00" },
  { "es", "dentro de dos semanas", "2026-12-10 09:00" },
  { "es", "en una hora y media", "2026-11-26 11:37" },
  { "es", "en media hora", "2026-11-26 10:37" },
  { "es", "mañana a las dos y media", "2026-11-27 14:30" },
  { "es", "el 5", "2026-12-05 09:00" },
  { "es", "el 5 a las 10", "2026-12-05 10:00" },
  { "es", "el cinco", "2026-12-05 09:00" },
  { "es", "el 5 de diciembre a las 9", "2026-12-05 09:00" },
  { "es", "el viernes a las 5", "2026-11-27 17:00" },
  { "es", "el 10:30", "2026-11-26 10:30" },
  { "es", "2 h", "2026-11-26 12:07" },
  { "es", "2h", "2026-11-26 12:07" },
  { "es", "2 horas", "2026-11-26 12:07" },
  { "es", "48 h", "2026-11-28 10:07" },
  { "es", "mañana 9 h", "2026-11-27 09:00" },
  { "es", "9 h mañana", "2026-11-27 09:00" },
  { "es", "a las 9 h", "2026-11-27 09:00" },
  { "es", "5 min", "2026-11-26 10:12" },
  { "es", "ayer", "past" },
  { "es", "anteayer a las 9", "past" },
  { "es", "la semana pasada", "past" },
  { "es", "1 de diciembre", "2026-12-01 09:00" },
  { "es", "1 de diciembre de 2026 a las 14:30", "2026-12-01 14:30" },
  { "es", "el día 15", "2026-12-15 09:00" },
  { "es", "1/12", "2026-12-01 09:00" },
  { "es", "el mes que viene", "2026-12-01 09:00" },
  { "es", "la próxima semana", "2026-11-30 09:00" },
  { "es", "esta noche", "2026-11-26 20:00" },
  { "es", "a las 14h", "2026-11-26 14:00" },
  { "es", "tomorrow 9", "2026-11-27 09:00" },
  { "es", "hasta que respondan", "answer" },
  { "es_CO", "mañana 3", "2026-11-27 15:00" },
  { "es", "mañana 3 p. m.", "2026-11-27 15:00" },
  { "es", "en quince días", "2026-12-11 09:00" },
  { "es", "en un par de días", "2026-11-28 09:00" },
  { "es", "mañana a primera hora", "2026-11-27 09:00" },
  /* Arabic */
  { "ar", "غدا", "2026-11-27 09:00" },
  { "ar", "غدًا الساعة 9", "2026-11-27 09:00" },
  { "ar", "غدا الساعة ٩:٣٠ ص", "2026-11-27 09:30" },
  { "ar", "غدا ٢ م", "2026-11-27 14:00" },
  { "ar", "غدا ٣", "2026-11-27 15:00" },
  { "ar_MA", "غدا ٣", "2026-11-27 15:00" },
  { "ar", "أمس", "past" },
  { "ar", "بعد غد", "2026-11-28 09:00" },
  { "ar", "بعد ٣ أيام", "2026-11-29 09:00" },
  { "ar", "بعد ثلاثة ايام", "2026-11-29 09:00" },
  { "ar", "بعد يومين", "2026-11-28 09:00" },
  { "ar", "بعد ساعة", "2026-11-26 11:07" },
  { "ar", "بعد ساعة ونصف", "2026-11-26 11:37" },
  { "ar", "بعد ساعتين", "2026-11-26 12:07" },
  { "ar", "الاثنين", "2026-11-30 09:00" },
  { "ar", "يوم الإثنين القادم", "2026-11-30 09:00" },
  { "ar", "الجمعة ١٤:٠٠", "2026-11-27 14:00" },
  { "ar", "الأسبوع القادم", "2026-11-29 09:00" },
  { "ar", "الشهر المقبل", "2026-12-01 09:00" },
  { "ar", "١ ديسمبر", "2026-12-01 09:00" },
  { "ar", "1 كانون الأول", "2026-12-01 09:00" },
  { "ar", "غدا صباحا", "2026-11-27 09:00" },
  { "ar", "غدا مساء", "2026-11-27 18:00" },
  { "ar", "غدا بعد الظهر", "2026-11-27 14:00" },
  { "ar", "غدا الساعة التاسعة", "2026-11-27 09:00" },
  { "ar", "غدا الساعة التاسعة والنصف", "2026-11-27 09:30" },
  { "ar", "الاتنين الصبح", "2026-11-30 09:00" },
  { "ar", "الليلة", "2026-11-26 20:00" },
  { "ar", "حتى يردوا", "answer" },
  { "ar", "۱۴:۳۰", "2026-11-26 14:30" },
  /* German */
  { "de", "morgen", "2026-11-27 09:00" },
  { "de", "morgen um 9 Uhr", "2026-11-27 09:00" },
  { "de", "morgen früh", "2026-11-27 09:00" },
  { "de", "montag morgen", "2026-11-30 09:00" },
  { "de", "Übermorgen 8.30", "2026-11-28 08:30" },
  { "de", "uebermorgen", "2026-11-28 09:00" },
  { "de", "nächsten Montag", "2026-11-30 09:00" },
  { "de", "nächste Woche", "2026-11-30 09:00" },
  { "de", "nächsten Monat", "2026-12-01 09:00" },
  { "de", "in 3 Tagen", "2026-11-29 09:00" },
  { "de", "in einer Stunde", "2026-11-26 11:07" },
  { "de", "in einer halben Stunde", "2026-11-26 10:37" },
  { "de", "Fr 14 Uhr", "2026-11-27 14:00" },
  { "de", "1.12.", "2026-12-01 09:00" },
  { "de", "1.12.2026 14:30", "2026-12-01 14:30" },
  { "de", "4. Dezember", "2026-12-04 09:00" },
  { "de", "am 15.", "2026-12-15 09:00" },
  { "de", "am 5", "2026-12-05 09:00" },
  { "de", "2 h", "2026-11-26 12:07" },
  { "de", "2 Stunden", "2026-11-26 12:07" },
  { "de", "morgen um 5 Uhr", "2026-11-27 05:00" },
  { "de", "gestern", "past" },
  { "de", "14.30 Uhr", "2026-11-26 14:30" },
  { "de", "9.30", "2026-11-27 09:30" },
  { "de", "heute Abend", "2026-11-26 18:00" },
  { "de", "in vierzehn Tagen", "2026-12-10 09:00" },
  { "de", "morgen in der Früh", "2026-11-27 09:00" },
  /* French, Italian, Portuguese */
  { "fr", "demain", "2026-11-27 09:00" },
  { "fr", "demain 14h30", "2026-11-27 14:30" },
  { "fr", "demain à 9 h", "2026-11-27 09:00" },
  { "fr", "demain à 9 heures 30", "2026-11-27 09:30" },
  { "fr", "après-demain", "2026-11-28 09:00" },
  { "fr", "lundi prochain", "2026-11-30 09:00" },
  { "fr", "la semaine prochaine", "2026-11-30 09:00" },
  { "fr", "le mois prochain", "2026-12-01 09:00" },
  { "fr", "2 h", "2026-11-26 12:07" },
  { "fr", "14h", "2026-11-26 14:00" },
  { "fr", "à 9 h", "2026-11-27 09:00" },
  { "fr", "9 heures 30", "2026-11-27 09:30" },
  { "fr", "le 5", "2026-12-05 09:00" },
  { "fr", "avant-hier", "past" },
  { "fr", "dans 2 heures", "2026-11-26 12:07" },
  { "fr", "dans une heure et demie", "2026-11-26 11:37" },
  { "fr", "1er décembre", "2026-12-01 09:00" },
  { "fr", "ce soir", "2026-11-26 18:00" },
  { "fr", "aujourd’hui 15h", "2026-11-26 15:00" },
  { "fr", "dans quinze jours", "2026-12-11 09:00" },
  { "fr", "demain dans l’après-midi", "2026-11-27 14:00" },
  { "fr", "dès lundi", "2026-11-30 09:00" },
  { "fr", "jusqu’à ce qu’il réponde", "answer" },
  { "it", "domani alle 9", "2026-11-27 09:00" },
  { "it", "il 5", "2026-12-05 09:00" },
  { "it", "2 h", "2026-11-26 12:07" },
  { "it", "2 ore", "2026-11-26 12:07" },
  { "it", "ieri", "past" },
  { "it", "dopodomani", "2026-11-28 09:00" },
  { "it", "lunedì prossimo", "2026-11-30 09:00" },
  { "it", "tra 3 giorni", "2026-11-29 09:00" },
  { "it", "fra due ore", "2026-11-26 12:07" },
  { "it", "venerdì ore 14.30", "2026-11-27 14:30" },
  { "it", "1º dicembre", "2026-12-01 09:00" },
  { "it", "il mese prossimo", "2026-12-01 09:00" },
  { "it", "stasera", "2026-11-26 18:00" },
  { "it", "tra un’ora", "2026-11-26 11:07" },
  { "it", "tra un'ora e mezza", "2026-11-26 11:37" },
  { "it", "tra mezz’ora", "2026-11-26 10:37" },
  { "it", "tra quindici giorni", "2026-12-11 09:00" },
  { "it", "l’8 dicembre", "2026-12-08 09:00" },
  { "it", "domani all’una", "2026-11-27 13:00" },
  { "it", "finché non risponde", "answer" },
  { "pt", "amanhã às 9", "2026-11-27 09:00" },
  { "pt", "depois de amanhã", "2026-11-28 09:00" },
  { "pt", "dia 5", "2026-12-05 09:00" },
  { "pt", "2 h", "2026-11-26 12:07" },
  { "pt", "ontem", "past" },
  { "pt", "segunda-feira", "2026-11-30 09:00" },
  { "pt", "próxima terça", "2026-12-01 09:00" },
  { "pt", "daqui a 3 dias", "2026-11-29 09:00" },
  { "pt", "em duas horas", "2026-11-26 12:07" },
  { "pt", "mês que vem", "2026-12-01 09:00" },
  { "pt", "hoje à noite", "2026-11-26 20:00" },
  { "pt_BR", "1 de dezembro 14h", "2026-12-01 14:00" },
  { "pt", "daqui 3 dias", "2026-11-29 09:00" },
  { "pt", "amanhã cedo", "2026-11-27 09:00" },
  { "pt", "até que respondam", "answer" },
  /* Catalan */
  { "ca", "demà", "2026-11-27 09:00" },
  { "ca", "dema 9", "2026-11-27 09:00" },
  { "ca", "demà a les 9", "2026-11-27 09:00" },
  { "ca", "demà a les 9:30", "2026-11-27 09:30" },
  { "ca", "demà al matí", "2026-11-27 09:00" },
  { "ca", "demà a la tarda", "2026-11-27 14:00" },
  { "ca", "demà al vespre", "2026-11-27 18:00" },
  { "ca", "demà passat", "2026-11-28 09:00" },
  { "ca", "dv. 14:00", "2026-11-27 14:00" },
  { "ca", "dilluns que ve a les 10", "2026-11-30 10:00" },
  { "ca", "fins dilluns a les 10", "2026-11-30 10:00" },
  { "ca", "el proper dimecres", "2026-12-02 09:00" },
  { "ca", "divendres a les 8 del vespre", "2026-11-27 20:00" },
  { "ca", "d'aquí a 3 dies", "2026-11-29 09:00" },
  { "ca", "d’aquí a tres dies", "2026-11-29 09:00" },
  { "ca", "d’aquí dues hores", "2026-11-26 12:07" },
  { "ca", "dintre d’una hora", "2026-11-26 11:07" },
  { "ca", "d’aquí a una hora i mitja", "2026-11-26 11:37" },
  { "ca", "en mitja hora", "2026-11-26 10:37" },
  { "ca", "demà a les dues i mitja", "2026-11-27 14:30" },
  { "ca", "demà a les set", "2026-11-27 07:00" },
  { "ca", "a les 9 hores", "2026-11-27 09:00" },
  { "ca", "2 hores", "2026-11-26 12:07" },
  { "ca", "2 h", "2026-11-26 12:07" },
  { "ca", "el 5", "2026-12-05 09:00" },
  { "ca", "el dia 15", "2026-12-15 09:00" },
  { "ca", "el 5 de desembre a les 9", "2026-12-05 09:00" },
  { "ca", "l’1 de desembre", "2026-12-01 09:00" },
  { "ca", "1r de desembre", "2026-12-01 09:00" },
  { "ca", "1 d’octubre", "2027-10-01 09:00" },
  { "ca", "1/12", "2026-12-01 09:00" },
  { "ca", "la setmana vinent", "2026-11-30 09:00" },
  { "ca", "el mes que ve", "2026-12-01 09:00" },
  { "ca", "l’any vinent", "2027-01-01 09:00" },
  { "ca", "el cap de setmana", "2026-11-28 09:00" },
  { "ca", "aquest vespre", "2026-11-26 18:00" },
  { "ca", "aquesta nit", "2026-11-26 20:00" },
  { "ca", "més tard", "2026-11-26 13:07" },
  { "ca", "ahir", "past" },
  { "ca", "la setmana passada", "past" },
  { "ca", "fins que responguin", "answer" },
  { "ca", "d’aquí a quinze dies", "2026-12-11 09:00" },
  { "ca", "tomorrow 9", "2026-11-27 09:00" },
  { "xx", "tomorrow 9", "2026-11-27 09:00" },
  { NULL, "tomorrow 9", "2026-11-27 09:00" },
};

static const char *const status_names[] = { "ok", "empty", "unknown", "past", "no-such", "conflict", "too-far" };

static char *
show (const MosWhen *when,
      GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) there = NULL;

  if (when->status == MOS_WHEN_UNKNOWN)
    return g_strconcat ("unknown ", when->word, NULL);
  if (when->status != MOS_WHEN_OK)
    return g_strdup (status_names[when->status]);
  if (when->is_answer)
    return g_strdup ("answer");
  utc = g_date_time_new_from_unix_utc_usec (when->at_us);
  there = g_date_time_to_timezone (utc, zone);
  return g_date_time_format (there, "%Y-%m-%d %H:%M");
}

static MosWhenContext
context_in (GTimeZone *zone,
            const char *now,
            const char *language)
{
  return (MosWhenContext) { .now_us = mos_time_parse (now, zone), .zone = zone, .language = language, .allow_answer = TRUE };
}

static void
test_table (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Madrid");
  guint wrong = 0;

  g_assert_cmpuint (G_N_ELEMENTS (rows), >=, 150);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MosWhenContext context = context_in (zone, NOW, rows[i].language);
      g_auto (MosWhen) when = { 0 };
      g_autofree char *shown = NULL;

      mos_when_parse (&context, rows[i].text, &when);
      shown = show (&when, zone);
      if (g_str_equal (shown, rows[i].expected))
        continue;
      g_test_message ("%s “%s”: %s, not %s", rows[i].language, rows[i].text, shown, rows[i].expected);
      wrong++;
    }
  g_assert_cmpuint (wrong, ==, 0);
}

/* --- clocks that change --- */

static const struct
{
  const char *zone;
  const char *now;
  const char *text;
  const char *expected; /* UTC */
  gboolean is_moved;
} changes[] = {
  { "Europe/Madrid", "2026-03-28T12:00:00+01:00", "tomorrow 02:30", "2026-03-29T01:00:00Z", TRUE },
  { "Europe/Madrid", "2026-03-28T12:00:00+01:00", "tomorrow 03:00", "2026-03-29T01:00:00Z", FALSE },
  { "Europe/Madrid", "2026-03-28T12:00:00+01:00", "tomorrow 01:59", "2026-03-29T00:59:00Z", FALSE },
  { "Europe/Madrid", "2026-10-24T12:00:00+02:00", "tomorrow 02:30", "2026-10-25T00:30:00Z", FALSE },
  { "Europe/Madrid", "2026-10-24T12:00:00+02:00", "tomorrow 03:00", "2026-10-25T02:00:00Z", FALSE },
  /* a span counts what passes, whatever the clocks do */
  { "Europe/Madrid", "2026-10-25T00:30:00+02:00", "in 3 hours", "2026-10-25T01:30:00Z", FALSE },
  { "Europe/Madrid", "2026-03-28T12:00:00+01:00", "in 24 hours", "2026-03-29T11:00:00Z", FALSE },
  { "Europe/Madrid", "2026-03-28T12:00:00+01:00", "in 1 day 12:00", "2026-03-29T10:00:00Z", FALSE },
  { "America/New_York", "2026-03-07T12:00:00-05:00", "tomorrow 02:30", "2026-03-08T07:00:00Z", TRUE },
  { "America/New_York", "2026-10-31T12:00:00-04:00", "tomorrow 01:30", "2026-11-01T05:30:00Z", FALSE },
  /* half an hour */
  { "Australia/Lord_Howe", "2026-10-03T12:00:00+10:30", "tomorrow 02:15", "2026-10-03T15:30:00Z", TRUE },
  { "Australia/Lord_Howe", "2026-04-04T12:00:00+11:00", "tomorrow 01:45", "2026-04-04T14:45:00Z", FALSE },
  /* a day that never was: 30 December 2011 */
  { "Pacific/Apia", "2011-12-29T12:00:00-10:00", "2011-12-30 12:00", "2011-12-30T10:00:00Z", TRUE },
  { "Pacific/Apia", "2011-12-29T12:00:00-10:00", "2011-12-31 00:00", "2011-12-30T10:00:00Z", FALSE },
  /* midnight is what is left out */
  { "America/Havana", "2026-03-07T12:00:00-05:00", "tomorrow 24:00", "2026-03-09T04:00:00Z", FALSE },
  { "America/Havana", "2026-03-07T12:00:00-05:00", "tomorrow 0:00", "2026-03-08T05:00:00Z", TRUE },
};

static void
test_changes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (changes[i].zone);
      MosWhenContext context = context_in (zone, changes[i].now, "en_GB");
      g_auto (MosWhen) when = { 0 };
      g_autofree char *shown = NULL;

      g_test_message ("%s %s", changes[i].zone, changes[i].text);
      g_assert_nonnull (zone);
      g_assert_true (mos_when_parse (&context, changes[i].text, &when));
      shown = mos_time_format_utc (when.at_us);
      g_assert_cmpstr (shown, ==, changes[i].expected);
      g_assert_cmpint (when.is_moved, ==, changes[i].is_moved);
    }
}

/* --- begin of the work --- */

static int
opens (int year,
       int month,
       int day,
       gpointer data)
{
  return day == 29 ? -1 : day == 30 ? 11 * 60
                                    : 8 * 60 + 30;
}

static void
test_start (void)
{
  static const char *const cases[][2] = {
    { "tomorrow", "2026-11-27 08:30" },
    { "tomorrow morning", "2026-11-27 08:30" },
    { "tomorrow 9", "2026-11-27 09:00" },
    { "monday", "2026-11-30 11:00" },
    { "sunday", "2026-11-29 09:00" },
    { "in 4 days", "2026-11-30 11:00" },
    { "next month", "2026-12-01 08:30" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Madrid");
  MosWhenContext context = context_in (zone, NOW, "en");

  context.start = opens;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (MosWhen) when = { 0 };
      g_autofree char *shown = NULL;

      mos_when_parse (&context, cases[i][0], &when);
      shown = show (&when, zone);
      g_assert_cmpstr (shown, ==, cases[i][1]);
    }
}

static int
closes (int year,
        int month,
        int day,
        gpointer data)
{
  return day == 29 ? -1 : day == 30 ? 19 * 60 + 30
                                    : 26 * 60;
}

/* Ends and counts of days of work; without hours, Monday to Friday and six o'clock. */
static void
test_business (void)
{
  static const struct
  {
    const char *language;
    const char *text;
    const char *with;
    const char *without;
  } cases[] = {
    { "en", "end of day", "2026-11-27 02:00", "2026-11-26 18:00" },
    { "en", "monday end of day", "2026-11-30 19:30", "2026-11-30 18:00" },
    { "en", "sunday eod", "2026-11-29 18:00", "2026-11-29 18:00" },
    { "en", "in 2 business days", "2026-11-28 08:30", "2026-11-30 09:00" },
    { "en", "3 working days", "2026-11-30 11:00", "2026-12-01 09:00" },
    { "en", "next business day", "2026-11-27 08:30", "2026-11-27 09:00" },
    { "en", "in 4 business days 14:00", "2026-12-01 14:00", "2026-12-02 14:00" },
    { "es", "en 2 días laborables", "2026-11-28 08:30", "2026-11-30 09:00" },
    { "es", "fin de la jornada", "2026-11-27 02:00", "2026-11-26 18:00" },
    { "de", "in 2 Werktagen", "2026-11-28 08:30", "2026-11-30 09:00" },
    { "de", "Feierabend", "2026-11-27 02:00", "2026-11-26 18:00" },
    { "fr", "dans 2 jours ouvrés", "2026-11-28 08:30", "2026-11-30 09:00" },
    { "it", "tra 2 giorni lavorativi", "2026-11-28 08:30", "2026-11-30 09:00" },
    { "pt", "daqui a 2 dias úteis", "2026-11-28 08:30", "2026-11-30 09:00" },
    { "ca", "d'aquí a 2 dies feiners", "2026-11-28 08:30", "2026-11-30 09:00" },
    { "ca", "final de la jornada", "2026-11-27 02:00", "2026-11-26 18:00" },
    { "ar", "بعد 3 أيام عمل", "2026-11-30 11:00", "2026-12-01 09:00" },
    { "ar", "بعد يومي عمل", "2026-11-28 08:30", "2026-11-30 09:00" },
    /* Sunday is closed and begins no week. */
    { "ar", "الأسبوع القادم", "2026-11-30 11:00", "2026-11-29 09:00" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Madrid");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint with = 0; with < 2; with++)
      {
        MosWhenContext context = context_in (zone, NOW, cases[i].language);
        g_auto (MosWhen) when = { 0 };
        g_autofree char *shown = NULL;

        if (with)
          {
            context.start = opens;
            context.end = closes;
          }
        mos_when_parse (&context, cases[i].text, &when);
        shown = show (&when, zone);
        g_test_message ("%s", cases[i].text);
        g_assert_cmpstr (shown, ==, with ? cases[i].with : cases[i].without);
      }
}

static void
test_answer_only_where_wanted (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Madrid");
  MosWhenContext context = context_in (zone, NOW, "en");
  g_auto (MosWhen) when = { 0 };

  context.allow_answer = FALSE;
  g_assert_false (mos_when_parse (&context, "until they answer", &when));
  g_assert_cmpint (when.status, ==, MOS_WHEN_UNKNOWN);
}

/* --- what we write we read --- */

static const char *const locales[] = { "en_US.UTF-8", "en_GB", "es_ES", "es_CO", "ar_EG", "ar_MA", "de_DE", "fr_FR", "it_IT", "pt_BR", "ca_ES", NULL };

static void
test_describe (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Madrid");
  g_autoptr (GRand) random = g_rand_new_with_seed (20261126);

  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    for (guint n = 0; n < 300; n++)
      {
        MosWhenContext context = context_in (zone, NOW, locales[i]);
        gint64 at_us = (context.now_us / 60000000 + 1 + g_rand_int_range (random, 0, 2 * 365 * 24 * 60)) * 60000000;
        g_autofree char *text = mos_when_describe (&context, at_us);
        g_autofree char *expected = mos_time_format_utc (at_us);
        g_autofree char *shown = NULL;
        g_auto (MosWhen) when = { 0 };

        mos_when_parse (&context, text, &when);
        /* The second of two equal hours is written as the first. */
        if (when.at_us == at_us - G_TIME_SPAN_HOUR)
          continue;
        shown = mos_time_format_utc (when.at_us);
        if (!g_str_equal (shown, expected))
          g_test_message ("%s “%s” status %u word %s", locales[i], text, when.status, when.word);
        g_assert_cmpstr (shown, ==, expected);
      }
}

static void
test_describe_words (void)
{
  static const char *const cases[][2] = {
    { "en_US", "Friday December 4 2:05 PM" },
    { "en_GB", "Friday 4 December 14:05" },
    { "es_ES", "viernes 4 de diciembre 14:05" },
    { "ar_EG", "الجمعة 4 ديسمبر 2:05 م" },
    { "de_DE", "Freitag 4. Dezember 14:05" },
    { "fr_FR", "vendredi 4 décembre 14:05" },
    { "pt_BR", "sexta-feira 4 de dezembro 14:05" },
    { "ca_ES", "divendres 4 de desembre 14:05" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Madrid");
  MosWhenContext catalan = context_in (zone, NOW, "ca_ES");
  g_autofree char *october = mos_when_describe (&catalan, mos_time_local (zone, 2027, 10, 1, 9, 30));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MosWhenContext context = context_in (zone, NOW, cases[i][0]);
      g_autofree char *text = mos_when_describe (&context, mos_time_local (zone, 2026, 12, 4, 14, 5));

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
  g_assert_cmpstr (october, ==, "divendres 1 d'octubre de 2027 09:30");
}

/* --- completing --- */

static char *
complete (const char *language,
          const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Madrid");
  MosWhenContext context = context_in (zone, NOW, language);
  g_autoptr (GPtrArray) choices = mos_when_complete (&context, text, 6);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < choices->len; i++)
    {
      MosWhenChoice *choice = choices->pdata[i];
      g_auto (MosWhen) when = { 0 };

      /* Whatever is offered is understood, and as what it was offered as. */
      g_assert_true (mos_when_parse (&context, choice->text, &when));
      g_assert_cmpint (when.at_us, ==, choice->at_us);
      g_string_append_printf (all, "%s%s", i > 0 ? " | " : "", choice->text);
    }
  return g_strdup (all->str);
}

static void
test_complete (void)
{
  static const char *const cases[][3] = {
    { "en_GB", "", "later today | tomorrow | next week | next month | weekend | until they answer" },
    { "en_GB", "to", "tomorrow | tomorrow 14:00 | tomorrow 16:00" },
    { "en_GB", "f", "Friday | Friday 14:00 | Friday 16:00" },
    { "en_GB", "next", "next week | next month" },
    { "en_GB", "in 3", "in 3 minutes | in 3 hours | in 3 days | in 3 weeks | in 3 months" },
    { "en_GB", "in 3 d", "in 3 days" },
    { "en_GB", "3 d", "3 days | 3 December" },
    { "en_GB", "1", "1 minute | 1 hour | 1 day | 1 week | 1 month | 1:00" },
    { "en_GB", "tomorrow", "tomorrow | tomorrow 14:00 | tomorrow 16:00" },
    { "en_GB", "banana", "" },
    { "es", "man", "mañana | mañana 14:00 | mañana 16:00" },
    { "es", "en 2", "en 2 minutos | en 2 horas | en 2 días | en 2 semanas | en 2 meses | en 2 días laborables" },
    { "ca", "dem", "demà | demà 14:00 | demà 16:00 | demà passat" },
    { "ca", "d’aquí a 2", "d'aquí a 2 minuts | d'aquí a 2 hores | d'aquí a 2 dies | d'aquí a 2 setmanes | d'aquí a 2 mesos | d'aquí a 2 dies feiners" },
    { "ca", "5 d'o", "5 d'octubre" },
    { "de", "üb", "übermorgen" },
    { "ar", "نهاية اليوم", "نهاية اليوم" },
    { "en", "end of day", "end of day" },
    { "ar", "بعد ٣", "بعد 3 دقائق | بعد 3 ساعات | بعد 3 أيام | بعد 3 أسابيع | بعد 3 أشهر | بعد 3 أيام عمل" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *all = complete (cases[i][0], cases[i][1]);

      g_assert_cmpstr (all, ==, cases[i][2]);
    }
}

/* With the clock that is shown beside them, whatever the language has. */
static void
test_complete_clock (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Madrid");
  MosWhenContext context = context_in (zone, NOW, "ar_EG");
  g_autoptr (GPtrArray) choices = NULL;

  context.clock = 24;
  choices = mos_when_complete (&context, "غدًا", 6);
  g_assert_cmpuint (choices->len, >=, 2);
  g_assert_cmpstr (((MosWhenChoice *) choices->pdata[1])->text, ==, "غدًا 14:00");
}

/* The completions of every locale are in its language and understood, with nothing typed too. */
static void
test_complete_everywhere (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_autofree char *all = complete (locales[i], "");

      g_test_message ("%s", all);
      g_assert_nonnull (strchr (all, '|'));
    }
}

/* Whatever is typed, nothing breaks, and what is understood lies ahead. */
static void
test_anything (void)
{
  static const char *const pieces[] = { "tomorrow", "9", ":", "30", " ", "pm", "in", "3", "days", "+", "2h", ".", "/", "-", "dec", "2026", "half", "next", "monday", "1st", "mañana", "ص", "٣", "\xff", "999999999", "and", "a", "T", "hour", "week", "," };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Australia/Lord_Howe");
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint n = 0; n < 20000; n++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      MosWhenContext context = context_in (zone, "2026-10-03T23:50:00+10:30", locales[n % G_N_ELEMENTS (locales)]);
      g_auto (MosWhen) when = { 0 };

      for (int i = g_rand_int_range (random, 0, 9); i >= 0; i--)
        {
          g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
          if (g_rand_boolean (random))
            g_string_append_c (text, ' ');
        }
      if (mos_when_parse (&context, text->str, &when))
        g_assert_true (when.is_answer || when.at_us > context.now_us);
      else
        g_assert_cmpint (when.at_us, ==, 0);
      g_assert_true ((when.word != NULL) == (when.status == MOS_WHEN_UNKNOWN && g_utf8_validate (text->str, -1, NULL)));
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/when/table", test_table);
  g_test_add_func ("/when/clock-changes", test_changes);
  g_test_add_func ("/when/start-of-work", test_start);
  g_test_add_func ("/when/business", test_business);
  g_test_add_func ("/when/answer-only-where-wanted", test_answer_only_where_wanted);
  g_test_add_func ("/when/describe", test_describe);
  g_test_add_func ("/when/describe-words", test_describe_words);
  g_test_add_func ("/when/complete", test_complete);
  g_test_add_func ("/when/complete-clock", test_complete_clock);
  g_test_add_func ("/when/complete-everywhere", test_complete_everywhere);
  g_test_add_func ("/when/anything", test_anything);

  return g_test_run ();
}
