/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/delivery/mos-spf.h"

#include <string.h>

#define MAX_MX 10u
#define MAX_VOIDS 2u
/* Where all is gone through it is counted how many there are, but not for ever: a record may refer to itself. */
#define MAX_COUNTED 40u

typedef enum
{
  TERM_ALL,
  TERM_INCLUDE,
  TERM_A,
  TERM_MX,
  TERM_PTR,
  TERM_IP4,
  TERM_IP6,
  TERM_EXISTS,
} TermKind;

static const char *const term_names[] = {
  [TERM_ALL] = "all", [TERM_INCLUDE] = "include", [TERM_A] = "a", [TERM_MX] = "mx", [TERM_PTR] = "ptr", [TERM_IP4] = "ip4", [TERM_IP6] = "ip6", [TERM_EXISTS] = "exists"
};

typedef struct
{
  TermKind kind;
  MosSpfResult result; /* where it matches */
  char *spec;          /* (nullable): a domain, with macros */
  GInetAddress *net;   /* (nullable) */
  guint bits4, bits6;
} Term;

typedef struct
{
  GPtrArray *terms;
  char *redirect; /* (nullable) */
  gboolean has_exp;
} Record;

typedef struct
{
  const MosDnsAsk *ask;
  const char *sender;
  GInetAddress *ip; /* (nullable) */
  guint voids;
  MosSpfOutcome *outcome;
} Check;

static MosSpfResult check_domain (Check *self, const char *domain, gboolean is_first);

void
mos_spf_outcome_clear (MosSpfOutcome *self)
{
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->record, g_free);
}

gboolean
mos_spf_is_record (const char *text)
{
  return g_ascii_strncasecmp (text, "v=spf1", 6) == 0 && (text[6] == '\0' || text[6] == ' ');
}

/* --- reading --- */

static void
term_free (gpointer data)
{
  Term *self = data;

  g_free (self->spec);
  g_clear_object (&self->net);
  g_free (self);
}

static void
record_clear (Record *self)
{
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_clear_pointer (&self->redirect, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Record, record_clear)

/* A number without zeros before it, as the grammar has it. */
static gboolean
read_bits (const char *text,
           gsize length,
           guint max,
           guint *ret_bits)
{
  guint bits = 0;

  if (length == 0 || length > 3 || (*text == '0' && length > 1))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      bits = bits * 10 + (guint) (text[i] - '0');
    }
  *ret_bits = bits;
  return bits <= max;
}

/* A name ends with a label behind a dot, or with a macro. */
static gboolean
is_domain_spec (const char *spec)
{
  g_autofree char *expanded = mos_spf_expand (spec, "d.example", "s@d.example", NULL, NULL);
  gsize n = strlen (spec);

  return expanded != NULL && n > 0 && (spec[n - 1] == '}' || strchr (spec, '.') != NULL) && strstr (spec, "..") == NULL && *spec != '.';
}

/* [":" domain-spec] ["/" bits] ["//" bits] */
static gboolean
read_host (Term *self,
           char *rest)
{
  char *brace = strrchr (rest, '}');
  char *slash = strchr (brace != NULL ? brace : rest, '/');

  if (slash != NULL)
    {
      char *six = strstr (slash, "//");

      if (six != slash && !read_bits (slash + 1, six != NULL ? (gsize) (six - slash - 1) : strlen (slash + 1), 32, &self->bits4))
        return FALSE;
      if (six != NULL && !read_bits (six + 2, strlen (six + 2), 128, &self->bits6))
        return FALSE;
      *slash = '\0';
    }
  if (*rest == '\0')
    return TRUE;
  if (*rest != ':' || !is_domain_spec (rest + 1))
    return FALSE;
  self->spec = g_strdup (rest + 1);
  return TRUE;
}

static gboolean
read_net (Term *self,
          char *rest)
{
  GSocketFamily family = self->kind == TERM_IP4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
  char *slash;

  if (*rest != ':')
    return FALSE;
  slash = strchr (rest, '/');
  if (slash != NULL)
    {
      if (!read_bits (slash + 1, strlen (slash + 1), self->kind == TERM_IP4 ? 32 : 128, self->kind == TERM_IP4 ? &self->bits4 : &self->bits6))
        return FALSE;
      *slash = '\0';
    }
  self->net = g_inet_address_new_from_string (rest + 1);
  return self->net != NULL && g_inet_address_get_family (self->net) == family;
}

static Term *
read_term (const char *word)
{
  Term *self = g_new0 (Term, 1);
  const char *p = word;
  gsize length;
  g_autofree char *rest = NULL;
  gsize kind;
  gboolean is_good = FALSE;

  self->bits4 = 32;
  self->bits6 = 128;
  self->result = *p == '-' ? MOS_SPF_FAIL : *p == '~' ? MOS_SPF_SOFT_FAIL
                                        : *p == '?'   ? MOS_SPF_NEUTRAL
                                                      : MOS_SPF_PASS;
  if (*p != '\0' && strchr ("+-~?", *p) != NULL)
    p++;
  length = strcspn (p, ":/");
  rest = g_strdup (p + length);
  for (kind = 0; kind < G_N_ELEMENTS (term_names); kind++)
    if (strlen (term_names[kind]) == length && g_ascii_strncasecmp (p, term_names[kind], length) == 0)
      break;
  self->kind = (TermKind) kind;
  if (kind < G_N_ELEMENTS (term_names))
    switch (self->kind)
      {
      case TERM_ALL:
        is_good = *rest == '\0';
        break;
      case TERM_A:
      case TERM_MX:
        is_good = read_host (self, rest);
        break;
      case TERM_IP4:
      case TERM_IP6:
        is_good = read_net (self, rest);
        break;
      case TERM_PTR:
      case TERM_INCLUDE:
      case TERM_EXISTS:
      default:
        is_good = strchr (strrchr (rest, '}') != NULL ? strrchr (rest, '}') : rest, '/') == NULL && read_host (self, rest) && (self->kind == TERM_PTR || self->spec != NULL);
        break;
      }
  if (!is_good)
    g_clear_pointer (&self, term_free);
  return self;
}

/* "name=": what is no mechanism. Returns: how long its name is, or 0 */
static gsize
modifier_length (const char *word)
{
  gsize n = 0;

  if (!g_ascii_isalpha (*word))
    return 0;
  while (g_ascii_isalnum (word[n]) || (word[n] != '\0' && strchr ("-_.", word[n]) != NULL))
    n++;
  return word[n] == '=' ? n : 0;
}

/* @ret_wrong: (out) (transfer full): the term that cannot be read */
static gboolean
read_record (Record *self,
             const char *text,
             char **ret_wrong)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  self->terms = g_ptr_array_new_with_free_func (term_free);
  for (guint i = 1; words[i] != NULL; i++)
    {
      const char *word = words[i];
      gsize length = modifier_length (word);
      gboolean is_good = TRUE;

      if (*word == '\0')
        continue;
      if (length == 8 && g_ascii_strncasecmp (word, "redirect", 8) == 0)
        {
          is_good = self->redirect == NULL && is_domain_spec (word + 9);
          if (is_good)
            self->redirect = g_strdup (word + 9);
        }
      else if (length == 3 && g_ascii_strncasecmp (word, "exp", 3) == 0)
        {
          is_good = !self->has_exp && is_domain_spec (word + 4);
          self->has_exp = TRUE;
        }
      else if (length == 0)
        {
          Term *term = read_term (word);

          is_good = term != NULL;
          if (is_good)
            g_ptr_array_add (self->terms, term);
        }
      if (!is_good)
        {
          *ret_wrong = g_strdup (word);
          return FALSE;
        }
    }
  return TRUE;
}

/* --- checking --- */

static MosSpfResult
give_up (Check *self,
         MosSpfTrouble trouble,
         const char *detail)
{
  /* What was found first is what is told. */
  if (self->outcome->trouble == MOS_SPF_FINE)
    {
      self->outcome->trouble = trouble;
      self->outcome->detail = g_strdup (detail);
    }
  return MOS_SPF_PERMANENT;
}

static gboolean
may_look (Check *self)
{
  return ++self->outcome->lookups <= (self->ip != NULL ? MOS_SPF_MAX_LOOKUPS : MAX_COUNTED);
}

static MosSpfResult
too_many (Check *self)
{
  g_autofree char *count = g_strdup_printf ("%u", self->outcome->lookups);

  return give_up (self, MOS_SPF_LOOKUPS, count);
}

static gboolean
is_within (GInetAddress *ip,
           GInetAddress *net,
           guint bits)
{
  const guint8 *a = g_inet_address_to_bytes (ip), *b = g_inet_address_to_bytes (net);

  if (g_inet_address_get_family (ip) != g_inet_address_get_family (net))
    return FALSE;
  return memcmp (a, b, bits / 8) == 0 && (bits % 8 == 0 || ((a[bits / 8] ^ b[bits / 8]) >> (8 - bits % 8)) == 0);
}

static gboolean
has_ip (Check *self,
        const Term *term,
        GPtrArray *addresses)
{
  for (guint i = 0; self->ip != NULL && i < addresses->len; i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (addresses->pdata[i]);

      if (address != NULL && is_within (self->ip, address, g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4 ? term->bits4 : term->bits6))
        return TRUE;
    }
  return FALSE;
}

/* A look-up of @name; MOS_SPF_PASS: it answered, if only that there is nothing. */
static MosSpfResult
look (Check *self,
      const char *name,
      MosDnsType type,
      GPtrArray **ret_values)
{
  MosDnsResult result = *name != '\0' && strlen (name) <= MOS_DNS_MAX_NAME ? mos_dns_look (self->ask, name, type, ret_values) : MOS_DNS_NONE;

  if (*ret_values == NULL)
    *ret_values = g_ptr_array_new_with_free_func (g_free);
  if (result == MOS_DNS_FAILED)
    return MOS_SPF_TEMPORARY;
  if (result == MOS_DNS_NONE && ++self->voids > MAX_VOIDS)
    return give_up (self, MOS_SPF_LOST, name);
  return MOS_SPF_PASS;
}

static MosSpfResult
check_mx (Check *self,
          const Term *term,
          const char *name,
          gboolean *ret_matches)
{
  g_autoptr (GPtrArray) hosts = NULL;
  MosSpfResult result = look (self, name, MOS_DNS_MX, &hosts);

  if (result != MOS_SPF_PASS)
    return result;
  if (hosts->len > MAX_MX)
    {
      g_autofree char *count = g_strdup_printf ("%u", hosts->len);

      return give_up (self, MOS_SPF_LOOKUPS, count);
    }
  for (guint i = 0; self->ip != NULL && i < hosts->len && !*ret_matches; i++)
    {
      g_autoptr (GPtrArray) addresses = NULL;

      if (*(const char *) hosts->pdata[i] == '\0')
        continue;
      result = look (self, hosts->pdata[i], MOS_DNS_ADDRESS, &addresses);
      if (result != MOS_SPF_PASS)
        return result;
      *ret_matches = has_ip (self, term, addresses);
    }
  return MOS_SPF_PASS;
}

/* MOS_SPF_PASS: it could be seen whether the term matches; anything else ends the check. */
static MosSpfResult
check_term (Check *self,
            const Term *term,
            const char *domain,
            gboolean *ret_matches)
{
  g_autoptr (GPtrArray) values = NULL;
  g_autofree char *name = NULL;
  gboolean depends = FALSE;
  MosSpfResult result;

  *ret_matches = FALSE;
  if (term->kind == TERM_ALL)
    {
      *ret_matches = TRUE;
      return MOS_SPF_PASS;
    }
  if (term->kind == TERM_IP4 || term->kind == TERM_IP6)
    {
      *ret_matches = self->ip != NULL && is_within (self->ip, term->net, term->kind == TERM_IP4 ? term->bits4 : term->bits6);
      return MOS_SPF_PASS;
    }
  if (!may_look (self))
    return too_many (self);
  name = term->spec != NULL ? mos_spf_expand (term->spec, domain, self->sender, self->ip, &depends) : g_strdup (domain);
  if (term->kind == TERM_PTR)
    {
      self->outcome->is_unsure = TRUE;
      return MOS_SPF_PASS;
    }
  /* Without somebody who sends there is no such name to ask for. */
  if (depends && self->ip == NULL)
    return MOS_SPF_PASS;

  switch (term->kind)
    {
    case TERM_INCLUDE:
      result = check_domain (self, name, FALSE);
      if (result == MOS_SPF_NONE)
        return give_up (self, MOS_SPF_LOST, name);
      if (result == MOS_SPF_TEMPORARY || result == MOS_SPF_PERMANENT)
        return result;
      *ret_matches = self->ip != NULL && result == MOS_SPF_PASS;
      return MOS_SPF_PASS;
    case TERM_MX:
      return check_mx (self, term, name, ret_matches);
    case TERM_A:
    case TERM_EXISTS:
    default:
      result = look (self, name, MOS_DNS_ADDRESS, &values);
      if (result == MOS_SPF_PASS)
        *ret_matches = term->kind == TERM_EXISTS ? self->ip != NULL && values->len > 0 : has_ip (self, term, values);
      return result;
    case TERM_ALL:
    case TERM_PTR:
    case TERM_IP4:
    case TERM_IP6:
      g_return_val_if_reached (MOS_SPF_PERMANENT);
    }
}

static MosSpfResult
check_record (Check *self,
              const Record *record,
              const char *domain,
              gboolean is_first)
{
  g_autofree char *target = NULL;
  MosSpfResult result;

  for (guint i = 0; i < record->terms->len; i++)
    {
      const Term *term = record->terms->pdata[i];
      gboolean matches = FALSE;

      result = check_term (self, term, domain, &matches);
      if (result != MOS_SPF_PASS)
        return result;
      if (!matches)
        continue;
      if (is_first && term->kind == TERM_ALL && term->result == MOS_SPF_PASS)
        self->outcome->is_open = TRUE;
      return term->result;
    }
  if (record->redirect == NULL)
    return MOS_SPF_NEUTRAL;
  if (!may_look (self))
    return too_many (self);
  target = mos_spf_expand (record->redirect, domain, self->sender, self->ip, NULL);
  result = check_domain (self, target, is_first);
  return result == MOS_SPF_NONE ? give_up (self, MOS_SPF_LOST, target) : result;
}

static MosSpfResult
check_domain (Check *self,
              const char *domain,
              gboolean is_first)
{
  g_autoptr (GPtrArray) texts = NULL;
  g_autofree char *wrong = NULL;
  g_auto (Record) record = { 0 };
  const char *text = NULL;
  guint n = 0;

  if (*domain == '\0' || strlen (domain) > MOS_DNS_MAX_NAME)
    return MOS_SPF_NONE;
  if (mos_dns_look (self->ask, domain, MOS_DNS_TXT, &texts) == MOS_DNS_FAILED)
    return MOS_SPF_TEMPORARY;
  for (guint i = 0; i < texts->len; i++)
    if (mos_spf_is_record (texts->pdata[i]))
      {
        text = texts->pdata[i];
        n++;
      }
  if (n == 0)
    return MOS_SPF_NONE;
  if (is_first && self->outcome->record == NULL)
    self->outcome->record = g_strdup (text);
  if (n > 1)
    {
      g_autofree char *count = g_strdup_printf ("%u", n);

      return give_up (self, MOS_SPF_SEVERAL, count);
    }
  /* One word that cannot be read spoils all of it (RFC 7208 §4.6). */
  if (!read_record (&record, text, &wrong))
    return give_up (self, MOS_SPF_SYNTAX, wrong);
  return check_record (self, &record, domain, is_first);
}

MosSpfResult
mos_spf_check (const MosDnsAsk *ask,
               const char *domain,
               const char *sender,
               GInetAddress *ip,
               MosSpfOutcome *ret_outcome)
{
  Check self = { .ask = ask, .sender = sender, .ip = ip, .outcome = ret_outcome };

  *ret_outcome = (MosSpfOutcome) { 0 };
  ret_outcome->result = check_domain (&self, domain, TRUE);
  if (ip == NULL && ret_outcome->result != MOS_SPF_TEMPORARY && ret_outcome->trouble == MOS_SPF_FINE && ret_outcome->lookups > MOS_SPF_MAX_LOOKUPS)
    ret_outcome->result = too_many (&self);
  return ret_outcome->result;
}

char *
mos_spf_add (const char *record,
             const char *term)
{
  g_auto (GStrv) words = g_strsplit (record, " ", -1);
  GString *text = g_string_new (NULL);
  gboolean is_added = FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = words[i] + (*words[i] != '\0' && strchr ("+-~?", *words[i]) != NULL ? 1 : 0);
      gboolean is_end = g_ascii_strcasecmp (word, "all") == 0 || g_ascii_strncasecmp (word, "redirect=", 9) == 0;

      if (*words[i] == '\0')
        continue;
      if (is_end && !is_added)
        {
          g_string_append_printf (text, " %s", term);
          is_added = TRUE;
        }
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words[i]);
    }
  if (!is_added)
    g_string_append_printf (text, " %s", term);
  return g_string_free (text, FALSE);
}
