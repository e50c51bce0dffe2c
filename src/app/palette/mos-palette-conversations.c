/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-palette"

#include "config.h"

#include "app/palette/mos-palette-conversations.h"

#include "app/conversation/mos-message-text.h"
#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

#define MAX_FOUND 8
#define MAX_RECENT 5

struct _MosPaletteConversations
{
  GObject parent_instance;

  MosDesk *desk;     /* (owned) */
  GPtrArray *recent; /* (owned) (element-type MosConversation) */
};

static void mos_palette_conversations_source_init (MosPaletteSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MosPaletteConversations, mos_palette_conversations, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (MOS_TYPE_PALETTE_SOURCE, mos_palette_conversations_source_init))

static const char *
mos_palette_conversations_get_heading (MosPaletteSource *source)
{
  return C_ ("palette", "Conversations");
}

MosPaletteItem *
mos_palette_item_for_conversation (MosConversationRow *row)
{
  g_autofree char *name = mos_text_isolate (mos_conversation_who_text (row));
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, row->number);
  /* Translators: a conversation's number, its customer, and its status. */
  g_autofree char *facts = g_strdup_printf (_ ("#%1$s · %2$s · %3$s"), number, name, mos_status_text (row->status));
  g_autofree char *id = g_strconcat ("conversation:", row->id, NULL);
  MosPaletteItem *item = mos_palette_item_new_for (id, "win.open-conversation", g_variant_new_string (row->id), *row->subject != '\0' ? row->subject : _ ("No subject"));

  item->subtitle = mos_text_in_ui_direction (facts);
  item->icon = g_strdup ("mail-unread-symbolic");
  return item;
}

static MosPaletteItem *
item_from_row (gpointer data)
{
  return mos_palette_item_for_conversation (data);
}

static void
on_found_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  GError *error = NULL;
  GPtrArray *rows = mos_desk_find_conversations_finish (MOS_DESK (source), result, &error);

  mos_palette_source_return_rows (user_data, rows, item_from_row, error);
}

static void
mos_palette_conversations_search_async (MosPaletteSource *source,
                                        const char *text,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  MosPaletteConversations *self = MOS_PALETTE_CONVERSATIONS (source);
  GPtrArray *items;

  if (mos_palette_text_is_enough (text))
    {
      mos_desk_find_conversations_async (self->desk, text, MAX_FOUND, cancellable, on_found_cb, g_task_new (self, cancellable, callback, user_data));
      return;
    }
  items = mos_palette_items_new ();
  for (guint i = 0; *text == '\0' && i < self->recent->len && items->len < MAX_RECENT; i++)
    {
      MosConversationRow *row = mos_conversation_get_row (g_ptr_array_index (self->recent, i));

      if (row != NULL && row->deleted_us == 0 && row->merged_into == NULL)
        g_ptr_array_add (items, item_from_row (row));
    }
  mos_palette_source_return (self, items, cancellable, callback, user_data);
}

static void
mos_palette_conversations_source_init (MosPaletteSourceInterface *iface)
{
  iface->get_heading = mos_palette_conversations_get_heading;
  iface->search_async = mos_palette_conversations_search_async;
}

static void
mos_palette_conversations_finalize (GObject *object)
{
  MosPaletteConversations *self = MOS_PALETTE_CONVERSATIONS (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->recent, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_palette_conversations_parent_class)->finalize (object);
}

static void
mos_palette_conversations_class_init (MosPaletteConversationsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_palette_conversations_finalize;
}

static void
mos_palette_conversations_init (MosPaletteConversations *self)
{
  self->recent = g_ptr_array_new_with_free_func (g_object_unref);
}

MosPaletteSource *
mos_palette_conversations_new (MosDesk *desk,
                               GPtrArray *recent)
{
  MosPaletteConversations *self = g_object_new (MOS_TYPE_PALETTE_CONVERSATIONS, NULL);

  self->desk = g_object_ref (desk);
  for (guint i = 0; i < recent->len; i++)
    g_ptr_array_add (self->recent, g_object_ref (g_ptr_array_index (recent, i)));
  return MOS_PALETTE_SOURCE (self);
}
