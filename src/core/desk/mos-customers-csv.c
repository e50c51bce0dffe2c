/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-customers-csv.h"

#include "core/base/mos-clean.h"
#include "core/base/mos-csv.h"
#include "core/base/mos-phone.h"
#include "core/base/mos-text.h"
#include "core/desk/mos-customers-csv-overlay.h"
#include "core/desk/mos-customers.h"
#include "core/store/mos-store-customer-erase.h"
#include "core/store/mos-store-opt-outs.h"
#include "core/store/mos-tokenizer.h"

#include <string.h>

#define PAGE 500

static const char *const csv_outcome_nicks[] = { [MOS_CSV_NEW] = "new", [MOS_CSV_CHANGED] = "changed", [MOS_CSV_SAME] = "same", [MOS_CSV_FAILED] = "failed" };
MOS_DEFINE_NICKS (MosCsvOutcome, csv_outcome)

/* What the columns are called by us, and by the exports of shops and helpdesks in the languages that their owners speak; divided by "|". */
static const struct
{
  const char *field;
  const char *headers;
} known_columns[] = {
  { "name", "name|full name|display name|customer name|nombre completo|nombre y apellidos|vollständiger name|kundenname|nom|nom complet|nome completo|nome e cognome|nom i cognoms|naam|volledige naam|الاسم|الاسم الكامل|اسم العميل" },
  { "first", "first name|given name|nombre|vorname|prénom|nome|voornaam|الاسم الأول" },
  { "last", "last name|surname|family name|apellido|apellidos|nachname|familienname|nom de famille|cognome|sobrenome|cognoms|achternaam|اسم العائلة|اللقب|الكنية" },
  { "email", "email|e-mail|email address|emails|e-mail-adresse|mail|correo|correo electrónico|email-adresse|adresse e-mail|courriel|indirizzo email|endereço de email|correu electrònic|correu|e-mailadres|البريد الإلكتروني|البريد" },
  { "phone", "phone|phone number|telephone|mobile|teléfono|móvil|telefon|telefonnummer|mobil|handy|téléphone|portable|telefono|cellulare|telefone|celular|telèfon|mòbil|telefoon|telefoonnummer|الهاتف|رقم الهاتف|الجوال|الموبايل" },
  { "company", "company|company name|organization|organisation|empresa|firma|unternehmen|société|entreprise|azienda|società|bedrijf|الشركة" },
  { "language", "language|locale|idioma|lengua|sprache|langue|lingua|língua|llengua|taal|اللغة" },
  { "country", "country|country code|país|land|pays|paese|الدولة|البلد" },
  { "vip", "vip" },
  { "id", "mostrador id" },
  { "consent", "consent|accepts marketing|accepts email marketing|newsletter|consentimiento|acepta marketing|einwilligung|consentement|consenso|consentimento|consentiment|toestemming|الموافقة" },
  { "notes", "notes|note|notas|nota|notizen|notiz|bemerkung|remarques|annotazioni|observações|notities|ملاحظات" },
};

static MosCsvColumn *
mos_csv_find_field (GPtrArray *columns,
                    const char *field)
{
  for (guint i = 0; i < columns->len; i++)
    if (strcmp (((MosCsvColumn *) columns->pdata[i])->field, field) == 0)
      return columns->pdata[i];
  return NULL;
}

/* (nullable): what a column of that name is for */
static const char *
mos_csv_find_known (const char *header)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known_columns); i++)
    {
      g_auto (GStrv) names = g_strsplit (known_columns[i].headers, "|", -1);

      for (char **name = names; *name != NULL; name++)
        if (mos_csv_is_same_name (*name, header))
          return known_columns[i].field;
    }
  return NULL;
}

/* @columns: those before it. Somebody has any number of addresses; of two columns of another field the second is the shop's own, and none is lost. */
static char *
mos_csv_field_of (GPtrArray *columns,
                  const char *header)
{
  g_autofree char *plain = g_strstrip (g_strdup (header));
  const char *known = mos_csv_find_known (plain);

  if (known != NULL && (strcmp (known, "email") == 0 || mos_csv_find_field (columns, known) == NULL))
    return g_strdup (known);
  return *plain != '\0' ? g_strconcat ("own:", plain, NULL) : g_strdup ("");
}

/* Whether @value says yes in one of those languages */
static gboolean
mos_csv_is_yes (const char *value)
{
  static const char *const words[] = { "yes", "y", "true", "1", "x", "si", "ja", "oui", "sim", "نعم", "vip", NULL };
  g_autofree char *folded = mos_fold (value);

  return g_strv_contains (words, folded);
}

/* Whether @value says no */
static gboolean
mos_csv_is_no (const char *value)
{
  static const char *const words[] = { "no", "n", "false", "0", "nein", "non", "nao", "nee", "لا", NULL };
  g_autofree char *folded = mos_fold (value);

  return g_strv_contains (words, folded);
}

static void
mos_csv_result_free (gpointer data)
{
  g_free (((MosCsvResult *) data)->what);
  g_free (((MosCsvResult *) data)->value);
  g_free (data);
}

/* --- import --- */

typedef struct _MosCustomersCsv MosCsvImport;

struct _MosCustomersCsv
{
  GPtrArray *records;     /* (owned): the headers first */
  GPtrArray *results;     /* (owned) */
  char **fields;          /* (owned): of each column */
  GArray *firsts;         /* (owned): mos_csv_list_firsts() */
  GHashTable *taken;      /* (owned): of customers that a record was for, by id: the name it had */
  MosCsvOverlay *overlay; /* (owned) (nullable): where nothing is written */
  MosCsvShape shape;      /* of all records */
  gboolean is_open;       /* its last line has no end */

  /* The piece that is being taken, the record */
  MosTxn *txn;
  gboolean is_out; /* one of the record's addresses wants no more mail */
};

static const char *
mos_csv_get (MosCsvImport *self,
             char **record,
             const char *field)
{
  for (gsize i = 0; self->fields[i] != NULL && record[i] != NULL; i++)
    if (strcmp (self->fields[i], field) == 0 && *record[i] != '\0')
      return record[i];
  return "";
}

/* Every column's, between blanks */
static char *
mos_csv_dup_emails (MosCsvImport *self,
                    char **record)
{
  GString *emails = g_string_new (NULL);

  for (gsize i = 0; self->fields[i] != NULL && record[i] != NULL; i++)
    if (strcmp (self->fields[i], "email") == 0)
      g_string_append_printf (emails, " %s", record[i]);
  g_strdelimit (emails->str, ",;\n", ' ');
  return g_strstrip (g_string_free_and_steal (emails));
}

/* Of each column that of the same field before it, or its own. (transfer full) */
static GArray *
mos_csv_list_firsts (char **fields)
{
  GArray *firsts = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (gsize k = 0; fields[k] != NULL; k++)
    {
      const char *known = g_str_has_prefix (fields[k], "own:") ? mos_csv_find_known (fields[k] + strlen ("own:")) : NULL;
      gsize i = 0;

      while (i < k && (known == NULL || strcmp (fields[i], known) != 0))
        i++;
      g_array_append_val (firsts, i);
    }
  return firsts;
}

/* Where the first column of a field says nothing, the second one's is it: who has a mobile phone and no other. */
static void
mos_csv_move_values (MosCsvImport *self,
                     char **record)
{
  for (gsize k = 0; self->fields[k] != NULL && record[k] != NULL; k++)
    {
      gsize i = g_array_index (self->firsts, gsize, k);

      if (*record[i] == '\0')
        {
          char *empty = record[i];

          record[i] = record[k];
          record[k] = empty;
        }
    }
}

static char *
mos_csv_dup_name (MosCsvImport *self,
                  char **record)
{
  const char *name = mos_csv_get (self, record, "name");

  return g_strstrip (*name != '\0' ? g_strdup (name) : g_strdup_printf ("%s %s", mos_csv_get (self, record, "first"), mos_csv_get (self, record, "last")));
}

static gboolean
mos_csv_is_name (const char *a,
                 const char *b)
{
  g_autofree char *one = mos_fold (a), *other = mos_fold (b);

  return *one != '\0' && strcmp (one, other) == 0;
}

static void
mos_csv_blame (MosCsvResult *result,
               MosCsvProblem problem,
               const char *value)
{
  result->problem = problem;
  result->value = g_strdup (value);
}

/* Nothing of it comes in. @what: (transfer full) */
static void
mos_csv_leave_out (MosCsvResult *result,
                   MosCsvProblem problem,
                   const char *value,
                   char *what)
{
  mos_csv_blame (result, problem, value);
  result->outcome = MOS_CSV_FAILED;
  result->what = what;
}

/* Who has any of a record's addresses, and how many of them each has. */
typedef struct
{
  GPtrArray *ids;
  GArray *counts;
  guint n_free; /* addresses that nobody has */
  guint n_best; /* that one customer has */
} MosCsvOwners;

static void
mos_csv_owners_clear (MosCsvOwners *self)
{
  g_ptr_array_unref (self->ids);
  g_array_unref (self->counts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCsvOwners, mos_csv_owners_clear)

static void
mos_csv_owners_add (MosCsvOwners *self,
                    const char *id)
{
  const guint zero = 0;
  guint i;

  if (!g_ptr_array_find_with_equal_func (self->ids, id, g_str_equal, &i))
    {
      i = self->ids->len;
      g_ptr_array_add (self->ids, g_strdup (id));
      g_array_append_val (self->counts, zero);
    }
  g_array_index (self->counts, guint, i)++;
}

/* @result: its problem is set where an address is that of somebody who was erased */
static gboolean
mos_csv_list_owners (MosCsvImport *self,
                     const char *address,
                     MosCsvOwners *owners,
                     MosCsvResult *result,
                     GError **error)
{
  gboolean is_email = mos_text_is_address (address), is_out = FALSE;
  g_autofree char *identity = mos_store_identity_id (is_email ? "email" : "phone", "", address);
  g_autoptr (GPtrArray) ids = mos_store_customer_list_of_identity (self->txn, identity, error);
  gint64 erased_us = 0;

  if (ids != NULL && self->overlay != NULL)
    mos_csv_overlay_list (self->overlay, identity, ids);
  if (ids == NULL || (is_email && !mos_store_opt_out_find (self->txn, address, &is_out, error)) ||
      (ids->len == 0 && !mos_store_erased_find_identity (self->txn, identity, &erased_us, error)))
    return FALSE;
  for (guint i = 0; owners != NULL && i < ids->len; i++)
    mos_csv_owners_add (owners, ids->pdata[i]);
  if (owners != NULL)
    owners->n_free += ids->len == 0;
  self->is_out = self->is_out || is_out;
  if (erased_us != 0 && result->problem == MOS_CSV_PROBLEM_NONE)
    mos_csv_leave_out (result, MOS_CSV_PROBLEM_ERASED, address, g_strdup_printf ("Whoever had “%s” was erased here", address));
  return TRUE;
}

/* Whom the record is about: who has most of its addresses; of several the one with its name. An address that people share says little: where another record was for
 * somebody of another name, and this one has an address of its own, it is about somebody else. @ret_row: (out) (nullable) */
static gboolean
mos_csv_choose (MosCsvImport *self,
                MosCsvOwners *owners,
                const char *name,
                const char *address,
                MosCustomerRow **ret_row,
                MosCsvResult *result,
                GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_customer_row_unref);
  gboolean are_several;

  for (guint i = 0; i < owners->ids->len; i++)
    {
      const char *taken = g_hash_table_lookup (self->taken, owners->ids->pdata[i]);
      MosCustomerRow *row = NULL;
      guint n = g_array_index (owners->counts, guint, i);

      if (n < owners->n_best || (owners->n_free > 0 && taken != NULL && *taken != '\0' && *name != '\0' && !mos_csv_is_name (taken, name)))
        continue;
      if (self->overlay != NULL)
        row = mos_csv_overlay_find (self->overlay, owners->ids->pdata[i]);
      if (row == NULL && !mos_store_customer_find (self->txn, owners->ids->pdata[i], &row, error))
        return FALSE;
      if (n > owners->n_best)
        g_ptr_array_set_size (rows, 0);
      owners->n_best = n;
      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  are_several = rows->len > 1;
  for (guint i = rows->len; are_several && i-- > 0;)
    if (!mos_csv_is_name (((MosCustomerRow *) rows->pdata[i])->name, name))
      g_ptr_array_remove_index (rows, i);
  if (rows->len == 1)
    *ret_row = mos_customer_row_ref (rows->pdata[0]);
  else if (owners->n_best > 0)
    mos_csv_leave_out (result, MOS_CSV_PROBLEM_SEVERAL, address, g_strdup_printf ("Several customers have “%s”, and none of them alone has this name", address));
  return TRUE;
}

/* The customer of the addresses; @ret_row: (out) (nullable). @result: its problem is set where the record is to be left out */
static gboolean
mos_csv_find (MosCsvImport *self,
              char **record,
              char **addresses,
              MosCustomerRow **ret_row,
              MosCsvResult *result,
              GError **error)
{
  g_auto (MosCsvOwners) owners = { g_ptr_array_new_with_free_func (g_free), g_array_new (FALSE, FALSE, sizeof (guint)), 0, 0 };
  g_autofree char *name = mos_csv_dup_name (self, record);
  const char *phone = mos_csv_get (self, record, "phone"), *first = NULL;

  *ret_row = NULL;
  self->is_out = FALSE;
  for (char **address = addresses; *address != NULL; address++)
    {
      if (**address == '\0')
        continue;
      first = first != NULL ? first : *address;
      if (!mos_csv_list_owners (self, *address, &owners, result, error))
        return FALSE;
    }
  if (*phone != '\0' && !mos_csv_list_owners (self, phone, NULL, result, error))
    return FALSE;
  return result->problem != MOS_CSV_PROBLEM_NONE || mos_csv_choose (self, &owners, name, first, ret_row, result, error);
}

/* A number that they write from is no other one. */
static gboolean
mos_csv_has_number (const MosCustomerRow *row,
                    const char *value)
{
  g_autofree char *number = mos_phone_canonical (value);

  for (guint i = 0; row->phone == NULL && row->identities != NULL && i < row->identities->len; i++)
    if (g_strcmp0 (((MosIdentity *) g_ptr_array_index (row->identities, i))->value, number) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
mos_csv_fill (MosCsvImport *self,
              char **record,
              MosCustomerRow *copy,
              GError **error)
{
  g_autofree char *joined = g_strdup_printf ("%s %s", mos_csv_get (self, record, "first"), mos_csv_get (self, record, "last"));

  if (*mos_csv_get (self, record, "name") == '\0' && *g_strstrip (joined) != '\0')
    g_set_str (&copy->name, joined);
  for (gsize i = 0; self->fields[i] != NULL && record[i] != NULL; i++)
    {
      const char *field = self->fields[i];
      g_autofree char *value = g_strstrip (g_strdup (record[i]));

      /* As mos_csv_append() writes what would be a formula. */
      if (value[0] == '\'' && value[1] != '\0' && strchr ("=@+-", value[1]) != NULL)
        memmove (value, value + 1, strlen (value));
      if (*value == '\0' || *field == '\0' || strcmp (field, "email") == 0 || strcmp (field, "first") == 0 || strcmp (field, "last") == 0 || strcmp (field, "id") == 0)
        continue;
      if (strcmp (field, "vip") == 0)
        g_set_str (&value, mos_csv_is_yes (value) ? "yes" : "no");
      /* Who does not say yes did not say that they want no more mail. */
      if (strcmp (field, "consent") == 0 && mos_csv_is_yes (value))
        g_set_str (&value, "given");
      else if (strcmp (field, "consent") == 0 && mos_csv_is_no (value))
        g_set_str (&value, "unknown");
      /* The stricter one holds, whatever a file says. */
      if ((strcmp (field, "consent") == 0 && (copy->consent == MOS_CONSENT_OPTED_OUT || (self->is_out && strcmp (value, "opted_out") != 0))) || (strcmp (field, "phone") == 0 && mos_csv_has_number (copy, value)))
        continue;
      if (!mos_customers_set (copy, field, value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
mos_csv_is_same (const MosCustomerRow *a,
                 const MosCustomerRow *b)
{
  const char *const one[] = { a->name, a->language, a->country, a->phone, a->company, a->notes };
  const char *const other[] = { b->name, b->language, b->country, b->phone, b->company, b->notes };

  if (a->vip != b->vip || a->consent != b->consent || a->fields->len != b->fields->len || a->identities->len != b->identities->len)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (one); i++)
    if (g_strcmp0 (one[i] != NULL ? one[i] : "", other[i] != NULL ? other[i] : "") != 0)
      return FALSE;
  for (guint i = 0; i < a->fields->len; i++)
    {
      const MosCustomerField *field = g_ptr_array_index (a->fields, i);

      if (g_strcmp0 (field->value, mos_customer_fields_find (b->fields, field->name)) != 0)
        return FALSE;
    }
  return TRUE;
}

/* @row: (nullable): as they were. @ret_now: (out) (transfer full): as they are, or would be */
static gboolean
mos_csv_write (MosCsvImport *self,
               const MosCustomerRow *row,
               MosCustomerRow *copy,
               const char *const *addresses,
               MosCustomerRow **ret_now,
               GError **error)
{
  g_autofree char *id = NULL;

  if (self->overlay != NULL)
    {
      *ret_now = mos_csv_overlay_save (self->overlay, copy, addresses, error);
      return *ret_now != NULL;
    }
  if (row == NULL && !mos_store_customer_add (self->txn, copy, &id, error))
    return FALSE;
  if (row == NULL)
    g_set_str (&copy->id, id);
  for (; *addresses != NULL; addresses++)
    if (**addresses != '\0' && !mos_customers_add_identity (self->txn, copy->id, *addresses, NULL, error))
      return FALSE;
  return mos_customers_save (self->txn, copy, error) && mos_store_customer_find (self->txn, copy->id, ret_now, error);
}

/* Who has neither an address nor a number, but wrote in a chat, is known by what our own export says of them. @ret_row: (out) (nullable) (transfer full) */
static gboolean
mos_csv_find_by_id (MosCsvImport *self,
                    char **record,
                    MosCustomerRow **ret_row,
                    GError **error)
{
  const char *id = mos_csv_get (self, record, "id");

  *ret_row = *id != '\0' && self->overlay != NULL ? mos_csv_overlay_find (self->overlay, id) : NULL;
  return *id == '\0' || *ret_row != NULL || mos_store_customer_find (self->txn, id, ret_row, error);
}

static gboolean
mos_csv_take (MosCsvImport *self,
              char **record,
              MosCsvResult *result,
              GError **error)
{
  const char *phone = mos_csv_get (self, record, "phone");
  g_autofree char *emails = mos_csv_dup_emails (self, record);
  g_auto (GStrv) addresses = *emails != '\0' ? g_strsplit (emails, " ", -1) : g_strsplit (phone, "\x01", 1);
  g_autoptr (MosCustomerRow) row = NULL;
  g_autoptr (MosCustomerRow) copy = NULL;
  g_autoptr (MosCustomerRow) now = NULL;

  if (addresses[0] == NULL || *addresses[0] == '\0' ? !mos_csv_find_by_id (self, record, &row, error) : !mos_csv_find (self, record, addresses, &row, result, error))
    return FALSE;
  if (result->problem != MOS_CSV_PROBLEM_NONE)
    return TRUE;
  copy = row != NULL ? mos_customer_row_copy (row) : mos_customer_row_new ();
  if (copy->fields == NULL)
    copy->fields = mos_customer_fields_new ();
  if (!mos_csv_fill (self, record, copy, error))
    return FALSE;
  if (!mos_csv_write (self, row, copy, (const char *const *) addresses, &now, error))
    return FALSE;
  result->outcome = row == NULL ? MOS_CSV_NEW : mos_csv_is_same (row, now) ? MOS_CSV_SAME
                                                                           : MOS_CSV_CHANGED;
  result->what = g_strdup (mos_customer_row_get_title (now));
  g_hash_table_replace (self->taken, g_strdup (now->id), mos_csv_dup_name (self, record));
  return TRUE;
}

/* What can be wrong about a record is found before anything of it is written. @is_cut: the file ends within it */
static gboolean
mos_csv_check (MosCsvImport *self,
               char **record,
               gboolean is_cut,
               MosCsvResult *result,
               GError **error)
{
  g_autoptr (MosCustomerRow) row = mos_customer_row_new ();
  g_autofree char *emails = mos_csv_dup_emails (self, record);
  g_auto (GStrv) addresses = g_strsplit (emails, " ", -1);
  const char *phone = mos_csv_get (self, record, "phone");
  g_autofree char *number = mos_phone_canonical (phone);
  g_autoptr (MosCustomerRow) known = NULL;

  row->fields = mos_customer_fields_new ();
  if (mos_csv_shape_is_short (&self->shape, record, g_strv_length (self->fields), is_cut))
    {
      mos_csv_blame (result, MOS_CSV_PROBLEM_FIELDS, NULL);
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "It has fewer fields than other lines, and may be cut short");
      return FALSE;
    }
  for (char **address = addresses; *address != NULL; address++)
    if (**address != '\0' && !mos_text_is_address (*address))
      {
        mos_csv_blame (result, MOS_CSV_PROBLEM_ADDRESS, *address);
        g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "“%s” is no e-mail address", *address);
        return FALSE;
      }
  if (*phone != '\0' && number == NULL)
    {
      mos_csv_blame (result, MOS_CSV_PROBLEM_NUMBER, phone);
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "“%s” is no phone number", phone);
      return FALSE;
    }
  if (*phone == '\0' && *emails == '\0')
    {
      if (!mos_csv_find_by_id (self, record, &known, error))
        return FALSE;
      if (known == NULL)
        {
          mos_csv_blame (result, MOS_CSV_PROBLEM_NOBODY, NULL);
          g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "It has neither an e-mail address nor a phone number");
          return FALSE;
        }
    }
  if (mos_csv_fill (self, record, row, error) && mos_customers_check (row, error))
    return TRUE;
  mos_csv_blame (result, MOS_CSV_PROBLEM_FIELD, NULL);
  return FALSE;
}

static void
mos_csv_column_free (gpointer data)
{
  g_free (((MosCsvColumn *) data)->header);
  g_free (((MosCsvColumn *) data)->field);
  g_free (data);
}

/* "Vorname; Name", "Nom; Prénom", "Nom; Cognoms": beside half of a name, a name is the other half. In English it is the whole one. */
static void
mos_csv_halve_name (GPtrArray *columns)
{
  MosCsvColumn *name = mos_csv_find_field (columns, "name"), *first = mos_csv_find_field (columns, "first"), *last = mos_csv_find_field (columns, "last");
  const MosCsvColumn *half = first != NULL ? first : last;

  if (name == NULL || (first != NULL) == (last != NULL) || mos_csv_is_same_name (half->header, "first name") || mos_csv_is_same_name (half->header, "given name") ||
      mos_csv_is_same_name (half->header, "last name") || mos_csv_is_same_name (half->header, "surname") || mos_csv_is_same_name (half->header, "family name"))
    return;
  g_set_str (&name->field, first != NULL ? "last" : "first");
}

static GPtrArray *
mos_csv_list_columns (GPtrArray *records)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (mos_csv_column_free);

  for (char **header = records->len > 0 ? records->pdata[0] : NULL; header != NULL && *header != NULL; header++)
    {
      MosCsvColumn *column = g_new0 (MosCsvColumn, 1);

      column->header = g_strdup (*header);
      column->field = mos_csv_field_of (columns, *header);
      g_ptr_array_add (columns, column);
    }
  mos_csv_halve_name (columns);
  return columns;
}

GPtrArray *
mos_customers_csv_list_columns (const char *text,
                                gsize size,
                                GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, size);
  g_autoptr (GBytes) decoded = mos_csv_decode (bytes, NULL, error);
  g_autoptr (GPtrArray) records = decoded != NULL ? mos_csv_parse (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded), error) : NULL;

  return records != NULL ? mos_csv_list_columns (records) : NULL;
}

/* --- in pieces --- */

MosCustomersCsv *
mos_customers_csv_new (const char *text,
                       gsize size,
                       gboolean only_tries,
                       GError **error)
{
  g_autoptr (GPtrArray) columns = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, size);
  g_autoptr (GBytes) decoded = mos_csv_decode (bytes, NULL, error);
  g_autoptr (GPtrArray) records = decoded != NULL ? mos_csv_parse (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded), error) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (MosCustomersCsv) self = NULL;
  const char *decoded_text;
  gsize decoded_size;

  if (records == NULL)
    return NULL;
  columns = mos_csv_list_columns (records);
  for (guint i = 0; i < columns->len; i++)
    g_strv_builder_add (builder, ((const MosCsvColumn *) columns->pdata[i])->field);
  self = g_new0 (MosCustomersCsv, 1);
  self->fields = g_strv_builder_end (builder);
  self->firsts = mos_csv_list_firsts (self->fields);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->results = g_ptr_array_new_with_free_func (mos_csv_result_free);
  self->overlay = only_tries ? mos_csv_overlay_new () : NULL;
  if (!g_strv_contains ((const char *const *) self->fields, "email") && !g_strv_contains ((const char *const *) self->fields, "phone"))
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "The first line names no column “email” or “phone”");
      return NULL;
    }
  decoded_text = g_bytes_get_data (decoded, &decoded_size);
  self->is_open = decoded_text[decoded_size - 1] != '\n' && decoded_text[decoded_size - 1] != '\r';
  for (guint i = 1; i < records->len; i++)
    {
      for (char **value = records->pdata[i]; *value != NULL; value++)
        mos_clean_take_lines (value);
      mos_csv_shape_add (&self->shape, records->pdata[i], columns->len);
    }
  self->records = g_steal_pointer (&records);
  return g_steal_pointer (&self);
}

void
mos_customers_csv_free (MosCustomersCsv *self)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->overlay, mos_csv_overlay_free);
  g_ptr_array_unref (self->results);
  g_hash_table_unref (self->taken);
  g_array_unref (self->firsts);
  g_strfreev (self->fields);
  g_free (self);
}

gboolean
mos_customers_csv_is_done (MosCustomersCsv *self)
{
  return self->results->len >= mos_customers_csv_get_total (self);
}

gboolean
mos_customers_csv_only_tries (MosCustomersCsv *self)
{
  return self->overlay != NULL;
}

guint
mos_customers_csv_get_total (MosCustomersCsv *self)
{
  return self->records->len > 0 ? self->records->len - 1 : 0;
}

GPtrArray *
mos_customers_csv_get_results (MosCustomersCsv *self)
{
  return self->results;
}

gboolean
mos_customers_csv_take (MosCustomersCsv *self,
                        MosTxn *txn,
                        guint max,
                        GError **error)
{
  self->txn = txn;
  for (guint n = 0; n < max && !mos_customers_csv_is_done (self); n++)
    {
      guint i = self->results->len + 1;
      MosCsvResult *result = g_new0 (MosCsvResult, 1);
      g_autoptr (GError) local_error = NULL;

      result->record = i;
      g_ptr_array_add (self->results, result);
      self->is_out = FALSE;
      mos_csv_move_values (self, self->records->pdata[i]);
      if (!mos_csv_check (self, self->records->pdata[i], self->is_open && i == self->records->len - 1, result, &local_error))
        {
          result->outcome = MOS_CSV_FAILED;
          result->what = g_strdup (local_error->message);
        }
      else if (!mos_csv_take (self, self->records->pdata[i], result, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
mos_customers_import_csv (MosTxn *txn,
                          const char *text,
                          gsize size,
                          GError **error)
{
  g_autoptr (MosCustomersCsv) self = mos_customers_csv_new (text, size, FALSE, error);

  return self != NULL && mos_customers_csv_take (self, txn, G_MAXUINT, error) ? g_ptr_array_ref (self->results) : NULL;
}

/* --- export --- */

static void
mos_csv_append_customer (GString *csv,
                         GPtrArray *names,
                         const MosCustomerRow *row)
{
  g_autoptr (GPtrArray) record = g_ptr_array_new ();
  g_autoptr (GString) emails = g_string_new (NULL);
  const char *phone = mos_customer_row_get_phone (row);

  for (guint i = 0; i < row->identities->len; i++)
    {
      const MosIdentity *identity = g_ptr_array_index (row->identities, i);

      if (strcmp (identity->kind, "email") == 0)
        g_string_append_printf (emails, "%s%s", emails->len > 0 ? " " : "", identity->value);
    }
  g_ptr_array_add (record, row->name);
  g_ptr_array_add (record, emails->str);
  g_ptr_array_add (record, (gpointer) (phone != NULL ? phone : ""));
  g_ptr_array_add (record, row->company != NULL ? row->company : (char *) "");
  g_ptr_array_add (record, row->language != NULL ? row->language : (char *) "");
  g_ptr_array_add (record, row->country != NULL ? row->country : (char *) "");
  g_ptr_array_add (record, (gpointer) (row->vip ? "yes" : "no"));
  g_ptr_array_add (record, (gpointer) mos_consent_to_nick (row->consent));
  g_ptr_array_add (record, row->notes);
  g_ptr_array_add (record, emails->len == 0 && phone == NULL ? row->id : (char *) "");
  for (guint i = 0; i < names->len; i++)
    {
      const char *value = mos_customer_fields_find (row->fields, names->pdata[i]);

      g_ptr_array_add (record, (gpointer) (value != NULL ? value : ""));
    }
  g_ptr_array_add (record, NULL);
  mos_csv_append (csv, (const char *const *) record->pdata);
}

GString *
mos_customers_export_csv (MosTxn *txn,
                          GError **error)
{
  static const char *const columns[] = { "name", "email", "phone", "company", "language", "country", "vip", "consent", "notes", "mostrador id" };
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GPtrArray) names = mos_store_customer_list_field_names (txn, error);
  g_autoptr (GPtrArray) header = g_ptr_array_new ();

  if (names == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    g_ptr_array_add (header, (gpointer) columns[i]);
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (header, names->pdata[i]);
  g_ptr_array_add (header, NULL);
  mos_csv_append (csv, (const char *const *) header->pdata);
  for (guint offset = 0;; offset += PAGE)
    {
      g_autoptr (GPtrArray) rows = mos_store_customer_list (txn, MOS_SEGMENT_ALL, offset, PAGE, error);

      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        mos_csv_append_customer (csv, names, rows->pdata[i]);
      if (rows->len < PAGE)
        return g_steal_pointer (&csv);
    }
}
