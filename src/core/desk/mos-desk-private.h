/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-worker.h"
#include "core/channels/mos-channel-host.h"
#include "core/desk/mos-calendars.h"
#include "core/desk/mos-desk.h"
#include "core/desk/mos-reports.h"
#include "core/desk/mos-translating.h"
#include "core/desk/mos-view-counter.h"
#include "core/model/mos-entity-cache.h"

G_BEGIN_DECLS

struct _MosDesk
{
  GObject parent_instance;

  /* Owned references */
  MosStore *store;
  MosEntityCache *conversations;
  MosEntityCache *messages;
  GListStore *accounts;  /* of MosAccountItem */
  GListStore *jobs;      /* of MosJob */
  GPtrArray *agents;     /* of MosAgent, me first */
  GPtrArray *views;      /* of MosSavedView: those that I see */
  GHashTable *looks;     /* key of a view -> MosViewLook: what I changed */
  GPtrArray *categories; /* of MosCategory, in their order, removed ones last */
  GPtrArray *macros;     /* of MosMacro: those that I see */
  GPtrArray *calendars;  /* of MosCalendarVersion, oldest first */
  MosTargets *targets;   /* those that are valid now */
  GStrv tags;
  char *me;                        /* (nullable) id of the agent of this window */
  char *attribution;               /* (nullable) template of the line above a quote */
  char *forward_heading;           /* (nullable) */
  char *date_format;               /* (nullable) */
  guint quote_history;             /* a MosQuoteHistory */
  GHashTable *channels;            /* account id -> MosChannel */
  GObject *host;                   /* (nullable) MosDeskHost: the desk as the channels' threads see it */
  GObject *scheduler;              /* (nullable) MosScheduler */
  GObject *file_text;              /* (nullable) MosFileText */
  GHashTable *shops;               /* (nullable) id of a shop -> what reads it */
  GPtrArray *ending;               /* (nullable) of GThread: what waits for those that read a shop no more */
  GPtrArray *wanted;               /* ids of conversations whose rows are to be read */
  GHashTable *wanted_set;          /* the same ids (borrowed) */
  MosWorker *worker;               /* (nullable) for what blocks: keyring, DNS, tests of accounts */
  MosWorker *sign_in_worker;       /* (nullable) waits for a browser, while the other one works */
  MosWorker *translate_worker;     /* (nullable) waits for the service that translates */
  MosTranslating *translating;     /* (nullable) of that worker's thread */
  MosTranslateSettings *translate; /* which service */
  char *translate_mark;            /* all that is known of it: what has changed where this has */
  GCancellable *cancellable;       /* ends with the desk */

  MosViewCounter *counter; /* of the reader thread */
  GHashTable *count_ids;   /* conversations that it has not counted again yet */
  GPtrArray *count_seen;   /* (nullable) views that were looked at since */
  gboolean count_all;      /* anything may have changed */

  MosReportCache *reports; /* of the reader thread */

  gint64 first_batch; /* the last batch before this desk: no undo without a number reaches back to it */
  MosDeskFlags flags;
  gulong changed_id;
  guint load_id;
  guint counts_id;
  guint lists_id;
  guint macros_id;
  gboolean started;
  gboolean leaves_files; /* attachments are not read for the search */
  gboolean channels_run; /* the outbox of the last run is settled */
  guint n_saving;        /* accounts that are being saved here: their channels begin when their secrets are there */
  gboolean follow_later;
  gboolean backup_failed; /* the last planned backup, as far as is known */
};

/* ---- one call to the store ---- */

typedef struct _MosDeskCall MosDeskCall;

/** MosDeskFunc: runs on the store's thread; leaves what the caller gets in call->result */
typedef gboolean (*MosDeskFunc) (MosTxn *txn, MosDeskCall *call, GError **error);

/**
 * MosDeskCall:
 *
 * What one asynchronous call carries to the store's thread and back: the
 * arguments it needs of those below, and its result. The main thread does not
 * look at it while it is under way.
 */
struct _MosDeskCall
{
  MosDeskFunc func;
  GStrv ids;
  char *text;
  char *other;
  char *third;
  gint64 time_us;
  int number;
  gboolean flag;
  gpointer value;
  GDestroyNotify value_free;
  gpointer result;
  GDestroyNotify result_free;
  GPtrArray *released; /* (nullable) (element-type MosIngestResult): what it let out of the quarantine; told as arrived once it is done */
  gint64 batch;
  GCancellable *cancellable; /* (unowned) (nullable): while it runs: for what takes long */
};

MosDeskCall *mos_desk_call_new (MosDeskFunc func);
/** mos_desk_call_new_for: the same with its ids */
MosDeskCall *mos_desk_call_new_for (MosDeskFunc func, const char *const *ids);
/** mos_desk_call_new_text: the same with its text; @text: (nullable) */
MosDeskCall *mos_desk_call_new_text (MosDeskFunc func, const char *text);
/** mos_desk_call_new_value: the same with its value; @value: (transfer full) */
MosDeskCall *mos_desk_call_new_value (MosDeskFunc func, gpointer value, GDestroyNotify value_free);
/** mos_desk_call_new_pair: the same about two: its text and its other; with @ids (nullable) */
MosDeskCall *mos_desk_call_new_pair (MosDeskFunc func, const char *text, const char *other, const char *const *ids);
/** MOS_CALL_IDS: what the actions take */
#define MOS_CALL_IDS(call) ((const char *const *) (call)->ids)
void mos_desk_call_set_value (MosDeskCall *call, gpointer value, GDestroyNotify value_free);
void mos_desk_call_take_result (MosDeskCall *call, gpointer result, GDestroyNotify result_free);
/** mos_desk_call_take_list: the same of what a read gave. @list: (transfer full) (nullable): %NULL = it failed. Returns: whether there is one */
gboolean mos_desk_call_take_list (MosDeskCall *call, GPtrArray *list);
/** mos_desk_read: @call: (transfer full) */
void mos_desk_read (MosDesk *self, MosDeskCall *call, gpointer source_tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_write: @call: (transfer full); the actor is the agent of this window; @label: (nullable): makes it undoable */
void mos_desk_write (MosDesk *self, MosDeskCall *call, const char *label, gpointer source_tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_read_text: mos_desk_read() of a call that needs nothing but its text */
void mos_desk_read_text (MosDesk *self, MosDeskFunc func, const char *text, gpointer source_tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_read_typed: the same of something that a person types, who wants to see @max at most: the call's number. @text: made valid UTF-8 */
void mos_desk_read_typed (MosDesk *self, MosDeskFunc func, const char *text, guint max, gpointer source_tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_write_text: mos_desk_write() of one */
void mos_desk_write_text (MosDesk *self, MosDeskFunc func, const char *text, const char *label, gpointer source_tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_desk_act: mos_desk_write() of a call that needs nothing but its ids */
void mos_desk_act (MosDesk *self, MosDeskFunc func, const char *const *ids, const char *label, gpointer source_tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gpointer mos_desk_call_finish (MosDesk *self, GAsyncResult *result, gpointer source_tag, GError **error);

MosMessage *mos_desk_ref_message (MosDesk *self, const char *id);
const char *mos_desk_get_me (MosDesk *self);

/** mos_desk_queue_counts: emits "counts-changed" soon */
void mos_desk_queue_counts (MosDesk *self);
void mos_desk_emit_arrived (MosDesk *self, MosConversationRow *row, MosMessageRow *message);
void mos_desk_emit_came (MosDesk *self, MosDueRow *due, MosConversationRow *row);
/** mos_desk_tell_came: emits `came` as soon as its conversation is read */
void mos_desk_tell_came (MosDesk *self, MosDueRow *due);
/* mos-targets.c */
/** mos_desk_tell_targets: emits "targets-told" as soon as what it names is read */
void mos_desk_tell_targets (MosDesk *self, MosDueRow *due);
/** mos_desk_follow_zone: what is due is so by the clock of this computer, where the hours of work have no zone of their own */
void mos_desk_follow_zone (MosDesk *self);
void mos_desk_emit_send_failed (MosDesk *self, MosOutboxItem *item);

/* mos-desk-macros.c */
/** mos_desk_queue_macros: reads them again soon; "macros-changed" tells */
void mos_desk_queue_macros (MosDesk *self);

/* mos-desk-shops.c */
/** mos_desk_follow_shops: the list of shops may be another: each that is there is read */
void mos_desk_follow_shops (MosDesk *self);
void mos_desk_stop_shops (MosDesk *self);

/* mos-desk-backup.c */
/** mos_desk_begin_backups: what the plan wanted while nothing ran */
void mos_desk_begin_backups (MosDesk *self);
/** mos_desk_backup_ended: a job ended; where it is a planned backup, it is told what came of it */
void mos_desk_backup_ended (MosDesk *self, MosJob *job);

/* mos-desk-translate.c */
/** mos_desk_mark_translate: Returns: whether something else is known of it than when it was called last */
gboolean mos_desk_mark_translate (MosDesk *self);

/* mos-desk-jobs.c */
void mos_desk_load_jobs (MosDesk *self);
void mos_desk_stop_jobs (MosDesk *self);

/* mos-desk-mailbox.c */
/** MosDeskAction: one of mos-actions.h */
typedef gboolean (*MosDeskAction) (MosTxn *txn, const char *const *ids, GError **error);
/** mos_desk_call_release: runs @action on the call's ids and leaves in the call what it let out of the quarantine. @are_messages: the ids are those of messages */
gboolean mos_desk_call_release (MosTxn *txn, MosDeskCall *call, MosDeskAction action, gboolean are_messages, GError **error);

/* mos-desk-channels.c */
void mos_desk_start_channels (MosDesk *self);
void mos_desk_stop_channels (MosDesk *self);
void mos_desk_wake_channels (MosDesk *self, const char *account, guint what);
void mos_desk_restart_channel (MosDesk *self, MosAccount *account);
MosChannelHost *mos_desk_ensure_host (MosDesk *self);
/* The list of accounts was read: channels of those that were changed elsewhere (mostradorctl) begin anew, those of removed ones end. */
void mos_desk_follow_accounts (MosDesk *self);
/** mos_desk_tell_arrived: @results: (element-type MosIngestResult): emits `arrived` for each, as soon as they are read */
void mos_desk_tell_arrived (MosDesk *self, GPtrArray *results);
MosAccountStatus *mos_desk_merge_status (MosAccountStatus *live, MosAccountStatus *stored);
void mos_desk_stop_channel (MosDesk *self, const char *account);

G_END_DECLS
