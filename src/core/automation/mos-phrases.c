/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-automation"

#include "config.h"

#include "core/automation/mos-phrases.h"

#include <string.h>

/* More of a text says little more. */
#define MAX_TEXT 4000
#define MAX_SENTENCE 200
#define MAX_WORDS 3

/* Words that say nothing by themselves, without case and accents: what is left tells what a sentence is about. Greetings, thanks and signatures are among them. */
static const struct
{
  const char *language;
  const char *words;
} quiet[] = {
  { "en", " a about after again all also am an and any are as at back be because been before being best but by can could day days dear did do does doing done don for from get give go going good got had has have having he hello her here hi him his how i if im in into is it its just know let like ll look me more much my need no not now of off ok on one only or other our out over please re regards same see she should so some still tell than thank thanks that the their them then there these they this those time to too up us use ve very want was we well were what when where which while who why will with would yes yet you your yours " },
  { "es", " a al algo algun alguna ante antes aqui asi atentamente aun buena buenas bueno buenos cada como con cual cuando cuanto de del desde dia dias dice donde dos el ella ellos en entre era eres es esa ese eso esta estan estar estas este esto estoy fue gracias ha hace hacer han hasta hay he hola hoy la las le les lo los mas me mi mis mucho muy nada ni no nos o os otra otro para pero por porque puede pueden puedo que queria quiero quisiera saber saludo saludos se ser si sido sin sobre solo somos son soy su sus tal tambien tan te tengo ti tiene tienen todavia todo todos tu tus un una uno unos usted vosotros y ya yo " },
  { "fr", " a ai alors apres au aucun aussi autre aux avant avec avez avoir avons bien bonjour bonsoir c ca car ce cela ces cet cette chez comme comment cordialement d dans de depuis des deux dois donc du elle elles en encore est et etait etc ete etes etre fait faire il ils j je jour jours l la le les leur lui m ma mais me merci mes moi mon n ne ni nos notre nous on ont ou par pas peu peut peux plait plus pour pourquoi pouvez pouvoir qu quand que quel quelle qui quoi s sa salut sans savoir se sera ses si son sont souhaite sous suis sur t ta te tes toi ton tous tout toute tres tu un une veux voici vos votre voudrais vous y " },
  { "de", " aber alle allem allen alles als also am an andere auch auf aus bei beim bereits bin bis bitte da damit dann danke das dass dazu dein dem den denn der des die dies diese diesem diesen dieser dieses doch du durch ein eine einem einen einer eines er es etwas euch euer fur gab ganz geehrte gern gerne gibt gruss grusse gut guten habe haben hallo hat hatte hatten heute hier ich ihm ihn ihnen ihr ihre ihren ihrer im immer in ist ja jetzt kann kein keine konnen konnte konnten lg liebe mal man mehr mein meine meinem meinen meiner mfg mich mir mit mochte moin morgen muss nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seit sich sie sind so soll sollte tag tage uber um und uns unser unsere viel vielen vom von vor wann war waren warum was weil wenn wer werden wie wieder will wir wird wo wollte wurde wurden zu zum zur " },
  { "it", " a ad agli ai al alla alle anche ancora avere aveva avete ben bene buona buongiorno buonasera c che chi ci ciao come con cosa cosi cui da dal dalla dei del della delle dello deve di distinti dopo dove due e ed era essere fa fare fino fra gia giorno giorni gli grazie ha hai hanno ho i il in io l la le lei lo loro lui ma me mi mia miei mio molto ne nei nel nella no noi non nostra nostro o ogni oggi ora per perche piu poi posso potete prima puo qual quale quando quanto quella quelle quello questa queste questi questo qui saluti salve sapere se sei senza si siamo siete solo sono sta stato su sua sui suo sul sulla tra tu tutti tutto un una uno vi voi volevo vorrei vostra vostro " },
  { "pt", " a ainda algo algum alguma ao aos aqui as assim ate atenciosamente bem boa boas bom com como cumprimentos da das de dela dele deles depois desde dia dias do dois dos e ela elas ele eles em entao entre era essa esse esta estao estar estas este estou eu favor fazer foi fora gostaria ha hoje isso isto ja la lhe mais mas me mesmo meu meus minha minhas muito na nao nas nem no nos nossa nosso o obrigada obrigado ola onde os ou outra outro para pela pelo pode podem poder por porque posso pra qual quando quanto que quem quero saber se sem ser seu seus sido so sobre sou sua suas tambem te tem tenho ter teu toda todo todos tu tudo um uma uns voce voces vos " },
  { "ca", " a abans aixo aixi al algun alguna als altra altre amb aquest aquesta aquests aqui ara atentament be bon bona bones cada com d de del dels des despres dia dies doncs dos el ella ells els em en encara ens entre era es esta estan estar estic et fa fer fins forca fou gracies ha han has he hi ho hola i ja jo l la les li lo m ma mai mes meu meva meus molt moltes n ni no nos nosaltres o on per pero perque plau pot poden podria puc qual quan quant que qui res s sa salutacions se sense ser seu seva si sigui sobre soc som son sota sou t tal tambe te tenen tinc tot tots tu un una uns us va vaig vos vosaltres vol voldria vull " },
  { "ar", " في من على الى إلى عن مع هذا هذه ذلك تلك التي الذي الذين هو هي هم نحن انا أنا انت أنت كان كانت يكون لا لم لن ما ماذا متى اين أين كيف هل لماذا كم قد لقد ثم او أو و يا ان أن إن اذا إذا لكن كل بعد قبل حتى عند لدي لدى لك لكم لي له لها منذ غير بين شكرا مرحبا السلام عليكم تحياتي من فضلك فضلكم الرجاء رجاء اريد أريد يمكن ممكن يوم ايام أيام " },
};

void
mos_phrase_free (MosPhrase *phrase)
{
  g_free (phrase->key);
  g_free (phrase->shown);
  g_free (phrase->sentence);
  g_free (phrase);
}

/* Compatibility decomposition without marks (Unicode Standard Annex 15), lower case */
static char *
fold_word (const char *word)
{
  g_autofree char *apart = g_utf8_normalize (word, -1, G_NORMALIZE_ALL);
  g_autofree char *low = g_utf8_casefold (apart != NULL ? apart : word, -1);
  GString *folded = g_string_new (NULL);

  for (const char *p = low; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (folded, g_utf8_get_char (p));
  return g_string_free (folded, FALSE);
}

/* One or several are the same: "parcels", "colis", "pedidos" lose their last letter. */
static void
make_key (char *folded)
{
  const gsize n = strlen (folded);

  if (n > 4 && folded[n - 1] == 's')
    folded[n - 1] = '\0';
}

static gboolean
is_in_list (const char *list,
            const char *word)
{
  g_autofree char *wanted = g_strconcat (" ", word, " ", NULL);

  return strstr (list, wanted) != NULL;
}

static gboolean
is_quiet (const char *folded,
          const char *word,
          const char *language)
{
  gboolean is_known = FALSE;

  for (gsize i = 0; language != NULL && i < G_N_ELEMENTS (quiet); i++)
    is_known = is_known || g_str_has_prefix (language, quiet[i].language);
  for (gsize i = 0; i < G_N_ELEMENTS (quiet); i++)
    /* English words are in texts of every language. */
    if ((!is_known || i == 0 || g_str_has_prefix (language, quiet[i].language)) && (is_in_list (quiet[i].words, folded) || is_in_list (quiet[i].words, word)))
      return TRUE;
  return FALSE;
}

/* A number is an order's, a price or a date: it tells one from another, not what about. Writings without spaces are left as they are. */
static gboolean
says_something (const char *folded,
                const char *word,
                const char *language,
                const char *const *names)
{
  glong n = 0;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p), n++)
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      return FALSE;
  return n >= 3 && n <= 30 && !is_quiet (folded, word, language) && !g_strv_contains (names, folded);
}

typedef struct
{
  char *key;
  char *shown;
} Word;

static void
word_clear (gpointer data)
{
  g_free (((Word *) data)->key);
  g_free (((Word *) data)->shown);
}

static char **
fold_names (const char *name)
{
  g_autofree char *folded = fold_word (name != NULL ? name : "");

  return g_strsplit_set (folded, " ,.-@", -1);
}

/* The words of it that say something, in their order */
static GArray *
list_words (const char *text,
            gsize size,
            const char *language,
            const char *const *names)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  const char *end = text + size, *begin = NULL;

  g_array_set_clear_func (words, word_clear);
  for (const char *p = text; p <= end; p = g_utf8_next_char (p))
    {
      const gunichar c = p < end ? g_utf8_get_char (p) : ' ';

      if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        {
          if (begin == NULL)
            begin = p;
        }
      else if (begin != NULL)
        {
          g_autofree char *shown = g_strndup (begin, (gsize) (p - begin));
          g_autofree char *low = g_utf8_strdown (shown, -1);
          Word word = { .key = fold_word (shown), .shown = g_strdup (low) };

          begin = NULL;
          if (says_something (word.key, low, language, names))
            {
              make_key (word.key);
              g_array_append_val (words, word);
            }
          else
            word_clear (&word);
        }
      if (p == end)
        break;
    }
  return words;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_phrase (GPtrArray *phrases,
            GHashTable *seen,
            const GArray *words,
            guint first,
            guint n,
            const char *sentence)
{
  const char *keys[MAX_WORDS + 1] = { NULL };
  const char *shown[MAX_WORDS + 1] = { NULL };
  MosPhrase *phrase;
  char *key;

  for (guint i = 0; i < n; i++)
    {
      keys[i] = g_array_index (words, Word, first + i).key;
      shown[i] = g_array_index (words, Word, first + i).shown;
    }
  qsort (keys, n, sizeof keys[0], compare_texts);
  /* the same word twice */
  for (guint i = 1; i < n; i++)
    if (strcmp (keys[i - 1], keys[i]) == 0)
      return;
  key = g_strjoinv (" ", (char **) keys);
  if (!g_hash_table_add (seen, key))
    return;
  phrase = g_new0 (MosPhrase, 1);
  phrase->key = g_strdup (key);
  phrase->shown = g_strjoinv (" ", (char **) shown);
  phrase->sentence = g_strdup (sentence);
  g_ptr_array_add (phrases, phrase);
}

static char *
dup_sentence (const char *begin,
              gsize size)
{
  g_autofree char *sentence = g_strndup (begin, size);

  for (char *p = sentence; *p != '\0'; p++)
    if (g_ascii_isspace (*p))
      *p = ' ';
  g_strstrip (sentence);
  if (g_utf8_strlen (sentence, -1) > MAX_SENTENCE)
    *g_utf8_offset_to_pointer (sentence, MAX_SENTENCE) = '\0';
  return g_steal_pointer (&sentence);
}

static gboolean
is_question_mark (gunichar c)
{
  return c == '?' || c == 0x061F || c == 0xFF1F || c == 0x037E;
}

static gboolean
is_end (const char *p)
{
  const gunichar c = g_utf8_get_char (p), next = g_utf8_get_char (g_utf8_next_char (p));

  if (is_question_mark (c) || c == '!' || c == 0xA1 || c == 0xBF || c == 0x3002)
    return TRUE;
  /* "3.50", "shop.example" */
  if (c == '.' || c == ';')
    return next == '\0' || g_unichar_isspace (next);
  return c == '\n' && next == '\n';
}

GPtrArray *
mos_phrases_list (const char *text,
                  const char *language,
                  const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, MAX_TEXT));
  g_auto (GStrv) names = fold_names (name);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *phrases = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_phrase_free);
  const char *begin = valid;
  guint n_sentences = 0;

  for (const char *p = valid;; p = g_utf8_next_char (p))
    {
      const gboolean is_last = *p == '\0';

      if (!is_last && !is_end (p))
        continue;
      if (p > begin)
        {
          const gboolean is_question = !is_last && is_question_mark (g_utf8_get_char (p));
          g_autofree char *sentence = dup_sentence (begin, (gsize) (p - begin) + (is_question ? (gsize) (g_utf8_next_char (p) - p) : 0));

          if (*sentence != '\0')
            n_sentences++;
          if (is_question || (is_last && n_sentences == 1))
            {
              g_autoptr (GArray) words = list_words (begin, (gsize) (p - begin), language, (const char *const *) names);

              for (guint n = MAX_WORDS; n >= 2; n--)
                for (guint i = 0; i + n <= words->len; i++)
                  add_phrase (phrases, seen, words, i, n, sentence);
              /* "Invoice?" */
              if (words->len == 1)
                add_phrase (phrases, seen, words, 0, 1, sentence);
            }
        }
      if (is_last)
        return phrases;
      begin = g_utf8_next_char (p);
    }
}

GPtrArray *
mos_phrases_list_words (const char *text,
                        const char *language,
                        const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) strnlen (text, MAX_TEXT));
  g_auto (GStrv) names = fold_names (name);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) words = list_words (valid, strlen (valid), language, (const char *const *) names);
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < words->len; i++)
    {
      Word *word = &g_array_index (words, Word, i);

      if (!g_hash_table_contains (seen, word->key))
        {
          g_ptr_array_add (keys, g_strdup (word->key));
          g_hash_table_add (seen, keys->pdata[keys->len - 1]);
        }
    }
  return keys;
}
