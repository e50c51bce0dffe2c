/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/application/mos-chat-text.h"
#include "app/application/mos-settings.h"
#include "app/conversation/mos-attachment-chip.h"
#include "app/conversation/mos-hint-text.h"
#include "app/conversation/mos-message-bubble-private.h"
#include "app/conversation/mos-message-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"
#include "core/base/mos-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

void
mos_message_bubble_empty (MosMessageBubble *self,
                          GtkWidget *box)
{
  GtkRoot *root = gtk_widget_get_root (box);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *child;

  /* Gone with what had it, it would be nowhere, and Tab would pass all messages by from then on. */
  if (focus != NULL && gtk_widget_is_ancestor (focus, box))
    mos_message_bubble_focus (self);
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_widget_unparent (child);
}

/* --- Bars: what must be known before the text is read --- */

GtkWidget *
mos_message_bubble_add_bar (MosMessageBubble *self,
                            const char *style,
                            const char *icon,
                            const char *text,
                            const char *detail)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *buttons = adw_wrap_box_new ();

  gtk_widget_add_css_class (bar, "message-bar");
  gtk_widget_add_css_class (bar, style);
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  /* An address is not a word to be parted. */
  mos_label_forbid_hyphens (GTK_LABEL (label));
  gtk_box_append (GTK_BOX (texts), label);
  if (detail != NULL && *detail != '\0')
    {
      GtkWidget *more = gtk_label_new (detail);
      GtkWidget *toggle = gtk_toggle_button_new_with_label (_ ("Details"));

      gtk_label_set_wrap (GTK_LABEL (more), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (more), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_xalign (GTK_LABEL (more), 0);
      gtk_label_set_selectable (GTK_LABEL (more), TRUE);
      mos_label_forbid_hyphens (GTK_LABEL (more));
      gtk_widget_add_css_class (more, "caption");
      gtk_widget_add_css_class (more, "dimmed");
      mos_widget_set_label (more, _ ("The server’s own words"));
      /* No GtkExpander: closed, with a selectable label in it, it keeps the focus for ever. */
      gtk_widget_set_halign (toggle, GTK_ALIGN_START);
      gtk_widget_add_css_class (toggle, "flat");
      gtk_widget_add_css_class (toggle, "caption");
      g_object_bind_property (toggle, "active", more, "visible", G_BINDING_SYNC_CREATE);
      gtk_box_append (GTK_BOX (texts), toggle);
      gtk_box_append (GTK_BOX (texts), more);
    }
  gtk_box_append (GTK_BOX (top), image);
  gtk_box_append (GTK_BOX (top), texts);
  gtk_box_append (GTK_BOX (bar), top);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (buttons), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (buttons), 6);
  gtk_widget_set_visible (buttons, FALSE);
  gtk_box_append (GTK_BOX (bar), buttons);
  gtk_box_append (GTK_BOX (self->bars), bar);
  return buttons;
}

GtkWidget *
mos_message_bubble_add_bar_button (GtkWidget *buttons,
                                   const char *label,
                                   const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_wrap_box_append (ADW_WRAP_BOX (buttons), button);
  gtk_widget_set_visible (buttons, TRUE);
  return button;
}

/* Somebody else may be answering the same mail. */
static void
add_twin_bar (MosMessageBubble *self,
              const MosMessageRow *row)
{
  g_autofree char *account = mos_text_isolate (row->other_account);
  /* Translators: %1$s is the name of an account, %2$d the number of a conversation. */
  g_autofree char *text = g_strdup_printf (_ ("The same mail was sent to %1$s as well, and is in conversation #%2$d there."), account, (int) row->other_number);
  /* Translators: opens the conversation with that number. */
  g_autofree char *open = g_strdup_printf (_ ("Open #%d"), (int) row->other_number);
  GtkWidget *button = mos_message_bubble_add_bar_button (mos_message_bubble_add_bar (self, "info", "dialog-information-symbolic", text, NULL), open, "win.open-conversation");

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", row->other);
}

/* It waits: for an undo, for its time, or for a person. */
static void
add_scheduled_bar (MosMessageBubble *self,
                   const MosMessageRow *row)
{
  g_autofree char *text = mos_scheduled_text (row, mos_message_bubble_now_us (self));
  gboolean is_held = row->why != NULL && g_str_has_prefix (row->why, "held-");
  gboolean is_undo = g_strcmp0 (row->why, MOS_SCHEDULED_UNDO) == 0;
  GtkWidget *buttons = mos_message_bubble_add_bar (self, is_held ? "warning" : "info", is_held ? "dialog-warning-symbolic" : "document-open-recent-symbolic", text, NULL);

  mos_message_bubble_add_bar_button (buttons, _ ("_Send Now"), "message.send-now");
  if (!is_undo)
    mos_message_bubble_add_bar_button (buttons, _ ("C_hange…"), "message.change-time");
  mos_message_bubble_add_bar_button (buttons, _ ("_Cancel"), "message.edit");
}

/* On its way, but not as it should be. */
static void
add_progress_bar (MosMessageBubble *self,
                  const MosMessageRow *row)
{
  g_autofree char *text = NULL;

  if (row->delivery == MOS_DELIVERY_QUEUED && (text = mos_delivery_waiting_text (row, mos_message_bubble_now_us (self))) != NULL)
    {
      mos_message_bubble_add_bar_button (mos_message_bubble_add_bar (self, "info", "document-open-recent-symbolic", text, row->why_detail), _ ("_Try Now"), "message.retry");
    }
  else if (row->delivery == MOS_DELIVERY_ACCEPTED && g_strcmp0 (row->why, "recipients-refused") == 0)
    {
      text = mos_delivery_trouble_text (row);
      /* The words are in it. */
      mos_message_bubble_add_bar_button (mos_message_bubble_add_bar (self, "warning", "dialog-warning-symbolic", text, NULL), _ ("_Retry"), "message.retry");
    }
  else if (row->delivery == MOS_DELIVERY_ACCEPTED && g_strcmp0 (row->why, "delayed") == 0)
    {
      text = mos_recipients_trouble_text (row);
      mos_message_bubble_add_bar (self, "info", "document-open-recent-symbolic",
                                  text != NULL ? text : _ ("It is still on its way: the recipient’s server has not taken it yet. It keeps being tried, and you hear of it should it fail."), row->why_detail);
    }
  else if (row->delivery == MOS_DELIVERY_ACCEPTED && g_strcmp0 (row->why, "no-copy") == 0)
    mos_message_bubble_add_bar (self, "info", "dialog-information-symbolic",
                                _ ("It was sent, but the server took no copy for the Sent folder, so other mail programs do not show it. It is kept here. Perhaps the mailbox is full."), row->why_detail);
  else if (row->delivery == MOS_DELIVERY_CANCELLED && row->why != NULL)
    mos_message_bubble_add_bar (self, "info", "process-stop-symbolic", mos_delivery_why_text (row), NULL);
}

void
mos_message_bubble_update_bars (MosMessageBubble *self)
{
  MosMessageRow *row = mos_message_get_row (self->message);
  GtkWidget *buttons;

  mos_message_bubble_empty (self, self->bars);

  if (self->hints != NULL && self->hints->len > 0)
    {
      g_autofree char *first = mos_hint_text (self->hints->pdata[0]);
      g_autofree char *text = NULL;

      if (self->hints->len > 1)
        /* Translators: %1$s is a whole sentence, %2$u the number of further ones. */
        text = g_strdup_printf (ngettext ("%1$s And %2$u more thing is unusual.", "%1$s And %2$u more things are unusual.", self->hints->len - 1), first, self->hints->len - 1);
      buttons = mos_message_bubble_add_bar (self, "warning", "dialog-warning-symbolic", text != NULL ? text : first, NULL);
      mos_message_bubble_add_bar_button (buttons, _ ("_Why?"), "message.why-hint");
      mos_message_bubble_add_bar_button (buttons, _ ("Mark as _Spam"), "conversation.spam");
    }
  if (row->quarantined)
    {
      buttons = mos_message_bubble_add_bar (self, "info", "dialog-information-symbolic", mos_quarantine_text (row->why, row->classification), row->why_detail);
      /* A report about our own mail stays what it is; its conversation is no prisoner. */
      if (row->classification != MOS_CLASSIFICATION_BOUNCE_HARD && row->classification != MOS_CLASSIFICATION_BOUNCE_SOFT && row->classification != MOS_CLASSIFICATION_DELIVERY_REPORT)
        {
          mos_message_bubble_add_bar_button (buttons, _ ("_Treat as Normal Mail"), "message.release");
          if (row->from != NULL && row->classification != MOS_CLASSIFICATION_OWN_LOOP && row->classification != MOS_CLASSIFICATION_FEEDBACK_REPORT)
            {
              GtkWidget *button = mos_message_bubble_add_bar_button (buttons, _ ("_Always Let This Sender Through"), "conversation.allow-sender");

              /* It is for a conversation that lies in the quarantine as a whole: elsewhere it stays away, rather than stand there dead. */
              g_object_bind_property (button, "sensitive", button, "visible", G_BINDING_SYNC_CREATE);
            }
        }
    }
  if (row->direction == MOS_DIRECTION_INCOMING && mos_chat_content_text (row->why) != NULL)
    mos_message_bubble_add_bar (self, "info", "dialog-information-symbolic", mos_chat_content_text (row->why), row->why_detail);
  if (row->head_only)
    {
      buttons = mos_message_bubble_add_bar (self, "info", "dialog-information-symbolic",
                                            row->removed_on_server ? _ ("This mail is larger than what is fetched. Only its head is here, and the mail server has it no more.")
                                                                   : _ ("This mail is larger than what is fetched. Only its head is here; the whole of it lies on the mail server."),
                                            NULL);
      if (!row->removed_on_server)
        mos_message_bubble_add_bar_button (buttons, _ ("_Fetch the Whole Message"), "message.fetch-whole");
    }
  if (row->direction == MOS_DIRECTION_OUTGOING && (row->delivery == MOS_DELIVERY_FAILED || row->delivery == MOS_DELIVERY_BOUNCED))
    {
      g_autofree char *text = mos_delivery_trouble_text (row);

      buttons = mos_message_bubble_add_bar (self, "error", "dialog-error-symbolic", text, row->why_detail);
      /* What came back and was sent elsewhere, on a phone perhaps, is not ours to send again. */
      if (row->delivery == MOS_DELIVERY_FAILED || row->attempts > 0)
        mos_message_bubble_add_bar_button (buttons, _ ("_Retry"), "message.retry");
      if (row->delivery == MOS_DELIVERY_FAILED)
        {
          mos_message_bubble_add_bar_button (buttons, _ ("_Edit"), "message.edit");
          mos_message_bubble_add_bar_button (buttons, _ ("_Discard"), "message.discard");
        }
    }
  if (row->direction == MOS_DIRECTION_OUTGOING && row->delivery == MOS_DELIVERY_UNCERTAIN)
    {
      buttons = mos_message_bubble_add_bar (self, "warning", "dialog-warning-symbolic",
                                            mos_delivery_uncertain_text (row), row->why_detail);
      mos_message_bubble_add_bar_button (buttons, _ ("_Yes, It Was Sent"), "message.was-sent");
      mos_message_bubble_add_bar_button (buttons, _ ("_No, Send It Again"), "message.was-not-sent");
    }
  if (row->direction == MOS_DIRECTION_OUTGOING && row->delivery == MOS_DELIVERY_SCHEDULED)
    add_scheduled_bar (self, row);
  else if (row->direction == MOS_DIRECTION_OUTGOING)
    add_progress_bar (self, row);
  mos_message_bubble_add_change_bars (self, row);
  if (row->new_sender && row->from != NULL)
    {
      g_autofree char *who = mos_text_isolate (row->from->name != NULL && *row->from->name != '\0' ? row->from->name : row->from->address);
      /* Translators: %s is a person or an address. */
      g_autofree char *text = g_strdup_printf (_ ("%s is new in this conversation. Its customer stays who it was."), who);

      buttons = mos_message_bubble_add_bar (self, "info", "avatar-default-symbolic", text, NULL);
      mos_message_bubble_add_bar_button (buttons, _ ("_Why Is This Here?"), "message.why");
    }
  if (row->direction == MOS_DIRECTION_INCOMING && row->other != NULL)
    add_twin_bar (self, row);
  mos_message_bubble_add_language_bar (self);
  if (row->removed_on_server)
    mos_message_bubble_add_bar (self, "info", "user-trash-symbolic", _ ("This mail was removed on the server. It is kept here."), NULL);
  if (!self->images_allowed && mos_message_bubble_count_remote (self) > 0 && g_settings_get_enum (mos_settings_get (), "remote-images") == 0)
    {
      buttons = mos_message_bubble_add_bar (self, "info", "image-x-generic-symbolic", _ ("Pictures on the internet were not loaded: they would tell the sender that you read this."), NULL);
      mos_message_bubble_add_bar_button (buttons, _ ("_Load Remote Images"), "message.load-images");
      if (row->direction == MOS_DIRECTION_INCOMING && row->from != NULL && *row->from->address != '\0' && !row->quarantined && (self->hints == NULL || self->hints->len == 0))
        mos_message_bubble_add_bar_button (buttons, _ ("_Always for This Sender"), "message.always-images");
    }
  gtk_widget_set_visible (self->bars, gtk_widget_get_first_child (self->bars) != NULL);
}

/* --- Recipients --- */

static void
add_detail (MosMessageBubble *self,
            int *line,
            const char *title,
            const char *value)
{
  GtkWidget *name, *label;

  if (value == NULL || *value == '\0')
    return;
  name = gtk_label_new (title);
  label = gtk_label_new (value);
  gtk_label_set_xalign (GTK_LABEL (name), 1);
  gtk_label_set_yalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  mos_label_forbid_hyphens (GTK_LABEL (label));
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (name, "dimmed");
  gtk_widget_add_css_class (label, "caption");
  mos_widget_set_label (label, title);
  gtk_grid_attach (GTK_GRID (self->details), name, 0, *line, 1, 1);
  gtk_grid_attach (GTK_GRID (self->details), label, 1, *line, 1, 1);
  (*line)++;
}

void
mos_message_bubble_update_details (MosMessageBubble *self)
{
  MosMessageRow *row = mos_message_get_row (self->message);
  g_autofree char *to = mos_addresses_text (row->to, FALSE);
  g_autofree char *cc = mos_addresses_text (row->cc, FALSE);
  g_autofree char *summary = NULL;
  g_autoptr (GPtrArray) from = NULL;
  g_autofree char *text = NULL;
  int line = 0;
  gboolean mail = row->direction != MOS_DIRECTION_NOTE && (*to != '\0' || *cc != '\0');

  gtk_widget_set_visible (self->recipients_button, mail);
  if (!mail)
    return;

  if (*cc != '\0')
    /* Translators: the recipients of a message, and those who got a copy. */
    summary = g_strdup_printf (_ ("To %1$s, copy to %2$s"), to, cc);
  else
    /* Translators: the recipients of a message. */
    summary = g_strdup_printf (_ ("To %s"), to);
  if (row->direction == MOS_DIRECTION_INCOMING && row->reply_to->len > 0 && row->from != NULL &&
      !mos_text_same_mailbox (((MosAddress *) g_ptr_array_index (row->reply_to, 0))->address, row->from->address))
    {
      g_autofree char *reply_to = mos_addresses_text (row->reply_to, FALSE);
      g_autofree char *plain = g_steal_pointer (&summary);

      /* Translators: the line “To …”, then who gets the answer: not who sent it, as with a form on a web page. */
      summary = g_strdup_printf (_ ("%1$s · answers go to %2$s"), plain, reply_to);
    }
  gtk_label_set_label (GTK_LABEL (self->recipients_label), summary);
  gtk_widget_set_tooltip_text (self->recipients_button, _ ("Show all recipients"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->recipients_button), GTK_ACCESSIBLE_STATE_EXPANDED, gtk_widget_get_visible (self->details), -1);

  if (!gtk_widget_get_visible (self->details))
    return;
  mos_message_bubble_empty (self, self->details);
  from = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  if (row->from != NULL)
    g_ptr_array_add (from, mos_address_ref (row->from));
  text = mos_addresses_text (from, TRUE);
  add_detail (self, &line, _ ("From"), text);
  g_free (text);
  text = mos_addresses_text (row->reply_to, TRUE);
  add_detail (self, &line, _ ("Reply to"), text);
  g_free (text);
  text = mos_addresses_text (row->to, TRUE);
  add_detail (self, &line, _ ("To"), text);
  g_free (text);
  text = mos_addresses_text (row->cc, TRUE);
  add_detail (self, &line, _ ("Cc"), text);
  g_free (text);
  text = mos_addresses_text (row->bcc, TRUE);
  add_detail (self, &line, _ ("Bcc"), text);
  add_detail (self, &line, _ ("Subject"), row->subject);
  g_free (text);
  text = mos_time_text_full (row->sent_us, NULL);
  add_detail (self, &line, _ ("Sent"), text);
  g_free (text);
  text = row->direction == MOS_DIRECTION_INCOMING ? mos_time_text_full (row->received_us, NULL) : g_strdup ("");
  add_detail (self, &line, _ ("Received"), text);
}

/* --- Attachments --- */

static GPtrArray *
listed_attachments (const MosMessageRow *row)
{
  GPtrArray *listed = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);

  for (guint i = 0; row->attachments != NULL && i < row->attachments->len; i++)
    {
      MosAttachment *attachment = g_ptr_array_index (row->attachments, i);

      /* An inline part with nothing to show it in must not vanish. */
      if (!attachment->is_inline || !row->has_html)
        g_ptr_array_add (listed, mos_attachment_ref (attachment));
    }
  return listed;
}

void
mos_message_bubble_update_attachments (MosMessageBubble *self)
{
  MosMessageRow *row = mos_message_get_row (self->message);
  g_autoptr (GPtrArray) listed = listed_attachments (row);
  GtkWidget *wrap;

  gtk_widget_set_visible (self->attachments, listed->len > 0);
  /* A message's attachments never change; the chips keep their thumbnails. */
  if (listed->len == 0 || gtk_widget_get_first_child (self->attachments) != NULL)
    return;

  wrap = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (wrap), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (wrap), 6);
  for (guint i = 0; i < listed->len; i++)
    adw_wrap_box_append (ADW_WRAP_BOX (wrap), mos_attachment_chip_new (self->desk, g_ptr_array_index (listed, i), FALSE));
  gtk_box_append (GTK_BOX (self->attachments), wrap);
  if (listed->len > 1)
    {
      GtkWidget *all = gtk_button_new_with_mnemonic (_ ("Save _All…"));

      gtk_widget_set_halign (all, GTK_ALIGN_START);
      gtk_widget_add_css_class (all, "flat");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (all), "message.save-all");
      gtk_box_append (GTK_BOX (self->attachments), all);
    }
}

/* --- What became of it --- */

void
mos_message_bubble_update_footer (MosMessageBubble *self)
{
  MosMessageRow *row = mos_message_get_row (self->message);
  gboolean has_bar = row->delivery == MOS_DELIVERY_FAILED || row->delivery == MOS_DELIVERY_BOUNCED || row->delivery == MOS_DELIVERY_UNCERTAIN || row->delivery == MOS_DELIVERY_SCHEDULED;
  const char *text = row->direction == MOS_DIRECTION_OUTGOING && !has_bar ? mos_delivery_text (row->delivery) : "";
  const char *icon = "";
  GtkWidget *label;

  mos_message_bubble_empty (self, self->footer);
  gtk_widget_set_visible (self->footer, *text != '\0');
  if (*text == '\0')
    return;

  switch (row->delivery)
    {
    case MOS_DELIVERY_SENDING:
    case MOS_DELIVERY_QUEUED:
    case MOS_DELIVERY_SCHEDULED:
      icon = "document-open-recent-symbolic";
      break;
    case MOS_DELIVERY_ACCEPTED:
    case MOS_DELIVERY_DELIVERED:
    case MOS_DELIVERY_READ:
      icon = "object-select-symbolic";
      break;
    case MOS_DELIVERY_FAILED:
    case MOS_DELIVERY_BOUNCED:
    case MOS_DELIVERY_UNCERTAIN:
    case MOS_DELIVERY_DRAFT:
    case MOS_DELIVERY_CANCELLED:
    case MOS_DELIVERY_RECEIVED:
    default:
      icon = "document-edit-symbolic";
      break;
    }
  gtk_box_append (GTK_BOX (self->footer), gtk_image_new_from_icon_name (icon));
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (self->footer), label);
  if (row->delivery == MOS_DELIVERY_QUEUED)
    {
      GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Edit"));

      gtk_widget_add_css_class (cancel, "flat");
      gtk_widget_add_css_class (cancel, "caption");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "message.edit");
      gtk_widget_set_tooltip_text (cancel, _ ("Take it back and edit it"));
      gtk_box_append (GTK_BOX (self->footer), cancel);
    }
}
