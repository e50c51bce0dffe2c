/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-values.h"

G_BEGIN_DECLS

/* What customers say of the service (behaviour.md §2.5). */

typedef enum
{
  MOS_SURVEY_CSAT, /* how satisfied: 1 to 5 */
  MOS_SURVEY_NPS,  /* whether they would recommend the shop: 0 to 10 */
} MosSurveyKind;   /* csat nps */
#define MOS_N_SURVEY_KINDS (MOS_SURVEY_NPS + 1)
MOS_DECLARE_NICKS (MosSurveyKind, survey_kind)

typedef enum
{
  MOS_SURVEY_PLANNED,
  MOS_SURVEY_ASKED,
  MOS_SURVEY_ANSWERED,
  MOS_SURVEY_EXPIRED,
  MOS_SURVEY_CANCELLED,
} MosSurveyState; /* planned asked answered expired cancelled */
MOS_DECLARE_NICKS (MosSurveyState, survey_state)

/** An answer that is nothing but words. */
/** Kind of the row of `due` that reminds of a rescue. */
#define MOS_RESCUE_DUE_KIND "rescue"
#define MOS_SURVEY_NO_SCORE (-1)

/** mos_survey_kind_get_lowest: Pure. Returns: the lowest score that can be given */
int mos_survey_kind_get_lowest (MosSurveyKind kind);
/** mos_survey_kind_get_highest: Pure. Returns: the highest score that can be given */
int mos_survey_kind_get_highest (MosSurveyKind kind);
/** mos_survey_kind_is_score: Pure. Returns: whether @score can be given */
gboolean mos_survey_kind_is_score (MosSurveyKind kind, int score);
/** mos_survey_kind_is_low: Pure. Returns: whether who gives @score is unhappy */
gboolean mos_survey_kind_is_low (MosSurveyKind kind, int score);

/** mos_survey_read_event: what is told in the history of a conversation, "csat:4". Pure. @told: (nullable). Returns: %FALSE where it is none, and nothing is set */
gboolean mos_survey_read_event (const char *told, MosSurveyKind *ret_kind, int *ret_score);
/** mos_survey_dup_event: Pure. Returns: (transfer full): to be read by mos_survey_read_event() */
char *mos_survey_dup_event (MosSurveyKind kind, int score);

typedef enum
{
  MOS_RESCUE_NONE,
  MOS_RESCUE_OPEN, /* somebody was unhappy, and nobody has said yet what came of it */
  MOS_RESCUE_DONE,
} MosRescueState; /* none open done */
MOS_DECLARE_NICKS (MosRescueState, rescue_state)

/**
 * MosSurvey: a question, and what a customer answered
 * @is_recorded: somebody here wrote down what the customer said; else it is the answer to a question of ours
 * @is_test: somebody here tries it out: it counts nowhere
 * @is_unread: there are words, or a low score, that nobody here has looked at yet
 * @account, @conversation: where; @account_name, @channel: of the account; @number, @subject: of the conversation
 * @customer, @customer_name: (nullable): who was asked, or said it
 * @language: (nullable): that it was asked in
 * @asked_us, @answered_us: 0 = not yet
 * @score: MOS_SURVEY_NO_SCORE = none
 * @comment: "" = none
 * @message: (nullable): our question
 * @answered_by: (nullable): who answered in the place of who was asked, as an address
 * @agent, @category, @macro: (nullable): as of when it was asked: who answered last, what it was about, the macro of the answer; with their names
 * @tags: as of then
 * @rescue_since_us, @rescue_done_us: 0 = not; @rescue_outcome: "" = none
 */
typedef struct
{
  char *id;
  MosSurveyKind kind;
  MosSurveyState state;
  gboolean is_recorded;
  gboolean is_test;
  gboolean is_unread;
  char *account;
  char *account_name;
  char *channel;
  char *conversation;
  gint64 number;
  char *subject;
  char *customer;
  char *customer_name;
  char *language;
  gint64 asked_us;
  gint64 answered_us;
  int score;
  char *comment;
  char *message;
  char *answered_by;
  char *agent;
  char *agent_name;
  char *category;
  char *category_name;
  char *macro;
  char *macro_name;
  GStrv tags;
  MosRescueState rescue;
  gint64 rescue_since_us;
  gint64 rescue_done_us;
  char *rescue_outcome;
} MosSurvey;
MOS_DECLARE_VALUE (MosSurvey, survey)
/** mos_survey_make: Returns: (transfer full): an answer without a score or words; to be filled before anybody else sees it */
MosSurvey *mos_survey_make (MosSurveyKind kind);

/* --- what a list of them shows --- */

typedef enum
{
  MOS_SURVEYS_ANSWERED, /* newest answer first */
  MOS_SURVEYS_UNREAD,   /* those of them that nobody looked at yet */
  MOS_SURVEYS_RESCUES,  /* those whose rescue is open, the oldest first */
  MOS_SURVEYS_ALL,      /* whatever became of them, the newest question or answer first; tests too */
} MosSurveyList;        /* answered unread rescues all */
#define MOS_N_SURVEY_LISTS (MOS_SURVEYS_ALL + 1)
MOS_DECLARE_NICKS (MosSurveyList, survey_list)

/**
 * MosSurveyFilter:
 * @customer, @conversation, @account: (nullable): only of this one
 * @kinds: bits 1 << MosSurveyKind; 0 = all
 * @only_low: only of who is unhappy
 * @from_us, @to_us: when it was answered, else asked: from, and before; 0 = no bound
 * @max: 0 = as many as there are
 */
typedef struct
{
  MosSurveyList list;
  char *customer;
  char *conversation;
  char *account;
  guint kinds;
  gboolean only_low;
  gint64 from_us;
  gint64 to_us;
  guint offset;
  guint max;
} MosSurveyFilter;
MOS_DECLARE_VALUE (MosSurveyFilter, survey_filter)

/* --- who is asked, when and how --- */

typedef enum
{
  MOS_SURVEY_ONCE_CONVERSATION, /* one question a conversation, ever */
  MOS_SURVEY_ONCE_CLOSE,        /* one each time that it is closed */
  MOS_SURVEY_ONCE_PERSON,       /* nobody twice within the days that are set, whatever they wrote from */
} MosSurveyOften;               /* conversation close person */
#define MOS_N_SURVEY_OFTEN (MOS_SURVEY_ONCE_PERSON + 1)
MOS_DECLARE_NICKS (MosSurveyOften, survey_often)

/** MosSurveyText: what a question says in one language; "" = as the program says it */
typedef struct
{
  char *language;
  char *subject;
  char *question;
  char *thanks;
} MosSurveyText;
MOS_DECLARE_VALUE (MosSurveyText, survey_text)
/** mos_survey_text_make: Returns: (transfer full) */
MosSurveyText *mos_survey_text_make (const char *language, const char *subject, const char *question, const char *thanks);

/** So long after the first answer another one takes its place. */
#define MOS_SURVEY_CHANGE_DAYS 7
/** So long after it was asked a first answer is one. */
#define MOS_SURVEY_OPEN_DAYS 30
#define MOS_SURVEY_MAX_DELAY_S (30 * 24 * 3600)
#define MOS_SURVEY_MAX_DAYS 3650
/** What the question about recommending is asked a person at most: more is a nuisance */
#define MOS_SURVEY_NPS_MIN_DAYS 90

/**
 * MosSurveySettings: of one account and kind
 * @delay_s: from the close to the question
 * @days: for MOS_SURVEY_ONCE_PERSON, and with "nps" always
 * @skip_tags: names; @skip_categories: ids: whoever has one is not asked
 * @skips_vip: no VIP is asked
 * @reopens: a low score opens the conversation again
 * @rescue_days: after how many days somebody is reminded of a low score
 * @texts: (element-type MosSurveyText): the shop's own words, by language
 */
typedef struct
{
  char *account;
  MosSurveyKind kind;
  gboolean is_on;
  guint delay_s;
  MosSurveyOften often;
  guint days;
  GStrv skip_tags;
  GStrv skip_categories;
  gboolean skips_vip;
  gboolean reopens;
  guint rescue_days;
  GPtrArray *texts;
} MosSurveySettings;
MOS_DECLARE_VALUE (MosSurveySettings, survey_settings)
/** mos_survey_settings_make: Returns: (transfer full): those that an account begins with: off; @is_chat: it is one of short messages */
MosSurveySettings *mos_survey_settings_make (const char *account, MosSurveyKind kind, gboolean is_chat);
/** mos_survey_settings_copy: Returns: (transfer full): another one, to be changed before anybody else sees it */
MosSurveySettings *mos_survey_settings_copy (const MosSurveySettings *self);
/** mos_survey_settings_find_text: @language: exactly. Returns: (transfer none) (nullable) */
const MosSurveyText *mos_survey_settings_find_text (const MosSurveySettings *self, const char *language);

/** Why nobody was asked after all; told in the history as an event "survey_skipped", from the kind to this */
typedef enum
{
  MOS_SURVEY_ASK,                /* nothing speaks against it */
  MOS_SURVEY_SKIP_OFF,           /* switched off meanwhile */
  MOS_SURVEY_SKIP_REOPENED,      /* not closed any more */
  MOS_SURVEY_SKIP_MERGED,        /* part of another one */
  MOS_SURVEY_SKIP_SPAM,          /* spam, deleted, in the quarantine, or mail from before */
  MOS_SURVEY_SKIP_NOT_BY_PERSON, /* nobody closed it: a rule, a bot, a machine */
  MOS_SURVEY_SKIP_NOT_WRITTEN,   /* the customer never wrote */
  MOS_SURVEY_SKIP_NOT_ANSWERED,  /* no person answered */
  MOS_SURVEY_SKIP_UNDELIVERED,   /* the answer did not get there */
  MOS_SURVEY_SKIP_NOBODY,        /* it is not known who the customer is, or how to write to them */
  MOS_SURVEY_SKIP_OPTED_OUT,     /* they do not want to be asked */
  MOS_SURVEY_SKIP_ASKED_BEFORE,  /* in this conversation, or since it was closed */
  MOS_SURVEY_SKIP_ASKED_LATELY,  /* the same person, wherever */
  MOS_SURVEY_SKIP_TAG,
  MOS_SURVEY_SKIP_CATEGORY,
  MOS_SURVEY_SKIP_VIP,
  MOS_SURVEY_SKIP_MACHINE,   /* nobody reads what is sent there, or it is one of our own addresses */
  MOS_SURVEY_SKIP_LIMIT,     /* so much went by itself already that more is held back */
  MOS_SURVEY_SKIP_WINDOW,    /* the platform lets nobody write there any more */
  MOS_SURVEY_SKIP_CANNOT,    /* nothing can be sent from this account */
  MOS_SURVEY_SKIP_LATE,      /* nothing ran when it was time, and now it would surprise */
  MOS_SURVEY_SKIP_DISMISSED, /* somebody here did not want it */
} MosSurveySkip;             /* ask off reopened merged spam not-by-person not-written not-answered undelivered nobody opted-out asked-before asked-lately tag category vip machine limit window cannot late dismissed */
MOS_DECLARE_NICKS (MosSurveySkip, survey_skip)

/**
 * MosSurveyLetter: a question as somebody gets it
 * @text: in a chat all there is
 * @html: (nullable): beside it in a mail
 * @buttons: (nullable): below it in a chat that has some
 * @thanks: what is said to who answered in a chat
 */
typedef struct
{
  MosSurveyKind kind;
  char *language;
  char *subject;
  char *text;
  char *html;
  GStrv buttons;
  char *thanks;
} MosSurveyLetter;
MOS_DECLARE_VALUE (MosSurveyLetter, survey_letter)

G_END_DECLS
