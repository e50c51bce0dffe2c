/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"
#define _GNU_SOURCE /* strcasestr() */

#include "config.h"

#include "core/mail/mime/mos-bounce-private.h"
#include "core/mail/mime/mos-mime-private.h"
#include "core/mail/mime/mos-mime-text.h"

#include <string.h>

/* Returned mail: standard reports (RFC 3464) by their fields, the others by what they say. */

#define MAX_EVIDENCE (256 * 1024)
#define MAX_BOUNCES 100

typedef struct
{
  GString *report;   /* fields of delivery-status and feedback-report parts */
  GString *text;     /* what is written for people */
  GString *original; /* headers of the returned message */
  gboolean has_report;
} Evidence;

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

  if (mos_bounce_match (MOS_BOUNCE_ORIGINAL_START, evidence->text->str, NULL, &at))
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

/* "rfc822; <user@host>" → "user@host"; a route before it ("@relay:user@host", RFC 5321 §C) is left out, quotes that belong to it are not */
static char *
address_of_field (const char *value)
{
  const char *semicolon;
  g_autofree char *clean = NULL;
  char *start;

  if (value == NULL)
    return NULL;
  semicolon = strchr (value, ';');
  clean = g_strstrip (g_strdelimit (g_strdup (semicolon != NULL ? semicolon + 1 : value), "<>", ' '));
  start = clean;
  if (*start == '"')
    {
      char *end = strchr (start + 1, '"');

      if (end == NULL || end[1] != '@')
        {
          g_strstrip (g_strdelimit (clean, "\"", ' '));
          end = clean;
        }
      end[strcspn (end, " \t(")] = '\0';
    }
  else
    start[strcspn (start, " \t(")] = '\0';
  if (*start == '@' && strchr (start, ':') != NULL)
    start = strchr (start, ':') + 1;
  return strchr (start, '@') != NULL && *start != '@' ? g_strdup (start) : NULL;
}

/* --- judging --- */

static void
add_bounce (MosParsedMessage *parsed,
            const char *recipient,
            const char *status,
            const char *diagnostic,
            const char *words,
            const char *transcript,
            const char *action)
{
  gboolean is_done;
  MosBounce *bounce;

  if (parsed->bounces->len >= MAX_BOUNCES)
    return;
  for (guint i = 0; i < parsed->bounces->len; i++)
    if (g_ascii_strcasecmp (((MosBounce *) g_ptr_array_index (parsed->bounces, i))->recipient, recipient) == 0)
      return;
  bounce = mos_bounce_new ();
  bounce->recipient = mos_mime_one_line (recipient, 998);
  bounce->action = g_strdup (action);
  is_done = mos_bounce_is_done (bounce);
  bounce->status = is_done ? g_strdup (status) : mos_bounce_find_status (status, words);
  bounce->hard = !is_done && mos_bounce_is_hard (bounce->status, words, transcript, g_strcmp0 (action, "delayed") == 0);
  bounce->diagnostic = diagnostic != NULL && *diagnostic != '\0' ? mos_mime_one_line (diagnostic, 1000) : NULL;
  g_ptr_array_add (parsed->bounces, bounce);
}

/* --- the ways to find recipients --- */

/* The text around an address: its own line and those below, up to the next address. */
static char *
words_below (char **lines,
             guint i)
{
  GString *words = g_string_new (lines[i]);

  for (guint j = i + 1; lines[j] != NULL && j < i + 12; j++)
    {
      if (mos_bounce_match (MOS_BOUNCE_ALONE, lines[j], NULL, NULL) || mos_bounce_match (MOS_BOUNCE_COLON, lines[j], NULL, NULL))
        break;
      g_string_append_c (words, '\n');
      g_string_append (words, lines[j]);
    }
  return g_string_free (words, FALSE);
}

/* What the part written for people says about @recipient; all of it when nobody else is meant. */
static char *
transcript_of (const char *text,
               const char *recipient,
               gboolean is_only)
{
  g_auto (GStrv) lines = NULL;

  if (is_only)
    return g_strdup (text);
  lines = g_strsplit (text, "\n", 4000);
  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], recipient) != NULL && mos_bounce_match (MOS_BOUNCE_COLON, lines[i], NULL, NULL))
      return words_below (lines, i);
  return g_strdup ("");
}

/* RFC 3464 §2.3.3; some write "Action: failed (permanent)" */
static const char *
known_action (const char *action)
{
  static const char *const actions[] = { "failed", "delayed", "delivered", "relayed", "expanded" };

  for (gsize i = 0; action != NULL && i < G_N_ELEMENTS (actions); i++)
    if (g_ascii_strncasecmp (action, actions[i], strlen (actions[i])) == 0)
      return actions[i];
  return NULL;
}

/* RFC 3464: groups of fields, parted by empty lines. Returns how many recipients were named, whatever became of them. */
static guint
read_report (MosParsedMessage *parsed,
             const char *report,
             const char *text,
             gboolean *ret_all_delivered)
{
  g_auto (GStrv) groups = g_strsplit (report, "\n\n", 400);
  guint n = 0, n_groups = 0, delivered = 0;

  for (guint i = 0; groups[i] != NULL; i++)
    n_groups += strcasestr (groups[i], "final-recipient:") != NULL;
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
      const char *known = known_action (action);

      if (recipient == NULL)
        recipient = address_of_field (original);
      if (recipient == NULL)
        recipient = address_of_field (actual);
      if (recipient == NULL)
        continue;
      n++;
      if (status != NULL)
        mos_bounce_match (MOS_BOUNCE_STATUS, status, &code, NULL);
      delivered += known != NULL && strcmp (known, "failed") != 0 && strcmp (known, "delayed") != 0;
      words = diagnostic != NULL && strlen (diagnostic) > 12 ? g_strdup (diagnostic) : g_strdup_printf ("%s\n%s", diagnostic != NULL ? diagnostic : "", text);
      {
        const char *semicolon = diagnostic != NULL ? strchr (diagnostic, ';') : NULL;
        g_autofree char *transcript = transcript_of (text, recipient, n_groups <= 1);

        add_bounce (parsed, recipient, code, semicolon != NULL ? semicolon + 1 : diagnostic, words, transcript, known);
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

static void
read_text (MosParsedMessage *parsed,
           Evidence *evidence,
           const char *action)
{
  static const MosBouncePattern ways[] = { MOS_BOUNCE_ALONE, MOS_BOUNCE_COLON, MOS_BOUNCE_START, MOS_BOUNCE_PHRASE };
  g_auto (GStrv) lines = g_strsplit (evidence->text->str, "\n", 4000);
  g_autofree char *to = NULL;

  for (gsize way = 0; way < G_N_ELEMENTS (ways) && parsed->bounces->len == 0; way++)
    for (guint i = 0; lines[i] != NULL; i++)
      {
        g_autofree char *address = NULL;
        g_autofree char *words = NULL;
        g_autofree char *diagnostic = NULL;
        const char *below;

        if (strchr (lines[i], '@') == NULL || strlen (lines[i]) > 1000 || !mos_bounce_match (ways[way], lines[i], &address, NULL) || is_own_address (parsed, address))
          continue;
        words = words_below (lines, i);
        below = words + MIN (strlen (lines[i]) + 1, strlen (words));
        diagnostic = g_strdup (below);
        /* no reason there: it stands elsewhere */
        if (!mos_bounce_match (MOS_BOUNCE_HARD, words, NULL, NULL) && !mos_bounce_match (MOS_BOUNCE_SOFT, words, NULL, NULL) && !mos_bounce_match (MOS_BOUNCE_STATUS, words, NULL, NULL))
          g_set_str (&words, evidence->text->str);
        add_bounce (parsed, address, NULL, diagnostic, words, words, action);
        if (ways[way] == MOS_BOUNCE_PHRASE)
          break;
      }
  if (parsed->bounces->len == 0 && mos_bounce_match (MOS_BOUNCE_ORIGINAL_TO, evidence->original->str, &to, NULL))
    add_bounce (parsed, to, NULL, NULL, evidence->text->str, evidence->text->str, action);
}

/* Which of our messages the report is about: by its id, and by the envelope id we gave it (RFC 3464 §2.2.1). */
static void
name_original (MosParsedMessage *parsed,
               Evidence *evidence)
{
  g_auto (GStrv) lines = g_strsplit (evidence->report->str, "\n", 1000);
  g_autofree char *envelope = field (lines, "Original-Envelope-Id");
  g_autofree char *id = NULL;

  if (!mos_bounce_match (MOS_BOUNCE_MESSAGE_ID, evidence->original->str, &id, NULL))
    mos_bounce_match (MOS_BOUNCE_MESSAGE_ID, evidence->report->str, &id, NULL);
  for (guint i = 0; i < parsed->bounces->len; i++)
    {
      MosBounce *bounce = g_ptr_array_index (parsed->bounces, i);

      bounce->original_message_id = g_strdup (id);
      if (envelope != NULL && *envelope != '\0')
        bounce->envelope_id = mos_mime_one_line (envelope, 998);
    }
}

/* Nobody is named, as in complaints that keep that secret, but the mail is that came back: it is about that one, for whomever. */
static void
read_nameless (MosParsedMessage *parsed,
               Evidence *evidence,
               const char *action)
{
  g_auto (GStrv) lines = g_strsplit (evidence->report->str, "\n", 1000);
  g_autofree char *envelope = field (lines, "Original-Envelope-Id");

  if ((envelope != NULL && *envelope != '\0') || mos_bounce_match (MOS_BOUNCE_MESSAGE_ID, evidence->original->str, NULL, NULL) || mos_bounce_match (MOS_BOUNCE_MESSAGE_ID, evidence->report->str, NULL, NULL))
    add_bounce (parsed, "", NULL, NULL, evidence->text->str, evidence->text->str, action);
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
  gboolean by_subject = mos_bounce_match (MOS_BOUNCE_SUBJECT, parsed->subject, NULL, NULL);
  gboolean all_delivered = FALSE, found = FALSE;
  const char *action;
  const char *cause;

  /* ordinary mail is not decoded a second time */
  if (!(reported || failed != NULL || daemon || null_sender || mos_mime_has_part (body, "message", "delivery-status", 0) ||
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
        (daemon && (by_subject || null_sender || mos_bounce_match (MOS_BOUNCE_FAILURE, evidence.text->str, NULL, NULL))) ||
        (null_sender && (by_subject || mos_bounce_match (MOS_BOUNCE_NULL_SENDER, evidence.text->str, NULL, NULL)))))
    goto out;

  action = mos_bounce_match (MOS_BOUNCE_DELAY, parsed->subject, NULL, NULL) ? "delayed" : NULL;
  if (evidence.report->len > 0)
    read_report (parsed, evidence.report->str, evidence.text->str, &all_delivered);
  if (all_delivered)
    {
      parsed->classification = MOS_CLASSIFICATION_DELIVERY_REPORT;
      g_set_str (&parsed->cause, "report");
      name_original (parsed, &evidence);
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
          add_bounce (parsed, g_strstrip (addresses[i]), NULL, NULL, evidence.text->str, evidence.text->str, action);
    }
  if (parsed->bounces->len == 0)
    read_text (parsed, &evidence, action);
  if (parsed->bounces->len == 0)
    read_nameless (parsed, &evidence, action);

  found = TRUE;
  name_original (parsed, &evidence);
  parsed->classification = MOS_CLASSIFICATION_BOUNCE_SOFT;
  for (guint i = 0; i < parsed->bounces->len; i++)
    {
      MosBounce *bounce = g_ptr_array_index (parsed->bounces, i);

      if (bounce->hard)
        parsed->classification = MOS_CLASSIFICATION_BOUNCE_HARD;
      else if (bounce->action == NULL && mos_bounce_match (MOS_BOUNCE_STILL_TRYING, evidence.text->str, NULL, NULL))
        bounce->action = g_strdup ("delayed");
    }
  g_set_str (&parsed->cause, cause);

out:
  g_string_free (evidence.report, TRUE);
  g_string_free (evidence.text, TRUE);
  g_string_free (evidence.original, TRUE);
  return found;
}
