/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-settings.h"

GSettings *
mos_settings_get (void)
{
  static GSettings *settings = NULL;

  if (settings == NULL)
    settings = g_settings_new ("org.mostrador.Mostrador");
  return settings;
}

gboolean
mos_settings_is_silent (const char *account)
{
  g_auto (GStrv) silent = g_settings_get_strv (mos_settings_get (), "silent-accounts");

  return account != NULL && g_strv_contains ((const char *const *) silent, account);
}

void
mos_settings_set_silent (const char *account,
                         gboolean silent)
{
  g_auto (GStrv) before = g_settings_get_strv (mos_settings_get (), "silent-accounts");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) after = NULL;

  for (guint i = 0; before[i] != NULL; i++)
    if (!g_str_equal (before[i], account))
      g_strv_builder_add (builder, before[i]);
  if (silent)
    g_strv_builder_add (builder, account);
  after = g_strv_builder_end (builder);
  g_settings_set_strv (mos_settings_get (), "silent-accounts", (const char *const *) after);
}
