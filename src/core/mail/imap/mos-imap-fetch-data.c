/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-fetch-data.h"

#include <stdio.h>
#include <string.h>

static const struct
{
  const char *name;
  MosMessageFlags flag;
} flag_names[] = {
  { "\\Seen", MOS_MESSAGE_FLAG_SEEN },
  { "\\Answered", MOS_MESSAGE_FLAG_ANSWERED },
  { "\\Flagged", MOS_MESSAGE_FLAG_FLAGGED },
  { "\\Deleted", MOS_MESSAGE_FLAG_DELETED },
  { "\\Draft", MOS_MESSAGE_FLAG_DRAFT },
};

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

MosMessageFlags
mos_imap_flags_parse (const MosImapValue *list)
{
  MosMessageFlags flags = 0;

  for (guint i = 0; list != NULL && list->items != NULL && i < list->items->len; i++)
    for (gsize f = 0; f < G_N_ELEMENTS (flag_names); f++)
      if (mos_imap_value_is_atom (list->items->pdata[i], flag_names[f].name))
        flags |= flag_names[f].flag;
  return flags;
}

char *
mos_imap_flags_to_string (MosMessageFlags flags)
{
  GString *text = g_string_new (NULL);

  for (gsize f = 0; f < G_N_ELEMENTS (flag_names); f++)
    if (flags & flag_names[f].flag)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", flag_names[f].name);
  return g_string_free (text, FALSE);
}

gint64
mos_imap_date_parse (const char *text)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) time = NULL;
  char month_name[4] = { 0 };
  char zone_name[6] = { 0 };
  int day, year, hour, minute, second;
  int month = 0;

  if (text == NULL || sscanf (text, " %2d-%3[A-Za-z]-%4d %2d:%2d:%2d %5[-+0-9]", &day, month_name, &year, &hour, &minute, &second, zone_name) != 7)
    return 0;
  while (month < 12 && g_ascii_strcasecmp (month_name, months[month]) != 0)
    month++;
  zone = g_time_zone_new_identifier (zone_name);
  if (month == 12 || zone == NULL)
    return 0;
  time = g_date_time_new (zone, year, month + 1, day, hour, minute, second);
  return time != NULL ? g_date_time_to_unix_usec (time) : 0;
}

char *
mos_imap_date_to_string (gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (time_us);

  /* Never the locale's month names */
  return g_strdup_printf ("%02d-%s-%04d %02d:%02d:%02d +0000",
                          g_date_time_get_day_of_month (time), months[g_date_time_get_month (time) - 1], g_date_time_get_year (time),
                          g_date_time_get_hour (time), g_date_time_get_minute (time), g_date_time_get_second (time));
}

gboolean
mos_imap_fetch_data_parse (MosImapFetchData *self,
                           const MosImapResponse *response)
{
  const MosImapValue *list = mos_imap_items_get (response->items, 0);

  memset (self, 0, sizeof *self);
  if (g_strcmp0 (response->name, "FETCH") != 0 || list == NULL || list->items == NULL)
    return FALSE;

  for (guint i = 0; i + 1 < list->items->len; i += 2)
    {
      const MosImapValue *key = list->items->pdata[i];
      const MosImapValue *value = list->items->pdata[i + 1];
      guint64 number;

      if (mos_imap_value_is_atom (key, "UID"))
        {
          if (mos_imap_value_get_number (value, G_MAXUINT32, &number))
            self->uid = (guint32) number;
        }
      else if (mos_imap_value_is_atom (key, "FLAGS"))
        {
          self->has_flags = TRUE;
          self->flags = mos_imap_flags_parse (value);
        }
      else if (mos_imap_value_is_atom (key, "RFC822.SIZE"))
        self->has_size = mos_imap_value_get_number (value, G_MAXINT64, &self->size);
      else if (mos_imap_value_is_atom (key, "INTERNALDATE"))
        self->received_us = mos_imap_date_parse (mos_imap_value_get_text (value));
      else if (mos_imap_value_is_atom (key, "MODSEQ"))
        {
          if (mos_imap_value_get_number (mos_imap_items_get (value->items, 0), G_MAXINT64, &number))
            self->modseq = number;
        }
      else if (mos_imap_value_is_atom (key, "BODY[]") || mos_imap_value_is_atom (key, "BODY[HEADER]"))
        {
          self->has_body = TRUE;
          self->body = value->bytes;
          self->body_text = value->kind == MOS_IMAP_VALUE_STRING ? value->text : NULL;
          self->body_skipped = value->skipped;
        }
    }
  return TRUE;
}
