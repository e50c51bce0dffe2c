/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-macro-foreign.h"

#include "core/base/mos-csv.h"
#include "core/mail/mime/mos-html-document.h"
#include "core/mail/mime/mos-language.h"
#include "core/mail/mime/mos-markup.h"
#include "core/values/mos-macro-json.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* --- variables --- */

/* Gorgias, "Macro variables"; Zendesk, "Placeholders reference"; Freshdesk, "Dynamic content and placeholders". */
static const struct
{
  const char *theirs;
  const char *ours;
} variables[] = {
  { "ticket.customer.firstname", "customer.first_name" },
  { "ticket.customer.name", "customer.name" },
  { "ticket.customer.email", "customer.email" },
  { "ticket.sender.email", "customer.email" },
  { "ticket.channel", "conversation.channel" },
  { "ticket.subject", "conversation.subject" },
  { "ticket.id", "conversation.number" },
  { "ticket.created_datetime", "conversation.created" },
  { "current_user.firstname", "agent.first_name" },
  { "current_user.name", "agent.name" },
  { "ticket.requester.first_name", "customer.first_name" },
  { "ticket.requester.firstname", "customer.first_name" },
  { "ticket.requester.name", "customer.name" },
  { "ticket.requester.email", "customer.email" },
  { "ticket.requester.phone", "customer.phone" },
  { "ticket.requester.language", "customer.language" },
  { "ticket.requester.company_name", "customer.company" },
  { "ticket.organization.name", "customer.company" },
  { "ticket.title", "conversation.subject" },
  { "ticket.status", "conversation.status" },
  { "ticket.priority", "conversation.priority" },
  { "ticket.created_at", "conversation.created" },
  { "ticket.account", "shop.name" },
  { "current_user.first_name", "agent.first_name" },
  { "ticket.agent.name", "agent.name" },
  { "ticket.assignee.name", "agent.name" },
  { "ticket.assignee.first_name", "agent.first_name" },
  { "helpdesk_name", "shop.name" },
  { "ticket.customer.integrations.shopify.orders[0].name", "order.number" },
  { "ticket.customer.integrations.shopify.orders[0].order_number", "order.number" },
  { "ticket.customer.integrations.shopify.orders[0].created_at", "order.created" },
  { "ticket.customer.integrations.shopify.orders[0].total_price", "order.total" },
  { "ticket.customer.integrations.shopify.orders[0].fulfillments[0].tracking_url", "order.tracking_url" },
  { "ticket.customer.integrations.shopify.orders[0].fulfillments[0].tracking_number", "order.tracking_number" },
};

static void
note (MosMacroImportEntry *entry,
      const char *what)
{
  if (!g_ptr_array_find_with_equal_func (entry->notes, what, g_str_equal, NULL))
    g_ptr_array_add (entry->notes, g_strdup (what));
}

/* Returns: (nullable) (transfer none) */
static const char *
find_equal (const char *theirs)
{
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    if (strcmp (variables[i].theirs, theirs) == 0)
      return variables[i].ours;
  return NULL;
}

/* @name, @filters: of a {{tag}}; "" of what is none */
static void
append_tag (MosMacroImportEntry *entry,
            GString *out,
            const char *tag,
            const char *name,
            const char *filters)
{
  const char *ours = *name != '\0' ? find_equal (name) : NULL;

  if (ours == NULL)
    {
      note (entry, tag);
      g_string_append (out, tag);
    }
  else if (strstr (filters, "date") != NULL)
    /* How a date is written is the customer's own way, not a pattern. */
    g_string_append_printf (out, "{{%s|date}}", ours);
  else
    {
      g_string_append_printf (out, "{{%s}}", ours);
      if (*filters != '\0')
        note (entry, tag);
    }
}

static void
append_words (GString *out,
              const char *words,
              gsize length)
{
  g_autofree char *raw = g_strndup (words, length);
  g_autofree char *escaped = mos_markup_escape (raw);

  g_string_append (out, escaped);
}

/* Returns: (transfer full): @text with our names in its tags, and what is between them so that it reads as it is */
static char *
translate (MosMacroImportEntry *entry,
           const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\{\\{\\{?\\s*([A-Za-z_][\\w.\\[\\]-]*)\\s*(\\|[^{}]*)?\\}?\\}\\}|\\{%[^%\\n]*%\\}", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  int at = 0;

  for (g_regex_match (regex, text, G_REGEX_MATCH_DEFAULT, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *tag = g_match_info_fetch (match, 0);
      g_autofree char *name = g_match_info_fetch (match, 1);
      g_autofree char *filters = g_match_info_fetch (match, 2);
      int start, end;

      g_match_info_fetch_pos (match, 0, &start, &end);
      append_words (out, text + at, (gsize) (start - at));
      append_tag (entry, out, tag, name != NULL ? name : "", filters != NULL ? filters : "");
      at = end;
    }
  append_words (out, text + at, strlen (text + at));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* --- texts --- */

static void
append_span (MosMacroImportEntry *entry,
             GString *out,
             const char *text,
             gsize length,
             const MosHtmlSpan *span /* (nullable) */)
{
  g_autofree char *raw = g_strndup (text, length);
  g_autofree char *words = translate (entry, raw);
  g_autofree char *inner = g_strstrip (g_strdup (words));
  const char *mark = span == NULL ? "" : (span->flags & MOS_HTML_SPAN_BOLD) ? "**"
                                     : (span->flags & MOS_HTML_SPAN_ITALIC) ? "_"
                                                                            : "";

  if (span != NULL && span->image >= 0)
    return;
  if (span != NULL && span->href != NULL && *inner != '\0' && strcmp (raw, span->href) != 0 && mos_markup_is_link (span->href))
    g_string_append_printf (out, "[%s](%s)", inner, span->href);
  else if (*mark != '\0' && *inner != '\0')
    g_string_append_printf (out, "%s%s%s%s%s", *words == ' ' ? " " : "", mark, inner, mark, g_str_has_suffix (words, " ") ? " " : "");
  else
    g_string_append (out, words);
}

static void
append_block (MosMacroImportEntry *entry,
              GString *out,
              const MosHtmlBlock *block)
{
  gsize at = 0;

  if (out->len > 0)
    g_string_append (out, block->space_before ? "\n\n" : "\n");
  if (block->kind == MOS_HTML_LIST_ITEM && block->marker != NULL)
    g_string_append_printf (out, "%s ", g_ascii_isdigit (*block->marker) ? block->marker : "-");
  for (guint i = 0; i < block->spans->len; i++)
    {
      const MosHtmlSpan *span = &g_array_index (block->spans, MosHtmlSpan, i);

      append_span (entry, out, block->text + at, span->start - at, NULL);
      append_span (entry, out, block->text + span->start, span->end - span->start, span);
      at = span->end;
    }
  append_span (entry, out, block->text + at, strlen (block->text) - at, NULL);
}

static gboolean
matches (const char *pattern,
         const char *text)
{
  return g_regex_match_simple (pattern, text, G_REGEX_CASELESS, G_REGEX_MATCH_DEFAULT);
}

/* A column that may have either: an element that ends, or one that has no end. "a < b" and "write <b>" are words. */
static gboolean
is_html (const char *text)
{
  return matches ("</(p|div|span|b|strong|i|em|u|s|a|ul|ol|li|h[1-6]|table|tr|td|blockquote|pre|code|font|center)\\s*>|<(br|hr)\\s*/?>|<img\\s[^<>]*>", text);
}

/* A link that leads to a value has no address yet: its words, and the value behind them. */
static char *
show_linked_tags (const char *html)
{
  g_autoptr (GRegex) regex = g_regex_new ("<a\\s[^<>]*href\\s*=\\s*([\"'])\\s*(\\{\\{[^{}<>]*\\}\\})\\s*\\1[^<>]*>((?:(?!</a).)*)</a\\s*>", G_REGEX_CASELESS | G_REGEX_DOTALL, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  int at = 0;

  for (g_regex_match (regex, html, G_REGEX_MATCH_DEFAULT, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *tag = g_match_info_fetch (match, 2);
      g_autofree char *words = g_match_info_fetch (match, 3);
      int start, end;

      g_match_info_fetch_pos (match, 0, &start, &end);
      g_string_append_len (out, html + at, start - at);
      if (strstr (words, tag) != NULL)
        g_string_append (out, words);
      else
        g_string_append_printf (out, "%s (%s)", words, tag);
      at = end;
    }
  g_string_append (out, html + at);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Returns: (transfer full): with our marks and names */
static char *
translate_html (MosMacroImportEntry *entry,
                const char *html)
{
  g_autofree char *shown = show_linked_tags (html);
  g_autoptr (MosHtmlDocument) document = mos_html_document_parse (shown);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < document->blocks->len; i++)
    append_block (entry, out, document->blocks->pdata[i]);
  return g_strstrip (g_string_free (g_steal_pointer (&out), FALSE));
}

/* Where only words are marked, lines are lines. */
static char *
translate_either (MosMacroImportEntry *entry,
                  const char *text)
{
  g_autoptr (GString) html = NULL;

  if (!is_html (text))
    return translate (entry, text);
  html = g_string_new (text);
  if (!matches ("<(p|div|br|ul|ol|li|h[1-6]|table|blockquote|pre)[\\s/>]", text))
    {
      g_string_replace (html, "\r\n", "\n", 0);
      g_string_replace (html, "\n", "<br>", 0);
    }
  return translate_html (entry, html->str);
}

/* --- actions --- */

static void
add_tags (MosMacro *macro,
          MosMacroActionKind kind,
          const char *tags)
{
  g_auto (GStrv) list = g_strsplit_set (tags, ",; ", -1);

  for (char **tag = list; *tag != NULL; tag++)
    if (*g_strstrip (*tag) != '\0' && mos_macro_is_value (kind, *tag))
      mos_macro_add_action (macro, kind, *tag);
}

static void
add_status (MosMacroImportEntry *entry,
            const char *status)
{
  static const struct
  {
    const char *theirs;
    const char *ours;
  } statuses[] = {
    { "open", "open" }, { "new", "open" }, { "pending", "pending" }, { "hold", "pending" }, { "waiting on customer", "pending" }, { "closed", "closed" }, { "solved", "closed" }, { "resolved", "closed" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_ascii_strcasecmp (statuses[i].theirs, status) == 0)
      {
        mos_macro_add_action (entry->macro, MOS_MACRO_SET_STATUS, statuses[i].ours);
        return;
      }
  note (entry, status);
}

static void
add_priority (MosMacroImportEntry *entry,
              const char *priority)
{
  g_autofree char *lower = g_ascii_strdown (priority, -1);
  const char *ours = strcmp (lower, "critical") == 0 ? "urgent" : strcmp (lower, "medium") == 0 ? "normal"
                                                                                                : lower;

  if (mos_macro_is_value (MOS_MACRO_SET_PRIORITY, ours))
    mos_macro_add_action (entry->macro, MOS_MACRO_SET_PRIORITY, ours);
  else
    note (entry, priority);
}

typedef struct
{
  char *html; /* (owned) (nullable) */
  char *text; /* (owned) (nullable) */
} Body;

static void
body_clear (Body *body)
{
  g_free (body->html);
  g_free (body->text);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Body, body_clear)

static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0)
    node = json_array_get_element (json_node_get_array (node), json_array_get_length (json_node_get_array (node)) - 1);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
}

/* Gorgias: {"name": "addTags", "arguments": {"tags": "a, b"}} */
static void
add_gorgias (MosMacroImportEntry *entry,
             JsonObject *action,
             Body *body)
{
  const char *name = get_string (action, "name");
  JsonNode *node = json_object_get_member (action, "arguments");
  JsonObject *arguments = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (strcmp (name, "setResponseText") == 0)
    {
      g_set_str (&body->html, get_string (arguments, "body_html"));
      g_set_str (&body->text, get_string (arguments, "body_text"));
    }
  else if (strcmp (name, "addTags") == 0)
    add_tags (entry->macro, MOS_MACRO_ADD_TAG, get_string (arguments, "tags"));
  else if (strcmp (name, "removeTags") == 0)
    add_tags (entry->macro, MOS_MACRO_REMOVE_TAG, get_string (arguments, "tags"));
  else if (strcmp (name, "setStatus") == 0)
    add_status (entry, get_string (arguments, "status"));
  else if (strcmp (name, "setPriority") == 0)
    add_priority (entry, get_string (arguments, "priority"));
  else
    note (entry, name);
}

/* Zendesk: {"field": "status", "value": "solved"} */
static void
add_zendesk (MosMacroImportEntry *entry,
             JsonObject *action,
             Body *body)
{
  const char *field = get_string (action, "field");
  const char *value = get_string (action, "value");

  if (strcmp (field, "comment_value_html") == 0)
    g_set_str (&body->html, value);
  else if (strcmp (field, "comment_value") == 0)
    g_set_str (&body->text, value);
  else if (strcmp (field, "comment_mode_is_public") == 0)
    entry->macro->is_for_notes = strcmp (value, "false") == 0;
  else if (strcmp (field, "current_tags") == 0 || strcmp (field, "set_tags") == 0)
    add_tags (entry->macro, MOS_MACRO_ADD_TAG, value);
  else if (strcmp (field, "remove_tags") == 0)
    add_tags (entry->macro, MOS_MACRO_REMOVE_TAG, value);
  else if (strcmp (field, "status") == 0)
    add_status (entry, value);
  else if (strcmp (field, "priority") == 0)
    add_priority (entry, value);
  else if (strcmp (field, "assignee_id") == 0 && strcmp (value, "current_user") == 0)
    mos_macro_add_action (entry->macro, MOS_MACRO_ASSIGN, "me");
  else
    note (entry, field);
}

static void
add_actions (MosMacroImportEntry *entry,
             const char *json,
             Body *body)
{
  g_autoptr (JsonNode) root = *json != '\0' ? json_from_string (json, NULL) : NULL;
  JsonArray *array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  if (array == NULL && *json != '\0')
    note (entry, json);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *action = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (action != NULL && json_object_has_member (action, "field"))
        add_zendesk (entry, action, body);
      else if (action != NULL)
        add_gorgias (entry, action, body);
    }
}

/* --- rows --- */

typedef struct
{
  int name, html, text, language, folder, shortcode, tags, status, priority, actions;
} Columns;

#define COLUMN(...) mos_csv_find_column (header, (const char *const[]) { __VA_ARGS__, NULL })

static Columns
find_columns (char **header)
{
  return (Columns) {
    .name = COLUMN ("name", "title", "macro name", "macro title"),
    .html = COLUMN ("body_html", "content_html", "comment_value_html", "response_html", "html"),
    .text = COLUMN ("body_text", "content", "comment_value", "response_text", "response", "body", "comment", "text", "message"),
    .language = COLUMN ("language", "locale"),
    .folder = COLUMN ("folder", "folder_name", "category"),
    .shortcode = COLUMN ("shortcode", "shortcut", "short_code"),
    .tags = COLUMN ("tags", "current_tags", "add_tags", "set_tags"),
    .status = COLUMN ("status"),
    .priority = COLUMN ("priority"),
    .actions = COLUMN ("actions"),
  };
}

/* Zendesk's folders are in the name: "Orders::Where is it". */
static void
take_name (MosMacro *macro,
           const char *name,
           const char *folder)
{
  g_autofree char *joined = NULL;
  const char *last = g_strrstr (name, "::");
  g_auto (GStrv) parts = NULL;

  if (last == NULL || *folder != '\0')
    {
      g_free (macro->name);
      macro->name = g_strstrip (g_strdup (name));
      g_free (macro->folder);
      macro->folder = mos_macro_fold_folder (folder);
      return;
    }
  joined = g_strndup (name, (gsize) (last - name));
  parts = g_strsplit (joined, "::", -1);
  g_free (joined);
  joined = g_strjoinv ("/", parts);
  g_free (macro->folder);
  macro->folder = mos_macro_fold_folder (joined);
  g_free (macro->name);
  macro->name = g_strstrip (g_strdup (last + 2));
}

static void
take_text (MosMacroImportEntry *entry,
           const Body *body,
           const char *stated,
           const char *language)
{
  g_autofree char *text = body->html != NULL && *body->html != '\0' ? translate_html (entry, body->html) : translate_either (entry, body->text != NULL ? body->text : "");
  g_autofree char *said = mos_macro_fold_language (stated);
  g_autofree char *detected = *said == '\0' ? mos_language_detect (text, NULL) : NULL;
  g_autofree char *chosen = mos_macro_fold_language (*said != '\0' ? said : detected != NULL ? detected
                                                                                             : language);

  mos_macro_set_text (entry->macro, *chosen != '\0' ? chosen : "en", text);
}

static MosMacroImportEntry *
read_row (const Columns *columns,
          char **row,
          const char *language)
{
  MosMacroImportEntry *entry = mos_macro_import_entry_new ();
  g_auto (Body) body = { g_strdup (mos_csv_get_value (row, columns->html)), g_strdup (mos_csv_get_value (row, columns->text)) };

  entry->notes = g_ptr_array_new_with_free_func (g_free);
  entry->macro = mos_macro_make ();
  take_name (entry->macro, mos_csv_get_value (row, columns->name), mos_csv_get_value (row, columns->folder));
  g_free (entry->macro->shortcode);
  entry->macro->shortcode = mos_macro_make_shortcode (mos_csv_get_value (row, columns->shortcode));
  add_actions (entry, mos_csv_get_value (row, columns->actions), &body);
  add_tags (entry->macro, MOS_MACRO_ADD_TAG, mos_csv_get_value (row, columns->tags));
  if (*mos_csv_get_value (row, columns->status) != '\0')
    add_status (entry, mos_csv_get_value (row, columns->status));
  if (*mos_csv_get_value (row, columns->priority) != '\0')
    add_priority (entry, mos_csv_get_value (row, columns->priority));
  take_text (entry, &body, mos_csv_get_value (row, columns->language), language);
  entry->name = g_strdup (entry->macro->name);
  return entry;
}

GPtrArray *
mos_macro_foreign_read (const char *text,
                        const char *language)
{
  g_autoptr (GPtrArray) rows = mos_csv_parse (text, strlen (text), NULL);
  GPtrArray *entries;
  Columns columns;

  if (rows == NULL || rows->len == 0)
    return NULL;
  columns = find_columns (rows->pdata[0]);
  if (columns.name < 0 || (columns.html < 0 && columns.text < 0 && columns.actions < 0))
    return NULL;
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_macro_import_entry_unref);
  for (guint i = 1; i < rows->len; i++)
    g_ptr_array_add (entries, read_row (&columns, rows->pdata[i], language));
  return entries;
}
