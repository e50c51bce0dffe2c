/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
/* What people read: errors, rows, snooze times, notifications. */
#include "config.h"

#include "app/application/mos-error-text.h"
#include "app/application/mos-notify.h"
#include "app/conversation/mos-category-chip.h"
#include "app/inbox/mos-conversation-row-view.h"
#include "app/inbox/mos-query-words.h"
#include "app/inbox/mos-snooze-time.h"
#include "app/inbox/mos-view-text.h"
#include "app/macros/mos-macro-text.h"
#include "app/orders/mos-order-action-text.h"
#include "app/preferences/mos-reading-row.h"
#include "app/shops/mos-shop-text.h"
#include "app/widgets/mos-avatar-color.h"
#include "app/widgets/mos-target-text.h"

#include "core/base/mos-error.h"

#include "mos-test.h"

#define NOW_US (G_GINT64_CONSTANT (1772442000) * G_USEC_PER_SEC) /* Monday 2026-03-02 09:00 UTC */

static void
check_complete (MosErrorText text)
{
  g_assert_cmpstr (text.title, !=, "");
  g_assert_cmpstr (text.sentence, !=, "");
  g_assert_nonnull (text.step);
  g_assert_true ((text.remedy == MOS_REMEDY_NONE) == (mos_remedy_get_label (text.remedy) == NULL));
}

static void
check_domain (GQuark domain,
              int last)
{
  g_autofree char *general = g_strdup (mos_error_text (NULL).title);
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = 0; code <= last; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (domain, code, "English of a library");
      MosErrorText text = mos_error_text (error);

      check_complete (text);
      if (g_str_equal (text.title, general))
        g_error ("%s %d has no words of its own", g_quark_to_string (domain), code);
      g_assert_true (g_hash_table_add (titles, g_strdup (text.title)));
      g_assert_null (strstr (text.sentence, error->message));
    }
}

static void
test_errors (void)
{
  check_domain (MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT);
  check_domain (MOS_MAIL_ERROR, MOS_MAIL_ERROR_TOO_LARGE);
  check_domain (MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
}

static void
test_io_errors (void)
{
  static const int codes[] = { G_IO_ERROR_HOST_NOT_FOUND, G_IO_ERROR_TIMED_OUT, G_IO_ERROR_NO_SPACE, G_IO_ERROR_READ_ONLY, G_IO_ERROR_CONNECTION_REFUSED,
                               G_IO_ERROR_NETWORK_UNREACHABLE, G_IO_ERROR_CONNECTION_CLOSED, G_IO_ERROR_PERMISSION_DENIED, G_IO_ERROR_NOT_FOUND };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, codes[i], "x");

      check_complete (mos_error_text (error));
      g_assert_cmpstr (mos_error_text (error).title, !=, mos_error_text (NULL).title);
    }
}

static void
test_why (void)
{
  static const struct
  {
    const char *why;
    MosRemedy remedy;
  } table[] = {
    { "auth-failed", MOS_REMEDY_PASSWORD },
    { "key-refused", MOS_REMEDY_TOKEN },
    { "exposed", MOS_REMEDY_SETTINGS },
    { "no-password", MOS_REMEDY_PASSWORD },
    { "sign-in-again", MOS_REMEDY_SIGN_IN },
    { "oauth-client", MOS_REMEDY_SIGN_IN },
    { "bad-certificate", MOS_REMEDY_CERTIFICATE },
    { "host-not-found", MOS_REMEDY_SETTINGS },
    { "tls-required", MOS_REMEDY_SETTINGS },
    { "network", MOS_REMEDY_RETRY },
    { "connection-refused", MOS_REMEDY_RETRY },
    { "over-quota", MOS_REMEDY_RETRY },
    { "server-alert", MOS_REMEDY_SEEN },
    { "something-new", MOS_REMEDY_SETTINGS },
    { NULL, MOS_REMEDY_SETTINGS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      check_complete (mos_error_text_for_why (table[i].why));
      g_assert_cmpint (mos_error_text_for_why (table[i].why).remedy, ==, table[i].remedy);
    }
  /* Of an account that is there, as of one that is being added. */
  g_assert_nonnull (strstr (mos_error_text_for_why ("exposed").step, "tls://"));
}

/* --- rows --- */

static MosConversationRow *
make_row (void)
{
  MosConversationRow *row = mos_conversation_row_new ();

  row->id = g_strdup ("c1");
  row->number = 1042;
  row->subject = g_strdup ("Where is my order?");
  row->tags = g_new0 (char *, 1);
  row->account = g_strdup ("a");
  row->account_name = g_strdup ("Shop");
  row->channel = g_strdup ("email");
  row->customer_name = g_strdup ("Ana García");
  row->snippet = g_strdup ("Hello");
  row->priority = MOS_PRIORITY_NORMAL;
  row->updated_us = NOW_US - 5 * G_TIME_SPAN_MINUTE;
  return row;
}

static void
check_row (MosConversationRow *row,
           gboolean stale,
           const char *expected)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = mos_conversation_row_describe (row, NOW_US, utc, stale);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_row_label (void)
{
  g_autoptr (MosConversationRow) plain = make_row ();
  g_autoptr (MosConversationRow) full = make_row ();
  g_autoptr (MosConversationRow) nobody = make_row ();

  check_row (plain, FALSE, "Ana García, Where is my order?, 5 min ago, #1042");
  check_row (plain, TRUE, "Ana García, Where is my order?, 5 min ago, No longer in this view, #1042");

  full->unread = 2;
  full->waiting_since_us = NOW_US - 3 * G_TIME_SPAN_HOUR;
  full->has_failed = full->has_draft = full->has_attachments = TRUE;
  full->drafters = g_strsplit ("Luis,Sara", ",", -1);
  full->priority = MOS_PRIORITY_URGENT;
  full->assignee_name = g_strdup ("Lucía");
  g_strfreev (full->tags);
  full->tags = g_strsplit ("gift,late", ",", -1);
  check_row (full, FALSE,
             "Ana García, 2 unread messages, Where is my order?, 5 min ago, Waiting for 3 h, A message was not sent, Has a draft, Unsent draft of Luis, Sara, "
             "Has attachments, Urgent, Assigned to Lucía, Tags: gift, late, #1042");

  g_clear_pointer (&nobody->customer_name, g_free);
  g_set_str (&nobody->subject, "");
  nobody->status = MOS_STATUS_CLOSED;
  nobody->waiting_since_us = NOW_US - G_TIME_SPAN_DAY; /* a closed one does not wait */
  check_row (nobody, FALSE, "Unknown sender, No subject, 5 min ago, Closed, #1042");

  /* Unreadable, a mail and a chat. */
  g_set_str (&plain->quarantine, "unreadable");
  check_row (plain, FALSE, "Ana García, Where is my order?, 5 min ago, This mail is damaged and could not be read in full., #1042");
  g_set_str (&plain->channel, "telegram");
  check_row (plain, FALSE,
             "Ana García, Where is my order?, 5 min ago, The service brought something that could not be read. It is kept as it came; "
             "look whether something is missing in the service’s own program., #1042");
}

static void
test_row_widget (void)
{
  g_autoptr (MosConversation) conversation = mos_conversation_new ("c1");
  g_autoptr (MosConversationRow) row = make_row ();
  g_autoptr (GtkWidget) widget = g_object_ref_sink (mos_conversation_row_view_new (NULL));
  MosConversationRowView *view = MOS_CONVERSATION_ROW_VIEW (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  int empty_height, full_height;

  mos_conversation_row_view_set_conversation (view, conversation);
  g_assert_cmpstr (mos_conversation_row_view_get_label (view), ==, "Loading…");
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, &empty_height, NULL, NULL, NULL);

  mos_conversation_set_row (conversation, row);
  g_assert_nonnull (strstr (mos_conversation_row_view_get_label (view), "Ana García"));
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, &full_height, NULL, NULL, NULL);
  g_assert_cmpint (empty_height, ==, full_height);

  gtk_widget_size_allocate (widget, &(GtkAllocation) { 0, 0, 260, full_height }, -1);
  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
}

static void
test_waiting (void)
{
  g_autoptr (MosConversationRow) row = make_row ();
  static const struct
  {
    gint64 hours;
    MosWaiting waiting;
  } table[] = { { 1, MOS_WAITING_FINE }, { 2, MOS_WAITING_LATE }, { 23, MOS_WAITING_LATE }, { 24, MOS_WAITING_VERY_LATE } };

  g_assert_cmpint (mos_conversation_row_get_waiting (row, NOW_US), ==, MOS_WAITING_NOT);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      row->waiting_since_us = NOW_US - table[i].hours * G_TIME_SPAN_HOUR;
      g_assert_cmpint (mos_conversation_row_get_waiting (row, NOW_US), ==, table[i].waiting);
    }
  /* The target says what is late. */
  row->reply_due_us = NOW_US + G_TIME_SPAN_HOUR;
  g_assert_cmpint (mos_conversation_row_get_waiting (row, NOW_US), ==, MOS_WAITING_FINE);
  row->deleted_us = NOW_US;
  g_assert_cmpint (mos_conversation_row_get_waiting (row, NOW_US), ==, MOS_WAITING_NOT);
}

static void
test_due (void)
{
  static const struct
  {
    int reply_min; /* from now on; 0 = not due */
    int close_min;
    MosDueMark mark;
    const char *text;
    const char *spoken;
    const char *head;
  } table[] = {
    { 0, 0, MOS_DUE_NOT, "", NULL, NULL },
    { 90, 1440, MOS_DUE_FINE, "1 h", "Answer due in 1 h", "Answer due: 10:30 (in 1 h)" },
    { 12, 0, MOS_DUE_NEAR, "12 min", "Answer due in 12 min", "Answer due: 09:12 (in 12 min)" },
    { -130, 1440, MOS_DUE_LATE, "2 h late", "Answer overdue for 2 h", "Answer overdue since: 06:50" },
    { 600, 15, MOS_DUE_NEAR, "15 min", "To be closed in 15 min", "Answer due: 19:00 (in 10 h)" },
    { 0, -5, MOS_DUE_LATE, "5 min late", "To be closed, overdue for 5 min", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (MosConversationRow) row = make_row ();
      g_autofree char *text = NULL;
      g_autofree char *spoken = NULL;
      g_autofree char *head = NULL;

      row->waiting_since_us = NOW_US - G_TIME_SPAN_MINUTE;
      row->reply_due_us = table[i].reply_min != 0 ? NOW_US + table[i].reply_min * G_TIME_SPAN_MINUTE : 0;
      row->reply_warn_us = row->reply_due_us - 20 * G_TIME_SPAN_MINUTE;
      row->resolve_due_us = table[i].close_min != 0 ? NOW_US + table[i].close_min * G_TIME_SPAN_MINUTE : 0;
      row->resolve_warn_us = row->resolve_due_us - 20 * G_TIME_SPAN_MINUTE;
      g_assert_cmpint (mos_conversation_row_get_due (row, NOW_US, NULL, NULL), ==, table[i].mark);
      text = mos_conversation_row_due_text (row, NOW_US);
      g_assert_cmpstr (text, ==, table[i].text);
      spoken = mos_conversation_row_describe (row, NOW_US, NULL, FALSE);
      if (table[i].spoken != NULL)
        g_assert_nonnull (strstr (spoken, table[i].spoken));
      else
        g_assert_null (strstr (spoken, "due"));
      head = mos_target_text_due (row, TRUE, NOW_US);
      g_assert_cmpstr (head, ==, table[i].head);
    }
}

static void
test_due_how (void)
{
  g_autoptr (MosConversationRow) row = make_row ();
  g_autofree char *how = NULL;
  g_autofree char *close = NULL;
  g_autofree char *minutes = mos_target_text_duration (5400);
  g_autofree char *day = mos_target_text_duration (86400);
  g_autofree char *none = mos_target_text_duration (0);

  row->waiting_since_us = NOW_US;
  row->reply_due_us = NOW_US + 2 * G_TIME_SPAN_HOUR;
  row->reply_basis = g_strdup ("first_reply vip 7200");
  row->resolve_due_us = NOW_US + 3 * G_TIME_SPAN_DAY;
  row->resolve_basis = g_strdup ("resolution complex 259200:always");
  how = mos_target_text_how (row, TRUE);
  close = mos_target_text_how (row, FALSE);
  g_assert_true (g_str_has_prefix (how, "The target of VIP customers\nFirst answer within 2 h of business hours\nWaiting since: Monday"));
  g_assert_true (g_str_has_prefix (close, "The target of complex categories\nClosed within 3 d, pending left out\nDue: Thursday"));
  g_assert_cmpstr (minutes, ==, "90 min");
  g_assert_cmpstr (day, ==, "24 h");
  g_assert_cmpstr (none, ==, "None");
}

static void
test_window (void)
{
  g_autoptr (MosConversationRow) row = make_row ();
  static const struct
  {
    const char *channel;
    gint64 minutes; /* since the customer wrote */
    MosReplyWindow window;
    const char *text;
  } table[] = {
    { "whatsapp", 0, MOS_REPLY_WINDOW_OPEN, "24 h left" },
    { "whatsapp", 1, MOS_REPLY_WINDOW_OPEN, "23 h left" },
    { "whatsapp-twilio", 19 * 60, MOS_REPLY_WINDOW_OPEN, "5 h left" },
    { "whatsapp", 20 * 60, MOS_REPLY_WINDOW_OPEN, "4 h left" },
    { "whatsapp", 20 * 60 + 1, MOS_REPLY_WINDOW_CLOSING, "3 h left" },
    { "whatsapp", 23 * 60 + 1, MOS_REPLY_WINDOW_CLOSING, "59 min left" },
    { "whatsapp", 24 * 60, MOS_REPLY_WINDOW_OVER, "Closed" },
    { "whatsapp", 99 * 60, MOS_REPLY_WINDOW_OVER, "Closed" },
    /* For a week a person may answer there, if the account may do that. */
    { "dummy-chat", 23 * 60, MOS_REPLY_WINDOW_CLOSING, "1 h left" },
    { "dummy-chat", 25 * 60, MOS_REPLY_WINDOW_NONE, "" },
    { "dummy-chat", 8 * 24 * 60, MOS_REPLY_WINDOW_OVER, "Closed" },
    { "telegram", 99 * 60, MOS_REPLY_WINDOW_NONE, "" },
    { "email", 99 * 60, MOS_REPLY_WINDOW_NONE, "" },
  };

  row->waiting_since_us = NOW_US - G_TIME_SPAN_HOUR;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = NULL;

      g_set_str (&row->channel, table[i].channel);
      row->last_incoming_us = NOW_US - table[i].minutes * G_TIME_SPAN_MINUTE;
      text = mos_conversation_row_window_text (row, NOW_US);
      g_assert_cmpstr (text, ==, table[i].text);
      g_assert_cmpint (mos_conversation_row_get_window (row, NOW_US, NULL), ==, table[i].window);
    }
  /* It is read aloud as a sentence of its own. */
  g_set_str (&row->channel, "whatsapp");
  row->last_incoming_us = NOW_US - 19 * G_TIME_SPAN_HOUR;
  check_row (row, FALSE, "Ana García, Where is my order?, 5 min ago, Waiting for 1 h, Can be answered for 5 h, #1042");
  row->last_incoming_us = NOW_US - 25 * G_TIME_SPAN_HOUR;
  check_row (row, FALSE, "Ana García, Where is my order?, 5 min ago, Waiting for 1 h, The time for an answer is over, #1042");
  /* Whoever was answered, and whose chat lies elsewhere, waits for nothing. */
  row->waiting_since_us = 0;
  g_assert_cmpint (mos_conversation_row_get_window (row, NOW_US, NULL), ==, MOS_REPLY_WINDOW_NONE);
  row->waiting_since_us = NOW_US - G_TIME_SPAN_HOUR;
  row->last_incoming_us = 0;
  g_assert_cmpint (mos_conversation_row_get_window (row, NOW_US, NULL), ==, MOS_REPLY_WINDOW_NONE);
}

static void
test_initials (void)
{
  static const struct
  {
    const char *name;
    const char *initials;
  } table[] = {
    { "Ana García Ruiz", "AR" },
    { "étienne", "É" },
    { "Дмитрий Иванов", "ДИ" },
    { "محمد علي", "م" },
    { "陈美玲 (Meiling Chen)", "陈" },
    { "info@shop.example", "I" },
    { "Jean-Luc Picard", "JP" },
    { "  42 ", "" },
    { "", "" },
    { NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *initials = mos_conversation_row_get_initials (table[i].name);

      g_assert_cmpstr (initials, ==, table[i].initials);
    }
}

/* A face has the same colour where we draw it and where libadwaita does: the same number by the name, and the same list. */
static void
test_avatar_colors (void)
{
  g_autoptr (GBytes) css = g_resources_lookup_data ("/org/mostrador/Mostrador/style.css", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gboolean seen[MOS_AVATAR_N_COLORS] = { FALSE };

  g_assert_nonnull (css);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("Customer %u", i);
      g_autoptr (GtkWidget) avatar = g_object_ref_sink (adw_avatar_new (32, name, TRUE));
      GtkWidget *gizmo = gtk_widget_get_first_child (avatar);
      guint number = g_str_hash (name) % MOS_AVATAR_N_COLORS;
      g_autofree char *class = g_strdup_printf ("color%u", number + 1);
      g_autofree char *rule = NULL;
      GdkRGBA color;

      g_assert_true (gtk_widget_has_css_class (avatar, class) || gtk_widget_has_css_class (gizmo, class));
      mos_avatar_get_color (name, &color);
      rule = g_strdup_printf ("avatar.%s {\n  background: #%02x%02x%02x;\n}", class, (guint) (color.red * 255 + 0.5), (guint) (color.green * 255 + 0.5), (guint) (color.blue * 255 + 0.5));
      g_assert_nonnull (g_strstr_len (g_bytes_get_data (css, NULL), (gssize) g_bytes_get_size (css), rule));
      seen[number] = TRUE;
    }
  for (guint i = 0; i < MOS_AVATAR_N_COLORS; i++)
    g_assert_true (seen[i]);
}

static void
test_snooze (void)
{
  g_autoptr (GError) error = NULL;
  static const struct
  {
    const char *zone;
    const char *now;
    const char *preset;
    const char *expected;
  } table[] = {
    { "UTC", "2026-03-02T09:00:00Z", "tomorrow", "2026-03-03T09:00:00Z" },
    { "UTC", "2026-03-02T09:00:00Z", "monday", "2026-03-09T09:00:00Z" },
    { "UTC", "2026-03-01T23:59:00Z", "monday", "2026-03-02T09:00:00Z" },
    { "UTC", "2026-12-31T12:00:00Z", "tomorrow", "2027-01-01T09:00:00Z" },
    { "UTC", "2026-12-31T12:00:00Z", "month", "2027-01-01T09:00:00Z" },
    { "Europe/Madrid", "2026-03-02T09:00:00Z", "month", "2026-04-01T07:00:00Z" },
    { "Europe/Madrid", "2026-03-28T23:00:00Z", "later", "2026-03-29T02:00:00Z" },
    /* The clocks go forward on 29 March: nine o'clock stays nine o'clock. */
    { "Europe/Madrid", "2026-03-28T20:00:00Z", "tomorrow", "2026-03-29T07:00:00Z" },
    { "Europe/Madrid", "2026-03-27T08:00:00Z", "monday", "2026-03-30T07:00:00Z" },
    /* It is already Tuesday there. */
    { "Pacific/Auckland", "2026-03-02T12:00:00Z", "tomorrow", "2026-03-03T20:00:00Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (table[i].zone);
      g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (table[i].now, NULL);
      g_autoptr (GDateTime) then = NULL;
      g_autofree char *text = NULL;

      g_assert_nonnull (zone);
      then = g_date_time_new_from_unix_utc (mos_snooze_time (table[i].preset, g_date_time_to_unix (now) * G_USEC_PER_SEC, zone, NULL) / G_USEC_PER_SEC);
      text = g_date_time_format (then, "%Y-%m-%dT%H:%M:%SZ");
      g_assert_cmpstr (text, ==, table[i].expected);
    }
  {
    g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

    g_assert_cmpint (mos_snooze_time ("answer", NOW_US, utc, NULL), ==, 0);
    g_assert_cmpint (mos_snooze_time_at (2026, 2, 30, 9, 0, utc), ==, 0);
  }
  {
    g_autoptr (GTimeZone) madrid = g_time_zone_new_identifier ("Europe/Madrid");
    g_autoptr (MosCalendar) hours = mos_calendar_parse ("zone Europe/Madrid\nmon 07:30-14:00\ntue 10:00-14:00\n2027-02-01 closed\n", NULL);
    g_autoptr (MosCalendar) nobody = mos_calendar_parse ("zone Europe/Madrid\n", NULL);
    const gint64 sunday_us = (gint64) 1769331600 * G_USEC_PER_SEC; /* 2026-01-25 10:00 there */

    /* Work begins at half past seven on a Monday, nobody works on a Wednesday. */
    g_assert_cmpint (mos_snooze_time ("tomorrow", sunday_us, madrid, hours), ==, mos_snooze_time_at (2026, 1, 26, 7, 30, madrid));
    g_assert_cmpint (mos_snooze_time ("monday", sunday_us, madrid, hours), ==, mos_snooze_time_at (2026, 1, 26, 7, 30, madrid));
    g_assert_cmpint (mos_snooze_time ("tomorrow", sunday_us + 2 * G_TIME_SPAN_DAY, madrid, hours), ==, mos_snooze_time_at (2026, 1, 28, 9, 0, madrid));
    g_assert_cmpint (mos_snooze_time ("month", sunday_us + G_TIME_SPAN_DAY * 365, madrid, hours), ==, mos_snooze_time_at (2027, 2, 2, 10, 0, madrid));
    g_assert_cmpint (mos_snooze_time ("tomorrow", sunday_us, madrid, nobody), ==, mos_snooze_time_at (2026, 1, 26, 9, 0, madrid));
  }
}

static void
test_views (void)
{
  for (MosViewKind kind = MOS_VIEW_MINE; kind <= MOS_VIEW_SEARCH; kind++)
    {
      const char *title, *description, *label, *action;
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;

      mos_view_text_get_next_step (kind, &label, &action);
      g_assert_cmpstr (label, !=, "");
      g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
      mos_view_text_get_empty (kind, &title, &description);
      g_assert_cmpstr (title, !=, "");
      g_assert_cmpstr (description, !=, "");
      g_assert_cmpstr (mos_view_text_get_icon (kind), !=, "");
      if (kind != MOS_VIEW_ACCOUNT && kind != MOS_VIEW_CUSTOMER && kind != MOS_VIEW_SAVED)
        g_assert_cmpstr (mos_view_text_get_title (kind), !=, "");
    }
}

static void
test_notification (void)
{
  g_autofree char *plain = mos_notify_plain ("a <b>bold</b> & \n b");
  g_autofree char *none = mos_notify_plain (NULL);
  g_autofree char *lots = g_strnfill (5000, 'x');
  g_autofree char *cut = mos_notify_plain (lots);
  g_autofree char *turned = mos_notify_plain ("a\342\200\256b");

  g_test_summary ("Servers that read markup must not find any in what a customer wrote");
  g_assert_null (strpbrk (plain, "<>&\n"));
  g_assert_nonnull (strstr (plain, "bold"));
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (turned, ==, "ab");
  g_assert_cmpint (g_utf8_strlen (cut, -1), ==, 161);
}

static void
test_search_words (void)
{
  static const struct
  {
    const char *typed;
    gsize caret;
    const char *stored;
  } cases[] = {
    { "pedi", 4, "pedi*" },
    { "pedi", G_MAXSIZE, "pedi" },
    { "pedi ", 5, "pedi" },
    { "pedi cam", 4, "pedi* cam" },
    { "pedi cam", 2, "pedi cam" },
    { "FL-20", 5, "FL-20*" },
    { "from:an", 7, "from:an*" },
    { "from:", 5, "" },
    { "subject:é", 10, "subject:é" },
    { "subject:él", 11, "subject:él*" },
    { "p", 1, "p" },
    { "pedi*", 5, "pedi*" },
    { "\"my order\"", 10, "\"my order\"" },
    { "order -ped", 10, "order -ped" },
    { "status:op", 9, "\"status:op\"" },
    { "tag:ref", 7, "tag:ref" },
    { "colour:re", 9, "\"colour:re\"" },
    { "(pedi)", 5, "pedi*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *stored = mos_query_words_store (cases[i].typed, cases[i].caret);

      g_assert_cmpstr (stored, ==, cases[i].stored);
    }
}

static void
test_reading (void)
{
  static const struct
  {
    MosDeskReading reading; /* on, can, waiting, total */
    const char *title;
    gboolean has_detail;
  } table[] = {
    { { TRUE, TRUE, 0, 0 }, NULL, FALSE },
    { { TRUE, TRUE, 0, 2340 }, NULL, FALSE },
    { { TRUE, TRUE, 2220, 2340 }, "Reading attachments: 120 of 2340", FALSE },
    { { FALSE, TRUE, 2220, 2340 }, "Paused: 120 of 2340 read", TRUE },
    { { TRUE, FALSE, 1, 2340 }, "Attachments Cannot Be Read Here", TRUE },
    { { FALSE, FALSE, 1, 1 }, "Paused: 0 of 1 read", TRUE },
    { { TRUE, FALSE, 0, 12 }, NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *detail = NULL;
      g_autofree char *title = mos_reading_text (&table[i].reading, &detail);

      g_assert_cmpstr (title, ==, table[i].title);
      g_assert_cmpint (detail != NULL, ==, table[i].has_detail);
    }
}

static void
test_category_hint (void)
{
  static const char *const words[] = { "broken", "scratched", "torn", "cracked", "leaking", "faulty", NULL };
  g_autoptr (MosCategoryHint) hint = mos_category_hint_new ();
  g_autofree char *alone = NULL;
  g_autofree char *with_order = NULL;

  g_test_summary ("The reason of a suggestion is a few of the words that were found, and the order where it spoke for it");
  hint->category = g_strdup ("damaged");
  hint->words = g_strdupv ((char **) words);
  alone = mos_category_hint_text (hint);
  g_assert_nonnull (strstr (alone, "broken"));
  g_assert_nonnull (strstr (alone, "leaking"));
  g_assert_null (strstr (alone, "faulty"));
  g_assert_null (strstr (alone, "order"));
  hint->order_status = g_strdup ("delivered");
  with_order = mos_category_hint_text (hint);
  g_assert_true (g_str_has_prefix (with_order, alone));
  g_assert_true (g_str_has_suffix (with_order, "State of the order: Delivered."));
}

static void
test_macro_order (void)
{
  static const struct
  {
    const char *value;
    const char *text;
  } table[] = {
    { "refund", "refund all of it" },
    { "{\"do\":\"refund\",\"number\":\"1001\",\"order\":\"o\",\"amount\":\"6.25\",\"currency\":\"EUR\"}", "refund all of it (\xE2\x81\xA8"
                                                                                                          "1001\xE2\x81\xA9, \xE2\x81\xA8€6.25\xE2\x81\xA9)" },
    /* As a draft from before has it */
    { "{\"do\":\"refund\",\"number\":\"1001\",\"order\":\"o\",\"amount\":\"6.25\"}", "refund all of it (\xE2\x81\xA8"
                                                                                     "1001\xE2\x81\xA9, \xE2\x81\xA8"
                                                                                     "6.25\xE2\x81\xA9)" },
    { "{\"do\":\"cancel\",\"number\":\"1001\",\"order\":\"o\"}", "cancel it (\xE2\x81\xA8"
                                                                 "1001\xE2\x81\xA9)" },
  };

  g_test_summary ("What a macro does to an order says how much of which money");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      MosMacroAction action = { .kind = MOS_MACRO_ORDER, .value = (char *) table[i].value };
      g_autofree char *text = mos_macro_value_text (&action, NULL);

      g_assert_cmpstr (text, ==, table[i].text);
    }
}

static void
test_shop_trouble (void)
{
  static const char *const whys[] = { "key_refused", "not_allowed", "disabled", "no_shop", "moved", "busy", "protocol", "no_key", "certificate", "network" };

  g_test_summary ("Of a shop of which nothing was read yet nothing was kept, and nothing is tried again by itself");
  for (gsize i = 0; i < G_N_ELEMENTS (whys); i++)
    {
      g_autofree char *first = mos_shop_text_trouble_at_first (MOS_SHOP_PRESTASHOP, whys[i], "https://shop.example/");

      g_assert_cmpstr (first, !=, "");
      g_assert_null (strstr (first, " kept"));
      g_assert_null (strstr (first, "by itself"));
    }
}

/* Where orders can be changed, setting up names the rights for it, and a refusal the one that is missing. */
static void
test_shop_rights (void)
{
  g_autoptr (MosOrder) order = mos_order_make ("shop", "12");
  g_autoptr (MosOrderAction) action = mos_order_action_make (MOS_ORDER_ACTION_CANCEL, order, NULL);
  g_autofree char *named = NULL, *told = NULL;

  g_assert_nonnull (strstr (mos_shop_text_where (MOS_SHOP_BIGCOMMERCE), "modify"));
  g_assert_nonnull (strstr (mos_shop_text_where (MOS_SHOP_PRESTASHOP), "order_histories"));
  g_assert_nonnull (strstr (mos_shop_text_where (MOS_SHOP_PRESTASHOP), "states"));
  g_assert_nonnull (strstr (mos_order_write_right_text (MOS_SHOP_BIGCOMMERCE, MOS_ORDER_ACTION_CANCEL), "another API account"));
  action->state = MOS_ORDER_ACTION_FAILED;
  action->why = g_strdup ("read_only");
  action->detail = g_strdup ("order_histories");
  named = mos_order_action_failure_text (action, MOS_SHOP_PRESTASHOP);
  g_assert_true (g_str_has_suffix (named, "Missing is the right to order_histories."));
  g_set_str (&action->detail, "The key may not");
  told = mos_order_action_failure_text (action, MOS_SHOP_PRESTASHOP);
  g_assert_null (strstr (told, "may not"));
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/texts/errors", test_errors);
  g_test_add_func ("/texts/io-errors", test_io_errors);
  g_test_add_func ("/texts/why", test_why);
  g_test_add_func ("/texts/row-label", test_row_label);
  g_test_add_func ("/texts/row-widget", test_row_widget);
  g_test_add_func ("/texts/waiting", test_waiting);
  g_test_add_func ("/texts/due", test_due);
  g_test_add_func ("/texts/due-how", test_due_how);
  g_test_add_func ("/texts/reply-window", test_window);
  g_test_add_func ("/texts/avatar-colors", test_avatar_colors);
  g_test_add_func ("/texts/initials", test_initials);
  g_test_add_func ("/texts/snooze", test_snooze);
  g_test_add_func ("/texts/views", test_views);
  g_test_add_func ("/texts/search-words", test_search_words);
  g_test_add_func ("/texts/notification", test_notification);
  g_test_add_func ("/texts/reading", test_reading);
  g_test_add_func ("/texts/category-hint", test_category_hint);
  g_test_add_func ("/texts/macro-order", test_macro_order);
  g_test_add_func ("/texts/shop-trouble", test_shop_trouble);
  g_test_add_func ("/texts/shop-rights", test_shop_rights);
  return g_test_run ();
}
