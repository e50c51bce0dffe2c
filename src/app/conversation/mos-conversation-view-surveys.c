/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-conversation-view-private.h"
#include "app/conversation/mos-rescue-card.h"
#include "app/surveys/mos-survey-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"
#include "core/desk/mos-desk-surveys.h"

#include <glib/gi18n.h>

/* What a conversation still has to do with surveys, above the answer: that its customer is going to be asked, and that they are unhappy. Out of the way while one writes. */

typedef struct
{
  MosConversationView *self; /* (owned) */
  MosConversation *conversation;
} StandingJob;

static void
standing_job_free (StandingJob *job)
{
  g_object_unref (job->self);
  g_object_unref (job->conversation);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StandingJob, standing_job_free)

static gint64
get_now_us (MosConversationView *self)
{
  return mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk)));
}

void
mos_conversation_view_update_surveys (MosConversationView *self)
{
  gboolean has_any = self->standing != NULL && (self->standing->planned_us != 0 || self->standing->rescues->len > 0);

  gtk_widget_set_visible (self->surveys, has_any && !mos_composer_is_open (self->composer));
}

/* --- the question that is planned --- */

static char *
make_plan_text (MosConversationView *self)
{
  g_autofree char *when = mos_time_text_relative (self->standing->planned_us, get_now_us (self), NULL);
  g_autofree char *time = mos_text_isolate (when);

  if (self->standing->planned_kind == MOS_SURVEY_NPS)
    /* Translators: %s is a time such as "15:00" or "Tomorrow, 09:00". */
    return g_strdup_printf (_ ("They will be asked whether they recommend the shop: %s"), time);
  /* Translators: %s is a time such as "15:00" or "Tomorrow, 09:00". */
  return g_strdup_printf (_ ("They will be asked how satisfied they are: %s"), time);
}

static GtkWidget *
make_plan (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "mos-clock-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Do _Not Ask"));

  gtk_widget_add_css_class (box, "survey-plan");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "conversation.dismiss-survey");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  g_object_set_data (G_OBJECT (box), "label", label);
  return box;
}

/* It is the first, where there is one. */
static GtkWidget *
find_plan (MosConversationView *self)
{
  GtkWidget *first = gtk_widget_get_first_child (self->surveys);

  return first != NULL && !MOS_IS_RESCUE_CARD (first) ? first : NULL;
}

static void
show_plan (MosConversationView *self)
{
  GtkWidget *plan = find_plan (self);
  g_autofree char *text = NULL;

  if (self->standing->planned_us == 0)
    {
      if (plan != NULL)
        gtk_box_remove (GTK_BOX (self->surveys), plan);
      return;
    }
  if (plan == NULL)
    {
      plan = make_plan ();
      gtk_box_prepend (GTK_BOX (self->surveys), plan);
    }
  text = make_plan_text (self);
  gtk_label_set_label (g_object_get_data (G_OBJECT (plan), "label"), text);
}

/* --- who is unhappy --- */

/* Returns: (transfer none) (nullable) */
static MosSurvey *
find_rescue (MosConversationView *self,
             const char *id)
{
  for (guint i = 0; self->standing != NULL && i < self->standing->rescues->len; i++)
    if (*id == '\0' || g_str_equal (((MosSurvey *) self->standing->rescues->pdata[i])->id, id))
      return self->standing->rescues->pdata[i];
  return NULL;
}

static MosRescueCard *
find_card (MosConversationView *self,
           const char *survey)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->surveys); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (MOS_IS_RESCUE_CARD (child) && g_str_equal (mos_rescue_card_get_survey (MOS_RESCUE_CARD (child))->id, survey))
      return MOS_RESCUE_CARD (child);
  return NULL;
}

/* Those that stay keep the keyboard. */
static void
show_rescues (MosConversationView *self)
{
  GtkWidget *next;

  for (GtkWidget *child = gtk_widget_get_first_child (self->surveys); child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (MOS_IS_RESCUE_CARD (child) && find_rescue (self, mos_rescue_card_get_survey (MOS_RESCUE_CARD (child))->id) == NULL)
        gtk_box_remove (GTK_BOX (self->surveys), child);
    }
  for (guint i = 0; i < self->standing->rescues->len; i++)
    {
      MosSurvey *survey = self->standing->rescues->pdata[i];
      MosRescueCard *card = find_card (self, survey->id);
      gint64 reminds_us = g_array_index (self->standing->reminds_us, gint64, i);

      if (card != NULL)
        mos_rescue_card_update (card, survey, reminds_us, get_now_us (self));
      else
        gtk_box_append (GTK_BOX (self->surveys), mos_rescue_card_new (survey, reminds_us, get_now_us (self)));
    }
}

static void
on_read_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("A survey could not be marked as read: %s", error->message);
}

/* Whoever sees the conversation sees what was answered in it. */
static void
mark_read (MosConversationView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!GTK_IS_WINDOW (root) || !gtk_window_is_active (GTK_WINDOW (root)) || !gtk_widget_get_mapped (self->messages))
    return;
  for (char **id = self->standing->unread; *id != NULL; id++)
    mos_desk_read_survey_async (self->desk, *id, NULL, on_read_cb, NULL);
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (StandingJob) job = user_data;
  MosConversationView *self = job->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosSurveyStanding) standing = mos_desk_load_survey_standing_finish (MOS_DESK (source), result, &error);
  gboolean had_focus;

  if (standing == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("What is asked in a conversation could not be read: %s", error->message);
      return;
    }
  if (self->stack == NULL || self->conversation != job->conversation)
    return;
  had_focus = gtk_widget_get_focus_child (self->surveys) != NULL;
  g_clear_pointer (&self->standing, mos_survey_standing_unref);
  self->standing = g_steal_pointer (&standing);
  show_plan (self);
  show_rescues (self);
  mos_conversation_view_update_surveys (self);
  if (had_focus && gtk_widget_get_focus_child (self->surveys) == NULL)
    mos_conversation_view_grab_focus (self);
  mark_read (self);
  mos_conversation_view_emit_surveys_changed (self);
}

void
mos_conversation_view_find_surveys (MosConversationView *self)
{
  StandingJob *job;

  if (self->conversation == NULL)
    return;
  job = g_new0 (StandingJob, 1);
  job->self = g_object_ref (self);
  job->conversation = g_object_ref (self->conversation);
  mos_desk_load_survey_standing_async (self->desk, mos_conversation_get_id (self->conversation), self->cancellable, on_loaded_cb, job);
}

void
mos_conversation_view_drop_surveys (MosConversationView *self)
{
  GtkWidget *child;

  g_clear_pointer (&self->standing, mos_survey_standing_unref);
  while ((child = gtk_widget_get_first_child (self->surveys)) != NULL)
    gtk_box_remove (GTK_BOX (self->surveys), child);
  gtk_widget_set_visible (self->surveys, FALSE);
}

void
mos_conversation_view_tick_surveys (MosConversationView *self)
{
  if (self->standing == NULL)
    return;
  show_plan (self);
  for (GtkWidget *child = gtk_widget_get_first_child (self->surveys); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (MOS_IS_RESCUE_CARD (child))
      mos_rescue_card_update (MOS_RESCUE_CARD (child), NULL, 0, get_now_us (self));
}

/* --- public --- */

MosSurvey *
mos_conversation_view_find_rescue (MosConversationView *self,
                                   const char *id)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_VIEW (self), NULL);

  return find_rescue (self, id);
}

gboolean
mos_conversation_view_has_planned_survey (MosConversationView *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_VIEW (self), FALSE);

  return self->standing != NULL && self->standing->planned_us != 0;
}
