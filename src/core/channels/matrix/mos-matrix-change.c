/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-channels"

#include "config.h"

#include "core/channels/matrix/mos-matrix-send.h"

#include "core/base/mos-json-read.h"

/* What is done to a message that is there: another event each, or one that goes. */

static gboolean
edit (MosMatrixApi *api,
      const MosChatChange *change,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (JsonNode) event = NULL;
  g_autoptr (JsonNode) content = NULL;
  g_autofree char *id = NULL;

  if (change->has_file)
    {
      event = mos_matrix_api_read_event_sync (api, change->thread, change->remotes[0], cancellable, error);
      if (event == NULL)
        return FALSE;
    }
  content = mos_matrix_make_edit (change->remotes[0], change->text, event != NULL ? mos_json_read_object (json_node_get_object (event), "content") : NULL);
  id = mos_matrix_api_send_sync (api, change->thread, "m.room.message", change->id, content, cancellable, error);
  return id != NULL;
}

/* A transaction of its own for each event. */
static gboolean
redact (MosMatrixApi *api,
        const MosChatChange *change,
        const char *event,
        GCancellable *cancellable,
        GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s-%s", change->id, event + (*event == '$'));
  g_autofree char *id = mos_matrix_api_redact_sync (api, change->thread, event, key, NULL, cancellable, error);

  return id != NULL;
}

static gboolean
withdraw (MosMatrixApi *api,
          const MosChatChange *change,
          GCancellable *cancellable,
          GError **error)
{
  for (char **remote = change->remotes; *remote != NULL; remote++)
    if (!redact (api, change, *remote, cancellable, error))
      return FALSE;
  return TRUE;
}

/* One sign of ours: the others go, whichever program put them. */
static gboolean
react (MosMatrixApi *api,
       const char *user,
       const MosChatChange *change,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (JsonNode) answer = mos_matrix_api_read_reactions_sync (api, change->thread, change->remotes[0], cancellable, error);
  g_autoptr (JsonNode) content = NULL;
  g_autofree char *id = NULL;
  JsonArray *signs;
  gboolean is_there = FALSE;

  if (answer == NULL)
    return FALSE;
  signs = mos_json_read_array (json_node_get_object (answer), "chunk");
  for (guint i = 0; i < mos_json_read_length (signs); i++)
    {
      JsonObject *event = mos_json_read_element (signs, i);
      g_autofree char *sender = mos_json_read_dup_line (event, "sender");
      g_autofree char *event_id = mos_json_read_dup_line (event, "event_id");
      g_autofree char *sign = mos_json_read_dup_line (mos_json_read_object (mos_json_read_object (event, "content"), "m.relates_to"), "key");

      if (g_strcmp0 (sender, user) != 0 || event_id == NULL)
        continue;
      if (g_strcmp0 (sign, change->text) == 0)
        is_there = TRUE;
      else if (!redact (api, change, event_id, cancellable, error))
        return FALSE;
    }
  if (is_there || *change->text == '\0')
    return TRUE;
  content = mos_matrix_make_reaction (change->remotes[0], change->text);
  id = mos_matrix_api_send_sync (api, change->thread, "m.reaction", change->id, content, cancellable, error);
  return id != NULL;
}

void
mos_matrix_change_sync (MosMatrixApi *api,
                        const char *user,
                        const MosChatChange *change,
                        MosChatSendOutcome *ret_outcome,
                        GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  gboolean is_done;

  is_done = change->kind == MOS_CHAT_CHANGE_EDIT       ? edit (api, change, cancellable, &error)
            : change->kind == MOS_CHAT_CHANGE_WITHDRAW ? withdraw (api, change, cancellable, &error)
                                                       : react (api, user, change, cancellable, &error);
  ret_outcome->state = MOS_DELIVERY_ACCEPTED;
  if (is_done)
    return;
  mos_matrix_read_outcome (api, error, ret_outcome);
  if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_GONE))
    g_set_str (&ret_outcome->why, "message-gone");
}
