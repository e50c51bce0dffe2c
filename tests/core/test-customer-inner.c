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

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/customer-inner/notes", test_notes);
  g_test_add_func ("/customer-inner/random", test_inner);
  return g_test_run ();
}
