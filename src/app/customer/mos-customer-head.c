/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customer-head.h"

#include "app/customer/mos-order-text.h"
#include "app/customer/mos-score-text.h"
#include "app/widgets/mos-language-name.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

/* The clock there shows minutes. */
#define TICK_SECONDS 20

struct _MosCustomerHead
{
  AdwBin parent_instance;

  /* Template children */
  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *vip_label;
  GtkLabel *company_label;
  GtkLabel *place_label;
  GtkLabel *score_label;
  GtkLabel *seen_label;

  MosJourney *journey; /* (owned) (nullable) */
  MosClock *clock;     /* (owned) (nullable) */
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (MosCustomerHead, mos_customer_head, ADW_TYPE_BIN)

static void
set_or_hide (GtkLabel *label,
             const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* What tells it is said where it is asked for. */
static const char *
evidence_text (const MosJourney *journey)
{
  switch (journey->evidence)
    {
    case MOS_WHEREABOUTS_BY_PHONE:
      return _ ("By the country code of the phone number");
    case MOS_WHEREABOUTS_BY_MAIL:
      return _ ("By the clock of the last mail");
    case MOS_WHEREABOUTS_BY_COUNTRY:
      return journey->is_zone_guess ? _ ("The country has several time zones") : NULL;
    case MOS_WHEREABOUTS_UNKNOWN:
    default:
      return NULL;
    }
}

static void
update_place (MosCustomerHead *self)
{
  g_autofree char *place = self->journey != NULL ? mos_journey_place_text (self->journey, mos_clock_now_us (self->clock)) : NULL;
  const char *language = self->journey != NULL ? self->journey->customer->language : NULL;
  g_autofree char *name = language != NULL && *language != '\0' ? mos_text_isolate (mos_language_name (language)) : NULL;
  g_autofree char *both = place != NULL && name != NULL ? g_strconcat (place, " · ", name, NULL) : g_strdup (place != NULL ? place : name);

  set_or_hide (self->place_label, both);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->place_label), self->journey != NULL ? evidence_text (self->journey) : NULL);
}

/* @customer: (nullable) */
static void
show_score (MosCustomerHead *self,
            const MosCustomerRow *customer,
            gint64 now_us)
{
  gboolean is_low = customer != NULL && customer->last_score_us != 0 && mos_survey_kind_is_low (customer->last_score_kind, customer->last_score);
  g_autofree char *score = NULL, *at = NULL, *both = NULL;

  if (customer != NULL && customer->last_score_us != 0)
    {
      score = mos_score_text (customer->last_score_kind, customer->last_score);
      at = mos_time_text_short (customer->last_score_us, now_us, NULL);
      /* Translators: the last score that a customer gave ("Satisfaction: 4 of 5"), and when. */
      both = g_strdup_printf (_ ("%1$s (%2$s)"), score, at);
    }
  set_or_hide (self->score_label, both);
  if (is_low)
    gtk_widget_add_css_class (GTK_WIDGET (self->score_label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->score_label), "warning");
}

static gboolean
on_tick_cb (gpointer data)
{
  update_place (data);
  return G_SOURCE_CONTINUE;
}

static void
mos_customer_head_map (GtkWidget *widget)
{
  MosCustomerHead *self = MOS_CUSTOMER_HEAD (widget);

  GTK_WIDGET_CLASS (mos_customer_head_parent_class)->map (widget);
  if (self->clock != NULL)
    update_place (self);
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, on_tick_cb, self);
}

static void
mos_customer_head_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&MOS_CUSTOMER_HEAD (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (mos_customer_head_parent_class)->unmap (widget);
}

static void
mos_customer_head_dispose (GObject *object)
{
  MosCustomerHead *self = MOS_CUSTOMER_HEAD (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->journey, mos_journey_unref);
  g_clear_object (&self->clock);
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_CUSTOMER_HEAD);
  G_OBJECT_CLASS (mos_customer_head_parent_class)->dispose (object);
}

static void
mos_customer_head_class_init (MosCustomerHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_customer_head_dispose;
  widget_class->map = mos_customer_head_map;
  widget_class->unmap = mos_customer_head_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-customer-head.ui");
  gtk_widget_class_bind_template_child (widget_class, MosCustomerHead, avatar);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerHead, name_label);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerHead, vip_label);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerHead, company_label);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerHead, place_label);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerHead, score_label);
  gtk_widget_class_bind_template_child (widget_class, MosCustomerHead, seen_label);
}

static void
mos_customer_head_init (MosCustomerHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- Public --- */

void
mos_customer_head_set_name (MosCustomerHead *self,
                            const char *name)
{
  g_return_if_fail (MOS_IS_CUSTOMER_HEAD (self));

  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->name_label, name != NULL ? name : _ ("No customer"));
}

void
mos_customer_head_set_journey (MosCustomerHead *self,
                               const MosJourney *journey,
                               MosClock *clock)
{
  const MosCustomerRow *customer = journey != NULL ? journey->customer : NULL;
  g_autofree char *count = NULL;
  g_autofree char *since = NULL;

  g_return_if_fail (MOS_IS_CUSTOMER_HEAD (self));

  g_set_object (&self->clock, clock);
  g_clear_pointer (&self->journey, mos_journey_unref);
  self->journey = journey != NULL ? mos_journey_ref ((MosJourney *) journey) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->vip_label), customer != NULL && customer->vip);
  set_or_hide (self->company_label, customer != NULL ? customer->company : NULL);
  set_or_hide (self->seen_label, NULL);
  show_score (self, customer, journey != NULL ? journey->now_us : 0);
  update_place (self);
  if (customer == NULL)
    return;
  if (*customer->name != '\0')
    mos_customer_head_set_name (self, customer->name);
  else if (customer->identities->len > 0)
    mos_customer_head_set_name (self, ((MosIdentity *) g_ptr_array_index (customer->identities, 0))->value);
  count = g_strdup_printf (ngettext ("%u conversation", "%u conversations", customer->conversation_count), customer->conversation_count);
  since = mos_time_text_short (customer->first_seen_us, journey->now_us, NULL);
  if (*since != '\0')
    {
      /* Translators: how many conversations ("3 conversations"), and when the customer first wrote. */
      g_autofree char *seen = g_strdup_printf (_ ("%1$s, the first: %2$s"), count, since);

      set_or_hide (self->seen_label, seen);
    }
  else
    set_or_hide (self->seen_label, count);
}
