/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "customer-fixture.h"
#include "mos-test.h"

#include <string.h>

/* Merges that are taken back while others stand upon them: what somebody wrote of each goes with whose it is. */

#define N_PEOPLE 7

typedef struct
{
  Fixture *f;
  GRand *rand;
  char *people[N_PEOPLE];
  int into[N_PEOPLE];
  gint64 batch[N_PEOPLE];
} Inner;

static int
inner_now (Inner *s,
           int person)
{
  while (s->into[person] >= 0)
    person = s->into[person];
  return person;
}

static void
inner_set (Inner *s,
           int person)
{
  g_autofree char *notes = g_strdup_printf ("note-%d", person), *phone = g_strdup_printf ("+3460011122%d", person), *own = g_strdup_printf ("own:Own %d", person), *company = g_strdup_printf ("Company %d", person);
  /* Not everybody has all. */
  const char *const words[] = { "notes", notes, own, "x", "own:Shared", company, "company", person % 3 == 0 ? "" : company, "phone", person % 3 == 1 ? "" : phone, NULL };

  set (s->f, s->people[person], words);
}

/* Whoever is several has what each of them wrote, and nothing of anybody else. */
static void
inner_compare (Inner *s)
{
  for (int i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (MosCustomerRow) row = find (s->f, s->people[i]);
      g_autoptr (GString) values = g_string_new (NULL);
      guint n_phones = 0;

      if (s->into[i] >= 0)
        continue;
      for (guint k = 0; k < row->identities->len; k++)
        if (strcmp (((MosIdentity *) row->identities->pdata[k])->kind, "phone") == 0)
          {
            g_string_append_printf (values, "%s;", ((MosIdentity *) row->identities->pdata[k])->value);
            n_phones++;
          }
      g_string_append_printf (values, "%s;", row->phone != NULL ? row->phone : "");
      for (int k = 0; k < N_PEOPLE; k++)
        {
          gboolean is_there = inner_now (s, k) == i;
          g_autofree char *note = g_strdup_printf ("note-%d", k), *own = g_strdup_printf ("Own %d", k), *phone = g_strdup_printf ("22%d;", k), *company = g_strdup_printf ("Company %d", k);

          g_assert_cmpint (strstr (row->notes, note) != NULL, ==, is_there);
          g_assert_cmpint (mos_customer_fields_find (row->fields, own) != NULL, ==, is_there);
          /* One number that won, and one of each merge that did not; of those that lost twice none but the last. */
          if (!is_there)
            {
              if (strstr (values->str, phone) != NULL)
                g_test_message ("%d has the number of %d: %s", i, k, values->str);
              g_assert_null (strstr (values->str, phone));
              g_assert_cmpstr (row->company, !=, company);
              g_assert_cmpstr (mos_customer_fields_find (row->fields, "Shared"), !=, company);
            }
        }
      if (inner_now (s, i) == i && n_phones == 0 && row->phone == NULL)
        for (int k = 0; k < N_PEOPLE; k++)
          g_assert_true (inner_now (s, k) != i || k % 3 == 1);
    }
}

/* Merges that are taken back in any order, be there others upon them or not, leave nothing with anybody whose it is not. */
static void
test_inner (void)
{
  for (guint32 seed = 1; seed <= 12; seed++)
    {
      g_autoptr (Fixture) f = start ();
      Inner s = { .f = f, .rand = g_rand_new_with_seed (seed) };

      g_test_message ("seed %u", seed);
      for (int i = 0; i < N_PEOPLE; i++)
        {
          g_autofree char *address = g_strdup_printf ("p%d@example.org", i);

          s.people[i] = add (f, "Somebody", address);
          s.into[i] = -1;
          inner_set (&s, i);
        }
      for (int i = 0; i < 40; i++)
        {
          static const char *const take[] = { "company", "phone", "own:Shared", NULL };
          int one = g_rand_int_range (s.rand, 0, N_PEOPLE), source = inner_now (&s, one), target = inner_now (&s, g_rand_int_range (s.rand, 0, N_PEOPLE));
          Merge merge = { s.people[source], s.people[target], g_rand_boolean (s.rand) ? take : NULL, FALSE };

          if (s.into[one] >= 0 && g_rand_boolean (s.rand))
            {
              g_test_message ("undo %d", one);
              undo (f, s.batch[one]);
              s.into[one] = -1;
            }
          else if (source != target)
            {
              g_test_message ("%d into %d%s", source, target, merge.take != NULL ? ", taken" : "");
              s.batch[source] = act (f, MOS_CUSTOMER_MERGE, do_merge, &merge);
              s.into[source] = target;
            }
          inner_compare (&s);
        }
      fixture_check (f);
      for (int i = 0; i < N_PEOPLE; i++)
        g_free (s.people[i]);
      g_rand_free (s.rand);
    }
}

/* A into B, B into C; then the first is taken back alone. */
static void
test_notes (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *bob = add (f, "Bob", "bob@example.com"), *eva = add (f, "Eva", "eva@example.com");
  Merge one = { f->customer, bob, NULL, FALSE }, two = { bob, eva, NULL, FALSE };
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosCustomerRow) middle = NULL;
  gint64 batches[2];

  set (f, f->customer, (const char *const[]) { "notes", "Ana's", "phone", "+34600111222", "own:Size", "M", "vip", "yes", NULL });
  set (f, eva, (const char *const[]) { "notes", "Eva's", "phone", "+34800111222", NULL });
  batches[0] = act (f, MOS_CUSTOMER_MERGE, do_merge, &one);
  batches[1] = act (f, MOS_CUSTOMER_MERGE, do_merge, &two);
  row = find (f, eva);
  g_assert_cmpstr (row->notes, ==, "Eva's\n\nAna's");
  g_assert_cmpuint (row->identities->len, ==, 4);
  /* What somebody says since is of who they are now. */
  set (f, eva, (const char *const[]) { "company", "Rosas", NULL });
  undo (f, batches[0]);
  g_clear_pointer (&row, mos_customer_row_unref);
  row = find (f, eva);
  g_assert_cmpstr (row->notes, ==, "Eva's");
  g_assert_cmpstr (row->company, ==, "Rosas");
  g_assert_false (row->vip);
  g_assert_null (mos_customer_fields_find (row->fields, "Size"));
  g_assert_cmpuint (row->identities->len, ==, 2);
  undo (f, batches[1]);
  middle = find (f, bob);
  g_assert_cmpstr (middle->notes, ==, "");
  g_assert_cmpuint (middle->identities->len, ==, 1);
  fixture_check (f);
}

/* --- addresses that several have --- */

#define N_SHARED 4

typedef struct
{
  Fixture *f;
  GRand *rand;
  char *people[N_PEOPLE];
  char *addresses[N_PEOPLE + N_SHARED]; /* ids of identities: one of each person, and those that several may have */
  guint own[N_PEOPLE];                  /* which of them: what the person had at first */
  int into[N_PEOPLE];
  gint64 batch[N_PEOPLE]; /* by which it was merged */
} Family;

static gboolean
family_do_people (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  Family *s = data;

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *address = g_strdup_printf ("p%u@example.org", i);

      s->into[i] = -1;
      s->own[i] = 1u << i;
      if (!mos_store_customer_ensure (txn, "email", "", address, "Somebody", "mail", mos_txn_get_now_us (txn), &s->people[i], &s->addresses[i], error))
        return FALSE;
    }
  for (guint n = 0; n < N_SHARED; n++)
    {
      g_autofree char *address = g_strdup_printf ("family%u@example.org", n);

      s->addresses[N_PEOPLE + n] = mos_store_identity_id ("email", "", address);
      for (guint i = 0; i < N_PEOPLE; i++)
        {
          if (g_rand_int_range (s->rand, 0, 3) == 0)
            continue;
          s->own[i] |= 1u << (N_PEOPLE + n);
          if (!mos_store_customer_link (txn, s->people[i], "email", "", address, FALSE, "agent", error))
            return FALSE;
        }
    }
  return TRUE;
}

static int
family_now (Family *s,
            int person)
{
  while (s->into[person] >= 0)
    person = s->into[person];
  return person;
}

/* Whoever is several has what all of them had at first, whatever was merged and taken back in between. */
static gboolean
family_do_compare (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  Family *s = data;

  for (int i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (MosCustomerRow) row = NULL;
      guint has = 0, should = 0;

      if (s->into[i] >= 0)
        continue;
      if (!mos_store_customer_find (txn, s->people[i], &row, error))
        return FALSE;
      for (guint k = 0; k < row->identities->len; k++)
        for (guint n = 0; n < G_N_ELEMENTS (s->addresses); n++)
          if (g_str_equal (((MosIdentity *) row->identities->pdata[k])->id, s->addresses[n]))
            has |= 1u << n;
      for (int k = 0; k < N_PEOPLE; k++)
        if (family_now (s, k) == i)
          should |= s->own[k];
      g_assert_cmphex (has, ==, should);
    }
  return TRUE;
}

static void
test_shared (void)
{
  for (guint32 seed = 1; seed <= 4; seed++)
    {
      g_autoptr (Fixture) f = start ();
      Family s = { .f = f, .rand = g_rand_new_with_seed (seed) };

      g_test_message ("seed %u", seed);
      act (f, NULL, family_do_people, &s);
      for (int i = 0; i < 50; i++)
        {
          int one = g_rand_int_range (s.rand, 0, N_PEOPLE), target = family_now (&s, g_rand_int_range (s.rand, 0, N_PEOPLE)), source = family_now (&s, one);
          Merge merge = { s.people[source], s.people[target], NULL, FALSE };

          if (s.into[one] >= 0 && g_rand_boolean (s.rand))
            {
              undo (f, s.batch[one]);
              s.into[one] = -1;
            }
          else if (source != target)
            {
              s.batch[source] = act (f, MOS_CUSTOMER_MERGE, do_merge, &merge);
              s.into[source] = target;
            }
          act (f, NULL, family_do_compare, &s);
        }
      for (guint i = 0; i < N_PEOPLE; i++)
        g_free (s.people[i]);
      for (guint i = 0; i < G_N_ELEMENTS (s.addresses); i++)
        g_free (s.addresses[i]);
      g_rand_free (s.rand);
      fixture_check (f);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/customer-inner/notes", test_notes);
  g_test_add_func ("/customer-inner/random", test_inner);
  g_test_add_func ("/customer-inner/shared", test_shared);
  return g_test_run ();
}
