/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-ringing.h"

#include "app/application/mos-notify.h"
#include "app/application/mos-settings.h"
#include "app/customer/mos-order-text.h"
#include "core/desk/mos-desk-journey.h"
#include "core/values/mos-chat-values.h"

/* The order is told before the conversation: it is what callers ask for. */
static char *
facts_of (const MosWho *who)
{
  if (who->order != NULL)
    return mos_order_summary_text (who->order, g_get_real_time ());
  return who->conversation != NULL && *who->conversation->subject != '\0' ? g_strdup (who->conversation->subject) : NULL;
}

typedef struct
{
  GApplication *app;     /* (owned) */
  MosChatUpdate *update; /* (owned) */
} Ringing;

static void
on_found_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  Ringing *ringing = user_data;
  g_autoptr (GPtrArray) found = mos_desk_find_who_finish (MOS_DESK (source), result, NULL);
  const MosChatUpdate *update = ringing->update;
  const char *name = update->person != NULL ? update->person->name : NULL;
  g_autofree char *facts = NULL;

  if (found != NULL && found->len > 0)
    {
      const MosWho *who = found->pdata[0];

      if (who->customer != NULL && *who->customer->name != '\0')
        name = who->customer->name;
      facts = facts_of (who);
    }
  mos_notify_ringing (ringing->app, update->id, name, update->call->number, facts);
  g_object_unref (ringing->app);
  mos_chat_update_unref (ringing->update);
  g_free (ringing);
}

static void
on_call_cb (GApplication *app,
            MosChatUpdate *update,
            MosDesk *desk)
{
  Ringing *ringing;

  if (update->kind != MOS_CHAT_RINGING)
    {
      mos_notify_stopped_ringing (app, update->id);
      return;
    }
  if (update->is_own || !g_settings_get_boolean (mos_settings_get (), "notify-arrived"))
    return;
  if (*update->call->number == '\0')
    {
      mos_notify_ringing (app, update->id, update->person != NULL ? update->person->name : NULL, "", NULL);
      return;
    }
  ringing = g_new0 (Ringing, 1);
  ringing->app = g_object_ref (app);
  ringing->update = mos_chat_update_ref (update);
  mos_desk_find_who_async (desk, update->call->number, 1, NULL, on_found_cb, ringing);
}

void
mos_ringing_follow (GApplication *app,
                    MosDesk *desk)
{
  g_return_if_fail (G_IS_APPLICATION (app));
  g_return_if_fail (MOS_IS_DESK (desk));

  g_signal_connect_object (desk, "call", G_CALLBACK (on_call_cb), app, G_CONNECT_SWAPPED);
}
