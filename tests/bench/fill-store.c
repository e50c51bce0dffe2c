/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-bench"

#include "config.h"

#include "core/store/mos-database.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* fill-store PROFILE COUNT [MAILDIR]: COUNT short messages more in a profile that has an account, by SQL, and the same as files for another program.
 * Same arguments, same words. They are as frequent as words of a language are (Zipf), so that the beginnings of words that people type match from
 * a handful to nearly all of them. */

#define N_WORDS 30000
#define N_CUSTOMERS 20000
#define PER_TRANSACTION 2000
#define PER_FOLDER 20000
#define START_US G_GINT64_CONSTANT (1577836800000000) /* 2020-01-01 */

static const char *const common[] = {
  "the",
  "to",
  "and",
  "of",
  "is",
  "it",
  "in",
  "my",
  "for",
  "that",
  "you",
  "have",
  "was",
  "with",
  "this",
  "on",
  "not",
  "order",
  "be",
  "as",
  "we",
  "has",
  "are",
  "parcel",
  "please",
  "but",
  "at",
  "thank",
  "from",
  "when",
  "will",
  "by",
  "one",
  "can",
  "an",
  "if",
  "received",
  "still",
  "would",
  "your",
  "address",
  "invoice",
  "there",
  "delivery",
  "been",
  "size",
  "refund",
  "like",
  "what",
  "out",
  "colour",
  "time",
  "green",
  "blanket",
  "lamp",
  "large",
  "small",
  "week",
  "days",
  "yesterday",
  "arrived",
  "broken",
  "return",
  "exchange",
  "question",
  "price",
  "shop",
  "payment",
  "card",
  "account",
  "number",
  "bank",
  "shipping",
  "tracking",
  "customs",
  "gift",
  "present",
  "photo",
};
static const char *const syllables[] = {
  "ba",
  "ce",
  "di",
  "fo",
  "gu",
  "ha",
  "je",
  "ki",
  "lo",
  "mu",
  "na",
  "pe",
  "qui",
  "ro",
  "su",
  "ta",
  "ve",
  "wi",
  "xo",
  "zu",
  "bra",
  "cle",
  "dri",
  "flo",
  "gru",
  "pla",
  "tre",
  "sti",
  "scho",
  "mar",
};

static char *words[N_WORDS];
static double below[N_WORDS]; /* how likely is a word up to this one */

static void
make_words (void)
{
  double sum = 0;

  for (guint i = 0; i < N_WORDS; i++)
    {
      guint rest = i * 7919 + 13;
      GString *word = g_string_new (i < G_N_ELEMENTS (common) ? common[i] : NULL);

      for (guint n = 0; i >= G_N_ELEMENTS (common) && n < 2 + i % 3; n++, rest = rest / G_N_ELEMENTS (syllables) + i)
        g_string_append (word, syllables[rest % G_N_ELEMENTS (syllables)]);
      words[i] = g_string_free (word, FALSE);
      sum += 1.0 / (i + 2.7);
      below[i] = sum;
    }
  for (guint i = 0; i < N_WORDS; i++)
    below[i] /= sum;
}

static void
append_words (GString *text,
              GRand *chance,
              guint n)
{
  while (n-- > 0)
    {
      double u = g_rand_double (chance);
      guint low = 0, high = N_WORDS - 1;

      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (below[middle] < u)
            low = middle + 1;
          else
            high = middle;
        }
      g_string_append (text, words[low]);
      g_string_append_c (text, n == 0 ? '\n' : n % 12 == 0 ? '\n'
                                                           : ' ');
    }
}

static void
write_mail (const char *maildir,
            guint i,
            gint64 at_us,
            const char *name,
            const char *address,
            const char *subject,
            guint conversation,
            gboolean is_first,
            const char *body)
{
  g_autofree char *folder = g_strdup_printf ("%s/%03u", maildir, i / PER_FOLDER);
  g_autofree char *path = g_strdup_printf ("%s/cur/%" G_GINT64_FORMAT ".M%07uP1.mail:2,S", folder, at_us / G_USEC_PER_SEC, i);
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc_usec (at_us);
  g_autofree char *date = g_date_time_format (at, "%a, %d %b %Y %H:%M:%S +0000");
  static const char *const subfolders[] = { "cur", "new", "tmp" };
  FILE *file;

  for (guint n = 0; i % PER_FOLDER == 0 && n < G_N_ELEMENTS (subfolders); n++)
    {
      g_autofree char *made = g_build_filename (folder, subfolders[n], NULL);

      if (g_mkdir_with_parents (made, 0700) != 0)
        g_error ("%s cannot be made", made);
    }
  file = g_fopen (path, "w");
  if (file == NULL)
    g_error ("%s cannot be written", path);
  fprintf (file, "From: %s <%s>\nTo: support@shop.test\nSubject: %s%s\nDate: %s\nMessage-ID: <%u.%u@mail.test>\n", name, address, is_first ? "" : "Re: ", subject, date, conversation, i);
  if (!is_first)
    fprintf (file, "References: <%u.%u@mail.test>\n", conversation, conversation);
  fprintf (file, "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n%s", body);
  fclose (file);
}

static void
check (gboolean ok,
       GError *error)
{
  if (!ok)
    g_error ("%s", error->message);
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (1);
  g_autofree char *path = NULL, *account = NULL;
  g_autoptr (GString) body = g_string_new (NULL);
  guint count = argc > 2 ? (guint) atoi (argv[2]) : 0;
  const char *maildir = argc > 3 ? argv[3] : NULL;
  MosDatabase *database;
  GError *error = NULL;
  gint64 number = 0, seq = 0, at_us = START_US;
  /* Conversations that go on: number of the mail that began each, and its place in the table. */
  struct
  {
    guint first;
    gint64 number;
    guint customer;
    char subject[120];
  } open[64] = { 0 };

  if (count == 0)
    {
      fprintf (stderr, "fill-store PROFILE COUNT [MAILDIR]\n");
      return 2;
    }
  make_words ();
  path = g_build_filename (argv[1], "mostrador.db", NULL);
  database = mos_database_open (path, MOS_DATABASE_READ_WRITE, &error);
  check (database != NULL, error);
  check (mos_database_get_text (database, &account, &error, "SELECT id FROM account LIMIT 1", ""), error);
  check (mos_database_get_int (database, &number, &error, "SELECT coalesce (max (number), 0) FROM conversation", ""), error);
  check (mos_database_run_script (database, "BEGIN", &error), error);
  for (gint64 i = 0; i < N_CUSTOMERS; i++)
    {
      g_autofree char *id = g_strdup_printf ("customer%" G_GINT64_FORMAT, i);
      g_autofree char *name = g_strdup_printf ("%s %s", words[200 + i * 31 % 5000], words[6000 + i]);

      check (mos_database_exec (database, &error, "INSERT INTO customer (id, name, first_seen) VALUES (?, ?, ?)", "tti", id, name, at_us), error);
    }

  for (guint i = 0; i < count; i++)
    {
      guint slot = (guint) g_rand_int_range (chance, 0, G_N_ELEMENTS (open)), customer;
      gboolean is_first = open[slot].number == 0 || g_rand_double (chance) < 0.4;
      g_autofree char *id = NULL, *conversation = NULL, *customer_id = NULL, *name = NULL, *address = NULL, *people = NULL, *recipients = NULL;

      at_us += (gint64) (G_USEC_PER_SEC * 150) + g_rand_int_range (chance, 0, 1000000);
      g_string_truncate (body, 0);
      if (is_first)
        {
          open[slot].first = i;
          open[slot].number = ++number;
          open[slot].customer = (guint) g_rand_int_range (chance, 0, N_CUSTOMERS);
          append_words (body, chance, 3 + (guint) g_rand_int_range (chance, 0, 4));
          body->str[body->len - 1] = '\0';
          g_strlcpy (open[slot].subject, g_strdelimit (body->str, "\n", ' '), sizeof open[slot].subject);
          g_string_truncate (body, 0);
        }
      append_words (body, chance, 40 + (guint) g_rand_int_range (chance, 0, 60));
      customer = open[slot].customer;
      id = g_strdup_printf ("m%u", i);
      conversation = g_strdup_printf ("c%u", open[slot].first);
      customer_id = g_strdup_printf ("customer%u", customer);
      name = g_strdup_printf ("%s %s", words[200 + customer * 31 % 5000], words[6000 + customer]);
      address = g_strdup_printf ("%s.%u@mail.test", words[6000 + customer], customer);
      people = g_strdup_printf ("%s %s\n support@shop.test", name, address);
      recipients = g_strdup ("{\"to\":[[null,\"support@shop.test\"]]}");

      if (is_first)
        check (mos_database_exec (database, &error,
                                  "INSERT INTO conversation (number, id, account, channel, customer, subject, status, priority, created_at, updated_at, waiting_since, snippet, message_count, place)"
                                  " VALUES (?1, ?2, ?3, 'email', ?4, ?5, 'open', 'normal', ?6, ?6, ?6, ?7, 1, 'open')",
                                  "itttti"
                                  "t",
                                  number, conversation, account, customer_id, open[slot].subject, at_us, open[slot].subject),
               error);
      else
        check (mos_database_exec (database, &error, "UPDATE conversation SET updated_at = ?, message_count = message_count + 1 WHERE number = ?", "ii", at_us, open[slot].number), error);
      seq = at_us;
      check (mos_database_exec (database, &error,
                                "INSERT INTO message (seq, id, conversation, origin_conversation, account, customer, direction, classification, delivery, from_name, from_address, recipients, subject, sent_at, received_at,"
                                " unread, quarantined, automatic, archive, has_html, has_attachments)"
                                " VALUES (?1, ?2, ?3, ?3, ?4, ?5, 'incoming', 'normal', 'received', ?6, ?7, ?8, ?9, ?1, ?1, 0, 0, 0, 0, 0, 0)",
                                "ittttttt"
                                "t",
                                seq, id, conversation, account, customer_id, name, address, recipients, open[slot].subject),
             error);
      check (mos_database_exec (database, &error, "INSERT INTO message_text (seq, text, reply_text) VALUES (?1, ?2, ?2)", "it", seq, body->str), error);
      check (mos_database_exec (database, &error, "INSERT INTO search (rowid, subject, body, people, files) VALUES (?, ?, ?, ?, '')", "ittt", seq, open[slot].subject, body->str, people), error);
      if (maildir != NULL)
        write_mail (maildir, i, at_us, name, address, open[slot].subject, open[slot].first, is_first, body->str);
      if (i % PER_TRANSACTION == PER_TRANSACTION - 1)
        check (mos_database_run_script (database, "COMMIT; BEGIN", &error), error);
    }
  check (mos_database_run_script (database, "COMMIT", &error), error);
  mos_database_close (database);
  for (guint i = 0; i < N_WORDS; i++)
    g_free (words[i]);
  return 0;
}
