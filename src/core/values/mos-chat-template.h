/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/values/mos-chat-values.h"

G_BEGIN_DECLS

/**
 * MosChatTemplate: a text that a platform has approved: it may be sent when the time for an answer is over. Its places are "{{1}}", "{{name}}".
 *
 * @name: as the platform calls it; @title: as people call it
 * @language: "en_US"; "" where it is not told
 * @category: (nullable): what the platform asks a price for it by, in lower case: "marketing", "utility"
 * @header, @body, @footer: its texts; "" for none
 * @places: what is filled in in its body, each once, in the order in which the platform takes it
 * @samples: what the platform shows there, one for each of @places; "" for none
 * @is_named: the places have names, and are sent by them
 * @header_place: (nullable): what is filled in in its heading
 */
typedef struct
{
  char *name;
  char *title;
  char *language;
  char *category;
  char *header;
  char *body;
  char *footer;
  char **places;
  char **samples;
  gboolean is_named;
  char *header_place;
} MosChatTemplate;
MOS_DECLARE_VALUE (MosChatTemplate, chat_template)

/** mos_chat_template_read_places: Returns: (transfer full): what stands between "{{" and "}}" in @text, each once, in order */
char **mos_chat_template_read_places (const char *text);
/** mos_chat_template_fill: finds its places in its texts, once they are set. Returns: whether they can be filled: none is missing among those that are counted */
gboolean mos_chat_template_fill (MosChatTemplate *self);

/**
 * mos_chat_template_render: how it reads
 * @values: one for each of its places; where one is "", the place stands there as it is; @header_value: (nullable): of its heading
 *
 * Returns: (transfer full)
 */
char *mos_chat_template_render (const MosChatTemplate *self, const char *const *values, const char *header_value);
/** mos_chat_template_make_part: what is sent: with the text that it reads as, and without a key. Returns: (transfer full) */
MosChatPart *mos_chat_template_make_part (const MosChatTemplate *self, const char *const *values, const char *header_value);

/** mos_chat_template_is_language: Returns: whether it is in @language (nullable: in any), whatever its country */
gboolean mos_chat_template_is_language (const MosChatTemplate *self, const char *language);
/** mos_chat_template_sort: @templates: array of #MosChatTemplate; those in @language (nullable) first, else by their titles */
void mos_chat_template_sort (GPtrArray *templates, const char *language);

G_END_DECLS
