/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-error.h"
#include "core/desk/mos-categories.h"
#include "core/desk/mos-survey-settings.h"
#include "core/store/mos-store-accounts.h"
#include "core/store/mos-store-categories.h"

#include <glib/gi18n.h>
#include <string.h>

/* Which accounts ask their customers what, and how. */

typedef struct
{
  const char *account_name; /* (nullable) */
  GPtrArray *words;         /* (unowned) (nullable): "csat=on", "delay=1h" */
  char *wrong;              /* (owned) (nullable): a word that makes no sense */
  GPtrArray *accounts;      /* (owned): of MosAccount */
  GPtrArray *settings;      /* (owned): of MosSurveySettings */
  GPtrArray *categories;    /* (owned): of MosCategory */
} MosCtlSettings;

static void
mos_ctl_settings_clear (MosCtlSettings *call)
{
  g_free (call->wrong);
  g_clear_pointer (&call->accounts, g_ptr_array_unref);
  g_clear_pointer (&call->settings, g_ptr_array_unref);
  g_clear_pointer (&call->categories, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlSettings, mos_ctl_settings_clear)

/* --- looking --- */

/* Accounts of which nobody can be asked are passed over, unless one was named. */
static gboolean
add_settings (MosTxn *txn,
              MosCtlSettings *call,
              MosAccount *account,
              GError **error)
{
  for (MosSurveyKind kind = 0; kind < MOS_N_SURVEY_KINDS; kind++)
    {
      g_autoptr (GError) local_error = NULL;
      MosSurveySettings *settings = NULL;

      if (mos_survey_settings_load (txn, account->id, kind, &settings, &local_error))
        {
          g_ptr_array_add (call->accounts, mos_account_ref (account));
          g_ptr_array_add (call->settings, settings);
        }
      else if (call->account_name != NULL || !g_error_matches (local_error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  return TRUE;
}

static void
begin (MosCtlSettings *call)
{
  g_clear_pointer (&call->accounts, g_ptr_array_unref);
  g_clear_pointer (&call->settings, g_ptr_array_unref);
  g_clear_pointer (&call->categories, g_ptr_array_unref);
  call->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_account_unref);
  call->settings = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_survey_settings_unref);
}

static gboolean
do_look (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlSettings *call = data;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (MosAccount) one = NULL;

  begin (call);
  call->categories = mos_store_category_list (txn, error);
  if (call->categories == NULL)
    return FALSE;
  if (call->account_name != NULL)
    return mos_ctl_find_account (txn, call->account_name, &one, error) && add_settings (txn, call, one, error);
  accounts = mos_store_account_list (txn, error);
  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    if (!add_settings (txn, call, accounts->pdata[i], error))
      return FALSE;
  return accounts != NULL;
}

/* Returns: (transfer full): names in the place of ids */
static GStrv
list_names (GPtrArray *categories,
            char **ids)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (; *ids != NULL; ids++)
    {
      const MosCategory *category = mos_categories_find (categories, *ids);

      g_strv_builder_add (builder, category != NULL ? category->name : *ids);
    }
  return g_strv_builder_end (builder);
}

static char *
dup_span (guint seconds)
{
  if (seconds % 86400 == 0 && seconds > 0)
    return g_strdup_printf ("%ud", seconds / 86400);
  if (seconds % 3600 == 0 && seconds > 0)
    return g_strdup_printf ("%uh", seconds / 3600);
  return seconds % 60 == 0 ? g_strdup_printf ("%umin", seconds / 60) : g_strdup_printf ("%us", seconds);
}

static void
build_settings (MosCtl *self,
                const MosAccount *account,
                const MosSurveySettings *settings,
                char **categories)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  mos_json_string (builder, "account", account->id);
  mos_json_string (builder, "name", account->name);
  mos_json_string (builder, "kind", mos_survey_kind_to_nick (settings->kind));
  mos_json_bool (builder, "on", settings->is_on);
  mos_json_int (builder, "delay", settings->delay_s);
  mos_json_string (builder, "often", mos_survey_often_to_nick (settings->often));
  mos_json_int (builder, "days", settings->days);
  mos_json_strv (builder, "skip_tags", settings->skip_tags);
  mos_json_strv (builder, "skip_categories", categories);
  mos_json_bool (builder, "skip_vip", settings->skips_vip);
  mos_json_bool (builder, "reopen", settings->reopens);
  mos_json_int (builder, "rescue_days", settings->rescue_days);
  json_builder_set_member_name (builder, "texts");
  json_builder_begin_object (builder);
  for (guint i = 0; i < settings->texts->len; i++)
    {
      const MosSurveyText *text = settings->texts->pdata[i];

      json_builder_set_member_name (builder, text->language);
      json_builder_begin_object (builder);
      mos_json_string (builder, "subject", text->subject);
      mos_json_string (builder, "question", text->question);
      mos_json_string (builder, "thanks", text->thanks);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

static void
print_settings (MosCtl *self,
                const MosAccount *account,
                const MosSurveySettings *settings,
                GPtrArray *all)
{
  g_auto (GStrv) categories = list_names (all, settings->skip_categories);
  g_autofree char *delay = dup_span (settings->delay_s);
  g_autofree char *skipped = g_strjoinv (",", categories);
  g_autofree char *tags = g_strjoinv (",", settings->skip_tags);

  if (self->json)
    {
      build_settings (self, account, settings, categories);
      return;
    }
  mos_ctl_print (self, "%s  %s=%s delay=%s often=%s days=%u tags=%s categories=%s vip=%s reopen=%s rescue=%u\n", account->name, mos_survey_kind_to_nick (settings->kind), settings->is_on ? "on" : "off", delay,
                 mos_survey_often_to_nick (settings->often), settings->days, tags, skipped, settings->skips_vip ? "skip" : "ask", settings->reopens ? "yes" : "no", settings->rescue_days);
  for (guint i = 0; i < settings->texts->len; i++)
    {
      const MosSurveyText *text = settings->texts->pdata[i];

      mos_ctl_print (self, "  %s  %s  %s  %s\n", text->language, text->subject, text->question, text->thanks);
    }
}

static int
print_all (MosCtl *self,
           const MosCtlSettings *call)
{
  for (guint i = 0; i < call->settings->len; i++)
    print_settings (self, call->accounts->pdata[i], call->settings->pdata[i], call->categories);
  return MOS_CTL_DONE;
}

int
mos_ctl_survey_settings (MosCtl *self,
                         GPtrArray *args)
{
  g_autofree char *account = mos_ctl_take_option (args, "--account");
  g_auto (MosCtlSettings) call = { .account_name = account };
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 0, 0))
    return MOS_CTL_USAGE;
  if (!mos_ctl_read (self, do_look, &call, &error))
    return mos_ctl_fail (self, error);
  return print_all (self, &call);
}

/* --- changing --- */

/* "90s", "5min", "1h", "2d" */
static gboolean
parse_span (const char *text,
            guint *ret_s)
{
  static const struct
  {
    const char *unit;
    guint seconds;
  } units[] = { { "s", 1 }, { "m", 60 }, { "min", 60 }, { "h", 3600 }, { "d", 86400 } };
  char *end;
  guint64 number = g_ascii_strtoull (text, &end, 10);

  if (!g_ascii_isdigit (*text) || number > MOS_SURVEY_MAX_DELAY_S)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (end, units[i].unit) && number * units[i].seconds <= MOS_SURVEY_MAX_DELAY_S)
      {
        *ret_s = (guint) number * units[i].seconds;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_choice (const char *value,
              const char *yes,
              const char *no,
              gboolean *ret_is)
{
  *ret_is = g_str_equal (value, yes);
  return *ret_is || g_str_equal (value, no);
}

static gboolean
parse_days (const char *value,
            guint *ret_days)
{
  guint64 days;

  if (!g_ascii_string_to_unsigned (value, 10, 1, MOS_SURVEY_MAX_DAYS, &days, NULL))
    return FALSE;
  *ret_days = (guint) days;
  return TRUE;
}

static gboolean
parse_often (const char *value,
             MosSurveyOften *ret_often)
{
  for (MosSurveyOften often = 0; often < MOS_N_SURVEY_OFTEN; often++)
    if (g_str_equal (value, mos_survey_often_to_nick (often)))
      {
        *ret_often = often;
        return TRUE;
      }
  return FALSE;
}

/* "a, b": without blanks around and without empty ones */
static GStrv
split_names (const char *value)
{
  g_auto (GStrv) all = g_strsplit (value, ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **name = all; *name != NULL; name++)
    if (*g_strstrip (*name) != '\0')
      g_strv_builder_add (builder, *name);
  return g_strv_builder_end (builder);
}

static gboolean
set_categories (MosTxn *txn,
                MosSurveySettings *settings,
                const char *value,
                GError **error)
{
  g_auto (GStrv) names = split_names (value);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **name = names; *name != NULL; name++)
    {
      g_autoptr (MosCategory) category = NULL;

      if (!mos_categories_find_by_name (txn, *name, &category, error))
        return FALSE;
      g_strv_builder_add (builder, category->id);
    }
  g_strfreev (settings->skip_categories);
  settings->skip_categories = g_strv_builder_end (builder);
  return TRUE;
}

/* "subject.es": the shop's own words in that language; "" = the program's again */
static gboolean
set_text (MosSurveySettings *settings,
          const char *key,
          const char *value)
{
  static const char *const parts[] = { "subject.", "question.", "thanks." };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_has_prefix (key, parts[i]) && key[strlen (parts[i])] != '\0')
      {
        const char *language = key + strlen (parts[i]);
        const MosSurveyText *old = mos_survey_settings_find_text (settings, language);
        MosSurveyText *text = mos_survey_text_make (language, i == 0 || old == NULL ? "" : old->subject, i == 1 || old == NULL ? "" : old->question, i == 2 || old == NULL ? "" : old->thanks);

        g_set_str (i == 0 ? &text->subject : i == 1 ? &text->question
                                                    : &text->thanks,
                   value);
        if (old != NULL)
          g_ptr_array_remove (settings->texts, (gpointer) old);
        g_ptr_array_add (settings->texts, text);
        return TRUE;
      }
  return FALSE;
}

/* Returns: whether the word makes sense, or an error is set */
static gboolean
set_one (MosTxn *txn,
         MosSurveySettings *settings,
         const char *key,
         const char *value,
         GError **error)
{
  if (g_str_equal (key, mos_survey_kind_to_nick (settings->kind)))
    return parse_choice (value, "on", "off", &settings->is_on);
  if (g_str_equal (key, "delay"))
    return parse_span (value, &settings->delay_s);
  if (g_str_equal (key, "often"))
    return parse_often (value, &settings->often);
  if (g_str_equal (key, "days"))
    return parse_days (value, &settings->days);
  if (g_str_equal (key, "rescue"))
    return parse_days (value, &settings->rescue_days);
  if (g_str_equal (key, "vip"))
    return parse_choice (value, "skip", "ask", &settings->skips_vip);
  if (g_str_equal (key, "reopen"))
    return parse_choice (value, "yes", "no", &settings->reopens);
  if (g_str_equal (key, "tags"))
    {
      g_strfreev (settings->skip_tags);
      settings->skip_tags = split_names (value);
      return TRUE;
    }
  if (g_str_equal (key, "categories"))
    return set_categories (txn, settings, value, error);
  return set_text (settings, key, value);
}

static gboolean
do_set (MosTxn *txn,
        gpointer data,
        GError **error)
{
  MosCtlSettings *call = data;
  g_autoptr (MosAccount) account = NULL;
  MosSurveySettings *current = NULL;

  begin (call);
  call->categories = mos_store_category_list (txn, error);
  if (call->categories == NULL || !mos_ctl_find_account (txn, call->account_name, &account, error))
    return FALSE;
  for (guint i = 0; i < call->words->len; i++)
    {
      const char *word = call->words->pdata[i], *sign = strchr (word, '=');
      g_autofree char *key = sign != NULL ? g_strndup (word, (gsize) (sign - word)) : g_strdup ("");

      for (MosSurveyKind kind = 0; kind < MOS_N_SURVEY_KINDS; kind++)
        if (g_str_equal (key, mos_survey_kind_to_nick (kind)))
          {
            g_autoptr (MosSurveySettings) stored = NULL;

            if (!mos_survey_settings_load (txn, account->id, kind, &stored, error))
              return FALSE;
            current = mos_survey_settings_copy (stored);
            g_ptr_array_add (call->accounts, mos_account_ref (account));
            g_ptr_array_add (call->settings, current);
          }
      if (sign == NULL || current == NULL || !set_one (txn, current, key, sign + 1, error))
        {
          if (error != NULL && *error == NULL)
            {
              g_set_str (&call->wrong, word);
              g_set_error_literal (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, word);
            }
          return FALSE;
        }
    }
  for (guint i = 0; i < call->settings->len; i++)
    if (!mos_survey_settings_save (txn, call->settings->pdata[i], error))
      return FALSE;
  return TRUE;
}

int
mos_ctl_survey_set (MosCtl *self,
                    GPtrArray *args)
{
  g_auto (MosCtlSettings) call = { NULL };
  g_autofree char *account = NULL;
  GError *error = NULL;

  if (!mos_ctl_check_args (self, args, 2, G_MAXUINT))
    return MOS_CTL_USAGE;
  account = g_strdup (args->pdata[0]);
  g_ptr_array_remove_index (args, 0);
  call.account_name = account;
  call.words = args;
  if (!mos_ctl_write (self, MOS_SURVEY_SETTINGS_LABEL, do_set, &call, &error))
    {
      if (call.wrong == NULL)
        return mos_ctl_fail (self, error);
      g_error_free (error);
      /* Translators: %s is what somebody typed; the words with = are to be left as they are. */
      return mos_ctl_usage (self, _ ("“%s” is not understood: say csat=on, csat=off, nps=on or nps=off, and behind it delay=1h, often=conversation, close or person, days=14, tags=A,B, categories=A,B, vip=ask or skip, reopen=yes or no, rescue=3, subject.es=TEXT, question.es=TEXT, thanks.es=TEXT"),
                            call.wrong);
    }
  return print_all (self, &call);
}
