/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-message-bubble-private.h"
#include "app/translate/mos-translate-ask.h"
#include "app/translate/mos-translate-words.h"
#include "app/widgets/mos-pair-box.h"
#include "app/widgets/mos-text-direction.h"

#include "core/translate/mos-translator.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* From this width on, original and translation stand beside each other. */
#define SIDE_WIDTH 560

static MosMessageRow *
row_of (MosMessageBubble *self)
{
  return mos_message_get_row (self->message);
}

static gboolean
can_translate (MosMessageBubble *self)
{
  MosMessageRow *row = row_of (self);

  return self->desk != NULL && mos_desk_can_translate (self->desk) && row != NULL && row->account != NULL && row->direction != MOS_DIRECTION_EVENT && *row->text != '\0';
}

void
mos_message_bubble_add_body (MosMessageBubble *self)
{
  self->pair = mos_pair_box_new (SIDE_WIDTH);
  mos_pair_box_append (MOS_PAIR_BOX (self->pair), self->body);
  gtk_box_append (GTK_BOX (self->content), self->pair);
}

/* --- what stands beside it --- */

/* Forgets what is shown, and what was asked for. */
static void
forget (MosMessageBubble *self)
{
  if (self->translating != NULL)
    g_cancellable_cancel (self->translating);
  g_clear_object (&self->translating);
  g_clear_pointer (&self->translated, mos_translation_unref);
}

void
mos_message_bubble_drop_translation (MosMessageBubble *self)
{
  forget (self);
  if (self->translation != NULL)
    {
      mos_message_bubble_empty (self, self->translation);
      gtk_widget_unparent (g_steal_pointer (&self->translation));
    }
}

static GtkWidget *
add_button (GtkWidget *line,
            const char *icon,
            const char *label,
            const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  mos_widget_set_label (button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (line), button);
  return button;
}

/* Returns: (transfer none): what is shown, empty but for its line. @icon: (nullable): a spinner instead */
static GtkWidget *
begin (MosMessageBubble *self,
       const char *icon,
       const char *title)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *mark = icon != NULL ? gtk_image_new_from_icon_name (icon) : adw_spinner_new ();
  GtkWidget *label = gtk_label_new (title);

  if (self->translation == NULL)
    {
      self->translation = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
      gtk_widget_add_css_class (self->translation, "message-translation");
      gtk_widget_set_valign (self->translation, GTK_ALIGN_START);
      mos_pair_box_append (MOS_PAIR_BOX (self->pair), self->translation);
    }
  mos_message_bubble_empty (self, self->translation);
  gtk_accessible_update_state (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (line), mark);
  gtk_box_append (GTK_BOX (line), label);
  if (self->translated != NULL)
    add_button (line, "edit-copy-symbolic", _ ("Copy the translation"), "message.copy-translation");
  add_button (line, "window-close-symbolic", _ ("Hide the translation"), "message.hide-translation");
  gtk_box_append (GTK_BOX (self->translation), line);
  return self->translation;
}

static void
show_translation (MosMessageBubble *self)
{
  g_autofree char *by = mos_translate_by_text (self->translated);
  g_autofree char *said = NULL;
  g_autoptr (MosHtmlDocument) document = mos_html_document_new_for_text (self->translated->text);
  GtkWidget *box = begin (self, "mos-translate-symbolic", by);
  GtkWidget *text = mos_body_view_new ();

  mos_body_view_set_snug (MOS_BODY_VIEW (text), self->is_chat);
  mos_body_view_set_document (MOS_BODY_VIEW (text), document);
  mos_body_view_set_folded (MOS_BODY_VIEW (text), FALSE);
  mos_widget_set_direction_of (text, self->translated->text);
  mos_widget_set_label (text, by);
  g_signal_connect_object (text, "activate-link", G_CALLBACK (mos_message_bubble_open_link), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), text);
  /* Translators: what a screen reader says of a translation; %1$s is “Translated from … by …”, %2$s the translation. */
  said = g_strdup_printf (C_ ("translation", "%1$s: %2$s"), by, self->translated->text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), said, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_problem (MosMessageBubble *self,
              const GError *error)
{
  g_autofree char *text = mos_translate_problem_text (error, mos_desk_get_translate (self->desk)->service);
  GtkWidget *box = begin (self, "dialog-warning-symbolic", text);
  GtkWidget *again = gtk_button_new_with_mnemonic (_ ("_Try Again"));

  gtk_widget_set_halign (again, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (again), "message.translate");
  gtk_box_append (GTK_BOX (box), again);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/* --- asking for it --- */

static void
on_translated_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  g_autoptr (MosMessageBubble) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosTranslation) translation = mos_desk_translate_finish (MOS_DESK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->box == NULL || self->translation == NULL)
    return;
  forget (self);
  if (translation == NULL)
    {
      show_problem (self, error);
      return;
    }
  self->translated = g_steal_pointer (&translation);
  show_translation (self);
}

static void
ask_service (MosMessageBubble *self)
{
  g_autofree char *to = mos_translate_own_language ();
  g_autofree char *title = NULL;

  forget (self);
  self->translating = g_cancellable_new ();
  /* Translators: %s is a translation service (DeepL). */
  title = g_strdup_printf (_ ("%s is translating…"), mos_translate_service_name (mos_desk_get_translate (self->desk)->service));
  begin (self, NULL, title);
  mos_message_bubble_update_bars (self);
  mos_desk_translate_message_async (self->desk, mos_message_get_id (self->message), to, self->translating, on_translated_cb, g_object_ref (self));
}

static void
on_asked_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (MosMessageBubble) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean may = mos_translate_ask_finish (MOS_DESK (source), result, &error);

  if (self->box == NULL || self->pair == NULL)
    return;
  if (error != NULL)
    show_problem (self, error);
  else if (may)
    ask_service (self);
}

void
mos_message_bubble_translate (MosMessageBubble *self)
{
  g_return_if_fail (MOS_IS_MESSAGE_BUBBLE (self));

  if (!can_translate (self) || self->translating != NULL)
    return;
  mos_message_bubble_set_expanded (self, TRUE);
  if (self->pair != NULL && self->translated == NULL)
    mos_translate_ask_async (self->desk, row_of (self)->account, GTK_WIDGET (self), on_asked_cb, g_object_ref (self));
}

static void
translate_action (GtkWidget *widget,
                  const char *action,
                  GVariant *parameter)
{
  mos_message_bubble_translate (MOS_MESSAGE_BUBBLE (widget));
}

static void
hide_action (GtkWidget *widget,
             const char *action,
             GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  if (self->translation == NULL)
    return;
  mos_message_bubble_drop_translation (self);
  mos_message_bubble_update_bars (self);
}

static void
copy_action (GtkWidget *widget,
             const char *action,
             GVariant *parameter)
{
  MosMessageBubble *self = MOS_MESSAGE_BUBBLE (widget);

  if (self->translated != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->translated->text);
}

void
mos_message_bubble_install_translation (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "message.translate", NULL, translate_action);
  gtk_widget_class_install_action (widget_class, "message.hide-translation", NULL, hide_action);
  gtk_widget_class_install_action (widget_class, "message.copy-translation", NULL, copy_action);
}

void
mos_message_bubble_add_translation (MosMessageBubble *self,
                                    GMenu *menu)
{
  if (!can_translate (self))
    return;
  if (self->translated != NULL)
    g_menu_append (menu, _ ("Hide Trans_lation"), "message.hide-translation");
  else
    g_menu_append (menu, _ ("Trans_late"), "message.translate");
}

void
mos_message_bubble_add_language_bar (MosMessageBubble *self)
{
  MosMessageRow *row = row_of (self);
  g_autofree char *own = mos_translate_own_language ();
  g_autofree char *language = NULL;
  g_autofree char *text = NULL;

  /* A chat would have a bar at each of its words; and where it was not agreed to, it is offered in the menu alone. */
  if (self->is_chat || row->direction != MOS_DIRECTION_INCOMING || row->language == NULL || *row->language == '\0' || row->quarantined || self->translation != NULL || !can_translate (self) ||
      !mos_desk_may_translate (self->desk, row->account) || mos_translate_language_is_same (row->language, own))
    return;
  language = mos_translate_language_text (row->language);
  /* Translators: %s is what a language calls itself: Deutsch. */
  text = g_strdup_printf (_ ("This is in another language: %s."), language);
  mos_message_bubble_add_bar_button (mos_message_bubble_add_bar (self, "info", "mos-translate-symbolic", text, NULL), _ ("Trans_late"), "message.translate");
}
