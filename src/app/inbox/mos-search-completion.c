/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-search-completion.h"

#include "app/application/mos-settings.h"
#include "app/inbox/mos-query-words.h"
#include "app/widgets/mos-channel-text.h"
#include "app/widgets/mos-choices.h"
#include "app/widgets/mos-language-name.h"
#include "app/widgets/mos-text-direction.h"
#include "core/desk/mos-desk-categories.h"
#include "core/model/mos-model.h"

#include <glib/gi18n.h>

#define MAX_CHOICES 12
#define MAX_RECENT 10
/* A single letter begins every other word. */
#define MIN_OPERATOR 2

struct _MosSearchCompletion
{
  GObject parent_instance;

  GtkEditable *entry;        /* (borrowed) */
  MosDesk *desk;             /* (owned) */
  MosChoices *choices;       /* (owned) (nullable): %NULL after dispose */
  GCancellable *cancellable; /* (owned) (nullable): of addresses being looked for */
  gsize from, to;            /* bytes of the entry's text that a choice takes the place of */
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (MosSearchCompletion, mos_search_completion, G_TYPE_OBJECT)

/* --- what is offered --- */

static void
clear_choices (MosSearchCompletion *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  mos_choices_clear (self->choices);
}

void
mos_search_completion_close (MosSearchCompletion *self)
{
  g_return_if_fail (MOS_IS_SEARCH_COMPLETION (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->choices != NULL)
    mos_choices_close (self->choices);
}

/* @insert: what is written; @shown: what is read, with @description (nullable) beside it */
static void
add_choice (MosSearchCompletion *self,
            const char *insert,
            const char *shown,
            const char *description)
{
  if (mos_choices_get_n (self->choices) < MAX_CHOICES)
    mos_choices_add (self->choices, shown, description, g_strdup (insert), g_free);
}

static gboolean
begins (const char *name,
        const char *typed)
{
  return *typed == '\0' || g_str_match_string (typed, name, TRUE);
}

static void
add_value (MosSearchCompletion *self,
           const char *value,
           const char *description,
           const char *typed)
{
  g_autofree char *quoted = NULL, *insert = NULL;

  if (value == NULL || *value == '\0' || (!begins (value, typed) && !(description != NULL && *typed != '\0' && begins (description, typed))))
    return;
  quoted = mos_query_quote (value);
  insert = g_strconcat (quoted, " ", NULL);
  add_choice (self, insert, value, description);
}

static void
add_operators (MosSearchCompletion *self,
               const char *typed)
{
  g_autofree char *small = g_utf8_strdown (typed, -1);

  for (int op = MOS_QUERY_FROM; op < MOS_QUERY_N_OPERATORS; op++)
    {
      const char *name = mos_query_names_get (mos_query_words_get_names (), (MosQueryOperator) op);
      const char *english = mos_query_operator_to_nick ((MosQueryOperator) op);
      g_autofree char *insert = g_strconcat (name, ":", NULL);

      if (g_str_has_prefix (name, small) || g_str_has_prefix (english, small))
        add_choice (self, insert, insert, mos_query_words_describe ((MosQueryOperator) op));
    }
}

static void
on_addresses_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (MosSearchCompletion) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = mos_desk_complete_address_finish (MOS_DESK (source), result, &error);

  if (found == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("No addresses: %s", error->message);
      return;
    }
  if (self->choices == NULL)
    return;
  for (guint i = 0; i < found->len; i++)
    {
      MosAddress *address = g_ptr_array_index (found, i);

      add_value (self, address->address, address->name, "");
    }
  if (mos_choices_get_n (self->choices) > 0)
    mos_choices_show (self->choices, FALSE);
}

/* Those of the accounts; some have several of a kind. */
static void
add_channels (MosSearchCompletion *self,
              const char *typed)
{
  GListModel *accounts = mos_desk_get_accounts (self->desk);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);
      const char *kind = mos_account_item_get_account (item)->kind;

      if (g_hash_table_add (seen, g_strdup (kind)))
        add_value (self, kind, mos_channel_text (kind), typed);
    }
}

static void
add_values (MosSearchCompletion *self,
            MosQueryOperator op,
            const char *typed)
{
  const MosQueryNames *names = mos_query_words_get_names ();
  const char *const *nicks = mos_query_operator_list_values (op);

  for (gsize i = 0; nicks != NULL && nicks[i] != NULL; i++)
    add_value (self, mos_query_names_get_value (names, op, nicks[i]), op == MOS_QUERY_IS ? mos_query_words_describe_value (op, nicks[i]) : NULL, typed);

  if (op == MOS_QUERY_TAG)
    {
      GStrv tags = mos_desk_get_tags (self->desk);

      for (gsize i = 0; tags != NULL && tags[i] != NULL; i++)
        add_value (self, tags[i], NULL, typed);
    }
  else if (op == MOS_QUERY_CATEGORY)
    {
      GPtrArray *categories = mos_desk_get_categories (self->desk);

      for (guint i = 0; i < categories->len; i++)
        if (!((MosCategory *) categories->pdata[i])->is_removed)
          add_value (self, ((MosCategory *) categories->pdata[i])->name, NULL, typed);
    }
  else if (op == MOS_QUERY_ASSIGNEE)
    {
      GPtrArray *agents = mos_desk_get_agents (self->desk);

      for (guint i = 0; agents != NULL && i < agents->len; i++)
        add_value (self, ((MosAgent *) g_ptr_array_index (agents, i))->name, NULL, typed);
    }
  else if (op == MOS_QUERY_ACCOUNT)
    {
      GListModel *accounts = mos_desk_get_accounts (self->desk);

      for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
        {
          g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);
          MosAccount *account = mos_account_item_get_account (item);

          add_value (self, account->name, account->address, typed);
        }
    }
  else if (op == MOS_QUERY_LANG)
    {
      guint n = 0;
      const MosLanguageName *languages = mos_language_names (&n);

      for (guint i = 0; i < n; i++)
        add_value (self, languages[i].code, languages[i].name, typed);
    }
  else if (op == MOS_QUERY_CHANNEL)
    add_channels (self, typed);
  else if ((op == MOS_QUERY_FROM || op == MOS_QUERY_TO) && g_utf8_strlen (typed, -1) >= 2)
    {
      self->cancellable = g_cancellable_new ();
      mos_desk_complete_address_async (self->desk, typed, MAX_CHOICES, self->cancellable, on_addresses_cb, g_object_ref (self));
    }
  else if (op == MOS_QUERY_OLDER || op == MOS_QUERY_NEWER)
    for (gsize i = 0; i < 5; i++)
      {
        static const char *const ages[] = { "1d", "7d", "2w", "3m", "1y" };

        add_value (self, ages[i], NULL, typed);
      }
}

static void
update_choices (MosSearchCompletion *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  gsize caret = (gsize) (g_utf8_offset_to_pointer (text, gtk_editable_get_position (self->entry)) - text);
  g_autoptr (MosQuery) query = mos_query_parse (text, mos_query_words_get_names ());

  clear_choices (self);
  for (guint i = 0; i < query->tokens->len; i++)
    {
      MosQueryToken *token = g_ptr_array_index (query->tokens, i);
      g_autofree char *typed = NULL;

      /* Only at its end; and one in quotation marks is no word to go on with. */
      if (token->end != caret || (token->end > token->value_start && text[token->end - 1] == '"'))
        continue;
      typed = g_strndup (text + token->value_start, token->end - token->value_start);
      self->to = token->end;
      self->from = token->value_start;
      if (token->has_operator)
        {
          /* The opening quotation mark is written anew with the value. */
          if (self->from > token->start && text[self->from - 1] == '"')
            self->from--;
          add_values (self, token->op, typed);
        }
      else if (token->value_start == token->start && g_utf8_strlen (typed, -1) >= MIN_OPERATOR)
        add_operators (self, typed);
    }
  mos_choices_show (self->choices, FALSE);
}

static void
offer_recent (MosSearchCompletion *self)
{
  g_auto (GStrv) recent = g_settings_get_strv (mos_settings_get (), "recent-searches");

  clear_choices (self);
  self->from = 0;
  self->to = strlen (gtk_editable_get_text (self->entry));
  for (gsize i = 0; recent[i] != NULL; i++)
    add_choice (self, recent[i], recent[i], NULL);
  mos_choices_show (self->choices, FALSE);
}

void
mos_search_completion_remember (MosSearchCompletion *self,
                                const char *typed)
{
  g_auto (GStrv) recent = g_settings_get_strv (mos_settings_get (), "recent-searches");
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autofree char *plain = g_strstrip (g_strdup (typed));

  g_return_if_fail (MOS_IS_SEARCH_COMPLETION (self));

  if (*plain == '\0')
    return;
  g_ptr_array_add (kept, plain);
  for (gsize i = 0; recent[i] != NULL && kept->len < MAX_RECENT; i++)
    if (!g_str_equal (recent[i], plain))
      g_ptr_array_add (kept, recent[i]);
  g_ptr_array_add (kept, NULL);
  g_settings_set_strv (mos_settings_get (), "recent-searches", (const char *const *) kept->pdata);
}

/* --- taking one --- */

static void
on_taken_cb (MosSearchCompletion *self,
             const char *insert)
{
  const char *text = gtk_editable_get_text (self->entry);
  g_autofree char *written = NULL;
  int position;

  if (self->to > strlen (text) || self->from > self->to)
    return;
  written = g_strdup_printf ("%.*s%s%s", (int) self->from, text, insert, text + self->to);
  position = (int) g_utf8_strlen (written, (gssize) (self->from + strlen (insert)));
  /* Taken by the pointer; where it is there already it would select the text. */
  if (!gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (self->entry))))
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  self->is_setting = TRUE;
  gtk_editable_set_text (self->entry, written);
  gtk_editable_set_position (self->entry, position);
  self->is_setting = FALSE;
  /* Behind an operator come its values. */
  if (g_str_has_suffix (insert, ":"))
    update_choices (self);
  else
    mos_search_completion_close (self);
}

static gboolean
on_key_pressed_cb (MosSearchCompletion *self,
                   guint keyval,
                   guint keycode,
                   GdkModifierType state)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;
  if (mos_choices_take_key (self->choices, keyval, state))
    {
      if (keyval == GDK_KEY_Escape)
        mos_search_completion_close (self);
      return GDK_EVENT_STOP;
    }
  if ((keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down) && !mos_choices_is_open (self->choices) && *gtk_editable_get_text (self->entry) == '\0')
    {
      offer_recent (self);
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)
    mos_search_completion_close (self);
  return GDK_EVENT_PROPAGATE;
}

static void
on_changed_cb (MosSearchCompletion *self)
{
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (self->entry));

  if (self->is_setting)
    return;
  /* What is set by the program is not being typed. */
  if (gtk_widget_has_focus (GTK_WIDGET (text)))
    update_choices (self);
  else
    mos_search_completion_close (self);
}

static void
on_focus_left_cb (MosSearchCompletion *self)
{
  mos_search_completion_close (self);
}

/* --- class --- */

static void
mos_search_completion_dispose (GObject *object)
{
  MosSearchCompletion *self = MOS_SEARCH_COMPLETION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->choices);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_search_completion_parent_class)->dispose (object);
}

static void
mos_search_completion_class_init (MosSearchCompletionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_search_completion_dispose;
}

static void
mos_search_completion_init (MosSearchCompletion *self)
{
}

MosSearchCompletion *
mos_search_completion_new (GtkEditable *entry,
                           GtkWidget *parent,
                           MosDesk *desk)
{
  MosSearchCompletion *self = g_object_new (MOS_TYPE_SEARCH_COMPLETION, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = entry;
  self->desk = g_object_ref (desk);

  self->choices = mos_choices_new (parent, GTK_WIDGET (entry), _ ("Search suggestions"));
  g_signal_connect_object (self->choices, "taken", G_CALLBACK (on_taken_cb), self, G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (entry), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (entry), focus);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/* --- help --- */

static void
on_help_activated_cb (GtkEditable *entry,
                      GtkListBoxRow *row,
                      GtkListBox *list)
{
  const char *insert = g_object_get_data (G_OBJECT (row), "insert");
  const char *text = gtk_editable_get_text (entry);
  gboolean needs_space = *text != '\0' && !g_str_has_suffix (text, " ");
  g_autofree char *written = g_strconcat (text, needs_space ? " " : "", insert, NULL);
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER);

  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_set_text (entry, written);
  gtk_editable_set_position (entry, -1);
}

static void
add_help_row (GtkListBox *list,
              const char *term,
              const char *description,
              const char *insert)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = gtk_label_new (term), *second = gtk_label_new (description);
  g_autofree char *name = g_strdup_printf ("%s, %s", term, description);

  gtk_label_set_xalign (GTK_LABEL (first), 0);
  gtk_label_set_xalign (GTK_LABEL (second), 0);
  gtk_label_set_wrap (GTK_LABEL (second), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (second), 36);
  gtk_widget_add_css_class (second, "dimmed");
  gtk_widget_add_css_class (second, "caption");
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  mos_widget_set_label (row, name);
  g_object_set_data_full (G_OBJECT (row), "insert", g_strdup (insert), g_free);
  gtk_list_box_append (list, row);
}

GtkWidget *
mos_search_help_new (GtkEditable *entry)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  mos_widget_set_label (list, _ ("What can be searched for"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  add_help_row (GTK_LIST_BOX (list), _ ("late parcel"), _ ("Both words in one message"), "");
  add_help_row (GTK_LIST_BOX (list), _ ("\"late parcel\""), _ ("These words in this order"), "\"");
  add_help_row (GTK_LIST_BOX (list), _ ("refund OR return"), _ ("One of them"), "OR ");
  add_help_row (GTK_LIST_BOX (list), _ ("-invoice"), _ ("In no message of the conversation"), "-");
  add_help_row (GTK_LIST_BOX (list), _ ("deliver*"), _ ("Words that begin so"), "");
  for (int op = MOS_QUERY_FROM; op < MOS_QUERY_N_OPERATORS; op++)
    {
      g_autofree char *insert = g_strconcat (mos_query_names_get (mos_query_words_get_names (), (MosQueryOperator) op), ":", NULL);
      g_autofree char *term = g_strconcat (insert, mos_query_words_get_example ((MosQueryOperator) op), NULL);

      add_help_row (GTK_LIST_BOX (list), term, mos_query_words_describe ((MosQueryOperator) op), insert);
    }
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_help_activated_cb), entry, G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 420);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_widget_add_css_class (popover, "menu");
  return popover;
}
