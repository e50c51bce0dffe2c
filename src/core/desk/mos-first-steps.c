/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-first-steps.h"

#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-calendars.h"
#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-macros.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-imports.h"
#include "core/store/mos-store-snapshot.h"
#include "core/store/mos-store-targets.h"

#include <string.h>

static void
mos_first_steps_clear (MosFirstSteps *self)
{
  g_free (self->account);
}

MOS_DEFINE_VALUE (MosFirstSteps, first_steps)

static MosFirstStepState
done_if (gboolean is_done)
{
  return is_done ? MOS_FIRST_STEP_DONE : MOS_FIRST_STEP_LEFT;
}

/* --- what the desk holds --- */

static gboolean
is_written (const char *signature)
{
  return signature != NULL && signature[strspn (signature, " \t\r\n")] != '\0';
}

static gboolean
has_signature (const MosAccount *account)
{
  gboolean has = is_written (account->signature);

  for (guint i = 0; !has && account->senders != NULL && i < account->senders->len; i++)
    has = is_written (((MosSender *) account->senders->pdata[i])->signature);
  return has;
}

/* The account of what is imported is made by the import, and nobody writes to it. */
static gboolean
load_accounts (MosTxn *txn,
               MosFirstSteps *self,
               GPtrArray *agents,
               GError **error)
{
  g_autoptr (GPtrArray) accounts = mos_store_account_list (txn, error);
  const MosAccount *unsigned_one = NULL, *first_mail = NULL;
  guint n = 0, n_mail = 0, n_signed = 0;

  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      const MosAccount *account = accounts->pdata[i];

      if (strcmp (account->kind, "archive") == 0)
        continue;
      n++;
      if (mos_channel_is_chat (account->kind))
        continue;
      n_mail++;
      n_signed += has_signature (account);
      if (first_mail == NULL)
        first_mail = account;
      if (unsigned_one == NULL && !has_signature (account))
        unsigned_one = account;
    }
  for (guint i = 0; i < agents->len; i++)
    n_signed += is_written (((MosAgent *) agents->pdata[i])->signature);
  self->states[MOS_FIRST_STEP_ACCOUNT] = done_if (n > 0);
  self->states[MOS_FIRST_STEP_SIGNATURE] = n > 0 && n_mail == 0 ? MOS_FIRST_STEP_NOT_HERE : done_if (n_mail > 0 && n_signed > 0);
  if (first_mail != NULL)
    self->account = g_strdup (unsigned_one != NULL ? unsigned_one->id : first_mail->id);
  return TRUE;
}

static gboolean
load_imports (MosTxn *txn,
              MosFirstSteps *self,
              GError **error)
{
  g_autoptr (GPtrArray) unfinished = mos_store_import_list (txn, error);
  gboolean has_brought;

  if (unfinished == NULL || !mos_store_import_has_brought (txn, &has_brought, error))
    return FALSE;
  self->states[MOS_FIRST_STEP_IMPORT] = has_brought ? MOS_FIRST_STEP_DONE : unfinished->len > 0 ? MOS_FIRST_STEP_WAITS
                                                                                                : MOS_FIRST_STEP_LEFT;
  return TRUE;
}

/* The first version of the targets is what comes with the program; each that somebody decided is one more. */
static gboolean
load_settings (MosTxn *txn,
               MosFirstSteps *self,
               GPtrArray *agents,
               GError **error)
{
  /* I am the first of them. */
  const char *me = agents->len > 0 ? ((MosAgent *) agents->pdata[0])->id : NULL;
  g_autoptr (MosCalendar) calendar = NULL;
  g_autoptr (GPtrArray) targets = NULL;
  g_autoptr (MosBackupPlan) plan = NULL;
  gboolean has_macro;

  if (!mos_calendars_find_now (txn, &calendar, error) || (targets = mos_store_targets_list (txn, error)) == NULL ||
      !mos_macros_has_own (txn, me, &has_macro, error) || !mos_store_backup_plan_load (txn, &plan, error))
    return FALSE;
  self->states[MOS_FIRST_STEP_HOURS] = done_if (calendar != NULL && mos_calendar_has_hours (calendar));
  self->states[MOS_FIRST_STEP_TARGETS] = done_if (targets->len > 1);
  self->states[MOS_FIRST_STEP_MACRO] = done_if (has_macro);
  self->states[MOS_FIRST_STEP_BACKUP] = done_if (plan->every != MOS_BACKUP_OFF);
  return TRUE;
}

MosFirstSteps *
mos_first_steps_load (MosTxn *txn,
                      GError **error)
{
  g_autoptr (MosFirstSteps) self = mos_first_steps_new ();
  g_autoptr (GPtrArray) agents = mos_store_agent_list (txn, error);
  guint aside;

  if (agents == NULL || !mos_store_first_steps_load (txn, &aside, &self->was_shown, error) || !load_accounts (txn, self, agents, error) ||
      !load_imports (txn, self, error) || !load_settings (txn, self, agents, error))
    return NULL;
  for (guint i = 0; i < MOS_N_FIRST_STEPS; i++)
    if ((aside & 1u << i) != 0 && (self->states[i] == MOS_FIRST_STEP_LEFT || self->states[i] == MOS_FIRST_STEP_WAITS))
      self->states[i] = MOS_FIRST_STEP_ASIDE;
  return g_steal_pointer (&self);
}

gboolean
mos_first_steps_begin (MosTxn *txn,
                       MosFirstSteps **ret_steps,
                       GError **error)
{
  g_autoptr (MosFirstSteps) self = mos_first_steps_load (txn, error);

  *ret_steps = NULL;
  if (self == NULL)
    return FALSE;
  if (self->was_shown || !mos_first_steps_has_left (self))
    return TRUE;
  if (!mos_store_first_steps_note_shown (txn, error))
    return FALSE;
  *ret_steps = g_steal_pointer (&self);
  return TRUE;
}

guint
mos_first_steps_count (const MosFirstSteps *self,
                       guint *ret_wanted)
{
  guint n_done = 0, n_wanted = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < MOS_N_FIRST_STEPS; i++)
    {
      n_done += self->states[i] == MOS_FIRST_STEP_DONE;
      n_wanted += self->states[i] != MOS_FIRST_STEP_ASIDE && self->states[i] != MOS_FIRST_STEP_NOT_HERE;
    }
  if (ret_wanted != NULL)
    *ret_wanted = n_wanted;
  return n_done;
}

gboolean
mos_first_steps_has_left (const MosFirstSteps *self)
{
  guint n_wanted;

  return mos_first_steps_count (self, &n_wanted) < n_wanted;
}

/* --- the desk --- */

static gboolean
do_load (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  MosFirstSteps *steps = mos_first_steps_load (txn, error);

  if (steps == NULL)
    return FALSE;
  mos_desk_call_take_result (call, steps, (GDestroyNotify) mos_first_steps_unref);
  return TRUE;
}

void
mos_desk_load_first_steps_async (MosDesk *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read (self, mos_desk_call_new (do_load), mos_desk_load_first_steps_async, cancellable, callback, user_data);
}

MosFirstSteps *
mos_desk_load_first_steps_finish (MosDesk *self,
                                  GAsyncResult *result,
                                  GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_first_steps_async, error);
}

static gboolean
do_begin (MosTxn *txn,
          MosDeskCall *call,
          GError **error)
{
  MosFirstSteps *steps;

  if (!mos_first_steps_begin (txn, &steps, error))
    return FALSE;
  if (steps != NULL)
    mos_desk_call_take_result (call, steps, (GDestroyNotify) mos_first_steps_unref);
  return TRUE;
}

void
mos_desk_begin_first_steps_async (MosDesk *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_write (self, mos_desk_call_new (do_begin), NULL, mos_desk_begin_first_steps_async, cancellable, callback, user_data);
}

MosFirstSteps *
mos_desk_begin_first_steps_finish (MosDesk *self,
                                   GAsyncResult *result,
                                   GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_begin_first_steps_async, error);
}

static gboolean
do_set_aside (MosTxn *txn,
              MosDeskCall *call,
              GError **error)
{
  return mos_store_first_steps_set_aside (txn, (MosFirstStep) call->number, call->flag, error);
}

void
mos_desk_set_step_aside_async (MosDesk *self,
                               MosFirstStep step,
                               gboolean is_aside,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));

  call = mos_desk_call_new (do_set_aside);
  call->number = (int) step;
  call->flag = is_aside;
  mos_desk_write (self, call, NULL, mos_desk_set_step_aside_async, cancellable, callback, user_data);
}
