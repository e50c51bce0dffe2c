/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-actions.h"
#include "core/desk/mos-customers.h"
#include "store-fixture.h"

/* What the tests of customers do with them: each in a transaction of its own, a second after the one before. */

typedef gboolean (*Step) (MosTxn *txn, gpointer data, GError **error);

typedef struct
{
  Step step;
  gpointer data;
} Call;

static inline gboolean
run (MosTxn *txn,
     gpointer data,
     GCancellable *cancellable,
     GError **error)
{
  Call *call = data;

  return call->step (txn, call->data, error);
}

static inline gint64
act (Fixture *f,
     const char *label,
     Step step,
     gpointer data)
{
  MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  Call call = { step, data };
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  mos_manual_clock_advance (MOS_MANUAL_CLOCK (f->clock), S);
  mos_store_write_sync (f->store, &actor, label, run, &call, &batch, NULL, &error);
  g_assert_no_error (error);
  return batch;
}

static inline void
refuse (Fixture *f,
        Step step,
        gpointer data,
        GQuark domain,
        int code)
{
  MosActor actor = { MOS_ACTOR_HUMAN, AGENT };
  Call call = { step, data };
  g_autoptr (GError) error = NULL;

  g_assert_false (mos_store_write_sync (f->store, &actor, NULL, run, &call, NULL, NULL, &error));
  g_assert_error (error, domain, code);
}

static inline gboolean
do_start (MosTxn *txn,
          gpointer data,
          GError **error)
{
  fixture_account (txn, data);
  return TRUE;
}

static inline Fixture *
start (void)
{
  Fixture *f = fixture_new ();

  act (f, NULL, do_start, f);
  return f;
}

typedef struct
{
  Fixture *f;
  const char *name;
  const char *value;
  const char *other;
  const char *const *words;
  gint64 number;
  char *id;
  MosCustomerRow *row;
  GPtrArray *list;
} Test;

/* A customer by name, who writes from @value. */
static inline gboolean
do_add (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Test *t = data;

  return mos_store_customer_ensure (txn, "email", "", t->value, t->name, "mail", mos_txn_get_now_us (txn), &t->id, NULL, error);
}

static inline char *
add (Fixture *f,
     const char *name,
     const char *address)
{
  Test t = { .f = f, .name = name, .value = address };

  act (f, NULL, do_add, &t);
  return t.id;
}

static inline gboolean
do_find (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Test *t = data;

  return mos_store_customer_find (txn, t->value, &t->row, error);
}

static inline MosCustomerRow *
find (Fixture *f,
      const char *id)
{
  Test t = { .f = f, .value = id };

  act (f, NULL, do_find, &t);
  return t.row;
}

static inline gboolean
do_set (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Test *t = data;
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosCustomerRow) copy = NULL;

  if (!mos_customers_find (txn, t->value, &row, error))
    return FALSE;
  copy = mos_customer_row_copy (row);
  for (const char *const *words = t->words; *words != NULL; words += 2)
    if (!mos_customers_set (copy, words[0], words[1], error))
      return FALSE;
  return mos_customers_save (txn, copy, error);
}

static inline gint64
set (Fixture *f,
     const char *id,
     const char *const *words)
{
  Test t = { .f = f, .value = id, .words = words };

  return act (f, MOS_CUSTOMER_EDIT, do_set, &t);
}

static inline gboolean
do_undo (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autofree char *label = NULL;

  return mos_action_undo (txn, ((Test *) data)->number, &label, error);
}

static inline gint64
undo (Fixture *f,
      gint64 batch)
{
  Test t = { .number = batch };

  return act (f, "undo", do_undo, &t);
}

static inline gboolean
do_search (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Test *t = data;

  t->list = mos_store_customer_search (txn, t->value, 10, error);
  return t->list != NULL;
}

/* Names of whom @text finds, with commas between. */
static inline char *
search_names (Fixture *f,
              const char *text)
{
  Test t = { .f = f, .value = text };
  GString *names = g_string_new (NULL);

  act (f, NULL, do_search, &t);
  for (guint i = 0; i < t.list->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "," : "", ((MosCustomerRow *) t.list->pdata[i])->name);
  g_ptr_array_unref (t.list);
  return g_string_free (names, FALSE);
}

static inline void
assert_found (Fixture *f,
              const char *text,
              const char *names)
{
  g_autofree char *found = search_names (f, text);

  g_assert_cmpstr (found, ==, names);
}

static inline gboolean
do_link (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Test *t = data;
  guint others = 0;

  if (!mos_customers_add_identity (txn, t->name, t->value, &others, error))
    return FALSE;
  t->number = others;
  return TRUE;
}

typedef struct
{
  const char *source;
  const char *target;
  const char *const *take;
  gboolean even_blocked;
} Merge;

static inline gboolean
do_merge (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Merge *merge = data;

  return mos_customers_merge (txn, merge->source, merge->target, merge->take, merge->even_blocked, error);
}
