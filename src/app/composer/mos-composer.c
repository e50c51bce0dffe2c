/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-composer.h"

#include "app/application/mos-shortcuts.h"
#include "app/composer/mos-composer-private.h"
#include "app/composer/mos-from-choices.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-text-style.h"

#include "core/channels/mos-channel-traits.h"
#include "core/desk/mos-desk-views.h"
#include "core/desk/mos-senders.h"
#include "core/mail/mime/mos-markup.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (MosComposer, mos_composer, GTK_TYPE_WIDGET)

static gboolean
is_kind (MosComposer *self,
         const char *kind)
{
  return self->draft != NULL && g_str_equal (self->draft->kind, kind);
}

static char *
buffer_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* Of @agent (nullable), as it stands in a draft of this kind: with its marks, or without. */
static char *
dup_signature_of (MosComposer *self,
                  guint choice,
                  const MosAgent *agent)
{
  const MosSender *sender = self->choices != NULL && choice < self->choices->len ? ((MosFromChoice *) g_ptr_array_index (self->choices, choice))->sender : NULL;
  const char *signature = mos_sender_get_signature (sender, agent);

  return self->draft != NULL && self->draft->is_marked ? g_strdup (signature) : mos_markup_to_plain (signature);
}

static const MosAgent *
get_me (MosComposer *self)
{
  return self->desk != NULL ? mos_desk_get_agent (self->desk) : NULL;
}

char *
mos_composer_dup_signature (MosComposer *self)
{
  return dup_signature_of (self, gtk_drop_down_get_selected (self->from_choice), get_me (self));
}

/* Only a signature that nobody edited is exchanged. */
static void
exchange_signature (MosComposer *self,
                    const char *old,
                    const char *new)
{
  g_autofree char *text = buffer_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view)));
  g_autofree char *changed = mos_from_exchange_signature (text, old, new);

  if (changed != NULL)
    mos_composer_set_text (self, changed);
}

void
mos_composer_show_problem (MosComposer *self,
                           const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  if (text != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/* --- Showing a draft --- */

/* A chat has neither recipients to choose nor a subject; a note is nobody's message. */
gboolean
mos_composer_is_chat (MosComposer *self)
{
  return self->desk != NULL && mos_desk_is_chat (self->desk, self->account) && !is_kind (self, "note");
}

void
mos_composer_update_kind (MosComposer *self)
{
  gboolean note = is_kind (self, "note");
  gboolean chat = mos_composer_is_chat (self);
  gboolean alone = note || chat;
  gboolean new = is_kind (self, "new");
  gboolean is_change = self->changed != NULL;
  gboolean forward = is_kind (self, "forward");
  const char *label = note                          ? C_ ("composer", "Note")
                      : forward                     ? C_ ("composer", "Forward")
                      : new                         ? C_ ("composer", "New message")
                      : is_kind (self, "reply-all") ? C_ ("composer", "Reply all")
                                                    : C_ ("composer", "Reply");

  if (note)
    gtk_widget_add_css_class (GTK_WIDGET (self), "note");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "note");
  gtk_widget_set_visible (self->from_row, !alone && self->choices != NULL && self->choices->len > 1);
  gtk_widget_set_visible (self->to_row, !alone);
  gtk_widget_set_visible (self->cc_row, !alone && gtk_toggle_button_get_active (self->more_recipients));
  gtk_widget_set_visible (self->bcc_row, !alone && gtk_toggle_button_get_active (self->more_recipients));
  gtk_widget_set_visible (self->subject_row, !alone && (new || forward || *gtk_editable_get_text (GTK_EDITABLE (self->subject_entry)) == '\0'));
  gtk_widget_set_visible (self->attach_button, !note && !is_change);
  gtk_widget_set_visible (self->macro_button, !is_change);
  mos_composer_update_translate (self);
  gtk_widget_set_visible (GTK_WIDGET (self->send_button), !note && !is_change);
  gtk_widget_set_visible (self->note_button, note);
  gtk_widget_set_visible (self->change_button, is_change);
  gtk_widget_set_visible (GTK_WIDGET (self->kind_button), !new && !is_change);
  gtk_menu_button_set_label (self->kind_button, label);
  mos_widget_set_label (GTK_WIDGET (self->text_view), note ? _ ("Internal note") : _ ("Message"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.edit-subject", !alone);
  /* A new message fills its page; a reply leaves room for what it answers. */
  gtk_scrolled_window_set_max_content_height (self->scroller, new ? -1 : 260);
}

static void
show_quote (MosComposer *self,
            const char *quote)
{
  gboolean any = quote != NULL && *quote != '\0';

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->quote_view), any ? quote : "", -1);
  gtk_toggle_button_set_active (self->quote_toggle, FALSE);
  gtk_widget_set_visible (self->quote_box, any);
  gtk_widget_set_visible (GTK_WIDGET (self->quote_view), FALSE);
}

static void
fill_senders (MosComposer *self)
{
  g_autoptr (GListModel) names = NULL;

  g_clear_pointer (&self->choices, g_ptr_array_unref);
  self->choices = mos_from_choices_list (self->desk != NULL ? mos_desk_get_accounts (self->desk) : NULL, self->account, self->sender, &self->chosen);
  names = mos_from_choices_make_model (self->choices);
  gtk_drop_down_set_model (self->from_choice, names);
  if (self->choices->len > 0)
    gtk_drop_down_set_selected (self->from_choice, self->chosen);
}

static void
on_from_changed_cb (MosComposer *self)
{
  guint selected = gtk_drop_down_get_selected (self->from_choice);
  MosFromChoice *choice;
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  if (self->is_setting || self->draft == NULL || self->choices == NULL || selected >= self->choices->len)
    return;
  old = dup_signature_of (self, self->chosen, get_me (self));
  new = dup_signature_of (self, selected, get_me (self));
  choice = g_ptr_array_index (self->choices, selected);
  self->chosen = selected;
  exchange_signature (self, old, new);
  g_set_str (&self->account, choice->account);
  g_set_str (&self->sender, choice->sender->address);
  mos_composer_load_limit (self);
  mos_composer_update_files (self);
  mos_composer_touch (self);
}

/* --- Signals of the fields --- */

static void
on_more_toggled_cb (MosComposer *self)
{
  gboolean active = gtk_toggle_button_get_active (self->more_recipients);

  gtk_widget_set_visible (self->cc_row, active && !is_kind (self, "note"));
  gtk_widget_set_visible (self->bcc_row, active && !is_kind (self, "note"));
  if (active && !self->is_setting)
    gtk_widget_grab_focus (GTK_WIDGET (self->cc_entry));
}

static void
on_quote_toggled_cb (MosComposer *self)
{
  gboolean active = gtk_toggle_button_get_active (self->quote_toggle);
  const char *label = active ? _ ("Hide the quoted text") : _ ("Show the quoted text");

  gtk_widget_set_visible (GTK_WIDGET (self->quote_view), active);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->quote_toggle), label);
  mos_widget_set_label (GTK_WIDGET (self->quote_toggle), label);
}

static void
on_focus_leave_cb (GtkEventControllerFocus *controller,
                   MosComposer *self)
{
  if (self->autosave.first_change_us != 0)
    mos_composer_save_now (self);
}

static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint keyval,
                   guint keycode,
                   GdkModifierType state,
                   MosComposer *self)
{
  if (keyval != GDK_KEY_Escape || self->draft == NULL || self->is_sending)
    return GDK_EVENT_PROPAGATE;
  if (mos_composer_hide_checks (self))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
      return GDK_EVENT_STOP;
    }
  if (self->changed != NULL)
    {
      mos_composer_leave_change (self);
      return GDK_EVENT_STOP;
    }
  mos_composer_close (self);
  g_signal_emit_by_name (self, "kept");
  return GDK_EVENT_STOP;
}

/* --- Actions --- */

static void
discard_action (GtkWidget *widget,
                const char *action,
                GVariant *parameter)
{
  MosComposer *self = MOS_COMPOSER (widget);
  g_autoptr (MosDraft) draft = NULL;

  if (self->draft == NULL || self->is_sending)
    return;
  if (self->changed != NULL)
    {
      mos_composer_leave_change (self);
      return;
    }
  draft = mos_composer_dup_draft (self);
  /* Saved first: a kill before the undo has run out keeps it. */
  mos_composer_close (self);
  g_signal_emit_by_name (self, "discarded", draft);
}

static void
attach_action (GtkWidget *widget,
               const char *action,
               GVariant *parameter)
{
  if (MOS_COMPOSER (widget)->changed != NULL)
    return;
  mos_composer_choose_files (MOS_COMPOSER (widget));
}

static void
remove_quote_action (GtkWidget *widget,
                     const char *action,
                     GVariant *parameter)
{
  MosComposer *self = MOS_COMPOSER (widget);

  self->quote_removed = TRUE;
  show_quote (self, NULL);
  mos_composer_touch (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
edit_subject_action (GtkWidget *widget,
                     const char *action,
                     GVariant *parameter)
{
  MosComposer *self = MOS_COMPOSER (widget);

  gtk_widget_set_visible (self->subject_row, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->subject_entry));
}

static void
kind_action (GtkWidget *widget,
             const char *action,
             GVariant *parameter)
{
  MosComposer *self = MOS_COMPOSER (widget);
  const char *kind = g_variant_get_string (parameter, NULL);

  if (self->draft != NULL && !is_kind (self, kind))
    g_signal_emit_by_name (self, "kind-requested", kind);
}

/* --- Class --- */

static void
mos_composer_dispose (GObject *object)
{
  MosComposer *self = MOS_COMPOSER (object);

  mos_composer_close (self);
  g_cancellable_cancel (self->cancellable);
  mos_composer_dispose_mentions (self);
  mos_composer_dispose_chat (self);
  mos_composer_dispose_macros (self);
  mos_composer_dispose_text (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_COMPOSER);
  self->checks = NULL;
  g_clear_pointer (&self->news, mos_send_facts_unref);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (mos_composer_parent_class)->dispose (object);
}

static void
mos_composer_finalize (GObject *object)
{
  MosComposer *self = MOS_COMPOSER (object);

  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->sender, g_free);
  g_clear_pointer (&self->changed, g_free);
  g_clear_pointer (&self->changed_text, g_free);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  mos_composer_finalize_text (self);
  mos_composer_finalize_macros (self);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (mos_composer_parent_class)->finalize (object);
}

static void
mos_composer_class_init (MosComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_composer_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_composer_finalize;

  g_signal_new ("sent", MOS_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_signal_new ("look", MOS_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("noted", MOS_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("kept", MOS_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("discarded", MOS_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, mos_draft_get_type ());
  g_signal_new ("change-left", MOS_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  g_signal_new ("kind-requested", MOS_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (MOS_TYPE_ADDRESS_ENTRY);
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, MosComposer, box);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, from_row);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, from_choice);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, to_row);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, to_entry);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, more_recipients);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, cc_row);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, cc_entry);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, bcc_row);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, bcc_entry);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, subject_row);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, subject_entry);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, scroller);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, text_view);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, quote_box);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, quote_toggle);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, quote_view);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, attachments_box);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, attachments);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, attachments_size);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, problem);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, attach_button);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, kind_button);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, hint);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, send_button);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, note_button);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, change_button);
  gtk_widget_class_bind_template_child (widget_class, MosComposer, macro_button);
  mos_composer_class_init_text (widget_class);
  mos_composer_class_init_translate (widget_class);
  mos_composer_class_init_chat (widget_class);
  mos_composer_class_init_fit (widget_class);
  mos_composer_class_init_macros (widget_class);
  mos_composer_class_init_new_macro (widget_class);
  gtk_widget_class_set_css_name (widget_class, "composer");

  mos_composer_install_send_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "composer.discard", NULL, discard_action);
  gtk_widget_class_install_action (widget_class, "composer.attach", NULL, attach_action);
  gtk_widget_class_install_action (widget_class, "composer.remove-quote", NULL, remove_quote_action);
  gtk_widget_class_install_action (widget_class, "composer.edit-subject", NULL, edit_subject_action);
  gtk_widget_class_install_action (widget_class, "composer.kind", "s", kind_action);
}

static void
watch (MosComposer *self,
       gpointer object,
       const char *signal)
{
  g_signal_connect_object (object, signal, G_CALLBACK (mos_composer_touch), self, G_CONNECT_SWAPPED);
}

static void
mos_composer_init (MosComposer *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkSourceBuffer *buffer;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);

  /* The window's own colours, light and dark, instead of an editor's scheme. */
  buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view)));
  gtk_source_buffer_set_style_scheme (buffer, NULL);
  gtk_source_buffer_set_highlight_syntax (buffer, FALSE);
  gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);

  mos_text_view_follow_style (GTK_TEXT_VIEW (self->text_view));
  mos_text_view_follow_style (self->quote_view);

  mos_address_entry_set_title (self->to_entry, _ ("To"));
  mos_address_entry_set_title (self->cc_entry, _ ("Cc"));
  mos_address_entry_set_title (self->bcc_entry, _ ("Bcc"));
  mos_widget_set_label (GTK_WIDGET (self->from_choice), _ ("From"));

  watch (self, buffer, "changed");
  watch (self, gtk_text_view_get_buffer (self->quote_view), "changed");
  watch (self, self->subject_entry, "changed");
  watch (self, self->to_entry, "changed");
  watch (self, self->cc_entry, "changed");
  watch (self, self->bcc_entry, "changed");
  g_signal_connect_object (self->from_choice, "notify::selected", G_CALLBACK (on_from_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->more_recipients, "toggled", G_CALLBACK (on_more_toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->quote_toggle, "toggled", G_CALLBACK (on_quote_toggled_cb), self, G_CONNECT_SWAPPED);

  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  /* A text view takes Return with every modifier, so the keys are caught before it. */
  mos_shortcuts_install_widget (GTK_WIDGET (self), "composer.");
  mos_composer_init_text (self);
  mos_composer_init_mentions (self);
  mos_composer_init_macros (self);
  mos_composer_init_files (self);
  mos_composer_init_checks (self);
  mos_composer_init_chat (self);
  mos_composer_init_typing (self);
  mos_composer_init_send (self);
  mos_composer_update_sensitive (self);
}

/* --- Public --- */

GtkWidget *
mos_composer_new (MosDesk *desk)
{
  MosComposer *self = g_object_new (MOS_TYPE_COMPOSER, NULL);

  g_set_object (&self->desk, desk);
  mos_address_entry_set_desk (self->to_entry, desk);
  mos_address_entry_set_desk (self->cc_entry, desk);
  mos_address_entry_set_desk (self->bcc_entry, desk);
  if (desk != NULL)
    g_signal_connect_object (desk, "translate-changed", G_CALLBACK (mos_composer_update_translate), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
mos_composer_open (MosComposer *self,
                   MosDraft *draft)
{
  GtkTextBuffer *buffer;
  GtkTextIter caret;

  g_return_if_fail (MOS_IS_COMPOSER (self));
  g_return_if_fail (draft != NULL);

  mos_draft_ref (draft);
  mos_composer_close (self);

  self->is_setting = TRUE;
  self->draft = draft;
  self->quote_removed = FALSE;
  mos_composer_hide_checks (self);
  mos_composer_close_mentions (self);
  memset (&self->autosave, 0, sizeof self->autosave);
  g_set_str (&self->account, draft->account);
  g_set_str (&self->sender, draft->sender);
  fill_senders (self);
  mos_composer_load_limit (self);
  mos_address_entry_set_addresses (self->to_entry, draft->to);
  mos_address_entry_set_addresses (self->cc_entry, draft->cc);
  mos_address_entry_set_addresses (self->bcc_entry, draft->bcc);
  gtk_toggle_button_set_active (self->more_recipients, (draft->cc != NULL && draft->cc->len > 0) || (draft->bcc != NULL && draft->bcc->len > 0));
  gtk_editable_set_text (GTK_EDITABLE (self->subject_entry), draft->subject);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view));
  mos_composer_open_text (self);
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_text_buffer_set_text (buffer, draft->text, -1);
  gtk_text_buffer_set_enable_undo (buffer, TRUE);
  gtk_text_buffer_get_iter_at_offset (buffer, &caret, CLAMP (draft->caret, 0, gtk_text_buffer_get_char_count (buffer)));
  gtk_text_buffer_place_cursor (buffer, &caret);
  show_quote (self, draft->quote);
  g_ptr_array_set_size (self->files, 0);
  for (guint i = 0; draft->attachments != NULL && i < draft->attachments->len; i++)
    g_ptr_array_add (self->files, mos_attachment_ref (g_ptr_array_index (draft->attachments, i)));
  mos_composer_update_files (self);
  mos_composer_update_kind (self);
  mos_composer_show_problem (self, NULL);
  gtk_label_set_label (self->hint, "");
  mos_composer_open_macros (self);
  self->is_setting = FALSE;
  mos_composer_load_facts (self);
  mos_composer_open_chat (self);
  mos_composer_update_sensitive (self);
}

void
mos_composer_sign_for (MosComposer *self,
                       const MosAgent *writer)
{
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  g_return_if_fail (MOS_IS_COMPOSER (self));
  g_return_if_fail (writer != NULL);

  if (self->draft == NULL || is_kind (self, "note"))
    return;
  old = dup_signature_of (self, self->chosen, writer);
  new = dup_signature_of (self, self->chosen, get_me (self));
  /* Nobody has written anything: given back as it is, the draft stays as it was. */
  self->is_setting = TRUE;
  exchange_signature (self, old, new);
  self->is_setting = FALSE;
}

gboolean
mos_composer_is_open (MosComposer *self)
{
  g_return_val_if_fail (self == NULL || MOS_IS_COMPOSER (self), FALSE);

  return self != NULL && self->draft != NULL;
}

MosDraft *
mos_composer_dup_draft (MosComposer *self)
{
  MosDraft *draft;
  GtkTextBuffer *buffer;
  GtkTextIter caret;

  g_return_val_if_fail (self == NULL || MOS_IS_COMPOSER (self), NULL);

  if (self == NULL || self->draft == NULL)
    return NULL;
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view));
  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));

  draft = mos_draft_new ();
  draft->id = g_strdup (self->draft->id);
  draft->conversation = g_strdup (self->draft->conversation);
  draft->agent = g_strdup (self->draft->agent);
  draft->account = g_strdup (self->account);
  draft->sender = g_strdup (self->sender);
  draft->kind = g_strdup (self->draft->kind);
  draft->reply_to_message = g_strdup (mos_composer_get_answered (self));
  draft->to = mos_address_entry_dup_addresses (self->to_entry);
  draft->cc = mos_address_entry_dup_addresses (self->cc_entry);
  draft->bcc = mos_address_entry_dup_addresses (self->bcc_entry);
  draft->subject = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->subject_entry)));
  draft->text = buffer_text (buffer);
  draft->is_marked = self->draft->is_marked;
  draft->language = g_strdup (self->draft->language);
  draft->quote = self->quote_removed || self->draft->quote == NULL ? NULL : buffer_text (gtk_text_view_get_buffer (self->quote_view));
  draft->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_attachment_unref);
  for (guint i = 0; i < self->files->len; i++)
    g_ptr_array_add (draft->attachments, mos_attachment_ref (g_ptr_array_index (self->files, i)));
  draft->caret = gtk_text_iter_get_offset (&caret);
  draft->updated_us = mos_composer_now_us (self);
  draft->macros = mos_composer_dup_plan (self);
  draft->buttons = mos_composer_dup_buttons (self);
  return draft;
}

void
mos_composer_flush (MosComposer *self)
{
  g_return_if_fail (self == NULL || MOS_IS_COMPOSER (self));

  if (self != NULL && self->draft != NULL && self->autosave.first_change_us != 0)
    mos_composer_save_now (self);
}

/* A text that is made insensitive while it has the keyboard is not told that it lost it: its caret goes on blinking, and GTK warns. */
static void
leave_keyboard (MosComposer *self)
{
  GtkRoot *root = gtk_widget_get_root (self->box);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->box))
    gtk_root_set_focus (root, NULL);
}

/* The draft is somebody else's now (sent or closed); nothing of it is saved again. */
void
mos_composer_forget (MosComposer *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  mos_composer_hide_checks (self);
  mos_composer_close_mentions (self);
  mos_composer_close_macros (self);
  mos_composer_close_chat (self);
  mos_composer_end_typing (self);
  g_clear_pointer (&self->facts, mos_send_facts_unref);
  g_clear_pointer (&self->draft, mos_draft_unref);
  g_clear_pointer (&self->changed, g_free);
  g_clear_pointer (&self->changed_text, g_free);
  self->autosave.first_change_us = 0;
  leave_keyboard (self);
  mos_composer_update_sensitive (self);
}

void
mos_composer_close (MosComposer *self)
{
  g_return_if_fail (self == NULL || MOS_IS_COMPOSER (self));

  if (self == NULL || self->draft == NULL)
    return;
  if (self->autosave.first_change_us != 0)
    {
      /* A save that is under way holds an older state; this one queues behind it. */
      self->autosave.is_saving = FALSE;
      mos_composer_save_now (self);
    }
  mos_composer_forget (self);
}

/* Only what differs is exchanged: the caret and the steps of an undo stay where the rest is. */
void
mos_composer_set_text (MosComposer *self,
                       const char *text)
{
  GtkTextBuffer *buffer;
  g_autofree char *old = NULL;
  const char *o, *n, *o_end, *n_end;
  GtkTextIter start, end;

  g_return_if_fail (MOS_IS_COMPOSER (self));

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_view));
  old = buffer_text (buffer);
  o_end = old + strlen (old);
  n_end = text + strlen (text);
  for (o = old, n = text; *o != '\0' && g_utf8_get_char (o) == g_utf8_get_char (n); n = g_utf8_next_char (n))
    o = g_utf8_next_char (o);
  while (o_end > o && n_end > n && g_utf8_get_char (g_utf8_prev_char (o_end)) == g_utf8_get_char (g_utf8_prev_char (n_end)))
    {
      o_end = g_utf8_prev_char (o_end);
      n_end = g_utf8_prev_char (n_end);
    }
  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) g_utf8_pointer_to_offset (old, o));
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) g_utf8_pointer_to_offset (old, o_end));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, n, (int) (n_end - n));
  gtk_text_buffer_end_user_action (buffer);
}

void
mos_composer_focus (MosComposer *self)
{
  g_return_if_fail (MOS_IS_COMPOSER (self));

  if (gtk_widget_get_visible (self->to_row) && mos_address_entry_is_empty (self->to_entry))
    gtk_widget_grab_focus (GTK_WIDGET (self->to_entry));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}
