/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* Merge, split and move in words, the bubble of such an event, and why a message is where it is. */
#include "config.h"

#include "app/conversation/mos-message-bubble.h"
#include "app/conversation/mos-message-text.h"

#include "mos-test.h"
#include "mos-view-fixtures.h"

#include <adwaita.h>
#include <string.h>

static MosMessageRow *
event_row (const char *kind,
           const char *from,
           const char *to,
           const char *other,
           gint64 number)
{
  MosMessageRow *row = mos_fixture_row ("event", MOS_DIRECTION_EVENT, "");

  row->event_kind = g_strdup (kind);
  row->event_from = g_strdup (from);
  row->event_to = g_strdup (to);
  row->other = g_strdup (other);
  row->other_number = number;
  row->other_subject = g_strdup ("Where?");
  row->actor_kind = MOS_ACTOR_HUMAN;
  g_set_str (&row->actor_name, "Ana");
  row->batch = 17;
  return row;
}

/* Names stand in isolates, which are not seen. */
static char *
plain (char *text)
{
  g_autoptr (GString) out = g_string_new (text);

  g_free (text);
  g_string_replace (out, "\xE2\x81\xA8", "", 0);
  g_string_replace (out, "\xE2\x81\xA9", "", 0);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_events (void)
{
  static const struct
  {
    const char *kind, *from, *to;
    gint64 other;
    const char *text;
  } cases[] = {
    { "merge", "#12", "#15", 15, "Ana merged this into #15 “Where?”" },
    { "merged", "#12", "#15", 12, "Ana merged #12 “Where?” into this" },
    { "split", "#12", "#15", 15, "Ana split #15 “Where?” off from this" },
    { "split", "#12", "#15", 12, "Ana split this off from #12 “Where?”" },
    { "move", "#12", "#15", 15, "Ana moved messages to #15 “Where?”" },
    { "move", "#12", "#15", 12, "Ana moved messages here from #12 “Where?”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosMessageRow) row = event_row (cases[i].kind, cases[i].from, cases[i].to, "other", cases[i].other);
      g_autofree char *text = plain (mos_event_text (row, NULL, 0));

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_why (void)
{
  static const struct
  {
    const char *evidence;
    const char *shows; /* the very thing that joined it */
  } cases[] = {
    { "token shop+c-abc@shop.example", "shop+c-abc@shop.example" },
    { "in-reply-to a@b", "a@b" },
    { "references a@b", "a@b" },
    { "thread-index 01dc", "01dc" },
    { "marker [#12-0011223344556677]", "[#12-0011223344556677]" },
    { "subject-hook [#12-00112233]", "[#12-00112233]" },
    { "subject-number [#12]", "[#12]" },
    { "same-subject Where?", "same sender" },
    { "broadcast a@b", "went to many" },
    { "bounce a@b", "reports" },
    { "new", "nothing we know" },
  };
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosMessageRow) row = mos_fixture_row ("message", MOS_DIRECTION_INCOMING, "Hello");
      g_autofree char *text = NULL;
      g_autofree char *moved = NULL;

      g_set_str (&row->thread_evidence, cases[i].evidence);
      text = mos_message_why_text (row);
      g_test_message ("%s", text);
      g_assert_nonnull (strstr (text, cases[i].shows));
      /* Each code has a sentence of its own, and none falls back to the technical word. */
      g_assert_null (strstr (text, "Evidence:"));
      g_assert_true (g_hash_table_add (texts, g_strdup (text)));

      g_set_str (&row->origin, "other");
      row->origin_number = 12;
      moved = mos_message_why_text (row);
      g_assert_nonnull (strstr (moved, "#12"));
      g_assert_nonnull (strstr (moved, cases[i].shows));
    }
}

static void
test_bubble (void)
{
  g_autoptr (MosMessage) message = mos_fixture_message (event_row ("merged", "#12", "#15", "other-id", 12));
  GtkWidget *bubble = g_object_ref_sink (mos_message_bubble_new (NULL, message));
  GtkWidget *open = gtk_widget_get_ancestor (mos_fixture_find_text (bubble, "Open #12"), GTK_TYPE_BUTTON);
  GtkWidget *undo = gtk_widget_get_ancestor (mos_fixture_find_text (bubble, "Undo this merge"), GTK_TYPE_BUTTON);

  g_assert_nonnull (open);
  g_assert_nonnull (undo);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (open)), ==, "win.open-conversation");
  g_assert_cmpstr (g_variant_get_string (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (open)), NULL), ==, "other-id");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (undo)), ==, "win.undo-batch");
  g_assert_cmpint (g_variant_get_int64 (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (undo))), ==, 17);
  g_object_unref (bubble);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/joining/events", test_events);
  g_test_add_func ("/joining/why", test_why);
  g_test_add_func ("/joining/bubble", test_bubble);
  return g_test_run ();
}
