/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* One object for each id, alive as long as somebody shows it, and the last few a little longer. */
#include "config.h"

#include "core/model/mos-entity-cache.h"

#include "mos-test.h"

static GObject *
make (const char *id)
{
  GObject *object = g_object_new (G_TYPE_OBJECT, NULL);

  g_object_set_data_full (object, "id", g_strdup (id), g_free);
  return object;
}

static void
ask (MosEntityCache *cache,
     const char *id)
{
  g_autoptr (GObject) object = mos_entity_cache_ref (cache, id);

  g_assert_cmpstr (g_object_get_data (object, "id"), ==, id);
}

static void
test_weak (void)
{
  g_autoptr (MosEntityCache) cache = mos_entity_cache_new (make);
  g_autoptr (GObject) first = mos_entity_cache_ref (cache, "a");
  g_autoptr (GObject) again = mos_entity_cache_ref (cache, "a");

  g_test_summary ("The same id is the same object; nothing is kept that nobody holds");
  g_assert_true (first == again);
  ask (cache, "b");
  g_assert_cmpuint (mos_entity_cache_get_size (cache), ==, 1);
  g_clear_object (&first);
  g_assert_nonnull (mos_entity_cache_peek (cache, "a"));
  g_clear_object (&again);
  g_assert_null (mos_entity_cache_peek (cache, "a"));
  g_assert_cmpuint (mos_entity_cache_get_size (cache), ==, 0);
}

static void
test_kept (void)
{
  g_autoptr (MosEntityCache) cache = mos_entity_cache_new (make);
  g_autoptr (GObject) shown = NULL;
  char id[8];

  g_test_summary ("The last three asked for stay, the ones before go; what somebody holds outlives them");
  mos_entity_cache_keep (cache, 3);
  shown = mos_entity_cache_ref (cache, "0");
  for (guint i = 1; i <= 5; i++)
    {
      g_snprintf (id, sizeof id, "%u", i);
      ask (cache, id);
      /* Asked for again and again it takes one place. */
      ask (cache, id);
    }
  g_assert_cmpuint (mos_entity_cache_get_size (cache), ==, 4);
  for (guint i = 0; i <= 5; i++)
    {
      g_snprintf (id, sizeof id, "%u", i);
      if (i == 1 || i == 2)
        g_assert_null (mos_entity_cache_peek (cache, id));
      else
        g_assert_nonnull (mos_entity_cache_peek (cache, id));
    }
  mos_entity_cache_keep (cache, 1);
  g_assert_cmpuint (mos_entity_cache_get_size (cache), ==, 1);
}

static void
test_gone (void)
{
  g_autoptr (MosEntityCache) cache = mos_entity_cache_new (make);
  GObject *kept = NULL;

  g_test_summary ("What is kept goes with the cache");
  mos_entity_cache_keep (cache, 2);
  ask (cache, "a");
  kept = mos_entity_cache_peek (cache, "a");
  g_object_add_weak_pointer (kept, (gpointer *) &kept);
  g_clear_pointer (&cache, mos_entity_cache_free);
  g_assert_null (kept);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/entity-cache/weak", test_weak);
  g_test_add_func ("/entity-cache/kept", test_kept);
  g_test_add_func ("/entity-cache/gone", test_gone);
  return g_test_run ();
}
