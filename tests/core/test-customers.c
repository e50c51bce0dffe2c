/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/base/mos-id.h"
#include "core/desk/mos-customers-csv.h"
#include "customer-fixture.h"
#include "mos-test.h"

#include <string.h>

/* Customers: fields, addresses, suggestions (behaviour.md §2.9). */

static void
test_fields (void)
{
  g_autoptr (Fixture) f = start ();
  static const char *const words[] = { "name", " Anna Garcia ", "language", "PT-br", "country", "pt", "phone", "+351 912 345 678", "company", "Flores Lda", "notes", "Allergic to lilies", "vip", "yes", "consent", "given", "own:City", "Porto", NULL };
  static const char *const gone[] = { "own:city", "", "company", "  ", NULL };
  static const char *const bad_language[] = { "language", "Portuguese", NULL };
  static const char *const bad_country[] = { "country", "PRT", NULL };
  static const char *const no_country[] = { "country", "XX", NULL };
  static const char *const bad_phone[] = { "phone", "abc", NULL };
  static const char *const short_phone[] = { "phone", "112", NULL };
  static const char *const extension[] = { "phone", "+351 912 345 678 ext. 4", "country", " xk ", NULL };
  static const char *const bad_consent[] = { "consent", "maybe", NULL };
  static const char *const bad_field[] = { "colour", "red", NULL };
  const char *const *const bad[] = { bad_language, bad_country, no_country, bad_phone, short_phone, bad_consent, bad_field };
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosCustomerRow) before = NULL;
  gint64 batch;

  undo (f, set (f, f->customer, extension));
  batch = set (f, f->customer, words);

  row = find (f, f->customer);
  g_assert_cmpstr (row->name, ==, "Anna Garcia");
  g_assert_cmpstr (row->language, ==, "pt-br");
  g_assert_cmpstr (row->country, ==, "PT");
  g_assert_cmpstr (row->phone, ==, "+351 912 345 678");
  g_assert_true (row->vip);
  g_assert_cmpint (row->consent, ==, MOS_CONSENT_GIVEN);
  g_assert_cmpstr (mos_customer_fields_find (row->fields, "CITY"), ==, "Porto");
  assert_found (f, "flo anna", "Anna Garcia");
  assert_found (f, "912345678", "Anna Garcia");
  assert_found (f, "00351-912 345", "");
  assert_found (f, "00351-912 345 678", "Anna Garcia");
  set (f, f->customer, gone);
  g_clear_pointer (&row, mos_customer_row_unref);
  row = find (f, f->customer);
  g_assert_cmpuint (row->fields->len, ==, 0);
  g_assert_null (row->company);
  assert_found (f, "flores", "");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      Test t = { .value = f->customer, .words = bad[i] };

      refuse (f, do_set, &t, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
    }
  /* The later change first, for it stands on the other. */
  undo (f, batch + 1);
  undo (f, batch);
  before = find (f, f->customer);
  g_assert_cmpstr (before->name, ==, "Ana García");
  g_assert_null (before->language);
  g_assert_cmpuint (before->fields->len, ==, 0);
  g_assert_cmpint (before->consent, ==, MOS_CONSENT_UNKNOWN);
  assert_found (f, "912345678", "");
  fixture_check (f);
}

static gboolean
do_unlink (MosTxn *txn,
           gpointer data,
           GError **error)
{
  Test *t = data;

  return mos_customers_remove_identity (txn, t->name, t->value, error);
}

/* A family writes from one address; a phone number is the same however it is written. */
static void
test_addresses (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *bob = add (f, "Bob", "bob@example.com");
  Test shared = { .f = f, .name = bob, .value = "ANA@example.com" };
  Test phone = { .f = f, .name = bob, .value = "0034 600-11.22 33" };
  Test bad = { .f = f, .name = bob, .value = "not an address" };
  Test taken = { .f = f, .name = bob, .value = "+34600112233" };
  Test made = { .f = f, .name = "Bob", .value = "bob@example.com" };
  Test own = { .f = f, .name = bob, .value = "bob@example.com" };
  g_autoptr (MosCustomerRow) row = NULL;
  gint64 batch;

  act (f, MOS_CUSTOMER_EDIT, do_link, &shared);
  g_assert_cmpint (shared.number, ==, 1);
  act (f, MOS_CUSTOMER_EDIT, do_link, &phone);
  g_assert_cmpint (phone.number, ==, 0);
  refuse (f, do_link, &bad, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
  row = find (f, bob);
  g_assert_cmpuint (row->identities->len, ==, 3);
  g_assert_cmpstr (((MosIdentity *) row->identities->pdata[2])->value, ==, "+34600112233");
  batch = act (f, MOS_CUSTOMER_EDIT, do_unlink, &taken);
  refuse (f, do_unlink, &taken, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND);
  undo (f, batch);
  g_clear_pointer (&row, mos_customer_row_unref);
  row = find (f, bob);
  g_assert_cmpuint (row->identities->len, ==, 3);

  /* Mail from an address that is nobody's any more makes no second Bob of the same row. */
  act (f, MOS_CUSTOMER_EDIT, do_unlink, &own);
  act (f, NULL, do_add, &made);
  g_assert_cmpstr (made.id, ==, bob);
  g_free (made.id);
  fixture_check (f);
}

static gboolean
do_suggest (MosTxn *txn,
            gpointer data,
            GError **error)
{
  Test *t = data;

  t->list = mos_store_customer_suggest (txn, t->value, 10, error);
  return t->list != NULL;
}

static gboolean
do_distinct (MosTxn *txn,
             gpointer data,
             GError **error)
{
  Test *t = data;

  return mos_store_customer_set_distinct (txn, t->value, t->other, TRUE, error);
}

static GPtrArray *
suggest (Fixture *f,
         const char *id)
{
  Test t = { .f = f, .value = id };

  act (f, NULL, do_suggest, &t);
  return t.list;
}

typedef struct
{
  const char *source, *target;
} MergeOf;

static gboolean
do_merge_into (MosTxn *txn,
               gpointer data,
               GError **error)
{
  MergeOf *merge = data;

  return mos_customers_merge (txn, merge->source, merge->target, NULL, FALSE, error);
}

/* A name alone suggests nobody, and nothing is ever joined by one. */
static void
test_suggest (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *namesake = add (f, "Ana Garcia", "ana.garcia@example.net");
  g_autofree char *other = add (f, "Someone Else", "else@example.net");
  g_autoptr (GPtrArray) none = suggest (f, f->customer);
  g_autoptr (GPtrArray) by_name = NULL;
  g_autoptr (GPtrArray) by_phone = NULL;
  g_autoptr (GPtrArray) after = NULL;
  Test distinct = { .value = namesake, .other = f->customer };
  MergeOf merge;
  MosSuggestion *suggestion;

  g_assert_cmpuint (none->len, ==, 0);
  set (f, f->customer, (const char *const[]) { "company", "Flores Lda.", "own:City", "Málaga", "phone", "600 11 22 33", NULL });
  set (f, namesake, (const char *const[]) { "company", "FLORES LDA", "own:city", "malaga", NULL });
  by_name = suggest (f, f->customer);
  g_assert_cmpuint (by_name->len, ==, 1);
  suggestion = by_name->pdata[0];
  g_assert_cmpstr (suggestion->customer->id, ==, namesake);
  g_assert_cmpint (suggestion->reasons, ==, MOS_SAME_NAME_COMPANY | MOS_SAME_NAME_FIELD);
  g_assert_cmpstr (suggestion->field, ==, "City");
  set (f, other, (const char *const[]) { "phone", "+34 600112233", NULL });
  by_phone = suggest (f, other);
  g_assert_cmpuint (by_phone->len, ==, 1);
  suggestion = by_phone->pdata[0];
  g_assert_cmpstr (suggestion->customer->id, ==, f->customer);
  g_assert_cmpint (suggestion->reasons, ==, MOS_SAME_PHONE);
  act (f, MOS_CUSTOMER_DISTINCT, do_distinct, &distinct);
  after = suggest (f, namesake);
  g_assert_cmpuint (after->len, ==, 0);
  /* Nor is who was told apart suggested for whoever the other became part of. */
  set (f, other, (const char *const[]) { "name", "Ana García", "company", "Flores Lda", NULL });
  merge = (MergeOf) { f->customer, other };
  act (f, MOS_CUSTOMER_MERGE, do_merge_into, &merge);
  g_clear_pointer (&after, g_ptr_array_unref);
  after = suggest (f, other);
  g_assert_cmpuint (after->len, ==, 0);
}

/* --- no query walks through all there is --- */

#define MANY 400

static gboolean
do_many (MosTxn *txn,
         gpointer data,
         GError **error)
{
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person%u Family%u", i, i);
      g_autofree char *address = g_strdup_printf ("p%u@example.org", i);

      if (!mos_store_customer_ensure (txn, "email", "", address, name, "mail", mos_txn_get_now_us (txn), NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_look_everywhere (MosTxn *txn,
                    gpointer data,
                    GError **error)
{
  Fixture *f = data;
  sqlite3 *handle = mos_database_get_handle (txn->database);
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosMergePreview) preview = NULL;
  g_autofree char *identity = mos_store_identity_id ("email", "", "p7@example.org");
  g_autofree char *other = mos_id_derive ("customer", identity, NULL);
  GPtrArray *lists[9];

  for (sqlite3_stmt *statement = sqlite3_next_stmt (handle, NULL); statement != NULL; statement = sqlite3_next_stmt (handle, statement))
    sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, TRUE);
  if (!mos_store_customer_find (txn, f->customer, &row, error))
    return FALSE;
  lists[0] = mos_store_customer_suggest (txn, f->customer, 5, error);
  lists[1] = mos_store_customer_search (txn, "person7 fam", 10, error);
  lists[2] = mos_store_customer_list_merges (txn, f->customer, error);
  lists[3] = mos_store_customer_list (txn, MOS_SEGMENT_VIP, 0, 10, error);
  lists[4] = mos_store_customer_list (txn, MOS_SEGMENT_ALL, 0, 10, error);
  lists[5] = mos_store_customer_list (txn, MOS_SEGMENT_NEW, 0, 10, error);
  lists[6] = mos_store_customer_list (txn, MOS_SEGMENT_RETURNING, 0, 10, error);
  lists[7] = mos_store_customer_list (txn, MOS_SEGMENT_LOST, 0, 10, error);
  lists[8] = mos_store_customer_list (txn, MOS_SEGMENT_UNHAPPY, 0, 10, error);
  if (!mos_store_customer_preview_merge (txn, other, f->customer, NULL, &preview, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    g_ptr_array_unref (lists[i]);
  for (sqlite3_stmt *statement = sqlite3_next_stmt (handle, NULL); statement != NULL; statement = sqlite3_next_stmt (handle, statement))
    {
      int steps = sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, FALSE);

      if (steps > MANY / 4)
        g_error ("%d steps through a whole table: %s", steps, sqlite3_sql (statement));
    }
  return TRUE;
}

static void
test_no_scan (void)
{
  g_autoptr (Fixture) f = start ();

  act (f, NULL, do_many, NULL);
  set (f, f->customer, (const char *const[]) { "phone", "600 11 22 33", "company", "Flores", NULL });
  act (f, NULL, do_look_everywhere, f);
}

/* --- what was shown --- */

typedef struct
{
  MosCustomerRow *was;
  MosCustomerRow *row;
} Shown;

static gboolean
do_save_shown (MosTxn *txn,
               gpointer data,
               GError **error)
{
  Shown *shown = data;

  return mos_customers_save_changes (txn, shown->was, shown->row, error);
}

/* Whoever has the page open writes over nothing that came meanwhile. */
static void
test_shown (void)
{
  g_autoptr (Fixture) f = start ();
  g_autoptr (MosCustomerRow) was = NULL;
  g_autoptr (MosCustomerRow) copy = NULL;
  g_autoptr (MosCustomerRow) now = NULL;
  Shown shown = { 0 };

  set (f, f->customer, (const char *const[]) { "consent", "given", "own:City", "Porto", "own:Size", "M", "own:Note", "x", NULL });
  was = find (f, f->customer);
  copy = mos_customer_row_copy (was);
  mos_customers_set (copy, "name", "Anna", NULL);
  mos_customers_set (copy, "own:Size", "L", NULL);
  mos_customers_set (copy, "own:Note", "", NULL);
  set (f, f->customer, (const char *const[]) { "consent", "opted_out", "company", "Flores", "own:City", "Lisboa", "vip", "yes", NULL });
  shown = (Shown) { was, copy };
  act (f, MOS_CUSTOMER_EDIT, do_save_shown, &shown);
  now = find (f, f->customer);
  g_assert_cmpstr (now->name, ==, "Anna");
  g_assert_cmpint (now->consent, ==, MOS_CONSENT_OPTED_OUT);
  g_assert_cmpstr (now->company, ==, "Flores");
  g_assert_true (now->vip);
  g_assert_cmpuint (now->fields->len, ==, 2);
  g_assert_cmpstr (mos_customer_fields_find (now->fields, "City"), ==, "Lisboa");
  g_assert_cmpstr (mos_customer_fields_find (now->fields, "Size"), ==, "L");
}

/* --- as CSV --- */

typedef struct
{
  const char *text;
  GPtrArray *results; /* (owned) */
  GString *csv;       /* (owned) */
} Csv;

static gboolean
do_import_csv (MosTxn *txn,
               gpointer data,
               GError **error)
{
  Csv *csv = data;

  csv->results = mos_customers_import_csv (txn, csv->text, strlen (csv->text), error);
  return csv->results != NULL;
}

static gboolean
do_export_csv (MosTxn *txn,
               gpointer data,
               GError **error)
{
  Csv *csv = data;

  csv->csv = mos_customers_export_csv (txn, error);
  return csv->csv != NULL;
}

/* @outcomes: of the records, with blanks between, and the problem's number where there is one */
static void
import_csv (Fixture *f,
            const char *text,
            const char *outcomes)
{
  Csv csv = { .text = text };
  g_autoptr (GString) is = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MosCustomersCsv) tried = mos_customers_csv_new (text, strlen (text), TRUE, &error);
  GPtrArray *before;

  g_assert_no_error (error);
  g_assert_true (mos_customers_csv_run_sync (f->store, NULL, tried, NULL, NULL, NULL, NULL, &error));
  act (f, MOS_CUSTOMER_IMPORT, do_import_csv, &csv);
  /* What was tried said so. */
  before = mos_customers_csv_get_results (tried);
  g_assert_cmpuint (before->len, ==, csv.results->len);
  for (guint i = 0; i < csv.results->len; i++)
    {
      const MosCsvResult *result = csv.results->pdata[i], *said = before->pdata[i];

      g_assert_cmpint (said->outcome, ==, result->outcome);
      g_assert_cmpint (said->problem, ==, result->problem);
      g_assert_cmpstr (said->what, ==, result->what);
      g_assert_cmpstr (said->value, ==, result->value);
      g_string_append_printf (is, "%s%s", i > 0 ? " " : "", mos_csv_outcome_to_nick (result->outcome));
      if (result->problem == MOS_CSV_PROBLEM_ERASED)
        g_string_append (is, ":erased");
      if (result->problem == MOS_CSV_PROBLEM_SEVERAL)
        g_string_append (is, ":several");
      if (result->problem == MOS_CSV_PROBLEM_FIELDS)
        g_string_append (is, ":fields");
    }
  g_assert_cmpstr (is->str, ==, outcomes);
  g_ptr_array_unref (csv.results);
}

static char *
export_csv (Fixture *f)
{
  Csv csv = { 0 };

  act (f, NULL, do_export_csv, &csv);
  return g_string_free (csv.csv, FALSE);
}

static gboolean
do_share (MosTxn *txn,
          gpointer data,
          GError **error)
{
  return mos_customers_add_identity (txn, data, "family@example.com", NULL, error);
}

/* Who lacks what others have was cut short; what all lack a spreadsheet left away. */
static void
test_csv_short (void)
{
  g_autoptr (Fixture) f = start ();

  import_csv (f, "name,email,company\nEva,eva@mail.example,Faro\nBea,bea@mail.example\nCarl,carl@mail.example,\n", "new failed:fields new");
  import_csv (f, "name,email,company\nDora,dora@mail.example\nEmil,emil@mail.example", "new new");
  import_csv (f, "name,email,company\nFlo,flo@mail.example,\nGus,gus@mail.exam", "new failed:fields");
  import_csv (f, "name,email,company\nHal,hal@mail.exam", "failed:fields");
}

static gboolean
do_add_chat (MosTxn *txn,
             gpointer data,
             GError **error)
{
  Test *t = data;

  return mos_store_customer_ensure (txn, "telegram", "", t->value, t->name, "chat", mos_txn_get_now_us (txn), &t->id, NULL, error);
}

/* Who wrote in a chat alone comes back from our own file, and is nobody in another one. */
static void
test_csv_chat (void)
{
  g_autoptr (Fixture) f = start ();
  Test t = { .f = f, .name = "Zoe", .value = "700000077" };
  g_autoptr (MosCustomerRow) row = NULL;
  g_autofree char *csv = NULL, *again = NULL, *changed = NULL;

  act (f, NULL, do_add_chat, &t);
  csv = export_csv (f);
  g_assert_nonnull (strstr (csv, t.id));
  import_csv (f, csv, "same same");
  again = export_csv (f);
  g_assert_cmpstr (again, ==, csv);
  changed = g_strdup_printf ("name,email,company,Mostrador ID\nZoe,,Faro,%s\nMax,,Faro,0123456789abcdef0123456789abcdef\nMia,,Faro,\n", t.id);
  import_csv (f, changed, "changed failed failed");
  row = find (f, t.id);
  g_assert_cmpstr (row->company, ==, "Faro");
  g_assert_cmpuint (row->identities->len, ==, 1);
  g_free (t.id);
}

/* Two have one address: neither becomes the other by an import of what was exported. */
static void
test_csv_shared (void)
{
  g_autoptr (Fixture) f = start ();
  g_autoptr (Fixture) other = start ();
  g_autofree char *eva = add (f, "Eva", "family@example.com");
  g_autofree char *bea = add (f, "Bea", "bea@own.example");
  g_autofree char *csv = NULL, *again = NULL, *there = NULL;

  act (f, NULL, do_share, bea);
  csv = export_csv (f);
  import_csv (f, csv, "same same same");
  again = export_csv (f);
  g_assert_cmpstr (again, ==, csv);
  import_csv (f, "name,email\nCarl,family@example.com\n", "failed:several");
  import_csv (f, "name,email,company\nEVA,family@example.com,Faro\n", "changed");

  /* Where nobody knows them. Ana is there: the fixture's. */
  import_csv (other, "name,email\nEva,family@example.com\nBea,bea@own.example family@example.com\n", "new new");
  import_csv (other, "name,email\nEva,family@example.com\nBea,bea@own.example family@example.com\n", "same same");
  there = export_csv (other);
  g_assert_nonnull (strstr (there, "Eva,family@example.com,"));
  g_assert_nonnull (strstr (there, "Bea,bea@own.example family@example.com,"));
  fixture_check (f);
}

static gboolean
do_erase (MosTxn *txn,
          gpointer data,
          GError **error)
{
  g_autoptr (MosErasure) erasure = NULL;

  return mos_customers_erase (txn, data, &erasure, error);
}

static gboolean
do_call (MosTxn *txn,
         gpointer data,
         GError **error)
{
  return mos_customers_add_identity (txn, data, "+34600112233", NULL, error);
}

/* Who was erased does not come back by a list; who was added since by hand, or wrote, is somebody again. */
static void
test_csv_erased (void)
{
  g_autoptr (Fixture) f = start ();
  g_autofree char *eva = add (f, "Eva", "eva@example.com");
  g_autofree char *again = NULL;
  const char *list = "name,email,phone\nEva,eva@example.com,\nEva,other@example.com,+34600112233\nBea,bea@example.com,\n";

  act (f, NULL, do_call, eva);
  act (f, NULL, do_erase, eva);
  import_csv (f, list, "failed:erased failed:erased new");
  import_csv (f, list, "failed:erased failed:erased same");
  again = add (f, "Eva", "eva@example.com");
  act (f, NULL, do_call, again);
  import_csv (f, list, "same new same");
}

static gboolean
do_find_row (MosTxn *txn,
             gpointer data,
             GError **error)
{
  MosCustomerRow **row = data;

  return mos_customers_find (txn, "ana@mail.example", row, error);
}

/* Two columns of one field: neither is lost, and a customer's number is no name. Who has only the second has it in the first; every address is theirs. */
static void
test_csv_twice (void)
{
  g_autoptr (Fixture) f = start ();
  g_autoptr (Fixture) other = start ();
  g_autoptr (MosCustomerRow) row = NULL;

  import_csv (f, "Customer,Name,Email,Phone,Mobile\ncus_17,Ana Flores,ana@mail.example,+34910000001,+34600000002\n", "new");
  act (f, NULL, do_find_row, &row);
  g_assert_cmpstr (row->name, ==, "Ana Flores");
  g_assert_cmpstr (mos_customer_fields_find (row->fields, "Customer"), ==, "cus_17");
  g_assert_cmpstr (mos_customer_fields_find (row->fields, "Mobile"), ==, "+34600000002");
  g_assert_nonnull (strstr (row->phone, "910000001"));
  g_clear_pointer (&row, mos_customer_row_unref);
  import_csv (other, "Name,E-Mail Address,Email,Phone,Mobile\nAna Flores,other@mail.example,ana@mail.example,,+34600000002\n", "new");
  act (other, NULL, do_find_row, &row);
  g_assert_cmpuint (row->identities->len, ==, 2);
  g_assert_cmpstr (row->phone, ==, "+34600000002");
  g_assert_null (mos_customer_fields_find (row->fields, "Mobile"));
}

/* As shops and spreadsheets write it in the languages of their owners. */
static void
test_csv_languages (void)
{
  static const struct
  {
    const char *csv;
    const char *name;
    const char *company;
    gboolean vip;
    MosConsent consent;
  } table[] = {
    { "Vorname;Nachname;E-Mail;Firma;VIP;Newsletter\nAna;Flores;ana@mail.example;Faro;ja;nein\n", "Ana Flores", "Faro", TRUE, MOS_CONSENT_UNKNOWN },
    { "Vorname;Name;E-Mail\nAna;Flores;ana@mail.example\n", "Ana Flores", NULL, FALSE, MOS_CONSENT_UNKNOWN },
    { "Nom,Prénom,Adresse e-mail,Société\nFlores,Ana,ana@mail.example,Faro\n", "Ana Flores", "Faro", FALSE, MOS_CONSENT_UNKNOWN },
    { "Nombre,Apellidos,Correo electrónico,Consentimiento\nAna,Flores,ana@mail.example,Sí\n", "Ana Flores", NULL, FALSE, MOS_CONSENT_GIVEN },
    { "nom,cognoms,correu electrònic\nAna,Flores,ana@mail.example\n", "Ana Flores", NULL, FALSE, MOS_CONSENT_UNKNOWN },
    { "Nome,Cognome,Indirizzo email,VIP\nAna,Flores,ana@mail.example,sì\n", "Ana Flores", NULL, TRUE, MOS_CONSENT_UNKNOWN },
    { "Name,First Name,Email\nAna Flores,Ana,ana@mail.example\n", "Ana Flores", NULL, FALSE, MOS_CONSENT_UNKNOWN },
    { "الاسم,البريد الإلكتروني,الشركة,VIP,الموافقة\nAna Flores,ana@mail.example,Faro,نعم,لا\n", "Ana Flores", "Faro", TRUE, MOS_CONSENT_UNKNOWN },
    { "Nome,Email,Empresa\nAna Flores,ana@mail.example,Faro\n", "Ana Flores", "Faro", FALSE, MOS_CONSENT_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (Fixture) f = start ();
      g_autoptr (MosCustomerRow) row = NULL;

      import_csv (f, table[i].csv, "new");
      act (f, NULL, do_find_row, &row);
      g_assert_cmpstr (row->name, ==, table[i].name);
      g_assert_cmpstr (row->company, ==, table[i].company);
      g_assert_cmpint (row->vip, ==, table[i].vip);
      g_assert_cmpint (row->consent, ==, table[i].consent);
      g_assert_cmpuint (row->fields->len, ==, 0);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/customers/fields", test_fields);
  g_test_add_func ("/customers/addresses", test_addresses);
  g_test_add_func ("/customers/suggest", test_suggest);
  g_test_add_func ("/customers/no-scan", test_no_scan);
  g_test_add_func ("/customers/shown", test_shown);
  g_test_add_func ("/customers/csv-short", test_csv_short);
  g_test_add_func ("/customers/csv-shared", test_csv_shared);
  g_test_add_func ("/customers/csv-chat", test_csv_chat);
  g_test_add_func ("/customers/csv-erased", test_csv_erased);
  g_test_add_func ("/customers/csv-twice", test_csv_twice);
  g_test_add_func ("/customers/csv-languages", test_csv_languages);
  return g_test_run ();
}
