/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/base/mos-time.h"
#include "core/desk/mos-order-links.h"
#include "core/desk/mos-orders-csv.h"
#include "core/store/mos-store-agents.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-shops.h"
#include "core/store/mos-store-undo.h"

#include <string.h>

#define STEPS 1000

/* --- import --- */

typedef struct
{
  MosStore *store;
  const MosShopAccount *shop;
  const MosOrdersCsv *csv;
  const MosOrdersPlan *plan;
  gboolean only_shows;
  MosJob *job; /* (nullable) */
  MosOrderCounts counts;
  guint64 n_orders;
  guint n_left_out;
  GPtrArray *page;   /* (borrowed) */
  GPtrArray *agents; /* (owned) (nullable): the last write is done in the name of one */
} Import;

static gboolean
has (const Import *self,
     MosOrderColumn column)
{
  int at = mos_orders_plan_find (self->plan, column);

  return at >= 0 && (guint) at < self->csv->shape.n_most;
}

static void
keep_text (const Import *self,
           MosOrderColumn column,
           char **text,
           const char *known)
{
  if (!has (self, column))
    g_set_str (text, known);
}

static void
keep_list (GPtrArray **list,
           GPtrArray *known)
{
  g_ptr_array_unref (*list);
  *list = g_ptr_array_ref (known);
}

/* When a parcel left and came: no column says it. */
static void
keep_days (MosOrder *order,
           const MosOrder *known)
{
  for (guint i = 0; i < order->shipments->len; i++)
    for (guint k = 0; k < known->shipments->len; k++)
      {
        MosOrderShipment *shipment = order->shipments->pdata[i];
        const MosOrderShipment *old = known->shipments->pdata[k];

        if (strcmp (shipment->number, old->number) != 0 || strcmp (shipment->url, old->url) != 0)
          continue;
        g_set_str (&shipment->status, old->status);
        shipment->shipped_us = old->shipped_us;
        shipment->delivered_us = old->delivered_us;
        shipment->expected_us = old->expected_us;
      }
}

/* What this file has no column for stays as another one said it. */
static void
keep_known (const Import *self,
            MosOrder *order,
            const MosOrder *known)
{
  gboolean has_name = has (self, MOS_ORDER_COLUMN_NAME) || has (self, MOS_ORDER_COLUMN_FIRST_NAME) || has (self, MOS_ORDER_COLUMN_LAST_NAME);
  gboolean has_address = has (self, MOS_ORDER_COLUMN_ADDRESS) || has (self, MOS_ORDER_COLUMN_CITY) || has (self, MOS_ORDER_COLUMN_POSTCODE);
  gboolean has_items = has (self, MOS_ORDER_COLUMN_ITEM) || has (self, MOS_ORDER_COLUMN_SKU);

  keep_text (self, MOS_ORDER_COLUMN_PAYMENT, &order->payment, known->payment);
  keep_text (self, MOS_ORDER_COLUMN_FULFILMENT, &order->fulfilment, known->fulfilment);
  keep_text (self, MOS_ORDER_COLUMN_REFUNDED, &order->refunded, known->refunded);
  keep_text (self, MOS_ORDER_COLUMN_EMAIL, &order->email, known->email);
  keep_text (self, MOS_ORDER_COLUMN_PHONE, &order->phone, known->phone);
  keep_text (self, MOS_ORDER_COLUMN_COUNTRY, &order->country, known->country);
  keep_text (self, MOS_ORDER_COLUMN_NOTE, &order->note, known->note);
  if (!has_name)
    g_set_str (&order->name, known->name);
  if (!has_address)
    g_set_str (&order->address, known->address);
  if (!has (self, MOS_ORDER_COLUMN_TOTAL) && !has_items)
    g_set_str (&order->total, known->total);
  if (!has (self, MOS_ORDER_COLUMN_CURRENCY) && *known->currency != '\0')
    g_set_str (&order->currency, known->currency);
  if (!has (self, MOS_ORDER_COLUMN_STATUS) && !has (self, MOS_ORDER_COLUMN_FULFILMENT) && !has (self, MOS_ORDER_COLUMN_PAYMENT))
    {
      g_set_str (&order->status, known->status);
      order->status_kind = known->status_kind;
    }
  if (!has (self, MOS_ORDER_COLUMN_DATE))
    order->created_us = known->created_us;
  /* Without a time of its own the file that came last is right. */
  if (!has (self, MOS_ORDER_COLUMN_MODIFIED))
    order->modified_us = MAX (order->created_us, known->modified_us);
  if (!has_items)
    keep_list (&order->items, known->items);
  if (!has (self, MOS_ORDER_COLUMN_TRACKING) && !has (self, MOS_ORDER_COLUMN_TRACKING_URL))
    keep_list (&order->shipments, known->shipments);
  else
    keep_days (order, known);
  keep_list (&order->refunds, known->refunds);
}

static void
compare (Import *self,
         const MosOrder *order,
         const MosOrder *known)
{
  g_autofree char *digest = mos_order_dup_digest (order);
  g_autofree char *known_digest = known != NULL ? mos_order_dup_digest (known) : NULL;

  if (known == NULL)
    self->counts.n_new++;
  else if (order->modified_us < known->modified_us)
    self->counts.n_older++;
  else if (strcmp (digest, known_digest) == 0)
    self->counts.n_same++;
  else
    self->counts.n_changed++;
}

static gboolean
do_page (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Import *self = data;
  /* What is known of the order takes its place. */
  g_autofree char *currency = g_strdup (((MosOrder *) self->page->pdata[0])->currency);

  for (guint i = 0; i < self->page->len; i++)
    {
      MosOrder *order = self->page->pdata[i];
      g_autoptr (MosOrder) known = NULL;

      if (!mos_store_order_find (txn, order->id, &known, error))
        return FALSE;
      if (known != NULL)
        keep_known (self, order, known);
      if (self->only_shows)
        compare (self, order, known);
    }
  if (self->only_shows)
    return TRUE;
  return mos_order_links_take_page (txn, self->shop->id, self->page, NULL, &self->counts, error) &&
         (*currency == '\0' || mos_store_shop_learn (txn, self->shop->id, currency, error));
}

static gboolean
take_page (GPtrArray *orders,
           double done,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Import *self = data;

  self->page = orders;
  if (self->only_shows ? !mos_store_read_sync (self->store, do_page, self, cancellable, error) : !mos_store_write_sync (self->store, NULL, NULL, do_page, self, NULL, cancellable, error))
    return FALSE;
  self->n_orders += orders->len;
  if (self->job != NULL)
    mos_job_set_progress (self->job, (guint64) (done * STEPS), STEPS, self->n_orders);
  return TRUE;
}

/* There is no undo of an import: where it changed something, it is what was done last, and nothing before it is taken back instead. */
static gboolean
note_done (MosTxn *txn,
           const Import *self,
           GPtrArray *agents, /* whoever sits here is the first: mos_store_agent_list() */
           GError **error)
{
  const MosAgent *me = agents->len > 0 ? agents->pdata[0] : NULL;
  const MosActor actor = { MOS_ACTOR_HUMAN, me != NULL && me->is_me ? me->id : NULL };

  if (self->counts.n_new + self->counts.n_changed == 0)
    return TRUE;
  mos_txn_set_actor (txn, &actor);
  return mos_store_undo_note (txn, error);
}

/* How it was understood, for the next file, and how the shop stands. */
static gboolean
do_end (MosTxn *txn,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  Import *self = data;
  g_autoptr (MosShopAccount) now = NULL;
  g_autoptr (MosShopAccount) copy = NULL;
  g_autofree char *detail = self->n_left_out > 0 ? g_strdup_printf ("%u", self->n_left_out) : NULL;

  g_clear_pointer (&self->agents, g_ptr_array_unref);
  self->agents = mos_store_agent_list (txn, error);
  if (self->agents == NULL || !note_done (txn, self, self->agents, error) || !mos_store_shop_find (txn, self->shop->id, &now, error))
    return FALSE;
  /* Removed meanwhile. */
  if (now == NULL)
    return TRUE;
  copy = mos_shop_account_copy (now);
  mos_orders_plan_keep (self->plan, self->csv, copy);
  return (strcmp (copy->settings, now->settings) == 0 || mos_store_shop_save (txn, copy, error)) &&
         mos_store_shop_save_status (txn, now->id, MOS_ACCOUNT_READY, detail != NULL ? "unreadable" : NULL, detail, mos_clock_now_us (mos_store_get_clock (self->store)), error);
}

MosOrdersReport *
mos_orders_csv_import_sync (MosStore *store,
                            const MosShopAccount *shop,
                            const MosOrdersCsv *csv,
                            const MosOrdersPlan *plan,
                            gboolean only_shows,
                            MosJob *job,
                            GCancellable *cancellable,
                            GError **error)
{
  Import self = { .store = store, .shop = shop, .csv = csv, .plan = plan, .only_shows = only_shows, .job = job };
  g_autoptr (MosOrdersReport) report = mos_orders_csv_walk (csv, plan, shop, take_page, &self, cancellable, error);
  gboolean is_done;

  if (report == NULL)
    return NULL;
  report->counts = self.counts;
  self.n_left_out = report->n_left_out;
  is_done = only_shows || mos_store_write_sync (store, NULL, NULL, do_end, &self, NULL, cancellable, error);
  g_clear_pointer (&self.agents, g_ptr_array_unref);
  return is_done ? g_steal_pointer (&report) : NULL;
}

/* --- as a job --- */

struct _MosOrdersJob
{
  MosJob parent_instance;

  MosStore *store;      /* (owned) */
  MosShopAccount *shop; /* (owned) */
  MosOrdersCsv *csv;    /* (owned) */
  MosOrdersPlan *plan;  /* (owned) */
  MosOrdersReport *report;
};

G_DEFINE_FINAL_TYPE (MosOrdersJob, mos_orders_job, MOS_TYPE_JOB)

static gboolean
mos_orders_job_run_sync (MosJob *job,
                         GCancellable *cancellable,
                         GError **error)
{
  MosOrdersJob *self = MOS_ORDERS_JOB (job);

  g_clear_pointer (&self->report, mos_orders_report_unref);
  self->report = mos_orders_csv_import_sync (self->store, self->shop, self->csv, self->plan, FALSE, job, cancellable, error);
  return self->report != NULL;
}

static gboolean
mos_orders_job_equal (MosJob *job,
                      MosJob *other)
{
  return job == other;
}

static void
mos_orders_job_finalize (GObject *object)
{
  MosOrdersJob *self = MOS_ORDERS_JOB (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->shop, mos_shop_account_unref);
  g_clear_pointer (&self->csv, mos_orders_csv_unref);
  g_clear_pointer (&self->plan, mos_orders_plan_unref);
  g_clear_pointer (&self->report, mos_orders_report_unref);
  G_OBJECT_CLASS (mos_orders_job_parent_class)->finalize (object);
}

static void
mos_orders_job_class_init (MosOrdersJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_orders_job_finalize;
  MOS_JOB_CLASS (klass)->run_sync = mos_orders_job_run_sync;
  MOS_JOB_CLASS (klass)->equal = mos_orders_job_equal;
}

static void
mos_orders_job_init (MosOrdersJob *self)
{
}

MosOrdersJob *
mos_orders_job_new (MosStore *store,
                    MosShopAccount *shop,
                    MosOrdersCsv *csv,
                    MosOrdersPlan *plan)
{
  MosOrdersJob *self = g_object_new (MOS_TYPE_ORDERS_JOB, NULL);

  self->store = g_object_ref (store);
  self->shop = mos_shop_account_ref (shop);
  self->csv = mos_orders_csv_ref (csv);
  self->plan = mos_orders_plan_ref (plan);
  return self;
}

MosOrdersReport *
mos_orders_job_get_report (MosOrdersJob *self)
{
  g_return_val_if_fail (MOS_IS_ORDERS_JOB (self), NULL);

  return self->report;
}

/* --- export --- */

static const MosOrderColumn export_columns[] = {
  MOS_ORDER_COLUMN_NUMBER,
  MOS_ORDER_COLUMN_DATE,
  MOS_ORDER_COLUMN_MODIFIED,
  MOS_ORDER_COLUMN_STATUS,
  MOS_ORDER_COLUMN_PAYMENT,
  MOS_ORDER_COLUMN_FULFILMENT,
  MOS_ORDER_COLUMN_TOTAL,
  MOS_ORDER_COLUMN_REFUNDED,
  MOS_ORDER_COLUMN_CURRENCY,
  MOS_ORDER_COLUMN_EMAIL,
  MOS_ORDER_COLUMN_PHONE,
  MOS_ORDER_COLUMN_NAME,
  MOS_ORDER_COLUMN_ADDRESS,
  MOS_ORDER_COLUMN_COUNTRY,
  MOS_ORDER_COLUMN_ITEM,
  MOS_ORDER_COLUMN_SKU,
  MOS_ORDER_COLUMN_VARIANT,
  MOS_ORDER_COLUMN_QUANTITY,
  MOS_ORDER_COLUMN_PRICE,
  MOS_ORDER_COLUMN_ITEM_TOTAL,
  MOS_ORDER_COLUMN_PICTURE,
  MOS_ORDER_COLUMN_CARRIER,
  MOS_ORDER_COLUMN_TRACKING,
  MOS_ORDER_COLUMN_TRACKING_URL,
  MOS_ORDER_COLUMN_NOTE,
};

static void
append_order (GString *csv,
              const MosOrder *order)
{
  g_autofree char *created = mos_time_format_utc (order->created_us);
  g_autofree char *modified = mos_time_format_utc (order->modified_us);
  g_autofree char *phone = *order->phone != '\0' ? g_strconcat ("+", order->phone, NULL) : g_strdup ("");
  guint n = MAX (MAX (order->items->len, order->shipments->len), 1);

  for (guint i = 0; i < n; i++)
    {
      const MosOrderItem *item = i < order->items->len ? order->items->pdata[i] : NULL;
      const MosOrderShipment *shipment = i < order->shipments->len ? order->shipments->pdata[i] : NULL;
      const char *record[] = {
        order->number,
        created,
        modified,
        *order->status != '\0' ? order->status : mos_order_status_to_nick (order->status_kind),
        order->payment,
        order->fulfilment,
        order->total,
        order->refunded,
        order->currency,
        order->email,
        phone,
        order->name,
        order->address,
        order->country,
        item != NULL ? item->name : "",
        item != NULL ? item->sku : "",
        item != NULL ? item->variant : "",
        item != NULL ? item->quantity : "",
        item != NULL ? item->price : "",
        item != NULL ? item->total : "",
        item != NULL ? item->picture_url : "",
        shipment != NULL ? shipment->carrier : "",
        shipment != NULL ? shipment->number : "",
        shipment != NULL ? shipment->url : "",
        order->note,
        NULL,
      };

      G_STATIC_ASSERT (G_N_ELEMENTS (record) == G_N_ELEMENTS (export_columns) + 1);
      mos_csv_append (csv, record);
    }
}

GString *
mos_orders_csv_export (MosTxn *txn,
                       const char *shop,
                       GError **error)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (MosOrderFilter) filter = mos_order_filter_new ();
  g_autoptr (MosIdVector) ids = NULL;
  const char *header[G_N_ELEMENTS (export_columns) + 1] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (export_columns); i++)
    header[i] = mos_order_column_to_nick (export_columns[i]);
  mos_csv_append (csv, header);
  filter->shop = g_strdup (shop);
  ids = mos_store_order_list_ids (txn, filter, error);
  if (ids == NULL)
    return NULL;
  for (guint i = 0; i < ids->ids->len; i++)
    {
      g_autoptr (MosOrder) order = NULL;

      if (!mos_store_order_find (txn, ids->ids->pdata[i], &order, error))
        return NULL;
      if (order != NULL)
        append_order (csv, order);
    }
  return g_steal_pointer (&csv);
}
