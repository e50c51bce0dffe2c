/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-meta"

#include "config.h"

#include "core/channels/meta/mos-whatsapp-parse.h"

#include "core/base/mos-error.h"
#include "core/base/mos-json-read.h"
#include "core/channels/meta/mos-graph.h"

#include <string.h>

#define MAX_ID 512

typedef struct
{
  JsonObject *value; /* what holds the messages, and who wrote them */
  GPtrArray *updates;
} Reading;

/* --- who --- */

static gboolean
is_number (const char *text)
{
  gsize length = strlen (text);

  return length >= 5 && length <= 15 && strspn (text, G_CSET_DIGITS) == length;
}

/* @name: of a member of @object that is an id. Returns: (transfer full) (nullable) */
static char *
dup_id (JsonObject *object,
        const char *name)
{
  g_autofree char *id = mos_json_read_dup_line (object, name);

  return id != NULL && strlen (id) <= MAX_ID ? g_steal_pointer (&id) : NULL;
}

/* Who wrote, as it is listed beside the messages. */
static JsonObject *
find_contact (Reading *self,
              const char *number,
              const char *user)
{
  JsonArray *contacts = mos_json_read_array (self->value, "contacts");

  for (guint i = 0; i < mos_json_read_length (contacts); i++)
    {
      JsonObject *contact = mos_json_read_element (contacts, i);
      g_autofree char *wa_id = dup_id (contact, "wa_id");
      g_autofree char *user_id = dup_id (contact, "user_id");

      if ((number != NULL && g_strcmp0 (wa_id, number) == 0) || (user != NULL && g_strcmp0 (user_id, user) == 0))
        return contact;
    }
  return NULL;
}

/* A number is one that its owner has confirmed to WhatsApp. Who hides it is an id of the shop's own. */
static MosChatPerson *
make_person (Reading *self,
             const char *number,
             const char *user)
{
  JsonObject *contact = find_contact (self, number, user);
  JsonObject *profile = mos_json_read_object (contact, "profile");
  g_autofree char *name = mos_json_read_dup_line (profile, "name");
  g_autofree char *phone = number != NULL && is_number (number) ? g_strconcat ("+", number, NULL) : NULL;
  MosChatPerson *person = mos_chat_person_make (phone != NULL ? "phone" : "whatsapp", "", phone != NULL ? phone : number != NULL ? number
                                                                                                                                 : user,
                                                name);

  person->username = mos_json_read_dup_line (profile, "username");
  person->phone = g_steal_pointer (&phone);
  person->is_phone_verified = person->phone != NULL;
  return person;
}

static gint64
read_time (JsonObject *object)
{
  g_autofree char *text = mos_json_read_dup_line (object, "timestamp");
  gint64 seconds = 0;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 1, G_MAXINT64 / G_USEC_PER_SEC, &seconds, NULL))
    return 0;
  return seconds * G_USEC_PER_SEC;
}

/* --- messages --- */

static MosChatUpdate *
update_new (MosChatUpdateKind kind,
            const char *thread,
            const char *id,
            gint64 at_us)
{
  MosChatUpdate *update = mos_chat_update_new ();

  update->kind = kind;
  update->thread = g_strdup (thread);
  update->id = g_strdup (id);
  update->at_us = at_us;
  update->text = g_strdup ("");
  return update;
}

/* What is about another message: put in its place. Returns: whether @update is one now, or is nothing (%NULL in @ret_update) */
static void
refer (MosChatUpdate **update,
       MosChatUpdateKind kind,
       char *original)
{
  if (original == NULL)
    {
      g_clear_pointer (update, mos_chat_update_unref);
      return;
    }
  (*update)->kind = kind;
  g_free ((*update)->id);
  (*update)->id = original;
}

/* Another number, the same person, the same chat. */
static void
read_system (MosChatUpdate **update,
             JsonObject *system)
{
  g_autofree char *type = mos_json_read_dup_line (system, "type");
  g_autofree char *moved = dup_id (system, "wa_id");

  if (moved == NULL)
    moved = dup_id (system, "new_wa_id");
  if (g_strcmp0 (type, "user_changed_number") != 0 || moved == NULL || !is_number (moved) || g_str_equal (moved, (*update)->thread))
    {
      g_clear_pointer (update, mos_chat_update_unref);
      return;
    }
  (*update)->kind = MOS_CHAT_THREAD;
  (*update)->change = MOS_CHAT_THREAD_MOVED;
  g_free ((*update)->id);
  (*update)->id = g_steal_pointer (&moved);
}

static void
read_message (Reading *self,
              JsonObject *message,
              gboolean is_own)
{
  g_autofree char *id = dup_id (message, "id");
  g_autofree char *type = mos_json_read_dup_line (message, "type");
  g_autofree char *number = dup_id (message, is_own ? "to" : "from");
  g_autofree char *user = dup_id (message, is_own ? "to_user_id" : "from_user_id");
  g_autofree char *group = dup_id (message, "group_id");
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (MosChatUpdate) update = NULL;

  /* What is written in groups is no concern of a desk. */
  if (message == NULL || group != NULL)
    return;
  raw = mos_json_read_again (message);
  if (id == NULL || type == NULL || (number == NULL && user == NULL))
    {
      g_ptr_array_add (self->updates, mos_chat_update_make_broken (raw, "a message of WhatsApp that does not say its id, its type or its writer"));
      return;
    }
  update = update_new (MOS_CHAT_MESSAGE, number != NULL ? number : user, id, read_time (message));
  update->raw = g_steal_pointer (&raw);
  update->is_own = is_own;
  update->person = is_own ? NULL : make_person (self, number, user);
  if (g_str_equal (type, "reaction"))
    {
      JsonObject *reaction = mos_json_read_object (message, "reaction");
      g_autofree char *sign = mos_json_read_dup_line (reaction, "emoji");

      refer (&update, MOS_CHAT_REACTION, dup_id (reaction, "message_id"));
      if (update != NULL)
        {
          g_set_str (&update->text, sign != NULL ? sign : "");
          update->removed = sign == NULL;
        }
    }
  else if (g_str_equal (type, "revoke"))
    refer (&update, MOS_CHAT_DELETE, dup_id (mos_json_read_object (message, "revoke"), "original_message_id"));
  else if (g_str_equal (type, "edit"))
    {
      JsonObject *edit = mos_json_read_object (message, "edit"), *said = mos_json_read_object (edit, "message");
      g_autofree char *inner = mos_json_read_dup_line (said, "type");

      refer (&update, MOS_CHAT_EDIT, inner != NULL ? dup_id (edit, "original_message_id") : NULL);
      if (update != NULL)
        {
          mos_whatsapp_read_content (update, said, inner);
          /* It is there since the first time. */
          g_clear_pointer (&update->files, g_ptr_array_unref);
        }
    }
  else if (g_str_equal (type, "system"))
    read_system (&update, mos_json_read_object (message, "system"));
  else
    mos_whatsapp_read_content (update, message, type);
  if (update != NULL)
    g_ptr_array_add (self->updates, g_steal_pointer (&update));
}

/* --- what became of ours --- */

static void
read_failure (MosChatUpdate *update,
              JsonObject *status)
{
  JsonObject *said = mos_json_read_element (mos_json_read_array (status, "errors"), 0);
  g_autofree char *words = mos_json_read_dup_line (said, "title");
  gint64 code = -1;
  MosChatError what;

  mos_json_read_int (said, "code", &code);
  what = mos_graph_error_of_code (code, 0);
  update->why = g_strdup (what == MOS_CHAT_ERROR_CLOSED ? "chat-closed" : what == MOS_CHAT_ERROR_WINDOW  ? "window-over"
                                                                      : what == MOS_CHAT_ERROR_TOO_LARGE ? "too-large"
                                                                                                         : "refused");
  update->detail = code >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT ": %s", code, words != NULL ? words : "") : g_strdup (words != NULL ? words : "failed");
}

static void
read_status (Reading *self,
             JsonObject *status)
{
  static const struct
  {
    const char *name;
    MosDelivery receipt;
  } table[] = {
    { "sent", MOS_DELIVERY_ACCEPTED },
    { "delivered", MOS_DELIVERY_DELIVERED },
    { "read", MOS_DELIVERY_READ },
    { "played", MOS_DELIVERY_READ },
    { "failed", MOS_DELIVERY_FAILED },
  };
  g_autofree char *id = dup_id (status, "id");
  g_autofree char *name = mos_json_read_dup_line (status, "status");
  g_autofree char *number = dup_id (status, "recipient_id");
  g_autofree char *user = dup_id (status, "recipient_user_id");
  g_autofree char *kind = mos_json_read_dup_line (status, "recipient_type");

  if (id == NULL || name == NULL || (number == NULL && user == NULL) || g_strcmp0 (kind, "group") == 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].name, name))
      {
        MosChatUpdate *update = update_new (MOS_CHAT_RECEIPT, number != NULL ? number : user, id, read_time (status));

        update->is_own = TRUE;
        update->receipt = table[i].receipt;
        /* What we gave it when we sent it: it says which one it is, also where the answer was lost. */
        update->client_key = dup_id (status, "biz_opaque_callback_data");
        if (update->receipt == MOS_DELIVERY_FAILED)
          read_failure (update, status);
        g_ptr_array_add (self->updates, update);
        return;
      }
}

/* --- a webhook --- */

static void
read_change (JsonObject *change,
             const char *number,
             GPtrArray *updates)
{
  Reading self = { .value = mos_json_read_object (change, "value"), .updates = updates };
  g_autofree char *field = mos_json_read_dup_line (change, "field");
  g_autofree char *ours = dup_id (mos_json_read_object (self.value, "metadata"), "phone_number_id");
  JsonArray *messages = mos_json_read_array (self.value, "messages"), *echoes = mos_json_read_array (self.value, "message_echoes");
  JsonArray *statuses = mos_json_read_array (self.value, "statuses");

  if (number != NULL && g_strcmp0 (ours, number) != 0)
    return;
  if (g_strcmp0 (field, "messages") == 0)
    {
      for (guint i = 0; i < mos_json_read_length (messages); i++)
        read_message (&self, mos_json_read_element (messages, i), FALSE);
      for (guint i = 0; i < mos_json_read_length (statuses); i++)
        read_status (&self, mos_json_read_element (statuses, i));
    }
  /* From the shop's own telephone (coexistence). */
  else if (g_strcmp0 (field, "smb_message_echoes") == 0)
    for (guint i = 0; i < mos_json_read_length (echoes); i++)
      read_message (&self, mos_json_read_element (echoes, i), TRUE);
}

gboolean
mos_whatsapp_parse (GBytes *body,
                    const char *number,
                    GPtrArray *updates,
                    GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonObject) root = mos_json_read_root (body, &local);
  JsonArray *entries = mos_json_read_array (root, "entry");

  if (entries == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, local != NULL ? local->message : "no webhook");
      return FALSE;
    }
  for (guint i = 0; i < mos_json_read_length (entries); i++)
    {
      JsonArray *changes = mos_json_read_array (mos_json_read_element (entries, i), "changes");

      for (guint c = 0; c < mos_json_read_length (changes); c++)
        read_change (mos_json_read_element (changes, c), number, updates);
    }
  return TRUE;
}
