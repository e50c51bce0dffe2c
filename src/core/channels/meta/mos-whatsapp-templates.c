/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-meta"

#include "config.h"

#include "core/channels/meta/mos-whatsapp-templates.h"

#include "core/base/mos-json-read.h"

#include <string.h>

/* An account has 6000 at most (developers.facebook.com/docs/whatsapp/message-templates/guidelines). */
#define PAGE 200
#define MAX_PAGES 30u

static char *
dup_text_or_empty (JsonObject *object,
                   const char *name)
{
  char *text = mos_json_read_dup_text (object, name);

  return text != NULL ? text : g_strdup ("");
}

/* Buttons that are only pressed need nothing; others are told where they lead. */
static gboolean
are_buttons_plain (JsonArray *buttons)
{
  for (guint i = 0; i < mos_json_read_length (buttons); i++)
    {
      JsonObject *button = mos_json_read_element (buttons, i);
      g_autofree char *type = mos_json_read_dup_line (button, "type");
      g_autofree char *url = mos_json_read_dup_line (button, "url");

      if (g_strcmp0 (type, "QUICK_REPLY") != 0 && g_strcmp0 (type, "PHONE_NUMBER") != 0 && g_strcmp0 (type, "URL") != 0)
        return FALSE;
      if (url != NULL && strstr (url, "{{") != NULL)
        return FALSE;
    }
  return TRUE;
}

static void
read_samples (MosChatTemplate *self,
              JsonObject *example)
{
  JsonArray *named = mos_json_read_array (example, "body_text_named_params");
  JsonArray *lists = mos_json_read_array (example, "body_text");
  JsonNode *node = mos_json_read_length (lists) > 0 ? json_array_get_element (lists, 0) : NULL;
  JsonArray *counted = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) samples = g_strv_builder_new ();

  for (guint i = 0; self->places[i] != NULL; i++)
    {
      g_autofree char *sample = NULL;

      for (guint j = 0; self->is_named && j < mos_json_read_length (named) && sample == NULL; j++)
        {
          g_autofree char *name = mos_json_read_dup_line (mos_json_read_element (named, j), "param_name");

          if (g_strcmp0 (name, self->places[i]) == 0)
            sample = mos_json_read_dup_line (mos_json_read_element (named, j), "example");
        }
      if (!self->is_named && i < mos_json_read_length (counted))
        {
          JsonNode *element = json_array_get_element (counted, i);
          const char *text = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;

          sample = text != NULL ? mos_json_read_clean (text) : NULL;
        }
      g_strv_builder_add (samples, sample != NULL ? sample : "");
    }
  self->samples = g_strv_builder_end (samples);
}

/* Returns: whether it can be sent from here */
static gboolean
read_component (MosChatTemplate *self,
                JsonObject *component,
                JsonObject **ret_example)
{
  g_autofree char *type = mos_json_read_dup_line (component, "type");
  g_autofree char *format = mos_json_read_dup_line (component, "format");

  if (g_strcmp0 (type, "BODY") == 0)
    {
      g_free (self->body);
      self->body = dup_text_or_empty (component, "text");
      *ret_example = mos_json_read_object (component, "example");
      return TRUE;
    }
  if (g_strcmp0 (type, "HEADER") == 0)
    {
      g_free (self->header);
      self->header = dup_text_or_empty (component, "text");
      return format == NULL || g_str_equal (format, "TEXT");
    }
  if (g_strcmp0 (type, "FOOTER") == 0)
    {
      g_free (self->footer);
      self->footer = dup_text_or_empty (component, "text");
      return TRUE;
    }
  return g_strcmp0 (type, "BUTTONS") == 0 && are_buttons_plain (mos_json_read_array (component, "buttons"));
}

/* Returns: (transfer full) (nullable) */
static MosChatTemplate *
read_template (JsonObject *object)
{
  g_autoptr (MosChatTemplate) template = mos_chat_template_new ();
  g_autofree char *status = mos_json_read_dup_line (object, "status");
  g_autofree char *category = mos_json_read_dup_line (object, "category");
  JsonArray *components = mos_json_read_array (object, "components");
  JsonObject *example = NULL;

  template->name = mos_json_read_dup_line (object, "name");
  template->language = mos_json_read_dup_line (object, "language");
  if (template->name == NULL || template->language == NULL || g_strcmp0 (status, "APPROVED") != 0)
    return NULL;
  /* What is called one_two_three there. */
  template->title = g_strdelimit (g_strdup (template->name), "_", ' ');
  template->category = category != NULL ? g_ascii_strdown (category, -1) : NULL;
  template->header = g_strdup ("");
  template->body = g_strdup ("");
  template->footer = g_strdup ("");
  for (guint i = 0; i < mos_json_read_length (components); i++)
    if (!read_component (template, mos_json_read_element (components, i), &example))
      return NULL;
  if (*template->body == '\0' || !mos_chat_template_fill (template))
    return NULL;
  read_samples (template, example);
  return g_steal_pointer (&template);
}

char *
mos_whatsapp_parse_templates (JsonObject *page,
                              GPtrArray *templates)
{
  JsonArray *data = mos_json_read_array (page, "data");
  JsonObject *paging = mos_json_read_object (page, "paging");
  g_autofree char *next = mos_json_read_dup_line (paging, "next");

  for (guint i = 0; i < mos_json_read_length (data); i++)
    {
      MosChatTemplate *template = read_template (mos_json_read_element (data, i));

      if (template != NULL)
        g_ptr_array_add (templates, template);
    }
  /* The last page has cursors, too, but nothing behind them. */
  return next != NULL ? mos_json_read_dup_line (mos_json_read_object (paging, "cursors"), "after") : NULL;
}

GPtrArray *
mos_whatsapp_list_templates_sync (MosGraph *graph,
                                  const char *business,
                                  guint *ret_retry_ms,
                                  GCancellable *cancellable,
                                  GError **error)
{
  g_autoptr (GPtrArray) templates = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_template_unref);
  g_autofree char *after = NULL;

  for (guint i = 0; i < MAX_PAGES && (i == 0 || after != NULL); i++)
    {
      g_autofree char *escaped = after != NULL ? g_uri_escape_string (after, NULL, FALSE) : NULL;
      g_autofree char *path = g_strdup_printf ("%s/message_templates?fields=name,language,status,category,components&limit=%d%s%s", business, PAGE, escaped != NULL ? "&after=" : "", escaped != NULL ? escaped : "");
      g_autoptr (JsonObject) page = mos_graph_get_sync (graph, path, ret_retry_ms, cancellable, error);

      if (page == NULL)
        return NULL;
      g_free (after);
      after = mos_whatsapp_parse_templates (page, templates);
    }
  return g_steal_pointer (&templates);
}
