/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-composer-private.h"
#include "app/widgets/mos-image-fit.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

/* Pictures that a service does not take become such as it does: of another kind, or smaller.  One after the other, before anything is sent. */

typedef struct
{
  MosComposer *self;       /* (owned) */
  MosDraft *draft;         /* (owned): the one they are of */
  MosAttachment *original; /* (owned) */
  guint64 max_bytes;
} FitJob;

static void
fit_job_free (FitJob *job)
{
  g_object_unref (job->self);
  mos_draft_unref (job->draft);
  mos_attachment_unref (job->original);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FitJob, fit_job_free)

/* Returns: (transfer none) (nullable): the first picture that could go out if it were another file */
static MosAttachment *
find_picture (MosComposer *self,
              guint64 *ret_max_bytes)
{
  MosAccount *account = self->desk != NULL && self->account != NULL ? mos_desk_find_account (self->desk, self->account) : NULL;

  if (account == NULL || self->draft == NULL || !mos_composer_is_chat (self))
    return NULL;
  for (guint i = 0; i < self->files->len; i++)
    {
      MosAttachment *file = g_ptr_array_index (self->files, i);

      *ret_max_bytes = mos_channel_fit_picture (account, file->type, file->size);
      if (*ret_max_bytes > 0)
        return file;
    }
  return NULL;
}

void
mos_composer_update_fit (MosComposer *self)
{
  guint64 max_bytes;
  MosAttachment *file = find_picture (self, &max_bytes);

  gtk_widget_set_visible (self->fit_button, file != NULL);
  if (file == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (self->fit_button), file->size > max_bytes ? _ ("_Make Smaller") : _ ("Convert to _JPEG"));
}

static void fit_next (MosComposer *self);

/* @error: (nullable): why there is none */
static void
end_fit (FitJob *job,
         MosAttachment *made,
         const GError *error)
{
  MosComposer *self = job->self;
  guint index;

  self->attaching--;
  if (self->box == NULL)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.fit-pictures", TRUE);
  mos_composer_update_sensitive (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->draft == NULL || !g_str_equal (self->draft->id, job->draft->id))
    return;
  /* It may have been taken out meanwhile. */
  if (!g_ptr_array_find (self->files, job->original, &index))
    return;
  if (error != NULL)
    {
      g_autofree char *name = mos_text_isolate (job->original->name);
      /* Translators: %s is a file name. */
      g_autofree char *text = g_strdup_printf (_ ("No other picture could be made of %s. It is attached as it was: remove it, or answer by mail."), name);

      g_debug ("A picture is not converted: %s", error->message);
      mos_composer_show_problem (self, text);
      return;
    }
  mos_attachment_unref (g_ptr_array_index (self->files, index));
  g_ptr_array_index (self->files, index) = mos_attachment_ref (made);
  mos_composer_update_files (self);
  mos_composer_touch (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("The picture was converted"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  fit_next (self);
}

static void
on_stored_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (FitJob) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosAttachment) made = mos_desk_attach_finish (MOS_DESK (source), result, &error);

  end_fit (job, made, error);
}

/* "photo.webp" becomes "photo.jpg". Returns: (transfer full) */
static char *
name_jpeg (const char *name)
{
  const char *dot = strrchr (name, '.');

  return g_strdup_printf ("%.*s.jpg", dot != NULL && dot > name ? (int) (dot - name) : (int) strlen (name), name);
}

static void
on_fitted_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (FitJob) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mos_image_fit_finish (result, &error);
  g_autofree char *name = name_jpeg (job->original->name != NULL ? job->original->name : "");
  MosDesk *desk = job->self->desk;

  if (bytes == NULL || desk == NULL)
    end_fit (job, NULL, error);
  else
    mos_desk_attach_async (desk, name, "image/jpeg", bytes, NULL, on_stored_cb, g_steal_pointer (&job));
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (FitJob) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mos_desk_load_blob_finish (MOS_DESK (source), result, &error);
  FitJob *next = job;

  if (bytes == NULL)
    end_fit (job, NULL, error);
  else
    mos_image_fit_async (bytes, next->original->type, next->max_bytes, next->self->cancellable, on_fitted_cb, g_steal_pointer (&job));
}

static void
fit_next (MosComposer *self)
{
  guint64 max_bytes;
  MosAttachment *file = find_picture (self, &max_bytes);
  FitJob *job;

  if (file == NULL)
    return;
  job = g_new0 (FitJob, 1);
  job->self = g_object_ref (self);
  job->draft = mos_draft_ref (self->draft);
  job->original = mos_attachment_ref (file);
  job->max_bytes = max_bytes;
  self->attaching++;
  mos_composer_update_sensitive (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.fit-pictures", FALSE);
  mos_desk_load_blob_async (self->desk, file->sha256, self->cancellable, on_loaded_cb, job);
}

static void
fit_action (GtkWidget *widget,
            const char *action,
            GVariant *parameter)
{
  MosComposer *self = MOS_COMPOSER (widget);

  /* The button cannot be pressed meanwhile, and then it goes. */
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  mos_composer_show_problem (self, NULL);
  fit_next (self);
}

void
mos_composer_class_init_fit (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MosComposer, fit_button);
  gtk_widget_class_install_action (widget_class, "composer.fit-pictures", NULL, fit_action);
}
