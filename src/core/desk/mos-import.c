/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-import.h"

#include "core/mail/mime/mos-mime.h"

#include <string.h>

/* So much of a file tells whether it begins as a mail does. */
#define MOS_IMPORT_LOOK_BYTES (64 * 1024)

/* --- one message --- */

static gint64
mos_import_parse_date (const char *date,
                       gsize length)
{
  g_autoptr (GString) text = g_string_new ("Date: ");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MosParsedMessage) parsed = NULL;

  g_string_append_len (text, date, (gssize) length);
  g_string_append (text, "\r\n\r\n");
  bytes = g_bytes_new (text->str, text->len);
  parsed = mos_mime_parse (bytes, NULL);
  return parsed != NULL ? parsed->sent_us : 0;
}

/* The first Received header is the newest: each server puts its own on top (RFC 5321 §4.4). Its date stands behind the last ";". */
static gint64
mos_import_received_us (GBytes *raw)
{
  gsize size;
  const char *data = g_bytes_get_data (raw, &size);
  const char *end = data + size, *line = data;

  while (line < end && *line != '\n' && *line != '\r')
    {
      const char *next = memchr (line, '\n', (gsize) (end - line));
      const char *semicolon = NULL;

      /* Unfold: a line that begins with a blank goes on. */
      while (next != NULL && next + 1 < end && (next[1] == ' ' || next[1] == '\t'))
        next = memchr (next + 1, '\n', (gsize) (end - next - 1));
      if (next == NULL)
        next = end;
      if (next - line > 9 && g_ascii_strncasecmp (line, "Received:", 9) == 0)
        {
          for (const char *p = line; p < next; p++)
            if (*p == ';')
              semicolon = p;
          if (semicolon != NULL)
            return mos_import_parse_date (semicolon + 1, (gsize) (next - semicolon - 1));
        }
      line = next < end ? next + 1 : end;
    }
  return 0;
}

MosIncoming *
mos_import_make (const char *account,
                 GBytes *raw,
                 gint64 now_us)
{
  MosIncoming *incoming = mos_incoming_new ();
  g_autoptr (GError) error = NULL;

  incoming->account = g_strdup (account);
  incoming->role = MOS_FOLDER_OTHER;
  incoming->flags = MOS_MESSAGE_FLAG_SEEN;
  incoming->raw = g_bytes_ref (raw);
  incoming->archive = TRUE;
  incoming->parsed = mos_mime_parse (raw, &error);
  if (incoming->parsed == NULL)
    incoming->parse_error = g_strdup ("unreadable");
  incoming->received_us = mos_import_received_us (raw);
  if (incoming->received_us == 0 && incoming->parsed != NULL)
    incoming->received_us = incoming->parsed->sent_us;
  if (incoming->received_us == 0 || incoming->received_us > now_us)
    incoming->received_us = now_us;
  return incoming;
}

/* --- files --- */

static gboolean
mos_import_mbox (const char *path,
                 GBytes *file,
                 MosImportFunc func,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (file, &size);
  const char *end = data + size, *line = data;
  g_autoptr (GString) message = NULL;
  gboolean after_blank = TRUE;
  guint n = 0;

  while (line <= end)
    {
      const char *next = line < end ? memchr (line, '\n', (gsize) (end - line)) : NULL;
      gsize length;
      const char *p = line;

      next = next != NULL ? next + 1 : end;
      length = (gsize) (next - line);
      if (line == end || (after_blank && length >= 5 && memcmp (line, "From ", 5) == 0))
        {
          if (message != NULL)
            {
              g_autofree char *name = g_strdup_printf ("%s#%u", path, ++n);
              g_autoptr (GBytes) raw = NULL;

              /* The empty line before the next "From " belongs to the mailbox, not to the message. */
              if (g_str_has_suffix (message->str, "\r\n\r\n"))
                g_string_truncate (message, message->len - 2);
              else if (g_str_has_suffix (message->str, "\n\n"))
                g_string_truncate (message, message->len - 1);
              raw = g_bytes_new (message->str, message->len);
              if (g_cancellable_set_error_if_cancelled (cancellable, error) || !func (name, raw, user_data, error))
                return FALSE;
              g_string_truncate (message, 0);
            }
          if (line == end)
            break;
          if (message == NULL)
            message = g_string_new (NULL);
        }
      else if (message != NULL)
        {
          while (p < next && *p == '>')
            p++;
          if (p > line && next - p >= 5 && memcmp (p, "From ", 5) == 0)
            g_string_append_len (message, line + 1, (gssize) length - 1);
          else
            g_string_append_len (message, line, (gssize) length);
        }
      after_blank = length == 1 || (length == 2 && line[0] == '\r');
      line = next;
    }
  return TRUE;
}

/* Does it begin as a mail does: header lines only, up to an empty line, with one of those that every mail has? */
static gboolean
mos_import_looks_like_mail (const char *data,
                            gsize size)
{
  static const char *const names[] = { "From:", "Date:", "Received:", "Message-ID:", "Return-Path:", "Delivered-To:", "Subject:" };
  const char *end = data + MIN (size, MOS_IMPORT_LOOK_BYTES), *line = data;
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

static gboolean
mos_import_has_suffix (const char *path,
                       const char *suffix)
{
  gsize length = strlen (path), n = strlen (suffix);

  return length > n && g_ascii_strcasecmp (path + length - n, suffix) == 0;
}

/* @is_mail: where it lies says that it is one */
static gboolean
mos_import_file (const char *path,
                 gboolean is_mail,
                 MosImportFunc func,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, error);
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *data;

  if (mapped == NULL)
    return FALSE;
  bytes = g_mapped_file_get_bytes (mapped);
  data = g_bytes_get_data (bytes, &size);
  if (size >= 5 && memcmp (data, "From ", 5) == 0)
    return mos_import_mbox (path, bytes, func, user_data, cancellable, error);
  else if (is_mail || mos_import_has_suffix (path, ".eml") || mos_import_looks_like_mail (data, size))
    {
      /* A copy: the file may change under the mapping while the message waits in its batch. */
      g_autoptr (GBytes) raw = g_bytes_new (data, size);

      return func (path, raw, user_data, error);
    }
  else if (size == 0 && mos_import_has_suffix (path, ".mbox"))
    return TRUE;
  else
    return func (path, NULL, user_data, error);
}

static int
mos_import_compare (gconstpointer a,
                    gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
mos_import_has_folder (const char *path,
                       const char *name)
{
  g_autofree char *child = g_build_filename (path, name, NULL);

  return g_file_test (child, G_FILE_TEST_IS_DIR);
}

static gboolean
mos_import_folder (const char *path,
                   gboolean is_mail,
                   MosImportFunc func,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  gboolean is_maildir = mos_import_has_folder (path, "cur") && mos_import_has_folder (path, "new");
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  g_autoptr (GPtrArray) names = NULL;
  const char *name;

  if (dir == NULL)
    return FALSE;
  names = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, mos_import_compare);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = NULL;
      gboolean ok;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      name = g_ptr_array_index (names, i);
      child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        /* A Maildir's tmp holds what is still being delivered; its dot folders (Maildir++) are mailboxes. */
        ok = strcmp (name, "tmp") == 0 ||
             mos_import_folder (child, is_maildir && (strcmp (name, "cur") == 0 || strcmp (name, "new") == 0), func, user_data, cancellable, error);
      else if (*name == '.')
        ok = TRUE;
      else if (is_maildir)
        /* The server's lists and indexes. */
        ok = func (child, NULL, user_data, error);
      else
        ok = mos_import_file (child, is_mail, func, user_data, cancellable, error);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

gboolean
mos_import_walk (const char *path,
                 MosImportFunc func,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  /* A file that is named was meant. */
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return mos_import_file (path, TRUE, func, user_data, cancellable, error);
  return mos_import_folder (path, FALSE, func, user_data, cancellable, error);
}
