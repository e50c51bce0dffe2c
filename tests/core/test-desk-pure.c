/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-text.h"
#include "core/base/mos-time.h"
#include "core/desk/mos-composing.h"
#include "core/desk/mos-list-diff.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-threading.h"
#include "core/desk/mos-token.h"
#include "core/mail/mime/mos-mime.h"
#include "mos-test.h"

#include <string.h>

static GBytes *
test_key (void)
{
  return g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
}

/* --- text --- */

static void
test_text_subject (void)
{
  static const struct
  {
    const char *subject, *bare;
  } cases[] = {
    { "Where is my order?", "Where is my order?" },
    { "Re: Where is my order?", "Where is my order?" },
    { "RE: Re: AW: Where?", "Where?" },
    { "Re[2]: Fwd: Where?", "Where?" },
    { "Re(3): Where?", "Where?" },
    { "RV: ¿Dónde?", "¿Dónde?" },
    { "回复：订单", "订单" },
    { "رد: إعادة توجيه: الطلب", "الطلب" },
    { "Return: my shoes", "Return: my shoes" },
    { "Order 12: late", "Order 12: late" },
    { "Re:", "" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (mos_text_strip_subject (cases[i].subject), ==, cases[i].bare);
}

static void
test_text_address (void)
{
  g_assert_true (mos_text_same_mailbox ("Shop@Example.com", "shop+c-12@example.com"));
  g_assert_false (mos_text_same_mailbox ("shop@example.com", "shop@example.org"));
  g_assert_true (mos_text_same_mailbox ("shop@Bücher.example", "shop+c-12@xn--bcher-kva.example"));
  g_assert_false (mos_text_same_mailbox ("", ""));
  g_assert_true (mos_text_is_address ("a@b.example"));
  g_assert_false (mos_text_is_address ("a b@c.example"));
  g_assert_false (mos_text_is_address ("a@b.example\r\nBcc: x@y.example"));
  g_assert_false (mos_text_is_address ("@b.example"));
  g_assert_false (mos_text_is_address ("a@b@c.example"));
}

/* --- time --- */

static void
test_time_presets (void)
{
  static const struct
  {
    const char *now, *tz;
    int weekday; /* 0 = tomorrow */
    int hour, minute;
    const char *expected;
  } cases[] = {
    { "2026-03-02T09:00:00Z", "Europe/Madrid", 0, 9, 0, "2026-03-03T08:00:00Z" },
    /* The night the clocks go forward (Sunday 2026-03-29, 02:00 → 03:00): nine o'clock is an hour earlier in UTC. */
    { "2026-03-28T12:00:00Z", "Europe/Madrid", 0, 9, 0, "2026-03-29T07:00:00Z" },
    { "2026-03-27T12:00:00Z", "Europe/Madrid", 1, 9, 0, "2026-03-30T07:00:00Z" },
    /* 02:30 does not exist that night: the first moment after the gap, 03:00. */
    { "2026-03-28T12:00:00Z", "Europe/Madrid", 0, 2, 30, "2026-03-29T01:00:00Z" },
    /* 02:30 exists twice on 2026-10-25: the first of both. */
    { "2026-10-24T12:00:00Z", "Europe/Madrid", 0, 2, 30, "2026-10-25T00:30:00Z" },
    { "2026-10-24T12:00:00Z", "Europe/Madrid", 0, 9, 0, "2026-10-25T08:00:00Z" },
    /* On a Monday, "Monday" is the next one. */
    { "2026-03-02T05:00:00Z", "UTC", 1, 9, 0, "2026-03-09T09:00:00Z" },
    { "2026-12-31T23:30:00Z", "UTC", 0, 9, 0, "2027-01-01T09:00:00Z" },
    /* Already tomorrow there. */
    { "2026-03-02T22:00:00Z", "Asia/Tokyo", 0, 9, 0, "2026-03-04T00:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) tz = g_time_zone_new_identifier (cases[i].tz);
      gint64 now_us = mos_time_parse (cases[i].now, NULL);
      gint64 got;
      g_autofree char *text = NULL;

      g_assert_nonnull (tz);
      got = cases[i].weekday == 0 ? mos_time_tomorrow_at (now_us, tz, cases[i].hour, cases[i].minute)
                                  : mos_time_next_weekday_at (now_us, tz, cases[i].weekday, cases[i].hour, cases[i].minute);
      text = mos_time_format_utc (got);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* --- tokens --- */

static void
test_token (void)
{
  g_autoptr (GBytes) key = test_key ();
  g_autoptr (GBytes) other = g_bytes_new_static ("another key", 11);
  const char *id = "01a2023baaf47ddb91f4dcf5380839a2";
  g_autofree char *message_id = mos_token_message_id (key, id, "support@shop.example");
  g_autofree char *foreign_id = mos_token_message_id (key, id, "support@bücher.example");
  g_autofree char *tag = mos_token_plus_tag (key, id);
  g_autofree char *address = g_strdup_printf ("support+%s@shop.example", tag);
  g_autofree char *upper = g_ascii_strup (address, -1);
  g_autofree char *hook = mos_token_subject_hook (key, 1042);
  g_autofree char *subject = g_strdup_printf ("Re: %s Where?", hook);
  g_autofree char *found = mos_token_parse_address (key, address);
  g_autofree char *found_upper = mos_token_parse_address (key, upper);
  g_autofree char *marker = mos_token_marker (key, 1042);
  g_autofree char *marked = g_strdup_printf ("Thanks\n> [#12] it comes\n> [#7-0011223344556677]\n> %s\n", marker);
  g_autofree char *plus = mos_token_plus_address (key, "support@shop.example", id);
  g_autofree char *too_long = mos_token_plus_address (key, "twenty-two-characters.@shop.example", id);
  g_autofree char *just_right = mos_token_plus_address (key, "twenty-one-characters@shop.example", id);
  g_autofree char *found_right = mos_token_parse_address (key, just_right);
  g_autofree char *tagged = g_strdup_printf ("shop+eu+%s@shop.example", tag);
  g_autofree char *found_tagged = mos_token_parse_address (key, tagged);

  g_assert_true (g_str_has_suffix (message_id, "@shop.example"));
  g_assert_true (mos_token_is_own_message_id (key, message_id));
  g_assert_true (mos_token_is_own_message_id (key, foreign_id));
  g_assert_true (g_str_has_suffix (foreign_id, "@xn--bcher-kva.example"));
  g_assert_false (mos_token_is_own_message_id (other, message_id));
  message_id[3] ^= 1;
  g_assert_false (mos_token_is_own_message_id (key, message_id));
  g_assert_false (mos_token_is_own_message_id (key, "short@x"));
  g_assert_cmpstr (found, ==, id);
  g_assert_cmpstr (found_upper, ==, id);
  g_assert_null (mos_token_parse_address (other, address));
  g_assert_null (mos_token_parse_address (key, "support+c-1234@shop.example"));
  g_assert_cmpint (mos_token_parse_subject (key, subject), ==, 1042);
  g_assert_cmpint (mos_token_parse_subject (other, subject), ==, 0);
  g_assert_cmpint (mos_token_parse_subject (key, "Re: [#1042] Where?"), ==, 0);
  g_assert_cmpint (mos_token_parse_subject (key, "Re: [#1042-00000000] Where?"), ==, 0);
  g_assert_cmpint (mos_token_parse_bare_number ("Re: [#1042-00000000] [#17] Where?"), ==, 17);
  g_assert_cmpint (mos_token_parse_bare_number ("Re: [#99999999999999999999] [#-3] #12"), ==, 0);

  /* Each purpose has a MAC of its own: who got a subject cannot make a text. */
  g_assert_cmpint (mos_token_parse_marker (key, marked), ==, 1042);
  g_assert_cmpint (mos_token_parse_marker (other, marked), ==, 0);
  g_assert_cmpint (mos_token_parse_marker (key, subject), ==, 0);
  g_assert_cmpint (mos_token_parse_subject (key, marked), ==, 0);
  g_assert_cmpint (mos_token_parse_marker (key, "[#1042-"), ==, 0);
  {
    g_autofree char *pile = g_strdup_printf ("Hello\n%s\n\n> > %s \r\nwas it %s?\n[#12] [x]\n[#7-0011223344556677]\n>\t%s", marker, marker, marker, marker);
    g_autofree char *without = mos_token_strip_markers (key, pile);
    g_autofree char *rest = g_strdup_printf ("Hello\n\nwas it %s?\n[#12] [x]\n[#7-0011223344556677]\n", marker);
    g_autofree char *untouched = mos_token_strip_markers (other, pile);

    g_assert_cmpstr (without, ==, rest);
    g_assert_cmpstr (untouched, ==, pile);
  }

  /* What stands before the "@" may have 64 characters, no more. */
  g_assert_cmpuint (strlen (address), <=, 64 + strlen ("@shop.example"));
  g_assert_cmpstr (plus, ==, address);
  g_assert_null (too_long);
  g_assert_nonnull (just_right);
  g_assert_cmpint (strchr (just_right, '@') - just_right, ==, 64);
  g_assert_cmpstr (found_right, ==, id);
  g_assert_cmpstr (found_tagged, ==, id);
}

/* --- threading --- */

static MosMessageRow *
test_row (const char *message_id,
          const char *conversation,
          const char *account,
          MosDirection direction,
          guint recipients)
{
  MosMessageRow *row = mos_message_row_new ();

  row->message_id = g_strdup (message_id);
  row->conversation = g_strdup (conversation);
  row->account = g_strdup (account);
  row->direction = direction;
  mos_message_row_fill (row);
  for (guint i = 0; i < recipients; i++)
    {
      g_autofree char *address = g_strdup_printf ("person%u@mail.example", i);

      g_ptr_array_add (row->to, mos_address_make (NULL, address));
    }
  return row;
}

static void
test_threading_table (void)
{
  static const struct
  {
    const char *name, *headers, *conversation, *evidence;
  } cases[] = {
    { "nothing", "", NULL, "new" },
    { "in-reply-to", "In-Reply-To: <ours@shop.example>\n", "c1", "in-reply-to ours@shop.example" },
    { "customer's own earlier mail", "In-Reply-To: <theirs@mail.example>\n", "c1", "in-reply-to theirs@mail.example" },
    { "last reference first", "References: <theirs@mail.example> <second@shop.example>\n", "c2", "references second@shop.example" },
    { "unknown In-Reply-To, known reference", "In-Reply-To: <nobody@knows.example>\nReferences: <ours@shop.example> <nobody@knows.example>\n", "c1", "references ours@shop.example" },
    { "In-Reply-To before References", "In-Reply-To: <ours@shop.example>\nReferences: <second@shop.example>\n", "c1", "in-reply-to ours@shop.example" },
    { "another account's message", "In-Reply-To: <elsewhere@shop.example>\n", NULL, "new" },
    { "a forged id of ours", "In-Reply-To: <01a2023baaf47ddb91f4dcf5380839a2.0123456789abcdef@shop.example>\n", NULL, "new" },
    { "a bare number in the subject", "X-Nothing: [#7]\n", NULL, "new" },
    { "an answer to a newsletter", "In-Reply-To: <news@shop.example>\n", NULL, "broadcast news@shop.example" },
    { "an answer to a newsletter within an older matter", "In-Reply-To: <news@shop.example>\nReferences: <theirs@mail.example> <news@shop.example>\n", "c1", "references theirs@mail.example" },
  };
  g_autoptr (GBytes) key = test_key ();
  g_autoptr (GHashTable) candidates = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  const char *own[] = { "support@shop.example", NULL };
  MosMessageRow *rows[] = {
    test_row ("ours@shop.example", "c1", "a", MOS_DIRECTION_OUTGOING, 1),
    test_row ("theirs@mail.example", "c1", "a", MOS_DIRECTION_INCOMING, 1),
    test_row ("second@shop.example", "c2", "a", MOS_DIRECTION_OUTGOING, 1),
    test_row ("elsewhere@shop.example", "c3", "b", MOS_DIRECTION_OUTGOING, 1),
    test_row ("news@shop.example", "c4", "a", MOS_DIRECTION_OUTGOING, 50),
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);

      g_ptr_array_add (found, rows[i]);
      g_hash_table_insert (candidates, rows[i]->message_id, found);
    }

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *mail = g_strdup_printf ("From: person7@mail.example\nTo: support@shop.example\nSubject: Re: [#7] x\n%s\nHello\n", cases[i].headers);
      g_autoptr (GBytes) raw = g_bytes_new (mail, strlen (mail));
      g_autoptr (MosParsedMessage) parsed = mos_mime_parse (raw, NULL);
      MosThreadQuestion question = { parsed, "a", own, key, candidates };
      g_auto (MosThreadAnswer) answer = { 0 };

      mos_thread_decide (&question, &answer);
      g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (answer.conversation, ==, cases[i].conversation);
      g_assert_cmpstr (answer.evidence, ==, cases[i].evidence);
    }
}

static void
test_threading_token_wins (void)
{
  g_autoptr (GBytes) key = test_key ();
  g_autoptr (GHashTable) candidates = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *tag = mos_token_plus_tag (key, "01a2023baaf47ddb91f4dcf5380839a2");
  g_autofree char *mail = g_strdup_printf ("From: x@mail.example\nTo: support+%s@shop.example\nSubject: x\n\nHello\n", tag);
  g_autoptr (GBytes) raw = g_bytes_new (mail, strlen (mail));
  g_autoptr (MosParsedMessage) parsed = mos_mime_parse (raw, NULL);
  const char *own[] = { "support@shop.example", NULL };
  const char *other[] = { "sales@shop.example", NULL };
  MosThreadQuestion question = { parsed, "a", own, key, candidates };
  g_auto (MosThreadAnswer) answer = { 0 };
  g_auto (MosThreadAnswer) elsewhere = { 0 };

  mos_thread_decide (&question, &answer);
  g_assert_cmpstr (answer.conversation, ==, "01a2023baaf47ddb91f4dcf5380839a2");
  g_assert_true (g_str_has_prefix (answer.evidence, "token support+c-"));
  question.own = other;
  mos_thread_decide (&question, &elsewhere);
  g_assert_cmpstr (elsewhere.evidence, ==, "new");
}

/* --- recipients --- */

static char *
test_join (GPtrArray *addresses)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < addresses->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", ((MosAddress *) g_ptr_array_index (addresses, i))->address);
  return g_string_free (text, FALSE);
}

static GPtrArray *
test_split (const char *text)
{
  GPtrArray *addresses = mos_address_array_new ();
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_ptr_array_add (addresses, mos_address_make (NULL, *word));
  return addresses;
}

static void
test_recipients_table (void)
{
  static const struct
  {
    const char *kind;
    MosDirection direction;
    const char *from, *reply_to, *to, *cc, *bcc;
    const char *expected_to, *expected_cc;
  } cases[] = {
    { "reply", MOS_DIRECTION_INCOMING, "a@m.example", "", "shop@s.example", "b@m.example", "", "a@m.example", "" },
    { "reply", MOS_DIRECTION_INCOMING, "a@m.example", "r@m.example", "shop@s.example", "", "", "r@m.example", "" },
    { "reply", MOS_DIRECTION_INCOMING, "a@m.example", "shop@s.example", "shop@s.example", "", "", "a@m.example", "" },
    { "reply-all", MOS_DIRECTION_INCOMING, "a@m.example", "", "shop@s.example c@m.example", "b@m.example Sales@S.example", "x@m.example", "a@m.example", "c@m.example b@m.example" },
    { "reply-all", MOS_DIRECTION_INCOMING, "a@m.example", "", "shop+c-1@s.example a@m.example", "A@M.example", "", "a@m.example", "" },
    { "reply-all", MOS_DIRECTION_OUTGOING, "shop@s.example", "", "a@m.example", "b@m.example", "x@m.example", "a@m.example", "b@m.example" },
    { "reply", MOS_DIRECTION_OUTGOING, "shop@s.example", "", "a@m.example", "b@m.example", "", "a@m.example", "" },
    { "forward", MOS_DIRECTION_INCOMING, "a@m.example", "", "shop@s.example", "b@m.example", "", "", "" },
    { "new", MOS_DIRECTION_INCOMING, "a@m.example", "", "shop@s.example", "", "", "", "" },
  };
  const char *own[] = { "shop@s.example", "sales@s.example", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosMessageRow) row = mos_message_row_new ();
      g_autoptr (GPtrArray) to = NULL;
      g_autoptr (GPtrArray) cc = NULL;
      g_autofree char *got_to = NULL;
      g_autofree char *got_cc = NULL;

      row->direction = cases[i].direction;
      row->from = mos_address_make (NULL, cases[i].from);
      row->reply_to = test_split (cases[i].reply_to);
      row->to = test_split (cases[i].to);
      row->cc = test_split (cases[i].cc);
      row->bcc = test_split (cases[i].bcc);
      mos_recipients_decide (cases[i].kind, row, own, &to, &cc);
      got_to = test_join (to);
      got_cc = test_join (cc);
      g_assert_cmpstr (got_to, ==, cases[i].expected_to);
      g_assert_cmpstr (got_cc, ==, cases[i].expected_cc);
    }
}

/* --- list diff --- */

typedef struct
{
  GPtrArray *live;
  GPtrArray *shadow;
  guint signals;
  guint position, removed, added;
} TestDiff;

static void
test_diff_changed (guint position,
                   guint removed,
                   guint added,
                   gpointer user_data)
{
  TestDiff *diff = user_data;

  diff->signals++;
  diff->position = position;
  diff->removed = removed;
  diff->added = added;
  g_assert_cmpuint (position + removed, <=, diff->shadow->len);
  if (removed > 0)
    g_ptr_array_remove_range (diff->shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (diff->shadow, (int) (position + i), g_strdup (g_ptr_array_index (diff->live, position + i)));
  /* A view asks between two signals. */
  g_assert_cmpuint (diff->shadow->len, ==, diff->live->len);
}

static GPtrArray *
test_ids (const char *text)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (; *text != '\0'; text++)
    g_ptr_array_add (ids, g_strndup (text, 1));
  return ids;
}

static void
test_diff_equal (GPtrArray *a,
                 GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    g_assert_cmpstr (g_ptr_array_index (a, i), ==, g_ptr_array_index (b, i));
}

static void
test_diff_table (void)
{
  static const struct
  {
    const char *before, *after;
    guint signals, position, removed, added; /* the last one */
  } cases[] = {
    { "abc", "abc", 0, 0, 0, 0 },
    { "", "abc", 1, 0, 0, 3 },
    { "abc", "", 1, 0, 3, 0 },
    { "abc", "xabc", 1, 0, 0, 1 },
    { "abcde", "abde", 1, 2, 1, 0 },
    /* A row that moves: out, then in. */
    { "abcde", "dabce", 2, 0, 0, 1 },
    { "abc", "xyz", 2, 0, 0, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TestDiff diff = { test_ids (cases[i].before), test_ids (cases[i].before), 0, 0, 0, 0 };
      g_autoptr (GPtrArray) target = test_ids (cases[i].after);

      mos_list_diff_apply (diff.live, target, test_diff_changed, &diff);
      test_diff_equal (diff.live, target);
      test_diff_equal (diff.shadow, target);
      g_assert_cmpuint (diff.signals, ==, cases[i].signals);
      if (diff.signals > 0)
        {
          g_assert_cmpuint (diff.position, ==, cases[i].position);
          g_assert_cmpuint (diff.removed, ==, cases[i].removed);
          g_assert_cmpuint (diff.added, ==, cases[i].added);
        }
      g_ptr_array_unref (diff.live);
      g_ptr_array_unref (diff.shadow);
    }
}

static void
test_diff_random (void)
{
  g_autoptr (GPtrArray) target = g_ptr_array_new_with_free_func (g_free);
  TestDiff diff = { g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free), 0, 0, 0, 0 };
  guint next = 0;

  for (guint round = 0; round < mos_test_rounds (400); round++)
    {
      guint edits = (guint) g_test_rand_int_range (0, round % 20 == 0 ? 2500 : 12);

      for (guint e = 0; e < edits; e++)
        switch (g_test_rand_int_range (0, 3))
          {
          case 0:
            g_ptr_array_insert (target, g_test_rand_int_range (0, (int) target->len + 1), g_strdup_printf ("%u", next++));
            break;
          case 1:
            if (target->len > 0)
              g_ptr_array_remove_index (target, (guint) g_test_rand_int_range (0, (int) target->len));
            break;
          default:
            if (target->len > 1)
              {
                char *moved = g_ptr_array_steal_index (target, (guint) g_test_rand_int_range (0, (int) target->len));

                g_ptr_array_insert (target, g_test_rand_int_range (0, (int) target->len + 1), moved);
              }
          }
      diff.signals = 0;
      mos_list_diff_apply (diff.live, target, test_diff_changed, &diff);
      test_diff_equal (diff.live, target);
      test_diff_equal (diff.shadow, target);
      g_assert_cmpuint (diff.signals, <=, MOS_LIST_DIFF_MAX_RUNS);
    }
  g_ptr_array_unref (diff.live);
  g_ptr_array_unref (diff.shadow);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/desk/text/subject", test_text_subject);
  g_test_add_func ("/desk/text/address", test_text_address);
  g_test_add_func ("/desk/time/presets", test_time_presets);
  g_test_add_func ("/desk/token", test_token);
  g_test_add_func ("/desk/threading/table", test_threading_table);
  g_test_add_func ("/desk/threading/token-wins", test_threading_token_wins);
  g_test_add_func ("/desk/recipients/table", test_recipients_table);
  g_test_add_func ("/desk/list-diff/table", test_diff_table);
  g_test_add_func ("/desk/list-diff/random", test_diff_random);

  return g_test_run ();
}
