/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-chat-media.h"
#include "app/conversation/mos-message-bubble-private.h"
#include "app/conversation/mos-message-text.h"
#include "app/widgets/mos-call-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include "core/desk/mos-chat-ingest.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* A short message: never folded, as wide as its words, with what is said about it in small below them. */

/* Own files have no kind of their own: how they are shown follows from what they are. */
static MosAttachment *
dup_shown (MosAttachment *attachment)
{
  MosAttachment *copy;

  if (attachment->file_kind != MOS_FILE_DOCUMENT || !g_str_has_prefix (attachment->type, "image/"))
    return mos_attachment_ref (attachment);
  copy = mos_attachment_new ();
  copy->name = g_strdup (attachment->name);
  copy->type = g_strdup (attachment->type);
  copy->size = attachment->size;
  copy->sha256 = g_strdup (attachment->sha256);
  copy->file_kind = MOS_FILE_IMAGE;
  copy->is_coming = attachment->is_coming;
  copy->why = g_strdup (attachment->why);
  return copy;
}

/* --- built once --- */

static void
build_quote (MosMessageBubble *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->quote_button = gtk_button_new ();
  self->quote_name = gtk_label_new (NULL);
  self->quote_text = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->quote_button, "flat");
  gtk_widget_add_css_class (self->quote_button, "chat-quote");
  gtk_widget_set_halign (self->quote_button, GTK_ALIGN_FILL);
  gtk_widget_add_css_class (self->quote_name, "caption-heading");
  gtk_widget_add_css_class (self->quote_text, "caption");
  gtk_label_set_ellipsize (GTK_LABEL (self->quote_name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (self->quote_text), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (self->quote_text), 2);
  gtk_label_set_wrap (GTK_LABEL (self->quote_text), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->quote_text), 36);
  gtk_label_set_xalign (GTK_LABEL (self->quote_name), 0);
  gtk_label_set_xalign (GTK_LABEL (self->quote_text), 0);
  gtk_box_append (GTK_BOX (texts), self->quote_name);
  gtk_box_append (GTK_BOX (texts), self->quote_text);
  gtk_button_set_child (GTK_BUTTON (self->quote_button), texts);
  gtk_widget_set_visible (self->quote_button, FALSE);
  gtk_box_append (GTK_BOX (self->content), self->quote_button);
}

static void
build_call (MosMessageBubble *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->call_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  self->call_icon = gtk_image_new ();
  self->call_text = gtk_label_new (NULL);
  self->call_number = gtk_label_new (NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->call_icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_add_css_class (self->call_text, "heading");
  gtk_widget_add_css_class (self->call_number, "caption");
  gtk_label_set_wrap (GTK_LABEL (self->call_text), TRUE);
  gtk_label_set_wrap (GTK_LABEL (self->call_number), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->call_text), 0);
  gtk_label_set_xalign (GTK_LABEL (self->call_number), 0);
  gtk_label_set_selectable (GTK_LABEL (self->call_number), TRUE);
  gtk_box_append (GTK_BOX (texts), self->call_text);
  gtk_box_append (GTK_BOX (texts), self->call_number);
  gtk_box_append (GTK_BOX (self->call_box), self->call_icon);
  gtk_box_append (GTK_BOX (self->call_box), texts);
  gtk_widget_set_visible (self->call_box, FALSE);
  gtk_box_append (GTK_BOX (self->content), self->call_box);
}

static void
build_meta (MosMessageBubble *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *gap = gtk_label_new (NULL);

  self->signs = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->footer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->time_label = gtk_label_new (NULL);
  self->menu_button = mos_message_bubble_make_menu_button (self);
  self->meta = line;
  gtk_widget_set_hexpand (gap, TRUE);
  gtk_widget_add_css_class (self->footer, "message-footer");
  gtk_widget_add_css_class (self->time_label, "caption");
  gtk_widget_add_css_class (self->time_label, "numeric");
  gtk_widget_add_css_class (self->time_label, "dimmed");
  gtk_widget_add_css_class (line, "chat-meta");
  gtk_box_append (GTK_BOX (line), self->signs);
  gtk_box_append (GTK_BOX (line), gap);
  gtk_box_append (GTK_BOX (line), self->time_label);
  gtk_box_append (GTK_BOX (line), self->footer);
  gtk_box_append (GTK_BOX (line), self->menu_button);
  gtk_box_append (GTK_BOX (self->content), line);
}

void
mos_message_bubble_build_chat (MosMessageBubble *self)
{
  MosMessageRow *row = mos_message_get_row (self->message);

  self->expanded = TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self), "chat");
  gtk_widget_set_halign (self->box, row->direction == MOS_DIRECTION_OUTGOING ? GTK_ALIGN_END : GTK_ALIGN_START);

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->name_label = gtk_label_new (NULL);
  self->kind_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->head, "chat-head");
  gtk_widget_add_css_class (self->name_label, "caption-heading");
  gtk_widget_add_css_class (self->kind_label, "message-kind");
  gtk_widget_add_css_class (self->kind_label, "caption");
  gtk_label_set_ellipsize (GTK_LABEL (self->name_label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (self->head), self->name_label);
  gtk_box_append (GTK_BOX (self->head), self->kind_label);
  gtk_box_append (GTK_BOX (self->box), self->head);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (self->content, "chat-content");
  self->origin_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->origin_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->origin_label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (self->origin_label), 40);
  gtk_widget_add_css_class (self->origin_label, "caption");
  gtk_widget_add_css_class (self->origin_label, "dimmed");
  gtk_box_append (GTK_BOX (self->content), self->origin_label);
  build_quote (self);
  build_call (self);

  self->bars = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->content), self->bars);
  self->attachments = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->content), self->attachments);
  self->body = mos_body_view_new ();
  mos_body_view_set_snug (MOS_BODY_VIEW (self->body), TRUE);
  g_signal_connect_object (self->body, "activate-link", G_CALLBACK (mos_message_bubble_open_link), self, G_CONNECT_SWAPPED);
  mos_message_bubble_add_body (self);
  self->fold_button = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->fold_button), "view-more-horizontal-symbolic");
  gtk_widget_add_css_class (self->fold_button, "fold-button");
  gtk_widget_set_halign (self->fold_button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->fold_button), "message.fold");
  gtk_box_append (GTK_BOX (self->content), self->fold_button);
  self->buttons = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->buttons), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->buttons), 6);
  gtk_box_append (GTK_BOX (self->content), self->buttons);
  build_meta (self);
  gtk_box_append (GTK_BOX (self->box), self->content);
}

/* --- as it stands now --- */

static void
update_origin (MosMessageBubble *self,
               const MosMessageRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const MosChatAbout *about = row->about;

  if (row->withdrawn_us != 0)
    g_string_append (text, row->direction == MOS_DIRECTION_OUTGOING ? _ ("Taken back. The customer does not see it any more.") : _ ("The customer took this back. It is kept here."));
  if (about != NULL && about->is_press)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", _ ("Pressed a button"));
  if (about != NULL && about->forwarded != NULL)
    {
      g_autofree char *who = mos_text_isolate (about->forwarded);
      /* Translators: %s is who first wrote a message that was passed on. */
      g_autofree char *line = *about->forwarded != '\0' ? g_strdup_printf (_ ("Forwarded from %s"), who) : g_strdup (_ ("Forwarded"));

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  if (about != NULL && about->payload != NULL)
    {
      g_autofree char *what = mos_text_isolate (about->payload);
      /* Translators: %s is what a link said: a word such as an order's number. */
      g_autofree char *line = g_strdup_printf (_ ("Came by a link that says “%s”"), what);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  if (g_strcmp0 (row->why, MOS_CHAT_UNKNOWN) == 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", _ ("It holds something that cannot be shown here. Look at it in the customer’s program."));
  gtk_label_set_label (GTK_LABEL (self->origin_label), text->str);
  gtk_widget_set_visible (self->origin_label, text->len > 0);
}

/* They are the customer's to press: here they are only read. */
static void
update_buttons (MosMessageBubble *self,
                const MosMessageRow *row)
{
  char **labels = row->about != NULL ? row->about->buttons : NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->buttons)) != NULL)
    adw_wrap_box_remove (ADW_WRAP_BOX (self->buttons), child);
  for (char **label = labels; label != NULL && *label != NULL; label++)
    {
      GtkWidget *words = gtk_label_new (*label);
      g_autofree char *isolated = mos_text_isolate (*label);
      /* Translators: what a screen reader says for a button below a message that the customer can press; %s is what is read on it. */
      g_autofree char *name = g_strdup_printf (_ ("Button for the customer: %s"), isolated);

      gtk_widget_add_css_class (words, "chat-button");
      gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
      mos_widget_set_direction_of (words, *label);
      mos_widget_set_label (words, name);
      adw_wrap_box_append (ADW_WRAP_BOX (self->buttons), words);
    }
  gtk_widget_set_visible (self->buttons, labels != NULL);
}

static void
update_call (MosMessageBubble *self,
             const MosMessageRow *row)
{
  gboolean is_outgoing = row->direction == MOS_DIRECTION_OUTGOING;
  g_autofree char *text = NULL;
  g_autofree char *number = NULL;
  g_autofree char *line = NULL;

  gtk_widget_set_visible (self->call_box, row->call != NULL);
  if (row->call == NULL)
    return;
  text = mos_call_text (row->call, is_outgoing);
  number = mos_call_number_text (row->call);
  if (row->call->by_hand)
    /* Translators: a telephone number, of a call that a person wrote down. */
    line = g_strdup_printf (_ ("%s · noted by hand"), number);
  else if (row->call->line != NULL)
    {
      g_autofree char *ours = mos_text_isolate (row->call->line);

      /* Translators: a customer’s telephone number, and which of our numbers or extensions the call was on. */
      line = g_strdup_printf (_ ("%1$s · on %2$s"), number, ours);
    }
  gtk_image_set_from_icon_name (GTK_IMAGE (self->call_icon), mos_call_icon_name (row->call, is_outgoing));
  if (mos_call_is_work (row->call, !is_outgoing))
    gtk_widget_add_css_class (self->call_icon, "error");
  else
    gtk_widget_remove_css_class (self->call_icon, "error");
  gtk_label_set_label (GTK_LABEL (self->call_text), text);
  gtk_label_set_label (GTK_LABEL (self->call_number), line != NULL ? line : number);
  gtk_widget_set_visible (self->body, *row->text != '\0');
}

static void
update_quote (MosMessageBubble *self,
              const MosMessageRow *row)
{
  const MosChatAbout *about = row->about;
  gboolean is_here = about != NULL && about->reply_to != NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;

  gtk_widget_set_visible (self->quote_button, about != NULL && about->is_reply && !about->is_press);
  if (about == NULL || !about->is_reply)
    return;
  name = g_strdup (about->reply_from != NULL && *about->reply_from != '\0' ? about->reply_from : about->reply_is_ours ? _ ("Us")
                                                                                                                      : _ ("Unknown sender"));
  text = g_strdup (about->reply_text != NULL ? about->reply_text : "");
  g_strdelimit (text, "\n", ' ');
  gtk_label_set_label (GTK_LABEL (self->quote_name), is_here ? name : "");
  gtk_widget_set_visible (self->quote_name, is_here);
  gtk_label_set_label (GTK_LABEL (self->quote_text), is_here ? text : _ ("Answers a message that is not here"));
  mos_widget_set_direction_of (self->quote_text, text);
  gtk_widget_set_sensitive (self->quote_button, is_here);
  /* Translators: what a screen reader says for the quotation above an answer: who wrote it, and how it begins. */
  label = is_here ? g_strdup_printf (_ ("Show what this answers: %1$s: %2$s"), name, text) : g_strdup (_ ("Answers a message that is not here"));
  mos_widget_set_label (self->quote_button, label);
  if (is_here)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->quote_button), "s", about->reply_to);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->quote_button), "conversation.show-message");
    }
}

/* Files come after their message. Returns: (transfer full): says which are shown, and how far they are */
static char *
describe_files (const MosMessageRow *row)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; row->attachments != NULL && i < row->attachments->len; i++)
    {
      const MosAttachment *one = row->attachments->pdata[i];

      g_string_append_printf (text, "%s %s %d;", one->sha256 != NULL ? one->sha256 : "-", one->why != NULL ? one->why : "", one->is_coming);
    }
  return g_string_free_and_steal (text);
}

static void
update_files (MosMessageBubble *self,
              const MosMessageRow *row)
{
  g_autofree char *files = describe_files (row);
  GtkWidget *wrap = NULL;

  gtk_widget_set_visible (self->attachments, *files != '\0');
  if (g_strcmp0 (files, self->shown_files) == 0)
    return;
  g_set_str (&self->shown_files, files);
  mos_message_bubble_empty (self, self->attachments);
  for (guint i = 0; row->attachments != NULL && i < row->attachments->len; i++)
    {
      g_autoptr (MosAttachment) shown = dup_shown (row->attachments->pdata[i]);
      gboolean is_picture = shown->file_kind == MOS_FILE_IMAGE && shown->sha256 != NULL;

      /* An album stands side by side. */
      if (is_picture && wrap == NULL && row->attachments->len > 1)
        {
          wrap = adw_wrap_box_new ();
          adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (wrap), 4);
          adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (wrap), 4);
          gtk_box_append (GTK_BOX (self->attachments), wrap);
        }
      if (is_picture && wrap != NULL)
        adw_wrap_box_append (ADW_WRAP_BOX (wrap), mos_chat_media_new (self->desk, shown));
      else
        gtk_box_append (GTK_BOX (self->attachments), mos_chat_media_new (self->desk, shown));
    }
}

static void
update_head (MosMessageBubble *self,
             const MosMessageRow *row)
{
  g_autofree char *sender = mos_message_bubble_dup_sender (row);
  g_autofree char *time = mos_time_text_clock (mos_message_bubble_get_time (row), NULL);
  g_autofree char *full = mos_time_text_full (mos_message_bubble_get_time (row), NULL);
  g_autofree char *edited = NULL;
  g_autofree char *said = NULL;
  g_autofree char *label = NULL;
  const char *kind = mos_message_bubble_kind_text (row);

  if (*kind == '\0' && self->channel_text != NULL && !self->continues)
    kind = self->channel_text;
  gtk_label_set_label (GTK_LABEL (self->name_label), sender);
  gtk_label_set_label (GTK_LABEL (self->kind_label), kind);
  gtk_widget_set_visible (self->kind_label, *kind != '\0');
  gtk_widget_set_visible (self->name_label, !self->continues);
  gtk_widget_set_visible (self->head, !self->continues || *kind != '\0');
  if (self->continues)
    gtk_widget_add_css_class (GTK_WIDGET (self), "continues");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "continues");

  if (row->edited_us != 0)
    /* Translators: stands beside the time of a message that its writer changed; %s is that time. */
    edited = g_strdup_printf (_ ("edited · %s"), time);
  gtk_label_set_label (GTK_LABEL (self->time_label), edited != NULL ? edited : time);
  gtk_widget_set_tooltip_text (self->time_label, full);

  said = mos_message_one_line (row);
  /* Translators: what a screen reader says for a message: who wrote it, when, and how it begins. */
  label = g_strdup_printf (_ ("Message from %1$s, %2$s: %3$s"), sender, time, said);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, label, -1);
}

/* One sign says it; the words are there for who asks. */
static void
shorten_footer (MosMessageBubble *self,
                const MosMessageRow *row)
{
  GtkWidget *icon, *label;

  mos_message_bubble_update_footer (self);
  if (row->delivery != MOS_DELIVERY_ACCEPTED && row->delivery != MOS_DELIVERY_DELIVERED && row->delivery != MOS_DELIVERY_READ)
    return;
  icon = gtk_widget_get_first_child (self->footer);
  label = icon != NULL ? gtk_widget_get_next_sibling (icon) : NULL;
  if (label == NULL)
    return;
  gtk_widget_set_tooltip_text (icon, gtk_label_get_label (GTK_LABEL (label)));
  mos_widget_set_label (icon, gtk_label_get_label (GTK_LABEL (label)));
  gtk_widget_set_visible (label, row->delivery == MOS_DELIVERY_READ);
}

void
mos_message_bubble_update_chat (MosMessageBubble *self)
{
  MosMessageRow *row = mos_message_get_row (self->message);

  if (row->withdrawn_us != 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "withdrawn");
  update_head (self, row);
  update_origin (self, row);
  update_buttons (self, row);
  update_quote (self, row);
  update_files (self, row);
  mos_message_bubble_update_body (self);
  update_call (self, row);
  mos_message_bubble_update_bars (self);
  mos_message_bubble_update_signs (self, row);
  shorten_footer (self, row);
}
