/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-when-private.h"

#include <string.h>

#define FILL MOS_WHEN_WORD_FILL
#define DAY MOS_WHEN_WORD_DAY
#define WEEKDAY MOS_WHEN_WORD_WEEKDAY
#define MONTH MOS_WHEN_WORD_MONTH
#define NEXT MOS_WHEN_WORD_NEXT
#define IN MOS_WHEN_WORD_IN
#define UNIT MOS_WHEN_WORD_UNIT
#define PAIR MOS_WHEN_WORD_PAIR
#define NUMBER MOS_WHEN_WORD_NUMBER
#define HALF MOS_WHEN_WORD_HALF
#define AM MOS_WHEN_WORD_AM
#define PM MOS_WHEN_WORD_PM
#define CLOCK MOS_WHEN_WORD_CLOCK
#define PART MOS_WHEN_WORD_PART
#define TONIGHT MOS_WHEN_WORD_TONIGHT
#define TOMORROW_OR_MORNING MOS_WHEN_WORD_TOMORROW_OR_MORNING
#define LATER_TODAY MOS_WHEN_WORD_LATER_TODAY
#define WEEKEND MOS_WHEN_WORD_WEEKEND
#define NEXT_UNIT MOS_WHEN_WORD_NEXT_UNIT
#define ORDINAL MOS_WHEN_WORD_ORDINAL
#define ANSWER MOS_WHEN_WORD_ANSWER
#define AT(hour) ((hour) * 60)
#define WEEKDAYS(a, b, c, d, e, f, g) \
  { WEEKDAY, 1, a }, { WEEKDAY, 2, b }, { WEEKDAY, 3, c }, { WEEKDAY, 4, d }, { WEEKDAY, 5, e }, { WEEKDAY, 6, f }, { WEEKDAY, 7, g }
#define MONTHS(a, b, c, d, e, f, g, h, i, j, k, l)                                                                                                         \
  { MONTH, 1, a }, { MONTH, 2, b }, { MONTH, 3, c }, { MONTH, 4, d }, { MONTH, 5, e }, { MONTH, 6, f }, { MONTH, 7, g }, { MONTH, 8, h }, { MONTH, 9, i }, \
      { MONTH, 10, j }, { MONTH, 11, k }, { MONTH, 12, l }
#define UNITS(a, b, c, d, e, f) \
  { UNIT, 0, a }, { UNIT, 1, b }, { UNIT, 2, c }, { UNIT, 3, d }, { UNIT, 4, e }, { UNIT, 5, f }
#define NUMBERS(a, b, c, d, e, f, g, h, i, j, k, l)                                                                                                                 \
  { NUMBER, 1, a }, { NUMBER, 2, b }, { NUMBER, 3, c }, { NUMBER, 4, d }, { NUMBER, 5, e }, { NUMBER, 6, f }, { NUMBER, 7, g }, { NUMBER, 8, h }, { NUMBER, 9, i }, \
      { NUMBER, 10, j }, { NUMBER, 11, k }, { NUMBER, 12, l }

static const MosWhenWord table_en[] = {
  { FILL, MOS_WHEN_AT, "at" },
  { FILL, MOS_WHEN_ARTICLE, "the" },
  { FILL, 0, "on|by|of|this|coming|until|till|and|from" },
  { DAY, 0, "today|tod" },
  { DAY, -1, "yesterday|day before yesterday|last week|last month|last year|last night" },
  { DAY, 1, "tomorrow|tom|tmr|tmrw|tomorow" },
  { DAY, 2, "day after tomorrow|overmorrow" },
  WEEKDAYS ("Monday|mon|mondays", "Tuesday|tue|tues", "Wednesday|wed|weds", "Thursday|thu|thur|thurs", "Friday|fri", "Saturday|sat", "Sunday|sun"),
  MONTHS ("January|jan", "February|feb", "March|mar", "April|apr", "May", "June|jun", "July|jul", "August|aug", "September|sep|sept", "October|oct", "November|nov", "December|dec"),
  { NEXT, 0, "next|following" },
  { IN, 0, "in|after|within" },
  { IN, 1, "from now|hence" },
  { IN, 2, "later" },
  UNITS ("minute|minutes|min|mins|m", "hour|hours|hr|hrs|h", "day|days|d", "week|weeks|wk|wks|w", "month|months|mo|mos", "year|years|yr|yrs|y"),
  NUMBERS ("one|a|an", "two|a couple of|couple of", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
  { HALF, 0, "half|half an|half a|a half|and a half" },
  { AM, 0, "am" },
  { PM, 0, "pm" },
  { CLOCK, 1, "oclock" },
  { PART, AT (9), "morning|in the morning" },
  { PART, AT (12), "noon|midday" },
  { PART, AT (14), "afternoon|in the afternoon" },
  { PART, AT (18), "evening|in the evening" },
  { PART, AT (20), "night|at night" },
  { PART, 0, "midnight" },
  { TONIGHT, AT (20), "tonight" },
  { LATER_TODAY, 3, "later today" },
  { WEEKEND, 0, "weekend" },
  { ORDINAL, 0, "st|nd|rd|th" },
  { UNIT, 6, "business day|business days|working day|working days|workday|workdays|work day|work days" },
  { PART, MOS_WHEN_END_OF_WORK, "end of day|end of the day|eod|close of business|cob|end of work" },
  { ANSWER, 0, "until they answer|they answer|until answer|until they reply|until reply|answer|reply" },
  { 0 },
};

static const MosWhenWord table_es[] = {
  { FILL, MOS_WHEN_AT, "a la|a las|sobre las" },
  { FILL, MOS_WHEN_ARTICLE, "el|al|del|para el" },
  { FILL, 0, "a|la|las|los|este|esta|para|hasta|y|sobre|desde" },
  { FILL, 1, "de" },
  { DAY, 0, "hoy" },
  { DAY, -1, "ayer|anteayer|antes de ayer|anoche|semana pasada|mes pasado|año pasado" },
  { TOMORROW_OR_MORNING, 1, "mañana" },
  { DAY, 2, "pasado mañana" },
  WEEKDAYS ("lunes|lun", "martes|mar", "miércoles|mié|mier", "jueves|jue", "viernes|vie", "sábado|sáb", "domingo|dom"),
  MONTHS ("enero|ene", "febrero|feb", "marzo", "abril|abr", "mayo|may", "junio|jun", "julio|jul", "agosto|ago", "septiembre|sep|sept|setiembre", "octubre|oct", "noviembre|nov", "diciembre|dic"),
  { NEXT, 0, "próximo|próxima|que viene|siguiente|entrante" },
  { IN, 0, "en|dentro de|tras" },
  UNITS ("minuto|minutos|min", "hora|horas|h", "día|días|d", "semana|semanas|sem", "mes|meses", "año|años"),
  NUMBERS ("uno|un|una", "dos|un par de", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"),
  { NUMBER, 15, "quince" },
  { HALF, 0, "media|y media" },
  { PM, 0, "pm|p m" },
  { AM, 0, "am|a m|de la madrugada" },
  { CLOCK, 1, "en punto" },
  { PART, AT (9), "por la mañana|de la mañana|temprano|a primera hora" },
  { PART, AT (12), "mediodía|al mediodía|a mediodía" },
  { PART, AT (14), "tarde|por la tarde|de la tarde|a la tarde" },
  { PART, AT (20), "noche|por la noche|de la noche|a la noche" },
  { PART, 0, "medianoche" },
  { TONIGHT, AT (14), "esta tarde" },
  { TONIGHT, AT (20), "esta noche" },
  { LATER_TODAY, 3, "más tarde|más tarde hoy|luego" },
  { WEEKEND, 0, "fin de semana|finde" },
  { ORDINAL, 0, "o" },
  { UNIT, 6, "día laborable|días laborables|día hábil|días hábiles|día de trabajo|días de trabajo" },
  { PART, MOS_WHEN_END_OF_WORK, "fin de la jornada|final de la jornada|al final del día|final del día|fin del día|al cierre|cierre|a última hora" },
  { ANSWER, 0, "hasta que respondan|hasta que responda|hasta que contesten|hasta que conteste|respuesta|responda" },
  { 0 },
};

static const MosWhenWord table_ar[] = {
  { FILL, MOS_WHEN_AT, "الساعة" },
  { FILL, 0, "في|عند|من|على|تمام|و|هذا|هذه|إلى|حتى" },
  { DAY, 0, "اليوم|النهارده" },
  { DAY, -1, "أمس|البارحة|امبارح|أول أمس|الأسبوع الماضي|الشهر الماضي|السنة الماضية" },
  { DAY, 1, "غدًا|غدا|غد|بكرة|بكرا" },
  { DAY, 2, "بعد غد|بعد غدًا|بعد بكرة" },
  WEEKDAYS ("الاثنين|اثنين|الاتنين", "الثلاثاء|ثلاثاء|الثلاثا|التلات", "الأربعاء|أربعاء|الأربعا", "الخميس|خميس", "الجمعة|جمعة", "السبت|سبت", "الأحد|أحد|الحد"),
  MONTHS ("يناير|كانون الثاني|جانفي", "فبراير|شباط|فيفري", "مارس|آذار", "أبريل|نيسان|أفريل", "مايو|أيار|ماي", "يونيو|حزيران|جوان", "يوليو|تموز|جويلية|يوليوز", "أغسطس|آب|أوت|غشت", "سبتمبر|أيلول|شتنبر", "أكتوبر|تشرين الأول", "نوفمبر|تشرين الثاني|نونبر", "ديسمبر|كانون الأول|دجنبر"),
  { NEXT, 0, "القادم|القادمة|المقبل|المقبلة|التالي|التالية|الجاي" },
  { IN, 0, "بعد|خلال" },
  UNITS ("دقيقة|دقائق|د", "ساعة|ساعات", "يوم|أيام|يوما", "أسبوع|أسابيع|الأسبوع|أسبوعا", "شهر|أشهر|شهور|الشهر|شهرا", "سنة|سنوات|عام|السنة|العام"),
  { PAIR, 0, "دقيقتين|دقيقتان" },
  { PAIR, 1, "ساعتين|ساعتان" },
  { PAIR, 2, "يومين|يومان" },
  { PAIR, 3, "أسبوعين|أسبوعان" },
  { PAIR, 4, "شهرين|شهران" },
  { PAIR, 5, "سنتين|عامين" },
  NUMBERS ("واحد|واحدة|الواحدة", "اثنان|اثنتان|الثانية", "ثلاث|ثلاثة|الثالثة", "أربع|أربعة|الرابعة", "خمس|خمسة|الخامسة", "ست|ستة|السادسة", "سبع|سبعة|السابعة", "ثماني|ثمانية|الثامنة", "تسع|تسعة|التاسعة", "عشر|عشرة|العاشرة", "أحد عشر|الحادية عشرة", "اثنا عشر|الثانية عشرة"),
  { HALF, 0, "نصف|ونصف|والنصف" },
  { AM, 0, "ص" },
  { PM, 0, "م" },
  { PART, AT (9), "صباحًا|صباح|الصباح|في الصباح|الصبح" },
  { PART, AT (12), "ظهرًا|الظهر|عند الظهر" },
  { PART, AT (14), "بعد الظهر|عصرًا|العصر" },
  { PART, AT (18), "مساءً|مساء|المساء|في المساء" },
  { PART, AT (20), "ليلًا|ليلا|في الليل|بالليل" },
  { PART, 0, "منتصف الليل" },
  { TONIGHT, AT (20), "الليلة" },
  { TONIGHT, AT (18), "هذا المساء|مساء اليوم" },
  { LATER_TODAY, 3, "لاحقا اليوم|لاحقًا|في وقت لاحق" },
  { WEEKEND, 0, "عطلة نهاية الأسبوع|نهاية الأسبوع" },
  { UNIT, 6, "يوم عمل|أيام عمل" },
  { PAIR, 6, "يومي عمل|يوما عمل" },
  { PART, MOS_WHEN_END_OF_WORK, "نهاية اليوم|آخر اليوم|نهاية الدوام|آخر الدوام" },
  { ANSWER, 0, "حتى يردوا|حتى يرد|حتى الرد|الرد" },
  { 0 },
};

static const MosWhenWord table_de[] = {
  { FILL, MOS_WHEN_AT, "um|gegen" },
  { FILL, MOS_WHEN_ARTICLE, "am|den|der|dem|zum" },
  { FILL, 0, "ab|die|das|bis|von|diesen|diese|dieser|dieses|und" },
  { DAY, 0, "heute" },
  { DAY, -1, "gestern|vorgestern|letzte Woche|vorige Woche|letzten Monat|vorigen Monat|letztes Jahr" },
  { TOMORROW_OR_MORNING, 1, "morgen" },
  { DAY, 2, "übermorgen|uebermorgen" },
  WEEKDAYS ("Montag|mo", "Dienstag|di", "Mittwoch|mi", "Donnerstag|do", "Freitag|fr", "Samstag|sa|Sonnabend", "Sonntag|so"),
  MONTHS ("Januar|jan|Jänner", "Februar|feb", "März|mär|maerz|mrz", "April|apr", "Mai", "Juni|jun", "Juli|jul", "August|aug", "September|sep|sept", "Oktober|okt", "November|nov", "Dezember|dez"),
  { NEXT, 0, "nächste|nächsten|nächster|nächstes|nächstem|naechste|naechsten|naechster|kommende|kommenden|kommender|kommendes" },
  { IN, 0, "in|nach" },
  UNITS ("Minute|Minuten|min", "Stunde|Stunden|std|h", "Tag|Tage|Tagen|d|t", "Woche|Wochen", "Monat|Monate|Monaten", "Jahr|Jahre|Jahren"),
  NUMBERS ("ein|eine|einer|einem|einen|eins", "zwei", "drei", "vier", "fünf|fuenf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf|zwoelf"),
  { NUMBER, 14, "vierzehn" },
  { HALF, 0, "halbe|halben|einer halben|eine halbe|einhalb" },
  { CLOCK, 0, "Uhr" },
  { PART, AT (9), "früh|morgens|vormittag|vormittags|am morgen|frueh|am vormittag|in der früh" },
  { PART, AT (12), "Mittag|mittags" },
  { PART, AT (14), "Nachmittag|nachmittags" },
  { PART, AT (18), "Abend|abends" },
  { PART, AT (20), "nachts|in der nacht" },
  { PART, 0, "Mitternacht" },
  { TONIGHT, AT (20), "heute Nacht" },
  { LATER_TODAY, 3, "später heute|später|heute später|spaeter" },
  { WEEKEND, 0, "Wochenende|am Wochenende" },
  { UNIT, 6, "Werktag|Werktage|Werktagen|Arbeitstag|Arbeitstage|Arbeitstagen" },
  { PART, MOS_WHEN_END_OF_WORK, "Feierabend|zum Feierabend|Tagesende|Ende des Tages|Dienstschluss|Geschäftsschluss" },
  { ANSWER, 0, "bis zur Antwort|bis Antwort|bis sie antworten|Antwort" },
  { 0 },
};

static const MosWhenWord table_fr[] = {
  { FILL, MOS_WHEN_AT, "à|vers|jusquà" },
  { FILL, MOS_WHEN_ARTICLE, "le|au|du|jusquau" },
  { FILL, 0, "la|les|aux|ce|cette|cet|des|pour|jusqu|et|de" },
  { DAY, 0, "aujourd'hui|auj" },
  { DAY, -1, "hier|avant-hier|semaine dernière|mois dernier|année dernière" },
  { DAY, 1, "demain" },
  { DAY, 2, "après-demain" },
  WEEKDAYS ("lundi|lun", "mardi|mar", "mercredi|mer", "jeudi|jeu", "vendredi|ven", "samedi|sam", "dimanche|dim"),
  MONTHS ("janvier|janv|jan", "février|févr|fév", "mars", "avril|avr", "mai", "juin", "juillet|juil", "août", "septembre|sept|sep", "octobre|oct", "novembre|nov", "décembre|déc"),
  { NEXT, 0, "prochain|prochaine|suivant|suivante|qui vient" },
  { IN, 0, "dans|d'ici|sous" },
  UNITS ("minute|minutes|min", "heure|heures|h", "jour|jours|j", "semaine|semaines|sem", "mois", "an|ans|année|années"),
  NUMBERS ("un|une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
  { NUMBER, 15, "quinze" },
  { HALF, 0, "demi|demie|et demie|une demi|et demi" },
  { PART, AT (9), "matin|du matin|au matin|dans la matinée|en matinée|matinée" },
  { PART, AT (12), "midi|à midi" },
  { PART, AT (14), "après-midi|de l'après-midi|l'après-midi|dans l'après-midi" },
  { PART, AT (18), "soir|du soir|soirée|en soirée|dans la soirée" },
  { PART, AT (20), "nuit" },
  { PART, 0, "minuit" },
  { TONIGHT, AT (18), "ce soir" },
  { LATER_TODAY, 3, "plus tard aujourd'hui|plus tard" },
  { WEEKEND, 0, "week-end|weekend" },
  { ORDINAL, 0, "er" },
  { UNIT, 6, "jour ouvré|jours ouvrés|jour ouvrable|jours ouvrables" },
  { PART, MOS_WHEN_END_OF_WORK, "fin de journée|en fin de journée|fin de la journée|fermeture" },
  { ANSWER, 0, "jusqu'à la réponse|jusqu'à réponse|jusqu'à ce qu'il réponde|jusqu'à ce qu'ils répondent|réponse" },
  { 0 },
};

static const MosWhenWord table_it[] = {
  { FILL, MOS_WHEN_AT, "alle|all|dalle|verso le" },
  { FILL, MOS_WHEN_ARTICLE, "il|al|del|dell|l|entro il" },
  { FILL, 0, "a|lo|la|le|di|della|questo|questa|per|verso|entro|e|fino a|nel|nella" },
  { DAY, 0, "oggi" },
  { DAY, -1, "ieri|l'altro ieri|altro ieri|settimana scorsa|mese scorso|anno scorso" },
  { DAY, 1, "domani" },
  { DAY, 2, "dopodomani|dopo domani" },
  WEEKDAYS ("lunedì|lun", "martedì|mar", "mercoledì|mer", "giovedì|gio", "venerdì|ven", "sabato|sab", "domenica|dom"),
  MONTHS ("gennaio|gen", "febbraio|feb", "marzo", "aprile|apr", "maggio|mag", "giugno|giu", "luglio|lug", "agosto|ago", "settembre|set|sett", "ottobre|ott", "novembre|nov", "dicembre|dic"),
  { NEXT, 0, "prossimo|prossima|che viene|seguente" },
  { IN, 0, "tra|fra|in" },
  UNITS ("minuto|minuti|min", "ora|ore|h", "giorno|giorni|g|gg", "settimana|settimane", "mese|mesi", "anno|anni"),
  NUMBERS ("uno|un|una|all'una", "due|un paio di", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici"),
  { NUMBER, 15, "quindici" },
  { HALF, 0, "mezza|e mezza|mezzo" },
  { HALF, 1, "mezz'ora|una mezz'ora" },
  { PART, AT (9), "mattina|di mattina|del mattino|mattino|stamattina|in mattinata|mattinata" },
  { PART, AT (12), "mezzogiorno" },
  { PART, AT (14), "pomeriggio|di pomeriggio|del pomeriggio|nel pomeriggio" },
  { PART, AT (18), "sera|di sera|della sera|in serata|serata" },
  { PART, AT (20), "notte|di notte" },
  { PART, 0, "mezzanotte" },
  { TONIGHT, AT (18), "stasera" },
  { TONIGHT, AT (20), "stanotte" },
  { LATER_TODAY, 3, "più tardi oggi|più tardi|oggi più tardi" },
  /* The apostrophe is no letter. */
  { LATER_TODAY, 1, "un'ora" },
  { WEEKEND, 0, "fine settimana|weekend|week-end" },
  { CLOCK, 1, "in punto" },
  { ORDINAL, 0, "o" },
  { UNIT, 6, "giorno lavorativo|giorni lavorativi" },
  { PART, MOS_WHEN_END_OF_WORK, "fine giornata|a fine giornata|chiusura" },
  { ANSWER, 0, "fino alla risposta|finché non risponde|finché non rispondono|finché risponde|risposta" },
  { 0 },
};

static const MosWhenWord table_pt[] = {
  { FILL, MOS_WHEN_AT, "às|à|por volta das" },
  { FILL, MOS_WHEN_ARTICLE, "o|ao" },
  { FILL, 0, "aos|os|de|do|da|este|esta|neste|nesta|para|até|e|na|no" },
  { DAY, 0, "hoje" },
  { DAY, -1, "ontem|anteontem|semana passada|mês passado|ano passado" },
  { DAY, 1, "amanhã" },
  { DAY, 2, "depois de amanhã" },
  WEEKDAYS ("segunda-feira|segunda|seg", "terça-feira|terça|ter", "quarta-feira|quarta|qua", "quinta-feira|quinta|qui", "sexta-feira|sexta|sex", "sábado|sáb", "domingo|dom"),
  MONTHS ("janeiro|jan", "fevereiro|fev", "março|mar", "abril|abr", "maio|mai", "junho|jun", "julho|jul", "agosto|ago", "setembro|set", "outubro|out", "novembro|nov", "dezembro|dez"),
  { NEXT, 0, "próximo|próxima|que vem|seguinte" },
  { IN, 0, "daqui a|daqui|dentro de|em" },
  UNITS ("minuto|minutos|min", "hora|horas|h", "dia|dias|d", "semana|semanas|sem", "mês|meses", "ano|anos"),
  NUMBERS ("um|uma", "dois|duas", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze", "doze"),
  { NUMBER, 15, "quinze" },
  { HALF, 0, "meia|e meia" },
  { PART, AT (9), "manhã|de manhã|da manhã|pela manhã|cedo" },
  { PART, AT (12), "meio-dia|ao meio-dia" },
  { PART, AT (14), "tarde|à tarde|da tarde|de tarde" },
  { PART, AT (20), "noite|à noite|da noite" },
  { PART, 0, "meia-noite" },
  { TONIGHT, AT (20), "hoje à noite|esta noite" },
  { LATER_TODAY, 3, "mais tarde hoje|mais tarde|hoje mais tarde" },
  { WEEKEND, 0, "fim de semana|final de semana" },
  { AM, 0, "da madrugada" },
  { CLOCK, 1, "em ponto" },
  { ORDINAL, 0, "o" },
  { UNIT, 6, "dia útil|dias úteis" },
  { PART, MOS_WHEN_END_OF_WORK, "fim do dia|final do dia|fim do expediente|final do expediente" },
  { ANSWER, 0, "até responderem|até responder|até que respondam|até que responda|até a resposta|resposta" },
  { 0 },
};

static const MosWhenWord table_ca[] = {
  { FILL, MOS_WHEN_AT, "a les|a la|a l|cap a les|cap a la|vers les|sobre les" },
  { FILL, MOS_WHEN_ARTICLE, "el|al|l|del" },
  { FILL, 0, "a|la|les|els|aquest|aquesta|per|fins|fins a|i|des de|cap a|vers" },
  { FILL, 1, "de" },
  { DAY, 0, "avui" },
  { DAY, -1, "ahir|abans-d'ahir|abans d'ahir|despús-ahir|setmana passada|mes passat|any passat|l'any passat" },
  { DAY, 1, "demà" },
  { DAY, 2, "demà passat|passat demà|despús-demà" },
  WEEKDAYS ("dilluns|dl", "dimarts|dt", "dimecres|dc", "dijous|dj", "divendres|dv", "dissabte|ds", "diumenge|dg"),
  /* Not "set" for September: that is seven. */
  MONTHS ("gener|gen", "febrer|febr|feb", "març", "abril|abr|d'abril", "maig", "juny", "juliol|jul", "agost|ag|d'agost", "setembre|setem|sept", "octubre|oct|d'octubre", "novembre|nov", "desembre|des"),
  { NEXT, 0, "vinent|que ve|proper|propera|pròxim|pròxima|següent|entrant" },
  { IN, 0, "d'aquí a|d'aquí|d'ací a|d'ací|dintre de|dintre|dins de|dins|en|al cap de" },
  UNITS ("minut|minuts|min", "hora|hores|h", "dia|dies|d", "setmana|setmanes|setm", "mes|mesos", "any|anys|l'any"),
  NUMBERS ("un|una|u|d'un|d'una", "dos|dues|un parell de", "tres", "quatre", "cinc", "sis", "set", "vuit|huit", "nou", "deu", "onze", "dotze"),
  { NUMBER, 15, "quinze" },
  { HALF, 0, "mitja|i mitja|mig|i mig" },
  { PM, 0, "pm|p m" },
  { AM, 0, "am|a m|de la matinada" },
  { CLOCK, 1, "en punt" },
  { PART, AT (9), "matí|al matí|del matí|pel matí|de bon matí|a primera hora|d'hora" },
  { PART, AT (12), "migdia|al migdia|del migdia|a migdia" },
  { PART, AT (14), "tarda|a la tarda|de la tarda|per la tarda|vesprada|a la vesprada|de la vesprada" },
  { PART, AT (18), "vespre|al vespre|del vespre" },
  { PART, AT (20), "nit|a la nit|de la nit|per la nit" },
  { PART, 0, "mitjanit|a mitjanit" },
  { TONIGHT, AT (14), "aquesta tarda|aquesta vesprada" },
  { TONIGHT, AT (18), "aquest vespre" },
  { TONIGHT, AT (20), "aquesta nit" },
  { LATER_TODAY, 3, "més tard|avui més tard|més tard avui|després" },
  { WEEKEND, 0, "cap de setmana|al cap de setmana" },
  { ORDINAL, 0, "r|n|t|è|er" },
  { UNIT, 6, "dia feiner|dies feiners|dia laborable|dies laborables|dia hàbil|dies hàbils|dia de feina|dies de feina" },
  { PART, MOS_WHEN_END_OF_WORK, "final de la jornada|al final de la jornada|fi de la jornada|final del dia|al final del dia|tancament|al tancament|a última hora" },
  { ANSWER, 0, "fins que responguin|fins que respongui|fins que contestin|fins que contesti|fins a la resposta|resposta|respongui" },
  { 0 },
};

static const MosWhenLanguage languages[] = {
  { "en", table_en, "AM", "PM", NULL, "in %s", { "minute|minutes", "hour|hours", "day|days", "week|weeks", "month|months", "year|years" }, { "later today", "this afternoon", "this evening", "day after tomorrow", "next week", "next month", "weekend", "until they answer", "end of day", "in 2 business days" }, 1, 6 },
  { "es", table_es, "AM", "PM", "de", "en %s", { "minuto|minutos", "hora|horas", "día|días", "semana|semanas", "mes|meses", "año|años" }, { "más tarde", "esta tarde", "esta noche", "pasado mañana", "la próxima semana", "el mes que viene", "el fin de semana", "hasta que respondan", "fin de la jornada", "en 2 días laborables" }, 1, 6 },
  { "ar", table_ar, "ص", "م", NULL, "بعد %s", { "دقيقة|دقيقتين|دقائق|دقيقة", "ساعة|ساعتين|ساعات|ساعة", "يوم|يومين|أيام|يوما", "أسبوع|أسبوعين|أسابيع|أسبوعا", "شهر|شهرين|أشهر|شهرا", "سنة|سنتين|سنوات|سنة" }, { "لاحقا اليوم", "اليوم بعد الظهر", "هذا المساء", "بعد غد", "الأسبوع القادم", "الشهر القادم", "نهاية الأسبوع", "حتى يردوا", "نهاية الدوام", "بعد 3 أيام عمل" }, 7, 5 },
  { "de", table_de, NULL, NULL, NULL, "in %s", { "Minute|Minuten", "Stunde|Stunden", "Tag|Tagen", "Woche|Wochen", "Monat|Monaten", "Jahr|Jahren" }, { "später heute", "heute Nachmittag", "heute Abend", "übermorgen", "nächste Woche", "nächsten Monat", "Wochenende", "bis zur Antwort", "Feierabend", "in 2 Werktagen" }, 1, 6 },
  { "fr", table_fr, NULL, NULL, NULL, "dans %s", { "minute|minutes", "heure|heures", "jour|jours", "semaine|semaines", "mois", "an|ans" }, { "plus tard aujourd'hui", "cet après-midi", "ce soir", "après-demain", "la semaine prochaine", "le mois prochain", "week-end", "jusqu'à la réponse", "fin de journée", "dans 2 jours ouvrés" }, 1, 6 },
  { "it", table_it, NULL, NULL, NULL, "tra %s", { "minuto|minuti", "ora|ore", "giorno|giorni", "settimana|settimane", "mese|mesi", "anno|anni" }, { "più tardi oggi", "questo pomeriggio", "stasera", "dopodomani", "la prossima settimana", "il mese prossimo", "fine settimana", "fino alla risposta", "fine giornata", "tra 2 giorni lavorativi" }, 1, 6 },
  { "pt", table_pt, NULL, NULL, "de", "daqui a %s", { "minuto|minutos", "hora|horas", "dia|dias", "semana|semanas", "mês|meses", "ano|anos" }, { "mais tarde hoje", "hoje à tarde", "hoje à noite", "depois de amanhã", "na próxima semana", "no próximo mês", "fim de semana", "até responderem", "fim do dia", "daqui a 2 dias úteis" }, 1, 6 },
  { "ca", table_ca, NULL, NULL, "de", "d'aquí a %s", { "minut|minuts", "hora|hores", "dia|dies", "setmana|setmanes", "mes|mesos", "any|anys" }, { "més tard", "aquesta tarda", "aquest vespre", "demà passat", "la setmana vinent", "el mes vinent", "el cap de setmana", "fins que responguin", "final de la jornada", "d'aquí a 2 dies feiners" }, 1, 6 },
};

/* --- folding --- */

char *
mos_when_fold (const char *text)
{
  g_autofree char *cased = g_utf8_casefold (text, -1);
  g_autofree char *plain = g_utf8_normalize (cased, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean after_letter = FALSE;

  for (const char *p = plain; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK || type == G_UNICODE_FORMAT || c == 0x0640 || c == '\'' || c == 0x2019 || c == 0x02bc)
        continue;
      if (g_unichar_isdigit (c))
        {
          g_string_append_c (out, (char) ('0' + g_unichar_digit_value (c)));
          after_letter = FALSE;
          continue;
        }
      if (c == '.' && after_letter)
        continue;
      if (g_unichar_isspace (c) || c == ',' || c == 0x060c || c == ';' || c == '@' || ((c == '-' || c == 0x2010 || c == 0x2011) && after_letter))
        c = ' ';
      else if (c == 0x2010 || c == 0x2011 || c == 0x2212)
        c = '-';
      else if (c == 0x0649) /* alef maksura */
        c = 0x064a;
      else if (c == 0x0629) /* teh marbuta */
        c = 0x0647;
      after_letter = g_unichar_isalpha (c);
      if (c == ' ' && (out->len == 0 || out->str[out->len - 1] == ' '))
        continue;
      g_string_append_unichar (out, c);
    }
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_strdup (out->str);
}

/* --- looking up --- */

static gboolean
has_code (const char *language,
          const char *code)
{
  return language != NULL && g_ascii_strncasecmp (language, code, 2) == 0 && !g_ascii_isalpha (language[2]);
}

const MosWhenLanguage *
mos_when_language (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (has_code (language, languages[i].code))
      return &languages[i];
  return &languages[0];
}

gboolean
mos_when_has_territory (const char *language,
                        const char *codes)
{
  const char *territory = language != NULL ? strpbrk (language, "_-") : NULL;
  g_auto (GStrv) list = NULL;

  if (territory == NULL)
    return FALSE;
  list = g_strsplit (codes, " ", -1);
  for (guint i = 0; list[i] != NULL; i++)
    if (g_ascii_strncasecmp (territory + 1, list[i], 2) == 0 && !g_ascii_isalpha (territory[3]))
      return TRUE;
  return FALSE;
}

/* Folded phrase -> MosWhenWord. Made once for each language; never freed, for the tables are constant. */
static GHashTable *
phrases_of (const MosWhenLanguage *language)
{
  static gsize made[G_N_ELEMENTS (languages)];
  gsize *slot = &made[language - languages];

  if (g_once_init_enter (slot))
    {
      GHashTable *phrases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (const MosWhenWord *word = language->table; word->words != NULL; word++)
        {
          g_auto (GStrv) list = g_strsplit (word->words, "|", -1);

          for (guint i = 0; list[i] != NULL; i++)
            {
              char *key = mos_when_fold (list[i]);

              if (g_hash_table_contains (phrases, key))
                g_free (key);
              else
                g_hash_table_insert (phrases, key, (gpointer) word);
            }
        }
      g_once_init_leave (slot, (gsize) phrases);
    }
  return (GHashTable *) *slot;
}

guint
mos_when_find (const MosWhenLanguage *language,
               const char *const *words,
               guint n_words,
               MosWhenWordKind *ret_kind,
               int *ret_value)
{
  for (guint n = MIN (n_words, 5); n > 0; n--)
    {
      g_autoptr (GString) phrase = g_string_new (words[0]);

      for (guint i = 1; i < n; i++)
        g_string_append_printf (phrase, " %s", words[i]);
      for (guint i = 0; i < 2; i++)
        {
          const MosWhenWord *word = g_hash_table_lookup (phrases_of (i == 0 ? language : &languages[0]), phrase->str);

          if (word == NULL)
            continue;
          *ret_kind = word->kind;
          *ret_value = word->value;
          return n;
        }
    }
  return 0;
}

char *
mos_when_word (const MosWhenLanguage *language,
               MosWhenWordKind kind,
               int value)
{
  for (const MosWhenWord *word = language->table; word->words != NULL; word++)
    if (word->kind == kind && word->value == value)
      return g_strndup (word->words, strcspn (word->words, "|"));
  return NULL;
}

gboolean
mos_when_is_twelve_hours (const char *language)
{
  if (has_code (language, "en"))
    return !mos_when_has_territory (language, "GB IE ZA");
  if (has_code (language, "ar"))
    return !mos_when_has_territory (language, "MA DZ TN");
  if (has_code (language, "es"))
    return mos_when_has_territory (language, "CO DO PA PR US VE");
  return FALSE;
}
