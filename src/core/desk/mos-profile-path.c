/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-profile-service.h"

char *
mos_profile_service_dup_default_path (void)
{
  const char *given = g_getenv ("MOSTRADOR_PROFILE");

  if (given != NULL && *given != '\0')
    return g_canonicalize_filename (given, NULL);
  return mos_profile_service_dup_usual_path ();
}

char *
mos_profile_service_dup_usual_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "mostrador", "profile", NULL);
}
