/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/base/mos-error.h"
#include "core/base/mos-http-usage.h"
#include "core/base/mos-http.h"
#include "core/base/mos-json-read.h"
#include "core/channels/meta/mos-graph.h"
#include "core/channels/meta/mos-messenger-parse.h"

#include <string.h>

/* What Meta answers, and what strangers wrote in it: whatever it is, the values hold what the rest relies on. */

static void
check_file (const MosChatFile *file)
{
  g_autofree char *message = NULL;
  g_autofree char *place = NULL;
  const char *url = mos_messenger_split_ref (file->ref, &message, &place);

  fuzz_check_text (file->ref);
  fuzz_check_text (file->name);
  fuzz_check_text (file->type);
  g_assert_true (*file->name != '\0' && strchr (file->name, '/') == NULL);
  g_assert_true ((url != NULL) == (file->why == NULL));
  /* Only where nobody listens. */
  g_assert_true (url == NULL || mos_http_url_is_allowed (url));
}

static void
check_update (const MosChatUpdate *update)
{
  g_assert_cmpstr (update->id, !=, "");
  g_assert_cmpstr (update->thread, ==, "4711");
  g_assert_cmpint (update->at_us, >=, 0);
  g_assert_true (update->is_own != (update->person != NULL));
  fuzz_check_text (update->id);
  fuzz_check_text (update->text);
  if (update->reply_to != NULL)
    fuzz_check_text (update->reply_to);
  for (guint i = 0; update->files != NULL && i < update->files->len; i++)
    check_file (update->files->pdata[i]);
}

static void
check_pages (JsonObject *object,
             const MosMessengerSelf *self)
{
  g_autoptr (MosChatPerson) ana = mos_chat_person_make ("instagram", self->id, "4711", "Ana");
  g_autoptr (MosMessengerPage) threads = mos_messenger_parse_threads (object, self, NULL);
  g_autoptr (MosMessengerPage) messages = mos_messenger_parse_messages (object, NULL);

  for (guint i = 0; threads != NULL && i < threads->rows->len; i++)
    {
      const MosMessengerThread *thread = threads->rows->pdata[i];

      fuzz_check_text (thread->id);
      g_assert_cmpstr (thread->id, !=, "");
      g_assert_cmpint (thread->updated_us, >=, 0);
      /* Never us. */
      g_assert_true (thread->person == NULL || !g_str_equal (thread->person->value, self->id));
    }
  for (guint i = 0; messages != NULL && i < messages->rows->len; i++)
    {
      g_autoptr (MosChatPerson) person = mos_messenger_find_person (messages->rows->pdata[i], self);
      g_autoptr (MosChatUpdate) update = mos_messenger_parse_message (messages->rows->pdata[i], self, ana);

      g_assert_true (person == NULL || !g_str_equal (person->value, self->id));
      if (update != NULL)
        check_update (update);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JsonObject) object = mos_json_read_root (bytes, NULL);
  char kind[] = "instagram", id[] = "100", other_id[] = "200", username[] = "mugshop", name[] = "Mug Shop", page[] = "1066";
  MosMessengerSelf ours = { kind, id, other_id, username, name, page };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strndup ((const char *) data, size);
  guint percent = 0;
  guint64 wait_s = 0;

  for (guint i = 0; object != NULL && i < 4; i++)
    {
      g_autoptr (MosMessengerSelf) self = mos_messenger_parse_self (object, i < 2 ? "messenger" : "instagram", i != 3, NULL);

      g_assert_true (self == NULL || (*self->id != '\0' && *self->name != '\0' && (self->page == NULL || strspn (self->page, G_CSET_DIGITS) == strlen (self->page))));
    }
  if (object != NULL)
    check_pages (object, &ours);
  mos_http_usage_parse (text, &percent, &wait_s);
  g_assert_true (percent <= 1000 && wait_s <= 24 * 60 * 60);
  mos_graph_judge (400 + (guint) (size % 200), bytes, size % 2 == 0, &error);
  g_assert_error (error, MOS_CHAT_ERROR, error->code);
  fuzz_check_text (error->message);
  return 0;
}
