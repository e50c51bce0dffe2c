/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-clock.h"
#include "core/desk/mos-profile-service.h"

#include <glib/gi18n.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>

/* How long a writing command waits for a process that has the profile and cannot be asked. */
#define MOS_CTL_WAIT_MS 10000

typedef enum
{
  MOS_CTL_READS,
  MOS_CTL_WRITES,
  MOS_CTL_STANDS_ALONE, /* opens what it needs itself */
} MosCtlNeed;

typedef struct
{
  const char *name;
  MosCtlFunc func;
  MosCtlNeed need;
  const char *usage;
  const char *summary;
} MosCtlCommand;

static const MosCtlCommand commands[] = {
  { "account", mos_ctl_account, MOS_CTL_WRITES, "account add email --name N --address A --imap URL --smtp URL [--oauth google|microsoft|custom --client-id ID] | add telegram --token-stdin [--name N] [--groups] [--reopen-hours N] [--server URL] | add twilio --sid AC… --number [whatsapp:]+N --token-stdin [--name N] [--service MG…] [--relay URL] [--reopen-hours N] [--server URL] | add matrix --address @NAME:SERVER --password-stdin|--token-stdin [--server URL] [--name N] [--groups] [--no-invites] [--reopen-hours N] | relay --output FILE.php [--secret-stdin] | add whatsapp --number-id ID [--business-id ID] --relay URL --token-stdin [--name N] [--reopen-hours N] [--server URL] | add messenger|instagram --token-stdin [--login page|instagram] [--relay URL] [--human-agent] [--api-version vN.N] [--name N] [--reopen-hours N] [--server URL] | add asterisk --server [tls://]HOST[:PORT] --user NAME --token-stdin [--cdr FILE] [--country DE] [--name N] [--reopen-hours N] | add twilio-calls --sid AC… --number +N --token-stdin [--name N] [--reopen-hours N] [--server URL] | add fritzbox [--server HOST[:PORT]] [--country DE] [--name N] [--reopen-hours N] | signin A | set A " MOS_CTL_ACCOUNT_WORDS " | list | folders A [--follow NAME|--unfollow NAME] | remove A [--force] | test [A] | check [A] | self-test A [--wait SECONDS]", N_ ("Add, list, change, remove, test or check accounts, choose their folders") },
  { "sync", mos_ctl_sync, MOS_CTL_WRITES, "sync [--account A] [--audit]", N_ ("Fetch and send once") },
  { "watch", mos_ctl_watch, MOS_CTL_WRITES, "watch", N_ ("Stay connected and print each change") },
  { "import", mos_ctl_import, MOS_CTL_WRITES, "import PATH... [--account A] | --folder NAME (--account A | --imap URL --password-stdin [--account A] [--ca FILE] [--insecure-plaintext])", N_ ("Take in old mail: .eml files, mbox files, Maildirs, or a folder of a server") },
  { "export", mos_ctl_export, MOS_CTL_READS, "export (NUMBER... | --query Q | --view NAME | --all | --message ID) --output PATH [--format mbox|maildir|json|eml] [--force]", N_ ("Write conversations as mail files or JSON") },
  { "fetch", mos_ctl_fetch, MOS_CTL_WRITES, "fetch NUMBER|ID", N_ ("Fetch the whole of mail of which only the head is here") },
  { "list", mos_ctl_list, MOS_CTL_READS, MOS_CTL_LIST, N_ ("List conversations") },
  { "show", mos_ctl_show, MOS_CTL_READS, "show NUMBER|ID... | --message ID [--full]", N_ ("Show conversations, or the one of a message") },
  { "reply", mos_ctl_reply, MOS_CTL_WRITES, "reply NUMBER [--all] [--macro NAME [--order NUMBER] [--answer \"QUESTION=ANSWER\"] [--yes]] [--attach FILE] [--button WORDS]… | reply NUMBER --template NAME [--language L] [--heading VALUE] [--value VALUE]…", N_ ("Answer with the text on standard input, or with a macro and what is there below it") },
  { "note", mos_ctl_note, MOS_CTL_WRITES, "note NUMBER", N_ ("Add the text on standard input as an internal note") },
  { "set", mos_ctl_set, MOS_CTL_WRITES, "set NUMBER " MOS_CTL_SET_WORDS, N_ ("Change a conversation") },
  { "search", mos_ctl_search, MOS_CTL_READS, MOS_CTL_SEARCH, N_ ("Search all messages") },
  { "view", mos_ctl_view, MOS_CTL_WRITES, "view list | add NAME QUERY [--mine] " MOS_CTL_VIEW_WORDS " | set NAME " MOS_CTL_VIEW_WORDS " | remove NAME", N_ ("List, make, change or remove views") },
  { "agent", mos_ctl_agent, MOS_CTL_WRITES, "agent list | add NAME | use NAME | set NAME [--name N] [--signature TEXT] [--language CODE] | remove NAME", N_ ("Who works at this desk, and who sits there now") },
  { "customer", mos_ctl_customer, MOS_CTL_WRITES, "customer list [WORDS] [--segment new|returning|vip|lost|unhappy [--days N]] | show WHO | set WHO " MOS_CTL_CUSTOMER_WORDS " | suggest WHO [--not OTHER] | merge WHO INTO [--take FIELD]... [--dry-run] [--even-blocked] | unmerge WHO [NUMBER...] | split WHO ADDRESS... | export WHO --output FILE.zip [--force] | export --csv --output FILE.csv [--force] | import FILE.csv [--dry-run] | erase WHO --dry-run|--yes | receipts", N_ ("Look after customers: fields, addresses, one of two, two of one, export, erase") },
  { "category", mos_ctl_category, MOS_CTL_WRITES, "category list [--all] | add NAME [--complex] [--words W] | rename NAME NEW | set NAME " MOS_CTL_CATEGORY_WORDS " | move NAME up|down|first|last|PLACE | remove NAME | suggest NUMBER", N_ ("What conversations are about: the shop's list, and what the words of one speak of") },
  { "call", mos_ctl_call, MOS_CTL_WRITES, "call note NUMBER|--customer WHO --in|--out [--outcome answered|missed|busy|failed|voicemail] [--minutes N] [--text TEXT] [--back TIME] | back NUMBER TIME|no | back", N_ ("Write down a telephone call; say when a customer is to be called back; list who is") },
  { "calendar", mos_ctl_calendar, MOS_CTL_WRITES, "calendar show [--history] | set [FILE] [--correct] | holidays FILE [--name N] [--dry-run] | holidays NAME --remove", N_ ("Business hours and holidays") },
  { "target", mos_ctl_target, MOS_CTL_WRITES, "target list | set channel:KIND|category:NAME|complex|vip|urgent [first_reply=TIME] [next_reply=TIME] [resolution=TIME] | reset", N_ ("Within what time customers are to be answered, and conversations closed") },
  { "translate", mos_ctl_translate, MOS_CTL_WRITES, "translate show | set deepl|libretranslate [--url URL] [--key-stdin] | off | account A on|off | message NUMBER|ID [--to LANGUAGE] | text --account A --to LANGUAGE", N_ ("Have messages, or the text on standard input, translated by a service that you choose") },
  { "shop", mos_ctl_shop, MOS_CTL_WRITES, "shop add woocommerce|shopify|magento|bigcommerce|prestashop --url URL [--name N] --keys-stdin | add csv --name N [--currency C] | list | set SHOP [name=TEXT] [return_address=TEXT] [review_url=URL] | test SHOP | sync [SHOP] | remove SHOP", N_ ("Add, list, change, try, read or remove shops") },
  { "order", mos_ctl_order, MOS_CTL_WRITES, "order list [--shop SHOP] [--conversation NUMBER | --customer ID | --email A | --phone P | [--find TEXT] [--status S] [--late DAYS] [--from D] [--to D] [--oldest-first]] [--limit N] | show NUMBER|ID [--refresh] | terms|refund|cancel|note|address|invoice|return NUMBER … --yes|--dry-run | actions [NUMBER] | settle ID [--done|--not-done] | link NUMBER|ID [--conversation NUMBER] [--customer WHO] | unlink NUMBER|ID [--conversation NUMBER] [--customer WHO] | import FILE --shop SHOP [--dry-run] [--column HEADING=FIELD]… [--status WORD=STATUS]… [--decimals ,|.] [--dates day|month] | export --output FILE [--shop SHOP] [--force]", N_ ("Show orders of the shops, as they were read last; say whose they are; import and export them as CSV") },
  { "macro", mos_ctl_macro, MOS_CTL_WRITES, "macro list [WORDS] | show NAME | save [NAME] | delete NAME | starter [LANGUAGE] | import FILE [--replace] | export [FILE] [--force] | apply NAME NUMBER... [--order NUMBER] [--answer \"QUESTION=ANSWER\"] [--yes]", N_ ("Saved answers: list, change, exchange and use them; save reads one as JSON on standard input") },
  { "outreach", mos_ctl_outreach, MOS_CTL_WRITES, "outreach list | show NAME [--people] | new NAME --macro MACRO --subject TEXT [--subject-for LANGUAGE=TEXT]... (--segment NAME | --unseen DAYS | --customer WHO... | --late-orders DAYS | --orders STATUS|all [--from DAY] [--to DAY] | --order NUMBER...) [--purpose promotional|order] [--account A] [--allow-unknown] [--again-days N] [--per-minute N] [--per-hour N] [--business-hours] [--answer \"QUESTION=ANSWER\"] | preview NAME [--person ADDRESS] | test NAME ADDRESS | start NAME | pause NAME | resume NAME | cancel NAME | delete NAME", N_ ("Send a macro to many, each a message of its own; who answers has a conversation") },
  { "retention", mos_ctl_retention, MOS_CTL_WRITES, "retention list | preview CLASS [--days N] | set CLASS on|off [--days N] | going | keep NUMBER... | unkeep NUMBER... | kept | run [--now --yes] | receipts", N_ ("How long conversations that are done with are kept, by class") },
  { "survey", mos_ctl_survey, MOS_CTL_WRITES, "survey record NUMBER --csat N|--nps N [--comment TEXT] [--at TIME] | list [--low] [--open|--unread|--all] [--conversation NUMBER] [--customer WHO] [--account A] [--limit N] | settings [--account A] | set ACCOUNT csat=on|off delay=1h often=person days=14 ... nps=... | preview ACCOUNT [--kind csat|nps] [--language L] | test ACCOUNT --to ADDRESS [--kind csat|nps] [--language L] | export FILE [--low] [--bom] [--force] | rescue NUMBER [outcome=TEXT|open]", N_ ("Ask customers how satisfied they are (1 to 5), or whether they would recommend the shop (0 to 10); list, write down and export what they said; note what came of a low score") },
  { "report", mos_ctl_report, MOS_CTL_READS, "report [" MOS_CTL_REPORT_DAYS "] [--by " MOS_CTL_REPORT_BY "] [--compare] [--series day|week|month] [--journey] [--csv FILE [--bom] [--force]] | conversations NUMBER [" MOS_CTL_REPORT_DAYS "] [--by WHAT --key WHICH] [--part N] [--business] [--limit N] | weekly [--weeks-ago N] | insights [" MOS_CTL_REPORT_DAYS "]", N_ ("How well the shop serves: answers, resolutions, scores and what is open, of some days; which conversations a number is of; how a week was; what stands out") },
  { "message", mos_ctl_message, MOS_CTL_WRITES, "message edit ID | withdraw ID | react ID [SIGN] [--retry | --leave]", N_ ("Change a message of a chat, with the text on standard input, take it back, or put a sign to it, none to take it away") },
  { "outbox", mos_ctl_outbox, MOS_CTL_WRITES, "outbox [retry ID | cancel ID | sent ID]", N_ ("Show what has not reached the server, and why") },
  { "held", mos_ctl_held, MOS_CTL_WRITES, "held [send ID | later ID TIME | discard ID]", N_ ("Show what became due while nothing ran, and decide about it") },
  { "blob", mos_ctl_blob, MOS_CTL_READS, "blob SHA256", N_ ("Write an attachment to standard output") },
  { "merge", mos_ctl_merge, MOS_CTL_WRITES, "merge NUMBER INTO", N_ ("Make one conversation part of another") },
  { "split", mos_ctl_split, MOS_CTL_WRITES, "split NUMBER MESSAGE...", N_ ("Give messages a conversation of their own") },
  { "move", mos_ctl_move, MOS_CTL_WRITES, "move MESSAGE NUMBER", N_ ("Put a message into another conversation") },
  { "erase", mos_ctl_erase, MOS_CTL_WRITES, "erase NUMBER... --yes", N_ ("Delete deleted conversations for good, here") },
  { "quarantine", mos_ctl_quarantine, MOS_CTL_READS, "quarantine", N_ ("Count what lies in the quarantine, by cause") },
  { "release", mos_ctl_release, MOS_CTL_WRITES, "release MESSAGE-ID...", N_ ("Let single messages out of the quarantine") },
  { "sender", mos_ctl_sender, MOS_CTL_WRITES, "sender allow|block|forget ADDRESS | sender list", N_ ("Always let a sender through, or block one") },
  { "undo", mos_ctl_undo, MOS_CTL_WRITES, "undo [NUMBER]", N_ ("Take the last action back, or whenever the merge, split or move that made this conversation") },
  { "backup", mos_ctl_backup, MOS_CTL_WRITES, "backup [create] FILE [--force] [--passphrase-stdin [--with-passwords]] | list [FOLDER] | verify FILE [--passphrase-stdin] | restore FILE [--replace] [--passphrase-stdin] | plan [off|daily|weekly] [--folder FOLDER] [--keep N] [--passphrase-stdin|--no-passphrase] [--with-passwords|--without-passwords] | run", N_ ("Copy the whole profile into one file, now or by itself; look at such files") },
  { "restore", mos_ctl_restore, MOS_CTL_STANDS_ALONE, "restore FILE [--replace] [--passphrase-stdin]", N_ ("Make a profile from a backup") },
  { "check", mos_ctl_check, MOS_CTL_WRITES, "check [--repair]", N_ ("Verify database, attachments and index") },
  { "sample", mos_ctl_sample, MOS_CTL_STANDS_ALONE, "sample [--export DIR] [--imap URL --smtp URL] [--ca FILE] [--password-stdin]", N_ ("Fill an empty profile with the sample shop") },
};

/* --- the store --- */

MosDeskHost *
mos_ctl_get_host (MosCtl *self)
{
  if (self->host == NULL)
    self->host = mos_desk_host_new (self->store);
  return self->host;
}

/* @makes_profile: whether the command may begin a new profile: a mistyped --profile leaves nothing behind otherwise */
static gboolean
mos_ctl_open (MosCtl *self,
              MosCtlNeed need,
              gboolean makes_profile,
              GError **error)
{
  g_autoptr (MosClock) clock = mos_clock_new_system ();

  if (need == MOS_CTL_READS || !makes_profile)
    {
      g_autoptr (GError) read_error = NULL;

      self->store = mos_store_open_sync (self->profile, MOS_STORE_OPEN_READ_ONLY, clock, NULL, &read_error);
      if (self->store != NULL && need == MOS_CTL_READS)
        return TRUE;
      if (self->store != NULL)
        mos_store_close_sync (self->store);
      g_clear_object (&self->store);
      if (g_error_matches (read_error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND))
        {
          /* Translators: %s is a folder */
          g_set_error (error, MOS_STORE_ERROR, MOS_STORE_ERROR_NOT_FOUND, _ ("There is no profile in “%s”"), self->profile);
          return FALSE;
        }
      /* To be migrated first. */
      if (g_error_matches (read_error, MOS_STORE_ERROR, MOS_STORE_ERROR_CORRUPT) ||
          g_error_matches (read_error, MOS_STORE_ERROR, MOS_STORE_ERROR_SCHEMA_TOO_NEW))
        {
          g_propagate_error (error, g_steal_pointer (&read_error));
          return FALSE;
        }
    }
  self->store = mos_store_open_sync (self->profile, MOS_STORE_OPEN_DEFAULT, clock, NULL, error);
  return self->store != NULL;
}

/* --- running --- */

static const MosCtlCommand *
mos_ctl_find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_strcmp0 (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

/* What the words in capitals stand for. @usage: (nullable): those of a command only */
static void
mos_ctl_help_words (MosCtl *self,
                    const char *usage)
{
  if (usage == NULL || strstr (usage, "QUERY") != NULL)
    mos_ctl_print (self, "  QUERY           %s\n", _ ("words, \"quoted phrases\", prefix*, and operators such as status:open or -tag:parcel: the manual page names them all"));
  if (usage == NULL || strstr (usage, "--view NAME") != NULL)
    mos_ctl_print (self, "  NAME            %s; %s\n", MOS_CTL_VIEWS, _ ("or one of “view list”"));
  if (usage == NULL || strstr (usage, "WHO") != NULL)
    mos_ctl_print (self, "  WHO             %s\n", _ ("a customer: the name or a part of it, an address, a telephone number, or the id that “customer list” says"));
  if (usage == NULL || strstr (usage, "TIME") != NULL)
    mos_ctl_print (self, "  TIME            %s\n", _ ("as people say it: “tomorrow 9”, “fri 14:00”, “in 3 days”, “2027-01-31 09:00”, in this language or English"));
}

/* @is_whole: with all ways of each command in a line, which is what the completion of the shells reads; else what they are for */
static void
mos_ctl_help (MosCtl *self,
              gboolean is_whole)
{
  mos_ctl_print (self, "%s\n\n", _ ("Usage: mostradorctl [--profile DIR] [--json] COMMAND"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (is_whole)
      mos_ctl_print (self, "  %s\n      %s\n", commands[i].usage, _ (commands[i].summary));
    else
      mos_ctl_print (self, "  %-14s  %s\n", commands[i].name, _ (commands[i].summary));
  mos_ctl_print (self, "\n  --profile DIR   %s\n  --json          %s\n  --help, --version\n\n",
                 _ ("the profile to use (also: MOSTRADOR_PROFILE)"), _ ("print JSON, one object a line"));
  if (is_whole)
    mos_ctl_help_words (self, NULL);
  else
    mos_ctl_print (self, "%s\n", _ ("“mostradorctl help COMMAND” says how a command is written, “mostradorctl help --all” how each of them is."));
}

/* Returns: (transfer full) */
static char **
mos_ctl_dup_said (GPtrArray *args)
{
  char **words = g_new0 (char *, args->len + 1);

  for (guint i = 0; i < args->len; i++)
    words[i] = g_strdup (g_ptr_array_index (args, i));
  return words;
}

static void
mos_ctl_help_command (MosCtl *self,
                      const MosCtlCommand *command,
                      GPtrArray *args)
{
  g_auto (GStrv) said = mos_ctl_dup_said (args);
  g_autofree char *ways = mos_ctl_dup_ways (command->usage, (const char *const *) said, NULL);

  mos_ctl_print (self, "%s\n\n%s\n\n", ways, _ (command->summary));
  mos_ctl_help_words (self, ways);
}

/* "account list" and a bare "outbox" only look. */
static MosCtlNeed
mos_ctl_need (const MosCtlCommand *command,
              GPtrArray *args)
{
  static const char *const looks[] = { "list", "show", "export", "receipts", NULL };
  static const char *const order_looks[] = { "list", "show", "export", "terms", "actions", NULL };
  const char *word = args->len > 0 ? g_ptr_array_index (args, 0) : NULL;

  if (command->func == mos_ctl_account && mos_ctl_sign_in_stands_alone (args))
    return MOS_CTL_STANDS_ALONE;
  if (command->func == mos_ctl_backup && (mos_ctl_backup_stands_alone (args) || mos_ctl_backup_reads (args)))
    return mos_ctl_backup_stands_alone (args) ? MOS_CTL_STANDS_ALONE : MOS_CTL_READS;
  if (command->func == mos_ctl_retention)
    return g_strcmp0 (word, "list") == 0 || g_strcmp0 (word, "going") == 0 || g_strcmp0 (word, "kept") == 0 || g_strcmp0 (word, "receipts") == 0 ? MOS_CTL_READS : MOS_CTL_WRITES;
  if (command->func == mos_ctl_order && (g_strcmp0 (word, "link") == 0 || g_strcmp0 (word, "unlink") == 0))
    return MOS_CTL_WRITES;
  if (command->func == mos_ctl_order)
    return g_ptr_array_find_with_equal_func (args, "--refresh", g_str_equal, NULL) || (word != NULL && !g_strv_contains (order_looks, word)) ? MOS_CTL_WRITES : MOS_CTL_READS;

  if (command->func == mos_ctl_outreach && (g_strcmp0 (word, "list") == 0 || g_strcmp0 (word, "show") == 0 || g_strcmp0 (word, "preview") == 0))
    return MOS_CTL_READS;
  if (command->func == mos_ctl_call && g_strcmp0 (word, "back") == 0 && args->len == 1)
    return MOS_CTL_READS;
  if (((command->func == mos_ctl_outbox || command->func == mos_ctl_held) && word == NULL) ||
      ((command->func == mos_ctl_account || command->func == mos_ctl_shop || command->func == mos_ctl_view || command->func == mos_ctl_agent) && g_strcmp0 (word, "list") == 0) ||
      (command->func == mos_ctl_account && g_strcmp0 (word, "check") == 0) ||
      (command->func == mos_ctl_macro && (g_strcmp0 (word, "list") == 0 || g_strcmp0 (word, "show") == 0 || g_strcmp0 (word, "export") == 0)) ||
      (command->func == mos_ctl_customer && word != NULL && g_strv_contains (looks, word)) || (command->func == mos_ctl_calendar && g_strcmp0 (word, "show") == 0) ||
      (command->func == mos_ctl_target && g_strcmp0 (word, "list") == 0) || (command->func == mos_ctl_translate && g_strcmp0 (word, "show") == 0))
    return MOS_CTL_READS;
  return command->need;
}

/* What brings something into a profile may begin one. */
static gboolean
mos_ctl_makes_profile (const MosCtlCommand *command,
                       GPtrArray *args)
{
  if (command->func == mos_ctl_account || command->func == mos_ctl_shop)
    return args->len > 0 && (strcmp (g_ptr_array_index (args, 0), "add") == 0 || strcmp (g_ptr_array_index (args, 0), "relay") == 0);
  if (command->func == mos_ctl_macro)
    return args->len > 0 && strcmp (g_ptr_array_index (args, 0), "import") == 0;
  return command->func == mos_ctl_import || command->func == mos_ctl_sync || command->func == mos_ctl_watch;
}

static int
mos_ctl_do (MosCtl *self,
            const MosCtlCommand *command,
            GPtrArray *args)
{
  self->usage = command->usage;
  g_clear_pointer (&self->said, g_strfreev);
  self->said = mos_ctl_dup_said (args);
  return command->func (self, args);
}

int
mos_ctl_run (MosStore *store,
             const char *const *argv,
             GBytes *input,
             GBytes **ret_output,
             GBytes **ret_errors)
{
  g_auto (MosCtl) self = { 0 };
  g_autoptr (GPtrArray) args = mos_ctl_words (argv);
  const MosCtlCommand *command;
  g_autofree char *name = NULL;
  int status;

  self.store = g_object_ref (store);
  self.input = g_bytes_ref (input);
  g_set_object (&self.cancellable, g_cancellable_get_current ());
  self.output = g_string_new (NULL);
  self.errors = g_string_new (NULL);
  self.profile = g_strdup (mos_store_get_profile (store));
  self.cwd = mos_ctl_take_option (args, "--cwd");
  self.json = mos_ctl_take_flag (args, "--json");
  if (args->len > 0)
    {
      name = g_strdup (g_ptr_array_index (args, 0));
      g_ptr_array_remove_index (args, 0);
    }
  command = mos_ctl_find_command (name);
  if (command == NULL || mos_ctl_need (command, args) == MOS_CTL_STANDS_ALONE || command->func == mos_ctl_watch)
    status = mos_ctl_fail_text (&self, "%s", _ ("This command cannot run while a window has the profile open"));
  else
    status = mos_ctl_do (&self, command, args);

  *ret_output = g_bytes_new (self.output->str, self.output->len);
  *ret_errors = g_bytes_new (self.errors->str, self.errors->len);
  return status;
}

/* The window has the profile: it does the work, and this process prints what it says. */
static gboolean
mos_ctl_forward (MosCtl *self,
                 const MosCtlCommand *command,
                 GPtrArray *args,
                 int *ret_status,
                 GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GBytes) input = NULL;
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GBytes) errors = NULL;
  g_autofree char *text = NULL;
  gboolean reads_input = command->func == mos_ctl_reply || command->func == mos_ctl_note || (command->func == mos_ctl_macro && args->len > 0 && strcmp (g_ptr_array_index (args, 0), "save") == 0);
  gsize size;
  const void *data;

  g_strv_builder_add_many (builder, "--cwd", self->cwd, NULL);
  if (self->json)
    g_strv_builder_add (builder, "--json");
  g_strv_builder_add (builder, command->name);
  for (guint i = 0; i < args->len; i++)
    {
      g_strv_builder_add (builder, g_ptr_array_index (args, i));
      reads_input = reads_input || strcmp (g_ptr_array_index (args, i), "--password-stdin") == 0 || strcmp (g_ptr_array_index (args, i), "--keys-stdin") == 0 || strcmp (g_ptr_array_index (args, i), "--passphrase-stdin") == 0 || strcmp (g_ptr_array_index (args, i), "--signature-stdin") == 0;
    }
  argv = g_strv_builder_end (builder);

  /* What was read is kept: the caller may have to ask again, and standard input gives it once. */
  if (self->input == NULL)
    {
      text = reads_input ? mos_ctl_read_input (self, error) : g_strdup ("");
      if (text == NULL)
        return FALSE;
      self->input = g_bytes_new (text, strlen (text));
    }
  if (!mos_profile_service_run_sync (self->profile, (const char *const *) argv, self->input, ret_status, &output, &errors, NULL, error))
    return FALSE;

  data = g_bytes_get_data (output, &size);
  g_string_append_len (self->output, data, (gssize) size);
  data = g_bytes_get_data (errors, &size);
  g_string_append_len (self->errors, data, (gssize) size);
  return TRUE;
}

static int
mos_ctl_run_command (MosCtl *self,
                     const MosCtlCommand *command,
                     GPtrArray *args)
{
  MosCtlNeed need = mos_ctl_need (command, args);
  gboolean makes_profile = mos_ctl_makes_profile (command, args);
  gint64 until_us = g_get_monotonic_time () + MOS_CTL_WAIT_MS * 1000;
  g_autoptr (MosCtlAhead) ahead = command->func == mos_ctl_sync ? mos_ctl_sync_begin () : NULL;
  gboolean has_said = FALSE;
  int status;

  if (need == MOS_CTL_STANDS_ALONE)
    return mos_ctl_do (self, command, args);

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) bus_error = NULL;

      if (mos_ctl_open (self, need, makes_profile, &error))
        break;
      if (!g_error_matches (error, MOS_STORE_ERROR, MOS_STORE_ERROR_LOCKED))
        return mos_ctl_fail (self, g_steal_pointer (&error));
      if (mos_ctl_forward (self, command, args, &status, &bus_error))
        return status;
      if (g_get_monotonic_time () > until_us)
        return mos_ctl_fail_text (self, "%s", _ ("Another process has the profile open and does not answer; nothing was done"));
      if (!has_said)
        {
          has_said = TRUE;
          fprintf (stderr, "%s\n", _ ("Waiting for another process that has the profile open"));
        }
      g_usleep (200 * 1000);
    }

  status = mos_ctl_do (self, command, args);
  g_clear_object (&self->host);
  /* What the worker threads left for the main context holds references to the store. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  mos_store_close_sync (self->store);
  return status;
}

int
mos_ctl_run_again (MosCtl *self,
                   const char *command,
                   GPtrArray *args)
{
  return mos_ctl_run_command (self, mos_ctl_find_command (command), args);
}

int
mos_ctl_main (int argc,
              char *argv[])
{
  g_auto (MosCtl) self = { 0 };
  g_autoptr (GPtrArray) args = NULL;
  const MosCtlCommand *command;
  g_autofree char *name = NULL;
  gboolean asks = FALSE;
  int status = MOS_CTL_DONE;

  /* The heap of a thread else grows by four kilobytes, with a call to the kernel each time: hundreds for the pages of a large folder. */
  mallopt (M_TOP_PAD, 1024 * 1024);
  if (!mos_ctl_begin (&self, argc, argv, &args))
    return mos_ctl_end (&self, mos_ctl_usage (&self, "%s", _ ("--profile needs a folder, as in --profile ~/shop")));

  /* "help COMMAND" is "COMMAND --help". */
  asks = mos_ctl_take_flag (args, "--help") || mos_ctl_take_flag (args, "-h");
  if (args->len > 0 && strcmp (g_ptr_array_index (args, 0), "help") == 0)
    {
      asks = TRUE;
      g_ptr_array_remove_index (args, 0);
    }
  if (!asks && mos_ctl_take_flag (args, "--version"))
    {
      mos_ctl_print (&self, "mostradorctl %s\n", MOS_VERSION);
      return mos_ctl_end (&self, status);
    }
  if (args->len > 0)
    {
      name = g_strdup (g_ptr_array_index (args, 0));
      g_ptr_array_remove_index (args, 0);
    }
  command = mos_ctl_find_command (name);
  if (asks && (name == NULL || strcmp (name, "--all") == 0))
    mos_ctl_help (&self, name != NULL);
  else if (name == NULL)
    status = mos_ctl_usage (&self, "%s", _ ("A command is missing; see mostradorctl --help"));
  else if (command == NULL)
    /* Translators: %s is what was typed in place of a command */
    status = mos_ctl_usage (&self, _ ("There is no command “%s”; see mostradorctl --help"), name);
  else if (asks)
    mos_ctl_help_command (&self, command, args);
  else
    status = mos_ctl_run_command (&self, command, args);

  return mos_ctl_end (&self, status);
}
