/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-account-kinds-private.h"

#include "core/base/mos-error.h"
#include "core/channels/matrix/mos-matrix-channel.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *
check_user (const char *text)
{
  const char *colon = strchr (text, ':');

  if (*text == '@' && colon != NULL && colon > text + 1 && colon[1] != '\0' && strpbrk (text, " /") == NULL)
    return NULL;
  return N_ ("The whole Matrix name begins with @ and has the server behind a colon, as in @shop:example.org. Other programs show it in the settings of the account.");
}

static const MosAccountStep steps[] = {
  { .text = N_ ("Make an account for the shop on a homeserver: your own, or a public one. One that nobody uses privately is best."),
    .link = "https://servers.joinmatrix.org/",
    .link_label = N_ ("_Find a Homeserver") },
  { .text = N_ ("Enter its whole name and its password below. The server is found by the name; the password is used once and not kept.") },
  { .text = N_ ("Where the server signs in through a web page alone, choose “Access token”. In Element it is under All settings → Help & About → Access Token.") },
  { 0 },
};

static const MosAccountField fields[] = {
  { .use = MOS_FIELD_USER, .setting = "user", .title = N_ ("Matrix name, as in @shop:example.org"), .is_needed = TRUE, .is_first = TRUE, .check = check_user },
  { .setting = MOS_MATRIX_INVITES,
    .title = N_ ("Accept invitations"),
    .subtitle = N_ ("Customers who begin a chat invite the account into a room. Off, somebody has to accept in another program first."),
    .is_switch = TRUE,
    .is_off = TRUE },
  { .setting = MOS_MATRIX_GROUPS,
    .title = N_ ("Take in what is written in rooms of several"),
    .subtitle = N_ ("Off, only rooms with one customer become work."),
    .is_switch = TRUE },
  { .setting = MOS_ACCOUNT_SERVER, .title = N_ ("Homeserver, where its name does not lead there"), .is_advanced = TRUE },
  { 0 },
};

static const MosAccountNote notes[] = {
  { N_ ("Nothing is lost"), N_ ("The server keeps what customers write while this computer is off. It comes in when Mostrador runs again.") },
  { N_ ("Not encrypted"), N_ ("Mostrador cannot read encrypted rooms. It says so there, and sends nothing into them. Most programs ask when a chat is begun.") },
  { N_ ("Who can read it"), N_ ("The operators of your server and of the customer’s can read what is written. Whether it costs something the server says; many are free.") },
  { N_ ("Several programs at once"), N_ ("The account may be open in other programs, too. What you answer there is shown here.") },
  { 0 },
};

static gboolean
explain (const GError *error,
         gboolean with_password,
         MosErrorText *ret_text)
{
  if (with_password && g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_KEY_REFUSED))
    {
      *ret_text = (MosErrorText) { _ ("The name or the password is wrong"), _ ("The server does not let this account in. Nothing was kept."), _ ("Check both, or enter an access token instead."), MOS_REMEDY_NONE };
      return TRUE;
    }
  if (with_password && g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NOT_ALLOWED))
    {
      *ret_text = (MosErrorText) { _ ("The server does not let this account in"), _ ("It may be locked there, or the server knows no passwords. Nothing was kept."), _ ("Ask who runs the server, or enter an access token instead."), MOS_REMEDY_NONE };
      return TRUE;
    }
  if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NO_SERVER) || g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    {
      *ret_text = (MosErrorText) { _ ("No Matrix server was found"), _ ("The name behind the colon does not lead to a homeserver. Nothing was kept."), _ ("Check the name, or enter the address of the homeserver under “Advanced”."), MOS_REMEDY_NONE };
      return TRUE;
    }
  return FALSE;
}

static char *
make_link (const char *address)
{
  return g_strconcat ("https://matrix.to/#/", address, NULL);
}

const MosAccountKind mos_account_kind_matrix = {
  .kind = "matrix",
  .icon = "user-available-symbolic",
  .title = N_ ("Matrix"),
  .subtitle = N_ ("An account on any homeserver"),
  .heading = N_ ("Add Matrix"),
  .intro = N_ ("Customers write to an account of yours in Element or any other Matrix program, and you answer them here."),
  .steps = steps,
  .fields = fields,
  .notes = notes,
  .secret_title = N_ ("Access token"),
  .password_title = N_ ("Password"),
  .explain = explain,
  .make_link = make_link,
};
