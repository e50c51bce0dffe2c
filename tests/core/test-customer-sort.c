/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "customer-fixture.h"
#include "mos-test.h"

#include "core/base/mos-collation.h"
#include "core/desk/mos-desk.h"
#include "core/store/mos-store-sort.h"

#include <string.h>

/* Customers stand in the order of the language of whoever looks. */

typedef struct
{
  char *order;
  guint max;
  gboolean more;
  gboolean vip;
  GPtrArray *list;
} Sorting;

static gboolean
do_sort (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Sorting *s = data;

  return mos_store_sort_customers (txn, s->order, s->max, &s->more, error);
}

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Sorting *s = data;

  s->list = mos_store_customer_list (txn, s->vip ? MOS_SEGMENT_VIP : MOS_SEGMENT_ALL, 0, 100, error);
  return s->list != NULL;
}

/* Returns: how often it took */
static guint
sort (Fixture *f,
      const char *locale,
      guint max)
{
  g_autofree char *order = mos_collation_dup_order (locale);
  Sorting s = { .order = order, .max = max };
  guint n = 0;

  do
    {
      act (f, NULL, do_sort, &s);
      n++;
    }
  while (s.more);
  return n;
}

static void
assert_order (Fixture *f,
              gboolean vip,
              const char *names)
{
  Sorting s = { .vip = vip };
  g_autoptr (GString) found = g_string_new (NULL);

  act (f, NULL, do_list, &s);
  for (guint i = 0; i < s.list->len; i++)
    {
      const MosCustomerRow *row = s.list->pdata[i];

      /* The fixture's own */
      if (!g_str_equal (row->id, f->customer))
        g_string_append_printf (found, "%s%s", found->len > 0 ? ", " : "", row->name);
    }
  g_ptr_array_unref (s.list);
  g_assert_cmpstr (found->str, ==, names);
}

static void
test_locales (void)
{
  static const char *const names[] = { "Zoe", "Álvaro", "oscar", "Ñíguez", "Nuria", "ana", "Ärla", "نور", "Oscar" };
  g_autoptr (Fixture) f = start ();
  g_autofree char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *address = g_strdup_printf ("c%u@example.com", i);
      g_autofree char *id = add (f, names[i], address);

      if (i == 0)
        first = g_steal_pointer (&id);
      else if (i % 2 == 0)
        set (f, id, (const char *const[]) { "vip", "yes", NULL });
    }
  /* In that of all languages together, while nobody said one */
  assert_order (f, FALSE, "Álvaro, ana, Ärla, Ñíguez, Nuria, oscar, Oscar, Zoe, نور");
  g_assert_cmpuint (sort (f, "es_ES.UTF-8", 1000), ==, 2);
  assert_order (f, FALSE, "Álvaro, ana, Ärla, Nuria, Ñíguez, oscar, Oscar, Zoe, نور");
  assert_order (f, TRUE, "Ärla, Nuria, oscar, Oscar");
  /* Once is enough. */
  g_assert_cmpuint (sort (f, "es_ES.UTF-8", 1000), ==, 1);
  sort (f, "sv", 4);
  assert_order (f, FALSE, "Álvaro, ana, Ñíguez, Nuria, oscar, Oscar, Zoe, Ärla, نور");
  sort (f, "ar_EG.UTF-8", 4);
  assert_order (f, FALSE, "نور, Álvaro, ana, Ärla, Ñíguez, Nuria, oscar, Oscar, Zoe");
  /* Whatever the program itself is started in, what nobody knows is as nothing. */
  sort (f, "xx_YY", 100);
  assert_order (f, FALSE, "Álvaro, ana, Ärla, Ñíguez, Nuria, oscar, Oscar, Zoe, نور");

  /* A name that is changed, and back again */
  sort (f, "es_ES.UTF-8", 1000);
  undo (f, set (f, first, (const char *const[]) { "name", "Ñu", NULL }));
  assert_order (f, FALSE, "Álvaro, ana, Ärla, Nuria, Ñíguez, oscar, Oscar, Zoe, نور");
  set (f, first, (const char *const[]) { "name", "Ñu", NULL });
  assert_order (f, FALSE, "Álvaro, ana, Ärla, Nuria, Ñíguez, Ñu, oscar, Oscar, نور");
}

/* Ended in the middle of it, a start goes on; who comes meanwhile stands in the new order. */
static void
test_interrupted (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *spanish = mos_collation_dup_order ("es_ES");
  g_autofree char *swedish = mos_collation_dup_order ("sv_SE");
  Sorting s = { .order = spanish, .max = 2 };

  for (guint i = 0; i < 6; i++)
    {
      static const char *const names[] = { "Nz", "Ñb", "Oa", "Zo", "Äs", "Na" };
      g_autofree char *address = g_strdup_printf ("c%u@example.com", i);
      g_autofree char *id = add (f, names[i], address);
    }
  act (f, NULL, do_sort, &s);
  g_assert_true (s.more);
  fixture_reopen (f);
  g_free (add (f, "Ñá", "late@example.com"));
  while (s.more)
    act (f, NULL, do_sort, &s);
  assert_order (f, FALSE, "Äs, Na, Nz, Ñá, Ñb, Oa, Zo");

  /* Another one before the first is done */
  s.order = swedish;
  act (f, NULL, do_sort, &s);
  s.order = spanish;
  do
    act (f, NULL, do_sort, &s);
  while (s.more);
  assert_order (f, FALSE, "Äs, Na, Nz, Ñá, Ñb, Oa, Zo");
}

static void
test_keys (void)
{
  g_autofree char *order = mos_collation_dup_order ("de");
  g_autoptr (MosCollation) german = mos_collation_new (order);
  g_autoptr (MosCollation) unknown = mos_collation_new ("nobody knows this");
  g_autofree char *many = g_strnfill (5000, 'a');
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autoptr (GBytes) none = mos_collation_make_key (german, "", 0);
  g_autoptr (GBytes) a = mos_collation_make_key (german, "Müller", strlen ("Müller"));
  g_autoptr (GBytes) b = mos_collation_make_key (german, "Muller", strlen ("Muller"));
  g_autoptr (GBytes) c = mos_collation_make_key (unknown, "x", 1);
  g_autoptr (GBytes) longest = mos_collation_make_key (german, many, strlen (many));
  g_autoptr (GBytes) cut = NULL;

  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
  g_assert_cmpint (g_bytes_compare (b, a), <, 0);
  g_assert_cmpuint (g_bytes_get_size (c), >, 0);
  g_assert_cmpuint (g_bytes_get_size (longest), >, 100);
  g_assert_cmpuint (g_bytes_get_size (longest), <=, 512);
  /* Letters of three bytes each: where it is cut is none of one's middle. */
  for (guint i = 0; i < 400; i++)
    g_string_append (wide, "金");
  cut = mos_collation_make_key (german, wide->str, wide->len);
  g_assert_cmpuint (g_bytes_get_size (cut), >, 100);
}

static void
test_desk (void)
{
  g_autoptr (Fixture) f = start ();
  MosDesk *desk;

  for (guint i = 0; i < 3; i++)
    {
      static const char *const names[] = { "Nz", "Ñb", "Na" };
      g_autofree char *address = g_strdup_printf ("c%u@example.com", i);

      g_free (add (f, names[i], address));
    }
  assert_order (f, FALSE, "Na, Ñb, Nz");
  desk = mos_desk_new (f->store, MOS_DESK_FLAG_OFFLINE);
  mos_desk_set_sort_locale (desk, "es_ES@numbers=latn");
  /* The writer has one queue: what is asked now comes behind it. */
  assert_order (f, FALSE, "Na, Nz, Ñb");
  mos_desk_stop_sync (desk);
  g_object_unref (desk);
  mos_test_settle (20);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/customer-sort/keys", test_keys);
  g_test_add_func ("/customer-sort/locales", test_locales);
  g_test_add_func ("/customer-sort/interrupted", test_interrupted);
  g_test_add_func ("/customer-sort/desk", test_desk);
  return g_test_run ();
}
