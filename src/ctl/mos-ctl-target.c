/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-categories.h"
#include "core/desk/mos-calendars.h"
#include "core/desk/mos-targets.h"

#include <glib/gi18n.h>
#include <string.h>

/* Within what time the shop means to answer and to be done. */

typedef struct
{
  MosTargetScope scope;
  const char *key; /* as it was typed */
  GPtrArray *args; /* (borrowed): TARGET=TIME… */
  gboolean resets;
  MosTargets *targets;   /* (owned) (nullable): those that are valid */
  GPtrArray *categories; /* (owned) (nullable) */
  gboolean nobody_works;
} MosCtlTarget;

static void
mos_ctl_target_clear (MosCtlTarget *call)
{
  g_clear_pointer (&call->targets, mos_targets_unref);
  g_clear_pointer (&call->categories, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlTarget, mos_ctl_target_clear)

static gboolean
do_list (MosTxn *txn,
         gpointer data,
         GError **error)
{
  MosCtlTarget *call = data;
  g_autoptr (MosCalendar) calendar = NULL;

  call->targets = mos_targets_load (txn, error);
  call->categories = call->targets != NULL ? mos_categories_list (txn, error) : NULL;
  if (call->categories == NULL || !mos_calendars_find_now (txn, &calendar, error))
    return FALSE;
  call->nobody_works = calendar != NULL && !mos_calendar_has_hours (calendar);
  return TRUE;
}

static void
print_rule (MosCtl *self,
            MosCtlTarget *call,
            const MosTargetRule *rule)
{
  const MosCategory *category = rule->scope == MOS_TARGET_SCOPE_CATEGORY ? mos_categories_find (call->categories, rule->key) : NULL;
  g_autoptr (GString) line = g_string_new (mos_target_scope_to_nick (rule->scope));

  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "scope", mos_target_scope_to_nick (rule->scope));
      mos_json_string (builder, "key", *rule->key != '\0' ? rule->key : NULL);
      if (category != NULL)
        mos_json_string (builder, "name", category->name);
      for (guint kind = 0; kind < MOS_N_TARGET_KINDS; kind++)
        if (rule->seconds[kind] != MOS_TARGET_UNSET)
          {
            g_autofree char *in_hours = g_strconcat (mos_target_kind_to_nick ((MosTargetKind) kind), "_in_hours", NULL);

            mos_json_int (builder, mos_target_kind_to_nick ((MosTargetKind) kind), rule->seconds[kind]);
            mos_json_bool (builder, in_hours, rule->in_hours[kind]);
          }
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }
  if (*rule->key != '\0')
    g_string_append_printf (line, ":%s", category != NULL ? category->name : rule->key);
  for (guint kind = 0; kind < MOS_N_TARGET_KINDS; kind++)
    if (rule->seconds[kind] != MOS_TARGET_UNSET)
      {
        g_autofree char *time = mos_target_write_seconds (rule->seconds[kind]);

        g_string_append_printf (line, "  %s=%s%s", mos_target_kind_to_nick ((MosTargetKind) kind), time, rule->seconds[kind] == 0 ? "" : rule->in_hours[kind] ? ":hours"
                                                                                                                                                              : ":always");
      }
  mos_ctl_print (self, "%s\n", line->str);
}

static int
list (MosCtl *self,
      MosCtlTarget *call)
{
  GError *error = NULL;

  if (!mos_ctl_read (self, do_list, call, &error))
    return mos_ctl_fail (self, error);
  for (guint i = 0; i < call->targets->rules->len; i++)
    print_rule (self, call, call->targets->rules->pdata[i]);
  if (call->nobody_works)
    g_string_append_printf (self->errors, "%s\n", _ ("The business hours have no open hour: what counts by them is never due"));
  return MOS_CTL_DONE;
}

/* "first_reply=2h:hours". Returns: FALSE where it is none of that */
static gboolean
read_time (MosTargetRule *rule,
           const char *word)
{
  const char *equals = strchr (word, '=');
  const char *colon = equals != NULL ? strchr (equals, ':') : NULL;
  g_autofree char *name = equals != NULL ? g_strndup (word, equals - word) : NULL;
  g_autofree char *time = equals == NULL ? NULL : colon != NULL ? g_strndup (equals + 1, colon - equals - 1)
                                                                : g_strdup (equals + 1);
  MosTargetKind kind;

  if (equals == NULL || (colon != NULL && strcmp (colon, ":hours") != 0 && strcmp (colon, ":always") != 0))
    return FALSE;
  kind = mos_target_kind_from_nick (name, MOS_TARGET_FIRST_REPLY);
  if (strcmp (name, mos_target_kind_to_nick (kind)) != 0 || !mos_target_read_seconds (time, &rule->seconds[kind]))
    return FALSE;
  if (colon != NULL)
    rule->in_hours[kind] = strcmp (colon, ":hours") == 0;
  return TRUE;
}

static gboolean
do_set (MosTxn *txn,
        gpointer data,
        GError **error)
{
  MosCtlTarget *call = data;
  g_autoptr (MosTargets) now = call->resets ? mos_targets_make_default () : mos_targets_load (txn, error);
  g_autoptr (MosTargets) with = NULL;
  g_autoptr (MosCategory) category = NULL;
  g_autoptr (MosTargetRule) rule = NULL;
  const MosTargetRule *known;

  if (now == NULL)
    return FALSE;
  if (call->resets)
    return mos_targets_set (txn, now, error);
  if (call->scope == MOS_TARGET_SCOPE_CATEGORY && !mos_ctl_find_category (txn, call->key, &category, error))
    return FALSE;
  rule = mos_target_rule_make (call->scope, category != NULL ? category->id : call->key);
  known = mos_targets_find (now, rule->scope, rule->key);
  for (guint kind = 0; known != NULL && kind < MOS_N_TARGET_KINDS; kind++)
    {
      rule->seconds[kind] = known->seconds[kind];
      rule->in_hours[kind] = known->in_hours[kind];
    }
  for (guint i = 2; i < call->args->len; i++)
    if (!read_time (rule, call->args->pdata[i]))
      {
        /* Translators: %s is what was typed; the three examples are to be left as they are. */
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is not understood. Say for example first_reply=2h, next_reply=none or resolution=3d:always"), (const char *) call->args->pdata[i]);
        return FALSE;
      }
  with = mos_targets_with (now, rule);
  return mos_targets_set (txn, with, error);
}

static int
set (MosCtl *self,
     MosCtlTarget *call)
{
  const char *what = call->args->pdata[1];
  const char *colon = strchr (what, ':');
  g_autofree char *scope = colon != NULL ? g_strndup (what, colon - what) : g_strdup (what);
  GError *error = NULL;
  gboolean takes_key;

  call->scope = mos_target_scope_from_nick (scope, MOS_TARGET_SCOPE_CHANNEL);
  takes_key = call->scope == MOS_TARGET_SCOPE_CHANNEL || call->scope == MOS_TARGET_SCOPE_CATEGORY;
  call->key = colon != NULL ? colon + 1 : "";
  if (strcmp (scope, mos_target_scope_to_nick (call->scope)) != 0 || takes_key != (*call->key != '\0'))
    /* Translators: %s is what was typed; the rest is to be left as it is. */
    return mos_ctl_usage (self, _ ("“%s” is none of channel:KIND, category:NAME, complex, vip and urgent"), what);
  if (call->scope == MOS_TARGET_SCOPE_CHANNEL && g_strcmp0 (mos_channel_traits_get (call->key)->kind, call->key) != 0)
    /* Translators: %s is what was typed for a channel. */
    return mos_ctl_fail_text (self, _ ("There is no channel “%s”; channels are for example email, telegram and whatsapp"), call->key);
  if (!mos_ctl_write (self, "targets", do_set, call, &error))
    return mos_ctl_fail (self, error);
  return list (self, call);
}

int
mos_ctl_target (MosCtl *self,
                GPtrArray *args)
{
  g_auto (MosCtlTarget) call = { .args = args };
  GError *error = NULL;
  const char *verb;

  if (!mos_ctl_check_args (self, args, 1, 5))
    return MOS_CTL_USAGE;
  verb = args->pdata[0];
  if (strcmp (verb, "list") == 0 && args->len == 1)
    return list (self, &call);
  if (strcmp (verb, "set") == 0 && args->len >= 3)
    return set (self, &call);
  call.resets = strcmp (verb, "reset") == 0 && args->len == 1;
  if (!call.resets)
    return mos_ctl_usage (self, "%s", _ ("Say target list, target set or target reset"));
  if (!mos_ctl_write (self, "targets", do_set, &call, &error))
    return mos_ctl_fail (self, error);
  return list (self, &call);
}
