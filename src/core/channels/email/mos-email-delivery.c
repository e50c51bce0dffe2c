/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-delivery.h"

#include "core/base/mos-domain.h"
#include "core/channels/email/mos-email-discovery.h"
#include "core/mail/delivery/mos-delivery.h"

#include <string.h>

/* A resolver that does not answer takes its time for each question; after so long nothing else is asked. */
#define PATIENCE_US (20 * G_TIME_SPAN_SECOND)
#define MAX_VALUES 64u

typedef struct
{
  GResolver *resolver;
  GCancellable *cancellable; /* (nullable) */
  gint64 until_us;
} Asking;

static int
compare_mx (gconstpointer a,
            gconstpointer b)
{
  guint16 x, y;

  g_variant_get ((GVariant *) a, "(qs)", &x, NULL);
  g_variant_get ((GVariant *) b, "(qs)", &y, NULL);
  return x < y ? -1 : x > y;
}

static void
take_record (GPtrArray *values,
             GVariant *record,
             MosDnsType type)
{
  if (values->len >= MAX_VALUES)
    return;
  if (type == MOS_DNS_MX)
    {
      char *host = NULL;

      g_variant_get (record, "(qs)", NULL, &host);
      if (g_str_has_suffix (host, "."))
        host[strlen (host) - 1] = '\0';
      g_ptr_array_add (values, host);
    }
  else
    {
      g_autofree char **strings = NULL;

      g_variant_get (record, "(^a&s)", &strings);
      g_ptr_array_add (values, g_strjoinv ("", strings));
    }
}

static MosDnsResult
look (const char *name,
      MosDnsType type,
      GPtrArray *values,
      gpointer data)
{
  const Asking *self = data;
  g_autoptr (GError) error = NULL;

  if (g_get_monotonic_time () > self->until_us)
    return MOS_DNS_FAILED;
  if (type == MOS_DNS_ADDRESS)
    {
      GList *addresses = g_resolver_lookup_by_name (self->resolver, name, self->cancellable, &error);

      for (GList *l = addresses; l != NULL && values->len < MAX_VALUES; l = l->next)
        g_ptr_array_add (values, g_inet_address_to_string (l->data));
      g_resolver_free_addresses (addresses);
    }
  else
    {
      g_autolist (GVariant) records =
          g_resolver_lookup_records (self->resolver, name, type == MOS_DNS_MX ? G_RESOLVER_RECORD_MX : G_RESOLVER_RECORD_TXT, self->cancellable, &error);

      if (type == MOS_DNS_MX)
        records = g_list_sort (records, compare_mx);
      for (GList *l = records; l != NULL; l = l->next)
        take_record (values, l->data, type);
    }
  if (error == NULL)
    return values->len > 0 ? MOS_DNS_FOUND : MOS_DNS_NONE;
  g_debug ("Looking up %s: %s", name, error->message);
  return g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND) ? MOS_DNS_NONE : MOS_DNS_FAILED;
}

static char *
dup_domain (const char *address)
{
  const char *at = strrchr (address, '@');
  g_autofree char *ascii = at != NULL && at[1] != '\0' ? g_hostname_to_ascii (at + 1) : NULL;

  return ascii != NULL && strlen (ascii) <= MOS_DNS_MAX_NAME ? g_ascii_strdown (ascii, -1) : NULL;
}

GStrv
mos_email_delivery_domains (const MosAccount *account)
{
  g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i == 0 || account->aliases[i - 1] != NULL; i++)
    {
      g_autofree char *domain = dup_domain (i == 0 ? account->address : account->aliases[i - 1]);

      if (domain != NULL && !g_ptr_array_find_with_equal_func (domains, domain, g_str_equal, NULL))
        g_ptr_array_add (domains, g_steal_pointer (&domain));
    }
  g_ptr_array_add (domains, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&domains), FALSE);
}

/* Nobody but the provider can change anything there. */
static MosDeliveryReport *
make_providers (const char *domain,
                const char *server)
{
  MosDeliveryReport *self = mos_delivery_report_new ();

  self->domain = mos_domain_to_shown (domain);
  self->server = g_strdup (server);
  self->is_providers = TRUE;
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_delivery_finding_unref);
  return self;
}

/* The keys of signatures that count for @domain: its own, or of what it lies below. */
static char **
choose_keys (const char *const *keys,
             const char *domain)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      const char *mark = strstr (keys[i], "._domainkey.");

      if (mark != NULL && mos_domain_is_within (domain, mark + strlen ("._domainkey.")))
        g_strv_builder_add (builder, keys[i]);
    }
  return g_strv_builder_end (builder);
}

GPtrArray *
mos_email_check_delivery_sync (MosAccount *account,
                               const char *const *keys,
                               GResolver *resolver,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_delivery_report_unref);
  g_auto (GStrv) domains = NULL;
  g_autoptr (GResolver) used = resolver != NULL ? g_object_ref (resolver) : g_resolver_get_default ();

  g_return_val_if_fail (account != NULL, NULL);

  domains = mos_email_delivery_domains (account);
  for (guint i = 0; domains[i] != NULL; i++)
    {
      Asking asking = { used, cancellable, g_get_monotonic_time () + PATIENCE_US };
      const MosDnsAsk ask = { look, &asking };
      g_auto (GStrv) own_keys = choose_keys (keys, domains[i]);
      g_autofree char *sender = g_strconcat ("postmaster@", domains[i], NULL);
      const MosDeliveryQuestion question = {
        .domain = domains[i],
        .sender = i == 0 ? account->address : sender,
        .server = account->smtp->host,
        .server_spf = mos_email_find_spf (account->smtp->host),
        .keys = (const char *const *) own_keys,
      };

      g_ptr_array_add (reports, mos_email_is_providers (domains[i]) ? make_providers (domains[i], account->smtp->host) : mos_delivery_judge (&question, &ask));
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&reports);
}
