/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-macro-apply.h"
#include "core/desk/mos-macro-import.h"
#include "core/desk/mos-macros.h"
#include "core/desk/mos-orders-here.h"
#include "core/store/mos-store-macros.h"
#include "core/values/mos-macro-json.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* Saved answers. */

/* Of a conversation: as many as a macro has to choose from. */
#define MAX_ORDERS 50

typedef struct
{
  const char *name; /* (nullable) */
  const char *text; /* (nullable): what is searched for */
  GPtrArray *macros;
  MosMacro *macro;
  MosMacroOutcome outcome;
  char *id;
  gboolean replaces;
  GPtrArray *entries; /* of MosMacroImportEntry */
  char *exported;
} MosCtlMacro;

static void
mos_ctl_macro_clear (MosCtlMacro *call)
{
  g_clear_pointer (&call->macros, g_ptr_array_unref);
  g_clear_pointer (&call->macro, mos_macro_unref);
  g_clear_pointer (&call->entries, g_ptr_array_unref);
  g_free (call->id);
  g_free (call->exported);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlMacro, mos_ctl_macro_clear)

gboolean
mos_ctl_find_macro (MosTxn *txn,
                    const char *name,
                    MosMacro **ret_macro,
                    GError **error)
{
  g_autoptr (MosAgent) me = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!mos_ctl_find_me (txn, &me, error))
    return FALSE;
  if (mos_macros_find (txn, name, me != NULL ? me->id : NULL, ret_macro, &local_error))
    return TRUE;
  if (g_error_matches (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND))
    /* Translators: %s is what was typed for a macro */
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("There is no macro “%s”; “mostradorctl macro list” names them"), name);
  else if (g_error_matches (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, _ ("Several macros are called “%s”; use a shortcode or an id"), name);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* --- showing --- */

static JsonNode *
make_json (MosMacro *macro,
           const MosMacroOutcome *outcome)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  JsonNode *root;
  JsonObject *object;

  mos_macro_build (builder, macro);
  root = json_builder_get_root (builder);
  object = json_node_get_object (root);
  json_object_set_string_member (object, "id", macro->id);
  json_object_set_boolean_member (object, "shared", macro->agent == NULL);
  json_object_set_int_member (object, "used", macro->n_used);
  if (outcome != NULL)
    {
      json_object_set_int_member (object, "closed", outcome->n_closed);
      json_object_set_int_member (object, "answered", outcome->n_answered);
      json_object_set_array_member (object, "questions", mos_ctl_make_questions (macro));
    }
  return root;
}

static void
print_json (MosCtl *self,
            JsonNode *node)
{
  g_autofree char *line = json_to_string (node, FALSE);

  mos_ctl_print (self, "%s\n", line);
}

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlMacro *call = data;
  g_autoptr (MosAgent) me = NULL;

  if (!mos_ctl_find_me (txn, &me, error))
    return FALSE;
  call->macros = mos_store_macro_list (txn, me != NULL ? me->id : NULL, error);
  return call->macros != NULL;
}

static void
print_list (MosCtl *self,
            GPtrArray *macros)
{
  for (guint i = 0; i < macros->len; i++)
    {
      MosMacro *macro = macros->pdata[i];
      g_autofree char *code = *macro->shortcode != '\0' ? g_strconcat ("/", macro->shortcode, NULL) : g_strdup ("");

      if (self->json)
        {
          g_autoptr (JsonNode) node = make_json (macro, NULL);

          print_json (self, node);
        }
      else
        mos_ctl_print (self, "%-16s %-32s %-20s %5u\n", code, macro->name, macro->folder, macro->n_used);
    }
}

static gboolean
do_show (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlMacro *call = data;

  return mos_ctl_find_macro (txn, call->name, &call->macro, error) && mos_store_macro_find_outcome (txn, call->macro->id, &call->outcome, error);
}

static void
print_macro (MosCtl *self,
             MosMacro *macro,
             const MosMacroOutcome *outcome)
{
  if (self->json)
    {
      g_autoptr (JsonNode) node = make_json (macro, outcome);

      print_json (self, node);
      return;
    }
  mos_ctl_print (self, "%s%s%s%s%s\n", macro->name, *macro->shortcode != '\0' ? "  /" : "", macro->shortcode, *macro->folder != '\0' ? "  " : "", macro->folder);
  /* Translators: how often a macro was used, and in how many of those conversations that are closed now, and in how many the customer wrote again */
  mos_ctl_print (self, _ ("used %1$u, closed %2$u, answered again %3$u\n"), outcome->n_sent, outcome->n_closed, outcome->n_answered);
  for (guint i = 0; i < macro->actions->len; i++)
    {
      const MosMacroAction *action = macro->actions->pdata[i];

      mos_ctl_print (self, "%s: %s\n", mos_macro_action_kind_to_nick (action->kind), action->value);
    }
  mos_ctl_print_questions (self, macro);
  for (guint i = 0; i < macro->attachments->len; i++)
    mos_ctl_print (self, "+ %s\n", ((MosAttachment *) macro->attachments->pdata[i])->name);
  for (guint i = 0; i < macro->texts->len; i++)
    {
      const MosMacroText *text = macro->texts->pdata[i];

      mos_ctl_print (self, "\n[%s]\n%s\n", text->language, text->text);
    }
}

/* --- changing --- */

/* By its name one is found again here: a new one needs its own. */
static gboolean
check_name (MosTxn *txn,
            MosCtlMacro *call,
            GError **error)
{
  if (!do_list (txn, call, error))
    return FALSE;
  for (guint i = 0; i < call->macros->len; i++)
    if (mos_text_same_name (((MosMacro *) call->macros->pdata[i])->name, call->macro->name))
      {
        /* Translators: both %s are a macro's name; what is in quotation marks behind is typed */
        g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, _ ("There is a macro “%1$s” already: “macro save \"%1$s\"” changes it"), call->macro->name);
        return FALSE;
      }
  return TRUE;
}

static gboolean
do_save (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlMacro *call = data;
  g_autoptr (MosMacro) known = NULL;

  if (call->name == NULL && !check_name (txn, call, error))
    return FALSE;
  if (call->name != NULL)
    {
      if (!mos_ctl_find_macro (txn, call->name, &known, error))
        return FALSE;
      g_set_str (&call->macro->id, known->id);
      g_set_str (&call->macro->agent, known->agent);
    }
  return mos_macros_save (txn, call->macro, &call->id, error);
}

static int
save (MosCtl *self,
      const char *name)
{
  g_auto (MosCtlMacro) call = { .name = name };
  g_autofree char *text = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *problems = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (JsonNode) root = NULL;
  GError *error = NULL;

  text = mos_ctl_read_input (self, &error);
  if (text == NULL)
    return mos_ctl_fail (self, error);
  root = json_from_string (text, &error);
  if (root == NULL && error != NULL)
    {
      /* Translators: %s is where in it something is wrong, and what, in English */
      int status = mos_ctl_fail_text (self, _ ("What is on standard input is no JSON: %s"), g_str_has_prefix (error->message, "<data>:") ? error->message + strlen ("<data>:") : error->message);

      g_error_free (error);
      return status;
    }
  call.macro = root != NULL ? mos_macro_read (root, &problem) : NULL;
  if (call.macro == NULL)
    /* Translators: %s is where in a file something is wrong, such as texts.es */
    return problem != NULL && *problem != '\0' ? mos_ctl_fail_text (self, _ ("What is on standard input is no macro: see “%s”"), problem)
                                               : mos_ctl_fail_text (self, "%s", _ ("What is on standard input is no macro: a JSON object with a name and texts is wanted, as “macro show --json” prints it"));
  problems = mos_ctl_describe_problems (call.macro);
  if (problems != NULL)
    return mos_ctl_fail_text (self, _ ("The macro was not saved: %s"), problems);
  if (!mos_ctl_write (self, name != NULL ? "macro-edit" : "macro-add", do_save, &call, &error))
    return mos_ctl_fail (self, error);
  /* Translators: %s is a macro's name */
  sentence = g_strdup_printf (_ ("“%s” is saved"), call.macro->name);
  mos_ctl_say (self, "saved", call.id, sentence);
  return MOS_CTL_DONE;
}

static gboolean
do_delete (MosTxn *txn,
           gpointer data,
           GError **error)
{
  MosCtlMacro *call = data;

  return mos_ctl_find_macro (txn, call->name, &call->macro, error) && mos_store_macro_remove (txn, call->macro->id, error);
}

static int
delete_one (MosCtl *self,
            const char *name)
{
  g_auto (MosCtlMacro) call = { .name = name };
  g_autofree char *sentence = NULL;
  GError *error = NULL;

  if (!mos_ctl_write (self, "macro-remove", do_delete, &call, &error))
    return mos_ctl_fail (self, error);
  sentence = g_strdup_printf (_ ("“%s” is deleted; “mostradorctl undo” brings it back"), call.macro->name);
  mos_ctl_say (self, "deleted", call.macro->id, sentence);
  return MOS_CTL_DONE;
}

/* --- files --- */

static gboolean
do_import (MosTxn *txn,
           gpointer data,
           GError **error)
{
  MosCtlMacro *call = data;

  return mos_macro_import_run (txn, call->entries, call->replaces, error);
}

static void
print_entry (MosCtl *self,
             MosMacroImportEntry *entry,
             guint number)
{
  const char *nick = mos_macro_import_result_to_nick (entry->result);
  g_autofree char *name = entry->name != NULL && *entry->name != '\0' ? g_strdup (entry->name) : g_strdup_printf ("#%u", number);

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "name", entry->name);
      mos_json_string (builder, "result", nick);
      mos_json_string (builder, "why", entry->why);
      json_builder_set_member_name (builder, "notes");
      json_builder_begin_array (builder);
      for (guint i = 0; i < entry->notes->len; i++)
        json_builder_add_string_value (builder, entry->notes->pdata[i]);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }
  if (entry->why != NULL)
    /* Translators: a word for the result, a macro's name or its number in the file, and where in it something is wrong, such as texts.es */
    mos_ctl_print (self, _ ("%1$-9s %2$s: see “%3$s”\n"), nick, name, entry->why);
  else
    mos_ctl_print (self, "%-9s %s\n", nick, name);
  for (guint i = 0; i < entry->notes->len; i++)
    /* Translators: %s is something of another program, such as {{ticket.url}} */
    mos_ctl_print (self, _ ("          no equal here: %s\n"), (const char *) entry->notes->pdata[i]);
}

static int
import_file (MosCtl *self,
             const char *name,
             MosCtlMacro *call)
{
  g_autofree char *path = mos_ctl_path (self, name);
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize size;
  guint n_refused = 0;
  GStatBuf info;
  GError *error = NULL;

  if (g_stat (path, &info) == 0 && info.st_size > MOS_MACRO_IMPORT_MAX_BYTES)
    /* Translators: %s is a file's name */
    return mos_ctl_fail_text (self, _ ("“%s” is too large for a file of macros"), name);
  if (!g_file_get_contents (path, &data, &size, &error))
    return mos_ctl_fail (self, error);
  bytes = g_bytes_new_take (data, size);
  call->entries = mos_macro_import_read (bytes, g_get_language_names ()[0], &error);
  if (call->entries == NULL)
    {
      /* Translators: a file's name, and what is wrong with it */
      int status = mos_ctl_fail_text (self, _ ("There are no macros in “%1$s”: %2$s"), name, error->message);

      g_error_free (error);
      return status;
    }
  if (!mos_ctl_write (self, "macro-import", do_import, call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < call->entries->len; i++)
    {
      MosMacroImportEntry *entry = call->entries->pdata[i];

      print_entry (self, entry, i + 1);
      n_refused += entry->result == MOS_MACRO_IMPORT_REFUSED;
    }
  if (n_refused > 0)
    return mos_ctl_fail_text (self, ngettext ("%u macro was not taken", "%u macros were not taken", n_refused), n_refused);
  return MOS_CTL_DONE;
}

static gboolean
do_export (MosTxn *txn,
           gpointer data,
           GError **error)
{
  MosCtlMacro *call = data;

  if (!do_list (txn, call, error))
    return FALSE;
  call->exported = mos_macro_export (txn, call->macros, error);
  return call->exported != NULL;
}

static int
export_file (MosCtl *self,
             const char *name /* (nullable) */,
             gboolean force)
{
  g_auto (MosCtlMacro) call = { 0 };
  g_autofree char *path = name != NULL ? mos_ctl_path (self, name) : NULL;
  g_autofree char *sentence = NULL;
  GError *error = NULL;

  if (path != NULL && !force && g_file_test (path, G_FILE_TEST_EXISTS))
    return mos_ctl_fail_text (self, _ ("“%s” is there already; say --force to replace it"), name);
  if (!mos_ctl_read (self, do_export, &call, &error))
    return mos_ctl_fail (self, error);
  if (path == NULL)
    {
      mos_ctl_print (self, "%s\n", call.exported);
      return MOS_CTL_DONE;
    }
  if (!g_file_set_contents (path, call.exported, -1, &error))
    return mos_ctl_fail (self, error);
  sentence = g_strdup_printf (ngettext ("%u macro is written", "%u macros are written", call.macros->len), call.macros->len);
  mos_ctl_say (self, "written", path, sentence);
  return MOS_CTL_DONE;
}

/* --- applying --- */

typedef struct
{
  const char *name;
  const char *conversation;
  const char *order; /* (nullable): number or id */
  GHashTable *answers;
  gboolean is_sure;
  gboolean answers_customer; /* it is sent, and no note */
  MosMacroResult *result;
} MosCtlApply;

gboolean
mos_ctl_find_order_here (MosTxn *txn,
                         const MosConversationRow *row,
                         const char *named,
                         const char *conversation,
                         char **ret_id,
                         GError **error)
{
  g_autofree char *number = mos_order_fold_number (named);
  g_autoptr (GPtrArray) orders = NULL;
  guint n_here;

  orders = mos_orders_here_load (txn, row->id, row->customer, MAX_ORDERS, &n_here, NULL, error);
  if (orders == NULL)
    return FALSE;
  for (guint i = 0; i < orders->len; i++)
    {
      const MosOrder *order = orders->pdata[i];
      g_autofree char *folded = mos_order_fold_number (order->number);

      if (strcmp (order->id, named) != 0 && strcmp (folded, number) != 0)
        continue;
      if (*ret_id != NULL)
        {
          g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, _ ("Several orders have the number “%s”: say the id of one, as “order show --json” tells it"), named);
          return FALSE;
        }
      *ret_id = g_strdup (order->id);
    }
  if (*ret_id == NULL)
    /* Translators: %1$s is the number of an order, %2$s that of a conversation; what is in quotation marks behind is typed */
    g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, _ ("Neither the conversation nor its customer has an order “%1$s”; “order link %1$s --conversation %2$s” says that it is about it"), named,
                 conversation);
  return *ret_id != NULL;
}

static gboolean
do_apply (MosTxn *txn,
          gpointer data,
          GError **error)
{
  MosCtlApply *call = data;
  g_autoptr (MosMacro) macro = NULL;
  g_autoptr (MosConversationRow) row = NULL;
  g_autoptr (GHashTable) answers = NULL;
  g_autofree char *order = NULL;
  MosMacroApplying applying = { .language = g_get_language_names ()[0], .acts_on_orders = call->is_sure };

  g_clear_pointer (&call->result, mos_macro_result_unref);
  if (!mos_ctl_find_macro (txn, call->name, &macro, error) || !mos_ctl_find_conversation (txn, call->conversation, &row, error) ||
      (call->order != NULL && !mos_ctl_find_order_here (txn, row, call->order, call->conversation, &order, error)))
    return FALSE;
  call->answers_customer = macro->texts->len > 0 && !macro->is_for_notes;
  applying.macro = macro;
  applying.order = order;
  applying.answers = answers = mos_ctl_spread_answers (macro, call->answers, error);
  return answers != NULL && mos_macro_apply (txn, &applying, row->id, &call->result, error);
}

static void
print_result (MosCtl *self,
              const char *conversation,
              MosMacroResult *result /* (nullable) */,
              const char *why /* (nullable) */)
{
  g_autofree char *number = result != NULL ? g_strdup_printf ("#%" G_GINT64_FORMAT, result->number) : g_strdup (conversation);
  g_autofree char *missing = result != NULL && result->missing->len > 0 ? mos_ctl_describe_missing (result->missing, result->is_order_unclear) : NULL;
  g_autofree char *obstacle = result != NULL && result->obstacle != MOS_ORDER_OBSTACLE_NONE ? mos_ctl_order_obstacle_text (result->obstacle) : NULL;

  if (why == NULL && result != NULL)
    why = missing != NULL ? missing : obstacle != NULL ? obstacle
                                                       : result->why;
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "conversation", number);
      mos_json_string (builder, "result", why == NULL ? "applied" : "left");
      mos_json_string (builder, "message", result != NULL ? result->message : NULL);
      mos_json_string (builder, "why", why);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
    }
  else if (why == NULL)
    /* Translators: %s is a conversation's number: the macro was applied to it */
    mos_ctl_print (self, _ ("%s: done\n"), number);
  else
    mos_ctl_print (self, "%s: %s\n", number, why);
}

/* An answer may leave any moment, and takes what the macro did along when it is taken back; the rest is the last action. What was done in a shop stays done. */
static void
print_way_back (MosCtl *self,
                const MosCtlApply *call)
{
  if (self->json || call->is_sure)
    return;
  if (call->answers_customer)
    /* Translators: what is in quotation marks is typed as it is; %s is the id of a message */
    mos_ctl_print (self, _ ("“mostradorctl outbox cancel %s” takes it back as long as it has not left\n"), call->result->message);
  else
    mos_ctl_print (self, "%s\n", _ ("“mostradorctl undo” takes it back"));
}

/* Each conversation by itself: what cannot be done in one keeps no other from it. */
static int
apply (MosCtl *self,
       GPtrArray *args,
       GHashTable *answers,
       const char *order,
       gboolean is_sure)
{
  MosCtlApply call = { .name = g_ptr_array_index (args, 1), .order = order, .answers = answers, .is_sure = is_sure };
  guint n_left = 0;

  if (order != NULL && args->len > 3)
    return mos_ctl_usage (self, "%s", _ ("--order says which order one conversation is about: say one conversation"));
  for (guint i = 2; i < args->len; i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean done;

      call.conversation = g_ptr_array_index (args, i);
      done = mos_ctl_write (self, "macro", do_apply, &call, &error);
      if (!done && args->len == 3)
        return mos_ctl_fail (self, g_steal_pointer (&error));
      print_result (self, call.conversation, done ? call.result : NULL, error != NULL ? error->message : NULL);
      if (done && mos_macro_result_is_done (call.result))
        print_way_back (self, &call);
      if (!done || !mos_macro_result_is_done (call.result) || (is_sure && mos_ctl_order_perform (self, call.result->conversation) != MOS_CTL_DONE))
        n_left++;
      g_clear_pointer (&call.result, mos_macro_result_unref);
    }
  if (n_left == 0)
    return MOS_CTL_DONE;
  return mos_ctl_fail_text (self, ngettext ("%u conversation was left as it is", "%u conversations were left as they are", n_left), n_left);
}

/* --- the command --- */

static int
list (MosCtl *self,
      const char *text)
{
  g_auto (MosCtlMacro) call = { 0 };
  GError *error = NULL;

  if (!mos_ctl_read (self, do_list, &call, &error))
    return mos_ctl_fail (self, error);
  if (text != NULL)
    {
      GPtrArray *found = mos_macros_search (call.macros, text, FALSE, 0);

      g_ptr_array_unref (call.macros);
      call.macros = found;
    }
  print_list (self, call.macros);
  return MOS_CTL_DONE;
}

static int
show (MosCtl *self,
      const char *name)
{
  g_auto (MosCtlMacro) call = { .name = name };
  GError *error = NULL;

  if (!mos_ctl_read (self, do_show, &call, &error))
    return mos_ctl_fail (self, error);
  print_macro (self, call.macro, &call.outcome);
  return MOS_CTL_DONE;
}

int
mos_ctl_macro (MosCtl *self,
               GPtrArray *args)
{
  g_autoptr (GHashTable) answers = mos_ctl_take_answers (args);
  g_autofree char *order = mos_ctl_take_option (args, "--order");
  g_auto (MosCtlMacro) call = { 0 };
  gboolean force = mos_ctl_take_flag (args, "--force"), is_sure = mos_ctl_take_flag (args, "--yes");
  const char *verb, *word;

  call.replaces = mos_ctl_take_flag (args, "--replace");
  if (!mos_ctl_check_args (self, args, 1, 1000))
    return MOS_CTL_USAGE;
  verb = g_ptr_array_index (args, 0);
  word = args->len > 1 ? g_ptr_array_index (args, 1) : NULL;
  if (strcmp (verb, "apply") == 0 && args->len >= 3)
    return apply (self, args, answers, order, is_sure);
  if (strcmp (verb, "list") == 0 && args->len <= 2)
    return list (self, word);
  if (strcmp (verb, "show") == 0 && args->len == 2)
    return show (self, word);
  if (strcmp (verb, "save") == 0 && args->len <= 2)
    return save (self, word);
  if (strcmp (verb, "delete") == 0 && args->len == 2)
    return delete_one (self, word);
  if (strcmp (verb, "starter") == 0 && args->len <= 2)
    return mos_ctl_install_starter (self, word);
  if (strcmp (verb, "import") == 0 && args->len == 2)
    return import_file (self, word, &call);
  if (strcmp (verb, "export") == 0 && args->len <= 2)
    return export_file (self, word, force);
  return mos_ctl_usage (self, "%s", _ ("Say macro list, show, save, delete, starter, import, export or apply; see mostradorctl --help"));
}
