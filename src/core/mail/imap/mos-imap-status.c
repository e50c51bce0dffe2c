/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"

#include <string.h>

/* RFC 5530 and friends: the code says what to do, the text is for people. */
static const struct
{
  const char *code;
  MosMailError error;
} codes[] = {
  { "AUTHENTICATIONFAILED", MOS_MAIL_ERROR_AUTH_FAILED },
  { "AUTHORIZATIONFAILED", MOS_MAIL_ERROR_AUTH_FAILED },
  { "EXPIRED", MOS_MAIL_ERROR_AUTH_FAILED },
  { "CONTACTADMIN", MOS_MAIL_ERROR_AUTH_FAILED },
  { "WEBALERT", MOS_MAIL_ERROR_AUTH_FAILED }, /* Gmail: "[WEBALERT https://…] Web login required." */
  { "PRIVACYREQUIRED", MOS_MAIL_ERROR_TLS_REQUIRED },
  { "UNAVAILABLE", MOS_MAIL_ERROR_TEMPORARY },
  { "INUSE", MOS_MAIL_ERROR_TEMPORARY },
  { "LIMIT", MOS_MAIL_ERROR_TEMPORARY },
  { "THROTTLED", MOS_MAIL_ERROR_TEMPORARY },
  { "SERVERBUG", MOS_MAIL_ERROR_TEMPORARY },
  { "OVERQUOTA", MOS_MAIL_ERROR_TOO_LARGE },
  { "TOOBIG", MOS_MAIL_ERROR_TOO_LARGE },
};

/* Servers count connections for each user or address and say so in their own words, some of them as the answer to the log-in, where a person would
 * be asked for another password:
 *   Dovecot     "* BYE [UNAVAILABLE]" or "NO [LIMIT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)"
 *   Gmail       "NO [ALERT] Too many simultaneous connections. (Failure)"
 *   Courier     "* BYE Maximum connection limit reached for 192.0.2.1"
 *   Yahoo       "NO [LIMIT] LOGIN Rate limit hit."
 *   Exchange    "* BYE Connection is closed. 13", "NO User is authenticated but not connected." (its own limit, RFC 5530 unknown to it)
 *   Cyrus       "* BYE too many connections", "* BYE Too many open connections for this user"
 * @text may be of an error's message, "[CODE]" in front. */
static gboolean
says_too_many (const char *text)
{
  static const char *const words[] = {
    "too many simultaneous", "too many connections", "too many open connections", "maximum number of connections", "maximum connection limit",
    "number of connections exceeded", "connection limit", "simultaneous connection", "user is authenticated but not connected", NULL
  };
  g_autofree char *lower = g_utf8_strdown (text, -1);

  for (gsize i = 0; words[i] != NULL; i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
mos_imap_error_is_connection_limit (const GError *error)
{
  return g_error_matches (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_TEMPORARY) && (g_str_has_prefix (error->message, "[LIMIT]") || says_too_many (error->message));
}

void
mos_imap_status_set_error (const MosImapResponse *answer,
                           const char *verb,
                           GError **error)
{
  gboolean authenticating = strcmp (verb, "AUTHENTICATE") == 0 || strcmp (verb, "LOGIN") == 0;
  MosMailError code = authenticating ? MOS_MAIL_ERROR_AUTH_FAILED : MOS_MAIL_ERROR_REFUSED;

  if (answer->status == MOS_IMAP_STATUS_BYE)
    code = MOS_MAIL_ERROR_TEMPORARY;
  for (gsize i = 0; answer->code != NULL && i < G_N_ELEMENTS (codes); i++)
    if (strcmp (answer->code, codes[i].code) == 0)
      code = codes[i].error;
  if (authenticating && code == MOS_MAIL_ERROR_AUTH_FAILED && says_too_many (answer->text))
    code = MOS_MAIL_ERROR_TEMPORARY;

  if (answer->code != NULL)
    g_set_error (error, MOS_MAIL_ERROR, (gint) code, "[%s] %.500s", answer->code, answer->text);
  else
    g_set_error (error, MOS_MAIL_ERROR, (gint) code, "%.500s", *answer->text != '\0' ? answer->text : verb);
}

static void
describe_items (GString *out,
                const GPtrArray *items,
                gboolean hide)
{
  for (guint i = 0; i < items->len && out->len < 400; i++)
    {
      const MosImapValue *value = items->pdata[i];

      if (i > 0)
        g_string_append_c (out, ' ');
      switch (value->kind)
        {
        case MOS_IMAP_VALUE_LIST:
          g_string_append_c (out, '(');
          describe_items (out, value->items, hide);
          g_string_append_c (out, ')');
          break;
        case MOS_IMAP_VALUE_LITERAL:
          g_string_append_printf (out, "{%" G_GUINT64_FORMAT "}", value->bytes != NULL ? (guint64) g_bytes_get_size (value->bytes) : value->skipped);
          break;
        case MOS_IMAP_VALUE_STRING:
          g_string_append_printf (out, "\"%s\"", hide ? "…" : value->text);
          break;
        case MOS_IMAP_VALUE_ATOM:
        default:
          g_string_append (out, value->text);
          break;
        }
    }
}

/* One line for the trace, without anything of a message in it. */
char *
mos_imap_response_describe (const MosImapResponse *response)
{
  static const char *const words[] = { "", "OK", "NO", "BAD", "PREAUTH", "BYE" };
  GString *out = g_string_new (response->kind == MOS_IMAP_RESPONSE_TAGGED ? response->tag : response->kind == MOS_IMAP_RESPONSE_CONTINUE ? "+"
                                                                                                                                         : "*");

  if (response->status != MOS_IMAP_STATUS_NONE)
    {
      g_string_append_printf (out, " %s", words[response->status]);
      if (response->code != NULL)
        {
          g_string_append_printf (out, " [%s%s", response->code, response->code_items->len > 0 ? " " : "");
          describe_items (out, response->code_items, FALSE);
          g_string_append_c (out, ']');
        }
    }
  if (response->text != NULL)
    g_string_append_printf (out, " %.200s", response->text);
  if (response->has_number)
    g_string_append_printf (out, " %u", response->number);
  if (response->name != NULL)
    {
      g_string_append_printf (out, " %s%s", response->name, response->items->len > 0 ? " " : "");
      describe_items (out, response->items, strcmp (response->name, "FETCH") == 0);
    }
  return g_string_free (out, FALSE);
}
