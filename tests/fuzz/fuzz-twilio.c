/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "fuzz.h"

#include "core/channels/twilio/mos-twilio-parse.h"

#include <string.h>

/* What Twilio answers, and what strangers wrote in it: whatever it is, the values hold what the rest relies on. */

static void
check_path (const char *path)
{
  fuzz_check_text (path);
  /* Our key goes with it: to the same server alone. */
  g_assert_true (path == NULL || (path[0] == '/' && path[1] != '/' && strstr (path, "..") == NULL));
}

static void
check_message (const MosTwilioMessage *message)
{
  g_autoptr (MosChatUpdate) update = mos_twilio_to_update (message);
  g_autoptr (MosChatUpdate) receipt = mos_twilio_to_receipt (message);

  g_assert_cmpstr (update->id, !=, "");
  g_assert_cmpstr (update->thread, !=, "");
  g_assert_true (update->is_own != message->is_incoming);
  g_assert_true ((update->person != NULL) == message->is_incoming);
  fuzz_check_text (update->id);
  fuzz_check_text (update->text);
  fuzz_check_text (update->thread);
  fuzz_check_text (update->title);
  g_assert_true (update->person == NULL || update->person->phone == NULL || strspn (update->person->phone, "+0123456789") == strlen (update->person->phone));
  g_assert_true (receipt == NULL || receipt->receipt != MOS_DELIVERY_FAILED || (receipt->why != NULL && receipt->detail != NULL));
  if (receipt != NULL)
    fuzz_check_text (receipt->detail);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (MosTwilioPage) page = mos_twilio_parse_page (bytes, NULL);
  g_autoptr (GPtrArray) media = mos_twilio_parse_media (bytes, NULL);
  g_autoptr (GError) error = NULL;

  if (page != NULL)
    {
      check_path (page->next);
      for (guint i = 0; i < page->messages->len; i++)
        check_message (page->messages->pdata[i]);
    }
  for (guint i = 0; media != NULL && i < media->len; i++)
    {
      MosChatFile *file = media->pdata[i];

      check_path (file->ref);
      fuzz_check_text (file->name);
      fuzz_check_text (file->type);
      g_assert_true (*file->name != '\0' && strchr (file->name, '/') == NULL);
    }
  mos_twilio_judge (400 + (guint) (size % 200), bytes, size % 2 == 0, &error);
  g_assert_error (error, MOS_CHAT_ERROR, error->code);
  fuzz_check_text (error->message);
  return 0;
}
