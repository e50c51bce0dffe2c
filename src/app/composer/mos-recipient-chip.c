/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-recipient-chip.h"

#include "app/composer/mos-recipients.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

struct _MosRecipientChip
{
  GtkWidget parent_instance;

  MosAddress *address; /* (owned) */
  GtkWidget *mark;     /* words about what is unusual */
  GtkWidget *menu;     /* (nullable): made when it is asked for */
  gboolean is_valid;
};

G_DEFINE_FINAL_TYPE (MosRecipientChip, mos_recipient_chip, GTK_TYPE_WIDGET)

static guint act_signal;

static const struct
{
  const char *action;
  MosRecipientChipAct act;
} actions[] = {
  { "recipient.copy", MOS_RECIPIENT_CHIP_COPY },
  { "recipient.copy-all", MOS_RECIPIENT_CHIP_COPY_ALL },
  { "recipient.edit", MOS_RECIPIENT_CHIP_EDIT },
  { "recipient.remove", MOS_RECIPIENT_CHIP_REMOVE },
};

static void
act (MosRecipientChip *self,
     MosRecipientChipAct what)
{
  /* It may be removed by it. */
  g_autoptr (MosRecipientChip) alive = g_object_ref (self);

  g_signal_emit (self, act_signal, 0, (int) what);
}

static void
on_action_cb (GtkWidget *widget,
              const char *action,
              GVariant *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].action, action))
      {
        act (MOS_RECIPIENT_CHIP (widget), actions[i].act);
        return;
      }
}

static void
on_remove_cb (MosRecipientChip *self)
{
  act (self, MOS_RECIPIENT_CHIP_REMOVE);
}

/* --- The menu --- */

static void
popup (MosRecipientChip *self)
{
  if (self->menu == NULL)
    {
      g_autoptr (GMenu) menu = g_menu_new ();

      g_menu_append (menu, _ ("_Edit"), "recipient.edit");
      g_menu_append (menu, _ ("_Copy Address"), "recipient.copy");
      g_menu_append (menu, _ ("Copy _All Addresses"), "recipient.copy-all");
      g_menu_append (menu, _ ("_Remove"), "recipient.remove");
      self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_right_click_cb (GtkGestureClick *gesture,
                   int n_press,
                   double x,
                   double y,
                   MosRecipientChip *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  popup (self);
}

static void
on_click_cb (GtkGestureClick *gesture,
             int n_press,
             double x,
             double y,
             MosRecipientChip *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (n_press > 1)
    act (self, MOS_RECIPIENT_CHIP_EDIT);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* --- Keys --- */

static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint keyval,
                   guint keycode,
                   GdkModifierType state,
                   MosRecipientChip *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gunichar typed = gdk_keyval_to_unicode (keyval);
  GtkWidget *focus;

  if ((state & GDK_SHIFT_MASK) && keyval == GDK_KEY_F10)
    {
      popup (self);
      return GDK_EVENT_STOP;
    }
  if (state & GDK_ALT_MASK)
    return GDK_EVENT_PROPAGATE;
  if (state & GDK_CONTROL_MASK)
    switch (gdk_keyval_to_lower (keyval))
      {
      case GDK_KEY_c:
        act (self, MOS_RECIPIENT_CHIP_COPY);
        return GDK_EVENT_STOP;
      case GDK_KEY_x:
        act (self, MOS_RECIPIENT_CHIP_CUT);
        return GDK_EVENT_STOP;
      case GDK_KEY_v:
        act (self, MOS_RECIPIENT_CHIP_PASTE);
        return GDK_EVENT_STOP;
      default:
        return GDK_EVENT_PROPAGATE;
      }
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      act (self, rtl ? MOS_RECIPIENT_CHIP_NEXT : MOS_RECIPIENT_CHIP_PREVIOUS);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      act (self, rtl ? MOS_RECIPIENT_CHIP_PREVIOUS : MOS_RECIPIENT_CHIP_NEXT);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      act (self, MOS_RECIPIENT_CHIP_FIRST);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      act (self, MOS_RECIPIENT_CHIP_LAST);
      return GDK_EVENT_STOP;
    case GDK_KEY_BackSpace:
      act (self, MOS_RECIPIENT_CHIP_REMOVE_BACK);
      return GDK_EVENT_STOP;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      act (self, MOS_RECIPIENT_CHIP_REMOVE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_F2:
      act (self, MOS_RECIPIENT_CHIP_EDIT);
      return GDK_EVENT_STOP;
    case GDK_KEY_Menu:
      popup (self);
      return GDK_EVENT_STOP;
    default:
      break;
    }
  if (typed == 0 || !g_unichar_isgraph (typed))
    return GDK_EVENT_PROPAGATE;
  /* Whoever types wants to write another recipient. */
  act (self, MOS_RECIPIENT_CHIP_TYPE);
  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  return focus != NULL && focus != GTK_WIDGET (self) && gtk_event_controller_key_forward (controller, focus);
}

/* --- Class --- */

static void
mos_recipient_chip_dispose (GObject *object)
{
  MosRecipientChip *self = MOS_RECIPIENT_CHIP (object);
  GtkWidget *child;

  self->menu = NULL;
  self->mark = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (mos_recipient_chip_parent_class)->dispose (object);
}

static void
mos_recipient_chip_finalize (GObject *object)
{
  mos_address_unref (MOS_RECIPIENT_CHIP (object)->address);

  G_OBJECT_CLASS (mos_recipient_chip_parent_class)->finalize (object);
}

static void
mos_recipient_chip_class_init (MosRecipientChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_recipient_chip_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_recipient_chip_finalize;
  act_signal = g_signal_new ("act", MOS_TYPE_RECIPIENT_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].action, NULL, on_action_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
mos_recipient_chip_init (MosRecipientChip *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *right = gtk_gesture_click_new ();

  gtk_widget_add_css_class (GTK_WIDGET (self), "address-chip");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "default");
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 2);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  g_signal_connect (click, "released", G_CALLBACK (on_click_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (right), GDK_BUTTON_SECONDARY);
  g_signal_connect (right, "pressed", G_CALLBACK (on_right_click_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (right));
}

static void
describe (MosRecipientChip *self,
          const char *words)
{
  g_autofree char *isolated = mos_text_isolate (self->address->address);
  /* Translators: %1$s is a mail address, %2$s what is unusual about it ("new in this conversation"). */
  g_autofree char *text = words != NULL ? g_strdup_printf (C_ ("recipient", "%1$s, %2$s"), isolated, words) : g_strdup (isolated);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

void
mos_recipient_chip_set_new (MosRecipientChip *self,
                            gboolean is_new)
{
  g_autofree char *full = NULL;
  g_autofree char *tooltip = NULL;

  g_return_if_fail (MOS_IS_RECIPIENT_CHIP (self));

  if (!self->is_valid)
    return;
  full = mos_recipient_format (self->address);
  /* Translators: %s is a recipient. */
  tooltip = is_new ? g_strdup_printf (_ ("%s\nNew: was never in this conversation"), full) : g_strdup (full);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  if (is_new)
    gtk_widget_add_css_class (GTK_WIDGET (self), "new");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "new");
  /* Translators: at a recipient who was never in this conversation. */
  gtk_label_set_label (GTK_LABEL (self->mark), is_new ? C_ ("recipient", "new") : "");
  gtk_widget_set_visible (self->mark, is_new);
  describe (self, is_new ? _ ("new in this conversation") : NULL);
}

GtkWidget *
mos_recipient_chip_new (MosAddress *address)
{
  MosRecipientChip *self = g_object_new (MOS_TYPE_RECIPIENT_CHIP, NULL);
  const char *shown = address->name != NULL && *address->name != '\0' ? address->name : address->address;
  GtkWidget *label = gtk_label_new (shown);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *full = mos_recipient_format (address);
  g_autofree char *remove = NULL;

  self->address = mos_address_ref (address);
  self->is_valid = mos_recipient_is_valid (address->address);
  self->mark = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->mark, "address-mark");
  mos_widget_set_label (GTK_WIDGET (self), shown);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  /* The keyboard has Delete for it. */
  gtk_widget_set_focusable (button, FALSE);
  /* Translators: %s is a recipient. */
  remove = g_strdup_printf (_ ("Remove %s"), full);
  mos_widget_set_label (button, remove);
  gtk_widget_set_tooltip_text (button, remove);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_cb), self, G_CONNECT_SWAPPED);

  if (!self->is_valid)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
      /* Translators: %s is what somebody typed as a recipient. */
      g_autofree char *problem = g_strdup_printf (_ ("“%s” is not an e-mail address"), address->address);

      gtk_widget_add_css_class (GTK_WIDGET (self), "error");
      mos_widget_set_label (icon, problem);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), problem);
      /* Translators: at a recipient that cannot be written to as it stands. */
      gtk_label_set_label (GTK_LABEL (self->mark), C_ ("recipient", "not an address"));
      describe (self, _ ("not an e-mail address"));
      gtk_widget_set_parent (icon, GTK_WIDGET (self));
    }
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  mos_recipient_chip_set_new (self, FALSE);
  return GTK_WIDGET (self);
}
