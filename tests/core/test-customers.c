/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/base/mos-id.h"
#include "core/desk/mos-actions.h"
#include "core/desk/mos-customers.h"
#include "core/store/mos-store-senders.h"
#include "mos-test.h"
#include "store-fixture.h"

#include <string.h>

/* Customers: fields, addresses, merging, splitting, suggestions (behaviour.md §2.9). */

typedef gboolean (*Step) (MosTxn *txn, gpointer data, GError **error);

typedef struct
{
  Step step;
  gpointer data;
} Call;

static gboolean
run (MosTxn *txn,
     gpointer data,
     GCancellable *cancellable,
     GError **error)
{
  Call *call = data;

  return call->step (txn, call->data, error);
}

static gint64
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

static void
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

static gboolean
do_start (MosTxn *txn,
          gpointer data,
          GError **error)
{
  fixture_account (txn, data);
  return TRUE;
}

static Fixture *
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
static gboolean
do_add (MosTxn *txn,
        gpointer data,
        GError **error)
{
  Test *t = data;

  return mos_store_customer_ensure (txn, "email", "", t->value, t->name, "mail", mos_txn_get_now_us (txn), &t->id, NULL, error);
}

static char *
add (Fixture *f,
     const char *name,
     const char *address)
{
  Test t = { .f = f, .name = name, .value = address };

  act (f, NULL, do_add, &t);
  return t.id;
}

static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Test *t = data;

  return mos_store_customer_find (txn, t->value, &t->row, error);
}

static MosCustomerRow *
find (Fixture *f,
      const char *id)
{
  Test t = { .f = f, .value = id };

  act (f, NULL, do_find, &t);
  return t.row;
}

static gboolean
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

static gint64
set (Fixture *f,
     const char *id,
     const char *const *words)
{
  Test t = { .f = f, .value = id, .words = words };

  return act (f, MOS_CUSTOMER_EDIT, do_set, &t);
}

static gboolean
do_undo (MosTxn *txn,
         gpointer data,
         GError **error)
{
  g_autofree char *label = NULL;

  return mos_action_undo (txn, ((Test *) data)->number, &label, error);
}

static gint64
undo (Fixture *f,
      gint64 batch)
{
  Test t = { .number = batch };

  return act (f, "undo", do_undo, &t);
}

static gboolean
do_search (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Test *t = data;

  t->list = mos_store_customer_search (txn, t->value, 10, error);
  return t->list != NULL;
}

/* Names of whom @text finds, with commas between. */
static char *
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

static void
assert_found (Fixture *f,
              const char *text,
              const char *names)
{
  g_autofree char *found = search_names (f, text);

  g_assert_cmpstr (found, ==, names);
}

static void
test_fields (void)
{
  g_autoptr (Fixture) f = start ();
  static const char *const words[] = { "name", " Anna Garcia ", "language", "PT-br", "country", "pt", "phone", "+351 912 345 678", "company", "Flores Lda", "notes", "Allergic to lilies", "vip", "yes", "consent", "given", "own:City", "Porto", NULL };
  static const char *const gone[] = { "own:city", "", "company", "  ", NULL };
  static const char *const bad_language[] = { "language", "Portuguese", NULL };
  static const char *const bad_country[] = { "country", "PRT", NULL };
  static const char *const bad_consent[] = { "consent", "maybe", NULL };
  static const char *const bad_field[] = { "colour", "red", NULL };
  const char *const *const bad[] = { bad_language, bad_country, bad_consent, bad_field };
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosCustomerRow) before = NULL;
  gint64 batch = set (f, f->customer, words);

  row = find (f, f->customer);
  g_assert_cmpstr (row->name, ==, "Anna Garcia");
  g_assert_cmpstr (row->language, ==, "pt-br");
  g_assert_cmpstr (row->country, ==, "PT");
  g_assert_cmpstr (row->phone, ==, "+351 912 345 678");
  g_assert_true (row->vip);
  g_assert_cmpint (row->consent, ==, MOS_CONSENT_GIVEN);
  g_assert_cmpstr (mos_customer_fields_find (row->fields, "CITY"), ==, "Porto");
  assert_found (f, "flo anna", "Anna Garcia");
  assert_found (f, "912345678", "Anna Garcia");
  assert_found (f, "00351-912 345", "");
  assert_found (f, "00351-912 345 678", "Anna Garcia");
  set (f, f->customer, gone);
  g_clear_pointer (&row, mos_customer_row_unref);
  row = find (f, f->customer);
  g_assert_cmpuint (row->fields->len, ==, 0);
  g_assert_null (row->company);
  assert_found (f, "flores", "");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      Test t = { .value = f->customer, .words = bad[i] };

      refuse (f, do_set, &t, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
    }
  /* The later change first, for it stands on the other. */
  undo (f, batch + 1);
  undo (f, batch);
  before = find (f, f->customer);
  g_assert_cmpstr (before->name, ==, "Ana García");
  g_assert_null (before->language);
  g_assert_cmpuint (before->fields->len, ==, 0);
  g_assert_cmpint (before->consent, ==, MOS_CONSENT_UNKNOWN);
  assert_found (f, "912345678", "");
  fixture_check (f);
}

static gboolean
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

static gboolean
do_unlink (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Test *t = data;

  return mos_customers_remove_identity (txn, t->name, t->value, error);
}

/* A family writes from one address; a phone number is the same however it is written. */
static void
test_addresses (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *bob = add (f, "Bob", "bob@example.com");
  Test shared = { .f = f, .name = bob, .value = "ANA@example.com" };
  Test phone = { .f = f, .name = bob, .value = "0034 600-11.22 33" };
  Test bad = { .f = f, .name = bob, .value = "not an address" };
  Test taken = { .f = f, .name = bob, .value = "+34600112233" };
  Test made = { .f = f, .name = "Bob", .value = "bob@example.com" };
  Test own = { .f = f, .name = bob, .value = "bob@example.com" };
  g_autoptr (MosCustomerRow) row = NULL;
  gint64 batch;

  act (f, MOS_CUSTOMER_EDIT, do_link, &shared);
  g_assert_cmpint (shared.number, ==, 1);
  act (f, MOS_CUSTOMER_EDIT, do_link, &phone);
  g_assert_cmpint (phone.number, ==, 0);
  refuse (f, do_link, &bad, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  row = find (f, bob);
  g_assert_cmpuint (row->identities->len, ==, 3);
  g_assert_cmpstr (((MosIdentity *) row->identities->pdata[2])->value, ==, "+34600112233");
  batch = act (f, MOS_CUSTOMER_EDIT, do_unlink, &taken);
  refuse (f, do_unlink, &taken, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
  undo (f, batch);
  g_clear_pointer (&row, mos_customer_row_unref);
  row = find (f, bob);
  g_assert_cmpuint (row->identities->len, ==, 3);

  /* Mail from an address that is nobody's any more makes no second Bob of the same row. */
  act (f, MOS_CUSTOMER_EDIT, do_unlink, &own);
  act (f, NULL, do_add, &made);
  g_assert_cmpstr (made.id, ==, bob);
  g_free (made.id);
  fixture_check (f);
}

typedef struct
{
  const char *source;
  const char *target;
  const char *const *take;
  gboolean even_blocked;
} Merge;

static gboolean
do_merge (MosTxn *txn,
          gpointer data,
          GError **error)
{
  Merge *merge = data;

  return mos_customers_merge (txn, merge->source, merge->target, merge->take, merge->even_blocked, error);
}

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

static gboolean
do_suggest (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Test *t = data;

  t->list = mos_store_customer_suggest (txn, t->value, 10, error);
  return t->list != NULL;
}

static gboolean
do_distinct (MosTxn *txn,
             gpointer data,
             GError **error)
{
  Test *t = data;

  return mos_store_customer_set_distinct (txn, t->value, t->other, TRUE, error);
}

static GPtrArray *
suggest (Fixture *f,
         const char *id)
{
  Test t = { .f = f, .value = id };

  act (f, NULL, do_suggest, &t);
  return t.list;
}

/* A name alone suggests nobody, and nothing is ever joined by one. */
static void
test_suggest (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *namesake = add (f, "Ana Garcia", "ana.garcia@example.net");
  g_autofree char *other = add (f, "Someone Else", "else@example.net");
  g_autoptr (GPtrArray) none = suggest (f, f->customer);
  g_autoptr (GPtrArray) by_name = NULL;
  g_autoptr (GPtrArray) by_phone = NULL;
  g_autoptr (GPtrArray) after = NULL;
  Test distinct = { .value = namesake, .other = f->customer };
  MosSuggestion *suggestion;

  g_assert_cmpuint (none->len, ==, 0);
  set (f, f->customer, (const char *const[]) { "company", "Flores Lda.", "own:City", "Málaga", "phone", "600 11 22 33", NULL });
  set (f, namesake, (const char *const[]) { "company", "FLORES LDA", "own:city", "malaga", NULL });
  by_name = suggest (f, f->customer);
  g_assert_cmpuint (by_name->len, ==, 1);
  suggestion = by_name->pdata[0];
  g_assert_cmpstr (suggestion->customer->id, ==, namesake);
  g_assert_cmpint (suggestion->reasons, ==, MOS_SAME_NAME_COMPANY | MOS_SAME_NAME_FIELD);
  g_assert_cmpstr (suggestion->field, ==, "City");
  set (f, other, (const char *const[]) { "phone", "+34 600112233", NULL });
  by_phone = suggest (f, other);
  g_assert_cmpuint (by_phone->len, ==, 1);
  suggestion = by_phone->pdata[0];
  g_assert_cmpstr (suggestion->customer->id, ==, f->customer);
  g_assert_cmpint (suggestion->reasons, ==, MOS_SAME_PHONE);
  act (f, MOS_CUSTOMER_DISTINCT, do_distinct, &distinct);
  after = suggest (f, namesake);
  g_assert_cmpuint (after->len, ==, 0);
}

/* --- no query walks through all there is --- */

#define MANY 400

static gboolean
do_many (MosTxn *txn,
         gpointer data,
         GError **error)
{
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person%u Family%u", i, i);
      g_autofree char *address = g_strdup_printf ("p%u@example.org", i);

      if (!mos_store_customer_ensure (txn, "email", "", address, name, "mail", mos_txn_get_now_us (txn), NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_look_everywhere (MosTxn *txn,
                    gpointer data,
                    GError **error)
{
  Fixture *f = data;
  sqlite3 *handle = mos_database_get_handle (txn->database);
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosMergePreview) preview = NULL;
  g_autofree char *identity = mos_store_identity_id ("email", "", "p7@example.org");
  g_autofree char *other = mos_id_derive ("customer", identity, NULL);
  GPtrArray *lists[4];

  for (sqlite3_stmt *statement = sqlite3_next_stmt (handle, NULL); statement != NULL; statement = sqlite3_next_stmt (handle, statement))
    sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, TRUE);
  if (!mos_store_customer_find (txn, f->customer, &row, error))
    return FALSE;
  lists[0] = mos_store_customer_suggest (txn, f->customer, 5, error);
  lists[1] = mos_store_customer_search (txn, "person7 fam", 10, error);
  lists[2] = mos_store_customer_list_merges (txn, f->customer, error);
  lists[3] = mos_store_customer_list (txn, MOS_SEGMENT_VIP, 0, 10, error);
  if (!mos_store_customer_preview_merge (txn, other, f->customer, NULL, &preview, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    g_ptr_array_unref (lists[i]);
  for (sqlite3_stmt *statement = sqlite3_next_stmt (handle, NULL); statement != NULL; statement = sqlite3_next_stmt (handle, statement))
    {
      int steps = sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, FALSE);

      if (steps > MANY / 4)
        g_error ("%d steps through a whole table: %s", steps, sqlite3_sql (statement));
    }
  return TRUE;
}

static void
test_no_scan (void)
{
  g_autoptr (Fixture) f = start ();

  act (f, NULL, do_many, NULL);
  set (f, f->customer, (const char *const[]) { "phone", "600 11 22 33", "company", "Flores", NULL });
  act (f, NULL, do_look_everywhere, f);
}

/* --- random merges, splits, and undos of any of them, beside a shadow that does the same by the rules alone --- */

#define MAX_PEOPLE 24
#define N_PEOPLE 7
#define MAX_CONVERSATIONS 60
#define MAX_MERGES 60

typedef struct
{
  int source, target;
  gint64 batch;
  gboolean stands;
  guint n_conversations; /* that there were */
  guint8 had[MAX_CONVERSATIONS];
  guint8 had_address[MAX_PEOPLE];
  char *before, *left;
} ShadowMerge;

typedef struct
{
  Fixture *f;
  GRand *rand;
  guint n_people, n_conversations, n_merges, n_addresses;
  char *people[MAX_PEOPLE];
  char *names[MAX_PEOPLE];
  int into[MAX_PEOPLE];
  char *addresses[MAX_PEOPLE]; /* ids of identities */
  int owner_of_address[MAX_PEOPLE];
  char *conversations[MAX_CONVERSATIONS];
  int begun_from[MAX_CONVERSATIONS];
  int owner[MAX_CONVERSATIONS];
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

static gboolean
shadow_do_write (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  Shadow *s = data;
  int address = g_rand_int_range (s->rand, 0, (gint32) s->n_addresses);
  int owner = s->owner_of_address[address];
  guint n = s->n_conversations++;
  g_autofree char *message = g_strdup_printf ("m%u", n);
  g_autoptr (MosMessageRow) row = mos_message_row_new ();
  g_autoptr (MosMessageContent) content = mos_message_content_new ();

  g_set_str (&s->f->customer, s->people[owner]);
  g_set_str (&s->f->identity, s->addresses[address]);
  s->conversations[n] = fixture_conversation (txn, s->f, "Hello");
  s->begun_from[n] = address;
  s->owner[n] = owner;
  row->id = g_strdup (message);
  row->conversation = g_strdup (s->conversations[n]);
  row->account = g_strdup (ACCOUNT);
  row->direction = MOS_DIRECTION_INCOMING;
  row->delivery = MOS_DELIVERY_RECEIVED;
  row->identity = g_strdup (s->addresses[address]);
  row->from = mos_address_make ("Somebody", "somebody@example.com");
  row->subject = g_strdup ("Hello");
  row->received_us = row->sent_us = mos_txn_get_now_us (txn);
  row->text = g_strdup ("text");
  row->reply_text = g_strdup ("text");
  content->customer = g_strdup (s->people[owner]);
  return mos_store_message_add (txn, row, content, NULL, error);
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
      s->owner_of_address[i] = (int) i;
      if (!mos_store_customer_ensure (txn, "email", "", address, s->names[i], "mail", mos_txn_get_now_us (txn), &s->people[i], &s->addresses[i], error))
        return FALSE;
    }
  s->n_addresses = s->n_people;
  return TRUE;
}

static void
shadow_merge (Shadow *s)
{
  int source = shadow_pick (s), target = shadow_pick (s);
  gboolean takes = g_rand_boolean (s->rand);
  static const char *const take[] = { "name", NULL };
  Merge merge = { s->people[source], s->people[target], takes ? take : NULL, FALSE };
  ShadowMerge *m = &s->merges[s->n_merges];
  gint64 batch;

  if (source == target || s->n_merges >= MAX_MERGES)
    return;
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
    {
      m->had_address[i] = s->owner_of_address[i] == source;
      if (m->had_address[i])
        s->owner_of_address[i] = target;
    }
  m->before = g_strdup (s->names[target]);
  if (takes)
    g_set_str (&s->names[target], s->names[source]);
  m->left = g_strdup (s->names[target]);
  s->into[source] = target;
  m->batch = batch;
  s->n_merges++;
}

static void
shadow_unmerge (Shadow *s)
{
  ShadowMerge *m;
  int holder;

  if (s->n_merges == 0)
    return;
  m = &s->merges[g_rand_int_range (s->rand, 0, (gint32) s->n_merges)];
  if (!m->stands)
    return;
  undo (s->f, m->batch);
  m->stands = FALSE;
  holder = shadow_now (s, m->target);
  s->into[m->source] = -1;
  for (guint i = 0; i < m->n_conversations; i++)
    if (m->had[i] && s->owner[i] == holder)
      s->owner[i] = m->source;
  for (guint i = 0; i < s->n_addresses; i++)
    if (m->had_address[i] && s->owner_of_address[i] == holder)
      s->owner_of_address[i] = m->source;
  if (g_str_equal (s->names[m->target], m->left))
    g_set_str (&s->names[m->target], m->before);
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
  act (s->f, MOS_CUSTOMER_SPLIT, do_split, &split);
  s->people[new_person] = split.id;
  s->into[new_person] = -1;
  s->n_people++;
  row = find (s->f, split.id);
  s->names[new_person] = g_strdup (row->name);
  s->owner_of_address[address] = (int) new_person;
  for (guint i = 0; i < s->n_conversations; i++)
    if (s->owner[i] == owner && s->begun_from[i] == address)
      s->owner[i] = (int) new_person;
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
      guint n = 0;

      if (!mos_store_customer_find (txn, s->people[i], &row, error))
        return FALSE;
      g_assert_nonnull (row);
      g_assert_cmpstr (row->id, ==, s->people[now]);
      g_assert_cmpstr (row->name, ==, s->names[now]);
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
      g_autofree char *message = g_strdup_printf ("m%u", i);
      g_autofree char *writer = NULL;

      if (!mos_store_conversation_find (txn, s->conversations[i], &row, error) || !mos_database_get_text (txn->database, &writer, error, "SELECT customer FROM message WHERE id = ?", "t", message))
        return FALSE;
      g_assert_cmpstr (row->customer, ==, s->people[s->owner[i]]);
      g_assert_cmpstr (writer, ==, s->people[s->owner[i]]);
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
  for (guint i = 0; i < s->n_merges; i++)
    {
      g_free (s->merges[i].before);
      g_free (s->merges[i].left);
    }
  g_rand_free (s->rand);
}

static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 12; seed++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      Shadow s = { .f = f, .rand = g_rand_new_with_seed (seed) };

      g_test_message ("seed %u", seed);
      act (f, NULL, shadow_do_people, &s);
      for (int i = 0; i < 70; i++)
        {
          int what = g_rand_int_range (s.rand, 0, 10);

          if (what < 3 && s.n_conversations < MAX_CONVERSATIONS)
            act (f, NULL, shadow_do_write, &s);
          else if (what < 6)
            shadow_merge (&s);
          else if (what < 9)
            shadow_unmerge (&s);
          else
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

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/customers/fields", test_fields);
  g_test_add_func ("/customers/addresses", test_addresses);
  g_test_add_func ("/customers/consent", test_consent);
  g_test_add_func ("/customers/merge", test_merge);
  g_test_add_func ("/customers/suggest", test_suggest);
  g_test_add_func ("/customers/no-scan", test_no_scan);
  g_test_add_func ("/customers/random", test_random);
  g_test_add_func ("/customers/since", test_since);
  g_test_add_func ("/customers/split-undo", test_split_undo);
  return g_test_run ();
}
