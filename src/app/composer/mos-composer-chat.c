/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/application/mos-keymap.h"
#include "app/composer/mos-chat-rules-text.h"
#include "app/composer/mos-composer-private.h"
#include "app/composer/mos-template-dialog.h"
#include "app/widgets/mos-dialog.h"
#include "app/widgets/mos-text-direction.h"

#include "core/desk/mos-chat-plan.h"
#include "core/desk/mos-chat-state.h"

#include <glib/gi18n.h>

/* What is particular about writing in a chat: what is quoted, how long it may be answered, how much goes out at once, and the way by mail. */

/* From so much of the limit on it is counted. */
#define COUNT_FROM 0.8
#define TICK_S 30

struct _MosComposerChat
{
  GtkWidget *box; /* above the text */
  GtkWidget *quote;
  GtkLabel *quote_name;
  GtkLabel *quote_text;
  GtkWidget *quote_remove;
  GtkWidget *window;
  GtkLabel *window_text;
  GtkWidget *template_button;
  GtkWidget *mail_button;
  GtkWidget *text_button;
  GtkWidget *length; /* below the text */
  GtkLabel *count;
  GtkWidget *parts_button;
  GtkWidget *parts; /* in its popover */

  MosChatState *state; /* (owned) (nullable) */
  guint tick_id;
  MosChatReply reply;
  gboolean quote_removed;
};

const MosChannelTraits *
mos_composer_get_traits (MosComposer *self)
{
  MosAccount *account = self->desk != NULL && self->account != NULL ? mos_desk_find_account (self->desk, self->account) : NULL;

  return mos_channel_traits_get (account != NULL ? account->kind : NULL);
}

gboolean
mos_composer_shows_typing (MosComposer *self)
{
  return mos_composer_is_chat (self) && (mos_composer_get_traits (self)->flags & MOS_CHANNEL_TYPING) != 0;
}

/* Beside a telephone one writes notes alone. */
static gboolean
is_calls (MosComposer *self)
{
  return (mos_composer_get_traits (self)->flags & MOS_CHANNEL_CALLS) != 0;
}

/* --- how much goes out at once --- */

static void
show_parts (MosComposerChat *chat,
            GPtrArray *parts)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (chat->parts)) != NULL)
    gtk_box_remove (GTK_BOX (chat->parts), child);
  for (guint i = 0; i < parts->len; i++)
    {
      const MosChatPart *part = parts->pdata[i];
      g_autofree char *text = g_strstrip (g_strdup (*part->text != '\0' ? part->text : part->file->name));
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_lines (GTK_LABEL (label), 6);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
      gtk_widget_add_css_class (label, "chat-part");
      mos_widget_set_direction_of (label, text);
      gtk_box_append (GTK_BOX (chat->parts), label);
    }
}

void
mos_composer_count_chat (MosComposer *self)
{
  MosComposerChat *chat = self->chat;
  const MosChannelTraits *traits;
  g_autoptr (GPtrArray) parts = NULL;
  g_auto (GStrv) buttons = NULL;
  g_autofree char *text = NULL;
  g_autofree char *counted = NULL;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  gsize length, limit;

  if (chat == NULL || self->is_setting)
    return;
  if (self->draft == NULL || !mos_composer_is_chat (self))
    {
      gtk_widget_set_visible (chat->length, FALSE);
      return;
    }
  traits = mos_composer_get_traits (self);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
  buttons = mos_composer_dup_buttons (self);
  parts = mos_chat_plan_parts (traits, text, self->files, (const char *const *) buttons, "preview");
  length = mos_split_count (text, traits->text_unit);
  limit = buttons != NULL ? traits->buttons_text_max : traits->text_max;
  gtk_widget_set_visible (GTK_WIDGET (chat->count), limit > 0 && (double) length >= COUNT_FROM * (double) limit);
  /* Translators: how long a text is, and how long it may be: "3,900 / 4,096". */
  counted = g_strdup_printf (_ ("%1$'d / %2$'d"), (int) length, (int) limit);
  gtk_label_set_label (chat->count, counted);
  /* Other words for a message stay one message; what is longer is refused. */
  gtk_widget_set_visible (chat->parts_button, parts->len > 1 && self->changed == NULL);
  gtk_widget_set_visible (chat->length, gtk_widget_get_visible (chat->parts_button) || gtk_widget_get_visible (GTK_WIDGET (chat->count)));
  if (parts->len > 1)
    {
      /* Translators: %u is how many messages of a chat one text becomes. */
      g_autofree char *label = g_strdup_printf (ngettext ("Goes out as %u message", "Goes out as %u messages", parts->len), parts->len);

      gtk_menu_button_set_label (GTK_MENU_BUTTON (chat->parts_button), label);
      show_parts (chat, parts);
    }
}

/* --- files --- */

char *
mos_composer_describe_chat_files (MosComposer *self)
{
  MosAccount *account = mos_desk_find_account (self->desk, self->account);

  for (guint i = 0; account != NULL && i < self->files->len; i++)
    {
      char *text = mos_chat_file_text (account, self->files->pdata[i]);

      if (text != NULL)
        return text;
    }
  return NULL;
}

/* --- how it stands --- */

/* Whether templates can be sent where it is written to: at any time, whether one may still write freely or not. */
static gboolean
has_templates (MosComposer *self)
{
  const MosChatState *state = self->chat->state;

  return state != NULL && state->closed == NULL && self->draft != NULL && self->draft->conversation != NULL && (mos_composer_get_traits (self)->flags & MOS_CHANNEL_TEMPLATES) != 0;
}

/* The first message to somebody: who it goes to stands in the draft, and nowhere else. */
static gboolean
begins_chat (MosComposer *self)
{
  return self->draft != NULL && self->draft->conversation == NULL && self->draft->to->len > 0 && mos_composer_is_chat (self);
}

static char *
dup_goes_to (MosComposer *self)
{
  const MosAddress *to = self->draft->to->pdata[0];
  g_autofree char *name = to->name != NULL && *to->name != '\0' ? mos_text_isolate (to->name) : NULL;
  g_autofree char *number = mos_text_isolate (to->address);

  if (name == NULL)
    /* Translators: %s is a telephone number. */
    return g_strdup_printf (_ ("Goes to %s as SMS"), number);
  /* Translators: a person and a telephone number. */
  return g_strdup_printf (_ ("Goes to %1$s, %2$s, as SMS"), name, number);
}

/* Where nothing but a template can be sent, or soon, that is what the composer is for. */
static void
suggest (MosComposer *self)
{
  gboolean is_template = self->chat->reply != MOS_CHAT_REPLY_FREE && has_templates (self);
  GtkWidget *one = is_template ? self->chat->template_button : GTK_WIDGET (self->send_button);
  GtkWidget *other = is_template ? GTK_WIDGET (self->send_button) : self->chat->template_button;

  gtk_widget_add_css_class (one, "suggested-action");
  gtk_widget_remove_css_class (other, "suggested-action");
  if (is_template)
    gtk_widget_remove_css_class (self->chat->template_button, "flat");
  else
    gtk_widget_add_css_class (self->chat->template_button, "flat");
}

static void
update_window (MosComposer *self)
{
  MosComposerChat *chat = self->chat;
  MosChannelTraits traits = *mos_composer_get_traits (self);
  g_autofree char *text = NULL;
  MosChatReply before = chat->reply;
  gboolean can_have_buttons;

  chat->reply = MOS_CHAT_REPLY_FREE;
  /* The longer window is not everybody's. */
  traits.tagged_window_s = chat->state != NULL ? chat->state->tagged_window_s : 0;
  if (begins_chat (self))
    text = dup_goes_to (self);
  else if (is_calls (self))
    text = g_strdup (_ ("Nothing can be sent to a telephone: what you write here stays at the desk."));
  else if (chat->state != NULL && self->draft != NULL)
    text = mos_chat_window_text (&traits, chat->state->closed, chat->state->last_incoming_us, mos_composer_now_us (self), &chat->reply);
  can_have_buttons = mos_composer_update_buttons (self);
  gtk_label_set_label (chat->window_text, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (chat->window_text), text != NULL);
  gtk_widget_set_visible (chat->template_button, has_templates (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.template", has_templates (self));
  gtk_widget_set_visible (chat->mail_button, chat->state != NULL && chat->state->mail_address != NULL);
  gtk_widget_set_visible (chat->text_button, chat->state != NULL && chat->state->text_number != NULL);
  gtk_widget_set_visible (chat->window, text != NULL || can_have_buttons || gtk_widget_get_visible (chat->mail_button) || gtk_widget_get_visible (chat->text_button) || gtk_widget_get_visible (chat->template_button));
  suggest (self);
  if (chat->reply == MOS_CHAT_REPLY_FREE)
    gtk_widget_remove_css_class (GTK_WIDGET (chat->window_text), "warning");
  else
    gtk_widget_add_css_class (GTK_WIDGET (chat->window_text), "warning");
  if (chat->reply > before && text != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
name_remove_button (GtkWidget *button,
                    gboolean is_change)
{
  const char *label = is_change ? _ ("Leave the message as it is") : _ ("Answer without the quotation");

  gtk_widget_set_tooltip_text (button, label);
  mos_widget_set_label (button, label);
}

static void
update_quote (MosComposer *self)
{
  MosComposerChat *chat = self->chat;
  const MosChatState *state = chat->state;
  gboolean is_change = self->changed != NULL;
  gboolean shown = is_change || (state != NULL && state->quoted_text != NULL && !chat->quote_removed && (mos_composer_get_traits (self)->flags & MOS_CHANNEL_REPLIES) != 0);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (chat->quote, shown);
  if (!shown)
    return;
  text = g_strdup (is_change ? self->changed_text : state->quoted_text);
  g_strdelimit (text, "\n", ' ');
  gtk_label_set_label (chat->quote_name, is_change                    ? _ ("Changing a message that was sent")
                                         : state->quoted_from != NULL ? state->quoted_from
                                         : state->quoted_is_ours      ? _ ("Us")
                                                                      : _ ("Unknown sender"));
  name_remove_button (chat->quote_remove, is_change);
  gtk_label_set_label (chat->quote_text, text);
  mos_widget_set_direction_of (GTK_WIDGET (chat->quote_text), text);
}

typedef struct
{
  MosComposer *self; /* (owned) */
  char *draft;       /* (owned): which was open */
} StateJob;

static void
state_job_free (StateJob *job)
{
  g_object_unref (job->self);
  g_free (job->draft);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StateJob, state_job_free)

static void
on_state_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (StateJob) job = user_data;
  MosComposer *self = job->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosChatState) state = mos_desk_load_chat_state_finish (MOS_DESK (source), result, &error);

  if (state == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("A chat could not be looked at: %s", error->message);
      return;
    }
  if (self->box == NULL || self->draft == NULL || !g_str_equal (self->draft->id, job->draft))
    return;
  g_clear_pointer (&self->chat->state, mos_chat_state_unref);
  self->chat->state = g_steal_pointer (&state);
  update_quote (self);
  update_window (self);
  gtk_widget_set_visible (self->chat->box, gtk_widget_get_visible (self->chat->quote) || gtk_widget_get_visible (self->chat->window));
}

static gboolean
on_tick_cb (gpointer composer)
{
  update_window (composer);
  return G_SOURCE_CONTINUE;
}

static void
load_state (MosComposer *self)
{
  StateJob *job = g_new0 (StateJob, 1);

  job->self = g_object_ref (self);
  job->draft = g_strdup (self->draft->id);
  mos_desk_load_chat_state_async (self->desk, self->draft->conversation, self->draft->reply_to_message, self->cancellable, on_state_cb, job);
}

void
mos_composer_open_chat (MosComposer *self)
{
  MosComposerChat *chat = self->chat;

  mos_composer_close_chat (self);
  mos_composer_open_buttons (self);
  mos_composer_count_chat (self);
  if (begins_chat (self))
    {
      update_window (self);
      gtk_widget_set_visible (chat->box, TRUE);
      return;
    }
  if (self->draft == NULL || self->draft->conversation == NULL || (!mos_composer_is_chat (self) && !is_calls (self)))
    return;
  if (self->changed != NULL)
    {
      update_quote (self);
      gtk_widget_set_visible (chat->window, FALSE);
      gtk_widget_set_visible (chat->box, TRUE);
      return;
    }
  chat->tick_id = g_timeout_add_seconds (TICK_S, on_tick_cb, self);
  load_state (self);
}

void
mos_composer_renew_chat (MosComposer *self)
{
  /* Where the time is counted. */
  if (self->chat != NULL && self->chat->tick_id != 0)
    load_state (self);
}

void
mos_composer_close_chat (MosComposer *self)
{
  MosComposerChat *chat = self->chat;

  if (chat == NULL)
    return;
  g_clear_handle_id (&chat->tick_id, g_source_remove);
  g_clear_pointer (&chat->state, mos_chat_state_unref);
  chat->reply = MOS_CHAT_REPLY_FREE;
  suggest (self);
  chat->quote_removed = FALSE;
  mos_composer_close_buttons (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.template", FALSE);
  gtk_widget_set_visible (chat->box, FALSE);
  gtk_widget_set_visible (chat->quote, FALSE);
}

gboolean
mos_composer_chat_may_send (MosComposer *self)
{
  return self->chat == NULL || self->chat->reply != MOS_CHAT_REPLY_OVER;
}

const char *
mos_composer_get_answered (MosComposer *self)
{
  return self->chat != NULL && self->chat->quote_removed ? NULL : self->draft->reply_to_message;
}

/* --- templates --- */

static void
on_template_sent_cb (MosComposer *self,
                     const char *message)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("Message is being sent"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
template_action (GtkWidget *widget,
                 const char *action,
                 GVariant *parameter)
{
  MosComposer *self = MOS_COMPOSER (widget);
  MosTemplateDialog *dialog;

  if (!has_templates (self))
    return;
  dialog = mos_template_dialog_new (self->desk, self->account, self->draft->conversation, self->draft->language);
  g_signal_connect_object (dialog, "sent", G_CALLBACK (on_template_sent_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (dialog), widget);
}

void
mos_composer_class_init_chat (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "composer.template", NULL, template_action);
  mos_composer_class_init_buttons (widget_class);
}

/* --- built once --- */

static void
on_quote_removed_cb (MosComposer *self)
{
  if (self->changed != NULL)
    {
      mos_composer_leave_change (self);
      return;
    }
  self->chat->quote_removed = TRUE;
  update_quote (self);
  gtk_widget_set_visible (self->chat->box, gtk_widget_get_visible (self->chat->window));
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  mos_composer_touch (self);
}

static void
build_quote (MosComposer *self)
{
  MosComposerChat *chat = self->chat;
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");

  chat->quote = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  chat->quote_name = GTK_LABEL (gtk_label_new (NULL));
  chat->quote_text = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (chat->quote_name), "caption-heading");
  gtk_widget_add_css_class (GTK_WIDGET (chat->quote_text), "caption");
  gtk_label_set_xalign (chat->quote_name, 0);
  gtk_label_set_xalign (chat->quote_text, 0);
  gtk_label_set_ellipsize (chat->quote_name, PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (chat->quote_text, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_add_css_class (texts, "chat-quote");
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  name_remove_button (remove, FALSE);
  chat->quote_remove = remove;
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_quote_removed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (chat->quote_name));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (chat->quote_text));
  gtk_box_append (GTK_BOX (chat->quote), texts);
  gtk_box_append (GTK_BOX (chat->quote), remove);
  gtk_box_append (GTK_BOX (chat->box), chat->quote);
}

static void
build_window (MosComposer *self)
{
  MosComposerChat *chat = self->chat;
  g_autofree char *key = NULL;

  chat->window = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (chat->window), 8);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (chat->window), 4);
  chat->window_text = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (chat->window_text, TRUE);
  gtk_label_set_xalign (chat->window_text, 0);
  gtk_widget_add_css_class (GTK_WIDGET (chat->window_text), "caption");
  chat->template_button = gtk_button_new_with_mnemonic (_ ("Send a _Template…"));
  gtk_widget_add_css_class (chat->template_button, "flat");
  gtk_widget_add_css_class (chat->template_button, "caption");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (chat->template_button), "composer.template");
  key = mos_keymap_dup_label (mos_keymap_get (), mos_shortcuts_find ("composer.template"));
  gtk_widget_set_tooltip_text (chat->template_button, key);
  chat->mail_button = gtk_button_new_with_mnemonic (_ ("Answer by _Mail Instead"));
  gtk_widget_add_css_class (chat->mail_button, "flat");
  gtk_widget_add_css_class (chat->mail_button, "caption");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (chat->mail_button), "conversation.answer-by-mail");
  /* What is wider than the box, AdwWrapBox of libadwaita 1.7 puts beyond its edge from right to left. */
  gtk_label_set_max_width_chars (chat->window_text, 44);
  adw_wrap_box_append (ADW_WRAP_BOX (chat->window), GTK_WIDGET (chat->window_text));
  adw_wrap_box_append (ADW_WRAP_BOX (chat->window), chat->template_button);
  chat->text_button = gtk_button_new_with_mnemonic (_ ("Answer by _SMS"));
  gtk_widget_add_css_class (chat->text_button, "flat");
  gtk_widget_add_css_class (chat->text_button, "caption");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (chat->text_button), "conversation.answer-by-sms");
  adw_wrap_box_append (ADW_WRAP_BOX (chat->window), chat->text_button);
  adw_wrap_box_append (ADW_WRAP_BOX (chat->window), chat->mail_button);
  gtk_box_append (GTK_BOX (chat->box), chat->window);
}

void
mos_composer_init_chat (MosComposer *self)
{
  MosComposerChat *chat = g_new0 (MosComposerChat, 1);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *add_button;

  self->chat = chat;
  chat->reply = MOS_CHAT_REPLY_FREE;
  chat->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (chat->box, "composer-chat");
  gtk_widget_set_visible (chat->box, FALSE);
  build_quote (self);
  build_window (self);
  gtk_box_prepend (GTK_BOX (self->box), chat->box);

  chat->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (chat->count), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (chat->count), "numeric");
  gtk_widget_set_visible (GTK_WIDGET (chat->count), FALSE);
  chat->parts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), chat->parts);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  chat->parts_button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (chat->parts_button), popover);
  gtk_widget_add_css_class (chat->parts_button, "flat");
  gtk_widget_add_css_class (chat->parts_button, "caption");
  gtk_widget_set_tooltip_text (chat->parts_button, _ ("Show how it is parted"));
  gtk_widget_set_visible (chat->parts_button, FALSE);
  chat->length = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (chat->length), 8);
  gtk_widget_add_css_class (chat->length, "composer-chat");
  gtk_widget_set_visible (chat->length, FALSE);
  adw_wrap_box_append (ADW_WRAP_BOX (chat->length), GTK_WIDGET (chat->count));
  adw_wrap_box_append (ADW_WRAP_BOX (chat->length), chat->parts_button);
  gtk_box_insert_child_after (GTK_BOX (self->box), chat->length, GTK_WIDGET (self->scroller));
  mos_composer_init_buttons (self, GTK_WIDGET (self->scroller), &add_button);
  adw_wrap_box_insert_child_after (ADW_WRAP_BOX (chat->window), add_button, chat->template_button);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view)), "changed", G_CALLBACK (mos_composer_count_chat), self, G_CONNECT_SWAPPED);
}

void
mos_composer_dispose_chat (MosComposer *self)
{
  if (self->chat == NULL)
    return;
  g_clear_handle_id (&self->chat->tick_id, g_source_remove);
  g_clear_pointer (&self->chat->state, mos_chat_state_unref);
  g_clear_pointer (&self->chat, g_free);
  mos_composer_dispose_buttons (self);
}
