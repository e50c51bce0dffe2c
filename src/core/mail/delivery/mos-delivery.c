/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/delivery/mos-delivery.h"

#include "core/base/mos-domain.h"
#include "core/mail/delivery/mos-dkim.h"
#include "core/mail/delivery/mos-dmarc.h"
#include "core/mail/delivery/mos-spf.h"

#include <string.h>

/* Asks for nothing but to be there: what refuses mail is for whoever knows all that sends in the domain's name. */
#define FIRST_DMARC "v=DMARC1; p=none"

static MosDeliveryFinding *
make_finding (MosDeliveryTopic topic,
              MosVerdict verdict,
              MosDeliveryCode code,
              const char *detail,
              const char *found)
{
  MosDeliveryFinding *self = mos_delivery_finding_new ();

  self->topic = topic;
  self->verdict = verdict;
  self->code = code;
  self->detail = g_strdup (detail);
  self->found = g_strdup (found);
  return self;
}

static MosDeliveryFinding *
no_answer (MosDeliveryTopic topic)
{
  return make_finding (topic, MOS_VERDICT_UNKNOWN, MOS_FOUND_NO_ANSWER, NULL, NULL);
}

/* --- MX --- */

static MosDeliveryFinding *
judge_mx (const MosDeliveryQuestion *question,
          const MosDnsAsk *ask)
{
  g_autoptr (GPtrArray) hosts = NULL;
  gboolean has_failed = FALSE;

  switch (mos_dns_look (ask, question->domain, MOS_DNS_MX, &hosts))
    {
    case MOS_DNS_FAILED:
      return no_answer (MOS_DELIVERY_MX);
    case MOS_DNS_NONE:
      switch (mos_dns_look (ask, question->domain, MOS_DNS_ADDRESS, NULL))
        {
        case MOS_DNS_FOUND:
          return make_finding (MOS_DELIVERY_MX, MOS_VERDICT_WEAK, MOS_FOUND_MX_IMPLICIT, NULL, NULL);
        case MOS_DNS_NONE:
          return make_finding (MOS_DELIVERY_MX, MOS_VERDICT_BAD, MOS_FOUND_MX_NONE, NULL, NULL);
        case MOS_DNS_FAILED:
        default:
          return no_answer (MOS_DELIVERY_MX);
        }
    case MOS_DNS_FOUND:
    default:
      break;
    }
  if (hosts->len == 1 && *(const char *) hosts->pdata[0] == '\0')
    return make_finding (MOS_DELIVERY_MX, MOS_VERDICT_BAD, MOS_FOUND_MX_NULL, NULL, NULL);
  for (guint i = 0; i < hosts->len; i++)
    {
      const char *host = hosts->pdata[i];
      MosDnsResult result = *host != '\0' ? mos_dns_look (ask, host, MOS_DNS_ADDRESS, NULL) : MOS_DNS_NONE;

      if (result == MOS_DNS_FOUND)
        return make_finding (MOS_DELIVERY_MX, MOS_VERDICT_GOOD, MOS_FOUND_MX_GOOD, host, NULL);
      has_failed = has_failed || result == MOS_DNS_FAILED;
    }
  return has_failed ? no_answer (MOS_DELIVERY_MX) : make_finding (MOS_DELIVERY_MX, MOS_VERDICT_BAD, MOS_FOUND_MX_LOST, hosts->pdata[0], NULL);
}

/* --- SPF --- */

/* What lets the server we send through send for the domain. What a provider is known to ask for is looked up first: it would spoil the record once it is gone. */
static char *
server_term (const MosDeliveryQuestion *question,
             const MosDnsAsk *ask)
{
  const char *colon = question->server_spf != NULL ? strchr (question->server_spf, ':') : NULL;
  g_autoptr (GPtrArray) texts = NULL;

  if (colon != NULL)
    mos_dns_look (ask, colon + 1, MOS_DNS_TXT, &texts);
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    if (mos_spf_is_record (texts->pdata[i]))
      return g_strdup (question->server_spf);
  return *question->server != '\0' && !g_hostname_is_ip_address (question->server) ? g_strconcat ("a:", question->server, NULL) : g_strdup ("mx");
}

static void
advise (MosDeliveryFinding *self,
        const char *name,
        char *value)
{
  self->add_name = g_strdup (name);
  self->add_value = value;
}

static gboolean
has_term (const char *record,
          const char *term)
{
  g_auto (GStrv) words = g_strsplit (record, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (words[i] + (*words[i] == '+' ? 1 : 0), term) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_at_home (GInetAddress *ip)
{
  return g_inet_address_get_is_loopback (ip) || g_inet_address_get_is_site_local (ip) || g_inet_address_get_is_link_local (ip);
}

/* Whether the record, which is a good one, names the server that the account sends through. Large providers take mail at one address and send it from others, so that it
 * does not is a hint, no proof. */
static MosDeliveryFinding *
judge_server (const MosDeliveryQuestion *question,
              const MosDnsAsk *ask,
              const MosSpfOutcome *outcome)
{
  g_autoptr (GPtrArray) addresses = NULL;
  MosDeliveryFinding *self;
  gboolean has_failed = FALSE;
  guint n_asked = 0;

  if (question->server_spf != NULL && has_term (outcome->record, question->server_spf))
    return make_finding (MOS_DELIVERY_SPF, MOS_VERDICT_GOOD, MOS_FOUND_SPF_GOOD, question->server, outcome->record);
  if (*question->server != '\0' && mos_dns_look (ask, question->server, MOS_DNS_ADDRESS, &addresses) == MOS_DNS_FAILED)
    return no_answer (MOS_DELIVERY_SPF);
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      g_autoptr (GInetAddress) ip = g_inet_address_new_from_string (addresses->pdata[i]);
      g_auto (MosSpfOutcome) ours = { 0 };

      if (ip == NULL || is_at_home (ip))
        continue;
      n_asked++;
      switch (mos_spf_check (ask, question->domain, question->sender, ip, &ours))
        {
        case MOS_SPF_PASS:
          return make_finding (MOS_DELIVERY_SPF, MOS_VERDICT_GOOD, MOS_FOUND_SPF_GOOD, question->server, outcome->record);
        case MOS_SPF_TEMPORARY:
          has_failed = TRUE;
          break;
        case MOS_SPF_NONE:
        case MOS_SPF_NEUTRAL:
        case MOS_SPF_FAIL:
        case MOS_SPF_SOFT_FAIL:
        case MOS_SPF_PERMANENT:
        default:
          break;
        }
    }
  if (has_failed)
    return no_answer (MOS_DELIVERY_SPF);
  if (n_asked == 0 || outcome->is_unsure)
    return make_finding (MOS_DELIVERY_SPF, MOS_VERDICT_UNKNOWN, MOS_FOUND_SPF_UNSURE, NULL, outcome->record);
  self = make_finding (MOS_DELIVERY_SPF, MOS_VERDICT_WEAK, MOS_FOUND_SPF_NOT_OURS, question->server, outcome->record);
  {
    g_autofree char *term = server_term (question, ask);

    advise (self, question->domain, mos_spf_add (outcome->record, term));
  }
  return self;
}

static MosDeliveryFinding *
judge_spf (const MosDeliveryQuestion *question,
           const MosDnsAsk *ask)
{
  static const MosDeliveryCode codes[] = {
    [MOS_SPF_SEVERAL] = MOS_FOUND_SPF_SEVERAL,
    [MOS_SPF_SYNTAX] = MOS_FOUND_SPF_SYNTAX,
    [MOS_SPF_LOOKUPS] = MOS_FOUND_SPF_LOOKUPS,
    [MOS_SPF_LOST] = MOS_FOUND_SPF_LOST,
  };
  g_auto (MosSpfOutcome) outcome = { 0 };
  g_autofree char *term = NULL;
  MosDeliveryFinding *self;

  switch (mos_spf_check (ask, question->domain, question->sender, NULL, &outcome))
    {
    case MOS_SPF_TEMPORARY:
      return no_answer (MOS_DELIVERY_SPF);
    case MOS_SPF_NONE:
      self = make_finding (MOS_DELIVERY_SPF, MOS_VERDICT_BAD, MOS_FOUND_SPF_NONE, NULL, NULL);
      term = server_term (question, ask);
      advise (self, question->domain, g_strdup_printf ("v=spf1 %s ~all", term));
      return self;
    case MOS_SPF_PERMANENT:
      return make_finding (MOS_DELIVERY_SPF, MOS_VERDICT_BAD, codes[outcome.trouble], outcome.detail, outcome.record);
    case MOS_SPF_NEUTRAL:
    case MOS_SPF_PASS:
    case MOS_SPF_FAIL:
    case MOS_SPF_SOFT_FAIL:
    default:
      break;
    }
  if (outcome.is_open)
    return make_finding (MOS_DELIVERY_SPF, MOS_VERDICT_BAD, MOS_FOUND_SPF_OPEN, NULL, outcome.record);
  return judge_server (question, ask, &outcome);
}

/* --- DKIM --- */

/* Of several records under one name one that works is enough: which of them a receiver takes is open (RFC 6376 §3.6.2.2). */
static MosDnsResult
look_up_key (const MosDnsAsk *ask,
             const char *name,
             MosDkimKey *ret_key)
{
  g_autoptr (GPtrArray) texts = NULL;
  MosDnsResult result = mos_dns_look (ask, name, MOS_DNS_TXT, &texts);

  *ret_key = MOS_DKIM_KEY_NONE;
  for (guint i = 0; i < texts->len && *ret_key != MOS_DKIM_KEY_GOOD; i++)
    {
      MosDkimKey key = mos_dkim_read_key (texts->pdata[i]);

      if (*ret_key == MOS_DKIM_KEY_NONE || key == MOS_DKIM_KEY_GOOD)
        *ret_key = key;
    }
  return result;
}

static MosDeliveryFinding *
judge_signed (const MosDeliveryQuestion *question,
              const MosDnsAsk *ask)
{
  static const MosDeliveryCode codes[] = {
    [MOS_DKIM_KEY_NONE] = MOS_FOUND_DKIM_LOST,
    [MOS_DKIM_KEY_BROKEN] = MOS_FOUND_DKIM_BROKEN,
    [MOS_DKIM_KEY_REVOKED] = MOS_FOUND_DKIM_REVOKED,
    [MOS_DKIM_KEY_SHORT] = MOS_FOUND_DKIM_SHORT,
    [MOS_DKIM_KEY_TESTING] = MOS_FOUND_DKIM_TESTING,
  };
  g_autoptr (GString) good = g_string_new (NULL);
  MosDkimKey wrong = MOS_DKIM_KEY_GOOD;
  const char *wrong_name = NULL;
  gboolean has_failed = FALSE;

  for (guint i = 0; question->keys[i] != NULL; i++)
    {
      MosDkimKey key;

      if (look_up_key (ask, question->keys[i], &key) == MOS_DNS_FAILED)
        has_failed = TRUE;
      else if (key == MOS_DKIM_KEY_GOOD)
        g_string_append_printf (good, "%s%s", good->len > 0 ? ", " : "", question->keys[i]);
      else if (wrong_name == NULL)
        {
          wrong = key;
          wrong_name = question->keys[i];
        }
    }
  if (good->len > 0)
    return make_finding (MOS_DELIVERY_DKIM, MOS_VERDICT_GOOD, MOS_FOUND_DKIM_GOOD, good->str, NULL);
  if (has_failed)
    return no_answer (MOS_DELIVERY_DKIM);
  return make_finding (MOS_DELIVERY_DKIM, wrong == MOS_DKIM_KEY_TESTING ? MOS_VERDICT_WEAK : MOS_VERDICT_BAD, codes[wrong], wrong_name, NULL);
}

static MosDeliveryFinding *
judge_dkim (const MosDeliveryQuestion *question,
            const MosDnsAsk *ask)
{
  const char *const *usual = mos_dkim_get_usual_selectors ();
  g_autoptr (GString) found = g_string_new (NULL);

  if (question->keys != NULL && question->keys[0] != NULL)
    return judge_signed (question, ask);
  for (guint i = 0; usual[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s._domainkey.%s", usual[i], question->domain);
      MosDkimKey key;

      /* What does not answer once is not waited for another thirty times. */
      if (look_up_key (ask, name, &key) == MOS_DNS_FAILED)
        return no_answer (MOS_DELIVERY_DKIM);
      if (key == MOS_DKIM_KEY_GOOD)
        g_string_append_printf (found, "%s%s", found->len > 0 ? ", " : "", name);
    }
  if (found->len > 0)
    return make_finding (MOS_DELIVERY_DKIM, MOS_VERDICT_GOOD, MOS_FOUND_DKIM_LIKELY, found->str, NULL);
  return make_finding (MOS_DELIVERY_DKIM, MOS_VERDICT_UNKNOWN, MOS_FOUND_DKIM_UNKNOWN, NULL, NULL);
}

/* --- DMARC --- */

/* @ret_count: (out): how many records there are; @ret_record: (out) (transfer full) (nullable): one of them */
static MosDnsResult
look_up_dmarc (const MosDnsAsk *ask,
               const char *domain,
               guint *ret_count,
               char **ret_record)
{
  g_autofree char *name = g_strconcat ("_dmarc.", domain, NULL);
  g_autoptr (GPtrArray) texts = NULL;
  MosDnsResult result = mos_dns_look (ask, name, MOS_DNS_TXT, &texts);

  *ret_count = 0;
  *ret_record = NULL;
  for (guint i = 0; i < texts->len; i++)
    if (mos_dmarc_is_record (texts->pdata[i]) && (*ret_count)++ == 0)
      *ret_record = g_strdup (texts->pdata[i]);
  return result;
}

/* Whether a receiver that asks for SPF or DKIM finds neither. */
static gboolean
speaks_against (const MosDeliveryFinding *spf,
                const MosDeliveryFinding *dkim)
{
  return (spf->verdict == MOS_VERDICT_BAD || spf->verdict == MOS_VERDICT_WEAK) && dkim->verdict != MOS_VERDICT_GOOD && dkim->code != MOS_FOUND_NO_ANSWER;
}

static MosDeliveryFinding *
judge_dmarc (const MosDeliveryQuestion *question,
             const MosDnsAsk *ask,
             const MosDeliveryFinding *spf,
             const MosDeliveryFinding *dkim)
{
  g_autofree char *shown = mos_domain_base (question->domain);
  g_autofree char *base = g_hostname_to_ascii (shown);
  g_autofree char *record = NULL, *wrong = NULL;
  gboolean is_base = base == NULL || strcmp (base, question->domain) == 0;
  gboolean is_above = FALSE;
  const char *policy;
  MosDeliveryFinding *self;
  MosDmarc dmarc;
  guint count;

  if (look_up_dmarc (ask, question->domain, &count, &record) == MOS_DNS_FAILED)
    return no_answer (MOS_DELIVERY_DMARC);
  /* A domain below another one has that one's (§6.6.3, 3). */
  if (count == 0 && !is_base)
    {
      g_clear_pointer (&record, g_free);
      is_above = TRUE;
      if (look_up_dmarc (ask, base, &count, &record) == MOS_DNS_FAILED)
        return no_answer (MOS_DELIVERY_DMARC);
    }
  if (count == 0)
    {
      self = make_finding (MOS_DELIVERY_DMARC, MOS_VERDICT_WEAK, MOS_FOUND_DMARC_NONE, NULL, NULL);
      advise (self, NULL, g_strdup (FIRST_DMARC));
      self->add_name = g_strconcat ("_dmarc.", is_base ? question->domain : base, NULL);
      return self;
    }
  /* Several are none (§6.6.3, 5). */
  if (count > 1)
    {
      g_autofree char *text = g_strdup_printf ("%u", count);

      return make_finding (MOS_DELIVERY_DMARC, MOS_VERDICT_BAD, MOS_FOUND_DMARC_SEVERAL, text, record);
    }
  if (!mos_dmarc_read (record, &dmarc, &wrong))
    return make_finding (MOS_DELIVERY_DMARC, MOS_VERDICT_BAD, MOS_FOUND_DMARC_SYNTAX, wrong, record);
  policy = is_above ? dmarc.sub_policy : dmarc.policy;
  if (strcmp (policy, "none") == 0 || dmarc.percent == 0)
    return make_finding (MOS_DELIVERY_DMARC, MOS_VERDICT_GOOD, MOS_FOUND_DMARC_WATCHES, policy, record);
  if (speaks_against (spf, dkim))
    return make_finding (MOS_DELIVERY_DMARC, dkim->verdict == MOS_VERDICT_BAD ? MOS_VERDICT_BAD : MOS_VERDICT_WEAK, MOS_FOUND_DMARC_REFUSES, policy, record);
  return make_finding (MOS_DELIVERY_DMARC, MOS_VERDICT_GOOD, MOS_FOUND_DMARC_GOOD, policy, record);
}

MosDeliveryReport *
mos_delivery_judge (const MosDeliveryQuestion *question,
                    const MosDnsAsk *ask)
{
  MosDeliveryReport *self = mos_delivery_report_new ();
  MosDeliveryFinding *spf, *dkim;

  self->domain = mos_domain_to_shown (question->domain);
  self->server = g_strdup (question->server);
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_delivery_finding_unref);
  g_ptr_array_add (self->findings, judge_mx (question, ask));
  spf = judge_spf (question, ask);
  g_ptr_array_add (self->findings, spf);
  dkim = judge_dkim (question, ask);
  g_ptr_array_add (self->findings, dkim);
  g_ptr_array_add (self->findings, judge_dmarc (question, ask, spf, dkim));
  return self;
}
