/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-twilio"

#include "config.h"

#include "core/channels/twilio/mos-twilio-content.h"

#include "core/base/mos-error.h"
#include "core/base/mos-json-read.h"
#include "core/channels/twilio/mos-twilio-parse.h"

#include <string.h>

/* Kinds of content that are a text, with buttons at most. */
static const char *const kinds[] = { "twilio/text", "twilio/quick-reply", "twilio/call-to-action", "whatsapp/card" };

static char *
dup_text_or_empty (JsonObject *object,
                   const char *name)
{
  char *text = mos_json_read_dup_text (object, name);

  return text != NULL ? text : g_strdup ("");
}

/* Returns: whether a button leads to an address that has to be filled in, too */
static gboolean
has_open_address (JsonArray *actions)
{
  for (guint i = 0; i < mos_json_read_length (actions); i++)
    {
      g_autofree char *url = mos_json_read_dup_line (mos_json_read_element (actions, i), "url");

      if (url != NULL && strstr (url, "{{") != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
read_samples (MosChatTemplate *self,
              JsonObject *variables)
{
  g_autoptr (GStrvBuilder) samples = g_strv_builder_new ();

  for (guint i = 0; self->places[i] != NULL; i++)
    {
      g_autofree char *sample = mos_json_read_dup_line (variables, self->places[i]);

      g_strv_builder_add (samples, sample != NULL ? sample : "");
    }
  self->samples = g_strv_builder_end (samples);
}

/* Returns: (transfer full) (nullable) */
static MosChatTemplate *
read_content (JsonObject *object)
{
  g_autoptr (MosChatTemplate) template = mos_chat_template_new ();
  JsonObject *approval = mos_json_read_object (object, "approval_requests");
  JsonObject *types = mos_json_read_object (object, "types");
  g_autofree char *status = mos_json_read_dup_line (approval, "status");
  g_autofree char *category = mos_json_read_dup_line (approval, "category");
  g_autofree char *language = mos_json_read_dup_line (object, "language");
  JsonObject *type = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds) && type == NULL; i++)
    type = mos_json_read_object (types, kinds[i]);
  template->name = mos_json_read_dup_line (object, "sid");
  if (template->name == NULL || !g_str_has_prefix (template->name, "HX") || g_strcmp0 (status, "approved") != 0 || type == NULL || mos_json_read_length (mos_json_read_array (type, "media")) > 0)
    return NULL;
  template->title = mos_json_read_dup_line (object, "friendly_name");
  if (template->title == NULL)
    template->title = g_strdup (template->name);
  g_strdelimit (template->title, "_", ' ');
  template->language = language != NULL ? g_steal_pointer (&language) : g_strdup ("");
  template->category = category != NULL ? g_ascii_strdown (category, -1) : NULL;
  template->header = dup_text_or_empty (type, "header_text");
  template->body = dup_text_or_empty (type, "body");
  template->footer = dup_text_or_empty (type, "footer");
  /* The heading of a card is filled by the same values as its text. */
  if (*template->body == '\0' || has_open_address (mos_json_read_array (type, "actions")) || strstr (template->header, "{{") != NULL || !mos_chat_template_fill (template))
    return NULL;
  read_samples (template, mos_json_read_object (object, "variables"));
  return g_steal_pointer (&template);
}

gboolean
mos_twilio_parse_contents (GBytes *body,
                           GPtrArray *templates,
                           char **ret_next,
                           GError **error)
{
  g_autoptr (JsonObject) page = mos_twilio_parse_object (body, error);
  JsonArray *contents = mos_json_read_array (page, "contents");

  *ret_next = NULL;
  if (page == NULL)
    return FALSE;
  if (contents == NULL)
    {
      g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "no contents in the answer");
      return FALSE;
    }
  for (guint i = 0; i < mos_json_read_length (contents); i++)
    {
      MosChatTemplate *template = read_content (mos_json_read_element (contents, i));

      if (template != NULL)
        g_ptr_array_add (templates, template);
    }
  *ret_next = mos_json_read_dup_line (mos_json_read_object (page, "meta"), "next_page_url");
  return TRUE;
}
