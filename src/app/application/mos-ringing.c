/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-ringing.h"

#include "app/application/mos-background.h"
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
  GHashTable *calls;     /* (owned): ids of those that ring */
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
      if (g_settings_get_boolean (mos_settings_get (), "notify-text"))
        facts = facts_of (who);
    }
  /* It may have ended meanwhile, and nothing would take the notification away any more. */
  if (g_hash_table_contains (ringing->calls, update->id))
    mos_notify_ringing (ringing->app, update->id, name, update->call->number, facts);
  g_object_unref (ringing->app);
  g_hash_table_unref (ringing->calls);
  mos_chat_update_unref (ringing->update);
  g_free (ringing);
}

gboolean
mos_ringing_is_shown (const MosChatUpdate *update,
                      MosCalendar *calendar)
{
  return !update->is_own && g_settings_get_boolean (mos_settings_get (), "notify-arrived") && !mos_background_is_quiet_now (calendar);
}

static void
on_call_cb (GApplication *app,
            MosChatUpdate *update,
            MosDesk *desk)
{
  GHashTable *calls = g_object_get_data (G_OBJECT (desk), "mos-ringing");
  Ringing *ringing;

  if (update->kind != MOS_CHAT_RINGING)
    {
      g_hash_table_remove (calls, update->id);
      mos_notify_stopped_ringing (app, update->id);
      return;
    }
  if (!mos_ringing_is_shown (update, mos_desk_get_calendar (desk)))
    return;
  if (*update->call->number == '\0')
    {
      mos_notify_ringing (app, update->id, update->person != NULL ? update->person->name : NULL, "", NULL);
      return;
    }
  g_hash_table_add (calls, g_strdup (update->id));
  ringing = g_new0 (Ringing, 1);
  ringing->calls = g_hash_table_ref (calls);
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

  g_object_set_data_full (G_OBJECT (desk), "mos-ringing", g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), (GDestroyNotify) g_hash_table_unref);
  g_signal_connect_object (desk, "call", G_CALLBACK (on_call_cb), app, G_CONNECT_SWAPPED);
}
