/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime-private.h"
#include "core/mail/mime/mos-mime-text.h"

#include <string.h>

/* behaviour: two questions are kept apart.
 * May we answer automatically? Any sign of a machine or of a list says no.
 * Is it a machine's answer, to be kept out of the inbox? Only few signs say yes: nearly every ordinary mail carries some bulk header. */

static gboolean
header_is (GMimeObject *object,
           const char *name,
           const char *const *values)
{
  g_autofree char *value = mos_mime_header (object, name, NULL);
  g_autofree char *word = NULL;

  if (value == NULL)
    return FALSE;
  value[strcspn (value, ";( ")] = '\0';
  word = g_ascii_strdown (value, -1);
  return g_strv_contains (values, word);
}

static gboolean
has_header (GMimeObject *object,
            const char *name)
{
  g_autofree char *value = mos_mime_header (object, name, NULL);

  return value != NULL && *value != '\0' && g_ascii_strcasecmp (value, "no") != 0 && g_ascii_strcasecmp (value, "false") != 0;
}

static gboolean
has_any_header (GMimeObject *object,
                const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (has_header (object, names[i]))
      return TRUE;
  return FALSE;
}

static gboolean
delivered_to_responder (MosParsedMessage *parsed)
{
  for (guint i = 0; i < parsed->delivered_to->len; i++)
    {
      MosAddress *address = g_ptr_array_index (parsed->delivered_to, i);

      if (g_ascii_strncasecmp (address->address, "autoresponder", strlen ("autoresponder")) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_report (GMimeMessage *message,
           const char *kind)
{
  GMimeObject *body = g_mime_message_get_mime_part (message);
  GMimeContentType *type = body != NULL ? g_mime_object_get_content_type (body) : NULL;
  const char *report;

  if (type == NULL || !g_mime_content_type_is_type (type, "multipart", "report"))
    return FALSE;
  report = g_mime_content_type_get_parameter (type, "report-type");
  return report != NULL && g_ascii_strcasecmp (report, kind) == 0;
}

/* Is there a part of that type, not too deep? */
gboolean
mos_mime_has_part (GMimeObject *object,
                   const char *major,
                   const char *minor,
                   guint depth)
{
  GMimeContentType *type = object != NULL ? g_mime_object_get_content_type (object) : NULL;
  int n;

  if (type == NULL || depth > 5)
    return FALSE;
  if (g_mime_content_type_is_type (type, major, minor))
    return TRUE;
  if (!GMIME_IS_MULTIPART (object))
    return FALSE;
  n = MIN (g_mime_multipart_get_count (GMIME_MULTIPART (object)), 20);
  for (int i = 0; i < n; i++)
    if (mos_mime_has_part (g_mime_multipart_get_part (GMIME_MULTIPART (object), i), major, minor, depth + 1))
      return TRUE;
  return FALSE;
}

static void
set_class (MosParsedMessage *parsed,
           MosClassification classification,
           const char *cause)
{
  parsed->classification = classification;
  g_set_str (&parsed->cause, cause);
}

/* The answers of other programs that carry no header but a subject nobody writes by hand. Only together with an empty envelope sender. */
static gboolean
subject_says_away (const char *subject)
{
  static const char *const prefixes[] = {
    "automatic reply:", "auto:", "autoreply:", "auto-reply:", "auto reply:", "out of office:", "out of the office",
    "automatische antwort:", "abwesenheitsnotiz", "abwesenheit:", "abwesend:", "réponse automatique", "absence du bureau", "absent du bureau", "message d'absence", "message d’absence", "absence :", "absence\u00a0:", "absence:",
    "respuesta automática", "fuera de la oficina", "fuera de oficina", "ausencia", "ausente", "resposta automática", "ausência", "fora do escritório", "risposta automatica", "fuori sede", "fuori ufficio", "assenza",
    "automatisch antwoord", "afwezig", "autosvar", "automatiskt svar", "automatisk svar", "automaattinen vastaus", "odpowiedź automatyczna", "autoodpowiedź",
    "автоответ", "автоматический ответ", "自動返信", "自动回复", "自動回覆", "자동 회신", "الرد التلقائي", "رد تلقائي", "خارج المكتب", "خارج العمل", "resposta automàtica", "absència", "fora de l'oficina", "fora de l’oficina"
  };
  g_autofree char *fold = g_utf8_strdown (subject, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (fold, prefixes[i]))
      return TRUE;
  return FALSE;
}

static void
look_for_contact_form (MosParsedMessage *parsed)
{
  MosAddress *customer;

  if (parsed->reply_to->len == 0)
    return;
  customer = g_ptr_array_index (parsed->reply_to, 0);
  if (*customer->address == '\0' || (parsed->from != NULL && g_ascii_strcasecmp (customer->address, parsed->from->address) == 0))
    return;
  /* a Reply-To that is one of the recipients (us) is no customer */
  for (guint i = 0; i < parsed->to->len; i++)
    {
      MosAddress *to = g_ptr_array_index (parsed->to, i);

      if (g_ascii_strcasecmp (to->address, customer->address) == 0)
        return;
    }
  parsed->is_contact_form = TRUE;
}

/* One large provider forwards complaints as a plain attachment, without the standard's report part. */
static gboolean
is_forwarded_complaint (MosParsedMessage *parsed)
{
  return parsed->from != NULL && g_ascii_strcasecmp (parsed->from->address, "staff@hotmail.com") == 0 && g_str_has_prefix (parsed->subject, "complaint about message from ");
}

/* mos_mime_classify: fills classification, cause, may_answer_automatically, is_contact_form and bounces of @parsed. */
void
mos_mime_classify (GMimeMessage *message,
                   MosParsedMessage *parsed)
{
  static const char *const vacation[] = { "vacation", NULL };
  static const char *const no[] = { "no", "", NULL };
  static const char *const replied[] = { "auto-replied", "auto-notified", NULL };
  static const char *const only_replied[] = { "auto-replied", NULL };
  static const char *const generated[] = { "auto-generated", NULL };
  static const char *const precedence_reply[] = { "auto_reply", "auto-reply", "autoreply", NULL };
  static const char *const precedence_bulk[] = { "bulk", "junk", "list", NULL };
  static const char *const responder_headers[] = {
    "X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Autoresponse", "X-AutoReply-From", "X-Mail-Autoreply", "X-Auto-Reply", "X-Auto-Respond", NULL
  };
  static const char *const list_headers[] = { "List-Id", "List-Unsubscribe", "List-Post", "List-Help", "List-Subscribe", "Mailing-List", NULL };
  static const char *const quiet_headers[] = { "X-Autogenerated", "X-Auto-Response-Suppress", "X-AMAZON-MAIL-RELAY-TYPE", "List-Unsubscribe", "List-Id", "X-Loop", NULL };
  GMimeObject *object = GMIME_OBJECT (message);
  gboolean auto_submitted = has_header (object, "Auto-Submitted") && !header_is (object, "Auto-Submitted", no);
  gboolean responder = has_any_header (object, responder_headers) || header_is (object, "X-Apple-Action", vacation);
  gboolean reply_precedence = header_is (object, "Precedence", precedence_reply) || header_is (object, "X-Precedence", precedence_reply);
  gboolean bulk_precedence = header_is (object, "Precedence", precedence_bulk) || header_is (object, "X-Precedence", precedence_bulk);
  g_autofree char *return_path = mos_mime_header (object, "Return-Path", NULL);
  gboolean null_sender = return_path != NULL && (strcmp (return_path, "<>") == 0 || *return_path == '\0');

  parsed->classification = MOS_CLASSIFICATION_NORMAL;
  parsed->may_answer_automatically = !(auto_submitted || responder || reply_precedence || bulk_precedence || null_sender || delivered_to_responder (parsed) ||
                                       has_any_header (object, quiet_headers) || parsed->own_loop != NULL || parsed->from == NULL);
  if (is_report (message, "feedback-report") || mos_mime_has_part (g_mime_message_get_mime_part (message), "message", "feedback-report", 0) || is_forwarded_complaint (parsed))
    {
      /* the complaint names a recipient and a message of ours, but the address works */
      mos_mime_find_bounces (message, parsed);
      for (guint i = 0; i < parsed->bounces->len; i++)
        ((MosBounce *) g_ptr_array_index (parsed->bounces, i))->hard = FALSE;
      set_class (parsed, MOS_CLASSIFICATION_FEEDBACK_REPORT, "feedback-report");
    }
  else if (is_report (message, "disposition-notification") || mos_mime_has_part (g_mime_message_get_mime_part (message), "message", "disposition-notification", 0))
    set_class (parsed, MOS_CLASSIFICATION_DELIVERY_REPORT, "disposition-notification");
  else if (mos_mime_find_bounces (message, parsed))
    ; /* it has set class and cause */
  else if (header_is (object, "Auto-Submitted", only_replied))
    set_class (parsed, MOS_CLASSIFICATION_AUTO_REPLY, "auto-submitted");
  else if (responder)
    set_class (parsed, MOS_CLASSIFICATION_AUTO_REPLY, "autoresponder");
  else if (reply_precedence)
    set_class (parsed, MOS_CLASSIFICATION_AUTO_REPLY, "precedence");
  else if (null_sender && subject_says_away (parsed->subject))
    set_class (parsed, MOS_CLASSIFICATION_AUTO_REPLY, "return-path");
  else if (header_is (object, "Auto-Submitted", generated))
    {
      look_for_contact_form (parsed);
      if (!parsed->is_contact_form)
        set_class (parsed, MOS_CLASSIFICATION_BULK, "auto-submitted");
    }
  else if (has_any_header (object, list_headers))
    set_class (parsed, MOS_CLASSIFICATION_BULK, "list");
  else if (bulk_precedence)
    set_class (parsed, MOS_CLASSIFICATION_BULK, "precedence");
  else if (header_is (object, "Auto-Submitted", replied))
    set_class (parsed, MOS_CLASSIFICATION_BULK, "auto-submitted");

  if (parsed->classification != MOS_CLASSIFICATION_NORMAL)
    parsed->may_answer_automatically = FALSE;
}
