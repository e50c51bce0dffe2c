/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-targets.h"

#include "core/desk/mos-desk-private.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-targets.h"

/* So many conversations at a time: after a long sleep they are told together. */
#define MAX_TOLD 2000

MosTargets *
mos_targets_load (MosTxn *txn,
                  GError **error)
{
  g_autoptr (GPtrArray) versions = mos_store_targets_list (txn, error);

  return versions != NULL ? mos_targets_ref (((MosTargetsVersion *) versions->pdata[versions->len - 1])->targets) : NULL;
}

gboolean
mos_targets_set (MosTxn *txn,
                 const MosTargets *targets,
                 GError **error)
{
  g_autoptr (MosTargets) now = mos_targets_load (txn, error);

  if (now == NULL)
    return FALSE;
  return mos_targets_equal (now, targets) || mos_store_targets_add (txn, targets, error);
}

gboolean
mos_targets_run_due (MosTxn *txn,
                     MosDueRow *due,
                     GError **error)
{
  g_autoptr (GPtrArray) told = mos_store_targets_tell (txn, MAX_TOLD, error);
  g_autoptr (GString) payload = g_string_new (NULL);

  if (told == NULL)
    return FALSE;
  for (guint i = 0; i < told->len; i++)
    {
      const MosTargetTold *one = told->pdata[i];

      /* Who was told that it is near is not told once more that it is over. */
      if (one->is_warned)
        g_string_append_printf (payload, "%s %s\n", one->is_breached ? "late" : "near", one->conversation);
    }
  g_set_str (&due->payload, payload->str);
  return TRUE;
}

/* --- the desk --- */

MosTargets *
mos_desk_get_targets (MosDesk *self)
{
  g_return_val_if_fail (MOS_IS_DESK (self), NULL);

  return self->targets;
}

static gboolean
do_set (MosTxn *txn,
        MosDeskCall *call,
        GError **error)
{
  return mos_targets_set (txn, call->value, error);
}

void
mos_desk_set_targets_async (MosDesk *self,
                            MosTargets *targets,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (targets != NULL);

  call = mos_desk_call_new (do_set);
  mos_desk_call_set_value (call, mos_targets_ref (targets), (GDestroyNotify) mos_targets_unref);
  mos_desk_write (self, call, "targets", mos_desk_set_targets_async, cancellable, callback, user_data);
}

static gboolean
do_follow_zone (MosTxn *txn,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  return mos_store_targets_follow_zone (txn, error);
}

void
mos_desk_follow_zone (MosDesk *self)
{
  mos_store_write_async (self->store, NULL, NULL, do_follow_zone, NULL, NULL, self->cancellable, NULL, NULL);
}

/* --- what was told --- */

typedef struct
{
  GPtrArray *near;
  GPtrArray *late;
} Told;

static void
told_free (gpointer data)
{
  Told *told = data;

  g_ptr_array_unref (told->near);
  g_ptr_array_unref (told->late);
  g_free (told);
}

static gboolean
do_read_told (MosTxn *txn,
              MosDeskCall *call,
              GError **error)
{
  g_auto (GStrv) lines = g_strsplit (((MosDueRow *) call->value)->payload, "\n", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Told *told = g_new0 (Told, 1);

  told->near = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_conversation_row_unref);
  told->late = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_conversation_row_unref);
  mos_desk_call_take_result (call, told, told_free);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *blank = strchr (lines[i], ' ');
      MosConversationRow *row = NULL;

      /* Answer and close of one may be due at once. */
      if (blank == NULL || !g_hash_table_add (seen, (gpointer) (blank + 1)))
        continue;
      if (!mos_store_conversation_find (txn, blank + 1, &row, error))
        return FALSE;
      /* It was answered meanwhile. */
      if (row != NULL && row->target_state == MOS_TARGET_NONE)
        g_clear_pointer (&row, mos_conversation_row_unref);
      if (row != NULL)
        g_ptr_array_add (g_str_has_prefix (lines[i], "late") ? told->late : told->near, row);
    }
  return TRUE;
}

static void
on_told_read_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  Told *told = mos_desk_call_finish (MOS_DESK (source), result, mos_desk_tell_targets, NULL);

  if (told == NULL)
    return;
  if (told->near->len > 0 || told->late->len > 0)
    g_signal_emit_by_name (source, "targets-told", told->near, told->late);
  told_free (told);
}

void
mos_desk_tell_targets (MosDesk *self,
                       MosDueRow *due)
{
  if (due->payload != NULL && *due->payload != '\0')
    mos_desk_read (self, mos_desk_call_new_value (do_read_told, mos_due_row_ref (due), (GDestroyNotify) mos_due_row_unref), mos_desk_tell_targets, self->cancellable, on_told_read_cb, NULL);
}
