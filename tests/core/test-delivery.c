/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/delivery/mos-delivery.h"
#include "core/mail/delivery/mos-dkim.h"
#include "core/mail/delivery/mos-dmarc.h"
#include "core/mail/delivery/mos-spf.h"
#include "mos-test.h"

#include <string.h>

/* What the DNS says of the mail of a domain: read and judged, on tables. Names that are looked up over a resolver are in core/delivery-look. */

/* --- a zone: "name TYPE value"; "name FAIL" answers nothing --- */

typedef struct
{
  const char *const *lines;
  guint asked;
} Zone;

static MosDnsResult
zone_look (const char *name,
           MosDnsType type,
           GPtrArray *values,
           gpointer data)
{
  static const char *const types[] = { [MOS_DNS_TXT] = "TXT", [MOS_DNS_MX] = "MX", [MOS_DNS_ADDRESS] = "A" };
  Zone *zone = data;

  zone->asked++;
  for (guint i = 0; zone->lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (zone->lines[i], " ", 3);

      if (g_ascii_strcasecmp (words[0], name) != 0)
        continue;
      if (strcmp (words[1], "FAIL") == 0)
        return MOS_DNS_FAILED;
      if (strcmp (words[1], types[type]) == 0)
        g_ptr_array_add (values, g_strdup (words[2] != NULL ? words[2] : ""));
    }
  return values->len > 0 ? MOS_DNS_FOUND : MOS_DNS_NONE;
}

/* RFC 7208, appendix A: "the sample zone"; its 1.3.4.* are of documentation's nets here where it matters. */
static const char *const sample_zone[] = {
  "example.com MX mail-a.example.com",
  "example.com MX mail-b.example.com",
  "example.com A 192.0.2.10",
  "example.com A 192.0.2.11",
  "amy.example.com A 192.0.2.65",
  "bob.example.com A 192.0.2.66",
  "mail-a.example.com A 192.0.2.129",
  "mail-b.example.com A 192.0.2.130",
  "example.org MX mail-c.example.org",
  "mail-c.example.org A 192.0.2.140",
  "mary.mobile-users._spf.example.com A 127.0.0.2",
  "fred.mobile-users._spf.example.com A 127.0.0.2",
  "15.15.168.192.joel.remote-users._spf.example.com A 127.0.0.2",
  "0.0.0.2.ip.example.com A 127.0.0.2",
  "2.2.0.192.in-addr.rev.example.com A 127.0.0.2",
  "six.example.com A 2001:db8::1:2",
  "good.example.com TXT v=spf1 ip4:192.0.2.200 -all",
  "soft.example.com TXT v=spf1 ~all",
  "open.example.com TXT v=spf1 +all",
  "none.example.com TXT hello",
  "none.example.com A 192.0.2.77",
  "several.example.com TXT v=spf1 -all",
  "several.example.com TXT v=spf1 mx -all",
  "broken.example.com TXT v=spf1 ipv4:192.0.2.1 -all",
  "loop.example.com TXT v=spf1 include:loop.example.com -all",
  "down.example.com FAIL",
  NULL
};

static char *
check_one (const char *record,
           const char *ip,
           const char *sender)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autofree char *own = g_strconcat ("test.example.com TXT ", record, NULL);
  g_autoptr (GInetAddress) address = ip != NULL ? g_inet_address_new_from_string (ip) : NULL;
  g_auto (MosSpfOutcome) outcome = { 0 };
  Zone zone = { 0 };
  const MosDnsAsk ask = { zone_look, &zone };
  static const char *const results[] = { "none", "neutral", "pass", "fail", "softfail", "temporary", "permanent" };
  static const char *const troubles[] = { "", "several", "syntax", "lookups", "lost" };

  g_ptr_array_add (lines, own);
  for (guint i = 0; sample_zone[i] != NULL; i++)
    g_ptr_array_add (lines, (gpointer) sample_zone[i]);
  g_ptr_array_add (lines, NULL);
  zone.lines = (const char *const *) lines->pdata;
  mos_spf_check (&ask, "test.example.com", sender != NULL ? sender : "ana@test.example.com", address, &outcome);
  return outcome.trouble == MOS_SPF_FINE ? g_strdup (results[outcome.result])
                                         : g_strdup_printf ("%s %s %s", results[outcome.result], troubles[outcome.trouble], outcome.detail);
}

static void
test_spf (void)
{
  static const struct
  {
    const char *record;
    const char *ip; /* NULL: all of it is gone through */
    const char *expect;
  } table[] = {
    /* RFC 7208, appendix A.1, of test.example.com in the place of example.com */
    { "v=spf1 +all", "192.0.2.129", "pass" },
    { "v=spf1 a:example.com -all", "192.0.2.10", "pass" },
    { "v=spf1 a:example.com -all", "192.0.2.11", "pass" },
    { "v=spf1 a:example.com -all", "192.0.2.12", "fail" },
    { "v=spf1 a:example.org -all", "192.0.2.10", "fail" },
    { "v=spf1 mx:example.com -all", "192.0.2.129", "pass" },
    { "v=spf1 mx:example.com -all", "192.0.2.140", "fail" },
    { "v=spf1 mx:example.com mx:example.org -all", "192.0.2.140", "pass" },
    { "v=spf1 mx:example.com/30 mx:example.org/30 -all", "192.0.2.131", "pass" },
    { "v=spf1 mx:example.com/30 mx:example.org/30 -all", "192.0.2.143", "pass" },
    { "v=spf1 mx:example.com/30 mx:example.org/30 -all", "192.0.2.144", "fail" },
    { "v=spf1 ip4:192.0.2.128/28 -all", "192.0.2.129", "pass" },
    { "v=spf1 ip4:192.0.2.128/28 -all", "192.0.2.65", "fail" },
    { "v=spf1 ip4:0.0.0.0/0 -all", "192.0.2.65", "pass" },
    /* §5.6 */
    { "v=spf1 ip6:2001:db8::/32 -all", "2001:db8::cd30", "pass" },
    { "v=spf1 ip6:2001:db8::cd30/128 -all", "2001:db8::cd31", "fail" },
    { "v=spf1 a:six.example.com//124 -all", "2001:db8::1:ff", "fail" },
    { "v=spf1 a:six.example.com//112 -all", "2001:db8::1:ff", "pass" },
    { "v=spf1 a:six.example.com/24//112 -all", "2001:db8::1:ff", "pass" },
    /* §4.6.2, §4.7: qualifiers, and the default */
    { "v=spf1 ~ip4:192.0.2.0/24 -all", "192.0.2.65", "softfail" },
    { "v=spf1 ?ip4:192.0.2.0/24 -all", "192.0.2.65", "neutral" },
    { "v=spf1 -ip4:192.0.2.0/24 +all", "192.0.2.65", "fail" },
    { "v=spf1", "192.0.2.65", "neutral" },
    { "V=SPF1 IP4:192.0.2.65 -ALL", "192.0.2.65", "pass" },
    { "v=spf1  ip4:192.0.2.65  -all ", "192.0.2.65", "pass" },
    { "v=spf10 ip4:192.0.2.65 -all", "192.0.2.65", "none" },
    /* §5.2, §6.1 */
    { "v=spf1 include:good.example.com -all", "192.0.2.200", "pass" },
    { "v=spf1 include:good.example.com ~all", "192.0.2.201", "softfail" },
    { "v=spf1 include:soft.example.com ip4:192.0.2.1 -all", "192.0.2.1", "pass" },
    { "v=spf1 include:none.example.com -all", "192.0.2.1", "permanent lost none.example.com" },
    { "v=spf1 include:several.example.com -all", "192.0.2.1", "permanent several 2" },
    { "v=spf1 include:broken.example.com -all", "192.0.2.1", "permanent syntax ipv4:192.0.2.1" },
    { "v=spf1 include:down.example.com -all", "192.0.2.1", "temporary" },
    { "v=spf1 a:down.example.com -all", "192.0.2.1", "temporary" },
    { "v=spf1 ip4:192.0.2.1 include:down.example.com -all", "192.0.2.1", "pass" },
    { "v=spf1 redirect=good.example.com", "192.0.2.200", "pass" },
    { "v=spf1 redirect=good.example.com", "192.0.2.201", "fail" },
    { "v=spf1 redirect=none.example.com", "192.0.2.201", "permanent lost none.example.com" },
    { "v=spf1 ~all redirect=good.example.com", "192.0.2.200", "softfail" },
    /* §5.7 and appendix A.3: the sender's name makes up the one that is looked up */
    { "v=spf1 exists:%{l}.mobile-users._spf.example.com -all", "192.0.2.1", "fail" },
    { "v=spf1 exists:%{ir}.%{l1r+-}.remote-users._spf.example.com -all", "192.168.15.15", "fail" },
    { "v=spf1 exists:%{ir}.%{v}.rev.example.com -all", "192.0.2.2", "pass" },
    /* What cannot be read spoils all, wherever it stands (§4.6) */
    { "v=spf1 ip4:192.0.2.65 ipv4:192.0.2.1 -all", "192.0.2.65", "permanent syntax ipv4:192.0.2.1" },
    { "v=spf1 ip4:192.0.2.65/33 -all", "192.0.2.65", "permanent syntax ip4:192.0.2.65/33" },
    { "v=spf1 ip4:192.0.2.65/08 -all", "192.0.2.65", "permanent syntax ip4:192.0.2.65/08" },
    { "v=spf1 ip4:2001:db8::1 -all", "192.0.2.65", "permanent syntax ip4:2001:db8::1" },
    { "v=spf1 ip6:192.0.2.65 -all", "192.0.2.65", "permanent syntax ip6:192.0.2.65" },
    { "v=spf1 include -all", "192.0.2.65", "permanent syntax include" },
    { "v=spf1 include: -all", "192.0.2.65", "permanent syntax include:" },
    { "v=spf1 include:localhost -all", "192.0.2.65", "permanent syntax include:localhost" },
    { "v=spf1 a:example..com -all", "192.0.2.65", "permanent syntax a:example..com" },
    { "v=spf1 all:example.com", "192.0.2.65", "permanent syntax all:example.com" },
    { "v=spf1 a:%{x}.example.com -all", "192.0.2.65", "permanent syntax a:%{x}.example.com" },
    { "v=spf1 a:%{d0}.example.com -all", "192.0.2.65", "permanent syntax a:%{d0}.example.com" },
    { "v=spf1 a:%d.example.com -all", "192.0.2.65", "permanent syntax a:%d.example.com" },
    { "v=spf1 redirect=a.example redirect=b.example", "192.0.2.65", "permanent syntax redirect=b.example" },
    { "v=spf1 mx, -all", "192.0.2.65", "permanent syntax mx," },
    { "v=spf1 unknown=anything -all", "192.0.2.65", "fail" },
    /* §4.6.4 */
    { "v=spf1 include:loop.example.com -all", "192.0.2.65", "permanent lookups 11" },
    { "v=spf1 include:loop.example.com -all", NULL, "permanent lookups 41" },
    { "v=spf1 a:x1.example a:x2.example -all", "192.0.2.65", "fail" },
    { "v=spf1 a:x1.example a:x2.example a:x3.example -all", "192.0.2.65", "permanent lost x3.example" },
    /* All of it is gone through: later terms count where an earlier one would have matched, and how many there are is told */
    { "v=spf1 a:example.com include:none.example.com -all", "192.0.2.10", "pass" },
    { "v=spf1 a:example.com include:none.example.com -all", NULL, "permanent lost none.example.com" },
    { "v=spf1 a:example.com a:example.com a:example.com a:example.com a:example.com a:example.com a:example.com a:example.com a:example.com mx:example.com -all", NULL, "fail" },
    { "v=spf1 a:example.com a:example.com a:example.com a:example.com a:example.com a:example.com a:example.com a:example.com a:example.com mx:example.com a:example.org -all", NULL, "permanent lookups 11" },
    { "v=spf1 a:example.com a:example.com a:example.com a:example.com a:example.com a:example.com a:example.com a:example.com a:example.com mx:example.com a:amy.example.com -all", NULL,
      "permanent lookups 11" },
    { "v=spf1 a:%{i}.example.com mx:example.com -all", NULL, "fail" },
    { "v=spf1 ptr -all", "192.0.2.65", "fail" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *result = check_one (table[i].record, table[i].ip, NULL);

      g_test_message ("%s, %s", table[i].record, table[i].ip);
      g_assert_cmpstr (result, ==, table[i].expect);
    }
  {
    g_autofree char *mobile = check_one ("v=spf1 exists:%{l}.mobile-users._spf.example.com -all", "192.0.2.1", "mary@test.example.com");
    g_autofree char *remote = check_one ("v=spf1 exists:%{ir}.%{l1r+-}.remote-users._spf.example.com -all", "192.168.15.15", "joel@test.example.com");

    g_assert_cmpstr (mobile, ==, "pass");
    g_assert_cmpstr (remote, ==, "pass");
  }
}

/* RFC 7208 §7.4 */
static void
test_spf_macros (void)
{
  static const struct
  {
    const char *spec;
    const char *expect;
  } table[] = {
    { "%{s}", "strong-bad@email.example.com" },
    { "%{o}", "email.example.com" },
    { "%{d}", "email.example.com" },
    { "%{d4}", "email.example.com" },
    { "%{d3}", "email.example.com" },
    { "%{d2}", "example.com" },
    { "%{d1}", "com" },
    { "%{dr}", "com.example.email" },
    { "%{d2r}", "example.email" },
    { "%{l}", "strong-bad" },
    { "%{l-}", "strong.bad" },
    { "%{lr}", "strong-bad" },
    { "%{lr-}", "bad.strong" },
    { "%{l1r-}", "strong" },
    { "%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com" },
    { "%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com" },
    { "%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com" },
    { "%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com" },
    { "%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net" },
    { "a%%b.example.", "a%b.example" },
    { "%{d", NULL },
    { "%", NULL },
    { "%{c}", NULL },
    { "a b", NULL },
  };
  g_autoptr (GInetAddress) ip = g_inet_address_new_from_string ("192.0.2.3");
  g_autoptr (GInetAddress) six = g_inet_address_new_from_string ("2001:db8::cb01");
  g_autofree char *text = NULL, *long_name = NULL, *cut = NULL;
  g_autoptr (GString) labels = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *expanded = mos_spf_expand (table[i].spec, "email.example.com", "strong-bad@email.example.com", ip, NULL);

      g_assert_cmpstr (expanded, ==, table[i].expect);
    }
  text = mos_spf_expand ("%{ir}.%{v}._spf.%{d2}", "email.example.com", "strong-bad@email.example.com", six, NULL);
  g_assert_cmpstr (text, ==, "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com");
  /* Too long for a name: the left-hand labels go (§7.3). */
  for (guint i = 0; i < 100; i++)
    g_string_append (labels, "abc.");
  g_string_append (labels, "example.com");
  cut = mos_spf_expand (labels->str, "d", "s", ip, NULL);
  g_assert_cmpuint (strlen (cut), <=, 253);
  g_assert_true (g_str_has_suffix (cut, "abc.example.com"));
}

static void
test_spf_add (void)
{
  static const char *const table[][2] = {
    { "v=spf1 mx -all", "v=spf1 mx a:m.example -all" },
    { "v=spf1 mx", "v=spf1 mx a:m.example" },
    { "v=spf1", "v=spf1 a:m.example" },
    { "v=spf1  mx ~all ", "v=spf1 mx a:m.example ~all" },
    { "v=spf1 redirect=x.example", "v=spf1 a:m.example redirect=x.example" },
    { "v=spf1 all all", "v=spf1 a:m.example all all" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *added = mos_spf_add (table[i][0], "a:m.example");

      g_assert_cmpstr (added, ==, table[i][1]);
    }
}

/* --- DKIM --- */

/* The key of RFC 6376, appendix C, has 1024 bits. */
#define KEY_1024                                                                                                                                                                 \
  "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhi" \
  "tdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB"
/* One of 512 bits, made for this. */
#define KEY_512 "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAMeRvuZJiof2kILUzZLrLUDuCR6QRh8MqBRNfgukdplNnNkjbc29wGOgBc6bW2l7cUOLQW5ojw6Vjq5xP+756fECAwEAAQ=="

static void
test_dkim_key (void)
{
  static const struct
  {
    const char *text;
    MosDkimKey expect;
  } table[] = {
    { "v=DKIM1; p=" KEY_1024, MOS_DKIM_KEY_GOOD },
    { "v=DKIM1; k=rsa; p=" KEY_1024 ";", MOS_DKIM_KEY_GOOD },
    { "k=rsa; p=" KEY_1024, MOS_DKIM_KEY_GOOD },
    { "v=DKIM1; p= MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ DwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB",
      MOS_DKIM_KEY_GOOD },
    /* RFC 8463, appendix A.2 */
    { "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", MOS_DKIM_KEY_GOOD },
    { "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPc=", MOS_DKIM_KEY_BROKEN },
    { "v=DKIM1; p=", MOS_DKIM_KEY_REVOKED },
    { "p=", MOS_DKIM_KEY_REVOKED },
    { "v=DKIM1; t=y; p=" KEY_1024, MOS_DKIM_KEY_TESTING },
    { "v=DKIM1; t=s:y; p=" KEY_1024, MOS_DKIM_KEY_TESTING },
    { "v=DKIM1; t=s; p=" KEY_1024, MOS_DKIM_KEY_GOOD },
    { "v=DKIM1; p=" KEY_512, MOS_DKIM_KEY_SHORT },
    { "v=DKIM1", MOS_DKIM_KEY_BROKEN },
    { "v=DKIM1; p=not a key!", MOS_DKIM_KEY_BROKEN },
    { "v=DKIM1; k=dsa; p=" KEY_1024, MOS_DKIM_KEY_BROKEN },
    { "p=" KEY_1024 "; v=DKIM1", MOS_DKIM_KEY_BROKEN },
    { "v=DKIM1; p=" KEY_1024 "; p=" KEY_1024, MOS_DKIM_KEY_BROKEN },
    { "v=DKIM1 p=" KEY_1024, MOS_DKIM_KEY_NONE },
    { "v=DKIM2; p=" KEY_1024, MOS_DKIM_KEY_NONE },
    { "v=spf1 -all", MOS_DKIM_KEY_NONE },
    { "some words", MOS_DKIM_KEY_NONE },
    { "", MOS_DKIM_KEY_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s", table[i].text);
      g_assert_cmpint (mos_dkim_read_key (table[i].text), ==, table[i].expect);
    }
}

static void
test_dkim_name (void)
{
  static const char *const table[][3] = {
    /* RFC 6376, appendix A.2 */
    { "v=1; a=rsa-sha256; s=brisbane; d=example.com; c=simple/simple; q=dns/txt; i=joe@football.example.com; h=Received : From : To; bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=; b=AuUoFEfDxTDk",
      "example.com", "brisbane._domainkey.example.com" },
    { "v=1; s=Brisbane; d=Example.COM", "shop.example.com", "brisbane._domainkey.example.com" },
    { "v=1; s=mail; d=shop.example.com", "example.com", NULL },
    { "v=1; s=mail; d=other.example", "example.com", NULL },
    { "v=1; s=mail; d=ample.com", "example.com", NULL },
    { "v=1; s=mail; d=co.uk", "shop.co.uk", NULL },
    { "v=1; s=mail; d=shop.co.uk", "www.shop.co.uk", "mail._domainkey.shop.co.uk" },
    { "v=1; d=example.com", "example.com", NULL },
    { "v=1; s=; d=example.com", "example.com", NULL },
    { "s=a; s=b; d=example.com", "example.com", NULL },
    { "no signature", "example.com", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *name = mos_dkim_find_name (table[i][0], table[i][1]);

      g_assert_cmpstr (name, ==, table[i][2]);
    }
}

/* --- DMARC --- */

static void
test_dmarc (void)
{
  static const struct
  {
    const char *text;
    gboolean is_record;
    const char *expect; /* "policy sub-policy percent", or what is wrong */
  } table[] = {
    /* RFC 7489, appendix B.2 */
    { "v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com", TRUE, "none none 100" },
    { "v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com; ruf=mailto:auth-reports@example.com", TRUE, "none none 100" },
    { "v=DMARC1; p=quarantine; rua=mailto:dmarc-feedback@example.com,mailto:tld-test@thirdparty.example.net!10m; pct=25", TRUE, "quarantine quarantine 25" },
    { "v=DMARC1; p=reject; sp=none", TRUE, "reject none 100" },
    { "v = DMARC1 ; p = Reject", TRUE, "reject reject 100" },
    { "v=DMARC1;p=none;", TRUE, "none none 100" },
    { "v=DMARC1; p=none; pct=lots", TRUE, "none none 100" },
    { "v=DMARC1; p=none; madeup=1", TRUE, "none none 100" },
    { "v=DMARC1; rua=mailto:a@example.com", TRUE, "!p=" },
    { "v=DMARC1", TRUE, "!p=" },
    { "v=DMARC1; p=monitor", TRUE, "!p=monitor" },
    { "v=DMARC1; p=none; sp=some", TRUE, "!sp=some" },
    { "v=DMARC1; p=none; rua mailto:a@example.com", TRUE, "!rua mailto:a@example.com" },
    { "v=DMARC1; p=none; p=reject", TRUE, "!p=reject" },
    { "v=dmarc1; p=none", FALSE, NULL },
    { "v=DMARC10; p=none", FALSE, NULL },
    { "p=none; v=DMARC1", FALSE, NULL },
    { "", FALSE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *wrong = NULL, *text = NULL;
      MosDmarc dmarc;

      g_test_message ("%s", table[i].text);
      g_assert_cmpint (mos_dmarc_is_record (table[i].text), ==, table[i].is_record);
      if (!table[i].is_record)
        continue;
      if (mos_dmarc_read (table[i].text, &dmarc, &wrong))
        text = g_strdup_printf ("%s %s %u", dmarc.policy, dmarc.sub_policy, dmarc.percent);
      else
        text = g_strconcat ("!", wrong, NULL);
      g_assert_cmpstr (text, ==, table[i].expect);
    }
}

/* --- all of it --- */

/* "mx-good good [mail.shop.example], …" with what should be added */
static char *
judge (const char *const *lines,
       const char *domain,
       const char *server,
       const char *server_spf,
       const char *const *keys)
{
  Zone zone = { lines, 0 };
  const MosDnsAsk ask = { zone_look, &zone };
  const MosDeliveryQuestion question = { .domain = domain, .sender = "ana@shop.example", .server = server, .server_spf = server_spf, .keys = keys };
  g_autoptr (MosDeliveryReport) report = mos_delivery_judge (&question, &ask);
  GString *text = g_string_new (NULL);

  g_assert_cmpuint (report->findings->len, ==, 4);
  for (guint i = 0; i < report->findings->len; i++)
    {
      const MosDeliveryFinding *finding = report->findings->pdata[i];

      g_assert_cmpint (finding->topic, ==, i);
      g_string_append_printf (text, "%s%s %s", i > 0 ? "\n" : "", mos_delivery_code_to_nick (finding->code), mos_verdict_to_nick (finding->verdict));
      if (finding->detail != NULL)
        g_string_append_printf (text, " [%s]", finding->detail);
      if (finding->add_name != NULL)
        g_string_append_printf (text, " + %s TXT %s", finding->add_name, finding->add_value);
    }
  return g_string_free (text, FALSE);
}

static void
test_judge_good (void)
{
  static const char *const zone[] = {
    "shop.example MX mx1.shop.example", "shop.example MX mx2.shop.example", "mx2.shop.example A 192.0.2.9", "shop.example TXT v=spf1 a:smtp.shop.example -all", "smtp.shop.example A 192.0.2.5",
    "shop.example TXT google-site-verification=x", "mail._domainkey.shop.example TXT v=DKIM1; p=" KEY_1024, "_dmarc.shop.example TXT v=DMARC1; p=reject", NULL
  };
  static const char *const keys[] = { "old._domainkey.shop.example", "mail._domainkey.shop.example", NULL };
  g_autofree char *signed_text = judge (zone, "shop.example", "smtp.shop.example", NULL, keys);
  g_autofree char *unsigned_text = judge (zone, "shop.example", "smtp.shop.example", NULL, NULL);

  /* One server of those that take mail is enough, and one key of those that were seen. */
  g_assert_cmpstr (signed_text, ==, "mx-good good [mx2.shop.example]\nspf-good good [smtp.shop.example]\ndkim-good good [mail._domainkey.shop.example]\ndmarc-good good [reject]");
  g_assert_cmpstr (unsigned_text, ==, "mx-good good [mx2.shop.example]\nspf-good good [smtp.shop.example]\ndkim-likely good [mail._domainkey.shop.example]\ndmarc-good good [reject]");
}

/* Nothing is there: each says what to add, and what cannot be known is not called missing. */
static void
test_judge_nothing (void)
{
  static const char *const zone[] = { "smtp.host.example A 192.0.2.5", "_spf.host.example TXT v=spf1 ip4:192.0.2.0/24 -all", NULL };
  g_autofree char *own = judge (zone, "shop.example", "smtp.host.example", NULL, NULL);
  g_autofree char *known = judge (zone, "shop.example", "smtp.host.example", "include:_spf.host.example", NULL);
  g_autofree char *gone = judge (zone, "shop.example", "smtp.host.example", "include:gone.host.example", NULL);
  g_autofree char *below = judge (zone, "mail.shop.example", "192.0.2.5", NULL, NULL);

  g_assert_cmpstr (own, ==,
                   "mx-none bad\nspf-none bad + shop.example TXT v=spf1 a:smtp.host.example ~all\ndkim-unknown unknown\ndmarc-none weak + _dmarc.shop.example TXT v=DMARC1; p=none");
  g_assert_nonnull (strstr (known, "spf-none bad + shop.example TXT v=spf1 include:_spf.host.example ~all"));
  /* What a provider once asked for is not advised when it is not there. */
  g_assert_nonnull (strstr (gone, "spf-none bad + shop.example TXT v=spf1 a:smtp.host.example ~all"));
  g_assert_nonnull (strstr (below, "spf-none bad + mail.shop.example TXT v=spf1 mx ~all"));
  g_assert_nonnull (strstr (below, "dmarc-none weak + _dmarc.shop.example TXT"));
}

/* A resolver that fails says nothing of the domain: "no answer", and never that something is missing. */
static void
test_judge_no_answer (void)
{
  static const char *const all[] = { "shop.example FAIL", "default._domainkey.shop.example FAIL", "_dmarc.shop.example FAIL", NULL };
  static const char *const server[] = { "shop.example MX mx.shop.example", "mx.shop.example FAIL", "shop.example TXT v=spf1 a:smtp.shop.example -all", "smtp.shop.example FAIL",
                                        "mail._domainkey.shop.example FAIL", "_dmarc.shop.example FAIL", NULL };
  static const char *const keys[] = { "mail._domainkey.shop.example", NULL };
  static const char *const wanted = "no-answer unknown\nno-answer unknown\nno-answer unknown\nno-answer unknown";
  g_autofree char *first = judge (all, "shop.example", "smtp.shop.example", NULL, NULL);
  g_autofree char *second = judge (server, "shop.example", "smtp.shop.example", NULL, keys);
  Zone zone = { all, 0 };
  const MosDnsAsk ask = { zone_look, &zone };
  const MosDeliveryQuestion question = { .domain = "shop.example", .sender = "a@shop.example", .server = "" };
  g_autoptr (MosDeliveryReport) report = NULL;

  g_assert_cmpstr (first, ==, wanted);
  g_assert_cmpstr (second, ==, wanted);
  /* What fails once is not asked for under thirty names. */
  report = mos_delivery_judge (&question, &ask);
  g_assert_cmpuint (zone.asked, <=, 4);
}

static void
test_judge_mx (void)
{
  static const struct
  {
    const char *lines[3];
    const char *expect;
  } table[] = {
    { { "shop.example MX", NULL }, "mx-null bad" },
    { { "shop.example A 192.0.2.1", NULL }, "mx-implicit weak" },
    { { "shop.example MX mx.gone.example", NULL }, "mx-lost bad [mx.gone.example]" },
    { { "shop.example MX mx.gone.example", "mx.gone.example FAIL", NULL }, "no-answer unknown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = judge (table[i].lines, "shop.example", "", NULL, NULL);

      g_assert_true (g_str_has_prefix (text, table[i].expect));
    }
}

static void
test_judge_spf (void)
{
  static const struct
  {
    const char *record;
    const char *expect;
  } table[] = {
    { "v=spf1 ip4:192.0.2.5 -all", "spf-good good [smtp.shop.example]" },
    { "v=spf1 ip6:2001:db8::/32 -all", "spf-good good [smtp.shop.example]" },
    { "v=spf1 mx -all", "spf-not-ours weak [smtp.shop.example] + shop.example TXT v=spf1 mx a:smtp.shop.example -all" },
    { "v=spf1 +all", "spf-open bad" },
    { "v=spf1 ptr -all", "spf-unsure unknown" },
    { "v=spf1 include:gone.example -all", "spf-lost bad [gone.example]" },
    { "v=spf1 ip4: -all", "spf-syntax bad [ip4:]" },
  };
  static const char *const home[] = { "shop.example TXT v=spf1 mx -all", "shop.example MX mx.shop.example", "mx.shop.example A 192.0.2.1", "smtp.shop.example A 192.168.1.2", NULL };
  g_autofree char *at_home = judge (home, "shop.example", "smtp.shop.example", NULL, NULL);
  g_autofree char *nowhere = judge (home, "shop.example", "", NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *own = g_strconcat ("shop.example TXT ", table[i].record, NULL);
      const char *zone[] = { own, "shop.example MX mx.shop.example", "mx.shop.example A 192.0.2.1", "smtp.shop.example A 192.0.2.5", "smtp.shop.example A 2001:db8::5", NULL };
      g_autofree char *text = judge (zone, "shop.example", "smtp.shop.example", NULL, NULL);
      g_auto (GStrv) parts = g_strsplit (text, "\n", -1);

      g_assert_cmpstr (parts[1], ==, table[i].expect);
    }
  /* Its address at home is not the one that others see; and without a server there is nothing to compare. */
  g_assert_nonnull (strstr (at_home, "spf-unsure unknown"));
  g_assert_nonnull (strstr (nowhere, "spf-unsure unknown"));
  {
    /* What the provider has put in counts, whatever its servers' addresses are. */
    const char *zone[] = { "shop.example TXT v=spf1 include:_spf.host.example ~all", "_spf.host.example TXT v=spf1 ip4:198.51.100.0/24 -all", "smtp.shop.example A 192.0.2.5", NULL };
    g_autofree char *text = judge (zone, "shop.example", "smtp.shop.example", "include:_spf.host.example", NULL);

    g_assert_nonnull (strstr (text, "spf-good good [smtp.shop.example]"));
  }
}

static void
test_judge_dkim (void)
{
  static const struct
  {
    const char *record;
    const char *expect;
  } table[] = {
    { "other.example TXT nothing", "dkim-lost bad [mail._domainkey.shop.example]" },
    { "mail._domainkey.shop.example TXT v=DKIM1; p=", "dkim-revoked bad [mail._domainkey.shop.example]" },
    { "mail._domainkey.shop.example TXT v=DKIM1; p=%", "dkim-broken bad [mail._domainkey.shop.example]" },
    { "mail._domainkey.shop.example TXT v=DKIM1; p=" KEY_512, "dkim-short bad [mail._domainkey.shop.example]" },
    { "mail._domainkey.shop.example TXT v=DKIM1; t=y; p=" KEY_1024, "dkim-testing weak [mail._domainkey.shop.example]" },
  };
  static const char *const keys[] = { "mail._domainkey.shop.example", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *zone[] = { table[i].record, NULL };
      g_autofree char *text = judge (zone, "shop.example", "", NULL, keys);
      g_auto (GStrv) parts = g_strsplit (text, "\n", -1);

      g_assert_cmpstr (parts[2], ==, table[i].expect);
    }
}

static void
test_judge_dmarc (void)
{
  static const struct
  {
    const char *domain;
    const char *lines[5];
    const char *expect;
  } table[] = {
    { "shop.example", { "_dmarc.shop.example TXT v=DMARC1; p=none", NULL }, "dmarc-watches good [none]" },
    { "shop.example", { "_dmarc.shop.example TXT v=DMARC1; p=quarantine", NULL }, "dmarc-refuses weak [quarantine]" },
    { "shop.example", { "_dmarc.shop.example TXT v=DMARC1; p=none", "_dmarc.shop.example TXT v=DMARC1; p=reject", NULL }, "dmarc-several bad [2]" },
    { "shop.example", { "_dmarc.shop.example TXT v=DMARC1; p=nobody", NULL }, "dmarc-syntax bad [p=nobody]" },
    { "shop.example", { "_dmarc.shop.example TXT something", NULL }, "dmarc-none weak + _dmarc.shop.example TXT v=DMARC1; p=none" },
    /* The organisation's, and what that says of those below it */
    { "mail.shop.co.uk", { "_dmarc.shop.co.uk TXT v=DMARC1; p=reject; sp=none", NULL }, "dmarc-watches good [none]" },
    { "mail.shop.co.uk", { "_dmarc.mail.shop.co.uk TXT v=DMARC1; p=none", "_dmarc.shop.co.uk TXT v=DMARC1; p=reject", NULL }, "dmarc-watches good [none]" },
    { "mail.shop.co.uk", { "_dmarc.shop.co.uk FAIL", NULL }, "no-answer unknown" },
    /* It asks for what speaks for our mail, and something does */
    { "shop.example", { "_dmarc.shop.example TXT v=DMARC1; p=reject", "default._domainkey.shop.example TXT v=DKIM1; p=" KEY_1024, NULL }, "dmarc-good good [reject]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = judge (table[i].lines, table[i].domain, "smtp.host.example", NULL, NULL);
      g_auto (GStrv) parts = g_strsplit (text, "\n", -1);

      g_assert_cmpstr (parts[3], ==, table[i].expect);
    }
}

/* --- what is found stays text --- */

static void
test_nicks (void)
{
  for (int i = MOS_FOUND_NO_ANSWER; i <= MOS_FOUND_DMARC_REFUSES; i++)
    g_assert_cmpint (mos_delivery_code_from_nick (mos_delivery_code_to_nick ((MosDeliveryCode) i), MOS_FOUND_NO_ANSWER), ==, i);
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/delivery/spf", test_spf);
  g_test_add_func ("/delivery/spf/macros", test_spf_macros);
  g_test_add_func ("/delivery/spf/add", test_spf_add);
  g_test_add_func ("/delivery/dkim/key", test_dkim_key);
  g_test_add_func ("/delivery/dkim/name", test_dkim_name);
  g_test_add_func ("/delivery/dmarc", test_dmarc);
  g_test_add_func ("/delivery/judge/good", test_judge_good);
  g_test_add_func ("/delivery/judge/nothing", test_judge_nothing);
  g_test_add_func ("/delivery/judge/no-answer", test_judge_no_answer);
  g_test_add_func ("/delivery/judge/mx", test_judge_mx);
  g_test_add_func ("/delivery/judge/spf", test_judge_spf);
  g_test_add_func ("/delivery/judge/dkim", test_judge_dkim);
  g_test_add_func ("/delivery/judge/dmarc", test_judge_dmarc);
  g_test_add_func ("/delivery/nicks", test_nicks);

  return g_test_run ();
}
