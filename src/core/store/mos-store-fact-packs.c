/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-fact-packs.h"

#include "core/store/mos-store-private.h"

/* A version, then numbers of seven bits a byte, the lowest first (LEB128). Times are told by how far they are from the one before, so most need six bytes, and what happened at once one. */

#define PACK_VERSION 1

void
mos_fact_pack_init (MosFactPack *self)
{
  self->whole = (MosPackWhole) { 0 };
  self->turns = g_array_new (FALSE, FALSE, sizeof (MosPackTurn));
  self->closes = g_array_new (FALSE, FALSE, sizeof (MosPackClose));
  self->states = g_array_new (FALSE, FALSE, sizeof (MosPackState));
  self->labels = g_array_new (FALSE, FALSE, sizeof (MosPackLabel));
  self->answers = g_array_new (FALSE, FALSE, sizeof (MosPackAnswer));
}

void
mos_fact_pack_clear (MosFactPack *self)
{
  g_clear_pointer (&self->turns, g_array_unref);
  g_clear_pointer (&self->closes, g_array_unref);
  g_clear_pointer (&self->states, g_array_unref);
  g_clear_pointer (&self->labels, g_array_unref);
  g_clear_pointer (&self->answers, g_array_unref);
}

void
mos_fact_pack_reset (MosFactPack *self)
{
  self->whole = (MosPackWhole) { 0 };
  g_array_set_size (self->turns, 0);
  g_array_set_size (self->closes, 0);
  g_array_set_size (self->states, 0);
  g_array_set_size (self->labels, 0);
  g_array_set_size (self->answers, 0);
}

/* --- writing --- */

typedef struct
{
  GByteArray *data;
  gint64 last_us;
} Writer;

static void
put (Writer *writer,
     guint64 value)
{
  guint8 bytes[10];
  guint n = 0;

  do
    {
      bytes[n++] = (guint8) ((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
      value >>= 7;
    }
  while (value > 0);
  g_byte_array_append (writer->data, bytes, n);
}

/* The sign is the lowest bit. */
static void
put_time (Writer *writer,
          gint64 us)
{
  const gint64 delta = us - writer->last_us;

  put (writer, ((guint64) delta << 1) ^ (guint64) (delta >> 63));
  writer->last_us = us;
}

/* One that need not be: 0 is its own number, and the next one is told from the one before it. */
static void
put_maybe (Writer *writer,
           gint64 us)
{
  put (writer, us != 0 ? 1 : 0);
  if (us != 0)
    put_time (writer, us);
}

void
mos_fact_pack_encode (const MosFactPack *self,
                      GByteArray *data)
{
  Writer writer = { .data = data };
  const MosPackWhole *whole = &self->whole;

  put (&writer, PACK_VERSION);
  put_maybe (&writer, whole->first_in);
  put_maybe (&writer, whole->acknowledged_at);
  put_maybe (&writer, whole->responded_at);
  put_maybe (&writer, whole->closed_at);
  put (&writer, whole->about);
  put (&writer, self->turns->len);
  for (guint i = 0; i < self->turns->len; i++)
    {
      const MosPackTurn *turn = &g_array_index (self->turns, MosPackTurn, i);

      put_time (&writer, turn->opened_at);
      put (&writer, turn->closed_at == 0 ? 0 : turn->by_reply ? 1
                                                              : 2);
      if (turn->closed_at != 0)
        put_time (&writer, turn->closed_at);
      put (&writer, turn->about);
    }
  put (&writer, self->closes->len);
  for (guint i = 0; i < self->closes->len; i++)
    {
      const MosPackClose *close = &g_array_index (self->closes, MosPackClose, i);

      put_time (&writer, close->at);
      put_maybe (&writer, close->reopened_at);
      put (&writer, close->first_in != 0 ? 1 : 0);
      put (&writer, close->replies);
      put (&writer, close->automatic_replies);
      put (&writer, close->received);
      put (&writer, close->about);
    }
  put (&writer, self->states->len);
  for (guint i = 0; i < self->states->len; i++)
    {
      const MosPackState *state = &g_array_index (self->states, MosPackState, i);

      put_time (&writer, state->at);
      put (&writer, state->status);
      put (&writer, state->about);
    }
  put (&writer, self->labels->len);
  for (guint i = 0; i < self->labels->len; i++)
    {
      const MosPackLabel *label = &g_array_index (self->labels, MosPackLabel, i);

      put_time (&writer, label->at);
      put (&writer, label->kind);
      put (&writer, label->word);
    }
  put (&writer, self->answers->len);
  for (guint i = 0; i < self->answers->len; i++)
    {
      const MosPackAnswer *answer = &g_array_index (self->answers, MosPackAnswer, i);

      put_time (&writer, answer->at);
      put (&writer, answer->about);
    }
}

/* --- reading --- */

typedef struct
{
  const guint8 *at;
  const guint8 *end;
  gint64 last_us;
  gboolean failed;
} Reader;

static inline guint64
get (Reader *reader)
{
  guint64 value = 0;

  /* As most are */
  if (G_LIKELY (reader->at < reader->end) && *reader->at < 0x80)
    return *reader->at++;
  for (guint shift = 0; reader->at < reader->end && shift < 64; shift += 7)
    {
      const guint8 byte = *reader->at++;

      value |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return value;
    }
  reader->failed = TRUE;
  return 0;
}

static inline gint64
get_time (Reader *reader)
{
  const guint64 value = get (reader);

  reader->last_us = (gint64) ((guint64) reader->last_us + ((value >> 1) ^ (0 - (value & 1))));
  return reader->last_us;
}

static inline gint64
get_maybe (Reader *reader)
{
  return get (reader) != 0 ? get_time (reader) : 0;
}

/* How many follow, none of which is shorter than two bytes */
static guint
get_length (Reader *reader)
{
  const guint64 n = get (reader);

  if (n > (guint64) (reader->end - reader->at) / 2)
    {
      reader->failed = TRUE;
      return 0;
    }
  return (guint) n;
}

/* Place for @n more in @array. Returns: the first of them */
static inline gpointer
get_place (GArray *array,
           guint n,
           gsize element_size)
{
  const guint len = array->len;

  if (n > 0)
    g_array_set_size (array, len + n);
  return array->data + len * element_size;
}
#define PLACE(array, Type) ((Type *) get_place (array, n = get_length (&reader), sizeof (Type)))

static void
truncate_to (MosFactPack *self,
             const guint lengths[5])
{
  self->whole = (MosPackWhole) { 0 };
  g_array_set_size (self->turns, lengths[0]);
  g_array_set_size (self->closes, lengths[1]);
  g_array_set_size (self->states, lengths[2]);
  g_array_set_size (self->labels, lengths[3]);
  g_array_set_size (self->answers, lengths[4]);
}

gboolean
mos_fact_pack_decode (MosFactPack *self,
                      const guint8 *data,
                      gsize size)
{
  const guint lengths[5] = { self->turns->len, self->closes->len, self->states->len, self->labels->len, self->answers->len };
  Reader reader = { .at = data, .end = data + size };
  MosPackTurn *turn;
  MosPackClose *close;
  MosPackState *state;
  MosPackLabel *label;
  MosPackAnswer *answer;
  guint n;

  self->whole = (MosPackWhole) { 0 };
  if (size == 0)
    return TRUE;
  if (get (&reader) != PACK_VERSION)
    return FALSE;
  self->whole.first_in = get_maybe (&reader);
  self->whole.acknowledged_at = get_maybe (&reader);
  self->whole.responded_at = get_maybe (&reader);
  self->whole.closed_at = get_maybe (&reader);
  self->whole.about = (guint) get (&reader);
  turn = PLACE (self->turns, MosPackTurn);
  for (; n > 0; n--, turn++)
    {
      guint64 how;

      turn->opened_at = get_time (&reader);
      how = get (&reader);
      turn->by_reply = how == 1;
      turn->closed_at = how == 0 ? 0 : get_time (&reader);
      turn->about = (guint) get (&reader);
    }
  close = PLACE (self->closes, MosPackClose);
  for (; n > 0; n--, close++)
    {
      close->at = get_time (&reader);
      close->reopened_at = get_maybe (&reader);
      close->first_in = get (&reader) != 0 ? self->whole.first_in : 0;
      close->replies = (guint) get (&reader);
      close->automatic_replies = (guint) get (&reader);
      close->received = (guint) get (&reader);
      close->about = (guint) get (&reader);
    }
  state = PLACE (self->states, MosPackState);
  for (; n > 0; n--, state++)
    {
      guint64 status;

      state->at = get_time (&reader);
      status = get (&reader);
      reader.failed = reader.failed || status > MOS_STATUS_SPAM;
      state->status = (MosStatus) status;
      state->about = (guint) get (&reader);
    }
  label = PLACE (self->labels, MosPackLabel);
  for (; n > 0; n--, label++)
    {
      guint64 kind;

      label->at = get_time (&reader);
      kind = get (&reader);
      reader.failed = reader.failed || kind > MOS_PACK_MACRO;
      label->kind = (MosPackLabelKind) kind;
      label->word = (guint) get (&reader);
    }
  answer = PLACE (self->answers, MosPackAnswer);
  for (; n > 0; n--, answer++)
    {
      answer->at = get_time (&reader);
      answer->about = (guint) get (&reader);
    }
  if (reader.failed || reader.at != reader.end)
    {
      truncate_to (self, lengths);
      return FALSE;
    }
  return TRUE;
}

/* --- rows --- */

gboolean
mos_store_fact_packs_list (MosTxn *txn,
                           gint64 *stamp,
                           MosFactPack *pack,
                           MosFactPackFunc func,
                           gpointer data,
                           GError **error)
{
  static const char all[] = "SELECT number, pack, stamp FROM fact_pack ORDER BY number";
  static const char some[] = "SELECT number, pack, stamp FROM fact_pack WHERE stamp > ?";
  g_autoptr (MosStatement) statement = *stamp == 0 ? mos_database_query (txn->database, error, all, "") : mos_database_query (txn->database, error, some, "i", *stamp);
  sqlite3_stmt *handle;
  gint64 newest = *stamp;
  int r = statement != NULL ? 1 : -1;

  handle = statement != NULL ? mos_statement_get_handle (statement) : NULL;
  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    {
      const guint8 *bytes = sqlite3_column_blob (handle, 1);

      newest = MAX (newest, sqlite3_column_int64 (handle, 2));
      mos_fact_pack_decode (pack, bytes, (gsize) sqlite3_column_bytes (handle, 1));
      func (sqlite3_column_int64 (handle, 0), data);
    }
  if (r == 0)
    *stamp = newest;
  return r == 0;
}

gboolean
mos_store_fact_packs_get_span (MosTxn *txn,
                               gint64 *ret_span,
                               GError **error)
{
  return mos_database_get_int (txn->database, ret_span, error, "SELECT coalesce ((SELECT max (number) FROM fact_pack) - (SELECT min (number) FROM fact_pack) + 1, 0)", "");
}

gboolean
mos_store_fact_abouts_list (MosTxn *txn,
                            guint after,
                            MosFactAboutFunc func,
                            gpointer data,
                            GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id, account, channel, category, language, agent FROM fact_about WHERE id > ? ORDER BY id", "i", (gint64) after);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    func ((guint) mos_statement_get_int (statement, 0), mos_statement_get_text (statement, 1), mos_statement_get_text (statement, 2), mos_statement_get_text (statement, 3),
          mos_statement_get_text (statement, 4), mos_statement_get_text (statement, 5), data);
  return r == 0;
}

gboolean
mos_store_fact_words_list (MosTxn *txn,
                           guint after,
                           MosFactWordFunc func,
                           gpointer data,
                           GError **error)
{
  g_autoptr (MosStatement) statement = mos_database_query (txn->database, error, "SELECT id, word FROM fact_word WHERE id > ? ORDER BY id", "i", (gint64) after);
  int r = statement != NULL ? 1 : -1;

  while (r > 0 && (r = mos_statement_step (statement, error)) > 0)
    func ((guint) mos_statement_get_int (statement, 0), mos_statement_get_text (statement, 1), data);
  return r == 0;
}

gboolean
mos_store_get_data_version (MosTxn *txn,
                            gint64 *ret_version,
                            GError **error)
{
  return mos_database_get_int (txn->database, ret_version, error, "PRAGMA data_version", "");
}
