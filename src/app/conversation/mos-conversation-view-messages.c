/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/application/mos-error-text.h"
#include "app/conversation/mos-conversation-view-private.h"
#include "app/conversation/mos-message-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

/* How many messages a conversation opens with, and how many more each press of "earlier" shows. A closed row costs
 * little but not nothing, and a thread of hundreds is read from its end. */
#define FIRST_ROWS 14
#define MORE_ROWS 40
/* However much is unread: the newest are open, the others show their first line. */
#define MAX_OPEN 12

/* So long it is plain which one was meant. */
#define FLASH_MS 1500

/* A glance at a conversation is not reading it. */
#define READ_DELAY_MS 800

static MosMessage *
message_at (MosConversationView *self,
            guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->list), position);
}

static void on_compose_cb (MosMessageBubble *bubble, const char *kind, MosConversationView *self);
static void on_edit_again_cb (MosMessageBubble *bubble, const char *draft, MosConversationView *self);

static MosMessageBubble *
bubble_new (MosConversationView *self,
            guint position)
{
  g_autoptr (MosMessage) message = message_at (self, position);
  GtkWidget *bubble = mos_message_bubble_new (self->desk, message);

  g_signal_connect_object (bubble, "compose", G_CALLBACK (on_compose_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (bubble, "edit-again", G_CALLBACK (on_edit_again_cb), self, G_CONNECT_DEFAULT);
  return MOS_MESSAGE_BUBBLE (bubble);
}

static MosDirection
direction_of (MosMessageBubble *bubble)
{
  MosMessageRow *row = mos_message_get_row (mos_message_bubble_get_message (bubble));

  return row != NULL ? row->direction : MOS_DIRECTION_EVENT;
}

/* A question of ours, or what came back for it: nothing that is talked about. Its score is told as an event. */
static gboolean
is_of_survey (MosMessageBubble *bubble)
{
  MosMessageRow *row = mos_message_get_row (mos_message_bubble_get_message (bubble));

  return row != NULL && row->classification == MOS_CLASSIFICATION_SURVEY;
}

static MosMessageBubble *
newest_bubble (MosConversationView *self)
{
  for (guint i = self->rows->len; i-- > 0;)
    if (direction_of (g_ptr_array_index (self->rows, i)) != MOS_DIRECTION_EVENT && !is_of_survey (g_ptr_array_index (self->rows, i)))
      return g_ptr_array_index (self->rows, i);
  return NULL;
}

static void
on_compose_cb (MosMessageBubble *bubble,
               const char *kind,
               MosConversationView *self)
{
  MosMessage *message = mos_message_bubble_get_message (bubble);

  if (g_str_equal (kind, "change-words"))
    mos_conversation_view_change_words (self, mos_message_get_row (message));
  else
    mos_conversation_view_prepare (self, kind, mos_message_get_id (message));
}

static void
on_edit_again_cb (MosMessageBubble *bubble,
                  const char *draft,
                  MosConversationView *self)
{
  mos_conversation_view_edit_draft (self);
}

/* --- Rows --- */

static void
insert_rows (MosConversationView *self,
             guint row,
             guint position,
             guint n)
{
  GtkWidget *after = row > 0 ? g_ptr_array_index (self->rows, row - 1) : NULL;

  for (guint i = 0; i < n; i++)
    {
      MosMessageBubble *bubble = bubble_new (self, position + i);

      gtk_box_insert_child_after (GTK_BOX (self->messages), GTK_WIDGET (bubble), after);
      g_ptr_array_insert (self->rows, (int) (row + i), bubble);
      after = GTK_WIDGET (bubble);
    }
}

static void
remove_rows (MosConversationView *self,
             guint row,
             guint n)
{
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *bubble = g_ptr_array_index (self->rows, row);

      g_ptr_array_remove_index (self->rows, row);
      gtk_box_remove (GTK_BOX (self->messages), bubble);
    }
}

/* Events of one sitting stand in one line; the first speaks for the others. */
static void
join_events (MosConversationView *self)
{
  for (guint i = 0; i < self->rows->len;)
    {
      MosMessageBubble *first = g_ptr_array_index (self->rows, i);
      g_autoptr (GPtrArray) messages = NULL;
      guint end = i + 1;

      if (direction_of (first) != MOS_DIRECTION_EVENT)
        {
          i++;
          continue;
        }
      messages = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (messages, g_object_ref (mos_message_bubble_get_message (first)));
      gtk_widget_set_visible (GTK_WIDGET (first), TRUE);
      for (; end < self->rows->len; end++)
        {
          MosMessage *previous = g_ptr_array_index (messages, messages->len - 1);
          MosMessage *next = mos_message_bubble_get_message (g_ptr_array_index (self->rows, end));

          if (mos_message_get_row (previous) == NULL || mos_message_get_row (next) == NULL || !mos_events_can_join (mos_message_get_row (previous), mos_message_get_row (next)))
            break;
          g_ptr_array_add (messages, g_object_ref (next));
          gtk_widget_set_visible (g_ptr_array_index (self->rows, end), FALSE);
        }
      mos_message_bubble_set_joined (first, messages->len > 1 ? messages : NULL);
      i = end;
    }
  mos_conversation_view_group (self);
}

static void
update_earlier (MosConversationView *self)
{
  g_autofree char *label = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->earlier_button), self->first_shown > 0);
  if (self->first_shown == 0)
    return;
  /* Translators: %u is how many older messages are hidden. */
  label = g_strdup_printf (ngettext ("Show %u earlier message", "Show %u earlier messages", self->first_shown), self->first_shown);
  gtk_button_set_label (self->earlier_button, label);
}

static void
on_earlier_cb (MosConversationView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double from_bottom = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment);
  guint n = MIN (MORE_ROWS, self->first_shown);
  int height;

  self->follow = FALSE;
  self->first_shown -= n;
  insert_rows (self, 0, self->first_shown, n);
  join_events (self);
  update_earlier (self);
  /* What was in sight stays there: the rows grow upwards. */
  gtk_widget_measure (self->messages, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (self->messages), NULL, &height, NULL, NULL);
  gtk_adjustment_set_upper (adjustment, MAX (height, gtk_adjustment_get_upper (adjustment)));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) - from_bottom);
  if (self->rows->len > n)
    mos_message_bubble_focus (g_ptr_array_index (self->rows, n - 1));
}

/* --- The place in the thread --- */

static void
scroll_to_newest (MosConversationView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (adjustment);
  double bottom = gtk_adjustment_get_upper (adjustment) - page;
  MosMessageBubble *bubble = newest_bubble (self);
  graphene_point_t top;
  double value = bottom;

  /* A long message is read from its beginning. */
  if (bubble != NULL && gtk_widget_get_height (GTK_WIDGET (bubble)) > page &&
      gtk_widget_compute_point (GTK_WIDGET (bubble), gtk_widget_get_parent (self->messages), &GRAPHENE_POINT_INIT (0, 0), &top))
    value = MIN (bottom, top.y - 6);
  self->is_scrolling = TRUE;
  gtk_adjustment_set_value (adjustment, MAX (0, value));
  self->is_scrolling = FALSE;
}

static void
on_extent_changed_cb (MosConversationView *self)
{
  if (self->follow && self->filled)
    scroll_to_newest (self);
}

static gboolean
on_scroll_cb (GtkEventControllerScroll *controller,
              double dx,
              double dy,
              MosConversationView *self)
{
  self->follow = FALSE;
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_key_cb (GtkEventControllerKey *controller,
           guint keyval,
           guint keycode,
           GdkModifierType state,
           MosConversationView *self)
{
  self->follow = FALSE;
  return GDK_EVENT_PROPAGATE;
}

static void
on_pressed_cb (GtkGestureClick *gesture,
               int n_press,
               double x,
               double y,
               MosConversationView *self)
{
  self->follow = FALSE;
}

static gboolean
is_at_bottom (MosConversationView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  return self->follow || gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) >= gtk_adjustment_get_upper (adjustment) - 40;
}

/* --- What is quoted --- */

static gboolean
end_flash_cb (gpointer bubble)
{
  gtk_widget_remove_css_class (bubble, "pointed-at");
  return G_SOURCE_REMOVE;
}

static void
point_at (MosConversationView *self,
          MosMessageBubble *bubble)
{
  self->follow = FALSE;
  mos_message_bubble_set_expanded (bubble, TRUE);
  gtk_viewport_scroll_to (GTK_VIEWPORT (gtk_scrolled_window_get_child (self->scroller)), GTK_WIDGET (bubble), NULL);
  mos_message_bubble_focus (bubble);
  gtk_widget_add_css_class (GTK_WIDGET (bubble), "pointed-at");
  g_timeout_add_full (G_PRIORITY_DEFAULT, FLASH_MS, end_flash_cb, g_object_ref (bubble), g_object_unref);
}

void
mos_conversation_view_show_message (MosConversationView *self,
                                    const char *id)
{
  guint n = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MosMessage) message = message_at (self, i);

      if (!g_str_equal (mos_message_get_id (message), id))
        continue;
      while (i < self->first_shown)
        on_earlier_cb (self);
      point_at (self, g_ptr_array_index (self->rows, i - self->first_shown));
      return;
    }
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("It is in another conversation of this chat")));
}

/* --- Reading --- */

static void
on_read_done_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!mos_desk_action_finish (MOS_DESK (source), result, NULL, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("A conversation could not be marked as read: %s", error->message);
}

static gboolean
on_read_due_cb (gpointer user_data)
{
  MosConversationView *self = user_data;
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const char *ids[2] = { NULL, NULL };

  self->read_id = 0;
  if (row == NULL || row->unread == 0 || !GTK_IS_WINDOW (root) || !gtk_window_is_active (GTK_WINDOW (root)) || !gtk_widget_get_mapped (self->messages))
    return G_SOURCE_REMOVE;
  ids[0] = row->id;
  mos_desk_set_read_async (self->desk, ids, TRUE, NULL, on_read_done_cb, NULL);
  return G_SOURCE_REMOVE;
}

static void
plan_reading (MosConversationView *self)
{
  g_clear_handle_id (&self->read_id, g_source_remove);
  self->read_id = g_timeout_add (READ_DELAY_MS, on_read_due_cb, self);
}

/* --- The first filling --- */

/* The rows may say "read" by now; how many were not when the conversation opened is known. */
static guint
first_unread (MosConversationView *self,
              guint n)
{
  guint left = self->unread_at_start;

  for (guint i = n; i-- > 0 && left > 0;)
    {
      g_autoptr (MosMessage) message = message_at (self, i);
      MosMessageRow *row = mos_message_get_row (message);

      if (row != NULL && row->direction == MOS_DIRECTION_INCOMING && --left == 0)
        return i;
    }
  return n;
}

static void
fill (MosConversationView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  MosMessageBubble *newest;
  guint unread_from;

  self->first_shown = n > FIRST_ROWS ? n - FIRST_ROWS : 0;
  unread_from = first_unread (self, n);
  /* Nothing unread hides behind "earlier", unless it is a whole book. */
  self->first_shown = MIN (self->first_shown, MAX (unread_from, n > MORE_ROWS ? n - MORE_ROWS : 0));
  insert_rows (self, 0, self->first_shown, n - self->first_shown);
  join_events (self);
  update_earlier (self);

  newest = newest_bubble (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      MosMessageBubble *bubble = g_ptr_array_index (self->rows, i);
      MosMessageRow *row = mos_message_get_row (mos_message_bubble_get_message (bubble));
      gboolean trouble = row != NULL && row->direction == MOS_DIRECTION_OUTGOING &&
                         (row->delivery == MOS_DELIVERY_FAILED || row->delivery == MOS_DELIVERY_UNCERTAIN || row->delivery == MOS_DELIVERY_BOUNCED);
      /* A short exchange is shown whole; its pieces make sense only together. */
      gboolean recent = i + 4 >= self->rows->len && !is_of_survey (bubble);

      gboolean unread = self->first_shown + i >= unread_from || (row != NULL && row->unread);

      if (bubble == newest || trouble || recent || (unread && i + MAX_OPEN >= self->rows->len))
        mos_message_bubble_set_expanded (bubble, TRUE);
    }
  self->filled = TRUE;
  self->follow = TRUE;
  scroll_to_newest (self);
}

/* --- Following the list --- */

static void
show_arrived_toast (MosConversationView *self)
{
  AdwToast *toast = adw_toast_new (_ ("New message below"));

  /* Nothing that offers to undo makes room for this. */
  adw_toast_set_timeout (toast, 4);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* Somebody is writing, and the customer, or whoever it was, wrote again: an answer would cross it. */
static void
show_crossing (MosConversationView *self,
               guint row)
{
  MosMessageRow *message = mos_message_get_row (mos_message_bubble_get_message (g_ptr_array_index (self->rows, row)));
  const char *name = message != NULL && message->from != NULL ? message->from->name != NULL && *message->from->name != '\0' ? message->from->name : message->from->address : NULL;
  g_autofree char *who = name != NULL ? mos_text_isolate (name) : NULL;
  /* Translators: %s is a person. */
  g_autofree char *text = who != NULL ? g_strdup_printf (_ ("%s wrote again while you were writing."), who) : g_strdup (_ ("A new message came while you were writing."));

  adw_banner_set_title (self->news_banner, text);
  adw_banner_set_revealed (self->news_banner, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

void
mos_conversation_view_show_news (MosConversationView *self)
{
  MosMessageBubble *newest = newest_bubble (self);

  if (newest == NULL)
    return;
  mos_message_bubble_set_expanded (newest, TRUE);
  self->follow = TRUE;
  scroll_to_newest (self);
  mos_message_bubble_focus (newest);
}

/* What happened is told in its own time, which may be later than what arrives by mail now: a target that was not met, say. */
static gboolean
only_events_from (MosConversationView *self,
                  guint row)
{
  for (guint i = row; i < self->rows->len; i++)
    if (direction_of (g_ptr_array_index (self->rows, i)) != MOS_DIRECTION_EVENT)
      return FALSE;
  return TRUE;
}

static void
on_items_changed_cb (GListModel *model,
                     guint position,
                     guint removed,
                     guint added,
                     MosConversationView *self)
{
  guint row, in_rows;
  gboolean at_end, was_at_bottom;
  gboolean has_arrived = FALSE;

  if (!self->filled)
    {
      if (added > 0 || g_list_model_get_n_items (model) > 0)
        fill (self);
      return;
    }

  /* Wholly among the hidden ones. */
  if (position + removed <= self->first_shown && position < self->first_shown)
    {
      self->first_shown = self->first_shown - removed + added;
      update_earlier (self);
      return;
    }
  if (position < self->first_shown)
    {
      /* Across the border: what was hidden of it becomes visible. */
      removed -= self->first_shown - position;
      self->first_shown = position;
    }
  was_at_bottom = is_at_bottom (self);
  row = position - self->first_shown;
  in_rows = MIN (removed, self->rows->len - MIN (row, self->rows->len));
  at_end = only_events_from (self, row + in_rows);
  remove_rows (self, row, in_rows);
  insert_rows (self, row, position, added);
  join_events (self);
  update_earlier (self);

  for (guint i = row; i < row + added; i++)
    {
      MosDirection direction = direction_of (g_ptr_array_index (self->rows, i));

      if (is_of_survey (g_ptr_array_index (self->rows, i)))
        continue;
      if (direction != MOS_DIRECTION_EVENT)
        mos_message_bubble_set_expanded (g_ptr_array_index (self->rows, i), TRUE);
      has_arrived = has_arrived || direction == MOS_DIRECTION_INCOMING;
    }
  if (added > 0 && at_end && was_at_bottom)
    self->follow = TRUE;
  if (has_arrived)
    mos_conversation_view_drop_typing (self);
  /* Only a customer's message is read by being looked at; after an event, "mark as unread" must stand. */
  if (has_arrived && !self->writing_new && mos_composer_is_open (self->composer))
    {
      show_crossing (self, row + added - 1);
      mos_composer_renew_chat (self->composer);
    }
  if (has_arrived && at_end)
    {
      if (!was_at_bottom)
        show_arrived_toast (self);
      plan_reading (self);
    }
}

/* What could not be read is not an empty conversation. */
static void
on_error_cb (MosConversationView *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;

  g_object_get (self->list, "error", &error, NULL);
  if (error != NULL)
    {
      MosErrorText text = mos_error_text (error);

      g_warning ("The messages could not be read: %s", error->message);
      /* Translators: what follows is a sentence that says why. */
      title = g_strdup_printf (_ ("The messages could not be read. %s"), text.sentence);
      adw_banner_set_title (self->error_banner, title);
    }
  adw_banner_set_revealed (self->error_banner, error != NULL);
}

void
mos_conversation_view_read_again (MosConversationView *self)
{
  if (self->conversation == NULL)
    return;
  mos_conversation_view_drop_messages (self);
  mos_conversation_view_watch_messages (self);
  /* The button goes with its banner. */
  gtk_widget_grab_focus (self->reply_button);
}

void
mos_conversation_view_watch_messages (MosConversationView *self)
{
  self->filled = FALSE;
  self->first_shown = 0;
  self->unread_at_start = mos_conversation_get_row (self->conversation) != NULL ? mos_conversation_get_row (self->conversation)->unread : 0;
  self->cancellable = g_cancellable_new ();
  self->list = mos_message_list_new (self->desk, mos_conversation_get_id (self->conversation));
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (on_items_changed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->list, "notify::error", G_CALLBACK (on_error_cb), self, G_CONNECT_SWAPPED);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    fill (self);
}

void
mos_conversation_view_drop_messages (MosConversationView *self)
{
  g_clear_handle_id (&self->read_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  mos_conversation_view_drop_typing (self);
  if (self->news_banner != NULL)
    adw_banner_set_revealed (self->news_banner, FALSE);
  if (self->error_banner != NULL)
    adw_banner_set_revealed (self->error_banner, FALSE);
  remove_rows (self, 0, self->rows->len);
  self->first_shown = 0;
  self->filled = FALSE;
  self->follow = FALSE;
  if (self->earlier_button != NULL)
    update_earlier (self);
}

gboolean
mos_conversation_view_focus_newest (MosConversationView *self)
{
  MosMessageBubble *newest = newest_bubble (self);

  return newest != NULL && mos_message_bubble_focus (newest);
}

void
mos_conversation_view_init_messages (MosConversationView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (self->earlier_button, "clicked", G_CALLBACK (on_earlier_cb), self, G_CONNECT_SWAPPED);
  /* Text is measured piece by piece after it is set, so the place is kept while the heights settle. */
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_extent_changed_cb), self, G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->scroller), scroll);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->scroller), key);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->scroller), GTK_EVENT_CONTROLLER (click));
}

char *
mos_conversation_view_dup_focused (MosConversationView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *bubble = focus != NULL ? gtk_widget_get_ancestor (focus, MOS_TYPE_MESSAGE_BUBBLE) : NULL;

  if (bubble == NULL || direction_of (MOS_MESSAGE_BUBBLE (bubble)) == MOS_DIRECTION_EVENT)
    bubble = (GtkWidget *) newest_bubble (self);
  return bubble != NULL ? g_strdup (mos_message_get_id (mos_message_bubble_get_message (MOS_MESSAGE_BUBBLE (bubble)))) : NULL;
}

GPtrArray *
mos_conversation_view_list_messages (MosConversationView *self)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MosMessage) message = message_at (self, i);
      MosMessageRow *row = mos_message_get_row (message);

      if (row != NULL && row->direction != MOS_DIRECTION_EVENT)
        g_ptr_array_add (messages, g_steal_pointer (&message));
    }
  return messages;
}
