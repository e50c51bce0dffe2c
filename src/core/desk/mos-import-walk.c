/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-import.h"

#include "core/desk/mos-mbox.h"
#include "core/mail/imap/mos-imap-folder.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* So much of a file tells whether it begins as a mail does. */
#define LOOK_BYTES (64 * 1024)

typedef struct
{
  MosImportFunc func;
  gpointer user_data;
  GCancellable *cancellable;
  guint index;
  const MosImportPlace *from; /* (nullable): nothing up to here is looked at again */
} Walk;

/* Where a file lies says what is known of it without a look. */
typedef enum
{
  KIND_NAMED,   /* it was named: it was meant */
  KIND_FOLDER,  /* a folder that may hold anything */
  KIND_MAILDIR, /* cur or new */
} Kind;

/* --- order --- */

/* The order in which a walk meets files: names by their bytes, level by level. */
static int
compare_paths (const char *a,
               const char *b)
{
  for (;; a++, b++)
    {
      /* A separator is before every letter: "a/x" comes where "a" does. */
      int x = *a == '/' ? 1 : (guchar) *a + (*a != '\0'), y = *b == '/' ? 1 : (guchar) *b + (*b != '\0');

      if (x != y)
        return x < y ? -1 : 1;
      if (*a == '\0')
        return 0;
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* --- one file --- */

/* Does it begin as a mail does: header lines only, up to an empty line, with one of those that every mail has? */
static gboolean
looks_like_mail (const char *data,
                 gsize size)
{
  static const char *const names[] = { "From:", "Date:", "Received:", "Message-ID:", "Return-Path:", "Delivered-To:", "Subject:" };
  const char *end = data + size, *line = data;
  gboolean is_known = FALSE;

  while (line < end && *line != '\n' && *line != '\r')
    {
      const char *next = memchr (line, '\n', (gsize) (end - line));
      const char *p = line;

      /* A line that begins with a blank goes on, but none goes before the first. */
      if (line == data || (*line != ' ' && *line != '\t'))
        {
          while (p < end && *p > ' ' && *p < 0x7f && *p != ':')
            p++;
          if (p == line || p == end || *p != ':')
            return FALSE;
          for (gsize i = 0; i < G_N_ELEMENTS (names) && !is_known; i++)
            is_known = (gsize) (p - line) + 1 == strlen (names[i]) && g_ascii_strncasecmp (line, names[i], strlen (names[i])) == 0;
        }
      line = next != NULL ? next + 1 : end;
    }
  return is_known;
}

/* What a person names is believed more: one line of its head is enough, whatever else is in it. */
static gboolean
has_known_field (const char *data,
                 gsize size)
{
  static const char *const names[] = { "From:", "To:", "Cc:", "Date:", "Received:", "Message-ID:", "Return-Path:", "Delivered-To:", "Subject:", "Reply-To:", "MIME-Version:", "Content-Type:" };
  const char *end = data + size;

  for (const char *line = data; line < end && *line != '\n' && *line != '\r';)
    {
      const char *next = memchr (line, '\n', (gsize) (end - line));

      for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        if ((gsize) (end - line) >= strlen (names[i]) && g_ascii_strncasecmp (line, names[i], strlen (names[i])) == 0)
          return TRUE;
      line = next != NULL ? next + 1 : end;
    }
  return FALSE;
}

/* Whether its first line is a field of a header, whatever it is called */
static gboolean
begins_with_field (const char *data,
                   gsize size)
{
  gsize n = 0;

  while (n < size && data[n] > ' ' && data[n] < 0x7f && data[n] != ':')
    n++;
  return n > 0 && n < size && data[n] == ':';
}

static gboolean
has_suffix (const char *path,
            const char *suffix)
{
  gsize length = strlen (path), n = strlen (suffix);

  return length > n && g_ascii_strcasecmp (path + length - n, suffix) == 0;
}

static gboolean
pass_over (Walk *walk,
           const char *path,
           const MosImportPlace *place,
           MosImportProblemKind problem,
           const char *detail,
           GError **error)
{
  const MosImportItem item = { .path = path, .problem = problem, .detail = detail, .bytes = place->size, .place = place };

  return walk->func (&item, walk->user_data, error);
}

/* Whether a mailbox is the one for sent mail, by the names that mail programs give it: "Sent", "Gesendet.mbox", ".INBOX.Sent". */
static gboolean
is_sent_folder (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = NULL;

  if (has_suffix (name, ".mbox"))
    name[strlen (name) - strlen (".mbox")] = '\0';
  shown = mos_imap_utf7_decode (name);
  return mos_imap_folder_guess_role (shown != NULL ? shown : name, '.') == MOS_FOLDER_SENT;
}

static gboolean
walk_mbox (Walk *walk,
           const char *path,
           MosImportPlace *place,
           GError **error)
{
  g_autoptr (MosMbox) mbox = NULL;
  g_autoptr (GError) local = NULL;
  const MosImportPlace *from = walk->from;
  gboolean is_sent = is_sent_folder (path);
  guint64 begin = 0;
  int more;

  /* Gone on with only when it is the same file still. */
  if (from != NULL && from->index == walk->index && g_strcmp0 (from->file, path) == 0 && from->size == place->size && from->mtime_us == place->mtime_us)
    {
      begin = from->offset;
      place->number = from->number;
    }
  mbox = mos_mbox_open (path, begin, MOS_IMPORT_MAX_BYTES, &local);
  if (mbox == NULL)
    return pass_over (walk, path, place, MOS_IMPORT_PROBLEM_UNREADABLE, local->message, error);
  for (;;)
    {
      g_auto (MosMboxMessage) message = { 0 };
      g_autofree char *name = NULL;
      MosImportItem item = { .place = place };

      more = mos_mbox_next_sync (mbox, &message, walk->cancellable, &local);
      if (more == 0)
        return TRUE;
      if (more < 0 && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      /* A damaged disk: what was read before is kept, the rest of the file is named. */
      if (more < 0)
        {
          place->offset = place->size;
          return pass_over (walk, path, place, MOS_IMPORT_PROBLEM_UNREADABLE, local->message, error);
        }
      place->number++;
      place->offset = message.next;
      name = g_strdup_printf ("%s#%u", path, place->number);
      item.path = name;
      item.raw = message.raw;
      item.problem = MOS_IMPORT_PROBLEM_TOO_LARGE;
      item.bytes = message.size;
      item.is_sent = is_sent;
      item.delivered_us = message.from_us;
      item.is_exact = message.is_own && message.from_us != 0;
      item.flags = message.raw != NULL ? mos_import_flags_of_mbox (message.raw) : 0;
      if (!walk->func (&item, walk->user_data, error))
        return FALSE;
    }
}

/* What a Maildir's file name tells: "seconds.unique.host:2,FLAGS" (cr.yp.to/proto/maildir.html); other systems have ";" or "!" for ":". */
static void
read_maildir_name (const char *path,
                   gint64 mtime_us,
                   MosImportItem *item)
{
  const char *name = strrchr (path, '/') != NULL ? strrchr (path, '/') + 1 : path;
  const char *flags = NULL;
  char *end = NULL;
  gint64 seconds = g_ascii_strtoll (name, &end, 10);

  item->delivered_us = mtime_us;
  if (end > name && *end == '.' && strstr (name, MOS_MBOX_OWN_HOST) != NULL)
    {
      gint64 us = end[1] == 'M' ? g_ascii_strtoll (end + 2, NULL, 10) : 0;

      item->delivered_us = seconds * G_USEC_PER_SEC + CLAMP (us, 0, G_USEC_PER_SEC - 1);
      item->is_exact = TRUE;
    }
  for (const char *p = name; (p = strstr (p, "2,")) != NULL; p++)
    if (p > name && strchr (":;!", p[-1]) != NULL)
      flags = p + 2;
  for (; flags != NULL && *flags != '\0'; flags++)
    switch (*flags)
      {
      case 'S':
        item->flags |= MOS_MESSAGE_FLAG_SEEN;
        break;
      case 'R':
        item->flags |= MOS_MESSAGE_FLAG_ANSWERED;
        break;
      case 'F':
        item->flags |= MOS_MESSAGE_FLAG_FLAGGED;
        break;
      case 'T':
        item->flags |= MOS_MESSAGE_FLAG_DELETED;
        break;
      case 'D':
        item->flags |= MOS_MESSAGE_FLAG_DRAFT;
        break;
      default:
        break;
      }
}

static gboolean
walk_file (Walk *walk,
           const char *path,
           Kind kind,
           GError **error)
{
  g_auto (MosImportPlace) place = { .index = walk->index };
  g_autofree char *head = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  MosImportItem item = { .path = path, .place = &place };
  struct stat info;
  gsize length = 0;
  int order = walk->from != NULL && walk->from->index == walk->index && walk->from->file != NULL ? compare_paths (path, walk->from->file) : 1;

  if (order < 0)
    return TRUE;
  place.file = g_strdup (path);
  if (g_stat (path, &info) < 0)
    return pass_over (walk, path, &place, MOS_IMPORT_PROBLEM_UNREADABLE, g_strerror (errno), error);
  place.size = place.offset = (guint64) info.st_size;
  place.mtime_us = info.st_mtim.tv_sec * G_USEC_PER_SEC + info.st_mtim.tv_nsec / 1000;
  if (order == 0 && walk->from->offset >= place.size && walk->from->size == place.size && walk->from->mtime_us == place.mtime_us)
    return TRUE;
  /* A pipe would wait for ever. */
  if (!S_ISREG (info.st_mode))
    return pass_over (walk, path, &place, MOS_IMPORT_PROBLEM_NOT_MAIL, NULL, error);

  file = g_file_new_for_path (path);
  stream = g_file_read (file, walk->cancellable, &local);
  head = g_malloc (LOOK_BYTES);
  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, LOOK_BYTES, &length, walk->cancellable, &local))
    {
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return pass_over (walk, path, &place, MOS_IMPORT_PROBLEM_UNREADABLE, local->message, error);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (length >= 5 && memcmp (head, "From ", 5) == 0 && kind != KIND_MAILDIR)
    {
      place.offset = 0;
      return walk_mbox (walk, path, &place, error);
    }
  if (length == 0 && kind != KIND_MAILDIR && has_suffix (path, ".mbox"))
    return TRUE;
  if (kind == KIND_FOLDER && !has_suffix (path, ".eml") && !looks_like_mail (head, length))
    return pass_over (walk, path, &place, MOS_IMPORT_PROBLEM_NOT_MAIL, NULL, error);
  if (kind == KIND_NAMED && !has_suffix (path, ".eml") && !has_known_field (head, length))
    return pass_over (walk, path, &place, MOS_IMPORT_PROBLEM_NOT_MAIL, NULL, error);
  /* Its name alone makes no mail of a picture. */
  if (kind != KIND_MAILDIR && has_suffix (path, ".eml") && !begins_with_field (head, length) && !has_known_field (head, length))
    return pass_over (walk, path, &place, MOS_IMPORT_PROBLEM_NOT_MAIL, NULL, error);
  if (place.size > MOS_IMPORT_MAX_BYTES)
    return pass_over (walk, path, &place, MOS_IMPORT_PROBLEM_TOO_LARGE, NULL, error);
  if (!g_file_get_contents (path, &text, &length, &local))
    return pass_over (walk, path, &place, MOS_IMPORT_PROBLEM_UNREADABLE, local->message, error);

  raw = g_bytes_new_take (g_steal_pointer (&text), length);
  item.raw = raw;
  item.bytes = place.size;
  if (kind == KIND_MAILDIR)
    {
      g_autofree char *sub = g_path_get_dirname (path);
      g_autofree char *mailbox = g_path_get_dirname (sub);

      read_maildir_name (path, place.mtime_us, &item);
      item.is_sent = is_sent_folder (mailbox);
    }
  return walk->func (&item, walk->user_data, error);
}

/* --- folders --- */

static gboolean
has_folder (const char *path,
            const char *name)
{
  g_autofree char *child = g_build_filename (path, name, NULL);

  return g_file_test (child, G_FILE_TEST_IS_DIR);
}

typedef gboolean (*FileFunc) (const char *path, Kind kind, gboolean is_mail_place, gpointer data, GError **error);
typedef gboolean (*FolderFailedFunc) (const char *path, const char *why, gpointer data, GError **error);

typedef struct
{
  FileFunc file;
  FolderFailedFunc failed;
  gpointer data;
  GCancellable *cancellable;
} Visit;

static gboolean
visit_folder (Visit *visit,
              const char *path,
              Kind kind,
              guint depth,
              GError **error)
{
  gboolean is_maildir = has_folder (path, "cur") && has_folder (path, "new");
  g_autoptr (GError) local = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &local);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    return visit->failed (path, local->message, visit->data, error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = NULL;
      gboolean ok;

      if (g_cancellable_set_error_if_cancelled (visit->cancellable, error))
        return FALSE;
      name = g_ptr_array_index (names, i);
      child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          gboolean is_mail = is_maildir && (strcmp (name, "cur") == 0 || strcmp (name, "new") == 0);

          /* A Maildir's tmp holds what is still being delivered; its dot folders (Maildir++) are mailboxes. A link may lead back up. */
          ok = (is_maildir && strcmp (name, "tmp") == 0) || depth > 32 || (g_file_test (child, G_FILE_TEST_IS_SYMLINK) && depth > 0) ||
               visit_folder (visit, child, is_mail ? KIND_MAILDIR : KIND_FOLDER, depth + 1, error);
        }
      else if (*name == '.')
        ok = TRUE;
      else
        /* Beside cur and new lie the server's lists and indexes. */
        ok = visit->file (child, kind, !is_maildir, visit->data, error);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static gboolean
on_walk_file (const char *path,
              Kind kind,
              gboolean is_mail_place,
              gpointer data,
              GError **error)
{
  Walk *walk = data;
  const MosImportPlace place = { .index = walk->index, .file = (char *) path };

  if (is_mail_place)
    return walk_file (walk, path, kind, error);
  if (walk->from != NULL && walk->from->index == walk->index && walk->from->file != NULL && compare_paths (path, walk->from->file) <= 0)
    return TRUE;
  return pass_over (walk, path, &place, MOS_IMPORT_PROBLEM_NOT_MAIL, NULL, error);
}

static gboolean
on_walk_folder_failed (const char *path,
                       const char *why,
                       gpointer data,
                       GError **error)
{
  Walk *walk = data;
  const MosImportPlace place = { .index = walk->index, .file = (char *) path };

  return pass_over (walk, path, &place, MOS_IMPORT_PROBLEM_UNREADABLE, why, error);
}

gboolean
mos_import_walk (const char *const *paths,
                 const MosImportPlace *from,
                 MosImportFunc func,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  Walk walk = { func, user_data, cancellable, 0, from };
  Visit visit = { on_walk_file, on_walk_folder_failed, &walk, cancellable };

  for (; paths[walk.index] != NULL; walk.index++)
    {
      const char *path = paths[walk.index];
      gboolean ok;

      if (from != NULL && walk.index < from->index)
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (g_access (path, F_OK) < 0)
        {
          int saved = errno;

          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
          return FALSE;
        }
      ok = g_file_test (path, G_FILE_TEST_IS_DIR) ? visit_folder (&visit, path, KIND_FOLDER, 0, error) : walk_file (&walk, path, KIND_NAMED, error);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_import_is_own_json (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *inside = g_build_filename (path, "conversations.jsonl", NULL);

  return strcmp (base, "conversations.jsonl") == 0 || (g_file_test (path, G_FILE_TEST_IS_DIR) && g_file_test (inside, G_FILE_TEST_IS_REGULAR));
}

/* --- how much it is --- */

static gboolean
on_measure_file (const char *path,
                 Kind kind,
                 gboolean is_mail_place,
                 gpointer data,
                 GError **error)
{
  guint64 *bytes = data;
  struct stat info;

  if (is_mail_place && g_stat (path, &info) == 0 && S_ISREG (info.st_mode))
    *bytes += (guint64) info.st_size;
  return TRUE;
}

static gboolean
on_measure_failed (const char *path,
                   const char *why,
                   gpointer data,
                   GError **error)
{
  return TRUE;
}

gboolean
mos_import_measure (const char *const *paths,
                    guint64 *ret_bytes,
                    GCancellable *cancellable,
                    GError **error)
{
  Visit visit = { on_measure_file, on_measure_failed, ret_bytes, cancellable };

  *ret_bytes = 0;
  for (; *paths != NULL; paths++)
    if (g_file_test (*paths, G_FILE_TEST_IS_DIR) ? !visit_folder (&visit, *paths, KIND_FOLDER, 0, error) : !on_measure_file (*paths, KIND_NAMED, TRUE, ret_bytes, error))
      return FALSE;
  return TRUE;
}
