/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-bounce-private.h"

#include <string.h>

#define ADDRESS "[^\\s<>()\\[\\]\"',;:|]+@[^\\s<>()\\[\\]\"',;:|]*[^\\s<>()\\[\\]\"',;:|.]"

static const char *const patterns[MOS_BOUNCE_N] = {
  /* an address alone on its line, perhaps in brackets, marked or doubled */
  [MOS_BOUNCE_ALONE] = "^[ \\t>*-]*(?:(?:to|recipient|failed recipient|address|user)\\s*:\\s*)?<?(" ADDRESS ")>?(?:\\s*<" ADDRESS ">)?[ \\t]*[:;.]?[ \\t]*(?:\\(.{0,80}\\)|\\[.{0,80}\\])?[ \\t\\r]*$",
  [MOS_BOUNCE_COLON] = "^[ \\t>*]*(?:<(" ADDRESS ")>|(" ADDRESS "))[ \\t]*(?::|\\.\\.\\.|,| on \\S)[ \\t]*\\S",
  /* an address that begins its line, and what is wrong with it */
  [MOS_BOUNCE_START] = "^[ \\t>*]*<?(" ADDRESS ")>?[ \\t]+(?:invalid|unknown|failed|rejected|refused|[45]\\d\\d\\b|error|user|mailbox|address|host)",
  [MOS_BOUNCE_PHRASE] = "(?:\\bto|recipients?|addresse?e?s?|rcpt to|users?|mailbox|for|account|attempts)[:\\s]*(?:<|&lt;|\\(|\")?(" ADDRESS ")",
  [MOS_BOUNCE_STATUS] = "(?:^|[^0-9.])([245]\\.[0-9]{1,2}\\.[0-9]{1,3})(?:[^0-9.]|\\.?$|\\.\\s)",
  [MOS_BOUNCE_REPLY] = "(?:^|[^0-9.])([45][0-5][0-9])(?:[ -][^0-9]|[ -][245]\\.|$)",
  [MOS_BOUNCE_MESSAGE_ID] = "^[ \\t>]*(?:original )?message-id\\s*:\\s*<([^<>\\s]+)>",
  [MOS_BOUNCE_ORIGINAL_TO] = "^[ \\t>]*(?:to|x-original-to|envelope-to)\\s*:.{0,200}?(" ADDRESS ")",
  [MOS_BOUNCE_ORIGINAL_START] = "^[ \\t>]*(?:received|return-path|dkim-signature|delivered-to|x-received|mime-version|message-id)\\s*:",
  [MOS_BOUNCE_SUBJECT] = "undeliver|delivery (?:status )?(?:notification|failure|has failed|failed|report|error)|failure notice|mail(?: message)? (?:delivery|system|failed)|returned (?:mail|to sender|e-?mail)|returning message|"
                         "mail failed|could not be delivered|not delivered|delivery (?:has been )?delayed|error sending|delivery error|non recapitabile|mancata consegna|no se pudo entregar|no se puede entregar|no se ha podido entregar|error en la entrega|"
                         "non remis|échec de (?:la )?remise|non distribu|unzustellbar|nicht zustellbar|zustellung|niet bezorgd|onbestelbaar|não (?:foi )?entregue|falha na entrega|não é possível entregar|no s['’]ha pogut lliurar|no es pot lliurar|error en el lliurament|kunde inte levereras|nie dostarczono|"
                         "недоставлен|не доставлено|невозможно доставить|無法傳遞|系统退信|退信|配信(?:不能|できません)|送信できません|تعذر التسليم|غير قابل للتسليم|permanent (?:delivery )?(?:error|failure)|"
                         "are not member|undeliverable|delivery fail|warning: (?:message|could not send)",
  [MOS_BOUNCE_FAILURE] = "(?:could ?n[o']t|can ?not|unable to|was not|not been|failed to|been unable to|not able to|has not been|wasn't|didn't) (?:be )?(?:deliver|sent|send|reach|complete|find)|undeliver|delivery (?:to .{0,120}|.{0,40}) ?(?:failed|failure|has failed)|permanent(?: fatal)? error|"
                         "fatal errors|user unknown|unknown user|no such user|did not reach|transcript of session|error(?: occurred)? (?:while |delivering|sending)|rejected|reason(?: for| of)|diagnostic|final-recipient|mailbox|bounced|^\\s*55\\d[ -]|^\\s*5\\.\\d\\.\\d|deferred|returned|has been delayed|"
                         "не (?:может быть )?доставлен|доставлен|送信|配信|配送",
  [MOS_BOUNCE_DELAY] = "delay|will (?:continue to )?(?:be )?(?:retr|try|re-?attempt|keep trying)|warning message only|you do not need to resend|temporar|has not yet been delivered|still being",
  /* the same of the whole text, where a server's reason may say "temporary" of what it has given up */
  [MOS_BOUNCE_STILL_TRYING] = "will (?:continue to )?(?:be )?(?:retr|try|re-?attempt|keep trying)|warning message only|(?:do not|don't) need to resend|has not yet been delivered|delivery attempts will (?:be )?continue",
  /* the address is wrong or gone, and stays so */
  [MOS_BOUNCE_HARD] = "user unknown|unknown user|no such (?:user|recipient|mailbox|address|account|person|local|domain|host|id)|unknown (?:recipient|address|local|mailbox|account|host|domain)|(?:user|recipient|address|mailbox|account|domain|host|e-?mail address)(?: name)?(?: \\S+)? (?:not |un)(?:found|known|exist)|"
                      "does ?n[o']t (?:exist|have an? (?:\\S+ )?(?:account|mailbox))|(?<!may )not exist|no mailbox|mailbox (?:unavailable|not available|unknown|invalid)|not (?:a )?(?:valid|known|recognized) (?:recipient|user|mailbox|address|host)|invalid (?:recipient|mailbox|address|user|host|domain)|bad (?:destination|recipient|address)|"
                      "recipient not|recipientnotfound|address (?:is )?(?:not|no longer)|no longer (?:valid|available|on server|here|in use|works)|not listed in|unrouteable|unroutable|nxdomain|name or service not known|name service error|cannot find (?:host|your domain)|could ?n[o']t (?:find|be found)|can't find|dns (?:lookup )?(?:error|failure)|"
                      "host (?:or domain )?(?:name )?(?:not found|unknown|lookup)|lookup failure|has moved|unknown or illegal alias|illegal alias|this account has been (?:deleted|closed|removed)|null mx|nullmx|does not accept (?:mail|e-?mail|smtp)|not accepting network messages|no mx (?:record|found)|domain is not reachable|name is not recognized|not listed|not (?:our|a local) (?:customer|user)|no account|unknown local.?part|no one by that name|"
                      "destination (?:addresses|mailbox address) (?:were |was |is )?(?:unknown|invalid)|relay(?:ing)? not permitted.*unknown|no valid recipients|hostname lookup|domain name not found|user (?:is )?not (?:local|registered|on)|mail receiving disabled|存在しません|見つかりません|не существует|не найден|no existe|não existe|no existeix|n'existe pas|existiert nicht|(?:address|recipient|mailbox) \\S*@\\S+ (?:is )?rejected|non esiste|不存在",
  [MOS_BOUNCE_SOFT] = "quota|mailbox (?:is )?full|full mailbox|over ?size|exceed|too (?:large|big|long|many|much|fast)|disk|storage|insufficient|space|blacklist|black list|blocklist|block list|blocked|spam|junk|dmarc|dkim|\\bspf\\b|policy|reputation|rbl|dnsbl|banned|listed|reverse dns|ptr|fcrdns|greylist|"
                      "temporar|timed? ?out|time limit|expired|try again|retry|deferred|connection (?:refused|reset|lost|dropped|timed|failed)|network|unreachable|virus|malware|infected|relay(?:ing)? (?:access )?(?:denied|not|prohibited)|suspended|suspicious|account is disabled|account has been disabled|preferences|inactive|over the limit|rate limit|content(?!-)|attachment|access denied|"
                      "unsolicited|authentication|unauthenticated|not authorized|permission|prohibited|security|loop|too many hops|delivery restrictions|sender (?:address |verify |domain )?(?:rejected|denied|verify|unknown)|local configuration|starttls|\\btls\\b|protocol|syntax|on hold",
  /* no reason given but that it is this address: servers say so of addresses they do not know */
  [MOS_BOUNCE_ADDRESS_REFUSED] = "(?:recipient )?address rejected\\.?\\s*$|^[^\\n]*@\\S+ rejected\\.?\\s*$|inactive e-?mail address|5\\.4\\.1 .{0,120}recipient address rejected: access denied",
  /* said in so many words, at whatever stage */
  [MOS_BOUNCE_EXPLICIT] = "have an? (?:\\S+ )?account|account (?:that you tried to reach )?does not exist",
  [MOS_BOUNCE_AGAIN] = "not\\s+found,\\s+try\\s+again|temporary (?:lookup|dns|name)",
  /* the answer to which command (Postfix, Exim, sendmail) */
  [MOS_BOUNCE_AT_SENDER] = "in\\s+reply\\s+to\\s+(?:mail\\s+from|[eh][eh]lo)|after (?:mail\\s+from|[eh][eh]lo)|^>>> (?:mail|[eh][eh]lo)[^\\n]*\\n(?:<<< [23][^\\n]*\\n)*<<< [45]",
  [MOS_BOUNCE_AT_RCPT] = "in\\s+reply\\s+to\\s+rcpt|after\\s+rcpt|\\[rcpt_to\\]|^>>> RCPT[^\\n]*\\n(?:<<< [23][^\\n]*\\n)*<<< [45]",
  [MOS_BOUNCE_AT_DATA] = "in\\s+reply\\s+to\\s+(?:end\\s+of\\s+)?data|after\\s+(?:end\\s+of\\s+)?data",
  [MOS_BOUNCE_SENDMAIL_DATA] = "^>>> DATA[^\\n]*\\n(?:<<< [23][^\\n]*\\n)*<<< [45]",
  [MOS_BOUNCE_NO_RECIPIENT_LEFT] = "^<<< 50[0-9]|^<<< 554 5\\.5\\.1|no valid recipient|valid rcpt|need rcpt",
  [MOS_BOUNCE_NULL_SENDER] = "^[^\\n>|]{0,80}(?:could not be|was not|cannot be|can't be) delivered to:?\\s|^[^\\n>|]{0,40}(?:delivery to the following|undeliverable to the following|unable to deliver (?:your )?(?:message|mail) to)",
};

gboolean
mos_bounce_match (MosBouncePattern which,
                  const char *text,
                  char **ret_group,
                  int *ret_start)
{
  static gsize once;
  static GRegex *regexes[MOS_BOUNCE_N];
  g_autoptr (GMatchInfo) match = NULL;

  if (g_once_init_enter (&once))
    {
      for (int i = 0; i < MOS_BOUNCE_N; i++)
        if (patterns[i] != NULL)
          {
            g_autoptr (GError) error = NULL;

            regexes[i] = g_regex_new (patterns[i], G_REGEX_CASELESS | G_REGEX_MULTILINE | G_REGEX_OPTIMIZE, 0, &error);
            if (regexes[i] == NULL)
              g_error ("pattern %d: %s", i, error->message);
          }
      g_once_init_leave (&once, 1);
    }
  if (!g_regex_match (regexes[which], text, 0, &match))
    return FALSE;
  if (ret_group != NULL)
    {
      *ret_group = g_match_info_fetch (match, 1);
      if ((*ret_group == NULL || **ret_group == '\0') && g_match_info_get_match_count (match) > 2)
        {
          g_free (*ret_group);
          *ret_group = g_match_info_fetch (match, 2);
        }
    }
  if (ret_start != NULL)
    g_match_info_fetch_pos (match, 0, ret_start, NULL);
  return TRUE;
}

/* --- status --- */

/* "5.0.0" and "5.1.0" name a class and leave the reason open. */
static gboolean
is_generic_status (const char *status)
{
  return status == NULL || g_str_has_suffix (status, ".0.0") || g_str_has_suffix (status, ".1.0");
}

char *
mos_bounce_find_status (const char *stated,
                        const char *words)
{
  const char *p = words;
  g_autofree char *first = NULL;
  g_autofree char *reply = NULL;
  g_autofree char *found = NULL;
  int at;

  if (!is_generic_status (stated))
    return g_strdup (stated);
  /* a relay puts its own words before the answer it got: the first status that gives a reason counts */
  for (int i = 0; i < 8 && mos_bounce_match (MOS_BOUNCE_STATUS, p, &found, &at); i++)
    {
      if (!is_generic_status (found) && (stated == NULL || found[0] == stated[0] || stated[0] == '5'))
        return g_steal_pointer (&found);
      if (first == NULL)
        first = g_strdup (found);
      p += at + (int) strlen (found);
      g_clear_pointer (&found, g_free);
    }
  if (stated != NULL)
    return g_strdup (stated);
  if (first != NULL)
    return g_steal_pointer (&first);
  if (mos_bounce_match (MOS_BOUNCE_REPLY, words, &reply, NULL))
    return g_strdup_printf ("%c.0.0", reply[0]);
  return NULL;
}

/* --- hard or soft --- */

/* The address was taken (RCPT) and only the message refused (DATA): a filter, whatever it says. sendmail shows with ">>> DATA" also what
 * came in answer to a RCPT sent ahead; then the server complains of having no recipient left. */
static gboolean
is_refused_at_data (const char *transcript)
{
  int at;

  if (mos_bounce_match (MOS_BOUNCE_AT_DATA, transcript, NULL, NULL))
    return TRUE;
  return mos_bounce_match (MOS_BOUNCE_SENDMAIL_DATA, transcript, NULL, &at) &&
         !mos_bounce_match (MOS_BOUNCE_NO_RECIPIENT_LEFT, transcript + at, NULL, NULL);
}

/* mos_bounce_is_hard:
 * @status: (nullable): of RFC 3463
 * @words: the reason as the server gave it
 * @transcript: what the report says about this recipient, for people
 * @delayed: not given up yet
 *
 * Hard: this address will never take mail. A full mailbox, a blocked sender, a message too large are permanent answers too, but say nothing
 * against the address, and another message may arrive.
 */
gboolean
mos_bounce_is_hard (const char *status,
                    const char *words,
                    const char *transcript,
                    gboolean delayed)
{
  static const char *const bad_address[] = { "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.4", NULL };
  static const char *const bad_sender[] = { "5.1.7", "5.1.8", NULL };
  int hard_at = G_MAXINT, soft_at = G_MAXINT;
  gboolean says_hard, says_soft;

  if (delayed || mos_bounce_match (MOS_BOUNCE_AGAIN, words, NULL, NULL))
    return FALSE;
  says_hard = mos_bounce_match (MOS_BOUNCE_HARD, words, NULL, &hard_at);
  says_soft = mos_bounce_match (MOS_BOUNCE_SOFT, words, NULL, &soft_at);
  /* given up at last, after "unknown for now" */
  if (status != NULL && g_str_has_prefix (status, "4.1.1"))
    return says_hard && !says_soft;
  if (status != NULL && status[0] != '5')
    return FALSE;
  /* x.2.y: the mailbox is there, unless the server said at RCPT that it is not; x.1.7, x.1.8: the sender's address */
  if (status != NULL && ((g_str_has_prefix (status, "5.2.") && !mos_bounce_match (MOS_BOUNCE_AT_RCPT, transcript, NULL, NULL)) || g_strv_contains (bad_sender, status)))
    return FALSE;
  if (mos_bounce_match (MOS_BOUNCE_AT_SENDER, transcript, NULL, NULL))
    return FALSE;
  if (is_refused_at_data (transcript) && !mos_bounce_match (MOS_BOUNCE_EXPLICIT, words, NULL, NULL))
    return FALSE;
  if (mos_bounce_match (MOS_BOUNCE_ADDRESS_REFUSED, words, NULL, NULL))
    return TRUE;
  if (status != NULL && g_strv_contains (bad_address, status))
    return says_hard || !says_soft;
  if (status != NULL && (g_str_has_prefix (status, "5.7.") || g_str_has_prefix (status, "5.3.4")))
    return says_hard && !says_soft;
  /* what a server says first is its reason, what follows explains and advises */
  return says_hard && hard_at < soft_at;
}
