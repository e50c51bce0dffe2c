/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-profile.h"

#include "app/application/mos-settings.h"
#include "core/base/mos-locale.h"
#include "core/base/mos-part-file.h"
#include "core/desk/mos-sample.h"

#include <locale.h>

struct _MosProfile
{
  GObject parent_instance;

  char *path;
  gboolean throw_away;
  MosStore *store; /* (nullable): NULL once closed */
  MosDesk *desk;   /* (nullable): likewise */
};

G_DEFINE_FINAL_TYPE (MosProfile, mos_profile, G_TYPE_OBJECT)

static gboolean
make_sample (MosProfile *self,
             GCancellable *cancellable,
             GError **error)
{
  self->path = g_dir_make_tmp ("mostrador-sample-XXXXXX", error);
  if (self->path == NULL)
    return FALSE;
  self->throw_away = TRUE;
  return mos_sample_fill_sync (self->path, NULL, g_get_real_time (), cancellable, error);
}

static void
open_thread (GTask *task,
             gpointer source,
             gpointer task_data,
             GCancellable *cancellable)
{
  MosProfile *self = task_data;
  g_autoptr (MosClock) clock = mos_clock_new_system ();
  g_autoptr (GError) error = NULL;

  if (self->path == NULL && !make_sample (self, cancellable, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->store = mos_store_open_sync (self->path, MOS_STORE_OPEN_DEFAULT, clock, cancellable, &error);
  if (self->store == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

void
mos_profile_open_async (const char *path,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  MosProfile *self = g_object_new (MOS_TYPE_PROFILE, NULL);

  g_task_set_source_tag (task, mos_profile_open_async);
  self->path = g_strdup (path);
  g_task_set_task_data (task, self, g_object_unref);
  /* A thread of the pool, not a worker: it happens once, before there is anything to be in order with. */
  g_task_run_in_thread (task, open_thread);
}

static void
on_read_attachments_cb (GSettings *settings,
                        const char *key,
                        MosDesk *desk)
{
  mos_desk_set_reads_files (desk, g_settings_get_boolean (settings, key));
}

MosProfile *
mos_profile_open_finish (GAsyncResult *result,
                         GError **error)
{
  MosProfile *self = g_task_get_task_data (G_TASK (result));
  g_autofree char *collate = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  self->desk = mos_desk_new (self->store, self->throw_away ? MOS_DESK_FLAG_OFFLINE : MOS_DESK_FLAG_NONE);
  g_signal_connect_object (mos_settings_get (), "changed::read-attachments", G_CALLBACK (on_read_attachments_cb), self->desk, G_CONNECT_DEFAULT);
  on_read_attachments_cb (mos_settings_get (), "read-attachments", self->desk);
  mos_desk_start (self->desk);
  collate = mos_locale_dup_here (LC_COLLATE);
  mos_desk_set_sort_locale (self->desk, collate);
  return g_object_ref (self);
}

static void
mos_profile_finalize (GObject *object)
{
  MosProfile *self = MOS_PROFILE (object);

  mos_profile_close_sync (self);
  g_free (self->path);
  G_OBJECT_CLASS (mos_profile_parent_class)->finalize (object);
}

static void
mos_profile_class_init (MosProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_profile_finalize;
}

static void
mos_profile_init (MosProfile *self)
{
}

MosDesk *
mos_profile_get_desk (MosProfile *self)
{
  g_return_val_if_fail (MOS_IS_PROFILE (self), NULL);

  return self->desk;
}

const char *
mos_profile_get_path (MosProfile *self)
{
  g_return_val_if_fail (MOS_IS_PROFILE (self), NULL);

  return self->path;
}

void
mos_profile_close_sync (MosProfile *self)
{
  g_return_if_fail (MOS_IS_PROFILE (self));

  if (self->desk != NULL)
    mos_desk_stop_sync (self->desk);
  if (self->store != NULL)
    mos_store_close_sync (self->store);
  g_clear_object (&self->desk);
  g_clear_object (&self->store);
  if (self->throw_away && self->path != NULL)
    {
      mos_part_file_remove_tree (self->path);
      self->throw_away = FALSE;
    }
}
