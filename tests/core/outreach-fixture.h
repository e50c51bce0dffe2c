/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "desk-fixture.h"

#include "core/desk/mos-macros.h"
#include "core/desk/mos-outreach.h"
#include "core/store/mos-store-customers.h"
#include "core/store/mos-store-outreach.h"

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
  self->people = mos_outreach_work_out (txn, self->outreach, error);
  return self->people != NULL;
}

G_END_DECLS
