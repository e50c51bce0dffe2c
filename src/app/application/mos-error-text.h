/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MosRemedy: what the window can offer at once against a trouble
 * @MOS_REMEDY_NONE: nothing but reading the next step
 * @MOS_REMEDY_RETRY: try again now
 * @MOS_REMEDY_PASSWORD: ask for the password
 * @MOS_REMEDY_TOKEN: the same of a chat, where it is a token
 * @MOS_REMEDY_SIGN_IN: sign in on the provider's page again
 * @MOS_REMEDY_CERTIFICATE: show the certificate, with the choice to trust it
 * @MOS_REMEDY_SETTINGS: show the account's settings
 * @MOS_REMEDY_WEBHOOK: have the platform bring news here, and no more to an address on the web
 * @MOS_REMEDY_SEEN: nothing is wrong; the person says that she read it
 */
typedef enum
{
  MOS_REMEDY_NONE,
  MOS_REMEDY_RETRY,
  MOS_REMEDY_PASSWORD,
  MOS_REMEDY_TOKEN,
  MOS_REMEDY_SIGN_IN,
  MOS_REMEDY_CERTIFICATE,
  MOS_REMEDY_SETTINGS,
  MOS_REMEDY_WEBHOOK,
  MOS_REMEDY_SEEN,
} MosRemedy;

/**
 * MosErrorText: an error as people read it; translated, never %NULL, static
 * @title: what happened, a few words
 * @sentence: what happened and what was kept
 * @step: what to do next, "" when there is nothing
 */
typedef struct
{
  const char *title;
  const char *sentence;
  const char *step;
  MosRemedy remedy;
} MosErrorText;

/** mos_error_text: the words for (domain, code) of @error; unknown ones get a general sentence, never the library's English. */
MosErrorText mos_error_text (const GError *error);

/** mos_error_text_for_why: the words for a stable code of #MosAccountStatus or of a message's delivery ("auth-failed"). @why: (nullable) */
MosErrorText mos_error_text_for_why (const char *why);

/** mos_remedy_get_label: Returns: (nullable): the button's words, %NULL for MOS_REMEDY_NONE */
const char *mos_remedy_get_label (MosRemedy remedy);

G_END_DECLS
