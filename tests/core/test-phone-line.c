/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "chat-contract-private.h"

#include "core/channels/phone/mos-phone-settings.h"
#include "core/desk/mos-rows.h"
#include "mos-test.h"

#include <glib/gstdio.h>
#include <string.h>

/* The line to a switchboard, played by the rules of Asterisk's manager interface, with its log; and the one to a FRITZ!Box's call monitor: what is said on it, what becomes of the
 * account, and what every telephone must do. */

#define SECRET "s3cret"

typedef struct
{
  GSocketListener *listener; /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GThread *thread;
  guint16 port;
  gboolean offers_challenge;
  gboolean is_box; /* a FRITZ!Box, which hears nothing */
  char *folder;    /* (owned) (nullable): where the log is */

  GMutex mutex;
  GString *heard;      /* (owned) (mutex mutex) */
  GOutputStream *line; /* (mutex mutex) (nullable): of whoever listens */
  ChatFault fault;     /* (mutex mutex) */
  guint n_lines;       /* (mutex mutex): so many were opened */
  guint n_calls;
} Switchboard;

/* @text: on the line of whoever listens, if anybody does */
static void
say (Switchboard *self,
     const char *text)
{
  g_mutex_lock (&self->mutex);
  if (self->line != NULL)
    g_output_stream_write_all (self->line, text, strlen (text), NULL, self->cancellable, NULL);
  g_mutex_unlock (&self->mutex);
}

static void
set_line (Switchboard *self,
          GOutputStream *line)
{
  g_mutex_lock (&self->mutex);
  self->line = line;
  g_mutex_unlock (&self->mutex);
}

/* A line is opened. One that is to break does so once; a box tells of calls at once. */
static ChatFault
take_fault (Switchboard *self,
            GOutputStream *line)
{
  ChatFault fault;

  g_mutex_lock (&self->mutex);
  self->n_lines++;
  fault = self->fault;
  if (fault == CHAT_FAULT_BUSY)
    self->fault = CHAT_FAULT_NONE;
  else if (self->is_box)
    self->line = line;
  g_mutex_unlock (&self->mutex);

  return fault;
}

static char *
value_of (const char *packet,
          const char *name)
{
  const char *at = strstr (packet, name);
  const char *begins = at != NULL ? at + strlen (name) : NULL;

  return begins != NULL ? g_strndup (begins, strcspn (begins, "\n")) : g_strdup ("");
}

static void
answer (Switchboard *self,
        GOutputStream *output,
        const char *packet,
        gboolean knows_key)
{
  g_autofree char *action = value_of (packet, "Action: ");
  g_autofree char *id = value_of (packet, "ActionID: ");
  gboolean is_challenge = g_str_equal (action, "Challenge"), is_login = g_str_equal (action, "Login");
  gboolean is_refused = is_challenge ? !self->offers_challenge : is_login && !knows_key;
  g_autofree char *said = g_strdup_printf ("Response: %s\r\nActionID: %s\r\n%s\r\n%s%s%s", is_refused ? "Error" : "Success", id,
                                           is_challenge && self->offers_challenge ? "Challenge: 1042\r\n" : "",
                                           g_str_equal (action, "CoreShowChannels") ? "Event: CoreShowChannelsComplete\r\nActionID: " : "",
                                           g_str_equal (action, "CoreShowChannels") ? id : "", g_str_equal (action, "CoreShowChannels") ? "\r\n\r\n" : "");

  g_output_stream_write_all (output, said, strlen (said), NULL, self->cancellable, NULL);
  /* From here on it is told of calls. */
  if (is_login && !is_refused)
    set_line (self, output);
}

static void
serve (Switchboard *self,
       GSocketConnection *connection)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_autoptr (GString) packet = g_string_new (NULL);
  ChatFault fault = take_fault (self, output);
  char *line;

  if (fault == CHAT_FAULT_BUSY)
    return;
  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  if (!self->is_box && fault != CHAT_FAULT_HELD)
    g_output_stream_write_all (output, "Asterisk Call Manager/11.0.0\r\n", strlen ("Asterisk Call Manager/11.0.0\r\n"), NULL, self->cancellable, NULL);
  while ((line = g_data_input_stream_read_line (input, NULL, self->cancellable, NULL)) != NULL)
    {
      if (*line != '\0')
        g_string_append_printf (packet, "%s\n", line);
      else
        {
          g_mutex_lock (&self->mutex);
          g_string_append (self->heard, packet->str);
          g_mutex_unlock (&self->mutex);
          answer (self, output, packet->str, fault != CHAT_FAULT_KEY);
          g_string_truncate (packet, 0);
        }
      g_free (line);
    }
  set_line (self, NULL);
}

/* One line at a time is enough: nothing is sent, and no file fetched. */
static gpointer
run (gpointer data)
{
  Switchboard *self = data;

  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      g_autoptr (GSocketConnection) connection = g_socket_listener_accept (self->listener, NULL, self->cancellable, NULL);

      if (connection != NULL)
        serve (self, connection);
    }
  return NULL;
}

static gpointer
begin (void)
{
  Switchboard *self = g_new0 (Switchboard, 1);

  g_mutex_init (&self->mutex);
  self->fault = CHAT_FAULT_NONE;
  self->heard = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
  self->listener = g_socket_listener_new ();
  self->port = g_socket_listener_add_any_inet_port (self->listener, NULL, NULL);
  g_assert_cmpuint (self->port, !=, 0);
  self->offers_challenge = TRUE;
  self->thread = g_thread_new ("switchboard", run, self);
  return self;
}

/* … with a log that has nothing in it yet */
static gpointer
begin_with_log (void)
{
  Switchboard *self = begin ();
  g_autofree char *log = NULL;
  GError *error = NULL;

  self->folder = g_dir_make_tmp ("mos-switchboard-XXXXXX", &error);
  g_assert_no_error (error);
  log = g_build_filename (self->folder, "Master.csv", NULL);
  g_file_set_contents (log, "", 0, &error);
  g_assert_no_error (error);
  return self;
}

static gpointer
begin_box (void)
{
  Switchboard *self = begin ();

  self->is_box = TRUE;
  return self;
}

static void
end (gpointer platform)
{
  Switchboard *self = platform;
  g_autofree char *log = self->folder != NULL ? g_build_filename (self->folder, "Master.csv", NULL) : NULL;

  if (log != NULL)
    {
      g_remove (log);
      g_rmdir (self->folder);
    }

  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  g_string_free (self->heard, TRUE);
  g_mutex_clear (&self->mutex);
  g_free (self->folder);
  g_free (self);
}

static MosAccount *
make_account (gpointer platform)
{
  Switchboard *self = platform;
  MosAccount *account = mos_account_new ();
  g_autofree char *server = g_strdup_printf ("127.0.0.1:%u", self->port);

  account->id = g_strdup ("asterisk-account");
  account->kind = g_strdup ("asterisk");
  account->name = g_strdup ("Telephone");
  account->address = g_strdup ("mostrador@127.0.0.1");
  mos_account_set_setting (account, MOS_ACCOUNT_SERVER, server);
  mos_account_set_setting (account, MOS_PHONE_USER, "mostrador");
  mos_account_fill (account);
  return account;
}

static MosAccount *
make_with_log (gpointer platform)
{
  Switchboard *self = platform;
  MosAccount *account = make_account (platform);
  g_autofree char *log = g_build_filename (self->folder, "Master.csv", NULL);

  mos_account_set_setting (account, MOS_PHONE_CDR, log);
  return account;
}

static MosAccount *
make_box (gpointer platform)
{
  MosAccount *account = make_account (platform);

  g_set_str (&account->kind, "fritzbox");
  return account;
}

/* --- what happens there --- */

/* It stands in the log, and is told to whoever listens: as Asterisk 22.10 does. */
static void
call_switchboard (gpointer platform,
                  const char *number)
{
  Switchboard *self = platform;
  const gint64 at_s = MOS_TEST_NOW_US / G_USEC_PER_SEC + ++self->n_calls;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT ".%u", at_s, self->n_calls);
  g_autofree char *log = g_build_filename (self->folder, "Master.csv", NULL);
  g_autofree char *row = g_strdup_printf ("\"\",\"%s\",\"100\",\"incoming\",\"<%s>\",\"PJSIP/c-0\",\"PJSIP/101-1\",\"Dial\",\"\",\"2026-03-02 09:00:00\",,\"2026-03-02 09:00:03\",3,0,\"NO ANSWER\",\"DOCUMENTATION\",\"%s\",\"\"\n",
                                          number, number, id);
  g_autofree char *told = g_strdup_printf ("Event: Newchannel\r\nChannel: PJSIP/c-0\r\nChannelStateDesc: Ring\r\nCallerIDNum: %s\r\nExten: 100\r\nUniqueid: %s\r\nLinkedid: %s\r\n\r\n"
                                           "Event: Hangup\r\nUniqueid: %s\r\nLinkedid: %s\r\nCause: 19\r\n\r\n",
                                           number, id, id, id, id);
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;

  g_assert_true (g_file_get_contents (log, &before, NULL, NULL));
  now = g_strconcat (before, row, NULL);
  /* The file goes on being the same one. */
  g_assert_true (g_file_set_contents_full (log, now, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  say (self, told);
}

static void
call_box (gpointer platform,
          const char *number)
{
  Switchboard *self = platform;
  g_autofree char *told = g_strdup_printf ("02.03.26 09:%02u:00;RING;0;00%s;901820;SIP0;\r\n02.03.26 09:%02u:20;DISCONNECT;0;0;\r\n", self->n_calls, number + strlen ("+"), self->n_calls);

  self->n_calls++;
  say (self, told);
}

static void
fail (gpointer platform,
      ChatFault fault)
{
  Switchboard *self = platform;

  g_mutex_lock (&self->mutex);
  self->fault = fault;
  g_mutex_unlock (&self->mutex);
}

static guint
count_lines (gpointer platform)
{
  Switchboard *self = platform;
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_lines;
  g_mutex_unlock (&self->mutex);

  return n;
}

static gboolean
has_heard (Switchboard *self,
           const char *words)
{
  gboolean has;

  g_mutex_lock (&self->mutex);
  has = strstr (self->heard->str, words) != NULL;
  g_mutex_unlock (&self->mutex);

  return has;
}

/* @host: a name of this computer. Returns: whether somebody could sign in */
static gboolean
try_at (Contract *c,
        const char *host,
        GError **error)
{
  Switchboard *self = c->other_end;
  g_autofree char *server = g_strdup_printf ("%s:%u", host, self->port);
  g_autoptr (MosChannel) channel = NULL;

  mos_account_set_setting (c->account, MOS_ACCOUNT_SERVER, server);
  channel = mos_channel_new_for_account (c->account, MOS_CHANNEL_HOST (c->host), c->t->clock);
  return mos_chat_channel_identify_sync (MOS_CHAT_CHANNEL (channel), SECRET, NULL, NULL, NULL, error);
}

/* In the clear the secret is said within this computer alone. What a line through a network is called here leads to this computer, too (RFC 6761). */
static void
test_secret (gconstpointer platform)
{
  g_autoptr (Contract) c = contract_new (platform);
  Switchboard *self = c->other_end;
  g_autoptr (GError) error = NULL;

  g_assert_true (try_at (c, "pbx.localhost", &error));
  g_assert_no_error (error);
  g_assert_true (has_heard (self, "Key: "));
  g_assert_false (has_heard (self, SECRET));

  self->offers_challenge = FALSE;
  g_assert_false (try_at (c, "pbx.localhost", &error));
  g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_EXPOSED);
  g_assert_cmpstr (mos_chat_trouble_from_error (error).why, ==, "exposed");
  g_assert_false (has_heard (self, SECRET));
  g_clear_error (&error);

  g_assert_true (try_at (c, "127.0.0.1", &error));
  g_assert_no_error (error);
  g_assert_true (has_heard (self, "Secret: " SECRET));
}

static gboolean
is_ready (MosChannel *channel)
{
  g_autoptr (MosAccountStatus) status = mos_channel_dup_status (channel);

  return status->state == MOS_ACCOUNT_READY;
}

/* Once it looked. Returns: (transfer full): what is said of the account although it is well */
static char *
dup_why (Contract *c)
{
  g_autoptr (MosChannel) channel = mos_channel_new_for_account (c->account, MOS_CHANNEL_HOST (c->host), c->t->clock);
  g_autoptr (MosAccountStatus) status = NULL;

  mos_channel_start (channel);
  mos_test_wait (is_ready (channel), 10000);
  status = mos_channel_dup_status (channel);
  mos_channel_stop_sync (channel);
  return g_strdup (status->why != NULL ? status->why : "");
}

/* Calls are heard; that those in between do not come in is said of the account, and not to the journal alone. */
static void
test_log (gconstpointer platform)
{
  g_autoptr (Contract) c = contract_new (platform);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "no", "Master.csv", NULL);
  g_autofree char *without = dup_why (c);
  g_autofree char *with = NULL;

  g_assert_cmpstr (without, ==, "");
  mos_account_set_setting (c->account, MOS_PHONE_CDR, path);
  with = dup_why (c);
  g_assert_cmpstr (with, ==, MOS_CHAT_LOG_UNREADABLE);
}

int
main (int argc,
      char **argv)
{
  static const ChatPlatform asterisk = { .kind = "asterisk", .secret = SECRET, .begin = begin, .end = end, .make_account = make_account };
  static const ChatPlatform with_log = { .kind = "asterisk", .secret = SECRET, .begin = begin_with_log, .end = end, .make_account = make_with_log, .fail = fail, .count_polls = count_lines, .call = call_switchboard, .keeps_calls = TRUE };
  static const ChatPlatform box = { .kind = "fritzbox", .secret = "", .begin = begin_box, .end = end, .make_account = make_box, .fail = fail, .count_polls = count_lines, .call = call_box };

  mos_test_init (&argc, &argv);
  chat_contract_add_calls (&with_log);
  chat_contract_add_calls (&box);
  g_test_add_data_func ("/phone-line/secret", &asterisk, test_secret);
  g_test_add_data_func ("/phone-line/log", &asterisk, test_log);
  return g_test_run ();
}
