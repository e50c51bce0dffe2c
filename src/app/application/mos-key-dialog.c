/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-key-dialog.h"

#include "app/application/mos-key.h"
#include "app/application/mos-keymap.h"
#include "app/application/mos-settings.h"
#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>

struct _MosKeyDialog
{
  AdwDialog parent_instance;

  /* Template children */
  GtkLabel *heading;
  GtkLabel *now;
  GtkLabel *problem;

  const MosShortcut *shortcut;
  char *wanted; /* (nullable): while it is asked about */
};

G_DEFINE_FINAL_TYPE (MosKeyDialog, mos_key_dialog, ADW_TYPE_DIALOG)

static void
say_problem (MosKeyDialog *self,
             const char *text)
{
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
on_take_cb (MosKeyDialog *self)
{
  mos_keymap_assign (mos_keymap_get (), self->shortcut, self->wanted);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_answered_cb (MosKeyDialog *self)
{
  g_clear_pointer (&self->wanted, g_free);
}

static void
on_remove_cb (MosKeyDialog *self)
{
  mos_keymap_clear (mos_keymap_get (), self->shortcut);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_cancel_cb (MosKeyDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

gboolean
mos_key_dialog_press (MosKeyDialog *self,
                      const char *key)
{
  MosKeymap *keymap = mos_keymap_get ();
  const MosShortcut *owner;

  g_return_val_if_fail (MOS_IS_KEY_DIALOG (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  /* The question has the keys. */
  if (self->wanted != NULL)
    return FALSE;
  if (g_str_equal (key, "Escape"))
    {
      adw_dialog_close (ADW_DIALOG (self));
      return TRUE;
    }
  if (g_str_equal (key, "BackSpace"))
    {
      on_remove_cb (self);
      return TRUE;
    }
  switch (mos_key_judge (key))
    {
    case MOS_KEY_NOT_A_KEY:
      return FALSE;
    case MOS_KEY_TYPES:
      say_problem (self, _ ("Alt types letters on many keyboards. Use Ctrl, or a function key."));
      return TRUE;
    case MOS_KEY_DESKTOP:
      say_problem (self, _ ("This key belongs to the desktop."));
      return TRUE;
    case MOS_KEY_TAKEN:
      /* Tab, Return and the like are for the buttons. */
      if (g_strstr_len (key, -1, "<Control>") == NULL)
        return FALSE;
      say_problem (self, _ ("This key moves about in the window, or belongs to the system."));
      return TRUE;
    case MOS_KEY_SINGLE:
      if (!mos_keymap_fits (self->shortcut, key))
        {
          say_problem (self, _ ("While you write, letters are text. Use Ctrl, or a function key."));
          return TRUE;
        }
      if (!g_settings_get_boolean (mos_settings_get (), "single-key-shortcuts"))
        {
          say_problem (self, _ ("A key without Ctrl works only with single-key shortcuts, which are switched off."));
          return TRUE;
        }
      break;
    case MOS_KEY_ACCEL:
    default:
      break;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  owner = mos_keymap_find (keymap, key);
  if (owner == NULL || owner == self->shortcut)
    {
      mos_keymap_assign (keymap, self->shortcut, key);
      adw_dialog_close (ADW_DIALOG (self));
      return TRUE;
    }
  g_set_str (&self->wanted, key);
  mos_key_ask_about_conflict (GTK_WIDGET (self), self->shortcut, owner, key, G_CALLBACK (on_take_cb), self, G_CALLBACK (on_answered_cb));
  return TRUE;
}

/* Before the buttons; and the accelerators, which come before everything, are suspended. */
static gboolean
on_key_pressed_cb (MosKeyDialog *self,
                   guint keyval,
                   guint keycode,
                   GdkModifierType state,
                   GtkEventControllerKey *controller)
{
  g_autofree char *key = mos_key_from_press (gtk_widget_get_display (GTK_WIDGET (self)), keyval, keycode, state);

  return key != NULL && mos_key_dialog_press (self, key);
}

static void
mos_key_dialog_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mos_key_dialog_parent_class)->map (widget);
  mos_shortcuts_set_suspended (widget, TRUE);
}

static void
mos_key_dialog_unmap (GtkWidget *widget)
{
  mos_shortcuts_set_suspended (widget, FALSE);
  GTK_WIDGET_CLASS (mos_key_dialog_parent_class)->unmap (widget);
}

static void
mos_key_dialog_dispose (GObject *object)
{
  MosKeyDialog *self = MOS_KEY_DIALOG (object);

  g_clear_pointer (&self->wanted, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_KEY_DIALOG);
  G_OBJECT_CLASS (mos_key_dialog_parent_class)->dispose (object);
}

static void
mos_key_dialog_class_init (MosKeyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_key_dialog_dispose;
  widget_class->map = mos_key_dialog_map;
  widget_class->unmap = mos_key_dialog_unmap;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-key-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosKeyDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, MosKeyDialog, now);
  gtk_widget_class_bind_template_child (widget_class, MosKeyDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
}

static void
mos_key_dialog_init (MosKeyDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

MosKeyDialog *
mos_key_dialog_new (const MosShortcut *shortcut)
{
  MosKeyDialog *self = g_object_new (MOS_TYPE_KEY_DIALOG, NULL);
  const char *const *keys = mos_keymap_get_keys (mos_keymap_get (), shortcut);
  g_autoptr (GString) labels = g_string_new (NULL);
  /* Translators: the name of an action, such as “Close”. */
  g_autofree char *heading = g_strdup_printf (_ ("Press the new keys for “%s”"), mos_shortcut_get_title (shortcut));

  self->shortcut = shortcut;
  gtk_label_set_label (self->heading, heading);
  for (gsize i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *label = mos_key_dup_label (keys[i]);

      g_string_append_printf (labels, "%s%s", i > 0 ? C_ ("list", ", ") : "", label);
    }
  if (labels->len > 0)
    {
      /* Translators: keys, such as “Ctrl+E, E”. */
      g_autofree char *now = g_strdup_printf (_ ("Now: %s"), labels->str);

      gtk_label_set_label (self->now, now);
    }
  else
    gtk_label_set_label (self->now, _ ("It has no keys now."));
  return self;
}

/* --- the question --- */

typedef struct
{
  GCallback take;
  GCallback answered;
  GObject *data; /* (owned): closes itself while it is answered */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->data);
  g_free (question);
}

static void
on_response_cb (AdwAlertDialog *dialog,
                const char *response,
                Question *question)
{
  if (g_str_equal (response, "take"))
    ((void (*) (gpointer)) question->take) (question->data);
  if (question->answered != NULL)
    ((void (*) (gpointer)) question->answered) (question->data);
}

void
mos_key_ask_about_conflict (GtkWidget *parent,
                            const MosShortcut *shortcut,
                            const MosShortcut *owner,
                            const char *key,
                            GCallback take,
                            gpointer data,
                            GCallback answered)
{
  g_autofree char *label = mos_key_dup_label (key);
  AdwDialog *dialog = adw_alert_dialog_new (NULL, NULL);
  Question *question = g_new0 (Question, 1);

  question->take = take;
  question->answered = answered;
  question->data = g_object_ref (data);
  /* Translators: a key, such as “Ctrl+E”. */
  adw_alert_dialog_format_heading (ADW_ALERT_DIALOG (dialog), _ ("%s Is Taken"), label);
  /* Translators: a key, the name of the action that has it, and the name of the one that shall get it. */
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), _ ("%1$s does “%2$s” now. If “%3$s” gets it, “%2$s” is left without it."), label, mos_shortcut_get_title (owner), mos_shortcut_get_title (shortcut));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Leave It"), "take", _ ("_Take It"), NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), question, (GClosureNotify) (GCallback) question_free, G_CONNECT_DEFAULT);
  mos_dialog_present (dialog, parent);
}
