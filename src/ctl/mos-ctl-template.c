/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-json.h"
#include "core/channels/mos-chat-channel.h"
#include "core/desk/mos-chat-templates.h"
#include "core/store/mos-store-accounts.h"

#include <glib/gi18n.h>

/* A template that the platform has approved, sent into a chat. */

typedef struct
{
  const char *number;
  MosConversationRow *row; /* (owned) */
  MosAccount *account;     /* (owned) */
  MosChatPart *part;       /* (owned) */
  char *message;           /* (owned) */
} Sending;

static void
sending_clear (Sending *self)
{
  g_clear_pointer (&self->row, mos_conversation_row_unref);
  g_clear_pointer (&self->account, mos_account_unref);
  g_clear_pointer (&self->part, mos_chat_part_unref);
  g_clear_pointer (&self->message, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sending, sending_clear)

static gboolean
do_find (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Sending *sending = data;
  g_autoptr (GPtrArray) accounts = NULL;

  if (!mos_ctl_find_conversation (txn, sending->number, &sending->row, error))
    return FALSE;
  accounts = mos_store_account_list (txn, error);
  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      MosAccount *account = accounts->pdata[i];

      if (g_str_equal (account->id, sending->row->account))
        sending->account = mos_account_ref (account);
    }
  return accounts != NULL;
}

static gboolean
do_send (MosTxn *txn,
         gpointer data,
         GError **error)
{
  Sending *sending = data;

  return mos_chat_send_template (txn, sending->row->id, sending->part, &sending->message, error);
}

/* Asks the platform. Returns: (transfer full) (nullable) */
static GPtrArray *
list_templates (MosCtl *self,
                MosAccount *account,
                GError **error)
{
  g_autoptr (MosClock) clock = mos_clock_new_system ();
  g_autoptr (MosChannel) channel = mos_channel_new_for_account (account, MOS_CHANNEL_HOST (mos_ctl_get_host (self)), clock);
  g_autofree char *secret = mos_channel_host_dup_password_sync (MOS_CHANNEL_HOST (mos_ctl_get_host (self)), account->id, self->cancellable, error);

  return secret != NULL ? mos_chat_channel_list_templates_sync (MOS_CHAT_CHANNEL (channel), secret, self->cancellable, error) : NULL;
}

/* By the platform's name, or by what people call it. Returns: (transfer none) (nullable): the first, where several are called so */
static MosChatTemplate *
find_template (GPtrArray *templates,
               const char *name,
               const char *language)
{
  for (guint i = 0; i < templates->len; i++)
    {
      MosChatTemplate *template = templates->pdata[i];

      if ((g_str_equal (template->name, name) || g_str_equal (template->title, name)) && (language == NULL || mos_chat_template_is_language (template, language)))
        return template;
    }
  return NULL;
}

/* Returns: (transfer full): those of --value, in order */
static char **
take_values (GPtrArray *args)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  char *value;

  while ((value = mos_ctl_take_option (args, "--value")) != NULL)
    {
      g_strv_builder_add (builder, value);
      g_free (value);
    }
  return g_strv_builder_end (builder);
}

int
mos_ctl_reply_template (MosCtl *self,
                        GPtrArray *args,
                        const char *name)
{
  g_autofree char *language = mos_ctl_take_option (args, "--language");
  g_autofree char *heading = mos_ctl_take_option (args, "--heading");
  g_auto (GStrv) values = take_values (args);
  g_auto (Sending) sending = { 0 };
  g_autoptr (GPtrArray) templates = NULL;
  MosChatTemplate *template;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 1, 1))
    return MOS_CTL_USAGE;
  sending.number = args->pdata[0];
  if (!mos_ctl_read (self, do_find, &sending, &error))
    return mos_ctl_fail (self, error);
  if (sending.account == NULL || !mos_channel_is_chat (sending.account->kind))
    return mos_ctl_fail_text (self, "%s", _ ("Only a chat is answered with a template"));
  templates = list_templates (self, sending.account, &error);
  if (templates == NULL)
    return mos_ctl_fail (self, error);
  mos_chat_template_sort (templates, sending.row->language);
  template = find_template (templates, name, language);
  if (template == NULL)
    return mos_ctl_fail_text (self, _ ("There is no template “%s” that can be sent from here"), name);
  if (g_strv_length (values) != g_strv_length (template->places) || (heading == NULL) != (template->header_place == NULL))
    {
      g_autofree char *places = g_strjoinv (", ", template->places);

      /* Translators: %1$s is the name of a template, %2$s what is filled in in it. */
      return mos_ctl_usage (self, _ ("“%1$s” needs a --value for each of: %2$s; and --heading where its heading has a place"), name, places);
    }
  sending.part = mos_chat_template_make_part (template, (const char *const *) values, heading);
  if (!mos_ctl_write (self, NULL, do_send, &sending, &error))
    return mos_ctl_fail (self, error);
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "message", sending.message);
      mos_json_string (builder, "state", mos_delivery_to_nick (MOS_DELIVERY_QUEUED));
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return MOS_CTL_DONE;
    }
  mos_ctl_print (self, "%s  %s\n", sending.message, mos_delivery_to_nick (MOS_DELIVERY_QUEUED));
  if (self->is_direct)
    mos_ctl_print (self, "%s\n", _ ("It leaves with the next “mostradorctl sync”, or when Mostrador is started."));
  return MOS_CTL_DONE;
}
