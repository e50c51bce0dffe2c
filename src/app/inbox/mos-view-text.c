/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-view-text.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *title;
  const char *icon;
  const char *empty_title;
  const char *empty_description;
  const char *next_step; /* on the button below it */
  const char *next_action;
} ViewText;

static const ViewText view_texts[] = {
  [MOS_VIEW_MINE] = {
      NC_ ("view", "Mine"),
      "avatar-default-symbolic",
      N_ ("Nothing is yours"),
      N_ ("Conversations assigned to you appear here. Look at Unassigned to take one."),
      N_ ("Show _Unassigned"),
      "win.show-view('unassigned')",
  },
  [MOS_VIEW_MENTIONS] = {
      NC_ ("view", "Mentions"),
      "mail-reply-all-symbolic",
      N_ ("Nobody mentioned you"),
      N_ ("A note that says “@” and your name puts its conversation here."),
      N_ ("Show All _Open"),
      "win.show-view('all_open')",
  },
  [MOS_VIEW_UNASSIGNED] = {
      NC_ ("view", "Unassigned"),
      "mos-inbox-symbolic",
      N_ ("Nothing unassigned"),
      N_ ("Everything that came in has somebody who looks after it."),
      N_ ("Show All _Open"),
      "win.show-view('all_open')",
  },
  [MOS_VIEW_WAITING] = {
      NC_ ("view", "Waiting longest"),
      "mos-clock-symbolic",
      N_ ("Nobody is waiting"),
      N_ ("Every customer has an answer. Time for a coffee."),
      N_ ("Show All _Open"),
      "win.show-view('all_open')",
  },
  [MOS_VIEW_BREACHING] = {
      NC_ ("view", "Breaching soon"),
      "mos-due-symbolic",
      N_ ("Everything is in time"),
      N_ ("Conversations whose answer or close is nearly due, or overdue, appear here, the most pressing first. Preferences say within what time."),
      N_ ("_Targets…"),
      "win.show-setting('targets-urgent')",
  },
  [MOS_VIEW_ALL_OPEN] = {
      NC_ ("view", "All open"),
      "mail-unread-symbolic",
      N_ ("Nothing is open"),
      N_ ("All conversations are answered or closed. New mail appears here by itself."),
      N_ ("_Check for Mail"),
      "win.sync",
  },
  [MOS_VIEW_RESCUES] = {
      NC_ ("view", "Answers to look at"),
      "face-sad-symbolic",
      N_ ("Every answer was looked at"),
      N_ ("What customers write when they are asked is shown here until somebody has looked at it, and a low score until you say what came of it."),
      N_ ("Sur_veys…"),
      "win.surveys",
  },
  [MOS_VIEW_DRAFTS] = {
      NC_ ("view", "Drafts"),
      "document-edit-symbolic",
      N_ ("No drafts"),
      N_ ("What you begin to write is kept here until you send it."),
      N_ ("_New Message"),
      "win.new-message",
  },
  [MOS_VIEW_SCHEDULED] = {
      NC_ ("view", "Scheduled"),
      "document-send-symbolic",
      N_ ("Nothing is scheduled"),
      N_ ("Messages that wait for their time to be sent are shown here."),
      N_ ("_New Message"),
      "win.new-message",
  },
  [MOS_VIEW_SNOOZED] = {
      NC_ ("view", "Snoozed"),
      "alarm-symbolic",
      N_ ("Nothing snoozed"),
      N_ ("Snooze a conversation to have it come back at the right time."),
      N_ ("Show All _Open"),
      "win.show-view('all_open')",
  },
  [MOS_VIEW_CLOSED] = {
      NC_ ("view", "Closed"),
      "mos-check-circle-symbolic",
      N_ ("Nothing closed yet"),
      N_ ("Conversations that are done appear here. They open again when the customer writes."),
      N_ ("Show All _Open"),
      "win.show-view('all_open')",
  },
  [MOS_VIEW_ALL] = {
      NC_ ("view", "Everything"),
      "view-list-symbolic",
      N_ ("Nothing here yet"),
      N_ ("All conversations, open and closed, appear here."),
      N_ ("_Import Mail…"),
      "win.import-mail",
  },
  [MOS_VIEW_FAILED] = {
      NC_ ("view", "Failed to send"),
      "dialog-warning-symbolic",
      N_ ("Everything was sent"),
      N_ ("A message that does not reach the server is shown here with the reason."),
      N_ ("Show All _Open"),
      "win.show-view('all_open')",
  },
  [MOS_VIEW_QUARANTINE] = {
      NC_ ("view", "Quarantine"),
      "mos-shield-symbolic",
      N_ ("The quarantine is empty"),
      N_ ("Automatic replies, bounces, blocked senders and what the server holds for spam are set aside here with their cause. Nothing is thrown away."),
      N_ ("Show All _Open"),
      "win.show-view('all_open')",
  },
  [MOS_VIEW_SPAM] = {
      NC_ ("view", "Spam"),
      "mail-mark-junk-symbolic",
      N_ ("No spam"),
      N_ ("What you mark as spam appears here."),
      N_ ("Show All _Open"),
      "win.show-view('all_open')",
  },
  [MOS_VIEW_DELETED] = {
      NC_ ("view", "Deleted"),
      "user-trash-symbolic",
      N_ ("Nothing deleted"),
      N_ ("Deleted conversations can be restored from here, or deleted for good."),
      N_ ("Show All _Open"),
      "win.show-view('all_open')",
  },
  [MOS_VIEW_ACCOUNT] = {
      NULL,
      "mail-unread-symbolic",
      N_ ("Nothing open in this account"),
      N_ ("New mail appears here by itself."),
      N_ ("_Check for Mail"),
      "win.sync",
  },
  [MOS_VIEW_CUSTOMER] = {
      NULL,
      "avatar-default-symbolic",
      N_ ("No conversations"),
      N_ ("This customer has not written yet."),
      N_ ("_New Message"),
      "win.new-message",
  },
  [MOS_VIEW_SAVED] = {
      NULL,
      "folder-saved-search-symbolic",
      N_ ("Nothing fits this view"),
      N_ ("Conversations that fit its search appear here by themselves."),
      N_ ("_Change This View…"),
      "win.edit-view",
  },
  [MOS_VIEW_SEARCH] = {
      NC_ ("view", "Search results"),
      "edit-find-symbolic",
      N_ ("Nothing found"),
      N_ ("Try fewer or shorter words. The beginning of a word followed by * finds longer ones, “-word” leaves a word out."),
      N_ ("_How to Search"),
      "win.help-page('search')",
  },
};

const char *
mos_view_text_get_title (MosViewKind kind)
{
  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (view_texts), "");

  return view_texts[kind].title != NULL ? g_dpgettext2 (NULL, "view", view_texts[kind].title) : "";
}

const char *
mos_view_text_get_icon (MosViewKind kind)
{
  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (view_texts), "");

  return view_texts[kind].icon;
}

void
mos_view_text_get_empty (MosViewKind kind,
                         const char **ret_title,
                         const char **ret_description)
{
  g_return_if_fail ((gsize) kind < G_N_ELEMENTS (view_texts));

  *ret_title = _ (view_texts[kind].empty_title);
  *ret_description = _ (view_texts[kind].empty_description);
}

void
mos_view_text_get_next_step (MosViewKind kind,
                             const char **ret_label,
                             const char **ret_action)
{
  g_return_if_fail ((gsize) kind < G_N_ELEMENTS (view_texts));

  *ret_label = _ (view_texts[kind].next_step);
  *ret_action = view_texts[kind].next_action;
}

const char *
mos_conversation_who_text (MosConversationRow *row)
{
  g_return_val_if_fail (row != NULL, "");

  if (row->customer_name != NULL && *row->customer_name != '\0')
    return row->customer_name;
  return row->customer_address != NULL ? row->customer_address : _ ("Unknown sender");
}

const char *
mos_priority_phrase (MosPriority priority)
{
  switch (priority)
    {
    case MOS_PRIORITY_LOW:
      return C_ ("priority", "Low priority");
    case MOS_PRIORITY_NORMAL:
      return C_ ("priority", "Normal priority");
    case MOS_PRIORITY_HIGH:
      return C_ ("priority", "High priority");
    case MOS_PRIORITY_URGENT:
      return C_ ("priority", "Urgent");
    default:
      g_return_val_if_reached ("");
    }
}

char *
mos_action_text_done (const char *nick,
                      guint n)
{
  g_return_val_if_fail (nick != NULL, g_strdup (""));

  if (g_str_equal (nick, "close"))
    return g_strdup_printf (ngettext ("Closed", "%u conversations closed", n), n);
  if (g_str_equal (nick, "reopen"))
    return g_strdup_printf (ngettext ("Reopened", "%u conversations reopened", n), n);
  if (g_str_equal (nick, "pending"))
    return g_strdup_printf (ngettext ("Waiting for the customer", "%u conversations wait for the customer", n), n);
  if (g_str_equal (nick, "snooze"))
    return g_strdup_printf (ngettext ("Snoozed", "%u conversations snoozed", n), n);
  if (g_str_equal (nick, "remind"))
    return g_strdup (_ ("You will be reminded if nobody answers"));
  if (g_str_equal (nick, "call"))
    return g_strdup (_ ("Call noted"));
  if (g_str_equal (nick, "callback"))
    return g_strdup (_ ("You will be told when it is time to call"));
  if (g_str_equal (nick, "spam"))
    return g_strdup_printf (ngettext ("Marked as spam", "%u conversations marked as spam", n), n);
  if (g_str_equal (nick, "not-spam"))
    return g_strdup_printf (ngettext ("Not spam any more", "%u conversations are not spam any more", n), n);
  if (g_str_equal (nick, "assign"))
    return g_strdup_printf (ngettext ("Assigned", "%u conversations assigned", n), n);
  if (g_str_equal (nick, "unassign"))
    return g_strdup_printf (ngettext ("Assigned to nobody", "%u conversations assigned to nobody", n), n);
  if (g_str_equal (nick, "priority"))
    return g_strdup_printf (ngettext ("Priority changed", "Priority of %u conversations changed", n), n);
  if (g_str_equal (nick, "language"))
    return g_strdup_printf (ngettext ("Language changed", "Language of %u conversations changed", n), n);
  if (g_str_equal (nick, "category"))
    return g_strdup_printf (ngettext ("Category changed", "Category of %u conversations changed", n), n);
  if (g_str_equal (nick, "category-dismiss"))
    return g_strdup (_ ("Not suggested here any more"));
  if (g_str_equal (nick, "category-remove"))
    return g_strdup (_ ("Category removed; conversations keep it"));
  if (g_str_equal (nick, "tag"))
    return g_strdup_printf (ngettext ("Tag added", "Tag added to %u conversations", n), n);
  if (g_str_equal (nick, "untag"))
    return g_strdup_printf (ngettext ("Tag removed", "Tag removed from %u conversations", n), n);
  if (g_str_equal (nick, "delete"))
    return g_strdup_printf (ngettext ("Deleted", "%u conversations deleted", n), n);
  if (g_str_equal (nick, "restore"))
    return g_strdup_printf (ngettext ("Restored", "%u conversations restored", n), n);
  if (g_str_equal (nick, "release"))
    return g_strdup_printf (ngettext ("Released from the quarantine", "%u conversations released from the quarantine", n), n);
  if (g_str_equal (nick, "allow-sender"))
    return g_strdup (_ ("Released; this sender is always let through from now on"));
  if (g_str_equal (nick, "block-sender"))
    return g_strdup (_ ("Blocked, and put into the quarantine"));
  if (g_str_equal (nick, "note"))
    return g_strdup (_ ("Note added"));
  if (g_str_equal (nick, "take-draft"))
    return g_strdup (_ ("The draft is yours now"));
  if (g_str_equal (nick, "discard-draft"))
    return g_strdup (_ ("Draft discarded"));
  if (g_str_equal (nick, "merge"))
    return g_strdup_printf (ngettext ("Merged", "%u conversations merged", n), n);
  if (g_str_equal (nick, "split"))
    return g_strdup (_ ("Split into a conversation of its own"));
  if (g_str_equal (nick, "move"))
    return g_strdup (_ ("Moved"));
  if (g_str_equal (nick, "order-link"))
    return g_strdup (_ ("The order is theirs now"));
  if (g_str_equal (nick, "order-unlink"))
    return g_strdup (_ ("The order is not theirs any more"));
  if (g_str_equal (nick, "survey"))
    return g_strdup (_ ("Score recorded"));
  if (g_str_equal (nick, "survey-settings"))
    return g_strdup (_ ("Survey changed"));
  if (g_str_equal (nick, "survey-dismiss"))
    return g_strdup (_ ("They will not be asked"));
  if (g_str_equal (nick, "rescue"))
    return g_strdup (_ ("What came of it is noted"));
  if (g_str_equal (nick, "rescue-remind"))
    return g_strdup (_ ("You will be reminded"));
  if (g_str_equal (nick, "view-remove"))
    return g_strdup (_ ("View deleted"));
  if (g_str_equal (nick, "macro"))
    return g_strdup_printf (ngettext ("Macro applied", "Macro applied to %u conversations", n), n);
  if (g_str_equal (nick, "macro-remove"))
    return g_strdup (_ ("Macro deleted"));
  return g_strdup (_ ("Done"));
}

const char *
mos_action_text_undone (const char *nick)
{
  if (g_strcmp0 (nick, "close") == 0)
    return _ ("Closing was undone");
  if (g_strcmp0 (nick, "snooze") == 0)
    return _ ("Snoozing was undone");
  if (g_strcmp0 (nick, "remind") == 0)
    return _ ("You will not be reminded");
  if (g_strcmp0 (nick, "call") == 0)
    return _ ("The call is not noted any more");
  if (g_strcmp0 (nick, "callback") == 0)
    return _ ("Nobody needs to call back");
  if (g_strcmp0 (nick, "uncallback") == 0)
    return _ ("They are to be called back again");
  if (g_strcmp0 (nick, "delete") == 0)
    return _ ("Deleting was undone");
  if (g_strcmp0 (nick, "assign") == 0)
    return _ ("Assigning was undone");
  if (g_strcmp0 (nick, "tag") == 0 || g_strcmp0 (nick, "untag") == 0)
    return _ ("The tags are as before");
  if (g_strcmp0 (nick, "priority") == 0)
    return _ ("The priority is as before");
  if (g_strcmp0 (nick, "language") == 0)
    return _ ("The language is as before");
  if (g_strcmp0 (nick, "category") == 0)
    return _ ("The category is as before");
  if (g_strcmp0 (nick, "category-dismiss") == 0)
    return _ ("It is suggested again");
  if (g_strcmp0 (nick, "category-remove") == 0)
    return _ ("The category is back");
  if (nick != NULL && g_str_has_prefix (nick, "category-"))
    return _ ("The categories are as before");
  if (g_strcmp0 (nick, "merge") == 0)
    return _ ("They are two conversations again");
  if (g_strcmp0 (nick, "split") == 0)
    return _ ("They are one conversation again");
  if (g_strcmp0 (nick, "move") == 0)
    return _ ("Moving was undone");
  if (g_strcmp0 (nick, "take-draft") == 0)
    return _ ("The draft was given back");
  if (g_strcmp0 (nick, "discard-draft") == 0)
    return _ ("The draft is back");
  if (g_strcmp0 (nick, "calendar") == 0)
    return _ ("The business hours are as before");
  if (g_strcmp0 (nick, "targets") == 0)
    return _ ("The targets are as before");
  if (g_strcmp0 (nick, "retention") == 0)
    return _ ("What is kept how long is as before");
  if (g_strcmp0 (nick, "keep") == 0)
    return _ ("It goes when its time is over");
  if (g_strcmp0 (nick, "unkeep") == 0)
    return _ ("It is kept for ever");
  if (g_strcmp0 (nick, "order-link") == 0 || g_strcmp0 (nick, "order-unlink") == 0)
    return _ ("The order is whose it was before");
  if (g_strcmp0 (nick, "survey") == 0)
    return _ ("The score is gone again");
  if (g_strcmp0 (nick, "survey-settings") == 0)
    return _ ("The survey is as before");
  if (g_strcmp0 (nick, "survey-dismiss") == 0)
    return _ ("They will be asked");
  if (g_strcmp0 (nick, "rescue") == 0)
    return _ ("The low score is as before");
  if (g_strcmp0 (nick, "rescue-remind") == 0)
    return _ ("You are reminded when you were before");
  if (g_strcmp0 (nick, "view-add") == 0)
    return _ ("The new view is gone again");
  if (g_strcmp0 (nick, "view-remove") == 0)
    return _ ("The view is back");
  if (g_strcmp0 (nick, "macro") == 0)
    return _ ("What the macro did was undone");
  if (g_strcmp0 (nick, "macro-kept-orders") == 0)
    return _ ("What the macro did was undone; what was done to orders in their shops stays as it is");
  if (g_strcmp0 (nick, "macro-remove") == 0)
    return _ ("The macro is back");
  if (nick != NULL && g_str_has_prefix (nick, "macro-"))
    return _ ("The macros are as before");
  if (g_strcmp0 (nick, "send") == 0)
    return _ ("The message is a draft again");
  if (g_strcmp0 (nick, "block-sender") == 0)
    return _ ("The sender is let through again");
  if (g_strcmp0 (nick, "customer-merge") == 0)
    return _ ("They are two customers again");
  if (g_strcmp0 (nick, "customer-split") == 0)
    return _ ("They are one customer again");
  if (nick != NULL && g_str_has_prefix (nick, "customer-"))
    return _ ("The customer is as before");
  if (nick != NULL && g_str_has_prefix (nick, "view-"))
    return _ ("The view is as before");
  return _ ("Undone");
}
