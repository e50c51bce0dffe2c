/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-webhook-alert.h"

#include "app/accounts/mos-error-alert.h"
#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GtkWidget *parent;   /* (owned) */
  MosDesk *desk;       /* (owned) */
  MosAccount *account; /* (owned) */
  char *secret;        /* (owned) (nullable) */
  void (*removed) (gpointer owner);
  GWeakRef owner;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *self = data;

  g_object_unref (self->parent);
  g_object_unref (self->desk);
  mos_account_unref (self->account);
  if (self->secret != NULL)
    explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_weak_ref_clear (&self->owner);
  g_free (self);
}

static void
on_removed_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  Removal *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);

  if (mos_desk_take_over_chat_finish (MOS_DESK (source), result, &error))
    {
      if (owner != NULL && self->removed != NULL)
        self->removed (owner);
    }
  else if (gtk_widget_get_mapped (self->parent))
    mos_error_alert_present (self->parent, error);
  removal_free (self);
}

static void
on_response_cb (Removal *self,
                const char *response)
{
  if (g_str_equal (response, "remove"))
    mos_desk_take_over_chat_async (self->desk, self->account, self->secret, NULL, on_removed_cb, self);
  else
    removal_free (self);
}

void
mos_webhook_alert_present (GtkWidget *parent,
                           MosDesk *desk,
                           MosAccount *account,
                           const char *secret,
                           void (*removed) (gpointer owner),
                           gpointer owner)
{
  AdwAlertDialog *alert;
  Removal *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (MOS_IS_DESK (desk));
  g_return_if_fail (account != NULL);

  self = g_new0 (Removal, 1);
  self->parent = g_object_ref (parent);
  self->desk = g_object_ref (desk);
  self->account = mos_account_ref (account);
  self->secret = g_strdup (secret);
  self->removed = removed;
  g_weak_ref_init (&self->owner, owner);
  alert = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Remove the Bot’s Webhook?"),
                                                  _ ("What customers write to this bot is brought to an address on the web, where another service takes it. "
                                                     "With the webhook removed it comes here, also what waits now, and that service gets nothing more.")));
  adw_alert_dialog_add_responses (alert,
                                  "cancel", _ ("_Cancel"),
                                  "remove", _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_signal_connect_swapped (alert, "response", G_CALLBACK (on_response_cb), self);
  mos_dialog_present (ADW_DIALOG (alert), parent);
}
