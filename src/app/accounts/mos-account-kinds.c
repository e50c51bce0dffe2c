/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-account-kinds-private.h"

#include "app/accounts/mos-account-setup.h"
#include "app/accounts/mos-chat-key-dialog.h"
#include "app/accounts/mos-chat-setup.h"
#include "app/accounts/mos-password-dialog.h"

#include <glib/gi18n.h>

static AdwDialog *
make_email (MosDesk *desk)
{
  return ADW_DIALOG (mos_account_setup_new (desk));
}

static const MosAccountKind email = {
  .kind = "email",
  .icon = "mail-unread-symbolic",
  .title = N_ ("E-mail"),
  .subtitle = N_ ("A mailbox at any provider"),
  .make = make_email,
};

/* In the order in which they are offered. */
static const MosAccountKind *const kinds[] = {
  &email,
  &mos_account_kind_telegram,
  &mos_account_kind_matrix,
  &mos_account_kind_whatsapp,
  &mos_account_kind_twilio_whatsapp,
  &mos_account_kind_messenger,
  &mos_account_kind_instagram,
  &mos_account_kind_twilio_sms,
  &mos_account_kind_twilio_calls,
  &mos_account_kind_asterisk,
  &mos_account_kind_fritzbox,
};

const MosAccountKind *const *
mos_account_kinds (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}

const MosAccountKind *
mos_account_kind_find (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i]->kind, kind) == 0)
      return kinds[i];
  return NULL;
}

AdwDialog *
mos_account_kind_make_dialog (const MosAccountKind *kind,
                              MosDesk *desk)
{
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);

  return kind->make != NULL ? kind->make (desk) : ADW_DIALOG (mos_chat_setup_new (desk, kind));
}

AdwDialog *
mos_account_make_key_dialog (MosDesk *desk,
                             MosAccount *account)
{
  const MosAccountKind *kind = mos_account_kind_find (account->kind);

  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);

  if (kind != NULL && kind->make == NULL)
    return ADW_DIALOG (mos_chat_key_dialog_new (desk, account));
  return ADW_DIALOG (mos_password_dialog_new (desk, account));
}
