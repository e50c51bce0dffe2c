/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-conversation-view-private.h"
#include "app/widgets/mos-channel-text.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

/* What one person writes within so long has one head. */
#define GROUP_US (5 * G_TIME_SPAN_MINUTE)

static MosMessageRow *
row_at (MosConversationView *self,
        guint i)
{
  return mos_message_get_row (mos_message_bubble_get_message (g_ptr_array_index (self->rows, i)));
}

static gint64
time_of (const MosMessageRow *row)
{
  return row->received_us != 0 ? row->received_us : row->sent_us;
}

static gboolean
is_same_writer (const MosMessageRow *one,
                const MosMessageRow *other)
{
  if (one->direction != other->direction || g_strcmp0 (one->account, other->account) != 0 || g_strcmp0 (one->actor_name, other->actor_name) != 0)
    return FALSE;
  if (one->from == NULL || other->from == NULL)
    return one->from == other->from;
  return g_strcmp0 (one->from->name, other->from->name) == 0 && g_strcmp0 (one->from->address, other->from->address) == 0;
}

/* Returns: (transfer none) (nullable): which way it came */
static const char *
channel_of (MosConversationView *self,
            const MosMessageRow *row)
{
  MosAccount *account = row->direction != MOS_DIRECTION_EVENT && row->direction != MOS_DIRECTION_NOTE ? mos_desk_find_account (self->desk, row->account) : NULL;

  return account != NULL ? mos_channel_text (account->kind) : NULL;
}

/* Days have headings where there are short messages: a letter says its date itself. */
void
mos_conversation_view_group (MosConversationView *self)
{
  gint64 now_us = mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk)));
  const MosMessageRow *before = NULL;
  const char *first_channel = NULL;
  gboolean has_chat = FALSE, is_mixed = FALSE;
  gint64 day_us = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const MosMessageRow *row = row_at (self, i);
      const char *channel = row != NULL ? channel_of (self, row) : NULL;

      has_chat = has_chat || mos_message_bubble_get_is_chat (g_ptr_array_index (self->rows, i));
      is_mixed = is_mixed || (channel != NULL && first_channel != NULL && channel != first_channel);
      if (channel != NULL)
        first_channel = channel;
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      MosMessageBubble *bubble = g_ptr_array_index (self->rows, i);
      const MosMessageRow *row = row_at (self, i);
      g_autofree char *day = NULL;
      gboolean continues;

      if (row == NULL || row->direction == MOS_DIRECTION_EVENT)
        {
          before = NULL;
          continue;
        }
      if (has_chat && (day_us == 0 || mos_time_text_days_between (day_us, time_of (row), NULL) != 0))
        day = mos_time_text_day (time_of (row), now_us, NULL);
      day_us = time_of (row);
      continues = day == NULL && before != NULL && mos_message_bubble_get_is_chat (bubble) && is_same_writer (before, row) && time_of (row) - time_of (before) < GROUP_US;
      mos_message_bubble_set_place (bubble, day, continues, is_mixed ? channel_of (self, row) : NULL);
      before = row;
    }
}
