/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/composer/mos-address-entry.h"
#include "app/composer/mos-autosave.h"
#include "app/composer/mos-composer.h"
#include "app/widgets/mos-choices.h"

#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-send-facts.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

typedef struct _MosComposerButtons MosComposerButtons;
typedef struct _MosComposerChat MosComposerChat;
typedef struct _MosComposerMacros MosComposerMacros;
typedef struct _MosComposerMacroSteps MosComposerMacroSteps;
typedef struct _MosComposerText MosComposerText;

/* Shared by the files of MosComposer. */
struct _MosComposer
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *box;
  GtkWidget *from_row;
  GtkDropDown *from_choice;
  GtkWidget *to_row;
  MosAddressEntry *to_entry;
  GtkToggleButton *more_recipients;
  GtkWidget *cc_row;
  MosAddressEntry *cc_entry;
  GtkWidget *bcc_row;
  MosAddressEntry *bcc_entry;
  GtkWidget *subject_row;
  GtkText *subject_entry;
  GtkScrolledWindow *scroller;
  GtkSourceView *text_view;
  GtkWidget *quote_box;
  GtkToggleButton *quote_toggle;
  GtkTextView *quote_view;
  GtkWidget *attachments_box;
  AdwWrapBox *attachments;
  GtkLabel *attachments_size;
  GtkWidget *fit_button;
  GtkLabel *problem;
  GtkWidget *attach_button;
  GtkMenuButton *kind_button;
  GtkLabel *hint;
  AdwSplitButton *send_button;
  GtkWidget *note_button;
  GtkWidget *change_button;
  GtkWidget *macro_button;
  GtkWidget *translate_button;
  GtkWidget *writing_bar;
  GtkToggleButton *writing_toggle;
  GtkWidget *format_buttons;
  GtkToggleButton *bold_button;
  GtkToggleButton *italic_button;
  GtkToggleButton *bullets_button;
  GtkToggleButton *numbers_button;
  GtkToggleButton *quote_button;
  GtkMenuButton *language_button;

  GtkWidget *checks;       /* above the buttons: what is amiss; not of the template */
  GtkWidget *first_answer; /* (nullable): of its buttons the one that gets the keyboard */

  /* owned */
  MosDesk *desk;                      /* (nullable) */
  MosDraft *draft;                    /* (nullable): as it was opened; %NULL = closed */
  char *account;                      /* (nullable) */
  char *sender;                       /* (nullable): the address of the account it is written from */
  GPtrArray *choices;                 /* (nullable): of MosFromChoice */
  guint chosen;                       /* of them */
  guint64 send_limit;                 /* bytes the account's server takes, 0 = not known */
  GPtrArray *files;                   /* MosAttachment */
  MosChoices *mentions;               /* (nullable): after "@" in a note */
  MosComposerButtons *buttons;        /* (nullable): once it is disposed of. Answers that the customer has only to press */
  MosComposerChat *chat;              /* (nullable): once it is disposed of. What is particular about a chat */
  MosComposerMacros *macros;          /* what macros have put in */
  MosComposerMacroSteps *macro_steps; /* and how that is taken back */
  MosComposerText *text;              /* marks and spelling of what is written */
  GCancellable *cancellable;          /* of this widget's life */
  MosSendFacts *facts;                /* (nullable): about the conversation, as the person knew it */
  MosSendFacts *news;                 /* (nullable): as it was when sending was tried */
  MosSendPlan plan;                   /* of the message whose checks are shown */
  char *changed;                      /* (nullable): a message that is there already: other words for it are written */
  char *changed_text;                 /* (nullable): what it says */

  gint64 typing_told_us; /* monotonic: when the customer was told last that somebody writes; 0 = is not told */

  MosAutosave autosave;
  guint save_id;
  guint attaching;
  int mention_at;      /* offset of the "@" that names are offered for */
  int mention_left;    /* of the one that Escape ended; -1 = none */
  gboolean is_setting; /* the program writes into the fields, not a person */
  gboolean is_sending;
  gboolean is_checking; /* the desk is asked whether there is news */
  gboolean quote_removed;
};

void mos_composer_forget (MosComposer *self);
/* whether what is written goes into a chat */
gboolean mos_composer_is_chat (MosComposer *self);
void mos_composer_update_kind (MosComposer *self);
void mos_composer_show_problem (MosComposer *self, const char *text);
/* of whoever writes, with the address that is chosen. Returns: (transfer full) */
char *mos_composer_dup_signature (MosComposer *self);

/* mos-composer-save.c */
gint64 mos_composer_now_us (MosComposer *self);
void mos_composer_touch (MosComposer *self);
void mos_composer_save_now (MosComposer *self);
/* @draft could not be sent: it is saved, as it is now where it is still open */
void mos_composer_keep (MosComposer *self, MosDesk *desk, MosDraft *draft);

/* mos-composer-files.c */
void mos_composer_init_files (MosComposer *self);
void mos_composer_update_files (MosComposer *self);
void mos_composer_choose_files (MosComposer *self);
/* the account was chosen: how much its server takes */
void mos_composer_load_limit (MosComposer *self);
/* Returns: (transfer full) (nullable): that the message is too large, and by how much */
char *mos_composer_describe_excess (MosComposer *self);

/* mos-composer-fit.c: pictures that a service does not take become such as it does */
void mos_composer_class_init_fit (GtkWidgetClass *widget_class);
/* the files, or the account, are others: whether it is offered */
void mos_composer_update_fit (MosComposer *self);

/* mos-composer-chat.c */
void mos_composer_class_init_chat (GtkWidgetClass *widget_class);
void mos_composer_init_chat (MosComposer *self);
void mos_composer_dispose_chat (MosComposer *self);
/* a draft is opened: once its text and files are there; does nothing for what is no chat */
void mos_composer_open_chat (MosComposer *self);
void mos_composer_close_chat (MosComposer *self);
/* how much goes out at once, after the text or the files have changed */
void mos_composer_count_chat (MosComposer *self);
/* Returns: whether the platform lets us write there now */
gboolean mos_composer_chat_may_send (MosComposer *self);
/* Returns: whether customers are shown there that somebody writes */
gboolean mos_composer_shows_typing (MosComposer *self);
/* Returns: (transfer none) (nullable): the message that is answered, as the person left it */
const char *mos_composer_get_answered (MosComposer *self);
/* Returns: (transfer full) (nullable): that a file cannot go out there, and what to do */
char *mos_composer_describe_chat_files (MosComposer *self);

/* Returns: (transfer none): what the chosen account can do */
const MosChannelTraits *mos_composer_get_traits (MosComposer *self);

/* mos-composer-buttons.c: answers that the customer has only to press */
void mos_composer_class_init_buttons (GtkWidgetClass *widget_class);
/* @after: the chips come behind it; @ret_add: (out) (transfer full): what makes another, to be placed */
void mos_composer_init_buttons (MosComposer *self, GtkWidget *after, GtkWidget **ret_add);
void mos_composer_dispose_buttons (MosComposer *self);
void mos_composer_open_buttons (MosComposer *self);
void mos_composer_close_buttons (MosComposer *self);
/* another account, or something else is written. Returns: whether there can be any */
gboolean mos_composer_update_buttons (MosComposer *self);
/* Returns: (transfer full) (nullable): what is read on them */
char **mos_composer_dup_buttons (MosComposer *self);

/* mos-composer-typing.c: that somebody writes, shown to the customer */
void mos_composer_init_typing (MosComposer *self);
/* nobody does any more; before the draft is let go of */
void mos_composer_end_typing (MosComposer *self);

/* mos-composer-change.c: other words for a message that is there already */
/* nothing happens to the message; it is closed */
void mos_composer_leave_change (MosComposer *self);
void mos_composer_send_change (MosComposer *self);

/* mos-composer-checks.c */
void mos_composer_init_checks (MosComposer *self);
/* what is known of the conversation now counts as seen; marks recipients that are new to it */
void mos_composer_load_facts (MosComposer *self);
/** MosComposerChecked: @is_fine: nothing is amiss that the person would have to see first; else it is shown now */
typedef void (*MosComposerChecked) (MosComposer *self, gboolean is_fine);
void mos_composer_check (MosComposer *self, MosComposerChecked checked);
/* Returns: whether something was shown */
gboolean mos_composer_hide_checks (MosComposer *self);
/* Returns: whether the list is shown; it has the keyboard then */
gboolean mos_composer_focus_checks (MosComposer *self);

/* mos-composer-text.c */
void mos_composer_class_init_text (GtkWidgetClass *widget_class);
void mos_composer_init_text (MosComposer *self);
/* a draft is opened: before its text is shown */
void mos_composer_open_text (MosComposer *self);
void mos_composer_dispose_text (MosComposer *self);
void mos_composer_finalize_text (MosComposer *self);
/* Returns: (transfer none) (nullable): of the conversation, as it was given */
const char *mos_composer_get_language (MosComposer *self);
/* choices stand where something is typed */
void mos_composer_point_choices (MosComposer *self, MosChoices *choices, const GtkTextIter *at);

/* mos-composer-translate.c */
void mos_composer_class_init_translate (GtkWidgetClass *widget_class);
/* whether it is offered */
void mos_composer_update_translate (MosComposer *self);

/* mos-composer-new-macro.c */
void mos_composer_class_init_new_macro (GtkWidgetClass *widget_class);

/* mos-composer-macros.c */
/* what macros know of whom the draft is for; with mos_desk_load_macro_facts_finish(). @order: (nullable): the one it is about */
void mos_composer_load_macro_facts (MosComposer *self, const char *order, GAsyncReadyCallback callback, gpointer user_data);
void mos_composer_class_init_macros (GtkWidgetClass *widget_class);
void mos_composer_init_macros (MosComposer *self);
/* a draft is opened: once its text is there */
void mos_composer_open_macros (MosComposer *self);
void mos_composer_close_macros (MosComposer *self);
void mos_composer_dispose_macros (MosComposer *self);
void mos_composer_finalize_macros (MosComposer *self);
/* Returns: (transfer full) (nullable) */
MosMacroPlan *mos_composer_dup_plan (MosComposer *self);
/* @plan: (transfer full) */
void mos_composer_set_plan (MosComposer *self, MosMacroPlan *plan);
/* Returns: whether the key was for the macros that are offered */
gboolean mos_composer_macro_key (MosComposer *self, guint keyval, GdkModifierType state);
/* Returns: (transfer full) (nullable): what a macro could not fill in, where that keeps this from being sent */
char *mos_composer_describe_blank (MosComposer *self);
/* Returns: whether something is done to an order when this is sent */
gboolean mos_composer_acts_on_orders (MosComposer *self);
/* goes to the first place in the text that is not filled in. Returns: whether there is one */
gboolean mos_composer_select_blank (MosComposer *self);

/* mos-composer-macro-steps.c: a macro is one step of undo */
void mos_composer_init_macro_steps (MosComposer *self);
void mos_composer_finalize_macro_steps (MosComposer *self);
/* a macro's words stand at the offset @at now. @before: (nullable): the plan without it; @added: what it brought; @files: of MosAttachment: those it brought */
void mos_composer_add_macro_step (MosComposer *self, int at, const char *text, MosMacroPlan *before, MosMacroPlan *added, GPtrArray *files);
/* a draft is opened, or closed: what was undoable is not any more */
void mos_composer_forget_macro_steps (MosComposer *self);

/* mos-composer-mentions.c */
void mos_composer_init_mentions (MosComposer *self);
void mos_composer_dispose_mentions (MosComposer *self);
void mos_composer_close_mentions (MosComposer *self);
/* Returns: whether the key was for the names that are offered */
gboolean mos_composer_mention_key (MosComposer *self, guint keyval, GdkModifierType state);

/* mos-composer-send.c */
void mos_composer_install_send_actions (GtkWidgetClass *widget_class);
void mos_composer_init_send (MosComposer *self);
/* @plan: copied */
void mos_composer_send (MosComposer *self, const MosSendPlan *plan);
/* what was planned when the list of checks came up */
void mos_composer_send_anyway (MosComposer *self);
void mos_composer_update_sensitive (MosComposer *self);

G_END_DECLS
