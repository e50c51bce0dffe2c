/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-delivery-keys.h"

#include "core/base/mos-domain.h"
#include "core/channels/email/mos-email-delivery.h"
#include "core/mail/delivery/mos-dkim.h"
#include "core/mail/mime/mos-mime-head.h"
#include "core/store/mos-store-correspondents.h"
#include "core/store/mos-store-folders.h"
#include "core/store/mos-store-messages.h"

/* Where it is written down which keys were seen last, among the account's cursors. */
#define CURSOR_KEYS "dkim-keys"
/* A server signs with one or two; keys of years ago are taken back, and say nothing of today. */
#define MAX_MAILS 5u
#define MAX_KEYS 4u

static void
add_keys (GPtrArray *keys,
          const char *const *found)
{
  for (guint i = 0; found[i] != NULL && keys->len < MAX_KEYS; i++)
    if (!g_ptr_array_find_with_equal_func (keys, found[i], g_str_equal, NULL))
      g_ptr_array_add (keys, g_strdup (found[i]));
}

static GStrv
end_keys (GPtrArray *keys)
{
  g_ptr_array_add (keys, NULL);
  return (GStrv) g_ptr_array_free (keys, FALSE);
}

GStrv
mos_delivery_read_keys (GBytes *raw,
                        const char *const *domains)
{
  g_autoptr (GPtrArray) headers = mos_mime_list_headers (raw);
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < headers->len; i++)
    {
      const MosMimeHeader *header = headers->pdata[i];

      for (guint j = 0; domains[j] != NULL && g_ascii_strcasecmp (header->name, "DKIM-Signature") == 0; j++)
        {
          g_autofree char *name = mos_dkim_find_name (header->value, domains[j]);
          const char *one[] = { name, NULL };

          add_keys (keys, one);
        }
    }
  return end_keys (keys);
}

gboolean
mos_delivery_find_keys (MosTxn *txn,
                        const MosAccount *account,
                        GStrv *ret_keys,
                        GError **error)
{
  g_auto (GStrv) domains = mos_email_delivery_domains (account);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *noted = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) shown = NULL;

  if (!mos_store_cursor_get (txn, account->id, CURSOR_KEYS, &noted, error))
    return FALSE;
  if (noted != NULL)
    {
      g_auto (GStrv) known = g_strsplit (noted, "\n", -1);

      add_keys (keys, (const char *const *) known);
      *ret_keys = end_keys (g_steal_pointer (&keys));
      return TRUE;
    }
  for (guint i = 0; domains[i] != NULL; i++)
    g_strv_builder_take (builder, mos_domain_to_shown (domains[i]));
  shown = g_strv_builder_end (builder);
  ids = mos_store_correspondents_list_mails_from (txn, account->id, (const char *const *) shown, MAX_MAILS, error);
  if (ids == NULL)
    return FALSE;
  /* One newer mail that is signed says what is used now. */
  for (guint i = 0; i < ids->len && keys->len == 0; i++)
    {
      g_autoptr (GBytes) raw = NULL;
      g_auto (GStrv) found = NULL;

      if (!mos_store_message_load_raw (txn, ids->pdata[i], &raw, error))
        return FALSE;
      if (raw == NULL)
        continue;
      found = mos_delivery_read_keys (raw, (const char *const *) domains);
      add_keys (keys, (const char *const *) found);
    }
  *ret_keys = end_keys (g_steal_pointer (&keys));
  return TRUE;
}

gboolean
mos_delivery_note_keys (MosTxn *txn,
                        const char *account,
                        const char *const *keys,
                        GError **error)
{
  g_autofree char *text = g_strjoinv ("\n", (char **) keys);

  return *text == '\0' || mos_store_cursor_set (txn, account, CURSOR_KEYS, text, error);
}
