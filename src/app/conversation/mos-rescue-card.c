/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-rescue-card.h"

#include "app/customer/mos-score-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

struct _MosRescueCard
{
  AdwBin parent_instance;

  /* Template children */
  GtkLabel *title;
  GtkLabel *comment;
  GtkLabel *reminder;
  GtkActionable *remind;
  GtkActionable *settle;
  GtkActionable *apologize;

  MosSurvey *survey; /* (owned) */
  gint64 reminds_us;
};

G_DEFINE_FINAL_TYPE (MosRescueCard, mos_rescue_card, ADW_TYPE_BIN)

static char *
make_title (const MosSurvey *survey,
            gint64 now_us)
{
  g_autofree char *score = mos_score_text (survey->kind, survey->score);
  g_autofree char *when = mos_time_text_relative (survey->answered_us, now_us, NULL);
  const char *name = survey->answered_by != NULL ? survey->answered_by : survey->customer_name;
  g_autofree char *who = name != NULL && *name != '\0' ? mos_text_isolate (name) : NULL;

  if (who == NULL)
    /* Translators: a score ("Satisfaction: 2 of 5") and when it was given ("Yesterday, 14:05"). */
    return g_strdup_printf (_ ("Unhappy · %1$s · %2$s"), score, when);
  /* Translators: a person, their score ("Satisfaction: 2 of 5") and when they gave it ("Yesterday, 14:05"). */
  return g_strdup_printf (_ ("%1$s is unhappy · %2$s · %3$s"), who, score, when);
}

static void
mos_rescue_card_dispose (GObject *object)
{
  MosRescueCard *self = MOS_RESCUE_CARD (object);

  /* The bin lets go of its child by itself, or it would do so a second time below. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_RESCUE_CARD);
  g_clear_pointer (&self->survey, mos_survey_unref);

  G_OBJECT_CLASS (mos_rescue_card_parent_class)->dispose (object);
}

static void
mos_rescue_card_class_init (MosRescueCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_rescue_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-rescue-card.ui");
  gtk_widget_class_bind_template_child (widget_class, MosRescueCard, title);
  gtk_widget_class_bind_template_child (widget_class, MosRescueCard, comment);
  gtk_widget_class_bind_template_child (widget_class, MosRescueCard, reminder);
  gtk_widget_class_bind_template_child (widget_class, MosRescueCard, apologize);
  gtk_widget_class_bind_template_child (widget_class, MosRescueCard, remind);
  gtk_widget_class_bind_template_child (widget_class, MosRescueCard, settle);
}

static void
mos_rescue_card_init (MosRescueCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mos_rescue_card_new (MosSurvey *survey,
                     gint64 reminds_us,
                     gint64 now_us)
{
  MosRescueCard *self;

  g_return_val_if_fail (survey != NULL, NULL);

  self = g_object_new (MOS_TYPE_RESCUE_CARD, NULL);
  mos_rescue_card_update (self, survey, reminds_us, now_us);
  return GTK_WIDGET (self);
}

MosSurvey *
mos_rescue_card_get_survey (MosRescueCard *self)
{
  g_return_val_if_fail (MOS_IS_RESCUE_CARD (self), NULL);

  return self->survey;
}

static void
set_survey (MosRescueCard *self,
            MosSurvey *survey)
{
  gboolean has_words = *survey->comment != '\0';
  /* Translators: the words of a customer */
  g_autofree char *words = g_strdup_printf (_ ("“%s”"), survey->comment);
  GtkActionable *buttons[] = { self->apologize, self->remind, self->settle };

  mos_survey_ref (survey);
  g_clear_pointer (&self->survey, mos_survey_unref);
  self->survey = survey;
  gtk_label_set_label (self->comment, has_words ? words : _ ("They did not say why."));
  mos_widget_set_direction_of (GTK_WIDGET (self->comment), survey->comment);
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_actionable_set_action_target (buttons[i], "s", survey->id);
}

void
mos_rescue_card_update (MosRescueCard *self,
                        MosSurvey *survey,
                        gint64 reminds_us,
                        gint64 now_us)
{
  g_autofree char *title = NULL;
  g_autofree char *reminder = NULL;

  g_return_if_fail (MOS_IS_RESCUE_CARD (self));
  g_return_if_fail (survey != NULL || self->survey != NULL);

  if (survey != NULL)
    {
      set_survey (self, survey);
      self->reminds_us = reminds_us;
    }
  title = make_title (self->survey, now_us);
  gtk_label_set_label (self->title, title);
  mos_widget_set_label (GTK_WIDGET (self), title);
  if (self->reminds_us > 0)
    {
      g_autofree char *when = mos_time_text_relative (self->reminds_us, now_us, NULL);

      /* Translators: %s is a time such as "Monday, 09:00". */
      reminder = g_strdup_printf (_ ("You are reminded of it: %s"), when);
      gtk_label_set_label (self->reminder, reminder);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->reminder), self->reminds_us > 0);
}
