/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-chat-changes.h"

#include <glib/gi18n.h>

/* What is done to a message of a chat that is there already. */

typedef struct
{
  const char *message;
  MosChatChangeKind kind;
  const char *text;
} MosCtlChange;

static gboolean
mos_ctl_do_change (MosTxn *txn,
                   gpointer data,
                   GError **error)
{
  const MosCtlChange *change = data;

  return mos_chat_change (txn, change->message, change->kind, change->text, error);
}

static gboolean
mos_ctl_do_retry_change (MosTxn *txn,
                         gpointer data,
                         GError **error)
{
  const MosCtlChange *change = data;

  return mos_chat_retry_change (txn, change->message, change->kind, error);
}

static gboolean
mos_ctl_do_leave_change (MosTxn *txn,
                         gpointer data,
                         GError **error)
{
  const MosCtlChange *change = data;

  return mos_chat_drop_change (txn, change->message, change->kind, error);
}

int
mos_ctl_message (MosCtl *self,
                 GPtrArray *args)
{
  gboolean is_retry = mos_ctl_take_flag (args, "--retry");
  gboolean is_leave = mos_ctl_take_flag (args, "--leave");
  const char *word = args->len > 0 ? args->pdata[0] : "";
  MosCtlChange change = { args->len > 1 ? args->pdata[1] : NULL, MOS_CHAT_CHANGE_EDIT, "" };
  g_autofree char *text = NULL;
  GError *error = NULL;
  gboolean is_known = g_str_equal (word, "edit") || g_str_equal (word, "withdraw") || g_str_equal (word, "react");

  if (!is_known || args->len < 2 || args->len > (g_str_equal (word, "react") ? 3 : 2) || (is_retry && is_leave))
    return mos_ctl_usage (self, "%s", _ ("Say message edit ID, message withdraw ID or message react ID [SIGN]"));
  change.kind = mos_chat_change_kind_from_nick (word, MOS_CHAT_CHANGE_EDIT);
  if (args->len == 3)
    change.text = args->pdata[2];
  if (change.kind == MOS_CHAT_CHANGE_EDIT && !is_retry && !is_leave)
    {
      text = mos_ctl_read_input (self, &error);
      if (text == NULL)
        return mos_ctl_fail (self, error);
      change.text = text;
    }
  if (!mos_ctl_write (self, NULL, is_retry ? mos_ctl_do_retry_change : is_leave ? mos_ctl_do_leave_change
                                                                                : mos_ctl_do_change,
                      &change, &error))
    return mos_ctl_fail (self, error);
  mos_ctl_say (self, word, change.message, is_leave ? _ ("The message stays as it is") : _ ("It is done there as soon as there is a line"));
  return MOS_CTL_DONE;
}
