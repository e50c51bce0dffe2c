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

/**
 * MosSurvey: a question, and what a customer answered
 * @is_recorded: somebody here wrote down what the customer said; else it is the answer to a question of ours
 * @account, @conversation: where; @number, @subject: of the conversation
 * @customer, @customer_name: (nullable): who was asked, or said it
 * @language: (nullable): that it was asked in
 * @asked_us, @answered_us: 0 = not yet
 * @score: MOS_SURVEY_NO_SCORE = none
 * @comment: "" = none
 */
typedef struct
{
  char *id;
  MosSurveyKind kind;
  MosSurveyState state;
  gboolean is_recorded;
  char *account;
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
} MosSurvey;
MOS_DECLARE_VALUE (MosSurvey, survey)
/** mos_survey_make: Returns: (transfer full): an answer without a score or words; to be filled before anybody else sees it */
MosSurvey *mos_survey_make (MosSurveyKind kind);

G_END_DECLS
