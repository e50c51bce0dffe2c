/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/imap/mos-imap-session-private.h"
#include "mos-test-mutate.h"
#include "mos-test.h"

#include <string.h>

/* --- A table of answers, each split at every byte -------------------------------------------- */

typedef struct
{
  const char *in;
  const char *out; /* one line per response; NULL: refused */
} Case;

static const Case cases[] = {
  { "* OK [CAPABILITY IMAP4rev1 SASL-IR] Dovecot ready.\r\n", "* OK [CAPABILITY IMAP4rev1 SASL-IR] Dovecot ready.\n" },
  { "* PREAUTH hi\r\n* BYE see {5}\r\n", "* PREAUTH hi\n* BYE see {5}\n" },
  { "M1 OK [READ-WRITE] done {12}\r\n* 2 EXISTS\r\n", "M1 OK [READ-WRITE] done {12}\n* 2 EXISTS\n" },
  { "+ \r\n+ aGVsbG8=\r\n+\r\n", "+ \n+ aGVsbG8=\n+ \n" },
  { "* CAPABILITY IMAP4rev1 AUTH=PLAIN LITERAL+\r\n", "* CAPABILITY IMAP4rev1 AUTH=PLAIN LITERAL+\n" },
  { "* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent \\\"x\\\\\"\r\n", "* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent \"x\\\"\n" },
  { "* LIST () NIL {5}\r\nhe\r\nl\r\n", "* LIST () NIL {5}\n" },
  { "* 12 FETCH (UID 7 BODY[] {4}\r\n\r\n\r\n MODSEQ (99))\r\n", "* 12 FETCH (UID 7 BODY[] {4} MODSEQ (99))\n" },
  { "* 1 FETCH (BODY[] {0}\r\n)\r\n", "* 1 FETCH (BODY[] {0})\n" },
  { "* 1 FETCH (BODY[] ~{3+}\r\nabc FLAGS ())\r\n", "* 1 FETCH (BODY[] {3} FLAGS ())\n" },
  { "* 1 FETCH (BODY[HEADER.FIELDS (DATE FROM)]<0> \"x\" UID 3)\r\n", "* 1 FETCH (BODY[HEADER.FIELDS (DATE FROM)]<0> \"…\" UID 3)\n" },
  { "* 1 FETCH (FLAGS ([x] a[b) UID 3)\r\n", "* 1 FETCH (FLAGS ([x] a[b) UID 3)\n" },
  { "* SEARCH\r\n* SEARCH 1 2 3 (MODSEQ 9)\r\n", "* SEARCH\n* SEARCH 1 2 3 (MODSEQ 9)\n" },
  { "* ESEARCH (TAG \"M4\") UID ALL 1:4999,5050:20000\r\n", "* ESEARCH (TAG \"M4\") UID ALL 1:4999,5050:20000\n" },
  { "* VANISHED (EARLIER) 41,43:116\r\n", "* VANISHED (EARLIER) 41,43:116\n" },
  { "M9 OK [APPENDUID 38505 3955] done\r\n", "M9 OK [APPENDUID 38505 3955] done\n" },
  { "* OK [PERMANENTFLAGS (\\Seen \\*)] Flags\r\n", "* OK [PERMANENTFLAGS (\\Seen \\*)] Flags\n" },
  { "* NO [ALERT] caf\xc3\xa9 \xff\r\n", "* NO [ALERT] caf\xc3\xa9 \xef\xbf\xbd\n" },
  { "* ok lower\r\n* 3 exists\r\n", "* OK lower\n* 3 EXISTS\n" },
  { "* STATUS \"a b\" (MESSAGES 1)\n", "* STATUS \"a b\" (MESSAGES 1)\n" },
  { "* 4294967295 EXISTS\r\n", "* 4294967295 EXISTS\n" },
  /* Lines that crash other clients (notes/mail.md §2.7) */
  { "* OK [PERMANENTFLAGS ((\r\n", "* OK [PERMANENTFLAGS ((\n" },
  { "* OK [PERMANENTFLAGS ((] x\r\n", "* OK [PERMANENTFLAGS ((] x\n" },
  { "* OK []\r\n", "* OK []\n" },
  /* Not IMAP */
  { "\r\n", NULL },
  { "* \r\n", NULL },
  { "* 12\r\n", NULL },
  { "hello\r\n", NULL },
  { "M1 MAYBE\r\n", NULL },
  { "* 4294967296 EXISTS\r\n", NULL },
  { "* LIST (a\r\n", NULL },
  { "* LIST a)\r\n", NULL },
  { "* LIST \"a\r\n", NULL },
  { "* 1 FETCH (BODY[] {4294967296}\r\n", NULL },
  { "* 1 FETCH (BODY[] {99999999999999999999}\r\n", NULL },
};

static char *
run (const char *in,
     gsize size,
     gsize split,
     const MosImapLimits *limits,
     GError **error)
{
  g_autoptr (MosImapTokenizer) tokenizer = mos_imap_tokenizer_new (limits);
  GString *out = g_string_new (NULL);
  MosImapResponse *response;

  for (gsize at = 0; at < size;)
    {
      gsize n = at < split ? split - at : size - at;

      if (split == G_MAXSIZE)
        n = 1;
      if (!mos_imap_tokenizer_feed (tokenizer, in + at, n, error))
        {
          g_string_free (out, TRUE);
          return NULL;
        }
      at += n;
      while ((response = mos_imap_tokenizer_take (tokenizer)) != NULL)
        {
          g_autofree char *line = mos_imap_response_describe (response);

          g_string_append_printf (out, "%s\n", line);
          mos_imap_response_free (response);
        }
    }
  g_assert_true (mos_imap_tokenizer_is_empty (tokenizer));
  return g_string_free (out, FALSE);
}

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i].in);

      for (gsize split = 0; split <= size; split++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *out = run (cases[i].in, size, split == size ? G_MAXSIZE : split, NULL, &error);

          if (cases[i].out != NULL)
            g_assert_no_error (error);
          else
            g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL);
          g_assert_cmpstr (out, ==, cases[i].out);
        }
    }
}

static void
test_nul (void)
{
  static const char line[] = "* LIST () \"/\" \"a\0b\"\r\n";
  static const char literal[] = "* 1 FETCH (BODY[] {3}\r\na\0b)\r\n";
  g_autoptr (GError) error = NULL;
  g_autofree char *out = run (line, sizeof line - 1, 0, NULL, &error);
  g_autofree char *fine = NULL;

  g_assert_null (out);
  g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL);
  g_clear_error (&error);
  fine = run (literal, sizeof literal - 1, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fine, ==, "* 1 FETCH (BODY[] {3})\n");
}

static void
test_limits (void)
{
  MosImapLimits limits = { .max_line = 100, .max_literal = 50, .spool_threshold = 20, .max_literals = 3, .max_depth = 4 };
  static const char *const refused[] = {
    "* LIST (((((a)))))\r\n",
    "* X {1}\r\na {1}\r\nb {1}\r\nc {1}\r\nd\r\n",
    "* SEARCH 111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111\r\n",
    /* without a line end: what never ends is not collected either */
    "* SEARCH 1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111",
  };
  g_autofree char *ok = NULL;
  g_autoptr (GError) none = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *out = run (refused[i], strlen (refused[i]), G_MAXSIZE, &limits, &error);

      g_assert_null (out);
      g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL);
    }

  ok = run ("* LIST ((((a))))\r\n", 18, G_MAXSIZE, &limits, &none);
  g_assert_no_error (none);
}

/* In memory, in a file, and past the limit: passed over without being kept, and what follows is understood. */
static void
test_literals (void)
{
  MosImapLimits limits = { .max_line = 1000, .max_literal = 50, .spool_threshold = 20, .max_literals = 64, .max_depth = 10 };
  static const gsize sizes[] = { 1, 20, 21, 50, 51, 200 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (gsize piece = 1; piece < 64; piece += 9)
      {
        g_autoptr (MosImapTokenizer) tokenizer = mos_imap_tokenizer_new (&limits);
        g_autoptr (GString) in = g_string_new (NULL);
        g_autoptr (MosImapResponse) response = NULL;
        g_autoptr (MosImapResponse) next = NULL;
        g_autoptr (GError) error = NULL;
        MosImapFetchData data;

        g_string_printf (in, "* 1 FETCH (BODY[] {%" G_GSIZE_FORMAT "}\r\n", sizes[i]);
        for (gsize b = 0; b < sizes[i]; b++)
          g_string_append_c (in, (char) ('a' + b % 26));
        g_string_append (in, " UID 5)\r\n* 3 EXISTS\r\n");
        for (gsize at = 0; at < in->len; at += piece)
          mos_imap_tokenizer_feed (tokenizer, in->str + at, MIN (piece, in->len - at), &error);
        g_assert_no_error (error);

        response = mos_imap_tokenizer_take (tokenizer);
        g_assert_true (mos_imap_fetch_data_parse (&data, response));
        g_assert_cmpuint (data.uid, ==, 5);
        if (sizes[i] <= limits.max_literal)
          {
            gsize size = 0;
            const char *bytes = g_bytes_get_data (data.body, &size);

            g_assert_cmpuint (size, ==, sizes[i]);
            for (gsize b = 0; b < size; b++)
              g_assert_cmpint (bytes[b], ==, (char) ('a' + b % 26));
          }
        else
          {
            g_assert_null (data.body);
            g_assert_cmpuint (data.body_skipped, ==, sizes[i]);
          }
        next = mos_imap_tokenizer_take (tokenizer);
        g_assert_cmpstr (next->name, ==, "EXISTS");
        g_assert_true (mos_imap_tokenizer_is_empty (tokenizer));
      }
}

/* --- Mutations ------------------------------------------------------------------------------- */

static const char transcript[] =
    "* OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ STARTTLS AUTH=PLAIN AUTH=LOGIN AUTH=SCRAM-SHA-256] Dovecot ready.\r\n"
    "+ cj1hYmM=\r\n"
    "M1 OK [CAPABILITY IMAP4rev1 SASL-IR SORT THREAD=REFERENCES CONDSTORE QRESYNC ESEARCH MOVE UIDPLUS LIST-EXTENDED SPECIAL-USE] Logged in\r\n"
    "* ENABLED QRESYNC\r\nM2 OK Enabled\r\n"
    "* LIST (\\HasNoChildren \\Sent) \"/\" Sent\r\n* LIST (\\HasNoChildren) \"/\" \"Pedidos &- env&AO0-os\"\r\n* LIST () NIL {5}\r\nINBOX\r\nM3 OK List completed\r\n"
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n* OK [PERMANENTFLAGS (\\Answered \\Seen \\*)] Flags permitted.\r\n* 17 EXISTS\r\n* 0 RECENT\r\n"
    "* OK [UIDVALIDITY 1763789000] UIDs valid\r\n* OK [UIDNEXT 18] Predicted next UID\r\n* OK [HIGHESTMODSEQ 33] Highest\r\n* VANISHED (EARLIER) 41,43:116\r\nM4 OK [READ-WRITE] Select completed (0.002 secs).\r\n"
    "* ESEARCH (TAG \"M5\") UID ALL 1:17\r\nM5 OK Search completed\r\n* SEARCH 1 2 3 4 (MODSEQ 33)\r\n"
    "* 1 FETCH (UID 1 FLAGS (\\Seen) INTERNALDATE \"17-Jul-2026 02:44:25 -0700\" RFC822.SIZE 4286 MODSEQ (12))\r\n"
    "* 2 FETCH (UID 2 FLAGS (\\Seen) INTERNALDATE \" 7-Jul-2026 02:44:25 +0000\" MODSEQ (13) BODY[] {55}\r\nFrom: a@b.test\r\nSubject: x\r\n\r\n* 3 FETCH (UID 3)\r\n)\r\n M1 )\r\n"
    "* 3 FETCH (UID 3 BODY[] \"quoted \\\"body\\\"\")\r\n* VANISHED 4:5\r\n* 6 EXPUNGE\r\nM6 OK [APPENDUID 1763789000 18] Append completed.\r\n"
    "M7 NO [AUTHENTICATIONFAILED] Authentication failed.\r\n* NO [ALERT] Disk almost full\r\nM8 BAD Error in IMAP command\r\n* BYE Logging out\r\n";

/* 20,000 transcripts with one to four mutations each: refused or understood, but without a fault, a leak or an endless loop; the
 * pieces in which they come make no difference. */
static void
test_mutations (void)
{
  MosImapLimits limits = { .max_line = 4096, .max_literal = 2000, .spool_threshold = 1000, .max_literals = 8, .max_depth = 8 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  guint n_rounds = mos_test_rounds (20000);
  guint refused = 0;
  guint responses = 0;
  g_autoptr (GError) none = NULL;
  g_autofree char *untouched = run (transcript, sizeof transcript - 1, 0, &limits, &none);

  g_assert_no_error (none);
  g_assert_true (g_str_has_suffix (untouched, "* BYE Logging out\n"));

  for (guint i = 0; i < n_rounds; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      guint counts[2] = { 0, 0 };
      gboolean ok[2] = { TRUE, TRUE };

      g_byte_array_append (bytes, (const guint8 *) transcript, sizeof transcript - 1);
      for (int m = g_rand_int_range (rand, 1, 5); m > 0 && bytes->len > 1; m--)
        mos_test_mutate (rand, bytes);

      for (int way = 0; way < 2; way++)
        {
          g_autoptr (MosImapTokenizer) tokenizer = mos_imap_tokenizer_new (&limits);
          guint piece = way == 0 ? bytes->len : (guint) g_rand_int_range (rand, 1, 60);

          for (guint at = 0; at < bytes->len && ok[way]; at += piece)
            {
              g_autoptr (GError) error = NULL;
              MosImapResponse *response;

              ok[way] = mos_imap_tokenizer_feed (tokenizer, bytes->data + at, MIN (piece, bytes->len - at), &error);
              if (!ok[way])
                g_assert_error (error, MOS_MAIL_ERROR, MOS_MAIL_ERROR_PROTOCOL);
              while ((response = mos_imap_tokenizer_take (tokenizer)) != NULL)
                {
                  MosImapFetchData data;
                  g_autofree char *line = mos_imap_response_describe (response);

                  g_assert_true (mos_imap_fetch_data_parse (&data, response) == (g_strcmp0 (response->name, "FETCH") == 0 && response->items->len > 0 && ((MosImapValue *) response->items->pdata[0])->items != NULL));
                  counts[way]++;
                  mos_imap_response_free (response);
                }
            }
        }
      g_assert_cmpuint (counts[0], ==, counts[1]);
      g_assert_cmpint (ok[0], ==, ok[1]);
      refused += ok[0] ? 0 : 1;
      responses += counts[0];
    }
  /* The mutations bite, and not always. */
  g_assert_cmpuint (refused, >, n_rounds / 20);
  g_assert_cmpuint (refused, <, n_rounds - n_rounds / 20);
  g_assert_cmpuint (responses, >, 5 * n_rounds);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/imap/tokenizer/table", test_table);
  g_test_add_func ("/imap/tokenizer/nul", test_nul);
  g_test_add_func ("/imap/tokenizer/limits", test_limits);
  g_test_add_func ("/imap/tokenizer/literals", test_literals);
  g_test_add_func ("/imap/tokenizer/mutations", test_mutations);
  return g_test_run ();
}
