/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/mail/imap/mos-imap-arguments.h"
#include "core/mail/imap/mos-imap-capabilities.h"
#include "core/mail/imap/mos-imap-fetch-data.h"
#include "core/mail/imap/mos-imap-folder.h"
#include "core/mail/imap/mos-imap-uid-set.h"
#include "support/mos-test.h"

#include <string.h>

/* --- UID sets -------------------------------------------------------------------------------- */

static void
test_uid_set_parse (void)
{
  static const struct
  {
    const char *in;
    const char *out;
  } table[] = {
    { "1", "1" },
    { "5:1", "1:5" },
    { "3,1,2", "1:3" },
    { "1:5,4:9,20", "1:9,20" },
    { "4294967295", "4294967295" },
    { "1:4294967295,7", "1:4294967295" },
    { "", NULL },
    { "0", NULL },
    { "*", NULL },
    { "1:*", NULL },
    { "1,", NULL },
    { "4294967296", NULL },
    { "1:2:3", NULL },
    { " 1", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (MosImapUidSet) set = mos_imap_uid_set_new_parse (table[i].in);
      g_autofree char *out = set != NULL ? mos_imap_uid_set_to_string (set) : NULL;

      g_assert_cmpstr (out, ==, table[i].out);
    }
}

/* Against a plain table of booleans */
static void
test_uid_set_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int round = 0; round < 200; round++)
    {
      g_autoptr (MosImapUidSet) one = mos_imap_uid_set_new ();
      g_autoptr (MosImapUidSet) two = mos_imap_uid_set_new ();
      MosImapUidSet *sets[2] = { one, two };
      gboolean in[2][101] = { { FALSE } };
      g_autoptr (MosImapUidSet) minus = NULL;
      g_autoptr (MosImapUidSet) both = NULL;
      g_autoptr (MosImapUidSet) parsed = NULL;
      g_autofree char *text = NULL;
      guint64 count = 0;

      for (int s = 0; s < 2; s++)
        for (int op = 0; op < 25; op++)
          {
            guint32 a = (guint32) g_rand_int_range (rand, 1, 101);
            guint32 b = (guint32) g_rand_int_range (rand, (gint32) a, 101);

            if (g_rand_int_range (rand, 0, 3) == 0)
              {
                mos_imap_uid_set_remove (sets[s], a);
                in[s][a] = FALSE;
              }
            else
              {
                b = MIN (b, a + 6);
                mos_imap_uid_set_add_range (sets[s], a, b);
                for (guint32 u = a; u <= b; u++)
                  in[s][u] = TRUE;
              }
          }
      minus = mos_imap_uid_set_subtract (sets[0], sets[1]);
      both = mos_imap_uid_set_intersect (sets[0], sets[1]);
      for (guint32 u = 1; u <= 100; u++)
        {
          g_assert_cmpint (mos_imap_uid_set_contains (sets[0], u), ==, in[0][u]);
          g_assert_cmpint (mos_imap_uid_set_contains (minus, u), ==, in[0][u] && !in[1][u]);
          g_assert_cmpint (mos_imap_uid_set_contains (both, u), ==, in[0][u] && in[1][u]);
          count += in[0][u];
        }
      g_assert_cmpuint (mos_imap_uid_set_get_count (sets[0]), ==, count);
      text = mos_imap_uid_set_to_string (sets[0]);
      parsed = mos_imap_uid_set_is_empty (sets[0]) ? mos_imap_uid_set_new () : mos_imap_uid_set_new_parse (text);
      g_assert_true (mos_imap_uid_set_equal (parsed, sets[0]));
    }
}

/* --- Names ----------------------------------------------------------------------------------- */

static void
test_utf7 (void)
{
  static const struct
  {
    const char *name;
    const char *mailbox;
  } table[] = {
    { "INBOX", "INBOX" },
    { "A & B", "A &- B" },
    { "Envíos", "Env&AO0-os" },
    { "~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-" }, /* RFC 3501 §5.1.3 */
    { "😀x", "&2D3eAA-x" },
    { "Entwürfe", "Entw&APw-rfe" },
    { "", "" },
  };
  static const char *const invalid[] = { "&", "&AO0", "&AO0os", "&!-", "&2D0-", "&3gA-", "Env\xc3\xados", "&AGE-", "&AO0-&AO0-", "&AAA-", "a\tb" };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *mailbox = mos_imap_utf7_encode (table[i].name);
      g_autofree char *name = mos_imap_utf7_decode (table[i].mailbox);

      g_assert_cmpstr (mailbox, ==, table[i].mailbox);
      g_assert_cmpstr (name, ==, table[i].name);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autofree char *name = mos_imap_utf7_decode (invalid[i]);

      g_assert_cmpstr (name, ==, NULL);
    }
}

static void
add_folder (GPtrArray *folders,
            const char *name,
            MosFolderRole role)
{
  MosImapFolder *folder = g_new0 (MosImapFolder, 1);

  folder->mailbox = mos_imap_utf7_encode (name);
  folder->name = g_strdup (name);
  folder->role = role;
  folder->guessed_role = mos_imap_folder_guess_role (name, '/');
  folder->can_select = TRUE;
  g_ptr_array_add (folders, folder);
}

static void
test_roles (void)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_imap_folder_free);

  g_assert_cmpint (mos_imap_folder_guess_role ("Elementos enviados", '/'), ==, MOS_FOLDER_SENT);
  g_assert_cmpint (mos_imap_folder_guess_role ("INBOX.Sent", '.'), ==, MOS_FOLDER_SENT);
  g_assert_cmpint (mos_imap_folder_guess_role ("INBOX/GESENDETE ELEMENTE", '/'), ==, MOS_FOLDER_SENT);
  g_assert_cmpint (mos_imap_folder_guess_role ("Envoye\xcc\x81s", '/'), ==, MOS_FOLDER_SENT);
  g_assert_cmpint (mos_imap_folder_guess_role ("Papelera", '\0'), ==, MOS_FOLDER_TRASH);
  g_assert_cmpint (mos_imap_folder_guess_role ("inbox", '/'), ==, MOS_FOLDER_INBOX);
  g_assert_cmpint (mos_imap_folder_guess_role ("Sent/2019", '/'), ==, MOS_FOLDER_OTHER);
  g_assert_cmpint (mos_imap_folder_guess_role ("Clientes", '/'), ==, MOS_FOLDER_OTHER);

  add_folder (folders, "Archive/Old/Sent", MOS_FOLDER_OTHER);
  add_folder (folders, "Sent", MOS_FOLDER_OTHER);
  g_assert_cmpstr (mos_imap_folders_find_role (folders, MOS_FOLDER_SENT)->name, ==, "Sent");
  add_folder (folders, "Outgoing", MOS_FOLDER_SENT);
  g_assert_cmpstr (mos_imap_folders_find_role (folders, MOS_FOLDER_SENT)->name, ==, "Outgoing");
  g_assert_null (mos_imap_folders_find_role (folders, MOS_FOLDER_JUNK));
}

/* A few of each language, in odd cases and compositions too */
static void
test_well_known_names (void)
{
  static const struct
  {
    const char *language;
    const char *names[5]; /* sent, drafts, trash, junk, archive */
  } table[] = {
    { "en", { "SENT MAIL", "Drafts", "Deleted Items", "Junk E-mail", "Archive" } },
    { "es", { "Correo enviado", "borradores", "Papelera", "Correo no deseado", "Archivados" } },
    { "pt", { "Itens enviados", "Rascunhos", "Lixeira", "Lixo eletrônico", "Arquivo" } },
    { "fr", { "ÉLÉMENTS ENVOYÉS", "Brouillons", "Corbeille", "Courrier indésirable", "Archives" } },
    { "de", { "Gesendete Elemente", "ENTWÜRFE", "Papierkorb", "Spamverdacht", "Archiv" } },
    { "it", { "Posta inviata", "Bozze", "Cestino", "Posta indesiderata", "Archivio" } },
    { "ca", { "Elements enviats", "Esborranys", "Paperera", "Correu brossa", "Arxiu" } },
    { "nl", { "Verzonden items", "Concepten", "Prullenbak", "Ongewenste e-mail", "Archief" } },
    { "pl", { "Elementy wysłane", "Kopie robocze", "Kosz", "Wiadomości-śmieci", "Archiwum" } },
    { "sv", { "Skickade objekt", "Utkast", "Papperskorgen", "Skräppost", "Arkiv" } },
    { "da", { "Sendt post", "Kladder", "Slettet post", "Uønsket mail", "Arkiv" } },
    { "nb", { "Sendte elementer", "Utkast", "Papirkurv", "Søppelpost", "Arkiv" } },
    { "fi", { "Lähetetyt", "Luonnokset", "Roskakori", "Roskaposti", "Arkisto" } },
    { "cs", { "Odeslaná pošta", "Koncepty", "Odstraněná pošta", "Nevyžádaná pošta", "Archiv" } },
    { "ru", { "ОТПРАВЛЕННЫЕ", "Черновики", "Корзина", "Спам", "Архив" } },
    { "uk", { "Надіслані", "Чернетки", "Кошик", "Спам", "Архів" } },
    { "tr", { "GÖNDERİLMİŞ ÖĞELER", "Taslaklar", "Çöp Kutusu", "İstenmeyen E-posta", "Arşiv" } },
    { "el", { "Απεσταλμένα", "Πρόχειρα", "Κάδος απορριμμάτων", "Ανεπιθύμητα", "Αρχείο" } },
    { "ar", { "العناصر المرسلة", "المسودات", "سلة المهملات", "البريد المزعج", "الأرشيف" } },
    { "zh", { "已发送", "草稿箱", "已删除邮件", "垃圾邮件", "归档" } },
    { "zh_TW", { "寄件備份", "草稿匣", "垃圾桶", "垃圾郵件", "封存" } },
    { "ja", { "送信済みアイテム", "下書き", "ゴミ箱", "迷惑メール", "アーカイブ" } },
    { "ko", { "보낸편지함", "임시보관함", "휴지통", "스팸", "보관함" } },
  };
  static const MosFolderRole roles[] = { MOS_FOLDER_SENT, MOS_FOLDER_DRAFTS, MOS_FOLDER_TRASH, MOS_FOLDER_JUNK, MOS_FOLDER_ARCHIVE };
  static const char *const none[] = { "Sent/2019", "Sentinel", "Clientes", "Spam reports", "", "Outbox", "Postausgang", "Pedidos", "Unbekannt" };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    for (gsize r = 0; r < G_N_ELEMENTS (roles); r++)
      {
        MosFolderRole expected = roles[r];
        g_autofree char *apart = g_utf8_normalize (table[i].names[r], -1, G_NORMALIZE_NFD);
        g_autofree char *below = g_strconcat ("[Gmail]/", table[i].names[r], NULL);

        g_test_message ("%s %s", table[i].language, table[i].names[r]);
        g_assert_cmpint (mos_imap_folder_guess_role (table[i].names[r], '/'), ==, expected);
        g_assert_cmpint (mos_imap_folder_guess_role (apart, '\0'), ==, expected);
        g_assert_cmpint (mos_imap_folder_guess_role (below, '/'), ==, expected);
      }
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_cmpint (mos_imap_folder_guess_role (none[i], '/'), ==, MOS_FOLDER_OTHER);

  g_assert_true (mos_imap_folder_is_all_mail ("[Gmail]/All Mail"));
  g_assert_true (mos_imap_folder_is_all_mail ("[Google Mail]/Alle Nachrichten"));
  g_assert_true (mos_imap_folder_is_all_mail ("[Gmail]/Todos"));
  g_assert_false (mos_imap_folder_is_all_mail ("Todos"));
  g_assert_false (mos_imap_folder_is_all_mail ("[Gmail]/Sent Mail"));
}

/* --- Others ---------------------------------------------------------------------------------- */

static void
test_dates (void)
{
  static const struct
  {
    const char *in;
    gint64 seconds;
  } table[] = {
    { "17-Jul-1996 02:44:25 -0700", 837596665 },
    { " 7-Jul-1996 02:44:25 -0700", 836732665 },
    { "01-Jan-1970 00:00:01 +0000", 1 },
    { "29-Feb-2024 23:59:59 +0530", 1709231399 },
    { "30-Feb-2024 00:00:00 +0000", 0 },
    { "nonsense", 0 },
    { "17-Foo-1996 02:44:25 -0700", 0 },
    { "", 0 },
  };
  g_autofree char *text = mos_imap_date_to_string (G_GINT64_CONSTANT (837596665) * G_USEC_PER_SEC);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (mos_imap_date_parse (table[i].in), ==, table[i].seconds * G_USEC_PER_SEC);
  g_assert_cmpint (mos_imap_date_parse (NULL), ==, 0);
  g_assert_cmpstr (text, ==, "17-Jul-1996 09:44:25 +0000");
}

static void
test_capabilities (void)
{
  MosImapCapabilities caps = { 0 };

  mos_imap_capabilities_parse (&caps, "IMAP4rev1 QRESYNC AUTH=PLAIN auth=scram-sha-256 LITERAL- APPENDLIMIT=35651584 X-UNKNOWN");
  g_assert_true (caps.known && caps.imap4rev1 && caps.qresync && caps.condstore && caps.enable && caps.literal_minus);
  g_assert_false (caps.idle || caps.literal_plus || caps.logindisabled || caps.imap4rev2);
  g_assert_cmpuint (caps.append_limit, ==, 35651584);
  g_assert_cmpstr (caps.auth[0], ==, "PLAIN");
  g_assert_cmpstr (caps.auth[1], ==, "scram-sha-256");

  mos_imap_capabilities_parse (&caps, "IMAP4rev2 LOGINDISABLED");
  g_assert_true (caps.idle && caps.move && caps.uidplus && caps.logindisabled);
  g_assert_false (caps.qresync);
  g_assert_null (caps.auth[0]);

  /* Cyrus 3.10 with "suppress_capabilities" */
  mos_imap_capabilities_parse (&caps, "IMAP4rev1 IMAP4rev2 ACL CHILDREN");
  g_assert_false (caps.idle || caps.move || caps.uidplus || caps.esearch || caps.enable);
  mos_imap_capabilities_clear (&caps);
  g_assert_false (caps.known);
}

/* Each quirk with the line that it was seen in */
static void
test_quirks (void)
{
  static const struct
  {
    const char *line;
    const char *capabilities;
    gboolean files_sent;
    gboolean labels;
    gboolean notify_ascii_only;
  } table[] = {
    { "* OK Gimap ready for requests from 192.0.2.1 x1mb1", "IMAP4rev1", TRUE, TRUE },
    { "CAPABILITY", "IMAP4rev1 X-GM-EXT-1", TRUE, TRUE },
    { "* OK The Microsoft Exchange IMAP4 service is ready. [TABO]", "IMAP4rev1", TRUE, FALSE },
    { "* ID (\"name\" \"Dovecot\")", "IMAP4rev1", FALSE, FALSE, TRUE },
    { "* ID (\"name\" \"Cyrus IMAPD\")", "IMAP4rev1", FALSE, FALSE },
    { "* OK Dovecot ready.", "IMAP4rev1", FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      MosImapCapabilities caps = { 0 };
      MosImapQuirks quirks = { 0 };

      mos_imap_capabilities_parse (&caps, table[i].capabilities);
      mos_imap_quirks_learn (&quirks, table[i].line, &caps);
      g_assert_cmpint (quirks.files_sent, ==, table[i].files_sent);
      g_assert_cmpint (quirks.labels_are_folders, ==, table[i].labels);
      g_assert_cmpint (quirks.notify_ascii_only, ==, table[i].notify_ascii_only);
      g_assert_cmpstr (quirks.evidence, ==, table[i].files_sent || table[i].notify_ascii_only ? table[i].line : NULL);
      mos_imap_quirks_clear (&quirks);
      mos_imap_capabilities_clear (&caps);
    }
}

/* Nothing that comes from outside can end a command and begin another. */
static void
test_arguments (void)
{
  static const char *const quoted[] = { "plain", "with space", "a\"b\\c", "" };
  static const char *const expected[] = { "\"plain\"", "\"with space\"", "\"a\\\"b\\\\c\"", "\"\"" };
  static const char *const literal[] = { "a\r\nM2 DELETE INBOX", "a\nb", "caf\xc3\xa9", "\x7f" };

  for (gsize i = 0; i < G_N_ELEMENTS (quoted); i++)
    {
      g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new ("");

      mos_imap_arguments_add_string (arguments, quoted[i]);
      g_assert_cmpuint (mos_imap_arguments_get_count (arguments), ==, 1);
      g_assert_cmpstr (mos_imap_arguments_get_text (arguments, 0), ==, expected[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (literal); i++)
    {
      g_autoptr (MosImapArguments) arguments = mos_imap_arguments_new ("X ");
      GBytes *bytes;

      mos_imap_arguments_add_string (arguments, literal[i]);
      mos_imap_arguments_add (arguments, " Y");
      g_assert_cmpuint (mos_imap_arguments_get_count (arguments), ==, 2);
      g_assert_cmpstr (mos_imap_arguments_get_text (arguments, 0), ==, "X ");
      bytes = mos_imap_arguments_get_literal (arguments, 0);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), literal[i], strlen (literal[i]));
      g_assert_cmpstr (mos_imap_arguments_get_text (arguments, 1), ==, " Y");
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/imap/uid-set/parse", test_uid_set_parse);
  g_test_add_func ("/imap/uid-set/random", test_uid_set_random);
  g_test_add_func ("/imap/folder/utf7", test_utf7);
  g_test_add_func ("/imap/folder/roles", test_roles);
  g_test_add_func ("/imap/folder/well-known-names", test_well_known_names);
  g_test_add_func ("/imap/dates", test_dates);
  g_test_add_func ("/imap/capabilities", test_capabilities);
  g_test_add_func ("/imap/quirks", test_quirks);
  g_test_add_func ("/imap/arguments", test_arguments);
  return g_test_run ();
}
