/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-macro-import.h"

#include "core/base/mos-json.h"
#include "core/desk/mos-macro-foreign.h"
#include "core/desk/mos-macros.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-macros.h"
#include "core/values/mos-macro-json.h"

#include <string.h>

#define FORMAT "mostrador-macros"

static const char *const macro_import_result_nicks[] = {
  [MOS_MACRO_IMPORT_NEW] = "new",
  [MOS_MACRO_IMPORT_REPLACED] = "replaced",
  [MOS_MACRO_IMPORT_KEPT] = "kept",
  [MOS_MACRO_IMPORT_REFUSED] = "refused",
};
MOS_DEFINE_NICKS (MosMacroImportResult, macro_import_result)

static void
mos_macro_import_entry_clear (MosMacroImportEntry *self)
{
  g_free (self->name);
  g_free (self->why);
  g_clear_pointer (&self->macro, mos_macro_unref);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
}

MOS_DEFINE_VALUE (MosMacroImportEntry, macro_import_entry)

/* --- reading --- */

static MosMacroImportEntry *
read_one (JsonNode *node)
{
  MosMacroImportEntry *entry = mos_macro_import_entry_new ();
  JsonNode *name = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), "name") : NULL;

  entry->notes = g_ptr_array_new_with_free_func (g_free);
  entry->macro = mos_macro_read (node, &entry->why);
  entry->name = name != NULL && JSON_NODE_HOLDS_VALUE (name) && json_node_get_value_type (name) == G_TYPE_STRING ? json_node_dup_string (name) : g_strdup ("");
  if (entry->macro == NULL)
    entry->result = MOS_MACRO_IMPORT_REFUSED;
  return entry;
}

static GPtrArray *
read_json (const char *text,
           GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_macro_import_entry_unref);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) root = json_from_string (text, &local_error);
  JsonNode *list = root;

  if (root == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "%s", local_error != NULL ? local_error->message : "empty");
      return NULL;
    }
  if (JSON_NODE_HOLDS_OBJECT (root) && json_object_has_member (json_node_get_object (root), "macros"))
    list = json_object_get_member (json_node_get_object (root), "macros");
  if (JSON_NODE_HOLDS_OBJECT (list))
    g_ptr_array_add (entries, read_one (list));
  else if (JSON_NODE_HOLDS_ARRAY (list))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
      g_ptr_array_add (entries, read_one (json_array_get_element (json_node_get_array (list), i)));
  else
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "There are no macros in it");
      return NULL;
    }
  return g_steal_pointer (&entries);
}

GPtrArray *
mos_macro_import_read (GBytes *data,
                       const char *language,
                       GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (data, &size);
  g_autofree char *text = NULL;
  const char *first;
  GPtrArray *entries;

  if (size >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      bytes += 3;
      size -= 3;
    }
  if (memchr (bytes != NULL ? bytes : "", '\0', size) != NULL || !g_utf8_validate (bytes, (gssize) size, NULL))
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "It is no text in UTF-8");
      return NULL;
    }
  text = g_strndup (bytes, size);
  first = text + strspn (text, " \t\r\n");
  if (*first == '{' || *first == '[')
    return read_json (text, error);
  entries = mos_macro_foreign_read (text, language);
  if (entries == NULL)
    g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "It is neither JSON nor CSV with a name and a text");
  return entries;
}

/* --- into the profile --- */

/* What is here, read once: a file has thousands as easily as one. */
typedef struct
{
  GPtrArray *macros;    /* (owned): also those that the file brought */
  GHashTable *by_place; /* (owned): key of folder and name -> MosMacro */
  GHashTable *by_name;  /* (owned): key of the name -> MosMacro; %NULL where several have it. Without those that the file brought */
} Known;

static void
known_clear (Known *self)
{
  g_clear_pointer (&self->macros, g_ptr_array_unref);
  g_clear_pointer (&self->by_place, g_hash_table_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

static char *
make_key (const char *folder,
          const char *name)
{
  g_autofree char *folded_folder = g_utf8_casefold (folder, -1);
  g_autofree char *folded_name = g_utf8_casefold (name, -1);
  g_autofree char *joined = g_strconcat (folded_folder, "\n", folded_name, NULL);
  char *key = g_utf8_normalize (joined, -1, G_NORMALIZE_ALL);

  return key != NULL ? key : g_steal_pointer (&joined);
}

static gboolean
load_known (MosTxn *txn,
            Known *known,
            GError **error)
{
  known->macros = mos_store_macro_list (txn, mos_txn_get_actor (txn)->id, error);
  if (known->macros == NULL)
    return FALSE;
  known->by_place = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  known->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < known->macros->len; i++)
    {
      MosMacro *macro = known->macros->pdata[i];
      char *name = make_key ("", macro->name);

      g_hash_table_insert (known->by_place, make_key (macro->folder, macro->name), macro);
      g_hash_table_replace (known->by_name, name, g_hash_table_contains (known->by_name, name) ? NULL : macro);
    }
  return TRUE;
}

/* Of one file several macros may have a name, in folders of their own.
 *
 * @ret_known: (out) (nullable) (transfer full): the macro here that @macro would be beside: with its shortcode, with its name in its folder, or the only one with its name */
static gboolean
find_known (MosTxn *txn,
            Known *known,
            MosMacro *macro,
            MosMacro **ret_known,
            GError **error)
{
  g_autofree char *place = make_key (macro->folder, macro->name);
  g_autofree char *name = make_key ("", macro->name);
  MosMacro *found;

  if (!mos_store_macro_find_shortcode (txn, macro->shortcode, NULL, ret_known, error))
    return FALSE;
  if (*ret_known != NULL)
    return TRUE;
  found = g_hash_table_lookup (known->by_place, place);
  if (found == NULL)
    found = g_hash_table_lookup (known->by_name, name);
  *ret_known = found != NULL ? mos_macro_ref (found) : NULL;
  return TRUE;
}

static gboolean
import_one (MosTxn *txn,
            Known *here,
            MosMacroImportEntry *entry,
            gboolean replaces,
            GError **error)
{
  g_autoptr (MosMacro) known = NULL;
  g_autoptr (MosMacro) macro = NULL;
  g_autoptr (GError) local_error = NULL;

  if (entry->macro == NULL)
    return TRUE;
  if (!find_known (txn, here, entry->macro, &known, error))
    return FALSE;
  entry->result = known == NULL ? MOS_MACRO_IMPORT_NEW : replaces ? MOS_MACRO_IMPORT_REPLACED
                                                                  : MOS_MACRO_IMPORT_KEPT;
  if (entry->result == MOS_MACRO_IMPORT_KEPT)
    return TRUE;
  macro = mos_macro_copy (entry->macro);
  if (known != NULL)
    {
      g_set_str (&macro->id, known->id);
      g_set_str (&macro->agent, known->agent);
    }
  if (mos_macros_save (txn, macro, known == NULL ? &macro->id : NULL, &local_error))
    {
      g_hash_table_replace (here->by_place, make_key (macro->folder, macro->name), macro);
      g_ptr_array_add (here->macros, g_steal_pointer (&macro));
      return TRUE;
    }
  /* Its own fault: the others are taken. */
  if (g_error_matches (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID) || g_error_matches (local_error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT))
    {
      entry->result = MOS_MACRO_IMPORT_REFUSED;
      g_set_str (&entry->why, local_error->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
mos_macro_import_run (MosTxn *txn,
                      GPtrArray *entries,
                      gboolean replaces,
                      GError **error)
{
  g_auto (Known) known = { 0 };

  g_return_val_if_fail (entries != NULL, FALSE);

  if (!load_known (txn, &known, error))
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    if (!import_one (txn, &known, entries->pdata[i], replaces, error))
      return FALSE;
  return TRUE;
}

/* --- out of it --- */

static gboolean
load_attachments (MosTxn *txn,
                  MosMacro *macro,
                  GError **error)
{
  for (guint i = 0; i < macro->attachments->len; i++)
    {
      MosAttachment *attachment = macro->attachments->pdata[i];
      MosAttachment *whole = mos_attachment_new ();

      whole->name = g_strdup (attachment->name);
      whole->type = g_strdup (attachment->type);
      whole->size = attachment->size;
      whole->sha256 = g_strdup (attachment->sha256);
      mos_attachment_unref (attachment);
      macro->attachments->pdata[i] = whole;
      if (!mos_store_blob_find (txn, whole->sha256, &whole->data, error))
        return FALSE;
    }
  return TRUE;
}

char *
mos_macro_export (MosTxn *txn,
                  GPtrArray *macros,
                  GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (macros != NULL, NULL);

  json_builder_begin_object (builder);
  mos_json_string (builder, "format", FORMAT);
  mos_json_int (builder, "version", 1);
  json_builder_set_member_name (builder, "macros");
  json_builder_begin_array (builder);
  for (guint i = 0; i < macros->len; i++)
    {
      g_autoptr (MosMacro) macro = mos_macro_copy (macros->pdata[i]);

      if (!load_attachments (txn, macro, error))
        return NULL;
      mos_macro_build (builder, macro);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}
