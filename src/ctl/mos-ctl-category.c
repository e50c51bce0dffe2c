/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-categories.h"
#include "core/store/mos-store-categories.h"

#include <glib/gi18n.h>
#include <string.h>

/* What conversations are about: the shop's list. */

typedef struct
{
  const char *name;     /* (nullable) */
  const char *new_name; /* (nullable) */
  const char *words;    /* (nullable) */
  const char *complex;  /* (nullable): "yes" or "no" */
  const char *where;    /* (nullable) */
  gboolean all;
  GPtrArray *categories;
  MosCategory *category;
  MosCategoryHint *hint;
  gint64 number;
} MosCtlCategory;

static void
mos_ctl_category_clear (MosCtlCategory *call)
{
  g_clear_pointer (&call->categories, g_ptr_array_unref);
  g_clear_pointer (&call->category, mos_category_unref);
  g_clear_pointer (&call->hint, mos_category_hint_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlCategory, mos_ctl_category_clear)

gboolean
mos_ctl_find_category (MosTxn *txn,
                       const char *name,
                       MosCategory **ret_category,
                       GError **error)
{
  g_autoptr (GError) local_error = NULL;

  /* Perhaps no window has opened this profile yet. */
  if (!mos_categories_begin (txn, g_get_language_names ()[0], error))
    return FALSE;
  if (mos_categories_find_by_name (txn, name, ret_category, &local_error))
    return TRUE;
  if (g_error_matches (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND))
    /* Translators: %s is what was typed for a category */
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("There is no category “%s”; “mostradorctl category list” names them"), name);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* --- showing --- */

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlCategory *call = data;

  if (!mos_categories_begin (txn, g_get_language_names ()[0], error))
    return FALSE;
  call->categories = call->all ? mos_store_category_list (txn, error) : mos_categories_list (txn, error);
  return call->categories != NULL;
}

static void
print_category (MosCtl *self,
                const MosCategory *category)
{
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "id", category->id);
      mos_json_string (builder, "name", category->name);
      mos_json_bool (builder, "complex", category->is_complex);
      mos_json_string (builder, "words", category->words);
      mos_json_bool (builder, "removed", category->is_removed);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }
  mos_ctl_print (self, "%s  %s%s%s%s\n", category->is_removed ? "-" : category->is_complex ? "!"
                                                                                           : " ",
                 category->name, *category->words != '\0' ? "  (" : "", category->words, *category->words != '\0' ? ")" : "");
}

static gboolean
do_suggest (MosTxn *txn,
            gpointer data,
            GError **error)
{
  MosCtlCategory *call = data;
  g_autoptr (MosConversationRow) row = NULL;

  if (!mos_categories_begin (txn, g_get_language_names ()[0], error) || !mos_ctl_find_conversation (txn, call->name, &row, error) ||
      !mos_categories_suggest (txn, row->id, &call->hint, error))
    return FALSE;
  call->number = row->number;
  return call->hint == NULL || mos_store_category_find (txn, call->hint->category, &call->category, error);
}

static int
suggest (MosCtl *self,
         MosCtlCategory *call)
{
  g_autofree char *words = NULL;
  GError *error = NULL;

  if (!mos_ctl_write (self, NULL, do_suggest, call, &error))
    return mos_ctl_fail (self, error);
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      char *none[] = { NULL };

      json_builder_begin_object (builder);
      mos_json_int (builder, "number", call->number);
      mos_json_string (builder, "category", call->hint != NULL ? call->hint->category : NULL);
      mos_json_string (builder, "name", call->category != NULL ? call->category->name : NULL);
      mos_json_strv (builder, "words", call->hint != NULL ? call->hint->words : none);
      mos_json_string (builder, "order_status", call->hint != NULL ? call->hint->order_status : NULL);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return MOS_CTL_DONE;
    }
  if (call->hint == NULL)
    {
      mos_ctl_print (self, "%s\n", _ ("Nothing to suggest"));
      return MOS_CTL_DONE;
    }
  words = g_strjoinv (", ", call->hint->words);
  mos_ctl_print (self, "%s: %s%s%s\n", call->category != NULL ? call->category->name : call->hint->category, words, call->hint->order_status != NULL ? " · " : "",
                 call->hint->order_status != NULL ? call->hint->order_status : "");
  return MOS_CTL_DONE;
}

/* --- changing --- */

static gboolean
do_save (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlCategory *call = data;
  g_autoptr (MosCategory) known = NULL;
  g_autoptr (MosCategory) category = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *id = NULL;

  if (call->name != NULL && !mos_ctl_find_category (txn, call->name, &known, error))
    return FALSE;
  if (known == NULL && !mos_categories_begin (txn, g_get_language_names ()[0], error))
    return FALSE;
  category = known != NULL ? mos_category_copy (known) : mos_category_new ();
  if (call->new_name != NULL)
    g_set_str (&category->name, call->new_name);
  if (call->words != NULL || category->words == NULL)
    g_set_str (&category->words, call->words != NULL ? call->words : "");
  if (call->complex != NULL)
    category->is_complex = strcmp (call->complex, "yes") == 0;
  g_clear_pointer (&call->category, mos_category_unref);
  if (mos_categories_save (txn, category, &id, &local_error))
    return mos_store_category_find (txn, id, &call->category, error);
  if (g_error_matches (local_error, MOS_STORE_ERROR, MOS_STORE_ERROR_CONFLICT))
    /* Translators: %s is the name of a category */
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("There is a category “%s” already"), category->name);
  else if (g_error_matches (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” cannot be the name of a category: it takes up to 60 letters, and “none” means no category"), category->name);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Returns: whether @where is a place; -1 = one up, -2 = one down, -3 = the last, else counted from 0 */
static gboolean
parse_where (const char *where,
             int *ret_to)
{
  gint64 place;

  if (strcmp (where, "up") == 0)
    *ret_to = -1;
  else if (strcmp (where, "down") == 0)
    *ret_to = -2;
  else if (strcmp (where, "first") == 0)
    *ret_to = 0;
  else if (strcmp (where, "last") == 0)
    *ret_to = -3;
  else if (g_ascii_string_to_signed (where, 10, 1, G_MAXINT16, &place, NULL))
    *ret_to = (int) place - 1;
  else
    return FALSE;
  return TRUE;
}

static gboolean
do_move (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlCategory *call = data;
  g_autoptr (GPtrArray) categories = NULL;
  int to = 0;

  g_clear_pointer (&call->category, mos_category_unref);
  if (!mos_ctl_find_category (txn, call->name, &call->category, error))
    return FALSE;
  parse_where (call->where, &to);
  categories = mos_categories_list (txn, error);
  if (categories == NULL)
    return FALSE;
  if (to >= (int) categories->len)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, ngettext ("There is only %u category: no such place", "There are only %u categories: no such place", categories->len), categories->len);
      return FALSE;
    }
  if (to == -3)
    to = (int) categories->len - 1;
  for (guint i = 0; to < 0 && i < categories->len; i++)
    if (g_str_equal (((MosCategory *) categories->pdata[i])->id, call->category->id))
      to = to == -1 ? MAX ((int) i - 1, 0) : MIN ((int) i + 1, (int) categories->len - 1);
  return mos_categories_move (txn, call->category->id, to, error);
}

static gboolean
do_remove (MosTxn *txn,
           gpointer data,
           GError **error)
{
  MosCtlCategory *call = data;

  g_clear_pointer (&call->category, mos_category_unref);
  return mos_ctl_find_category (txn, call->name, &call->category, error) && mos_store_category_remove (txn, call->category->id, error);
}

/* @result: a word for programs; @format: one %s for the name */
static int
change (MosCtl *self,
        MosCtlCategory *call,
        const char *label,
        MosCtlTxn func,
        const char *result,
        const char *sentence)
{
  g_autofree char *said = NULL;
  GError *error = NULL;

  if (!mos_ctl_write (self, label, func, call, &error))
    return mos_ctl_fail (self, error);
  said = g_strdup_printf ("%s: %s", call->category->name, sentence);
  mos_ctl_say (self, result, call->category->id, said);
  return MOS_CTL_DONE;
}

/* "complex=yes" and "words=a, b" */
static gboolean
take_words (MosCtlCategory *call,
            GPtrArray *args)
{
  for (guint i = 2; i < args->len; i++)
    {
      const char *word = args->pdata[i];

      if (strcmp (word, "complex=yes") == 0 || strcmp (word, "complex=no") == 0)
        call->complex = word + strlen ("complex=");
      else if (g_str_has_prefix (word, "words="))
        call->words = word + strlen ("words=");
      else if (g_str_has_prefix (word, "name="))
        call->new_name = word + strlen ("name=");
      else
        return FALSE;
    }
  return args->len > 2;
}

static int
say_usage (MosCtl *self)
{
  /* Translators: words of the command line, not translated; %s: more of them */
  return mos_ctl_usage (self, _ ("Say category list [--all], add NAME [--complex] [--words W], rename NAME NEW, set NAME %s, move NAME up|down|first|last|PLACE, remove NAME or suggest NUMBER"), MOS_CTL_CATEGORY_WORDS);
}

int
mos_ctl_category (MosCtl *self,
                  GPtrArray *args)
{
  g_auto (MosCtlCategory) call = { 0 };
  g_autofree char *words = mos_ctl_take_option (args, "--words");
  gboolean is_complex = mos_ctl_take_flag (args, "--complex");
  GError *error = NULL;
  const char *verb;
  int to;

  call.all = mos_ctl_take_flag (args, "--all");
  if (!mos_ctl_check_args (self, args, 1, 5))
    return MOS_CTL_USAGE;
  verb = args->pdata[0];
  call.name = args->len > 1 ? args->pdata[1] : NULL;
  if (strcmp (verb, "list") == 0 && args->len == 1)
    {
      if (!mos_ctl_write (self, NULL, do_list, &call, &error))
        return mos_ctl_fail (self, error);
      for (guint i = 0; i < call.categories->len; i++)
        print_category (self, call.categories->pdata[i]);
      return MOS_CTL_DONE;
    }
  if (strcmp (verb, "suggest") == 0 && args->len == 2)
    return suggest (self, &call);
  if (strcmp (verb, "add") == 0 && args->len == 2)
    {
      call.new_name = g_steal_pointer (&call.name);
      call.words = words;
      call.complex = is_complex ? "yes" : NULL;
      return change (self, &call, "category-add", do_save, "added", _ ("added"));
    }
  if (strcmp (verb, "rename") == 0 && args->len == 3)
    {
      call.new_name = args->pdata[2];
      return change (self, &call, "category-edit", do_save, "renamed", _ ("renamed"));
    }
  if (strcmp (verb, "set") == 0 && take_words (&call, args))
    return change (self, &call, "category-edit", do_save, "set", _ ("changed"));
  if (strcmp (verb, "move") == 0 && args->len == 3 && parse_where (args->pdata[2], &to))
    {
      call.where = args->pdata[2];
      return change (self, &call, "category-move", do_move, "moved", _ ("moved"));
    }
  if (strcmp (verb, "remove") == 0 && args->len == 2)
    return change (self, &call, "category-remove", do_remove, "removed", _ ("removed; conversations keep it, and “mostradorctl undo” brings it back"));
  return say_usage (self);
}
