/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/channels/mos-channel.h"
#include "core/channels/twilio/mos-twilio-api.h"
#include "core/channels/twilio/mos-twilio-channel.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-messages.h"
#include "mos-fake-twilio.h"
#include "mos-test-store.h"

#include <string.h>

/* What only Twilio does: the history, other programs' messages, receipts that are asked for, its codes, its clock. */

#define OURS "+4930901820"
#define ANA "+4915112345678"

/* --- reading --- */

static MosTwilioMessage *
parse (const char *json)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (JsonObject) object = mos_twilio_parse_object (bytes, NULL);

  return object != NULL ? mos_twilio_parse_message (object) : NULL;
}

/* As in the examples of Twilio's own description. */
static void
test_message (void)
{
  g_autoptr (MosTwilioMessage) message = parse ("{\"sid\": \"MMc26223853f8c46b4ab7dfaa6abba0a26\", \"from\": \"+12019235161\", \"to\": \"+18182008801\", \"body\": \"look mom I have media!\","
                                                " \"date_created\": \"Fri, 24 May 2019 17:44:46 +0000\", \"date_sent\": \"Fri, 24 May 2019 17:44:49 +0000\", \"direction\": \"inbound\","
                                                " \"error_code\": 30004, \"error_message\": \"Message blocked\", \"num_media\": \"3\", \"status\": \"received\"}");
  g_autoptr (MosChatUpdate) update = NULL;

  g_assert_cmpstr (message->sid, ==, "MMc26223853f8c46b4ab7dfaa6abba0a26");
  g_assert_true (message->is_incoming);
  g_assert_cmpuint (message->media, ==, 3);
  g_assert_cmpstr (message->code, ==, "30004");
  g_assert_cmpint (message->at_us, ==, G_GINT64_CONSTANT (1558719889) * G_USEC_PER_SEC);
  update = mos_twilio_to_update (message);
  g_assert_cmpstr (update->thread, ==, "+12019235161");
  g_assert_cmpstr (update->person->kind, ==, "phone");
  g_assert_cmpstr (update->person->value, ==, "+12019235161");
  g_assert_false (update->person->is_phone_verified);
  g_assert_cmpstr (update->text, ==, "look mom I have media!");
}

/* Who writes: a telephone, WhatsApp's, a name, a short code. */
static void
test_people (void)
{
  static const struct
  {
    const char *from;
    const char *kind;
    const char *value;
    gboolean is_verified;
  } table[] = {
    { "+4915112345678", "phone", "+4915112345678", FALSE },
    { "whatsapp:+4915112345678", "phone", "+4915112345678", TRUE },
    { "DHL", "sms", "DHL", FALSE },
    { "72727", "sms", "72727", FALSE },
    { "+", "sms", "+", FALSE },
    { "+49x", "sms", "+49x", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"sid\": \"SM1\", \"from\": \"%s\", \"to\": \"" OURS "\", \"direction\": \"inbound\"}", table[i].from);
      g_autoptr (MosTwilioMessage) message = parse (json);
      g_autoptr (MosChatUpdate) update = mos_twilio_to_update (message);

      g_assert_cmpstr (update->person->kind, ==, table[i].kind);
      g_assert_cmpstr (update->person->value, ==, table[i].value);
      g_assert_cmpint (update->person->is_phone_verified, ==, table[i].is_verified);
    }
}

/* Each member of another type, null, or away: left out, or the whole is; never a crash. */
static void
test_wrong_types (void)
{
  static const char *const names[] = { "sid", "from", "to", "body", "direction", "status", "num_media", "error_code", "error_message", "date_sent", "date_created" };
  static const char *const values[] = { "null", "7", "-1", "true", "[]", "{}", "1e99", "\"\"", "\"\\u0000x\"", "\"999999999999999999999\"" };

  for (gsize n = 0; n < G_N_ELEMENTS (names); n++)
    for (gsize v = 0; v < G_N_ELEMENTS (values); v++)
      {
        g_autoptr (GString) json = g_string_new ("{");
        g_autoptr (MosTwilioMessage) message = NULL;
        gboolean is_needed = n == 0 || n == 1 || n == 2 || n == 4;

        for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
          g_string_append_printf (json, "%s\"%s\": %s", i > 0 ? ", " : "", names[i], i == n ? values[v] : i == 4 ? "\"inbound\""
                                                                                                      : i == 6   ? "\"1\""
                                                                                                                 : "\"SM1\"");
        g_string_append_c (json, '}');
        message = parse (json->str);
        if (is_needed && v < 7)
          g_assert_null (message);
        if (!is_needed)
          {
            g_autoptr (MosChatUpdate) update = NULL;

            g_assert_nonnull (message);
            g_assert_nonnull (message->body);
            g_assert_nonnull (message->status);
            g_assert_cmpuint (message->media, <=, 100);
            update = mos_twilio_to_update (message);
            g_assert_nonnull (update);
          }
      }
}

static void
test_pages (void)
{
  static const struct
  {
    const char *json;
    const char *next; /* (nullable): none; "!": no page */
  } table[] = {
    { "{\"messages\": [], \"next_page_uri\": null}", NULL },
    { "{\"messages\": [], \"next_page_uri\": \"/2010-04-01/Accounts/AC1/Messages.json?Page=1\"}", "/2010-04-01/Accounts/AC1/Messages.json?Page=1" },
    /* Our key goes nowhere else. */
    { "{\"messages\": [], \"next_page_uri\": \"https://elsewhere.test/x\"}", NULL },
    { "{\"messages\": [], \"next_page_uri\": \"//elsewhere.test/x\"}", NULL },
    { "{\"messages\": [], \"next_page_uri\": \"/../x\"}", NULL },
    { "{\"messages\": [1, null, {}, {\"sid\": 1}]}", NULL },
    { "{\"messages\": {}}", "!" },
    { "{}", "!" },
    { "[]", "!" },
    { "", "!" },
    { "<html>", "!" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (table[i].json, strlen (table[i].json));
      g_autoptr (GError) error = NULL;
      g_autoptr (MosTwilioPage) page = mos_twilio_parse_page (bytes, &error);

      if (g_strcmp0 (table[i].next, "!") == 0)
        {
          g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (page->messages->len, ==, 0);
      g_assert_cmpstr (page->next, ==, table[i].next);
    }
}

static void
test_refusals (void)
{
  static const struct
  {
    guint status;
    const char *body;
    gboolean is_sending;
    MosChatError error;
  } table[] = {
    { 401, "{\"code\": 20003, \"message\": \"Authenticate\", \"status\": 401}", FALSE, MOS_CHAT_ERROR_KEY_REFUSED },
    { 403, "{\"code\": 20403, \"message\": \"Forbidden\", \"status\": 403}", FALSE, MOS_CHAT_ERROR_NOT_ALLOWED },
    { 404, "{\"code\": 20404, \"message\": \"Not found\", \"status\": 404}", FALSE, MOS_CHAT_ERROR_GONE },
    { 404, "<html>", FALSE, MOS_CHAT_ERROR_NO_SERVER },
    { 429, "{\"code\": 20429, \"message\": \"Too Many Requests\"}", TRUE, MOS_CHAT_ERROR_TEMPORARY },
    { 400, "{\"code\": 21610, \"message\": \"unsubscribed\"}", TRUE, MOS_CHAT_ERROR_CLOSED },
    { 400, "{\"code\": 21614, \"message\": \"not a mobile number\"}", TRUE, MOS_CHAT_ERROR_CLOSED },
    { 400, "{\"code\": 63016, \"message\": \"outside the window\"}", TRUE, MOS_CHAT_ERROR_WINDOW },
    { 400, "{\"code\": 21617, \"message\": \"1600\"}", TRUE, MOS_CHAT_ERROR_TOO_LARGE },
    { 400, "{\"code\": 99999, \"message\": \"something new\"}", TRUE, MOS_CHAT_ERROR_REFUSED },
    { 400, "<html>", TRUE, MOS_CHAT_ERROR_PROTOCOL },
    { 503, "<html>", FALSE, MOS_CHAT_ERROR_TEMPORARY },
    { 503, "<html>", TRUE, MOS_CHAT_ERROR_UNCERTAIN },
    { 500, "{\"code\": 20500, \"message\": \"Internal\"}", TRUE, MOS_CHAT_ERROR_UNCERTAIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (table[i].body, strlen (table[i].body));
      g_autoptr (GError) error = NULL;

      mos_twilio_judge (table[i].status, bytes, table[i].is_sending, &error);
      g_assert_error (error, MOS_CHAT_ERROR, (int) table[i].error);
    }
}

static void
test_typed (void)
{
  static const struct
  {
    const char *text;
    gboolean is_sid;
    gboolean is_number;
  } table[] = {
    { MOS_FAKE_TWILIO_SID, TRUE, FALSE },
    { "AC0123456789abcdef0123456789abcde", FALSE, FALSE },
    { "SK0123456789abcdef0123456789abcdef", FALSE, FALSE },
    { "+4930901820", FALSE, TRUE },
    { "whatsapp:+4930901820", FALSE, TRUE },
    { "4930901820", FALSE, FALSE },
    { "+0930901820", FALSE, FALSE },
    { "+49 30 901820", FALSE, FALSE },
    { "+12", FALSE, FALSE },
    { "+1234567890123456", FALSE, FALSE },
    { "whatsapp:", FALSE, FALSE },
    { "", FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_assert_cmpint (mos_twilio_sid_is_plausible (table[i].text), ==, table[i].is_sid);
      g_assert_cmpint (mos_twilio_number_is_plausible (table[i].text), ==, table[i].is_number);
    }
}

/* --- a number that is looked at --- */

typedef struct
{
  MosFakeTwilio *fake;
  MosTestStore *t;
  MosDeskHost *host;
  MosAccount *account;
  MosChannel *channel; /* kept: what it sent it knows */
  GPtrArray *conversations;
  GPtrArray *messages;
} Desk;

static gboolean
do_save (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  return mos_store_account_save (txn, data, error);
}

static Desk *
desk_new (void)
{
  Desk *d = g_new0 (Desk, 1);
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  GError *error = NULL;

  d->fake = mos_fake_twilio_new (OURS);
  d->t = mos_test_store_new ();
  /* Their clock is the real one. */
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (d->t->clock), g_get_real_time () - MOS_TEST_NOW_US);
  d->account = mos_account_new ();
  d->account->id = g_strdup ("twilio");
  d->account->kind = g_strdup ("sms");
  d->account->name = g_strdup ("Mug Shop");
  d->account->address = g_strdup (OURS);
  mos_account_set_setting (d->account, MOS_ACCOUNT_SERVER, mos_fake_twilio_get_url (d->fake));
  mos_account_set_setting (d->account, MOS_TWILIO_SID, MOS_FAKE_TWILIO_SID);
  mos_account_set_setting (d->account, MOS_TWILIO_NUMBER, OURS);
  mos_account_fill (d->account);
  mos_store_write_sync (d->t->store, &actor, NULL, do_save, d->account, NULL, NULL, &error);
  g_assert_no_error (error);
  d->host = mos_desk_host_new (d->t->store);
  mos_desk_host_set_password (d->host, d->account->id, MOS_FAKE_TWILIO_TOKEN);
  d->channel = mos_channel_new_for_account (d->account, MOS_CHANNEL_HOST (d->host), d->t->clock);
  return d;
}

static void
desk_clear (Desk *d)
{
  g_clear_pointer (&d->conversations, g_ptr_array_unref);
  g_clear_pointer (&d->messages, g_ptr_array_unref);
}

static void
desk_free (Desk *d)
{
  desk_clear (d);
  g_clear_object (&d->channel);
  g_clear_pointer (&d->account, mos_account_unref);
  g_clear_object (&d->host);
  mos_test_settle (0);
  mos_test_store_free (d->t);
  mos_fake_twilio_free (d->fake);
  g_free (d);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Desk *d = data;
  g_autoptr (GPtrArray) ids = mos_store_conversation_list_all_ids (txn, error);

  desk_clear (d);
  d->conversations = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_conversation_row_unref);
  d->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      MosConversationRow *row = NULL;
      g_autoptr (GPtrArray) rows = mos_store_message_list_of_conversation (txn, ids->pdata[i], error);

      if (rows == NULL || !mos_store_conversation_find (txn, ids->pdata[i], &row, error))
        return FALSE;
      g_ptr_array_add (d->conversations, row);
      for (guint m = 0; m < rows->len; m++)
        if (((MosMessageRow *) rows->pdata[m])->direction != MOS_DIRECTION_EVENT)
          g_ptr_array_add (d->messages, mos_message_row_ref (rows->pdata[m]));
    }
  return ids != NULL;
}

static void
look (Desk *d)
{
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  GError *error = NULL;

  mos_store_write_sync (d->t->store, &actor, NULL, do_look, d, NULL, NULL, &error);
  g_assert_no_error (error);
}

static GError *
try_sync (Desk *d)
{
  GError *error = NULL;

  mos_channel_sync_once_sync (d->channel, NULL, NULL, &error);
  return error;
}

static void
pass (Desk *d)
{
  GError *error = try_sync (d);

  g_assert_no_error (error);
  look (d);
}

static MosMessageRow *
message (Desk *d,
         guint n)
{
  g_assert_cmpuint (n, <, d->messages->len);
  return d->messages->pdata[n];
}

/* Both clocks go on. */
static void
pass_time (Desk *d,
           gint64 us)
{
  mos_fake_twilio_pass_time (d->fake, us);
  mos_manual_clock_advance (MOS_MANUAL_CLOCK (d->t->clock), us);
}

typedef struct
{
  const char *conversation;
  const char *text;
} Reply;

static gboolean
do_reply (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  static const MosQuoteTexts texts = { "On {date}, {sender} wrote:", "Forwarded", "%F" };
  Reply *reply = data;
  g_autoptr (MosDraft) draft = NULL;
  g_autofree char *id = NULL;

  if (!mos_draft_prepare (txn, "reply", reply->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_set_str (&draft->text, reply->text);
  return mos_draft_send (txn, draft, MOS_STATUS_OPEN, 0, &id, error);
}

static void
send_reply (Desk *d,
            const char *text)
{
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  Reply reply = { ((MosConversationRow *) d->conversations->pdata[0])->id, text };
  GError *error = NULL;

  mos_store_write_sync (d->t->store, &actor, NULL, do_reply, &reply, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* What was there before the account was: both directions, in order, closed, unread by nobody; and nothing of what is older still. */
static void
test_history (void)
{
  g_autoptr (Desk) d = desk_new ();

  g_free (mos_fake_twilio_say (d->fake, ANA, "Too old", 40 * G_TIME_SPAN_DAY, NULL));
  g_free (mos_fake_twilio_say (d->fake, ANA, "Do you ship to Spain?", 20 * G_TIME_SPAN_DAY, NULL));
  g_free (mos_fake_twilio_send_elsewhere (d->fake, ANA, "We do", 20 * G_TIME_SPAN_DAY - G_TIME_SPAN_HOUR));
  g_free (mos_fake_twilio_say (d->fake, ANA, "Thank you", 3 * G_TIME_SPAN_DAY, NULL));
  pass (d);
  g_assert_cmpuint (d->messages->len, ==, 3);
  g_assert_cmpstr (message (d, 0)->text, ==, "Do you ship to Spain?");
  g_assert_cmpint (message (d, 1)->direction, ==, MOS_DIRECTION_OUTGOING);
  g_assert_cmpstr (message (d, 2)->text, ==, "Thank you");
  g_assert_false (message (d, 2)->unread);
  g_assert_cmpint (((MosConversationRow *) d->conversations->pdata[0])->status, ==, MOS_STATUS_CLOSED);

  /* What comes now is news. */
  g_free (mos_fake_twilio_say (d->fake, ANA, "It came!", 0, NULL));
  pass (d);
  g_assert_cmpuint (d->messages->len, ==, 4);
  g_assert_true (message (d, 3)->unread);
}

/* More at once than fit on a page, and again after a restart: each once, in order. */
static void
test_burst (void)
{
  g_autoptr (Desk) d = desk_new ();

  pass (d);
  for (guint i = 0; i < 230; i++)
    {
      g_autofree char *text = g_strdup_printf ("Message %u", i);

      g_free (mos_fake_twilio_say (d->fake, ANA, text, 0, NULL));
    }
  pass (d);
  g_assert_cmpuint (d->messages->len, ==, 230);
  for (guint i = 0; i < 230; i++)
    {
      g_autofree char *text = g_strdup_printf ("Message %u", i);

      g_assert_cmpstr (message (d, i)->text, ==, text);
    }
  g_clear_object (&d->channel);
  d->channel = mos_channel_new_for_account (d->account, MOS_CHANNEL_HOST (d->host), d->t->clock);
  pass (d);
  g_assert_cmpuint (d->messages->len, ==, 230);
}

/* Off for three days: all of it is there. */
static void
test_away (void)
{
  g_autoptr (Desk) d = desk_new ();

  pass (d);
  pass_time (d, 3 * G_TIME_SPAN_DAY);
  g_free (mos_fake_twilio_say (d->fake, ANA, "First", 2 * G_TIME_SPAN_DAY, NULL));
  g_free (mos_fake_twilio_say (d->fake, ANA, "Second", G_TIME_SPAN_DAY, NULL));
  pass (d);
  g_assert_cmpuint (d->messages->len, ==, 2);
  g_assert_cmpstr (message (d, 0)->text, ==, "First");
  g_assert_true (message (d, 0)->unread);
}

/* Our clock is wrong by hours, in either direction: nothing is lost. */
static void
test_skew (gconstpointer data)
{
  g_autoptr (Desk) d = desk_new ();

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (d->t->clock), GPOINTER_TO_INT (data) * G_TIME_SPAN_HOUR);
  g_free (mos_fake_twilio_say (d->fake, ANA, "Before", G_TIME_SPAN_HOUR, NULL));
  pass (d);
  g_assert_cmpuint (d->messages->len, ==, 1);
  g_free (mos_fake_twilio_say (d->fake, ANA, "After", 0, NULL));
  pass (d);
  g_assert_cmpuint (d->messages->len, ==, 2);
}

/* A picture lies elsewhere, where our key has nothing to do; and what comes with a file is not lost when the file cannot be asked for now. */
static void
test_media (void)
{
  g_autoptr (Desk) d = desk_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a picture", 9);
  g_autoptr (GError) error = NULL;
  MosAttachment *file;

  pass (d);
  g_free (mos_fake_twilio_say (d->fake, ANA, "", 0, bytes));
  mos_fake_twilio_fail (d->fake, "/Media", MOS_FAKE_TWILIO_BUSY, 1);
  error = try_sync (d);
  g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TEMPORARY);
  pass (d);
  g_assert_cmpuint (d->messages->len, ==, 1);
  file = message (d, 0)->attachments->pdata[0];
  g_assert_nonnull (file->sha256);
  g_assert_cmpstr (file->type, ==, "image/png");
  g_assert_false (mos_fake_twilio_saw_key (d->fake));
}

/* Answered from another program: it is in the conversation, once it cannot be one of ours whose answer is on its way. */
static void
test_elsewhere (void)
{
  g_autoptr (Desk) d = desk_new ();

  g_free (mos_fake_twilio_say (d->fake, ANA, "Hello?", 0, NULL));
  pass (d);
  g_free (mos_fake_twilio_send_elsewhere (d->fake, ANA, "Hello from the phone", 0));
  pass (d);
  g_assert_cmpuint (d->messages->len, ==, 1);
  pass_time (d, 4 * G_TIME_SPAN_MINUTE);
  pass (d);
  g_assert_cmpuint (d->messages->len, ==, 2);
  g_assert_cmpint (message (d, 1)->direction, ==, MOS_DIRECTION_OUTGOING);
  g_assert_cmpint (((MosConversationRow *) d->conversations->pdata[0])->waiting_since_us, ==, 0);
}

/* Nobody said that it arrived. It is looked for, found, and not asked about any more. */
static void
test_lost_and_found (void)
{
  g_autoptr (Desk) d = desk_new ();
  g_autoptr (GPtrArray) sent = NULL;

  g_free (mos_fake_twilio_say (d->fake, ANA, "Hello?", 0, NULL));
  pass (d);
  mos_fake_twilio_fail (d->fake, "POST", MOS_FAKE_TWILIO_LOST, 1);
  send_reply (d, "Hello!");
  pass (d);
  g_assert_cmpint (message (d, 1)->delivery, ==, MOS_DELIVERY_UNCERTAIN);
  pass_time (d, 4 * G_TIME_SPAN_MINUTE);
  pass (d);
  g_assert_cmpuint (d->messages->len, ==, 2);
  g_assert_cmpint (message (d, 1)->delivery, ==, MOS_DELIVERY_ACCEPTED);
  sent = mos_fake_twilio_dup_sent (d->fake);
  g_assert_cmpuint (sent->len, ==, 1);
}

/* What became of it, as it is told; the words of a failure are theirs. */
static void
test_receipts (void)
{
  g_autoptr (Desk) d = desk_new ();

  g_free (mos_fake_twilio_say (d->fake, ANA, "Hello?", 0, NULL));
  pass (d);
  send_reply (d, "Hello!");
  pass (d);
  g_assert_cmpint (message (d, 1)->delivery, ==, MOS_DELIVERY_ACCEPTED);
  mos_fake_twilio_set_status (d->fake, NULL, "delivered", 0, NULL);
  pass (d);
  g_assert_cmpint (message (d, 1)->delivery, ==, MOS_DELIVERY_DELIVERED);

  send_reply (d, "Still there?");
  pass (d);
  mos_fake_twilio_set_status (d->fake, NULL, "undelivered", 30006, "Landline or unreachable carrier");
  pass (d);
  g_assert_cmpint (message (d, 2)->delivery, ==, MOS_DELIVERY_FAILED);
  g_assert_cmpstr (message (d, 2)->why, ==, "chat-closed");
  g_assert_nonnull (strstr (message (d, 2)->why_detail, "30006"));
}

/* The window of WhatsApp is over at their end: it failed, and says why. */
static void
test_window (void)
{
  g_autoptr (Desk) d = desk_new ();

  g_free (mos_fake_twilio_say (d->fake, ANA, "Hello?", 0, NULL));
  pass (d);
  mos_fake_twilio_fail (d->fake, "POST", MOS_FAKE_TWILIO_WINDOW, 1);
  send_reply (d, "Hello!");
  pass (d);
  g_assert_cmpint (message (d, 1)->delivery, ==, MOS_DELIVERY_FAILED);
  g_assert_cmpstr (message (d, 1)->why, ==, "window-over");
}

/* Half an answer, a broken front, too often: nothing is taken, nothing is lost. */
static void
test_faults (void)
{
  static const struct
  {
    MosFakeTwilioFault fault;
    MosChatError error;
  } table[] = {
    { MOS_FAKE_TWILIO_HALF, MOS_CHAT_ERROR_PROTOCOL },
    { MOS_FAKE_TWILIO_BROKEN, MOS_CHAT_ERROR_TEMPORARY },
    { MOS_FAKE_TWILIO_BUSY, MOS_CHAT_ERROR_TEMPORARY },
  };
  g_autoptr (Desk) d = desk_new ();

  pass (d);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;

      g_free (mos_fake_twilio_say (d->fake, ANA, "Hello?", 0, NULL));
      mos_fake_twilio_fail (d->fake, "Messages.json", table[i].fault, 1);
      error = try_sync (d);
      g_assert_error (error, MOS_CHAT_ERROR, (int) table[i].error);
      pass (d);
      g_assert_cmpuint (d->messages->len, ==, i + 1);
    }
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/twilio/message", test_message);
  g_test_add_func ("/twilio/people", test_people);
  g_test_add_func ("/twilio/wrong-types", test_wrong_types);
  g_test_add_func ("/twilio/pages", test_pages);
  g_test_add_func ("/twilio/refusals", test_refusals);
  g_test_add_func ("/twilio/typed", test_typed);
  g_test_add_func ("/twilio/history", test_history);
  g_test_add_func ("/twilio/burst", test_burst);
  g_test_add_func ("/twilio/away", test_away);
  g_test_add_data_func ("/twilio/clock-ahead", GINT_TO_POINTER (5), test_skew);
  g_test_add_data_func ("/twilio/clock-behind", GINT_TO_POINTER (-30), test_skew);
  g_test_add_func ("/twilio/media", test_media);
  g_test_add_func ("/twilio/elsewhere", test_elsewhere);
  g_test_add_func ("/twilio/lost-and-found", test_lost_and_found);
  g_test_add_func ("/twilio/receipts", test_receipts);
  g_test_add_func ("/twilio/window", test_window);
  g_test_add_func ("/twilio/faults", test_faults);
  return g_test_run ();
}
