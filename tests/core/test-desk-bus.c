/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "desk-fixture.h"

#include "core/base/mos-secrets.h"
#include "core/channels/mos-channel.h"
#include "core/desk/mos-desk-host.h"
#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-profile-service.h"
#include "core/desk/mos-rows.h"
#include "core/store/mos-store-accounts.h"
#include "mos-test-imap-server.h"

#include <string.h>

/* The owner of a profile on a private bus; the keyring that is not there or never answers; ends that do not wait for a server. */

#define LIMIT_US (3 * (gint64) G_USEC_PER_SEC)

/* --- the profile's owner --- */

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  char *profile;
  MosProfileService *service;
  GThread *thread;
  GCancellable *started;
  char *token;
  /* What the asking thread got. */
  gboolean asked;
  int status;
  GBytes *output;
  GBytes *errors;
  GError *error;
} BusFixture;

static GDBusConnection *
connect_bus (BusFixture *f)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (f->bus),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
bus_setup (BusFixture *f,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (f->bus);
  f->connection = connect_bus (f);
  f->profile = mos_test_dir_new ();
  f->started = g_cancellable_new ();
  f->service = mos_profile_service_new_sync (f->profile, f->connection, NULL, &error);
  g_assert_no_error (error);
}

static void
bus_teardown (BusFixture *f,
              gconstpointer data)
{
  g_clear_pointer (&f->output, g_bytes_unref);
  g_clear_pointer (&f->errors, g_bytes_unref);
  g_clear_error (&f->error);
  g_free (f->token);
  mos_profile_service_close (f->service);
  g_object_unref (f->service);
  g_dbus_connection_close_sync (f->connection, NULL, NULL);
  g_object_unref (f->connection);
  g_object_unref (f->started);
  mos_test_dir_free (f->profile);
  g_test_dbus_down (f->bus);
  g_object_unref (f->bus);
}

static int
run_echo (const char *const *argv,
          GBytes *input,
          GBytes **ret_output,
          GBytes **ret_errors,
          gpointer user_data)
{
  g_autofree char *words = g_strjoinv (" ", (char **) argv);
  g_autofree char *text = g_strdup_printf ("%s|%.*s", words, (int) g_bytes_get_size (input), (const char *) g_bytes_get_data (input, NULL));

  *ret_output = g_bytes_new (text, strlen (text));
  *ret_errors = g_bytes_new ("odd\n", 4);
  return 1;
}

static gpointer
ask_thread (gpointer data)
{
  static const char *const argv[] = { "note", "1", NULL };
  BusFixture *f = data;
  g_autoptr (GBytes) input = g_bytes_new ("text", 4);

  f->asked = mos_profile_service_run_sync (f->profile, argv, input, &f->status, &f->output, &f->errors, NULL, &f->error);
  g_main_context_wakeup (NULL);
  return NULL;
}

static void
raise_cb (MosProfileService *service,
          const char *token,
          BusFixture *f)
{
  g_set_str (&f->token, token);
}

static gpointer
raise_thread (gpointer data)
{
  BusFixture *f = data;

  f->asked = mos_profile_service_raise_sync (f->profile, "token-7", NULL, &f->error);
  return NULL;
}

/* A second window raises the first, a command runs in its owner, and there is one owner. */
static void
test_service (BusFixture *f,
              gconstpointer data)
{
  g_autoptr (GDBusConnection) other = connect_bus (f);
  g_autoptr (GError) error = NULL;

  g_assert_null (mos_profile_service_new_sync (f->profile, other, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_dbus_connection_close_sync (other, NULL, NULL);

  g_signal_connect (f->service, "raise", G_CALLBACK (raise_cb), f);
  f->thread = g_thread_new ("asks", raise_thread, f);
  mos_test_wait (f->token != NULL, 5000);
  g_assert_cmpstr (f->token, ==, "token-7");
  g_thread_join (f->thread);
  g_assert_no_error (f->error);
  g_assert_true (f->asked);
  /* Asked whether it is open, nothing comes to the front. */
  g_clear_pointer (&f->token, g_free);
  g_assert_true (mos_profile_service_is_open_sync (f->profile));
  mos_test_settle (50);
  g_assert_null (f->token);

  mos_profile_service_set_run (f->service, run_echo, f);
  f->asked = FALSE;
  f->thread = g_thread_new ("asks", ask_thread, f);
  mos_test_wait (f->output != NULL || f->error != NULL, 5000);
  g_thread_join (f->thread);
  g_assert_no_error (f->error);
  g_assert_cmpint (f->status, ==, 1);
  g_assert_cmpmem (g_bytes_get_data (f->output, NULL), g_bytes_get_size (f->output), "note 1|text", 11);
  g_assert_cmpmem (g_bytes_get_data (f->errors, NULL), g_bytes_get_size (f->errors), "odd\n", 4);
}

static void
test_service_without_owner (BusFixture *f,
                            gconstpointer data)
{
  g_autofree char *elsewhere = mos_test_dir_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (mos_profile_service_raise_sync (elsewhere, NULL, NULL, &error));
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER);
  g_assert_false (mos_profile_service_is_open_sync (elsewhere));
  mos_test_dir_free (g_steal_pointer (&elsewhere));
}

/* --- a server that says nothing --- */

static MosTestImapServer *
make_silent_server (MosServer **ret_server)
{
  static const char *const script[] = { "W", NULL };
  MosTestImapServer *server = mos_test_imap_server_new (script, NULL);

  *ret_server = mos_test_imap_server_make (server, MOS_SECURITY_NONE);
  return server;
}

static MosAccount *
make_account (MosServer *imap)
{
  MosAccount *account = mos_account_new ();

  account->id = g_strdup (ACCOUNT);
  account->kind = g_strdup ("email");
  account->name = g_strdup ("Support");
  account->address = g_strdup ("support@shop.example");
  account->imap = imap;
  mos_account_fill (account);
  return account;
}

typedef struct
{
  MosStore *store;
  MosAccount *account;
  MosDeskHost *host;
  gint is_running; /* (atomic) */
} HangingSync;

static int
run_hanging_sync (const char *const *argv,
                  GBytes *input,
                  GBytes **ret_output,
                  GBytes **ret_errors,
                  gpointer user_data)
{
  HangingSync *sync = user_data;
  g_autoptr (MosChannel) channel = mos_channel_new_for_account (sync->account, MOS_CHANNEL_HOST (sync->host), mos_store_get_clock (sync->store));
  g_autoptr (GError) error = NULL;
  MosSyncCounts counts = { 0 };

  g_atomic_int_set (&sync->is_running, TRUE);
  g_assert_false (mos_channel_sync_once_sync (channel, &counts, g_cancellable_get_current (), &error));
  *ret_output = g_bytes_new ("", 0);
  *ret_errors = g_bytes_new (error->message, strlen (error->message));
  return 1;
}

/* The window closes while a command waits for a server. */
static void
test_close_while_syncing (BusFixture *f,
                          gconstpointer data)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  MosServer *address = NULL;
  MosTestImapServer *server = make_silent_server (&address);
  g_autoptr (MosAccount) account = make_account (address);
  g_autoptr (MosDeskHost) host = mos_desk_host_new (t->store);
  HangingSync sync = { t->store, account, host, FALSE };
  gint64 begin_us;

  mos_desk_host_set_password (host, ACCOUNT, "secret");
  mos_profile_service_set_run (f->service, run_hanging_sync, &sync);
  f->thread = g_thread_new ("asks", ask_thread, f);
  mos_test_wait (g_atomic_int_get (&sync.is_running), 5000);
  mos_test_settle (300);

  begin_us = g_get_monotonic_time ();
  mos_profile_service_close (f->service);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, LIMIT_US);
  g_thread_join (f->thread);
  /* Who asked hears that it was not done. */
  g_assert_true (f->asked);
  g_assert_cmpint (f->status, ==, 1);
  g_assert_cmpuint (g_bytes_get_size (f->errors), >, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  mos_test_imap_server_finish (server);
}

static gboolean
do_save_account (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  return mos_store_account_save (txn, data, error);
}

/* The desk ends while its channels wait for a server, and a test of an account too. */
static void
test_stop_while_connecting (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  MosServer *address = NULL;
  MosServer *other_address = NULL;
  MosTestImapServer *server = make_silent_server (&address);
  MosTestImapServer *other = make_silent_server (&other_address);
  g_autoptr (MosAccount) account = make_account (address);
  g_autoptr (MosAccount) tested = make_account (other_address);
  g_autoptr (MosCredential) secret = mos_credential_make (MOS_CREDENTIAL_PASSWORD, "secret", NULL);
  g_autoptr (MosDesk) desk = NULL;
  GAsyncResult *result = NULL;
  gint64 begin_us;

  test_write (t->store, do_save_account, account);
  desk = mos_desk_new (t->store, MOS_DESK_FLAG_NONE);
  mos_desk_host_set_password (MOS_DESK_HOST (mos_desk_ensure_host (desk)), ACCOUNT, "secret");
  mos_test_wait (g_list_model_get_n_items (mos_desk_get_accounts (desk)) == 1, 5000);
  mos_desk_start (desk);
  mos_test_wait (g_hash_table_size (desk->channels) == 1, 5000);
  mos_desk_test_account_async (desk, tested, secret, NULL, NULL, NULL, mos_test_ready_cb, &result);
  mos_test_settle (500);

  begin_us = g_get_monotonic_time ();
  mos_desk_stop_sync (desk);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, LIMIT_US);
  g_assert_null (result);
  mos_test_wait (result != NULL, 3000);
  g_assert_false (mos_desk_test_account_finish (desk, result, NULL, NULL, NULL, NULL));
  g_clear_object (&result);
  g_clear_object (&desk);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  mos_test_imap_server_finish (server);
  mos_test_imap_server_finish (other);
}

static gboolean
do_remove_account (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  return mos_store_account_remove (txn, data, error);
}

/* mostradorctl changes the account, runs in the owner of the profile, and the window's channel is another one at once; what does not concern it leaves it alone. */
static void
test_account_changed_elsewhere (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  MosServer *address = NULL;
  MosTestImapServer *server = make_silent_server (&address);
  g_autoptr (MosAccount) account = make_account (address);
  g_autoptr (MosAccount) renamed = make_account (mos_server_ref (address));
  g_autoptr (MosAccount) moved = make_account (mos_server_new ());
  g_autoptr (MosDesk) desk = NULL;
  MosChannel *channel;

  test_write (t->store, do_save_account, account);
  desk = mos_desk_new (t->store, MOS_DESK_FLAG_NONE);
  mos_desk_host_set_password (MOS_DESK_HOST (mos_desk_ensure_host (desk)), ACCOUNT, "secret");
  mos_test_wait (g_list_model_get_n_items (mos_desk_get_accounts (desk)) == 1, 5000);
  mos_desk_start (desk);
  mos_test_wait (g_hash_table_size (desk->channels) == 1, 5000);
  channel = g_hash_table_lookup (desk->channels, ACCOUNT);

  g_set_str (&renamed->name, "Another name");
  test_write (t->store, do_save_account, renamed);
  mos_test_settle (300);
  g_assert_true (g_hash_table_lookup (desk->channels, ACCOUNT) == channel);

  g_set_str (&moved->imap->host, "localhost");
  g_set_str (&moved->imap->user, "somebody-else");
  moved->imap->port = 1;
  moved->imap->security = MOS_SECURITY_NONE;
  test_write (t->store, do_save_account, moved);
  mos_test_wait (strcmp (mos_channel_get_account (g_hash_table_lookup (desk->channels, ACCOUNT))->imap->user, "somebody-else") == 0, 10000);

  test_write (t->store, do_remove_account, (gpointer) ACCOUNT);
  mos_test_wait (g_hash_table_size (desk->channels) == 0, 10000);

  mos_desk_stop_sync (desk);
  g_clear_object (&desk);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  mos_test_imap_server_finish (server);
}

/* --- the keyring --- */

static GDBusMessage *
swallow (GDBusConnection *connection,
         GDBusMessage *message,
         gboolean incoming,
         gpointer user_data)
{
  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    {
      g_object_unref (message);
      return NULL;
    }
  return message;
}

/* A locked keyring with nobody there to unlock it. */
static void
test_keyring_silent (BusFixture *f,
                     gconstpointer data)
{
  g_autoptr (GDBusConnection) keyring = connect_bus (f);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin_us;

  reply = g_dbus_connection_call_sync (keyring, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.secrets", (guint32) 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (keyring, swallow, NULL, NULL);

  begin_us = g_get_monotonic_time ();
  g_assert_null (mos_secrets_lookup_sync ("p", "a", 300, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE);
  g_clear_error (&error);
  g_assert_false (mos_secrets_store_sync ("p", "a", "label", "secret", 300, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE);
  g_clear_error (&error);
  g_assert_false (mos_secrets_clear_sync ("p", "a", 300, NULL, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, LIMIT_US);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, >=, 3 * 300 * 1000);
  g_dbus_connection_close_sync (keyring, NULL, NULL);
}

static gboolean
do_list_accounts (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  GPtrArray **accounts = data;

  *accounts = mos_store_account_list (txn, error);
  return *accounts != NULL;
}

static void
assert_password (MosDesk *desk,
                 const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *password = mos_channel_host_dup_password_sync (mos_desk_ensure_host (desk), "new", NULL, &error);

  g_assert_cmpstr (password, ==, expected);
  if (expected == NULL)
    g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE);
}

static gboolean
file_has (const char *path,
          const char *text)
{
  g_autofree char *contents = NULL;
  gsize size = 0;

  return g_file_get_contents (path, &contents, &size, NULL) && memmem (contents, size, text, strlen (text)) != NULL;
}

/* No Secret Service: nothing is saved, and it is said; where the owner chooses so, the password is kept for this run, in memory. */
static void
test_password_for_run (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosDesk) desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_autoptr (MosAccount) account = make_account (mos_server_new ());
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GDir) dir = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GAsyncResult) removed = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  g_set_str (&account->id, "new");
  g_set_str (&account->imap->host, "imap.shop.example");
  g_set_str (&account->address, "new@shop.example");
  mos_desk_save_account_async (desk, account, "open-sesame", NULL, mos_test_ready_cb, &result);
  refused = mos_test_await (&result);
  g_assert_false (mos_desk_save_account_finish (desk, refused, &error));
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE);
  g_clear_error (&error);
  test_write (t->store, do_list_accounts, &before);
  g_assert_cmpuint (before->len, ==, 1);

  mos_desk_save_account_for_run_async (desk, account, "open-sesame", NULL, mos_test_ready_cb, &result);
  saved = mos_test_await (&result);
  mos_desk_save_account_finish (desk, saved, &error);
  g_assert_no_error (error);
  test_write (t->store, do_list_accounts, &after);
  g_assert_cmpuint (after->len, ==, 2);
  assert_password (desk, "open-sesame");

  dir = g_dir_open (t->profile, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (t->profile, name, NULL);

      g_assert_false (file_has (path, "open-sesame"));
    }

  mos_desk_remove_account_async (desk, "new", NULL, mos_test_ready_cb, &result);
  removed = mos_test_await (&result);
  mos_desk_remove_account_finish (desk, removed, &error);
  g_assert_no_error (error);
  assert_password (desk, NULL);
  mos_desk_stop_sync (desk);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_unsetenv ("SECRET_BACKEND");
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);

  g_test_add_func ("/desk-bus/password-for-run", test_password_for_run);
  g_test_add_func ("/desk-bus/stop-while-connecting", test_stop_while_connecting);
  g_test_add_func ("/desk-bus/account-changed-elsewhere", test_account_changed_elsewhere);
  g_test_add ("/desk-bus/service", BusFixture, NULL, bus_setup, test_service, bus_teardown);
  g_test_add ("/desk-bus/service-without-owner", BusFixture, NULL, bus_setup, test_service_without_owner, bus_teardown);
  g_test_add ("/desk-bus/close-while-syncing", BusFixture, NULL, bus_setup, test_close_while_syncing, bus_teardown);
  g_test_add ("/desk-bus/keyring-silent", BusFixture, NULL, bus_setup, test_keyring_silent, bus_teardown);

  return g_test_run ();
}
