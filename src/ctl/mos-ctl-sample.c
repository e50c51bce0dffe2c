/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-secrets.h"
#include "core/channels/mos-channel.h"
#include "core/desk/mos-desk.h"
#include "core/desk/mos-sample.h"
#include "core/store/mos-store-accounts.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
mos_ctl_sample_list_accounts (MosTxn *txn,
                              gpointer data,
                              GCancellable *cancellable,
                              GError **error)
{
  GPtrArray **accounts = data;

  *accounts = mos_store_account_list (txn, error);
  return *accounts != NULL;
}

/* All accounts of the sample shop that can connect share one password. */
static gboolean
mos_ctl_sample_keep_password (MosCtl *self,
                              GError **error)
{
  g_autofree char *scope = mos_desk_profile_scope (self->profile);
  g_autofree char *password = mos_ctl_read_input (self, error);
  g_autoptr (MosClock) clock = mos_clock_new_system ();
  g_autoptr (MosStore) store = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  gboolean ok;

  if (password == NULL)
    return FALSE;
  password[strcspn (password, "\r\n")] = '\0';
  store = mos_store_open_sync (self->profile, MOS_STORE_OPEN_DEFAULT, clock, self->cancellable, error);
  if (store == NULL)
    return FALSE;
  ok = mos_store_read_sync (store, mos_ctl_sample_list_accounts, &accounts, self->cancellable, error);
  mos_store_close_sync (store);

  for (guint i = 0; ok && i < accounts->len; i++)
    {
      MosAccount *account = g_ptr_array_index (accounts, i);

      if (mos_account_get_setting (account, MOS_ACCOUNT_UNPLUGGED, NULL) == NULL)
        ok = mos_secrets_store_sync (scope, account->id, account->address, password, MOS_SECRETS_TIMEOUT_MS, self->cancellable, error);
    }
  return ok;
}

int
mos_ctl_sample (MosCtl *self,
                GPtrArray *args)
{
  g_autofree char *imap_url = mos_ctl_take_option (args, "--imap");
  g_autofree char *smtp_url = mos_ctl_take_option (args, "--smtp");
  g_autofree char *ca = mos_ctl_take_option (args, "--ca");
  g_autofree char *export = mos_ctl_take_option (args, "--export");
  gboolean with_password = mos_ctl_take_flag (args, "--password-stdin");
  g_autofree char *ca_path = ca != NULL ? mos_ctl_path (self, ca) : NULL;
  g_autofree char *export_path = export != NULL ? mos_ctl_path (self, export) : NULL;
  g_autofree char *database = g_build_filename (self->profile, "mostrador.db", NULL);
  g_autoptr (MosServer) imap = NULL;
  g_autoptr (MosServer) smtp = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  if ((imap_url == NULL) != (smtp_url == NULL))
    return mos_ctl_usage (self, "%s", _ ("The sample shop needs both --imap and --smtp, or neither"));
  if (imap_url != NULL &&
      (!mos_ctl_parse_server (imap_url, "imap", "imaps", 143, 993, FALSE, FALSE, &imap, &error) ||
       !mos_ctl_parse_server (smtp_url, "smtp", "smtps", 587, 465, FALSE, FALSE, &smtp, &error)))
    return mos_ctl_fail (self, error);
  /* Made-up customers must never get among real ones. */
  if (g_file_test (database, G_FILE_TEST_EXISTS))
    return mos_ctl_fail_text (self, _ ("%s holds a profile already; nothing was changed"), self->profile);

  {
    MosSampleServers servers = { .imap = imap, .smtp = smtp, .ca_file = ca_path, .export_folder = export_path };

    if (!mos_sample_fill_sync (self->profile, &servers, g_get_real_time (), self->cancellable, &error) ||
        (with_password && !mos_ctl_sample_keep_password (self, &error)))
      return mos_ctl_fail (self, error);
  }
  return MOS_CTL_DONE;
}
