/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include <string.h>

#define MAX_ALERTS 20
/* Messages whose flags SELECT tells unasked */
#define MAX_RESYNC 2000000

static char *
join_words (const GPtrArray *items)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const char *word = mos_imap_value_get_text (items->pdata[i]);

      if (word != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", word);
    }
  return g_string_free (text, FALSE);
}

static void
take_capabilities (MosImapSession *self,
                   const GPtrArray *items)
{
  g_autofree char *text = join_words (items);

  mos_imap_capabilities_parse (&self->capabilities, text);
}

void
mos_imap_session_reset_selected (MosImapSession *self)
{
  memset (&self->selected, 0, sizeof self->selected);
  /* RFC 9051 §7.1: a server that names no PERMANENTFLAGS keeps all flags. */
  self->selected.permanent_flags = MOS_MESSAGE_FLAG_SEEN | MOS_MESSAGE_FLAG_ANSWERED | MOS_MESSAGE_FLAG_FLAGGED | MOS_MESSAGE_FLAG_DELETED | MOS_MESSAGE_FLAG_DRAFT;
  self->pending = 0;
}

/* The code of any status response, tagged or not */
void
mos_imap_session_take_code (MosImapSession *self,
                            const MosImapResponse *response)
{
  const MosImapValue *first = mos_imap_items_get (response->code_items, 0);
  guint64 number;

  /* Unasked these are warnings ("* NO [OVERQUOTA] Mailbox is at 98% of quota"); as answers they become the command's error. */
  static const char *const warnings[] = { "OVERQUOTA", "UNAVAILABLE", "THROTTLED", "EXPIRED", "CONTACTADMIN", NULL };

  if (response->code == NULL)
    return;

  if (strcmp (response->code, "ALERT") == 0 || (response->kind == MOS_IMAP_RESPONSE_UNTAGGED && g_strv_contains (warnings, response->code)))
    {
      if (self->alerts->len < MAX_ALERTS && *response->text != '\0')
        g_ptr_array_add (self->alerts, g_strdup (response->text));
    }
  else if (strcmp (response->code, "CAPABILITY") == 0)
    take_capabilities (self, response->code_items);
  else if (strcmp (response->code, "CLOSED") == 0)
    {
      /* What came before belongs to the folder that was selected until now. */
      if (self->resync_flags != NULL)
        g_array_set_size (self->resync_flags, 0);
      mos_imap_session_reset_selected (self);
    }
  else if (strcmp (response->code, "UIDVALIDITY") == 0)
    {
      if (self->selecting && mos_imap_value_get_number (first, G_MAXUINT32, &number))
        self->selected.uidvalidity = (guint32) number;
    }
  else if (strcmp (response->code, "UIDNEXT") == 0)
    {
      if (mos_imap_value_get_number (first, G_MAXUINT32, &number))
        self->selected.uidnext = (guint32) number;
    }
  else if (strcmp (response->code, "HIGHESTMODSEQ") == 0)
    {
      /* A server that does not offer CONDSTORE is not to be asked with it, although Cyrus tells this even then. Outside SELECT it comes with changes that the caller has not stored yet; mos_imap_session_diff_sync() finds its own. */
      if (self->selecting && self->capabilities.condstore && mos_imap_value_get_number (first, G_MAXINT64, &number))
        self->selected.highestmodseq = number;
    }
  else if (strcmp (response->code, "NOMODSEQ") == 0)
    {
      /* "* OK [NOMODSEQ] Sorry, this mailbox format doesn't support modsequences" */
      self->quirks.no_modseq = TRUE;
      self->selected.highestmodseq = 0;
    }
  else if (strcmp (response->code, "PERMANENTFLAGS") == 0)
    {
      self->selected.permanent_flags = mos_imap_flags_parse (first);
      self->selected.can_keywords = FALSE;
      for (guint i = 0; first != NULL && first->items != NULL && i < first->items->len; i++)
        self->selected.can_keywords |= mos_imap_value_is_atom (first->items->pdata[i], "\\*");
    }
  else if (strcmp (response->code, "NOTIFICATIONOVERFLOW") == 0)
    mos_imap_session_stop_news (self);
  else if (strcmp (response->code, "READ-ONLY") == 0)
    self->selected.read_only = TRUE;
  else if (strcmp (response->code, "READ-WRITE") == 0)
    self->selected.read_only = FALSE;
}

static void
take_vanished (MosImapSession *self,
               const MosImapResponse *response)
{
  gboolean earlier = FALSE;

  for (guint i = 0; i < response->items->len; i++)
    {
      const MosImapValue *value = response->items->pdata[i];

      if (value->kind == MOS_IMAP_VALUE_LIST)
        earlier |= mos_imap_value_is_atom (mos_imap_items_get (value->items, 0), "EARLIER");
      else if (!earlier)
        {
          const char *text = mos_imap_value_get_text (value);
          g_autoptr (MosImapUidSet) set = text != NULL ? mos_imap_uid_set_new_parse (text) : NULL;
          guint64 count = set != NULL ? mos_imap_uid_set_get_count (set) : 0;

          self->selected.exists -= (guint32) MIN (count, self->selected.exists);
          self->pending |= MOS_IMAP_WAKE_REMOVED;
        }
    }
}

static void
take_fetch (MosImapSession *self,
            const MosImapResponse *response)
{
  MosImapFetchData data;

  if (!mos_imap_fetch_data_parse (&data, response) || !data.has_flags)
    return;

  if (self->selecting && self->resync_flags != NULL && data.uid != 0)
    {
      MosImapFlags flags = { data.uid, data.flags, data.modseq };

      g_array_append_val (self->resync_flags, flags);
      /* Beyond that something is wrong, and a scan will tell the flags. */
      if (self->resync_flags->len == MAX_RESYNC)
        g_clear_pointer (&self->resync_flags, g_array_unref);
    }
  else
    self->pending |= MOS_IMAP_WAKE_FLAGS;
}

/* Everything untagged that is no status and that no caller was waiting for */
gboolean
mos_imap_session_take_untagged (MosImapSession *self,
                                const MosImapResponse *response,
                                GError **error)
{
  if (response->has_number && strcmp (response->name, "EXISTS") == 0)
    {
      if (!self->selecting && response->number > self->selected.exists)
        self->pending |= MOS_IMAP_WAKE_NEW;
      self->selected.exists = response->number;
    }
  else if (response->has_number && strcmp (response->name, "EXPUNGE") == 0)
    {
      self->selected.exists -= self->selected.exists > 0 ? 1 : 0;
      self->pending |= MOS_IMAP_WAKE_REMOVED;
    }
  else if (strcmp (response->name, "VANISHED") == 0)
    take_vanished (self, response);
  else if (strcmp (response->name, "FETCH") == 0)
    take_fetch (self, response);
  else if (strcmp (response->name, "CAPABILITY") == 0)
    take_capabilities (self, response->items);
  else if (strcmp (response->name, "ENABLED") == 0)
    {
      for (guint i = 0; i < response->items->len; i++)
        {
          self->qresync |= mos_imap_value_is_atom (response->items->pdata[i], "QRESYNC");
          self->utf8 |= mos_imap_value_is_atom (response->items->pdata[i], "UTF8=ACCEPT");
        }
    }
  else if (strcmp (response->name, "ID") == 0)
    {
      g_autofree char *line = mos_imap_response_describe (response);

      mos_imap_quirks_learn (&self->quirks, line, &self->capabilities);
    }
  else if (strcmp (response->name, "STATUS") == 0)
    mos_imap_session_take_news (self, response);
  /* FLAGS, RECENT and whatever a server invents: nothing to do */
  return TRUE;
}
