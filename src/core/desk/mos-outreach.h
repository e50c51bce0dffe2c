/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/automation/mos-calendar.h"
#include "core/store/mos-store.h"
#include "core/values/mos-outreach-values.h"
#include "core/values/mos-macro-plan.h"
#include "core/values/mos-sync-values.h"

G_BEGIN_DECLS

/*
 * Outreach, inside a transaction: for the window and mostradorctl alike.
 *
 * It is thought about (draft), then begun: the text and the people are fixed, and one message after the other is made, evenly, so that no bound of its
 * pace is passed. Each is made in one transaction with its place in the outbox, in a conversation of its own that nobody sees until its person answers.
 * Before each is made, whatever speaks against it is looked at again. Errors are #MosDeskError.
 */

/** MOS_OUTREACH_DUE_KIND: of the row of `due` by which the next one is made; its key is this, ":" and the id */
#define MOS_OUTREACH_DUE_KIND "outreach"
/** So many of one outreach wait in the outbox at most: a server that does not answer gets no heap. */
#define MOS_OUTREACH_MAX_QUEUED 10

/* Why one stands still by itself */
#define MOS_OUTREACH_WHY_LATE "late"       /* nothing ran for more than two hours: whether it is still right is a person's to say */
#define MOS_OUTREACH_WHY_ACCOUNT "account" /* the account is gone, or cannot send */
#define MOS_OUTREACH_WHY_HOURS "hours"     /* outside business hours */
#define MOS_OUTREACH_WHY_SERVER "server"   /* those made do not leave */
#define MOS_OUTREACH_WHY_FILES "files"     /* an attachment is gone, or they are more than the server takes */

typedef enum
{
  MOS_OUTREACH_FINE,
  MOS_OUTREACH_NO_NAME,
  MOS_OUTREACH_NO_MACRO, /* none, or one without a text for answers */
  MOS_OUTREACH_NO_SUBJECT,
  MOS_OUTREACH_NO_ACCOUNT, /* none, or it cannot send */
  MOS_OUTREACH_NOT_ORDERS, /* about orders, and its people have none */
  MOS_OUTREACH_NO_DAYS,
  MOS_OUTREACH_BAD_PACE,
  MOS_OUTREACH_NOBODY,  /* once it is begun: everybody is left out */
  MOS_OUTREACH_CHANGED, /* once it is begun: more people, or another text, than was looked at */
} MosOutreachProblem;   /* fine no-name no-macro no-subject no-account not-orders no-days bad-pace nobody changed */
MOS_DECLARE_NICKS (MosOutreachProblem, outreach_problem)

/** mos_outreach_check: @ret_problem: (out): what has to be mended first */
gboolean mos_outreach_check (MosTxn *txn, MosOutreach *outreach, MosOutreachProblem *ret_problem, GError **error);
/** mos_outreach_save: a new one (id %NULL), or by its id one that has not begun. Errors: mos_outreach_check()'s problem as INVALID; NOT_FOUND; MOS_STORE_ERROR_CONFLICT: it has begun */
gboolean mos_outreach_save (MosTxn *txn, MosOutreach *outreach, char **ret_id, GError **error);
/** mos_outreach_find: @name: an id, the beginning of one, or a name. NOT_FOUND; INVALID where several are called so */
gboolean mos_outreach_find (MosTxn *txn, const char *name, MosOutreach **ret_outreach, GError **error);
/** mos_outreach_remove: one that has not begun, or is over. MOS_STORE_ERROR_CONFLICT while it is under way */
gboolean mos_outreach_remove (MosTxn *txn, const char *id, GError **error);

/* --- whom it goes to --- */

/** Beyond so many people, whether everything can be filled in is looked at when their turn comes, not before. */
#define MOS_OUTREACH_MAX_FILLED 2000

/**
 * mos_outreach_work_out: whom @outreach would go to as things stand, and whom not and why; by position. Of one that has begun: whom it goes to
 *
 * @cancellable: (nullable): looked at between people: there may be many
 *
 * Returns: (transfer full) (nullable): array of #MosOutreachPerson
 */
GPtrArray *mos_outreach_work_out (MosTxn *txn, MosOutreach *outreach, GCancellable *cancellable, GError **error);

/**
 * MosOutreachWork: the same in pieces, each in a transaction of its own: of a hundred thousand people nobody has to wait for all
 *
 * Whom it goes to is fixed by mos_outreach_start(), which looks at all of them again.
 */
typedef struct _MosOutreachWork MosOutreachWork;
MosOutreachWork *mos_outreach_work_new (MosTxn *txn, MosOutreach *outreach, GError **error);
void mos_outreach_work_free (MosOutreachWork *self);
/** mos_outreach_work_step: the next @max. @cancellable: (nullable) */
gboolean mos_outreach_work_step (MosOutreachWork *self, MosTxn *txn, guint max, GCancellable *cancellable, GError **error);
gboolean mos_outreach_work_is_done (MosOutreachWork *self);
/** mos_outreach_work_get_people: Returns: (transfer none): array of #MosOutreachPerson: so far */
GPtrArray *mos_outreach_work_get_people (MosOutreachWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosOutreachWork, mos_outreach_work_free)

/**
 * MosOutreachLetter: the message to one of them
 * @text: with marks (mos-markup.h), as it leaves but for the last line that is for programs
 * @language: of it
 * @missing: (element-type utf8): tags that nobody can fill in; it cannot be sent while there are any
 * @attachments: (element-type MosAttachment)
 * @plan: for the draft that it becomes
 */
typedef struct
{
  char *subject;
  char *text;
  char *language;
  GPtrArray *missing;
  GPtrArray *attachments;
  MosMacroPlan *plan;
} MosOutreachLetter;
MOS_DECLARE_VALUE (MosOutreachLetter, outreach_letter)
/** mos_outreach_write: @person: (nullable): %NULL = somebody of whom nothing is known. @ret_letter: (out) (transfer full) */
gboolean mos_outreach_write (MosTxn *txn, MosOutreach *outreach, const MosOutreachPerson *person, MosOutreachLetter **ret_letter, GError **error);
/** mos_outreach_send_test: what @person (nullable) would get, to @address instead; what is missing stays as it is in the text. INVALID */
gboolean mos_outreach_send_test (MosTxn *txn, MosOutreach *outreach, const MosOutreachPerson *person, const char *address, char **ret_message, GError **error);

/* --- how it goes --- */

/** mos_outreach_start: fixes its text and its people, and begins. Errors as mos_outreach_save() */
gboolean mos_outreach_start (MosTxn *txn, const char *id, GError **error);
/** mos_outreach_dup_digest: Returns: (transfer full) (nullable): another one whenever what @outreach says, or what for and from where, is another */
char *mos_outreach_dup_digest (MosTxn *txn, MosOutreach *outreach, GError **error);
/**
 * mos_outreach_start_looked_at: mos_outreach_start(), as long as it is what a person looked at
 * @people: (element-type MosOutreachPerson): as mos_outreach_work_out() gave them; fewer of them may be left
 * @digest: of then
 */
gboolean mos_outreach_start_looked_at (MosTxn *txn, const char *id, GPtrArray *people, const char *digest, GError **error);
/** mos_outreach_pause, _resume: what is in the outbox leaves all the same. MOS_STORE_ERROR_CONFLICT where it is not under way, or does not stand still */
gboolean mos_outreach_pause (MosTxn *txn, const char *id, GError **error);
gboolean mos_outreach_resume (MosTxn *txn, const char *id, GError **error);
/** mos_outreach_cancel: who has none gets none; what has not left the outbox is taken out. @ret_n: (out) (optional): how many that are. MOS_STORE_ERROR_CONFLICT where it is not under way */
gboolean mos_outreach_cancel (MosTxn *txn, const char *id, guint *ret_n, GError **error);
/** mos_outreach_run: makes the next message; see #MosDueWork */
gboolean mos_outreach_run (MosTxn *txn, MosDueRow *due, GError **error);
/** mos_outreach_estimate_us: Pure. @calendar: (nullable): the hours of work. Returns: when @n more would all have been made, from @from_us on; 0 = never */
gint64 mos_outreach_estimate_us (const MosOutreach *outreach, MosCalendar *calendar, guint n, gint64 from_us);

/* mos-outreach-send.c, for the others */
/** mos_outreach_post: @letter to @address, in a conversation that nobody sees. @customer: (nullable): whose; @id: of the message. INVALID: it cannot be sent, nothing was written */
gboolean mos_outreach_post (MosTxn *txn, MosOutreach *outreach, MosOutreachLetter *letter, MosAddress *address, const char *customer, const char *id, GError **error);
/** mos_outreach_judge: what speaks against @person just now. @ret_reason: (out). @ret_is_left_out: (out) */
gboolean mos_outreach_judge (MosTxn *txn, MosOutreach *outreach, const MosOutreachPerson *person, MosLeftOut *ret_reason, gboolean *ret_is_left_out, GError **error);

G_END_DECLS
