/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-macros"

#include "config.h"

#include "app/macros/mos-macro-chooser.h"

#include "app/macros/mos-macro-text.h"

#include <glib/gi18n.h>

/* Nobody reads more; who wants another types a letter more. */
#define MAX_SHOWN 50

struct _MosMacroChooser
{
  AdwDialog parent_instance;

  /* template children */
  GtkSearchEntry *entry;
  GtkStack *stack;
  GtkListBox *list;

  MosDesk *desk; /* (owned) */
  gboolean for_notes;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosMacroChooser, mos_macro_chooser, ADW_TYPE_DIALOG)

/* The beginning of what it says, else what it does. */
static char *
make_subtitle (MosMacroChooser *self,
               MosMacro *macro)
{
  g_autofree char *title = mos_macro_title_text (macro);
  g_autofree char *actions = mos_macro_actions_text (macro->actions, self->desk);

  return g_strconcat (title, *title != '\0' && *actions != '\0' ? "\n" : "", actions, NULL);
}

static void
add_row (MosMacroChooser *self,
         MosMacro *macro)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = make_subtitle (self, macro);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), macro->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "macro", mos_macro_ref (macro), (GDestroyNotify) mos_macro_unref);
  gtk_list_box_append (self->list, row);
}

static void
update (MosMacroChooser *self)
{
  GPtrArray *macros = mos_desk_get_macros (self->desk);
  g_autoptr (GPtrArray) found = mos_macros_search (macros, gtk_editable_get_text (GTK_EDITABLE (self->entry)), self->for_notes, MAX_SHOWN);

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < found->len; i++)
    add_row (self, found->pdata[i]);
  if (found->len > 0)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_stack_set_visible_child_name (self->stack, macros->len == 0 ? "empty" : found->len == 0 ? "nothing"
                                                                                              : "list");
}

static void
choose (MosMacroChooser *self,
        GtkListBoxRow *row)
{
  g_autoptr (MosMacro) macro = mos_macro_ref (g_object_get_data (G_OBJECT (row), "macro"));

  g_object_ref (self);
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, macro);
  g_object_unref (self);
}

static void
on_changed_cb (MosMacroChooser *self)
{
  update (self);
}

static void
on_row_activated_cb (MosMacroChooser *self,
                     GtkListBoxRow *row)
{
  choose (self, row);
}

static void
on_activate_cb (MosMacroChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    choose (self, row);
}

static void
on_stop_cb (MosMacroChooser *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_manage_cb (MosMacroChooser *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  adw_dialog_close (ADW_DIALOG (self));
  gtk_widget_activate_action (root, "win.macros", NULL);
}

/* The keyboard stays in the entry: the arrows move what Return takes. */
static gboolean
on_key_cb (GtkEventControllerKey *controller,
           guint keyval,
           guint keycode,
           GdkModifierType state,
           MosMacroChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int step = keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Up ? -1
                                                               : 0;
  GtkListBoxRow *next;

  if (step == 0 || row == NULL)
    return GDK_EVENT_PROPAGATE;
  next = gtk_list_box_get_row_at_index (self->list, gtk_list_box_row_get_index (row) + step);
  if (next != NULL)
    {
      gtk_list_box_select_row (self->list, next);
      gtk_accessible_announce (GTK_ACCESSIBLE (self->entry), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (next)), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
  return GDK_EVENT_STOP;
}

/* --- class --- */

static void
mos_macro_chooser_dispose (GObject *object)
{
  MosMacroChooser *self = MOS_MACRO_CHOOSER (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_MACRO_CHOOSER);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_macro_chooser_parent_class)->dispose (object);
}

static void
mos_macro_chooser_class_init (MosMacroChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_macro_chooser_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", MOS_TYPE_MACRO_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_macro_get_type ());

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-macro-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, MosMacroChooser, entry);
  gtk_widget_class_bind_template_child (widget_class, MosMacroChooser, stack);
  gtk_widget_class_bind_template_child (widget_class, MosMacroChooser, list);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_manage_cb);
}

static void
mos_macro_chooser_init (MosMacroChooser *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), key);
}

MosMacroChooser *
mos_macro_chooser_new (MosDesk *desk,
                       const char *title,
                       gboolean for_notes)
{
  MosMacroChooser *self = g_object_new (MOS_TYPE_MACRO_CHOOSER, "title", title, NULL);

  self->desk = g_object_ref (desk);
  self->for_notes = for_notes;
  update (self);
  g_signal_connect_object (desk, "macros-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return self;
}
