/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/net/mos-sasl.h"
#include "support/mos-test.h"

#include <string.h>

static MosCredential *
password (const char *secret)
{
  return mos_credential_make (MOS_CREDENTIAL_PASSWORD, secret, NULL);
}

static char *
b64 (const char *text)
{
  return g_base64_encode ((const guchar *) text, strlen (text));
}

static char *
step_text (MosSasl *sasl,
           const char *challenge,
           GError **error)
{
  g_autofree char *in = challenge != NULL ? b64 (challenge) : NULL;
  g_autofree char *out = mos_sasl_step (sasl, in, error);
  gsize length = 0;
  guchar *data;
  char *text;

  if (out == NULL)
    return NULL;
  if (*out == '\0')
    return g_strdup ("");
  data = g_base64_decode (out, &length);
  text = g_strndup ((const char *) data, length);
  g_free (data);
  return text;
}

typedef struct
{
  const char *mechanism;
  const char *nonce;
  const char *client_first;
  const char *server_first;
  const char *client_final;
  const char *server_final;
} ScramVector;

static const ScramVector vectors[] = {
  /* RFC 5802 §5 */
  { "SCRAM-SHA-1", "fyko+d2lbbFgONRv9qkxdawL", "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
    "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
    "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
    "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=" },
  /* RFC 7677 §3 */
  { "SCRAM-SHA-256", "rOprNGfwEbeRWgbNEkqO", "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
    "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=" },
};

static MosSasl *
start (const ScramVector *v)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosCredential) pencil = password ("pencil");
  MosSasl *sasl = mos_sasl_new_with_nonce (v->mechanism, "user", pencil, v->nonce, &error);
  g_autofree char *first = NULL;

  g_assert_no_error (error);
  g_assert_true (mos_sasl_is_client_first (sasl));
  first = step_text (sasl, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, v->client_first);
  return sasl;
}

static void
test_scram_vectors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (MosSasl) sasl = start (&vectors[i]);
      g_autoptr (GError) error = NULL;
      g_autofree char *final = step_text (sasl, vectors[i].server_first, &error);
      g_autofree char *last = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (final, ==, vectors[i].client_final);

      /* "OK" before the proof is no success */
      g_assert_false (mos_sasl_finish (sasl, &error));
      g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED);
      g_clear_error (&error);

      last = step_text (sasl, vectors[i].server_final, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (last, ==, "");
      g_assert_true (mos_sasl_finish (sasl, &error));
      g_assert_no_error (error);
    }
}

static void
test_scram_wrong_signature (void)
{
  static const char *const finals[] = { "v=rmF9pqV8S7suAoZWja4dJRkFsKQ", "v=", "v=AAAA", "x", "e=invalid-proof", "v=smF9pqV8S7suAoZWja4dJRkFsKQ=" };

  /* The first lacks only the padding; GLib's decoder then drops the last group. */
  for (gsize i = 0; i < G_N_ELEMENTS (finals); i++)
    {
      g_autoptr (MosSasl) sasl = start (&vectors[0]);
      g_autoptr (GError) error = NULL;
      g_autofree char *final = step_text (sasl, vectors[0].server_first, &error);
      g_autofree char *last = step_text (sasl, finals[i], &error);

      g_assert_null (last);
      g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_FAILED);
    }
}

static void
test_scram_hostile_challenge (void)
{
  static const char *const firsts[] = {
    "r=fyko+d2lbbFgONRv9qkxdawL3rfc,s=QSXCR+Q6sek8bf92,i=600001",
    "r=fyko+d2lbbFgONRv9qkxdawL3rfc,s=QSXCR+Q6sek8bf92,i=99999999999999999999",
    "r=fyko+d2lbbFgONRv9qkxdawL3rfc,s=QSXCR+Q6sek8bf92,i=0",
    "r=fyko+d2lbbFgONRv9qkxdawL3rfc,s=QSXCR+Q6sek8bf92,i=-1",
    "r=fyko+d2lbbFgONRv9qkxdawL3rfc,s=,i=4096",
    "r=fyko+d2lbbFgONRv9qkxdawL,s=QSXCR+Q6sek8bf92,i=4096",
    "r=other,s=QSXCR+Q6sek8bf92,i=4096",
    "m=ext,r=fyko+d2lbbFgONRv9qkxdawL3rfc,s=QSXCR+Q6sek8bf92,i=4096",
    "r=fyko+d2lbbFgONRv9qkxdawL3rfc",
    "r",
    ",,,",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (firsts); i++)
    {
      g_autoptr (MosSasl) sasl = start (&vectors[0]);
      g_autoptr (GError) error = NULL;
      g_autofree char *final = step_text (sasl, firsts[i], &error);

      g_assert_null (final);
      g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL);
    }
}

static void
test_scram_escapes_name (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosCredential) x = password ("x");
  g_autoptr (MosSasl) sasl = mos_sasl_new_with_nonce ("scram-sha-256", "a=b,c", x, "N", &error);
  g_autofree char *first = step_text (sasl, NULL, &error);

  g_assert_cmpstr (first, ==, "n,,n=a=3Db=2Cc,r=N");
}

static void
test_plain_and_login (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosCredential) tanstaaf = password ("tanstaaftanstaaf");
  g_autoptr (MosCredential) plainly = password ("secret");
  g_autoptr (MosSasl) plain = mos_sasl_new ("PLAIN", "tim", tanstaaf, &error);
  g_autoptr (MosSasl) login = mos_sasl_new ("LOGIN", "tim", plainly, &error);
  g_autofree char *response = mos_sasl_step (plain, NULL, &error);
  g_autofree char *user = NULL;
  g_autofree char *second = NULL;
  g_autofree char *more = NULL;

  /* RFC 4616 §4, without the authorization identity */
  g_assert_cmpstr (response, ==, "AHRpbQB0YW5zdGFhZnRhbnN0YWFm");
  g_assert_true (mos_sasl_finish (plain, &error));

  g_assert_false (mos_sasl_is_client_first (login));
  user = mos_sasl_step (login, "VXNlcm5hbWU6", &error);
  g_assert_cmpstr (user, ==, "dGlt");
  second = mos_sasl_step (login, "UGFzc3dvcmQ6", &error);
  g_assert_cmpstr (second, ==, "c2VjcmV0");
  g_assert_no_error (error);
  more = mos_sasl_step (login, "QWdhaW46", &error);
  g_assert_null (more);
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL);
}

static void
test_choice (void)
{
  static const char *const all[] = { "PLAIN", "LOGIN", "CRAM-MD5", "scram-sha-1", "SCRAM-SHA-256", NULL };
  static const char *const old[] = { "LOGIN", "PLAIN", NULL };
  static const char *const none[] = { "CRAM-MD5", "GSSAPI", "SCRAM-SHA-256-PLUS", NULL };
  static const char *const both[] = { "PLAIN", "XOAUTH2", "oauthbearer", "SCRAM-SHA-256", NULL };
  static const char *const microsoft[] = { "LOGIN", "XOAUTH2", NULL };
  g_autoptr (MosCredential) p = password ("p");
  g_autoptr (MosCredential) odd = password ("p\xee\x80\x80");
  g_autoptr (MosCredential) as = mos_credential_make (MOS_CREDENTIAL_PASSWORD, "p", "shop@x.example");
  g_autoptr (MosCredential) token = mos_credential_make (MOS_CREDENTIAL_TOKEN, "t", NULL);

  g_assert_cmpstr (mos_sasl_choose (all, "u", p), ==, "SCRAM-SHA-256");
  g_assert_cmpstr (mos_sasl_choose (all + 3, "u", p), ==, "SCRAM-SHA-256");
  g_assert_cmpstr (mos_sasl_choose (old, "u", p), ==, "PLAIN");
  g_assert_null (mos_sasl_choose (none, "u", p));
  g_assert_null (mos_sasl_choose (NULL, "u", p));
  /* A private-use character cannot go through SCRAM */
  g_assert_cmpstr (mos_sasl_choose (all, "u", odd), ==, "PLAIN");
  /* Never a password where a token was meant, nor the other way round */
  g_assert_cmpstr (mos_sasl_choose (both, "u", p), ==, "SCRAM-SHA-256");
  g_assert_cmpstr (mos_sasl_choose (both, "u", token), ==, "OAUTHBEARER");
  g_assert_cmpstr (mos_sasl_choose (microsoft, "u", token), ==, "XOAUTH2");
  g_assert_null (mos_sasl_choose (all, "u", token));
  g_assert_null (mos_sasl_choose (both + 1, "u", as));
  g_assert_cmpstr (mos_sasl_choose (both, "u", as), ==, "PLAIN");
}

/* RFC 7628 §4.1, and the same as XOAUTH2 */
static void
test_token (void)
{
  static const struct
  {
    const char *mechanism;
    const char *user;
    const char *as;
    const char *first;
    const char *farewell;
  } cases[] = {
    { "OAUTHBEARER", "user@example.com", NULL, "n,a=user@example.com,\001host=server.example.com\001port=143\001auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\001\001", "\001" },
    { "oauthbearer", "me=a,b", NULL, "n,a=me=3Da=2Cb,\001host=server.example.com\001port=143\001auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\001\001", "\001" },
    { "OAUTHBEARER", "me@x.example", "shop@x.example", "n,a=shop@x.example,\001host=server.example.com\001port=143\001auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\001\001", "\001" },
    { "XOAUTH2", "me@x.example", NULL, "user=me@x.example\001auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\001\001", "" },
    { "XOAUTH2", "me@x.example", "shop@x.example", "user=shop@x.example\001auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\001\001", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MosCredential) token = mos_credential_make (MOS_CREDENTIAL_TOKEN, "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==", cases[i].as);
      g_autoptr (MosSasl) sasl = mos_sasl_new (cases[i].mechanism, cases[i].user, token, &error);
      g_autofree char *first = NULL;
      g_autofree char *farewell = NULL;
      g_autofree char *more = NULL;

      g_assert_no_error (error);
      mos_sasl_set_server (sasl, "server.example.com", 143);
      g_assert_true (mos_sasl_is_client_first (sasl));
      first = step_text (sasl, NULL, &error);
      g_assert_cmpstr (first, ==, cases[i].first);
      g_assert_true (mos_sasl_finish (sasl, &error));

      /* Refused: it is answered, then the NO comes. */
      farewell = step_text (sasl, "{\"status\":\"invalid_token\",\"scope\":\"mail\"}", &error);
      g_assert_cmpstr (farewell, ==, cases[i].farewell);
      g_assert_false (mos_sasl_finish (sasl, NULL));
      more = step_text (sasl, "{}", &error);
      g_assert_null (more);
      g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL);
    }
}

/* What the server says decides whether another token is worth a try. */
static void
test_token_refused (void)
{
  static const struct
  {
    const char *challenge;
    MosMailError error;
  } cases[] = {
    { "{\"status\":\"invalid_token\"}", MOS_MAIL_ERROR_TOKEN_REFUSED },
    { "{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"https://mail.google.com/\"}", MOS_MAIL_ERROR_TOKEN_REFUSED },
    { "{\"status\":401}", MOS_MAIL_ERROR_TOKEN_REFUSED },
    { "{\"status\":\"insufficient_scope\"}", MOS_MAIL_ERROR_SIGN_IN_AGAIN },
    { "{\"status\":[1]}", MOS_MAIL_ERROR_TOKEN_REFUSED },
    { "this is no JSON", MOS_MAIL_ERROR_TOKEN_REFUSED },
    { NULL, MOS_MAIL_ERROR_TOKEN_REFUSED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MosCredential) token = mos_credential_make (MOS_CREDENTIAL_TOKEN, "t", NULL);
      g_autoptr (MosSasl) sasl = mos_sasl_new ("OAUTHBEARER", "u", token, NULL);
      g_autofree char *first = step_text (sasl, NULL, NULL);
      g_autofree char *second = cases[i].challenge != NULL ? step_text (sasl, cases[i].challenge, &error) : NULL;

      g_assert_no_error (error);
      g_assert_true (mos_sasl_explain_refusal (sasl, "no", &error));
      g_assert_error (error, MOS_MAIL_ERROR, (int) cases[i].error);
    }
}

static void
test_authorize_as (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosCredential) as = mos_credential_make (MOS_CREDENTIAL_PASSWORD, "tanstaaftanstaaf", "Ursel");
  g_autoptr (MosCredential) split = mos_credential_make (MOS_CREDENTIAL_TOKEN, "a\001auth=Bearer b", NULL);
  g_autoptr (MosSasl) plain = mos_sasl_new ("PLAIN", "Kurt", as, &error);
  g_autofree char *response = mos_sasl_step (plain, NULL, &error);

  /* RFC 4616 §4 has the like with "xipj3plmq" */
  g_assert_cmpstr (response, ==, "VXJzZWwAS3VydAB0YW5zdGFhZnRhbnN0YWFm");
  g_assert_no_error (error);
  g_assert_false (mos_sasl_explain_refusal (plain, "no", &error));
  g_assert_null (mos_sasl_new ("SCRAM-SHA-1", "Kurt", as, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_null (mos_sasl_new ("XOAUTH2", "u", split, &error));
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_AUTH_UNSUPPORTED);
}

static void
test_saslprep (void)
{
  static const struct
  {
    const char *in;
    const char *out;
  } cases[] = {
    /* RFC 4013 §3 */
    { "I\xc2\xadX", "IX" },
    { "user", "user" },
    { "USER", "USER" },
    { "\xc2\xaa", "a" },
    { "\xe2\x85\xa8", "IX" },
    { "\x07", NULL },
    { "\xd8\xa7"
      "1",
      NULL },
    /* further */
    { "\xd8\xa7\xd8\xa8", "\xd8\xa7\xd8\xa8" },
    { "a\xc2\xa0"
      "b",
      "a b" },
    { "\xe2\x80\xae", NULL },
    { "\xff", NULL },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *out = mos_saslprep (cases[i].in);

      g_assert_cmpstr (out, ==, cases[i].out);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/sasl/scram/vectors", test_scram_vectors);
  g_test_add_func ("/sasl/scram/wrong-signature", test_scram_wrong_signature);
  g_test_add_func ("/sasl/scram/hostile-challenge", test_scram_hostile_challenge);
  g_test_add_func ("/sasl/scram/escapes-name", test_scram_escapes_name);
  g_test_add_func ("/sasl/plain-and-login", test_plain_and_login);
  g_test_add_func ("/sasl/choice", test_choice);
  g_test_add_func ("/sasl/token", test_token);
  g_test_add_func ("/sasl/token-refused", test_token_refused);
  g_test_add_func ("/sasl/authorize-as", test_authorize_as);
  g_test_add_func ("/sasl/saslprep", test_saslprep);
  return g_test_run ();
}
