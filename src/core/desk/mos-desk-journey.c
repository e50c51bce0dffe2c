/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-desk-journey.h"

#include "core/base/mos-decimal.h"
#include "core/desk/mos-customers.h"
#include "core/desk/mos-desk-private.h"
#include "core/desk/mos-orders-here.h"
#include "core/mail/mime/mos-mime-head.h"
#include "core/desk/mos-order-links.h"
#include "core/store/mos-store-journey.h"
#include "core/store/mos-store-order-actions.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"
#include "core/store/mos-store-surveys.h"
#include "core/values/mos-customer-values.h"

#include <string.h>

static void
mos_journey_clear (MosJourney *self)
{
  g_free (self->conversation);
  g_clear_pointer (&self->customer, mos_customer_row_unref);
  g_free (self->country);
  g_free (self->zone);
  g_clear_pointer (&self->conversations, g_ptr_array_unref);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->totals, g_ptr_array_unref);
  g_clear_pointer (&self->shops, g_ptr_array_unref);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosJourney, journey)

const MosShopAccount *
mos_journey_find_shop (const MosJourney *self,
                       const char *shop)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->shops->len; i++)
    if (g_strcmp0 (((MosShopAccount *) g_ptr_array_index (self->shops, i))->id, shop) == 0)
      return g_ptr_array_index (self->shops, i);
  return NULL;
}

const MosOrderAction *
mos_journey_find_action (const MosJourney *self,
                         const char *order)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->actions->len; i++)
    if (g_strcmp0 (((MosOrderAction *) g_ptr_array_index (self->actions, i))->order, order) == 0)
      return g_ptr_array_index (self->actions, i);
  return NULL;
}

/* --- where --- */

/* Longer than any date with its comment. */
#define MAX_DATE 128

/* The zone of a Date field (RFC 5322 §3.3); "-0000" says that it tells nothing. */
static int
offset_of_mail (GBytes *raw)
{
  g_autoptr (GPtrArray) headers = mos_mime_list_headers (raw);
  g_autoptr (GRegex) regex = g_regex_new ("([+-])(\\d\\d)([0-5]\\d)(?:\\s*\\(.*\\))?\\s*$", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);

  for (guint i = 0; i < headers->len; i++)
    {
      const MosMimeHeader *header = g_ptr_array_index (headers, i);
      g_autoptr (GMatchInfo) match = NULL;

      if (g_ascii_strcasecmp (header->name, "Date") == 0 && strlen (header->value) <= MAX_DATE && g_regex_match (regex, header->value, G_REGEX_MATCH_DEFAULT, &match))
        {
          g_autofree char *sign = g_match_info_fetch (match, 1);
          g_autofree char *hours = g_match_info_fetch (match, 2);
          g_autofree char *minutes = g_match_info_fetch (match, 3);
          int offset = atoi (hours) * 3600 + atoi (minutes) * 60;

          if (*sign == '-')
            return offset == 0 ? MOS_WHEREABOUTS_NO_OFFSET : -offset;
          return offset;
        }
    }
  return MOS_WHEREABOUTS_NO_OFFSET;
}

static gboolean
load_whereabouts (MosTxn *txn,
                  MosJourney *self,
                  GError **error)
{
  g_autoptr (MosWhereabouts) whereabouts = NULL;
  g_autoptr (GBytes) raw = NULL;
  gint64 at_us = 0;

  if (!mos_store_journey_find_mail (txn, self->customer->id, &raw, &at_us, error))
    return FALSE;
  whereabouts = mos_whereabouts_find (mos_orders_here_get_country (self->orders, self->customer), mos_customer_row_get_phone (self->customer), raw != NULL ? offset_of_mail (raw) : MOS_WHEREABOUTS_NO_OFFSET, at_us, self->now_us);
  self->country = g_strdup (whereabouts->country);
  self->zone = g_strdup (whereabouts->zone);
  self->is_zone_guess = whereabouts->is_guess;
  self->evidence = whereabouts->evidence;
  return TRUE;
}

/* --- orders --- */

static gboolean
load_orders (MosTxn *txn,
             MosJourney *self,
             GError **error)
{
  self->orders = mos_orders_here_load (txn, self->conversation, self->customer->id, MOS_JOURNEY_MAX_ORDERS, &self->n_here, &self->has_more_orders, error);
  if (self->orders == NULL)
    return FALSE;
  self->totals = mos_store_order_totals (txn, self->customer->id, error);
  self->shops = self->totals != NULL ? mos_store_shop_list_light (txn, error) : NULL;
  self->actions = self->shops != NULL ? mos_store_order_action_list_open (txn, NULL, error) : NULL;
  return self->actions != NULL;
}

/* --- steps --- */

static MosJourneyStep *
add_step (MosJourney *self,
          MosJourneyKind kind,
          gint64 at_us)
{
  MosJourneyStep *step = mos_journey_step_new ();

  step->kind = kind;
  step->at_us = at_us;
  g_ptr_array_add (self->steps, step);
  return step;
}

static void
add_order_step (MosJourney *self,
                const MosOrder *order,
                MosJourneyKind kind,
                gint64 at_us,
                const char *amount)
{
  MosJourneyStep *step;

  if (at_us == 0)
    return;
  step = add_step (self, kind, at_us);
  step->order = g_strdup (order->id);
  step->text = g_strdup (order->number);
  step->amount = g_strdup (amount);
  step->currency = amount != NULL ? g_strdup (order->currency) : NULL;
}

/* A day is over when the next one begins, wherever that is. */
static gboolean
is_late (const MosOrderShipment *shipment,
         gint64 now_us)
{
  gint64 there_us = shipment->delivered_us != 0 ? shipment->delivered_us : now_us;

  return shipment->expected_us != 0 && there_us > shipment->expected_us + G_TIME_SPAN_DAY;
}

static void
add_order_steps (MosJourney *self,
                 const MosOrder *order)
{
  gint64 late_us = 0;

  add_order_step (self, order, MOS_JOURNEY_ORDER, order->created_us, order->total);
  for (guint i = 0; i < order->shipments->len; i++)
    {
      const MosOrderShipment *shipment = g_ptr_array_index (order->shipments, i);

      add_order_step (self, order, MOS_JOURNEY_SHIPPED, shipment->shipped_us, NULL);
      add_order_step (self, order, MOS_JOURNEY_DELIVERED, shipment->delivered_us, NULL);
      if (is_late (shipment, self->now_us) && order->status_kind != MOS_ORDER_CANCELLED)
        late_us = MAX (late_us, shipment->expected_us);
    }
  add_order_step (self, order, MOS_JOURNEY_LATE, late_us, NULL);
  for (guint i = 0; i < order->refunds->len; i++)
    {
      const MosOrderRefund *refund = g_ptr_array_index (order->refunds, i);

      /* One of nothing is a return that the shop only takes note of. */
      if (mos_decimal_is_zero (refund->amount))
        add_order_step (self, order, MOS_JOURNEY_RETURN, refund->at_us, NULL);
      else
        add_order_step (self, order, MOS_JOURNEY_REFUND, refund->at_us, refund->amount);
    }
  if (order->status_kind == MOS_ORDER_CANCELLED)
    add_order_step (self, order, MOS_JOURNEY_CANCELLED, order->modified_us, NULL);
}

static void
add_conversation_step (MosJourney *self,
                       const MosJourneyConversation *conversation,
                       MosJourneyKind kind)
{
  MosJourneyStep *step = add_step (self, kind, conversation->created_us);

  step->conversation = g_strdup (conversation->id);
  step->number = conversation->number;
  step->text = g_strdup (conversation->subject);
}

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const MosJourneyStep *x = *(MosJourneyStep *const *) a, *y = *(MosJourneyStep *const *) b;

  if (x->at_us != y->at_us)
    return x->at_us < y->at_us ? 1 : -1;
  /* What happens in one moment happens in the order of its kinds. */
  return x->kind < y->kind ? 1 : x->kind > y->kind ? -1
                                                   : 0;
}

/* Of what is written there the first is the first contact, where all of it was read. */
static void
mark_first_contact (MosJourney *self)
{
  for (guint i = self->steps->len; i-- > 0 && self->customer->conversation_count < MOS_JOURNEY_MAX_CONVERSATIONS;)
    {
      MosJourneyStep *step = g_ptr_array_index (self->steps, i);

      if (step->kind == MOS_JOURNEY_CONVERSATION)
        {
          step->kind = MOS_JOURNEY_FIRST_CONTACT;
          return;
        }
    }
}

static gboolean
load_conversations (MosTxn *txn,
                    MosJourney *self,
                    GError **error)
{
  g_autoptr (GPtrArray) all = mos_store_journey_list_conversations (txn, self->customer->id, MOS_JOURNEY_MAX_CONVERSATIONS, error);
  g_autoptr (GPtrArray) bounces = all != NULL ? mos_store_journey_list_bounces (txn, self->customer->id, MOS_JOURNEY_MAX_CONVERSATIONS, error) : NULL;

  if (bounces == NULL)
    return FALSE;
  self->conversations = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_journey_conversation_unref);
  for (guint i = 0; i < all->len; i++)
    {
      MosJourneyConversation *conversation = g_ptr_array_index (all, i);

      add_conversation_step (self, conversation, MOS_JOURNEY_CONVERSATION);
      if (g_strcmp0 (conversation->id, self->conversation) != 0)
        g_ptr_array_add (self->conversations, mos_journey_conversation_ref (conversation));
    }
  for (guint i = 0; i < bounces->len; i++)
    g_ptr_array_add (self->steps, mos_journey_step_ref (g_ptr_array_index (bounces, i)));
  return TRUE;
}

/* --- what was sent to many, what went wrong, and what came back --- */

static gboolean
load_steps (MosTxn *txn,
            MosJourney *self,
            GPtrArray *(*list) (MosTxn *txn, const char *customer, guint max, GError **error),
            GError **error)
{
  g_autoptr (GPtrArray) steps = list (txn, self->customer->id, MOS_JOURNEY_MAX_CONVERSATIONS, error);

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    g_ptr_array_add (self->steps, mos_journey_step_ref (g_ptr_array_index (steps, i)));
  return steps != NULL;
}

/* --- scores --- */

static gboolean
load_scores (MosTxn *txn,
             MosJourney *self,
             GError **error)
{
  g_autoptr (GPtrArray) surveys = mos_store_survey_list (txn, self->customer->id, NULL, 0, MOS_JOURNEY_MAX_CONVERSATIONS, error);

  for (guint i = 0; surveys != NULL && i < surveys->len; i++)
    {
      const MosSurvey *survey = g_ptr_array_index (surveys, i);
      MosJourneyStep *step = add_step (self, MOS_JOURNEY_SCORE, survey->answered_us);

      step->conversation = g_strdup (survey->conversation);
      step->number = survey->number;
      step->text = g_strdup (survey->comment);
      step->score_kind = survey->kind;
      step->score = survey->score;
    }
  return surveys != NULL;
}

/* --- the whole --- */

gboolean
mos_journey_load (MosTxn *txn,
                  const char *customer,
                  const char *conversation,
                  MosJourney **ret_journey,
                  GError **error)
{
  g_autoptr (MosJourney) journey = mos_journey_new ();

  journey->conversation = g_strdup (conversation);
  journey->now_us = mos_txn_get_now_us (txn);
  journey->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_journey_step_unref);
  if (!mos_customers_look (txn, customer, &journey->customer, error))
    return FALSE;
  if (!load_conversations (txn, journey, error) || !load_steps (txn, journey, mos_store_journey_list_outreach, error) ||
      !load_steps (txn, journey, mos_store_journey_list_problems, error) || !load_steps (txn, journey, mos_store_journey_list_returns, error) || !load_scores (txn, journey, error) || !load_orders (txn, journey, error) || !load_whereabouts (txn, journey, error))
    return FALSE;
  /* What somebody else ordered is shown where it is spoken of, but is no step of this one's. */
  for (guint i = 0; i < journey->orders->len; i++)
    if (g_strcmp0 (((MosOrder *) g_ptr_array_index (journey->orders, i))->customer, journey->customer->id) == 0)
      add_order_steps (journey, g_ptr_array_index (journey->orders, i));
  g_ptr_array_sort (journey->steps, compare_steps);
  mark_first_contact (journey);
  *ret_journey = g_steal_pointer (&journey);
  return TRUE;
}

static gboolean
mos_desk_read_journey (MosTxn *txn,
                       MosDeskCall *call,
                       GError **error)
{
  MosJourney *journey = NULL;

  if (!mos_journey_load (txn, call->text, call->other, &journey, error))
    return FALSE;
  mos_desk_call_take_result (call, journey, (GDestroyNotify) mos_journey_unref);
  return TRUE;
}

void
mos_desk_load_journey_async (MosDesk *self,
                             const char *customer,
                             const char *conversation,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (customer != NULL);

  call = mos_desk_call_new_text (mos_desk_read_journey, customer);
  call->other = g_strdup (conversation);
  mos_desk_read (self, call, mos_desk_load_journey_async, cancellable, callback, user_data);
}

MosJourney *
mos_desk_load_journey_finish (MosDesk *self,
                              GAsyncResult *result,
                              GError **error)
{
  return mos_desk_call_finish (self, result, mos_desk_load_journey_async, error);
}

/* --- whose an order is, by hand --- */

static gboolean
do_link_order (MosTxn *txn,
               MosDeskCall *call,
               GError **error)
{
  return (call->flag ? mos_order_links_take : mos_order_links_drop) (txn, call->text, call->other, call->third, error);
}

void
mos_desk_link_order_async (MosDesk *self,
                           const char *order,
                           const char *customer,
                           const char *conversation,
                           gboolean theirs,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  MosDeskCall *call;

  g_return_if_fail (MOS_IS_DESK (self));
  g_return_if_fail (order != NULL);

  call = mos_desk_call_new_pair (do_link_order, order, customer, NULL);
  call->third = g_strdup (conversation);
  call->flag = theirs;
  mos_desk_write (self, call, theirs ? MOS_ORDER_LINK : MOS_ORDER_UNLINK, mos_desk_link_order_async, cancellable, callback, user_data);
}
