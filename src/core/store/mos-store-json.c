/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-store-private.h"

#include <errno.h>
#include <string.h>

static void
append_string (GString *out,
               const char *text)
{
  gboolean plain = TRUE;

  if (text == NULL)
    {
      g_string_append (out, "null");
      return;
    }
  for (const char *s = text; *s != '\0' && plain; s++)
    plain = (guchar) *s >= 0x20 && *s != '"' && *s != '\\';
  g_string_append_c (out, '"');
  if (plain)
    g_string_append (out, text);
  else
    for (const char *s = text; *s != '\0'; s++)
      if ((guchar) *s < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint) *s);
      else
        {
          if (*s == '"' || *s == '\\')
            g_string_append_c (out, '\\');
          g_string_append_c (out, *s);
        }
  g_string_append_c (out, '"');
}

static JsonNode *
parse (const char *json)
{
  return json != NULL ? json_from_string (json, NULL) : NULL;
}

/* What is no array, string or number there is none at all: damage is read as nothing. @node: (nullable) */
static JsonArray *
as_array (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonNode *
get_element (JsonArray *array,
             guint index)
{
  return array != NULL && index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;
}

static const char *
get_text (JsonArray *array,
          guint index)
{
  JsonNode *node = get_element (array, index);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static gint64
get_number (JsonArray *array,
            guint index)
{
  JsonNode *node = get_element (array, index);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
}

char *
mos_json_from_strv (char **strv)
{
  GString *out = g_string_new ("[");

  for (gsize i = 0; strv != NULL && strv[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_string (out, strv[i]);
    }
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

/* --- what we wrote ourselves, nearly always without anything escaped, is read without making a tree of it --- */

/* @at: (inout): a string or null; then it stands behind it. Returns: %FALSE where it is something else, or has an escape in it */
static gboolean
scan_string (const char **at,
             const char **ret_start,
             gsize *ret_length)
{
  const char *start = *at + 1;
  gsize length;

  if (g_str_has_prefix (*at, "null"))
    {
      *ret_start = NULL;
      *at += 4;
      return TRUE;
    }
  if (**at != '"')
    return FALSE;
  length = strcspn (start, "\"\\");
  if (start[length] != '"')
    return FALSE;
  *ret_start = start;
  *ret_length = length;
  *at = start + length + 1;
  return TRUE;
}

static gboolean
scan_strv (const char *json,
           GStrvBuilder *builder)
{
  const char *at = json + 1;

  if (*json != '[')
    return FALSE;
  if (strcmp (at, "]") == 0)
    return TRUE;
  for (;; at++)
    {
      const char *start;
      gsize length = 0;

      if (!scan_string (&at, &start, &length) || start == NULL)
        return FALSE;
      g_strv_builder_take (builder, g_strndup (start, length));
      if (strcmp (at, "]") == 0)
        return TRUE;
      if (*at != ',')
        return FALSE;
    }
}

/* [[name,address],…] */
static gboolean
scan_addresses (const char **at,
                GPtrArray *addresses)
{
  if (**at != '[')
    return FALSE;
  for ((*at)++;; (*at)++)
    {
      const char *name, *address;
      gsize name_length = 0, address_length = 0;
      g_autofree char *own_name = NULL;
      g_autofree char *own_address = NULL;

      if (**at != '[')
        return FALSE;
      (*at)++;
      if (!scan_string (at, &name, &name_length) || **at != ',')
        return FALSE;
      (*at)++;
      if (!scan_string (at, &address, &address_length) || address == NULL || **at != ']')
        return FALSE;
      (*at)++;
      own_name = name != NULL ? g_strndup (name, name_length) : NULL;
      own_address = g_strndup (address, address_length);
      g_ptr_array_add (addresses, mos_address_make (own_name, own_address));
      if (**at == ']')
        {
          (*at)++;
          return TRUE;
        }
      if (**at != ',')
        return FALSE;
    }
}

static gboolean
scan_recipients (const char *json,
                 GPtrArray *const lists[4])
{
  static const char *const keys[] = { "\"to\":", "\"cc\":", "\"bcc\":", "\"reply_to\":" };
  const char *at = json + 1;

  if (*json != '{')
    return FALSE;
  if (strcmp (at, "}") == 0)
    return TRUE;
  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      if (!g_str_has_prefix (at, keys[k]))
        continue;
      at += strlen (keys[k]);
      if (!scan_addresses (&at, lists[k]))
        return FALSE;
      if (strcmp (at, "}") == 0)
        return TRUE;
      if (*at != ',')
        return FALSE;
      at++;
    }
  return FALSE;
}

static GStrv
read_plain_strv (const char *json)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  return json == NULL || scan_strv (json, builder) ? g_strv_builder_end (builder) : NULL;
}

char **
mos_json_to_strv (const char *json)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array;
  GStrv plain = read_plain_strv (json);

  if (plain != NULL)
    return plain;
  node = parse (json);
  array = as_array (node);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (get_text (array, i) != NULL)
      g_strv_builder_add (builder, get_text (array, i));
  return g_strv_builder_end (builder);
}

static void
append_addresses (GString *out,
                  const char *key,
                  GPtrArray *addresses)
{
  if (addresses == NULL || addresses->len == 0)
    return;
  if (out->len > 1)
    g_string_append_c (out, ',');
  g_string_append_printf (out, "\"%s\":[", key);
  for (guint i = 0; i < addresses->len; i++)
    {
      MosAddress *address = addresses->pdata[i];

      g_string_append (out, i == 0 ? "[" : ",[");
      append_string (out, address->name);
      g_string_append_c (out, ',');
      append_string (out, address->address);
      g_string_append_c (out, ']');
    }
  g_string_append_c (out, ']');
}

char *
mos_json_from_recipients (GPtrArray *to,
                          GPtrArray *cc,
                          GPtrArray *bcc,
                          GPtrArray *reply_to)
{
  GString *out = g_string_new ("{");

  append_addresses (out, "to", to);
  append_addresses (out, "cc", cc);
  append_addresses (out, "bcc", bcc);
  append_addresses (out, "reply_to", reply_to);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

static GPtrArray *
new_addresses (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
}

static GPtrArray *
get_addresses (JsonObject *object,
               const char *key)
{
  GPtrArray *addresses = new_addresses ();
  JsonArray *array = as_array (object != NULL ? json_object_get_member (object, key) : NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonArray *pair = as_array (get_element (array, i));

      if (get_text (pair, 0) != NULL || get_text (pair, 1) != NULL)
        g_ptr_array_add (addresses, mos_address_make (get_text (pair, 0), get_text (pair, 1)));
    }
  return addresses;
}

void
mos_json_to_recipients (const char *json,
                        GPtrArray **ret_to,
                        GPtrArray **ret_cc,
                        GPtrArray **ret_bcc,
                        GPtrArray **ret_reply_to)
{
  g_autoptr (GPtrArray) to = new_addresses ();
  g_autoptr (GPtrArray) cc = new_addresses ();
  g_autoptr (GPtrArray) bcc = new_addresses ();
  g_autoptr (GPtrArray) reply_to = new_addresses ();
  GPtrArray *const lists[] = { to, cc, bcc, reply_to };
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  if (json == NULL || scan_recipients (json, lists))
    {
      *ret_to = g_steal_pointer (&to);
      *ret_cc = g_steal_pointer (&cc);
      *ret_bcc = g_steal_pointer (&bcc);
      if (ret_reply_to != NULL)
        *ret_reply_to = g_steal_pointer (&reply_to);
      return;
    }
  node = parse (json);
  object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  *ret_to = get_addresses (object, "to");
  *ret_cc = get_addresses (object, "cc");
  *ret_bcc = get_addresses (object, "bcc");
  if (ret_reply_to != NULL)
    *ret_reply_to = get_addresses (object, "reply_to");
}

char *
mos_json_from_attachments (GPtrArray *attachments)
{
  GString *out = g_string_new ("[");

  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    {
      MosAttachment *attachment = attachments->pdata[i];

      g_string_append (out, i == 0 ? "[" : ",[");
      append_string (out, attachment->name);
      g_string_append_c (out, ',');
      append_string (out, attachment->type);
      g_string_append_printf (out, ",%" G_GUINT64_FORMAT ",%d,", attachment->size, attachment->is_inline ? 1 : 0);
      append_string (out, attachment->content_id);
      g_string_append_c (out, ',');
      append_string (out, attachment->sha256);
      g_string_append_c (out, ']');
    }
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

GPtrArray *
mos_json_to_attachments (const char *json)
{
  GPtrArray *attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  g_autoptr (JsonNode) node = parse (json);
  JsonArray *array = as_array (node);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonArray *fields = as_array (get_element (array, i));
      MosAttachment *attachment;

      if (fields == NULL)
        continue;
      attachment = mos_attachment_new ();

      attachment->name = g_strdup (get_text (fields, 0));
      attachment->type = g_strdup (get_text (fields, 1));
      attachment->size = (guint64) get_number (fields, 2);
      attachment->is_inline = get_number (fields, 3) != 0;
      attachment->content_id = g_strdup (get_text (fields, 4));
      attachment->sha256 = g_strdup (get_text (fields, 5));
      g_ptr_array_add (attachments, attachment);
    }
  return attachments;
}

/* --- small things --- */

void
mos_check_add (GPtrArray *problems,
               const char *kind,
               const char *subject,
               const char *detail)
{
  MosCheckProblem *problem = mos_check_problem_new ();

  problem->kind = g_strdup (kind);
  problem->subject = g_strdup (subject != NULL ? subject : "");
  problem->detail = g_strdup (detail);
  g_ptr_array_add (problems, problem);
}

gboolean
mos_not_found (GError **error,
               const char *what,
               const char *id)
{
  g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND, "No %s %s", what, id);
  return FALSE;
}

gboolean
mos_set_errno (GError **error,
               int saved,
               const char *path)
{
  int code = MOS_STORE_ERROR_FAILED;

  if (saved == ENOSPC || saved == EDQUOT || saved == EFBIG)
    code = MOS_STORE_ERROR_DISK_FULL;
  else if (saved == EACCES || saved == EPERM || saved == EROFS)
    code = MOS_STORE_ERROR_READ_ONLY;
  g_set_error (error, MOS_STORE_ERROR, code, "%s: %s", path, g_strerror (saved));
  return FALSE;
}

GPtrArray *
mos_query_ids (MosStatement *statement,
               GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  int r;

  if (statement == NULL)
    return NULL;
  while ((r = mos_statement_step (statement, error)) > 0)
    g_ptr_array_add (ids, mos_statement_dup_text (statement, 0));
  return r == 0 ? g_steal_pointer (&ids) : NULL;
}

char *
mos_one_line (const char *text,
              gsize max)
{
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;
  gsize n = 0;

  for (const char *s = text; *s != '\0' && n < max; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          space = out->len > 0;
          continue;
        }
      if (space)
        g_string_append_c (out, ' ');
      space = FALSE;
      g_string_append_unichar (out, c);
      n++;
    }
  return g_string_free (out, FALSE);
}
