/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "messenger-desk.h"

#include "core/base/mos-secrets.h"

/* A token that ends: renewed in time, kept, told of; and which of the two kinds one is. */

#define RENEWED(n) MOS_FAKE_META_INSTAGRAM_TOKEN #n

static gint64
get_cursor (Desk *d,
            const char *name)
{
  g_autoptr (GHashTable) cursors = mos_channel_host_load_cursors_sync (MOS_CHANNEL_HOST (d->host), d->account->id, NULL, NULL);
  const char *value = g_hash_table_lookup (cursors, name);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

static void
check_token (Desk *d,
             const char *token)
{
  g_autofree char *kept = mos_channel_host_dup_password_sync (MOS_CHANNEL_HOST (d->host), d->account->id, NULL, NULL);

  g_assert_cmpstr (kept, ==, token);
}

static guint
count_renewals (Desk *d)
{
  return mos_fake_meta_count (d->fake, "/refresh_access_token");
}

/* At once, then every seven days; what comes in its place is in the keyring before anything else is done with it. */
static void
test_renewed (void)
{
  g_autoptr (Desk) d = desk_new ("instagram", FALSE, FALSE);
  gint64 now_us = mos_clock_now_us (d->t->clock);
  g_autofree char *scope = mos_desk_profile_scope (mos_store_get_profile (d->t->store));
  g_autofree char *kept = NULL;

  desk_pass (d);
  check_token (d, RENEWED (1));
  kept = mos_secrets_lookup_sync (scope, d->account->id, MOS_SECRETS_TIMEOUT_MS, NULL, NULL);
  g_assert_cmpstr (kept, ==, RENEWED (1));
  g_assert_cmpint (get_cursor (d, MOS_ACCOUNT_KEY_ENDS) - now_us, >=, 60 * G_TIME_SPAN_DAY);
  /* The one before is not needed any more, also not by what was sent with it. */
  mos_fake_meta_end_old_tokens (d->fake);
  desk_say (d, ANA, "Hello?", 0);
  desk_pass (d);
  g_assert_cmpuint (d->messages->len, ==, 1);
  g_assert_cmpuint (count_renewals (d), ==, 1);

  desk_pass_time (d, 6 * G_TIME_SPAN_DAY);
  desk_pass (d);
  g_assert_cmpuint (count_renewals (d), ==, 1);
  desk_pass_time (d, 2 * G_TIME_SPAN_DAY);
  desk_pass (d);
  g_assert_cmpuint (count_renewals (d), ==, 2);
  check_token (d, RENEWED (2));
  /* After a restart it is known when that was. */
  desk_renew_channel (d);
  desk_pass (d);
  g_assert_cmpuint (count_renewals (d), ==, 2);
}

/* All threads have the new one. */
static gboolean
is_sent (Desk *d)
{
  g_autoptr (GPtrArray) sent = mos_fake_meta_dup_sent (d->fake);

  mos_channel_wake (d->channel, MOS_CHANNEL_WAKE_OUTBOX);
  return sent->len == 1;
}

static guint
count_messages (Desk *d)
{
  desk_look (d);
  return d->messages->len;
}

static void
test_all_threads (void)
{
  g_autoptr (Desk) d = desk_new ("instagram", FALSE, FALSE);

  desk_say (d, ANA, "Hello?", 0);
  mos_channel_start (d->channel);
  mos_test_wait (count_messages (d) == 1, 20000);
  mos_fake_meta_end_old_tokens (d->fake);
  desk_reply (d, "Hello!");
  mos_test_wait (is_sent (d), 20000);
  mos_channel_stop_sync (d->channel);
}

/* It cannot be renewed: tried again each day; ten days before its end it is told. */
static gboolean
is_ending (Desk *d)
{
  g_autoptr (MosAccountStatus) status = mos_channel_dup_status (d->channel);

  return status->state == MOS_ACCOUNT_READY && g_strcmp0 (status->why, "key-ends-soon") == 0;
}

static void
test_not_renewed (void)
{
  g_autoptr (Desk) d = desk_new ("instagram", FALSE, FALSE);
  g_autoptr (MosAccountStatus) status = NULL;

  mos_fake_meta_set_renewable (d->fake, FALSE);
  desk_pass (d);
  g_assert_cmpuint (count_renewals (d), ==, 1);
  g_assert_cmpint (get_cursor (d, MOS_ACCOUNT_KEY_ENDS), ==, 0);
  check_token (d, MOS_FAKE_META_INSTAGRAM_TOKEN);
  desk_pass_time (d, 12 * G_TIME_SPAN_HOUR);
  desk_pass (d);
  g_assert_cmpuint (count_renewals (d), ==, 1);
  /* A day old. */
  mos_fake_meta_set_renewable (d->fake, TRUE);
  desk_pass_time (d, 13 * G_TIME_SPAN_HOUR);
  desk_pass (d);
  g_assert_cmpuint (count_renewals (d), ==, 2);

  mos_fake_meta_set_renewable (d->fake, FALSE);
  desk_pass_time (d, 49 * G_TIME_SPAN_DAY);
  desk_pass (d);
  g_assert_false (is_ending (d));
  status = mos_channel_dup_status (d->channel);
  g_assert_cmpint (status->key_ends_us - mos_clock_now_us (d->t->clock), >, 10 * G_TIME_SPAN_DAY);
  desk_pass_time (d, 2 * G_TIME_SPAN_DAY);
  desk_pass (d);
  g_assert_true (is_ending (d));
  /* Another one was entered: nothing is known of it. */
  mos_desk_host_set_password (d->host, d->account->id, MOS_FAKE_META_INSTAGRAM_TOKEN);
  desk_pass (d);
  g_assert_false (is_ending (d));
}

/* A Page's does not end. */
static void
test_page (void)
{
  g_autoptr (Desk) d = desk_new ("instagram", TRUE, FALSE);

  desk_pass (d);
  g_assert_cmpuint (count_renewals (d), ==, 0);
  check_token (d, MOS_FAKE_META_TOKEN);
}

/* --- signing in --- */

typedef struct
{
  const char *kind;
  gboolean by_page;
  const char *token;
  const char *login;   /* (nullable): as it is found out */
  const char *address; /* (nullable): it does not work */
} Way;

static void
test_sign_in (void)
{
  static const Way ways[] = {
    { "messenger", TRUE, MOS_FAKE_META_TOKEN, NULL, MOS_FAKE_META_PAGE },
    { "instagram", TRUE, MOS_FAKE_META_TOKEN, MOS_META_LOGIN_PAGE, "@" MOS_FAKE_META_USERNAME },
    { "instagram", FALSE, MOS_FAKE_META_INSTAGRAM_TOKEN, MOS_META_LOGIN_INSTAGRAM, "@" MOS_FAKE_META_USERNAME },
    { "messenger", TRUE, "EAAanother", NULL, NULL },
    { "instagram", TRUE, "EAAanother", NULL, NULL },
    { "messenger", TRUE, "EAA with spaces", NULL, NULL },
    { "messenger", TRUE, "", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (Desk) d = desk_new (ways[i].kind, ways[i].by_page, FALSE);
      g_autoptr (GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_autoptr (GError) error = NULL;
      g_autofree char *key = mos_chat_channel_sign_in_sync (MOS_CHAT_CHANNEL (d->channel), NULL, ways[i].token, TRUE, settings, NULL, &error);
      g_autofree char *address = NULL;
      g_autofree char *name = NULL;
      gboolean works = key != NULL && mos_chat_channel_identify_sync (MOS_CHAT_CHANNEL (d->channel), key, &address, &name, NULL, &error);

      if (ways[i].address == NULL)
        {
          g_assert_false (works);
          g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (key, ==, ways[i].token);
      g_assert_cmpstr (address, ==, ways[i].address);
      g_assert_cmpstr (name, ==, g_str_equal (ways[i].kind, "instagram") && ways[i].by_page ? MOS_FAKE_META_USERNAME : "Mug Shop");
      g_assert_cmpstr (g_hash_table_lookup (settings, MOS_META_LOGIN), ==, ways[i].login);
    }
}

/* One that does not say by its beginning what it is. */
static void
test_either (void)
{
  g_autoptr (Desk) d = desk_new ("instagram", FALSE, FALSE);
  g_autoptr (GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  g_autofree char *none = NULL;

  mos_fake_meta_add_token (d->fake, "Zx9");
  key = mos_chat_channel_sign_in_sync (MOS_CHAT_CHANNEL (d->channel), NULL, "Zx9", TRUE, settings, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (settings, MOS_META_LOGIN), ==, MOS_META_LOGIN_INSTAGRAM);
  none = mos_chat_channel_sign_in_sync (MOS_CHAT_CHANNEL (d->channel), "ana", "a password", FALSE, settings, NULL, &error);
  g_assert_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED);
}

int
main (int argc,
      char **argv)
{
  char *dir = mos_test_keyring_new ();
  int status;

  mos_test_init (&argc, &argv);
  g_test_add_func ("/messenger/token/renewed", test_renewed);
  g_test_add_func ("/messenger/token/all-threads", test_all_threads);
  g_test_add_func ("/messenger/token/not-renewed", test_not_renewed);
  g_test_add_func ("/messenger/token/page", test_page);
  g_test_add_func ("/messenger/token/sign-in", test_sign_in);
  g_test_add_func ("/messenger/token/either", test_either);
  status = g_test_run ();
  mos_test_dir_free (dir);
  return status;
}
