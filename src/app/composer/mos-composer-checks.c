/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/application/mos-settings.h"
#include "app/composer/mos-composer-private.h"
#include "app/composer/mos-recipients.h"
#include "app/composer/mos-send-check.h"
#include "app/macros/mos-macro-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

/* What a person would be sorry to have overlooked, in one list above the buttons: no question after the other, and nothing that cannot be skipped. */

#define MAX_RECIPIENTS 5

/* --- What is known of the conversation --- */

typedef struct
{
  MosComposer *self;          /* (owned) */
  char *draft;                /* (owned): which was open */
  MosComposerChecked checked; /* (nullable): %NULL = it was only opened */
} FactsJob;

static void
facts_job_free (FactsJob *job)
{
  g_object_unref (job->self);
  g_free (job->draft);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FactsJob, facts_job_free)

/* A forwarded mail and a first one always go to somebody new. */
static gboolean
is_answer (const MosDraft *draft)
{
  return g_str_equal (draft->kind, "reply") || g_str_equal (draft->kind, "reply-all");
}

static void
mark_new (MosComposer *self,
          MosSendFacts *facts)
{
  mos_address_entry_set_facts (self->to_entry, facts);
  mos_address_entry_set_facts (self->cc_entry, facts);
  mos_address_entry_set_facts (self->bcc_entry, facts);
}

/* @facts: (transfer full) (nullable): what counts as seen from now on */
static void
take_facts (MosComposer *self,
            MosSendFacts *facts)
{
  g_clear_pointer (&self->facts, mos_send_facts_unref);
  self->facts = facts;
  mark_new (self, self->draft != NULL && is_answer (self->draft) ? facts : NULL);
}

static void compare (MosComposer *self, MosSendFacts *news, MosComposerChecked checked);

static void
on_facts_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (FactsJob) job = user_data;
  MosComposer *self = job->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosSendFacts) facts = mos_desk_load_send_facts_finish (MOS_DESK (source), result, &error);

  if (job->checked != NULL)
    self->is_checking = FALSE;
  if (facts == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("A conversation could not be looked at: %s", error->message);
  if (self->box == NULL || self->draft == NULL || !g_str_equal (self->draft->id, job->draft))
    return;
  if (job->checked != NULL)
    {
      compare (self, facts, job->checked);
      return;
    }
  take_facts (self, g_steal_pointer (&facts));
}

static void
ask_desk (MosComposer *self,
          MosComposerChecked checked)
{
  FactsJob *job = g_new0 (FactsJob, 1);
  g_autoptr (MosDraft) draft = checked != NULL ? mos_composer_dup_draft (self) : NULL;
  g_autofree char *text = draft != NULL ? mos_send_check_dup_own_words (draft->text, TRUE) : NULL;

  job->self = g_object_ref (self);
  job->draft = g_strdup (self->draft->id);
  job->checked = checked;
  mos_desk_load_send_facts_async (self->desk, self->draft->conversation, draft != NULL ? draft->subject : NULL, text, self->cancellable, on_facts_cb, job);
}

void
mos_composer_load_facts (MosComposer *self)
{
  take_facts (self, NULL);
  if (self->desk != NULL && self->draft->conversation != NULL && !g_str_equal (self->draft->kind, "note"))
    ask_desk (self, NULL);
}

/* --- The list --- */

static void
add_warning (MosComposer *self,
             GString *said,
             const char *text,
             const char *button,
             GCallback clicked,
             const char *detail)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);
  if (button != NULL)
    {
      GtkWidget *act = gtk_button_new_with_mnemonic (button);

      gtk_widget_set_valign (act, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (act, "flat");
      gtk_accessible_update_property (GTK_ACCESSIBLE (act), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
      g_object_set_data_full (G_OBJECT (act), "detail", g_strdup (detail), g_free);
      g_signal_connect_object (act, "clicked", clicked, self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (line), act);
      if (self->first_answer == NULL)
        self->first_answer = act;
    }
  gtk_box_append (GTK_BOX (self->checks), line);
  g_string_append_printf (said, "%s%s", said->len > 0 ? " " : "", text);
}

static void
clear (MosComposer *self)
{
  GtkWidget *child;

  self->first_answer = NULL;
  while ((child = gtk_widget_get_first_child (self->checks)) != NULL)
    gtk_box_remove (GTK_BOX (self->checks), child);
}

gboolean
mos_composer_hide_checks (MosComposer *self)
{
  if (self->checks == NULL || !gtk_widget_get_visible (self->checks))
    return FALSE;
  gtk_widget_set_visible (self->checks, FALSE);
  clear (self);
  return TRUE;
}

gboolean
mos_composer_focus_checks (MosComposer *self)
{
  if (self->checks == NULL || !gtk_widget_get_visible (self->checks))
    return FALSE;
  return self->first_answer != NULL && gtk_widget_grab_focus (self->first_answer);
}

static void
on_back_cb (MosComposer *self)
{
  mos_composer_hide_checks (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
add_answers (MosComposer *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *back = gtk_button_new_with_mnemonic (_ ("_Back"));
  GtkWidget *anyway = gtk_button_new_with_mnemonic (g_str_equal (self->draft->kind, "note") ? _ ("_Add Anyway") : _ ("_Send Anyway"));

  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  g_signal_connect_object (back, "clicked", G_CALLBACK (on_back_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (anyway, "clicked", G_CALLBACK (mos_composer_send_anyway), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (buttons), back);
  gtk_box_append (GTK_BOX (buttons), anyway);
  gtk_box_append (GTK_BOX (self->checks), buttons);
  /* What mends it has the keyboard, and never what passes it over: Return pressed once too often sends nothing. */
  if (self->first_answer == NULL)
    self->first_answer = back;
}

/* --- What its lines offer --- */

static void
on_attach_cb (MosComposer *self)
{
  mos_composer_hide_checks (self);
  mos_composer_choose_files (self);
}

static void
on_subject_cb (MosComposer *self)
{
  mos_composer_hide_checks (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "composer.edit-subject", NULL);
}

/* What came in counts as seen from now on. */
static void
on_look_cb (MosComposer *self)
{
  if (self->news != NULL)
    take_facts (self, g_steal_pointer (&self->news));
  mos_composer_hide_checks (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  g_signal_emit_by_name (self, "look");
}

static void
on_remove_cb (MosComposer *self,
              GtkWidget *button)
{
  g_autofree char *address = g_strdup (g_object_get_data (G_OBJECT (button), "detail"));

  mos_address_entry_remove (self->to_entry, address);
  mos_address_entry_remove (self->cc_entry, address);
  mos_address_entry_remove (self->bcc_entry, address);
  on_back_cb (self);
}

static void
on_go_there_cb (MosComposer *self,
                GtkWidget *button)
{
  g_autofree char *words = g_strdup (g_object_get_data (G_OBJECT (button), "detail"));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view));
  GtkTextIter start, match_start, match_end;

  on_back_cb (self);
  gtk_text_buffer_get_start_iter (buffer, &start);
  if (!gtk_text_iter_forward_search (&start, words, GTK_TEXT_SEARCH_TEXT_ONLY | GTK_TEXT_SEARCH_CASE_INSENSITIVE, &match_start, &match_end, NULL))
    {
      on_subject_cb (self);
      return;
    }
  gtk_text_buffer_select_range (buffer, &match_start, &match_end);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->text_view), gtk_text_buffer_get_insert (buffer), 0.1, FALSE, 0, 0);
}

/* --- Looking --- */

static gboolean
is_wanted (const char *key)
{
  return g_settings_get_boolean (mos_settings_get (), key);
}

static void
add_news (MosComposer *self,
          MosSendFacts *news,
          GString *said)
{
  g_autofree char *who = NULL;
  g_autofree char *text = NULL;
  guint n;

  if (news == NULL || self->facts == NULL || news->mails <= self->facts->mails || !is_wanted ("check-news"))
    return;
  n = news->mails - self->facts->mails;
  if (news->last != NULL)
    who = mos_text_isolate (news->last->name != NULL && *news->last->name != '\0' ? news->last->name : news->last->address);
  if (n == 1 && who != NULL)
    /* Translators: %s is a person or an address. */
    text = g_strdup_printf (_ ("A message of %s came in while you wrote this."), who);
  else
    text = g_strdup_printf (ngettext ("%u message came in while you wrote this.", "%u messages came in while you wrote this.", n), n);
  add_warning (self, said, text, _ ("_Look"), G_CALLBACK (on_look_cb), NULL);
}

static void
add_recipients (MosComposer *self,
                const MosDraft *draft,
                MosSendFacts *news,
                GString *said)
{
  GPtrArray *const lists[] = { draft->to, draft->cc, draft->bcc };
  MosSendFacts *facts = self->facts != NULL ? self->facts : news;
  guint n = 0;

  if (facts == NULL || !is_answer (draft) || !is_wanted ("check-recipients"))
    return;
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; lists[l] != NULL && i < lists[l]->len; i++)
      {
        const char *address = ((MosAddress *) g_ptr_array_index (lists[l], i))->address;
        g_autofree char *isolated = mos_text_isolate (address);
        g_autofree char *text = NULL;

        if (!mos_send_facts_is_new (facts, address) || n++ >= MAX_RECIPIENTS)
          continue;
        /* Translators: %s is a mail address. */
        text = g_strdup_printf (_ ("%s was never in this conversation."), isolated);
        add_warning (self, said, text, _ ("_Remove"), G_CALLBACK (on_remove_cb), address);
      }
  if (n > MAX_RECIPIENTS)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("Nor was %u more recipient.", "Nor were %u more recipients.", n - MAX_RECIPIENTS), n - MAX_RECIPIENTS);

      add_warning (self, said, text, NULL, NULL, NULL);
    }
}

static void
add_variable (MosComposer *self,
              const MosDraft *draft,
              GString *said)
{
  g_autofree char *variable = mos_send_check_find_variable (draft->text);
  g_autofree char *isolated = NULL;
  g_autofree char *text = NULL;

  if (variable == NULL)
    variable = mos_send_check_find_variable (draft->subject);
  if (variable == NULL)
    return;
  isolated = mos_text_isolate (variable);
  /* Translators: %s is a variable of a prepared answer, such as {{customer.name}}. */
  text = g_strdup_printf (_ ("“%s” was not filled in."), isolated);
  add_warning (self, said, text, _ ("_Go There"), G_CALLBACK (on_go_there_cb), variable);
}

static void
add_orders (MosComposer *self,
            MosSendFacts *news,
            GString *said)
{
  if (news == NULL || !is_wanted ("check-orders"))
    return;
  for (guint i = 0; i < news->others->len; i++)
    {
      const MosOrder *order = news->others->pdata[i];
      g_autofree char *number = mos_text_isolate (order->number);
      g_autofree char *who = mos_text_isolate (*order->name != '\0' ? order->name : order->email);
      /* Translators: the number of an order that the text names, and who ordered it: not the customer of this conversation. */
      g_autofree char *text = g_strdup_printf (_ ("The order %1$s is another customer’s: %2$s."), number, who);

      add_warning (self, said, text, _ ("_Go There"), G_CALLBACK (on_go_there_cb), order->number);
    }
}

/* What cannot be taken back is said yes to, each time: no setting ends it. */
static void
add_done_to_orders (MosComposer *self,
                    const MosDraft *draft,
                    GString *said)
{
  for (guint i = 0; draft->macros != NULL && i < draft->macros->actions->len; i++)
    {
      const MosMacroAction *action = draft->macros->actions->pdata[i];
      g_autofree char *what = action->kind == MOS_MACRO_ORDER ? mos_macro_value_text (action, self->desk) : NULL;
      g_autofree char *text = NULL;

      if (what == NULL)
        continue;
      /* Translators: %s is what a macro does to an order in its shop, and its number: “cancel it (1042)”. */
      text = g_strdup_printf (_ ("This changes the order in the shop, which cannot be taken back from here: %s."), what);
      add_warning (self, said, text, NULL, NULL, NULL);
    }
}

static void
compare (MosComposer *self,
         MosSendFacts *news,
         MosComposerChecked checked)
{
  g_autoptr (MosDraft) draft = mos_composer_dup_draft (self);
  g_autofree char *signature = mos_composer_dup_signature (self);
  MosSendCheck check = mos_send_check (draft, signature);
  g_autoptr (GString) said = g_string_new (NULL);

  g_clear_pointer (&self->news, mos_send_facts_unref);
  self->news = news != NULL ? mos_send_facts_ref (news) : NULL;
  clear (self);
  if (!g_str_equal (draft->kind, "note"))
    {
      add_news (self, news, said);
      if ((check & MOS_SEND_CHECK_VARIABLE) && is_wanted ("check-variables"))
        add_variable (self, draft, said);
      if ((check & MOS_SEND_CHECK_MISSING_ATTACHMENT) && is_wanted ("check-attachment"))
        add_warning (self, said, _ ("The text speaks of an attachment, but none is attached."), _ ("_Attach Files…"), G_CALLBACK (on_attach_cb), NULL);
      if ((check & MOS_SEND_CHECK_EMPTY_SUBJECT) && !mos_composer_is_chat (self) && is_wanted ("check-subject"))
        add_warning (self, said, _ ("The subject is empty."), _ ("_Write One"), G_CALLBACK (on_subject_cb), NULL);
      /* What its own server takes is known: no guess about "many servers". */
      if ((check & MOS_SEND_CHECK_TOO_LARGE) && self->send_limit == 0 && !mos_composer_is_chat (self))
        add_warning (self, said, _ ("The attachments are so large that many mail servers will refuse them."), NULL, NULL, NULL);
      add_recipients (self, draft, news, said);
      add_orders (self, news, said);
    }
  add_done_to_orders (self, draft, said);
  if (said->len == 0)
    {
      checked (self, TRUE);
      return;
    }
  add_answers (self);
  gtk_widget_set_visible (self->checks, TRUE);
  mos_composer_focus_checks (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), said->str, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  checked (self, FALSE);
}

void
mos_composer_check (MosComposer *self,
                    MosComposerChecked checked)
{
  if (self->desk == NULL || self->draft->conversation == NULL || g_str_equal (self->draft->kind, "note"))
    {
      compare (self, NULL, checked);
      return;
    }
  self->is_checking = TRUE;
  ask_desk (self, checked);
}

void
mos_composer_init_checks (MosComposer *self)
{
  self->checks = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->checks, "composer-checks");
  mos_widget_set_label (self->checks, _ ("Before this is sent"));
  gtk_box_insert_child_after (GTK_BOX (self->box), self->checks, GTK_WIDGET (self->problem));
}
