/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-empty-page.h"

#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-next-step.h"

#include "core/desk/mos-first-steps.h"

#include <glib/gi18n.h>

struct _MosEmptyPage
{
  AdwBin parent_instance;

  /* Owned by the tree */
  AdwStatusPage *page;
  GtkWidget *button;

  GCancellable *cancellable; /* (owned) (nullable): of the look that is under way */
  MosViewKind kind;
  gboolean has_steps_left;
};

G_DEFINE_FINAL_TYPE (MosEmptyPage, mos_empty_page, ADW_TYPE_BIN)

static gboolean
leads_to_first_steps (MosViewKind kind)
{
  return kind == MOS_VIEW_ALL_OPEN || kind == MOS_VIEW_ALL || kind == MOS_VIEW_ACCOUNT;
}

static void
update_button (MosEmptyPage *self)
{
  const char *label, *action;

  mos_view_text_get_next_step (self->kind, &label, &action);
  if (self->has_steps_left && leads_to_first_steps (self->kind))
    {
      label = _ ("_First Steps…");
      action = "win.first-steps";
    }
  mos_next_step_set (self->button, label, action);
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosEmptyPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosFirstSteps) steps = mos_desk_load_first_steps_finish (MOS_DESK (source), result, &error);

  if (steps == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("The first steps could not be read: %s", error->message);
      return;
    }
  self->has_steps_left = mos_first_steps_has_left (steps);
  update_button (self);
}

void
mos_empty_page_show (MosEmptyPage *self,
                     MosDesk *desk,
                     MosViewKind kind,
                     const char *hint)
{
  const char *title, *description;
  g_autofree char *escaped = NULL;

  g_return_if_fail (MOS_IS_EMPTY_PAGE (self));

  self->kind = kind;
  mos_view_text_get_empty (kind, &title, &description);
  escaped = g_markup_escape_text (hint != NULL ? hint : description, -1);
  adw_status_page_set_icon_name (self->page, mos_view_text_get_icon (kind));
  adw_status_page_set_title (self->page, title);
  adw_status_page_set_description (self->page, escaped);
  update_button (self);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  /* The sample shop is nobody's to set up. */
  if (!leads_to_first_steps (kind) || (mos_desk_get_flags (desk) & MOS_DESK_FLAG_OFFLINE) != 0)
    return;
  self->cancellable = g_cancellable_new ();
  mos_desk_load_first_steps_async (desk, self->cancellable, on_loaded_cb, g_object_ref (self));
}

static void
mos_empty_page_dispose (GObject *object)
{
  MosEmptyPage *self = MOS_EMPTY_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (mos_empty_page_parent_class)->dispose (object);
}

static void
mos_empty_page_class_init (MosEmptyPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_empty_page_dispose;
}

static void
mos_empty_page_init (MosEmptyPage *self)
{
  self->page = ADW_STATUS_PAGE (adw_status_page_new ());
  self->button = mos_next_step_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self->page), "compact");
  adw_status_page_set_child (self->page, self->button);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->page));
}
