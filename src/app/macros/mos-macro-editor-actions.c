/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-macros"

#include "config.h"

#include "app/macros/mos-macro-editor-private.h"

#include "app/application/mos-error-text.h"
#include "app/macros/mos-macro-text.h"
#include "app/widgets/mos-text-direction.h"
#include "core/automation/mos-when.h"
#include "core/desk/mos-desk-categories.h"
#include "core/values/mos-macro-json.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the value of a note on an order begins with (mos-macro-order.h). */
#define NOTE_ON_ORDER "note:"

/* What a macro does, one row for each, and the files that go with it. */

static guint
index_of (GtkWidget *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index"));
}

/* --- rows --- */

static void
on_remove_action_cb (MosMacroEditor *self,
                     GtkWidget *button)
{
  g_ptr_array_remove_index (self->macro->actions, index_of (button));
  gtk_widget_grab_focus (GTK_WIDGET (self->add_action));
  mos_macro_editor_show_actions (self);
  mos_macro_editor_touch (self);
}

static void
on_value_typed_cb (MosMacroEditor *self,
                   GtkWidget *row)
{
  MosMacroAction *action = self->macro->actions->pdata[index_of (row)];

  g_set_str (&action->value, gtk_editable_get_text (GTK_EDITABLE (row)));
  mos_macro_editor_touch (self);
}

/* The text of a note is typed. */
static gboolean
show_again_cb (gpointer data)
{
  MosMacroEditor *self = data;

  mos_macro_editor_show_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->actions, (int) self->macro->actions->len - 1)));
  return G_SOURCE_REMOVE;
}

static void
on_value_chosen_cb (MosMacroEditor *self,
                    GParamSpec *pspec,
                    GtkWidget *row)
{
  MosMacroAction *action = self->macro->actions->pdata[index_of (row)];
  GStrv values = g_object_get_data (G_OBJECT (row), "values");
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  if (chosen >= g_strv_length (values))
    return;
  g_set_str (&action->value, values[chosen]);
  if (action->kind == MOS_MACRO_ORDER && strcmp (action->value, NOTE_ON_ORDER) == 0)
    g_idle_add_full (G_PRIORITY_DEFAULT, show_again_cb, g_object_ref (self), g_object_unref);
  mos_macro_editor_touch (self);
}

/* Returns: (transfer full): the ids of those that are offered, and @value where that is another */
static GStrv
list_categories (MosMacroEditor *self,
                 const char *value)
{
  GPtrArray *categories = mos_desk_get_categories (self->desk);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean is_listed = *value == '\0' || strcmp (value, MOS_CATEGORY_NONE) == 0;

  g_strv_builder_add (builder, MOS_CATEGORY_NONE);
  for (guint i = 0; i < categories->len; i++)
    {
      const MosCategory *category = categories->pdata[i];

      if (category->is_removed)
        continue;
      g_strv_builder_add (builder, category->id);
      is_listed = is_listed || strcmp (category->id, value) == 0;
    }
  if (!is_listed)
    g_strv_builder_add (builder, value);
  return g_strv_builder_end (builder);
}

/* Returns: (transfer full) (nullable): what an action can be set to, where that is a choice */
static GStrv
list_values (MosMacroEditor *self,
             const MosMacroAction *action)
{
  MosMacroActionKind kind = action->kind;
  static const char *const statuses[] = { "open", "pending", "closed", NULL };
  static const char *const priorities[] = { "low", "normal", "high", "urgent", NULL };
  static const char *const of_orders[] = { "cancel", "refund", "invoice", NOTE_ON_ORDER, NULL };
  g_autoptr (GStrvBuilder) builder = NULL;
  GPtrArray *agents = mos_desk_get_agents (self->desk);

  if (kind == MOS_MACRO_SET_STATUS)
    return g_strdupv ((char **) statuses);
  if (kind == MOS_MACRO_SET_PRIORITY)
    return g_strdupv ((char **) priorities);
  if (kind == MOS_MACRO_ORDER && !g_str_has_prefix (action->value, NOTE_ON_ORDER))
    return g_strdupv ((char **) of_orders);
  if (kind == MOS_MACRO_SET_CATEGORY)
    return list_categories (self, action->value);
  if (kind != MOS_MACRO_ASSIGN)
    return NULL;
  builder = g_strv_builder_new ();
  g_strv_builder_add_many (builder, "me", "none", NULL);
  for (guint i = 0; i < agents->len; i++)
    g_strv_builder_add (builder, ((MosAgent *) agents->pdata[i])->id);
  return g_strv_builder_end (builder);
}

static GtkWidget *
make_choice (MosMacroEditor *self,
             const MosMacroAction *action,
             GStrv values /* (transfer full) */)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; values[i] != NULL; i++)
    {
      MosMacroAction one = { action->kind, values[i] };
      g_autofree char *text = mos_macro_value_text (&one, self->desk);

      gtk_string_list_append (names, text);
      if (strcmp (values[i], action->value) == 0)
        chosen = i;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), chosen);
  g_object_set_data_full (G_OBJECT (row), "values", values, (GDestroyNotify) g_strfreev);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_value_chosen_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_entry (MosMacroEditor *self,
            const MosMacroAction *action)
{
  GtkWidget *row = adw_entry_row_new ();

  gtk_editable_set_text (GTK_EDITABLE (row), action->value);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_value_typed_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_remove_button (MosMacroEditor *self,
                    guint index,
                    const char *what,
                    GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: %s is what a macro does, or a file's name. */
  g_autofree char *name = g_strdup_printf (_ ("Remove “%s”"), what);

  gtk_widget_set_tooltip_text (button, name);
  mos_widget_set_label (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

void
mos_macro_editor_show_actions (MosMacroEditor *self)
{
  gtk_list_box_remove_all (self->actions);
  gtk_widget_set_visible (GTK_WIDGET (self->actions), self->macro->actions->len > 0);
  for (guint i = 0; i < self->macro->actions->len; i++)
    {
      const MosMacroAction *action = self->macro->actions->pdata[i];
      const char *title = mos_macro_action_kind_text (action->kind);
      GStrv values = list_values (self, action);
      GtkWidget *row = values != NULL ? make_choice (self, action, values) : make_entry (self, action);
      GtkWidget *button = make_remove_button (self, i, title, G_CALLBACK (on_remove_action_cb));

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      g_object_set_data (G_OBJECT (row), "index", GUINT_TO_POINTER (i));
      if (ADW_IS_ENTRY_ROW (row))
        adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
      else
        adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      gtk_list_box_append (self->actions, row);
    }
}

static const char *
first_value (MosMacroEditor *self,
             MosMacroActionKind kind)
{
  GPtrArray *categories = mos_desk_get_categories (self->desk);

  switch (kind)
    {
    case MOS_MACRO_SET_STATUS:
      return "closed";
    case MOS_MACRO_SET_PRIORITY:
      return "high";
    case MOS_MACRO_ASSIGN:
      return "me";
    case MOS_MACRO_SNOOZE:
      return "tomorrow";
    case MOS_MACRO_ORDER:
      return "cancel";
    case MOS_MACRO_SET_CATEGORY:
      return categories->len > 0 && !((MosCategory *) categories->pdata[0])->is_removed ? ((MosCategory *) categories->pdata[0])->id : MOS_CATEGORY_NONE;
    case MOS_MACRO_ADD_TAG:
    case MOS_MACRO_REMOVE_TAG:
    case MOS_MACRO_ADD_NOTE:
    default:
      return "";
    }
}

static void
add_action (GSimpleAction *action,
            GVariant *parameter,
            gpointer user_data)
{
  MosMacroEditor *self = user_data;
  MosMacroActionKind kind = mos_macro_action_kind_from_nick (g_variant_get_string (parameter, NULL), MOS_MACRO_SET_STATUS);

  mos_macro_add_action (self->macro, kind, first_value (self, kind));
  mos_macro_editor_show_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->actions, (int) self->macro->actions->len - 1)));
  mos_macro_editor_touch (self);
}

char *
mos_macro_editor_describe_bad_action (MosMacroEditor *self)
{
  for (guint i = 0; i < self->macro->actions->len; i++)
    {
      const MosMacroAction *action = self->macro->actions->pdata[i];
      const MosWhenContext context = { .now_us = mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk))), .allow_answer = TRUE };
      g_auto (MosWhen) when = { 0 };

      if (!mos_macro_is_value (action->kind, action->value))
        /* Translators: %s is what a macro does, such as “Add tag”. */
        return g_strdup_printf (_ ("“%s” has no value that it can be set to."), mos_macro_action_kind_text (action->kind));
      if (action->kind == MOS_MACRO_SNOOZE && !mos_when_parse (&context, action->value, &when))
        return g_strdup_printf (_ ("“%s” is no time. Write it in English, such as “tomorrow 9” or “in 3 days”."), action->value);
    }
  return NULL;
}

void
mos_macro_editor_init_actions (MosMacroEditor *self)
{
  static const GActionEntry entries[] = {
    { .name = "add", .activate = add_action, .parameter_type = "s" },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint kind = 0; kind < MOS_MACRO_N_ACTIONS; kind++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (mos_macro_action_kind_text ((MosMacroActionKind) kind), NULL);

      g_menu_item_set_action_and_target (item, "actions.add", "s", mos_macro_action_kind_to_nick ((MosMacroActionKind) kind));
      g_menu_append_item (menu, item);
    }
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "actions", G_ACTION_GROUP (group));
  gtk_menu_button_set_menu_model (self->add_action, G_MENU_MODEL (menu));
}

/* --- files --- */

static void
on_remove_file_cb (MosMacroEditor *self,
                   GtkWidget *button)
{
  g_ptr_array_remove_index (self->macro->attachments, index_of (button));
  mos_macro_editor_show_files (self);
  mos_macro_editor_touch (self);
}

void
mos_macro_editor_show_files (MosMacroEditor *self)
{
  gtk_list_box_remove_all (self->files);
  gtk_widget_set_visible (GTK_WIDGET (self->files), self->macro->attachments->len > 0);
  for (guint i = 0; i < self->macro->attachments->len; i++)
    {
      const MosAttachment *attachment = self->macro->attachments->pdata[i];
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *size = g_format_size (attachment->size);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), attachment->name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), size);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_remove_button (self, i, attachment->name, G_CALLBACK (on_remove_file_cb)));
      gtk_list_box_append (self->files, row);
    }
}

static void
say (MosMacroEditor *self,
     const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

static void
on_attached_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (MosMacroEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  MosAttachment *attachment = mos_desk_attach_finish (MOS_DESK (source), result, &error);

  if (self->toasts == NULL)
    {
      g_clear_pointer (&attachment, mos_attachment_unref);
      return;
    }
  if (attachment == NULL)
    {
      say (self, mos_error_text (error).sentence);
      return;
    }
  g_ptr_array_add (self->macro->attachments, attachment);
  mos_macro_editor_show_files (self);
  mos_macro_editor_touch (self);
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosMacroEditor) self = user_data;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, NULL);
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *content_type = g_content_type_guess (name, NULL, 0, NULL);
  g_autofree char *type = g_content_type_get_mime_type (content_type);

  if (self->toasts == NULL)
    return;
  if (bytes == NULL)
    {
      say (self, _ ("The file could not be read"));
      return;
    }
  mos_desk_attach_async (self->desk, name, type, bytes, self->cancellable, on_attached_cb, g_object_ref (self));
}

static void
on_opened_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosMacroEditor) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && self->toasts != NULL)
    g_file_load_bytes_async (file, self->cancellable, on_loaded_cb, g_object_ref (self));
}

void
mos_macro_editor_attach (MosMacroEditor *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Attach a File"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable, on_opened_cb, g_object_ref (self));
}
