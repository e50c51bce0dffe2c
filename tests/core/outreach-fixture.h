/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "desk-fixture.h"

#include "core/base/mos-clock.h"
#include "core/desk/mos-macros.h"
#include "core/desk/mos-outbox.h"
#include "core/desk/mos-outreach.h"
#include "core/desk/mos-scheduler.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-outbox.h"
#include "core/store/mos-store-outreach.h"
#include "core/store/mos-store-private.h"

G_BEGIN_DECLS

/* A shop with a macro and an outreach of it. */

#define OUTREACH_TEXT "Hello {{customer.first_name|default:\"there\"}}, there is something new."

typedef struct
{
  MosOutreach *outreach;
  const char *text;    /* (nullable) of the macro */
  const char *subject; /* (nullable) */
  char *id;
  GPtrArray *people;
} OutreachTest;

static inline void
outreach_test_clear (OutreachTest *self)
{
  g_clear_pointer (&self->outreach, mos_outreach_unref);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->people, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OutreachTest, outreach_test_clear)

/** outreach_add: a customer, with consent unless @consent is another; @language: (nullable) */
typedef struct
{
  const char *name;
  const char *address;
  MosConsent consent;
  const char *language;
  gboolean vip;
  char *id;
} OutreachCustomer;

static inline gboolean
outreach_do_add (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  OutreachCustomer *customer = data;
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosCustomerRow) copy = NULL;

  if (!mos_store_customer_ensure (txn, "email", "", customer->address, customer->name, "mail", mos_txn_get_now_us (txn) - 100 * G_TIME_SPAN_DAY, &customer->id, NULL, error) ||
      !mos_store_customer_find (txn, customer->id, &row, error))
    return FALSE;
  copy = mos_customer_row_copy (row);
  copy->consent = customer->consent;
  copy->vip = customer->vip;
  g_set_str (&copy->language, customer->language);
  return mos_store_customer_save (txn, copy, error);
}

/** outreach_do_prepare: the macro and the outreach, not begun. Its audience and what else is set stays */
static inline gboolean
outreach_do_prepare (MosTxn *txn,
                     gpointer data,
                     GError **error)
{
  OutreachTest *self = data;
  g_autoptr (MosMacro) macro = mos_macro_make ();
  g_autofree char *macro_id = NULL;

  g_set_str (&macro->name, "News");
  mos_macro_set_text (macro, "en", self->text != NULL ? self->text : OUTREACH_TEXT);
  mos_macro_set_text (macro, "de", "Guten Tag {{customer.first_name|default:\"zusammen\"}}, es gibt etwas Neues.");
  if (!mos_macros_save (txn, macro, &macro_id, error))
    return FALSE;
  g_set_str (&self->outreach->name, "Spring");
  g_set_str (&self->outreach->account, ACCOUNT);
  g_set_str (&self->outreach->letter->id, macro_id);
  mos_macro_set_text (self->outreach->subjects, "de", "Neues");
  mos_macro_set_text (self->outreach->subjects, "en", self->subject != NULL ? self->subject : "News");
  return mos_outreach_save (txn, self->outreach, &self->id, error);
}

static inline gboolean
outreach_do_start (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  return mos_outreach_start (txn, ((OutreachTest *) data)->id, error);
}

/** outreach_check_counts: what triggers keep is what is there */
static inline gboolean
outreach_check_counts (MosTxn *txn,
                       const char *id,
                       GError **error)
{
  gint64 n = 0;

  if (!mos_database_get_int (txn->database, &n, error,
                             "SELECT count (*) FROM (SELECT o.n_waiting, o.n_queued, o.n_failed, o.n_sent, o.n_left_out, o.n_cancelled, o.n_answered, o.n_opted_out FROM outreach o WHERE o.id = ?1"
                             " EXCEPT SELECT count (*) FILTER (WHERE state = 'waiting'), count (*) FILTER (WHERE is_there AND delivery IN ('queued', 'scheduled', 'sending')),"
                             " count (*) FILTER (WHERE is_there AND delivery IN ('failed', 'bounced')),"
                             " count (*) FILTER (WHERE is_there AND delivery NOT IN ('queued', 'scheduled', 'sending', 'failed', 'bounced')), count (*) FILTER (WHERE state = 'left-out'),"
                             " count (*) FILTER (WHERE state = 'cancelled' OR (state = 'made' AND NOT is_there)), count (*) FILTER (WHERE answered_at <> 0), count (*) FILTER (WHERE opted_out_at <> 0)"
                             " FROM (SELECT p.*, m.delivery, p.state = 'made' AND m.id IS NOT NULL AND m.removed_at = 0 AND m.delivery <> 'cancelled' AS is_there FROM outreach_person p LEFT JOIN message m ON m.id = p.message"
                             " WHERE p.outreach = ?1))",
                             "t", id))
    return FALSE;
  g_assert_cmpint (n, ==, 0);
  return TRUE;
}

/** outreach_do_look: what it is now */
static inline gboolean
outreach_do_look (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  OutreachTest *self = data;

  g_clear_pointer (&self->outreach, mos_outreach_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  if (!mos_store_outreach_find (txn, self->id, &self->outreach, error))
    return FALSE;
  self->people = mos_outreach_work_out (txn, self->outreach, NULL, error);
  return self->people != NULL && outreach_check_counts (txn, self->id, error);
}

/** outreach_pass: time passes, and what is due by then is done */
static inline void
outreach_pass (MosTestStore *t,
               gint64 us)
{
  GError *error = NULL;

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (t->clock), us);
  mos_scheduler_run_sync (t->store, NULL, NULL, &error);
  g_assert_no_error (error);
}

/** outreach_do_accept_all: the server took what waits in the outbox */
static inline gboolean
outreach_do_accept_all (MosTxn *txn,
                        gpointer data,
                        GError **error)
{
  g_autoptr (GPtrArray) items = mos_store_outbox_list (txn, ACCOUNT, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      g_autoptr (MosSendResult) result = mos_send_result_new ();
      g_autoptr (MosOutboxItem) item = NULL;

      if (((MosOutboxItem *) items->pdata[i])->state != MOS_DELIVERY_QUEUED)
        continue;
      result->message = g_strdup (((MosOutboxItem *) items->pdata[i])->message);
      result->state = MOS_DELIVERY_ACCEPTED;
      result->refused = g_ptr_array_new ();
      if (!mos_outbox_report (txn, result, &item, error))
        return FALSE;
    }
  return items != NULL;
}

typedef struct
{
  const char *id;
  MosMessageRow *row;
  GBytes *raw;
} OutreachFind;

static inline gboolean
outreach_do_find_message (MosTxn *txn,
                          gpointer data,
                          GError **error)
{
  OutreachFind *find = data;

  return mos_store_message_find (txn, find->id, &find->row, error) && mos_store_message_load_raw (txn, find->id, &find->raw, error);
}

/** outreach_find_message: Returns: (transfer full) */
static inline MosMessageRow *
outreach_find_message (MosTestStore *t,
                       const char *id)
{
  OutreachFind find = { id };

  test_write (t->store, outreach_do_find_message, &find);
  g_assert_nonnull (find.row);
  g_bytes_unref (find.raw);
  return find.row;
}

G_END_DECLS
