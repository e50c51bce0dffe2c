/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-message-bubble.h"

#include "app/conversation/mos-message-bubble-private.h"
#include "app/conversation/mos-message-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (MosMessageBubble, mos_message_bubble, GTK_TYPE_WIDGET)

gint64
mos_message_bubble_now_us (MosMessageBubble *self)
{
  return self->desk != NULL ? mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk))) : g_get_real_time ();
}

gint64
mos_message_bubble_get_time (const MosMessageRow *row)
{
  return row->received_us != 0 ? row->received_us : row->sent_us;
}

/* --- Head --- */

const char *
mos_message_bubble_kind_text (const MosMessageRow *row)
{
  if (row->direction == MOS_DIRECTION_NOTE)
    return C_ ("message", "Internal note");
  switch (row->classification)
    {
    case MOS_CLASSIFICATION_AUTO_REPLY:
      return C_ ("message", "Automatic reply");
    case MOS_CLASSIFICATION_BOUNCE_HARD:
    case MOS_CLASSIFICATION_BOUNCE_SOFT:
      return C_ ("message", "Undelivered mail");
    case MOS_CLASSIFICATION_BULK:
      return row->direction == MOS_DIRECTION_INCOMING ? C_ ("message", "Newsletter") : "";
    case MOS_CLASSIFICATION_FEEDBACK_REPORT:
    case MOS_CLASSIFICATION_DELIVERY_REPORT:
      return C_ ("message", "Report");
    case MOS_CLASSIFICATION_SURVEY:
      return row->direction == MOS_DIRECTION_INCOMING ? C_ ("message", "Survey answer") : C_ ("message", "Survey");
    case MOS_CLASSIFICATION_NORMAL:
    case MOS_CLASSIFICATION_OWN_LOOP:
    case MOS_CLASSIFICATION_BLOCKED:
    default:
      return "";
    }
}

char *
mos_message_bubble_dup_sender (const MosMessageRow *row)
{
  if (row->direction != MOS_DIRECTION_INCOMING && row->actor_name != NULL && *row->actor_name != '\0')
    return g_strdup (row->actor_name);
  if (row->from != NULL)
    return mos_address_text (row->from);
  /* Translators: “Us” stands in place of a sender's name: the shop itself. */
  return g_strdup (row->direction == MOS_DIRECTION_INCOMING ? _ ("Unknown sender") : _ ("Us"));
}

static void
update_time (MosMessageBubble *self)
{
  MosMessageRow *row = mos_message_get_row (self->message);
  gint64 now_us = mos_message_bubble_now_us (self);
  g_autofree char *short_text = NULL;
  g_autofree char *received = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *tooltip = NULL;

  if (row == NULL || self->time_label == NULL)
    return;
  short_text = mos_time_text_relative (mos_message_bubble_get_time (row), now_us, NULL);
  gtk_label_set_label (GTK_LABEL (self->time_label), short_text);

  received = mos_time_text_full (row->received_us, NULL);
  sent = mos_time_text_full (row->sent_us, NULL);
  if (row->direction == MOS_DIRECTION_INCOMING && *sent != '\0' && *received != '\0')
    /* Translators: two dates with time, when the sender wrote it and when our server got it. */
    tooltip = g_strdup_printf (_ ("Sent: %1$s\nReceived: %2$s"), sent, received);
  else
    tooltip = g_strdup (*sent != '\0' ? sent : received);
  gtk_widget_set_tooltip_text (self->time_label, tooltip);
}

static void
update_head (MosMessageBubble *self)
{
  MosMessageRow *row = mos_message_get_row (self->message);
  g_autofree char *sender = mos_message_bubble_dup_sender (row);
  g_autofree char *preview = NULL;
  g_autofree char *time = mos_time_text_relative (mos_message_bubble_get_time (row), mos_message_bubble_now_us (self), NULL);
  g_autofree char *label = NULL;
  const char *kind = mos_message_bubble_kind_text (row);

  if (*kind == '\0' && self->channel_text != NULL)
    kind = self->channel_text;
  adw_avatar_set_text (ADW_AVATAR (self->avatar), sender);
  gtk_label_set_label (GTK_LABEL (self->name_label), sender);
  gtk_label_set_label (GTK_LABEL (self->kind_label), kind);
  /* In the quarantine, the bar below says the same in more words. */
  gtk_widget_set_visible (self->kind_label, *kind != '\0' && !(self->expanded && row->quarantined));

  if (self->expanded)
    preview = g_strdup (row->direction == MOS_DIRECTION_INCOMING && row->from != NULL && g_strcmp0 (row->from->address, sender) != 0 ? row->from->address : "");
  else
    preview = mos_message_one_line (row);
  gtk_label_set_label (GTK_LABEL (self->preview_label), preview);

  /* Translators: what a screen reader says for a message: who wrote it, and when. */
  label = g_strdup_printf (self->expanded ? _ ("Fold message from %1$s, %2$s") : _ ("Open message from %1$s, %2$s"), sender, time);
  mos_widget_set_label (self->toggle, label);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_STATE_EXPANDED, self->expanded, -1);
  update_time (self);
}

static void
on_menu_needed (GtkMenuButton *button,
                gpointer user_data)
{
  MosMessageBubble *self = user_data;
  g_autoptr (GMenuModel) menu = mos_message_bubble_create_menu (self);

  gtk_menu_button_set_menu_model (button, menu);
}

GtkWidget *
mos_message_bubble_make_menu_button (MosMessageBubble *self)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "message-menu");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Message menu"));
  mos_widget_set_label (button, _ ("Message menu"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), on_menu_needed, self, NULL);
  return button;
}

static void
build_head (MosMessageBubble *self)
{
  GtkWidget *face = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  self->toggle = gtk_button_new ();
  self->avatar = adw_avatar_new (24, NULL, TRUE);
  self->name_label = gtk_label_new (NULL);
  self->kind_label = gtk_label_new (NULL);
  self->preview_label = gtk_label_new (NULL);
  self->time_label = gtk_label_new (NULL);
  self->menu_button = mos_message_bubble_make_menu_button (self);

  gtk_widget_add_css_class (self->toggle, "flat");
  gtk_widget_add_css_class (self->toggle, "message-head");
  gtk_widget_add_css_class (self->name_label, "heading");
  gtk_widget_add_css_class (self->kind_label, "message-kind");
  gtk_widget_add_css_class (self->kind_label, "caption");
  gtk_widget_add_css_class (self->preview_label, "dimmed");
  gtk_widget_add_css_class (self->time_label, "dimmed");
  gtk_widget_add_css_class (self->time_label, "caption");
  gtk_widget_add_css_class (self->time_label, "numeric");
  gtk_label_set_ellipsize (GTK_LABEL (self->name_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (self->preview_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (self->preview_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->preview_label), 0);
  /* It fills what is left over: where there is little room, the whole name goes first. */
  gtk_label_set_max_width_chars (GTK_LABEL (self->preview_label), 1);
  gtk_widget_set_hexpand (self->preview_label, TRUE);
  gtk_widget_set_hexpand (self->toggle, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->avatar), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);

  gtk_box_append (GTK_BOX (face), self->avatar);
  gtk_box_append (GTK_BOX (face), self->name_label);
  gtk_box_append (GTK_BOX (face), self->kind_label);
  gtk_box_append (GTK_BOX (face), self->preview_label);
  gtk_box_append (GTK_BOX (face), self->time_label);
  gtk_button_set_child (GTK_BUTTON (self->toggle), face);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->toggle), "message.toggle");

  gtk_box_append (GTK_BOX (self->head), self->toggle);
  gtk_box_append (GTK_BOX (self->head), self->menu_button);
  gtk_box_append (GTK_BOX (self->box), self->head);
}

/* --- Content: built when first opened --- */

static void
build_content (MosMessageBubble *self)
{
  GtkWidget *dots;

  if (self->content != NULL)
    return;

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->content, "message-content");

  self->recipients_label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->recipients_label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->recipients_label, "caption");
  gtk_widget_add_css_class (self->recipients_label, "dimmed");
  self->recipients_button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->recipients_button), self->recipients_label);
  gtk_widget_add_css_class (self->recipients_button, "flat");
  gtk_widget_add_css_class (self->recipients_button, "message-recipients");
  gtk_widget_set_halign (self->recipients_button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->recipients_button), "message.details");
  gtk_box_append (GTK_BOX (self->content), self->recipients_button);

  self->details = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->details), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->details), 2);
  gtk_widget_add_css_class (self->details, "message-details");
  gtk_widget_set_visible (self->details, FALSE);
  gtk_box_append (GTK_BOX (self->content), self->details);

  self->bars = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->content), self->bars);

  self->body = mos_body_view_new ();
  g_signal_connect_object (self->body, "activate-link", G_CALLBACK (mos_message_bubble_open_link), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->body, "activate-image", G_CALLBACK (mos_message_bubble_view_image), self, G_CONNECT_SWAPPED);
  mos_message_bubble_add_body (self);

  dots = gtk_image_new_from_icon_name ("view-more-horizontal-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (dots), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  self->fold_button = gtk_toggle_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->fold_button), dots);
  gtk_widget_add_css_class (self->fold_button, "fold-button");
  gtk_widget_set_halign (self->fold_button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->fold_button), "message.fold");
  gtk_box_append (GTK_BOX (self->content), self->fold_button);

  self->attachments = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->content), self->attachments);

  self->footer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_halign (self->footer, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->footer, "message-footer");
  gtk_box_append (GTK_BOX (self->content), self->footer);

  gtk_box_append (GTK_BOX (self->box), self->content);
}

static void
update_content (MosMessageBubble *self)
{
  if (self->content == NULL)
    return;
  gtk_widget_set_visible (self->content, self->expanded);
  if (!self->expanded)
    return;
  mos_message_bubble_update_details (self);
  mos_message_bubble_update_body (self);
  mos_message_bubble_find_hints (self);
  mos_message_bubble_update_bars (self);
  mos_message_bubble_update_attachments (self);
  mos_message_bubble_update_footer (self);
}

/* --- The whole --- */

static void
announce_delivery (MosMessageBubble *self,
                   MosDelivery delivery)
{
  if (delivery == self->shown_delivery)
    return;
  if (delivery == MOS_DELIVERY_ACCEPTED && (self->shown_delivery == MOS_DELIVERY_QUEUED || self->shown_delivery == MOS_DELIVERY_SENDING))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("Message sent"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  if (delivery == MOS_DELIVERY_FAILED || delivery == MOS_DELIVERY_BOUNCED || delivery == MOS_DELIVERY_UNCERTAIN)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), delivery == MOS_DELIVERY_UNCERTAIN ? _ ("It is uncertain whether the message was sent") : _ ("Message not sent"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  self->shown_delivery = delivery;
}

static void
build (MosMessageBubble *self,
       const MosMessageRow *row)
{
  static const char *const classes[] = { "incoming", "outgoing", "note", "event" };

  gtk_widget_add_css_class (GTK_WIDGET (self), classes[row->direction]);
  self->shown_delivery = row->delivery;
  self->built = TRUE;
  if (row->direction == MOS_DIRECTION_EVENT)
    {
      self->event_label = gtk_label_new (NULL);
      gtk_label_set_wrap (GTK_LABEL (self->event_label), TRUE);
      gtk_label_set_justify (GTK_LABEL (self->event_label), GTK_JUSTIFY_CENTER);
      gtk_widget_add_css_class (self->event_label, "caption");
      gtk_widget_add_css_class (self->event_label, "dimmed");
      gtk_box_append (GTK_BOX (self->box), self->event_label);
      return;
    }
  gtk_widget_add_css_class (self->box, "bubble");
  self->is_chat = row->call != NULL || (row->direction != MOS_DIRECTION_NOTE && self->desk != NULL && mos_desk_is_chat (self->desk, row->account));
  if (self->is_chat)
    mos_message_bubble_build_chat (self);
  else
    build_head (self);
}

static void
update_event (MosMessageBubble *self,
              const MosMessageRow *row)
{
  gint64 now_us = mos_message_bubble_now_us (self);
  GPtrArray *agents = self->desk != NULL ? mos_desk_get_agents (self->desk) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autofree char *sentence = NULL;
  g_autofree char *time = mos_time_text_relative (mos_message_bubble_get_time (row), now_us, NULL);
  g_autofree char *full = mos_time_text_full (mos_message_bubble_get_time (row), NULL);
  g_autofree char *line = NULL;

  for (guint i = 0; self->joined != NULL && i < self->joined->len; i++)
    if (mos_message_get_row (g_ptr_array_index (self->joined, i)) != NULL)
      g_ptr_array_add (rows, mos_message_get_row (g_ptr_array_index (self->joined, i)));
  if (rows->len == 0)
    g_ptr_array_add (rows, (gpointer) row);
  sentence = mos_events_text (rows, agents, now_us);
  /* Translators: what happened ("Ana closed this"), and when. */
  line = g_strdup_printf (C_ ("event", "%1$s · %2$s"), sentence, time);

  gtk_label_set_label (GTK_LABEL (self->event_label), line);
  gtk_widget_set_tooltip_text (self->event_label, full);
  mos_message_bubble_update_joining (self, row);
}

static void
update (MosMessageBubble *self)
{
  MosMessageRow *row = mos_message_get_row (self->message);

  if (row == NULL || self->box == NULL)
    return;
  if (!self->built)
    build (self, row);
  if (row->direction == MOS_DIRECTION_EVENT)
    {
      update_event (self, row);
      return;
    }
  announce_delivery (self, row->delivery);
  if (self->is_chat)
    {
      mos_message_bubble_update_chat (self);
      return;
    }
  if (self->expanded)
    {
      build_content (self);
      gtk_widget_add_css_class (GTK_WIDGET (self), "expanded");
    }
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "expanded");
  if (row->unread)
    gtk_widget_add_css_class (GTK_WIDGET (self), "unread");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "unread");
  update_head (self);
  update_content (self);
}

static void
mos_message_bubble_dispose (GObject *object)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (object);

  g_cancellable_cancel (self->cancellable);
  mos_message_bubble_drop_translation (self);
  g_clear_pointer (&self->day_label, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->body = NULL;
  self->pair = NULL;
  self->content = NULL;
  g_clear_object (&self->message);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (mos_message_bubble_parent_class)->dispose (object);
}

static void
mos_message_bubble_finalize (GObject *object)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (object);

  g_clear_pointer (&self->body_data, mos_message_body_unref);
  g_clear_pointer (&self->joined, g_ptr_array_unref);
  g_clear_pointer (&self->shown_text, g_free);
  g_clear_pointer (&self->shown_files, g_free);
  g_clear_pointer (&self->channel_text, g_free);
  g_clear_pointer (&self->hints, g_ptr_array_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (mos_message_bubble_parent_class)->finalize (object);
}

static void
mos_message_bubble_class_init (MosMessageBubbleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_message_bubble_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_message_bubble_finalize;

  g_signal_new ("compose", MOS_TYPE_MESSAGE_BUBBLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("edit-again", MOS_TYPE_MESSAGE_BUBBLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "message");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ARTICLE);
  mos_message_bubble_install_actions (widget_class);
  mos_message_bubble_install_pictures (widget_class);
  mos_message_bubble_install_safety (widget_class);
  mos_message_bubble_install_changes (widget_class);
  mos_message_bubble_install_translation (widget_class);
}

static void
mos_message_bubble_init (MosMessageBubble *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
mos_message_bubble_new (MosDesk *desk,
                        MosMessage *message)
{
  MosMessageBubble *self = g_object_new (MOS_TYPE_MESSAGE_BUBBLE, NULL);

  g_return_val_if_fail (MOS_IS_MESSAGE (message), NULL);

  g_set_object (&self->desk, desk);
  g_set_object (&self->message, message);
  g_signal_connect_object (message, "notify::row", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

MosMessage *
mos_message_bubble_get_message (MosMessageBubble *self)
{
  return self->message;
}

void
mos_message_bubble_set_expanded (MosMessageBubble *self,
                                 gboolean expanded)
{
  g_return_if_fail (MOS_IS_MESSAGE_BUBBLE (self));

  /* What is short is never folded. */
  if (self->expanded == expanded || self->is_chat)
    return;
  self->expanded = expanded;
  update (self);
}

gboolean
mos_message_bubble_get_expanded (MosMessageBubble *self)
{
  return self->expanded;
}

void
mos_message_bubble_set_joined (MosMessageBubble *self,
                               GPtrArray *messages)
{
  g_return_if_fail (MOS_IS_MESSAGE_BUBBLE (self));

  if (self->joined == NULL && messages == NULL)
    return;
  g_clear_pointer (&self->joined, g_ptr_array_unref);
  if (messages != NULL)
    self->joined = g_ptr_array_ref (messages);
  update (self);
}

void
mos_message_bubble_tick (MosMessageBubble *self)
{
  MosMessageRow *row = mos_message_get_row (self->message);

  if (row == NULL || !self->built)
    return;
  if (row->direction == MOS_DIRECTION_EVENT)
    update_event (self, row);
  else if (!self->is_chat)
    update_time (self);
}

gboolean
mos_message_bubble_focus (MosMessageBubble *self)
{
  GtkWidget *head = self->is_chat ? self->menu_button : self->toggle;

  return head != NULL && gtk_widget_grab_focus (head);
}

gboolean
mos_message_bubble_get_is_chat (MosMessageBubble *self)
{
  g_return_val_if_fail (MOS_IS_MESSAGE_BUBBLE (self), FALSE);

  return self->is_chat;
}

void
mos_message_bubble_set_place (MosMessageBubble *self,
                              const char *day,
                              gboolean continues,
                              const char *channel)
{
  g_return_if_fail (MOS_IS_MESSAGE_BUBBLE (self));

  if (day != NULL && self->day_label == NULL)
    {
      self->day_label = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->day_label, "message-day");
      gtk_widget_add_css_class (self->day_label, "caption-heading");
      gtk_widget_set_halign (self->day_label, GTK_ALIGN_CENTER);
      gtk_widget_insert_before (self->day_label, GTK_WIDGET (self), self->box);
    }
  if (self->day_label != NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->day_label), day != NULL ? day : "");
      gtk_widget_set_visible (self->day_label, day != NULL);
    }
  if (self->continues == continues && g_strcmp0 (self->channel_text, channel) == 0)
    return;
  self->continues = continues;
  g_set_str (&self->channel_text, channel);
  update (self);
}
