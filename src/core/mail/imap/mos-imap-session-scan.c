/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include "core/mail/imap/mos-imap-arguments.h"

#include <string.h>

/* Of one command: servers refuse lines beyond 8 KiB and more, and a range is 22 characters at most. */
#define MAX_RANGES (4000 / 22)

/* --- UID SEARCH ------------------------------------------------------------------------------ */

gboolean
mos_imap_session_take_search (MosImapSession *self,
                              const MosImapResponse *response,
                              gpointer user_data,
                              GError **error)
{
  MosImapUidSet *set = user_data;

  if (strcmp (response->name, "SEARCH") == 0)
    {
      for (guint i = 0; i < response->items->len; i++)
        {
          guint64 uid;

          /* "(MODSEQ n)" may follow. */
          if (mos_imap_value_get_number (response->items->pdata[i], G_MAXUINT32, &uid))
            mos_imap_uid_set_add (set, (guint32) uid);
        }
      return TRUE;
    }
  if (strcmp (response->name, "ESEARCH") == 0)
    {
      for (guint i = 0; i + 1 < response->items->len; i++)
        if (mos_imap_value_is_atom (response->items->pdata[i], "ALL"))
          {
            const char *text = mos_imap_value_get_text (response->items->pdata[i + 1]);
            g_autoptr (MosImapUidSet) found = text != NULL ? mos_imap_uid_set_new_parse (text) : NULL;

            if (found == NULL)
              {
                g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The server's search result is not readable");
                return FALSE;
              }
            mos_imap_uid_set_add_set (set, found);
          }
      return TRUE;
    }
  return FALSE;
}

static MosImapUidSet *
search (MosImapSession *self,
        MosImapArguments *criteria,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (MosImapUidSet) found = mos_imap_uid_set_new ();

  if (!mos_imap_session_run (self, "UID SEARCH", criteria, mos_imap_session_take_search, found, NULL, cancellable, error))
    return NULL;
  return g_steal_pointer (&found);
}

MosImapArguments *
mos_imap_session_make_search_all (MosImapSession *self)
{
  return mos_imap_arguments_new (self->capabilities.esearch ? "RETURN (ALL) ALL" : "ALL");
}

typedef struct
{
  MosImapUidSet *found;
  gboolean is_told;
} SearchAll;

static gboolean
take_all (MosImapSession *self,
          const MosImapResponse *response,
          gpointer user_data,
          GError **error)
{
  SearchAll *all = user_data;

  if (!mos_imap_session_take_search (self, response, all->found, error))
    return FALSE;
  return all->is_told = TRUE;
}

/* An OK and not a word about what is there says nothing: all of it would be taken for removed. */
static MosImapUidSet *
search_all (MosImapSession *self,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (MosImapArguments) criteria = NULL;
  g_autoptr (MosImapUidSet) found = NULL;
  SearchAll all = { NULL, FALSE };

  if (self->ahead_uids != NULL)
    return g_steal_pointer (&self->ahead_uids);
  criteria = mos_imap_session_make_search_all (self);
  all.found = found = mos_imap_uid_set_new ();
  if (!mos_imap_session_run (self, "UID SEARCH", criteria, take_all, &all, NULL, cancellable, error))
    return NULL;
  if (all.is_told || self->selected.exists == 0)
    return g_steal_pointer (&found);
  g_set_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TEMPORARY, "%s has %u messages there and does not say which", self->server->host, self->selected.exists);
  return NULL;
}

MosImapUidSet *
mos_imap_session_find_header_sync (MosImapSession *self,
                                   const char *header,
                                   const char *value,
                                   GCancellable *cancellable,
                                   GError **error)
{
  g_autoptr (MosImapArguments) criteria = NULL;

  g_return_val_if_fail (self != NULL && header != NULL && value != NULL, NULL);

  /* RFC 6855 §3: with UTF8=ACCEPT naming a character set is an error; without it, 8 bits need one (RFC 3501 §6.4.4; rev2 has UTF-8 anyway). */
  criteria = mos_imap_arguments_new (!g_str_is_ascii (value) && !self->utf8 && self->capabilities.imap4rev1 ? "CHARSET UTF-8 HEADER " : "HEADER ");
  mos_imap_arguments_add_string (criteria, header);
  mos_imap_arguments_add (criteria, " ");
  if (self->utf8)
    mos_imap_arguments_add_utf8_string (criteria, value);
  else
    mos_imap_arguments_add_string (criteria, value);
  return search (self, criteria, cancellable, error);
}

MosImapUidSet *
mos_imap_session_find_message_id_sync (MosImapSession *self,
                                       const char *message_id,
                                       GCancellable *cancellable,
                                       GError **error)
{
  return mos_imap_session_find_header_sync (self, "Message-ID", message_id, cancellable, error);
}

/* --- UID FETCH without bodies ---------------------------------------------------------------- */

GStrv
mos_imap_uid_set_split (const MosImapUidSet *uids)
{
  g_autoptr (GStrvBuilder) chunks = g_strv_builder_new ();
  g_autoptr (MosImapUidSet) chunk = mos_imap_uid_set_new ();
  guint count = 0;
  const MosImapUidRange *ranges = mos_imap_uid_set_get_ranges (uids, &count);
  guint in_chunk = 0;

  for (guint i = 0; i < count; i++)
    {
      mos_imap_uid_set_add_range (chunk, ranges[i].first, ranges[i].last);
      if (++in_chunk < MAX_RANGES && i + 1 < count)
        continue;
      g_strv_builder_take (chunks, mos_imap_uid_set_to_string (chunk));
      g_clear_pointer (&chunk, mos_imap_uid_set_free);
      chunk = mos_imap_uid_set_new ();
      in_chunk = 0;
    }
  return g_strv_builder_end (chunks);
}

static gboolean
fetch_sets (MosImapSession *self,
            const MosImapUidSet *uids,
            const char *items,
            MosImapDataFunc func,
            gpointer user_data,
            GCancellable *cancellable,
            GError **error)
{
  g_auto (GStrv) chunks = mos_imap_uid_set_split (uids);

  for (gsize i = 0; chunks[i] != NULL; i++)
    {
      g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new (chunks[i]);

      mos_imap_arguments_add (arguments, items);
      if (!mos_imap_session_run (self, "UID FETCH", arguments, func, user_data, NULL, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_imap_session_read_planned (const MosImapResponse *response,
                               MosImapPlanned *ret_planned)
{
  MosImapFetchData data;

  if (!mos_imap_fetch_data_parse (&data, response) || !data.has_size)
    return FALSE;
  *ret_planned = (MosImapPlanned) { data.uid, data.size, data.received_us, data.flags, data.modseq };
  return TRUE;
}

typedef struct
{
  GArray *planned;           /* of MosImapPlanned */
  const MosImapUidSet *uids; /* borrowed */
  MosImapUidSet *seen;       /* (owned) */
} Plan;

/* "UID FETCH 101:*" and broken servers answer with others too (notes §5.3); a message answered twice is planned once. */
static void
plan_one (Plan *plan,
          const MosImapPlanned *planned)
{
  if (!mos_imap_uid_set_contains (plan->uids, planned->uid) || mos_imap_uid_set_contains (plan->seen, planned->uid))
    return;
  mos_imap_uid_set_add (plan->seen, planned->uid);
  g_array_append_vals (plan->planned, planned, 1);
}

static gboolean
take_planned (MosImapSession *self,
              const MosImapResponse *response,
              gpointer user_data,
              GError **error)
{
  Plan *plan = user_data;
  MosImapPlanned planned;

  if (!mos_imap_session_read_planned (response, &planned))
    return FALSE;
  plan_one (plan, &planned);
  return TRUE;
}

static gint
newest_first (gconstpointer a,
              gconstpointer b)
{
  const MosImapPlanned *one = a;
  const MosImapPlanned *two = b;

  return one->uid < two->uid ? 1 : one->uid > two->uid ? -1
                                                       : 0;
}

GArray *
mos_imap_session_plan_sync (MosImapSession *self,
                            const MosImapUidSet *uids,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GArray) planned = g_array_new (FALSE, FALSE, sizeof (MosImapPlanned));
  g_autoptr (MosImapUidSet) seen = mos_imap_uid_set_new ();
  g_autoptr (MosImapUidSet) left = NULL;
  g_autoptr (GArray) ahead = g_steal_pointer (&self->ahead_planned);
  Plan plan = { planned, uids, seen };

  g_return_val_if_fail (self != NULL && uids != NULL, NULL);

  for (guint i = 0; ahead != NULL && i < ahead->len; i++)
    plan_one (&plan, &g_array_index (ahead, MosImapPlanned, i));
  left = mos_imap_uid_set_subtract (uids, seen);
  if (!mos_imap_uid_set_is_empty (left) && !fetch_sets (self, left, MOS_IMAP_PLAN_ITEMS, take_planned, &plan, cancellable, error))
    return NULL;
  g_array_sort (planned, newest_first);
  return g_steal_pointer (&planned);
}

/* --- The difference -------------------------------------------------------------------------- */

void
mos_imap_diff_free (MosImapDiff *diff)
{
  if (diff == NULL)
    return;
  g_clear_pointer (&diff->added, mos_imap_uid_set_free);
  g_clear_pointer (&diff->removed, mos_imap_uid_set_free);
  g_clear_pointer (&diff->flags, g_array_unref);
  g_free (diff);
}

typedef struct
{
  GArray *flags;              /* of MosImapFlags */
  const MosImapUidSet *known; /* borrowed */
  guint64 max;
} FlagScan;

static gboolean
is_one_command (const MosImapUidSet *uids)
{
  guint count;

  mos_imap_uid_set_get_ranges (uids, &count);
  return count <= MAX_RANGES;
}

static gboolean
take_flags (MosImapSession *self,
            const MosImapResponse *response,
            gpointer user_data,
            GError **error)
{
  FlagScan *scan = user_data;
  MosImapFetchData data;
  MosImapFlags flags;

  if (!mos_imap_fetch_data_parse (&data, response) || !data.has_flags || data.uid == 0)
    return FALSE;
  if (!mos_imap_uid_set_contains (scan->known, data.uid))
    return TRUE;
  if (scan->flags->len >= scan->max)
    {
      g_set_error_literal (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL, "The server tells the same flags again and again");
      return FALSE;
    }
  flags.uid = data.uid;
  flags.flags = data.flags;
  flags.modseq = data.modseq;
  g_array_append_val (scan->flags, flags);
  return TRUE;
}

/* The flags of what the caller knows: all of them, or what changed since @known_modseq */
static GArray *
scan_flags (MosImapSession *self,
            const MosImapUidSet *known,
            guint64 known_modseq,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GArray) flags = NULL;
  g_autofree char *items = NULL;
  FlagScan scan;

  /* SELECT (QRESYNC …) told it already, once. */
  if (self->resync_from != 0 && self->resync_from == known_modseq)
    {
      self->resync_from = 0;
      return g_steal_pointer (&self->resync_flags);
    }
  self->resync_from = 0;

  flags = g_array_new (FALSE, FALSE, sizeof (MosImapFlags));
  if (mos_imap_uid_set_is_empty (known))
    return g_steal_pointer (&flags);

  if (self->selected.highestmodseq == 0)
    items = g_strdup (" (UID FLAGS)");
  else if (known_modseq == 0)
    items = g_strdup (" (UID FLAGS MODSEQ)");
  else
    items = g_strdup_printf (" (UID FLAGS) (CHANGEDSINCE %" G_GUINT64_FORMAT ")", known_modseq);
  /* What changes while it is told is told again; not all of it many times. */
  scan = (FlagScan) { flags, known, 4 * mos_imap_uid_set_get_count (known) + 1000 };
  if (!fetch_sets (self, known, items, take_flags, &scan, cancellable, error))
    return NULL;
  return g_steal_pointer (&flags);
}

MosImapDiff *
mos_imap_session_diff_sync (MosImapSession *self,
                            const MosImapUidSet *known,
                            guint64 known_modseq,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (MosImapDiff) diff = g_new0 (MosImapDiff, 1);
  g_autoptr (MosImapUidSet) server = NULL;
  g_autoptr (GArray) flags = NULL;
  const gboolean is_one = is_one_command (known);
  guint64 highest;

  g_return_val_if_fail (self != NULL && known != NULL, NULL);

  if (mos_imap_session_get_selected (self) == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "No folder is selected");
      return NULL;
    }

  /* Whatever the server said until now, this looks at. */
  self->pending = 0;

  /* Flags first, then the UIDs: then everything up to the highest modseq of the flags is in the list of UIDs too. Not where it took several commands to ask for
   * them: what the first of them told may have changed before what the last one tells. Then the modseq of SELECT counts, and some of it is told again. */
  highest = self->selected.highestmodseq;
  flags = scan_flags (self, known, known_modseq, cancellable, error);
  if (flags == NULL)
    return NULL;
  server = search_all (self, cancellable, error);
  if (server == NULL)
    return NULL;

  diff->added = mos_imap_uid_set_subtract (server, known);
  diff->removed = mos_imap_uid_set_subtract (known, server);
  diff->flags = g_array_new (FALSE, FALSE, sizeof (MosImapFlags));
  for (guint i = 0; i < flags->len; i++)
    {
      const MosImapFlags *one = &g_array_index (flags, MosImapFlags, i);

      if (is_one)
        highest = MAX (highest, one->modseq);
      if (mos_imap_uid_set_contains (known, one->uid) && mos_imap_uid_set_contains (server, one->uid))
        g_array_append_vals (diff->flags, one, 1);
    }
  if (self->selected.highestmodseq != 0)
    {
      /* A change of a message removed meanwhile may have been the highest; it is in no answer and in no hurry. */
      diff->highestmodseq = highest;
      self->selected.highestmodseq = highest;
    }
  return g_steal_pointer (&diff);
}
