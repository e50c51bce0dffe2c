/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-email"

#include "config.h"

#include "core/channels/email/mos-email-discovery.h"

#include "core/base/mos-error.h"
#include "mos-email-resources.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define PROVIDERS "/org/mostrador/Mostrador/core/email/providers.json"

static void
mos_email_guess_clear (MosEmailGuess *self)
{
  g_clear_pointer (&self->imap, mos_server_unref);
  g_clear_pointer (&self->smtp, mos_server_unref);
  g_free (self->source);
  g_free (self->provider);
  g_free (self->note);
  g_free (self->help_url);
  g_free (self->oauth_provider);
}

MOS_DEFINE_VALUE (MosEmailGuess, email_guess)

static MosServer *
make_server (const char *host,
             guint16 port,
             MosSecurity security,
             const char *user)
{
  MosServer *server = mos_server_new ();

  server->host = g_strdup (host);
  server->port = port;
  server->security = security;
  server->user = g_strdup (user);
  return server;
}

static gboolean
server_equal (const MosServer *a,
              const MosServer *b)
{
  return g_ascii_strcasecmp (a->host, b->host) == 0 && a->port == b->port && a->security == b->security;
}

static void
take_guess (GPtrArray *guesses,
            MosEmailGuess *guess)
{
  for (guint i = 0; i < guesses->len; i++)
    {
      const MosEmailGuess *other = guesses->pdata[i];

      if (server_equal (other->imap, guess->imap) && server_equal (other->smtp, guess->smtp))
        {
          mos_email_guess_unref (guess);
          return;
        }
    }
  g_ptr_array_add (guesses, guess);
}

static void
add_guess (GPtrArray *guesses,
           const char *source,
           MosServer *imap,
           MosServer *smtp)
{
  MosEmailGuess *guess = mos_email_guess_new ();

  guess->imap = imap;
  guess->smtp = smtp;
  guess->source = g_strdup (source);
  take_guess (guesses, guess);
}

/* --- the provider table --- */

static JsonArray *
get_providers (void)
{
  static JsonArray *providers;

  if (g_once_init_enter_pointer (&providers))
    {
      g_autoptr (JsonParser) parser = json_parser_new_immutable ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_resource_lookup_data (mos_email_get_resource (), PROVIDERS, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
      gsize size = 0;
      const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

      /* It is part of the program: checked by a test, not by the person. */
      if (data == NULL || !json_parser_load_from_data (parser, data, (gssize) size, &error))
        g_error ("The provider table: %s", error->message);
      g_once_init_leave_pointer (&providers, json_array_ref (json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "providers")));
    }
  return providers;
}

static gboolean
list_has (JsonObject *provider,
          const char *member,
          const char *host,
          gboolean as_suffix)
{
  JsonArray *list = json_object_get_array_member (provider, member);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      const char *entry = json_array_get_string_element (list, i);
      gsize host_length = strlen (host);
      gsize entry_length = strlen (entry);

      if (g_ascii_strcasecmp (host, entry) == 0)
        return TRUE;
      if (as_suffix && host_length > entry_length && host[host_length - entry_length - 1] == '.' &&
          g_ascii_strcasecmp (host + host_length - entry_length, entry) == 0)
        return TRUE;
    }
  return FALSE;
}

static JsonObject *
find_provider (const char *member,
               const char *host,
               gboolean as_suffix)
{
  JsonArray *providers = get_providers ();

  for (guint i = 0; i < json_array_get_length (providers); i++)
    {
      JsonObject *provider = json_array_get_object_element (providers, i);

      if (list_has (provider, member, host, as_suffix))
        return provider;
    }
  return NULL;
}

gboolean
mos_email_is_providers (const char *domain)
{
  return find_provider ("domains", domain, FALSE) != NULL;
}

const char *
mos_email_find_spf (const char *host)
{
  JsonArray *providers = get_providers ();

  for (guint i = 0; i < json_array_get_length (providers); i++)
    {
      JsonObject *provider = json_array_get_object_element (providers, i);
      JsonObject *smtp = json_object_has_member (provider, "smtp") ? json_object_get_object_member (provider, "smtp") : NULL;

      if (smtp != NULL && g_ascii_strcasecmp (json_object_get_string_member (smtp, "host"), host) == 0 && json_object_has_member (provider, "spf"))
        return json_object_get_string_member (provider, "spf");
    }
  return NULL;
}

static MosServer *
provider_server (JsonObject *provider,
                 const char *member,
                 const char *user)
{
  JsonObject *server;

  if (!json_object_has_member (provider, member))
    return make_server ("", 0, MOS_SECURITY_TLS, user);

  server = json_object_get_object_member (provider, member);
  return make_server (json_object_get_string_member (server, "host"), (guint16) json_object_get_int_member (server, "port"),
                      mos_security_from_nick (json_object_get_string_member (server, "security"), MOS_SECURITY_TLS), user);
}

static void
add_provider (GPtrArray *guesses,
              JsonObject *provider,
              const char *user)
{
  MosEmailGuess *guess = mos_email_guess_new ();

  guess->imap = provider_server (provider, "imap", user);
  guess->smtp = provider_server (provider, "smtp", user);
  guess->source = g_strdup ("provider");
  guess->provider = g_strdup (json_object_get_string_member (provider, "name"));
  guess->note = g_strdup (json_object_get_string_member_with_default (provider, "note", NULL));
  guess->help_url = g_strdup (json_object_get_string_member_with_default (provider, "help", NULL));
  guess->oauth_provider = g_strdup (json_object_get_string_member_with_default (provider, "oauth", NULL));
  guess->server_files_sent = json_object_get_boolean_member_with_default (provider, "files_sent", FALSE);
  take_guess (guesses, guess);
}

/* --- SRV --- */

/* The best target; "." says that the service is not there (RFC 6186 §3.4). */
static MosServer *
server_from_srv (GList *targets,
                 MosSecurity security,
                 const char *user)
{
  GSrvTarget *target = targets != NULL ? targets->data : NULL;
  g_autofree char *host = target != NULL ? g_strdup (g_srv_target_get_hostname (target)) : NULL;

  if (host == NULL)
    return NULL;
  if (g_str_has_suffix (host, "."))
    host[strlen (host) - 1] = '\0';
  if (*host == '\0' || g_srv_target_get_port (target) == 0)
    return NULL;
  return make_server (host, g_srv_target_get_port (target), security, user);
}

static void
add_srv (GPtrArray *guesses,
         const char *user,
         const char *domain,
         GList *imaps,
         GList *imap,
         GList *submissions,
         GList *submission)
{
  /* TLS from the first byte is preferred where both are there (RFC 8314 §5.1). */
  g_autoptr (MosServer) receive = server_from_srv (imaps, MOS_SECURITY_TLS, user);
  g_autoptr (MosServer) send = server_from_srv (submissions, MOS_SECURITY_TLS, user);

  if (receive == NULL)
    receive = server_from_srv (imap, MOS_SECURITY_STARTTLS, user);
  if (send == NULL)
    send = server_from_srv (submission, MOS_SECURITY_STARTTLS, user);
  if (receive == NULL)
    return;

  if (send != NULL)
    add_guess (guesses, "srv", mos_server_ref (receive), mos_server_ref (send));
  else
    {
      g_autofree char *smtp = g_strconcat ("smtp.", domain, NULL);

      /* The same machine most often sends, too. */
      add_guess (guesses, "srv", mos_server_ref (receive), make_server (receive->host, 465, MOS_SECURITY_TLS, user));
      add_guess (guesses, "srv", mos_server_ref (receive), make_server (receive->host, 587, MOS_SECURITY_STARTTLS, user));
      add_guess (guesses, "srv", mos_server_ref (receive), make_server (smtp, 465, MOS_SECURITY_TLS, user));
    }
}

/* --- guesses --- */

static void
add_host_guesses (GPtrArray *guesses,
                  const char *imap,
                  const char *smtp,
                  const char *user)
{
  add_guess (guesses, "guess", make_server (imap, 993, MOS_SECURITY_TLS, user), make_server (smtp, 465, MOS_SECURITY_TLS, user));
  add_guess (guesses, "guess", make_server (imap, 993, MOS_SECURITY_TLS, user), make_server (smtp, 587, MOS_SECURITY_STARTTLS, user));
  add_guess (guesses, "guess", make_server (imap, 143, MOS_SECURITY_STARTTLS, user), make_server (smtp, 587, MOS_SECURITY_STARTTLS, user));
}

static char *
find_domain (const char *address)
{
  const char *at = strrchr (address, '@');
  g_autofree char *ascii = NULL;

  if (at == NULL || at == address || at[1] == '\0' || strchr (at, ' ') != NULL || strpbrk (address, "<>\r\n\t") != NULL || !g_utf8_validate (address, -1, NULL))
    return NULL;
  ascii = g_hostname_to_ascii (at + 1);
  if (ascii == NULL || strchr (ascii, '.') == NULL || *ascii == '.' || strstr (ascii, "..") != NULL)
    return NULL;
  return g_ascii_strdown (ascii, -1);
}

GPtrArray *
mos_email_order_guesses (const char *address,
                         GList *imaps,
                         GList *imap,
                         GList *submissions,
                         GList *submission,
                         const char *const *mx)
{
  g_autoptr (GPtrArray) guesses = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_email_guess_unref);
  g_autofree char *domain = find_domain (address);
  g_autofree char *imap_host = NULL;
  g_autofree char *smtp_host = NULL;
  g_autofree char *mail_host = NULL;
  JsonObject *provider;

  g_return_val_if_fail (domain != NULL, g_steal_pointer (&guesses));

  provider = find_provider ("domains", domain, FALSE);
  if (provider != NULL)
    {
      add_provider (guesses, provider, address);
      return g_steal_pointer (&guesses);
    }

  add_srv (guesses, address, domain, imaps, imap, submissions, submission);
  provider = mx != NULL && mx[0] != NULL ? find_provider ("mx", mx[0], TRUE) : NULL;
  if (provider != NULL)
    add_provider (guesses, provider, address);

  imap_host = g_strconcat ("imap.", domain, NULL);
  smtp_host = g_strconcat ("smtp.", domain, NULL);
  mail_host = g_strconcat ("mail.", domain, NULL);
  add_host_guesses (guesses, imap_host, smtp_host, address);
  add_host_guesses (guesses, mail_host, mail_host, address);
  if (provider == NULL && mx != NULL && mx[0] != NULL && *mx[0] != '\0')
    add_host_guesses (guesses, mx[0], mx[0], address);
  add_host_guesses (guesses, domain, domain, address);

  return g_steal_pointer (&guesses);
}

/* --- asking --- */

static GList *
look_up_srv (GResolver *resolver,
             const char *service,
             const char *domain,
             GCancellable *cancellable)
{
  /* No such record and no DNS at all mean the same here: no hint. */
  return g_resolver_lookup_service (resolver, service, "tcp", domain, cancellable, NULL);
}

static int
compare_mx (gconstpointer a,
            gconstpointer b)
{
  guint16 x, y;

  g_variant_get ((GVariant *) a, "(qs)", &x, NULL);
  g_variant_get ((GVariant *) b, "(qs)", &y, NULL);
  return x < y ? -1 : x > y;
}

static char **
look_up_mx (GResolver *resolver,
            const char *domain,
            GCancellable *cancellable)
{
  g_autolist (GVariant) records = g_resolver_lookup_records (resolver, domain, G_RESOLVER_RECORD_MX, cancellable, NULL);
  g_autoptr (GStrvBuilder) hosts = g_strv_builder_new ();

  records = g_list_sort (records, compare_mx);
  for (GList *l = records; l != NULL; l = l->next)
    {
      char *host = NULL;

      g_variant_get (l->data, "(qs)", NULL, &host);
      if (g_str_has_suffix (host, "."))
        host[strlen (host) - 1] = '\0';
      g_strv_builder_take (hosts, host);
    }
  return g_strv_builder_end (hosts);
}

/* Whether @host has an address; asked once per host. */
static gboolean
resolves (GResolver *resolver,
          GHashTable *known,
          const char *host,
          GCancellable *cancellable)
{
  gpointer answer;
  GList *addresses;

  if (g_hash_table_lookup_extended (known, host, NULL, &answer))
    return GPOINTER_TO_INT (answer);

  addresses = g_resolver_lookup_by_name (resolver, host, cancellable, NULL);
  g_hash_table_insert (known, g_strdup (host), GINT_TO_POINTER (addresses != NULL));
  g_resolver_free_addresses (addresses);
  return GPOINTER_TO_INT (g_hash_table_lookup (known, host));
}

GPtrArray *
mos_email_discover_sync (const char *address,
                         GResolver *resolver,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *domain = NULL;
  g_autoptr (GResolver) used = NULL;
  g_autoptr (GPtrArray) guesses = NULL;
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) mx = NULL;
  GList *srv[4] = { NULL };
  static const char *const services[] = { "imaps", "imap", "submissions", "submission" };

  g_return_val_if_fail (address != NULL, NULL);

  domain = find_domain (address);
  if (domain == NULL)
    {
      g_set_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID, "Not a mail address: %s", address);
      return NULL;
    }

  if (find_provider ("domains", domain, FALSE) != NULL)
    return mos_email_order_guesses (address, NULL, NULL, NULL, NULL, NULL);

  used = resolver != NULL ? g_object_ref (resolver) : g_resolver_get_default ();
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    srv[i] = look_up_srv (used, services[i], domain, cancellable);
  mx = look_up_mx (used, domain, cancellable);
  guesses = mos_email_order_guesses (address, srv[0], srv[1], srv[2], srv[3], (const char *const *) mx);
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    g_clear_pointer (&srv[i], g_resolver_free_targets);

  /* Guessed hosts that do not exist are not worth anybody's time; one guess stays in any case, to be corrected by hand. */
  for (guint i = guesses->len; i > 1; i--)
    {
      const MosEmailGuess *guess = guesses->pdata[i - 1];

      if (g_str_equal (guess->source, "guess") &&
          (!resolves (used, known, guess->imap->host, cancellable) || !resolves (used, known, guess->smtp->host, cancellable)))
        g_ptr_array_remove_index (guesses, i - 1);
    }
  if (guesses->len > 1)
    {
      const MosEmailGuess *first = guesses->pdata[0];

      if (g_str_equal (first->source, "guess") &&
          (!resolves (used, known, first->imap->host, cancellable) || !resolves (used, known, first->smtp->host, cancellable)))
        g_ptr_array_remove_index (guesses, 0);
    }

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&guesses);
}
