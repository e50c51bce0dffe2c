/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customer-journey.h"

#include "app/customer/mos-order-text.h"
#include "app/customer/mos-pane-rows.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many steps are shown at first. */
#define FIRST_STEPS 8

struct _MosCustomerJourney
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows;     /* borrowed widgets */
  MosJourney *journey; /* (owned) (nullable) */
  gboolean shows_all;
};

enum
{
  SIGNAL_OPEN_CONVERSATION,
  SIGNAL_OPEN_ORDER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosCustomerJourney, mos_customer_journey, ADW_TYPE_PREFERENCES_GROUP)

static void
on_conversation_cb (GtkWidget *row,
                    MosCustomerJourney *self)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_CONVERSATION], 0, g_object_get_data (G_OBJECT (row), "id"));
}

static void
on_order_cb (GtkWidget *row,
             MosCustomerJourney *self)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_ORDER], 0, g_object_get_data (G_OBJECT (row), "id"));
}

static gboolean
is_trouble (MosJourneyKind kind)
{
  return kind == MOS_JOURNEY_BOUNCE || kind == MOS_JOURNEY_PROBLEM || kind == MOS_JOURNEY_REOPENED || kind == MOS_JOURNEY_LATE;
}

static const char *
icon_of (MosJourneyKind kind)
{
  if (is_trouble (kind))
    return "dialog-warning-symbolic";
  switch ((guint) kind)
    {
    case MOS_JOURNEY_FIRST_CONTACT:
    case MOS_JOURNEY_CONVERSATION:
      return "mail-unread-symbolic";
    case MOS_JOURNEY_ORDER:
      return "view-list-symbolic";
    case MOS_JOURNEY_SHIPPED:
      return "go-next-symbolic";
    case MOS_JOURNEY_DELIVERED:
      return "mos-check-circle-symbolic";
    case MOS_JOURNEY_CANCELLED:
      return "window-close-symbolic";
    case MOS_JOURNEY_REFUND:
    case MOS_JOURNEY_RETURN:
      return "edit-undo-symbolic";
    case MOS_JOURNEY_OUTREACH:
      return "mail-send-symbolic";
    case MOS_JOURNEY_SCORE:
      return "starred-symbolic";
    default:
      return "mos-dot-symbolic";
    }
}

static gboolean
is_bad (const MosJourneyStep *step)
{
  return is_trouble (step->kind) || (step->kind == MOS_JOURNEY_SCORE && mos_survey_kind_is_low (step->score_kind, step->score));
}

static GtkWidget *
row_new (MosCustomerJourney *self,
         const MosJourneyStep *step,
         gboolean is_first_of_day)
{
  g_autofree char *text = mos_journey_step_text (step);
  g_autofree char *day = mos_order_day_text (step->at_us, self->journey->now_us, NULL);
  GtkWidget *row = mos_pane_row_new (text, is_first_of_day ? day : NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_of (step->kind));
  g_autofree char *full = mos_time_text_full (step->at_us, NULL);

  gtk_widget_add_css_class (icon, is_bad (step) ? "warning" : "dimmed");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_widget_set_tooltip_text (row, full);
  /* The conversation beside which it stands is open already. */
  if (step->conversation != NULL && g_strcmp0 (step->conversation, self->journey->conversation) != 0)
    {
      g_object_set_data_full (G_OBJECT (row), "id", g_strdup (step->conversation), g_free);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row, "activated", G_CALLBACK (on_conversation_cb), self, G_CONNECT_DEFAULT);
    }
  else if (step->order != NULL)
    {
      g_object_set_data_full (G_OBJECT (row), "id", g_strdup (step->order), g_free);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row, "activated", G_CALLBACK (on_order_cb), self, G_CONNECT_DEFAULT);
    }
  return row;
}

static void
add (MosCustomerJourney *self,
     GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void rebuild (MosCustomerJourney *self);

static void
on_show_all_cb (MosCustomerJourney *self)
{
  self->shows_all = TRUE;
  rebuild (self);
  gtk_widget_grab_focus (self->rows->pdata[MIN (FIRST_STEPS, self->rows->len - 1)]);
}

static void
rebuild (MosCustomerJourney *self)
{
  gint64 day_us = 0;

  mos_pane_group_clear (ADW_PREFERENCES_GROUP (self), self->rows);
  gtk_widget_set_visible (GTK_WIDGET (self), self->journey != NULL && self->journey->steps->len > 0);
  for (guint i = 0; self->journey != NULL && i < self->journey->steps->len && (self->shows_all || i < FIRST_STEPS); i++)
    {
      const MosJourneyStep *step = g_ptr_array_index (self->journey->steps, i);

      add (self, row_new (self, step, day_us == 0 || mos_time_text_days_between (step->at_us, day_us, NULL) != 0));
      day_us = step->at_us;
    }
  if (self->journey != NULL && !self->shows_all && self->journey->steps->len > FIRST_STEPS)
    {
      guint hidden = self->journey->steps->len - FIRST_STEPS;
      g_autofree char *title = g_strdup_printf (ngettext ("Show %u earlier step", "Show %u earlier steps", hidden), hidden);
      GtkWidget *row = mos_pane_row_new (title, NULL);

      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row, "activated", G_CALLBACK (on_show_all_cb), self, G_CONNECT_SWAPPED);
      add (self, row);
    }
}

static gboolean
is_same (const MosJourney *a,
         const MosJourney *b)
{
  if (a == NULL || b == NULL || a->steps->len != b->steps->len || g_strcmp0 (a->conversation, b->conversation) != 0 || mos_time_text_days_between (a->now_us, b->now_us, NULL) != 0)
    return FALSE;
  for (guint i = 0; i < a->steps->len; i++)
    {
      const MosJourneyStep *x = g_ptr_array_index (a->steps, i), *y = g_ptr_array_index (b->steps, i);

      if (x->kind != y->kind || x->at_us != y->at_us || g_strcmp0 (x->text, y->text) != 0 || g_strcmp0 (x->conversation, y->conversation) != 0 || x->score_kind != y->score_kind || x->score != y->score)
        return FALSE;
    }
  return TRUE;
}

/* --- Class --- */

static void
mos_customer_journey_dispose (GObject *object)
{
  MosCustomerJourney *self = MOS_CUSTOMER_JOURNEY (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->journey, mos_journey_unref);
  G_OBJECT_CLASS (mos_customer_journey_parent_class)->dispose (object);
}

static void
mos_customer_journey_finalize (GObject *object)
{
  g_clear_pointer (&MOS_CUSTOMER_JOURNEY (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_customer_journey_parent_class)->finalize (object);
}

static void
mos_customer_journey_class_init (MosCustomerJourneyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_customer_journey_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_customer_journey_finalize;

  signals[SIGNAL_OPEN_CONVERSATION] = g_signal_new ("open-conversation", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_OPEN_ORDER] = g_signal_new ("open-order", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mos_customer_journey_init (MosCustomerJourney *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), C_ ("customer", "Journey"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* --- Public --- */

void
mos_customer_journey_set_journey (MosCustomerJourney *self,
                                  const MosJourney *journey)
{
  gboolean same;

  g_return_if_fail (MOS_IS_CUSTOMER_JOURNEY (self));

  same = is_same (self->journey, journey);
  if (journey == NULL || self->journey == NULL || g_strcmp0 (self->journey->customer->id, journey->customer->id) != 0)
    self->shows_all = FALSE;
  g_clear_pointer (&self->journey, mos_journey_unref);
  self->journey = journey != NULL ? mos_journey_ref ((MosJourney *) journey) : NULL;
  if (!same)
    rebuild (self);
}
