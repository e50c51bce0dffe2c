/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-person-own.h"

#include "core/base/mos-text.h"
#include "core/store/mos-store-customer-erase.h"
#include "core/store/mos-store-messages.h"

#include <string.h>

struct _MosPersonOwn
{
  GHashTable *others; /* (owned) of ids: messages in their conversations that are somebody else's */
  GHashTable *alone;  /* (owned) of addresses that nobody else has */
  GHashTable *known;  /* (owned) of all they write from, a family's, too */
};

static GHashTable *
set_of (GPtrArray *texts)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < texts->len; i++)
    g_hash_table_add (set, g_strdup (g_ptr_array_index (texts, i)));
  return set;
}

gboolean
mos_person_own_load (MosTxn *txn,
                     const MosCustomerRow *customer,
                     MosPersonOwn **ret_own,
                     GError **error)
{
  g_autoptr (GPtrArray) others = mos_store_customer_list_guests (txn, customer->id, error);
  g_autoptr (GPtrArray) alone = others != NULL ? mos_store_customer_list_own_addresses (txn, customer->id, error) : NULL;
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  if (alone == NULL)
    return FALSE;
  for (guint i = 0; i < customer->identities->len; i++)
    g_ptr_array_add (known, ((const MosIdentity *) customer->identities->pdata[i])->value);
  *ret_own = g_new0 (MosPersonOwn, 1);
  (*ret_own)->others = set_of (others);
  (*ret_own)->alone = set_of (alone);
  (*ret_own)->known = set_of (known);
  return TRUE;
}

void
mos_person_own_free (MosPersonOwn *self)
{
  g_hash_table_unref (self->others);
  g_hash_table_unref (self->alone);
  g_hash_table_unref (self->known);
  g_free (self);
}

static gboolean
has_any (GHashTable *wanted,
         GPtrArray *addresses)
{
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      g_autofree char *address = mos_text_canonical_address (((const MosAddress *) g_ptr_array_index (addresses, i))->address);

      if (g_hash_table_contains (wanted, address))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_to_any (GHashTable *wanted,
           const MosMessageRow *message)
{
  return has_any (wanted, message->to) || has_any (wanted, message->cc) || has_any (wanted, message->bcc);
}

gboolean
mos_person_own_names_others (MosPersonOwn *self,
                             const MosMessageRow *message)
{
  for (guint i = 0; message->bcc != NULL && i < message->bcc->len; i++)
    {
      g_autofree char *address = mos_text_canonical_address (((const MosAddress *) g_ptr_array_index (message->bcc, i))->address);

      if (!g_hash_table_contains (self->alone, address))
        return TRUE;
    }
  return FALSE;
}

/* Returns: (nullable): what the message at @position answers: the one it names, else the last one from outside before it */
static const MosMessageRow *
find_answered (GPtrArray *messages,
               guint position)
{
  const MosMessageRow *message = g_ptr_array_index (messages, position), *last = NULL;
  const char *reply_to = message->about != NULL ? message->about->reply_to : NULL;

  for (guint i = 0; i < messages->len; i++)
    {
      const MosMessageRow *other = g_ptr_array_index (messages, i);

      if (other->direction != MOS_DIRECTION_INCOMING)
        continue;
      if (g_strcmp0 (other->id, reply_to) == 0 || (message->in_reply_to != NULL && g_strcmp0 (other->message_id, message->in_reply_to) == 0))
        return other;
      if (i < position)
        last = other;
    }
  return last;
}

/* @others: of ids: what is not theirs in the conversation */
static gboolean
is_for_them (MosPersonOwn *self,
             GHashTable *others,
             GPtrArray *messages,
             guint position)
{
  const MosMessageRow *message = g_ptr_array_index (messages, position), *answered;

  if (is_to_any (self->alone, message))
    return TRUE;
  /* A mail says who gets it (whose it is taken for is the first whose address that is); what is written in a chat goes to whoever is there. */
  if (message->message_id != NULL ? !is_to_any (self->known, message) : g_hash_table_contains (others, message->id))
    return FALSE;
  answered = find_answered (messages, position);
  return answered != NULL && !g_hash_table_contains (others, answered->id);
}

static gboolean
is_theirs (MosPersonOwn *self,
           GHashTable *others,
           GPtrArray *messages,
           guint position)
{
  const MosMessageRow *message = g_ptr_array_index (messages, position);

  if (message->direction == MOS_DIRECTION_INCOMING)
    return !g_hash_table_contains (others, message->id);
  return message->direction == MOS_DIRECTION_OUTGOING && is_for_them (self, others, messages, position);
}

/* What of @conversation is theirs, who are guests there. @written: of ids: what they wrote there */
static gboolean
add_guest (MosTxn *txn,
           MosPersonOwn *self,
           const char *conversation,
           GHashTable *written,
           GPtrArray *ids,
           GError **error)
{
  g_autoptr (GPtrArray) messages = mos_store_message_list_of_conversation (txn, conversation, error);
  g_autoptr (GHashTable) others = g_hash_table_new (g_str_hash, g_str_equal);

  if (messages == NULL)
    return FALSE;
  for (guint i = 0; i < messages->len; i++)
    if (!g_hash_table_contains (written, ((MosMessageRow *) messages->pdata[i])->id))
      g_hash_table_add (others, ((MosMessageRow *) messages->pdata[i])->id);
  for (guint i = 0; i < messages->len; i++)
    {
      const MosMessageRow *message = g_ptr_array_index (messages, i);

      /* Of ours, only its address and what it answers tell. */
      if (message->direction == MOS_DIRECTION_OUTGOING)
        g_hash_table_remove (others, message->id);
      if (is_theirs (self, others, messages, i))
        g_ptr_array_add (ids, g_strdup (message->id));
    }
  return TRUE;
}

GPtrArray *
mos_person_own_list_elsewhere (MosTxn *txn,
                               MosPersonOwn *self,
                               const char *customer,
                               GError **error)
{
  g_autoptr (GPtrArray) written = mos_store_customer_list_elsewhere (txn, customer, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) set = written != NULL ? set_of (written) : NULL;
  g_autofree char *last = NULL;

  for (guint i = 0; written != NULL && i < written->len; i++)
    {
      g_autoptr (MosMessageRow) message = NULL;

      if (!mos_store_message_find (txn, written->pdata[i], &message, error))
        return NULL;
      /* They come by conversation. */
      if (message == NULL || g_strcmp0 (message->conversation, last) == 0)
        continue;
      g_set_str (&last, message->conversation);
      if (!add_guest (txn, self, last, set, ids, error))
        return NULL;
    }
  return written != NULL ? g_steal_pointer (&ids) : NULL;
}

/* As it left, it says what became of it at each who got it. */
static void
leave_out_hidden (MosPersonOwn *self,
                  MosMessageRow *message)
{
  for (guint i = message->results != NULL ? message->results->len : 0; i-- > 0;)
    {
      const char *of = ((const MosRecipientResult *) g_ptr_array_index (message->results, i))->address;
      g_autofree char *address = mos_text_canonical_address (of);

      for (guint n = 0; n < message->bcc->len && !g_hash_table_contains (self->alone, address); n++)
        if (g_ascii_strcasecmp (((const MosAddress *) g_ptr_array_index (message->bcc, n))->address, of) == 0)
          {
            g_ptr_array_remove_index (message->results, i);
            break;
          }
    }
}

guint
mos_person_own_filter (MosPersonOwn *self,
                       GPtrArray *messages)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  gboolean is_shared = FALSE;
  guint n_left_out = 0;

  for (guint i = 0; i < messages->len; i++)
    {
      MosMessageRow *message = g_ptr_array_index (messages, i);

      is_shared |= g_hash_table_contains (self->others, message->id);
      if (mos_person_own_names_others (self, message))
        leave_out_hidden (self, message);
    }
  if (!is_shared)
    return 0;
  for (guint i = 0; i < messages->len; i++)
    {
      MosMessageRow *message = g_ptr_array_index (messages, i);

      if (is_theirs (self, self->others, messages, i))
        {
          g_clear_pointer (&message->reactions, g_ptr_array_unref);
          g_ptr_array_add (kept, mos_message_row_ref (message));
        }
      else if (message->direction != MOS_DIRECTION_EVENT)
        n_left_out++;
    }
  g_ptr_array_set_size (messages, 0);
  for (guint i = 0; i < kept->len; i++)
    g_ptr_array_add (messages, g_ptr_array_index (kept, i));
  return n_left_out;
}
