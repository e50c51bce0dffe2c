/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-composer-private.h"

#include "app/application/mos-settings.h"
#include "app/composer/mos-markup-edit.h"
#include "app/composer/mos-markup-tags.h"
#include "app/composer/mos-spelling.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-language-name.h"

#include <glib/gi18n.h>
#include <libspelling.h>

/* The text of the composer: its marks, the keys of lists, links, and what is misspelt in which language. */

struct _MosComposerText
{
  SpellingTextBufferAdapter *adapter; /* (owned) (nullable): there once something was to be checked */
  char *language;                     /* (owned) (nullable): of the conversation */
  GSimpleAction *choice;              /* (owned): "auto", "none" or a dictionary's code */
  guint apply_id;
  gboolean is_applying;  /* the program chooses, not a person */
  gboolean is_composing; /* an input method is at work: keys are its own */
};

static GtkTextBuffer *
get_buffer (MosComposer *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view));
}

/* --- spelling --- */

static GStrv
list_dictionaries (GListModel **ret_languages)
{
  g_autoptr (GListModel) languages = spelling_provider_list_languages (spelling_provider_get_default ());
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; languages != NULL && i < g_list_model_get_n_items (languages); i++)
    {
      g_autoptr (SpellingLanguage) language = g_list_model_get_item (languages, i);

      g_strv_builder_add (builder, spelling_language_get_code (language));
    }
  if (ret_languages != NULL)
    *ret_languages = g_steal_pointer (&languages);
  return g_strv_builder_end (builder);
}

/* Returns: (nullable): what the text is taken to be in, where nobody chose */
static const char *
get_presumed_language (MosComposer *self)
{
  const char *name = g_get_language_names ()[0];

  if (self->text->language != NULL)
    return self->text->language;
  return g_str_equal (name, "C") || g_str_equal (name, "POSIX") ? NULL : name;
}

static char *
choose_dictionary (const char *language,
                   GStrv dictionaries)
{
  g_autofree char *code = language != NULL ? g_strdup (language) : NULL;

  if (code == NULL)
    return NULL;
  /* "es_MX.UTF-8@euro" */
  code[strcspn (code, ".@")] = '\0';
  return mos_spelling_choose (code, (const char *const *) dictionaries, g_get_language_names ());
}

static void
on_adapter_changed_cb (MosComposer *self)
{
  MosComposerText *text = self->text;
  const char *code;

  if (text->is_applying || self->draft == NULL)
    return;
  /* From the menu of the text. */
  code = spelling_text_buffer_adapter_get_enabled (text->adapter) ? spelling_text_buffer_adapter_get_language (text->adapter) : "";
  g_set_str (&self->draft->language, code);
  g_simple_action_set_state (text->choice, g_variant_new_string (code == NULL ? "auto" : *code == '\0' ? "none"
                                                                                                       : code));
  mos_composer_touch (self);
}

static void
make_adapter (MosComposer *self,
              const char *code)
{
  static GPtrArray *kept;
  MosComposerText *text = self->text;
  g_autoptr (SpellingChecker) checker = spelling_checker_new (NULL, code);

  text->adapter = spelling_text_buffer_adapter_new (GTK_SOURCE_BUFFER (get_buffer (self)), checker);
  /* libspelling (to 0.4.10 at least) does not free what an adapter knows of its text: there are two in a window, and they are kept. */
  if (kept == NULL)
    kept = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (kept, g_object_ref (text->adapter));
  mos_markup_tags_show_unchecked (get_buffer (self));
  gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (self->text_view), spelling_text_buffer_adapter_get_menu_model (text->adapter));
  gtk_widget_insert_action_group (GTK_WIDGET (self->text_view), "spelling", G_ACTION_GROUP (text->adapter));
  g_signal_connect_object (text->adapter, "notify::language", G_CALLBACK (on_adapter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (text->adapter, "notify::enabled", G_CALLBACK (on_adapter_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
apply_language (MosComposer *self)
{
  MosComposerText *text = self->text;
  const char *language = self->draft->language != NULL ? self->draft->language : get_presumed_language (self);
  g_auto (GStrv) dictionaries = list_dictionaries (NULL);
  g_autofree char *code = choose_dictionary (language, dictionaries);

  text->is_applying = TRUE;
  if (code != NULL && text->adapter == NULL)
    make_adapter (self, code);
  if (text->adapter != NULL)
    {
      if (code != NULL)
        spelling_text_buffer_adapter_set_language (text->adapter, code);
      spelling_text_buffer_adapter_set_enabled (text->adapter, code != NULL);
    }
  text->is_applying = FALSE;
}

static gboolean
on_apply_cb (gpointer user_data)
{
  MosComposer *self = user_data;

  self->text->apply_id = 0;
  if (self->draft != NULL)
    apply_language (self);
  return G_SOURCE_REMOVE;
}

static void
on_language_chosen_cb (GSimpleAction *action,
                       GVariant *parameter,
                       MosComposer *self)
{
  const char *chosen = g_variant_get_string (parameter, NULL);

  if (self->draft == NULL)
    return;
  g_simple_action_set_state (action, parameter);
  g_set_str (&self->draft->language, g_str_equal (chosen, "auto") ? NULL : g_str_equal (chosen, "none") ? ""
                                                                                                        : chosen);
  apply_language (self);
  mos_composer_touch (self);
}

static void
append_choice (GMenu *menu,
               const char *label,
               const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "writing.language", "s", target);
  g_menu_append_item (menu, item);
}

static void
fill_language_menu (GtkMenuButton *button,
                    gpointer user_data)
{
  MosComposer *self = user_data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();
  g_autoptr (GListModel) languages = NULL;
  g_auto (GStrv) dictionaries = list_dictionaries (&languages);
  const char *presumed = get_presumed_language (self);
  g_autofree char *code = choose_dictionary (presumed, dictionaries);
  g_autofree char *label = NULL;

  if (presumed == NULL)
    label = g_strdup (_ ("Language of the Conversation (Not Known)"));
  else if (code == NULL)
    /* Translators: %s is what a language calls itself ("Euskara"); the text is not checked then. */
    label = g_strdup_printf (_ ("Language of the Conversation (%s: No Dictionary)"), mos_language_name (presumed));
  else
    {
      g_autofree char *bare = g_strndup (code, strcspn (code, "_"));

      /* Translators: %s is what a language calls itself ("Español"). */
      label = g_strdup_printf (_ ("Language of the Conversation (%s)"), mos_language_name (bare));
    }
  append_choice (first, label, "auto");
  append_choice (first, _ ("Do Not Check Spelling"), "none");
  g_menu_append_section (menu, _ ("Spelling"), G_MENU_MODEL (first));
  for (guint i = 0; languages != NULL && i < g_list_model_get_n_items (languages); i++)
    {
      g_autoptr (SpellingLanguage) language = g_list_model_get_item (languages, i);

      append_choice (rest, spelling_language_get_name (language), spelling_language_get_code (language));
    }
  /* Where there is no dictionary at all, it says what to do. */
  if (g_strv_length (dictionaries) == 0)
    g_menu_append (rest, _ ("No Dictionaries Are Installed"), "writing.no-dictionary");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/* --- links --- */

typedef struct
{
  MosComposer *self; /* (owned) */
  AdwEntryRow *words;
  AdwEntryRow *address;
} LinkDialog;

static void
update_link_dialog (AdwAlertDialog *dialog)
{
  LinkDialog *link = g_object_get_data (G_OBJECT (dialog), "link");
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (link->address));
  g_autofree char *url = mos_markup_edit_complete_url (typed);

  adw_alert_dialog_set_response_enabled (dialog, "set", url != NULL);
  if (url == NULL && *typed != '\0')
    gtk_widget_add_css_class (GTK_WIDGET (link->address), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (link->address), "error");
}

static void
on_link_response_cb (AdwAlertDialog *dialog,
                     const char *response,
                     LinkDialog *link)
{
  MosComposer *self = link->self;
  g_autofree char *url = mos_markup_edit_complete_url (gtk_editable_get_text (GTK_EDITABLE (link->address)));

  if (self->box == NULL || self->draft == NULL)
    return;
  if (g_str_equal (response, "set") && url != NULL)
    mos_markup_edit_set_link (get_buffer (self), gtk_editable_get_text (GTK_EDITABLE (link->words)), url);
  else if (g_str_equal (response, "remove"))
    mos_markup_edit_set_link (get_buffer (self), gtk_editable_get_text (GTK_EDITABLE (link->words)), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
link_dialog_free (gpointer data)
{
  LinkDialog *link = data;

  g_object_unref (link->self);
  g_free (link);
}

static void
ask_link (MosComposer *self)
{
  g_autofree char *words = NULL;
  g_autofree char *url = NULL;
  g_autofree char *guess = NULL;
  AdwDialog *dialog;
  GtkWidget *list;
  LinkDialog *link;

  if (!mos_markup_edit_find_link (get_buffer (self), &words, &url))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  link = g_new0 (LinkDialog, 1);
  link->self = g_object_ref (self);
  link->words = ADW_ENTRY_ROW (adw_entry_row_new ());
  link->address = ADW_ENTRY_ROW (adw_entry_row_new ());
  guess = url == NULL ? mos_markup_edit_complete_url (words) : NULL;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (link->words), _ ("Text"));
  /* Translators: where a link leads to */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (link->address), C_ ("link", "Address"));
  adw_entry_row_set_activates_default (link->words, TRUE);
  adw_entry_row_set_activates_default (link->address, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (link->words), words);
  gtk_editable_set_text (GTK_EDITABLE (link->address), url != NULL ? url : guess != NULL ? guess
                                                                                         : "");
  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (link->address));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (link->words));

  dialog = adw_alert_dialog_new (C_ ("link", "Link"), NULL);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), list);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"));
  if (url != NULL)
    adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "remove", _ ("_Remove Link"));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "set", url != NULL ? _ ("_Change") : _ ("_Add"));
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "set", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "set");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "link", link, link_dialog_free);
  g_signal_connect (dialog, "response", G_CALLBACK (on_link_response_cb), link);
  g_signal_connect_object (link->address, "changed", G_CALLBACK (update_link_dialog), dialog, G_CONNECT_SWAPPED);
  update_link_dialog (ADW_ALERT_DIALOG (dialog));
  adw_dialog_set_focus (dialog, GTK_WIDGET (link->address));
  mos_dialog_present (dialog, GTK_WIDGET (self));
}

/* --- actions --- */

/* What the text is where the caret stands. */
static void
update_format_buttons (MosComposer *self)
{
  GtkTextBuffer *buffer;
  MosMarkupLineKind lines;

  if (self->draft == NULL || !self->draft->is_marked || !gtk_widget_get_visible (self->writing_bar))
    return;
  buffer = get_buffer (self);
  lines = mos_markup_edit_get_lines (buffer);
  gtk_toggle_button_set_active (self->bold_button, mos_markup_edit_has_style (buffer, MOS_MARKUP_BOLD));
  gtk_toggle_button_set_active (self->italic_button, mos_markup_edit_has_style (buffer, MOS_MARKUP_ITALIC));
  gtk_toggle_button_set_active (self->bullets_button, lines == MOS_MARKUP_LINE_BULLET);
  gtk_toggle_button_set_active (self->numbers_button, lines == MOS_MARKUP_LINE_NUMBER);
  gtk_toggle_button_set_active (self->quote_button, lines == MOS_MARKUP_LINE_QUOTE);
}

static void
format_action (GtkWidget *widget,
               const char *action,
               GVariant *parameter)
{
  MosComposer *self = MOS_COMPOSER (widget);
  GtkTextBuffer *buffer = get_buffer (self);
  const char *what = action + strlen ("composer.");

  if (self->draft == NULL || !self->draft->is_marked || self->is_sending)
    return;
  if (g_str_equal (what, "link"))
    {
      ask_link (self);
      return;
    }
  if (g_str_equal (what, "bold") || g_str_equal (what, "italic"))
    mos_markup_edit_toggle (buffer, g_str_equal (what, "bold") ? MOS_MARKUP_BOLD : MOS_MARKUP_ITALIC);
  else if (g_str_equal (what, "clear-formatting"))
    mos_markup_edit_clear (buffer);
  else
    mos_markup_edit_set_lines (buffer, g_str_equal (what, "bullets")   ? MOS_MARKUP_LINE_BULLET
                                       : g_str_equal (what, "numbers") ? MOS_MARKUP_LINE_NUMBER
                                                                       : MOS_MARKUP_LINE_QUOTE);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self->text_view), gtk_text_buffer_get_insert (buffer));
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static const char *const format_actions[] = { "composer.bold", "composer.italic", "composer.link", "composer.bullets", "composer.numbers", "composer.quote", "composer.clear-formatting" };

static gboolean
on_text_key_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                MosComposer *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  gboolean done = FALSE;

  if (self->draft == NULL || self->text->is_composing)
    return GDK_EVENT_PROPAGATE;
  if (mos_composer_mention_key (self, keyval, state) || mos_composer_macro_key (self, keyval, state))
    return GDK_EVENT_STOP;
  if (!self->draft->is_marked || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)
    done = mos_markup_edit_newline (buffer);
  else if (keyval == GDK_KEY_BackSpace)
    done = mos_markup_edit_backspace (buffer);
  if (!done)
    return GDK_EVENT_PROPAGATE;
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self->text_view), gtk_text_buffer_get_insert (buffer));
  return GDK_EVENT_STOP;
}

static void
on_preedit_changed_cb (MosComposer *self,
                       const char *preedit)
{
  self->text->is_composing = *preedit != '\0';
}

/* --- for mos-composer.c --- */

void
mos_composer_class_init_text (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MosComposer, writing_bar);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, writing_toggle);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, format_buttons);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, bold_button);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, italic_button);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, bullets_button);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, numbers_button);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, quote_button);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, language_button);
  for (guint i = 0; i < G_N_ELEMENTS (format_actions); i++)
    gtk_widget_class_install_action (widget_class, format_actions[i], NULL, format_action);
}

void
mos_composer_init_text (MosComposer *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) none = g_simple_action_new ("no-dictionary", NULL);

  spelling_init ();
  self->text = g_new0 (MosComposerText, 1);
  self->text->choice = g_simple_action_new_stateful ("language", G_VARIANT_TYPE_STRING, g_variant_new_string ("auto"));
  g_signal_connect_object (self->text->choice, "activate", G_CALLBACK (on_language_chosen_cb), self, 0);
  g_simple_action_set_enabled (none, FALSE);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->text->choice));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (none));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "writing", G_ACTION_GROUP (group));
  gtk_menu_button_set_create_popup_func (self->language_button, fill_language_menu, self, NULL);

  mos_markup_tags_attach (get_buffer (self));
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_text_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->text_view), key);
  g_signal_connect_object (self->text_view, "preedit-changed", G_CALLBACK (on_preedit_changed_cb), self, G_CONNECT_SWAPPED);
  g_settings_bind (mos_settings_get (), "show-formatting", self->writing_toggle, "active", G_SETTINGS_BIND_DEFAULT);
  g_object_bind_property (self->writing_toggle, "active", self->writing_bar, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (get_buffer (self), "notify::cursor-position", G_CALLBACK (update_format_buttons), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_buffer (self), "notify::has-selection", G_CALLBACK (update_format_buttons), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->writing_bar, "notify::visible", G_CALLBACK (update_format_buttons), self, G_CONNECT_SWAPPED);
}

void
mos_composer_open_text (MosComposer *self)
{
  MosComposerText *text = self->text;
  const char *chosen = self->draft->language;
  gboolean is_marked = self->draft->is_marked;

  mos_markup_tags_set_enabled (get_buffer (self), is_marked);
  gtk_widget_set_visible (self->format_buttons, is_marked);
  for (guint i = 0; i < G_N_ELEMENTS (format_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), format_actions[i], is_marked);
  g_simple_action_set_state (text->choice, g_variant_new_string (chosen == NULL ? "auto" : *chosen == '\0' ? "none"
                                                                                                           : chosen));
  /* A dictionary takes a while to be read: the draft is shown first. */
  if (text->apply_id == 0)
    text->apply_id = g_timeout_add_full (G_PRIORITY_LOW, 50, on_apply_cb, self, NULL);
}

void
mos_composer_dispose_text (MosComposer *self)
{
  if (self->text == NULL)
    return;
  g_clear_handle_id (&self->text->apply_id, g_source_remove);
  if (self->text->adapter != NULL)
    g_signal_handlers_disconnect_by_func (self->text->adapter, on_adapter_changed_cb, self);
}

void
mos_composer_finalize_text (MosComposer *self)
{
  if (self->text == NULL)
    return;
  g_clear_object (&self->text->adapter);
  g_clear_object (&self->text->choice);
  g_clear_pointer (&self->text->language, g_free);
  g_clear_pointer (&self->text, g_free);
}

void
mos_composer_set_language (MosComposer *self,
                           const char *language)
{
  g_return_if_fail (MOS_IS_COMPOSER (self));

  if (!g_set_str (&self->text->language, language) || self->draft == NULL || self->text->apply_id != 0)
    return;
  self->text->apply_id = g_timeout_add_full (G_PRIORITY_LOW, 50, on_apply_cb, self, NULL);
}

const char *
mos_composer_get_language (MosComposer *self)
{
  return self->text->language;
}

void
mos_composer_point_choices (MosComposer *self,
                            MosChoices *choices,
                            const GtkTextIter *at)
{
  GdkRectangle place;
  graphene_point_t point;
  int x, y;

  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self->text_view), at, &place);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (self->text_view), GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &x, &y);
  if (!gtk_widget_compute_point (GTK_WIDGET (self->text_view), self->box, &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return;
  place.x = (int) point.x;
  place.y = (int) point.y;
  mos_choices_point_to (choices, &place);
}
