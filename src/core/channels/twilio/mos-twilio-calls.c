/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-twilio"

#include "config.h"

#include "core/channels/twilio/mos-twilio-calls.h"

#include "core/base/mos-json-read.h"
#include "core/channels/phone/mos-phone-call.h"

#include <string.h>

#define MAX_PATH 2048
#define MAX_SECONDS (7 * 24 * 60 * 60)

void
mos_twilio_call_free (MosTwilioCall *self)
{
  if (self == NULL)
    return;
  g_free (self->sid);
  g_free (self->parent);
  g_free (self->from);
  g_free (self->to);
  g_free (self->name);
  g_free (self->status);
  g_free (self);
}

static gboolean
is_sid (const char *text)
{
  return text != NULL && strlen (text) == 34 && text[strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS)] == '\0';
}

/* A path on the same server, never another one: what is asked there has our key with it. */
static char *
dup_path (JsonObject *object,
          const char *name)
{
  g_autofree char *path = mos_json_read_dup_line (object, name);

  if (path == NULL || path[0] != '/' || path[1] == '/' || strlen (path) > MAX_PATH || strpbrk (path, " \\#") != NULL || strstr (path, "..") != NULL)
    return NULL;
  return g_steal_pointer (&path);
}

static MosTwilioCall *
parse_call (JsonObject *object)
{
  g_autoptr (MosTwilioCall) self = g_new0 (MosTwilioCall, 1);
  g_autofree char *direction = mos_json_read_dup_line (object, "direction");
  g_autofree char *status = mos_json_read_dup_line (object, "status");
  g_autofree char *seconds = mos_json_read_dup_line (object, "duration");
  g_autofree char *start = mos_json_read_dup_line (object, "start_time");
  g_autofree char *created = mos_json_read_dup_line (object, "date_created");

  self->sid = mos_json_read_dup_line (object, "sid");
  if (!is_sid (self->sid) || direction == NULL || status == NULL)
    return NULL;
  self->parent = mos_json_read_dup_line (object, "parent_call_sid");
  if (self->parent != NULL && *self->parent == '\0')
    g_clear_pointer (&self->parent, g_free);
  self->from = mos_json_read_dup_line (object, "from");
  self->to = mos_json_read_dup_line (object, "to");
  self->name = mos_json_read_dup_line (object, "caller_name");
  self->status = g_ascii_strdown (status, -1);
  self->is_incoming = g_str_equal (direction, "inbound");
  self->seconds = seconds != NULL ? (guint) MIN (g_ascii_strtoull (seconds, NULL, 10), MAX_SECONDS) : 0;
  self->at_us = mos_twilio_parse_date (start);
  if (self->at_us == 0)
    self->at_us = mos_twilio_parse_date (created);
  return g_steal_pointer (&self);
}

GPtrArray *
mos_twilio_parse_calls (GBytes *body,
                        char **ret_next,
                        GError **error)
{
  g_autoptr (JsonObject) object = mos_twilio_parse_object (body, error);
  JsonArray *list = object != NULL ? mos_json_read_array (object, "calls") : NULL;
  GPtrArray *calls;

  if (list == NULL)
    {
      if (object != NULL)
        g_set_error_literal (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_PROTOCOL, "no calls in the answer");
      return NULL;
    }
  calls = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_twilio_call_free);
  if (ret_next != NULL)
    *ret_next = dup_path (object, "next_page_uri");
  for (guint i = 0; i < mos_json_read_length (list); i++)
    {
      MosTwilioCall *call = parse_call (mos_json_read_element (list, i));

      if (call != NULL)
        g_ptr_array_add (calls, call);
      else
        g_debug ("A call cannot be read");
    }
  return calls;
}

GPtrArray *
mos_twilio_parse_recordings (GBytes *body,
                             gboolean *ret_is_recorded,
                             GError **error)
{
  static const char *const none[] = { "absent", "deleted", "failed", NULL };
  g_autoptr (JsonObject) object = mos_twilio_parse_object (body, error);
  JsonArray *list = object != NULL ? mos_json_read_array (object, "recordings") : NULL;
  GPtrArray *files;

  *ret_is_recorded = FALSE;
  if (object == NULL)
    return NULL;
  files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_chat_file_unref);
  for (guint i = 0; i < mos_json_read_length (list); i++)
    {
      JsonObject *one = mos_json_read_element (list, i);
      g_autofree char *sid = mos_json_read_dup_line (one, "sid");
      g_autofree char *path = dup_path (one, "uri");
      g_autofree char *status = mos_json_read_dup_line (one, "status");
      g_autofree char *seconds = mos_json_read_dup_line (one, "duration");
      MosChatFile *file;

      *ret_is_recorded = *ret_is_recorded || (status != NULL && !g_strv_contains (none, status));
      /* It is made while they speak, and a moment longer. */
      if (!is_sid (sid) || path == NULL || g_strcmp0 (status, "completed") != 0)
        continue;
      if (g_str_has_suffix (path, ".json"))
        path[strlen (path) - strlen (".json")] = '\0';
      file = mos_chat_file_new ();
      file->kind = MOS_FILE_VOICE;
      file->ref = g_strconcat (path, ".mp3", NULL);
      file->name = g_strconcat (sid, ".mp3", NULL);
      file->type = g_strdup ("audio/mpeg");
      file->duration_ms = seconds != NULL ? (guint) MIN (g_ascii_strtoull (seconds, NULL, 10), MAX_SECONDS) * 1000 : 0;
      g_ptr_array_add (files, file);
    }
  return files;
}

gboolean
mos_twilio_call_is_over (const MosTwilioCall *self)
{
  static const char *const over[] = { "completed", "busy", "failed", "no-answer", "canceled", NULL };

  return g_strv_contains (over, self->status);
}

static MosCallOutcome
outcome_of (const char *status)
{
  if (g_str_equal (status, "completed"))
    return MOS_CALL_ANSWERED;
  if (g_str_equal (status, "busy"))
    return MOS_CALL_BUSY;
  return g_str_equal (status, "failed") ? MOS_CALL_FAILED : MOS_CALL_MISSED;
}

MosChatUpdate *
mos_twilio_call_to_update (const MosTwilioCall *self,
                           GPtrArray *legs,
                           gboolean has_recording)
{
  MosPhoneCall call = { .id = self->sid, .number = self->is_incoming ? self->from : self->to, .line = self->is_incoming ? self->to : self->from, .is_outgoing = !self->is_incoming, .outcome = outcome_of (self->status), .at_us = self->at_us };
  MosChatUpdate *update;

  if (self->is_incoming)
    call.name = self->name;
  if (call.outcome == MOS_CALL_ANSWERED && self->is_incoming)
    {
      guint n_busy = 0;

      call.outcome = has_recording ? MOS_CALL_VOICEMAIL : MOS_CALL_MISSED;
      for (guint i = 0; i < legs->len; i++)
        {
          const MosTwilioCall *leg = legs->pdata[i];

          n_busy += g_str_equal (leg->status, "busy");
          if (!g_str_equal (leg->status, "completed"))
            continue;
          call.outcome = MOS_CALL_ANSWERED;
          call.seconds = MAX (call.seconds, leg->seconds);
        }
      if (call.outcome == MOS_CALL_MISSED && legs->len > 0 && n_busy == legs->len)
        call.outcome = MOS_CALL_BUSY;
    }
  else if (call.outcome == MOS_CALL_ANSWERED)
    call.seconds = self->seconds;
  update = mos_phone_call_to_update (&call, MOS_CHAT_MESSAGE, NULL);
  /* What is recorded of it joins it, whenever it comes. */
  update->group = g_strdup (self->sid);
  return update;
}
