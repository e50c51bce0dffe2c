/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-notify.h"

#include "app/application/mos-error-text.h"
#include "app/application/mos-privacy.h"
#include "app/inbox/mos-view-text.h"
#include "app/widgets/mos-call-text.h"
#include "app/widgets/mos-target-text.h"
#include "core/base/mos-clean.h"
#include "core/desk/mos-calls.h"
#include "core/desk/mos-survey-answer.h"

#include <glib/gi18n.h>

#define MAX_BODY 160

/* Ids of those that may be shown just now and name a customer. */
static GHashTable *naming = NULL;

static void
note_naming (const char *id)
{
  if (naming == NULL)
    naming = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (naming, g_strdup (id));
}

/* GLib hands the body as it is to servers that read markup, and as plain text to others: escaping would show there.
 * So the three characters that begin markup are replaced by look-alikes. */
char *
mos_notify_plain (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  glong n = 0;

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      /* What came must not turn around what stands beside it. */
      if (mos_clean_is_turning (c))
        continue;
      if (n == MAX_BODY)
        {
          g_string_append (plain, "…");
          break;
        }
      if (c == '<')
        c = 0x2039;
      else if (c == '>')
        c = 0x203a;
      else if (c == '&')
        c = 0xff06;
      g_string_append_unichar (plain, g_unichar_iscntrl (c) ? ' ' : c);
    }
  return g_strdup (plain->str);
}

static void
send (GApplication *app,
      const char *id,
      const char *conversation,
      const char *title,
      const char *body,
      GNotificationPriority priority,
      const char *icon_name,
      gboolean has_buttons)
{
  g_autofree char *plain_title = mos_notify_plain (title);
  g_autofree char *plain = mos_notify_plain (body);
  g_autoptr (GNotification) notification = g_notification_new (plain_title);
  g_autoptr (GIcon) icon = g_themed_icon_new (icon_name);

  g_notification_set_body (notification, plain);
  g_notification_set_priority (notification, priority);
  g_notification_set_icon (notification, icon);
  g_notification_set_default_action_and_target (notification, "app.open-conversation", "s", conversation);
  /* They act without the window; locked or shared, nobody sees on what. */
  if (has_buttons && !mos_privacy_hides_customers ())
    {
      g_notification_add_button_with_target (notification, _ ("Reply"), "app.reply-conversation", "s", conversation);
      g_notification_add_button_with_target (notification, C_ ("action", "Close"), "app.close-conversation", "s", conversation);
      g_notification_add_button_with_target (notification, _ ("Snooze Until Tomorrow"), "app.snooze-conversation", "s", conversation);
    }
  if (!mos_privacy_hides_customers ())
    note_naming (id);
  g_application_send_notification (app, id, notification);
}

void
mos_notify_arrived (GApplication *app,
                    MosConversationRow *row,
                    MosMessageRow *message,
                    gboolean show_text)
{
  g_autofree char *body = NULL;
  const char *who = mos_conversation_who_text (row);

  if (mos_privacy_hides_customers ())
    {
      send (app, row->id, row->id, _ ("New message"), "", G_NOTIFICATION_PRIORITY_NORMAL, "mail-unread-symbolic", FALSE);
      return;
    }
  if (message->call != NULL)
    body = mos_call_text (message->call, FALSE);
  else if (show_text)
    body = g_strdup_printf ("%s\n%s", row->subject, message->reply_text != NULL ? message->reply_text : "");
  else
    body = g_strdup (_ ("New message"));
  /* An answer to a question is no message that anybody has to do something with. */
  send (app, row->id, row->id, who, body, G_NOTIFICATION_PRIORITY_NORMAL, "mail-unread-symbolic", message->classification != MOS_CLASSIFICATION_SURVEY);
}

void
mos_notify_came_back (GApplication *app,
                      MosConversationRow *row,
                      const char *kind,
                      gboolean show_text)
{
  const char *who = mos_privacy_hides_customers () ? "" : mos_conversation_who_text (row);
  const char *title = g_str_equal (kind, "reminder") ? _ ("Nobody has answered yet") : g_str_equal (kind, MOS_RESCUE_DUE_KIND)  ? _ ("A customer was unhappy")
                                                                                   : g_str_equal (kind, MOS_CALL_BACK_DUE_KIND) ? _ ("Time to call back")
                                                                                                                                : _ ("The snooze ended");

  if (g_str_equal (kind, MOS_CALL_BACK_DUE_KIND))
    {
      send (app, row->id, row->id, title, who, G_NOTIFICATION_PRIORITY_NORMAL, "call-start-symbolic", FALSE);
      return;
    }
  send (app, row->id, row->id, title, show_text && *who != '\0' ? row->subject : who, G_NOTIFICATION_PRIORITY_NORMAL, "alarm-symbolic", TRUE);
}

void
mos_notify_due (GApplication *app,
                MosConversationRow *row,
                gboolean show_text)
{
  const gint64 now_us = g_get_real_time ();
  const gboolean is_reply = row->reply_due_us != 0 && (row->resolve_due_us == 0 || row->reply_due_us <= row->resolve_due_us);
  g_autofree char *title = mos_target_text_due (row, is_reply, now_us);
  const char *who = mos_privacy_hides_customers () ? "" : mos_conversation_who_text (row);

  /* It is done by now. */
  if (title == NULL)
    return;
  send (app, row->id, row->id, title, show_text && *who != '\0' ? row->subject : who, G_NOTIFICATION_PRIORITY_NORMAL, "mos-due-symbolic", TRUE);
}

void
mos_notify_many_due (GApplication *app,
                     guint n_nearly,
                     guint n_late)
{
  g_autofree char *late = n_late > 0 ? g_strdup_printf (ngettext ("%u conversation is past its target", "%u conversations are past their target", n_late), n_late) : NULL;
  g_autofree char *nearly = n_nearly > 0 ? g_strdup_printf (ngettext ("%u conversation is nearly due", "%u conversations are nearly due", n_nearly), n_nearly) : NULL;
  g_autoptr (GNotification) notification = g_notification_new (late != NULL ? late : nearly);
  g_autoptr (GIcon) icon = g_themed_icon_new ("mos-due-symbolic");

  if (late != NULL && nearly != NULL)
    g_notification_set_body (notification, nearly);
  g_notification_set_icon (notification, icon);
  g_notification_set_default_action_and_target (notification, "app.show-view", "s", mos_view_kind_to_nick (MOS_VIEW_BREACHING));
  g_application_send_notification (app, "targets", notification);
}

static char *
ringing_id (const char *call)
{
  return g_strconcat ("ringing-", call, NULL);
}

void
mos_notify_ringing (GApplication *app,
                    const char *call,
                    const char *who,
                    const char *number,
                    const char *facts)
{
  g_autofree char *id = ringing_id (call);
  gboolean hides = mos_privacy_hides_customers ();
  const char *shown = who != NULL && *who != '\0' ? who : *number != '\0' ? number
                                                                          : _ ("Withheld number");
  /* Translators: the telephone rings; %s is a person or a number. */
  g_autofree char *title = g_strdup_printf (_ ("%s is calling"), shown);
  g_autofree char *body = g_strdup_printf ("%s%s%s", shown != number ? number : "", facts != NULL && shown != number && *number != '\0' ? "\n" : "", facts != NULL ? facts : "");
  g_autofree char *plain_title = mos_notify_plain (hides ? _ ("Somebody is calling") : title);
  g_autofree char *plain = mos_notify_plain (hides ? "" : body);
  g_autoptr (GNotification) notification = g_notification_new (plain_title);
  g_autoptr (GIcon) icon = g_themed_icon_new ("call-start-symbolic");

  if (!hides)
    note_naming (id);

  g_notification_set_body (notification, plain);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_URGENT);
  g_notification_set_icon (notification, icon);
  g_notification_set_default_action_and_target (notification, "app.who-is", "s", number);
  g_application_send_notification (app, id, notification);
}

void
mos_notify_stopped_ringing (GApplication *app,
                            const char *call)
{
  g_autofree char *id = ringing_id (call);

  g_application_withdraw_notification (app, id);
}

void
mos_notify_failed (GApplication *app,
                   MosOutboxItem *item)
{
  g_autofree char *id = g_strconcat ("failed-", item->message, NULL);
  g_autofree char *body = NULL;
  MosErrorText text = mos_error_text_for_why (item->why);
  gboolean uncertain = item->state == MOS_DELIVERY_UNCERTAIN;

  body = g_strdup_printf ("%s\n%s", mos_privacy_hides_customers () ? "" : item->subject, uncertain ? _ ("The connection ended before the server confirmed it.") : text.title);
  send (app, id, item->conversation, uncertain ? _ ("Perhaps not sent") : _ ("Not sent"), body, G_NOTIFICATION_PRIORITY_HIGH, "dialog-warning-symbolic", FALSE);
}

void
mos_notify_backup_failed (GApplication *app,
                          const GError *error)
{
  MosErrorText text = mos_error_text (error);
  g_autofree char *body = g_strdup_printf ("%s %s", text.sentence, text.step);
  g_autoptr (GNotification) notification = g_notification_new (_ ("There Is No New Backup"));
  g_autoptr (GIcon) icon = g_themed_icon_new ("dialog-warning-symbolic");

  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_icon (notification, icon);
  g_notification_set_default_action (notification, "app.preferences");
  g_application_send_notification (app, "backup-failed", notification);
}

void
mos_notify_withdraw_all (GApplication *app)
{
  GHashTableIter iter;
  gpointer id;

  if (naming == NULL)
    return;
  g_hash_table_iter_init (&iter, naming);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_application_withdraw_notification (app, id);
  g_hash_table_remove_all (naming);
}

void
mos_notify_withdraw (GApplication *app,
                     const char *conversation)
{
  g_application_withdraw_notification (app, conversation);
}
