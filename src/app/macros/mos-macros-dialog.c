/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-macros"

#include "config.h"

#include "app/macros/mos-macros-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/help/mos-help-button.h"
#include "app/inbox/mos-view-text.h"
#include "app/macros/mos-macro-editor.h"
#include "app/macros/mos-macro-files.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-search-list.h"
#include "app/widgets/mos-toast-show.h"
#include "app/widgets/mos-undo-toast.h"

#include <glib/gi18n.h>
#include <string.h>

/* Rows are widgets: who has more searches. */
#define MAX_SHOWN 200

struct _MosMacrosDialog
{
  AdwDialog parent_instance;

  /* template children */
  AdwToastOverlay *toasts;
  AdwNavigationView *navigation;
  GtkSearchEntry *entry;
  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *more;

  MosDesk *desk;      /* (owned) */
  char *conversation; /* (owned) (nullable) */
  GCancellable *cancellable;
};

enum
{
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosMacrosDialog, mos_macros_dialog, ADW_TYPE_DIALOG)

static void
say (MosMacrosDialog *self,
     const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  mos_toast_show (self->toasts, toast);
}

static void
on_undone_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosMacrosDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *nick = mos_desk_undo_finish (MOS_DESK (source), result, &error);

  if (self->toasts != NULL)
    say (self, error == NULL ? mos_action_text_undone (nick) : mos_error_text (error).sentence);
}

/* @batch: what its button takes back; 0 = nothing */
static void
offer_undo (MosMacrosDialog *self,
            const char *text,
            gint64 batch)
{
  mos_toast_show (self->toasts, mos_undo_toast_new (text, self->desk, batch, on_undone_cb, self));
}

/* --- the list --- */

static void
set_header (GtkListBoxRow *row,
            GtkListBoxRow *before,
            gpointer user_data)
{
  MosMacro *macro = g_object_get_data (G_OBJECT (row), "macro");
  MosMacro *previous = before != NULL ? g_object_get_data (G_OBJECT (before), "macro") : NULL;
  GtkWidget *label;

  if (*macro->folder == '\0' || (previous != NULL && strcmp (previous->folder, macro->folder) == 0))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (macro->folder);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "macro-folder");
  gtk_list_box_row_set_header (row, label);
}

static void
add_row (MosMacrosDialog *self,
         MosMacro *macro)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *used = macro->n_used > 0 ? g_strdup_printf (ngettext ("used %u time", "used %u times", macro->n_used), macro->n_used) : g_strdup (_ ("not used yet"));
  g_autofree char *subtitle = *macro->shortcode != '\0' ? g_strdup_printf ("/%s · %s", macro->shortcode, used) : g_strdup (used);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), macro->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "macro", mos_macro_ref (macro), (GDestroyNotify) mos_macro_unref);
  gtk_list_box_append (self->list, row);
}

static void
update (MosMacrosDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  GPtrArray *macros = mos_desk_get_macros (self->desk);
  g_autoptr (GPtrArray) found = *text != '\0' ? mos_macros_search (macros, text, FALSE, 0) : g_ptr_array_ref (macros);

  gtk_list_box_remove_all (self->list);
  gtk_list_box_set_header_func (self->list, *text == '\0' ? set_header : NULL, NULL, NULL);
  for (guint i = 0; i < found->len && i < MAX_SHOWN; i++)
    add_row (self, found->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->more), found->len > MAX_SHOWN);
  if (found->len > MAX_SHOWN)
    {
      g_autofree char *rest = g_strdup_printf (ngettext ("%u more macro is not shown: search for it.", "%u more macros are not shown: search for them.", found->len - MAX_SHOWN), found->len - MAX_SHOWN);

      gtk_label_set_label (self->more, rest);
    }
  gtk_stack_set_visible_child_name (self->stack, macros->len == 0 ? "empty" : found->len == 0 ? "nothing"
                                                                                              : "list");
}

/* --- one of them --- */

/* The button that had the keyboard goes with its page. */
static void
show_list (MosMacrosDialog *self)
{
  adw_navigation_view_pop_to_tag (self->navigation, "list");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
on_saved_cb (MosMacrosDialog *self,
             gint64 batch)
{
  show_list (self);
  offer_undo (self, _ ("Macro saved"), batch);
}

static void
on_cancelled_cb (MosMacrosDialog *self)
{
  show_list (self);
}

static void
on_deleted_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosMacrosDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    {
      if (batch != 0)
        g_signal_emit (self, signals[REMOVED], 0, batch);
      if (self->toasts != NULL)
        {
          AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);

          /* What was changed of it goes with it, and only now. */
          if (MOS_IS_MACRO_EDITOR (page))
            mos_macro_editor_forget_changes (MOS_MACRO_EDITOR (page));
          show_list (self);
        }
    }
  else if (self->toasts != NULL)
    say (self, mos_error_text (error).sentence);
}

static void
on_delete_cb (MosMacrosDialog *self,
              const char *id)
{
  mos_desk_remove_macro_async (self->desk, id, NULL, on_deleted_cb, g_object_ref (self));
}

static void open_editor (MosMacrosDialog *self, MosMacro *macro);

static void
on_duplicate_cb (MosMacrosDialog *self,
                 MosMacro *macro)
{
  g_autoptr (MosMacro) copy = mos_macro_copy (macro);
  g_autofree char *name = g_strdup_printf (_ ("%s (copy)"), macro->name);

  g_clear_pointer (&copy->id, g_free);
  g_set_str (&copy->name, name);
  g_set_str (&copy->shortcode, "");
  show_list (self);
  open_editor (self, copy);
}

static void
open_editor (MosMacrosDialog *self,
             MosMacro *macro)
{
  MosMacroEditor *editor = mos_macro_editor_new (self->desk, macro, self->conversation);

  g_signal_connect_object (editor, "saved", G_CALLBACK (on_saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "cancelled", G_CALLBACK (on_cancelled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "delete", G_CALLBACK (on_delete_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "duplicate", G_CALLBACK (on_duplicate_cb), self, G_CONNECT_SWAPPED);
  g_object_bind_property (editor, "is-changed", self, "can-close", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  adw_navigation_view_push (self->navigation, ADW_NAVIGATION_PAGE (editor));
}

static void
on_new_cb (MosMacrosDialog *self)
{
  g_autoptr (MosMacro) macro = mos_macro_make ();

  open_editor (self, macro);
}

static void
on_row_activated_cb (MosMacrosDialog *self,
                     GtkListBoxRow *row)
{
  open_editor (self, g_object_get_data (G_OBJECT (row), "macro"));
}

/* Return in the search: the best one. */
static void
on_activate_cb (MosMacrosDialog *self)
{
  GtkListBoxRow *row;

  update (self);
  row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row != NULL && *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    on_row_activated_cb (self, row);
}

static void
on_search_cb (MosMacrosDialog *self)
{
  update (self);
}

static void
on_stop_cb (MosMacrosDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
close_attempt (AdwDialog *dialog)
{
  mos_dialog_ask_leave (dialog, _ ("What was changed of this macro is lost."));
}

/* --- all of them --- */

static void
on_installed_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (MosMacrosDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;
  gboolean done = mos_desk_action_finish (MOS_DESK (source), result, &batch, &error);

  if (self->toasts == NULL)
    return;
  if (batch != 0)
    offer_undo (self, _ ("Macros added: change them as your shop needs them"), batch);
  else
    say (self, done ? _ ("All of them are here already") : mos_error_text (error).sentence);
}

static void
starter_action (GtkWidget *widget,
                const char *name,
                GVariant *parameter)
{
  MosMacrosDialog *self = MOS_MACROS_DIALOG (widget);

  mos_desk_install_macros_async (self->desk, g_get_language_names ()[0], NULL, on_installed_cb, g_object_ref (self));
}

static void
on_told_cb (const char *text,
            gint64 batch,
            gpointer user_data)
{
  MosMacrosDialog *self = user_data;

  if (self->toasts != NULL)
    offer_undo (self, text, batch);
}

static void
files_action (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  MosMacrosDialog *self = MOS_MACROS_DIALOG (widget);

  if (g_str_equal (name, "macros.import"))
    mos_macro_files_import (self->desk, widget, self->cancellable, on_told_cb, self);
  else
    mos_macro_files_export (self->desk, widget, self->cancellable, on_told_cb, self);
}

/* --- class --- */

static void
mos_macros_dialog_dispose (GObject *object)
{
  MosMacrosDialog *self = MOS_MACROS_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_MACROS_DIALOG);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_macros_dialog_parent_class)->dispose (object);
}

static void
mos_macros_dialog_finalize (GObject *object)
{
  MosMacrosDialog *self = MOS_MACROS_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_free (self->conversation);
  G_OBJECT_CLASS (mos_macros_dialog_parent_class)->finalize (object);
}

static void
mos_macros_dialog_class_init (MosMacrosDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_macros_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_macros_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->close_attempt = close_attempt;
  signals[REMOVED] = g_signal_new ("removed", MOS_TYPE_MACROS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (MOS_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-macros-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosMacrosDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, MosMacrosDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, MosMacrosDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, MosMacrosDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, MosMacrosDialog, list);
  gtk_widget_class_bind_template_child (widget_class, MosMacrosDialog, more);
  gtk_widget_class_bind_template_callback (widget_class, on_new_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_install_action (widget_class, "macros.starter", NULL, starter_action);
  gtk_widget_class_install_action (widget_class, "macros.import", NULL, files_action);
  gtk_widget_class_install_action (widget_class, "macros.export", NULL, files_action);
}

static void
mos_macros_dialog_init (MosMacrosDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mos_search_list_lead_down (self->entry, self->list);
  self->cancellable = g_cancellable_new ();
}

MosMacrosDialog *
mos_macros_dialog_new (MosDesk *desk,
                       const char *conversation)
{
  MosMacrosDialog *self = g_object_new (MOS_TYPE_MACROS_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  self->conversation = g_strdup (conversation);
  update (self);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->entry));
  g_signal_connect_object (desk, "macros-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return self;
}

void
mos_macros_dialog_write (MosMacrosDialog *self,
                         MosMacro *macro)
{
  g_return_if_fail (MOS_IS_MACROS_DIALOG (self));
  g_return_if_fail (macro != NULL && macro->id == NULL);

  open_editor (self, macro);
  adw_dialog_set_focus (ADW_DIALOG (self), mos_macro_editor_get_first (MOS_MACRO_EDITOR (adw_navigation_view_get_visible_page (self->navigation))));
}
