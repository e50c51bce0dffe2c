/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "survey-shop.h"

#include "core/mail/mime/mos-mime.h"

#include <string.h>

void
shop_clear (Shop *self)
{
  mos_test_store_free (self->t);
}

gint64
shop_now_us (Shop *self)
{
  return mos_clock_now_us (self->t->clock);
}

Shop
shop_begin (const SurveySet *set)
{
  Shop self = { test_desk_store (), 1 };

  if (set != NULL)
    test_write (self.t->store, survey_do_set, (gpointer) set);
  return self;
}

const SurveySet shop_csat = { .kind = MOS_SURVEY_CSAT, .often = MOS_SURVEY_ONCE_PERSON };

/* --- mail --- */

MosIngestResult *
shop_take (Shop *self,
           const char *mail)
{
  return test_ingest (self->t->store, mail, MOS_FOLDER_INBOX, self->uid++, shop_now_us (self));
}

char *
shop_write_from (Shop *self,
                 const char *from,
                 const char *id,
                 const char *headers,
                 const char *text)
{
  g_autofree char *mail = g_strdup_printf ("From: %s\nTo: support@shop.example\nSubject: Vase\nMessage-ID: <%s@mail.example>\nDate: Mon, 02 Mar 2026 08:00:00 +0000\n%s\n%s\n", from, id, headers, text);
  g_autoptr (MosIngestResult) result = shop_take (self, mail);

  return g_strdup (result->conversation);
}

void
shop_answer (Shop *self,
             const char *conversation)
{
  g_auto (TestReply) reply = { conversation };

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (self->t->clock), G_TIME_SPAN_MINUTE);
  test_write (self->t->store, test_do_reply, &reply);
  test_write (self->t->store, survey_do_accept, NULL);
}

void
shop_set_status (Shop *self,
                 const char *conversation,
                 MosStatus status)
{
  TestStatus step = { conversation, status, 0 };

  test_write (self->t->store, test_do_status, &step);
}

char *
shop_ask_ana (Shop *self)
{
  char *conversation = shop_write_from (self, "Ana <ana@mail.example>", "ana", "", "Where is my vase?");

  shop_answer (self, conversation);
  survey_pass (self->t, HOUR);
  test_write (self->t->store, survey_do_accept, NULL);
  survey_assert (self->t, conversation, "asked");
  return conversation;
}

typedef struct
{
  const char *message;
  GBytes *raw;
} Load;

static gboolean
do_load (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Load *load = data;

  return mos_store_message_load_raw (txn, load->message, &load->raw, error);
}

MosParsedMessage *
shop_read_question (Shop *self,
                    const char *conversation,
                    char **ret_head)
{
  g_autoptr (MosSurvey) survey = survey_find (self->t, conversation, NULL);
  Load load = { survey->message };
  g_autoptr (GBytes) raw = NULL;
  MosParsedMessage *parsed;

  test_write (self->t->store, do_load, &load);
  raw = load.raw;
  g_assert_nonnull (raw);
  if (ret_head != NULL)
    *ret_head = g_strndup (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw));
  parsed = mos_mime_parse (raw, NULL);
  g_assert_nonnull (parsed);
  return parsed;
}

char *
shop_click (Shop *self,
            const char *conversation,
            int score,
            const char *from,
            const char *words)
{
  static guint n = 0;
  g_autoptr (MosParsedMessage) question = shop_read_question (self, conversation, NULL);
  g_autofree char *mark = g_strdup_printf ("%%3A%d%%5D&amp;body=", score);
  const char *link, *end;
  g_autofree char *uri = NULL, *to = NULL, *subject = NULL, *body = NULL;
  g_auto (GStrv) parts = NULL, fields = NULL;

  link = strstr (question->html, mark);
  g_assert_nonnull (link);
  while (!g_str_has_prefix (link, "mailto:"))
    link--;
  end = strchr (link, '"');
  uri = g_strndup (link + strlen ("mailto:"), (gsize) (end - link) - strlen ("mailto:"));
  parts = g_strsplit (uri, "?", 2);
  to = g_uri_unescape_string (parts[0], NULL);
  fields = g_strsplit (parts[1], "&amp;", 2);
  subject = g_uri_unescape_string (fields[0] + strlen ("subject="), NULL);
  body = g_uri_unescape_string (fields[1] + strlen ("body="), NULL);
  return g_strdup_printf ("From: %s\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <answer%u@mail.example>\r\nDate: Mon, 02 Mar 2026 12:00:00 +0000\r\n\r\n%s%s\r\n", from, to, subject, n++, body, words);
}

char *
shop_count (Shop *self,
            const char *sql)
{
  return survey_text (self->t, sql, NULL);
}

void
shop_assert_quiet (Shop *self,
                   const char *conversation)
{
  g_auto (TestLook) look = { 0 };

  test_look (self->t->store, conversation, &look);
  g_assert_cmpint (look.row->status, ==, MOS_STATUS_CLOSED);
  g_assert_cmpint (look.row->waiting_since_us, ==, 0);
  /* The first mail, which nobody here marked as read. */
  g_assert_cmpuint (look.row->unread, ==, 1);
  g_assert_cmpstr (look.row->snippet, ==, "It left today.");
}
