/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-outreach.h"

#include "core/desk/mos-calendars.h"
#include "core/desk/mos-desk-private.h"
#include "core/store/mos-store-outreach.h"

static void
mos_outreach_look_clear (MosOutreachLook *self)
{
  g_clear_pointer (&self->outreach, mos_outreach_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_free (self->digest);
}
MOS_DEFINE_VALUE (MosOutreachLook, outreach_look)

/* --- reading --- */

static gboolean
do_list (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  return mos_desk_call_take_list (call, mos_store_outreach_list (txn, error));
}

void
mos_desk_list_outreach_async (MosDesk *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));

  mos_desk_read (self, mos_desk_call_new (do_list), mos_desk_list_outreach_async, cancellable, callback, user_data);
}

GPtrArray *
mos_desk_list_outreach_finish (MosDesk *self,
                               GAsyncResult *result,
                               GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_list_outreach_async, error);
}

/* So many people are looked at in one read: about a tenth of a second, in which whatever else is read has to wait. */
#define PEOPLE_AT_ONCE 500

typedef struct
{
  char *id;
  MosOutreachWork *work; /* (owned) (nullable) */
  MosOutreachLook *look; /* (owned) (nullable): once it is done */
} Looking;

static void
looking_free (gpointer data)
{
  Looking *self = data;

  g_free (self->id);
  g_clear_pointer (&self->work, mos_outreach_work_free);
  g_clear_pointer (&self->look, mos_outreach_look_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Looking, looking_free)

static gboolean
begin_look (MosTxn *txn,
            Looking *self,
            GError **error)
{
  g_autoptr (MosOutreach) outreach = NULL;

  if (!mos_store_outreach_find (txn, self->id, &outreach, error))
    return FALSE;
  if (outreach == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No outreach %s", self->id);
      return FALSE;
    }
  self->work = mos_outreach_work_new (txn, outreach, error);
  if (self->work == NULL)
    return FALSE;
  self->look = mos_outreach_look_new ();
  self->look->outreach = g_steal_pointer (&outreach);
  return TRUE;
}

static gboolean
end_look (MosTxn *txn,
          Looking *self,
          GError **error)
{
  g_autoptr (MosCalendar) calendar = NULL;
  MosOutreachLook *look = self->look;
  guint n = 0;

  if (!mos_calendars_find_now (txn, &calendar, error))
    return FALSE;
  look->people = g_ptr_array_ref (mos_outreach_work_get_people (self->work));
  if (look->outreach->state == MOS_OUTREACH_DRAFT)
    {
      look->digest = mos_outreach_dup_digest (txn, look->outreach, error);
      if (look->digest == NULL)
        return FALSE;
    }
  for (guint i = 0; i < look->people->len; i++)
    n += ((MosOutreachPerson *) look->people->pdata[i])->state == MOS_OUTREACH_PERSON_WAITING;
  if (n > 0 && (look->outreach->state == MOS_OUTREACH_DRAFT || look->outreach->state == MOS_OUTREACH_RUNNING))
    look->ends_us = mos_outreach_estimate_us (look->outreach, calendar, n, mos_txn_get_now_us (txn));
  return TRUE;
}

static gboolean
do_look (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  Looking *self = call->value;

  if ((self->work == NULL && !begin_look (txn, self, error)) || !mos_outreach_work_step (self->work, txn, PEOPLE_AT_ONCE, call->cancellable, error) ||
      (mos_outreach_work_is_done (self->work) && !end_look (txn, self, error)))
    return FALSE;
  mos_desk_call_take_result (call, g_steal_pointer (&call->value), looking_free);
  return TRUE;
}

static void look_on (MosDesk *self,
                     Looking *looking,
                     GTask *task);

static void
looked_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Looking) looking = mos_desk_call_finish (MOS_DESK (source), result, look_on, &error);

  if (looking == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (looking->look->people != NULL)
    g_task_return_pointer (task, g_steal_pointer (&looking->look), (GDestroyNotify) mos_outreach_look_unref);
  else
    look_on (MOS_DESK (source), g_steal_pointer (&looking), g_object_ref (task));
}

/* @looking, @task: (transfer full) */
static void
look_on (MosDesk *self,
         Looking *looking,
         GTask *task)
{
  mos_desk_read (self, mos_desk_call_new_value (do_look, looking, looking_free), look_on, g_task_get_cancellable (task), looked_cb, task);
}

void
mos_desk_look_outreach_async (MosDesk *self,
                              const char *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;
  Looking *looking;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mos_desk_look_outreach_async);
  looking = g_new0 (Looking, 1);
  looking->id = g_strdup (id);
  look_on (self, looking, task);
}

MosOutreachLook *
mos_desk_look_outreach_finish (MosDesk *self,
                               GAsyncResult *result,
                               GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- one letter --- */

typedef struct
{
  MosOutreach *outreach;
  MosOutreachPerson *person; /* (nullable) */
} Letter;

static void
letter_free (gpointer data)
{
  Letter *letter = data;

  mos_outreach_unref (letter->outreach);
  g_clear_pointer (&letter->person, mos_outreach_person_unref);
  g_free (letter);
}

static Letter *
letter_make (MosOutreach *outreach,
             MosOutreachPerson *person)
{
  Letter *letter = g_new0 (Letter, 1);

  letter->outreach = mos_outreach_ref (outreach);
  letter->person = person != NULL ? mos_outreach_person_ref (person) : NULL;
  return letter;
}

static gboolean
do_write (MosTxn *txn,
          MosDeskCall *call,
          GError **error)
{
  Letter *letter = call->value;
  MosOutreachLetter *written = NULL;

  if (!mos_outreach_write (txn, letter->outreach, letter->person, &written, error))
    return FALSE;
  mos_desk_call_take_result (call, written, (GDestroyNotify) mos_outreach_letter_unref);
  return TRUE;
}

void
mos_desk_write_outreach_async (MosDesk *self,
                               MosOutreach *outreach,
                               MosOutreachPerson *person,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (outreach != NULL);

  mos_desk_read (self, mos_desk_call_new_value (do_write, letter_make (outreach, person), letter_free), mos_desk_write_outreach_async, cancellable, callback, user_data);
}

MosOutreachLetter *
mos_desk_write_outreach_finish (MosDesk *self,
                                GAsyncResult *result,
                                GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_write_outreach_async, error);
}

static gboolean
do_test (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  Letter *letter = call->value;
  char *message = NULL;

  if (!mos_outreach_send_test (txn, letter->outreach, letter->person, call->text, &message, error))
    return FALSE;
  mos_desk_call_take_result (call, message, g_free);
  return TRUE;
}

void
mos_desk_test_outreach_async (MosDesk *self,
                              MosOutreach *outreach,
                              MosOutreachPerson *person,
                              const char *address,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (outreach != NULL && address != NULL);

  call = mos_desk_call_new_text (do_test, address);
  mos_desk_call_set_value (call, letter_make (outreach, person), letter_free);
  mos_desk_write (self, call, NULL, mos_desk_test_outreach_async, cancellable, callback, user_data);
}

gboolean
mos_desk_test_outreach_finish (MosDesk *self,
                               GAsyncResult *result,
                               GError **error)
{
  g_autofree char *message = mos_desk_call_finish (self, result, mos_desk_test_outreach_async, error);

  return message != NULL;
}

/* --- changes --- */

static gboolean
do_save (MosTxn *txn,
         MosDeskCall *call,
         GError **error)
{
  char *id = NULL;

  if (!mos_outreach_save (txn, call->value, &id, error))
    return FALSE;
  mos_desk_call_take_result (call, id, g_free);
  return TRUE;
}

void
mos_desk_save_outreach_async (MosDesk *self,
                              MosOutreach *outreach,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  MosOutreach *mine;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (outreach != NULL);

  mine = mos_outreach_copy (outreach);
  g_set_str (&mine->agent, mos_desk_get_me (self));
  mos_desk_write (self, mos_desk_call_new_value (do_save, mine, (GDestroyNotify) mos_outreach_unref), NULL, mos_desk_save_outreach_async, cancellable, callback, user_data);
}

char *
mos_desk_save_outreach_finish (MosDesk *self,
                               GAsyncResult *result,
                               GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_save_outreach_async, error);
}

static gboolean
do_start (MosTxn *txn,
          MosDeskCall *call,
          GError **error)
{
  MosOutreachLook *look = call->value;

  return mos_outreach_start_looked_at (txn, look->outreach->id, look->people, look->digest, error);
}

void
mos_desk_start_outreach_async (MosDesk *self,
                               MosOutreachLook *look,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (look != NULL && look->digest != NULL);

  mos_desk_write (self, mos_desk_call_new_value (do_start, mos_outreach_look_ref (look), (GDestroyNotify) mos_outreach_look_unref), NULL, mos_desk_start_outreach_async, cancellable, callback, user_data);
}

static gboolean
do_act (MosTxn *txn,
        MosDeskCall *call,
        GError **error)
{
  switch ((MosOutreachAct) call->number)
    {
    case MOS_OUTREACH_PAUSE:
      return mos_outreach_pause (txn, call->text, error);
    case MOS_OUTREACH_RESUME:
      return mos_outreach_resume (txn, call->text, error);
    case MOS_OUTREACH_CANCEL:
      return mos_outreach_cancel (txn, call->text, NULL, error);
    case MOS_OUTREACH_REMOVE:
    default:
      return mos_outreach_remove (txn, call->text, error);
    }
}

void
mos_desk_act_outreach_async (MosDesk *self,
                             const char *id,
                             MosOutreachAct act,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (id != NULL);

  call = mos_desk_call_new_text (do_act, id);
  call->number = (int) act;
  mos_desk_write (self, call, NULL, mos_desk_act_outreach_async, cancellable, callback, user_data);
}
