/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* The shop's categories: the list and its undo, a conversation's own with its event, the query, macros, and what is suggested from real mails. */
#include "config.h"

#include "desk-fixture.h"

#include "core/desk/mos-actions.h"
#include "core/desk/mos-categories.h"
#include "core/desk/mos-desk-categories.h"
#include "core/desk/mos-macro-actions.h"
#include "core/store/mos-store-categories.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-query.h"
#include "core/store/mos-store-shops.h"
#include "core/store/mos-store-undo.h"

#include <string.h>

#define MAIL(id, subject, text) "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: " subject "\nMessage-ID: <" id "@mail.example>\nDate: Mon, 02 Mar 2026 08:00:00 +0000\n\n" text "\n"
#define ANSWER(id, to, text) "From: Ana <ana@mail.example>\nTo: support@shop.example\nSubject: Re: Pedido\nMessage-ID: <" id "@mail.example>\nIn-Reply-To: " to "\nDate: Tue, 03 Mar 2026 08:00:00 +0000\n\n" text "\n"

/* --- one labelled transaction --- */

typedef struct
{
  TestFunc func;
  gpointer data;
} Step;

static gboolean
run_step (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Step *step = data;

  return step->func (txn, step->data, error);
}

/* Returns: its batch */
static gint64
act (MosStore *store,
     const char *label,
     TestFunc func,
     gpointer data,
     GError **error)
{
  Step step = { func, data };
  MosActor actor = { MOS_ACTOR_HUMAN, NULL };
  gint64 batch = 0;

  mos_store_write_sync (store, &actor, label, run_step, &step, &batch, NULL, error);
  return batch;
}

static gboolean
do_undo (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autofree char *label = NULL;

  return mos_action_undo (txn, *(gint64 *) data, &label, error);
}

static void
undo (MosStore *store,
      gint64 batch)
{
  g_assert_cmpint (batch, !=, 0);
  test_write (store, do_undo, &batch);
}

/* --- the list --- */

static gboolean
do_begin (MosTxn *txn,
          gpointer data,
          GError **error)
{
  return mos_categories_begin (txn, data, error);
}

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autoptr (GPtrArray) categories = mos_categories_list (txn, error);
  GString *text = data;

  g_string_truncate (text, 0);
  for (guint i = 0; categories != NULL && i < categories->len; i++)
    {
      const MosCategory *category = categories->pdata[i];

      g_string_append_printf (text, "%s%s%s", i > 0 ? "|" : "", category->name, category->is_complex ? "!" : "");
    }
  return categories != NULL;
}

static void
assert_list (MosStore *store,
             const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  test_write (store, do_list, text);
  g_assert_cmpstr (text->str, ==, expected);
}

static gboolean
do_save (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_categories_save (txn, data, NULL, error);
}

static MosCategory *
make (const char *id,
      const char *name,
      gboolean is_complex)
{
  MosCategory *category = mos_category_new ();

  category->id = g_strdup (id);
  category->name = g_strdup (name);
  category->words = g_strdup ("");
  category->is_complex = is_complex;
  return category;
}

static gint64
save (MosStore *store,
      const char *id,
      const char *name,
      gboolean is_complex,
      GError **error)
{
  g_autoptr (MosCategory) category = make (id, name, is_complex);

  return act (store, id != NULL ? "category-edit" : "category-add", do_save, category, error);
}

typedef struct
{
  const char *id;
  int to;
} Move;

static gboolean
do_move (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Move *move = data;

  return mos_categories_move (txn, move->id, move->to, error);
}

static gboolean
do_remove (MosTxn *txn,
           gpointer data,
           GError **error)
{
  return mos_store_category_remove (txn, data, error);
}

static gboolean
do_empty (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autoptr (GPtrArray) categories = mos_categories_list (txn, error);

  for (guint i = 0; i < categories->len; i++)
    if (!mos_store_category_remove (txn, ((MosCategory *) categories->pdata[i])->id, error))
      return FALSE;
  return TRUE;
}

static void
test_list (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (GError) error = NULL;
  gint64 batch;

  g_test_summary ("The list is there once; adding, changing, moving and removing are each taken back");
  assert_list (t->store, "");
  test_write (t->store, do_begin, (gpointer) "es_ES.UTF-8");
  assert_list (t->store, "Estado del pedido|Entrega con retraso|Devolución|Cambio|Reembolso!|Dañado o defectuoso!|Falta un artículo o no es el correcto!|Cambio de dirección|Cancelación|Pregunta sobre un producto|Factura y pago|Descuento|Queja!");
  batch = act (t->store, "category-remove", do_empty, NULL, &error);
  g_assert_no_error (error);
  assert_list (t->store, "");
  /* Who emptied it wants none. */
  test_write (t->store, do_begin, (gpointer) "en");
  assert_list (t->store, "");
  undo (t->store, batch);
  batch = act (t->store, "category-remove", do_empty, NULL, &error);

  save (t->store, "return", "Return", FALSE, &error);
  g_assert_no_error (error);
  batch = save (t->store, NULL, "  Whole\tsale\n ", TRUE, &error);
  g_assert_no_error (error);
  assert_list (t->store, "Return|Whole sale!");
  undo (t->store, batch);
  assert_list (t->store, "Return");
  save (t->store, NULL, "Warranty", FALSE, &error);
  g_assert_no_error (error);

  assert_list (t->store, "Return|Warranty");
}

static void
test_names (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (GError) error = NULL;
  g_autofree char *long_name = g_strnfill (61, 'x');
  gint64 batch;
  Move move = { "return", 0 };

  g_test_summary ("Names are one each; a removed one comes back by its name, with what it was");
  test_write (t->store, do_begin, (gpointer) "en");
  save (t->store, NULL, "RETURN", FALSE, &error);
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  save (t->store, "return", "refund", FALSE, &error);
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  for (gsize i = 0; i < 3; i++)
    {
      const char *const bad[] = { " \n\t", "None", long_name };

      save (t->store, NULL, bad[i], FALSE, &error);
      g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
      g_clear_error (&error);
    }
  save (t->store, "no-such", "Name", FALSE, &error);
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
  g_clear_error (&error);

  act (t->store, "category-remove", do_empty, NULL, &error);
  save (t->store, NULL, "return", FALSE, &error);
  save (t->store, NULL, "Refund", FALSE, &error);
  save (t->store, NULL, "New", FALSE, &error);
  g_assert_no_error (error);
  assert_list (t->store, "return|Refund!|New");

  /* The same category as before: its id is known to those who have it, and its words find it. */
  batch = act (t->store, "category-move", do_move, &move, &error);
  g_assert_cmpint (batch, ==, 0); /* it was there already */
  move.to = 3;
  act (t->store, "category-move", do_move, &move, &error);
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  g_clear_error (&error);
  assert_list (t->store, "return|Refund!|New");
  move.to = 2;
  batch = act (t->store, "category-move", do_move, &move, &error);
  g_assert_no_error (error);
  assert_list (t->store, "Refund!|New|return");
  move.to = 1;
  batch = act (t->store, "category-move", do_move, &move, &error);
  assert_list (t->store, "Refund!|return|New");
  undo (t->store, batch);
  assert_list (t->store, "Refund!|New|return");
  move.id = "exchange";
  act (t->store, "category-move", do_move, &move, &error);
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  act (t->store, "category-remove", do_remove, (gpointer) "exchange", &error);
  g_assert_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND);
}

/* --- of a conversation --- */

typedef struct
{
  const char *ids[3];
  const char *category; /* (nullable) */
} Set;

static gboolean
do_set (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Set *set = data;

  return mos_categories_set (txn, set->ids, set->category, error);
}

static void
assert_category (MosStore *store,
                 const char *id,
                 const char *expected)
{
  g_auto (TestLook) look = { id };

  test_look (store, id, &look);
  g_assert_cmpstr (look.row->category, ==, expected);
}

typedef struct
{
  const char *query;
  char *found; /* how many */
} Find;

static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Find *find = data;
  g_autoptr (MosQuery) query = mos_query_parse (find->query, NULL);
  MosQueryOptions options = { 0 };
  guint n = 0;

  if (!mos_store_query_count (txn, query, &options, &n, error))
    return FALSE;
  g_free (find->found);
  find->found = g_strdup_printf ("%u", n);
  return TRUE;
}

static void
assert_found (MosStore *store,
              const char *query,
              const char *n)
{
  Find find = { query, NULL };

  test_write (store, do_find, &find);
  g_test_message ("%s", query);
  g_assert_cmpstr (find.found, ==, n);
  g_free (find.found);
}

static void
test_set (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = NULL;
  g_autoptr (MosIngestResult) two = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (TestLook) look = { 0 };
  Set set = { { NULL }, "return" };
  gint64 batch, removed;

  g_test_summary ("One batch sets several, tells it in each, and one undo takes it back; what was removed stays theirs");
  test_write (t->store, do_begin, (gpointer) "en");
  one = test_ingest (t->store, MAIL ("a", "Pedido", "Hola"), MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  two = test_ingest (t->store, MAIL ("b", "Otra cosa", "Hola"), MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US);
  set.ids[0] = one->conversation;
  set.ids[1] = two->conversation;
  g_assert_cmpstr (one->conversation, !=, two->conversation);
  assert_found (t->store, "category:none", "2");
  batch = act (t->store, "category", do_set, &set, &error);
  g_assert_no_error (error);
  assert_category (t->store, one->conversation, "return");
  assert_category (t->store, two->conversation, "return");
  look.id = one->conversation;
  test_look (t->store, one->conversation, &look);
  {
    MosMessageRow *event = look.messages->pdata[look.messages->len - 1];

    g_assert_cmpstr (event->event_kind, ==, "category");
    g_assert_null (event->event_from);
    g_assert_cmpstr (event->event_to, ==, "Return");
  }
  assert_found (t->store, "category:return", "2");
  assert_found (t->store, "category:Ret*", "2");
  assert_found (t->store, "-category:return", "0");
  assert_found (t->store, "category:none", "0");
  assert_found (t->store, "category:refund", "0");
  assert_found (t->store, "category:(return OR refund) otra", "1");
  undo (t->store, batch);
  assert_category (t->store, one->conversation, NULL);
  assert_category (t->store, two->conversation, NULL);

  set.category = "no-such";
  g_assert_cmpint (act (t->store, "category", do_set, &set, &error), ==, 0);
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
  g_clear_error (&error);

  set.category = "missing-item";
  set.ids[1] = NULL;
  act (t->store, "category", do_set, &set, &error);
  g_assert_no_error (error);
  removed = act (t->store, "category-remove", do_remove, (gpointer) "missing-item", &error);
  g_assert_no_error (error);
  assert_category (t->store, one->conversation, "missing-item");
  assert_found (t->store, "category:\"missing or wrong\"", "1");
  undo (t->store, removed);
  set.category = NULL;
  act (t->store, "category", do_set, &set, &error);
  g_assert_no_error (error);
  assert_category (t->store, one->conversation, NULL);
}

/* --- suggestions --- */

typedef struct
{
  const char *conversation;
  const char *category; /* (nullable) */
  MosCategoryHint *hint;
} Suggest;

static gboolean
do_suggest (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Suggest *suggest = data;

  g_clear_pointer (&suggest->hint, mos_category_hint_unref);
  return mos_categories_suggest (txn, suggest->conversation, &suggest->hint, error);
}

static gboolean
do_dismiss (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Suggest *suggest = data;

  return mos_store_category_dismiss (txn, suggest->conversation, suggest->category, error);
}

static void
assert_suggests (MosStore *store,
                 const char *conversation,
                 const char *category,
                 const char *status)
{
  Suggest suggest = { conversation, NULL, NULL };

  test_write (store, do_suggest, &suggest);
  g_assert_cmpstr (suggest.hint != NULL ? suggest.hint->category : NULL, ==, category);
  g_assert_cmpstr (suggest.hint != NULL ? suggest.hint->order_status : NULL, ==, status);
  g_clear_pointer (&suggest.hint, mos_category_hint_unref);
}

static gboolean
do_order (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Suggest *suggest = data;
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_CSV, "Files", "files");
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  MosOrder *order = mos_order_make (shop->id, "2044");
  MosOrderCounts counts = { 0 };

  g_set_str (&order->number, "2044");
  order->status_kind = MOS_ORDER_DELIVERED;
  order->created_us = MOS_TEST_NOW_US;
  order->modified_us = MOS_TEST_NOW_US;
  g_ptr_array_add (orders, order);
  return mos_store_shop_save (txn, shop, error) && mos_store_order_upsert (txn, shop->id, orders, "", &counts, error) &&
         mos_store_order_attach (txn, suggest->conversation, order->id, MOS_ORDER_PROOF_HAND, error);
}

static void
test_suggest (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) first = NULL;
  g_autoptr (MosIngestResult) other = NULL;
  g_autoptr (MosIngestResult) quoting = NULL;
  g_autoptr (MosIngestResult) named = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (TestReply) reply = { 0 };
  g_autofree char *next = NULL;
  Suggest suggest = { 0 };
  Set set = { { NULL }, "billing" };
  gint64 batch;

  g_test_summary ("The customer's own new words decide, not what is quoted; the order speaks too; nothing is set by itself");
  test_write (t->store, do_begin, (gpointer) "en");
  first = test_ingest (t->store, MAIL ("a", "Pedido", "Hola, el jarrón ha llegado roto. Por favor, manden también la factura."), MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  assert_suggests (t->store, first->conversation, "damaged", NULL);
  assert_category (t->store, first->conversation, NULL);
  suggest.conversation = first->conversation;
  test_write (t->store, do_order, &suggest);
  assert_suggests (t->store, first->conversation, "damaged", "delivered");

  /* A name is no word, and what is below the two dashes is not read at all. */
  named = test_ingest (t->store, "From: Rosa Broken <rosa@mail.example>\nTo: support@shop.example\nSubject: Hello\nMessage-ID: <n@mail.example>\nDate: Tue, 03 Mar 2026 08:00:00 +0000\n\nWhat a fine shop.\n\nRosa Broken\n-- \nBroken & Refund Ltd\n", MOS_FOLDER_INBOX, 9, MOS_TEST_NOW_US);
  assert_suggests (t->store, named->conversation, NULL, NULL);

  /* What is quoted is not hers, and what she wrote before our answer is done with. */
  reply.conversation = first->conversation;
  test_write (t->store, test_do_reply, &reply);
  next = g_strdup_printf (ANSWER ("b", "%s", "Gracias. Ahora quiero cancelar el otro pedido.\n\nEl 2 de marzo, Support escribió:\n> El jarrón ha llegado roto, dañado, defectuoso, golpeado.\n> Hola"), reply.message_id);
  quoting = test_ingest (t->store, next, MOS_FOLDER_INBOX, 2, MOS_TEST_NOW_US + G_USEC_PER_SEC);
  g_assert_cmpstr (quoting->conversation, ==, first->conversation);
  assert_suggests (t->store, first->conversation, "cancellation", NULL);

  /* What was dismissed is left out there, and there alone; an undo brings it back. */
  suggest.category = "cancellation";
  batch = act (t->store, "category-dismiss", do_dismiss, &suggest, &error);
  g_assert_no_error (error);
  assert_suggests (t->store, first->conversation, "damaged", "delivered"); /* of the words before */
  other = test_ingest (t->store, MAIL ("c", "Hello", "I want to cancel my order"), MOS_FOLDER_INBOX, 3, MOS_TEST_NOW_US);
  assert_suggests (t->store, other->conversation, "cancellation", NULL);
  undo (t->store, batch);
  assert_suggests (t->store, first->conversation, "cancellation", NULL);

  /* With a category there is nothing to suggest. */
  set.ids[0] = other->conversation;
  act (t->store, "category", do_set, &set, &error);
  assert_suggests (t->store, other->conversation, NULL, NULL);
  act (t->store, "category-remove", do_remove, (gpointer) "cancellation", &error);
  g_assert_no_error (error);
  assert_suggests (t->store, first->conversation, "damaged", "delivered");
}

/* --- macros --- */

typedef struct
{
  const char *conversation;
  const char *value;
  char *undo;
} Macro;

static gboolean
do_macro (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Macro *call = data;
  g_autoptr (MosMacro) macro = mos_macro_make ();

  mos_macro_add_action (macro, MOS_MACRO_SET_CATEGORY, call->value);
  g_clear_pointer (&call->undo, g_free);
  return mos_macro_actions_apply (txn, call->conversation, macro->actions, 0, &call->undo, error);
}

static gboolean
do_take_back (MosTxn *txn,
              gpointer data,
              GError **error)
{
  Macro *call = data;

  return mos_macro_actions_take_back (txn, call->conversation, call->undo, error);
}

static void
test_macro (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) one = NULL;
  g_autoptr (GError) error = NULL;
  Macro call = { NULL, "refund", NULL };
  Set set = { { NULL }, "billing" };

  g_test_summary ("A macro sets it by id or name, and takes back what is still as it left it");
  test_write (t->store, do_begin, (gpointer) "en");
  one = test_ingest (t->store, test_mail_one, MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  call.conversation = one->conversation;
  set.ids[0] = one->conversation;
  test_write (t->store, do_set, &set);
  test_write (t->store, do_macro, &call);
  assert_category (t->store, one->conversation, "refund");
  test_write (t->store, do_take_back, &call);
  assert_category (t->store, one->conversation, "billing");
  call.value = "product question";
  test_write (t->store, do_macro, &call);
  assert_category (t->store, one->conversation, "product-question");
  set.category = "discount";
  test_write (t->store, do_set, &set);
  test_write (t->store, do_take_back, &call);
  assert_category (t->store, one->conversation, "discount"); /* somebody changed it since */
  call.value = "none";
  test_write (t->store, do_macro, &call);
  assert_category (t->store, one->conversation, NULL);
  call.value = "Wholesale";
  act (t->store, "macro", do_macro, &call, &error);
  g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "category: "));
  g_free (call.undo);
}

/* --- the desk --- */

static void
on_done_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
on_changed_cb (guint *n)
{
  (*n)++;
}

static void
test_desk (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  MosDesk *desk = mos_desk_new (t->store, MOS_DESK_FLAG_OFFLINE);
  g_autoptr (MosIngestResult) one = test_ingest (t->store, MAIL ("a", "", "Please send me the invoice"), MOS_FOLDER_INBOX, 1, MOS_TEST_NOW_US);
  const char *ids[] = { one->conversation, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MosCategoryHint) hint = NULL;
  g_autoptr (MosCategory) category = make ("billing", "Bills", TRUE);
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;
  guint n_changed = 0;

  g_test_summary ("A desk that opens an older profile has the list at once; what changes of it is told");
  g_assert_cmpuint (mos_desk_get_categories (desk)->len, ==, 13);
  g_assert_cmpstr (mos_desk_find_category (desk, "billing")->id, ==, "billing");
  g_assert_null (mos_desk_find_category (desk, NULL));
  g_signal_connect_swapped (desk, "views-changed", G_CALLBACK (on_changed_cb), &n_changed);

  mos_desk_suggest_category_async (desk, one->conversation, NULL, on_done_cb, &result);
  mos_test_wait (result != NULL, 5000);
  hint = mos_desk_suggest_category_finish (desk, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hint->category, ==, "billing");
  g_clear_object (&result);

  mos_desk_set_category_async (desk, ids, hint->category, NULL, on_done_cb, &result);
  mos_test_wait (result != NULL, 5000);
  g_assert_true (mos_desk_action_finish (desk, result, &batch, &error));
  g_assert_cmpint (batch, !=, 0);
  g_clear_object (&result);
  assert_category (t->store, one->conversation, "billing");

  mos_desk_suggest_category_async (desk, one->conversation, NULL, on_done_cb, &result);
  mos_test_wait (result != NULL, 5000);
  g_assert_null (mos_desk_suggest_category_finish (desk, result, &error));
  g_assert_no_error (error);
  g_clear_object (&result);

  /* What was done before may still be told. */
  mos_desk_save_category_async (desk, category, NULL, on_done_cb, &result);
  mos_test_wait (result != NULL && strcmp (mos_desk_find_category (desk, "billing")->name, "Bills") == 0, 5000);
  g_assert_true (mos_desk_action_finish (desk, result, &batch, &error));
  g_assert_cmpstr (mos_desk_find_category (desk, "billing")->name, ==, "Bills");
  g_clear_object (&result);

  g_assert_cmpuint (n_changed, >, 0);

  mos_desk_remove_category_async (desk, "billing", NULL, on_done_cb, &result);
  mos_test_wait (result != NULL && mos_desk_find_category (desk, "billing")->is_removed, 5000);
  g_assert_true (mos_desk_action_finish (desk, result, &batch, &error));
  g_assert_true (mos_desk_find_category (desk, "billing")->is_removed);
  g_clear_object (&result);

  mos_desk_stop_sync (desk);
  g_object_unref (desk);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
do_come_and_go (MosTxn *txn,
                gpointer data,
                GError **error)
{
  for (guint i = 0; i < 250; i++)
    {
      g_autofree char *name = g_strdup_printf ("Season %u", i);
      g_autoptr (MosCategory) category = make (NULL, name, FALSE);
      g_autofree char *id = NULL;

      if (!mos_categories_save (txn, category, &id, error) || !mos_store_category_remove (txn, id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_fill (MosTxn *txn,
         gpointer data,
         GError **error)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("Full %u", i);
      g_autoptr (MosCategory) category = make (NULL, name, FALSE);
      g_autoptr (GError) local_error = NULL;

      if (mos_categories_save (txn, category, NULL, &local_error))
        continue;
      g_assert_error (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
      *(guint *) data = i;
      return TRUE;
    }
  return TRUE;
}

static void
test_limit (void)
{
  g_autoptr (MosTestStore) t = test_desk_store ();
  guint n = 0;

  g_test_summary ("After two hundred that came and went no category could be added any more");
  test_write (t->store, do_come_and_go, NULL);
  test_write (t->store, do_fill, &n);
  g_assert_cmpuint (n, ==, 200);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/categories/list", test_list);
  g_test_add_func ("/categories/names", test_names);
  g_test_add_func ("/categories/limit", test_limit);
  g_test_add_func ("/categories/set", test_set);
  g_test_add_func ("/categories/suggest", test_suggest);
  g_test_add_func ("/categories/macro", test_macro);
  g_test_add_func ("/categories/desk", test_desk);
  return g_test_run ();
}
