/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-macros"

#include "config.h"

#include "app/macros/mos-macro-editor-private.h"

#include "app/macros/mos-macro-text.h"
#include "app/widgets/mos-language-name.h"
#include "app/widgets/mos-text-direction.h"
#include "core/desk/mos-desk-views.h"

#include <glib/gi18n.h>
#include <string.h>

/* The text of a macro in each language: what is wrong with it is marked, and what it looks like for somebody is shown while it is written. */

#define CHECK_MS 150
#define PROBLEM_TAG "problem"
#define MISSING_TAG "missing"

static GtkTextBuffer *
get_buffer (MosMacroEditor *self)
{
  return gtk_text_view_get_buffer (self->text_view);
}

static char *
dup_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
get_range (GtkTextBuffer *buffer,
           const char *text,
           gsize first,
           gsize last,
           GtkTextIter *start,
           GtkTextIter *end)
{
  gtk_text_buffer_get_iter_at_offset (buffer, start, (int) g_utf8_pointer_to_offset (text, text + first));
  gtk_text_buffer_get_iter_at_offset (buffer, end, (int) g_utf8_pointer_to_offset (text, text + last));
}

static MosTemplate *
parse (const char *text)
{
  MosTemplate *template = mos_template_parse (text);

  mos_template_check_names (template, mos_macro_facts_list_names ());
  return template;
}

/* --- preview --- */

/* An order that was sent: all that a text can say of one. */
static MosOrder *
make_sample_order (gint64 now_us)
{
  const gint64 day_us = 24 * 60 * 60 * (gint64) G_USEC_PER_SEC;
  MosOrder *order = mos_order_make ("sample", "1001");
  MosOrderShipment *shipment;

  g_set_str (&order->number, "1001");
  g_set_str (&order->total, "49.90");
  g_set_str (&order->currency, "EUR");
  order->created_us = now_us - 5 * day_us;
  order->status_kind = MOS_ORDER_SHIPPED;
  shipment = mos_order_add_shipment (order);
  g_set_str (&shipment->number, "1Z0001001");
  g_set_str (&shipment->url, "https://example.com/track/1001");
  shipment->shipped_us = now_us - 2 * day_us;
  return order;
}

/* Nobody: a customer who is made up, so that it can be seen what a text looks like. */
static MosMacroFacts *
make_sample (MosMacroEditor *self)
{
  MosMacroFacts *facts = mos_macro_facts_new ();
  MosAgent *me = mos_desk_get_agent (self->desk);

  facts->customer = mos_customer_row_new ();
  facts->customer->id = g_strdup ("");
  facts->customer->name = g_strdup ("Ana García");
  facts->customer->identities = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_identity_unref);
  facts->address = g_strdup ("ana@example.com");
  facts->first_name = g_strdup ("Ana");
  facts->agent = me != NULL ? mos_agent_ref (me) : NULL;
  facts->now_us = mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk)));
  facts->order = make_sample_order (facts->now_us);
  facts->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  facts->shops = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_shop_account_unref);
  return facts;
}

static void
mark_missing (MosMacroEditor *self,
              MosMacroFilled *filled)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->preview);
  const char *from = filled->text;
  GtkTextIter start, end;
  gsize first, last;

  while (mos_macro_plan_find_blank (filled->plan, from, &first, &last))
    {
      gsize before = (gsize) (from - filled->text);

      get_range (buffer, filled->text, before + first, before + last, &start, &end);
      gtk_text_buffer_apply_tag_by_name (buffer, MISSING_TAG, &start, &end);
      from += last;
    }
}

static void
show_preview (MosMacroEditor *self)
{
  g_autoptr (MosMacro) macro = NULL;
  g_autoptr (MosMacroFilled) filled = NULL;
  const char *const languages[] = { self->language, NULL };
  MosMacroFilling filling = { .facts = self->facts, .languages = languages };

  if (self->facts == NULL)
    return;
  macro = mos_macro_copy (self->macro);
  if (macro->id == NULL)
    macro->id = g_strdup ("preview");
  filled = mos_macro_fill (macro, &filling);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->preview), filled->text != NULL ? filled->text : "", -1);
  if (filled->text != NULL)
    mark_missing (self, filled);
}

static void
take_facts (MosMacroEditor *self,
            MosMacroFacts *facts /* (transfer full) */)
{
  const char *known = facts->customer != NULL && facts->customer->name != NULL && *facts->customer->name != '\0' ? facts->customer->name : facts->address;
  const char *name = self->conversation != NULL ? known : NULL;
  /* Translators: %s is a customer's name. */
  g_autofree char *text = name != NULL ? g_strdup_printf (_ ("For %s, in the conversation that is open. What is red is not known there."), name)
                                       : g_strdup (_ ("For a customer who is made up. What is red is not known there."));

  g_clear_pointer (&self->facts, mos_macro_facts_unref);
  self->facts = facts;
  gtk_label_set_label (self->preview_for, text);
  show_preview (self);
}

static void
on_facts_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosMacroEditor) self = user_data;
  MosMacroFacts *facts = mos_desk_load_macro_facts_finish (MOS_DESK (source), result, NULL);

  if (self->toasts == NULL)
    g_clear_pointer (&facts, mos_macro_facts_unref);
  else if (facts != NULL)
    take_facts (self, facts);
}

/* --- what is wrong --- */

static void
show_problems (MosMacroEditor *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  g_autofree char *text = dup_text (buffer);
  g_autoptr (MosTemplate) template = parse (text);
  GPtrArray *problems = mos_template_get_problems (template);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag_by_name (buffer, PROBLEM_TAG, &start, &end);
  gtk_list_box_remove_all (self->problems);
  for (guint i = 0; i < problems->len; i++)
    {
      const MosTemplateProblem *problem = problems->pdata[i];
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *what = mos_macro_problem_text (problem);

      get_range (buffer, text, problem->start, MAX (problem->end, problem->start), &start, &end);
      if (gtk_text_iter_equal (&start, &end))
        gtk_text_iter_forward_char (&end);
      gtk_text_buffer_apply_tag_by_name (buffer, PROBLEM_TAG, &start, &end);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), what);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data (G_OBJECT (row), "offset", GINT_TO_POINTER (gtk_text_iter_get_offset (&start)));
      g_object_set_data (G_OBJECT (row), "end", GINT_TO_POINTER (gtk_text_iter_get_offset (&end)));
      gtk_list_box_append (self->problems, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problems), problems->len > 0);
}

void
mos_macro_editor_on_problem_activated (MosMacroEditor *self,
                                       GtkListBoxRow *row)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "offset")));
  gtk_text_buffer_get_iter_at_offset (buffer, &end, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "end")));
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_text_view_scroll_mark_onscreen (self->text_view, gtk_text_buffer_get_insert (buffer));
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static gboolean
on_check_cb (gpointer user_data)
{
  MosMacroEditor *self = user_data;

  self->check_id = 0;
  show_problems (self);
  show_preview (self);
  return G_SOURCE_REMOVE;
}

static void
on_text_changed_cb (MosMacroEditor *self)
{
  g_autofree char *text = NULL;

  if (self->is_setting)
    return;
  text = dup_text (get_buffer (self));
  mos_macro_set_text (self->macro, self->language, strspn (text, " \t\r\n") == strlen (text) ? NULL : text);
  mos_macro_editor_touch (self);
  if (self->check_id == 0)
    self->check_id = g_timeout_add (CHECK_MS, on_check_cb, self);
}

/* --- languages --- */

static void
show_language (MosMacroEditor *self,
               const char *language)
{
  const char *text = "";
  gboolean was_setting = self->is_setting;

  g_set_str (&self->language, language);
  for (guint i = 0; i < self->macro->texts->len; i++)
    if (g_str_equal (((MosMacroText *) self->macro->texts->pdata[i])->language, language))
      text = ((MosMacroText *) self->macro->texts->pdata[i])->text;
  self->is_setting = TRUE;
  gtk_text_buffer_set_enable_undo (get_buffer (self), FALSE);
  gtk_text_buffer_set_text (get_buffer (self), text, -1);
  gtk_text_buffer_set_enable_undo (get_buffer (self), TRUE);
  self->is_setting = was_setting;
  show_problems (self);
  show_preview (self);
}

static gboolean
has_language (GStrv languages,
              const char *language)
{
  return g_strv_contains ((const char *const *) languages, language);
}

/* Those that have a text, and the one that is shown. */
static GStrv
list_languages (MosMacroEditor *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) languages = NULL;

  for (guint i = 0; i < self->macro->texts->len; i++)
    g_strv_builder_add (builder, ((MosMacroText *) self->macro->texts->pdata[i])->language);
  languages = g_strv_builder_end (builder);
  if (has_language (languages, self->language))
    return g_steal_pointer (&languages);
  g_strv_builder_addv (builder, (const char **) languages);
  g_strv_builder_add (builder, self->language);
  return g_strv_builder_end (builder);
}

static void
fill_choice (MosMacroEditor *self)
{
  g_auto (GStrv) languages = list_languages (self);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gboolean was_setting = self->is_setting;
  guint chosen = 0;

  for (guint i = 0; languages[i] != NULL; i++)
    {
      gtk_string_list_append (names, mos_language_name (languages[i]));
      if (g_str_equal (languages[i], self->language))
        chosen = i;
    }
  self->is_setting = TRUE;
  gtk_drop_down_set_model (self->language_choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->language_choice, chosen);
  g_object_set_data_full (G_OBJECT (self->language_choice), "languages", g_steal_pointer (&languages), (GDestroyNotify) g_strfreev);
  self->is_setting = was_setting;
}

static void
on_language_cb (MosMacroEditor *self)
{
  GStrv languages = g_object_get_data (G_OBJECT (self->language_choice), "languages");
  guint chosen = gtk_drop_down_get_selected (self->language_choice);

  if (!self->is_setting && languages != NULL && chosen < g_strv_length (languages) && !g_str_equal (languages[chosen], self->language))
    {
      g_autofree char *language = g_strdup (languages[chosen]);

      show_language (self, language);
    }
}

static void
add_language_action (GSimpleAction *action,
                     GVariant *parameter,
                     gpointer user_data)
{
  MosMacroEditor *self = user_data;

  show_language (self, g_variant_get_string (parameter, NULL));
  fill_choice (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
insert_action (GSimpleAction *action,
               GVariant *parameter,
               gpointer user_data)
{
  MosMacroEditor *self = user_data;
  const char *name = g_variant_get_string (parameter, NULL);
  g_autofree char *tag = g_str_equal (name, "ask") ? g_strdup_printf ("{{ask:\"%s\"}}", _ ("Question")) : g_strdup_printf ("{{%s}}", name);

  gtk_text_buffer_delete_selection (get_buffer (self), TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (get_buffer (self), tag, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
add_item (GMenu *menu,
          const char *label,
          const char *action,
          const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

/* What a macro can say, by what is before the point; the names are those that are typed. */
static GMenu *
make_insert_menu (void)
{
  const char *const *names = mos_macro_facts_list_names ();
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) group = NULL;
  g_autofree char *heading = NULL;

  add_item (menu, _ ("A question to whoever answers"), "editor.insert", "ask");
  for (; *names != NULL; names++)
    {
      g_autofree char *first = g_strndup (*names, strcspn (*names, "."));

      if (strchr (*names, '.') == NULL)
        {
          add_item (menu, *names, "editor.insert", *names);
          continue;
        }
      if (g_strcmp0 (first, heading) != 0)
        {
          g_clear_object (&group);
          group = g_menu_new ();
          g_menu_append_submenu (menu, first, G_MENU_MODEL (group));
          g_set_str (&heading, first);
        }
      add_item (group, *names, "editor.insert", *names);
    }
  return menu;
}

static GMenu *
make_language_menu (void)
{
  GMenu *menu = g_menu_new ();
  guint n;
  const MosLanguageName *languages = mos_language_names (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *folded = mos_macro_fold_language (languages[i].code);

      add_item (menu, languages[i].name, "editor.add-language", folded);
    }
  return menu;
}

/* --- for mos-macro-editor.c --- */

gboolean
mos_macro_editor_check_texts (MosMacroEditor *self)
{
  for (guint i = 0; i < self->macro->texts->len; i++)
    {
      const MosMacroText *text = self->macro->texts->pdata[i];
      g_autoptr (MosTemplate) template = mos_template_parse (text->text);
      g_autofree char *language = g_strdup (text->language);

      /* A name that nobody knows may be one of a later version: it is told, and kept. */
      if (mos_template_get_problems (template)->len == 0)
        continue;
      if (!g_str_equal (language, self->language))
        {
          show_language (self, language);
          fill_choice (self);
        }
      show_problems (self);
      return FALSE;
    }
  return TRUE;
}

void
mos_macro_editor_init_text (MosMacroEditor *self)
{
  static const GActionEntry entries[] = {
    { .name = "insert", .activate = insert_action, .parameter_type = "s" },
    { .name = "add-language", .activate = add_language_action, .parameter_type = "s" },
  };
  const GdkRGBA red = { 0.88f, 0.11f, 0.14f, 0.3f };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) insert = make_insert_menu ();
  g_autoptr (GMenu) languages = make_language_menu ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "editor", G_ACTION_GROUP (group));
  gtk_menu_button_set_menu_model (self->insert_button, G_MENU_MODEL (insert));
  gtk_menu_button_set_menu_model (self->add_language, G_MENU_MODEL (languages));
  gtk_text_buffer_create_tag (get_buffer (self), PROBLEM_TAG, "underline", PANGO_UNDERLINE_ERROR, NULL);
  gtk_text_buffer_create_tag (gtk_text_view_get_buffer (self->preview), MISSING_TAG, "background-rgba", &red, NULL);
  mos_widget_set_label (GTK_WIDGET (self->language_choice), _ ("Language of the text"));
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (on_text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->language_choice, "notify::selected", G_CALLBACK (on_language_cb), self, G_CONNECT_SWAPPED);
}

void
mos_macro_editor_open_text (MosMacroEditor *self)
{
  g_autofree char *own = mos_macro_fold_language (g_get_language_names ()[0]);
  const char *const wanted[] = { own, "en", NULL };
  const MosMacroText *text = mos_macro_choose_text (self->macro, wanted);

  /* Without its country: most shops write one Spanish. */
  own[strcspn (own, "-")] = '\0';
  show_language (self, text != NULL ? text->language : *own != '\0' ? own
                                                                    : "en");
  fill_choice (self);
  if (self->conversation != NULL)
    mos_desk_load_macro_facts_async (self->desk, &(MosMacroSubject) { .conversation = self->conversation }, self->cancellable, on_facts_cb, g_object_ref (self));
  else
    take_facts (self, make_sample (self));
}

void
mos_macro_editor_dispose_text (MosMacroEditor *self)
{
  g_clear_handle_id (&self->check_id, g_source_remove);
}
