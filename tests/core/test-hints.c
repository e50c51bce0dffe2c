/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "corpus-fixture.h"
#include "desk-fixture.h"

#include "core/automation/mos-hints.h"
#include "core/base/mos-domain.h"
#include "core/desk/mos-hint-facts.h"

#include <string.h>

static const char *const own_domains[] = { "lanaymar.example", "telarmar.com", NULL };
static const char *const own_names[] = { "Lana y Mar", "Support", "Customer Service", "Ana Ruiz", "Bea", NULL };
static const char *const partners[] = { "wollwerke.de", "hilados-sur.es", "gmail.com", "tinta1.de", "packhaus.com", "shop.co.uk" };

static GHashTable *
known_set (void)
{
  GHashTable *known = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (partners); i++)
    g_hash_table_add (known, (gpointer) partners[i]);
  return known;
}

/* --- names of hosts --- */

static void
test_domains (void)
{
  static const struct
  {
    const char *host;
    const char *base;
    const char *label;
  } cases[] = {
    { "mail.shop.co.uk", "shop.co.uk", "shop" },
    { "SHOP.de.", "shop.de", "shop" },
    { "xn--pypal-4ve.com", "p\xd0\xb0ypal.com", "p\xd0\xb0ypal" },
    { "192.0.2.7", "192.0.2.7", "192" },
    { "localhost", "localhost", "localhost" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = mos_domain_to_shown (cases[i].host);
      g_autofree char *base = mos_domain_base (shown);
      g_autofree char *label = mos_domain_label (shown);

      g_assert_cmpstr (base, ==, cases[i].base);
      g_assert_cmpstr (label, ==, cases[i].label);
    }
  g_assert_true (mos_domain_has_mixed_scripts ("p\xd0\xb0ypal.com"));
  g_assert_true (mos_domain_has_mixed_scripts ("xn--pypal-4ve.com"));
  g_assert_false (mos_domain_has_mixed_scripts ("\xd0\xbf\xd0\xbe\xd1\x87\xd1\x82\xd0\xb0.com")); /* each label alone */
  g_assert_false (mos_domain_has_mixed_scripts ("stra\xc3\x9f"
                                                "e.de"));
  g_assert_cmpuint (mos_domain_distance ("paypal", "paypla", 2), ==, 1);
  g_assert_cmpuint (mos_domain_distance ("paypal", "payypal", 2), ==, 1);
  g_assert_cmpuint (mos_domain_distance ("kitten", "sitting", 9), ==, 3);
  g_assert_cmpuint (mos_domain_distance ("a", "abcdef", 2), ==, 3);
  g_assert_cmpuint (mos_domain_distance ("", "", 1), ==, 0);
  g_assert_true (mos_domain_is_within ("mail.shop.de", "shop.de"));
  g_assert_false (mos_domain_is_within ("myshop.de", "shop.de"));
}

static void
test_ibans (void)
{
  static const struct
  {
    const char *text;
    const char *found; /* with blanks between */
  } cases[] = {
    { "Bitte auf DE89 3704 0044 0532 0130 00 zahlen.", "DE89370400440532013000" },
    { "DE89370400440532013000", "DE89370400440532013000" },
    { "iban: gb82 west 1234 5698 7654 32, thanks", "GB82WEST12345698765432" },
    { "DE89 3704 0044 0532 0130 01", "" },                          /* a digit wrong */
    { "DE89 3704 0044 0532 0130 0", "" },                           /* one too few */
    { "DE89 3704 0044 0532 0130 00 77", "DE89370400440532013000" }, /* the next number is another one */
    { "xDE89370400440532013000", "" },                              /* part of a word */
    { "ES91 2100 0418 4502 0005 1332 / ES91.2100.0418.4502.0005.1332", "ES9121000418450200051332" },
    { "NO93 8601 1117 947 and MT84 MALT 0110 0001 2345 MTLC AST0 01S", "NO9386011117947 MT84MALT011000012345MTLCAST001S" },
    { "Order AB12 3456 7890", "" },
    { "DE89\xc2\xa0"
      "3704\xc2\xa0"
      "0044\xc2\xa0"
      "0532\xc2\xa0"
      "0130\xc2\xa0"
      "00",
      "DE89370400440532013000" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) found = mos_iban_find_all (cases[i].text);
      g_autofree char *joined = g_strjoinv (" ", found);

      g_assert_cmpstr (joined, ==, cases[i].found);
    }
}

/* --- what a mail is suspected of --- */

typedef struct
{
  const char *name;
  const char *address;
  const char *reply_to;
  const char *link_text;
  const char *link_url;
  MosClassification classification;
  gboolean is_known;
  const char *kinds; /* in their order, with blanks between */
  const char *meant; /* (nullable): of the first */
} Case;

static GPtrArray *
judge (const Case *c,
       const char *text,
       const char *const *earlier)
{
  g_autoptr (GHashTable) known = known_set ();
  g_autoptr (GPtrArray) reply_to = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  g_autoptr (MosAddress) from = mos_address_make (c->name, c->address);
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (MosHintLink));
  MosHintLink link = { c->link_text, c->link_url };
  MosHintFacts facts = { c->classification, from, reply_to, text, links, own_domains, own_names, known, c->is_known, earlier };

  if (c->reply_to != NULL)
    g_ptr_array_add (reply_to, mos_address_make (NULL, c->reply_to));
  if (c->link_url != NULL)
    g_array_append_val (links, link);
  return mos_hints_evaluate (&facts);
}

static const Case cases[] = {
  /* people */
  { "Marta Gil", "marta@gmail.com", NULL, NULL, NULL, 0, FALSE, "", NULL },
  { "Marta Gil", "marta@wollwerk.de", NULL, NULL, NULL, 0, FALSE, "lookalike", "wollwerke.de" },
  { "Marta Gil", "marta@wollwerke.de", NULL, NULL, NULL, 0, FALSE, "", NULL },
  { "Marta Gil", "marta@einkauf.wollwerke.de", NULL, NULL, NULL, 0, FALSE, "", NULL },
  { "Marta Gil", "marta@tinta2.de", NULL, NULL, NULL, 0, FALSE, "", NULL }, /* a shop with another number */
  { "Marta Gil", "marta@wo11werke.de", NULL, NULL, NULL, 0, FALSE, "lookalike", "wollwerke.de" },
  { "Marta Gil", "marta@wo11werke.de", NULL, NULL, NULL, 0, TRUE, "", NULL }, /* somebody answered her */
  { "Marta Gil", "marta@packhavs.com", NULL, NULL, NULL, 0, FALSE, "lookalike", "packhaus.com" },
  { "Marta Gil", "marta@shop.org", NULL, NULL, NULL, 0, FALSE, "", NULL }, /* short and common */
  /* our own */
  { "Info", "info@telarmar.co", NULL, NULL, NULL, 0, FALSE, "lookalike", "telarmar.com" },
  { "Info", "info@te1armar.com", NULL, NULL, NULL, 0, FALSE, "lookalike", "telarmar.com" },
  { "Info", "info@telar-mar.com", NULL, NULL, NULL, 0, FALSE, "lookalike", "telarmar.com" },
  { "Info", "info@telarmar.com", NULL, NULL, NULL, 0, FALSE, "", NULL },
  { "Ana Ruiz", "ana.ruiz.office@gmail.com", NULL, NULL, NULL, 0, FALSE, "own_name", "Ana Ruiz" },
  { "ana  RUIZ", "x@gmail.com", NULL, NULL, NULL, 0, FALSE, "own_name", NULL },
  { "Ana Ruiz", "ana.ruiz.office@gmail.com", NULL, NULL, NULL, 0, TRUE, "", NULL },
  { "Ana Ruiz", "ana@telarmar.com", NULL, NULL, NULL, 0, FALSE, "", NULL },
  { "Bea", "bea@gmail.com", NULL, NULL, NULL, 0, FALSE, "", NULL },
  { "Customer Service", "help@carrier.example", NULL, NULL, NULL, 0, FALSE, "", NULL },
  { "Lana y Mar", "shop@orders.example", NULL, NULL, NULL, 0, FALSE, "own_name", NULL },
  /* well-known names */
  { "PayPal", "service@paypal.com", NULL, NULL, NULL, 0, FALSE, "", NULL },
  { "PayPal", "service@paypal.de", NULL, NULL, NULL, 0, FALSE, "", NULL },
  { "PayPal", "service@paypa1.com", NULL, NULL, NULL, 0, FALSE, "lookalike brand_name", "paypal.com" },
  { "PayPal", "service@xn--pypal-4ve.com", NULL, NULL, NULL, 0, FALSE, "lookalike brand_name", "paypal.com" },
  { "Service", "x@paypal-security.com", NULL, NULL, NULL, 0, FALSE, "brand_domain", "PayPal" },
  { "Service", "x@paypallogin.com", NULL, NULL, NULL, 0, FALSE, "brand_domain", "PayPal" },
  { "Service", "x@paypal.com.account-review.example", NULL, NULL, NULL, 0, FALSE, "brand_domain", "paypal.com" },
  { "Amazon", "x@amazon-river-tours.com", NULL, NULL, NULL, 0, FALSE, "brand_name", "Amazon" },
  { "River Tours", "x@amazon-river-tours.com", NULL, NULL, NULL, 0, FALSE, "", NULL },
  { "Amazon.de", "ship@amazon.de", NULL, NULL, NULL, MOS_CLASSIFICATION_BULK, FALSE, "", NULL },
  { "DHL Paket", "noreply@parcel-info.example", NULL, NULL, NULL, 0, FALSE, "brand_name", "DHL" },
  { "DHL Paket", "noreply@dhl.de", NULL, NULL, NULL, 0, FALSE, "", NULL },
  { "Paul Apple", "paul@orchard.example", NULL, NULL, NULL, 0, FALSE, "", NULL },
  { "Facebook", "n@facebookmail.com", NULL, NULL, NULL, MOS_CLASSIFICATION_BULK, FALSE, "", NULL },
  { "Weavers", "x@\xd0\xb0pple-pie.example", NULL, NULL, NULL, 0, FALSE, "mixed_scripts", NULL },
  /* names that are addresses */
  { "ceo@telarmar.com", "x7@gmail.com", NULL, NULL, NULL, 0, FALSE, "name_address", "ceo@telarmar.com" },
  { "ceo@telarmar.com", "x7@gmail.com", NULL, NULL, NULL, MOS_CLASSIFICATION_BULK, FALSE, "name_address", NULL },
  { "marta@one.example via Weavers", "list@groups.example", NULL, NULL, NULL, MOS_CLASSIFICATION_BULK, FALSE, "", NULL },
  { "marta@one.example", "marta@one.example", NULL, NULL, NULL, 0, FALSE, "", NULL },
  { "marta@one.example", "marta@mail.one.example", NULL, NULL, NULL, 0, FALSE, "", NULL },
  /* answers elsewhere */
  { "Boss", "boss@bigcompany.com", "boss.office@gmail.com", NULL, NULL, 0, FALSE, "reply_to", NULL },
  { "Boss", "boss@bigcompany.com", "boss@bigcompanny.com", NULL, NULL, 0, FALSE, "reply_to", NULL },
  { "Boss", "boss@bigcompany.com", "help@desk.example", NULL, NULL, 0, FALSE, "", NULL },
  { "News", "news@bigcompany.com", "news@gmail.com", NULL, NULL, MOS_CLASSIFICATION_BULK, FALSE, "", NULL },
  { "Marta", "marta@gmail.com", "marta@gmx.de", NULL, NULL, 0, FALSE, "", NULL },
  /* links */
  { "Marta", "marta@gmail.com", NULL, "www.paypal.com/login", "https://evil.example/login", 0, FALSE, "link", "paypal.com" },
  { "Marta", "marta@gmail.com", NULL, "www.paypal.com/login", "https://www.paypal.com/login", 0, FALSE, "", NULL },
  { "Marta", "marta@gmail.com", NULL, "Log in", "https://paypa1.com/login", 0, FALSE, "link", "paypal.com" },
  { "Marta", "marta@gmail.com", NULL, "Log in", "https://paypal.com.login.example/", 0, FALSE, "link", "paypal.com" },
  { "Marta", "marta@gmail.com", NULL, "telarmar.com/cart", "http://other.example/", 0, FALSE, "link", "telarmar.com" },
  { "Marta", "marta@gmail.com", NULL, "weavers.example", "http://track.example/1", 0, FALSE, "", NULL },
  { "News", "news@shopletter.example", NULL, "www.facebook.com/us", "http://track.example/1", MOS_CLASSIFICATION_BULK, FALSE, "", NULL },
  { "News", "news@shopletter.example", NULL, "www.paypal.com", "http://192.0.2.1/x", MOS_CLASSIFICATION_BULK, FALSE, "link", "paypal.com" },
  { "Marta", "marta@gmail.com", NULL, "instagram.com/me", "https://l.facebook.com/l?u=1", 0, FALSE, "link", NULL },
};

static void
test_evaluate (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) hints = judge (&cases[i], "Hello", NULL);
      g_autoptr (GString) kinds = g_string_new (NULL);

      for (guint h = 0; h < hints->len; h++)
        g_string_append_printf (kinds, "%s%s", h > 0 ? " " : "", mos_hint_kind_to_nick (((MosHint *) hints->pdata[h])->kind));
      g_test_message ("%s <%s> %s: %s", cases[i].name, cases[i].address, cases[i].link_url != NULL ? cases[i].link_url : "", kinds->str);
      g_assert_cmpstr (kinds->str, ==, cases[i].kinds);
      if (cases[i].meant != NULL)
        g_assert_cmpstr (((MosHint *) hints->pdata[0])->meant, ==, cases[i].meant);
    }
}

static void
test_changed_iban (void)
{
  const Case supplier = { "Hilados", "facturas@hilados-sur.es", NULL, NULL, NULL, 0, TRUE, NULL, NULL };
  const char *earlier[] = { "ES9121000418450200051332", NULL };
  g_autoptr (GPtrArray) same = judge (&supplier, "A pagar en ES91 2100 0418 4502 0005 1332", earlier);
  g_autoptr (GPtrArray) other = judge (&supplier, "Nuestra cuenta nueva: DE89 3704 0044 0532 0130 00", earlier);
  g_autoptr (GPtrArray) first = judge (&supplier, "DE89 3704 0044 0532 0130 00", NULL);
  MosHint *hint;

  g_assert_cmpuint (same->len, ==, 0);
  g_assert_cmpuint (first->len, ==, 0);
  g_assert_cmpuint (other->len, ==, 1);
  hint = other->pdata[0];
  g_assert_cmpint (hint->kind, ==, MOS_HINT_IBAN);
  g_assert_cmpstr (hint->found, ==, "DE89370400440532013000");
  g_assert_cmpstr (hint->meant, ==, "ES9121000418450200051332");
}

/* --- with a store --- */

static GPtrArray *found;

static gboolean
do_evaluate (MosTxn *txn,
             gpointer data,
             GError **error)
{
  g_clear_pointer (&found, g_ptr_array_unref);
  return mos_hint_evaluate_message (txn, data, &found, error);
}

#define AT(minute) (G_GINT64_CONSTANT (1772438400000000) + (minute) * 60 * G_USEC_PER_SEC)

static void
test_stored (void)
{
  static const char one[] = "From: Hilados <f@hilados-sur.example>\nTo: support@shop.example\nSubject: Factura 1\nMessage-ID: <f1@h>\n\nES91 2100 0418 4502 0005 1332\n";
  static const char two[] = "From: Hilados <f@hilados-sur.example>\nTo: support@shop.example\nSubject: Factura 2\nMessage-ID: <f2@h>\n\nOtra vez ES9121000418450200051332\n";
  static const char three[] = "From: Hilados <F@hilados-sur.example>\nTo: support@shop.example\nSubject: Factura 3\nMessage-ID: <f3@h>\n\nAhora DE89 3704 0044 0532 0130 00\n\n> antes ES9121000418450200051332\n";
  static const char html[] = "From: M <m@gmail.com>\nTo: support@shop.example\nSubject: x\nMessage-ID: <h1@h>\nContent-Type: text/html\n\n<p>Hi <a href=\"http://evil.example/\">www.paypal.com</a></p>\n";
  g_autoptr (MosTestStore) t = test_desk_store ();
  g_autoptr (MosIngestResult) r1 = test_ingest (t->store, one, MOS_FOLDER_INBOX, 1, AT (0));
  g_autoptr (MosIngestResult) r2 = test_ingest (t->store, two, MOS_FOLDER_INBOX, 2, AT (1));
  g_autoptr (MosIngestResult) r3 = test_ingest (t->store, three, MOS_FOLDER_INBOX, 3, AT (2));
  g_autoptr (MosIngestResult) r4 = test_ingest (t->store, html, MOS_FOLDER_INBOX, 4, AT (3));

  test_write (t->store, do_evaluate, r1->message);
  g_assert_cmpuint (found->len, ==, 0);
  test_write (t->store, do_evaluate, r2->message);
  g_assert_cmpuint (found->len, ==, 0);
  test_write (t->store, do_evaluate, r3->message);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpint (((MosHint *) found->pdata[0])->kind, ==, MOS_HINT_IBAN);
  test_write (t->store, do_evaluate, r4->message);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpint (((MosHint *) found->pdata[0])->kind, ==, MOS_HINT_LINK);
  g_clear_pointer (&found, g_ptr_array_unref);
}

/* --- it must not cry wolf --- */

typedef struct
{
  guint all;
  guint hinted;
} Count;

static void
walk (const char *path,
      Count *count)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GHashTable) known = known_set ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autoptr (MosParsedMessage) parsed = NULL;
      g_autoptr (MosHtmlDocument) document = NULL;
      g_autoptr (GStringChunk) strings = g_string_chunk_new (1024);
      g_autoptr (GArray) links = NULL;
      g_autoptr (GPtrArray) hints = NULL;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          walk (child, count);
          continue;
        }
      parsed = parse_file (child);
      if (parsed->from == NULL)
        continue;
      document = parsed->html != NULL ? mos_html_document_parse (parsed->html) : mos_html_document_new_for_text (parsed->text);
      links = mos_hint_facts_list_links (document, strings);
      hints = mos_hints_evaluate (&(MosHintFacts) { parsed->classification, parsed->from, parsed->reply_to, parsed->reply_text, links, own_domains, own_names, known, FALSE, NULL });
      count->all++;
      count->hinted += hints->len > 0;
      for (guint i = 0; i < hints->len; i++)
        {
          MosHint *hint = hints->pdata[i];

          g_test_message ("%s: %s <%s>: %s (%s)", child + strlen (corpus), parsed->from->name, hint->found, mos_hint_kind_to_nick (hint->kind), hint->meant);
        }
    }
}

static void
test_corpus (void)
{
  Count count = { 0 };
  double rate;

  g_test_summary ("Of strangers' ordinary mail, nearly none may be suspected.");
  if (!have_corpus ())
    return;
  walk (corpus, &count);
  rate = 100.0 * count.hinted / MAX (count.all, 1);
  g_test_message ("hints on %u of %u mails: %.2f %%", count.hinted, count.all, rate);
  g_assert_cmpuint (count.all, >, 100);
  g_assert_cmpfloat (rate, <=, 2.0);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  find_corpus ();
  g_test_add_func ("/hints/domains", test_domains);
  g_test_add_func ("/hints/ibans", test_ibans);
  g_test_add_func ("/hints/evaluate", test_evaluate);
  g_test_add_func ("/hints/changed-iban", test_changed_iban);
  g_test_add_func ("/hints/stored", test_stored);
  g_test_add_func ("/hints/corpus", test_corpus);
  return g_test_run ();
}
