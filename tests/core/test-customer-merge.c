/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-senders.h"
#include "core/store/mos-store-shops.h"
#include "customer-fixture.h"
#include "mos-test.h"

#include <string.h>

/* Customers who become one and two again (behaviour.md §2.9): merging, taking it back, splitting. */

/* "opted_out" beats all; what is given for one of two is not given for both. */
static void
test_consent (void)
{
  static const struct
  {
    const char *one, *other;
    MosConsent both;
  } table[] = {
    { "unknown", "unknown", MOS_CONSENT_UNKNOWN },
    { "given", "unknown", MOS_CONSENT_UNKNOWN },
    { "given", "given", MOS_CONSENT_GIVEN },
    { "opted_out", "given", MOS_CONSENT_OPTED_OUT },
    { "opted_out", "unknown", MOS_CONSENT_OPTED_OUT },
  };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (table); i++)
    {
      g_autoptr (Fixture) f = start ();
      g_autofree char *bob = add (f, "Bob", "bob@example.com");
      const char *one[] = { "consent", i % 2 == 0 ? table[i / 2].one : table[i / 2].other, NULL };
      const char *other[] = { "consent", i % 2 == 0 ? table[i / 2].other : table[i / 2].one, NULL };
      Merge merge = { bob, f->customer, NULL, FALSE };
      g_autoptr (MosCustomerRow) row = NULL;

      set (f, f->customer, one);
      set (f, bob, other);
      act (f, MOS_CUSTOMER_MERGE, do_merge, &merge);
      row = find (f, f->customer);
      g_assert_cmpint (row->consent, ==, table[i / 2].both);
    }
}

static gboolean
do_block (MosTxn *txn,
          gpointer data,
          GError **error)
{
  return mos_store_sender_set (txn, "bob@example.com", MOS_SENDER_BLOCK, error);
}

static void
test_merge (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *bob = add (f, "Roberto García", "bob@example.com");
  static const char *const ana[] = { "phone", "+34 600 111 222", "notes", "Ana's", "own:City", "Madrid", "own:Size", "M", NULL };
  static const char *const rob[] = { "phone", "+34 700 111 222", "notes", "Bob's", "own:City", "Vigo", "own:Shoe", "43", "company", "Flores", "vip", "yes", NULL };
  static const char *const take[] = { "own:City", NULL };
  Merge merge = { bob, f->customer, take, FALSE };
  Merge same = { f->customer, f->customer, NULL, FALSE };
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosCustomerRow) old = NULL;
  gint64 batch, undone;

  set (f, f->customer, ana);
  set (f, bob, rob);
  act (f, NULL, do_block, NULL);
  refuse (f, do_merge, &merge, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  refuse (f, do_merge, &same, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  merge.even_blocked = TRUE;
  batch = act (f, MOS_CUSTOMER_MERGE, do_merge, &merge);

  /* The old id is who they are now. */
  row = find (f, bob);
  g_assert_cmpstr (row->id, ==, f->customer);
  g_assert_cmpstr (row->name, ==, "Ana García");
  g_assert_cmpstr (row->phone, ==, "+34 600 111 222");
  g_assert_cmpstr (row->company, ==, "Flores");
  g_assert_cmpstr (row->notes, ==, "Ana's\n\nBob's");
  g_assert_true (row->vip);
  g_assert_cmpstr (mos_customer_fields_find (row->fields, "City"), ==, "Vigo");
  g_assert_cmpstr (mos_customer_fields_find (row->fields, "Size"), ==, "M");
  g_assert_cmpstr (mos_customer_fields_find (row->fields, "Shoe"), ==, "43");
  /* Two addresses, and the number that did not win. */
  g_assert_cmpuint (row->identities->len, ==, 3);
  g_assert_cmpstr (((MosIdentity *) row->identities->pdata[2])->value, ==, "+34700111222");

  /* What was changed since stays. */
  set (f, f->customer, (const char *const[]) { "company", "Rosas", NULL });
  undone = undo (f, batch);
  g_clear_pointer (&row, mos_customer_row_unref);
  row = find (f, f->customer);
  g_assert_cmpstr (row->company, ==, "Rosas");
  g_assert_cmpstr (row->notes, ==, "Ana's");
  g_assert_false (row->vip);
  g_assert_cmpstr (mos_customer_fields_find (row->fields, "City"), ==, "Madrid");
  g_assert_null (mos_customer_fields_find (row->fields, "Shoe"));
  g_assert_cmpuint (row->identities->len, ==, 1);
  old = find (f, bob);
  g_assert_cmpstr (old->id, ==, bob);
  g_assert_cmpstr (old->phone, ==, "+34 700 111 222");
  g_assert_cmpuint (old->identities->len, ==, 1);
  /* And once more. */
  undo (f, undone);
  g_clear_pointer (&row, mos_customer_row_unref);
  row = find (f, bob);
  g_assert_cmpstr (row->id, ==, f->customer);
  fixture_check (f);
}

/* A number that lost goes back with whose it was, whichever merge is taken back first. */
static void
test_phones (void)
{
  for (int first = 0; first < 2; first++)
    {
      g_autoptr (Fixture) f = start ();
      g_autofree char *bob = add (f, "Roberto García", "bob@example.com");
      g_autofree char *eva = add (f, "Eva García", "eva@example.com");
      Merge one = { f->customer, bob, NULL, FALSE };
      Merge two = { bob, eva, NULL, FALSE };
      const char *people[] = { f->customer, bob, eva };
      gint64 batches[2];

      set (f, f->customer, (const char *const[]) { "phone", "+34 600 111 222", NULL });
      set (f, bob, (const char *const[]) { "phone", "+34 700 111 222", NULL });
      set (f, eva, (const char *const[]) { "phone", "+34 800 111 222", NULL });
      batches[0] = act (f, MOS_CUSTOMER_MERGE, do_merge, &one);
      batches[1] = act (f, MOS_CUSTOMER_MERGE, do_merge, &two);
      undo (f, batches[first]);
      undo (f, batches[1 - first]);
      for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
        {
          g_autoptr (MosCustomerRow) row = find (f, people[i]);

          g_assert_cmpstr (row->id, ==, people[i]);
          g_assert_cmpuint (row->identities->len, ==, 1);
          g_assert_cmpint (row->phone[4], ==, "678"[i]);
        }
      fixture_check (f);
    }
}

/* --- orders --- */

/* An order that the shop tells of, placed with @email ("" = by somebody without one). Returns: (transfer full): its id */
static char *
order_from_shop (MosTxn *txn,
                 const char *number,
                 const char *email,
                 GError **error)
{
  g_autoptr (MosShopAccount) shop = mos_shop_account_make (MOS_SHOP_WOOCOMMERCE, "Shop", "https://shop.example");
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  MosOrder *order = mos_order_make (shop->id, number);

  g_ptr_array_add (orders, order);
  g_set_str (&order->number, number);
  g_set_str (&order->status, "processing");
  order->created_us = order->modified_us = mos_txn_get_now_us (txn);
  g_set_str (&order->currency, "EUR");
  g_set_str (&order->total, "12.50");
  g_set_str (&order->email, email);
  if (!mos_store_shop_save (txn, shop, error) || !mos_store_order_upsert (txn, shop->id, orders, NULL, NULL, error))
    return NULL;
  return g_strdup (order->id);
}

typedef struct
{
  const char *number;
  const char *email;
  const char *customer; /* (nullable): whose it is, by @proof */
  MosOrderProof proof;
  char *id;
} Order;

static gboolean
do_order (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Order *order = data;

  order->id = order_from_shop (txn, order->number, order->email, error);
  return order->id != NULL && (order->customer == NULL || mos_store_order_link (txn, order->id, order->customer, order->proof, error));
}

static gboolean
do_give_order (MosTxn *txn,
               gpointer data,
               GError **error)
{
  Order *order = data;

  return mos_store_order_link (txn, order->id, order->customer, MOS_ORDER_PROOF_HAND, error);
}

typedef struct
{
  const char *customer;
  GPtrArray *orders;
} Orders;

static gboolean
do_list_orders (MosTxn *txn,
                gpointer data,
                GError **error)
{
  Orders *orders = data;

  orders->orders = mos_store_order_list_of_customer (txn, orders->customer, 50, error);
  return orders->orders != NULL;
}

static int
compare_text (gconstpointer a,
              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* @numbers: those of the customer's orders with their proof, sorted, with commas between */
static void
assert_orders (Fixture *f,
               const char *customer,
               const char *numbers)
{
  Orders all = { .customer = customer };
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  act (f, NULL, do_list_orders, &all);
  for (guint i = 0; i < all.orders->len; i++)
    {
      const MosOrder *order = g_ptr_array_index (all.orders, i);

      g_ptr_array_add (found, g_strdup_printf ("%s %s", order->number, mos_order_proof_to_nick (order->proof)));
    }
  g_ptr_array_unref (all.orders);
  g_ptr_array_sort (found, compare_text);
  g_ptr_array_add (found, NULL);
  text = g_strjoinv (",", (char **) found->pdata);
  g_assert_cmpstr (text, ==, numbers);
}

/* Whatever says that an order is theirs goes along, there and back; what somebody gave to another meanwhile stays there. */
static void
test_orders (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *bob = add (f, "Bob", "bob@example.com");
  g_autofree char *carla = add (f, "Carla", "carla@example.com");
  Order orders[] = {
    { "1", "bob@example.com", NULL, MOS_ORDER_PROOF_EMAIL, NULL },
    { "2", "", bob, MOS_ORDER_PROOF_NUMBER, NULL },
    { "3", "", bob, MOS_ORDER_PROOF_HAND, NULL },
    { "4", "", bob, MOS_ORDER_PROOF_HAND, NULL },
    { "5", "carla@example.com", bob, MOS_ORDER_PROOF_HAND, NULL },
    { "6", "ana@example.com", NULL, MOS_ORDER_PROOF_EMAIL, NULL },
  };
  Order later = { "7", "bob@example.com", NULL, MOS_ORDER_PROOF_EMAIL, NULL };
  Merge merge = { bob, f->customer, NULL, FALSE };
  gint64 batch, undone;

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    act (f, "order", do_order, &orders[i]);
  assert_orders (f, bob, "1 email,2 number,3 hand,4 hand,5 hand");
  batch = act (f, MOS_CUSTOMER_MERGE, do_merge, &merge);
  assert_orders (f, f->customer, "1 email,2 number,3 hand,4 hand,5 hand,6 email");
  assert_orders (f, bob, "");

  act (f, NULL, do_order, &later);
  orders[3].customer = carla;
  act (f, "order", do_give_order, &orders[3]);
  undone = undo (f, batch);
  assert_orders (f, f->customer, "6 email");
  assert_orders (f, bob, "1 email,2 number,3 hand,5 hand,7 email");
  assert_orders (f, carla, "4 hand");
  undo (f, undone);
  assert_orders (f, f->customer, "1 email,2 number,3 hand,5 hand,6 email,7 email");
  assert_orders (f, bob, "");
  assert_orders (f, carla, "4 hand");
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    g_free (orders[i].id);
  g_free (later.id);
  fixture_check (f);
}

/* --- random merges, splits, and undos of any of them, beside a shadow that does the same by the rules alone --- */

#define MAX_PEOPLE 24
#define N_PEOPLE 7
#define MAX_CONVERSATIONS 60
#define MAX_MERGES 60
#define MAX_ORDERS 40
#define MAX_MESSAGES 100

typedef struct
{
  int source, target;
  gint64 batch;
  gboolean stands;
  gboolean takes;        /* the source's name */
  guint n_conversations; /* that there were */
  guint8 had[MAX_CONVERSATIONS];
  guint n_orders; /* that there were */
  guint8 had_order[MAX_ORDERS];
  guint n_messages; /* that there were */
  guint8 had_message[MAX_MESSAGES];
} ShadowMerge;

typedef struct
{
  Fixture *f;
  GRand *rand;
  guint n_people, n_conversations, n_merges, n_addresses;
  char *people[MAX_PEOPLE];
  char *names[MAX_PEOPLE]; /* that they began with */
  int into[MAX_PEOPLE];
  char *addresses[MAX_PEOPLE];       /* ids of identities */
  int origin_of_address[MAX_PEOPLE]; /* who brought it along */
  int owner_of_address[MAX_PEOPLE];
  char *conversations[MAX_CONVERSATIONS];
  int begun_from[MAX_CONVERSATIONS];
  int owner[MAX_CONVERSATIONS];
  guint n_messages;
  int lies_in[MAX_MESSAGES];
  int written_from[MAX_MESSAGES]; /* the address; -1: by us */
  int owner_of_message[MAX_MESSAGES];
  guint n_orders;
  char *orders[MAX_ORDERS];
  int placed_from[MAX_ORDERS]; /* the address, which says whose it is; -1: something else does */
  int owner_of_order[MAX_ORDERS];
  ShadowMerge merges[MAX_MERGES];
} Shadow;

static int
shadow_now (Shadow *s,
            int person)
{
  while (s->into[person] >= 0)
    person = s->into[person];
  return person;
}

static int
shadow_pick (Shadow *s)
{
  return shadow_now (s, g_rand_int_range (s->rand, 0, (gint32) s->n_people));
}

/* @address: -1: an answer of ours, which is theirs whose the conversation is */
static gboolean
shadow_add_message (MosTxn *txn,
                    Shadow *s,
                    int conversation,
                    int address,
                    GError **error)
{
  guint n = s->n_messages++;
  g_autoptr (MosMessageRow) row = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();

  s->lies_in[n] = conversation;
  s->written_from[n] = address;
  s->owner_of_message[n] = address >= 0 ? s->owner_of_address[address] : s->owner[conversation];
  row->id = g_strdup_printf ("m%u", n);
  row->conversation = g_strdup (s->conversations[conversation]);
  row->account = g_strdup (ACCOUNT);
  row->direction = address >= 0 ? MOS_DIRECTION_INCOMING : MOS_DIRECTION_OUTGOING;
  row->delivery = address >= 0 ? MOS_DELIVERY_RECEIVED : MOS_DELIVERY_DELIVERED;
  row->identity = address >= 0 ? g_strdup (s->addresses[address]) : NULL;
  row->from = mos_address_make ("Somebody", "somebody@example.com");
  row->subject = g_strdup ("Hello");
  row->received_us = row->sent_us = mos_txn_get_now_us (txn);
  row->text = g_strdup ("text");
  row->reply_text = g_strdup ("text");
  content->customer = g_strdup (s->people[s->owner_of_message[n]]);
  g_test_message ("message %u from %d in %d: %d", n, address, conversation, s->owner_of_message[n]);
  return (address < 0 || mos_store_conversation_add_participant (txn, row->conversation, row->identity, "customer", error)) && mos_store_message_add (txn, row, content, NULL, error);
}

static gboolean
shadow_do_write (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  Shadow *s = data;
  int address = g_rand_int_range (s->rand, 0, (gint32) s->n_addresses);
  int owner = s->owner_of_address[address];
  guint n = s->n_conversations++;

  g_set_str (&s->f->customer, s->people[owner]);
  g_set_str (&s->f->identity, s->addresses[address]);
  s->conversations[n] = fixture_conversation (txn, s->f, "Hello");
  s->begun_from[n] = address;
  s->owner[n] = owner;
  return shadow_add_message (txn, s, (int) n, address, error);
}

/* Into one that is there: from anybody's address, or by us. */
static gboolean
shadow_do_go_on (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  Shadow *s = data;
  int conversation = g_rand_int_range (s->rand, 0, (gint32) s->n_conversations);
  int address = g_rand_int_range (s->rand, -3, (gint32) s->n_addresses);

  return shadow_add_message (txn, s, conversation, MAX (address, -1), error);
}

/* Placed with somebody's address, or without one: then by hand or by its number. */
static gboolean
shadow_do_order (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  Shadow *s = data;
  guint n = s->n_orders++;
  int address = g_rand_int_range (s->rand, 0, (gint32) s->n_addresses);
  gboolean is_hers = g_rand_boolean (s->rand);
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *email = is_hers ? g_strdup_printf ("p%d@example.org", address) : g_strdup ("");

  s->placed_from[n] = is_hers ? address : -1;
  s->owner_of_order[n] = s->owner_of_address[address];
  s->orders[n] = order_from_shop (txn, number, email, error);
  return s->orders[n] != NULL &&
         (is_hers || mos_store_order_link (txn, s->orders[n], s->people[s->owner_of_order[n]], n % 3 == 0 ? MOS_ORDER_PROOF_HAND : MOS_ORDER_PROOF_NUMBER, error));
}

static gboolean
shadow_do_people (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  Shadow *s = data;

  fixture_account (txn, s->f);
  for (s->n_people = 0; s->n_people < N_PEOPLE; s->n_people++)
    {
      guint i = s->n_people;
      g_autofree char *address = g_strdup_printf ("p%u@example.org", i);

      s->names[i] = g_strdup_printf ("Person %u", i);
      s->into[i] = -1;
      s->origin_of_address[i] = s->owner_of_address[i] = (int) i;
      if (!mos_store_customer_ensure (txn, "email", "", address, s->names[i], "mail", mos_txn_get_now_us (txn), &s->people[i], &s->addresses[i], error))
        return FALSE;
    }
  s->n_addresses = s->n_people;
  return TRUE;
}

/* As if only those merges had been that stand. */
static char *
shadow_dup_name (Shadow *s,
                 int person)
{
  int named[MAX_PEOPLE];

  for (int i = 0; i < MAX_PEOPLE; i++)
    named[i] = i;
  for (guint i = 0; i < s->n_merges; i++)
    if (s->merges[i].stands && s->merges[i].takes)
      named[s->merges[i].target] = named[s->merges[i].source];
  return g_strdup (s->names[named[person]]);
}

static void
shadow_merge (Shadow *s)
{
  int source = shadow_pick (s), target = shadow_pick (s);
  gboolean takes = g_rand_boolean (s->rand);
  static const char *const take[] = { "name", NULL };
  Merge merge = { s->people[source], s->people[target], takes ? take : NULL, FALSE };
  ShadowMerge *m = &s->merges[s->n_merges];
  g_autofree char *from = NULL, *into = NULL;
  gint64 batch;

  if (source == target || s->n_merges >= MAX_MERGES)
    return;
  from = shadow_dup_name (s, source);
  into = shadow_dup_name (s, target);
  g_test_message ("merge %u: %d into %d", s->n_merges, source, target);
  batch = act (s->f, MOS_CUSTOMER_MERGE, do_merge, &merge);
  m->source = source;
  m->target = target;
  m->stands = TRUE;
  m->n_conversations = s->n_conversations;
  for (guint i = 0; i < s->n_conversations; i++)
    {
      m->had[i] = s->owner[i] == source;
      if (m->had[i])
        s->owner[i] = target;
    }
  for (guint i = 0; i < s->n_addresses; i++)
    if (s->owner_of_address[i] == source)
      s->owner_of_address[i] = target;
  m->n_orders = s->n_orders;
  for (guint i = 0; i < s->n_orders; i++)
    {
      m->had_order[i] = s->owner_of_order[i] == source;
      if (m->had_order[i])
        s->owner_of_order[i] = target;
    }
  m->n_messages = s->n_messages;
  for (guint i = 0; i < s->n_messages; i++)
    {
      m->had_message[i] = s->owner_of_message[i] == source;
      if (m->had_message[i])
        s->owner_of_message[i] = target;
    }
  /* Of two that are the same nobody chooses. */
  m->takes = takes && !g_str_equal (from, into);
  s->into[source] = target;
  m->batch = batch;
  s->n_merges++;
}

/* An order is whose its address is. */
static void
shadow_follow_addresses (Shadow *s)
{
  for (guint i = 0; i < s->n_orders; i++)
    if (s->placed_from[i] >= 0)
      s->owner_of_order[i] = s->owner_of_address[s->placed_from[i]];
}

static void
shadow_unmerge (Shadow *s)
{
  ShadowMerge *m;
  struct
  {
    int conversations[MAX_CONVERSATIONS], messages[MAX_MESSAGES], orders[MAX_ORDERS];
  } before;
  int holder;

  if (s->n_merges == 0)
    return;
  m = &s->merges[g_rand_int_range (s->rand, 0, (gint32) s->n_merges)];
  if (!m->stands)
    return;
  g_test_message ("undo %u: %d into %d", (guint) (m - s->merges), m->source, m->target);
  undo (s->f, m->batch);
  m->stands = FALSE;
  holder = shadow_now (s, m->target);
  s->into[m->source] = -1;
  memcpy (before.conversations, s->owner, sizeof before.conversations);
  memcpy (before.messages, s->owner_of_message, sizeof before.messages);
  memcpy (before.orders, s->owner_of_order, sizeof before.orders);
  for (guint i = 0; i < m->n_conversations; i++)
    if (m->had[i] && s->owner[i] == holder)
      s->owner[i] = m->source;
  /* An address is with whoever brought it along. */
  for (guint i = 0; i < s->n_addresses; i++)
    s->owner_of_address[i] = shadow_now (s, s->origin_of_address[i]);
  for (guint i = 0; i < m->n_orders; i++)
    if (m->had_order[i] && s->owner_of_order[i] == holder)
      s->owner_of_order[i] = m->source;
  shadow_follow_addresses (s);
  for (guint i = 0; i < s->n_messages; i++)
    {
      int from = s->written_from[i], conversation = s->lies_in[i];
      gboolean was_there = (guint) conversation < m->n_conversations, goes = was_there && m->had[conversation] && s->owner[conversation] == m->source;
      int writer = from >= 0 ? s->owner_of_address[from] : -1;

      if (s->owner_of_message[i] != holder)
        continue;
      /* Whoever wrote it has it, but in what began since and stays. */
      if ((i < m->n_messages && m->had_message[i]) || (goes && writer != holder) || (writer == m->source && (was_there || s->owner[conversation] != holder)))
        s->owner_of_message[i] = m->source;
    }
  /* What went back is not what those merges have to give that followed. */
  for (int person = m->target; s->into[person] >= 0; person = s->into[person])
    for (guint k = 0; k < s->n_merges; k++)
      {
        ShadowMerge *later = &s->merges[k];

        if (!later->stands || later->source != person)
          continue;
        for (guint i = 0; i < later->n_conversations; i++)
          later->had[i] = later->had[i] && !(s->owner[i] == m->source && before.conversations[i] == holder);
        for (guint i = 0; i < later->n_messages; i++)
          later->had_message[i] = later->had_message[i] && !(s->owner_of_message[i] == m->source && before.messages[i] == holder);
        for (guint i = 0; i < later->n_orders; i++)
          later->had_order[i] = later->had_order[i] && !(s->owner_of_order[i] == m->source && before.orders[i] == holder);
      }
}

typedef struct
{
  const char *customer;
  const char *identities[2];
  char *id;
} Split;

static gboolean
do_split (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Split *split = data;

  return mos_customers_split (txn, split->customer, split->identities, &split->id, error);
}

static void
shadow_split (Shadow *s)
{
  int address = g_rand_int_range (s->rand, 0, (gint32) s->n_addresses);
  int owner = s->owner_of_address[address];
  Split split = { s->people[owner], { s->addresses[address], NULL }, NULL };
  guint n = 0, new_person = s->n_people;
  g_autoptr (MosCustomerRow) row = NULL;

  for (guint i = 0; i < s->n_addresses; i++)
    n += s->owner_of_address[i] == owner;
  if (n < 2 || s->n_people >= MAX_PEOPLE)
    return;
  g_test_message ("split: address %d of %d is %d", address, owner, (int) new_person);
  act (s->f, MOS_CUSTOMER_SPLIT, do_split, &split);
  s->people[new_person] = split.id;
  s->into[new_person] = -1;
  s->n_people++;
  row = find (s->f, split.id);
  s->names[new_person] = g_strdup (row->name);
  s->origin_of_address[address] = s->owner_of_address[address] = (int) new_person;
  shadow_follow_addresses (s);
  for (guint i = 0; i < s->n_messages; i++)
    {
      gboolean goes = s->owner[s->lies_in[i]] == owner && s->begun_from[s->lies_in[i]] == address;
      int from = s->written_from[i];

      if (s->owner_of_message[i] == owner && (from == address || (goes && (from < 0 || s->owner_of_address[from] != owner))))
        s->owner_of_message[i] = (int) new_person;
    }
  for (guint i = 0; i < s->n_conversations; i++)
    if (s->owner[i] == owner && s->begun_from[i] == address)
      s->owner[i] = (int) new_person;
  /* Nobody who was merged into them gets that back. */
  for (guint k = 0; k < s->n_merges; k++)
    {
      ShadowMerge *m = &s->merges[k];

      for (guint i = 0; m->stands && shadow_now (s, m->target) == owner && i < m->n_conversations; i++)
        m->had[i] = m->had[i] && s->owner[i] != (int) new_person;
      for (guint i = 0; m->stands && shadow_now (s, m->target) == owner && i < m->n_messages; i++)
        m->had_message[i] = m->had_message[i] && s->owner_of_message[i] != (int) new_person;
    }
}

static gboolean
shadow_do_compare (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  Shadow *s = data;

  for (guint i = 0; i < s->n_people; i++)
    {
      g_autoptr (MosCustomerRow) row = NULL;
      int now = shadow_now (s, (int) i);
      g_autofree char *name = shadow_dup_name (s, now);
      guint n = 0;

      if (!mos_store_customer_find (txn, s->people[i], &row, error))
        return FALSE;
      g_assert_nonnull (row);
      g_assert_cmpstr (row->id, ==, s->people[now]);
      g_assert_cmpstr (row->name, ==, name);
      for (guint a = 0; a < s->n_addresses; a++)
        n += s->owner_of_address[a] == now;
      g_assert_cmpuint (row->identities->len, ==, n);
    }
  for (guint i = 0; i < s->n_addresses; i++)
    {
      g_autoptr (GPtrArray) owners = mos_store_customer_list_of_identity (txn, s->addresses[i], error);

      g_assert_cmpuint (owners->len, ==, 1);
      g_assert_cmpstr (owners->pdata[0], ==, s->people[s->owner_of_address[i]]);
    }
  for (guint i = 0; i < s->n_conversations; i++)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_store_conversation_find (txn, s->conversations[i], &row, error))
        return FALSE;
      g_assert_cmpstr (row->customer, ==, s->people[s->owner[i]]);
    }
  for (guint i = 0; i < s->n_messages; i++)
    {
      g_autofree char *message = g_strdup_printf ("m%u", i), *owner = NULL;

      if (!mos_database_get_text (txn->database, &owner, error, "SELECT customer FROM message WHERE id = ?", "t", message))
        return FALSE;
      if (g_strcmp0 (owner, s->people[s->owner_of_message[i]]) != 0)
        {
          for (guint k = 0; k < s->n_people; k++)
            if (g_strcmp0 (owner, s->people[k]) == 0)
              g_test_message ("message %u from address %d in %d, whose it is: %d, not %d; the conversation's: %d", i, s->written_from[i], s->lies_in[i], (int) k, s->owner_of_message[i], s->owner[s->lies_in[i]]);
        }
      g_assert_cmpstr (owner, ==, s->people[s->owner_of_message[i]]);
    }
  for (guint i = 0; i < s->n_orders; i++)
    {
      g_autoptr (MosOrder) order = NULL;

      if (!mos_store_order_find (txn, s->orders[i], &order, error))
        return FALSE;
      g_assert_cmpstr (order->customer, ==, s->people[s->owner_of_order[i]]);
    }
  return TRUE;
}

static void
shadow_clear (Shadow *s)
{
  for (guint i = 0; i < s->n_people; i++)
    {
      g_free (s->people[i]);
      g_free (s->names[i]);
    }
  for (guint i = 0; i < s->n_addresses; i++)
    g_free (s->addresses[i]);
  for (guint i = 0; i < s->n_conversations; i++)
    g_free (s->conversations[i]);
  for (guint i = 0; i < s->n_orders; i++)
    g_free (s->orders[i]);
  g_rand_free (s->rand);
}

static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 10; seed++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      Shadow s = { .f = f, .rand = g_rand_new_with_seed (seed) };

      g_test_message ("seed %u", seed);
      act (f, NULL, shadow_do_people, &s);
      for (int i = 0; i < 100; i++)
        {
          int what = g_rand_int_range (s.rand, 0, 15);

          if (what >= 12 && s.n_conversations > 0 && s.n_messages < MAX_MESSAGES)
            act (f, NULL, shadow_do_go_on, &s);
          else if (what >= 10 && what < 12 && s.n_orders < MAX_ORDERS)
            act (f, NULL, shadow_do_order, &s);
          else if (what < 3 && s.n_conversations < MAX_CONVERSATIONS && s.n_messages < MAX_MESSAGES)
            act (f, NULL, shadow_do_write, &s);
          else if (what < 6)
            shadow_merge (&s);
          else if (what < 9)
            shadow_unmerge (&s);
          else if (what == 9)
            shadow_split (&s);
          act (f, NULL, shadow_do_compare, &s);
        }
      fixture_check (f);
      shadow_clear (&s);
    }
}

/* What came since a merge stays, unless somebody says that it goes along. */
static gboolean
do_since (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Shadow *s = data;
  g_autoptr (GPtrArray) merges = mos_store_customer_list_merges (txn, s->people[1], error);
  MosCustomerMerge *merge = merges->pdata[0];
  g_autoptr (GPtrArray) since = mos_store_customer_list_since (txn, merge->id, error);
  const char *also[] = { NULL, NULL };
  g_autofree char *source = NULL;

  g_assert_cmpuint (merges->len, ==, 1);
  g_assert_cmpstr (merge->source_name, ==, "Person 0");
  g_assert_cmpuint (since->len, ==, 2);
  also[0] = since->pdata[0];
  if (!mos_store_customer_unmerge (txn, merge->id, also, &source, error))
    return FALSE;
  g_assert_cmpstr (source, ==, s->people[0]);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_store_conversation_find (txn, since->pdata[i], &row, error))
        return FALSE;
      g_assert_cmpstr (row->customer, ==, i == 0 ? s->people[0] : s->people[1]);
    }
  return TRUE;
}

static void
test_since (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Shadow s = { .f = f, .rand = g_rand_new_with_seed (5) };
  Merge merge;

  act (f, NULL, shadow_do_people, &s);
  s.n_addresses = 2;
  merge = (Merge) { s.people[0], s.people[1], NULL, FALSE };
  act (f, MOS_CUSTOMER_MERGE, do_merge, &merge);
  s.owner_of_address[0] = 1;
  act (f, NULL, shadow_do_write, &s);
  act (f, NULL, shadow_do_write, &s);
  act (f, MOS_CUSTOMER_UNMERGE, do_since, &s);
  s.n_addresses = N_PEOPLE;
  shadow_clear (&s);
}

/* A split that is taken back leaves nobody behind. */
static void
test_split_undo (void)
{
  g_autoptr (Fixture) f = start ();
  Test phone = { .f = f, .name = f->customer, .value = "+34600112233" };
  Split split = { f->customer, { "+34 600 112 233", NULL }, NULL };
  Split all = { f->customer, { "ana@example.com", NULL }, NULL };
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosCustomerRow) gone = NULL;
  gint64 batch;

  refuse (f, do_split, &all, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  act (f, MOS_CUSTOMER_EDIT, do_link, &phone);
  batch = act (f, MOS_CUSTOMER_SPLIT, do_split, &split);
  assert_found (f, "600112233", "+34600112233");
  undo (f, batch);
  gone = find (f, split.id);
  g_assert_null (gone);
  row = find (f, f->customer);
  g_assert_cmpuint (row->identities->len, ==, 2);
  g_free (split.id);
  fixture_check (f);
}

typedef struct
{
  Fixture *f;
  const char *order;
} Named;

/* Ana writes from a second address, and names an order. */
static gboolean
do_name_order (MosTxn *txn,
               gpointer data,
               GError **error)
{
  Named *named = data;
  g_autofree char *conversation = NULL;
  g_autofree char *customer = NULL;

  if (!mos_store_customer_link (txn, named->f->customer, "email", "", "shop@work.example", FALSE, "mail", error))
    return FALSE;
  g_free (named->f->identity);
  named->f->identity = mos_store_identity_id ("email", "", "shop@work.example");
  conversation = fixture_conversation (txn, named->f, "Where is order 2?");
  return mos_store_order_attach (txn, conversation, named->order, MOS_ORDER_PROOF_NUMBER, error);
}

/* An order that is somebody's because they named it goes with the conversation in which they did. */
static void
test_split_orders (void)
{
  g_autoptr (Fixture) f = start ();
  Order orders[] = {
    { "1", "ana@example.com", NULL, MOS_ORDER_PROOF_EMAIL, NULL },
    { "2", "", f->customer, MOS_ORDER_PROOF_NUMBER, NULL },
    { "3", "", f->customer, MOS_ORDER_PROOF_HAND, NULL },
    { "4", "shop@work.example", NULL, MOS_ORDER_PROOF_EMAIL, NULL },
  };
  Named named = { f, NULL };
  Split split = { f->customer, { "shop@work.example", NULL }, NULL };
  gint64 batch;

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    act (f, "order", do_order, &orders[i]);
  named.order = orders[1].id;
  act (f, NULL, do_name_order, &named);
  assert_orders (f, f->customer, "1 email,2 number,3 hand,4 email");
  batch = act (f, MOS_CUSTOMER_SPLIT, do_split, &split);
  assert_orders (f, f->customer, "1 email,3 hand");
  assert_orders (f, split.id, "2 number,4 email");
  undo (f, batch);
  assert_orders (f, f->customer, "1 email,2 number,3 hand,4 email");
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    g_free (orders[i].id);
  g_free (split.id);
  fixture_check (f);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/customer-merge/consent", test_consent);
  g_test_add_func ("/customer-merge/merge", test_merge);
  g_test_add_func ("/customer-merge/phones", test_phones);
  g_test_add_func ("/customer-merge/orders", test_orders);
  g_test_add_func ("/customer-merge/random", test_random);
  g_test_add_func ("/customer-merge/since", test_since);
  g_test_add_func ("/customer-merge/split-undo", test_split_undo);
  g_test_add_func ("/customer-merge/split-orders", test_split_orders);
  return g_test_run ();
}
