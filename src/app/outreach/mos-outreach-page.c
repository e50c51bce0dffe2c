/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-outreach"

#include "config.h"

#include "app/outreach/mos-outreach-page.h"

#include "app/outreach/mos-outreach-people.h"
#include "app/outreach/mos-outreach-text.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"
#include "core/mail/mime/mos-markup.h"
#include "core/model/mos-model.h"

#include <glib/gi18n.h>

/* While one runs it is told of each message. */
#define RELOAD_MS 400
#define MAX_RELOAD_MS 30000
/* One part of the time in so many. */
#define SHARE 10

struct _MosOutreachPage
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  GtkStack *stack;
  AdwActionRow *state;
  GtkProgressBar *progress;
  GtkWidget *start, *test, *edit, *halt, *resume, *cancel, *remove;
  AdwPreferencesGroup *letter;
  AdwActionRow *head;
  GtkLabel *text;
  GtkWidget *previous, *next;
  MosOutreachPeople *people;

  MosDesk *desk; /* (owned) */
  char *id;      /* (owned) */
  GCancellable *cancellable;
  MosOutreachLook *look;  /* (owned) (nullable) */
  MosOutreachLook *asked; /* (owned) (nullable): of which it was asked whether it is to begin */
  GPtrArray *readers;     /* (owned): of the people those whose letter can be looked at */
  guint reader;
  guint reload_id;
  gboolean is_loading;
  gboolean is_stale; /* it changed while it was read */
  gint64 asked_us;   /* when it was asked for, by the monotonic clock, and how long it took the last time */
  gint64 took_us;
};

enum
{
  SAID,
  EDIT,
  OPEN,
  GONE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosOutreachPage, mos_outreach_page, ADW_TYPE_NAVIGATION_PAGE)

static void
say (MosOutreachPage *self,
     const char *text)
{
  g_signal_emit (self, signals[SAID], 0, text);
}

static void
report (MosOutreachPage *self,
        const GError *error)
{
  g_autofree char *text = mos_outreach_text_error (error);

  if (self->desk != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, text);
}

/* --- the letter --- */

static void
on_written_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosOutreachPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosOutreachLetter) letter = mos_desk_write_outreach_finish (MOS_DESK (source), result, &error);
  const MosOutreachPerson *person;
  g_autofree char *text = NULL;
  g_autofree char *to = NULL;

  if (self->desk == NULL)
    return;
  if (letter == NULL)
    {
      report (self, error);
      return;
    }
  person = self->reader < self->readers->len ? self->readers->pdata[self->reader] : NULL;
  text = mos_markup_to_plain (letter->text);
  /* Translators: %s is a person’s name or mail address */
  to = person != NULL ? g_strdup_printf (_ ("To %s"), *person->name != '\0' ? person->name : person->address) : g_strdup (_ ("Nobody gets it: what is filled in is left open"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->head), letter->subject);
  adw_action_row_set_subtitle (self->head, to);
  gtk_label_set_label (self->text, text);
}

static void
show_letter (MosOutreachPage *self)
{
  MosOutreachPerson *person = self->reader < self->readers->len ? self->readers->pdata[self->reader] : NULL;

  gtk_widget_set_sensitive (self->previous, self->reader > 0);
  gtk_widget_set_sensitive (self->next, self->reader + 1 < self->readers->len);
  mos_desk_write_outreach_async (self->desk, self->look->outreach, person, self->cancellable, on_written_cb, g_object_ref (self));
}

static void
step (MosOutreachPage *self,
      GtkWidget *button)
{
  self->reader = button == self->next ? self->reader + 1 : self->reader - 1;
  show_letter (self);
}

/* Who gets it; where nobody does, who would if all could be filled in. */
static void
list_readers (MosOutreachPage *self,
              MosOutreachPersonState state)
{
  for (guint i = 0; i < self->look->people->len; i++)
    {
      MosOutreachPerson *person = self->look->people->pdata[i];

      if (person->state == state && (state == MOS_OUTREACH_PERSON_WAITING || person->reason == MOS_LEFT_OUT_MISSING))
        g_ptr_array_add (self->readers, mos_outreach_person_ref (person));
    }
}

static void
find_readers (MosOutreachPage *self)
{
  g_ptr_array_set_size (self->readers, 0);
  list_readers (self, MOS_OUTREACH_PERSON_WAITING);
  if (self->readers->len == 0)
    list_readers (self, MOS_OUTREACH_PERSON_LEFT_OUT);
  self->reader = self->reader < self->readers->len ? self->reader : 0;
}

static guint
count_waiting (MosOutreachPage *self)
{
  guint n = 0;

  for (guint i = 0; i < self->look->people->len; i++)
    n += ((MosOutreachPerson *) self->look->people->pdata[i])->state == MOS_OUTREACH_PERSON_WAITING;
  return n;
}

/* --- how it stands --- */

static char *
make_subtitle (MosOutreachPage *self)
{
  const MosOutreach *outreach = self->look->outreach;
  const char *why = mos_outreach_text_why (outreach);
  g_autofree char *audience = mos_outreach_text_audience (outreach->audience);
  g_autofree char *ends = self->look->ends_us != 0 ? mos_time_text_relative (self->look->ends_us, g_get_real_time (), NULL) : NULL;
  /* Translators: %s is a time */
  g_autofree char *until = ends != NULL ? g_strdup_printf (_ ("The last one would leave about: %s"), ends) : NULL;

  return g_strjoin ("\n", audience, why != NULL ? why : until, why != NULL ? until : NULL, NULL);
}

static void
show (MosOutreachPage *self)
{
  const MosOutreach *outreach = self->look->outreach;
  const MosOutreachCounts *counts = &outreach->counts;
  gboolean is_draft = outreach->state == MOS_OUTREACH_DRAFT;
  gboolean is_running = outreach->state == MOS_OUTREACH_RUNNING;
  gboolean is_halted = outreach->state == MOS_OUTREACH_PAUSED;
  guint n = counts->n_waiting + counts->n_made;
  g_autofree char *state = mos_outreach_text_state (outreach);
  g_autofree char *subtitle = make_subtitle (self);
  const char *why_not;

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), outreach->name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state), state);
  adw_action_row_set_subtitle (self->state, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), is_running || is_halted);
  gtk_progress_bar_set_fraction (self->progress, n > 0 ? (double) (counts->n_sent + counts->n_failed) / n : 0);
  gtk_widget_set_visible (self->start, is_draft);
  gtk_widget_set_sensitive (self->start, count_waiting (self) > 0);
  why_not = count_waiting (self) > 0 ? NULL : _ ("Nobody gets it: below is who is left out, and why");
  gtk_widget_set_tooltip_text (self->start, why_not);
  if (why_not != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->start), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why_not, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->start), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_widget_set_visible (self->test, is_draft);
  gtk_widget_set_visible (self->edit, is_draft);
  gtk_widget_set_visible (self->halt, is_running);
  gtk_widget_set_visible (self->resume, is_halted);
  gtk_widget_set_visible (self->cancel, is_running || is_halted);
  gtk_widget_set_visible (self->remove, !is_running && !is_halted);
  gtk_widget_set_visible (GTK_WIDGET (self->letter), is_draft);
  if (is_draft)
    {
      find_readers (self);
      show_letter (self);
    }
  mos_outreach_people_set (self->people, self->look->people);
  gtk_stack_set_visible_child_name (self->stack, "page");
}

static void load (MosOutreachPage *self);

static void
on_looked_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosOutreachPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosOutreachLook) look = mos_desk_look_outreach_finish (MOS_DESK (source), result, &error);

  self->is_loading = FALSE;
  self->took_us = g_get_monotonic_time () - self->asked_us;
  if (self->desk == NULL)
    return;
  if (look != NULL)
    {
      g_clear_pointer (&self->look, mos_outreach_look_unref);
      self->look = g_steal_pointer (&look);
      show (self);
    }
  else if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND))
    g_signal_emit (self, signals[GONE], 0);
  else
    report (self, error);
  if (self->is_stale)
    load (self);
}

static void
load (MosOutreachPage *self)
{
  self->is_stale = self->is_loading;
  if (self->is_loading)
    return;
  self->is_loading = TRUE;
  self->asked_us = g_get_monotonic_time ();
  mos_desk_look_outreach_async (self->desk, self->id, self->cancellable, on_looked_cb, g_object_ref (self));
}

static gboolean
reload_cb (gpointer data)
{
  MosOutreachPage *self = data;

  self->reload_id = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed_cb (MosOutreachPage *self)
{
  /* A look at very many takes its time: most of it is left to the others. */
  if (self->reload_id == 0)
    self->reload_id = g_timeout_add ((guint) CLAMP (SHARE * self->took_us / 1000, RELOAD_MS, MAX_RELOAD_MS), reload_cb, self);
}

/* --- what is done --- */

static void
on_acted_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosOutreachPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error))
    report (self, error);
  if (self->desk != NULL)
    load (self);
}

static void
act (MosOutreachPage *self,
     MosOutreachAct what)
{
  mos_desk_act_outreach_async (self->desk, self->id, what, NULL, on_acted_cb, g_object_ref (self));
}

static void
on_response_cb (AdwAlertDialog *question,
                const char *response,
                MosOutreachPage *self)
{
  if (self->desk == NULL)
    return;
  if (g_str_equal (response, "start"))
    mos_desk_start_outreach_async (self->desk, self->asked, NULL, on_acted_cb, g_object_ref (self));
  else if (g_str_equal (response, "cancel-it"))
    act (self, MOS_OUTREACH_CANCEL);
  else if (g_str_equal (response, "delete"))
    act (self, MOS_OUTREACH_REMOVE);
}

static void
ask (MosOutreachPage *self,
     const char *heading,
     const char *body,
     const char *response,
     const char *label,
     AdwResponseAppearance appearance)
{
  AdwDialog *question = adw_alert_dialog_new (heading, body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (question), "back", _ ("_Back"), response, label, NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (question), response, appearance);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (question), "back");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (question), "back");
  g_signal_connect_object (question, "response", G_CALLBACK (on_response_cb), self, G_CONNECT_DEFAULT);
  mos_dialog_present (question, GTK_WIDGET (self));
}

static void
on_start_cb (MosOutreachPage *self)
{
  guint n = count_waiting (self);
  g_autofree char *heading = g_strdup_printf (ngettext ("Write to %u Person?", "Write to %u People?", n), n);
  g_autofree char *ends = self->look->ends_us != 0 ? mos_time_text_relative (self->look->ends_us, g_get_real_time (), NULL) : NULL;
  /* Translators: %s is a time */
  g_autofree char *until = ends != NULL ? g_strdup_printf (_ ("The last one would leave about: %s"), ends) : g_strdup ("");
  g_autofree char *body = g_strconcat (_ ("Each gets a message of their own, one after the other, while Mostrador runs. What was sent cannot be taken back; the rest can be stopped at any time."), "\n\n", until, NULL);

  g_clear_pointer (&self->asked, mos_outreach_look_unref);
  self->asked = mos_outreach_look_ref (self->look);
  ask (self, heading, body, "start", _ ("_Start"), ADW_RESPONSE_SUGGESTED);
}

static void
on_halt_cb (MosOutreachPage *self)
{
  act (self, MOS_OUTREACH_PAUSE);
}

static void
on_resume_cb (MosOutreachPage *self)
{
  act (self, MOS_OUTREACH_RESUME);
}

static void
on_cancel_cb (MosOutreachPage *self)
{
  ask (self, _ ("Cancel This Outreach?"), _ ("Who has not got it yet never will; what waits in the outbox is taken out. It cannot go on afterwards."), "cancel-it", _ ("_Cancel It"), ADW_RESPONSE_DESTRUCTIVE);
}

static void
on_remove_cb (MosOutreachPage *self)
{
  ask (self, _ ("Delete This Outreach?"), _ ("It is taken out of the list, with who got it. What was sent and answered stays with the customers."), "delete", _ ("_Delete"), ADW_RESPONSE_DESTRUCTIVE);
}

static void
on_edit_cb (MosOutreachPage *self)
{
  g_signal_emit (self, signals[EDIT], 0, self->look->outreach);
}

static void
on_open_cb (MosOutreachPage *self,
            const char *conversation)
{
  g_signal_emit (self, signals[OPEN], 0, conversation);
}

/* --- a test --- */

static void
on_tested_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosOutreachPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!mos_desk_test_outreach_finish (MOS_DESK (source), result, &error))
    report (self, error);
  else if (self->desk != NULL)
    say (self, _ ("A test is on its way"));
}

static void
on_test_response_cb (AdwAlertDialog *question,
                     const char *response,
                     MosOutreachPage *self)
{
  GtkEditable *entry = GTK_EDITABLE (adw_alert_dialog_get_extra_child (question));
  MosOutreachPerson *person = self->reader < self->readers->len ? self->readers->pdata[self->reader] : NULL;

  if (g_str_equal (response, "send") && self->desk != NULL)
    mos_desk_test_outreach_async (self->desk, self->look->outreach, person, gtk_editable_get_text (entry), NULL, on_tested_cb, g_object_ref (self));
}

static void
on_address_cb (GtkEditable *entry,
               AdwAlertDialog *question)
{
  adw_alert_dialog_set_response_enabled (question, "send", *gtk_editable_get_text (entry) != '\0');
}

static const char *
find_address (MosOutreachPage *self)
{
  GListModel *accounts = mos_desk_get_accounts (self->desk);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);
      MosAccount *account = mos_account_item_get_account (item);

      if (g_strcmp0 (account->id, self->look->outreach->account) == 0)
        return account->address;
    }
  return "";
}

static void
on_test_cb (MosOutreachPage *self)
{
  AdwDialog *question = adw_alert_dialog_new (_ ("Send a Test to Yourself"), _ ("It is the letter shown here, to this address instead. Nobody else gets it."));
  GtkWidget *entry = gtk_entry_new ();

  mos_widget_set_label (entry, _ ("Your mail address"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_EMAIL);
  gtk_editable_set_text (GTK_EDITABLE (entry), find_address (self));
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (question), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (question), "back", _ ("_Back"), "send", _ ("_Send"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (question), "send", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (question), "send");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (question), "back");
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_address_cb), question, G_CONNECT_DEFAULT);
  g_signal_connect_object (question, "response", G_CALLBACK (on_test_response_cb), self, G_CONNECT_DEFAULT);
  on_address_cb (GTK_EDITABLE (entry), ADW_ALERT_DIALOG (question));
  mos_dialog_present (question, GTK_WIDGET (self));
}

/* --- class --- */

static void
mos_outreach_page_dispose (GObject *object)
{
  MosOutreachPage *self = MOS_OUTREACH_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mos_outreach_page_parent_class)->dispose (object);
}

static void
mos_outreach_page_finalize (GObject *object)
{
  MosOutreachPage *self = MOS_OUTREACH_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->look, mos_outreach_look_unref);
  g_clear_pointer (&self->asked, mos_outreach_look_unref);
  g_ptr_array_unref (self->readers);
  g_free (self->id);
  G_OBJECT_CLASS (mos_outreach_page_parent_class)->finalize (object);
}

static void
mos_outreach_page_class_init (MosOutreachPageClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_outreach_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_outreach_page_finalize;
  signals[SAID] = g_signal_new ("said", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_outreach_get_type ());
  signals[OPEN] = g_signal_new ("open", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[GONE] = g_signal_new ("gone", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add_button (MosOutreachPage *self,
            GtkWidget *group,
            const char *title,
            const char *css_class,
            GCallback callback)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (css_class != NULL)
    gtk_widget_add_css_class (row, css_class);
  g_signal_connect_object (row, "activated", callback, self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static GtkWidget *
add_step (MosOutreachPage *self,
          GtkWidget *box,
          const char *icon,
          const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  mos_widget_set_label (button, label);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (step), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
build_letter (MosOutreachPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *row = adw_preferences_row_new ();

  self->letter = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->letter, _ ("The Letter"));
  self->previous = add_step (self, box, "go-previous-symbolic", _ ("Previous person’s letter"));
  self->next = add_step (self, box, "go-next-symbolic", _ ("Next person’s letter"));
  adw_preferences_group_set_header_suffix (self->letter, box);
  self->head = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->head), FALSE);
  adw_preferences_group_add (self->letter, GTK_WIDGET (self->head));
  self->text = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->text, TRUE);
  gtk_label_set_wrap_mode (self->text, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (self->text, TRUE);
  gtk_label_set_xalign (self->text, 0);
  gtk_widget_set_margin_start (GTK_WIDGET (self->text), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->text), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->text), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->text), 12);
  mos_widget_set_label (row, _ ("The text"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), GTK_WIDGET (self->text));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_group_add (self->letter, row);
}

static void
build_state (MosOutreachPage *self,
             GtkWidget *box)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *buttons = adw_preferences_group_new ();

  self->state = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->state), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->state));
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  mos_widget_set_label (GTK_WIDGET (self->progress), _ ("How far it is"));
  self->start = add_button (self, buttons, _ ("_Start…"), "suggested-action", G_CALLBACK (on_start_cb));
  self->test = add_button (self, buttons, _ ("Send a _Test to Me…"), NULL, G_CALLBACK (on_test_cb));
  self->edit = add_button (self, buttons, _ ("_Change…"), NULL, G_CALLBACK (on_edit_cb));
  self->halt = add_button (self, buttons, _ ("_Pause"), NULL, G_CALLBACK (on_halt_cb));
  self->resume = add_button (self, buttons, _ ("_Go On"), "suggested-action", G_CALLBACK (on_resume_cb));
  self->cancel = add_button (self, buttons, _ ("_Cancel…"), "destructive-action", G_CALLBACK (on_cancel_cb));
  self->remove = add_button (self, buttons, _ ("_Delete…"), "destructive-action", G_CALLBACK (on_remove_cb));
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (box), buttons);
}

static void
mos_outreach_page_init (MosOutreachPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  self->cancellable = g_cancellable_new ();
  self->readers = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_outreach_person_unref);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 24);
  build_state (self, box);
  build_letter (self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->letter));
  self->people = mos_outreach_people_new ();
  g_signal_connect_object (self->people, "open", G_CALLBACK (on_open_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->people));
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, adw_spinner_new (), "spinner");
  gtk_stack_add_named (self->stack, scrolled, "page");
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->stack));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
}

MosOutreachPage *
mos_outreach_page_new (MosDesk *desk,
                       const char *id,
                       const char *title)
{
  MosOutreachPage *self = g_object_new (MOS_TYPE_OUTREACH_PAGE, "title", title, NULL);

  self->desk = g_object_ref (desk);
  self->id = g_strdup (id);
  g_signal_connect_object (desk, "outreach-changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}
