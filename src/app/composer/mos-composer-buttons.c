/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-composer-private.h"
#include "app/widgets/mos-text-direction.h"

#include "core/desk/mos-chat-buttons.h"

#include <glib/gi18n.h>

/* Answers that the customer has only to press: what is read on them, as chips below the text, and where another is made. */

struct _MosComposerButtons
{
  GtkWidget *add; /* what opens the popover */
  GtkPopover *popover;
  GtkEntry *entry;
  GtkLabel *problem; /* in the popover */
  GtkWidget *chips;
  GPtrArray *labels; /* (owned): of char * */
};

static gboolean
can_have_buttons (MosComposer *self)
{
  return mos_composer_is_chat (self) && self->changed == NULL && mos_composer_get_traits (self)->buttons_max > 0;
}

/* (transfer full): with room for one more */
static GPtrArray *
dup_labels (MosComposer *self)
{
  GPtrArray *labels = g_ptr_array_new_null_terminated (self->buttons->labels->len + 1, g_free, TRUE);

  for (guint i = 0; i < self->buttons->labels->len; i++)
    g_ptr_array_add (labels, g_strdup (self->buttons->labels->pdata[i]));
  return labels;
}

char **
mos_composer_dup_buttons (MosComposer *self)
{
  g_autoptr (GPtrArray) labels = NULL;

  if (self->buttons == NULL || self->buttons->labels->len == 0 || !can_have_buttons (self))
    return NULL;
  labels = dup_labels (self);
  return (char **) g_ptr_array_steal (labels, NULL);
}

/* Returns: (transfer full) (nullable): why these cannot go out; %NULL where they can */
static char *
problem_text (MosComposer *self,
              const char *const *labels)
{
  const MosChannelTraits *traits = mos_composer_get_traits (self);
  const char *label = NULL;

  switch (mos_chat_buttons_check (traits, labels, &label))
    {
    case MOS_CHAT_BUTTONS_FINE:
      return NULL;
    case MOS_CHAT_BUTTONS_NONE_THERE:
      return g_strdup (_ ("There are no buttons in this chat. Remove them."));
    case MOS_CHAT_BUTTONS_TOO_MANY:
      /* Translators: %u is how many buttons a message has at most. */
      return g_strdup_printf (ngettext ("A message has %u button at most.", "A message has %u buttons at most.", traits->buttons_max), traits->buttons_max);
    case MOS_CHAT_BUTTONS_TOO_LONG:
      /* Translators: %u is how many characters are read on a button at most. */
      return g_strdup_printf (ngettext ("At most %u character is read on a button.", "At most %u characters are read on a button.", traits->button_label_max), traits->button_label_max);
    case MOS_CHAT_BUTTONS_EMPTY:
      return g_strdup (_ ("Write what is to be read on the button."));
    case MOS_CHAT_BUTTONS_TWICE:
      return g_strdup (_ ("There is a button that says this already."));
    }
  g_return_val_if_reached (NULL);
}

/* --- what is there --- */

static void update_chips (MosComposer *self);

static void
on_remove_cb (GtkButton *button,
              MosComposer *self)
{
  guint index;

  if (!g_ptr_array_find_with_equal_func (self->buttons->labels, g_object_get_data (G_OBJECT (button), "label"), g_str_equal, &index))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  g_ptr_array_remove_index (self->buttons->labels, index);
  update_chips (self);
  mos_composer_count_chat (self);
  mos_composer_touch (self);
}

static GtkWidget *
make_chip (MosComposer *self,
           const char *label)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *words = gtk_label_new (label);
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *isolated = mos_text_isolate (label);
  /* Translators: %s is what is read on a button that a customer can press. */
  g_autofree char *name = g_strdup_printf (_ ("Remove the button “%s”"), isolated);

  gtk_widget_add_css_class (chip, "chat-button");
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  mos_widget_set_direction_of (words, label);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, name);
  mos_widget_set_label (remove, name);
  g_object_set_data_full (G_OBJECT (remove), "label", g_strdup (label), g_free);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove_cb), self, G_CONNECT_DEFAULT);
  gtk_box_append (GTK_BOX (chip), words);
  gtk_box_append (GTK_BOX (chip), remove);
  return chip;
}

gboolean
mos_composer_update_buttons (MosComposer *self)
{
  MosComposerButtons *buttons = self->buttons;
  gboolean can = self->draft != NULL && can_have_buttons (self);

  gtk_widget_set_visible (buttons->chips, can && buttons->labels->len > 0);
  /* What was made is kept for when something can be sent again. */
  can = can && mos_composer_chat_may_send (self);
  gtk_widget_set_visible (buttons->add, can);
  return can;
}

static void
update_chips (MosComposer *self)
{
  GtkWidget *chips = self->buttons->chips;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (chips)) != NULL)
    adw_wrap_box_remove (ADW_WRAP_BOX (chips), child);
  for (guint i = 0; i < self->buttons->labels->len; i++)
    adw_wrap_box_append (ADW_WRAP_BOX (chips), make_chip (self, self->buttons->labels->pdata[i]));
  mos_composer_update_buttons (self);
}

static void
show_labels (MosComposer *self,
             char **labels)
{
  g_ptr_array_set_size (self->buttons->labels, 0);
  for (char **label = labels; label != NULL && *label != NULL; label++)
    g_ptr_array_add (self->buttons->labels, g_strdup (*label));
  update_chips (self);
}

void
mos_composer_open_buttons (MosComposer *self)
{
  show_labels (self, self->draft != NULL ? self->draft->buttons : NULL);
}

void
mos_composer_take_buttons (MosComposer *self,
                           char **labels)
{
  g_return_if_fail (MOS_IS_COMPOSER (self));

  if (self->draft == NULL || labels == NULL || !can_have_buttons (self))
    return;
  show_labels (self, labels);
  mos_composer_count_chat (self);
  mos_composer_touch (self);
}

void
mos_composer_close_buttons (MosComposer *self)
{
  if (self->buttons == NULL)
    return;
  g_ptr_array_set_size (self->buttons->labels, 0);
  gtk_popover_popdown (self->buttons->popover);
  gtk_widget_set_visible (self->buttons->chips, FALSE);
  gtk_widget_set_visible (self->buttons->add, FALSE);
}

/* --- another --- */

static void
set_problem (MosComposer *self,
             const char *text)
{
  gtk_label_set_label (self->buttons->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->buttons->problem), text != NULL);
}

static void
add_action (GtkWidget *widget,
            const char *action,
            GVariant *parameter)
{
  MosComposer *self = MOS_COMPOSER (widget);
  g_autoptr (GPtrArray) labels = NULL;
  g_autofree char *label = NULL;
  g_autofree char *problem = NULL;

  if (self->draft == NULL || !can_have_buttons (self))
    return;
  labels = dup_labels (self);
  label = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->buttons->entry))));
  g_ptr_array_add (labels, g_strdup (label));
  problem = problem_text (self, (const char *const *) labels->pdata);
  set_problem (self, problem);
  gtk_widget_grab_focus (GTK_WIDGET (self->buttons->entry));
  if (problem != NULL)
    {
      gtk_accessible_announce (GTK_ACCESSIBLE (self), problem, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
      return;
    }
  g_ptr_array_add (self->buttons->labels, g_steal_pointer (&label));
  gtk_editable_set_text (GTK_EDITABLE (self->buttons->entry), "");
  update_chips (self);
  mos_composer_count_chat (self);
  mos_composer_touch (self);
}

static void
on_activate_cb (MosComposer *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "composer.add-button", NULL);
}

static void
on_shown_cb (MosComposer *self)
{
  set_problem (self, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->buttons->entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->buttons->entry));
}

/* --- built once --- */

static GtkWidget *
build_popover (MosComposer *self)
{
  MosComposerButtons *buttons = self->buttons;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *about = gtk_label_new (_ ("The customer has only to press it; what is read on it is the answer."));
  GtkWidget *add = gtk_button_new_with_mnemonic (_ ("_Add"));

  buttons->entry = GTK_ENTRY (gtk_entry_new ());
  buttons->problem = GTK_LABEL (gtk_label_new (NULL));
  buttons->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_entry_set_placeholder_text (buttons->entry, _ ("Yes, please"));
  mos_widget_set_label (GTK_WIDGET (buttons->entry), _ ("Words on the button"));
  gtk_widget_set_hexpand (GTK_WIDGET (buttons->entry), TRUE);
  gtk_label_set_wrap (GTK_LABEL (about), TRUE);
  gtk_label_set_xalign (GTK_LABEL (about), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (about), 32);
  gtk_widget_add_css_class (about, "caption");
  gtk_widget_add_css_class (about, "dimmed");
  gtk_label_set_wrap (buttons->problem, TRUE);
  gtk_label_set_xalign (buttons->problem, 0);
  gtk_label_set_max_width_chars (buttons->problem, 32);
  gtk_widget_add_css_class (GTK_WIDGET (buttons->problem), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (buttons->problem), "error");
  gtk_widget_set_visible (GTK_WIDGET (buttons->problem), FALSE);
  g_signal_connect_object (buttons->entry, "activate", G_CALLBACK (on_activate_cb), self, G_CONNECT_SWAPPED);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "composer.add-button");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (buttons->entry));
  gtk_box_append (GTK_BOX (line), add);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (buttons->problem));
  gtk_box_append (GTK_BOX (box), about);
  gtk_popover_set_child (buttons->popover, box);
  g_signal_connect_object (buttons->popover, "show", G_CALLBACK (on_shown_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (buttons->popover);
}

void
mos_composer_class_init_buttons (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "composer.add-button", NULL, add_action);
}

void
mos_composer_init_buttons (MosComposer *self,
                           GtkWidget *after,
                           GtkWidget **ret_add)
{
  MosComposerButtons *buttons = g_new0 (MosComposerButtons, 1);

  self->buttons = buttons;
  buttons->labels = g_ptr_array_new_with_free_func (g_free);
  buttons->add = gtk_menu_button_new ();
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (buttons->add), TRUE);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (buttons->add), _ ("Add an Answer _Button"));
  /* Above: below it is what is being written. */
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (buttons->add), GTK_ARROW_UP);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (buttons->add), build_popover (self));
  gtk_widget_add_css_class (buttons->add, "flat");
  gtk_widget_add_css_class (buttons->add, "caption");
  gtk_widget_set_visible (buttons->add, FALSE);
  buttons->chips = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (buttons->chips), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (buttons->chips), 6);
  gtk_widget_add_css_class (buttons->chips, "composer-chat");
  gtk_widget_set_visible (buttons->chips, FALSE);
  gtk_box_insert_child_after (GTK_BOX (self->box), buttons->chips, after);
  *ret_add = buttons->add;
}

void
mos_composer_dispose_buttons (MosComposer *self)
{
  if (self->buttons == NULL)
    return;
  g_clear_pointer (&self->buttons->labels, g_ptr_array_unref);
  g_clear_pointer (&self->buttons, g_free);
}
