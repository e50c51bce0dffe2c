/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-outbox.h"
#include "core/desk/mos-show-json.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-outbox.h"

#include <glib/gi18n.h>

/* --- what became of a message for each recipient --- */

void
mos_ctl_print_recipients (MosCtl *self,
                          GPtrArray *results)
{
  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      MosRecipientResult *result = g_ptr_array_index (results, i);

      if (result->state == MOS_RECIPIENT_ACCEPTED || result->state == MOS_RECIPIENT_WAITING)
        continue;
      mos_ctl_print (self, "  %s  %s", result->address, mos_recipient_state_to_nick (result->state));
      if (result->code != 0)
        mos_ctl_print (self, "  %u", result->code);
      mos_ctl_print (self, "  %s\n", result->text != NULL ? result->text : "");
    }
}

/* --- outbox --- */

typedef struct
{
  GPtrArray *items;
  GHashTable *numbers;
} MosCtlOutbox;

static gboolean
mos_ctl_do_outbox (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  MosCtlOutbox *outbox = data;

  outbox->items = mos_store_outbox_list (txn, NULL, error);
  for (guint i = 0; outbox->items != NULL && i < outbox->items->len; i++)
    {
      MosOutboxItem *item = g_ptr_array_index (outbox->items, i);
      g_autoptr (MosConversationRow) row = NULL;

      if (!mos_store_conversation_find (txn, item->conversation, &row, error))
        return FALSE;
      if (row != NULL)
        g_hash_table_insert (outbox->numbers, item->message, GINT_TO_POINTER ((int) row->number));
    }
  return outbox->items != NULL;
}

static void
mos_ctl_print_outbox_item (MosCtl *self,
                           MosOutboxItem *item,
                           int number)
{
  g_autoptr (JsonBuilder) builder = NULL;

  /* Accepted, only its copy in Sent is still to be filed: it has reached the server. */
  if (item->state == MOS_DELIVERY_ACCEPTED)
    return;
  if (!self->json)
    {
      mos_ctl_print (self, "%s  #%d  %s  %s  %s\n", item->message, number, mos_delivery_to_nick (item->state), item->subject, item->why != NULL ? item->why : "");
      mos_ctl_print_recipients (self, item->results);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_string (builder, "id", item->message);
  mos_json_int (builder, "conversation", number);
  mos_json_strv (builder, "to", item->recipients);
  mos_json_string (builder, "subject", item->subject);
  mos_json_string (builder, "state", mos_delivery_to_nick (item->state));
  mos_json_int (builder, "attempts", item->attempts);
  mos_json_time (builder, "next_try", item->state == MOS_DELIVERY_QUEUED ? item->next_try_us : 0);
  mos_json_string (builder, "why", item->why);
  mos_json_recipients (builder, item->results);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

static gboolean
mos_ctl_do_retry (MosTxn *txn,
                  gpointer data,
                  GError **error)
{
  return mos_outbox_retry (txn, data, error);
}

static gboolean
mos_ctl_do_cancel (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  return mos_outbox_take_back (txn, data, NULL, error);
}

static gboolean
mos_ctl_do_settle (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  return mos_outbox_settle (txn, data, TRUE, error);
}

int
mos_ctl_outbox (MosCtl *self,
                GPtrArray *args)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  MosCtlOutbox outbox = { NULL, numbers };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 2))
    return MOS_CTL_USAGE;
  if (args->len > 0)
    {
      static const struct
      {
        const char *word;
        MosCtlTxn func;
        const char *sentence;
      } actions[] = {
        { "retry", mos_ctl_do_retry, N_ ("It is sent again") },
        { "cancel", mos_ctl_do_cancel, N_ ("It was taken back, and is a draft again") },
        { "sent", mos_ctl_do_settle, N_ ("It counts as sent") },
      };
      MosCtlTxn func = NULL;
      const char *sentence = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
        if (g_str_equal (g_ptr_array_index (args, 0), actions[i].word))
          {
            func = actions[i].func;
            sentence = actions[i].sentence;
          }
      if (args->len != 2 || func == NULL)
        return mos_ctl_usage (self, "%s", _ ("Say outbox, outbox retry ID, outbox cancel ID or outbox sent ID"));
      if (!mos_ctl_write (self, NULL, func, g_ptr_array_index (args, 1), &error))
        return mos_ctl_fail (self, error);
      mos_ctl_say (self, g_ptr_array_index (args, 0), g_ptr_array_index (args, 1), _ (sentence));
      return MOS_CTL_DONE;
    }

  if (!mos_ctl_read (self, mos_ctl_do_outbox, &outbox, &error))
    {
      g_clear_pointer (&outbox.items, g_ptr_array_unref);
      return mos_ctl_fail (self, error);
    }
  for (guint i = 0; i < outbox.items->len; i++)
    {
      MosOutboxItem *item = g_ptr_array_index (outbox.items, i);

      mos_ctl_print_outbox_item (self, item, GPOINTER_TO_INT (g_hash_table_lookup (numbers, item->message)));
    }
  g_ptr_array_unref (outbox.items);
  return MOS_CTL_DONE;
}
