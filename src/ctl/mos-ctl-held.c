/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/desk/mos-desk-due.h"
#include "core/desk/mos-due-work.h"
#include "core/desk/mos-show-json.h"

#include <glib/gi18n.h>

/* What became due while nothing ran, and would come to customers too late: shown, done, put off or thrown away. */

static gboolean
mos_ctl_do_held (MosTxn *txn,
                 gpointer data,
                 GError **error)
{
  GPtrArray **items = data;

  *items = mos_due_list_held (txn, error);
  return *items != NULL;
}

static void
mos_ctl_print_held (MosCtl *self,
                    MosHeldItem *item)
{
  g_autoptr (JsonBuilder) builder = NULL;
  const char *subject = item->conversation != NULL ? item->conversation->subject : "";
  gint64 number = item->conversation != NULL ? item->conversation->number : 0;

  if (!self->json)
    {
      g_autofree char *due = mos_ctl_local_time (item->due->due_us);

      mos_ctl_print (self, "%s  %s  %s  #%" G_GINT64_FORMAT "  %s\n", item->due->id, item->due->kind, due, number, subject);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mos_json_string (builder, "id", item->due->id);
  mos_json_string (builder, "kind", item->due->kind);
  mos_json_time (builder, "due", item->due->due_us);
  mos_json_int (builder, "conversation", number);
  mos_json_string (builder, "subject", subject);
  mos_json_string (builder, "message", item->due->message);
  mos_json_string (builder, "why", item->message != NULL ? item->message->why : NULL);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

static gboolean
mos_ctl_do_held_action (MosTxn *txn,
                        gpointer data,
                        GError **error)
{
  GPtrArray *args = data;
  const char *word = args->pdata[0];
  const char *id = args->pdata[1];
  gint64 due_us = 0;

  if (g_str_equal (word, "send"))
    return mos_due_release (txn, id, error);
  if (g_str_equal (word, "discard"))
    return mos_due_discard (txn, id, error);
  return mos_ctl_parse_when (txn, args->pdata[2], FALSE, &due_us, error) && mos_due_postpone (txn, id, due_us, error);
}

int
mos_ctl_held (MosCtl *self,
              GPtrArray *args)
{
  g_autoptr (GPtrArray) items = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 3))
    return MOS_CTL_USAGE;
  if (args->len > 0)
    {
      const char *word = args->pdata[0];
      guint wanted = g_str_equal (word, "later") ? 3 : g_str_equal (word, "send") || g_str_equal (word, "discard") ? 2
                                                                                                                   : 0;

      if (args->len != wanted)
        return mos_ctl_usage (self, "%s", _ ("Say held, held send ID, held later ID TIME or held discard ID"));
      if (!mos_ctl_write (self, NULL, mos_ctl_do_held_action, args, &error))
        return mos_ctl_fail (self, error);
      return MOS_CTL_DONE;
    }

  if (!mos_ctl_read (self, mos_ctl_do_held, &items, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < items->len; i++)
    mos_ctl_print_held (self, items->pdata[i]);
  return MOS_CTL_DONE;
}
