/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Starting with the session: by a file, and by a portal that is played here. */
#include "config.h"

#include "app/application/mos-background.h"

#include "mos-test.h"
#include "mos-test-store.h"

/* --- the file --- */

static char *
dup_exec (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "autostart", MOS_APP_ID ".desktop", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *type = NULL;

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  type = g_key_file_get_string (file, "Desktop Entry", "Type", NULL);
  g_assert_cmpstr (type, ==, "Application");
  return g_key_file_get_string (file, "Desktop Entry", "Exec", NULL);
}

static void
test_file (void)
{
  static const struct
  {
    const char *program;
    const char *argv0;
  } cases[] = {
    { NULL, "mostrador" },
    { "/opt/mostrador/bin/mostrador", "/opt/mostrador/bin/mostrador" },
    { "/srv/ana/My \"Apps\"/50% $HOME/a\\b/`c`/mostrador", "/srv/ana/My \"Apps\"/50%% $HOME/a\\b/`c`/mostrador" },
  };
  char *dir = mos_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "autostart", MOS_APP_ID ".desktop", NULL);
  g_autofree char *blocked = g_build_filename (dir, "blocked", NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *exec = NULL;
      g_auto (GStrv) argv = NULL;

      g_assert_true (mos_background_write_autostart (dir, cases[i].program, TRUE, &error));
      g_assert_no_error (error);
      exec = dup_exec (dir);
      /* A desktop takes Exec apart as a shell would. */
      g_assert_true (g_shell_parse_argv (exec, NULL, &argv, &error));
      g_assert_cmpuint (g_strv_length (argv), ==, 2);
      g_assert_cmpstr (argv[0], ==, cases[i].argv0);
      g_assert_cmpstr (argv[1], ==, "--background");
    }
  g_assert_true (mos_background_write_autostart (dir, NULL, FALSE, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  /* Gone already: as it should be. */
  g_assert_true (mos_background_write_autostart (dir, NULL, FALSE, &error));
  g_assert_no_error (error);

  g_assert_true (g_file_set_contents (blocked, "", 0, NULL));
  g_assert_false (mos_background_write_autostart (blocked, NULL, TRUE, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  mos_test_dir_free (dir);
}

/* --- the portal --- */

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *ours;
  GDBusConnection *portal;
  guint object;
  /* How it answers */
  guint32 response;
  gboolean runs;
  gboolean starts;
  gboolean is_old; /* it chooses the request's path itself */
  /* What it was asked for */
  gboolean asked_starts;
  char *command;
  char *status;
  guint n_asked;
} Fixture;

static GDBusConnection *
connect_bus (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (f->bus),
                                                                        G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
on_portal_call_cb (GDBusConnection *connection,
                   const char *sender,
                   const char *object_path,
                   const char *interface_name,
                   const char *method_name,
                   GVariant *parameters,
                   GDBusMethodInvocation *invocation,
                   gpointer user_data)
{
  Fixture *f = user_data;
  g_autoptr (GVariant) options = NULL;
  g_auto (GStrv) command = NULL;
  g_autofree char *name = g_strdelimit (g_strdup (sender + 1), ".", '_');
  g_autofree char *path = NULL;
  const char *token = NULL;
  GVariantBuilder results;

  if (g_str_equal (method_name, "SetStatus"))
    {
      options = g_variant_get_child_value (parameters, 0);
      g_free (f->status);
      g_variant_lookup (options, "message", "s", &f->status);
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }
  options = g_variant_get_child_value (parameters, 1);
  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  g_assert_true (g_variant_lookup (options, "autostart", "b", &f->asked_starts));
  g_assert_true (g_variant_lookup (options, "commandline", "^as", &command));
  g_free (f->command);
  f->command = g_strjoinv (" ", command);
  f->n_asked++;
  path = f->is_old ? g_strdup ("/org/freedesktop/portal/desktop/request/7") : g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", name, token);

  g_variant_builder_init (&results, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&results, "{sv}", "background", g_variant_new_boolean (f->runs));
  g_variant_builder_add (&results, "{sv}", "autostart", g_variant_new_boolean (f->starts));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", path));
  /* One that is old answers when it is heard. */
  if (f->is_old)
    mos_test_settle (50);
  g_dbus_connection_emit_signal (connection, sender, path, "org.freedesktop.portal.Request", "Response", g_variant_new ("(ua{sv})", f->response, &results), NULL);
}

static void
set_up (Fixture *f,
        gconstpointer data)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_portal_call_cb };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;
  GDBusNodeInfo *node = g_dbus_node_info_new_for_xml ("<node><interface name='org.freedesktop.portal.Background'>"
                                                      "<method name='RequestBackground'><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
                                                      "<method name='SetStatus'><arg type='a{sv}' direction='in'/></method>"
                                                      "</interface></node>",
                                                      &error);

  f->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (f->bus);
  f->ours = connect_bus (f);
  f->portal = connect_bus (f);
  f->object = g_dbus_connection_register_object (f->portal, "/org/freedesktop/portal/desktop", node->interfaces[0], &vtable, f, NULL, &error);
  g_assert_no_error (error);
  g_dbus_node_info_unref (node);
  if (data != NULL)
    return;
  reply = g_dbus_connection_call_sync (f->portal, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", "org.freedesktop.portal.Desktop", 0u), NULL, 0, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  g_dbus_connection_unregister_object (f->portal, f->object);
  g_dbus_connection_close_sync (f->portal, NULL, NULL);
  g_dbus_connection_close_sync (f->ours, NULL, NULL);
  g_object_unref (f->portal);
  g_object_unref (f->ours);
  g_test_dbus_down (f->bus);
  g_object_unref (f->bus);
  g_free (f->command);
  g_free (f->status);
}

static gboolean
ask (Fixture *f,
     gboolean starts,
     GError **error)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  mos_background_ask_async (f->ours, TRUE, starts, mos_test_ready_cb, &pending);
  result = mos_test_await (&pending);
  return mos_background_ask_finish (result, error);
}

static void
test_portal (Fixture *f,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->runs = f->starts = TRUE;
  g_assert_true (ask (f, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (f->asked_starts);
  g_assert_cmpstr (f->command, ==, "mostrador --background");
  f->starts = FALSE;
  g_assert_true (ask (f, FALSE, &error));
  g_assert_false (f->asked_starts);
  f->is_old = TRUE;
  g_assert_true (ask (f, FALSE, &error));
  g_assert_cmpuint (f->n_asked, ==, 3);

  mos_background_set_status (f->ours, "Waits");
  mos_test_wait (g_strcmp0 (f->status, "Waits") == 0, 10000);
}

static void
test_refused (Fixture *f,
              gconstpointer data)
{
  static const struct
  {
    guint32 response;
    gboolean runs, starts;
  } answers[] = { { 1, FALSE, FALSE }, { 2, TRUE, TRUE }, { 0, FALSE, FALSE }, { 0, TRUE, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;

      f->response = answers[i].response;
      f->runs = answers[i].runs;
      f->starts = answers[i].starts;
      g_assert_false (ask (f, TRUE, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    }
}

static void
test_no_portal (Fixture *f,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ask (f, TRUE, &error));
  g_assert_nonnull (error);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/background/file", test_file);
  g_test_add ("/background/portal", Fixture, NULL, set_up, test_portal, tear_down);
  g_test_add ("/background/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/background/no-portal", Fixture, "none", set_up, test_no_portal, tear_down);
  return g_test_run ();
}
