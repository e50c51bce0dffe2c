/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-backups.h"

#include "core/base/mos-error.h"
#include "core/base/mos-secrets.h"
#include "core/base/mos-time.h"
#include "core/desk/mos-desk-host.h"

#include <string.h>

#define DUE_KEY "backup"
#define AGAIN_US G_TIME_SPAN_HOUR

gint64
mos_backup_next (const MosBackupPlan *plan,
                 gint64 after_us,
                 GTimeZone *tz)
{
  g_autoptr (GDateTime) since_utc = g_date_time_new_from_unix_utc_usec (plan->since_us);
  g_autoptr (GDateTime) since = since_utc != NULL ? g_date_time_to_timezone (since_utc, tz) : NULL;
  g_autoptr (GDateTime) after_utc = g_date_time_new_from_unix_utc_usec (after_us);
  g_autoptr (GDateTime) after = after_utc != NULL ? g_date_time_to_timezone (after_utc, tz) : NULL;

  if (plan->every == MOS_BACKUP_OFF || since == NULL || after == NULL)
    return 0;
  /* Day by day as the calendar has them: not all are 24 hours. */
  for (int day = 0; day <= 8; day++)
    {
      g_autoptr (GDateTime) then = g_date_time_add_days (after, day);
      gint64 at_us = then != NULL ? mos_time_local (tz, g_date_time_get_year (then), g_date_time_get_month (then), g_date_time_get_day_of_month (then), g_date_time_get_hour (since), g_date_time_get_minute (since)) : 0;

      if (at_us > after_us && (plan->every == MOS_BACKUP_DAILY || g_date_time_get_day_of_week (then) == g_date_time_get_day_of_week (since)))
        return at_us;
    }
  return 0;
}

static gint64
next_of (MosTxn *txn,
         const MosBackupPlan *plan)
{
  g_autoptr (GTimeZone) tz = g_time_zone_new_local ();

  return mos_backup_next (plan, mos_txn_get_now_us (txn), tz);
}

gboolean
mos_backups_set_plan (MosTxn *txn,
                      MosBackupPlan *plan,
                      GError **error)
{
  gint64 now_us = mos_txn_get_now_us (txn);
  g_autoptr (MosBackupPlan) old = NULL;
  gboolean is_new;

  if ((plan->every != MOS_BACKUP_OFF && !g_path_is_absolute (plan->folder)) || plan->keep < 1 || plan->keep > MOS_BACKUP_MAX_KEEP || (plan->with_passwords && !plan->is_sealed))
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "A plan without a folder, that keeps nothing, or with passwords that anybody reads");
      return FALSE;
    }
  if (!mos_store_backup_plan_load (txn, &old, error))
    return FALSE;
  /* How many are kept and what is in them moves nothing: each edit would push an older one out. */
  is_new = old->every != plan->every || !g_str_equal (old->folder, plan->folder) || old->next_us == 0;
  plan->since_us = is_new ? now_us : old->since_us;
  if (!mos_store_backup_plan_save (txn, plan, error))
    return FALSE;
  if (plan->every == MOS_BACKUP_OFF)
    return mos_store_backup_plan_set_wanted (txn, FALSE, error) && mos_store_due_cancel (txn, DUE_KEY, error);
  return !is_new || mos_store_due_plan (txn, MOS_BACKUP_DUE_KIND, DUE_KEY, now_us, error);
}

static gboolean
do_set (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  return mos_backups_set_plan (txn, data, error);
}

gboolean
mos_backups_save_sync (MosStore *store,
                       MosBackupPlan *plan,
                       const char *passphrase,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *scope = mos_desk_profile_scope (mos_store_get_profile (store));
  g_autofree char *known = NULL;
  g_autoptr (GError) keyring_error = NULL;

  /* First: a backup that is due must find it. */
  if (plan->is_sealed && passphrase != NULL)
    {
      /* What the keyring shows beside it: a name of the program's, in no language. */
      if (!mos_secrets_store_sync (scope, MOS_BACKUP_SECRET, "Mostrador backup", passphrase, MOS_SECRETS_TIMEOUT_MS, cancellable, error))
        return FALSE;
    }
  else if (plan->is_sealed && plan->every != MOS_BACKUP_OFF)
    {
      known = mos_secrets_lookup_sync (scope, MOS_BACKUP_SECRET, MOS_SECRETS_TIMEOUT_MS, cancellable, error);
      if (known == NULL)
        return FALSE;
      explicit_bzero (known, strlen (known));
    }
  if (!mos_store_write_sync (store, NULL, NULL, do_set, plan, NULL, cancellable, error))
    return FALSE;
  if (!plan->is_sealed && !mos_secrets_clear_sync (scope, MOS_BACKUP_SECRET, MOS_SECRETS_TIMEOUT_MS, cancellable, &keyring_error))
    g_debug ("The passphrase was not forgotten: %s", keyring_error->message);
  return TRUE;
}

gboolean
mos_backups_run_due (MosTxn *txn,
                     MosDueRow *due,
                     GError **error)
{
  g_autoptr (MosBackupPlan) plan = NULL;

  if (!mos_store_backup_plan_load (txn, &plan, error))
    return FALSE;
  if (plan->every == MOS_BACKUP_OFF)
    return TRUE;
  return mos_store_backup_plan_set_wanted (txn, TRUE, error) && mos_store_due_plan (txn, MOS_BACKUP_DUE_KIND, DUE_KEY, next_of (txn, plan), error);
}

gboolean
mos_backups_begin (MosTxn *txn,
                   MosBackupPlan **ret_plan,
                   GError **error)
{
  g_autoptr (MosBackupPlan) plan = NULL;
  gint64 now_us = mos_txn_get_now_us (txn);

  *ret_plan = NULL;
  if (!mos_store_backup_plan_load (txn, &plan, error))
    return FALSE;
  if (plan->every != MOS_BACKUP_OFF && (plan->next_us == 0 || plan->next_us > now_us + 8 * G_TIME_SPAN_DAY) && !mos_store_due_plan (txn, MOS_BACKUP_DUE_KIND, DUE_KEY, now_us, error))
    return FALSE;
  *ret_plan = g_steal_pointer (&plan);
  return TRUE;
}

static const char *
why_of (const GError *problem)
{
  if (problem == NULL)
    return "";
  if (problem->domain == MOS_BACKUP_ERROR)
    return mos_backup_error_to_nick (problem->code);
  if (g_error_matches (problem, MOS_STORE_ERROR, MOS_STORE_ERROR_DISK_FULL))
    return mos_backup_error_to_nick (MOS_BACKUP_ERROR_NO_ROOM);
  return "failed";
}

gboolean
mos_backups_note (MosTxn *txn,
                  MosBackupPlan *plan,
                  const GError *problem,
                  GError **error)
{
  g_autoptr (MosBackupPlan) now = NULL;
  gint64 next_us;

  g_set_str (&plan->why, why_of (problem));
  g_set_str (&plan->detail, problem != NULL ? problem->message : "");
  if (!mos_store_backup_plan_note (txn, plan, error) || !mos_store_backup_plan_load (txn, &now, error))
    return FALSE;
  if (problem == NULL)
    return mos_store_backup_plan_set_wanted (txn, FALSE, error);
  /* Switched off meanwhile, or never on. */
  if (now->every == MOS_BACKUP_OFF)
    return TRUE;
  next_us = mos_txn_get_now_us (txn) + AGAIN_US;
  return (now->next_us != 0 && now->next_us < next_us) || mos_store_due_plan (txn, MOS_BACKUP_DUE_KIND, DUE_KEY, next_us, error);
}
