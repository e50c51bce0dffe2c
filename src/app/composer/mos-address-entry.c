/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-address-entry.h"

#include "app/composer/mos-recipient-chip.h"
#include "app/composer/mos-recipients.h"
#include "app/widgets/mos-choices.h"
#include "app/widgets/mos-text-direction.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MAX_COMPLETIONS 8

struct _MosAddressEntry
{
  GtkWidget parent_instance;

  GtkWidget *wrap;
  GtkWidget *text;
  MosChoices *choices; /* (owned) (nullable): %NULL after dispose */

  MosDesk *desk;             /* (owned) (nullable) */
  GPtrArray *addresses;      /* (owned): MosAddress */
  GPtrArray *chips;          /* (owned): borrowed widgets, beside the addresses */
  GCancellable *cancellable; /* (owned) (nullable): of the running completion */
  MosSendFacts *facts;       /* (owned) (nullable): about the conversation */
  gboolean is_setting;
  int edited_at; /* place of the chip that became text again; -1 = none did */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosAddressEntry, mos_address_entry, GTK_TYPE_WIDGET)

static void
emit_changed (MosAddressEntry *self)
{
  if (!self->is_setting)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- Chips --- */

static void
remove_chip (MosAddressEntry *self,
             guint index)
{
  GtkWidget *chip = g_ptr_array_index (self->chips, index);

  g_ptr_array_remove_index (self->chips, index);
  g_ptr_array_remove_index (self->addresses, index);
  adw_wrap_box_remove (ADW_WRAP_BOX (self->wrap), chip);
  emit_changed (self);
}

/* @index: past the last = the entry */
static void
focus_chip (MosAddressEntry *self,
            guint index)
{
  if (index < self->chips->len)
    gtk_widget_grab_focus (g_ptr_array_index (self->chips, index));
  else
    gtk_text_grab_focus_without_selecting (GTK_TEXT (self->text));
}

static void
edit_chip (MosAddressEntry *self,
           guint index)
{
  g_autofree char *text = mos_recipient_format (g_ptr_array_index (self->addresses, index));

  /* What was being typed becomes a chip first. */
  mos_address_entry_commit (self);
  gtk_text_grab_focus_without_selecting (GTK_TEXT (self->text));
  self->is_setting = TRUE;
  remove_chip (self, index);
  gtk_editable_set_text (GTK_EDITABLE (self->text), text);
  gtk_editable_set_position (GTK_EDITABLE (self->text), -1);
  self->is_setting = FALSE;
  self->edited_at = (int) index;
  emit_changed (self);
}

static char *
format_all (MosAddressEntry *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->addresses->len; i++)
    {
      g_autofree char *one = mos_recipient_format (g_ptr_array_index (self->addresses, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", one);
    }
  return g_string_free (text, FALSE);
}

static void
copy (MosAddressEntry *self,
      const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
on_chip_act_cb (MosAddressEntry *self,
                MosRecipientChipAct act,
                GtkWidget *chip)
{
  g_autofree char *text = NULL;
  guint index;

  if (!g_ptr_array_find (self->chips, chip, &index))
    return;
  switch (act)
    {
    case MOS_RECIPIENT_CHIP_PREVIOUS:
      if (index > 0)
        focus_chip (self, index - 1);
      break;
    case MOS_RECIPIENT_CHIP_NEXT:
      focus_chip (self, index + 1);
      break;
    case MOS_RECIPIENT_CHIP_FIRST:
      focus_chip (self, 0);
      break;
    case MOS_RECIPIENT_CHIP_LAST:
      focus_chip (self, self->chips->len);
      break;
    case MOS_RECIPIENT_CHIP_REMOVE_BACK:
    case MOS_RECIPIENT_CHIP_REMOVE:
      /* The keyboard goes to its neighbour before it is gone. */
      if (act == MOS_RECIPIENT_CHIP_REMOVE_BACK && index > 0)
        focus_chip (self, index - 1);
      else
        focus_chip (self, index + 1);
      remove_chip (self, index);
      break;
    case MOS_RECIPIENT_CHIP_EDIT:
      edit_chip (self, index);
      break;
    case MOS_RECIPIENT_CHIP_CUT:
    case MOS_RECIPIENT_CHIP_COPY:
      text = mos_recipient_format (g_ptr_array_index (self->addresses, index));
      copy (self, text);
      if (act == MOS_RECIPIENT_CHIP_CUT)
        on_chip_act_cb (self, MOS_RECIPIENT_CHIP_REMOVE, chip);
      break;
    case MOS_RECIPIENT_CHIP_COPY_ALL:
      text = format_all (self);
      copy (self, text);
      break;
    case MOS_RECIPIENT_CHIP_PASTE:
      focus_chip (self, self->chips->len);
      gtk_widget_activate_action (self->text, "clipboard.paste", NULL);
      break;
    case MOS_RECIPIENT_CHIP_TYPE:
      focus_chip (self, self->chips->len);
      break;
    default:
      g_return_if_reached ();
    }
}

static gboolean
is_new (MosAddressEntry *self,
        const MosAddress *address)
{
  return self->facts != NULL && mos_send_facts_is_new (self->facts, address->address);
}

/* @at: where; behind the last one where there are not so many */
static void
insert_chip (MosAddressEntry *self,
             guint at,
             MosAddress *address)
{
  GtkWidget *chip;

  if (mos_recipients_contain (self->addresses, address->address))
    return;
  at = MIN (at, self->chips->len);
  chip = mos_recipient_chip_new (address);
  mos_recipient_chip_set_new (MOS_RECIPIENT_CHIP (chip), is_new (self, address));
  g_signal_connect_object (chip, "act", G_CALLBACK (on_chip_act_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_insert_child_after (ADW_WRAP_BOX (self->wrap), chip, at > 0 ? g_ptr_array_index (self->chips, at - 1) : NULL);
  g_ptr_array_insert (self->chips, (int) at, chip);
  g_ptr_array_insert (self->addresses, (int) at, mos_address_ref (address));
}

static void
add_chip (MosAddressEntry *self,
          MosAddress *address)
{
  insert_chip (self, G_MAXUINT, address);
}

static void
clear_chips (MosAddressEntry *self)
{
  for (guint i = 0; i < self->chips->len; i++)
    adw_wrap_box_remove (ADW_WRAP_BOX (self->wrap), g_ptr_array_index (self->chips, i));
  g_ptr_array_set_size (self->chips, 0);
  g_ptr_array_set_size (self->addresses, 0);
  self->edited_at = -1;
}

/* --- Completion --- */

static void
close_choices (MosAddressEntry *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->choices != NULL)
    mos_choices_close (self->choices);
}

static void
on_choice_taken_cb (MosAddressEntry *self,
                    MosAddress *address)
{
  self->is_setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  insert_chip (self, self->edited_at >= 0 ? (guint) self->edited_at : G_MAXUINT, address);
  self->edited_at = -1;
  self->is_setting = FALSE;
  close_choices (self);
  gtk_widget_grab_focus (self->text);
  emit_changed (self);
}

static void
on_completed_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (MosAddressEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = mos_desk_complete_address_finish (MOS_DESK (source), result, &error);
  guint n = 0;

  if (found == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("No completions: %s", error->message);
      return;
    }
  if (self->choices == NULL || !gtk_widget_has_focus (self->text))
    return;
  mos_choices_clear (self->choices);
  for (guint i = 0; i < found->len; i++)
    {
      MosAddress *address = g_ptr_array_index (found, i);
      g_autofree char *full = NULL;

      if (mos_recipients_contain (self->addresses, address->address))
        continue;
      full = mos_recipient_format (address);
      mos_choices_add (self->choices, full, NULL, mos_address_ref (address), (GDestroyNotify) mos_address_unref);
    }
  mos_choices_show (self->choices, TRUE);
}

static void
ask_for_choices (MosAddressEntry *self,
                 const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->desk == NULL || g_utf8_strlen (text, -1) < 2)
    {
      mos_choices_close (self->choices);
      return;
    }
  self->cancellable = g_cancellable_new ();
  mos_desk_complete_address_async (self->desk, text, MAX_COMPLETIONS, self->cancellable, on_completed_cb, g_object_ref (self));
}

/* --- Typing --- */

static void
on_text_changed_cb (GtkEditable *editable,
                    MosAddressEntry *self)
{
  const char *text = gtk_editable_get_text (editable);

  if (self->is_setting)
    return;
  /* A separator ends an address, unless a name in quotes is being typed. */
  if (*text == '\0')
    self->edited_at = -1;
  if (strpbrk (text, ";\n") != NULL || (strchr (text, ',') != NULL && text[0] != '"') || (self->edited_at < 0 && strchr (text, '>') != NULL))
    {
      mos_address_entry_commit (self);
      return;
    }
  ask_for_choices (self, text);
  emit_changed (self);
}

static void
on_text_activate_cb (GtkText *text,
                     MosAddressEntry *self)
{
  mos_address_entry_commit (self);
}

static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint keyval,
                   guint keycode,
                   GdkModifierType state,
                   MosAddressEntry *self)
{
  gboolean empty = *gtk_editable_get_text (GTK_EDITABLE (self->text)) == '\0';
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  /* With nothing typed the whole list is meant. */
  if ((state & GDK_CONTROL_MASK) && empty && self->chips->len > 0 && (keyval == GDK_KEY_c || keyval == GDK_KEY_C))
    {
      g_autofree char *all = format_all (self);

      copy (self, all);
      return GDK_EVENT_STOP;
    }
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;
  if (mos_choices_take_key (self->choices, keyval, state))
    {
      if (keyval == GDK_KEY_Escape)
        close_choices (self);
      /* Tab goes on to the next field as well. */
      return keyval == GDK_KEY_Tab || keyval == GDK_KEY_KP_Tab ? GDK_EVENT_PROPAGATE : GDK_EVENT_STOP;
    }
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      if (!empty || self->chips->len == 0 || (keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left) == rtl)
        return GDK_EVENT_PROPAGATE;
      focus_chip (self, self->chips->len - 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      if (!empty || self->chips->len == 0)
        return GDK_EVENT_PROPAGATE;
      focus_chip (self, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_BackSpace:
      if (empty && self->chips->len > 0)
        {
          remove_chip (self, self->chips->len - 1);
          return GDK_EVENT_STOP;
        }
      return GDK_EVENT_PROPAGATE;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
on_focus_leave_cb (GtkEventControllerFocus *controller,
                   MosAddressEntry *self)
{
  close_choices (self);
  mos_address_entry_commit (self);
}

static void
on_clicked_cb (GtkGestureClick *gesture,
               int n_press,
               double x,
               double y,
               MosAddressEntry *self)
{
  gtk_widget_grab_focus (self->text);
}

/* --- Class --- */

static gboolean
mos_address_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MOS_ADDRESS_ENTRY (widget)->text);
}

/* The chips are reached by the arrows: a list of twenty is one stop on the way through the composer. */
static gboolean
mos_address_entry_focus (GtkWidget *widget,
                         GtkDirectionType direction)
{
  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (mos_address_entry_parent_class)->focus (widget, direction);
  return gtk_widget_get_focus_child (widget) == NULL && gtk_widget_grab_focus (MOS_ADDRESS_ENTRY (widget)->text);
}

static void
mos_address_entry_dispose (GObject *object)
{
  MosAddressEntry *self = MOS_ADDRESS_ENTRY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->choices);
  g_clear_pointer (&self->wrap, gtk_widget_unparent);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (mos_address_entry_parent_class)->dispose (object);
}

static void
mos_address_entry_finalize (GObject *object)
{
  MosAddressEntry *self = MOS_ADDRESS_ENTRY (object);

  g_clear_pointer (&self->addresses, g_ptr_array_unref);
  g_clear_pointer (&self->facts, mos_send_facts_unref);
  g_clear_pointer (&self->chips, g_ptr_array_unref);

  G_OBJECT_CLASS (mos_address_entry_parent_class)->finalize (object);
}

static void
mos_address_entry_class_init (MosAddressEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_address_entry_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_address_entry_finalize;
  widget_class->grab_focus = mos_address_entry_grab_focus;
  widget_class->focus = mos_address_entry_focus;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", MOS_TYPE_ADDRESS_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "addresses");
}

static void
mos_address_entry_init (MosAddressEntry *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  self->chips = g_ptr_array_new ();
  self->edited_at = -1;

  self->wrap = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->wrap), 4);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->wrap), 4);
  gtk_widget_set_hexpand (self->wrap, TRUE);
  gtk_widget_set_parent (self->wrap, GTK_WIDGET (self));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "text");

  /* Alone it has no role, and screen readers would not know of it: GTK's entries bring theirs. */
  self->text = g_object_new (GTK_TYPE_TEXT, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  /* As wide as what is typed: without, it asks for the room of an entry, and stands in a line of its own where there is less. */
  gtk_editable_set_width_chars (GTK_EDITABLE (self->text), 6);
  gtk_text_set_propagate_text_width (GTK_TEXT (self->text), TRUE);
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_text_set_input_purpose (GTK_TEXT (self->text), GTK_INPUT_PURPOSE_EMAIL);
  g_signal_connect (self->text, "changed", G_CALLBACK (on_text_changed_cb), self);
  g_signal_connect (self->text, "activate", G_CALLBACK (on_text_activate_cb), self);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (self->text, key);
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_leave_cb), self);
  gtk_widget_add_controller (self->text, focus);
  adw_wrap_box_append (ADW_WRAP_BOX (self->wrap), self->text);

  g_signal_connect (click, "released", G_CALLBACK (on_clicked_cb), self);
  gtk_widget_add_controller (self->wrap, GTK_EVENT_CONTROLLER (click));

  self->choices = mos_choices_new (self->text, self->text, _ ("Known addresses"));
  g_signal_connect_object (self->choices, "taken", G_CALLBACK (on_choice_taken_cb), self, G_CONNECT_SWAPPED);
}

void
mos_address_entry_set_desk (MosAddressEntry *self,
                            MosDesk *desk)
{
  g_return_if_fail (MOS_IS_ADDRESS_ENTRY (self));

  g_set_object (&self->desk, desk);
}

void
mos_address_entry_set_title (MosAddressEntry *self,
                             const char *title)
{
  g_return_if_fail (MOS_IS_ADDRESS_ENTRY (self));

  mos_widget_set_label (self->text, title);
}

void
mos_address_entry_set_addresses (MosAddressEntry *self,
                                 GPtrArray *addresses)
{
  g_return_if_fail (MOS_IS_ADDRESS_ENTRY (self));

  self->is_setting = TRUE;
  clear_chips (self);
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    add_chip (self, g_ptr_array_index (addresses, i));
  self->is_setting = FALSE;
}

GPtrArray *
mos_address_entry_dup_addresses (MosAddressEntry *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_address_unref);
  g_autoptr (GPtrArray) typed = mos_recipients_parse (gtk_editable_get_text (GTK_EDITABLE (self->text)));

  for (guint i = 0; i < self->addresses->len; i++)
    g_ptr_array_add (all, mos_address_ref (g_ptr_array_index (self->addresses, i)));
  for (guint i = 0; i < typed->len; i++)
    {
      MosAddress *address = g_ptr_array_index (typed, i);

      if (!mos_recipients_contain (all, address->address))
        g_ptr_array_add (all, mos_address_ref (address));
    }
  return all;
}

void
mos_address_entry_commit (MosAddressEntry *self)
{
  g_autoptr (GPtrArray) typed = NULL;

  g_return_if_fail (MOS_IS_ADDRESS_ENTRY (self));

  typed = mos_recipients_parse (gtk_editable_get_text (GTK_EDITABLE (self->text)));
  if (typed->len == 0)
    return;
  self->is_setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  /* What was edited goes back to its place. */
  for (guint i = 0; i < typed->len; i++)
    insert_chip (self, self->edited_at >= 0 ? (guint) self->edited_at + i : G_MAXUINT, g_ptr_array_index (typed, i));
  self->edited_at = -1;
  self->is_setting = FALSE;
  close_choices (self);
  emit_changed (self);
}

gboolean
mos_address_entry_is_empty (MosAddressEntry *self)
{
  return self->addresses->len == 0 && *gtk_editable_get_text (GTK_EDITABLE (self->text)) == '\0';
}

void
mos_address_entry_set_facts (MosAddressEntry *self,
                             MosSendFacts *facts)
{
  g_return_if_fail (MOS_IS_ADDRESS_ENTRY (self));

  if (facts != NULL)
    mos_send_facts_ref (facts);
  g_clear_pointer (&self->facts, mos_send_facts_unref);
  self->facts = facts;
  for (guint i = 0; i < self->chips->len; i++)
    mos_recipient_chip_set_new (g_ptr_array_index (self->chips, i), is_new (self, g_ptr_array_index (self->addresses, i)));
}

void
mos_address_entry_remove (MosAddressEntry *self,
                          const char *address)
{
  g_return_if_fail (MOS_IS_ADDRESS_ENTRY (self));

  for (guint i = self->addresses->len; i-- > 0;)
    if (g_ascii_strcasecmp (((MosAddress *) g_ptr_array_index (self->addresses, i))->address, address) == 0)
      remove_chip (self, i);
}
