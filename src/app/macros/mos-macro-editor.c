/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-macros"

#include "config.h"

#include "app/macros/mos-macro-editor.h"

#include "app/application/mos-a11y.h"
#include "app/application/mos-error-text.h"
#include "app/help/mos-help-dialog.h"
#include "app/macros/mos-macro-editor-private.h"
#include "app/widgets/mos-dialog.h"
#include "core/desk/mos-desk-views.h"

#include <glib/gi18n.h>

typedef enum
{
  PROP_IS_CHANGED = 1,
} MosMacroEditorProperty;

static GParamSpec *props[PROP_IS_CHANGED + 1];

enum
{
  SAVED,
  CANCELLED,
  DELETE,
  DUPLICATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosMacroEditor, mos_macro_editor, ADW_TYPE_NAVIGATION_PAGE)

static void
show_problem (MosMacroEditor *self,
              const char *text /* (nullable) */)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  if (text != NULL)
    mos_a11y_announce (self->problem, text);
}

static void
set_changed (MosMacroEditor *self,
             gboolean is_changed)
{
  gtk_widget_set_sensitive (self->save_button, is_changed && !self->is_saving);
  if (self->is_changed == is_changed)
    return;
  self->is_changed = is_changed;
  adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), !is_changed);
  gtk_widget_set_visible (self->cancel_button, is_changed);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_CHANGED]);
}

void
mos_macro_editor_touch (MosMacroEditor *self)
{
  if (self->is_setting)
    return;
  show_problem (self, NULL);
  set_changed (self, TRUE);
}

/* --- names --- */

static void
take_fields (MosMacroEditor *self)
{
  MosAgent *me = mos_desk_get_agent (self->desk);

  g_set_str (&self->macro->name, gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
  g_set_str (&self->macro->shortcode, gtk_editable_get_text (GTK_EDITABLE (self->shortcode_row)));
  g_set_str (&self->macro->folder, gtk_editable_get_text (GTK_EDITABLE (self->folder_row)));
  self->macro->is_for_notes = adw_switch_row_get_active (self->notes_row);
  g_set_str (&self->macro->agent, adw_switch_row_get_active (self->mine_row) && me != NULL ? me->id : NULL);
}

static void
on_field_cb (MosMacroEditor *self)
{
  if (self->is_setting)
    return;
  take_fields (self);
  mos_macro_editor_touch (self);
}

static void
show_fields (MosMacroEditor *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), self->macro->name);
  gtk_editable_set_text (GTK_EDITABLE (self->shortcode_row), self->macro->shortcode);
  gtk_editable_set_text (GTK_EDITABLE (self->folder_row), self->macro->folder);
  adw_switch_row_set_active (self->notes_row, self->macro->is_for_notes);
  adw_switch_row_set_active (self->mine_row, self->macro->agent != NULL);
}

/* --- saving --- */

/* Returns: (transfer full) (nullable): what has to be mended first; @ret_widget: where */
static char *
describe_trouble (MosMacroEditor *self,
                  GtkWidget **ret_widget)
{
  g_autofree char *name = g_strstrip (g_strdup (self->macro->name));

  *ret_widget = GTK_WIDGET (self->name_row);
  if (*name == '\0')
    return g_strdup (_ ("The macro needs a name."));
  *ret_widget = GTK_WIDGET (self->shortcode_row);
  if (!mos_macro_is_shortcode (self->macro->shortcode))
    return g_strdup (_ ("A shortcode has small letters, digits, “-” and “_”, and no blanks."));
  for (guint i = 0; i < mos_desk_get_macros (self->desk)->len && *self->macro->shortcode != '\0'; i++)
    {
      MosMacro *other = mos_desk_get_macros (self->desk)->pdata[i];

      if (g_strcmp0 (other->id, self->macro->id) != 0 && g_str_equal (other->shortcode, self->macro->shortcode))
        /* Translators: a macro's name and what is typed for it */
        return g_strdup_printf (_ ("“%1$s” has the shortcode /%2$s already."), other->name, other->shortcode);
    }
  *ret_widget = GTK_WIDGET (self->text_view);
  if (self->macro->texts->len == 0 && self->macro->actions->len == 0)
    return g_strdup (_ ("The macro says and does nothing yet."));
  if (!mos_macro_editor_check_texts (self))
    return g_strdup (_ ("Something in the text is wrong: see below it."));
  *ret_widget = GTK_WIDGET (self->actions);
  return mos_macro_editor_describe_bad_action (self);
}

static void
on_saved_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosMacroEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;
  g_autofree char *id = mos_desk_save_macro_finish (MOS_DESK (source), result, &batch, &error);

  self->is_saving = FALSE;
  if (self->toasts == NULL)
    return;
  if (id == NULL)
    {
      show_problem (self, g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT) ? _ ("Another macro has this shortcode already.") : mos_error_text (error).sentence);
      set_changed (self, TRUE);
      return;
    }
  set_changed (self, FALSE);
  g_signal_emit (self, signals[SAVED], 0, batch);
}

static void
on_save_cb (MosMacroEditor *self)
{
  g_autoptr (MosMacro) macro = NULL;
  g_autofree char *trouble = NULL;
  GtkWidget *widget;

  take_fields (self);
  trouble = describe_trouble (self, &widget);
  if (trouble != NULL)
    {
      show_problem (self, trouble);
      gtk_widget_grab_focus (widget);
      return;
    }
  self->is_saving = TRUE;
  set_changed (self, TRUE);
  macro = mos_macro_copy (self->macro);
  mos_desk_save_macro_async (self->desk, macro, NULL, on_saved_cb, g_object_ref (self));
}

static void
on_cancel_cb (MosMacroEditor *self)
{
  set_changed (self, FALSE);
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
on_help_cb (MosMacroEditor *self)
{
  mos_dialog_present (ADW_DIALOG (mos_help_dialog_new ("macros")), GTK_WIDGET (self));
}

static void
on_delete_cb (MosMacroEditor *self)
{
  g_signal_emit (self, signals[DELETE], 0, self->macro->id);
}

static void
on_duplicate_cb (MosMacroEditor *self)
{
  g_autoptr (MosMacro) macro = mos_macro_copy (self->macro);

  set_changed (self, FALSE);
  g_signal_emit (self, signals[DUPLICATE], 0, macro);
}

static void
on_attach_cb (MosMacroEditor *self)
{
  mos_macro_editor_attach (self);
}

/* --- what came of it --- */

static void
on_outcome_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosMacroEditor) self = user_data;
  MosMacroOutcome outcome;
  g_autofree char *used = NULL;
  g_autofree char *text = NULL;

  if (!mos_desk_find_macro_outcome_finish (MOS_DESK (source), result, &outcome, NULL) || self->toasts == NULL)
    return;
  used = outcome.n_sent > 0 ? g_strdup_printf (ngettext ("Used %u time.", "Used %u times.", outcome.n_sent), outcome.n_sent) : g_strdup (_ ("Not used yet."));
  /* Translators: %1$s: "Used 12 times." The numbers are of those conversations. */
  text = outcome.n_sent > 0 ? g_strdup_printf (_ ("%1$s %2$u of these conversations are closed now; in %3$u the customer wrote again."), used, outcome.n_closed, outcome.n_answered)
                            : g_steal_pointer (&used);
  gtk_label_set_label (self->outcome, text);
}

/* --- class --- */

static void
mos_macro_editor_get_property (GObject *object,
                               guint prop_id,
                               GValue *value,
                               GParamSpec *pspec)
{
  switch ((MosMacroEditorProperty) prop_id)
    {
    case PROP_IS_CHANGED:
      g_value_set_boolean (value, MOS_MACRO_EDITOR (object)->is_changed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_macro_editor_dispose (GObject *object)
{
  MosMacroEditor *self = MOS_MACRO_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  mos_macro_editor_dispose_text (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_MACRO_EDITOR);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_macro_editor_parent_class)->dispose (object);
}

static void
mos_macro_editor_finalize (GObject *object)
{
  MosMacroEditor *self = MOS_MACRO_EDITOR (object);

  g_clear_pointer (&self->macro, mos_macro_unref);
  g_clear_pointer (&self->facts, mos_macro_facts_unref);
  g_clear_object (&self->cancellable);
  g_free (self->conversation);
  g_free (self->language);
  G_OBJECT_CLASS (mos_macro_editor_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, toasts);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, save_button);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, problem);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, name_row);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, shortcode_row);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, folder_row);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, notes_row);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, mine_row);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, language_choice);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, add_language);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, insert_button);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, text_view);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, problems);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, preview);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, preview_for);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, actions);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, add_action);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, files);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, outcome);
  gtk_widget_class_bind_template_child (widget_class, MosMacroEditor, existing);
}

/* The pages of a dialog swallow Escape where one may not be left: the dialog asks. */
static gboolean
on_escape_cb (GtkWidget *widget,
              GVariant *args,
              gpointer user_data)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (widget, ADW_TYPE_DIALOG);

  if (!MOS_MACRO_EDITOR (widget)->is_changed || dialog == NULL)
    return GDK_EVENT_PROPAGATE;
  adw_dialog_close (ADW_DIALOG (dialog));
  return GDK_EVENT_STOP;
}

static void
mos_macro_editor_class_init (MosMacroEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mos_macro_editor_get_property;
  object_class->dispose = mos_macro_editor_dispose;
  object_class->finalize = mos_macro_editor_finalize;
  props[PROP_IS_CHANGED] = g_param_spec_boolean ("is-changed", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  signals[SAVED] = g_signal_new ("saved", MOS_TYPE_MACRO_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[CANCELLED] = g_signal_new ("cancelled", MOS_TYPE_MACRO_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DELETE] = g_signal_new ("delete", MOS_TYPE_MACRO_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DUPLICATE] = g_signal_new ("duplicate", MOS_TYPE_MACRO_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_macro_get_type ());

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape_cb, NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-macro-editor.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_field_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_help_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_delete_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_duplicate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_attach_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_problem_activated_cb", G_CALLBACK (mos_macro_editor_on_problem_activated));
}

static void
mos_macro_editor_init (MosMacroEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  mos_macro_editor_init_text (self);
  mos_macro_editor_init_actions (self);
}

MosMacroEditor *
mos_macro_editor_new (MosDesk *desk,
                      MosMacro *macro,
                      const char *conversation)
{
  MosMacroEditor *self = g_object_new (MOS_TYPE_MACRO_EDITOR, NULL);
  gboolean is_new = macro->id == NULL;

  self->desk = g_object_ref (desk);
  self->macro = mos_macro_copy (macro);
  self->conversation = g_strdup (conversation);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), is_new ? _ ("New Macro") : macro->name);
  gtk_widget_set_visible (self->existing, !is_new);
  self->is_setting = TRUE;
  show_fields (self);
  mos_macro_editor_open_text (self);
  mos_macro_editor_show_actions (self);
  mos_macro_editor_show_files (self);
  self->is_setting = FALSE;
  if (!is_new)
    mos_desk_find_macro_outcome_async (desk, macro->id, self->cancellable, on_outcome_cb, g_object_ref (self));
  /* A copy, or what somebody wrote elsewhere, is not saved yet. */
  set_changed (self, is_new && (*macro->name != '\0' || macro->texts->len > 0));
  return self;
}

void
mos_macro_editor_forget_changes (MosMacroEditor *self)
{
  g_return_if_fail (MOS_IS_MACRO_EDITOR (self));

  set_changed (self, FALSE);
}

GtkWidget *
mos_macro_editor_get_first (MosMacroEditor *self)
{
  g_return_val_if_fail (MOS_IS_MACRO_EDITOR (self), NULL);

  return GTK_WIDGET (self->name_row);
}
