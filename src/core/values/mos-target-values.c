/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-values"

#include "config.h"

#include "core/values/mos-target-values.h"

#include <string.h>

#define MINUTE_S 60
#define HOUR_S (60 * MINUTE_S)
#define DAY_S (24 * HOUR_S)

static const char *const target_kind_nicks[] = {
  [MOS_TARGET_FIRST_REPLY] = "first_reply",
  [MOS_TARGET_NEXT_REPLY] = "next_reply",
  [MOS_TARGET_RESOLUTION] = "resolution",
};
G_STATIC_ASSERT (G_N_ELEMENTS (target_kind_nicks) == MOS_N_TARGET_KINDS);
MOS_DEFINE_NICKS (MosTargetKind, target_kind)

static const char *const target_state_nicks[] = {
  [MOS_TARGET_NONE] = "none",
  [MOS_TARGET_PENDING] = "pending",
  [MOS_TARGET_WARNED] = "warned",
  [MOS_TARGET_BREACHED] = "breached",
};
MOS_DEFINE_NICKS (MosTargetState, target_state)

static const char *const target_scope_nicks[] = {
  [MOS_TARGET_SCOPE_URGENT] = "urgent",
  [MOS_TARGET_SCOPE_VIP] = "vip",
  [MOS_TARGET_SCOPE_CATEGORY] = "category",
  [MOS_TARGET_SCOPE_COMPLEX] = "complex",
  [MOS_TARGET_SCOPE_CHANNEL] = "channel",
};
MOS_DEFINE_NICKS (MosTargetScope, target_scope)

static void
mos_targets_clear (MosTargets *self)
{
  g_clear_pointer (&self->rules, g_ptr_array_unref);
}
MOS_DEFINE_VALUE (MosTargets, targets)

static gboolean
takes_key (MosTargetScope scope)
{
  return scope == MOS_TARGET_SCOPE_CATEGORY || scope == MOS_TARGET_SCOPE_CHANNEL;
}

void
mos_target_rule_free (MosTargetRule *rule)
{
  g_free (rule->key);
  g_free (rule);
}

MosTargetRule *
mos_target_rule_make (MosTargetScope scope,
                      const char *key)
{
  MosTargetRule *rule = g_new0 (MosTargetRule, 1);

  rule->scope = scope;
  rule->key = g_strdup (key);
  for (guint i = 0; i < MOS_N_TARGET_KINDS; i++)
    {
      rule->seconds[i] = MOS_TARGET_UNSET;
      /* A day is a day; an answer is not expected at night. */
      rule->in_hours[i] = i != MOS_TARGET_RESOLUTION;
    }
  return rule;
}

static int
compare_rules (gconstpointer a,
               gconstpointer b)
{
  const MosTargetRule *one = a, *other = b;

  return one->scope != other->scope ? (int) one->scope - (int) other->scope : strcmp (one->key, other->key);
}

static MosTargets *
targets_make (void)
{
  MosTargets *self = mos_targets_new ();

  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_target_rule_free);
  return self;
}

/* In its place; what was for the same goes. @rule: (transfer full) */
static void
put_rule (MosTargets *self,
          MosTargetRule *rule)
{
  guint i = 0;

  while (i < self->rules->len && compare_rules (self->rules->pdata[i], rule) < 0)
    i++;
  if (i < self->rules->len && compare_rules (self->rules->pdata[i], rule) == 0)
    g_ptr_array_remove_index (self->rules, i);
  g_ptr_array_insert (self->rules, (int) i, rule);
}

/* product.md, "The measures"; of a telephone there is nothing to answer in writing. */
MosTargets *
mos_targets_make_default (void)
{
  static const struct
  {
    const char *channel;
    int reply_s;
  } replies[] = {
    { "email", 2 * HOUR_S },
    { "telegram", 2 * MINUTE_S },
    { "matrix", 2 * MINUTE_S },
    { "whatsapp", 2 * MINUTE_S },
    { "whatsapp-twilio", 2 * MINUTE_S },
    { "sms", 2 * MINUTE_S },
    { "messenger", HOUR_S },
    { "instagram", HOUR_S },
    { "phone", 0 },
    { "asterisk", 0 },
    { "fritzbox", 0 },
    { "twilio-calls", 0 },
  };
  MosTargets *self = targets_make ();
  MosTargetRule *rule;

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      rule = mos_target_rule_make (MOS_TARGET_SCOPE_CHANNEL, replies[i].channel);
      rule->seconds[MOS_TARGET_FIRST_REPLY] = rule->seconds[MOS_TARGET_NEXT_REPLY] = replies[i].reply_s;
      rule->seconds[MOS_TARGET_RESOLUTION] = DAY_S;
      put_rule (self, rule);
    }
  rule = mos_target_rule_make (MOS_TARGET_SCOPE_COMPLEX, "");
  rule->seconds[MOS_TARGET_RESOLUTION] = 3 * DAY_S;
  put_rule (self, rule);
  return self;
}

/* "7200", "7200:always" */
static void
read_time (MosTargetRule *rule,
           MosTargetKind kind,
           const char *value)
{
  char *end;
  gint64 seconds = g_ascii_strtoll (value, &end, 10);

  if (end == value || seconds < 0 || seconds > MOS_TARGET_MAX_S || (*end != '\0' && strcmp (end, ":always") != 0))
    return;
  rule->seconds[kind] = (int) seconds;
  rule->in_hours[kind] = *end == '\0';
}

MosTargets *
mos_targets_parse (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  MosTargets *self = targets_make ();

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit_set (g_strstrip (lines[i]), " \t", -1);
      MosTargetScope scope = mos_target_scope_from_nick (words[0] != NULL ? words[0] : "", MOS_TARGET_SCOPE_CHANNEL);
      g_autoptr (MosTargetRule) rule = NULL;
      gboolean says = FALSE;
      guint first = takes_key (scope) ? 2 : 1;

      if (words[0] == NULL || strcmp (words[0], mos_target_scope_to_nick (scope)) != 0 || g_strv_length (words) <= first)
        continue;
      rule = mos_target_rule_make (scope, takes_key (scope) ? words[1] : "");
      for (guint j = first; words[j] != NULL; j++)
        for (guint kind = 0; kind < MOS_N_TARGET_KINDS; kind++)
          {
            const gsize length = strlen (target_kind_nicks[kind]);

            if (strncmp (words[j], target_kind_nicks[kind], length) == 0 && words[j][length] == '=')
              read_time (rule, (MosTargetKind) kind, words[j] + length + 1);
            says |= rule->seconds[kind] != MOS_TARGET_UNSET;
          }
      if (says)
        put_rule (self, g_steal_pointer (&rule));
    }
  return self;
}

char *
mos_targets_to_text (const MosTargets *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->rules->len; i++)
    {
      const MosTargetRule *rule = self->rules->pdata[i];

      g_string_append_printf (text, "%s%s%s", mos_target_scope_to_nick (rule->scope), *rule->key != '\0' ? " " : "", rule->key);
      for (guint kind = 0; kind < MOS_N_TARGET_KINDS; kind++)
        if (rule->seconds[kind] != MOS_TARGET_UNSET)
          g_string_append_printf (text, " %s=%d%s", target_kind_nicks[kind], rule->seconds[kind], rule->in_hours[kind] ? "" : ":always");
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

gboolean
mos_targets_equal (const MosTargets *self,
                   const MosTargets *other)
{
  g_autofree char *mine = mos_targets_to_text (self);
  g_autofree char *theirs = mos_targets_to_text (other);

  return strcmp (mine, theirs) == 0;
}

const MosTargetRule *
mos_targets_find (const MosTargets *self,
                  MosTargetScope scope,
                  const char *key)
{
  for (guint i = 0; key != NULL && i < self->rules->len; i++)
    {
      const MosTargetRule *rule = self->rules->pdata[i];

      if (rule->scope == scope && strcmp (rule->key, key) == 0)
        return rule;
    }
  return NULL;
}

MosTargets *
mos_targets_with (const MosTargets *self,
                  const MosTargetRule *rule)
{
  g_autofree char *text = mos_targets_to_text (self);
  MosTargets *with = mos_targets_parse (text);
  MosTargetRule *copy = mos_target_rule_make (rule->scope, rule->key);
  gboolean says = FALSE;

  for (guint kind = 0; kind < MOS_N_TARGET_KINDS; kind++)
    {
      copy->seconds[kind] = rule->seconds[kind];
      copy->in_hours[kind] = rule->in_hours[kind];
      says |= rule->seconds[kind] != MOS_TARGET_UNSET;
    }
  put_rule (with, copy);
  if (!says)
    g_ptr_array_remove (with->rules, copy);
  return with;
}

int
mos_targets_choose (const MosTargets *self,
                    const MosTargetFacts *facts,
                    MosTargetKind kind,
                    const MosTargetRule **ret_rule)
{
  const char *const keys[] = {
    [MOS_TARGET_SCOPE_URGENT] = facts->is_urgent ? "" : NULL,
    [MOS_TARGET_SCOPE_VIP] = facts->is_vip ? "" : NULL,
    [MOS_TARGET_SCOPE_CATEGORY] = facts->category,
    [MOS_TARGET_SCOPE_COMPLEX] = facts->is_complex ? "" : NULL,
    [MOS_TARGET_SCOPE_CHANNEL] = facts->channel,
  };

  for (guint scope = 0; scope < G_N_ELEMENTS (keys); scope++)
    {
      const MosTargetRule *rule = mos_targets_find (self, (MosTargetScope) scope, keys[scope]);

      if (rule == NULL || rule->seconds[kind] == MOS_TARGET_UNSET)
        continue;
      if (ret_rule != NULL)
        *ret_rule = rule;
      return rule->seconds[kind];
    }
  if (ret_rule != NULL)
    *ret_rule = NULL;
  return 0;
}

void
mos_targets_version_free (MosTargetsVersion *version)
{
  mos_targets_unref (version->targets);
  g_free (version);
}

const MosTargets *
mos_targets_history_at (GPtrArray *versions,
                        gint64 at_us)
{
  guint i = versions->len - 1;

  while (i > 0 && ((MosTargetsVersion *) versions->pdata[i])->valid_from_us > at_us)
    i--;
  return ((MosTargetsVersion *) versions->pdata[i])->targets;
}

char *
mos_target_basis_to_text (const MosTargetBasis *self)
{
  return g_strdup_printf ("%s %s %d%s", mos_target_kind_to_nick (self->kind), mos_target_scope_to_nick (self->scope), self->seconds, self->in_hours ? "" : ":always");
}

gboolean
mos_target_basis_from_text (const char *text,
                            MosTargetBasis *ret_basis)
{
  g_auto (GStrv) words = text != NULL ? g_strsplit (text, " ", 3) : NULL;

  if (words == NULL || g_strv_length (words) != 3)
    return FALSE;
  ret_basis->kind = mos_target_kind_from_nick (words[0], MOS_TARGET_FIRST_REPLY);
  ret_basis->scope = mos_target_scope_from_nick (words[1], MOS_TARGET_SCOPE_CHANNEL);
  ret_basis->seconds = (int) g_ascii_strtoll (words[2], NULL, 10);
  ret_basis->in_hours = strchr (words[2], ':') == NULL;
  return TRUE;
}

int
mos_target_get_warn_s (int seconds)
{
  return MAX (MIN (seconds / 5 * 4, seconds - 5 * MINUTE_S), seconds / 2);
}

static const struct
{
  const char *word;
  int seconds;
} units[] = {
  { "d", DAY_S },
  { "day", DAY_S },
  { "days", DAY_S },
  { "h", HOUR_S },
  { "hour", HOUR_S },
  { "hours", HOUR_S },
  { "m", MINUTE_S },
  { "min", MINUTE_S },
  { "minute", MINUTE_S },
  { "minutes", MINUTE_S },
  { "s", 1 },
};

gboolean
mos_target_read_seconds (const char *text,
                         int *ret_seconds)
{
  char *end;
  double number;

  if (strcmp (text, "none") == 0 || strcmp (text, "unset") == 0)
    {
      *ret_seconds = *text == 'n' ? 0 : MOS_TARGET_UNSET;
      return TRUE;
    }
  number = g_ascii_strtod (text, &end);
  if (end == text || !(number > 0))
    return FALSE;
  while (*end == ' ')
    end++;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (end, units[i].word) == 0)
      {
        /* Also what is no number, and less than a second. */
        if (!(number * units[i].seconds >= 1 && number * units[i].seconds <= MOS_TARGET_MAX_S))
          return FALSE;
        *ret_seconds = (int) (number * units[i].seconds + 0.5);
        return TRUE;
      }
  return FALSE;
}

char *
mos_target_write_seconds (int seconds)
{
  if (seconds <= 0)
    return g_strdup (seconds == 0 ? "none" : "unset");
  /* The longest unit that goes into it, the days of a week only from two on: "24h" is what people say. */
  if (seconds % DAY_S == 0 && seconds > DAY_S)
    return g_strdup_printf ("%dd", seconds / DAY_S);
  if (seconds % HOUR_S == 0)
    return g_strdup_printf ("%dh", seconds / HOUR_S);
  if (seconds % MINUTE_S == 0)
    return g_strdup_printf ("%dmin", seconds / MINUTE_S);
  return g_strdup_printf ("%ds", seconds);
}
