/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-store"

#include "config.h"

#include "core/store/mos-tokenizer.h"

#include <sqlite3.h>
#include <string.h>

/* A longer word is cut: nobody looks for the tail of a base64 line. */
#define MAX_TOKEN 64
/* Beyond this, a run of letters and digits is a hash or base64, whose pieces would only fill the index. */
#define MAX_CODE 40

typedef enum
{
  CLASS_SPACE,
  CLASS_IGNORED, /* inside a word, but no part of it */
  CLASS_LETTER,
  CLASS_DIGIT,
  CLASS_CJK,
} CharClass;

/* What neither decomposition nor lower case folds. Sorted. */
static const struct
{
  gunichar from;
  char to[4];
} folds[] = {
  { 0x00df, "ss" },
  { 0x00e6, "ae" },
  { 0x00f0, "d" },
  { 0x00f8, "o" },
  { 0x00fe, "th" },
  { 0x0111, "d" },
  { 0x0127, "h" },
  { 0x0131, "i" },
  { 0x0138, "k" },
  { 0x0142, "l" },
  { 0x014b, "n" },
  { 0x0153, "oe" },
  { 0x0167, "t" },
  { 0x0180, "b" },
  { 0x0192, "f" },
  { 0x0237, "j" },
  { 0x0259, "e" },
};

static const char *
special_fold (gunichar c)
{
  gsize low = 0, high = G_N_ELEMENTS (folds);

  while (low < high)
    {
      gsize middle = (low + high) / 2;

      if (folds[middle].from == c)
        return folds[middle].to;
      if (folds[middle].from < c)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static gboolean
is_cjk (gunichar c)
{
  return (c >= 0x2e80 && c <= 0x2fdf) || c == 0x3005 || c == 0x3007 || (c >= 0x3031 && c <= 0x3035) ||
         (c >= 0x3041 && c <= 0x30ff && c != 0x30a0 && c != 0x30fb) || (c >= 0x3105 && c <= 0x312f) || (c >= 0x31f0 && c <= 0x31ff) ||
         (c >= 0x1100 && c <= 0x11ff) || (c >= 0x3131 && c <= 0x318e) || (c >= 0xac00 && c <= 0xd7a3) ||
         (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
         (c >= 0xff66 && c <= 0xff9d) || (c >= 0x20000 && c <= 0x323af);
}

/* Marks that are ornament (accents, harakat, niqqud, nukta), not vowels or tones of their script. */
static gboolean
is_ornament (gunichar c)
{
  int ccc = g_unichar_combining_class (c);

  return g_unichar_ismark (c) && (ccc >= 200 || (ccc >= 10 && ccc <= 36) || ccc == 1 || ccc == 7 || ccc == 202);
}

/* Most of most texts; the rest of it is CLASS_SPACE. */
static const guint8 ascii_classes[128] = {
  ['0' ... '9'] = CLASS_DIGIT,
  ['A' ... 'Z'] = CLASS_LETTER,
  ['a' ... 'z'] = CLASS_LETTER,
};

static CharClass
classify (gunichar c)
{
  if (c < 0x80)
    return ascii_classes[c];
  if (is_cjk (c))
    return CLASS_CJK;
  /* Soft hyphen, zero-width (non-)joiners, directional marks, tatweel, variation selectors. */
  if (c == 0x00ad || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) || c == 0x0640 || c == 0xfeff || (c >= 0xfe00 && c <= 0xfe0f))
    return CLASS_IGNORED;

  switch (g_unichar_type (c))
    {
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_OTHER_NUMBER:
      return CLASS_DIGIT;
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_LETTER_NUMBER:
      return CLASS_LETTER;
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_NON_SPACING_MARK:
      return is_ornament (c) ? CLASS_IGNORED : CLASS_LETTER;
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_CONNECT_PUNCTUATION:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_OTHER_PUNCTUATION:
    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_CURRENCY_SYMBOL:
    case G_UNICODE_MODIFIER_SYMBOL:
    case G_UNICODE_MATH_SYMBOL:
    case G_UNICODE_OTHER_SYMBOL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SPACE_SEPARATOR:
    default:
      return CLASS_SPACE;
    }
}

/* Appends the folded form of one character; at most MAX_TOKEN bytes stay. */
static gsize
append_folded (char *token,
               gsize len,
               gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n_parts = 1;

  if (c < 0x80)
    {
      if (len < MAX_TOKEN)
        token[len++] = g_ascii_tolower ((char) c);
      return len;
    }

  /* Syllables of Hangul and voiced kana are letters, not letter plus accent; half-width kana do become wide ones. */
  parts[0] = c;
  if (!is_cjk (c) || c >= 0xf900)
    n_parts = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));

  for (gsize i = 0; i < n_parts; i++)
    {
      gunichar p = g_unichar_tolower (parts[i]);
      const char *special;
      char utf8[6];
      gsize n;
      int digit;

      /* U+0130 in lower case is i again, its dot is dropped as every ornament is. */
      if (is_ornament (p))
        continue;
      if (p == 0x03c2)
        p = 0x03c3;
      digit = g_unichar_digit_value (p);
      if (digit >= 0)
        p = (gunichar) ('0' + digit);
      special = special_fold (p);
      if (special != NULL)
        {
          n = strlen (special);
          if (len + n <= MAX_TOKEN)
            memcpy (token + len, special, n), len += n;
          continue;
        }
      n = (gsize) g_unichar_to_utf8 (p, utf8);
      if (len + n <= MAX_TOKEN)
        memcpy (token + len, utf8, n), len += n;
    }
  return len;
}

/* Any bytes: an invalid one is a character of its own that parts words. */
static gunichar
next_char (const char *text,
           gsize len,
           gsize *ret_size)
{
  gunichar c = (guchar) text[0];

  *ret_size = 1;
  if (c < 0x80)
    return c;
  c = g_utf8_get_char_validated (text, (gssize) len);
  if (c == (gunichar) -1 || c == (gunichar) -2)
    return 0xfffd;
  *ret_size = (gsize) (g_utf8_next_char (text) - text);
  return c;
}

/* What two bytes of UTF-8 hold: Latin with its accents, Greek, Cyrillic, Armenian, Hebrew, Arabic. Looked up once, for most letters that are no ASCII
 * are of these, and each takes a dozen tables of Unicode. */
#define FIRST_NEAR 0x80
#define N_NEAR (0x800 - FIRST_NEAR)
typedef struct
{
  guint8 class;
  guint8 len;
  char folded[6];
} Near;
static Near nears[N_NEAR];

static void
fill_nears (void)
{
  static gsize once;

  if (!g_once_init_enter (&once))
    return;
  for (gunichar c = FIRST_NEAR; c < FIRST_NEAR + N_NEAR; c++)
    {
      char folded[MAX_TOKEN + 8];
      gsize len = append_folded (folded, 0, c);
      Near *near = &nears[c - FIRST_NEAR];

      near->class = (guint8) classify (c);
      /* None is longer; if one were, it would be looked up each time. */
      near->len = len <= sizeof near->folded ? (guint8) len : G_MAXUINT8;
      memcpy (near->folded, folded, MIN (len, sizeof near->folded));
    }
  g_once_init_leave (&once, 1);
}

/* The character at @text, if it is one of those; any other is for next_char(). */
static inline const Near *
find_near (const char *text,
           gsize len)
{
  const guchar *bytes = (const guchar *) text;
  const Near *near;

  if (len < 2 || bytes[0] < 0xc2 || bytes[0] > 0xdf || (bytes[1] & 0xc0) != 0x80)
    return NULL;
  near = &nears[((gsize) (bytes[0] & 0x1f) << 6 | (bytes[1] & 0x3f)) - FIRST_NEAR];
  return near->len != G_MAXUINT8 ? near : NULL;
}

/* Length in bytes of the run of letters and digits at @text, as far as it matters: above MAX_CODE, any number is as good. */
static gsize
code_length (const char *text,
             gsize len)
{
  gsize pos = 0, size;

  while (pos < len && pos <= MAX_CODE)
    {
      CharClass class;

      if ((guchar) text[pos] < 0x80)
        {
          if (ascii_classes[(guchar) text[pos]] == CLASS_SPACE)
            break;
          pos++;
          continue;
        }
      class = classify (next_char (text + pos, len - pos, &size));
      if (class == CLASS_SPACE || class == CLASS_CJK)
        break;
      pos += size;
    }
  return pos;
}

void
mos_tokenize (const char *text,
              gsize len,
              gboolean is_query,
              MosTokenFunc func,
              gpointer data)
{
  char token[MAX_TOKEN + 8];
  gsize pos = 0;

  fill_nears ();
  while (pos < len)
    {
      gsize size, start = pos, n = 0;
      gunichar c;
      CharClass class;
      /* Whether letters and digits are parted: asked where one follows the other. */
      enum
      {
        UNKNOWN,
        CODE,
        NO_CODE
      } is_code = UNKNOWN;

      if ((guchar) text[pos] < 0x80 && ascii_classes[(guchar) text[pos]] == CLASS_SPACE)
        {
          pos++;
          continue;
        }
      c = next_char (text + pos, len - pos, &size);
      class = classify (c);
      if (class == CLASS_SPACE || class == CLASS_IGNORED)
        {
          pos += size;
          continue;
        }

      if (class == CLASS_CJK)
        {
          gsize next_size = 0;
          gunichar next = pos + size < len ? next_char (text + pos + size, len - pos - size, &next_size) : 0;
          gboolean has_next = next != 0 && is_cjk (next);

          n = append_folded (token, 0, c);
          if (has_next)
            n = append_folded (token, n, next);
          if (n > 0 && !func (token, n, pos, pos + size + (has_next ? next_size : 0), data))
            return;
          pos += size;
          /* In a query the pair before has said it all; a document also gets its last character alone. */
          if (has_next && is_query)
            {
              gsize after_size = 0;
              gsize after = pos + next_size;

              if (after >= len || !is_cjk (next_char (text + after, len - after, &after_size)))
                pos = after;
            }
          continue;
        }

      while (pos < len)
        {
          const Near *near;
          CharClass here;

          if ((guchar) text[pos] < 0x80)
            {
              here = ascii_classes[(guchar) text[pos]];
              if (here == CLASS_SPACE)
                break;
              if (here != class && is_code == UNKNOWN)
                is_code = code_length (text + start, len - start) <= MAX_CODE ? CODE : NO_CODE;
              if (here != class && is_code == CODE)
                break;
              /* In letters the bit is that of lower case, in digits it is always there. */
              if (n < MAX_TOKEN)
                token[n++] = (char) (text[pos] | 0x20);
              pos++;
              continue;
            }
          near = find_near (text + pos, len - pos);
          if (near != NULL && n + near->len > MAX_TOKEN)
            near = NULL;
          if (near != NULL)
            {
              here = near->class;
              size = 2;
            }
          else
            {
              c = next_char (text + pos, len - pos, &size);
              here = classify (c);
            }
          if (here == CLASS_SPACE || here == CLASS_CJK)
            break;
          if (here != CLASS_IGNORED && here != class && is_code == UNKNOWN)
            is_code = code_length (text + start, len - start) <= MAX_CODE ? CODE : NO_CODE;
          if (here != CLASS_IGNORED && here != class && is_code == CODE)
            break;
          if (here != CLASS_IGNORED && near == NULL)
            n = append_folded (token, n, c);
          else if (here != CLASS_IGNORED)
            {
              memcpy (token + n, near->folded, near->len);
              n += near->len;
            }
          pos += size;
        }
      if (n > 0 && !func (token, n, start, pos, data))
        return;
    }
}

static gboolean
fold_cb (const char *token,
         gsize len,
         gsize start,
         gsize end,
         gpointer data)
{
  GString *out = data;

  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append_len (out, token, (gssize) len);
  return TRUE;
}

char *
mos_fold (const char *text)
{
  GString *out = g_string_new (NULL);

  mos_tokenize (text, strlen (text), TRUE, fold_cb, out);
  return g_string_free (out, FALSE);
}

/* --- words in a text --- */

static gboolean
list_cb (const char *token,
         gsize len,
         gsize start,
         gsize end,
         gpointer data)
{
  g_ptr_array_add (data, g_strndup (token, len));
  return TRUE;
}

struct _MosTextPattern
{
  GPtrArray *tokens; /* (owned) of char * */
  gboolean is_prefix;
  gboolean is_found;
  guint8 *had; /* for each of them: whether the text has just had it and those before it in a row */
};

MosTextPattern *
mos_text_pattern_new (const char *value,
                      gboolean is_prefix)
{
  MosTextPattern *self = g_new0 (MosTextPattern, 1);

  self->tokens = g_ptr_array_new_with_free_func (g_free);
  mos_tokenize (value, strlen (value), TRUE, list_cb, self->tokens);
  self->is_prefix = is_prefix;
  self->had = g_new0 (guint8, self->tokens->len + 1);
  return self;
}

void
mos_text_pattern_free (MosTextPattern *self)
{
  g_ptr_array_unref (self->tokens);
  g_free (self->had);
  g_free (self);
}

static gboolean
pattern_cb (const char *token,
            gsize len,
            gsize start,
            gsize end,
            gpointer data)
{
  MosTextPattern *self = data;

  for (guint i = self->tokens->len; i-- > 0;)
    {
      const char *wanted = self->tokens->pdata[i];
      gsize wanted_len = strlen (wanted);
      gboolean is_last = i + 1 == self->tokens->len;

      self->had[i] = (i == 0 || self->had[i - 1]) && (is_last && self->is_prefix ? wanted_len <= len : wanted_len == len) && memcmp (token, wanted, wanted_len) == 0;
      if (is_last && self->had[i])
        self->is_found = TRUE;
    }
  return !self->is_found;
}

gboolean
mos_text_pattern_is_in (MosTextPattern *self,
                        const char *text)
{
  self->is_found = FALSE;
  if (text == NULL || self->tokens->len == 0)
    return FALSE;
  memset (self->had, 0, self->tokens->len);
  mos_tokenize (text, strlen (text), FALSE, pattern_cb, self);
  return self->is_found;
}

gboolean
mos_text_has (const char *text,
              const char *pattern,
              gboolean is_prefix)
{
  g_autoptr (MosTextPattern) self = mos_text_pattern_new (pattern, is_prefix);

  return mos_text_pattern_is_in (self, text);
}

static void
has_sql_cb (sqlite3_context *context,
            int n_values,
            sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  const char *pattern = (const char *) sqlite3_value_text (values[1]);

  sqlite3_result_int (context, text != NULL && pattern != NULL && mos_text_has (text, pattern, sqlite3_value_int (values[2]) != 0));
}

char *
mos_lower (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *lower = g_utf8_strdown (valid, -1);

  return g_utf8_normalize (lower, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

static void
lower_sql_cb (sqlite3_context *context,
              int n_values,
              sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);

  if (text != NULL)
    sqlite3_result_text (context, mos_lower (text), -1, g_free);
}

/* --- FTS5 --- */

typedef struct
{
  void *context;
  int (*token) (void *, int, const char *, int, int, int);
  int rc;
} Fts5Call;

static gboolean
fts5_token_cb (const char *token,
               gsize len,
               gsize start,
               gsize end,
               gpointer data)
{
  Fts5Call *call = data;

  call->rc = call->token (call->context, 0, token, (int) len, (int) start, (int) end);
  return call->rc == SQLITE_OK;
}

static int
fts5_create_cb (void *context,
                const char **args,
                int n_args,
                Fts5Tokenizer **ret_tokenizer)
{
  /* It has no state; any pointer but NULL will do. */
  *ret_tokenizer = (Fts5Tokenizer *) folds;
  return SQLITE_OK;
}

static void
fts5_delete_cb (Fts5Tokenizer *tokenizer)
{
}

static int
fts5_tokenize_cb (Fts5Tokenizer *tokenizer,
                  void *context,
                  int flags,
                  const char *text,
                  int len,
                  int (*token) (void *, int, const char *, int, int, int))
{
  Fts5Call call = { context, token, SQLITE_OK };

  if (text != NULL && len > 0)
    mos_tokenize (text, (gsize) len, (flags & FTS5_TOKENIZE_QUERY) != 0, fts5_token_cb, &call);
  return call.rc;
}

gboolean
mos_tokenizer_register (sqlite3 *handle)
{
  static fts5_tokenizer tokenizer = { fts5_create_cb, fts5_delete_cb, fts5_tokenize_cb };
  sqlite3_stmt *statement = NULL;
  fts5_api *api = NULL;
  gboolean ok = FALSE;

  if (sqlite3_prepare_v2 (handle, "SELECT fts5(?1)", -1, &statement, NULL) == SQLITE_OK)
    {
      sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
      sqlite3_step (statement);
      ok = api != NULL && api->xCreateTokenizer (api, "mostrador", NULL, &tokenizer, NULL) == SQLITE_OK;
    }
  sqlite3_finalize (statement);
  return ok && sqlite3_create_function_v2 (handle, "mos_has", 3, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL, has_sql_cb, NULL, NULL, NULL) == SQLITE_OK &&
         sqlite3_create_function_v2 (handle, "mos_lower", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL, lower_sql_cb, NULL, NULL, NULL) == SQLITE_OK;
}
