/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "mos-view-fixtures.h"

#include "app/composer/mos-recipients.h"

#include <string.h>

GPtrArray *
mos_fixture_addresses (const char *text)
{
  return mos_recipients_parse (text);
}

MosMessageRow *
mos_fixture_row (const char *id,
                 MosDirection direction,
                 const char *text)
{
  MosMessageRow *row = mos_message_row_new ();

  row->id = g_strdup (id);
  row->conversation = g_strdup ("c1");
  row->direction = direction;
  row->references = g_new0 (char *, 1);
  row->to = mos_fixture_addresses (direction == MOS_DIRECTION_INCOMING ? "Support <support@shop.example>" : "Ana García <ana@example.org>");
  row->cc = mos_fixture_addresses ("");
  row->bcc = mos_fixture_addresses ("");
  row->reply_to = mos_fixture_addresses ("");
  row->from = direction == MOS_DIRECTION_INCOMING ? mos_address_make ("Ana García", "ana@example.org") : mos_address_make ("Support", "support@shop.example");
  row->subject = g_strdup ("Where is my order?");
  row->sent_us = G_GINT64_CONSTANT (1772442000000000);
  row->received_us = G_GINT64_CONSTANT (1772442060000000);
  row->text = g_strdup (text);
  row->reply_text = g_strdup (text);
  row->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  row->delivery = direction == MOS_DIRECTION_INCOMING ? MOS_DELIVERY_RECEIVED : MOS_DELIVERY_ACCEPTED;
  row->account = g_strdup ("a1");
  row->actor_kind = direction == MOS_DIRECTION_INCOMING ? MOS_ACTOR_CUSTOMER : MOS_ACTOR_HUMAN;
  row->actor_name = direction == MOS_DIRECTION_INCOMING ? NULL : g_strdup ("Luz");
  return row;
}

MosMessage *
mos_fixture_message (MosMessageRow *row)
{
  MosMessage *message = mos_message_new (row->id);

  mos_message_set_row (message, row);
  mos_message_row_unref (row);
  return message;
}

MosDraft *
mos_fixture_draft (const char *kind)
{
  MosDraft *draft = mos_draft_new ();

  draft->id = g_strdup ("d1");
  draft->conversation = g_strdup ("c1");
  draft->account = g_strdup ("a1");
  draft->kind = g_strdup (kind);
  draft->to = mos_fixture_addresses ("");
  draft->cc = mos_fixture_addresses ("");
  draft->bcc = mos_fixture_addresses ("");
  draft->subject = g_strdup ("");
  draft->text = g_strdup ("");
  draft->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  return draft;
}

MosAttachment *
mos_fixture_attachment (const char *name,
                        const char *type,
                        guint64 size)
{
  MosAttachment *attachment = mos_attachment_new ();

  attachment->name = g_strdup (name);
  attachment->type = g_strdup (type);
  attachment->size = size;
  return attachment;
}

GtkWidget *
mos_fixture_find (GtkWidget *widget,
                  GType type,
                  const char *label)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    {
      g_autofree char *wrong = label != NULL ? gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label) : NULL;

      if (wrong == NULL)
        return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = mos_fixture_find (child, type, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
mos_fixture_find_text (GtkWidget *widget,
                       const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = mos_fixture_find_text (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}
