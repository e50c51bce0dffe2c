/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/window/mos-window.h"

#include "app/composer/mos-composer.h"
#include "app/conversation/mos-conversation-view.h"
#include "app/customer/mos-customer-pane.h"
#include "app/exchange/mos-job-bar.h"
#include "app/inbox/mos-conversation-pane.h"
#include "app/inbox/mos-view-pane.h"
#include "app/triage/mos-triage-page.h"
#include "app/window/mos-send-bar.h"

G_BEGIN_DECLS

struct _MosWindow
{
  AdwApplicationWindow parent_instance;

  /* Template children */
  GtkStack *stack;
  AdwStatusPage *error_page;
  GtkLabel *error_details;
  AdwStatusPage *welcome_page;
  GtkWidget *welcome_button;
  AdwNavigationSplitView *outer;
  AdwNavigationSplitView *inner;
  AdwNavigationPage *conversation_page;
  AdwOverlaySplitView *customer_split;
  AdwWindowTitle *conversation_title;
  GtkMenuButton *menu_button;
  GtkMenuButton *snooze_button;
  AdwToastOverlay *conversation_toasts;
  AdwBin *conversation_bin;
  AdwBin *customer_bin;
  MosJobBar *job_bar;
  MosSendBar *send_bar;
  GtkWidget *probe; /* never shown: knows which actions can be done */
  AdwBanner *held_banner;
  AdwBanner *covered_banner;

  /* Owned */
  MosDesk *desk;                 /* (nullable) */
  MosConversation *conversation; /* (nullable) */
  GCancellable *cancellable;
  char *last_acted;  /* (nullable): conversation of the last action, to go back to when it is undone */
  GPtrArray *recent; /* of MosConversation: those opened last, the newest first */
  char *answer;      /* (nullable): conversation to answer once it is shown */
  char *edited;      /* (nullable): conversation whose draft is to be written on once it is shown */
  char *wanted_act;  /* (nullable): action to activate once the desk has loaded, with its target (nullable) */
  GVariant *wanted_target;
  char *wanted_view; /* (nullable): id of a saved view to show once the desk has it */
  AdwToast *toast;   /* (nullable): the last one that offers an undo */

  /* Children of the template's empty places, owned by the tree; NULL without a desk */
  MosViewPane *view_pane;
  MosConversationPane *pane;
  MosConversationView *view;
  MosCustomerPane *customer;

  /* One at a time; NULL else */
  MosTriagePage *triage; /* a page of the stack */
  MosTriageRun *run;     /* (owned) */

  gulong row_handler;
  guint n_chosen; /* conversations chosen together; 0 = the one that is shown is meant */
  guint focus_id; /* of the idle that looks where the keyboard is */
  gboolean was_in_conversation;
  gboolean sent_last;      /* nothing was done since a message was sent */
  GVariant *later;         /* (nullable): that message, where it is to leave later: its id and its conversation */
  gboolean awaits_account; /* the first one is being added */
  gboolean was_led;        /* from the first steps */
  gboolean loaded;         /* the desk has read its accounts */
  gboolean ready;
  gboolean closing;
  gboolean may_close;

  GHashTable *wanted_actions;  /* (owned): static name -> whether it is to be possible; until they are applied */
  GHashTable *enabled_actions; /* (owned): static name -> what GTK was told last */
};

/* mos-window.c */
gboolean mos_window_is_writing_new (MosWindow *self);
/** mos_window_on_acted_cb: for an action of the desk whose failure alone is said; @user_data: (transfer full): the window */
void mos_window_on_acted_cb (GObject *source, GAsyncResult *result, gpointer user_data);
/* mos-window-actions.c */
void mos_window_class_install_actions (GtkWidgetClass *widget_class);
void mos_window_update_actions (MosWindow *self);
/**
 * mos_window_want_action: whether an action of the window is possible, of which mos_window_apply_actions() tells GTK only what changed: that goes through
 * the actions of every widget in the window each time.
 * @name: static
 */
void mos_window_want_action (MosWindow *self, const char *name, gboolean enabled);
void mos_window_apply_actions (MosWindow *self);
/* mos-window-conversation.c: what is done to the conversation that is shown */
void mos_window_class_install_conversation_actions (GtkWidgetClass *widget_class);
void mos_window_update_conversation_actions (MosWindow *self);
/** MosWindowAct: a function of the desk that acts on conversations */
typedef void (*MosWindowAct) (MosDesk *desk, const char *const *conversations, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_window_act: does it to the conversation shown, says so under @nick and offers the undo */
void mos_window_act (MosWindow *self, const char *nick, MosWindowAct act);
/** MosWindowTextAct: the same with a text (nullable): the id of an agent, a language, the id of a category */
typedef void (*MosWindowTextAct) (MosDesk *desk, const char *const *conversations, const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** mos_window_act_text: mos_window_act() of such a one */
void mos_window_act_text (MosWindow *self, const char *nick, MosWindowTextAct act, const char *text);
/** mos_window_offer_undo: says that @nick was done to @conversation, with a button that takes @batch back */
void mos_window_offer_undo (MosWindow *self, const char *nick, gint64 batch, const char *conversation);
/** mos_window_offer_undo_many: the same for @n conversations; @conversation: (nullable): to go back to */
void mos_window_offer_undo_many (MosWindow *self, const char *nick, gint64 batch, const char *conversation, guint n);
/** mos_window_dup_targets: Returns: (transfer full) (nullable): what conversation.* is about: those chosen together, else the one that is shown */
GStrv mos_window_dup_targets (MosWindow *self);
/** mos_window_leave_conversation: goes to the next one in the list */
void mos_window_leave_conversation (MosWindow *self);
/* mos-window-score.c */
void mos_window_note_call (GtkWidget *widget, const char *name, GVariant *parameter);
/** mos_window_note_call_of: notes a call with @customer, which is about no conversation that is open */
void mos_window_note_call_of (MosWindow *self, const char *customer);
void mos_window_call_back (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_show_call_backs (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_record_score (GtkWidget *widget, const char *name, GVariant *parameter);

/* mos-window-surveys.c: what is asked, and who is unhappy: those that take "s" the id of a survey, "" = of who waits longest; win.surveys-of "s" an account */
void mos_window_show_surveys (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_export_surveys (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_dismiss_survey (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_settle_rescue (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_remind_rescue (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_apologize (GtkWidget *widget, const char *name, GVariant *parameter);
/** mos_window_update_survey_actions: whether there is something of them in the conversation that is shown */
void mos_window_update_survey_actions (MosWindow *self);

/* mos-window-category.c: conversation.category and what belongs to it */
void mos_window_set_category (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_choose_category (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_accept_category (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_dismiss_category (GtkWidget *widget, const char *name, GVariant *parameter);
/** mos_window_update_category_actions: whether there is something to accept for the conversation that is shown */
void mos_window_update_category_actions (MosWindow *self);
/* mos-window-quarantine.c */
void mos_window_sender_action (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_erase_action (GtkWidget *widget, const char *name, GVariant *parameter);
/* mos-window-joining.c: merge, move, split. The message is @parameter, else the one where the keyboard is */
void mos_window_merge (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_move_message (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_split_message (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_choose_messages (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_open_other (GtkWidget *widget, const char *name, GVariant *parameter);
/* mos-window-views.c: views and agents */
void mos_window_new_view (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_edit_view (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_remove_view (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_move_view (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_choose (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_show_team (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_merge_chosen (MosWindow *self);
/** mos_window_show_wanted_view: goes to the view that was just made, as soon as the desk has it */
void mos_window_show_wanted_view (MosWindow *self);
/** mos_window_write_to: begins a new message; @address: (nullable): to whom */
void mos_window_write_to (MosWindow *self, const char *address);
/** mos_window_show_writing: where a new message is written comes to the front, also in a narrow window */
void mos_window_show_writing (MosWindow *self);
/* mos-window-mailto.c: win.write-mail "s": a mailto: link */
void mos_window_write_mail (GtkWidget *widget, const char *name, GVariant *parameter);
/* mos-window-who.c */
void mos_window_show_who (GtkWidget *widget, const char *name, GVariant *parameter);
/* mos-window-orders.c */
void mos_window_act_on_order (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_say_of_order (GtkWidget *widget, const char *name, GVariant *parameter);

/* mos-window-macros.c */
/** mos_window_use_macro: win.use-macro: into what is being written, or as an answer to the conversation shown, or on those chosen; conversation.apply-macro: without a composer */
void mos_window_use_macro (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_choose_macro (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_show_macros (GtkWidget *widget, const char *name, GVariant *parameter);
/* "(ssb)": the language of a text, the text, whether it is a note: a macro that is made of it */
void mos_window_write_macro (GtkWidget *widget, const char *name, GVariant *parameter);
/* mos-window-outreach.c: win.outreach; win.write-to-segment "s", win.write-to-customers "as": a new one, to a segment, to customers by their ids; win.write-to-orders
 * "(uas)": to those of orders by their ids, without a parcel for so many days (0 = not asked) */
void mos_window_show_outreach (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_show_orders (GtkWidget *widget, const char *name, GVariant *parameter);
/* mos-window-dashboard.c: win.dashboard, win.week */
void mos_window_show_dashboard (GtkWidget *widget, const char *name, GVariant *parameter);
/* mos-window-palette.c */
void mos_window_open_palette (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_show_customer (GtkWidget *widget, const char *name, GVariant *parameter);
/** mos_window_note_opened: puts the conversation that is shown first among those opened last */
void mos_window_note_opened (MosWindow *self);
/* mos-window-triage.c: one at a time. Each of these does nothing where it is not going on */
void mos_window_triage (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_leave_triage (MosWindow *self);
/** mos_window_triage_step: @step: 1 or -1. Returns: whether it is going on */
gboolean mos_window_triage_step (MosWindow *self, int step);
/** mos_window_triage_note: @nick was done to @conversation (nullable); goes on where that was what the turn was for */
void mos_window_triage_note (MosWindow *self, const char *nick, gint64 batch, const char *conversation);
/** mos_window_triage_undone: what was done to @conversation (nullable: the last one) was taken back. Returns: whether it is going on */
gboolean mos_window_triage_undone (MosWindow *self, const char *conversation);
/* mos-window-panes.c: where the keyboard is */
void mos_window_focus_list (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_focus_pane (GtkWidget *widget, const char *name, GVariant *parameter);
/* mos-window-focus.c */
void mos_window_watch_focus (MosWindow *self);
void mos_window_unwatch_focus (MosWindow *self);
/** mos_window_check_focus: soon, gives the keyboard a place where it has none */
void mos_window_check_focus (MosWindow *self);
/* mos-window-close.c */
/** mos_window_may_close: Returns: whether it may close at once; otherwise it closes by itself, or the person is asked */
gboolean mos_window_may_close (MosWindow *self);
/** mos_window_ask_background: the first time a window with accounts is closed: whether Mostrador goes on without it. Returns: whether it was asked, and the window stays until the answer */
gboolean mos_window_ask_background (MosWindow *self);
/* mos-window-exchange.c */
void mos_window_import_mail (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_export (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_on_job_ended (MosWindow *self, MosJob *job);
/* mos-window-first-steps.c */
void mos_window_show_first_steps (GtkWidget *widget, const char *name, GVariant *parameter);
/** mos_window_watch_first_steps: they come up by themselves once, when the first account of a desk was added */
void mos_window_watch_first_steps (MosWindow *self);
/** mos_window_await_account: an account is being added: is it the first? */
void mos_window_await_account (MosWindow *self);
/** mos_window_check_first_steps: accounts, or what lies over the window, are others */
void mos_window_check_first_steps (MosWindow *self);
/* mos-window-order-link.c */
/** mos_window_on_link_order: a person says in the pane of the customer whose an order is */
void mos_window_on_link_order (MosWindow *self, const char *order, const char *customer, const char *conversation, gboolean is_theirs);
/* mos-window-due.c */
void mos_window_remind (GtkWidget *widget, const char *name, GVariant *parameter);
void mos_window_show_held (GtkWidget *widget, const char *name, GVariant *parameter);
/** mos_window_begin_answer: where the conversation that is to be answered is shown now */
void mos_window_begin_answer (MosWindow *self);
/** mos_window_watch_held: the banner follows what the window's desk holds */
void mos_window_watch_held (MosWindow *self);
/* mos-window-sending.c */
void mos_window_init_sending (MosWindow *self);
/** mos_window_on_sent: a message was sent from the view */
void mos_window_on_sent (MosWindow *self, const MosSentMessage *sent);
/** mos_window_undo_sending: takes the last message back, where sending it was the last thing that was done. Returns: whether there is one */
gboolean mos_window_undo_sending (MosWindow *self);
void mos_window_undo_send (GtkWidget *widget, const char *name, GVariant *parameter);
/** mos_window_begin_editing: where the conversation whose message was taken back is shown now */
void mos_window_begin_editing (MosWindow *self);
/* mos-window-accounts.c */
void mos_window_update_banner (MosWindow *self);
void mos_window_on_banner_clicked (MosWindow *self);
void mos_window_add_account (MosWindow *self);
/** mos_window_show_account: @setting: (nullable): id of the #MosSetting that is to have the keyboard */
void mos_window_show_account (MosWindow *self, const char *account, const char *setting);

/* mos-window-shops.c */
/** mos_window_watch_shops: shops are asked more often while the window is looked at */
void mos_window_watch_shops (MosWindow *self);

G_END_DECLS
