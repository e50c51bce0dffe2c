/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-about.h"

#include <glib/gi18n.h>

/* No path, no address, no content: it is meant to be pasted into a public report. English on purpose, for who reads it. */
static char *
make_debug_info (MosDesk *desk)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  g_string_append_printf (text, "Mostrador %s (%s)\n", MOS_VERSION, MOS_APP_ID);
  g_string_append_printf (text, "System: %s\n", os != NULL ? os : "unknown");
  g_string_append_printf (text, "Flatpak: %s\n", g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "yes" : "no");
  g_string_append_printf (text, "GLib %u.%u.%u\n", glib_major_version, glib_minor_version, glib_micro_version);
  g_string_append_printf (text, "GTK %u.%u.%u\n", gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version ());
  g_string_append_printf (text, "libadwaita %u.%u.%u\n", adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version ());
  g_string_append_printf (text, "Display: %s\n", G_OBJECT_TYPE_NAME (gdk_display_get_default ()));
  g_string_append_printf (text, "Language: %s\n", pango_language_to_string (pango_language_get_default ()));

  for (guint i = 0; desk != NULL && i < g_list_model_get_n_items (mos_desk_get_accounts (desk)); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (mos_desk_get_accounts (desk), i);
      MosAccountStatus *status = mos_account_item_get_status (item);

      g_string_append_printf (text, "Account %u: %s, %s%s%s\n", i + 1, mos_account_item_get_account (item)->kind,
                              status != NULL ? mos_account_state_to_nick (status->state) : "no status",
                              status != NULL && status->why != NULL ? ", " : "", status != NULL && status->why != NULL ? status->why : "");
    }
  return g_strdup (text->str);
}

AdwDialog *
mos_about_new (MosDesk *desk)
{
  AdwAboutDialog *about = ADW_ABOUT_DIALOG (adw_about_dialog_new ());
  g_autofree char *debug_info = make_debug_info (desk);

  adw_about_dialog_set_application_name (about, "Mostrador");
  adw_about_dialog_set_application_icon (about, MOS_APP_ID);
  adw_about_dialog_set_version (about, MOS_VERSION);
  adw_about_dialog_set_developer_name (about, _ ("The Mostrador authors"));
  adw_about_dialog_set_license_type (about, GTK_LICENSE_GPL_3_0);
  adw_about_dialog_set_comments (about, _ ("A helpdesk for small online shops. Everything stays on this computer; nothing is sent anywhere but to your own accounts."));
  adw_about_dialog_set_debug_info (about, debug_info);
  adw_about_dialog_set_debug_info_filename (about, "mostrador-debug.txt");
  /* Translators: your names, one a line; they are shown in the About dialog. */
  adw_about_dialog_set_translator_credits (about, _ ("translator-credits"));
  return ADW_DIALOG (about);
}
