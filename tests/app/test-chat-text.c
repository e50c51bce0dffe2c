/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-test.h"

#include "app/composer/mos-chat-rules-text.h"
#include "app/conversation/mos-chat-player.h"
#include "app/widgets/mos-account-title.h"
#include "app/widgets/mos-time-text.h"
#include "core/model/mos-model.h"

#define NOW_US (G_GINT64_CONSTANT (1772442000) * G_USEC_PER_SEC) /* 2026-03-02 09:00 UTC, a Monday */

static void
test_window (void)
{
  const MosChannelTraits *limited = mos_channel_traits_get ("dummy-chat"); /* a day, a week for a person */
  static const struct
  {
    const char *closed;
    gint64 silent_us;
    const char *says; /* how it begins */
    MosChatReply reply;
  } cases[] = {
    { NULL, 0, "Can be answered for 24 h 0 min", MOS_CHAT_REPLY_FREE },
    { NULL, 20 * G_TIME_SPAN_HOUR + 48 * G_TIME_SPAN_MINUTE, "Can be answered for 3 h 12 min", MOS_CHAT_REPLY_FREE },
    { NULL, G_TIME_SPAN_DAY - G_TIME_SPAN_SECOND, "Can be answered for 1 min", MOS_CHAT_REPLY_FREE },
    { NULL, G_TIME_SPAN_DAY, "A person may still answer for 6 d 0 h", MOS_CHAT_REPLY_FREE },
    { NULL, 7 * G_TIME_SPAN_DAY - 8 * G_TIME_SPAN_MINUTE, "A person may still answer for 8 min", MOS_CHAT_REPLY_CLOSING },
    { NULL, 7 * G_TIME_SPAN_DAY, "The time for an answer is over", MOS_CHAT_REPLY_OVER },
    { "blocked", 0, "The customer blocked this chat", MOS_CHAT_REPLY_OVER },
    { "something-new", 0, "The chat is closed to us", MOS_CHAT_REPLY_OVER },
  };
  MosChatReply reply;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = mos_chat_window_text (limited, cases[i].closed, NOW_US - cases[i].silent_us, NOW_US, &reply);

      g_test_message ("%s", text);
      g_assert_true (g_str_has_prefix (text, cases[i].says));
      g_assert_cmpint (reply, ==, cases[i].reply);
    }
  /* Where a template is the better way soon, that is said before it is too late. */
  {
    g_autofree char *text = mos_chat_window_text (mos_channel_traits_get ("whatsapp"), NULL, NOW_US - G_TIME_SPAN_DAY + 14 * G_TIME_SPAN_MINUTE, NOW_US, &reply);

    g_assert_true (g_str_has_prefix (text, "Can be answered for 14 min only"));
    g_assert_cmpint (reply, ==, MOS_CHAT_REPLY_CLOSING);
  }
  g_assert_null (mos_chat_window_text (mos_channel_traits_get ("telegram"), NULL, 0, NOW_US, &reply));
  g_assert_cmpint (reply, ==, MOS_CHAT_REPLY_FREE);
}

static void
test_files (void)
{
  g_autoptr (MosAccount) telegram = mos_account_new ();
  g_autoptr (MosAccount) unknown = mos_account_new ();
  g_autoptr (MosAccount) sms = mos_account_new ();
  g_autoptr (MosAttachment) file = mos_attachment_new ();
  g_autofree char *large = NULL;
  g_autofree char *none = NULL;
  g_autofree char *boxless = NULL;

  telegram->kind = g_strdup ("telegram");
  unknown->kind = g_strdup ("nothing-known");
  sms->kind = g_strdup ("sms");
  file->name = g_strdup ("film.mp4");
  file->type = g_strdup ("video/mp4");
  file->size = 50 * 1024 * 1024;
  g_assert_null (mos_chat_file_text (telegram, file));
  file->size++;
  large = mos_chat_file_text (telegram, file);
  g_assert_nonnull (strstr (large, "too large"));
  g_assert_nonnull (strstr (large, "film.mp4"));
  none = mos_chat_file_text (unknown, file);
  g_assert_nonnull (strstr (none, "takes no files"));
  boxless = mos_chat_file_text (sms, file);
  g_assert_nonnull (strstr (boxless, "letter box"));
}

static void
test_player (void)
{
  static const struct
  {
    gint64 us;
    const char *text;
  } cases[] = {
    { 0, "0:00" },
    { 7 * G_USEC_PER_SEC, "0:07" },
    { 754 * G_TIME_SPAN_SECOND, "12:34" },
    { 3723 * G_TIME_SPAN_SECOND, "1:02:03" },
    { -5, "0:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = mos_chat_player_text (cases[i].us);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_days (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  static const struct
  {
    int hours_ago;
    const char *day;
  } cases[] = {
    { 0, "Today" },
    { 9, "Today" },
    { 10, "Yesterday" },
    { 50, "Saturday" },
    { 6 * 24, "Tuesday" },
    { 7 * 24, "Monday, 23 February" },
    { 90 * 24, "2 December 2025" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = mos_time_text_day (NOW_US - cases[i].hours_ago * G_TIME_SPAN_HOUR, NOW_US, zone);

      g_assert_cmpstr (text, ==, cases[i].day);
    }
  {
    g_autofree char *clock = mos_time_text_clock (NOW_US, zone);

    g_assert_cmpstr (clock, ==, "09:00");
  }
}

/* Accounts that are called the same are told apart: by their addresses, or by the channel where that is the same, too. */
static void
test_account_titles (void)
{
  static const struct
  {
    const char *kind;
    const char *name;
    const char *address;
    const char *title;
  } cases[] = {
    { "email", "Shop", "hello@shop.example", "Shop · \u2068hello@shop.example\u2069" },
    { "telegram", "Shop", "@shop_bot", "Shop · \u2068@shop_bot\u2069" },
    { "sms", "UK", "+44 7700 900101", "UK · \u2068SMS\u2069" },
    { "whatsapp-twilio", "UK", "+44 7700 900101", "UK · \u2068WhatsApp\u2069" },
    { "email", "Orders", "orders@shop.example", "Orders" },
    { "email", "", "old@shop.example", "old@shop.example" },
  };
  g_autoptr (GListStore) accounts = g_list_store_new (MOS_TYPE_ACCOUNT_ITEM);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosAccount) account = mos_account_new ();
      g_autoptr (MosAccountItem) item = NULL;

      account->id = g_strdup_printf ("%" G_GSIZE_FORMAT, i);
      account->kind = g_strdup (cases[i].kind);
      account->name = g_strdup (cases[i].name);
      account->address = g_strdup (cases[i].address);
      item = mos_account_item_new (account);
      g_list_store_append (accounts, item);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (G_LIST_MODEL (accounts), i);
      g_autofree char *title = mos_account_title_dup (G_LIST_MODEL (accounts), mos_account_item_get_account (item));

      g_assert_cmpstr (title, ==, cases[i].title);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/chat-text/window", test_window);
  g_test_add_func ("/chat-text/files", test_files);
  g_test_add_func ("/chat-text/player", test_player);
  g_test_add_func ("/chat-text/days", test_days);
  g_test_add_func ("/chat-text/account-titles", test_account_titles);
  return g_test_run ();
}
