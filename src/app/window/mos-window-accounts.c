/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/accounts/mos-account-chooser.h"
#include "app/accounts/mos-account-dialog.h"
#include "app/accounts/mos-account-kinds.h"
#include "app/accounts/mos-sign-in-dialog.h"
#include "app/accounts/mos-webhook-alert.h"
#include "app/application/mos-error-text.h"
#include "app/preferences/mos-setting.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"

#include "core/channels/mos-channel-traits.h"

#include <glib/gi18n.h>

/* What passes by itself is told by the dot in the left pane alone; a banner asks for something. */
static gboolean
is_trouble (MosAccountStatus *status)
{
  static const char *const passing[] = { "network", "connection-refused", "temporary", "timeout", "timed-out", NULL };

  if (status == NULL)
    return FALSE;

  switch (status->state)
    {
    case MOS_ACCOUNT_AUTH_FAILED:
    case MOS_ACCOUNT_BAD_CERTIFICATE:
    case MOS_ACCOUNT_FAILED:
      return TRUE;
    case MOS_ACCOUNT_WAITING:
      return status->why != NULL && !g_strv_contains (passing, status->why);
    case MOS_ACCOUNT_READY:
      /* All is well but for one folder, for what the server does not give, or for what it insists on being read. */
      return status->why != NULL || status->missing > 0;
    case MOS_ACCOUNT_OFFLINE:
    case MOS_ACCOUNT_CONNECTING:
    case MOS_ACCOUNT_SYNCING:
    default:
      return FALSE;
    }
}

static const char *
why_of (MosAccountItem *item)
{
  MosAccountStatus *status = mos_account_item_get_status (item);

  return status->why == NULL && status->missing > 0 ? "missing" : status->why;
}

static MosAccountItem *
find_trouble (MosWindow *self)
{
  GListModel *accounts = mos_desk_get_accounts (self->desk);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);

      if (is_trouble (mos_account_item_get_status (item)))
        return g_steal_pointer (&item);
    }
  return NULL;
}

void
mos_window_update_banner (MosWindow *self)
{
  GListModel *accounts;
  g_autoptr (MosAccountItem) item = NULL;
  g_autofree char *title = NULL;
  g_autofree char *directed = NULL;
  MosErrorText text;
  MosAccount *account;

  if (self->desk == NULL || self->pane == NULL)
    return;

  accounts = mos_desk_get_accounts (self->desk);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) each = g_list_model_get_item (accounts, i);

      g_signal_handlers_disconnect_by_func (each, mos_window_update_banner, self);
      g_signal_connect_object (each, "notify::status", G_CALLBACK (mos_window_update_banner), self, G_CONNECT_SWAPPED);
    }

  item = find_trouble (self);
  if (item == NULL)
    {
      mos_conversation_pane_set_banner (self->pane, NULL, NULL);
      return;
    }
  account = mos_account_item_get_account (item);
  text = mos_error_text_for_why (why_of (item));
  if (text.remedy == MOS_REMEDY_SEEN && !mos_channel_is_chat (account->kind))
    {
      const char *detail = mos_account_item_get_status (item)->detail;
      g_autofree char *words = detail != NULL ? g_utf8_substring (detail, 0, MIN (g_utf8_strlen (detail, -1), 300)) : g_strdup ("");

      /* Translators: an account's name and the mail server's own words. */
      title = g_strdup_printf (_ ("%s: the mail server says “%s”"), *account->name != '\0' ? account->name : account->address, words);
    }
  else
    /* Translators: an account's name and what is wrong with it. */
    title = g_strdup_printf (_ ("%s: %s"), *account->name != '\0' ? account->name : account->address, text.title);
  directed = mos_text_in_ui_direction (title);
  mos_conversation_pane_set_banner (self->pane, directed, mos_remedy_get_label (text.remedy));
}

static void
on_webhook_removed (gpointer window)
{
  MosWindow *self = window;

  if (self->desk != NULL)
    mos_desk_sync_now (self->desk, NULL);
}

void
mos_window_on_banner_clicked (MosWindow *self)
{
  g_autoptr (MosAccountItem) item = find_trouble (self);
  MosAccount *account;
  MosErrorText text;

  if (item == NULL)
    return;
  account = mos_account_item_get_account (item);
  text = mos_error_text_for_why (why_of (item));

  switch (text.remedy)
    {
    case MOS_REMEDY_PASSWORD:
    case MOS_REMEDY_TOKEN:
      mos_dialog_present (mos_account_make_key_dialog (self->desk, account), GTK_WIDGET (self));
      break;
    case MOS_REMEDY_SIGN_IN:
      mos_dialog_present (ADW_DIALOG (mos_sign_in_dialog_new (self->desk, account)), GTK_WIDGET (self));
      break;
    case MOS_REMEDY_CERTIFICATE:
    case MOS_REMEDY_SETTINGS:
      mos_window_show_account (self, account->id, NULL);
      break;
    case MOS_REMEDY_WEBHOOK:
      mos_webhook_alert_present (GTK_WIDGET (self), self->desk, account, NULL, on_webhook_removed, self);
      break;
    case MOS_REMEDY_SEEN:
      mos_desk_note_seen (self->desk, account->id);
      break;
    case MOS_REMEDY_RETRY:
    case MOS_REMEDY_NONE:
    default:
      mos_desk_sync_now (self->desk, account->id);
      break;
    }
}

void
mos_window_add_account (MosWindow *self)
{
  if (self->desk == NULL)
    return;
  mos_window_await_account (self);
  mos_dialog_present (ADW_DIALOG (mos_account_chooser_new (self->desk)), GTK_WIDGET (self));
}

void
mos_window_show_account (MosWindow *self,
                         const char *id,
                         const char *setting)
{
  GListModel *accounts = mos_desk_get_accounts (self->desk);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);

      if (g_str_equal (mos_account_item_get_account (item)->id, id))
        {
          GtkWidget *dialog = GTK_WIDGET (mos_account_dialog_new (self->desk, item));
          const MosSetting *wanted = setting != NULL ? mos_setting_lookup (setting) : NULL;
          GtkWidget *row;

          mos_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
          /* A dialog that is not presented counts as hidden. */
          row = wanted != NULL ? mos_setting_find_row (wanted, dialog) : NULL;
          if (row != NULL)
            mos_setting_show_row (row);
          return;
        }
    }
}
