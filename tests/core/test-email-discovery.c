/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-error.h"
#include "core/channels/email/mos-email-discovery.h"
#include "core/channels/email/mos-oauth-providers.h"
#include "mos-test.h"

#include <string.h>

/* --- a resolver that knows a few names --- */

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;

  const char *const *srv;   /* "_imaps._tcp.shop.example mail.shop.example 993" */
  const char *const *mx;    /* "10 mx.shop.example." */
  const char *const *hosts; /* names with an address */
  guint asked;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static GList *
test_resolver_lookup_service (GResolver *resolver,
                              const char *name,
                              GCancellable *cancellable,
                              GError **error)
{
  TestResolver *self = TEST_RESOLVER (resolver);
  GList *targets = NULL;

  self->asked++;
  for (guint i = 0; self->srv != NULL && self->srv[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (self->srv[i], " ", 3);

      if (g_str_equal (words[0], name))
        targets = g_list_append (targets, g_srv_target_new (words[1], (guint16) g_ascii_strtoull (words[2], NULL, 10), 0, 0));
    }
  if (targets == NULL)
    g_set_error_literal (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no");
  return targets;
}

static GList *
test_resolver_lookup_records (GResolver *resolver,
                              const char *name,
                              GResolverRecordType type,
                              GCancellable *cancellable,
                              GError **error)
{
  TestResolver *self = TEST_RESOLVER (resolver);
  GList *records = NULL;

  g_assert_cmpint (type, ==, G_RESOLVER_RECORD_MX);
  self->asked++;
  for (guint i = 0; self->mx != NULL && self->mx[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (self->mx[i], " ", 2);

      records = g_list_append (records, g_variant_ref_sink (g_variant_new ("(qs)", (guint16) g_ascii_strtoull (words[0], NULL, 10), words[1])));
    }
  if (records == NULL)
    g_set_error_literal (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no");
  return records;
}

static GList *
test_resolver_lookup_by_name (GResolver *resolver,
                              const char *name,
                              GCancellable *cancellable,
                              GError **error)
{
  TestResolver *self = TEST_RESOLVER (resolver);

  self->asked++;
  if (self->hosts != NULL && g_strv_contains (self->hosts, name))
    return g_list_append (NULL, g_inet_address_new_from_string ("192.0.2.1"));
  g_set_error_literal (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no");
  return NULL;
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_service = test_resolver_lookup_service;
  resolver_class->lookup_records = test_resolver_lookup_records;
  resolver_class->lookup_by_name = test_resolver_lookup_by_name;
}

static void
test_resolver_init (TestResolver *self)
{
}

/* "srv:mail.shop.example:993:tls/mail.shop.example:465:tls ..." */
static char *
describe (GPtrArray *guesses)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < guesses->len; i++)
    {
      const MosEmailGuess *g = guesses->pdata[i];

      g_string_append_printf (text, "%s%s:%s:%d:%s/%s:%d:%s", i > 0 ? " " : "", g->source,
                              g->imap->host, g->imap->port, mos_security_to_nick (g->imap->security),
                              g->smtp->host, g->smtp->port, mos_security_to_nick (g->smtp->security));
    }
  return g_string_free_and_steal (text);
}

static GPtrArray *
discover (TestResolver *resolver,
          const char *address)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *guesses = mos_email_discover_sync (address, G_RESOLVER (resolver), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (guesses->len, >, 0);
  return guesses;
}

static void
test_providers (void)
{
  static const struct
  {
    const char *address;
    const char *expect;
    const char *note;
  } table[] = {
    { "ana@gmail.com", "provider:imap.gmail.com:993:tls/smtp.gmail.com:465:tls", "app-password" },
    { "Ana@GoogleMail.com", "provider:imap.gmail.com:993:tls/smtp.gmail.com:465:tls", "app-password" },
    { "a@hotmail.es", "provider:outlook.office365.com:993:tls/smtp-mail.outlook.com:587:starttls", "oauth-only" },
    { "a@yahoo.de", "provider:imap.mail.yahoo.com:993:tls/smtp.mail.yahoo.com:465:tls", "app-password" },
    { "a@icloud.com", "provider:imap.mail.me.com:993:tls/smtp.mail.me.com:587:starttls", "app-password" },
    { "a@gmx.de", "provider:imap.gmx.net:993:tls/mail.gmx.net:465:tls", "enable-imap" },
    { "a@posteo.net", "provider:posteo.de:993:tls/posteo.de:465:tls", NULL },
    { "a@proton.me", "provider:127.0.0.1:1143:starttls/127.0.0.1:1025:starttls", "bridge" },
    { "a@tuta.com", "provider::0:tls/:0:tls", "no-imap" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
      g_autoptr (GPtrArray) guesses = discover (resolver, table[i].address);
      g_autofree char *text = describe (guesses);
      const MosEmailGuess *guess = guesses->pdata[0];

      g_assert_cmpstr (text, ==, table[i].expect);
      g_assert_cmpstr (guess->note, ==, table[i].note);
      g_assert_cmpstr (guess->imap->user, ==, table[i].address);
      g_assert_nonnull (guess->provider);
      /* Who takes no password says where to sign in. */
      if (g_strcmp0 (guess->note, "oauth-only") == 0)
        g_assert_nonnull (guess->oauth_provider);
      if (guess->oauth_provider != NULL)
        g_assert_nonnull (mos_oauth_provider_find (guess->oauth_provider));
      if (i == 0)
        g_assert_cmpstr (guess->oauth_provider, ==, "google");
      g_assert_cmpuint (resolver->asked, ==, 0); /* a known domain needs no DNS */
    }
}

static void
test_srv (void)
{
  static const char *const srv[] = {
    "_imaps._tcp.shop.example mx.host.example 993",
    "_imap._tcp.shop.example mx.host.example 143",
    "_submissions._tcp.shop.example . 0",
    "_submission._tcp.shop.example out.host.example 587",
    NULL
  };
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (GPtrArray) guesses = NULL;
  g_autofree char *text = NULL;

  resolver->srv = srv;
  guesses = discover (resolver, "ana@shop.example");
  text = describe (guesses);
  /* Nothing else resolves, so nothing else is offered. */
  g_assert_cmpstr (text, ==, "srv:mx.host.example:993:tls/out.host.example:587:starttls");
}

static void
test_srv_without_submission (void)
{
  static const char *const srv[] = { "_imap._tcp.shop.example mail.shop.example 143", NULL };
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (GPtrArray) guesses = NULL;
  g_autofree char *text = NULL;

  resolver->srv = srv;
  guesses = discover (resolver, "ana@shop.example");
  text = describe (guesses);
  g_assert_cmpstr (text, ==,
                   "srv:mail.shop.example:143:starttls/mail.shop.example:465:tls "
                   "srv:mail.shop.example:143:starttls/mail.shop.example:587:starttls "
                   "srv:mail.shop.example:143:starttls/smtp.shop.example:465:tls");
}

static void
test_mx (void)
{
  static const char *const mx[] = { "20 alt1.aspmx.l.google.com.", "5 aspmx.l.google.com.", NULL };
  static const char *const own[] = { "10 post.shop.example.", NULL };
  static const char *const hosts[] = { "post.shop.example", NULL };
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (GPtrArray) guesses = NULL;
  g_autofree char *text = NULL;

  resolver->mx = mx;
  guesses = discover (resolver, "ana@shop.example");
  text = describe (guesses);
  g_assert_cmpstr (text, ==, "provider:imap.gmail.com:993:tls/smtp.gmail.com:465:tls");
  g_clear_pointer (&text, g_free);
  g_clear_pointer (&guesses, g_ptr_array_unref);

  resolver->mx = own;
  resolver->hosts = hosts;
  guesses = discover (resolver, "ana@shop.example");
  text = describe (guesses);
  g_assert_cmpstr (text, ==,
                   "guess:post.shop.example:993:tls/post.shop.example:465:tls "
                   "guess:post.shop.example:993:tls/post.shop.example:587:starttls "
                   "guess:post.shop.example:143:starttls/post.shop.example:587:starttls");
}

/* An MX that only ends in the letters of a provider is not that provider's. */
static void
test_mx_of_a_namesake (void)
{
  static const char *const mx[] = { "notgoogle.com", NULL };
  g_autoptr (GPtrArray) guesses = mos_email_order_guesses ("ana@shop.example", NULL, NULL, NULL, NULL, mx);

  for (guint i = 0; i < guesses->len; i++)
    g_assert_cmpstr (((MosEmailGuess *) guesses->pdata[i])->source, ==, "guess");
}

static void
test_guesses (void)
{
  static const char *const hosts[] = { "imap.xn--bcher-kva.example", "smtp.xn--bcher-kva.example", NULL };
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (GPtrArray) guesses = NULL;
  g_autofree char *text = NULL;

  resolver->hosts = hosts;
  guesses = discover (resolver, "ana@bücher.example");
  text = describe (guesses);
  g_assert_cmpstr (text, ==,
                   "guess:imap.xn--bcher-kva.example:993:tls/smtp.xn--bcher-kva.example:465:tls "
                   "guess:imap.xn--bcher-kva.example:993:tls/smtp.xn--bcher-kva.example:587:starttls "
                   "guess:imap.xn--bcher-kva.example:143:starttls/smtp.xn--bcher-kva.example:587:starttls");
  g_assert_cmpstr (((MosEmailGuess *) guesses->pdata[0])->imap->user, ==, "ana@bücher.example");
}

/* With no DNS at all there is still something to start from. */
static void
test_no_dns (void)
{
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (GPtrArray) guesses = discover (resolver, "ana@shop.example");

  g_assert_cmpuint (guesses->len, ==, 1);
}

static void
test_invalid (void)
{
  static const char *const bad[] = { "", "ana", "@shop.example", "ana@", "ana@shop", "ana@shop..example", "ana@sh op.example", "ana@.example" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) guesses = mos_email_discover_sync (bad[i], G_RESOLVER (resolver), NULL, &error);

      g_assert_null (guesses);
      g_assert_error (error, MOS_DESK_ERROR, MOS_DESK_ERROR_INVALID);
    }
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/email/discovery/providers", test_providers);
  g_test_add_func ("/email/discovery/srv", test_srv);
  g_test_add_func ("/email/discovery/srv-without-submission", test_srv_without_submission);
  g_test_add_func ("/email/discovery/mx", test_mx);
  g_test_add_func ("/email/discovery/mx-of-a-namesake", test_mx_of_a_namesake);
  g_test_add_func ("/email/discovery/guesses", test_guesses);
  g_test_add_func ("/email/discovery/no-dns", test_no_dns);
  g_test_add_func ("/email/discovery/invalid", test_invalid);

  return g_test_run ();
}
