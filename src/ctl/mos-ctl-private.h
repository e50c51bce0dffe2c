/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-query.h"
#include "core/base/mos-json.h"
#include "core/desk/mos-desk-host.h"
#include "core/values/mos-category-values.h"
#include "core/values/mos-order-action-values.h"
#include "core/values/mos-order-values.h"
#include "core/values/mos-sync-values.h"
#include "core/desk/mos-job.h"
#include "ctl/mos-ctl.h"

G_BEGIN_DECLS

enum
{
  MOS_CTL_DONE = 0,
  MOS_CTL_FAILED = 1,
  MOS_CTL_USAGE = 2,
};

/* What "set" and "--view" take, as the help and the refusals name it: words of the command line, not translated. */
#define MOS_CTL_SET_STATUS "status=open|pending|snoozed|closed|spam"
#define MOS_CTL_SET_UNTIL "until=TIME|reply"
#define MOS_CTL_SET_ASSIGNEE "assignee=NAME|me|none"
#define MOS_CTL_SET_PRIORITY "priority=low|normal|high|urgent"
#define MOS_CTL_SET_LANGUAGE "language=CODE|auto"
#define MOS_CTL_SET_CATEGORY "category=NAME|none"
#define MOS_CTL_SET_REST MOS_CTL_SET_LANGUAGE " " MOS_CTL_SET_CATEGORY " tag+=TAG tag-=TAG read=yes|no deleted=yes|no quarantine=no"
#define MOS_CTL_SET_WORDS MOS_CTL_SET_STATUS " " MOS_CTL_SET_UNTIL " remind=TIME|no " MOS_CTL_SET_ASSIGNEE " " MOS_CTL_SET_PRIORITY " " MOS_CTL_SET_REST
#define MOS_CTL_ACCOUNT_WORDS "name=N alias+=A alias-=A default=A mailbox=A plus=yes|no marker=yes|no spam=move|stay subject-days=N"
#define MOS_CTL_CUSTOMER_WORDS "name=N language=CODE country=CODE phone=P company=C notes=T vip=yes|no consent=unknown|given|opted_out own:FIELD=V address+=A address-=A"
#define MOS_CTL_CATEGORY_WORDS "complex=yes|no words=\"W, W…\" name=N"
#define MOS_CTL_REPORT_BY "channel|account|category|tag|language|agent|macro|product"
#define MOS_CTL_REPORT_DAYS "--from DAY --to DAY | --days this-week|last-month|…] [--filter WHAT=WHICH"
#define MOS_CTL_LIST "list [QUERY] [--view NAME]"
#define MOS_CTL_SEARCH "search QUERY [--limit N]"
#define MOS_CTL_VIEWS "mine, mentions, unassigned, waiting, breaching, all_open, rescues, drafts, scheduled, snoozed, closed, all, failed, quarantine, spam, deleted"
#define MOS_CTL_VIEW_SORTS "updated, updated_oldest, created, created_oldest, waiting, snoozed, priority, due, window"
#define MOS_CTL_VIEW_COLUMNS "avatar, snippet, tags, waiting, assignee, account, number, language"
#define MOS_CTL_VIEW_WORDS "[--query Q] [--name N] [--sort S] [--grouping none|day|waiting] [--columns \"C C…\"]"

/** MosCtl: one run of one command */
typedef struct
{
  char *profile; /* (owned) */
  char *cwd;     /* (owned) what relative paths are relative to */
  gboolean json;
  MosStore *store;   /* (owned) (nullable) */
  MosDeskHost *host; /* (owned) (nullable) */
  GBytes *input;     /* (owned) (nullable): %NULL = standard input */
  GString *output;
  GString *errors;
  gboolean is_direct; /* output goes to standard output as it comes */
  const char *usage;  /* of the command: its ways, as the help has them */
  char **said;        /* (owned) (nullable): the words behind the command, which say which of them */
  GCancellable *cancellable;
} MosCtl;

typedef int (*MosCtlFunc) (MosCtl *self, GPtrArray *args);

/* mos-ctl-output.c */
void mos_ctl_clear (MosCtl *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtl, mos_ctl_clear)
/** mos_ctl_begin: the program begins: the language, the words and the options that all commands have. @ret_args: (out) (transfer full): what is left. Returns: whether --profile makes sense */
gboolean mos_ctl_begin (MosCtl *self, int argc, char *argv[], GPtrArray **ret_args);
/** mos_ctl_end: what is left is printed. Returns: @status */
int mos_ctl_end (MosCtl *self, int status);
GPtrArray *mos_ctl_words (const char *const *argv);

/**
 * mos_ctl_dup_ways:
 * @usage: of a command: its ways, divided by " | "
 * @said: what stands behind the command
 * @ret_n_said: (out) (optional): how many of the words that were said they begin with
 *
 * Returns: (transfer full): the ways that begin as was said as far as any does, a line each
 */
char *mos_ctl_dup_ways (const char *usage, const char *const *said, guint *ret_n_said);

/* The words of a command line: options are taken out as they are asked for, what is left is positional. */
gboolean mos_ctl_take_flag (GPtrArray *args, const char *name);
char *mos_ctl_take_option (GPtrArray *args, const char *name);
/** mos_ctl_take_number: @number: (inout): as it is without the option. Returns: %FALSE where it is none */
gboolean mos_ctl_take_number (GPtrArray *args, const char *option, guint *number);
/** mos_ctl_take_day: "2026-03-01". @us: (out): its midnight here; 0 without the option. Returns: %FALSE where it is no day */
gboolean mos_ctl_take_day (GPtrArray *args, const char *option, gint64 *us);
/** mos_ctl_check_args: whether no unknown option is left and the number of words fits; says so otherwise, and how the command is written */
gboolean mos_ctl_check_args (MosCtl *self, GPtrArray *args, guint min, guint max);
/** mos_ctl_check_paths: whether no word is empty, as the variable of a script may be: it would name the current folder; says so otherwise */
gboolean mos_ctl_check_paths (MosCtl *self, GPtrArray *args);

int mos_ctl_usage (MosCtl *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
int mos_ctl_fail (MosCtl *self, GError *error);
/** mos_ctl_dup_error: @error: (nullable). Returns: (transfer full): what it says, and what to do where it is the network's */
char *mos_ctl_dup_error (const GError *error);
int mos_ctl_fail_text (MosCtl *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void mos_ctl_print (MosCtl *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void mos_ctl_print_json (MosCtl *self, JsonBuilder *builder);
/**
 * mos_ctl_say: one line about what was done: @sentence, or with --json {"result", "subject"}
 * @result: a word for programs
 * @subject: (nullable): what it was done to
 */
void mos_ctl_say (MosCtl *self, const char *result, const char *subject, const char *sentence);
/** mos_ctl_fail_exists: a file that could not be written; that it is there already has words of its own. @error: (transfer full) */
int mos_ctl_fail_exists (MosCtl *self, GError *error, const char *path);
/** mos_ctl_write_file: a new file that only its owner reads, and a line that says so; @force: in the place of one that is there. Returns: the status */
int mos_ctl_write_file (MosCtl *self, const char *path, const char *data, gsize size, gboolean force);
void mos_ctl_flush (MosCtl *self);
char *mos_ctl_read_input (MosCtl *self, GError **error);
char *mos_ctl_path (MosCtl *self, const char *path);

typedef gboolean (*MosCtlTxn) (MosTxn *txn, gpointer data, GError **error);
gboolean mos_ctl_read (MosCtl *self, MosCtlTxn func, gpointer data, GError **error);
/** mos_ctl_load_me: the agent of the desk. @ret_me: (out) (transfer full) (nullable) */
gboolean mos_ctl_load_me (MosCtl *self, MosAgent **ret_me, GError **error);
/** mos_ctl_write: as the agent of the desk; @label: (nullable): makes it undoable */
gboolean mos_ctl_write (MosCtl *self, const char *label, MosCtlTxn func, gpointer data, GError **error);

/** mos_ctl_find_conversation: by number ("1042", "#1042") or id; MOS_DESK_ERROR_NOT_FOUND */
gboolean mos_ctl_find_conversation (MosTxn *txn, const char *name, MosConversationRow **ret_row, GError **error);
/** mos_ctl_query_names: Returns: (transfer none): what operators and their words are called in this language, as in the window's search */
const MosQueryNames *mos_ctl_query_names (void);
/** mos_ctl_print_hints: says on standard error what in the query @text is no operator */
void mos_ctl_print_hints (MosCtl *self, const char *text);
/** mos_ctl_find_merged: the same, but a conversation that was merged is itself, not the one that it is part of now */
gboolean mos_ctl_find_merged (MosTxn *txn, const char *name, MosConversationRow **ret_row, GError **error);
/** mos_ctl_find_message: by id; MOS_DESK_ERROR_NOT_FOUND */
gboolean mos_ctl_find_message (MosTxn *txn, const char *id, MosMessageRow **ret_row, GError **error);
/** mos_ctl_find_account: by id, address or name */
gboolean mos_ctl_find_account (MosTxn *txn, const char *name, MosAccount **ret_account, GError **error);
MosDeskHost *mos_ctl_get_host (MosCtl *self);
/** mos_ctl_parse_server: "imaps://user@host:port" with its two schemes and their ports; @ret_server: (out) (transfer full) */
gboolean mos_ctl_parse_server (const char *url, const char *plain, const char *tls, guint16 plain_port, guint16 tls_port, gboolean starttls, gboolean insecure, MosServer **ret_server, GError **error);

/** mos_ctl_show_progress: a #MosJobProgressFunc: one line on standard error, where that is a terminal; mos_ctl_end_progress() takes it away */
void mos_ctl_show_progress (MosJob *job, gpointer ctl);
void mos_ctl_end_progress (MosCtl *self);

/* mos-ctl-join.c: why a message is in its conversation. (transfer full) (nullable) */
char *mos_ctl_why_text (MosMessageRow *message);

/* mos-ctl-mailbox.c: members of @builder, or with %NULL one line of text */
void mos_ctl_print_ledger (MosCtl *self, JsonBuilder *builder, MosLedger *ledger);
/** mos_ctl_do_want_audit: @data: id of an account */
gboolean mos_ctl_do_want_audit (MosTxn *txn, gpointer data, GError **error);
int mos_ctl_account_folders (MosCtl *self, GPtrArray *args);
int mos_ctl_erase (MosCtl *self, GPtrArray *args);
int mos_ctl_quarantine (MosCtl *self, GPtrArray *args);
int mos_ctl_release (MosCtl *self, GPtrArray *args);
int mos_ctl_sender (MosCtl *self, GPtrArray *args);

/** mos_ctl_run_again: another command of the same run, wherever the profile is */
int mos_ctl_run_again (MosCtl *self, const char *command, GPtrArray *args);
/* mos-ctl-account-check.c */
int mos_ctl_account_check (MosCtl *self, GPtrArray *args);
int mos_ctl_account_self_test (MosCtl *self, GPtrArray *args);
/* mos-ctl-account-chat.c */
int mos_ctl_account_add_chat (MosCtl *self, GPtrArray *args);
int mos_ctl_account_relay (MosCtl *self, GPtrArray *args);
/* mos-ctl-template.c: what "reply" does with --template */
int mos_ctl_reply_template (MosCtl *self, GPtrArray *args, const char *name);
/** mos_ctl_try_chat: whether its key works */
gboolean mos_ctl_try_chat (MosCtl *self, MosAccount *account, GError **error);
/** mos_ctl_print_account: @status, @ledger: (nullable) */
void mos_ctl_print_account (MosCtl *self, MosAccount *account, MosAccountStatus *status, MosLedger *ledger);

/* mos-ctl-account-sign-in.c */
/** mos_ctl_sign_in_stands_alone: whether "account" with these words first talks to the person */
gboolean mos_ctl_sign_in_stands_alone (GPtrArray *args);
/** mos_ctl_sign_in: prints the page to open and waits; what came of it is the input of the second step */
gboolean mos_ctl_sign_in (MosCtl *self, MosOAuth *oauth, const char *login_hint, const char *client_secret, GError **error);
/** mos_ctl_take_oauth: the words about a web page, taken out. Returns: (transfer full) (nullable): %NULL where there are none */
MosOAuth *mos_ctl_take_oauth (GPtrArray *args);
GPtrArray *mos_ctl_copy_words (GPtrArray *args, const char *but_not);
/** mos_ctl_run_second: the second step: the same words, with what the first one gave as their input */
int mos_ctl_run_second (MosCtl *self, const char *verb, GPtrArray *args);
/** mos_ctl_keep_tokens: the second step: into the keyring */
gboolean mos_ctl_keep_tokens (MosCtl *self, MosAccount *account, GError **error);
int mos_ctl_account_sign_in (MosCtl *self, GPtrArray *args);
/* mos-ctl-account-set.c */
int mos_ctl_account_set (MosCtl *self, GPtrArray *args);

/* mos-ctl-list.c */
/** mos_ctl_find_me: @ret_me: (out) (transfer full) (nullable): the agent who sits at the desk */
gboolean mos_ctl_find_me (MosTxn *txn, MosAgent **ret_me, GError **error);
/** mos_ctl_find_view: a view by the name of a built-in one or of one that somebody made; @ret_agent: (out) (transfer full) (nullable): whose "mine" is meant. G_OPTION_ERROR_BAD_VALUE */
gboolean mos_ctl_find_view (MosTxn *txn, const char *name, MosView **ret_view, char **ret_agent, GError **error);
/* mos-ctl-views.c */
int mos_ctl_view (MosCtl *self, GPtrArray *args);
int mos_ctl_agent (MosCtl *self, GPtrArray *args);

/* mos-ctl-category.c */
/** mos_ctl_find_category: by id or name, inside a transaction that writes: a profile that has none yet gets the list to begin with; MOS_DESK_ERROR_NOT_FOUND */
gboolean mos_ctl_find_category (MosTxn *txn, const char *name, MosCategory **ret_category, GError **error);
int mos_ctl_category (MosCtl *self, GPtrArray *args);

/* mos-ctl-customer.c */
int mos_ctl_customer (MosCtl *self, GPtrArray *args);

/* mos-ctl-call-text.c, mos-ctl-call.c */
/** mos_ctl_call_text: Returns: (transfer full): a call in words: "Missed call · +4930901820" */
char *mos_ctl_call_text (const MosMessageRow *message);
int mos_ctl_call (MosCtl *self, GPtrArray *args);

/* mos-ctl-target.c */
int mos_ctl_target (MosCtl *self, GPtrArray *args);
/* mos-ctl-translate.c */
int mos_ctl_translate (MosCtl *self, GPtrArray *args);
/* mos-ctl-calendar.c */
int mos_ctl_calendar (MosCtl *self, GPtrArray *args);

/* mos-ctl-shop.c, mos-ctl-order.c */
/** mos_ctl_find_shop: by id, name or address; MOS_DESK_ERROR_NOT_FOUND */
gboolean mos_ctl_find_shop (MosTxn *txn, const char *name, MosShopAccount **ret_shop, GError **error);
int mos_ctl_shop (MosCtl *self, GPtrArray *args);
int mos_ctl_order (MosCtl *self, GPtrArray *args);
/** mos_ctl_order_line: Returns: (transfer full): number, shop, time, status and total. @shop: (nullable): its name */
char *mos_ctl_order_line (const MosOrder *order, const char *shop);
/* mos-ctl-order-actions.c */
/** mos_ctl_order_change: "order @verb", where that does something to one or tells what was done. Returns: whether @verb is one of those; @ret_status: what came of it */
gboolean mos_ctl_order_change (MosCtl *self, const char *verb, GPtrArray *args, int *ret_status);
/** mos_ctl_order_obstacle_text: Returns: (transfer full): why a macro does nothing to an order */
char *mos_ctl_order_obstacle_text (MosOrderObstacle obstacle);
/** mos_ctl_order_perform: does what a macro has just asked for in @conversation, and tells what came of it. Returns: the exit status */
int mos_ctl_order_perform (MosCtl *self, const char *conversation);
int mos_ctl_retention (MosCtl *self, GPtrArray *args);
/* mos-ctl-order-link.c */
int mos_ctl_order_link (MosCtl *self, GPtrArray *args);
int mos_ctl_order_unlink (MosCtl *self, GPtrArray *args);
/* mos-ctl-order-files.c */
int mos_ctl_order_import (MosCtl *self, GPtrArray *args);
int mos_ctl_order_export (MosCtl *self, GPtrArray *args);

/* mos-ctl-macro.c */
int mos_ctl_macro (MosCtl *self, GPtrArray *args);
/* mos-ctl-survey-settings.c */
int mos_ctl_survey_settings (MosCtl *self, GPtrArray *args);
int mos_ctl_survey_set (MosCtl *self, GPtrArray *args);
/* mos-ctl-survey-files.c */
int mos_ctl_survey_preview (MosCtl *self, GPtrArray *args);
int mos_ctl_survey_test (MosCtl *self, GPtrArray *args);
int mos_ctl_survey_export (MosCtl *self, GPtrArray *args);
int mos_ctl_survey_rescue (MosCtl *self, GPtrArray *args);

/** mos_ctl_install_starter: @language: (nullable): as it was typed */
int mos_ctl_install_starter (MosCtl *self, const char *language);
/** mos_ctl_find_macro: by id, shortcode or name, of those that the agent of the desk sees */
gboolean mos_ctl_find_macro (MosTxn *txn, const char *name, MosMacro **ret_macro, GError **error);
/** mos_ctl_take_answers: every --answer "QUESTION=ANSWER", taken out. Returns: (transfer full): question -> answer */
GHashTable *mos_ctl_take_answers (GPtrArray *args);
/** mos_ctl_find_order_here: of the orders that may be meant in @row the one that a person says. @named: its number or id; @conversation: as it was typed. @ret_id: (out) (transfer full): NOT_FOUND; INVALID where several have the number */
gboolean mos_ctl_find_order_here (MosTxn *txn, const MosConversationRow *row, const char *named, const char *conversation, char **ret_id, GError **error);
/** mos_ctl_spread_answers: what was answered in the words of one language, also to the same questions in those of the others. Returns: (transfer full) (nullable): %NULL where the macro does not ask that */
GHashTable *mos_ctl_spread_answers (const MosMacro *macro, GHashTable *answers, GError **error);
/** mos_ctl_make_questions, _print_questions: what @macro asks in all of its languages: those that are not the same for sure each by itself. Returns: (transfer full) */
JsonArray *mos_ctl_make_questions (const MosMacro *macro);
void mos_ctl_print_questions (MosCtl *self, const MosMacro *macro);
/** mos_ctl_describe_missing: Returns: (transfer full): which tags of a macro are not filled in, and what helps */
char *mos_ctl_describe_missing (GPtrArray *missing, gboolean is_order_unclear);
/** mos_ctl_describe_problems: Returns: (transfer full) (nullable): what is wrong in the texts of @macro, in one line */
char *mos_ctl_describe_problems (const MosMacro *macro);

/* mos-ctl-survey.c */
int mos_ctl_survey (MosCtl *self, GPtrArray *args);

/* mos-ctl-report.c */
int mos_ctl_report (MosCtl *self, GPtrArray *args);

/* mos-ctl-outreach.c */
int mos_ctl_outreach (MosCtl *self, GPtrArray *args);

int mos_ctl_account (MosCtl *self, GPtrArray *args);

/** MosCtlAccounts: what "account list" tells, of one account or of all */
typedef struct
{
  const char *name;    /* (nullable): all */
  gboolean only_names; /* no statuses and no ledgers, which look at all mail of the accounts */
  GPtrArray *accounts; /* (owned) (nullable) */
  GPtrArray *statuses; /* (owned) (nullable): of MosAccountStatus or NULL, one for each */
  GPtrArray *ledgers;  /* (owned) (nullable): of MosLedger, one for each */
} MosCtlAccounts;
/** mos_ctl_do_accounts: @data: a #MosCtlAccounts with its name, to be filled */
gboolean mos_ctl_do_accounts (MosTxn *txn, gpointer data, GError **error);
void mos_ctl_accounts_clear (MosCtlAccounts *list);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MosCtlAccounts, mos_ctl_accounts_clear)

int mos_ctl_sync (MosCtl *self, GPtrArray *args);
/* What a sync waits for besides the database, while that is opened: the session's keyring, and what encrypts. */
typedef struct _MosCtlAhead MosCtlAhead;
MosCtlAhead *mos_ctl_sync_begin (void);
void mos_ctl_sync_end (MosCtlAhead *ahead);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosCtlAhead, mos_ctl_sync_end)
int mos_ctl_watch (MosCtl *self, GPtrArray *args);
int mos_ctl_import (MosCtl *self, GPtrArray *args);
int mos_ctl_export (MosCtl *self, GPtrArray *args);
int mos_ctl_fetch (MosCtl *self, GPtrArray *args);
int mos_ctl_list (MosCtl *self, GPtrArray *args);
int mos_ctl_search (MosCtl *self, GPtrArray *args);
int mos_ctl_show (MosCtl *self, GPtrArray *args);
int mos_ctl_reply (MosCtl *self, GPtrArray *args);
int mos_ctl_note (MosCtl *self, GPtrArray *args);
int mos_ctl_set (MosCtl *self, GPtrArray *args);
int mos_ctl_merge (MosCtl *self, GPtrArray *args);
int mos_ctl_split (MosCtl *self, GPtrArray *args);
int mos_ctl_move (MosCtl *self, GPtrArray *args);
int mos_ctl_undo (MosCtl *self, GPtrArray *args);
int mos_ctl_held (MosCtl *self, GPtrArray *args);
int mos_ctl_message (MosCtl *self, GPtrArray *args);
int mos_ctl_outbox (MosCtl *self, GPtrArray *args);
/** mos_ctl_print_recipients: a line for each recipient of whom there is something to tell */
void mos_ctl_print_recipients (MosCtl *self, GPtrArray *results);
int mos_ctl_blob (MosCtl *self, GPtrArray *args);
/* mos-ctl-backup.c */
int mos_ctl_backup (MosCtl *self, GPtrArray *args);
/** mos_ctl_backup_stands_alone, _reads: what "backup" with these words needs of the profile */
gboolean mos_ctl_backup_stands_alone (GPtrArray *args);
gboolean mos_ctl_backup_reads (GPtrArray *args);
int mos_ctl_restore (MosCtl *self, GPtrArray *args);
int mos_ctl_check (MosCtl *self, GPtrArray *args);
int mos_ctl_sample (MosCtl *self, GPtrArray *args);

/** mos_ctl_local_time: Returns: (transfer full): day and minute as clocks here show it */
char *mos_ctl_local_time (gint64 us);
/** mos_ctl_parse_when: a time to come, as people type it. @allow_answer: "reply" and "until they answer" too, which are 0. What is wrong is told as G_OPTION_ERROR. */
gboolean mos_ctl_parse_when (MosTxn *txn, const char *value, gboolean allow_answer, gint64 *ret_us, GError **error);

G_END_DECLS
