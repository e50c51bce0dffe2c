/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/automation/mos-categorize.h"
#include "mos-test.h"

#include <string.h>

/* What customers' words speak of, in the eight languages; and what speaks of nothing. */

static const struct
{
  const char *language; /* (nullable) */
  const char *subject;
  const char *text;
  const char *order_status; /* (nullable) */
  const char *category;     /* (nullable) */
} cases[] = {
  /* each language */
  { "en", "Order 2044", "Hello, where is my order? I ordered two weeks ago.", NULL, "order-status" },
  { "en", "", "The vase arrived broken and the box was damaged.", "delivered", "damaged" },
  { "en", "", "I would like to return the jacket, it does not suit me.", "delivered", "return" },
  { "en", "", "Could I exchange it for a different size please?", NULL, "exchange" },
  { "en", "Refund", "I sent it back in May and want my money back.", "refunded", "refund" },
  { "en", "", "One of the two cups is missing from the parcel.", NULL, "missing-item" },
  { "en", "", "Please change the delivery address to 5 Mill Lane.", "processing", "wrong-address" },
  { "en", "", "I want to cancel my order please.", "processing", "cancellation" },
  { "en", "", "Do you still have the blue one in stock?", NULL, "product-question" },
  { "en", "", "Please send me an invoice with our VAT number.", NULL, "billing" },
  { "en", "", "The discount code does not apply to my basket.", NULL, "discount" },
  { "en", "", "This is unacceptable, I shall make a complaint.", NULL, "complaint" },
  { "es", "", "Hola, ¿dónde está mi pedido? Aún no sé nada.", NULL, "order-status" },
  { "es", "", "El jarrón ha llegado ROTO y la caja golpeada.", NULL, "damaged" },
  { "es", "", "Quiero devolver la chaqueta.", "delivered", "return" },
  { "es", "", "Quiero que me devuelvan el dinero, un reembolso completo.", NULL, "refund" },
  { "es", "", "¿Me pueden mandar la factura con mi NIF?", NULL, "billing" },
  { "es", "", "Quisiera cancelar el pedido de ayer.", "pending", "cancellation" },
  { "de", "", "Guten Tag, wo bleibt meine Bestellung?", NULL, "order-status" },
  { "de", "", "Die Vase ist leider zerbrochen angekommen.", NULL, "damaged" },
  { "de", "", "Ich möchte die Jacke zurückschicken und brauche ein Rücksendeetikett.", NULL, "return" },
  { "de", "", "Bitte senden Sie mir die Rechnung mit USt-IdNr.", NULL, "billing" },
  { "de", "", "Ich möchte die Bestellung stornieren.", NULL, "cancellation" },
  { "fr", "", "Bonjour, où est ma commande ?", NULL, "order-status" },
  { "fr", "", "L’article est arrivé cassé et ne fonctionne pas.", NULL, "damaged" },
  { "fr", "", "Je souhaite être remboursée de ma commande.", "cancelled", "refund" },
  { "fr", "", "Je n’ai rien reçu et c’est en retard.", NULL, "shipping-delay" },
  { "it", "", "Buongiorno, dov’è il mio ordine?", NULL, "order-status" },
  { "it", "", "Il vaso è arrivato rotto.", NULL, "damaged" },
  { "it", "", "Vorrei cambiare l'indirizzo di consegna.", NULL, "wrong-address" },
  { "pt", "", "Olá, onde está a minha encomenda?", NULL, "order-status" },
  { "pt", "", "Oi, cadê meu pedido?", NULL, "order-status" },
  { "pt", "", "Vou reclamar no Procon.", NULL, "complaint" },
  { "pt", "", "A jarra chegou quebrada.", NULL, "damaged" },
  { "pt", "", "Quero trocar por outro tamanho.", NULL, "exchange" },
  { "ca", "", "Hola, on és la meva comanda?", NULL, "order-status" },
  { "ca", "", "El gerro ha arribat trencat.", NULL, "damaged" },
  { "ca", "", "Vull cancel·lar la comanda.", NULL, "cancellation" },
  { "ar", "", "مرحبا، أين طلبي؟", NULL, "order-status" },
  { "ar", "", "وصل المنتج مكسورًا.", NULL, "damaged" },
  { "ar", "", "أريد فاتورة بالرقم الضريبي", NULL, "billing" },

  /* as people really write */
  { "en", "", "Where's my parcel? It never arrived.", NULL, "order-status" },
  { "en", "", "Do you have the tracking number?", NULL, "order-status" },
  { "es", "", "Me falta una taza.", NULL, "missing-item" },
  { "es", "", "¿Me pasan el número de guía?", NULL, "order-status" },
  { "de", "", "Bitte die Bestellung stornieren, falls nicht schon storniert.", NULL, "cancellation" },
  { "de", "", "Ich möchte den Artikel reklamieren.", NULL, "complaint" },
  { "fr", "", "Pouvez-vous me renvoyer la facture ?", NULL, "billing" },
  { "fr", "", "La tasse est cassée.", NULL, "damaged" },
  { "fr", "", "Je suis très déçue.", NULL, "complaint" },
  { "it", "", "Vorrei fare un reso.", NULL, "return" },
  { "it", "", "Nel pacco manca una tazza.", NULL, "missing-item" },
  { "pt", "", "Vou abrir uma queixa no Reclame Aqui.", NULL, "complaint" },
  { "pt", "", "Paguei o boleto duas vezes.", NULL, "billing" },
  { "ca", "", "Em falta una tassa.", NULL, "missing-item" },
  { "ca", "", "Vull tornar-lo.", NULL, "return" },
  { "ar", "", "وين طلبي؟", NULL, "order-status" },
  { "ar", "", "تم خصم المبلغ مرتين", NULL, "billing" },
  { "ar", "", "عندما وصل المنتج كان مكسورا", NULL, "damaged" },
  { "ar", "", "أريد إرجاع المبلغ", NULL, "refund" },

  /* other spellings of the same */
  { "es-MX", "", "DONDE ESTA MI PEDIDO", NULL, "order-status" },
  { "pt_BR.UTF-8", "", "Onde está meu pedido?", NULL, "order-status" },
  { NULL, "", "Wo ist mein Paket? Où est mon colis ?", NULL, "order-status" },
  { "nl", "", "Hi, where is my package?", NULL, "order-status" },
  { "en", "", "has\nn't  matter: WHERE   IS\tMY\nORDER", NULL, "order-status" },
  { "fr", "", "Ou\xcc\x80 est ma commande", NULL, "order-status" },

  /* nothing that speaks of anything */
  { "en", "", "", NULL, NULL },
  { "en", "Hello", "Thank you very much, all is well. Best wishes, Ann", "delivered", NULL },
  { "en", "", "", "refunded", NULL },
  { "en", "", "…!? 😀 — 12345", "shipped", NULL },
  /* the beginning of a word, and short words whole */
  { "en", "", "I was tornado-chasing while unbroken and prereturn the-", NULL, NULL },
  { "es", "", "El nifico y la ivana", NULL, NULL },
  { "es", "", "Mi NIF: X1", NULL, "billing" },
  /* what says something else, too, or is only polite */
  { "en", "", "I am a returning customer.", NULL, NULL },
  { "es", "", "Vale, muchas gracias.", NULL, NULL },
  { "es", "", "¿Cuánto vale la lámpara?", NULL, NULL },
  { "es", "", "¿Qué consumo tiene la lámpara?", NULL, NULL },
  { "es", "", "Todavía no recibo respuesta.", NULL, NULL },
  { "es", "", "¿Hace falta un adaptador?", NULL, NULL },
  { "de", "", "Haben Sie das Paket schon verschickt?", NULL, NULL },
  { "fr", "", "Dans l’attente d’un retour de votre part.", NULL, NULL },
  { "fr", "", "Suite à nos échanges, je reste disponible.", NULL, NULL },
  { "fr", "", "La casserole est jolie.", NULL, NULL },
  { "fr", "", "J’attends un bon de livraison.", NULL, NULL },
  { "it", "", "Grazie per la disponibilità.", NULL, NULL },
  { "it", "", "Mi sono reso conto di un errore.", NULL, NULL },
  { "it", "", "L’ho ricevuta ieri, grazie.", NULL, NULL },
  { "it", "", "Mancata consegna", NULL, NULL },
  { "pt", "", "Não vale a pena.", NULL, NULL },
  { "pt", "", "Tomarei as medidas cabíveis.", NULL, NULL },
  { "pt", "", "Não tenho do que reclamar.", NULL, NULL },
  { "ca", "", "He rebut el paquet, gràcies.", NULL, NULL },
  /* of another language, where that is known */
  { "de", "", "Il vaso è rotto", NULL, NULL },
  { NULL, "", "Il vaso è rotto", NULL, "damaged" },

  /* more words say more */
  { "en", "", "I want to return it, and get a refund of my money back", NULL, "return" },
  { "en", "Refund", "I want to return it", NULL, "return" },
  /* the subject counts twice */
  { "en", "Invoice", "It is damaged.", NULL, "billing" },
  /* of two that say the same, what comes first */
  { "en", "", "It is broken. Please send an invoice.", NULL, "damaged" },
  { "en", "", "The invoice please. And it is broken.", NULL, "billing" },
  /* the order decides between such */
  { "en", "", "The invoice please. And it is broken.", "delivered", "damaged" },
  { "en", "", "It is broken. Please send an invoice.", "pending", "damaged" },
};

static char *
dup_words (MosCategoryHint *hint)
{
  return hint != NULL ? g_strjoinv ("|", hint->words) : g_strdup ("");
}

static void
test_table (void)
{
  g_autoptr (GPtrArray) categories = mos_categorize_list_standard (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosCategoryHint) hint = mos_categorize (categories, cases[i].subject, cases[i].text, cases[i].language, cases[i].order_status);
      g_autofree char *words = dup_words (hint);

      g_test_message ("%s: %s (%s)", cases[i].text, hint != NULL ? hint->category : "-", words);
      g_assert_cmpstr (hint != NULL ? hint->category : NULL, ==, cases[i].category);
      if (hint != NULL)
        g_assert_nonnull (hint->words[0]);
    }
}

static void
test_reasons (void)
{
  g_autoptr (GPtrArray) categories = mos_categorize_list_standard (NULL);
  g_autoptr (MosCategoryHint) hint = NULL;
  g_autofree char *words = NULL;

  g_test_summary ("What was found is told once, though two languages and the subject have it; and the order only where it spoke for it");
  hint = mos_categorize (categories, "Factura", "Necesito la factura del pedido. Factura!", NULL, "delivered");
  g_assert_cmpstr (hint->category, ==, "billing");
  words = dup_words (hint);
  g_assert_cmpstr (words, ==, "factura");
  g_assert_null (hint->order_status);
  g_clear_pointer (&hint, mos_category_hint_unref);

  hint = mos_categorize (categories, "", "It arrived broken and scratched", "en", "delivered");
  g_free (words);
  words = dup_words (hint);
  g_assert_cmpstr (words, ==, "broken|scratched");
  g_assert_cmpstr (hint->order_status, ==, "delivered");
}

static MosCategory *
make (const char *id,
      const char *name,
      const char *words)
{
  MosCategory *category = mos_category_new ();

  category->id = g_strdup (id);
  category->name = g_strdup (name);
  category->words = g_strdup (words);
  return category;
}

static const char *
find (GPtrArray *categories,
      const char *text)
{
  g_autoptr (MosCategoryHint) hint = mos_categorize (categories, "", text, "nl", NULL);
  const MosCategory *category = hint != NULL ? mos_categories_find (categories, hint->category) : NULL;

  return category != NULL ? category->id : NULL;
}

static void
test_own (void)
{
  g_autoptr (GPtrArray) categories = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_category_unref);

  g_test_summary ("A shop's own categories are found by their names and words; what it took out is not found");
  g_assert_null (find (categories, "where is my order"));
  g_ptr_array_add (categories, make ("return", "Retour", "terugsturen, retourlabel ;; ,"));
  g_ptr_array_add (categories, make ("x1", "Wholesale", "reseller،بالجملة\nbulk price"));
  g_assert_cmpstr (find (categories, "Ik wil het terugsturen"), ==, "return");
  g_assert_cmpstr (find (categories, "How do I return it?"), ==, "return");
  g_assert_cmpstr (find (categories, "We are resellers"), ==, "x1");
  g_assert_cmpstr (find (categories, "a Bulk-price?"), ==, "x1");
  g_assert_cmpstr (find (categories, "أريد الشراء بالجملة"), ==, "x1");
  g_assert_cmpstr (find (categories, "About WHOLESALE"), ==, "x1");
  g_assert_null (find (categories, "where is my order"));
  ((MosCategory *) categories->pdata[1])->is_removed = TRUE;
  g_assert_null (find (categories, "About wholesale"));
}

static void
test_standard (void)
{
  static const struct
  {
    const char *locale;
    const char *name;
  } shipped[] = {
    { "es_ES.UTF-8", "Estado del pedido" },
    { "pt_BR.UTF-8", "Status do pedido" },
    { "fr_FR.UTF-8", "État de la commande" },
    { "de", "Bestellstatus" },
    { "it-ch", "Stato dell’ordine" },
    { "ca", "Estat de la comanda" },
    { "ar", "حالة الطلب" },
  };
  g_autoptr (GPtrArray) english = mos_categorize_list_standard ("nl_NL.UTF-8");

  g_test_summary ("The list to begin with has names in the languages of the program, English else; each once");
  g_assert_cmpuint (english->len, ==, 13);
  g_assert_cmpstr (((MosCategory *) english->pdata[0])->name, ==, "Order status");
  for (guint i = 0; i < english->len; i++)
    g_assert_true (mos_categories_find (english, ((MosCategory *) english->pdata[i])->id) == english->pdata[i]);
  for (gsize l = 0; l < G_N_ELEMENTS (shipped); l++)
    {
      g_autoptr (GPtrArray) categories = mos_categorize_list_standard (shipped[l].locale);
      g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

      g_assert_cmpuint (categories->len, ==, english->len);
      g_assert_cmpstr (((MosCategory *) categories->pdata[0])->name, ==, shipped[l].name);
      for (guint i = 0; i < categories->len; i++)
        {
          const MosCategory *category = categories->pdata[i];

          g_assert_cmpstr (category->name, !=, ((MosCategory *) english->pdata[i])->name);
          g_assert_true (g_hash_table_add (names, category->name));
        }
    }
  g_assert_true (mos_categories_find (english, "complaint")->is_complex);
  g_assert_false (mos_categories_find (english, "order-status")->is_complex);
}

static void
test_hostile (void)
{
  g_autoptr (GPtrArray) categories = mos_categorize_list_standard (NULL);
  g_autoptr (GString) huge = g_string_new (NULL);
  static const char *const texts[] = { "\xff\xfe broken", "\xf0\x9f", "where is my\xc2", "\xe2\x80\xae\xe2\x80\xae broken", "%s%n broken %d" };

  g_test_summary ("Text that is huge or no UTF-8 is looked through as far as is sensible, and harms nothing");
  while (huge->len < 8 * 1024 * 1024)
    g_string_append (huge, "aaaa\xcc\x81 \xef\xbf\xbf");
  g_string_append (huge, " broken");
  {
    g_autoptr (MosCategoryHint) hint = mos_categorize (categories, huge->str, huge->str, NULL, "shipped");

    g_assert_null (hint);
  }
  g_string_prepend (huge, "broken ");
  {
    g_autoptr (MosCategoryHint) hint = mos_categorize (categories, "", huge->str, "en", NULL);

    g_assert_cmpstr (hint->category, ==, "damaged");
  }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (MosCategoryHint) hint = mos_categorize (categories, texts[i], texts[i], "\xff", "no such state");

      g_assert_true (hint == NULL || g_str_equal (hint->category, "damaged"));
    }
  /* own words that are hostile, too */
  {
    g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_category_unref);
    g_autoptr (MosCategoryHint) hint = NULL;

    g_ptr_array_add (own, make ("y", "…", ",,,;\n, \xff\xff ,()*+"));
    hint = mos_categorize (own, "anything (at) *all*", "…", NULL, NULL);
    g_assert_null (hint);
  }
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    const char *text;
    const char *category;
  } table[] = {
    { "Sabine Groß", "Wann kommt es?\n\nViele Grüße\nSabine Groß", NULL },
    { "Sabine Groß", "Wann kommt es?\nS. GROSS\n", NULL },
    { "Groß, Sabine", "Hier schreibt Sabine Groß, wann kommt es?", NULL },
    { "Sabine Maria Groß", "Groß, Sabine Maria fragt: wann kommt es?", NULL },
    { "Sabine Groß", "Das Kleid ist zu groß.\nSabine Groß", "x1" },
    { "Sabine Groß", "Sabine hier: ist es zu groß?", "x1" },
    { "Groß", "Das Kleid ist zu groß", "x1" },
    { "Groß", "Wann kommt es?\nGroß", NULL },
    { "Petra Klein", "Hallo\nSabine Groß", "x1" },
    { "", "Groß", "x1" },
    { "…", "Groß", "x1" },
    { NULL, "zu\ngroß", "x1" },
  };
  g_autoptr (GPtrArray) categories = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_category_unref);

  g_test_summary ("Whoever is called as a category is said nothing of it by signing; within a sentence the word is one");
  g_ptr_array_add (categories, make ("x1", "Größe", "groß, zu groß"));
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = mos_categorize_leave_out_name (table[i].text, table[i].name);

      g_test_message ("%s: %s", table[i].name, table[i].text);
      g_assert_cmpstr (find (categories, text), ==, table[i].category);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/categorize/table", test_table);
  g_test_add_func ("/categorize/reasons", test_reasons);
  g_test_add_func ("/categorize/own", test_own);
  g_test_add_func ("/categorize/names", test_names);
  g_test_add_func ("/categorize/standard", test_standard);
  g_test_add_func ("/categorize/hostile", test_hostile);
  return g_test_run ();
}
