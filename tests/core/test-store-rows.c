/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "store-fixture.h"

#include "core/store/mos-store-moves.h"
#include "core/values/mos-mail-values.h"

/* How rows are found and read: not at the price of all others. */

/* --- lists in columns --- */

static GPtrArray *
make_addresses (const char *const *words)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);

  for (; words[0] != NULL; words += 2)
    g_ptr_array_add (addresses, mos_address_make (*words[0] != '\0' ? words[0] : NULL, words[1]));
  return addresses;
}

static void
assert_addresses (GPtrArray *got,
                  GPtrArray *wanted)
{
  g_assert_cmpuint (got->len, ==, wanted->len);
  for (guint i = 0; i < got->len; i++)
    {
      MosAddress *a = got->pdata[i], *b = wanted->pdata[i];

      g_assert_cmpstr (a->name, ==, b->name);
      g_assert_cmpstr (a->address, ==, b->address);
    }
}

/* What is read without a tree of it and what needs one is the same, whatever stands in it. */
static void
test_lists (void)
{
  static const char *const texts[] = { "", "plain", "with \"quotes\"", "back\\slash", "two\nlines\t\x01", "ünïcödé 漢字", "[1,2]", "null", ",", "{}" };
  static const char *const no_list[] = { "", "null", "{}", "[", "[\"a\"", "[\"a\",]", "[1]x", "[\"a\"]x", "\"a\"", "[1,null,[\"a\"],{}]" };
  static const char *const no_people[] = { "", "[]", "{", "{\"to\":[]", "{\"to\":[[\"a\"]]x", "{\"to\":7", "{\"to\":[[\"a\",\"b\"]],}", "{\"to\":7}", "{\"to\":[1,null,\"a\"]}", "{\"to\":[[],[1,null],[[],{}]]}" };

  for (gsize a = 0; a < G_N_ELEMENTS (texts); a++)
    for (gsize b = 0; b < G_N_ELEMENTS (texts); b++)
      {
        const char *strv[] = { texts[a], texts[b], "last", NULL };
        const char *pairs[] = { texts[a], texts[b], texts[b], texts[a], NULL };
        g_autofree char *json = mos_json_from_strv ((char **) strv);
        g_auto (GStrv) back = mos_json_to_strv (json);
        g_autoptr (GPtrArray) people = make_addresses (pairs);
        g_autoptr (GPtrArray) nobody = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);

        g_assert_cmpuint (g_strv_length (back), ==, 3);
        for (guint i = 0; i < 3; i++)
          g_assert_cmpstr (back[i], ==, strv[i]);
        /* each of the four there or not */
        for (guint mask = 0; mask < 16; mask++)
          {
            GPtrArray *lists[4];
            g_autofree char *text = NULL;
            g_autoptr (GPtrArray) to = NULL, cc = NULL, bcc = NULL, reply_to = NULL;

            for (guint i = 0; i < 4; i++)
              lists[i] = (mask & (1u << i)) != 0 ? people : nobody;
            text = mos_json_from_recipients (lists[0], lists[1], lists[2], lists[3]);
            mos_json_to_recipients (text, &to, &cc, &bcc, &reply_to);
            assert_addresses (to, lists[0]);
            assert_addresses (cc, lists[1]);
            assert_addresses (bcc, lists[2]);
            assert_addresses (reply_to, lists[3]);
          }
      }
  {
    g_auto (GStrv) nothing = mos_json_to_strv (NULL);
    g_auto (GStrv) empty = mos_json_to_strv ("[]");

    g_assert_cmpuint (g_strv_length (nothing), ==, 0);
    g_assert_cmpuint (g_strv_length (empty), ==, 0);
  }
  /* Damage is nobody, not half of it, and no crash. */
  for (gsize i = 0; i < G_N_ELEMENTS (no_list); i++)
    {
      g_auto (GStrv) none = mos_json_to_strv (no_list[i]);

      g_assert_cmpuint (g_strv_length (none), ==, 0);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (no_people); i++)
    {
      g_autoptr (GPtrArray) to = NULL, cc = NULL, bcc = NULL;

      mos_json_to_recipients (no_people[i], &to, &cc, &bcc, NULL);
      g_assert_cmpuint (to->len + cc->len + bcc->len, ==, 0);
    }
  {
    g_autoptr (GPtrArray) to = NULL, cc = NULL, bcc = NULL;
    g_autoptr (GPtrArray) files = mos_json_to_attachments ("[1,[],[\"a\",7,\"b\",null,{},[]]]");

    /* What there is of it is kept. */
    mos_json_to_recipients ("{\"to\":[[\"a\"],[\"a\",1],[\"a\",null],[7,\"b\"]]}", &to, &cc, &bcc, NULL);
    g_assert_cmpuint (to->len, ==, 4);
    for (guint i = 0; i < 4; i++)
      {
        MosAddress *address = to->pdata[i];

        g_assert_cmpstr (address->name, ==, i < 3 ? "a" : NULL);
        g_assert_cmpstr (address->address, ==, i < 3 ? "" : "b");
      }
    g_assert_cmpuint (files->len, ==, 2);
    for (guint i = 0; i < files->len; i++)
      {
        MosAttachment *file = files->pdata[i];

        g_assert_cmpstr (file->name, ==, i == 0 ? NULL : "a");
        g_assert_cmpuint (file->size, ==, 0);
        g_assert_null (file->sha256);
      }
  }
}

/* --- what is asked at each pass --- */

static int
count_steps_cb (void *data)
{
  ++*(guint64 *) data;
  return 0;
}

/* Steps of SQLite's machine for what each pass over an account asks, where nothing is to be sent or moved */
static gboolean
count_func (MosTxn *txn,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  guint64 *steps = ((Fixture *) data)->data;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) moves = NULL;
  g_autoptr (MosOutboxItem) copy = NULL;
  gboolean ok;

  *steps = 0;
  sqlite3_progress_handler (mos_database_get_handle (txn->database), 1, count_steps_cb, steps);
  items = mos_store_outbox_list (txn, ACCOUNT, error);
  moves = items != NULL ? mos_store_move_list (txn, ACCOUNT, error) : NULL;
  ok = moves != NULL && mos_store_outbox_claim_sent_copy (txn, ACCOUNT, 1, &copy, error);
  sqlite3_progress_handler (mos_database_get_handle (txn->database), 0, NULL, NULL);
  if (!ok)
    return FALSE;
  g_assert_cmpuint (items->len, ==, 0);
  g_assert_cmpuint (moves->len, ==, 0);
  g_assert_null (copy);
  return TRUE;
}

static gboolean
analyze_func (MosTxn *txn,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  return mos_database_run_script (txn->database, "ANALYZE", error);
}

/* As many messages more as @data->number says */
static gboolean
many_func (MosTxn *txn,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Fixture *f = data;
  static guint last;

  if (f->conversation == NULL)
    {
      fixture_account (txn, f);
      f->conversation = fixture_conversation (txn, f, "Many");
    }
  for (guint i = 0; i < f->number; i++)
    {
      g_autofree char *id = g_strdup_printf ("many-%u", last++);

      fixture_message (txn, f, f->conversation, id, MOS_DIRECTION_INCOMING, (1000 + (gint64) last) * S, "one");
    }
  return TRUE;
}

/* Of tables with nothing in them there are no statistics, and they were taken for long ones: every message was looked for in the outbox. */
static void
test_outbox_steps (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  guint64 few = 0, lots = 0;

  f->number = 10;
  fixture_write (f, NULL, many_func);
  fixture_write (f, NULL, analyze_func);
  fixture_reopen (f);
  f->data = &few;
  fixture_write (f, NULL, count_func);
  f->number = 2000;
  fixture_write (f, NULL, many_func);
  fixture_write (f, NULL, analyze_func);
  fixture_reopen (f);
  f->data = &lots;
  fixture_write (f, NULL, count_func);
  g_assert_cmpuint (few, >, 0);
  g_assert_cmpuint (lots, <, few + 200);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/rows/lists", test_lists);
  g_test_add_func ("/store/rows/outbox-steps", test_outbox_steps);
  return g_test_run ();
}
