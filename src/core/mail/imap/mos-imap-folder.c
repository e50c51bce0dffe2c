/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-folder.h"

#include <string.h>

void
mos_imap_folder_free (MosImapFolder *self)
{
  if (self == NULL)
    return;
  g_free (self->mailbox);
  g_free (self->name);
  g_free (self);
}

const MosImapFolder *
mos_imap_folders_find_role (GPtrArray *folders,
                            MosFolderRole role)
{
  const MosImapFolder *guess = NULL;

  for (guint i = 0; i < folders->len; i++)
    {
      const MosImapFolder *folder = folders->pdata[i];

      /* Somebody else's Sent is not where this person's mail goes. */
      if (!folder->can_select || folder->owner != MOS_IMAP_OWNER_SELF)
        continue;
      if (folder->role == role)
        return folder;
      /* "Sent" before "Projects/old/Sent" */
      if (folder->guessed_role == role && (guess == NULL || strlen (folder->mailbox) < strlen (guess->mailbox)))
        guess = folder;
    }
  return guess;
}

void
mos_imap_namespace_free (MosImapNamespace *self)
{
  if (self == NULL)
    return;
  g_free (self->prefix);
  g_free (self);
}

const MosImapNamespace *
mos_imap_namespaces_find (GPtrArray *namespaces,
                          const char *mailbox)
{
  const MosImapNamespace *found = NULL;
  gsize longest = 0;

  for (guint i = 0; namespaces != NULL && i < namespaces->len; i++)
    {
      const MosImapNamespace *one = namespaces->pdata[i];
      gsize length = strlen (one->prefix);
      gboolean matches = g_str_has_prefix (mailbox, one->prefix);

      /* "user" itself stands in the list too, beside "user.ann" below the prefix "user.". */
      if (!matches && length > 1 && one->prefix[length - 1] == one->delimiter)
        matches = strlen (mailbox) == length - 1 && strncmp (mailbox, one->prefix, length - 1) == 0;
      if (matches && (found == NULL || length > longest))
        {
          found = one;
          longest = length;
        }
    }
  return found;
}
