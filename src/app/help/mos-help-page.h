/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The pages of the help lie in data/help, as Mallard (projectmallard.org) with no marks inside a sentence, and come with the program. Their texts are translated as all others
 * are, when they are shown. Main thread. */

/** MOS_HELP_INDEX: the page of contents */
#define MOS_HELP_INDEX "index"

typedef enum
{
  MOS_HELP_HEADING,
  MOS_HELP_PARAGRAPH,
  MOS_HELP_STEP,   /* one of several that are done one after the other */
  MOS_HELP_TOPICS, /* all pages that name this one as their guide */
} MosHelpBlockKind;

/** MosHelpBlock: @text: not translated yet; "" for topics. @number: of a step, from 1 */
typedef struct
{
  MosHelpBlockKind kind;
  char *text;
  guint number;
} MosHelpBlock;

/**
 * MosHelpPage:
 * @title, @description: not translated yet
 * @guide: (nullable): the page that lists it; @sort: (nullable): where: before those that have none, which stand by their titles
 * @blocks: array of #MosHelpBlock; @see_also: array of ids
 */
typedef struct
{
  char *id;
  char *title;
  char *description;
  char *guide;
  char *sort;
  GPtrArray *blocks;
  GPtrArray *see_also;
} MosHelpPage;

/** mos_help_page_load: Returns: (transfer full) (nullable): %NULL where there is no such page, or it is not as a page is: G_MARKUP_ERROR, G_RESOURCE_ERROR */
MosHelpPage *mos_help_page_load (const char *id, GError **error);
void mos_help_page_free (MosHelpPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosHelpPage, mos_help_page_free)

/** mos_help_list_topics: Returns: (transfer full): array of #MosHelpPage that name @guide as theirs, by their titles as they are shown */
GPtrArray *mos_help_list_topics (const char *guide);
/** mos_help_find_page_of_kind: Returns: (transfer none) (nullable): the page about accounts of @kind */
const char *mos_help_find_page_of_kind (const char *kind);

G_END_DECLS
