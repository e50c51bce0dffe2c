/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-first-steps.h"

#include "core/store/mos-store-private.h"

static const char *const first_step_nicks[] = {
  [MOS_FIRST_STEP_ACCOUNT] = "account",
  [MOS_FIRST_STEP_IMPORT] = "import",
  [MOS_FIRST_STEP_SIGNATURE] = "signature",
  [MOS_FIRST_STEP_HOURS] = "hours",
  [MOS_FIRST_STEP_TARGETS] = "targets",
  [MOS_FIRST_STEP_MACRO] = "macro",
  [MOS_FIRST_STEP_BACKUP] = "backup",
};
MOS_DEFINE_NICKS (MosFirstStep, first_step)

gboolean
mos_store_first_steps_load (MosTxn *txn,
                            guint *ret_aside,
                            gboolean *ret_shown,
                            GError **error)
{
  g_autofree char *aside = NULL;
  g_auto (GStrv) nicks = NULL;
  gint64 shown;

  if (!mos_database_get_text (txn->database, &aside, error, "SELECT value FROM meta WHERE key = 'first_steps_aside'", "") ||
      !mos_database_get_int (txn->database, &shown, error, "SELECT EXISTS (SELECT 1 FROM meta WHERE key = 'first_steps_shown')", ""))
    return FALSE;
  *ret_shown = shown != 0;
  *ret_aside = 0;
  nicks = g_strsplit (aside != NULL ? aside : "", " ", -1);
  for (guint i = 0; i < MOS_N_FIRST_STEPS; i++)
    if (g_strv_contains ((const char *const *) nicks, mos_first_step_to_nick ((MosFirstStep) i)))
      *ret_aside |= 1u << i;
  return TRUE;
}

gboolean
mos_store_first_steps_set_aside (MosTxn *txn,
                                 MosFirstStep step,
                                 gboolean is_aside,
                                 GError **error)
{
  g_autoptr (GString) nicks = g_string_new (NULL);
  guint aside;
  gboolean shown;

  if (!mos_store_first_steps_load (txn, &aside, &shown, error))
    return FALSE;
  aside = is_aside ? aside | 1u << step : aside & ~(1u << step);
  for (guint i = 0; i < MOS_N_FIRST_STEPS; i++)
    if ((aside & 1u << i) != 0)
      g_string_append_printf (nicks, "%s%s", nicks->len > 0 ? " " : "", mos_first_step_to_nick ((MosFirstStep) i));
  return mos_database_exec (txn->database, error, "INSERT OR REPLACE INTO meta (key, value) VALUES ('first_steps_aside', ?)", "t", nicks->str);
}

gboolean
mos_store_first_steps_note_shown (MosTxn *txn,
                                  GError **error)
{
  return mos_database_exec (txn->database, error, "INSERT OR REPLACE INTO meta (key, value) VALUES ('first_steps_shown', 1)", "");
}
