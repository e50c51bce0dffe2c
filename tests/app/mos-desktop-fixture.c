/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-desktop-fixture.h"

static const char xml[] =
    "<node><interface name='org.gtk.Notifications'>"
    "<method name='AddNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/></method>"
    "<method name='RemoveNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/></method>"
    "</interface></node>";

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
  MosDesktopFixture *self = user_data;

  if (g_str_equal (method, "AddNotification"))
    {
      g_autoptr (GVariant) told = g_variant_get_child_value (parameters, 2);
      g_autoptr (GVariant) buttons = g_variant_lookup_value (told, "buttons", NULL);
      const char *title = "", *body = "";

      g_variant_lookup (told, "title", "&s", &title);
      g_variant_lookup (told, "body", "&s", &body);
      g_clear_pointer (&self->id, g_free);
      g_variant_get_child (parameters, 1, "s", &self->id);
      g_free (self->said);
      self->said = g_strdup_printf ("%s|%s", title, body);
      self->has_buttons = buttons != NULL && g_variant_n_children (buttons) > 0;
    }
  else
    self->n_removed++;
  g_dbus_method_invocation_return_value (invocation, NULL);
}

MosDesktopFixture *
mos_desktop_fixture_new (void)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call_cb };
  MosDesktopFixture *self = g_new0 (MosDesktopFixture, 1);
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autoptr (GError) error = NULL;
  gboolean is_named = FALSE;
  g_autoptr (GVariant) reply = NULL;

  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->bus);
  self->connection = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (self->bus), G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (self->connection, "/org/gtk/Notifications", node->interfaces[0], &vtable, self, NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", "org.gtk.Notifications", 0), NULL, 0, -1, NULL, &error);
  g_assert_no_error (error);
  self->app = g_application_new ("org.mostrador.Test", G_APPLICATION_DEFAULT_FLAGS);
  is_named = g_application_register (self->app, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (is_named);
  return self;
}

void
mos_desktop_fixture_free (MosDesktopFixture *self)
{
  g_object_unref (self->app);
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_object_unref (self->connection);
  g_test_dbus_down (self->bus);
  g_object_unref (self->bus);
  g_free (self->id);
  g_free (self->said);
  g_free (self);
}
