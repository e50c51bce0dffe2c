/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What carries a proof that it comes from this profile: an HMAC-SHA-256 with the profile's key. Pure functions, any thread. */

/** mos_token_message_id: Returns: (transfer full): "<own id>.<mac>@<domain of @address>", without angle brackets */
char *mos_token_message_id (GBytes *key, const char *own_id, const char *address);
/** mos_token_is_own_message_id: whether @message_id was made by mos_token_message_id() with this key */
gboolean mos_token_is_own_message_id (GBytes *key, const char *message_id);

/** mos_token_plus_tag: Returns: (transfer full): "c-<conversation>-<mac>" in base 32, for behind the "+" of an address */
char *mos_token_plus_tag (GBytes *key, const char *conversation);
/** mos_token_plus_address: Returns: (transfer full) (nullable): @address with that tag; %NULL where it would be longer than an address may be */
char *mos_token_plus_address (GBytes *key, const char *address, const char *conversation);
/** mos_token_parse_address: Returns: (transfer full) (nullable): the conversation that a plus-address names, when its MAC holds */
char *mos_token_parse_address (GBytes *key, const char *address);

/** mos_token_opt_out_address: Returns: (transfer full) (nullable): @address with "u-<conversation>-<mac>": who writes there wants no more of what began that conversation */
char *mos_token_opt_out_address (GBytes *key, const char *address, const char *conversation);
/** mos_token_parse_opt_out_address: Returns: (transfer full) (nullable): the conversation, when its MAC holds */
char *mos_token_parse_opt_out_address (GBytes *key, const char *address);
/** mos_token_opt_out_hook: Returns: (transfer full): "[#1234-5f3a9c2100112233]", which says the same in a subject, where there are no plus-addresses */
char *mos_token_opt_out_hook (GBytes *key, gint64 number);
/** mos_token_parse_opt_out_hook: Returns: number of the conversation that one with the right MAC in @subject names, else 0 */
gint64 mos_token_parse_opt_out_hook (GBytes *key, const char *subject);

/** mos_token_survey_address: Returns: (transfer full) (nullable): @address with "s-<survey>-<mac>": what is written there answers that question */
char *mos_token_survey_address (GBytes *key, const char *address, const char *survey);
/** mos_token_parse_survey_address: Returns: (transfer full) (nullable): the survey, when its MAC holds */
char *mos_token_parse_survey_address (GBytes *key, const char *address);
/** mos_token_survey: Returns: (transfer full): "<survey>-<mac>" in base 32, 128 bits each, for the subject of an answer */
char *mos_token_survey (GBytes *key, const char *survey);
/**
 * mos_token_parse_survey: what a subject names by "[CSAT <token>:5]", however it is written
 * @ret_score: (out): -1 = it says none
 *
 * Returns: (transfer full) (nullable): the survey of the first one whose MAC holds
 */
char *mos_token_parse_survey (GBytes *key, const char *subject, int *ret_score);

/** mos_token_subject_hook: Returns: (transfer full): "[#1234-5f3a9c21]" */
char *mos_token_subject_hook (GBytes *key, gint64 number);
/** mos_token_parse_subject: Returns: number of the conversation that a hook with the right MAC in @subject names, else 0 */
gint64 mos_token_parse_subject (GBytes *key, const char *subject);
/** mos_token_parse_bare_number: Returns: the number in "[#1234]", which proves nothing by itself; 0 = none */
gint64 mos_token_parse_bare_number (const char *subject);

/** mos_token_marker: Returns: (transfer full): "[#1234-5f3a9c2100112233]", the last line of what we send: a reply quotes it even where it has lost its headers */
char *mos_token_marker (GBytes *key, gint64 number);
/** mos_token_strip_markers: Returns: (transfer full): @text without the lines that are a marker of ours, quoted or not: those of earlier mails would pile up, and
 * lead astray where a message has been moved since */
char *mos_token_strip_markers (GBytes *key, const char *text);
/** mos_token_parse_marker: Returns: number of the conversation that the first marker with the right MAC in @text names, else 0 */
gint64 mos_token_parse_marker (GBytes *key, const char *text);

G_END_DECLS
