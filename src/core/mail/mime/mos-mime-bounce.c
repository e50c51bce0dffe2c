/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime-private.h"
#include "core/mail/mime/mos-mime-text.h"

#include <string.h>

/* Returned mail: standard reports (RFC 3464) by their fields, the others by what they say. */

#define MAX_EVIDENCE (256 * 1024)
#define MAX_BOUNCES 100
#define ADDRESS "[^\\s<>()\\[\\]\"',;:|]+@[^\\s<>()\\[\\]\"',;:|]*[^\\s<>()\\[\\]\"',;:|.]"

typedef struct
{
  GString *report;   /* fields of delivery-status and feedback-report parts */
  GString *text;     /* what is written for people */
  GString *original; /* headers of the returned message */
  gboolean has_report;
} Evidence;

typedef enum
{
  RX_ALONE,
  RX_COLON,
  RX_PHRASE,
  RX_STATUS,
  RX_REPLY,
  RX_MESSAGE_ID,
  RX_ORIGINAL_TO,
  RX_ORIGINAL_START,
  RX_SUBJECT,
  RX_FAILURE,
  RX_DELAY,
  RX_HARD,
  RX_SOFT,
  N_RX
} Rx;

static const char *const patterns[N_RX] = {
  /* an address alone on its line, perhaps in brackets, marked or doubled */
  [RX_ALONE] = "^[ \\t>*-]*(?:(?:to|recipient|failed recipient|address|user)\\s*:\\s*)?<?(" ADDRESS ")>?(?:\\s*<" ADDRESS ">)?[ \\t]*[:;.]?[ \\t]*(?:\\(.{0,80}\\)|\\[.{0,80}\\])?[ \\t\\r]*$",
  [RX_COLON] = "^[ \\t>*]*(?:<(" ADDRESS ")>|(" ADDRESS "))[ \\t]*(?::|\\.\\.\\.|,| on \\d)[ \\t]*\\S",
  [RX_PHRASE] = "(?:\\bto|recipients?|addresse?e?s?|rcpt to|users?|mailbox|for|account|attempts)[:\\s]*(?:<|&lt;|\\(|\")?(" ADDRESS ")",
  [RX_STATUS] = "(?:^|[^0-9.])([245]\\.[0-9]{1,2}\\.[0-9]{1,3})(?:[^0-9.]|\\.?$|\\.\\s)",
  [RX_REPLY] = "(?:^|[^0-9.])([45][0-5][0-9])(?:[ -][^0-9]|[ -][245]\\.|$)",
  [RX_MESSAGE_ID] = "^[ \\t>]*(?:original )?message-id\\s*:\\s*<([^<>\\s]+)>",
  [RX_ORIGINAL_TO] = "^[ \\t>]*(?:to|x-original-to|envelope-to)\\s*:.{0,200}?(" ADDRESS ")",
  [RX_ORIGINAL_START] = "^[ \\t>]*(?:received|return-path|dkim-signature|delivered-to|x-received|mime-version|message-id)\\s*:",
  [RX_SUBJECT] = "undeliver|delivery (?:status )?(?:notification|failure|has failed|failed|report|error)|failure notice|mail(?: message)? (?:delivery|system|failed)|returned (?:mail|to sender|e-?mail)|returning message|"
                 "mail failed|could not be delivered|not delivered|delivery (?:has been )?delayed|error sending|delivery error|non recapitabile|mancata consegna|no se pudo entregar|no se ha podido entregar|error en la entrega|"
                 "non remis|échec de (?:la )?remise|non distribu|unzustellbar|nicht zustellbar|zustellung|niet bezorgd|onbestelbaar|não (?:foi )?entregue|falha na entrega|kunde inte levereras|nie dostarczono|"
                 "недоставлен|не доставлено|невозможно доставить|無法傳遞|系统退信|退信|配信(?:不能|できません)|送信できません|تعذر التسليم|permanent (?:delivery )?(?:error|failure)|"
                 "are not member|undeliverable|delivery fail|warning: (?:message|could not send)",
  [RX_FAILURE] = "(?:could ?n[o']t|can ?not|unable to|was not|not been|failed to|been unable to|not able to|has not been|wasn't|didn't) (?:be )?(?:deliver|sent|send|reach|complete|find)|undeliver|delivery (?:to .{0,120}|.{0,40}) ?(?:failed|failure|has failed)|permanent(?: fatal)? error|"
                 "fatal errors|user unknown|unknown user|no such user|did not reach|transcript of session|error(?: occurred)? (?:while |delivering|sending)|rejected|reason(?: for| of)|diagnostic|final-recipient|mailbox|bounced|^\\s*55\\d[ -]|^\\s*5\\.\\d\\.\\d|deferred|returned|has been delayed|"
                 "не (?:может быть )?доставлен|доставлен|送信|配信|配送",
  [RX_DELAY] = "delay|will (?:continue to )?(?:be )?(?:retr|try|re-?attempt|keep trying)|warning message only|you do not need to resend|temporar|has not yet been delivered|still being",
  /* the address is wrong or gone, and stays so */
  [RX_HARD] = "user unknown|unknown user|no such (?:user|recipient|mailbox|address|account|person|local|domain|host|id)|unknown (?:recipient|address|local|mailbox|account|host|domain)|(?:user|recipient|address|mailbox|account|domain|host|e-?mail address)(?: name)?(?: \\S+)? (?:not |un)(?:found|known|exist)|"
              "does ?n[o']t (?:exist|have an? (?:\\S+ )?(?:account|mailbox))|not exist|no mailbox|mailbox (?:unavailable|not available|unknown|invalid)|not (?:a )?(?:valid|known|recognized) (?:recipient|user|mailbox|address|host)|invalid (?:recipient|mailbox|address|user|host|domain)|bad (?:destination|recipient|address)|"
              "recipient not|recipientnotfound|address (?:is )?(?:not|no longer)|no longer (?:valid|available|on server|here|in use|works)|not listed in|unrouteable|unroutable|nxdomain|name or service not known|name service error|cannot find (?:host|your domain)|could ?n[o']t (?:find|be found)|can't find|dns (?:lookup )?(?:error|failure)|"
              "host (?:or domain )?(?:name )?(?:not found|unknown|lookup)|lookup failure|has moved|unknown or illegal alias|illegal alias|this account has been (?:deleted|closed|removed)|null mx|nullmx|does not accept (?:mail|e-?mail|smtp)|not accepting network messages|no mx record|domain is not reachable|name is not recognized|not listed|not (?:our|a local) (?:customer|user)|no account|unknown local.?part|no one by that name|"
              "destination (?:addresses|mailbox address) (?:were |was |is )?(?:unknown|invalid)|relay(?:ing)? not permitted.*unknown|no valid recipients|hostname lookup|domain name not found|user (?:is )?not (?:local|registered|on)|mail receiving disabled|存在しません|見つかりません|не существует|не найден|no existe|n'existe pas|existiert nicht|non esiste|不存在",
  [RX_SOFT] = "quota|mailbox (?:is )?full|full mailbox|over ?size|exceed|too (?:large|big|long|many|much|fast)|disk|storage|insufficient|space|blacklist|black list|blocklist|block list|blocked|spam|junk|dmarc|dkim|\\bspf\\b|policy|reputation|rbl|dnsbl|banned|listed|reverse dns|ptr|fcrdns|greylist|"
              "temporar|timed? ?out|time limit|expired|try again|retry|deferred|connection (?:refused|reset|lost|dropped|timed|failed)|network|unreachable|virus|malware|infected|relay(?:ing)? (?:access )?(?:denied|not|prohibited)|suspended|suspicious|inactive|over the limit|rate limit|content|attachment|access denied|"
              "unsolicited|authentication|unauthenticated|not authorized|permission|prohibited|security|loop|too many hops|delivery restrictions|sender (?:address |verify |domain )?(?:rejected|denied|verify|unknown)|local configuration|starttls|\\btls\\b|protocol|syntax|on hold",
};

static gboolean
match_group (Rx which,
             const char *text,
             char **ret_group,
             int *ret_start)
{
  static gsize once;
  static GRegex *regexes[N_RX];
  g_autoptr (GMatchInfo) match = NULL;

  if (g_once_init_enter (&once))
    {
      for (int i = 0; i < N_RX; i++)
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

/* --- collecting --- */

static void
append_bounded (GString *into,
                const char *text)
{
  gsize length = strlen (text);

  if (into->len >= MAX_EVIDENCE)
    return;
  length = MIN (length, MAX_EVIDENCE - into->len);
  while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
    length--;
  g_string_append_len (into, text, (gssize) length);
  g_string_append_c (into, '\n');
}

static char *
part_as_text (GMimePart *part,
              gboolean is_html)
{
  g_autoptr (GByteArray) bytes = mos_mime_part_bytes (part);
  const char *charset = g_mime_object_get_content_type_parameter (GMIME_OBJECT (part), "charset");
  g_autofree char *text = mos_mime_bytes_to_utf8 (bytes->data, MIN (bytes->len, MAX_EVIDENCE), charset);
  GString *clean;

  if (is_html)
    return mos_html_to_text (text);
  clean = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0'; p++)
    if (*p != '\r')
      g_string_append_c (clean, *p);
  return g_string_free (clean, FALSE);
}

static void
append_headers (GString *into,
                GMimeObject *object)
{
  GMimeHeaderList *headers = g_mime_object_get_header_list (object);
  int n = MIN (g_mime_header_list_get_count (headers), 300);

  for (int i = 0; i < n; i++)
    {
      GMimeHeader *header = g_mime_header_list_get_header_at (headers, i);
      g_autofree char *value = mos_mime_decode_header (g_mime_header_get_raw_value (header), NULL);
      g_autofree char *line = g_strdup_printf ("%s: %s", g_mime_header_get_name (header), value);

      append_bounded (into, line);
    }
}

static void
collect (Evidence *evidence,
         GMimeObject *object,
         guint depth)
{
  GMimeContentType *type = object != NULL ? g_mime_object_get_content_type (object) : NULL;

  if (type == NULL || depth > 8)
    return;
  if (GMIME_IS_MULTIPART (object))
    {
      int n = MIN (g_mime_multipart_get_count (GMIME_MULTIPART (object)), 50);
      const char *before = g_mime_multipart_get_prologue (GMIME_MULTIPART (object));

      if (n == 0 && before != NULL)
        {
          g_autofree char *text = mos_mime_bytes_to_utf8 ((const guint8 *) before, strlen (before), NULL);

          append_bounded (evidence->text, text);
        }
      for (int i = 0; i < n; i++)
        collect (evidence, g_mime_multipart_get_part (GMIME_MULTIPART (object), i), depth + 1);
    }
  else if (GMIME_IS_MESSAGE_PART (object))
    {
      GMimeMessage *inner = g_mime_message_part_get_message (GMIME_MESSAGE_PART (object));

      if (inner == NULL)
        return;
      if (g_mime_content_type_is_type (type, "message", "delivery-status"))
        {
          append_headers (evidence->report, GMIME_OBJECT (inner));
          evidence->has_report = TRUE;
        }
      else
        append_headers (evidence->original, GMIME_OBJECT (inner));
      /* a blank line in front of the returned headers makes them a body */
      if (g_mime_header_list_get_count (g_mime_object_get_header_list (GMIME_OBJECT (inner))) == 0 && GMIME_IS_PART (g_mime_message_get_mime_part (inner)))
        {
          g_autofree char *text = part_as_text (GMIME_PART (g_mime_message_get_mime_part (inner)), FALSE);

          append_bounded (evidence->original, text);
        }
    }
  else if (GMIME_IS_PART (object))
    {
      gboolean is_report = g_mime_content_type_is_type (type, "message", "delivery-status") || g_mime_content_type_is_type (type, "message", "global-delivery-status") ||
                           g_mime_content_type_is_type (type, "message", "feedback-report");
      gboolean is_headers = g_mime_content_type_is_type (type, "text", "rfc822-headers") || g_mime_content_type_is_type (type, "message", "*");
      gboolean is_html = g_mime_content_type_is_type (type, "text", "html");
      g_autofree char *text = NULL;

      if (!is_report && !is_headers && !is_html && !g_mime_content_type_is_type (type, "text", "*"))
        return;
      text = part_as_text (GMIME_PART (object), is_html);
      if (is_report)
        {
          evidence->has_report = TRUE;
          append_bounded (evidence->report, text);
          g_string_append_c (evidence->report, '\n');
        }
      else
        append_bounded (is_headers ? evidence->original : evidence->text, text);
    }
}

/* In a report of plain text the returned message follows the explanation: its headers are evidence of another kind. */
static void
split_text (Evidence *evidence)
{
  int at = 0;

  if (match_group (RX_ORIGINAL_START, evidence->text->str, NULL, &at))
    {
      append_bounded (evidence->original, evidence->text->str + at);
      g_string_truncate (evidence->text, (gsize) at);
    }
}

/* --- fields --- */

/* The value of a field within one group of a report, unfolded */
static char *
field (char **lines,
       const char *name)
{
  gsize n = strlen (name);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i];

      while (*line == ' ' && strchr (line, ':') != NULL && g_ascii_strncasecmp (line + 1, name, n) == 0)
        line++;
      if (g_ascii_strncasecmp (line, name, n) == 0 && line[n] == ':')
        {
          GString *value = g_string_new (line + n + 1);

          for (guint j = i + 1; lines[j] != NULL && (lines[j][0] == ' ' || lines[j][0] == '\t'); j++)
            {
              g_string_append_c (value, ' ');
              g_string_append (value, g_strstrip (lines[j]));
            }
          g_strstrip (value->str);
          return g_string_free (value, FALSE);
        }
    }
  return NULL;
}

/* "rfc822; <user@host>" → "user@host" */
static char *
address_of_field (const char *value)
{
  const char *semicolon;
  g_autofree char *clean = NULL;

  if (value == NULL)
    return NULL;
  semicolon = strchr (value, ';');
  clean = g_strstrip (g_strdelimit (g_strdup (semicolon != NULL ? semicolon + 1 : value), "<>\"", ' '));
  clean[strcspn (clean, " \t(")] = '\0';
  return strchr (clean, '@') != NULL ? g_steal_pointer (&clean) : NULL;
}

/* --- judging --- */

static gboolean
is_generic_status (const char *status)
{
  return status == NULL || g_str_has_suffix (status, ".0.0");
}

/* Hard: this address will never take mail. A full mailbox, a blocked sender, a message too large are permanent answers too, but say nothing
 * against the address, and another message may arrive. */
static gboolean
is_hard (const char *status,
         const char *words)
{
  static const char *const bad_address[] = { "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.4", NULL };
  int hard_at = G_MAXINT, soft_at = G_MAXINT;
  gboolean says_hard = match_group (RX_HARD, words, NULL, &hard_at);
  gboolean says_soft = match_group (RX_SOFT, words, NULL, &soft_at);

  if (status != NULL && status[0] != '5')
    return FALSE;
  if (status != NULL && g_strv_contains (bad_address, status))
    return says_hard || !says_soft;
  if (status != NULL && (g_str_has_prefix (status, "5.7.") || g_str_has_prefix (status, "5.2.2") || g_str_has_prefix (status, "5.2.3") || g_str_has_prefix (status, "5.3.4")))
    return says_hard && !says_soft;
  /* what a server says first is its reason, what follows explains and advises */
  return says_hard && hard_at < soft_at;
}

static void
add_bounce (MosParsedMessage *parsed,
            const char *recipient,
            const char *status,
            const char *diagnostic,
            const char *words,
            gboolean delayed)
{
  MosBounce *bounce;
  g_autofree char *found = NULL;
  g_autofree char *reply = NULL;
  g_autofree char *deduced = NULL;

  if (parsed->bounces->len >= MAX_BOUNCES)
    return;
  for (guint i = 0; i < parsed->bounces->len; i++)
    if (g_ascii_strcasecmp (((MosBounce *) g_ptr_array_index (parsed->bounces, i))->recipient, recipient) == 0)
      return;
  bounce = mos_bounce_new ();
  bounce->recipient = mos_mime_one_line (recipient, 998);
  if (is_generic_status (status) && match_group (RX_STATUS, words, &found, NULL) && !is_generic_status (found) && (status == NULL || found[0] == status[0] || status[0] == '5'))
    status = found;
  if (status == NULL && match_group (RX_REPLY, words, &reply, NULL))
    {
      deduced = g_strdup_printf ("%c.0.0", reply[0]);
      status = deduced;
    }
  bounce->status = g_strdup (status);
  bounce->hard = !delayed && is_hard (status, words);
  bounce->diagnostic = diagnostic != NULL && *diagnostic != '\0' ? mos_mime_one_line (diagnostic, 1000) : NULL;
  g_ptr_array_add (parsed->bounces, bounce);
}

/* --- the ways to find recipients --- */

/* RFC 3464: groups of fields, parted by empty lines. Returns how many recipients were named, whatever became of them. */
static guint
read_report (MosParsedMessage *parsed,
             const char *report,
             const char *text,
             gboolean *ret_all_delivered)
{
  g_auto (GStrv) groups = g_strsplit (report, "\n\n", 400);
  guint n = 0, delivered = 0;

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_auto (GStrv) lines = g_strsplit (groups[i], "\n", -1);
      g_autofree char *final = field (lines, "Final-Recipient");
      g_autofree char *original = field (lines, "Original-Recipient");
      g_autofree char *actual = field (lines, "X-Actual-Recipient");
      g_autofree char *action = field (lines, "Action");
      g_autofree char *status = field (lines, "Status");
      g_autofree char *diagnostic = field (lines, "Diagnostic-Code");
      g_autofree char *recipient = address_of_field (final);
      g_autofree char *code = NULL;
      g_autofree char *words = NULL;
      g_autofree char *folded_action = action != NULL ? g_ascii_strdown (action, -1) : g_strdup ("failed");

      if (recipient == NULL)
        recipient = address_of_field (original);
      if (recipient == NULL)
        recipient = address_of_field (actual);
      if (recipient == NULL)
        continue;
      n++;
      if (g_str_has_prefix (folded_action, "delivered") || g_str_has_prefix (folded_action, "relayed") || g_str_has_prefix (folded_action, "expanded"))
        {
          delivered++;
          continue;
        }
      if (status != NULL)
        match_group (RX_STATUS, status, &code, NULL);
      words = diagnostic != NULL && strlen (diagnostic) > 12 ? g_strdup (diagnostic) : g_strdup_printf ("%s\n%s", diagnostic != NULL ? diagnostic : "", text);
      {
        const char *semicolon = diagnostic != NULL ? strchr (diagnostic, ';') : NULL;

        add_bounce (parsed, recipient, code, semicolon != NULL ? semicolon + 1 : diagnostic, words, g_str_has_prefix (folded_action, "delayed"));
      }
    }
  *ret_all_delivered = n > 0 && n == delivered;
  return n;
}

static gboolean
is_own_address (MosParsedMessage *parsed,
                const char *address)
{
  if (parsed->from != NULL && g_ascii_strcasecmp (parsed->from->address, address) == 0)
    return TRUE;
  for (guint i = 0; i < parsed->to->len; i++)
    if (g_ascii_strcasecmp (((MosAddress *) g_ptr_array_index (parsed->to, i))->address, address) == 0)
      return TRUE;
  return g_ascii_strncasecmp (address, "postmaster@", 11) == 0 || g_ascii_strncasecmp (address, "mailer-daemon@", 14) == 0;
}

/* The text around an address: its own line and those below, up to the next address. */
static char *
words_below (char **lines,
             guint i)
{
  GString *words = g_string_new (lines[i]);

  for (guint j = i + 1; lines[j] != NULL && j < i + 12; j++)
    {
      if (match_group (RX_ALONE, lines[j], NULL, NULL) || match_group (RX_COLON, lines[j], NULL, NULL))
        break;
      g_string_append_c (words, '\n');
      g_string_append (words, lines[j]);
    }
  return g_string_free (words, FALSE);
}

static void
read_text (MosParsedMessage *parsed,
           Evidence *evidence,
           gboolean delayed)
{
  static const Rx ways[] = { RX_ALONE, RX_COLON, RX_PHRASE };
  g_auto (GStrv) lines = g_strsplit (evidence->text->str, "\n", 4000);
  g_autofree char *to = NULL;

  for (gsize way = 0; way < G_N_ELEMENTS (ways) && parsed->bounces->len == 0; way++)
    for (guint i = 0; lines[i] != NULL; i++)
      {
        g_autofree char *address = NULL;
        g_autofree char *words = NULL;

        if (strchr (lines[i], '@') == NULL || strlen (lines[i]) > 1000 || !match_group (ways[way], lines[i], &address, NULL) || is_own_address (parsed, address))
          continue;
        words = words_below (lines, i);
        /* nothing but the address there: the reason stands elsewhere */
        if (strlen (words) < strlen (lines[i]) + 12)
          {
            g_free (words);
            words = g_strdup (evidence->text->str);
          }
        add_bounce (parsed, address, NULL, words + MIN (strlen (lines[i]) + 1, strlen (words)), words, delayed);
        if (ways[way] == RX_PHRASE)
          break;
      }
  if (parsed->bounces->len == 0 && match_group (RX_ORIGINAL_TO, evidence->original->str, &to, NULL))
    add_bounce (parsed, to, NULL, NULL, evidence->text->str, delayed);
}

static gboolean
from_daemon (MosParsedMessage *parsed,
             GMimeMessage *message)
{
  g_autofree char *raw = mos_mime_header (GMIME_OBJECT (message), "From", NULL);
  g_autofree char *folded = raw != NULL ? g_ascii_strdown (raw, -1) : g_strdup ("");

  return strstr (folded, "mailer-daemon") != NULL || strstr (folded, "postmaster") != NULL || strstr (folded, "post_master") != NULL || strstr (folded, "mail delivery") != NULL ||
         strstr (folded, "mail.delivery") != NULL || strstr (folded, "mail deliver system") != NULL || strstr (folded, "mailerdaemon") != NULL || strstr (folded, "poostmaster") != NULL;
}

/* mos_mime_find_bounces: fills @parsed's bounces, classification and cause, when @message returns mail or reports on its delivery.
 * Returns: whether it does */
gboolean
mos_mime_find_bounces (GMimeMessage *message,
                       MosParsedMessage *parsed)
{
  Evidence evidence = { NULL, NULL, NULL, FALSE };
  GMimeObject *body = g_mime_message_get_mime_part (message);
  g_autofree char *failed = mos_mime_header (GMIME_OBJECT (message), "X-Failed-Recipients", NULL);
  g_autofree char *return_path = mos_mime_header (GMIME_OBJECT (message), "Return-Path", NULL);
  const char *report_type = body != NULL ? g_mime_object_get_content_type_parameter (body, "report-type") : NULL;
  gboolean reported = report_type != NULL && g_ascii_strcasecmp (report_type, "delivery-status") == 0;
  gboolean daemon = from_daemon (parsed, message);
  gboolean null_sender = return_path != NULL && (strcmp (return_path, "<>") == 0 || *return_path == '\0' || g_ascii_strncasecmp (return_path, "<mailer-daemon", 14) == 0);
  gboolean by_subject = match_group (RX_SUBJECT, parsed->subject, NULL, NULL);
  gboolean all_delivered = FALSE, delayed, found = FALSE;
  const char *cause;
  g_autofree char *id = NULL;

  /* ordinary mail is not decoded a second time */
  if (!(reported || failed != NULL || daemon || (null_sender && by_subject) || mos_mime_has_part (body, "message", "delivery-status", 0) ||
        mos_mime_has_part (body, "message", "global-delivery-status", 0) || mos_mime_has_part (body, "message", "feedback-report", 0)))
    return FALSE;
  evidence.report = g_string_new (NULL);
  evidence.text = g_string_new (NULL);
  evidence.original = g_string_new (NULL);
  collect (&evidence, body, 0);
  split_text (&evidence);
  cause = evidence.has_report || reported ? "report" : failed != NULL ? "failed-recipients"
                                                   : daemon           ? "mailer-daemon"
                                                                      : "return-path";
  if (!(evidence.has_report || reported || failed != NULL ||
        (daemon && (by_subject || null_sender || match_group (RX_FAILURE, evidence.text->str, NULL, NULL))) ||
        (null_sender && by_subject)))
    goto out;

  delayed = match_group (RX_DELAY, parsed->subject, NULL, NULL);
  if (evidence.report->len > 0)
    read_report (parsed, evidence.report->str, evidence.text->str, &all_delivered);
  if (all_delivered)
    {
      parsed->classification = MOS_CLASSIFICATION_DELIVERY_REPORT;
      g_set_str (&parsed->cause, "report");
      found = TRUE;
      goto out;
    }
  if (parsed->bounces->len == 0 && strstr (evidence.text->str, "-Recipient:") != NULL)
    read_report (parsed, evidence.text->str, evidence.text->str, &all_delivered);
  if (parsed->bounces->len == 0 && failed != NULL)
    {
      g_auto (GStrv) addresses = g_strsplit (failed, ",", MAX_BOUNCES);

      for (guint i = 0; addresses[i] != NULL; i++)
        if (strchr (addresses[i], '@') != NULL)
          add_bounce (parsed, g_strstrip (addresses[i]), NULL, NULL, evidence.text->str, delayed);
    }
  if (parsed->bounces->len == 0)
    read_text (parsed, &evidence, delayed);

  found = TRUE;
  if (match_group (RX_MESSAGE_ID, evidence.original->str, &id, NULL) || match_group (RX_MESSAGE_ID, evidence.report->str, &id, NULL))
    for (guint i = 0; i < parsed->bounces->len; i++)
      g_set_str (&((MosBounce *) g_ptr_array_index (parsed->bounces, i))->original_message_id, id);
  parsed->classification = MOS_CLASSIFICATION_BOUNCE_SOFT;
  for (guint i = 0; i < parsed->bounces->len; i++)
    if (((MosBounce *) g_ptr_array_index (parsed->bounces, i))->hard)
      parsed->classification = MOS_CLASSIFICATION_BOUNCE_HARD;
  g_set_str (&parsed->cause, cause);

out:
  g_string_free (evidence.report, TRUE);
  g_string_free (evidence.text, TRUE);
  g_string_free (evidence.original, TRUE);
  return found;
}
