/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-outreach.h"

#include "core/base/mos-text.h"
#include "core/desk/mos-macro-fill.h"
#include "core/desk/mos-outreach-words.h"
#include "core/desk/mos-rows.h"
#include "core/desk/mos-senders.h"
#include "core/mail/mime/mos-markup.h"
#include "core/store/mos-store-macros.h"
#include "core/store/mos-store-orders.h"
#include "core/store/mos-store-outreach.h"

#include <string.h>

/* Whom an outreach goes to, and what each of them gets. Reads only. */

static void
mos_outreach_letter_clear (MosOutreachLetter *self)
{
  g_free (self->subject);
  g_free (self->text);
  g_free (self->language);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->plan, mos_macro_plan_unref);
}
MOS_DEFINE_VALUE (MosOutreachLetter, outreach_letter)

/* --- the letter --- */

/* What it says: fixed once it has begun, else what the macro says today. */
static gboolean
load_letter (MosTxn *txn,
             MosOutreach *outreach,
             MosMacro **ret_macro,
             GError **error)
{
  if (outreach->state != MOS_OUTREACH_DRAFT)
    {
      *ret_macro = mos_macro_ref (outreach->letter);
      return TRUE;
    }
  if (!mos_store_macro_find (txn, outreach->letter->id, ret_macro, error))
    return FALSE;
  if (*ret_macro == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "No macro %s", outreach->letter->id);
      return FALSE;
    }
  return TRUE;
}

static void
add_missing (GPtrArray *missing,
             GPtrArray *more)
{
  for (guint i = 0; i < more->len; i++)
    if (!g_ptr_array_find_with_equal_func (missing, more->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (missing, g_strdup (more->pdata[i]));
}

/* Below the text: who signs, and how to get no more of it. */
static char *
make_end (const MosOutreach *outreach,
          const MosMacroFacts *facts,
          const char *language)
{
  g_autoptr (MosSender) sender = facts->account != NULL ? mos_account_find_sender (facts->account, NULL) : NULL;
  const char *signature = sender != NULL ? mos_sender_get_signature (sender, facts->agent) : "";
  g_autofree char *line = outreach->purpose == MOS_OUTREACH_PROMOTIONAL ? mos_markup_escape (mos_outreach_words_get_line (language)) : NULL;
  GString *end = g_string_new (NULL);

  if (*signature != '\0')
    {
      /* As in every draft that a program writes: its words, without marks. */
      g_autofree char *plain = mos_markup_to_plain (signature);
      g_autofree char *escaped = mos_markup_escape (plain);

      g_string_append_printf (end, "\n\n-- \n%s", escaped);
    }
  if (line != NULL)
    g_string_append_printf (end, "\n\n%s", line);
  return g_string_free (end, FALSE);
}

static MosOutreachLetter *
fill (const MosOutreach *outreach,
      const MosMacro *macro,
      MosMacroFacts *facts)
{
  const char *desk = g_get_language_names ()[0];
  g_auto (GStrv) languages = mos_macro_list_languages (facts, desk);
  MosMacroFilling filling = { .facts = facts, .languages = (const char *const *) languages, .answers = outreach->answers, .asked_locale = desk, .is_marked = TRUE };
  g_autoptr (MosMacroFilled) text = mos_macro_fill (macro, &filling);
  const char *const same[] = { text->language, NULL };
  g_autoptr (MosMacroFilled) subject = NULL;
  g_autofree char *end = make_end (outreach, facts, text->language);
  MosOutreachLetter *letter = mos_outreach_letter_new ();

  filling.languages = same;
  filling.is_marked = FALSE;
  subject = mos_macro_fill (outreach->subjects, &filling);
  letter->language = g_strdup (text->language);
  letter->text = g_strconcat (text->text != NULL ? text->text : "", end, NULL);
  letter->subject = g_strdelimit (g_strdup (subject->text != NULL ? subject->text : ""), "\r\n", ' ');
  letter->attachments = g_ptr_array_ref (macro->attachments);
  letter->missing = g_ptr_array_new_with_free_func (g_free);
  add_missing (letter->missing, text->missing);
  add_missing (letter->missing, subject->missing);
  letter->plan = mos_macro_plan_copy (text->plan);
  for (guint i = 0; i < subject->plan->literals->len; i++)
    g_ptr_array_add (letter->plan->literals, g_strdup (subject->plan->literals->pdata[i]));
  return letter;
}

static gboolean
write_letter (MosTxn *txn,
              MosOutreach *outreach,
              const MosMacro *macro,
              const MosOutreachPerson *person,
              MosOutreachLetter **ret_letter,
              GError **error)
{
  const MosMacroSubject subject = {
    .address = person != NULL ? person->address : NULL,
    .customer = person != NULL ? person->customer : NULL,
    .agent = outreach->agent,
    .account = outreach->account,
    .order = person != NULL ? person->order : NULL,
  };
  g_autoptr (MosMacroFacts) facts = NULL;

  if (!mos_macro_facts_load (txn, &subject, &facts, error))
    return FALSE;
  *ret_letter = fill (outreach, macro, facts);
  return TRUE;
}

static void
digest_text (GChecksum *checksum,
             const char *text)
{
  /* With its end, so that no two lists of texts read alike. */
  g_checksum_update (checksum, (const guchar *) (text != NULL ? text : ""), text != NULL ? (gssize) strlen (text) + 1 : 1);
}

static void
digest_macro (GChecksum *checksum,
              const MosMacro *macro)
{
  for (guint i = 0; i < macro->texts->len; i++)
    {
      const MosMacroText *text = macro->texts->pdata[i];

      digest_text (checksum, text->language);
      digest_text (checksum, text->text);
    }
  for (guint i = 0; i < macro->attachments->len; i++)
    {
      const MosAttachment *attachment = macro->attachments->pdata[i];

      digest_text (checksum, attachment->name);
      digest_text (checksum, attachment->sha256);
    }
  digest_text (checksum, "");
}

char *
mos_outreach_dup_digest (MosTxn *txn,
                         MosOutreach *outreach,
                         GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GList) questions = g_list_sort (g_hash_table_get_keys (outreach->answers), (GCompareFunc) strcmp);
  g_autoptr (MosMacro) macro = NULL;

  if (!load_letter (txn, outreach, &macro, error))
    return NULL;
  digest_text (checksum, mos_outreach_purpose_to_nick (outreach->purpose));
  digest_text (checksum, outreach->account);
  for (GList *l = questions; l != NULL; l = l->next)
    {
      digest_text (checksum, l->data);
      digest_text (checksum, g_hash_table_lookup (outreach->answers, l->data));
    }
  digest_macro (checksum, outreach->subjects);
  digest_macro (checksum, macro);
  return g_strdup (g_checksum_get_string (checksum));
}

gboolean
mos_outreach_write (MosTxn *txn,
                    MosOutreach *outreach,
                    const MosOutreachPerson *person,
                    MosOutreachLetter **ret_letter,
                    GError **error)
{
  g_autoptr (MosMacro) macro = NULL;

  return load_letter (txn, outreach, &macro, error) && write_letter (txn, outreach, macro, person, ret_letter, error);
}

/* --- what speaks against it --- */

/* Somebody who was erased and came back is somebody new; who only stands on an old order is not. */
static gboolean
is_forgotten (MosTxn *txn,
              const MosOutreachPerson *person,
              gint64 erased_us,
              gboolean *ret_is,
              GError **error)
{
  g_autoptr (MosOrder) order = NULL;

  *ret_is = FALSE;
  if (erased_us == 0 || person->customer != NULL)
    return TRUE;
  if (person->order != NULL && !mos_store_order_find (txn, person->order, &order, error))
    return FALSE;
  *ret_is = order == NULL || order->created_us <= erased_us;
  return TRUE;
}

/* Whether the order is still what the outreach is about: it may have been sent off, or cancelled, since. */
static gboolean
is_settled (MosTxn *txn,
            MosOutreach *outreach,
            const MosOutreachPerson *person,
            gboolean *ret_is,
            GError **error)
{
  const MosAudience *audience = outreach->audience;
  gboolean is_late;

  *ret_is = FALSE;
  if (person->order == NULL || !(audience->kind == MOS_AUDIENCE_LATE_ORDERS || (audience->kind == MOS_AUDIENCE_CHOSEN_ORDERS && audience->days > 0)))
    return TRUE;
  if (!mos_store_outreach_is_late (txn, person->order, &is_late, error))
    return FALSE;
  *ret_is = !is_late;
  return TRUE;
}

gboolean
mos_outreach_judge (MosTxn *txn,
                    MosOutreach *outreach,
                    const MosOutreachPerson *person,
                    MosLeftOut *ret_reason,
                    gboolean *ret_is_left_out,
                    GError **error)
{
  MosOutreachStanding standing;
  g_autofree char *consent = NULL;
  gboolean is_erased, is_over;
  gint64 since_us = mos_txn_get_now_us (txn) - outreach->again_days * G_TIME_SPAN_DAY;

  *ret_is_left_out = TRUE;
  if (!mos_text_is_address (person->address))
    {
      *ret_reason = MOS_LEFT_OUT_NO_ADDRESS;
      return TRUE;
    }
  if (!mos_store_outreach_find_standing (txn, person->customer, person->address, &standing, error))
    return FALSE;
  consent = g_steal_pointer (&standing.consent);
  if (!is_forgotten (txn, person, standing.erased_us, &is_erased, error) || !is_settled (txn, outreach, person, &is_over, error))
    return FALSE;

  if (is_erased)
    *ret_reason = MOS_LEFT_OUT_ERASED;
  else if (g_strcmp0 (consent, "opted_out") == 0)
    *ret_reason = MOS_LEFT_OUT_OPTED_OUT;
  else if (standing.is_blocked)
    *ret_reason = MOS_LEFT_OUT_BLOCKED;
  else if (standing.has_bounced)
    *ret_reason = MOS_LEFT_OUT_BOUNCED;
  else if (consent == NULL && outreach->purpose == MOS_OUTREACH_PROMOTIONAL && !outreach->allows_unknown)
    *ret_reason = MOS_LEFT_OUT_NO_CONSENT;
  else if (outreach->again_days > 0 && standing.last_us > since_us)
    *ret_reason = MOS_LEFT_OUT_RECENT;
  else if (is_over)
    *ret_reason = MOS_LEFT_OUT_SETTLED;
  else
    *ret_is_left_out = FALSE;
  return TRUE;
}

/* --- all of them --- */

static void
leave_out (MosOutreachPerson *person,
           MosLeftOut reason)
{
  person->state = MOS_OUTREACH_PERSON_LEFT_OUT;
  person->reason = reason;
}

/* Nobody has seen @person yet. @taken: keys of those who get one */
static gboolean
decide (MosTxn *txn,
        MosOutreach *outreach,
        const MosMacro *macro,
        MosOutreachPerson *person,
        GHashTable *taken,
        gboolean is_filled,
        GError **error)
{
  g_autofree char *folded = g_utf8_strdown (person->address, -1);
  g_autoptr (MosOutreachLetter) letter = NULL;
  MosLeftOut reason;
  gboolean is_left_out;

  if (!mos_outreach_judge (txn, outreach, person, &reason, &is_left_out, error))
    return FALSE;
  if (!is_left_out && (g_hash_table_contains (taken, folded) || (person->customer != NULL && g_hash_table_contains (taken, person->customer))))
    {
      reason = MOS_LEFT_OUT_TWICE;
      is_left_out = TRUE;
    }
  if (is_left_out)
    {
      leave_out (person, reason);
      return TRUE;
    }
  if (is_filled)
    {
      if (!write_letter (txn, outreach, macro, person, &letter, error))
        return FALSE;
      g_set_str (&person->language, letter->language);
      if (letter->missing->len > 0)
        {
          g_ptr_array_add (letter->missing, NULL);
          person->detail = g_strjoinv (" ", (char **) letter->missing->pdata);
          leave_out (person, MOS_LEFT_OUT_MISSING);
          return TRUE;
        }
    }
  g_hash_table_add (taken, g_steal_pointer (&folded));
  if (person->customer != NULL)
    g_hash_table_add (taken, g_strdup (person->customer));
  return TRUE;
}

struct _MosOutreachWork
{
  MosOutreach *outreach; /* (owned) */
  MosMacro *macro;       /* (owned) (nullable) */
  GPtrArray *ids;        /* (owned) (nullable): of candidates; %NULL where the people are fixed */
  guint next;            /* of @ids */
  GPtrArray *people;     /* (owned) */
  GHashTable *taken;     /* (owned): keys of those who get one */
  guint n_filled;
};

void
mos_outreach_work_free (MosOutreachWork *self)
{
  mos_outreach_unref (self->outreach);
  g_clear_pointer (&self->macro, mos_macro_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_hash_table_unref (self->taken);
  g_free (self);
}

MosOutreachWork *
mos_outreach_work_new (MosTxn *txn,
                       MosOutreach *outreach,
                       GError **error)
{
  g_autoptr (MosOutreachWork) self = g_new0 (MosOutreachWork, 1);

  self->outreach = mos_outreach_ref (outreach);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (outreach->state != MOS_OUTREACH_DRAFT)
    {
      self->people = mos_store_outreach_list_people (txn, outreach->id, error);
      return self->people != NULL ? g_steal_pointer (&self) : NULL;
    }
  if (!load_letter (txn, outreach, &self->macro, error))
    return NULL;
  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_outreach_person_unref);
  self->ids = mos_store_outreach_list_candidates (txn, outreach->audience, error);
  return self->ids != NULL ? g_steal_pointer (&self) : NULL;
}

gboolean
mos_outreach_work_is_done (MosOutreachWork *self)
{
  return self->ids == NULL || self->next >= self->ids->len;
}

GPtrArray *
mos_outreach_work_get_people (MosOutreachWork *self)
{
  return self->people;
}

gboolean
mos_outreach_work_step (MosOutreachWork *self,
                        MosTxn *txn,
                        guint max,
                        GCancellable *cancellable,
                        GError **error)
{
  for (guint n = 0; n < max && !mos_outreach_work_is_done (self); n++, self->next++)
    {
      guint first = self->people->len;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !mos_store_outreach_load_candidate (txn, self->outreach->audience, self->ids->pdata[self->next], self->people, error))
        return FALSE;
      for (guint i = first; i < self->people->len; i++)
        {
          MosOutreachPerson *person = self->people->pdata[i];

          person->position = i;
          if (!decide (txn, self->outreach, self->macro, person, self->taken, self->n_filled < MOS_OUTREACH_MAX_FILLED, error))
            return FALSE;
          self->n_filled += *person->language != '\0';
        }
    }
  return TRUE;
}

GPtrArray *
mos_outreach_work_out (MosTxn *txn,
                       MosOutreach *outreach,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (MosOutreachWork) self = mos_outreach_work_new (txn, outreach, error);

  return self != NULL && mos_outreach_work_step (self, txn, G_MAXUINT, cancellable, error) ? g_ptr_array_ref (self->people) : NULL;
}
