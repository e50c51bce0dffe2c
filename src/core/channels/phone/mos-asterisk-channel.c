/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-phone"

#include "config.h"

#include "core/channels/phone/mos-asterisk-channel.h"

#include "core/channels/phone/mos-asterisk-ami.h"
#include "core/channels/phone/mos-asterisk-table.h"
#include "core/channels/phone/mos-phone-line.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PORT 5038
#define TLS_PORT 5039
#define GREETING "Asterisk Call Manager/"
/* For each answer. */
#define ANSWER_US (20 * G_USEC_PER_SEC)
/* Cursor: which file, and up to where it was read: "inode:offset". */
#define LOG "cdr"
/* Cursor: where the log is a table: which file, and the last row that was read: "inode:row". */
#define TABLE "cdr-table"
/* Somebody else may be writing into it for long. */
#define MAX_BUSY 5
/* Cursor: "1" while what was there before the account is still being read. */
#define HISTORY "cdr-history"
#define CHUNK (1024 * 1024)
/* The legs of a call are written together; other calls that end just then may come in between. */
#define AHEAD (64 * 1024)
/* So much of the log is taken in when an account is new. */
#define HISTORY_US (30 * G_TIME_SPAN_DAY)

struct _MosAsteriskChannel
{
  MosChatChannel parent_instance;

  GMutex mutex;
  MosAmi *left; /* (owned) (nullable) (mutex mutex): what a line that broke knew */
};

G_DEFINE_FINAL_TYPE (MosAsteriskChannel, mos_asterisk_channel, MOS_TYPE_CHAT_CHANNEL)

typedef struct
{
  MosMailConnection *line; /* (owned) */
  MosAmi *ami;             /* (owned) */
  gboolean has_asked;      /* what is there */
  gboolean has_read;       /* the log, to its end */
  guint n_busy;            /* how often it could not be read since somebody else had it */
} Session;

static const char *
get_setting (MosChatChannel *channel,
             const char *name)
{
  return mos_account_get_setting (mos_channel_get_account (MOS_CHANNEL (channel)), name, NULL);
}

static void
mos_asterisk_channel_close (MosChatChannel *channel,
                            gpointer data)
{
  MosAsteriskChannel *self = MOS_ASTERISK_CHANNEL (channel);
  Session *session = data;

  if (session->line != NULL)
    mos_mail_connection_close (session->line);
  g_clear_object (&session->line);
  /* The next line asks what became of them. */
  if (session->has_asked && mos_ami_has_calls (session->ami))
    {
      g_mutex_lock (&self->mutex);
      mos_ami_free (self->left);
      self->left = g_steal_pointer (&session->ami);
      g_mutex_unlock (&self->mutex);
    }
  mos_ami_free (session->ami);
  g_free (session);
}

/* --- signing in --- */

/* A value that held the end of a line would be another command. */
static gboolean
is_one_line (const char *text)
{
  return text != NULL && *text != '\0' && strpbrk (text, "\r\n") == NULL;
}

/* Reads one packet, which is in session->ami then. @why: what is said where it does not come in time */
static gboolean
read_packet (Session *session,
             gint64 end_us,
             const char *why,
             GCancellable *cancellable,
             GError **error)
{
  for (;;)
    {
      gint64 now_us = g_get_monotonic_time ();
      g_autofree char *line = NULL;

      if (!mos_phone_line_read_sync (session->line, end_us - now_us, &line, cancellable, error))
        return FALSE;
      if (line == NULL)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, why);
          return FALSE;
        }
      if (mos_ami_take_line (session->ami, line, now_us))
        return TRUE;
    }
}

/* Reads until @action is answered. Returns: (transfer full) (nullable): what the answer is: "Success", "Error" */
static char *
read_answer (Session *session,
             const char *action,
             char **ret_message,
             GCancellable *cancellable,
             GError **error)
{
  gint64 end_us = g_get_monotonic_time () + ANSWER_US;

  do
    if (!read_packet (session, end_us, "The switchboard does not answer", cancellable, error))
      return NULL;
  while (*mos_ami_get (session->ami, "Response") == '\0' || !g_str_equal (mos_ami_get (session->ami, "ActionID"), action));
  *ret_message = g_strdup (mos_ami_get (session->ami, "Message"));
  return g_strdup (mos_ami_get (session->ami, "Response"));
}

/* Reads until the event @name is told. */
static gboolean
read_until (Session *session,
            const char *name,
            GCancellable *cancellable,
            GError **error)
{
  gint64 end_us = g_get_monotonic_time () + ANSWER_US;

  do
    if (!read_packet (session, end_us, "The switchboard does not end what it tells", cancellable, error))
      return FALSE;
  while (g_ascii_strcasecmp (mos_ami_get (session->ami, "Event"), name) != 0);
  return TRUE;
}

/* What is signed in with instead of the secret: who listens on the line learns nothing that opens another one. @ret_key: (out) (transfer full) (nullable): %NULL: it is not offered */
static gboolean
answer_challenge (Session *session,
                  const char *secret,
                  char **ret_key,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *answer = NULL;
  g_autofree char *message = NULL;
  g_autoptr (GChecksum) sum = NULL;
  const char *challenge;

  *ret_key = NULL;
  if (!mos_mail_connection_write_command_sync (session->line, "Action: Challenge\r\nActionID: mos-challenge\r\nAuthType: MD5\r\n\r\n", NULL, cancellable, error))
    return FALSE;
  answer = read_answer (session, "mos-challenge", &message, cancellable, error);
  if (answer == NULL)
    return FALSE;
  challenge = mos_ami_get (session->ami, "Challenge");
  if (g_ascii_strcasecmp (answer, "Success") != 0 || *challenge == '\0')
    return TRUE;
  sum = g_checksum_new (G_CHECKSUM_MD5);
  g_checksum_update (sum, (const guchar *) challenge, -1);
  g_checksum_update (sum, (const guchar *) secret, -1);
  *ret_key = g_strdup (g_checksum_get_string (sum));
  return TRUE;
}

static gboolean
sign_in (Session *session,
         const char *user,
         const char *secret,
         const MosServer *server,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *greeting = NULL;
  g_autofree char *key = NULL;
  g_autofree char *command = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *message = NULL;
  gboolean is_written;

  if (!mos_phone_line_read_sync (session->line, ANSWER_US, &greeting, cancellable, error))
    return FALSE;
  if (greeting == NULL || !g_str_has_prefix (greeting, GREETING))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER, greeting != NULL ? "no manager interface of Asterisk" : "it says nothing");
      return FALSE;
    }
  if (server->security != MOS_SECURITY_TLS && !answer_challenge (session, secret, &key, cancellable, error))
    return FALSE;
  /* Whoever stands in between may say that there is none: the secret opens the switchboard itself. */
  if (key == NULL && mos_phone_server_is_exposed (server))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_EXPOSED, "no challenge is offered, and nothing is encrypted: the secret was not sent");
      return FALSE;
    }
  command = g_strdup_printf ("Action: Login\r\nActionID: mos-login\r\n%sUsername: %s\r\n%s: %s\r\nEvents: call,cdr\r\n\r\n", key != NULL ? "AuthType: MD5\r\n" : "", user, key != NULL ? "Key" : "Secret", key != NULL ? key : secret);
  is_written = mos_mail_connection_write_command_sync (session->line, command, "Action: Login …\r\n", cancellable, error);
  explicit_bzero (command, strlen (command));
  answer = is_written ? read_answer (session, "mos-login", &message, cancellable, error) : NULL;
  if (answer == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (answer, "Success") == 0)
    return TRUE;
  g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED, *message != '\0' ? message : answer);
  return FALSE;
}

static gpointer
mos_asterisk_channel_open_sync (MosChatChannel *channel,
                                const char *secret,
                                guint *ret_retry_ms,
                                GCancellable *cancellable,
                                GError **error)
{
  const char *place = get_setting (channel, MOS_ACCOUNT_SERVER);
  const char *user = get_setting (channel, MOS_PHONE_USER);
  g_autoptr (MosServer) server = place != NULL ? mos_phone_server_parse (place, PORT, TLS_PORT) : NULL;
  Session *session;

  if (server == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER, "no address of a switchboard");
      return NULL;
    }
  if (!is_one_line (user) || !is_one_line (secret))
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED, "no user, or no secret");
      return NULL;
    }
  session = g_new0 (Session, 1);
  session->ami = mos_ami_new ();
  session->line = mos_phone_line_open_sync (server, mos_channel_get_account (MOS_CHANNEL (channel))->ca_file, cancellable, error);
  if (session->line != NULL && sign_in (session, user, secret, server, cancellable, error))
    return session;
  mos_asterisk_channel_close (channel, session);
  return NULL;
}

static gboolean
mos_asterisk_channel_identify_sync (MosChatChannel *channel,
                                    gpointer data,
                                    char **ret_address,
                                    char **ret_name,
                                    GCancellable *cancellable,
                                    GError **error)
{
  g_autoptr (MosServer) server = mos_phone_server_parse (get_setting (channel, MOS_ACCOUNT_SERVER), PORT, TLS_PORT);
  const char *log = get_setting (channel, MOS_PHONE_CDR);

  if (log != NULL && access (log, R_OK) != 0)
    {
      g_set_error (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_REFUSED, "%s: %s", log, g_strerror (errno));
      return FALSE;
    }
  if (log != NULL && mos_asterisk_is_table (log) && !mos_asterisk_check_table (log, cancellable, error))
    return FALSE;
  *ret_address = g_strdup_printf ("%s@%s:%u", get_setting (channel, MOS_PHONE_USER), server->host, server->port);
  *ret_name = g_strdup (server->host);
  return TRUE;
}

/* --- what is there --- */

/* Goes on with what another line knew. Not every user of the manager may ask: then what that one knew has ended, for all that is known. */
static gboolean
ask_what_is_there (MosChatChannel *channel,
                   Session *session,
                   GCancellable *cancellable,
                   GError **error)
{
  static const struct
  {
    const char *action;
    const char *end;
  } ways[] = { { "CoreShowChannels", "CoreShowChannelsComplete" }, { "Status", "StatusComplete" } };
  MosAsteriskChannel *self = MOS_ASTERISK_CHANNEL (channel);
  MosAmi *left;

  g_mutex_lock (&self->mutex);
  left = g_steal_pointer (&self->left);
  g_mutex_unlock (&self->mutex);
  if (left != NULL)
    {
      mos_ami_free (session->ami);
      session->ami = left;
    }
  session->has_asked = TRUE;
  mos_ami_begin_list (session->ami);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *command = g_strdup_printf ("Action: %s\r\nActionID: mos-list-%s\r\n\r\n", ways[i].action, ways[i].action);
      g_autofree char *id = g_strdup_printf ("mos-list-%s", ways[i].action);
      g_autofree char *message = NULL;
      g_autofree char *answer = NULL;

      if (!mos_mail_connection_write_command_sync (session->line, command, NULL, cancellable, error))
        return FALSE;
      answer = read_answer (session, id, &message, cancellable, error);
      if (answer == NULL)
        return FALSE;
      if (g_ascii_strcasecmp (answer, "Success") != 0)
        continue;
      if (!read_until (session, ways[i].end, cancellable, error))
        return FALSE;
      break;
    }
  mos_ami_end_list (session->ami, g_get_monotonic_time ());
  return TRUE;
}

/* --- what happened while nobody listened --- */

/* Returns: how much of @text is whole lines */
static gsize
count_whole (const char *text,
             gsize size)
{
  while (size > 0 && text[size - 1] != '\n')
    size--;
  return size;
}

/* Lines of the log. */
typedef struct
{
  GString *text; /* (owned) (nullable): valid UTF-8, and what follows up to AHEAD: legs of the same calls may be there */
  gsize own;     /* bytes of it that are not only looked at */
} Lines;

static void
lines_clear (Lines *self)
{
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lines, lines_clear)

/* Whole lines of the log from @offset on, @ret_end: where they end; empty at its end */
static void
read_log (int fd,
          gint64 offset,
          Lines *ret_lines,
          gint64 *ret_end)
{
  g_autofree char *buffer = g_malloc (CHUNK + AHEAD);
  g_autofree char *own = NULL;
  g_autofree char *ahead = NULL;
  gssize n = 0;
  gsize filled = 0, whole, first;

  while (filled < CHUNK + AHEAD && (n = pread (fd, buffer + filled, CHUNK + AHEAD - filled, offset + (gint64) filled)) > 0)
    filled += (gsize) n;
  first = MIN (filled, CHUNK);
  whole = count_whole (buffer, first);
  /* A line without end is still being written; one as long as all of this is none. */
  *ret_end = offset + (gint64) (whole == 0 && first == CHUNK ? first : whole);
  own = g_utf8_make_valid (buffer, (gssize) whole);
  ahead = g_utf8_make_valid (buffer + whole, (gssize) count_whole (buffer + whole, filled - whole));
  ret_lines->text = g_string_new (own);
  ret_lines->own = ret_lines->text->len;
  g_string_append (ret_lines->text, ahead);
}

static void
add_calls (MosChatChannel *channel,
           MosChatBatch *batch,
           GPtrArray *calls)
{
  const char *country = get_setting (channel, MOS_PHONE_COUNTRY);

  for (guint i = 0; i < calls->len; i++)
    g_ptr_array_add (batch->updates, mos_phone_call_to_update (calls->pdata[i], MOS_CHAT_MESSAGE, country));
}

/* Where the log was read to. */
typedef struct
{
  guint64 file; /* its inode; 0 = nothing was read */
  gint64 offset;
} Place;

/* "inode:offset" */
static Place
parse_place (const char *cursor)
{
  g_auto (GStrv) parts = g_strsplit (cursor != NULL ? cursor : "", ":", 2);
  Place place = { 0, 0 };

  if (g_strv_length (parts) == 2)
    place = (Place) { g_ascii_strtoull (parts[0], NULL, 10), MAX (g_ascii_strtoll (parts[1], NULL, 10), 0) };
  return place;
}

/* What stands in @path behind @place, which is then its end. @only: where it is the file of @place. Returns: whether it was read; errno, 0 = it is another file */
static gboolean
read_behind (const char *path,
             gboolean only,
             Place *place,
             Lines *ret_lines)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat info;
  gboolean is_read = FALSE;

  if (fd < 0)
    return FALSE;
  errno = 0;
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && (!only || (guint64) info.st_ino == place->file))
    {
      /* Another file under its name, or one that was emptied: what is known of it changes nothing. */
      if ((guint64) info.st_ino != place->file || place->offset > info.st_size)
        place->offset = 0;
      place->file = info.st_ino;
      read_log (fd, place->offset, ret_lines, &place->offset);
      is_read = TRUE;
    }
  close (fd);
  return is_read;
}

/* Where the log is now. All that is there when the account is new is history, however many looks it takes. @before: (nullable): the cursor as it was; @place: behind what was read */
static void
put_place (Session *session,
           GHashTable *cursors,
           MosChatBatch *batch,
           const char *name,
           const char *before,
           Place place)
{
  batch->is_old = before == NULL || g_strcmp0 (g_hash_table_lookup (cursors, HISTORY), "1") == 0;
  if (session->has_read && !batch->is_old)
    return;
  batch->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (batch->is_old)
    g_hash_table_insert (batch->cursors, g_strdup (HISTORY), g_strdup (session->has_read ? "0" : "1"));
  g_hash_table_insert (batch->cursors, g_strdup (name), g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GINT64_FORMAT, place.file, place.offset));
}

static void
remark_log (MosChatChannel *channel,
            const char *path,
            const char *words)
{
  g_autofree char *detail = g_strdup_printf ("%s: %s", path, words);

  mos_chat_channel_set_remark (channel, MOS_CHAT_LOG_UNREADABLE, detail);
}

/* The same where the log is a table; while somebody else has it, it is tried some more times. */
static void
read_missed_rows (MosChatChannel *channel,
                  Session *session,
                  const char *path,
                  GHashTable *cursors,
                  MosChatBatch *batch,
                  GCancellable *cancellable)
{
  const char *cursor = g_hash_table_lookup (cursors, TABLE);
  gint64 now_us = mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (channel)));
  Place place = parse_place (cursor), before = place;
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_more = FALSE;
  struct stat info;

  /* Another file under its name counts from its beginning. */
  if (stat (path, &info) == 0 && (guint64) info.st_ino != place.file)
    place = (Place) { info.st_ino, 0 };
  calls = mos_asterisk_read_table (path, &place.offset, now_us - HISTORY_US, &has_more, cancellable, &error);
  if (calls == NULL)
    {
      session->has_read = !g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TEMPORARY) || ++session->n_busy > MAX_BUSY;
      if (session->has_read)
        remark_log (channel, path, error->message);
      return;
    }
  add_calls (channel, batch, calls);
  session->has_read = !has_more && place.file == before.file && place.offset == before.offset;
  put_place (session, cursors, batch, TABLE, cursor, place);
}

/* A log that cannot be read is no reason not to listen: the account says so, and it is tried again with the next line. */
static void
read_missed (MosChatChannel *channel,
             Session *session,
             GHashTable *cursors,
             MosChatBatch *batch,
             GCancellable *cancellable)
{
  const char *path = get_setting (channel, MOS_PHONE_CDR);
  const char *cursor = g_hash_table_lookup (cursors, LOG);
  /* As logrotate calls what it was until then; a log is rotated when nobody listens, too. */
  g_autofree char *rotated = path != NULL ? g_strconcat (path, ".1", NULL) : NULL;
  gint64 now_us = mos_clock_now_us (mos_channel_get_clock (MOS_CHANNEL (channel)));
  Place place = parse_place (cursor), before = place;
  g_auto (Lines) lines = { NULL, 0 };
  g_autoptr (GPtrArray) calls = NULL;
  gboolean is_read = FALSE;

  session->has_read = TRUE;
  mos_chat_channel_set_remark (channel, NULL, NULL);
  if (path == NULL)
    return;
  if (mos_asterisk_is_table (path))
    {
      read_missed_rows (channel, session, path, cursors, batch, cancellable);
      return;
    }
  if (place.file != 0)
    is_read = read_behind (rotated, TRUE, &place, &lines);
  if (!is_read || lines.own == 0)
    {
      lines_clear (&lines);
      place = before;
      is_read = read_behind (path, FALSE, &place, &lines);
    }
  if (!is_read)
    {
      remark_log (channel, path, errno != 0 ? g_strerror (errno) : "no file");
      return;
    }
  calls = mos_asterisk_read_csv (lines.text->str, lines.text->len, lines.own, now_us - HISTORY_US);
  add_calls (channel, batch, calls);
  session->has_read = place.file == before.file && place.offset == before.offset;
  put_place (session, cursors, batch, LOG, cursor, place);
}

/* --- as it happens --- */

/* @ret_next_us: when something is due without anything being said; 0 = nothing */
static void
collect (MosChatChannel *channel,
         Session *session,
         MosChatBatch *batch,
         gint64 *ret_next_us)
{
  const char *country = get_setting (channel, MOS_PHONE_COUNTRY);
  MosPhoneCall *call;

  while ((call = mos_ami_take_ringing (session->ami)) != NULL)
    {
      g_ptr_array_add (batch->updates, mos_phone_call_to_update (call, MOS_CHAT_RINGING, country));
      mos_phone_call_free (call);
    }
  while ((call = mos_ami_take_done (session->ami, g_get_monotonic_time (), ret_next_us)) != NULL)
    {
      g_ptr_array_add (batch->updates, mos_phone_call_to_update (call, MOS_CHAT_MESSAGE, country));
      mos_phone_call_free (call);
    }
}

/* Nothing was said for long: is it still there? */
static gboolean
ping (Session *session,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *message = NULL;
  g_autofree char *answer = NULL;

  if (!mos_mail_connection_write_command_sync (session->line, "Action: Ping\r\nActionID: mos-ping\r\n\r\n", NULL, cancellable, error))
    return FALSE;
  answer = read_answer (session, "mos-ping", &message, cancellable, error);
  return answer != NULL;
}

static MosChatBatch *
mos_asterisk_channel_poll_sync (MosChatChannel *channel,
                                gpointer data,
                                GHashTable *cursors,
                                guint wait_s,
                                guint *ret_retry_ms,
                                GCancellable *cancellable,
                                GError **error)
{
  Session *session = data;
  gint64 end_us = g_get_monotonic_time () + (gint64) wait_s * G_USEC_PER_SEC;
  g_autoptr (MosChatBatch) batch = mos_chat_batch_new ();

  batch->account = g_strdup (mos_channel_get_account (MOS_CHANNEL (channel))->id);
  batch->updates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_update_unref);
  if (!session->has_asked && !ask_what_is_there (channel, session, cancellable, error))
    return NULL;
  if (!session->has_read)
    {
      read_missed (channel, session, cursors, batch, cancellable);
      batch->has_more = !session->has_read;
      return g_steal_pointer (&batch);
    }
  for (;;)
    {
      gint64 now_us = g_get_monotonic_time ();
      gint64 next_us = 0, until_us;
      g_autofree char *line = NULL;

      collect (channel, session, batch, &next_us);
      if (batch->updates->len > 0)
        return g_steal_pointer (&batch);
      until_us = next_us != 0 ? MIN (next_us, end_us) : end_us;
      if (!mos_phone_line_read_sync (session->line, MAX (until_us - now_us, 0), &line, cancellable, error))
        return NULL;
      if (line != NULL)
        mos_ami_take_line (session->ami, line, g_get_monotonic_time ());
      else if (g_get_monotonic_time () >= end_us)
        break;
    }
  if (wait_s > 0 && !ping (session, cancellable, error))
    return NULL;
  return g_steal_pointer (&batch);
}

static void
mos_asterisk_channel_finalize (GObject *object)
{
  MosAsteriskChannel *self = MOS_ASTERISK_CHANNEL (object);

  mos_ami_free (self->left);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (mos_asterisk_channel_parent_class)->finalize (object);
}

static void
mos_asterisk_channel_class_init (MosAsteriskChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  MosChatChannelClass *chat_class = MOS_CHAT_CHANNEL_CLASS (klass);

  object_class->finalize = mos_asterisk_channel_finalize;

  chat_class->open_sync = mos_asterisk_channel_open_sync;
  chat_class->close = mos_asterisk_channel_close;
  chat_class->identify_sync = mos_asterisk_channel_identify_sync;
  chat_class->poll_sync = mos_asterisk_channel_poll_sync;
}

static void
mos_asterisk_channel_init (MosAsteriskChannel *self)
{
  g_mutex_init (&self->mutex);
}
