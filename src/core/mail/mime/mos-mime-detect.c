/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/mime/mos-mime-text.h"

#include <string.h>

/* Which charset a text without a name for it is in. Latin scripts sprinkle a few bytes beyond ASCII among many letters; where most
 * letters are beyond ASCII, the text is read in every charset in question, and the one in which it is made of the commonest characters
 * of a language is the right one: in a wrong one they are rare, or not even characters. */

#define MAX_LOOKED_AT 8192
#define MIN_HIGH_BYTES 6

static const struct
{
  const char *charset;
  const char *common;
  double enough; /* the share of them in a text of that language is well above it */
} candidates[] = {
  { "CP932", "のにをはがでとたしいてるなますこもれらりくさきかっんよあそけせちつうえおどめまだスンルトラ、。ー", 0.35 },
  { "EUC-JP", "のにをはがでとたしいてるなますこもれらりくさきかっんよあそけせちつうえおどめまだスンルトラ、。ー", 0.35 },
  { "GB18030", "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里，。、", 0.12 },
  { "BIG5", "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡，。、", 0.12 },
  { "CP949", "이다는에의을가를고하지은도니습로서한기사어리나시아해자인수대정부주그일보", 0.3 },
  { "WINDOWS-1251", "оеаинтсрвлкмдпуяыьгзбчй", 0.6 },
  { "KOI8-R", "оеаинтсрвлкмдпуяыьгзбчй", 0.6 },
  { "ISO-8859-5", "оеаинтсрвлкмдпуяыьгзбчй", 0.6 },
  { "CP866", "оеаинтсрвлкмдпуяыьгзбчй", 0.6 },
  { "WINDOWS-1253", "αοιετσνηυρπκμλςάέήίόύώ", 0.6 },
  { "WINDOWS-1255", "יוהלאמרתבנשדפקעחכםןט", 0.6 },
  { "WINDOWS-1256", "الينمروتبةعدسفحكقه", 0.6 },
  { "WINDOWS-874", "านรกเงอมยลวดทสตะปบคหแจพชขใไโ่้ัี", 0.6 },
};

/* Greek to Arabic: nobody writes a word half in these and half in Latin letters. */
static gboolean
is_alphabet (gunichar c)
{
  return c >= 0x370 && c < 0x700 && g_unichar_isalpha (c);
}

/* The share of @common among the characters beyond ASCII; -1 when the bytes are not of that charset. A small letter before a capital one
 * in the same word (what a mix-up of two Cyrillic charsets gives) counts against it, and so does a word of two scripts. */
static double
score (const char *text,
       gssize length,
       const char *charset,
       const char *common)
{
  g_autofree char *utf8 = g_convert (text, length, "UTF-8", charset, NULL, NULL, NULL);
  guint all = 0, hits = 0, odd = 0;
  gboolean after_small = FALSE, after_ascii = FALSE, after_other = FALSE;

  if (utf8 == NULL)
    return -1;
  for (const char *p = utf8; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= 0x80)
        {
          all++;
          hits += g_utf8_strchr (common, -1, c) != NULL;
          odd += after_ascii && is_alphabet (c);
          odd += (after_small && g_unichar_isupper (c)) || c == 0xfffd || (c >= 0xe000 && c < 0xf900);
        }
      else
        odd += after_other && g_ascii_isalpha (c);
      after_small = g_unichar_islower (c);
      after_ascii = c < 0x80 && g_ascii_isalpha (c);
      after_other = is_alphabet (c);
    }
  return all > 0 ? ((double) hits - 2.0 * odd) / all : -1;
}

/* mos_mime_detect_charset:
 * @data: bytes that are not UTF-8
 *
 * Returns: (nullable): a charset, %NULL when it is most likely Western European
 */
const char *
mos_mime_detect_charset (const guint8 *data,
                         gsize length)
{
  g_autoptr (GString) high_lines = g_string_new (NULL);
  const char *end = (const char *) data + length;
  const char *best = NULL;
  double best_score = 0;
  gsize n_high = 0, n_ascii = 0;

  /* only the lines that have something beyond ASCII: headers, addresses and links around them say nothing */
  for (const char *p = (const char *) data; p < end && high_lines->len < MAX_LOOKED_AT;)
    {
      const char *newline = memchr (p, '\n', (gsize) (end - p));
      const char *next = newline != NULL ? newline + 1 : end;
      gsize high = 0, ascii = 0;

      for (const char *q = p; q < next; q++)
        {
          high += (guchar) *q >= 0x80;
          ascii += g_ascii_isalpha (*q);
        }
      if (high > 0)
        {
          g_string_append_len (high_lines, p, next - p);
          n_high += high;
          n_ascii += ascii;
        }
      p = next;
    }
  if (n_high < MIN_HIGH_BYTES || n_high * 2 < n_ascii)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      double own = score (high_lines->str, (gssize) high_lines->len, candidates[i].charset, candidates[i].common) / candidates[i].enough;

      /* a short text proves less */
      if (own >= 1 + 3.0 / n_high && own > best_score)
        {
          best_score = own;
          best = candidates[i].charset;
        }
    }
  return best;
}
