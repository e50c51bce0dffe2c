/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/composer/mos-from-choices.h"
#include "app/conversation/mos-attachment-chip.h"
#include "app/widgets/mos-dialog.h"

#include "core/desk/mos-desk-mailto.h"

#include <glib/gi18n.h>

/* A link that asks for a mail to be written: out of another program, or out of a message. Nothing is sent by it: the composer opens. */

typedef struct
{
  MosWindow *self; /* (owned) */
  MosMailto *mailto;
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->self);
  mos_mailto_unref (writing->mailto);
  g_free (writing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

static void
on_no_account_cb (MosWindow *self,
                  const char *response)
{
  if (g_str_equal (response, "add") && self->desk != NULL)
    mos_window_add_account (self);
}

static void
tell_no_account (MosWindow *self)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("No Account Can Send Mail Yet"), _ ("Nothing was written. Add a mail account, then open the link once more."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"), "add", _ ("_Add Account…"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "add", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "add");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_no_account_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (dialog, GTK_WIDGET (self));
}

/* Who looks at the list of an account writes from that; else it is the first one, and the composer's "From" has the others. Returns: (nullable): its id */
static const char *
get_account (MosWindow *self)
{
  MosView *view = mos_conversation_pane_get_base_view (self->pane);
  GListModel *accounts = mos_desk_get_accounts (self->desk);

  if (view == NULL || view->kind != MOS_VIEW_ACCOUNT)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (MosAccountItem) item = g_list_model_get_item (accounts, i);
      MosAccount *account = mos_account_item_get_account (item);

      if (g_strcmp0 (account->id, view->argument) == 0 && account->smtp != NULL && *account->smtp->host != '\0')
        return account->id;
    }
  return NULL;
}

static void
tell_left_out (MosWindow *self,
               MosMailto *mailto)
{
  if (mailto->n_left_out > 0)
    mos_window_add_toast (self, adw_toast_new (_ ("The link names recipients that were left out: look who gets it")));
  else if (mailto->names_files)
    mos_window_add_toast (self, adw_toast_new (_ ("Files that a link names are not attached")));
}

static void
on_prepared_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (Writing) writing = user_data;
  MosWindow *self = writing->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosDraft) draft = mos_desk_prepare_mailto_finish (MOS_DESK (source), result, &error);

  if (self->view == NULL)
    return;
  if (g_error_matches (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND))
    tell_no_account (self);
  else if (draft == NULL)
    mos_window_report_error (self, error);
  else if (draft->conversation != NULL)
    {
      /* It is saved, and found by its conversation when that is shown. */
      g_set_str (&self->edited, draft->conversation);
      mos_window_show_conversation (self, draft->conversation);
      mos_window_begin_editing (self);
      tell_left_out (self, writing->mailto);
    }
  else
    {
      mos_window_show_writing (self);
      mos_conversation_view_compose_draft (self->view, draft);
      tell_left_out (self, writing->mailto);
    }
}

void
mos_window_write_mail (GtkWidget *widget,
                       const char *name,
                       GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMailto) mailto = mos_mailto_parse (g_variant_get_string (parameter, NULL), &error);
  Writing *writing;

  if (mailto == NULL)
    {
      g_info ("A link was not opened: %s", error->message);
      mos_widget_show_problem (widget, _ ("This Link Cannot Be Opened"), _ ("Only links that ask for a mail to be written can be opened here."));
      return;
    }
  if (!mos_from_choices_can_send (mos_desk_get_accounts (self->desk)))
    {
      tell_no_account (self);
      return;
    }
  mos_window_leave_triage (self);
  writing = g_new0 (Writing, 1);
  writing->self = g_object_ref (self);
  writing->mailto = g_steal_pointer (&mailto);
  mos_desk_prepare_mailto_async (self->desk, writing->mailto, get_account (self), self->cancellable, on_prepared_cb, writing);
}
