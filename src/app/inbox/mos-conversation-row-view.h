/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/desk/mos-lists.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MosConversationRowView:
 *
 * One conversation in the list: a single widget that draws itself, because a
 * list realises three times the rows that are seen, and each jump, sort or
 * filter all of them anew (a tree of labels is ten times dearer).
 *
 * Properties: "conversation" (#MosConversation, nullable), "label" (string,
 * read-only): all that the row shows, in words, for assistive tools; "checked"
 * (boolean): it is chosen.
 */
#define MOS_TYPE_CONVERSATION_ROW_VIEW (mos_conversation_row_view_get_type ())
G_DECLARE_FINAL_TYPE (MosConversationRowView, mos_conversation_row_view, MOS, CONVERSATION_ROW_VIEW, GtkWidget)

/** mos_conversation_row_view_new: @list: (nullable): asked for search snippets and for what is only held */
GtkWidget *mos_conversation_row_view_new (MosConversationList *list);

void mos_conversation_row_view_set_conversation (MosConversationRowView *self, MosConversation *conversation);
const char *mos_conversation_row_view_get_label (MosConversationRowView *self);

/** mos_conversation_row_view_tick: time went by: it is drawn again where it reads differently now. */
void mos_conversation_row_view_tick (MosConversationRowView *self);
/** mos_conversation_row_view_set_choosing: shows whether it is chosen ("checked") by a mark. */
void mos_conversation_row_view_set_choosing (MosConversationRowView *self, gboolean choosing);

/** mos_conversation_row_view_refresh: time went by, or the list's opinion of the row changed. */
void mos_conversation_row_view_refresh (MosConversationRowView *self);

/**
 * mos_conversation_row_describe:
 * @row: what to describe
 * @now_us: the present
 * @zone: (nullable): %NULL = the local one
 * @stale: it does not belong to the view any more
 *
 * Returns: (transfer full): the row in words
 */
char *mos_conversation_row_describe (MosConversationRow *row, gint64 now_us, GTimeZone *zone, gboolean stale);

/** mos_conversation_row_get_initials: Returns: (transfer full): one or two letters, "" when @name has no letter */
char *mos_conversation_row_get_initials (const char *name);

/**
 * MosWaiting: how urgently a customer waits; where the shop has a target for the answer, that says it (#MosDueMark), and they wait as they should
 * @MOS_WAITING_LATE: past the target of an e-mail (two hours); @MOS_WAITING_VERY_LATE: past a day
 */
typedef enum
{
  MOS_WAITING_NOT,
  MOS_WAITING_FINE,
  MOS_WAITING_LATE,
  MOS_WAITING_VERY_LATE,
} MosWaiting;
MosWaiting mos_conversation_row_get_waiting (MosConversationRow *row, gint64 now_us);

/**
 * MosDueMark: how near it is that something is due by the shop's targets: the sooner of the answer and the close
 * @MOS_DUE_NEAR: the time is nearly over; @MOS_DUE_LATE: it is over
 */
typedef enum
{
  MOS_DUE_NOT,
  MOS_DUE_FINE,
  MOS_DUE_NEAR,
  MOS_DUE_LATE,
} MosDueMark;
/** mos_conversation_row_get_due: @ret_due_us: (out) (optional): when; @ret_is_reply: (out) (optional): whether it is an answer that is due, not the close */
MosDueMark mos_conversation_row_get_due (MosConversationRow *row, gint64 now_us, gint64 *ret_due_us, gboolean *ret_is_reply);
/** mos_conversation_row_due_text: Returns: (transfer full): "12 min", "3 h late"; "" where nothing is due */
char *mos_conversation_row_due_text (MosConversationRow *row, gint64 now_us);

/**
 * MosReplyWindow: how long a customer who waits for an answer may still be answered, where the platform lets a shop write only for some time after the customer did
 * @MOS_REPLY_WINDOW_NONE: as long as one likes, or nobody waits; @MOS_REPLY_WINDOW_CLOSING: for less than four hours; @MOS_REPLY_WINDOW_OVER: not any more
 */
typedef enum
{
  MOS_REPLY_WINDOW_NONE,
  MOS_REPLY_WINDOW_OPEN,
  MOS_REPLY_WINDOW_CLOSING,
  MOS_REPLY_WINDOW_OVER,
} MosReplyWindow;
/** mos_conversation_row_get_window: @ret_left_us: (out) (optional): how long; 0 where it is over */
MosReplyWindow mos_conversation_row_get_window (MosConversationRow *row, gint64 now_us, gint64 *ret_left_us);
/** mos_conversation_row_window_text: Returns: (transfer full): "5 h left"; "" where there is none */
char *mos_conversation_row_window_text (MosConversationRow *row, gint64 now_us);

G_END_DECLS
