/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/base/mos-time.h"
#include "core/shops/mos-shop-walk.h"
#include "mos-test.h"

/* Walks through lists that are made up, small, full of equal times, and change while they are read. */

#define S ((gint64) G_USEC_PER_SEC)
#define BEGIN_S 1780000000

typedef struct
{
  gint64 id;
  gint64 at_s;
  gboolean is_bare; /* says neither its id nor its time */
  guint version;
  guint seen; /* the version that was read last */
} Row;

typedef struct
{
  GArray *rows;
  guint size;
  gint64 now_s;
  gboolean counts; /* says how many there are, and gives its last page again behind the end; else nothing comes there */
  guint n_asked;
} List;

static void
list_clear (List *list)
{
  g_array_unref (list->rows);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, list_clear)

static void
list_add (List *list,
          gint64 at_s,
          gboolean is_bare)
{
  const Row row = { list->rows->len + 1, at_s, is_bare, 1, 0 };

  g_array_append_val (list->rows, row);
}

static Row *
row_at (List *list,
        guint i)
{
  return &g_array_index (list->rows, Row, i);
}

static int
compare_by_time (gconstpointer a,
                 gconstpointer b)
{
  const Row *x = *(Row *const *) a, *y = *(Row *const *) b;

  return x->at_s != y->at_s ? (x->at_s < y->at_s ? -1 : 1) : x->id < y->id ? -1
                                                                           : 1;
}

static int
compare_by_id (gconstpointer a,
               gconstpointer b)
{
  const Row *x = *(Row *const *) a, *y = *(Row *const *) b;

  return x->id < y->id ? -1 : 1;
}

static GPtrArray *
find (List *list,
      const MosShopWalk *walk)
{
  GPtrArray *found = g_ptr_array_new ();
  gint64 since_s = walk->since_us / S;

  for (guint i = 0; i < list->rows->len; i++)
    {
      Row *row = row_at (list, i);

      /* A time that is not there is before all others. */
      if (walk->id >= 0 ? row->at_s == since_s && row->id > walk->id : walk->since_us == 0 || row->at_s >= since_s)
        g_ptr_array_add (found, row);
    }
  g_ptr_array_sort (found, walk->id >= 0 ? compare_by_id : compare_by_time);
  return found;
}

static gboolean
read_page (List *list,
           char **cursor)
{
  MosShopWalk walk;
  g_autoptr (GPtrArray) found = NULL;
  guint begin;
  gboolean has_more;

  list->n_asked++;
  mos_shop_walk_read (&walk, *cursor);
  g_assert_false (mos_shop_walk_is_lost (&walk, list->now_s * S));
  found = find (list, &walk);
  begin = (walk.page - 1) * list->size;
  if (list->counts && begin >= found->len && found->len > 0)
    begin = (found->len - 1) / list->size * list->size;
  mos_shop_walk_begin_page (&walk, list->now_s * S);
  for (guint i = begin; i < found->len && i < begin + list->size; i++)
    {
      Row *row = found->pdata[i];

      row->seen = row->version;
      mos_shop_walk_see (&walk, row->is_bare ? 0 : row->id, row->is_bare ? 0 : row->at_s * S);
    }
  has_more = mos_shop_walk_turn (&walk, list->size, list->counts ? (gint64) found->len : -1);
  g_free (*cursor);
  *cursor = mos_shop_walk_dup_cursor (&walk);
  return has_more;
}

static void
assert_all_seen (List *list)
{
  for (guint i = 0; i < list->rows->len; i++)
    g_assert_cmpuint (row_at (list, i)->seen, ==, row_at (list, i)->version);
}

static void
edit (List *list,
      guint i)
{
  Row *row = row_at (list, i);

  row->at_s = list->now_s;
  row->version++;
}

/* Reads to the end. @n_edits: how often an order changes between two pages */
static void
read_all (List *list,
          char **cursor,
          guint n_edits,
          gboolean with_new)
{
  guint n_before = list->n_asked;

  while (read_page (list, cursor))
    {
      g_assert_cmpuint (list->n_asked - n_before, <, 40 + 8 * (list->rows->len + n_edits));
      list->now_s += g_test_rand_int_range (0, 4);
      if (n_edits == 0)
        continue;
      n_edits--;
      if (with_new)
        list_add (list, list->now_s, FALSE);
      else
        edit (list, (guint) g_test_rand_int_range (0, (int) list->rows->len));
    }
}

/* Whatever the list is like and whatever changes in it: two passes see all of it, and the second one little more than what changed. */
static void
test_property (void)
{
  for (guint round = 0; round < 400; round++)
    {
      g_auto (List) list = { g_array_new (FALSE, TRUE, sizeof (Row)), (guint) g_test_rand_int_range (1, 7), BEGIN_S + 1000, g_test_rand_bit (), 0 };
      g_autofree char *cursor = g_strdup ("");
      int n = g_test_rand_int_range (0, 60), n_times = g_test_rand_int_range (1, 12);
      guint n_asked;

      for (int i = 0; i < n; i++)
        list_add (&list, BEGIN_S + g_test_rand_int_range (0, n_times), FALSE);
      read_all (&list, &cursor, list.rows->len > 0 ? (guint) g_test_rand_int_range (0, 30) : 0, g_test_rand_bit ());
      list.now_s += 100;
      read_all (&list, &cursor, 0, FALSE);
      assert_all_seen (&list);
      /* Nothing changes: it is not walked through again and again, but for a few seconds. */
      n_asked = list.n_asked;
      read_all (&list, &cursor, 0, FALSE);
      g_assert_cmpuint (list.n_asked - n_asked, <=, 40 + list.rows->len);
      /* And what is new then is seen. */
      list.now_s += 100;
      list_add (&list, list.now_s, FALSE);
      read_all (&list, &cursor, 0, FALSE);
      assert_all_seen (&list);
    }
}

/* What changes within the second that is just walked through, behind the walk, is read by the next one, however long this one took. */
static void
test_behind (void)
{
  g_auto (List) list = { g_array_new (FALSE, TRUE, sizeof (Row)), 2, BEGIN_S, TRUE, 0 };
  g_autofree char *cursor = g_strdup ("");

  for (guint i = 0; i < 9; i++)
    list_add (&list, BEGIN_S, FALSE);
  for (guint i = 0; i < 4; i++)
    g_assert_true (read_page (&list, &cursor));
  edit (&list, 0);
  list.now_s += 60;
  list_add (&list, list.now_s, FALSE);
  read_all (&list, &cursor, 0, FALSE);
  g_assert_cmpuint (row_at (&list, 0)->seen, ==, 1);
  read_all (&list, &cursor, 0, FALSE);
  assert_all_seen (&list);
}

/* More of one second than a page holds, the newest of all: once through, and not at each pass. */
static void
test_one_second (void)
{
  g_auto (List) list = { g_array_new (FALSE, TRUE, sizeof (Row)), 10, BEGIN_S + 1000, TRUE, 0 };
  g_autofree char *cursor = g_strdup ("");
  guint n_asked;

  for (guint i = 0; i < 455; i++)
    list_add (&list, BEGIN_S, FALSE);
  read_all (&list, &cursor, 0, FALSE);
  assert_all_seen (&list);
  n_asked = list.n_asked;
  read_all (&list, &cursor, 0, FALSE);
  read_all (&list, &cursor, 0, FALSE);
  g_assert_cmpuint (list.n_asked - n_asked, ==, 2);
}

/* What says neither its time nor its id keeps nobody out and holds nobody up. */
static void
test_bare (void)
{
  for (guint counts = 0; counts < 2; counts++)
    {
      g_auto (List) list = { g_array_new (FALSE, TRUE, sizeof (Row)), 5, BEGIN_S + 1000, counts == 1, 0 };
      g_autofree char *cursor = g_strdup ("");

      for (guint i = 0; i < 23; i++)
        list_add (&list, 0, TRUE);
      for (guint i = 0; i < 30; i++)
        list_add (&list, BEGIN_S + i / 11, i % 4 == 0);
      read_all (&list, &cursor, 0, FALSE);
      assert_all_seen (&list);
      g_assert_cmpuint (list.n_asked, <, 60);
    }
}

/* A shop that gives the same page for ever */
static void
test_endless (void)
{
  MosShopWalk walk;
  guint n = 0;
  gboolean has_more;

  mos_shop_walk_read (&walk, "");
  do
    {
      mos_shop_walk_begin_page (&walk, 0);
      for (guint i = 0; i < 5; i++)
        mos_shop_walk_see (&walk, 0, 0);
      has_more = mos_shop_walk_turn (&walk, 5, -1);
      n++;
    }
  while (has_more && n < 5000);
  g_assert_false (has_more);
}

/* Orders with a date in years, more than a page of them: they are read, and hide nothing that comes after. */
static void
test_future (void)
{
  g_auto (List) list = { g_array_new (FALSE, TRUE, sizeof (Row)), 5, BEGIN_S + 1000, TRUE, 0 };
  g_autofree char *cursor = g_strdup ("");
  MosShopWalk walk;

  for (guint i = 0; i < 12; i++)
    list_add (&list, BEGIN_S + i, FALSE);
  for (guint i = 0; i < 13; i++)
    list_add (&list, BEGIN_S + 100000000, FALSE);
  read_all (&list, &cursor, 0, FALSE);
  assert_all_seen (&list);
  mos_shop_walk_read (&walk, cursor);
  g_assert_cmpint (walk.since_us, <=, list.now_s * S);
  list.now_s += 60;
  list_add (&list, list.now_s, FALSE);
  read_all (&list, &cursor, 0, FALSE);
  assert_all_seen (&list);
}

/* Its clock was years ahead, and was put right. */
static void
test_lost (void)
{
  MosShopWalk walk;

  mos_shop_walk_read (&walk, "2036-01-01T00:00:00Z");
  g_assert_true (mos_shop_walk_is_lost (&walk, BEGIN_S * S));
  g_assert_false (mos_shop_walk_is_lost (&walk, 0));
  mos_shop_walk_read (&walk, "2026-05-28T20:31:00Z");
  g_assert_false (mos_shop_walk_is_lost (&walk, BEGIN_S * S));
}

static void
test_cursors (void)
{
  static const char *const same[] = { "", "2026-05-28T20:31:00Z", "2026-05-28T20:31:00Z -1 1 ", "2026-05-28T20:31:00Z 17 1 2026-05-28T20:31:00Z", "2026-05-28T20:31:00Z 0 3 2026-05-28T20:31:00Z", " -1 2 2026-05-28T20:31:00Z" };
  static const char *const odd[] = { "yesterday", "2026-05-28T20:31:00Z x", "2026-05-28T20:31:00Z -9 -9 x", "x 99999999999999999999 99999999999 " };
  MosShopWalk walk;

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *cursor = NULL;

      mos_shop_walk_read (&walk, same[i]);
      cursor = mos_shop_walk_dup_cursor (&walk);
      g_assert_cmpstr (cursor, ==, same[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      mos_shop_walk_read (&walk, odd[i]);
      g_assert_cmpint (walk.id, >=, -1);
      g_assert_cmpuint (walk.page, >=, 1);
      g_assert_cmpuint (walk.page, <=, 1000);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/shop-walk/property", test_property);
  g_test_add_func ("/shop-walk/behind", test_behind);
  g_test_add_func ("/shop-walk/one-second", test_one_second);
  g_test_add_func ("/shop-walk/bare", test_bare);
  g_test_add_func ("/shop-walk/endless", test_endless);
  g_test_add_func ("/shop-walk/future", test_future);
  g_test_add_func ("/shop-walk/lost", test_lost);
  g_test_add_func ("/shop-walk/cursors", test_cursors);
  return g_test_run ();
}
