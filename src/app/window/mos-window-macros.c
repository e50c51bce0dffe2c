/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/application/mos-settings.h"
#include "app/macros/mos-macro-chooser.h"
#include "app/macros/mos-macro-questions.h"
#include "app/macros/mos-macro-text.h"
#include "app/macros/mos-macros-dialog.h"
#include "app/orders/mos-order-action-text.h"
#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>

/* Macros outside of the composer: on what is chosen in the list, and their page. */

typedef struct
{
  MosWindow *self; /* (owned) */
  MosMacro *macro; /* (owned) */
  GStrv ids;       /* (owned) */
  GHashTable *answers;
  gint64 undo_us;
  gboolean acts_on_orders; /* and somebody said yes to it */
} MacroJob;

static void
macro_job_clear (gpointer data)
{
  MacroJob *job = data;

  g_object_unref (job->self);
  mos_macro_unref (job->macro);
  g_strfreev (job->ids);
  g_clear_pointer (&job->answers, g_hash_table_unref);
}

static void
macro_job_release (MacroJob *job)
{
  g_rc_box_release_full (job, macro_job_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MacroJob, macro_job_release)

static gboolean
is_answer (const MosMacro *macro)
{
  return macro->texts->len > 0 && !macro->is_for_notes;
}

/* --- what came of it --- */

static char *
why_left (const MosMacroResult *result)
{
  g_autoptr (GString) tags = g_string_new (NULL);

  if (result->why != NULL)
    return g_strdup (result->why);
  if (result->obstacle != MOS_ORDER_OBSTACLE_NONE)
    return g_strdup (mos_order_obstacle_text (result->obstacle));
  for (guint i = 0; i < result->missing->len; i++)
    g_string_append_printf (tags, "%s%s", i > 0 ? " " : "", (const char *) result->missing->pdata[i]);
  if (result->is_order_unclear)
    /* Translators: %s are places of a macro, such as {{order.number}} */
    return g_strdup_printf (_ ("There are several orders, and it is unclear which one is meant: %s. In its reply you can choose."), tags->str);
  /* Translators: %s are places of a macro, such as {{order.number}} */
  return g_strdup_printf (_ ("Not filled in: %s"), tags->str);
}

static void
on_left_activated_cb (MosWindow *self,
                      GtkListBoxRow *row)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (row), ADW_TYPE_DIALOG);

  adw_dialog_close (ADW_DIALOG (dialog));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-conversation", "s", g_object_get_data (G_OBJECT (row), "conversation"));
}

static void
add_left_row (MosWindow *self,
              GtkWidget *list,
              const MosMacroResult *result)
{
  GtkWidget *row = adw_action_row_new ();
  g_autoptr (MosConversation) conversation = mos_desk_ref_conversation (self->desk, result->conversation);
  MosConversationRow *known = mos_conversation_get_row (conversation);
  g_autofree char *title = known != NULL ? g_strdup_printf ("#%" G_GINT64_FORMAT "  %s", known->number, known->subject) : g_strdup (result->conversation);
  g_autofree char *why = why_left (result);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), why);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "conversation", g_strdup (result->conversation), g_free);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

/* All of them, as far as they have not left. @from: has their ids */
static void
take_back (MosWindow *self,
           GObject *from)
{
  GPtrArray *messages = g_object_get_data (from, "messages");

  for (guint i = 0; self->desk != NULL && i < messages->len; i++)
    mos_desk_cancel_send_async (self->desk, messages->pdata[i], NULL, mos_window_on_acted_cb, g_object_ref (self));
}

/* Returns: (transfer full): array of ids of the messages that wait */
static GPtrArray *
list_messages (GPtrArray *results)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < results->len; i++)
    if (((MosMacroResult *) results->pdata[i])->message != NULL)
      g_ptr_array_add (messages, g_strdup (((MosMacroResult *) results->pdata[i])->message));
  return messages;
}

static void
on_left_undo_cb (MosWindow *self,
                 const char *response,
                 AdwAlertDialog *dialog)
{
  /* It offers the same. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  take_back (self, G_OBJECT (dialog));
}

static gboolean
on_too_late_cb (gpointer dialog)
{
  adw_alert_dialog_set_response_enabled (dialog, "undo", FALSE);
  return G_SOURCE_REMOVE;
}

/* What was left as it is, and why: each opens. @undo_us: for how long what is sent can be taken back: it covers where that is offered otherwise; 0 = nothing is */
static void
show_left (MosWindow *self,
           GPtrArray *results,
           guint n_done,
           gint64 undo_us)
{
  guint n_left = results->len - n_done;
  g_autofree char *heading = g_strdup_printf (ngettext ("%u Conversation Was Left as It Is", "%u Conversations Were Left as They Are", n_left), n_left);
  g_autofree char *body = g_strdup_printf (ngettext ("In %u the macro was applied.", "In %u the macro was applied.", n_done), n_done);
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < results->len; i++)
    if (!mos_macro_result_is_done (results->pdata[i]))
      add_left_row (self, list, results->pdata[i]);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_left_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), scroller);
  if (undo_us > 0)
    {
      adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "undo", _ ("_Undo"));
      g_object_set_data_full (G_OBJECT (dialog), "messages", list_messages (results), (GDestroyNotify) g_ptr_array_unref);
      g_signal_connect_object (dialog, "response::undo", G_CALLBACK (on_left_undo_cb), self, G_CONNECT_SWAPPED);
      g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, (guint) (undo_us / G_USEC_PER_SEC), on_too_late_cb, g_object_ref (dialog), g_object_unref);
    }
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "close");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "close");
  mos_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_undo_clicked_cb (MosWindow *self,
                    AdwToast *toast)
{
  take_back (self, G_OBJECT (toast));
}

static void
tell_sent (MacroJob *job,
           GPtrArray *results,
           guint n_done)
{
  MosWindow *self = job->self;
  g_autofree char *title = g_strdup_printf (ngettext ("%u message is being sent", "%u messages are being sent", n_done), n_done);
  AdwToast *toast = adw_toast_new (title);

  g_object_set_data_full (G_OBJECT (toast), "messages", list_messages (results), (GDestroyNotify) g_ptr_array_unref);
  if (job->undo_us > 0)
    {
      adw_toast_set_button_label (toast, _ ("_Undo"));
      adw_toast_set_timeout (toast, (guint) (job->undo_us / G_USEC_PER_SEC));
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_clicked_cb), self, G_CONNECT_SWAPPED);
    }
  mos_window_add_toast (self, toast);
  if (job->undo_us > 0)
    g_set_weak_pointer (&self->toast, toast);
}

static void
on_applied_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MacroJob) job = user_data;
  MosWindow *self = job->self;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;
  g_autoptr (GPtrArray) results = mos_desk_apply_macro_finish (MOS_DESK (source), result, &batch, &error);
  guint n_done = 0;

  if (results == NULL)
    {
      mos_window_report_error (self, error);
      return;
    }
  for (guint i = 0; i < results->len; i++)
    n_done += mos_macro_result_is_done (results->pdata[i]);
  if (self->desk == NULL)
    return;
  if (n_done > 0 && is_answer (job->macro))
    tell_sent (job, results, n_done);
  else if (batch != 0)
    mos_window_offer_undo_many (self, "macro", batch, n_done == 1 ? job->ids[0] : NULL, n_done);
  if (n_done < results->len)
    show_left (self, results, n_done, n_done > 0 && is_answer (job->macro) ? job->undo_us : 0);
}

/* --- doing it --- */

/* Returns: (transfer full) (nullable): what it does to orders: "cancel it"; %NULL where that is nothing */
static char *
dup_done_to_orders (const MacroJob *job)
{
  for (guint i = 0; i < job->macro->actions->len; i++)
    {
      const MosMacroAction *action = job->macro->actions->pdata[i];

      if (action->kind == MOS_MACRO_ORDER)
        return mos_macro_value_text (action, job->self->desk);
    }
  return NULL;
}

static void
run (MacroJob *job)
{
  /* What is done to orders waits as long as what is sent: until then an undo takes all of it back. */
  if (is_answer (job->macro) || job->acts_on_orders)
    job->undo_us = g_settings_get_int (mos_settings_get (), "undo-send-seconds") * (gint64) G_USEC_PER_SEC;
  mos_desk_apply_macro_async (job->self->desk, job->macro, (const char *const *) job->ids, job->answers, job->undo_us, job->acts_on_orders, NULL, on_applied_cb, job);
}

static void
on_confirmed_cb (AdwAlertDialog *dialog,
                 const char *response,
                 MacroJob *job)
{
  g_autofree char *done = dup_done_to_orders (job);

  if (!g_str_equal (response, "send") || job->self->desk == NULL)
    return;
  job->acts_on_orders = done != NULL;
  run (g_rc_box_acquire (job));
}

static void
macro_job_drop (gpointer job,
                GClosure *closure)
{
  macro_job_release (job);
}

/* Whether somebody is asked before it is done. */
static gboolean
needs_yes (const MacroJob *job)
{
  g_autofree char *done = dup_done_to_orders (job);

  return is_answer (job->macro) || done != NULL;
}

/* @job: (transfer full) */
static void
confirm (MacroJob *job)
{
  guint n = g_strv_length (job->ids);
  g_autofree char *done = dup_done_to_orders (job);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  AdwDialog *dialog;

  if (!needs_yes (job))
    {
      run (job);
      return;
    }
  if (is_answer (job->macro))
    heading = g_strdup_printf (ngettext ("Answer %'u Conversation?", "Answer %'u Conversations?", n), n);
  else
    heading = g_strdup_printf (ngettext ("Change the Order of %'u Conversation?", "Change the Orders of %'u Conversations?", n), n);
  if (is_answer (job->macro))
    /* Translators: %s is a macro's name. */
    body = g_strdup_printf (_ ("“%s” is sent to each customer, in the customer’s language. Where something cannot be filled in nothing is sent, and you are told."), job->macro->name);
  if (done != NULL)
    {
      /* Translators: %s is what a macro does to an order: “cancel it”, “refund all of it”. */
      g_autofree char *of_orders = g_strdup_printf (_ ("In the shop, this is done to the order of each conversation: %s. Once it is done, it cannot be taken back from here. Where it cannot be done, nothing is, and you are told."), done);
      char *both = body != NULL ? g_strconcat (body, "\n\n", of_orders, NULL) : g_strdup (of_orders);

      g_free (body);
      body = both;
    }
  dialog = adw_alert_dialog_new (heading, body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "send", is_answer (job->macro) ? C_ ("macro", "_Send") : C_ ("macro", "Change _Orders"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "send", done != NULL ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  /* The question goes with a window that is closed meanwhile, and the job with it. */
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_confirmed_cb), job, macro_job_drop, G_CONNECT_DEFAULT);
  mos_dialog_present (dialog, GTK_WIDGET (job->self));
}

static void
on_answered_cb (GHashTable *answers,
                gpointer user_data)
{
  MacroJob *job = user_data;
  g_autofree char *language = mos_macro_fold_language (g_get_language_names ()[0]);
  const char *const languages[] = { language, "en", NULL };

  if (answers == NULL || job->self->desk == NULL)
    {
      macro_job_release (job);
      return;
    }
  job->answers = mos_macro_spread_answers (job->macro, languages, answers);
  confirm (job);
}

static void
apply (MosWindow *self,
       MosMacro *macro)
{
  g_auto (GStrv) ids = mos_window_dup_targets (self);
  g_autoptr (GPtrArray) questions = NULL;
  g_autofree char *language = mos_macro_fold_language (g_get_language_names ()[0]);
  const char *const languages[] = { language, "en", NULL };
  MacroJob *job;

  if (ids == NULL)
    return;
  job = g_rc_box_new0 (MacroJob);
  job->self = g_object_ref (self);
  job->macro = mos_macro_ref (macro);
  job->ids = g_steal_pointer (&ids);
  questions = mos_macro_list_questions_of_all (macro, languages);
  /* Nothing is put into a text here: what asks once more goes on to that. */
  mos_macro_ask_again (GTK_WIDGET (self), macro->name, questions, NULL, needs_yes (job) ? C_ ("macro", "C_ontinue") : C_ ("macro", "_Apply"), on_answered_cb, job);
}

/* One conversation is answered where one sees it; several, and what is no answer, at once. */
static void
use (MosWindow *self,
     MosMacro *macro)
{
  gboolean is_here = self->view != NULL && mos_conversation_view_get_composing (self->view);

  if (self->n_chosen == 0 && (is_here || (is_answer (macro) && self->conversation != NULL)))
    mos_conversation_view_use_macro (self->view, macro);
  else
    apply (self, macro);
}

void
mos_window_use_macro (GtkWidget *widget,
                      const char *name,
                      GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosMacro *macro = self->desk != NULL ? mos_desk_find_macro (self->desk, g_variant_get_string (parameter, NULL)) : NULL;

  if (macro == NULL)
    return;
  if (g_str_equal (name, "conversation.apply-macro"))
    apply (self, macro);
  else
    use (self, macro);
}

void
mos_window_choose_macro (GtkWidget *widget,
                         const char *name,
                         GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosMacroChooser *chooser = mos_macro_chooser_new (self->desk, _ ("Apply Macro"), FALSE);

  g_signal_connect_object (chooser, "chosen", G_CALLBACK (use), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (chooser), widget);
}

/* --- their page --- */

static void
on_removed_cb (MosWindow *self,
               gint64 batch)
{
  mos_window_offer_undo_many (self, "macro-remove", batch, NULL, 1);
}

static MosMacrosDialog *
make_dialog (MosWindow *self)
{
  MosMacrosDialog *dialog = mos_macros_dialog_new (self->desk, self->conversation != NULL ? mos_conversation_get_id (self->conversation) : NULL);

  g_signal_connect_object (dialog, "removed", G_CALLBACK (on_removed_cb), self, G_CONNECT_SWAPPED);
  return dialog;
}

void
mos_window_show_macros (GtkWidget *widget,
                        const char *name,
                        GVariant *parameter)
{
  mos_dialog_present (ADW_DIALOG (make_dialog (MOS_WINDOW (widget))), widget);
}

void
mos_window_write_macro (GtkWidget *widget,
                        const char *name,
                        GVariant *parameter)
{
  g_autoptr (MosMacro) macro = mos_macro_make ();
  const char *language, *text;
  gboolean is_note;
  MosMacrosDialog *dialog;

  g_variant_get (parameter, "(&s&sb)", &language, &text, &is_note);
  mos_macro_set_text (macro, language, text);
  macro->is_for_notes = is_note;
  dialog = make_dialog (MOS_WINDOW (widget));
  mos_macros_dialog_write (dialog, macro);
  mos_dialog_present (ADW_DIALOG (dialog), widget);
}
