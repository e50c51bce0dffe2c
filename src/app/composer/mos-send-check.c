/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-send-check.h"

#include "app/composer/mos-attachment-words.h"
#include "app/composer/mos-recipients.h"

#include "core/mail/mime/mos-language.h"

#include <string.h>

/* Of a shorter text the language is a guess. */
#define SURE_LETTERS 60

char *
mos_send_check_dup_own_words (const char *text,
                              gboolean with_signature)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *own = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (!with_signature && (g_str_equal (lines[i], "-- ") || g_str_equal (lines[i], "--")))
        break;
      if (lines[i][0] == '>')
        continue;
      g_string_append (own, lines[i]);
      g_string_append_c (own, '\n');
    }
  return g_string_free (own, FALSE);
}

gboolean
mos_send_check_mentions_attachment (const char *text,
                                    const char *language)
{
  g_autofree char *own = mos_send_check_dup_own_words (text, FALSE);
  g_autofree char *detected = NULL;

  if (language != NULL && *language != '\0')
    return mos_attachment_words_match (own, language);
  /* A question too many costs less than a forgotten file. */
  if (g_utf8_strlen (own, -1) >= SURE_LETTERS)
    detected = mos_language_detect (own, NULL);
  return mos_attachment_words_match (own, detected);
}

char *
mos_send_check_find_variable (const char *text)
{
  static GRegex *regex = NULL;
  g_autofree char *own = mos_send_check_dup_own_words (text, TRUE);
  g_autoptr (GMatchInfo) match = NULL;

  /* {{customer.name}}, {{order.number|default:"?"}} and {% if … %}: a name, not a pair of braces that somebody writes about. */
  if (g_once_init_enter_pointer (&regex))
    g_once_init_leave_pointer (&regex, g_regex_new ("\\{\\{\\s*\\p{L}[^{}\\n]{0,200}\\}\\}|\\{%\\s*\\p{L}[^{}\\n]{0,200}%\\}", G_REGEX_OPTIMIZE, G_REGEX_MATCH_DEFAULT, NULL));
  return g_regex_match (regex, own, G_REGEX_MATCH_DEFAULT, &match) ? g_match_info_fetch (match, 0) : NULL;
}

guint64
mos_draft_attachments_size (const MosDraft *draft)
{
  guint64 size = 0;

  for (guint i = 0; draft->attachments != NULL && i < draft->attachments->len; i++)
    size += ((MosAttachment *) g_ptr_array_index (draft->attachments, i))->size;
  return size;
}

/* RFC 2045 §6.8: 57 bytes make a line of 76 characters and a line end. */
static guint64
base64_size (guint64 bytes)
{
  return (bytes + 56) / 57 * 78;
}

/* Header, boundary and names of one part; and the header of the whole. */
#define PART_OVERHEAD 600
#define MAIL_OVERHEAD 4000

guint64
mos_draft_sent_size (const MosDraft *draft)
{
  guint64 size = MAIL_OVERHEAD;
  guint64 text = strlen (draft->text) + (draft->quote != NULL ? strlen (draft->quote) : 0);

  /* Whatever encoding the text gets: letters beyond ASCII may take three bytes each. */
  size += g_str_is_ascii (draft->text) && (draft->quote == NULL || g_str_is_ascii (draft->quote)) ? text + text / 20 : base64_size (text) * 2;
  for (guint i = 0; draft->attachments != NULL && i < draft->attachments->len; i++)
    size += PART_OVERHEAD + base64_size (((MosAttachment *) g_ptr_array_index (draft->attachments, i))->size);
  return size;
}

guint64
mos_draft_excess (const MosDraft *draft,
                  guint64 limit)
{
  guint64 size = mos_draft_sent_size (draft);

  return limit > 0 && size > limit ? size - limit : 0;
}

static gboolean
has_text (const MosDraft *draft,
          const char *signature)
{
  g_autofree char *text = g_strstrip (g_strdup (draft->text));
  g_autofree char *bare = g_strstrip (g_strdup (signature != NULL ? signature : ""));

  if (*bare != '\0' && g_str_has_suffix (text, bare))
    {
      text[strlen (text) - strlen (bare)] = '\0';
      g_strchomp (text);
      /* The delimiter line "-- " is the signature's too. */
      if (g_str_has_suffix (text, "--"))
        text[strlen (text) - 2] = '\0';
      g_strstrip (text);
    }
  return *text != '\0';
}

static MosSendCheck
check_list (GPtrArray *list,
            guint *count)
{
  MosSendCheck result = MOS_SEND_CHECK_OK;

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const MosAddress *address = g_ptr_array_index (list, i);

      (*count)++;
      if (!mos_recipient_is_valid (address->address))
        result |= MOS_SEND_CHECK_BAD_RECIPIENT;
    }
  return result;
}

MosSendCheck
mos_send_check (const MosDraft *draft,
                const char *signature)
{
  MosSendCheck result = MOS_SEND_CHECK_OK;
  gboolean forward = g_str_equal (draft->kind, "forward");
  gboolean has_files = draft->attachments != NULL && draft->attachments->len > 0;
  g_autofree char *subject = NULL;
  g_autofree char *variable = NULL;
  guint count = 0;

  if (g_str_equal (draft->kind, "note"))
    return has_text (draft, NULL) || has_files ? MOS_SEND_CHECK_OK : MOS_SEND_CHECK_EMPTY_TEXT;

  result |= check_list (draft->to, &count);
  result |= check_list (draft->cc, &count);
  result |= check_list (draft->bcc, &count);
  if (count == 0)
    result |= MOS_SEND_CHECK_NO_RECIPIENT;

  /* A forwarded mail speaks for itself. */
  if (!has_text (draft, signature) && !has_files && !(forward && draft->quote != NULL && *draft->quote != '\0'))
    result |= MOS_SEND_CHECK_EMPTY_TEXT;

  subject = g_strstrip (g_strdup (draft->subject));
  if (*subject == '\0')
    result |= MOS_SEND_CHECK_EMPTY_SUBJECT;
  variable = mos_send_check_find_variable (draft->text);
  if (variable == NULL)
    variable = mos_send_check_find_variable (draft->subject);
  if (variable != NULL)
    result |= MOS_SEND_CHECK_VARIABLE;
  if (!has_files && mos_send_check_mentions_attachment (draft->text, draft->language))
    result |= MOS_SEND_CHECK_MISSING_ATTACHMENT;
  if (mos_draft_attachments_size (draft) > MOS_SEND_ATTACHMENTS_MAX_BYTES)
    result |= MOS_SEND_CHECK_TOO_LARGE;
  return result;
}
