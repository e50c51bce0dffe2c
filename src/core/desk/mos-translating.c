/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-desk"

#include "config.h"

#include "core/desk/mos-translating.h"

#include "core/base/mos-secrets.h"
#include "core/desk/mos-desk-host.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-conversations.h"
#include "core/store/mos-store-messages.h"
#include "core/store/mos-store-translate.h"
#include "core/translate/mos-translate-text.h"
#include "core/translate/mos-translator.h"

#include <string.h>

/* Translations that are remembered; a page each, at most some megabytes. */
#define MAX_KNOWN 200
/* Of a unit: sentences beyond are parted. */
#define MAX_UNIT 4000

struct _MosTranslating
{
  MosStore *store;                /* (owned) */
  MosTranslateSettings *settings; /* (owned) (nullable): those that @translator is for */
  MosTranslator *translator;      /* (owned) (nullable) */
  GHashTable *known;              /* (owned): digest of what was asked -> MosTranslation */
  GQueue *order;                  /* (owned): the same digests (borrowed), the oldest first */
};

MosTranslating *
mos_translating_new (MosStore *store)
{
  MosTranslating *self = g_atomic_rc_box_new0 (MosTranslating);

  self->store = g_object_ref (store);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) mos_translation_unref);
  self->order = g_queue_new ();
  return self;
}

MosTranslating *
mos_translating_ref (MosTranslating *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
forget (MosTranslating *self)
{
  g_queue_clear (self->order);
  g_hash_table_remove_all (self->known);
  g_clear_object (&self->translator);
  g_clear_pointer (&self->settings, mos_translate_settings_unref);
}

static void
mos_translating_clear (gpointer data)
{
  MosTranslating *self = data;

  forget (self);
  g_queue_free (self->order);
  g_hash_table_unref (self->known);
  g_object_unref (self->store);
}

void
mos_translating_unref (MosTranslating *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, mos_translating_clear);
}

/* --- the service --- */

static gboolean
is_same_place (const MosTranslateSettings *one,
               const MosTranslateSettings *other)
{
  return one->service == other->service && strcmp (one->url, other->url) == 0;
}

static gboolean
do_load (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  MosTranslateSettings **settings = data;

  g_clear_pointer (settings, mos_translate_settings_unref);
  return mos_store_translate_load (txn, settings, error);
}

/* Returns: (transfer full) (nullable): "" where none is kept */
static char *
dup_key (MosTranslating *self,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *scope = mos_desk_profile_scope (mos_store_get_profile (self->store));
  g_autoptr (GError) local = NULL;
  char *key = mos_secrets_lookup_sync (scope, MOS_TRANSLATE_SECRET, MOS_SECRETS_TIMEOUT_MS, cancellable, &local);

  if (key != NULL)
    return key;
  if (g_error_matches (local, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_PASSWORD))
    return g_strdup ("");
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error_literal (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_NO_KEYRING, local->message);
  return NULL;
}

static void
wipe (char *key)
{
  if (key != NULL)
    explicit_bzero (key, strlen (key));
  g_free (key);
}

/* The client of before goes on where nothing has changed: it has the key, and knows the languages. */
static MosTranslator *
ensure_translator (MosTranslating *self,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (MosTranslateSettings) settings = NULL;
  char *key;

  if (!mos_store_read_sync (self->store, do_load, &settings, cancellable, error))
    return NULL;
  if (self->settings != NULL && !is_same_place (self->settings, settings))
    forget (self);
  if (settings->service == MOS_TRANSLATE_OFF)
    {
      g_set_error_literal (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_OFF, "No service is set up");
      return NULL;
    }
  if (self->translator != NULL)
    return self->translator;
  key = dup_key (self, cancellable, error);
  if (key == NULL)
    return NULL;
  self->translator = mos_translator_new (settings, key);
  g_clear_pointer (&self->settings, mos_translate_settings_unref);
  self->settings = g_steal_pointer (&settings);
  wipe (key);
  return self->translator;
}

/* A key that was refused may have been renewed elsewhere. */
static void
note_error (MosTranslating *self,
            const GError *error)
{
  if (g_error_matches (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_KEY_REFUSED))
    g_clear_object (&self->translator);
}

MosTranslateFacts *
mos_translating_test_sync (MosTranslating *self,
                           const MosTranslateSettings *settings,
                           const char *key,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (MosTranslateSettings) stored = NULL;
  g_autoptr (MosTranslator) translator = NULL;
  char *kept = NULL;

  g_return_val_if_fail (self != NULL && settings->service != MOS_TRANSLATE_OFF, NULL);

  if (!mos_store_read_sync (self->store, do_load, &stored, cancellable, error))
    return NULL;
  if (key == NULL && is_same_place (stored, settings) && (kept = dup_key (self, cancellable, error)) == NULL)
    return NULL;
  translator = mos_translator_new (settings, key != NULL ? key : kept);
  wipe (kept);
  return mos_translator_test_sync (translator, cancellable, error);
}

static gboolean
do_save (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  return mos_store_translate_save (txn, data, error);
}

gboolean
mos_translating_save_sync (MosTranslating *self,
                           const MosTranslateSettings *settings,
                           const char *key,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autofree char *scope = mos_desk_profile_scope (mos_store_get_profile (self->store));
  g_autoptr (MosTranslateSettings) stored = NULL;
  g_autoptr (GError) keyring = NULL;

  g_return_val_if_fail (self != NULL && settings != NULL, FALSE);

  if (!mos_store_read_sync (self->store, do_load, &stored, cancellable, error))
    return FALSE;
  /* The key first: a service that is set up must be able to answer. */
  if (key != NULL && *key != '\0')
    {
      if (!mos_secrets_store_sync (scope, MOS_TRANSLATE_SECRET, "Mostrador translation", key, MOS_SECRETS_TIMEOUT_MS, cancellable, error))
        return FALSE;
    }
  else if ((key != NULL || !is_same_place (stored, settings)) && !mos_secrets_clear_sync (scope, MOS_TRANSLATE_SECRET, MOS_SECRETS_TIMEOUT_MS, cancellable, &keyring))
    {
      /* Kept there it would be shown to another service. */
      if (settings->service != MOS_TRANSLATE_OFF && !g_error_matches (keyring, MOS_DESK_ERROR, MOS_DESK_ERROR_NO_SECRET_SERVICE))
        {
          g_propagate_error (error, g_steal_pointer (&keyring));
          return FALSE;
        }
      g_debug ("The key was not forgotten: %s", keyring->message);
    }
  if (!mos_store_write_sync (self->store, NULL, NULL, do_save, (gpointer) settings, NULL, cancellable, error))
    return FALSE;
  forget (self);
  return TRUE;
}

/* --- a text --- */

static char *
digest_of (const char *text,
           gboolean is_marked,
           const char *from,
           const char *to)
{
  g_autofree char *all = g_strdup_printf ("%d %s %s\n%s", is_marked, from, to, text);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);
}

static void
remember (MosTranslating *self,
          char *digest,
          MosTranslation *translation)
{
  while (g_queue_get_length (self->order) >= MAX_KNOWN)
    g_hash_table_remove (self->known, g_queue_pop_head (self->order));
  g_queue_push_tail (self->order, digest);
  g_hash_table_insert (self->known, digest, mos_translation_ref (translation));
}

/* A service that lost what was kept here gets the words around it once more, without it. */
static gboolean
translate_bare (MosTranslator *translator,
                MosTranslateText *text,
                guint unit,
                const char *from,
                const char *to,
                GCancellable *cancellable,
                GError **error)
{
  g_auto (GStrv) bare = mos_translate_text_list_bare (text, unit);
  g_auto (GStrv) answers = NULL;
  g_autofree char *said = NULL;

  answers = mos_translator_translate_sync (translator, (const char *const *) bare, from, to, &said, cancellable, error);
  if (answers == NULL)
    return FALSE;
  mos_translate_text_set_bare (text, unit, (const char *const *) answers);
  return TRUE;
}

static MosTranslation *
translate (MosTranslator *translator,
           const MosTranslateSettings *settings,
           MosTranslateText *text,
           const char *from,
           const char *to,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (MosTranslation) translation = mos_translation_new ();
  g_autoptr (GPtrArray) units = g_ptr_array_new ();
  g_auto (GStrv) answers = NULL;

  for (guint i = 0; i < mos_translate_text_get_n (text); i++)
    g_ptr_array_add (units, (gpointer) mos_translate_text_get_unit (text, i));
  g_ptr_array_add (units, NULL);
  answers = mos_translator_translate_sync (translator, (const char *const *) units->pdata, from, to, &translation->from, cancellable, error);
  if (answers == NULL)
    return NULL;
  for (guint i = 0; answers[i] != NULL; i++)
    if (!mos_translate_text_set_unit (text, i, answers[i]) && !translate_bare (translator, text, i, from, to, cancellable, error))
      return NULL;
  translation->text = mos_translate_text_join (text);
  translation->to = g_strdup (to);
  translation->service = settings->service;
  if (*translation->from == '\0' && from != NULL)
    g_set_str (&translation->from, from);
  return g_steal_pointer (&translation);
}

static MosTranslation *
translate_once (MosTranslating *self,
                const char *words,
                gboolean is_marked,
                const char *from,
                const char *to,
                GCancellable *cancellable,
                GError **error)
{
  MosTranslator *translator = ensure_translator (self, cancellable, error);
  g_autoptr (MosTranslateText) text = NULL;
  g_autoptr (MosTranslation) translation = NULL;
  g_autofree char *digest = NULL;
  g_autoptr (GError) local = NULL;

  if (translator == NULL)
    return NULL;
  /* Where both seem to be the same, one of the two is a mistake: let the service find out. */
  if (from != NULL && (*from == '\0' || mos_translate_language_is_same (from, to)))
    from = NULL;
  digest = digest_of (words, is_marked, from != NULL ? from : "", to);
  if (g_hash_table_contains (self->known, digest))
    return mos_translation_ref (g_hash_table_lookup (self->known, digest));
  if (g_utf8_strlen (words, -1) > MOS_TRANSLATE_MAX_TEXT)
    {
      g_set_error_literal (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_TOO_LARGE, "More than is translated at once");
      return NULL;
    }
  /* It says how much it takes with its languages. */
  if (mos_translator_list_languages_sync (translator, cancellable, &local) != NULL)
    {
      text = mos_translate_text_new (words, is_marked, MIN (mos_translator_get_max_bytes (translator) / 2, MAX_UNIT));
      if (mos_translate_text_get_n (text) == 0)
        g_set_error_literal (&local, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_NOTHING, "There are no words in it");
      else
        translation = translate (translator, self->settings, text, from, to, cancellable, &local);
    }
  if (translation == NULL)
    {
      note_error (self, local);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  remember (self, g_steal_pointer (&digest), translation);
  return g_steal_pointer (&translation);
}

/* --- messages and drafts --- */

typedef struct
{
  const char *message; /* (nullable) */
  const char *account; /* (nullable) */
  char *text;          /* (nullable) */
  char *language;      /* (nullable) */
  gboolean may;
} Asked;

static void
asked_clear (Asked *asked)
{
  g_clear_pointer (&asked->text, g_free);
  g_clear_pointer (&asked->language, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

static gboolean
read_account (MosTxn *txn,
              const char *id,
              gboolean *ret_may,
              GError **error)
{
  g_autoptr (MosAccount) account = NULL;

  *ret_may = FALSE;
  if (id == NULL)
    return TRUE;
  if (!mos_store_account_find (txn, id, &account, error))
    return FALSE;
  *ret_may = account != NULL && strcmp (mos_account_get_setting (account, MOS_ACCOUNT_TRANSLATES, ""), "1") == 0;
  return TRUE;
}

static gboolean
do_read (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  Asked *asked = data;
  g_autoptr (MosMessageRow) row = NULL;
  g_autoptr (MosConversationRow) conversation = NULL;

  asked_clear (asked);
  if (asked->message == NULL)
    return read_account (txn, asked->account, &asked->may, error);
  if (!mos_store_message_find (txn, asked->message, &row, error))
    return FALSE;
  if (row == NULL || row->direction == MOS_DIRECTION_EVENT)
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "There is no such message");
      return FALSE;
    }
  if (row->account == NULL && !mos_store_conversation_find (txn, row->conversation, &conversation, error))
    return FALSE;
  asked->text = g_strdup (row->reply_text != NULL && *row->reply_text != '\0' ? row->reply_text : row->text);
  asked->language = g_strdup (row->language);
  return read_account (txn, row->account != NULL ? row->account : conversation != NULL ? conversation->account
                                                                                       : NULL,
                       &asked->may, error);
}

/* Returns: whether the account lets its texts go */
static gboolean
read_asked (MosTranslating *self,
            Asked *asked,
            GCancellable *cancellable,
            GError **error)
{
  if (!mos_store_read_sync (self->store, do_read, asked, cancellable, error))
    return FALSE;
  if (asked->may)
    return TRUE;
  g_set_error_literal (error, MOS_TRANSLATE_ERROR, MOS_TRANSLATE_ERROR_OFF, "The account does not let its messages be translated");
  return FALSE;
}

MosTranslation *
mos_translating_message_sync (MosTranslating *self,
                              const char *message,
                              const char *to,
                              GCancellable *cancellable,
                              GError **error)
{
  g_auto (Asked) asked = { .message = message };

  g_return_val_if_fail (self != NULL && message != NULL && to != NULL, NULL);

  return read_asked (self, &asked, cancellable, error) ? translate_once (self, asked.text, FALSE, asked.language, to, cancellable, error) : NULL;
}

MosTranslation *
mos_translating_draft_sync (MosTranslating *self,
                            const char *account,
                            const char *text,
                            gboolean is_marked,
                            const char *from,
                            const char *to,
                            GCancellable *cancellable,
                            GError **error)
{
  g_auto (Asked) asked = { .account = account };

  g_return_val_if_fail (self != NULL && text != NULL && to != NULL, NULL);

  return read_asked (self, &asked, cancellable, error) ? translate_once (self, text, is_marked, from, to, cancellable, error) : NULL;
}

gboolean
mos_translating_set_account (MosTxn *txn,
                             const char *account,
                             gboolean is_on,
                             GError **error)
{
  g_autoptr (MosAccount) found = NULL;

  if (!mos_store_account_find (txn, account, &found, error))
    return FALSE;
  if (found == NULL)
    {
      g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_NOT_FOUND, "There is no such account");
      return FALSE;
    }
  /* It was read just now, so it is nobody else's. */
  mos_account_set_setting (found, MOS_ACCOUNT_TRANSLATES, is_on ? "1" : NULL);
  return mos_store_account_save (txn, found, error);
}
