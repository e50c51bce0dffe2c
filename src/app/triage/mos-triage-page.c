/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-triage"

#include "config.h"

#include "app/triage/mos-triage-page.h"

#include "app/widgets/mos-toast-show.h"

#include "app/application/mos-keymap.h"
#include "app/inbox/mos-conversation-pane.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

struct _MosTriagePage
{
  AdwBin parent_instance;

  /* Template children */
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwToolbarView *work;
  AdwWindowTitle *window_title;
  GtkMenuButton *menu_button;
  GtkProgressBar *progress;
  AdwBin *bin;
  GtkWidget *keys;
  AdwStatusPage *end;
  GtkListBox *outcomes;
  GtkWidget *again;
  GtkWidget *leave;

  GBinding *composing; /* (nullable): borrowed */
};

enum
{
  PROP_TITLE = 1,
};

static GParamSpec *props[PROP_TITLE + 1];

enum
{
  UNDO,
  AGAIN,
  LEAVE,
  ESCAPE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosTriagePage, mos_triage_page, ADW_TYPE_BIN)

const char *const mos_triage_keys[] = { "conversation.reply", "conversation.close", "conversation.snooze-dialog", "win.next-conversation", "win.previous-conversation", "win.undo", NULL };

/* --- the four keys --- */

static const struct
{
  const char *action;
  const char *title;
} buttons[] = {
  { "conversation.reply", N_ ("Answer") },
  { "conversation.close", N_ ("Close") },
  { "conversation.snooze-dialog", N_ ("Snooze") },
  { "win.next-conversation", N_ ("Skip") },
};

static void
fill_keys (MosTriagePage *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->keys); child != NULL; child = gtk_widget_get_first_child (self->keys))
    gtk_box_remove (GTK_BOX (self->keys), child);
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      const MosShortcut *shortcut = mos_shortcuts_find (buttons[i].action);
      g_autofree char *key = mos_keymap_dup_short_label (mos_keymap_get (), shortcut);
      GtkWidget *button = gtk_button_new ();
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      GtkWidget *title = gtk_label_new (_ (buttons[i].title));

      gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (box), title);
      if (key != NULL)
        {
          GtkWidget *label = gtk_label_new (key);

          gtk_widget_add_css_class (label, "mos-key");
          gtk_widget_set_halign (label, GTK_ALIGN_CENTER);
          gtk_box_append (GTK_BOX (box), label);
        }
      gtk_button_set_child (GTK_BUTTON (button), box);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (buttons[i].title), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, key != NULL ? key : "", -1);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
      gtk_box_append (GTK_BOX (self->keys), button);
    }
}

/* --- the end --- */

static void
on_undo_cb (MosTriagePage *self,
            GtkWidget *button)
{
  g_signal_emit (self, signals[UNDO], 0, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "outcome")));
}

static char *
outcome_text (MosTriageOutcome outcome,
              guint n)
{
  switch (outcome)
    {
    case MOS_TRIAGE_ANSWERED:
      return g_strdup_printf (ngettext ("%u answered", "%u answered", n), n);
    case MOS_TRIAGE_CLOSED:
      return g_strdup_printf (ngettext ("%u closed", "%u closed", n), n);
    case MOS_TRIAGE_SNOOZED:
      return g_strdup_printf (ngettext ("%u snoozed", "%u snoozed", n), n);
    case MOS_TRIAGE_OTHER:
      return g_strdup_printf (ngettext ("%u dealt with in another way", "%u dealt with in another way", n), n);
    case MOS_TRIAGE_SKIPPED:
      return g_strdup_printf (ngettext ("%u skipped", "%u skipped", n), n);
    case MOS_TRIAGE_WAITING:
    default:
      return g_strdup_printf (ngettext ("%u not looked at", "%u not looked at", n), n);
    }
}

static void
add_outcome (MosTriagePage *self,
             MosTriageRun *run,
             MosTriageOutcome outcome)
{
  guint n = mos_triage_run_count (run, outcome);
  g_autoptr (GArray) batches = mos_triage_run_list_batches (run, outcome);
  g_autofree char *text = outcome_text (outcome, n);
  GtkWidget *row = adw_action_row_new ();

  if (n == 0)
    {
      g_object_ref_sink (row);
      g_object_unref (row);
      return;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  if (batches->len > 0)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Undo"));
      /* Translators: %s is for example “3 closed”. */
      g_autofree char *label = g_strdup_printf (_ ("Undo: %s"), text);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      /* Not what is written on it, which is the same on each. */
      mos_widget_set_label (button, label);
      g_object_set_data (G_OBJECT (button), "outcome", GUINT_TO_POINTER (outcome));
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_undo_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  gtk_list_box_append (self->outcomes, row);
}

void
mos_triage_page_show_end (MosTriagePage *self,
                          MosTriageRun *run)
{
  static const MosTriageOutcome order[] = { MOS_TRIAGE_ANSWERED, MOS_TRIAGE_CLOSED, MOS_TRIAGE_SNOOZED, MOS_TRIAGE_OTHER, MOS_TRIAGE_SKIPPED, MOS_TRIAGE_WAITING };
  guint n = mos_triage_run_get_n (run);
  guint left = mos_triage_run_count (run, MOS_TRIAGE_SKIPPED) + mos_triage_run_count (run, MOS_TRIAGE_WAITING);
  g_autofree char *description = g_strdup_printf (ngettext ("%1$u of %2$u conversation was dealt with.", "%1$u of %2$u conversations were dealt with.", n), n - left, n);

  g_return_if_fail (MOS_IS_TRIAGE_PAGE (self));

  /* What they offer is below, and they would lie over the way back. */
  adw_toast_overlay_dismiss_all (self->toasts);
  gtk_list_box_remove_all (self->outcomes);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    add_outcome (self, run, order[i]);
  adw_status_page_set_title (self->end, left == 0 ? _ ("All Done") : _ ("That Was It"));
  adw_status_page_set_description (self->end, description);
  gtk_widget_set_visible (self->again, left > 0);
  gtk_stack_set_visible_child_name (self->stack, "end");
  gtk_widget_grab_focus (self->leave);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), description, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

void
mos_triage_page_show_run (MosTriagePage *self,
                          MosTriageRun *run)
{
  guint n = mos_triage_run_get_n (run), position = mos_triage_run_get_position (run);
  g_autofree char *text = NULL;

  g_return_if_fail (MOS_IS_TRIAGE_PAGE (self));

  if (position >= n)
    {
      mos_triage_page_show_end (self, run);
      return;
    }
  /* Translators: the place in a list and its length, as in “3 of 23”. */
  text = g_strdup_printf (_ ("%1$u of %2$u"), position + 1, n);
  adw_window_title_set_subtitle (self->window_title, text);
  gtk_progress_bar_set_fraction (self->progress, (double) position / n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  gtk_stack_set_visible_child_name (self->stack, "work");
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

gboolean
mos_triage_page_is_at_end (MosTriagePage *self)
{
  g_return_val_if_fail (MOS_IS_TRIAGE_PAGE (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "end") == 0;
}

static void
on_again_cb (MosTriagePage *self)
{
  g_signal_emit (self, signals[AGAIN], 0);
}

static void
on_leave_cb (MosTriagePage *self)
{
  g_signal_emit (self, signals[LEAVE], 0);
}

static gboolean
on_key_cb (MosTriagePage *self,
           guint key,
           guint code,
           GdkModifierType state)
{
  /* While something is written, the composer has it. */
  if (key != GDK_KEY_Escape || !adw_toolbar_view_get_reveal_bottom_bars (self->work))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[ESCAPE], 0);
  return GDK_EVENT_STOP;
}

/* --- class --- */

static void
mos_triage_page_get_property (GObject *object,
                              guint prop_id,
                              GValue *value,
                              GParamSpec *pspec)
{
  MosTriagePage *self = MOS_TRIAGE_PAGE (object);

  if (prop_id == PROP_TITLE)
    g_value_set_string (value, adw_window_title_get_title (self->window_title));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
mos_triage_page_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  MosTriagePage *self = MOS_TRIAGE_PAGE (object);

  if (prop_id == PROP_TITLE)
    adw_window_title_set_title (self->window_title, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
mos_triage_page_dispose (GObject *object)
{
  /* Else the bin would unparent what the template has unparented. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MOS_TYPE_TRIAGE_PAGE);
  G_OBJECT_CLASS (mos_triage_page_parent_class)->dispose (object);
}

static void
mos_triage_page_class_init (MosTriagePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_triage_page_dispose;
  G_OBJECT_CLASS (klass)->get_property = mos_triage_page_get_property;
  G_OBJECT_CLASS (klass)->set_property = mos_triage_page_set_property;
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (props), props);
  signals[UNDO] = g_signal_new ("undo", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[AGAIN] = g_signal_new ("again", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEAVE] = g_signal_new ("leave", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ESCAPE] = g_signal_new ("escape", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-triage-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MosTriagePage, toasts);
  gtk_widget_class_bind_template_child (widget_class, MosTriagePage, stack);
  gtk_widget_class_bind_template_child (widget_class, MosTriagePage, work);
  gtk_widget_class_bind_template_child (widget_class, MosTriagePage, window_title);
  gtk_widget_class_bind_template_child (widget_class, MosTriagePage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, MosTriagePage, progress);
  gtk_widget_class_bind_template_child (widget_class, MosTriagePage, bin);
  gtk_widget_class_bind_template_child (widget_class, MosTriagePage, keys);
  gtk_widget_class_bind_template_child (widget_class, MosTriagePage, end);
  gtk_widget_class_bind_template_child (widget_class, MosTriagePage, outcomes);
  gtk_widget_class_bind_template_child (widget_class, MosTriagePage, again);
  gtk_widget_class_bind_template_child (widget_class, MosTriagePage, leave);
  gtk_widget_class_bind_template_callback (widget_class, on_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_cb);
}

static void
mos_triage_page_init (MosTriagePage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr (GMenuModel) menu = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  menu = mos_conversation_menu_new ();
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  /* Before the toasts, which take Escape to go away. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (mos_keymap_get (), "changed", G_CALLBACK (fill_keys), self, G_CONNECT_SWAPPED);
  fill_keys (self);
}

void
mos_triage_page_take_view (MosTriagePage *self,
                           GtkWidget *view)
{
  g_return_if_fail (MOS_IS_TRIAGE_PAGE (self));

  g_clear_pointer (&self->composing, g_binding_unbind);
  adw_bin_set_child (self->bin, view);
  if (view != NULL)
    self->composing = g_object_bind_property (view, "composing", self->work, "reveal-bottom-bars", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
}

void
mos_triage_page_add_toast (MosTriagePage *self,
                           AdwToast *toast)
{
  g_return_if_fail (MOS_IS_TRIAGE_PAGE (self));

  mos_toast_show (self->toasts, toast);
}
