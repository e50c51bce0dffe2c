/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* What notifications say to the desktop, and what they do not while no customer may be named. */
#include "config.h"

#include "app/application/mos-notify.h"
#include "app/application/mos-privacy.h"
#include "app/application/mos-settings.h"
#include "core/desk/mos-calls.h"

#include "mos-desk-fixtures.h"
#include "mos-view-fixtures.h"

static const char xml[] =
    "<node><interface name='org.gtk.Notifications'>"
    "<method name='AddNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/></method>"
    "<method name='RemoveNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/></method>"
    "</interface></node>";

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *desktop;
  GApplication *app;
  MosDeskFixture *desk;
  MosConversation *conversation;
  MosConversationRow *row;
  MosMessageRow *message;
  /* What the desktop was told last */
  char *id;
  char *said;
  gboolean has_buttons;
  guint n_removed;
} Fixture;

static void
on_call_cb (GDBusConnection *connection,
            const char *sender,
            const char *path,
            const char *interface,
            const char *method,
            GVariant *parameters,
            GDBusMethodInvocation *invocation,
            gpointer user_data)
{
  Fixture *f = user_data;

  if (g_str_equal (method, "AddNotification"))
    {
      g_autoptr (GVariant) told = g_variant_get_child_value (parameters, 2);
      g_autoptr (GVariant) buttons = g_variant_lookup_value (told, "buttons", NULL);
      const char *title = "", *body = "";

      g_variant_lookup (told, "title", "&s", &title);
      g_variant_lookup (told, "body", "&s", &body);
      g_clear_pointer (&f->id, g_free);
      g_variant_get_child (parameters, 1, "s", &f->id);
      g_free (f->said);
      f->said = g_strdup_printf ("%s|%s", title, body);
      f->has_buttons = buttons != NULL && g_variant_n_children (buttons) > 0;
    }
  else
    f->n_removed++;
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
set_up (Fixture *f,
        gconstpointer data)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_named = FALSE;
  g_autoptr (GVariant) reply = NULL;

  g_settings_reset (mos_settings_get (), "cover-customers");
  f->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (f->bus);
  f->desktop = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (f->bus), G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (f->desktop, "/org/gtk/Notifications", node->interfaces[0], &vtable, f, NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (f->desktop, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", "org.gtk.Notifications", 0), NULL, 0, -1, NULL, &error);
  g_assert_no_error (error);
  f->app = g_application_new ("org.mostrador.Test", G_APPLICATION_DEFAULT_FLAGS);
  is_named = g_application_register (f->app, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (is_named);

  f->desk = mos_desk_fixture_new ();
  id = mos_desk_fixture_add_conversation (f->desk, "Where is my order?", 1);
  f->conversation = mos_desk_ref_conversation (f->desk->desk, id);
  mos_test_wait (mos_conversation_get_row (f->conversation) != NULL, 10000);
  f->row = mos_conversation_row_ref (mos_conversation_get_row (f->conversation));
  f->message = mos_fixture_row ("m1", MOS_DIRECTION_INCOMING, "It has not come yet.");
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  mos_privacy_set_locked (FALSE);
  g_settings_reset (mos_settings_get (), "cover-customers");
  mos_message_row_unref (f->message);
  mos_conversation_row_unref (f->row);
  g_object_unref (f->conversation);
  mos_desk_fixture_free (f->desk);
  g_object_unref (f->app);
  g_dbus_connection_close_sync (f->desktop, NULL, NULL);
  g_object_unref (f->desktop);
  g_test_dbus_down (f->bus);
  g_object_unref (f->bus);
  g_free (f->id);
  g_free (f->said);
}

#define EXPECT(call)                        \
  G_STMT_START                              \
  {                                         \
    g_clear_pointer (&f->said, g_free);     \
    call;                                   \
    mos_test_wait (f->said != NULL, 10000); \
  }                                         \
  G_STMT_END

static void
test_open (Fixture *f,
           gconstpointer data)
{
  MosConversationRow *row = f->row;

  EXPECT (mos_notify_arrived (f->app, row, f->message, TRUE));
  g_assert_nonnull (strstr (f->said, "Where is my order?"));
  g_assert_nonnull (strstr (f->said, "It has not come yet."));
  g_assert_true (f->has_buttons);
  EXPECT (mos_notify_ringing (f->app, "c1", "Ana", "+34600000000", "An order"));
  g_assert_nonnull (strstr (f->said, "Ana"));

  /* Locked from now on: what is shown goes. */
  mos_notify_withdraw_all (f->app);
  mos_test_wait (f->n_removed == 2, 10000);
  mos_notify_withdraw_all (f->app);
  mos_test_settle (50);
  g_assert_cmpuint (f->n_removed, ==, 2);
}

static void
expect_nobody (Fixture *f)
{
  g_test_message ("%s", f->said);
  for (guint i = 0; i < 5; i++)
    {
      static const char *const secrets[] = { "order", "Ana", "ana@", "+34", "It has not" };

      g_assert_null (strstr (f->said, secrets[i]));
    }
  g_assert_false (f->has_buttons);
}

static void
test_hidden (Fixture *f,
             gconstpointer data)
{
  MosConversationRow *row = f->row;

  if (data != NULL)
    mos_privacy_set_locked (TRUE);
  else
    g_settings_set_boolean (mos_settings_get (), "cover-customers", TRUE);
  EXPECT (mos_notify_arrived (f->app, row, f->message, TRUE));
  g_assert_cmpstr (f->said, ==, "New message|");
  expect_nobody (f);
  EXPECT (mos_notify_came_back (f->app, row, "reminder", TRUE));
  expect_nobody (f);
  EXPECT (mos_notify_came_back (f->app, row, MOS_CALL_BACK_DUE_KIND, FALSE));
  expect_nobody (f);
  EXPECT (mos_notify_ringing (f->app, "c1", "Ana", "+34600000000", "An order"));
  expect_nobody (f);
}

int
main (int argc,
      char *argv[])
{
  g_setenv ("GNOTIFICATION_BACKEND", "gtk", TRUE);
  mos_test_init (&argc, &argv);
  g_test_add ("/notify/open", Fixture, NULL, set_up, test_open, tear_down);
  g_test_add ("/notify/locked", Fixture, "locked", set_up, test_hidden, tear_down);
  g_test_add ("/notify/covered", Fixture, NULL, set_up, test_hidden, tear_down);
  return g_test_run ();
}
