/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-order-numbers.h"

#include <string.h>

#define MAX_SHAPES 12
#define MAX_MENTIONS 20
#define MAX_DIGITS 20
/* Bytes before a number in which a word for order is looked for */
#define CUE_DISTANCE 40
/* Numbers grow: the next one may be longer than all there are. */
#define GROWTH 1

/* What stands before and behind the last digits, in lower case. */
typedef struct
{
  char *prefix;
  char *suffix;
  gsize min_digits;
  gsize max_digits;
} Shape;

struct _MosOrderNumbers
{
  GArray *shapes; /* of Shape */
};

/* "Order" as it begins in the languages of shops and customers; "no", "nr" and their like mean it too where digits follow. */
static const char *const cues[] = { "order", "pedido", "encomenda", "bestell", "auftrag", "commande", "ordine", "ordre", "beställning", "tilaus", "zamówieni", "objednáv", "comand", "rendelés", "siparis", "sipariş",
                                    "заказ", "замовлен", "παραγγελ", "طلب", "הזמנה", "订单", "訂單", "注文", "주문", "đơn hàng" };
static const char *const signs[] = { "#", "№", "nº", "n°", "no.", "no", "nr.", "nr", "num.", "núm.", "number", "número", "numero", "nummer", "numéro", "رقم" };

static void
clear_shape (gpointer data)
{
  Shape *shape = data;

  g_free (shape->prefix);
  g_free (shape->suffix);
}

static void
learn (MosOrderNumbers *self,
       const char *number)
{
  g_autofree char *lower = g_utf8_strdown (number, -1);
  const char *bare = lower + strspn (lower, "# ");
  const char *end = bare + strlen (bare), *start;
  g_autofree char *prefix = NULL;
  gsize n;

  while (end > bare && !g_ascii_isdigit (end[-1]))
    end--;
  start = end;
  while (start > bare && g_ascii_isdigit (start[-1]))
    start--;
  n = (gsize) (end - start);
  if (n == 0 || n > MAX_DIGITS)
    return;
  prefix = g_strndup (bare, (gsize) (start - bare));
  for (guint i = 0; i < self->shapes->len; i++)
    {
      Shape *shape = &g_array_index (self->shapes, Shape, i);

      if (strcmp (shape->prefix, prefix) != 0 || strcmp (shape->suffix, end) != 0)
        continue;
      shape->min_digits = MIN (shape->min_digits, n);
      shape->max_digits = MAX (shape->max_digits, n);
      return;
    }
  if (self->shapes->len < MAX_SHAPES)
    {
      Shape shape = { g_steal_pointer (&prefix), g_strdup (end), n, n };

      g_array_append_val (self->shapes, shape);
    }
}

MosOrderNumbers *
mos_order_numbers_learn (GPtrArray *numbers)
{
  MosOrderNumbers *self = g_new0 (MosOrderNumbers, 1);

  self->shapes = g_array_new (FALSE, FALSE, sizeof (Shape));
  g_array_set_clear_func (self->shapes, clear_shape);
  for (guint i = 0; i < numbers->len; i++)
    learn (self, g_ptr_array_index (numbers, i));
  return self;
}

void
mos_order_numbers_free (MosOrderNumbers *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->shapes);
  g_free (self);
}

/* --- looking --- */

/* The character before @at; 0 at the beginning */
static gunichar
char_before (const char *text,
             const char *at)
{
  const char *previous = g_utf8_find_prev_char (text, at);

  return previous != NULL ? g_utf8_get_char (previous) : 0;
}

static gboolean
is_word (gunichar c)
{
  return c != 0 && (g_unichar_isalnum (c) || c == '_');
}

static gboolean
is_one_of (gunichar c,
           const char *signs_of)
{
  return c != 0 && g_utf8_strchr (signs_of, -1, c) != NULL;
}

/* Whether the digits from @start to @end are a number by themselves, and no part of a price, a date, a phone number, an address. */
static gboolean
stands_free (const char *text,
             const char *start,
             const char *end)
{
  gunichar before = char_before (text, start), after = g_utf8_get_char (end);

  if (is_word (before) || is_word (after) || is_one_of (before, "+@%$€£¥/\\=&") || is_one_of (after, "@%$€£¥/\\"))
    return FALSE;
  /* Another code: AB-1234 */
  if (before == '-' && is_word (char_before (text, start - 1)))
    return FALSE;
  /* 12.50, 3:30, 2026-11-22, 1,234 */
  if ((before == '.' || before == ',' || before == ':' || before == '-') && start - 1 > text && g_ascii_isdigit (start[-2]))
    return FALSE;
  return !((after == '.' || after == ',' || after == ':' || after == '-') && g_ascii_isdigit (end[1]));
}

/* Whether a word in the sentence before @start, or a sign right there, says that a number of an order comes. */
static gboolean
has_cue (const char *text,
         const char *start)
{
  const char *from = start - text > CUE_DISTANCE ? start - CUE_DISTANCE : text;
  const char *line = from, *sentence = from;
  g_autofree char *before = NULL;

  while (line < start && ((guchar) *line & 0xc0) == 0x80)
    line++;
  for (const char *s = line; s < start; s++)
    if (*s == '\n')
      line = sentence = s + 1;
    else if (strchr (".?!;", *s) != NULL && s[1] == ' ')
      sentence = s + 1;
  before = g_strndup (line, (gsize) (start - line));
  sentence = before + (MAX (sentence, line) - line);
  for (gsize i = 0; i < G_N_ELEMENTS (cues); i++)
    if (strstr (sentence, cues[i]) != NULL)
      return TRUE;
  g_strchomp (before);
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_suffix (before, signs[i]))
      {
        const char *at = before + strlen (before) - strlen (signs[i]);

        if (!g_ascii_isalpha (*signs[i]) || !is_word (char_before (before, at)))
          return TRUE;
      }
  return FALSE;
}

static void
add (GPtrArray *mentions,
     char *number /* (transfer full) */,
     gboolean is_sure)
{
  MosOrderMention *mention;

  for (guint i = 0; i < mentions->len; i++)
    {
      mention = g_ptr_array_index (mentions, i);
      if (strcmp (mention->number, number) == 0)
        {
          mention->is_sure = mention->is_sure || is_sure;
          g_free (number);
          return;
        }
    }
  mention = g_new0 (MosOrderMention, 1);
  mention->number = number;
  mention->is_sure = is_sure;
  g_ptr_array_add (mentions, mention);
}

static void
mention_free (gpointer data)
{
  g_free (((MosOrderMention *) data)->number);
  g_free (data);
}

/* Whether the shop's letters stand around the digits. */
static gboolean
fits_letters (const Shape *shape,
              const char *text,
              const char *start,
              const char *end)
{
  gsize n = strlen (shape->prefix);

  return (n > 0 || *shape->suffix != '\0') && (gsize) (start - text) >= n && strncmp (start - n, shape->prefix, n) == 0 && g_str_has_prefix (end, shape->suffix) && !is_word (char_before (text, start - n)) &&
         !is_word (g_utf8_get_char (end + strlen (shape->suffix)));
}

static void
look_at (const MosOrderNumbers *self,
         const char *text,
         const char *start,
         const char *end,
         GPtrArray *mentions)
{
  gsize n = (gsize) (end - start);
  gboolean has_length = FALSE;

  for (guint i = 0; i < self->shapes->len; i++)
    {
      const Shape *shape = &g_array_index (self->shapes, Shape, i);

      if (fits_letters (shape, text, start, end))
        {
          add (mentions, g_strndup (start - strlen (shape->prefix), strlen (shape->prefix) + n + strlen (shape->suffix)), TRUE);
          return;
        }
      has_length = has_length || (n >= shape->min_digits && n <= shape->max_digits + GROWTH);
    }
  if (has_length && stands_free (text, start, end))
    add (mentions, g_strndup (start, n), has_cue (text, start));
}

GPtrArray *
mos_order_numbers_find (const MosOrderNumbers *self,
                        const char *text)
{
  GPtrArray *mentions = g_ptr_array_new_with_free_func (mention_free);
  g_autofree char *lower = NULL;

  if (self->shapes->len == 0 || strpbrk (text, "0123456789") == NULL)
    return mentions;
  lower = g_utf8_strdown (text, -1);
  for (const char *s = lower; *s != '\0' && mentions->len < MAX_MENTIONS;)
    {
      const char *end = s;

      while (g_ascii_isdigit (*end))
        end++;
      if (end > s && end - s <= MAX_DIGITS)
        look_at (self, lower, s, end, mentions);
      s = end > s ? end : s + 1;
    }
  return mentions;
}
