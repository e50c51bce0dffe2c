/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-macros.h"

#include "core/base/mos-id.h"
#include "core/base/mos-text.h"
#include "core/desk/mos-macro-actions.h"
#include "core/store/mos-store-blobs.h"
#include "core/store/mos-store-macros.h"
#include "core/store/mos-store-scheduled.h"
#include "core/values/mos-macro-json.h"
#include "mos-macro-resources.h"

#include <string.h>

gboolean
mos_macros_find (MosTxn *txn,
                 const char *name,
                 const char *agent,
                 MosMacro **ret_macro,
                 GError **error)
{
  g_autoptr (GPtrArray) macros = mos_store_macro_list (txn, agent, error);
  g_autofree char *folded = g_utf8_strdown (*name == '/' ? name + 1 : name, -1);
  MosMacro *found = NULL;
  guint n = 0;

  if (macros == NULL)
    return FALSE;
  for (guint i = 0; i < macros->len; i++)
    {
      MosMacro *macro = macros->pdata[i];

      if (strcmp (macro->id, name) == 0 || (*macro->shortcode != '\0' && strcmp (macro->shortcode, folded) == 0))
        {
          *ret_macro = mos_macro_ref (macro);
          return TRUE;
        }
      if (mos_text_same_name (macro->name, name))
        {
          found = macro;
          n++;
        }
    }
  if (n == 1)
    {
      *ret_macro = mos_macro_ref (found);
      return TRUE;
    }
  if (n == 0)
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No macro “%s”", name);
  else
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Several macros are called “%s”", name);
  return FALSE;
}

static gboolean
refuse (GError **error,
        const char *text)
{
  g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, text);
  return FALSE;
}

static gboolean
store_attachments (MosTxn *txn,
                   MosMacro *macro,
                   GError **error)
{
  for (guint i = 0; i < macro->attachments->len; i++)
    {
      MosAttachment *attachment = macro->attachments->pdata[i];
      g_autoptr (MosAttachment) stored = NULL;
      g_autoptr (GBytes) data = NULL;

      if (attachment->data == NULL)
        {
          if (attachment->sha256 == NULL || !mos_store_blob_find (txn, attachment->sha256, &data, error))
            return attachment->sha256 == NULL ? refuse (error, "An attachment has no data") : FALSE;
          if (data == NULL)
            {
              g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "The attachment “%s” has no data, and is not here", attachment->name);
              return FALSE;
            }
          continue;
        }
      stored = mos_attachment_new ();
      stored->name = g_strdup (attachment->name);
      stored->type = g_strdup (attachment->type);
      stored->size = g_bytes_get_size (attachment->data);
      if (!mos_store_blob_put (txn, attachment->data, &stored->sha256, error))
        return FALSE;
      mos_attachment_unref (attachment);
      macro->attachments->pdata[i] = g_steal_pointer (&stored);
    }
  return TRUE;
}

gboolean
mos_macros_save (MosTxn *txn,
                 MosMacro *macro,
                 char **ret_id,
                 GError **error)
{
  g_autoptr (MosMacro) copy = mos_macro_copy (macro);
  g_autoptr (MosMacro) other = NULL;
  g_autofree char *folder = mos_macro_fold_folder (copy->folder);
  const char *excess;

  g_strstrip (copy->name);
  g_set_str (&copy->folder, folder);
  if (*copy->name == '\0')
    return refuse (error, "A macro needs a name");
  if (copy->texts->len == 0 && copy->actions->len == 0)
    return refuse (error, "A macro needs a text or an action");
  excess = mos_macro_find_excess (copy);
  if (excess != NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "A macro cannot have so much in it: %s", excess);
      return FALSE;
    }
  if (!mos_macro_is_shortcode (copy->shortcode))
    return refuse (error, "A shortcode has small letters, digits, “-” and “_”");
  for (guint i = 0; i < copy->actions->len; i++)
    {
      const MosMacroAction *action = copy->actions->pdata[i];

      if (!mos_macro_is_value (action->kind, action->value))
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "%s cannot be “%s”", mos_macro_action_kind_to_nick (action->kind), action->value);
          return FALSE;
        }
    }
  if (!mos_store_macro_find_shortcode (txn, copy->shortcode, copy->id, &other, error))
    return FALSE;
  if (other != NULL)
    {
      g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT, "The macro “%s” has the shortcode /%s", other->name, copy->shortcode);
      return FALSE;
    }
  if (copy->id == NULL)
    copy->id = mos_id_new (mos_txn_get_now_us (txn));
  if (!store_attachments (txn, copy, error) || !mos_store_macro_save (txn, copy, error))
    return FALSE;
  if (ret_id != NULL)
    *ret_id = g_strdup (copy->id);
  return TRUE;
}

/* --- a set to begin with --- */

/* A member that is a text in each language: that of @language, or English. */
static const char *
choose (JsonObject *object,
        const char *name,
        const char *language)
{
  JsonObject *texts = json_object_get_object_member (object, name);

  return json_object_get_string_member (texts, json_object_has_member (texts, language) ? language : "en");
}

/* Tags are words that people read: the one of @language of each. */
static void
translate_tags (JsonArray *actions,
                const char *language)
{
  for (guint i = 0; i < json_array_get_length (actions); i++)
    {
      JsonObject *action = json_array_get_object_element (actions, i);

      if (json_object_has_member (action, "tag"))
        {
          g_autofree char *tag = g_strdup (choose (action, "tag", language));

          json_object_set_string_member (action, "tag", tag);
        }
    }
}

/* Returns: (transfer full) (nullable) */
static JsonNode *
read_starter (void)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (mos_macro_starter_get_resource (), "/org/mostrador/macros/starter.json", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *json = bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;

  return json != NULL ? json_from_string (json, NULL) : NULL;
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
mos_macros_list_starter_languages (void)
{
  g_autoptr (JsonNode) root = read_starter ();
  g_autoptr (GPtrArray) languages = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  JsonArray *array = root != NULL ? json_object_get_array_member (json_node_get_object (root), "macros") : NULL;

  if (array != NULL && json_array_get_length (array) > 0)
    {
      g_autoptr (GList) members = json_object_get_members (json_object_get_object_member (json_array_get_object_element (array, 0), "name"));

      for (GList *l = members; l != NULL; l = l->next)
        g_ptr_array_add (languages, g_strdup (l->data));
      g_ptr_array_sort (languages, compare_strings);
    }
  return (char **) g_ptr_array_free (g_steal_pointer (&languages), FALSE);
}

/* Named in @language where it is translated there, else in English. */
static GPtrArray *
load_starter (const char *language)
{
  g_autoptr (GPtrArray) macros = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_macro_unref);
  g_autoptr (JsonNode) root = read_starter ();
  g_autofree char *folded = mos_macro_fold_language (language);
  JsonArray *array;

  g_return_val_if_fail (root != NULL, g_steal_pointer (&macros));

  folded[strcspn (folded, "-")] = '\0';
  array = json_object_get_array_member (json_node_get_object (root), "macros");
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      MosMacro *macro = mos_macro_make ();

      g_set_str (&macro->name, choose (object, "name", folded));
      g_set_str (&macro->shortcode, choose (object, "shortcode", folded));
      g_set_str (&macro->folder, choose (object, "folder", folded));
      mos_macro_read_texts (macro, json_object_get_member (object, "texts"), NULL);
      if (json_object_has_member (object, "actions"))
        {
          translate_tags (json_object_get_array_member (object, "actions"), folded);
          mos_macro_read_actions (macro, json_object_get_member (object, "actions"), NULL);
        }
      macro->is_for_notes = json_object_get_boolean_member_with_default (object, "for_notes", FALSE);
      g_ptr_array_add (macros, macro);
    }
  return g_steal_pointer (&macros);
}

gboolean
mos_macros_install_starter (MosTxn *txn,
                            const char *language,
                            guint *ret_n,
                            GError **error)
{
  g_autoptr (GPtrArray) starter = load_starter (language);
  g_autoptr (GPtrArray) known = mos_store_macro_list (txn, mos_txn_get_actor (txn)->id, error);
  guint n = 0;

  if (known == NULL)
    return FALSE;
  for (guint i = 0; i < starter->len; i++)
    {
      MosMacro *macro = starter->pdata[i];
      g_autoptr (MosMacro) other = NULL;
      gboolean is_there = FALSE;

      for (guint k = 0; k < known->len; k++)
        is_there = is_there || mos_text_same_name (((MosMacro *) known->pdata[k])->name, macro->name);
      if (!mos_store_macro_find_shortcode (txn, macro->shortcode, NULL, &other, error))
        return FALSE;
      if (is_there || other != NULL)
        continue;
      if (!mos_macros_save (txn, macro, NULL, error))
        return FALSE;
      n++;
    }
  if (ret_n != NULL)
    *ret_n = n;
  return TRUE;
}

/* Whatever language it is named in: each has the texts in all of them. */
static gboolean
is_as_begun (const MosMacro *macro,
             GPtrArray *starter)
{
  for (guint i = 0; i < starter->len; i++)
    {
      const MosMacro *other = starter->pdata[i];
      gboolean is_same = macro->attachments->len == 0 && macro->is_for_notes == other->is_for_notes && macro->actions->len == other->actions->len && macro->texts->len == other->texts->len;

      for (guint k = 0; is_same && k < macro->texts->len; k++)
        {
          const MosMacroText *text = macro->texts->pdata[k], *begun = other->texts->pdata[k];

          is_same = strcmp (text->language, begun->language) == 0 && strcmp (text->text, begun->text) == 0;
        }
      if (is_same)
        return TRUE;
    }
  return FALSE;
}

gboolean
mos_macros_has_own (MosTxn *txn,
                    const char *agent,
                    gboolean *ret_has,
                    GError **error)
{
  g_autoptr (GPtrArray) macros = mos_store_macro_list (txn, agent, error);
  g_autoptr (GPtrArray) starter = NULL;

  if (macros == NULL)
    return FALSE;
  starter = load_starter ("en");
  *ret_has = FALSE;
  for (guint i = 0; !*ret_has && i < macros->len; i++)
    {
      const MosMacro *macro = macros->pdata[i];

      *ret_has = macro->n_used > 0 || !is_as_begun (macro, starter);
    }
  return TRUE;
}

gboolean
mos_macros_begin (MosTxn *txn,
                  const char *language,
                  GError **error)
{
  gboolean is_new;

  return mos_store_macro_is_new_profile (txn, &is_new, error) && (!is_new || mos_macros_install_starter (txn, language, NULL, error));
}

/* --- use --- */

gboolean
mos_macros_note_draft (MosTxn *txn,
                       MosDraft *draft,
                       const char *message,
                       const char *conversation,
                       gboolean acts,
                       gint64 at_us,
                       GError **error)
{
  MosMacroPlan *plan = draft->macros;
  g_autofree char *undo = NULL;

  if (plan == NULL)
    return TRUE;
  for (guint i = 0; i < plan->uses->len; i++)
    {
      const MosMacroUse *use = plan->uses->pdata[i];
      g_autoptr (MosMacro) macro = NULL;

      /* It may have been deleted since. */
      if (!mos_store_macro_find (txn, use->macro, &macro, error) ||
          (macro != NULL && !mos_store_macro_note_use (txn, use->macro, message, use->language, mos_txn_get_actor (txn)->id, error)))
        return FALSE;
    }
  if (!acts || plan->actions->len == 0)
    return TRUE;
  return mos_macro_actions_apply (txn, conversation, plan->actions, at_us, &undo, error) &&
         mos_store_scheduled_set_macro_undo (txn, message, undo, error);
}
