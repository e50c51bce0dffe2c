/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-meta"

#include "config.h"

#include "core/channels/meta/mos-messenger-private.h"

#include "core/base/mos-json-read.h"

#include <string.h>

/* Cursors, by their clock: what was written from then on is news; up to where the list was read; and up to where it was when all of it had been read: what is older than
 * that is here, in whichever conversation. */
#define BEGIN "begin"
#define SINCE "since"
#define FLOOR "floor"
/* Their times count seconds: what was read within the one that its newest message is of may have got another since. */
#define SETTLED_US (3 * G_USEC_PER_SEC)
/* So much of what was there before is taken in when an account is new. */
#define HISTORY_US (30 * G_TIME_SPAN_DAY)
/* The list is not a clock: what changed is read again for so long. */
#define OVERLAP_US (10 * G_TIME_SPAN_MINUTE)
/* What another program sent in our name is taken in after this: until then it may be one of ours whose answer is on its way. */
#define GRACE_US (3 * G_TIME_SPAN_MINUTE)
#define THREADS_PER_PAGE 50u
#define MAX_PAGES 100u
/* Conversations of one batch: each is a question, and two are asked a second. */
#define THREADS_AT_ONCE 20
/* Details are told of this many messages of a conversation. */
#define DETAILED 20
#define OLDER_PER_PAGE 50
#define MAX_OLDER_PAGES 20
/* One that cannot be read is tried again after this, after twice that, and so on; a passing trouble counts as one of its own only after so many times. */
#define BAD_WAIT_US G_TIME_SPAN_MINUTE
#define BAD_MAX_DOUBLED 8
#define BAD_PASSING 5
/* So long nothing of it is passed by; then it is given up, as far as it has come until then. */
#define BAD_KEPT_US (7 * G_TIME_SPAN_DAY)
/* Of no more messages it is remembered that they were taken; the desk knows them all. */
#define MAX_TAKEN 20000

/* What a look goes by */
typedef struct
{
  MosMessengerChannel *self;
  MosMessengerSession *session;
  guint *ret_retry_ms;
  GCancellable *cancellable;
  gint64 begin_us;
  gint64 since_us;
  gint64 floor_us;
  GPtrArray *listed; /* (owned) of char*: ids of some conversations, whether they changed or not */
  guint n_read;
  GPtrArray *old;  /* (owned) of MosChatUpdate */
  GPtrArray *news; /* (owned) of MosChatUpdate */
} Look;

/* A conversation that cannot be read: how often that was tried, when it is again (monotonic), and what of it changed when (their clock) */
typedef struct
{
  guint n;
  gint64 until_us;
  gint64 updated_us;
} MosMessengerBad;

static void
remember (GHashTable *table,
          const char *id,
          gint64 us)
{
  gint64 *value = g_new (gint64, 1);

  *value = us;
  g_hash_table_replace (table, g_strdup (id), value);
}

/* Their clock counts: it is their times that are compared with it. */
static gint64
now_us (Look *look)
{
  gint64 theirs = mos_graph_get_now_us (look->session->graph);

  return theirs != 0 ? theirs : mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (look->self)));
}

/* One question, in its turn. Returns: (transfer full) (nullable) */
static JsonObject *
ask (Look *look,
     const char *path,
     GError **error)
{
  MosMessengerSession *session = look->session;
  JsonObject *answer;

  if (!mos_messenger_pace (look->self, look->cancellable, error))
    return NULL;
  answer = mos_graph_get_sync (session->graph, path, look->ret_retry_ms, look->cancellable, error);
  mos_messenger_note_answer (look->self);
  if (mos_graph_get_pause_ms (session->graph) > 0)
    session->rest_until_us = g_get_monotonic_time () + (gint64) mos_graph_get_pause_ms (session->graph) * 1000;
  return answer;
}

/* --- which conversations --- */

static gboolean
is_changed (Look *look,
            const MosMessengerThread *thread)
{
  const gint64 *asked_us = g_hash_table_lookup (look->session->asked, thread->id);
  const gint64 *due_us = g_hash_table_lookup (look->session->due, thread->id);
  const MosMessengerBad *bad = g_hash_table_lookup (look->session->bad, thread->id);

  if (bad != NULL && bad->until_us > g_get_monotonic_time ())
    return FALSE;
  return asked_us == NULL || *asked_us != thread->updated_us || (due_us != NULL && *due_us <= g_get_monotonic_time ());
}

static gint
compare_updated (gconstpointer one,
                 gconstpointer other)
{
  const MosMessengerThread *a = *(const MosMessengerThread *const *) one;
  const MosMessengerThread *b = *(const MosMessengerThread *const *) other;

  return a->updated_us < b->updated_us ? -1 : a->updated_us > b->updated_us;
}

/* The list tells the newest first, and so it does those of one second. */
static void
sort_threads (GPtrArray *threads)
{
  for (guint i = 0; i < threads->len / 2; i++)
    {
      gpointer other = threads->pdata[threads->len - 1 - i];

      threads->pdata[threads->len - 1 - i] = threads->pdata[i];
      threads->pdata[i] = other;
    }
  g_ptr_array_sort (threads, compare_updated);
}

static void
add_page (Look *look,
          MosMessengerPage *page,
          GHashTable *seen,
          GPtrArray *threads,
          gboolean *ret_is_behind)
{
  gint64 from_us = look->since_us - OVERLAP_US;

  *ret_is_behind = page->rows->len == 0;
  while (page->rows->len > 0)
    {
      g_autoptr (MosMessengerThread) thread = g_ptr_array_steal_index (page->rows, 0);

      /* The last one of a page says whether there may be more of interest behind it. */
      *ret_is_behind = thread->updated_us != 0 && thread->updated_us < from_us;
      if (look->listed->len < 2)
        g_ptr_array_add (look->listed, g_strdup (thread->id));
      /* A list that moves while it is read tells some twice. */
      if (*ret_is_behind || !g_hash_table_add (seen, g_strdup (thread->id)) || !is_changed (look, thread))
        continue;
      g_ptr_array_add (threads, g_steal_pointer (&thread));
    }
}

/* Returns: (transfer full) (nullable): array of #MosMessengerThread that changed, oldest first */
static GPtrArray *
list_threads (Look *look,
              GError **error)
{
  const MosMessengerSelf *who = look->session->who;
  g_autoptr (GPtrArray) threads = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_messenger_thread_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *after = NULL;

  for (guint i = 0; i < MAX_PAGES; i++)
    {
      g_autofree char *coded = after != NULL ? g_uri_escape_string (after, NULL, FALSE) : NULL;
      g_autofree char *path = g_strdup_printf ("%s/conversations?platform=%s&fields=id,updated_time,participants&limit=%u%s%s", who->page != NULL ? who->page : "me", who->kind, THREADS_PER_PAGE,
                                               coded != NULL ? "&after=" : "", coded != NULL ? coded : "");
      g_autoptr (JsonObject) answer = ask (look, path, error);
      g_autoptr (MosMessengerPage) page = NULL;
      gboolean is_behind;

      if (answer == NULL)
        return NULL;
      if (look->begin_us == 0)
        {
          look->begin_us = now_us (look) - OVERLAP_US;
          look->since_us = now_us (look) - HISTORY_US;
          look->floor_us = look->since_us;
        }
      page = mos_messenger_parse_threads (answer, who, error);
      if (page == NULL)
        return NULL;
      add_page (look, page, seen, threads, &is_behind);
      if (is_behind || page->after == NULL)
        {
          sort_threads (threads);
          return g_steal_pointer (&threads);
        }
      g_set_str (&after, page->after);
    }
  g_warning ("More than %u pages of conversations at once; the oldest are left out", MAX_PAGES);
  sort_threads (threads);
  return g_steal_pointer (&threads);
}

/* --- what was written --- */

/* What is listed cannot be had, whoever asks */
static gboolean
is_about_content (const GError *error)
{
  return g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED) || g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE);
}

/* The newest messages, with all that is told of them. Returns: (transfer full) (nullable) */
static MosMessengerPage *
read_newest (Look *look,
             const char *thread,
             GError **error)
{
  g_autofree char *id = g_uri_escape_string (thread, NULL, FALSE);

  for (;;)
    {
      g_autofree char *path = g_strdup_printf ("%s?fields=messages.limit(%d)%%7B%s%%7D", id, DETAILED, mos_messenger_fields (look->session->fields));
      g_autoptr (GError) local = NULL;
      g_autoptr (JsonObject) answer = ask (look, path, &local);

      if (answer != NULL)
        return mos_messenger_parse_messages (answer, error);
      /* "100: Tried accessing nonexisting field": what this version does not know is done without. */
      if (!g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED) || !g_str_has_prefix (local->message, "100: ") || strstr (local->message, "field") == NULL ||
          mos_messenger_fields (look->session->fields + 1) == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_debug ("Fewer members are asked for: %s", local->message);
      look->session->fields++;
    }
}

/* Those behind @after: with details where they are told, else no more than that they are there. */
static MosMessengerPage *
read_older (Look *look,
            const char *thread,
            const char *after,
            GError **error)
{
  g_autofree char *id = g_uri_escape_string (thread, NULL, FALSE);
  g_autofree char *coded = g_uri_escape_string (after, NULL, FALSE);

  for (;;)
    {
      const char *fields = look->session->is_plain ? "id,created_time" : mos_messenger_fields (look->session->fields);
      g_autofree char *path = g_strdup_printf ("%s/messages?fields=%s&limit=%d&after=%s", id, fields, OLDER_PER_PAGE, coded);
      g_autoptr (GError) local = NULL;
      g_autoptr (JsonObject) answer = ask (look, path, &local);

      if (answer != NULL)
        return mos_messenger_parse_messages (answer, error);
      if (look->session->is_plain || !is_about_content (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      look->session->is_plain = TRUE;
    }
}

/* When the oldest of @page was written; 0 = there is none */
static gint64
find_oldest (MosMessengerPage *page)
{
  gint64 oldest_us = 0;

  for (guint i = 0; i < page->rows->len; i++)
    {
      gint64 at_us = mos_messenger_parse_time (page->rows->pdata[i], "created_time");

      if (at_us != 0 && (oldest_us == 0 || at_us < oldest_us))
        oldest_us = at_us;
    }
  return oldest_us;
}

/* Behind the oldest of @rows is something that cannot even be listed: one stands for all of it. */
static void
add_gap (GPtrArray *rows)
{
  JsonObject *last = rows->len > 0 ? rows->pdata[rows->len - 1] : NULL;
  g_autofree char *id = mos_json_read_dup_line (last, "id");
  g_autofree char *time = mos_json_read_dup_line (last, "created_time");
  g_autofree char *before = id != NULL ? g_strconcat ("before-", id, NULL) : NULL;
  JsonObject *gap;

  if (before == NULL || time == NULL)
    return;
  gap = json_object_new ();
  json_object_set_string_member (gap, "id", before);
  json_object_set_string_member (gap, "created_time", time);
  g_ptr_array_add (rows, gap);
}

/* All that was written since the list was read, however much. @rows: (inout): newest first */
static gboolean
read_rows (Look *look,
           const char *thread,
           GPtrArray *rows,
           GError **error)
{
  gint64 floor_us = MAX (look->begin_us, look->floor_us - OVERLAP_US);
  g_autoptr (MosMessengerPage) page = read_newest (look, thread, error);

  for (guint i = 0; page != NULL; i++)
    {
      gboolean goes_on = page->after != NULL && find_oldest (page) > floor_us;
      g_autofree char *after = goes_on ? g_strdup (page->after) : NULL;
      g_autoptr (GError) local = NULL;

      for (guint r = 0; r < page->rows->len; r++)
        {
          gint64 at_us = mos_messenger_parse_time (page->rows->pdata[r], "created_time");

          if (i == 0 || at_us == 0 || at_us > floor_us)
            g_ptr_array_add (rows, json_object_ref (page->rows->pdata[r]));
        }
      if (!goes_on)
        return TRUE;
      g_clear_pointer (&page, mos_messenger_page_free);
      if (i < MAX_OLDER_PAGES)
        page = read_older (look, thread, after, &local);
      if (i >= MAX_OLDER_PAGES || (page == NULL && is_about_content (local)))
        {
          add_gap (rows);
          return TRUE;
        }
      if (page == NULL)
        g_propagate_error (error, g_steal_pointer (&local));
    }
  return FALSE;
}

static MosChatPerson *
choose_person (Look *look,
               const MosMessengerThread *thread,
               GPtrArray *rows)
{
  const MosMessengerSelf *who = look->session->who;

  if (thread->person != NULL)
    return mos_chat_person_ref (thread->person);
  for (guint i = 0; i < rows->len; i++)
    {
      MosChatPerson *person = mos_messenger_find_person (rows->pdata[i], who);

      if (person != NULL)
        return person;
    }
  /* Nobody says who it is; what is written is kept all the same. */
  return mos_chat_person_make (who->kind, who->id, thread->id, NULL);
}

/* In @wait_us, or earlier where that was said before */
static void
read_again (Look *look,
            const MosMessengerThread *thread,
            gint64 wait_us)
{
  const gint64 *due_us = g_hash_table_lookup (look->session->due, thread->id);
  gint64 at_us = g_get_monotonic_time () + wait_us;

  if (due_us == NULL || *due_us > at_us)
    remember (look->session->due, thread->id, at_us);
}

static void
add_rows (Look *look,
          const MosMessengerThread *thread,
          GPtrArray *rows)
{
  MosMessengerSession *session = look->session;
  g_autoptr (MosChatPerson) person = choose_person (look, thread, rows);

  g_hash_table_remove (session->due, thread->id);
  for (guint i = rows->len; i > 0; i--)
    {
      g_autoptr (MosChatUpdate) update = mos_messenger_parse_message (rows->pdata[i - 1], session->who, person);
      GPtrArray *into;
      gint64 wait_us = update != NULL ? update->at_us + GRACE_US - now_us (look) : 0;

      if (update == NULL)
        {
          g_warning ("A message cannot be read: it has no id");
          continue;
        }
      if (g_hash_table_contains (session->taken, update->id))
        continue;
      if (update->is_own && wait_us > 0 && !mos_messenger_is_sent_here (look->self, update->id))
        {
          read_again (look, thread, wait_us + G_USEC_PER_SEC);
          continue;
        }
      g_hash_table_add (session->taken, g_strdup (update->id));
      into = update->at_us != 0 && update->at_us < look->begin_us ? look->old : look->news;
      g_ptr_array_add (into, g_steal_pointer (&update));
    }
}

static gboolean
read_thread (Look *look,
             const MosMessengerThread *thread,
             GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GError) local = NULL;

  if (!read_rows (look, thread->id, rows, &local) && !g_error_matches (local, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* One that was deleted since it was listed keeps no other out. */
  if (local != NULL)
    g_debug ("A conversation is not there any more: %s", local->message);
  add_rows (look, thread, rows);
  remember (look->session->asked, thread->id, thread->updated_us);
  g_hash_table_remove (look->session->bad, thread->id);
  look->n_read++;
  if (thread->updated_us > now_us (look) - SETTLED_US)
    read_again (look, thread, SETTLED_US);
  return TRUE;
}

/* --- one that cannot be read --- */

/* Whether another conversation can be read just now */
static gboolean
can_read_another (Look *look,
                  const char *thread)
{
  for (guint i = 0; i < look->listed->len; i++)
    {
      const char *other = look->listed->pdata[i];
      g_autofree char *id = g_uri_escape_string (other, NULL, FALSE);
      g_autofree char *path = g_strdup_printf ("%s?fields=messages.limit(1)%%7Bid%%7D", id);
      g_autoptr (JsonObject) answer = strcmp (other, thread) != 0 ? ask (look, path, NULL) : NULL;

      if (answer != NULL)
        return TRUE;
    }
  return FALSE;
}

/* One conversation keeps no other out: where others can be read, it is tried again later and later. Returns: whether @error is of @thread alone */
static gboolean
put_off (Look *look,
         const MosMessengerThread *thread,
         const GError *error)
{
  MosMessengerBad *bad = g_hash_table_lookup (look->session->bad, thread->id);
  gboolean is_passing = g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TEMPORARY);

  if (error->domain != MOS_CHAT_ERROR || error->code == MOS_CHAT_ERROR_KEY_REFUSED || error->code == MOS_CHAT_ERROR_TAKEN)
    return FALSE;
  if (bad == NULL)
    {
      bad = g_new0 (MosMessengerBad, 1);
      g_hash_table_insert (look->session->bad, g_strdup (thread->id), bad);
    }
  bad->n++;
  if ((is_passing && bad->n < BAD_PASSING) || (look->n_read == 0 && !can_read_another (look, thread->id)))
    return FALSE;
  bad->until_us = g_get_monotonic_time () + (BAD_WAIT_US << MIN (bad->n, BAD_MAX_DOUBLED));
  bad->updated_us = thread->updated_us;
  g_message ("A conversation cannot be read; it is tried again: %s", error->message);
  return TRUE;
}

/* Nothing is passed by of those that could not be read. */
static gint64
get_held_us (Look *look)
{
  gint64 held_us = now_us (look);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, look->session->bad);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const MosMessengerBad *bad = value;

      if (bad->updated_us > now_us (look) - BAD_KEPT_US)
        held_us = MIN (held_us, bad->updated_us);
    }
  return held_us;
}

/* --- batches --- */

static MosChatBatch *
make_batch (Look *look,
            GPtrArray *updates,
            GHashTable *cursors,
            gboolean is_old,
            gboolean has_more)
{
  MosChatBatch *batch = mos_chat_batch_new ();

  batch->account = g_strdup (mos_channel_get_account (MOS_CHANNEL (look->self))->id);
  batch->updates = g_ptr_array_ref (updates);
  batch->cursors = cursors != NULL ? g_hash_table_ref (cursors) : NULL;
  batch->is_old = is_old;
  batch->has_more = has_more;
  return batch;
}

/* What is old and what is news are two batches; the cursors go with the last. */
static MosChatBatch *
make_batches (Look *look,
              GHashTable *cursors,
              gboolean has_more)
{
  if (look->old->len == 0)
    return make_batch (look, look->news, cursors, FALSE, has_more);
  if (look->news->len == 0)
    return make_batch (look, look->old, cursors, TRUE, has_more);
  look->session->pending = make_batch (look, look->news, cursors, FALSE, has_more);
  return make_batch (look, look->old, NULL, TRUE, TRUE);
}

MosChatBatch *
mos_messenger_look_sync (MosMessengerChannel *self,
                         MosMessengerSession *session,
                         GHashTable *cursors,
                         guint *ret_retry_ms,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  g_autoptr (GPtrArray) news = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  g_autoptr (GPtrArray) listed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Look look = { .self = self, .session = session, .ret_retry_ms = ret_retry_ms, .cancellable = cancellable, .begin_us = mos_chat_cursor_get_number (cursors, BEGIN), .since_us = mos_chat_cursor_get_number (cursors, SINCE), .floor_us = mos_chat_cursor_get_number (cursors, FLOOR), .listed = listed, .old = old, .news = news };
  g_autoptr (GPtrArray) threads = NULL;
  gboolean is_first = look.begin_us == 0;
  gint64 since_us;
  guint n = 0;

  if (g_get_monotonic_time () < session->rest_until_us)
    return make_batch (&look, news, now, FALSE, FALSE);
  if (g_hash_table_size (session->taken) > MAX_TAKEN)
    g_hash_table_remove_all (session->taken);
  threads = list_threads (&look, error);
  if (threads == NULL)
    return NULL;
  since_us = look.since_us;
  for (n = 0; n < threads->len && n < THREADS_AT_ONCE; n++)
    {
      const MosMessengerThread *thread = threads->pdata[n];
      g_autoptr (GError) local = NULL;

      if (!read_thread (&look, thread, &local) && !put_off (&look, thread, local))
        {
          /* What was read before it is kept; the next look meets it first. */
          if (n > 0 && !g_cancellable_is_cancelled (cancellable))
            break;
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      since_us = MAX (since_us, thread->updated_us);
    }
  /* All that was there has been read: from here on it is news. */
  if (n == threads->len)
    since_us = MAX (since_us, look.begin_us);
  /* Nor by a time that has not come: from then on nothing would seem to change any more. */
  since_us = MAX (look.since_us, MIN (since_us, get_held_us (&look)));
  if (is_first)
    mos_chat_cursor_put_number (now, BEGIN, look.begin_us);
  if (is_first || since_us > look.since_us)
    mos_chat_cursor_put_number (now, SINCE, since_us);
  if (is_first || (n == threads->len && since_us > look.floor_us))
    mos_chat_cursor_put_number (now, FLOOR, n == threads->len ? since_us : look.floor_us);
  return make_batches (&look, now, n < threads->len);
}
