/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/application/mos-error-text.h"
#include "app/composer/mos-composer-private.h"

#include "core/base/mos-id.h"
#include "core/desk/mos-chat-changes.h"
#include "core/desk/mos-rows.h"

#include <glib/gi18n.h>
#include <string.h>

/* Other words for a message of ours that is in a chat already. It is no draft: nothing of it is kept before it is sent, and what was being written waits. */

const char *
mos_composer_get_changed (MosComposer *self)
{
  g_return_val_if_fail (self == NULL || MOS_IS_COMPOSER (self), NULL);

  return self != NULL ? self->changed : NULL;
}

/* Returns: (transfer full): what it is to say already, where that could not be done; else what it says */
static char *
dup_wanted (const MosMessageRow *row)
{
  for (guint i = 0; row->changes != NULL && i < row->changes->len; i++)
    {
      const MosChatChange *change = row->changes->pdata[i];

      if (change->kind == MOS_CHAT_CHANGE_EDIT)
        return g_strdup (change->text);
    }
  return g_strdup (row->text);
}

void
mos_composer_open_change (MosComposer *self,
                          MosMessageRow *row)
{
  g_autoptr (MosDraft) draft = NULL;

  g_return_if_fail (MOS_IS_COMPOSER (self));
  g_return_if_fail (row != NULL);

  mos_composer_close (self);
  draft = mos_draft_new ();
  draft->id = mos_id_new (mos_composer_now_us (self));
  draft->kind = g_strdup ("reply");
  draft->conversation = g_strdup (row->conversation);
  draft->account = g_strdup (row->account);
  draft->text = dup_wanted (row);
  draft->caret = (int) g_utf8_strlen (draft->text, -1);
  mos_draft_fill (draft);
  /* Before it is opened: what is shown of it follows. */
  self->changed = g_strdup (row->id);
  self->changed_text = g_strdup (row->text);
  mos_composer_open (self, draft);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("Changing a message that was sent"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* @is_changed: it is to say something else */
static void
leave (MosComposer *self,
       gboolean is_changed)
{
  g_autofree char *message = g_strdup (self->changed);

  mos_composer_forget (self);
  g_signal_emit_by_name (self, "change-left", message, is_changed);
}

void
mos_composer_leave_change (MosComposer *self)
{
  leave (self, FALSE);
}

typedef struct
{
  MosComposer *self; /* (owned) */
  char *message;     /* (owned) */
} ChangeJob;

static void
change_job_free (ChangeJob *job)
{
  g_object_unref (job->self);
  g_free (job->message);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChangeJob, change_job_free)

static void
on_changed_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (ChangeJob) job = user_data;
  MosComposer *self = job->self;
  g_autoptr (GError) error = NULL;
  gboolean is_changed = mos_desk_action_finish (MOS_DESK (source), result, NULL, &error);

  self->is_sending = FALSE;
  if (self->box == NULL)
    return;
  mos_composer_update_sensitive (self);
  /* It may have gone on to something else. */
  if (g_strcmp0 (self->changed, job->message) != 0)
    return;
  if (is_changed)
    leave (self, TRUE);
  else
    {
      mos_composer_show_problem (self, mos_error_text (error).sentence);
      gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
    }
}

void
mos_composer_send_change (MosComposer *self)
{
  g_autoptr (MosDraft) draft = NULL;
  ChangeJob *job;

  if (self->desk == NULL || self->draft == NULL || self->is_sending)
    return;
  draft = mos_composer_dup_draft (self);
  g_strstrip (draft->text);
  if (*draft->text == '\0')
    {
      mos_composer_show_problem (self, _ ("The message is empty."));
      gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
      return;
    }
  job = g_new0 (ChangeJob, 1);
  job->self = g_object_ref (self);
  job->message = g_strdup (self->changed);
  self->is_sending = TRUE;
  mos_composer_update_sensitive (self);
  mos_desk_change_chat_async (self->desk, self->changed, MOS_CHAT_CHANGE_EDIT, draft->text, NULL, on_changed_cb, job);
}
