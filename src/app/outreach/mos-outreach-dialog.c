/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-outreach"

#include "config.h"

#include "app/outreach/mos-outreach-dialog.h"

#include "app/help/mos-help-button.h"
#include "app/outreach/mos-outreach-editor.h"
#include "app/outreach/mos-outreach-page.h"
#include "app/outreach/mos-outreach-text.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-toast-show.h"

#include <glib/gi18n.h>

#define RELOAD_MS 400

struct _MosOutreachDialog
{
  AdwDialog parent_instance;

  /* template children */
  AdwToastOverlay *toasts;
  AdwNavigationView *navigation;
  GtkStack *stack;
  GtkListBox *list;
  GtkWidget *new_button;

  MosDesk *desk; /* (owned) */
  GCancellable *cancellable;
  guint reload_id;
};

enum
{
  OPEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosOutreachDialog, mos_outreach_dialog, ADW_TYPE_DIALOG)

static void
say (MosOutreachDialog *self,
     const char *text)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  mos_toast_show (self->toasts, toast);
}

/* --- the list --- */

static GtkListBoxRow *
find_row (MosOutreachDialog *self,
          const char *id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_strcmp0 (((MosOutreach *) g_object_get_data (G_OBJECT (row), "outreach"))->id, id) == 0)
      return row;
  return NULL;
}

static void
set_row (GtkWidget *row,
         MosOutreach *outreach)
{
  g_autofree char *state = mos_outreach_text_state (outreach);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), outreach->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), state);
  g_object_set_data_full (G_OBJECT (row), "outreach", mos_outreach_ref (outreach), (GDestroyNotify) mos_outreach_unref);
}

static void
add_row (MosOutreachDialog *self,
         MosOutreach *outreach)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  set_row (row, outreach);
  gtk_list_box_append (self->list, row);
}

/* The same ones in the same order keep their rows: whoever has the keyboard in them keeps it, too. */
static gboolean
is_same (MosOutreachDialog *self,
         GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);

      if (row == NULL || row != find_row (self, ((MosOutreach *) found->pdata[i])->id))
        return FALSE;
    }
  return gtk_list_box_get_row_at_index (self->list, (int) found->len) == NULL;
}

static void
on_listed_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosOutreachDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = mos_desk_list_outreach_finish (MOS_DESK (source), result, &error);

  if (self->desk == NULL)
    return;
  if (found == NULL)
    {
      g_autofree char *text = mos_outreach_text_error (error);

      say (self, text);
      return;
    }
  if (is_same (self, found))
    for (guint i = 0; i < found->len; i++)
      set_row (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)), found->pdata[i]);
  else
    {
      gtk_list_box_remove_all (self->list);
      for (guint i = 0; i < found->len; i++)
        add_row (self, found->pdata[i]);
    }
  gtk_stack_set_visible_child_name (self->stack, found->len > 0 ? "list" : "empty");
}

static gboolean
load_cb (gpointer data)
{
  MosOutreachDialog *self = data;

  self->reload_id = 0;
  mos_desk_list_outreach_async (self->desk, self->cancellable, on_listed_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
on_changed_cb (MosOutreachDialog *self)
{
  if (self->reload_id == 0)
    self->reload_id = g_timeout_add (RELOAD_MS, load_cb, self);
}

/* --- the pages --- */

static void
show_list (MosOutreachDialog *self)
{
  adw_navigation_view_pop_to_tag (self->navigation, "list");
  gtk_widget_grab_focus (self->new_button);
}

static void
on_go_on_cb (AdwToast *toast,
             MosOutreachDialog *self)
{
  AdwNavigationPage *page = g_object_get_data (G_OBJECT (toast), "page");

  if (self->desk != NULL && gtk_widget_get_parent (GTK_WIDGET (page)) == NULL)
    adw_navigation_view_push (self->navigation, page);
}

/* What was written and not saved is not lost at once. */
static void
on_popped_cb (MosOutreachDialog *self,
              AdwNavigationPage *page)
{
  gboolean is_changed = FALSE;
  AdwToast *toast;

  if (!MOS_IS_OUTREACH_EDITOR (page) || self->desk == NULL)
    return;
  g_object_get (page, "is-changed", &is_changed, NULL);
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  if (!is_changed)
    return;
  toast = adw_toast_new (_ ("What was changed is not saved"));
  adw_toast_set_button_label (toast, _ ("_Go On Writing"));
  g_object_set_data_full (G_OBJECT (toast), "page", g_object_ref (page), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_go_on_cb), self, G_CONNECT_DEFAULT);
  mos_toast_show (self->toasts, toast);
}

static void open_editor (MosOutreachDialog *self, MosOutreach *outreach);

static void
on_gone_cb (MosOutreachDialog *self)
{
  show_list (self);
}

static void
on_open_cb (MosOutreachDialog *self,
            const char *conversation)
{
  g_autofree char *id = g_strdup (conversation);

  g_object_ref (self);
  if (adw_dialog_close (ADW_DIALOG (self)))
    g_signal_emit (self, signals[OPEN], 0, id);
  g_object_unref (self);
}

static void
open_page (MosOutreachDialog *self,
           const char *id,
           const char *title)
{
  MosOutreachPage *page = mos_outreach_page_new (self->desk, id, title);

  g_signal_connect_object (page, "said", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "edit", G_CALLBACK (open_editor), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "open", G_CALLBACK (on_open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "gone", G_CALLBACK (on_gone_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (page));
}

static void
on_saved_cb (MosOutreachDialog *self,
             const char *id)
{
  g_autofree char *saved = g_strdup (id);

  adw_navigation_view_pop_to_tag (self->navigation, "list");
  open_page (self, saved, _ ("Preview"));
}

static void
on_is_changed_cb (MosOutreachDialog *self,
                  GParamSpec *pspec,
                  MosOutreachEditor *editor)
{
  gboolean is_changed = FALSE;

  g_object_get (editor, "is-changed", &is_changed, NULL);
  adw_dialog_set_can_close (ADW_DIALOG (self), !is_changed);
}

static void
open_editor (MosOutreachDialog *self,
             MosOutreach *outreach)
{
  MosOutreachEditor *editor = mos_outreach_editor_new (self->desk, outreach);

  g_signal_connect_object (editor, "saved", G_CALLBACK (on_saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "notify::is-changed", G_CALLBACK (on_is_changed_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (editor));
}

void
mos_outreach_dialog_write (MosOutreachDialog *self,
                           MosAudience *audience)
{
  g_autoptr (MosAudience) owned = audience;
  g_autoptr (MosOutreach) outreach = mos_outreach_make (owned);

  g_return_if_fail (MOS_IS_OUTREACH_DIALOG (self));

  if (mos_audience_is_of_orders (owned))
    outreach->purpose = MOS_OUTREACH_ORDER;
  open_editor (self, outreach);
}

static void
on_new_cb (MosOutreachDialog *self)
{
  mos_outreach_dialog_write (self, mos_audience_make (MOS_AUDIENCE_SEGMENT));
}

static void
on_row_activated_cb (MosOutreachDialog *self,
                     GtkListBoxRow *row)
{
  MosOutreach *outreach = g_object_get_data (G_OBJECT (row), "outreach");

  open_page (self, outreach->id, outreach->name);
}

static void
close_attempt (AdwDialog *dialog)
{
  mos_dialog_ask_leave (dialog, _ ("What was changed of this outreach is lost."));
}

/* --- class --- */

static void
mos_outreach_dialog_dispose (GObject *object)
{
  MosOutreachDialog *self = MOS_OUTREACH_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_OUTREACH_DIALOG);
  G_OBJECT_CLASS (mos_outreach_dialog_parent_class)->dispose (object);
}

static void
mos_outreach_dialog_finalize (GObject *object)
{
  g_clear_object (&MOS_OUTREACH_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (mos_outreach_dialog_parent_class)->finalize (object);
}

static void
mos_outreach_dialog_class_init (MosOutreachDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_outreach_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_outreach_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->close_attempt = close_attempt;
  signals[OPEN] = g_signal_new ("open", MOS_TYPE_OUTREACH_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (MOS_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-outreach-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosOutreachDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, MosOutreachDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, MosOutreachDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, MosOutreachDialog, list);
  gtk_widget_class_bind_template_child (widget_class, MosOutreachDialog, new_button);
  gtk_widget_class_bind_template_callback (widget_class, on_new_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_popped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
mos_outreach_dialog_init (MosOutreachDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

MosOutreachDialog *
mos_outreach_dialog_new (MosDesk *desk)
{
  MosOutreachDialog *self = g_object_new (MOS_TYPE_OUTREACH_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "outreach-changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  mos_desk_list_outreach_async (desk, self->cancellable, on_listed_cb, g_object_ref (self));
  return self;
}
