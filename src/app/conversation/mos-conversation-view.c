/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/application/mos-shortcuts.h"
#include "app/composer/mos-from-choices.h"
#include "app/conversation/mos-conversation-view.h"

#include "app/conversation/mos-conversation-view-private.h"
#include "app/conversation/mos-link-status.h"
#include "app/conversation/mos-message-text.h"
#include "app/conversation/mos-print.h"
#include "app/exchange/mos-drag-out.h"
#include "app/widgets/mos-call-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-target-text.h"
#include "app/widgets/mos-time-text.h"
#include "app/widgets/mos-toast-show.h"

#include "core/channels/mos-channel-traits.h"

#include <glib/gi18n.h>

#define NARROW_PX 520

typedef enum
{
  PROP_CONVERSATION = 1,
  PROP_COMPOSING,
} MosConversationViewProperty;

static GParamSpec *props[PROP_COMPOSING + 1];

enum
{
  SIGNAL_CONVERSATION_SENT,
  SIGNAL_DRAFT_KEPT,
  SIGNAL_DRAFT_TAKEN,
  SIGNAL_DRAFT_DISCARDED,
  SIGNAL_CATEGORY_HINT_CHANGED,
  SIGNAL_SURVEYS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosConversationView, mos_conversation_view, GTK_TYPE_WIDGET)

/* --- The line above the messages --- */

static void
add_pill (MosConversationView *self,
          const char *text,
          const char *style,
          const char *tooltip)
{
  GtkWidget *label = gtk_label_new (text);

  /* A time and how long it is until then does not fit into one line of a telephone; and what is wider than the box, AdwWrapBox of libadwaita 1.7 puts
     beyond its edge from right to left. */
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_widget_add_css_class (label, "pill-label");
  gtk_widget_add_css_class (label, "caption");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_widget_set_tooltip_text (label, tooltip);
  adw_wrap_box_append (self->info, label);
}

/* Imported mail alone has nobody to answer it; a chat is answered where it came in, and passed on by mail. */
static void
update_answering (MosConversationView *self)
{
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
  gboolean is_chat = row != NULL && mos_channel_is_chat (row->channel);
  gboolean can_send = mos_from_choices_can_send (mos_desk_get_accounts (self->desk));
  const char *why = can_send || is_chat ? NULL : _ ("There is no account that can send. Add one under Accounts.");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.reply", can_send || is_chat);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.reply-all", can_send && !is_chat);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.forward", can_send);
  gtk_widget_set_tooltip_text (self->reply_button, why);
  if (why != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->reply_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->reply_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* What is due of both; the close only where no answer is, or where it is pressing. */
static void
add_due_pill (MosConversationView *self,
              MosConversationRow *row,
              gboolean is_reply,
              gint64 now_us)
{
  const gint64 warn_us = is_reply ? row->reply_warn_us : row->resolve_warn_us, due_us = is_reply ? row->reply_due_us : row->resolve_due_us;
  g_autofree char *text = mos_target_text_due (row, is_reply, now_us);
  g_autofree char *how = text != NULL ? mos_target_text_how (row, is_reply) : NULL;

  if (text != NULL && (is_reply || row->reply_due_us == 0 || warn_us <= now_us))
    add_pill (self, text, due_us <= now_us ? "urgent" : warn_us <= now_us ? "waiting"
                                                                          : NULL,
              how);
}

static void
update_info (MosConversationView *self)
{
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
  gint64 now_us = mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk)));
  g_autofree char *reply = NULL;

  update_answering (self);

  /* The category stays, for the keyboard may be in it. */
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->info)), *next; child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (child != GTK_WIDGET (self->category))
        adw_wrap_box_remove (self->info, child);
    }
  if (row == NULL)
    return;

  /* The header names the customer, the number and the status. */
  gtk_label_set_label (self->subject_label, mos_subject_text (row));
  if (row->status == MOS_STATUS_SNOOZED && row->snoozed_until_us > 0)
    {
      g_autofree char *until = mos_time_text_relative (row->snoozed_until_us, now_us, NULL);
      /* Translators: %s is a time such as "Tomorrow, 09:00". */
      g_autofree char *text = g_strdup_printf (_ ("Snoozed until: %s"), until);

      add_pill (self, text, "dimmed", NULL);
    }
  if (row->priority != MOS_PRIORITY_NORMAL)
    add_pill (self, mos_priority_text (row->priority), row->priority == MOS_PRIORITY_URGENT ? "urgent" : NULL, _ ("Priority"));
  if (row->waiting_since_us > 0 && row->status == MOS_STATUS_OPEN)
    {
      g_autofree char *duration = mos_time_text_duration (now_us - row->waiting_since_us);
      g_autofree char *since = mos_time_text_full (row->waiting_since_us, NULL);
      /* Translators: how long a customer has been waiting for an answer, such as "3 h". */
      g_autofree char *text = g_strdup_printf (_ ("Waiting %s"), duration);

      if (*duration != '\0')
        add_pill (self, text, "waiting", since);
    }
  add_due_pill (self, row, TRUE, now_us);
  add_due_pill (self, row, FALSE, now_us);
  add_pill (self, row->assignee_name != NULL ? row->assignee_name : _ ("Unassigned"), row->assignee_name != NULL ? NULL : "dimmed", _ ("Assignee"));
  if (*row->account_name != '\0')
    add_pill (self, row->account_name, "dimmed", _ ("Account"));
  for (guint i = 0; row->tags[i] != NULL; i++)
    add_pill (self, row->tags[i], "tag", _ ("Tag"));

  adw_banner_set_revealed (self->merged_banner, row->merged_into != NULL);
  if (row->merged_into != NULL)
    {
      /* Translators: the number of the conversation that this one is part of now. */
      g_autofree char *merged = g_strdup_printf (_ ("This was merged into #%d. Answers to it arrive there."), (int) row->merged_number);

      adw_banner_set_title (self->merged_banner, merged);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->merged_banner), "s", row->merged_into);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->merged_banner), "win.open-conversation");
    }
  if (row->customer_name != NULL && *row->customer_name != '\0')
    {
      g_autofree char *name = mos_text_isolate (row->customer_name);

      /* Translators: %s is the customer's name; the button that opens the answer. */
      reply = g_strdup_printf (_ ("Reply to %s…"), name);
    }
  gtk_label_set_label (self->reply_label, reply != NULL ? reply : _ ("Reply…"));
  update_answering (self);
}

static void
on_hint_changed_cb (MosConversationView *self)
{
  g_signal_emit (self, signals[SIGNAL_CATEGORY_HINT_CHANGED], 0);
}

static void
on_row_cb (MosConversationView *self)
{
  update_info (self);
  mos_conversation_view_find_others (self);
  mos_conversation_view_find_surveys (self);
}

static gboolean
on_tick_cb (gpointer user_data)
{
  MosConversationView *self = user_data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      update_info (self);
      for (guint i = 0; i < self->rows->len; i++)
        mos_message_bubble_tick (g_ptr_array_index (self->rows, i));
      /* At midnight, "Today" is another day. */
      mos_conversation_view_group (self);
      mos_conversation_view_tick_others (self);
      mos_conversation_view_tick_surveys (self);
    }
  return G_SOURCE_CONTINUE;
}

/* --- Class --- */

static gboolean
on_narrow_cb (gpointer user_data)
{
  MosConversationView *self = user_data;

  self->narrow_id = 0;
  if (gtk_widget_get_width (GTK_WIDGET (self)) < NARROW_PX)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  return G_SOURCE_REMOVE;
}

static void
mos_conversation_view_size_allocate (GtkWidget *widget,
                                     int width,
                                     int height,
                                     int baseline)
{
  MosConversationView *self = MOS_CONVERSATION_VIEW (widget);

  gtk_widget_allocate (GTK_WIDGET (self->stack), width, height, baseline, NULL);
  /* A style class may not change within an allocation. */
  if ((width < NARROW_PX) != gtk_widget_has_css_class (widget, "narrow") && self->narrow_id == 0)
    self->narrow_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_narrow_cb, self, NULL);
}

static void
mos_conversation_view_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (MOS_CONVERSATION_VIEW (widget)->stack), orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static void
mos_conversation_view_get_property (GObject *object,
                                    guint prop_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  MosConversationView *self = MOS_CONVERSATION_VIEW (object);

  switch ((MosConversationViewProperty) prop_id)
    {
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    case PROP_COMPOSING:
      g_value_set_boolean (value, mos_conversation_view_get_composing (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_conversation_view_set_property (GObject *object,
                                    guint prop_id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  MosConversationView *self = MOS_CONVERSATION_VIEW (object);

  switch ((MosConversationViewProperty) prop_id)
    {
    case PROP_CONVERSATION:
      mos_conversation_view_set_conversation (self, g_value_get_object (value));
      break;
    case PROP_COMPOSING:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mos_conversation_view_dispose (GObject *object)
{
  MosConversationView *self = MOS_CONVERSATION_VIEW (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->narrow_id, g_source_remove);
  if (self->stack != NULL)
    {
      mos_composer_close (self->composer);
      mos_composer_close (self->new_composer);
      mos_conversation_view_drop_messages (self);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_CONVERSATION_VIEW);
  g_clear_object (&self->conversation);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (mos_conversation_view_parent_class)->dispose (object);
}

static void
mos_conversation_view_finalize (GObject *object)
{
  MosConversationView *self = MOS_CONVERSATION_VIEW (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->discarding, g_free);
  g_clear_pointer (&self->discarded, mos_draft_unref);
  g_clear_pointer (&self->standing, mos_survey_standing_unref);
  g_clear_pointer (&self->me, g_free);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (mos_conversation_view_parent_class)->finalize (object);
}

static void
compose_action (GtkWidget *widget,
                const char *action,
                GVariant *parameter)
{
  MosConversationView *self = MOS_CONVERSATION_VIEW (widget);

  if (self->conversation != NULL && !self->writing_new)
    mos_conversation_view_prepare (self, action + strlen ("composer."), NULL);
}

static void
take_draft_action (GtkWidget *widget,
                   const char *action,
                   GVariant *parameter)
{
  mos_conversation_view_take_draft (MOS_CONVERSATION_VIEW (widget), g_variant_get_string (parameter, NULL));
}

/* The body views tell it: "" = to none. */
static void
answer_by_mail_action (GtkWidget *widget,
                       const char *action,
                       GVariant *parameter)
{
  mos_conversation_view_answer_by_mail (MOS_CONVERSATION_VIEW (widget));
}

static void
answer_by_sms_action (GtkWidget *widget,
                      const char *action,
                      GVariant *parameter)
{
  mos_conversation_view_answer_by_sms (MOS_CONVERSATION_VIEW (widget));
}

static void
show_message_action (GtkWidget *widget,
                     const char *action,
                     GVariant *parameter)
{
  mos_conversation_view_show_message (MOS_CONVERSATION_VIEW (widget), g_variant_get_string (parameter, NULL));
}

static void
point_at_link_action (GtkWidget *widget,
                      const char *action,
                      GVariant *parameter)
{
  mos_link_status_set (MOS_CONVERSATION_VIEW (widget)->link_status, g_variant_get_string (parameter, NULL));
}

/* Where the focus is not in the composer, its actions are reached here. */
static void
forward_action (GtkWidget *widget,
                const char *action,
                GVariant *parameter)
{
  MosConversationView *self = MOS_CONVERSATION_VIEW (widget);
  MosComposer *composer = self->writing_new ? self->new_composer : self->composer;

  if (mos_composer_is_open (composer))
    gtk_widget_activate_action_variant (GTK_WIDGET (composer), action, NULL);
}

static void
on_news_shown_cb (MosConversationView *self)
{
  adw_banner_set_revealed (self->news_banner, FALSE);
  mos_conversation_view_show_news (self);
}

static void
mos_conversation_view_class_init (MosConversationViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  guint n_shortcuts;
  const MosShortcut *shortcuts = mos_shortcuts_get (&n_shortcuts);

  object_class->get_property = mos_conversation_view_get_property;
  object_class->set_property = mos_conversation_view_set_property;
  object_class->dispose = mos_conversation_view_dispose;
  object_class->finalize = mos_conversation_view_finalize;
  widget_class->size_allocate = mos_conversation_view_size_allocate;
  widget_class->measure = mos_conversation_view_measure;

  props[PROP_CONVERSATION] = g_param_spec_object ("conversation", NULL, NULL, MOS_TYPE_CONVERSATION, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_COMPOSING] = g_param_spec_boolean ("composing", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[SIGNAL_CONVERSATION_SENT] = g_signal_new ("conversation-sent", MOS_TYPE_CONVERSATION_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_DRAFT_KEPT] = g_signal_new ("draft-kept", MOS_TYPE_CONVERSATION_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DRAFT_TAKEN] = g_signal_new ("draft-taken", MOS_TYPE_CONVERSATION_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, mos_draft_get_type (), G_TYPE_INT64);
  signals[SIGNAL_DRAFT_DISCARDED] = g_signal_new ("draft-discarded", MOS_TYPE_CONVERSATION_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, mos_draft_get_type (), G_TYPE_INT64);

  signals[SIGNAL_CATEGORY_HINT_CHANGED] = g_signal_new ("category-hint-changed", MOS_TYPE_CONVERSATION_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  signals[SIGNAL_SURVEYS_CHANGED] = g_signal_new ("surveys-changed", MOS_TYPE_CONVERSATION_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-conversation-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, stack);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, empty);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, subject_label);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, drag_handle);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, info);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, merged_banner);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, news_banner);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, typing_label);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, error_banner);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_try_again_cb", G_CALLBACK (mos_conversation_view_read_again));
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, toasts);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, links);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_news_shown_cb", G_CALLBACK (on_news_shown_cb));
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, scroller);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, earlier_button);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, messages);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, others);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, surveys);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, composer_area);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, answer_bar);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, reply_button);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, reply_label);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, new_toasts);
  gtk_widget_class_bind_template_child (widget_class, MosConversationView, new_area);
  gtk_widget_class_set_css_name (widget_class, "conversation");

  gtk_widget_class_install_action (widget_class, "composer.reply", NULL, compose_action);
  gtk_widget_class_install_action (widget_class, "composer.reply-all", NULL, compose_action);
  gtk_widget_class_install_action (widget_class, "composer.forward", NULL, compose_action);
  gtk_widget_class_install_action (widget_class, "composer.note", NULL, compose_action);
  /* All that has a key while one writes, for the palette. */
  for (guint i = 0; i < n_shortcuts; i++)
    if (shortcuts[i].scope == MOS_SHORTCUT_SCOPE_WIDGET && g_str_has_prefix (shortcuts[i].action, "composer."))
      gtk_widget_class_install_action (widget_class, shortcuts[i].action, NULL, forward_action);
  gtk_widget_class_install_action (widget_class, "composer.discard", NULL, forward_action);
  gtk_widget_class_install_action (widget_class, "composer.take-draft", "s", take_draft_action);
  gtk_widget_class_install_action (widget_class, "conversation.answer-by-mail", NULL, answer_by_mail_action);
  gtk_widget_class_install_action (widget_class, "composer.answer-by-sms", NULL, answer_by_sms_action);
  gtk_widget_class_install_action (widget_class, "conversation.show-message", "s", show_message_action);
  gtk_widget_class_install_action (widget_class, "conversation.point-at-link", "s", point_at_link_action);
}

static void
mos_conversation_view_init (MosConversationView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->link_status = mos_link_status_new ();
  gtk_overlay_add_overlay (self->links, self->link_status);
  self->rows = g_ptr_array_new ();
  self->tick_id = g_timeout_add_seconds (60, on_tick_cb, self);
}

/* --- Dragged out --- */

static GdkContentProvider *
on_drag_prepare_cb (MosConversationView *self,
                    double x,
                    double y,
                    GtkDragSource *source)
{
  const char *ids[] = { self->conversation != NULL ? mos_conversation_get_id (self->conversation) : NULL, NULL };

  return ids[0] != NULL && !mos_drag_out_is_finger (source) ? GDK_CONTENT_PROVIDER (mos_drag_out_new (self->desk, ids, TRUE)) : NULL;
}

static void
add_drag (MosConversationView *self)
{
  GtkDragSource *source = mos_drag_out_source_new ();

  g_signal_connect_object (source, "prepare", G_CALLBACK (on_drag_prepare_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->drag_handle, GTK_EVENT_CONTROLLER (source));
  gtk_widget_set_cursor_from_name (self->drag_handle, "grab");
}

/* --- Public --- */

GtkWidget *
mos_conversation_view_new (MosDesk *desk)
{
  MosConversationView *self = g_object_new (MOS_TYPE_CONVERSATION_VIEW, NULL);

  g_return_val_if_fail (MOS_IS_DESK (desk), NULL);

  g_set_object (&self->desk, desk);
  self->category = mos_category_chip_new (desk);
  adw_wrap_box_append (self->info, GTK_WIDGET (self->category));
  g_signal_connect_object (self->category, "hint-changed", G_CALLBACK (on_hint_changed_cb), self, G_CONNECT_SWAPPED);
  add_drag (self);
  mos_conversation_view_init_messages (self);
  mos_conversation_view_watch_agent (self);
  mos_conversation_view_watch_typing (self);
  /* When somebody is asked, or reminded, is no change of the conversation. */
  g_signal_connect_object (desk, "held-changed", G_CALLBACK (mos_conversation_view_find_surveys), self, G_CONNECT_SWAPPED);
  mos_conversation_view_update_composing (self);
  return GTK_WIDGET (self);
}

void
mos_conversation_view_set_conversation (MosConversationView *self,
                                        MosConversation *conversation)
{
  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));
  g_return_if_fail (conversation == NULL || MOS_IS_CONVERSATION (conversation));

  if (self->conversation == conversation && !self->writing_new)
    return;

  /* What was begun is saved, and found again when its conversation opens. */
  mos_composer_close (self->composer);
  mos_composer_close (self->new_composer);
  self->writing_new = FALSE;
  self->wants_draft = FALSE;
  mos_conversation_view_drop_messages (self);
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_func (self->conversation, on_row_cb, self);
  mos_conversation_view_drop_others (self);
  mos_conversation_view_drop_surveys (self);
  g_set_object (&self->conversation, conversation);
  mos_category_chip_set_conversation (self->category, conversation);

  if (conversation != NULL)
    {
      g_signal_connect_object (conversation, "notify::row", G_CALLBACK (on_row_cb), self, G_CONNECT_SWAPPED);
      mos_conversation_view_watch_messages (self);
      mos_conversation_view_find_draft (self);
      on_row_cb (self);
    }
  gtk_stack_set_visible_child_name (self->stack, conversation != NULL ? "conversation" : "empty");
  mos_conversation_view_update_composing (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONVERSATION]);
}

MosConversation *
mos_conversation_view_get_conversation (MosConversationView *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_VIEW (self), NULL);

  return self->conversation;
}

void
mos_conversation_view_compose_new (MosConversationView *self,
                                   const char *address)
{
  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));

  mos_conversation_view_begin_new (self, address);
}

void
mos_conversation_view_compose_draft (MosConversationView *self,
                                     MosDraft *draft)
{
  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));
  g_return_if_fail (draft != NULL);

  mos_conversation_view_open_new (self, draft);
}

const char *
mos_conversation_view_get_category_hint (MosConversationView *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_VIEW (self), NULL);

  return mos_category_chip_get_hint (self->category);
}

gboolean
mos_conversation_view_get_composing (MosConversationView *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_VIEW (self), FALSE);

  return self->writing_new || mos_composer_is_open (self->composer);
}

gboolean
mos_conversation_view_get_writing_new (MosConversationView *self)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_VIEW (self), FALSE);

  return self->writing_new;
}

void
mos_conversation_view_flush (MosConversationView *self)
{
  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));

  mos_composer_flush (self->composer);
  mos_composer_flush (self->new_composer);
}

void
mos_conversation_view_grab_focus (MosConversationView *self)
{
  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));

  if (self->writing_new)
    mos_composer_focus (self->new_composer);
  else if (mos_composer_is_open (self->composer))
    mos_composer_focus (self->composer);
  else if (!mos_conversation_view_focus_newest (self))
    gtk_widget_grab_focus (self->reply_button);
}

void
mos_conversation_view_restore_draft (MosConversationView *self)
{
  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));

  if (self->conversation != NULL)
    mos_conversation_view_find_draft (self);
}

void
mos_conversation_view_edit_draft (MosConversationView *self)
{
  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));

  if (self->conversation == NULL)
    return;
  self->wants_draft = TRUE;
  mos_conversation_view_find_draft (self);
}

void
mos_conversation_view_set_chosen (MosConversationView *self,
                                  const char *title)
{
  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));

  adw_status_page_set_title (self->empty, title != NULL ? title : _ ("No Conversation Selected"));
  adw_status_page_set_description (self->empty, title != NULL ? _ ("What you do now is done to all of them.") : _ ("Choose one from the list to read and answer it."));
}

gboolean
mos_conversation_view_add_toast (MosConversationView *self,
                                 AdwToast *toast)
{
  g_return_val_if_fail (MOS_IS_CONVERSATION_VIEW (self), FALSE);

  if (self->writing_new)
    mos_toast_show (self->new_toasts, toast);
  else if (self->conversation != NULL)
    mos_toast_show (self->toasts, toast);
  else
    return FALSE;
  return TRUE;
}

void
mos_conversation_view_print (MosConversationView *self,
                             gboolean to_file)
{
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_message_row_unref);

  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));

  for (guint i = 0; row != NULL && self->list != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr (MosMessage) message = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (mos_message_get_row (message) != NULL && mos_message_get_row (message)->delivery != MOS_DELIVERY_DRAFT)
        g_ptr_array_add (rows, mos_message_row_ref (mos_message_get_row (message)));
    }
  if (rows->len == 0)
    return;
  if (to_file)
    mos_print_save_pdf (GTK_WIDGET (self), self->desk, row->subject, rows);
  else
    mos_print_run (GTK_WIDGET (self), self->desk, row->subject, rows);
}

void
mos_conversation_view_translate (MosConversationView *self)
{
  GtkRoot *root;
  GtkWidget *focus, *bubble;

  g_return_if_fail (MOS_IS_CONVERSATION_VIEW (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  bubble = focus != NULL ? gtk_widget_get_ancestor (focus, MOS_TYPE_MESSAGE_BUBBLE) : NULL;
  for (guint i = self->rows->len; bubble == NULL && i > 0; i--)
    {
      MosMessageRow *row = mos_message_get_row (mos_message_bubble_get_message (self->rows->pdata[i - 1]));

      if (row != NULL && row->direction == MOS_DIRECTION_INCOMING)
        bubble = self->rows->pdata[i - 1];
    }
  if (bubble != NULL)
    mos_message_bubble_translate (MOS_MESSAGE_BUBBLE (bubble));
}

/* --- For the other files --- */

void
mos_conversation_view_notify_composing (MosConversationView *self)
{
  /* What came while somebody wrote is news only to him. */
  if (self->news_banner != NULL && !mos_conversation_view_get_composing (self))
    adw_banner_set_revealed (self->news_banner, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COMPOSING]);
}

void
mos_conversation_view_emit_sent (MosConversationView *self,
                                 const MosSentMessage *sent)
{
  g_signal_emit (self, signals[SIGNAL_CONVERSATION_SENT], 0, sent);
}

void
mos_conversation_view_emit_draft_taken (MosConversationView *self,
                                        MosDraft *draft,
                                        gint64 batch)
{
  g_signal_emit (self, signals[SIGNAL_DRAFT_TAKEN], 0, draft, batch);
}

void
mos_conversation_view_emit_draft_discarded (MosConversationView *self,
                                            MosDraft *draft,
                                            gint64 batch)
{
  g_signal_emit (self, signals[SIGNAL_DRAFT_DISCARDED], 0, draft, batch);
}

void
mos_conversation_view_emit_surveys_changed (MosConversationView *self)
{
  g_signal_emit (self, signals[SIGNAL_SURVEYS_CHANGED], 0);
}

void
mos_conversation_view_emit_draft_kept (MosConversationView *self)
{
  g_signal_emit (self, signals[SIGNAL_DRAFT_KEPT], 0);
}
