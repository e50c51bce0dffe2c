/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/channels/matrix/mos-matrix-parse.h"

#include <string.h>

/* What a homeserver answers, and what strangers wrote in it: whatever it is, the values hold what the rest relies on. */

static void
check_update (MosChatUpdate *update)
{
  g_assert_nonnull (update->id);
  g_assert_nonnull (update->text);
  g_assert_true (mos_matrix_is_room (update->thread));
  fuzz_check_text (update->id);
  fuzz_check_text (update->text);
  fuzz_check_text (update->title);
  fuzz_check_text (update->why);
  fuzz_check_text (update->detail);
  fuzz_check_text (update->client_key);
  /* That nobody writes any more is said of a room, and of nobody. */
  g_assert_true (update->kind == MOS_CHAT_THREAD || (update->kind == MOS_CHAT_TYPING && update->removed) || update->person != NULL);
  g_assert_true (update->is_own || update->client_key == NULL);
  g_assert_true (update->kind == MOS_CHAT_THREAD || update->kind == MOS_CHAT_TYPING || *update->id == '$');
  g_assert_true (update->why == NULL || strcmp (update->why, "encrypted") != 0 || *update->text == '\0');
  for (guint i = 0; update->files != NULL && i < update->files->len; i++)
    {
      MosChatFile *file = update->files->pdata[i];

      fuzz_check_text (file->name);
      fuzz_check_text (file->type);
      g_assert_true (*file->name != '\0' && strchr (file->name, '/') == NULL);
      g_assert_true ((file->why != NULL) == (*file->ref == '\0'));
      g_assert_true (file->why != NULL || mos_matrix_split_media (file->ref, NULL, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (MosMatrixMemory) memory = mos_matrix_memory_new (NULL);
  g_autoptr (MosMatrixSync) sync = mos_matrix_parse_sync (bytes, "@agent:example.org", size % 2 == 0 ? NULL : "s1", memory, NULL);
  g_autoptr (GPtrArray) past = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  g_autofree char *end = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *again = NULL;
  g_autoptr (MosMatrixMemory) second = NULL;

  if (sync != NULL)
    {
      g_assert_cmpstr (sync->next_batch, !=, "");
      for (guint i = 0; i < sync->updates->len; i++)
        check_update (sync->updates->pdata[i]);
      for (guint i = 0; i < sync->gaps->len; i++)
        g_assert_cmpuint (((MosMatrixGap *) sync->gaps->pdata[i])->position, <=, sync->updates->len);
    }
  mos_matrix_parse_messages (bytes, "@agent:example.org", "!room:example.org", size % 2 == 0, memory, past, &end, NULL);
  for (guint i = 0; i < past->len; i++)
    check_update (past->pdata[i]);
  /* What is kept in mind is the same when it is read again. */
  kept = mos_matrix_memory_to_json (memory);
  fuzz_check_text (kept);
  second = mos_matrix_memory_new (kept);
  again = mos_matrix_memory_to_json (second);
  g_assert_cmpstr (kept, ==, again);
  return 0;
}
