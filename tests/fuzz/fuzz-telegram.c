/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/channels/telegram/mos-telegram-parse.h"

#include <string.h>

/* What getUpdates answers: whatever it is, what comes of it can be stored. */

static void
check_file (const MosChatFile *file)
{
  g_assert_nonnull (file->ref);
  g_assert_nonnull (file->type);
  g_assert_true (*file->name != '\0' && strchr (file->name, '/') == NULL);
  fuzz_check_text (file->name);
  fuzz_check_text (file->type);
  fuzz_check_text (file->ref);
  fuzz_check_text (file->why);
}

static void
check_person (const MosChatPerson *person)
{
  g_assert_true (*person->kind != '\0' && *person->value != '\0');
  g_assert_nonnull (person->scope);
  fuzz_check_text (person->value);
  fuzz_check_text (person->name);
  fuzz_check_text (person->username);
  fuzz_check_text (person->phone);
  fuzz_check_text (person->language);
}

static void
check_update (const MosChatUpdate *update)
{
  g_autofree char *connection = NULL;
  g_autofree char *again = NULL;
  gint64 chat, topic;

  g_assert_nonnull (update->text);
  g_assert_nonnull (update->id);
  /* Where it belongs can be written to again. */
  g_assert_true (mos_telegram_thread_read (update->thread, &chat, &topic, &connection));
  again = mos_telegram_thread_new (chat, topic, connection);
  g_assert_cmpstr (again, ==, update->thread);
  /* Of a message that is too old, Telegram tells only that its button was pressed. */
  g_assert_true (update->kind == MOS_CHAT_THREAD || update->kind == MOS_CHAT_PRESS || *update->id != '\0');
  fuzz_check_text (update->text);
  fuzz_check_text (update->title);
  fuzz_check_text (update->reply_to);
  fuzz_check_text (update->forwarded);
  fuzz_check_text (update->payload);
  fuzz_check_text (update->group);
  fuzz_check_text (update->detail);
  fuzz_check_text (update->press);
  if (update->person != NULL)
    check_person (update->person);
  for (guint i = 0; update->files != NULL && i < update->files->len; i++)
    check_file (update->files->pdata[i]);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr (GBytes) json = g_bytes_new (data, size);

  for (int groups = 0; groups < 2; groups++)
    {
      const MosTelegramRules rules = { .bot = 4242, .takes_groups = groups != 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (MosTelegramUpdates) updates = mos_telegram_parse_updates (json, &rules, &error);

      g_assert_true ((updates == NULL) == (error != NULL));
      if (updates == NULL)
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
          continue;
        }
      g_assert_cmpuint (updates->ignored + updates->broken->len, <=, updates->received);
      g_assert_cmpint (updates->next_offset, >=, 0);
      for (guint i = 0; i < updates->updates->len; i++)
        check_update (updates->updates->pdata[i]);
    }
  return 0;
}
