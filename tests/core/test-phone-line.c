/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "chat-contract-private.h"

#include "core/channels/phone/mos-phone-settings.h"
#include "core/desk/mos-rows.h"
#include "mos-test.h"

#include <string.h>

/* The line to a switchboard, played by the rules of Asterisk's manager interface: what is said on it, and what becomes of the account. */

#define SECRET "s3cret"

typedef struct
{
  GSocketListener *listener; /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GThread *thread;
  guint16 port;
  gboolean offers_challenge;

  GMutex mutex;
  GString *heard; /* (owned) (mutex mutex) */
} Switchboard;

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
        const char *packet)
{
  g_autofree char *action = value_of (packet, "Action: ");
  g_autofree char *id = value_of (packet, "ActionID: ");
  gboolean is_challenge = g_str_equal (action, "Challenge");
  g_autofree char *said = g_strdup_printf ("Response: %s\r\nActionID: %s\r\n%s\r\n%s%s%s", is_challenge && !self->offers_challenge ? "Error" : "Success", id,
                                           is_challenge && self->offers_challenge ? "Challenge: 1042\r\n" : "",
                                           g_str_equal (action, "CoreShowChannels") ? "Event: CoreShowChannelsComplete\r\nActionID: " : "",
                                           g_str_equal (action, "CoreShowChannels") ? id : "", g_str_equal (action, "CoreShowChannels") ? "\r\n\r\n" : "");

  g_output_stream_write_all (output, said, strlen (said), NULL, self->cancellable, NULL);
}

static void
serve (Switchboard *self,
       GSocketConnection *connection)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_autoptr (GString) packet = g_string_new (NULL);
  char *line;

  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
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
          answer (self, output, packet->str);
          g_string_truncate (packet, 0);
        }
      g_free (line);
    }
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
  self->heard = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
  self->listener = g_socket_listener_new ();
  self->port = g_socket_listener_add_any_inet_port (self->listener, NULL, NULL);
  g_assert_cmpuint (self->port, !=, 0);
  self->offers_challenge = TRUE;
  self->thread = g_thread_new ("switchboard", run, self);
  return self;
}

static void
end (gpointer platform)
{
  Switchboard *self = platform;

  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  g_string_free (self->heard, TRUE);
  g_mutex_clear (&self->mutex);
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

  mos_test_init (&argc, &argv);
  g_test_add_data_func ("/phone-line/secret", &asterisk, test_secret);
  g_test_add_data_func ("/phone-line/log", &asterisk, test_log);
  return g_test_run ();
}
