/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-order-text.h"

#include "app/customer/mos-score-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"
#include "core/base/mos-locale.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

static gboolean
is_some (const char *text)
{
  return text != NULL && *text != '\0';
}

/* "a · b", or the one that there is. Each by itself: in a line from right to left figures beside one another would change places. */
static void
append (GString *line,
        const char *text)
{
  g_autofree char *isolated = NULL;

  if (!is_some (text))
    return;
  isolated = mos_text_isolate (text);
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, isolated);
}

const char *
mos_order_status_text (MosOrderStatus status)
{
  switch (status)
    {
    case MOS_ORDER_PENDING:
      return C_ ("order", "Not paid yet");
    case MOS_ORDER_PAID:
      return C_ ("order", "Paid");
    case MOS_ORDER_PROCESSING:
      return C_ ("order", "Being prepared");
    case MOS_ORDER_SHIPPED:
      return C_ ("order", "Shipped");
    case MOS_ORDER_DELIVERED:
      return C_ ("order", "Delivered");
    case MOS_ORDER_CANCELLED:
      return C_ ("order", "Cancelled");
    case MOS_ORDER_REFUNDED:
      return C_ ("order", "Refunded");
    default:
      return "";
    }
}

char *
mos_order_money_text (const char *decimal,
                      const char *currency)
{
  g_autofree char *locale = mos_locale_dup_here (LC_MONETARY);

  if (!is_some (decimal))
    return g_strdup ("");
  return is_some (currency) ? mos_locale_money (locale, decimal, currency) : mos_locale_number (locale, decimal, -1);
}

char *
mos_order_day_text (gint64 us,
                    gint64 now_us,
                    GTimeZone *zone)
{
  if (us == 0)
    return g_strdup ("");
  if (mos_time_text_days_between (us, now_us, zone) == 0)
    return g_strdup (_ ("Today"));
  return mos_time_text_short (us, now_us, zone);
}

char *
mos_order_summary_text (const MosOrder *order,
                        gint64 now_us)
{
  g_autofree char *day = mos_order_day_text (order->created_us, now_us, NULL);
  g_autofree char *total = mos_order_money_text (order->total, order->currency);
  g_autoptr (GString) line = g_string_new (mos_order_status_text (order->status_kind));

  append (line, day);
  append (line, total);
  return g_string_free_and_steal (g_steal_pointer (&line));
}

char *
mos_order_item_text (const MosOrderItem *item,
                     const char *currency)
{
  g_autofree char *price = mos_order_money_text (item->price, currency);
  g_autofree char *locale = mos_locale_dup_here (LC_NUMERIC);
  g_autofree char *quantity = is_some (item->quantity) ? mos_locale_number (locale, item->quantity, -1) : g_strdup ("");
  g_autofree char *amount = NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  append (line, item->variant);
  if (is_some (price) && is_some (quantity))
    /* Translators: how many of an article were ordered, and the price of one: "2 × €19.00". */
    amount = g_strdup_printf (_ ("%1$s × %2$s"), quantity, price);
  else
    amount = g_strdup (is_some (price) ? price : quantity);
  append (line, amount);
  return g_string_free_and_steal (g_steal_pointer (&line));
}

const char *
mos_order_proof_text (const MosOrder *order,
                      const char *customer)
{
  if (order->customer == NULL)
    return _ ("Its number is in the text; nobody knows whose order it is");
  if (g_strcmp0 (order->customer, customer) != 0)
    return _ ("Its number is in the text; somebody else ordered it");
  switch (order->proof)
    {
    case MOS_ORDER_PROOF_NUMBER:
      return _ ("Only its number in a text says that it is this customer’s");
    case MOS_ORDER_PROOF_PHONE:
      return _ ("Ordered with this customer’s phone number, but another address");
    case MOS_ORDER_PROOF_EMAIL:
    case MOS_ORDER_PROOF_VERIFIED:
    case MOS_ORDER_PROOF_HAND:
    default:
      return NULL;
    }
}

char *
mos_order_shipment_text (const MosOrderShipment *shipment,
                         gint64 now_us)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *shipped = mos_order_day_text (shipment->shipped_us, now_us, NULL);
  g_autofree char *delivered = mos_order_day_text (shipment->delivered_us, now_us, NULL);
  g_autofree char *expected = shipment->delivered_us == 0 ? mos_order_day_text (shipment->expected_us, now_us, NULL) : g_strdup ("");
  g_autofree char *left = NULL;
  g_autofree char *arrived = NULL;
  g_autofree char *will = NULL;

  append (line, shipment->carrier);
  if (is_some (shipped))
    /* Translators: of a parcel; %s is a day: "Yesterday", "3 Mar". */
    left = g_strdup_printf (_ ("Shipped: %s"), shipped);
  if (is_some (delivered))
    /* Translators: of a parcel; %s is a day: "Yesterday", "3 Mar". */
    arrived = g_strdup_printf (_ ("Delivered: %s"), delivered);
  if (is_some (expected))
    /* Translators: of a parcel; %s is a day: "Tomorrow", "3 Mar". */
    will = g_strdup_printf (_ ("Expected: %s"), expected);
  append (line, left);
  append (line, arrived);
  append (line, will);
  return g_string_free_and_steal (g_steal_pointer (&line));
}

const char *
mos_order_note_title (const MosOrderNote *note)
{
  return note->is_for_customer ? _ ("Note that the customer was sent") : _ ("Note that the customer does not see");
}

char *
mos_order_note_text (const MosOrderNote *note,
                     gint64 now_us)
{
  g_autofree char *day = mos_order_day_text (note->at_us, now_us, NULL);
  g_autoptr (GString) line = g_string_new (NULL);

  append (line, note->author);
  append (line, day);
  return line->len > 0 ? g_strconcat (note->text, "\n", line->str, NULL) : g_strdup (note->text);
}

char *
mos_order_totals_text (const MosOrderTotals *totals)
{
  g_autofree char *spent = mos_order_money_text (totals->spent, totals->currency);
  g_autofree char *orders = g_strdup_printf (ngettext ("%u order", "%u orders", totals->n_orders), totals->n_orders);
  g_autoptr (GString) line = g_string_new (NULL);

  append (line, spent);
  append (line, orders);
  if (totals->n_refunded > 0 && totals->n_orders > 0)
    {
      /* Translators: how many of a customer's orders were refunded in part or whole: "2 of 8 refunded (25%)". */
      g_autofree char *refunded = g_strdup_printf (_ ("%1$u of %2$u refunded (%3$u%%)"), totals->n_refunded, totals->n_orders, (totals->n_refunded * 100 + totals->n_orders / 2) / totals->n_orders);

      append (line, refunded);
    }
  return g_string_free_and_steal (g_steal_pointer (&line));
}

/* Of several shops the oldest copy counts; of one that is filled from files, when its newest order was read. */
char *
mos_order_age_text (const MosJourney *journey)
{
  gint64 oldest_us = 0;
  g_autofree char *age = NULL;

  for (guint i = 0; i < journey->orders->len; i++)
    {
      const MosOrder *order = g_ptr_array_index (journey->orders, i);
      const MosShopAccount *shop = mos_journey_find_shop (journey, order->shop);
      gint64 read_us = shop != NULL && shop->last_sync_us > 0 ? shop->last_sync_us : order->seen_us;

      if (read_us > 0 && (oldest_us == 0 || read_us < oldest_us))
        oldest_us = read_us;
    }
  if (oldest_us == 0)
    return NULL;
  age = mos_time_text_relative (oldest_us, journey->now_us, NULL);
  /* Translators: how old the copies of a shop's orders are; %s is "5 min ago", "14:05", "Yesterday, 14:05". */
  return g_strdup_printf (_ ("As of %s"), age);
}

char *
mos_journey_step_text (const MosJourneyStep *step)
{
  g_autofree char *text = mos_text_isolate (is_some (step->text) ? step->text : _ ("No subject"));
  g_autofree char *amount = mos_order_money_text (step->amount, step->currency);
  g_autofree char *score = NULL;

  switch (step->kind)
    {
    case MOS_JOURNEY_FIRST_CONTACT:
      /* Translators: %s is the subject of the first conversation with a customer. */
      return g_strdup_printf (_ ("First contact: %s"), text);
    case MOS_JOURNEY_CONVERSATION:
      /* Translators: %s is the subject of a conversation. */
      return g_strdup_printf (_ ("Conversation: %s"), text);
    case MOS_JOURNEY_BOUNCE:
      if (!is_some (step->text))
        return g_strdup (_ ("A message did not arrive"));
      /* Translators: %s is a mail address. */
      return g_strdup_printf (_ ("A message did not reach %s"), text);
    case MOS_JOURNEY_ORDER:
      /* Translators: an order's number and its total. */
      return g_strdup_printf (_ ("Order %1$s, %2$s"), text, amount);
    case MOS_JOURNEY_SHIPPED:
      /* Translators: %s is an order's number. */
      return g_strdup_printf (_ ("Order %s shipped"), text);
    case MOS_JOURNEY_DELIVERED:
      /* Translators: %s is an order's number. */
      return g_strdup_printf (_ ("Order %s delivered"), text);
    case MOS_JOURNEY_CANCELLED:
      /* Translators: %s is an order's number. */
      return g_strdup_printf (_ ("Order %s cancelled"), text);
    case MOS_JOURNEY_REFUND:
      /* Translators: an amount, and the number of the order that it was refunded for. */
      return g_strdup_printf (_ ("%1$s refunded for order %2$s"), amount, text);
    case MOS_JOURNEY_OUTREACH:
      /* Translators: %s is the name of an outreach: of what was sent to many. */
      return g_strdup_printf (_ ("Sent to many: %s"), text);
    case MOS_JOURNEY_SCORE:
      score = mos_score_text (step->score_kind, step->score);
      if (!is_some (step->text))
        return g_steal_pointer (&score);
      /* Translators: a score ("Satisfaction: 4 of 5"), and the words of the customer. */
      return g_strdup_printf (_ ("%1$s. “%2$s”"), score, text);
    case MOS_JOURNEY_RETURN:
      /* Translators: %s is an order's number. */
      return g_strdup_printf (_ ("Something of order %s came back"), text);
    case MOS_JOURNEY_PROBLEM:
      /* Translators: %s is the category of a conversation, such as "Complaint". */
      return g_strdup_printf (_ ("Problem: %s"), text);
    case MOS_JOURNEY_REOPENED:
      /* Translators: %s is the subject of a conversation that was closed. */
      return g_strdup_printf (_ ("Not settled yet: %s"), text);
    case MOS_JOURNEY_LATE:
      /* Translators: %s is an order's number. */
      return g_strdup_printf (_ ("Order %s was late"), text);
    default:
      return g_steal_pointer (&text);
    }
}

char *
mos_journey_place_text (const MosJourney *journey,
                        gint64 now_us)
{
  g_autoptr (GTimeZone) zone = journey->zone != NULL ? g_time_zone_new_identifier (journey->zone) : NULL;
  g_autofree char *country = journey->country != NULL ? mos_whereabouts_country_name (setlocale (LC_MESSAGES, NULL), journey->country) : NULL;
  g_autofree char *time = zone != NULL ? mos_time_text_short (now_us, now_us, zone) : NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *clock = NULL;

  if (time != NULL)
    /* Translators: what the clock shows where the customer is; the second form where that is only likely. */
    clock = g_strdup_printf (journey->is_zone_guess ? _ ("Probably %s there") : _ ("%s there"), time);
  append (line, clock);
  append (line, country);
  return line->len > 0 ? g_string_free_and_steal (g_steal_pointer (&line)) : NULL;
}

gboolean
mos_order_is_web_page (const char *url)
{
  const char *scheme = is_some (url) ? g_uri_peek_scheme (url) : NULL;

  return scheme != NULL && (strcmp (scheme, "https") == 0 || strcmp (scheme, "http") == 0) && g_uri_is_valid (url, G_URI_FLAGS_NONE, NULL);
}
