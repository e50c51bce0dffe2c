/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/channels/email/mos-email-send.h"
#include "core/channels/mos-channel.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-due-work.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-scheduler.h"
#include "core/mail/smtp/mos-smtp-session-private.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-backup.h"
#include "core/store/mos-store-private.h"
#include "mos-fake-telegram.h"
#include "mos-test-smtp-server.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A day of a busy desk in some seconds: the clock is moved, the servers are ours and fail in every way, the program is started anew again and again.
 * Afterwards all that came is here once, all that was answered has arrived once, nothing that was planned lies about, and the database is sound. */

#define CHAT_ACCOUNT "telegram-account"
#define N_CUSTOMERS 12
#define DAY_US G_TIME_SPAN_DAY
#define MINUTE_US G_TIME_SPAN_MINUTE

typedef struct
{
  MosTestStore *t;
  MosFakeTelegram *telegram;
  MosDeskHost *host;
  MosEmailSender *sender;
  MosAccount *mail;
  MosAccount *chat;
  GRand *chance;
  GPtrArray *accepted; /* of texts: mails that the server took */
  guint n_mails, n_mail_answers;
  guint n_chats, n_chat_answers;
  guint n_starts, n_faults, n_planned;
} Day;

static guint
below (Day *day,
       guint n)
{
  return (guint) g_rand_int_range (day->chance, 0, (gint32) n);
}

static double
no_random (gpointer data)
{
  return 0;
}

/* --- the program, started and ended --- */

static gboolean
do_recover (MosTxn *txn,
            gpointer data,
            GError **error)
{
  g_autoptr (GPtrArray) items = NULL;

  return mos_outbox_recover (txn, &items, error);
}

static void
start (Day *day)
{
  day->host = mos_desk_host_new (day->t->store);
  mos_desk_host_set_password (day->host, ACCOUNT, "secret");
  mos_desk_host_set_password (day->host, CHAT_ACCOUNT, mos_fake_telegram_get_token (day->telegram));
  day->sender = mos_email_sender_new (day->mail, MOS_CHANNEL_HOST (day->host), day->t->clock, no_random, NULL);
  test_write (day->t->store, do_recover, NULL);
  day->n_starts++;
}

static void
stop (Day *day)
{
  g_clear_pointer (&day->sender, mos_email_sender_free);
  g_clear_object (&day->host);
  mos_test_settle (0);
}

static gboolean
do_add_account (MosTxn *txn,
                gpointer data,
                GError **error)
{
  return mos_store_account_save (txn, data, error);
}

static void
day_setup (Day *day)
{
  mos_smtp_timeouts = (MosSmtpTimeouts) { 30000, 30000, 1000 };
  day->t = test_desk_store ();
  day->telegram = mos_fake_telegram_new ();
  day->chance = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  day->accepted = g_ptr_array_new_with_free_func (g_free);
  day->mail = mos_account_new ();
  day->mail->id = g_strdup (ACCOUNT);
  day->mail->address = g_strdup ("support@shop.example");
  day->mail->smtp = mos_server_new ();
  day->chat = mos_account_new ();
  day->chat->id = g_strdup (CHAT_ACCOUNT);
  day->chat->kind = g_strdup ("telegram");
  day->chat->name = g_strdup ("Mug Shop");
  day->chat->address = g_strdup ("@mug_shop_bot");
  mos_account_set_setting (day->chat, MOS_ACCOUNT_SERVER, mos_fake_telegram_get_url (day->telegram));
  mos_account_fill (day->chat);
  test_write (day->t->store, do_add_account, day->chat);
  start (day);
}

static void
day_clear (Day *day)
{
  stop (day);
  mos_account_unref (day->mail);
  mos_account_unref (day->chat);
  mos_test_store_free (day->t);
  mos_fake_telegram_free (day->telegram);
  g_ptr_array_unref (day->accepted);
  g_rand_free (day->chance);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Day, day_clear)

/* --- asking --- */

typedef struct
{
  const char *sql;
  gint64 value;
} Count;

static gboolean
do_count (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Count *count = data;

  return mos_database_get_int (txn->database, &count->value, error, count->sql, "i", mos_txn_get_now_us (txn));
}

/* @sql: with the time as its parameter */
static gint64
count (Day *day,
       const char *sql)
{
  Count count = { sql, 0 };

  test_write (day->t->store, do_count, &count);
  return count.value;
}

typedef struct
{
  const char *sql;
  char *value;
} Words;

static gboolean
do_ask (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Words *words = data;

  return mos_database_get_text (txn->database, &words->value, error, words->sql, "i", mos_txn_get_now_us (txn));
}

/* The same for a text. Returns: (transfer full) (nullable) */
static char *
ask (Day *day,
     const char *sql)
{
  Words words = { sql, NULL };

  test_write (day->t->store, do_ask, &words);
  return words.value;
}

typedef struct
{
  const char *channel; /* (nullable) */
  GPtrArray *ids;      /* (owned) */
} Open;

static gboolean
do_list_open (MosTxn *txn,
              gpointer data,
              GError **error)
{
  Open *open = data;
  g_autoptr (GPtrArray) ids = mos_store_conversation_list_all_ids (txn, error);

  open->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_store_conversation_find (txn, ids->pdata[i], &row, error))
        return FALSE;
      if (row->status == MOS_STATUS_OPEN && (open->channel == NULL || g_str_equal (row->channel, open->channel)))
        g_ptr_array_add (open->ids, g_strdup (row->id));
    }
  return ids != NULL;
}

/* Returns: (transfer full) (nullable): the id of an open conversation, any of them */
static char *
pick_open (Day *day,
           const char *channel)
{
  Open open = { channel, NULL };
  char *id;

  test_write (day->t->store, do_list_open, &open);
  id = open.ids->len > 0 ? g_strdup (open.ids->pdata[below (day, open.ids->len)]) : NULL;
  g_ptr_array_unref (open.ids);
  return id;
}

/* --- what happens --- */

static void
mail_comes (Day *day)
{
  guint n = day->n_mails++;
  g_autofree char *before = n >= N_CUSTOMERS && below (day, 3) == 0 ? g_strdup_printf ("In-Reply-To: <%u@mail.example>\n", n - N_CUSTOMERS) : g_strdup ("");
  g_autofree char *mail = g_strdup_printf ("From: Customer %u <c%u@mail.example>\nTo: support@shop.example\nSubject: Question %u\nMessage-ID: <%u@mail.example>\n%s\nmail-in-%u\n",
                                           n % N_CUSTOMERS, n % N_CUSTOMERS, n, n, before, n);
  g_autoptr (MosIngestResult) result = test_ingest (day->t->store, mail, MOS_FOLDER_INBOX, n + 1, mos_clock_now_us (day->t->clock));

  g_assert_nonnull (result->conversation);
}

static void
chat_comes (Day *day)
{
  guint n = day->n_chats++;
  g_autofree char *name = g_strdup_printf ("Customer %u", n % N_CUSTOMERS);
  g_autofree char *text = g_strdup_printf ("chat-in-%u", n);

  mos_fake_telegram_say (day->telegram, 1000 + below (day, N_CUSTOMERS), name, text);
}

typedef struct
{
  const char *conversation;
  const char *text;
  MosSendPlan plan;
} Answer;

static gboolean
do_answer (MosTxn *txn,
           gpointer data,
           GError **error)
{
  static const MosQuoteTexts texts = { "{sender}, {date}:", "--", "%F" };
  Answer *answer = data;
  g_autoptr (MosDraft) draft = NULL;
  g_autofree char *message = NULL;

  if (!mos_draft_prepare_fresh (txn, "reply", answer->conversation, NULL, NULL, &texts, &draft, error))
    return FALSE;
  g_set_str (&draft->text, answer->text);
  return mos_draft_send_planned (txn, draft, &answer->plan, &message, error);
}

static void
answer (Day *day,
        gboolean is_chat)
{
  g_autofree char *conversation = pick_open (day, is_chat ? "telegram" : "email");
  g_autofree char *text = NULL;
  Answer answer = { conversation, NULL, { MOS_STATUS_OPEN, 0, 0, FALSE, FALSE } };

  if (conversation == NULL)
    return;
  text = is_chat ? g_strdup_printf ("chat-out-%u.", day->n_chat_answers++) : g_strdup_printf ("mail-out-%u.", day->n_mail_answers++);
  answer.text = text;
  if (below (day, 3) == 0)
    answer.plan.then = MOS_STATUS_CLOSED;
  if (below (day, 5) == 0)
    {
      answer.plan = (MosSendPlan) { MOS_STATUS_OPEN, 0, mos_clock_now_us (day->t->clock) + (1 + below (day, 300)) * MINUTE_US, TRUE, TRUE };
      day->n_planned++;
    }
  test_write (day->t->store, do_answer, &answer);
}

static void
put_aside (Day *day)
{
  g_autofree char *conversation = pick_open (day, NULL);
  TestStatus status = { conversation, MOS_STATUS_SNOOZED, mos_clock_now_us (day->t->clock) + (1 + below (day, 240)) * MINUTE_US };

  if (conversation != NULL)
    test_write (day->t->store, test_do_status, &status);
}

/* --- the servers --- */

static void
look_at_chat (Day *day)
{
  g_autoptr (MosChannel) channel = mos_channel_new_for_account (day->chat, MOS_CHANNEL_HOST (day->host), day->t->clock);
  MosSyncCounts counts = { 0 };
  g_autoptr (GError) error = NULL;

  /* Whatever the server does, the next look finds all of it. */
  mos_channel_sync_once_sync (channel, &counts, NULL, &error);
  mos_fake_telegram_fail (day->telegram, NULL, MOS_FAKE_TELEGRAM_BUSY, 0);
}

static void
break_chat (Day *day)
{
  static const struct
  {
    const char *method;
    MosFakeTelegramFault fault;
  } faults[] = {
    { NULL, MOS_FAKE_TELEGRAM_BUSY },
    { NULL, MOS_FAKE_TELEGRAM_BROKEN },
    { "getUpdates", MOS_FAKE_TELEGRAM_HALF },
    { "getUpdates", MOS_FAKE_TELEGRAM_LOST },
    { "sendMessage", MOS_FAKE_TELEGRAM_LOST },
    { "sendMessage", MOS_FAKE_TELEGRAM_BUSY },
  };
  guint which = below (day, G_N_ELEMENTS (faults));

  mos_fake_telegram_fail (day->telegram, faults[which].method, faults[which].fault, 1 + below (day, 2));
  day->n_faults++;
}

typedef enum
{
  SMTP_GOOD,
  SMTP_AWAY,
  SMTP_CUT_EARLY,
  SMTP_NOT_NOW,
  SMTP_CUT_IN_TEXT,
  SMTP_CUT_BEHIND, /* the server has it, and nobody hears so */
  SMTP_N,
} Smtp;

static void
add_steps (GPtrArray *script,
           const char *const *steps)
{
  for (guint i = 0; steps[i] != NULL; i++)
    g_ptr_array_add (script, (char *) steps[i]);
}

static void
send_mail (Day *day,
           Smtp how)
{
  static const char *const hello[] = { "S 220 hi", "C EHLO", "S 250 there", NULL };
  static const char *const begin[] = { "C MAIL", "S 250 ok", "C RCPT", NULL };
  static const char *const text[] = { "S 250 ok", "C DATA", "S 354 go", NULL };
  static const char *const good[] = { "D", "S 250 ok", NULL };
  static const char *const cut_early[] = { "X", NULL };
  static const char *const not_now[] = { "S 451 4.7.1 not now", "A", NULL };
  static const char *const cut_in_text[] = { "d", "X", NULL };
  static const char *const cut_behind[] = { "D", "X", NULL };
  gint64 n_due = count (day, "SELECT count(*) FROM outbox WHERE account = '" ACCOUNT "' AND state = 'queued' AND next_try <= ?");
  g_autoptr (GPtrArray) script = g_ptr_array_new ();
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;
  MosTestSmtpServer *server;
  guint sent = 0;
  gint64 next_us = 0;

  if (n_due == 0)
    return;
  day->n_faults += how != SMTP_GOOD;
  mos_server_unref (day->mail->smtp);
  if (how == SMTP_AWAY)
    {
      day->mail->smtp = mos_server_new ();
      day->mail->smtp->host = g_strdup ("127.0.0.1");
      day->mail->smtp->port = 1;
      day->mail->smtp->user = g_strdup ("");
      day->mail->smtp->security = MOS_SECURITY_NONE;
      mos_email_sender_run_sync (day->sender, FALSE, MINUTE_US, &sent, &next_us, NULL, &error);
      return;
    }
  add_steps (script, hello);
  if (how == SMTP_CUT_EARLY)
    add_steps (script, cut_early);
  else
    {
      add_steps (script, begin);
      if (how == SMTP_NOT_NOW)
        add_steps (script, not_now);
      else
        {
          add_steps (script, text);
          add_steps (script, how == SMTP_CUT_IN_TEXT ? cut_in_text : how == SMTP_CUT_BEHIND ? cut_behind
                                                                                            : good);
        }
    }
  for (gint64 i = 1; how == SMTP_GOOD && i < n_due; i++)
    {
      add_steps (script, begin);
      add_steps (script, text);
      add_steps (script, good);
    }
  if (how == SMTP_GOOD)
    g_ptr_array_add (script, (char *) "A");
  g_ptr_array_add (script, NULL);

  server = mos_test_smtp_server_new ((const char *const *) script->pdata);
  day->mail->smtp = mos_test_smtp_server_make (server, "");
  mos_email_sender_run_sync (day->sender, FALSE, MINUTE_US, &sent, &next_us, NULL, &error);
  messages = mos_test_smtp_server_finish (server);
  for (guint i = 0; i < messages->len; i++)
    g_ptr_array_add (day->accepted, g_strndup (g_bytes_get_data (messages->pdata[i], NULL), g_bytes_get_size (messages->pdata[i])));
}

/* What is planned for now is done, and nothing else. */
static void
run_planned (Day *day)
{
  g_autoptr (GError) error = NULL;
  gint64 next_us = 0;

  mos_scheduler_run_sync (day->t->store, &next_us, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (next_us == 0 || next_us > mos_clock_now_us (day->t->clock));
  g_assert_cmpint (count (day, "SELECT count(*) FROM conversation WHERE status = 'snoozed' AND snoozed_until > 0 AND snoozed_until <= ?"), ==, 0);
}

static gboolean
do_release (MosTxn *txn,
            gpointer data,
            GError **error)
{
  g_autofree char *held = NULL;

  while (mos_database_get_text (txn->database, &held, error, "SELECT id FROM due WHERE kind = 'send' AND state = 'held' LIMIT 1", "") && held != NULL)
    {
      if (!mos_due_release (txn, held, error))
        return FALSE;
      g_clear_pointer (&held, g_free);
    }
  return *error == NULL;
}

/* --- what it costs --- */

typedef struct
{
  guint descriptors;
  gsize resident;
} Cost;

static Cost
take_cost (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  g_autofree char *text = NULL;
  Cost cost = { 0, 0 };
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    cost.descriptors += *name != '\0';
  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  cost.resident = (gsize) g_ascii_strtoull (strchr (text, ' '), NULL, 10) * (gsize) sysconf (_SC_PAGESIZE);
  return cost;
}

/* --- what is left of it --- */

/* @texts: where each of "@word0." … is once. */
static void
assert_once (GPtrArray *texts,
             const char *word,
             guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *wanted = g_strdup_printf ("%s%u.", word, i);
      guint times = 0;

      for (guint t = 0; t < texts->len; t++)
        times += strstr (texts->pdata[t], wanted) != NULL;
      if (times != 1)
        g_error ("%s arrived %u times", wanted, times);
    }
}

static void
test_day (void)
{
  g_auto (Day) day = { 0 };
  g_autoptr (GPtrArray) said = NULL, problems = NULL;
  g_autoptr (GError) error = NULL;
  gint64 end_us;
  Cost early = { 0 }, late;

  day_setup (&day);
  end_us = mos_clock_now_us (day.t->clock) + DAY_US;
  for (guint step = 0; mos_clock_now_us (day.t->clock) < end_us; step++)
    {
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (day.t->clock), (3 + below (&day, 13)) * MINUTE_US);
      if (below (&day, 100) < 40)
        chat_comes (&day);
      if (below (&day, 100) < 30)
        mail_comes (&day);
      if (below (&day, 100) < 60)
        answer (&day, below (&day, 2) == 0);
      if (below (&day, 100) < 10)
        put_aside (&day);
      if (below (&day, 100) < 20)
        break_chat (&day);
      run_planned (&day);
      look_at_chat (&day);
      send_mail (&day, below (&day, 100) < 60 ? SMTP_GOOD : (Smtp) below (&day, SMTP_N));
      if (below (&day, 100) < 3)
        {
          stop (&day);
          mos_test_store_reopen (day.t);
          start (&day);
        }
      mos_test_settle (0);
      if (step == 40)
        early = take_cost ();
    }
  late = take_cost ();

  /* The line holds, and a person lets go what was held since its conversation was closed meanwhile: what waits leaves. */
  for (guint i = 0; count (&day, "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending', 'scheduled') AND ? > 0") > 0; i++)
    {
      if (i == 100)
        {
          g_autofree char *waits = ask (&day, "SELECT group_concat (account || ' ' || state || ' ' || attempts || ' ' || coalesce (why, '') || ' ' || ((next_try - ?) / 60000000), ', ') FROM outbox WHERE state IN ('queued', 'sending', 'scheduled')");

          g_error ("What waits does not leave: %s", waits);
        }
      mos_manual_clock_advance (MOS_MANUAL_CLOCK (day.t->clock), 10 * MINUTE_US);
      run_planned (&day);
      test_write (day.t->store, do_release, NULL);
      look_at_chat (&day);
      send_mail (&day, SMTP_GOOD);
    }
  g_test_message ("%u mails and %u chats came, %u and %u were answered (%u at a time), %u faults, %u starts; %u and %u descriptors, %.0f and %.0f MB", day.n_mails, day.n_chats,
                  day.n_mail_answers, day.n_chat_answers, day.n_planned, day.n_faults, day.n_starts, early.descriptors, late.descriptors, (double) early.resident / 1e6, (double) late.resident / 1e6);

  g_assert_cmpint (count (&day, "SELECT count(DISTINCT t.text) FROM message m JOIN message_text t ON t.seq = m.seq WHERE m.direction = 'incoming' AND ? > 0"), ==, day.n_mails + day.n_chats);
  g_assert_cmpint (count (&day, "SELECT count(*) FROM message WHERE direction = 'incoming' AND ? > 0"), ==, day.n_mails + day.n_chats);
  said = mos_fake_telegram_dup_sent (day.telegram);
  assert_once (said, "chat-out-", day.n_chat_answers);
  g_assert_cmpuint (said->len, ==, day.n_chat_answers);
  assert_once (day.accepted, "mail-out-", day.n_mail_answers);
  g_assert_cmpuint (day.accepted->len, ==, day.n_mail_answers);
  g_assert_cmpint (count (&day, "SELECT count(*) FROM due WHERE state IN ('waiting', 'taken') AND due_utc <= ?"), ==, 0);
  g_assert_cmpint (count (&day, "SELECT count(*) FROM due WHERE state = 'failed' AND ? > 0"), ==, 0);
  problems = mos_store_check_sync (day.t->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (late.descriptors, <=, early.descriptors + 4);
  /* What was freed is kept by the sanitizers for a while, and what came is in a cache. */
  g_assert_cmpuint (late.resident, <=, early.resident + early.resident / 5 + 24000000);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/day/whole", test_day);
  return g_test_run ();
}
