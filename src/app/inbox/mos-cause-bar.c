/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-inbox"

#include "config.h"

#include "app/inbox/mos-cause-bar.h"

#include "core/store/mos-store-conversations.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _MosCauseBar
{
  GtkWidget parent_instance;

  GtkWidget *wrap;
  MosDesk *desk;             /* (owned) */
  GCancellable *cancellable; /* (owned) */
  char *cause;               /* (nullable): the one that is shown, or several with commas between them */
  gboolean is_shown;         /* the list is that of the quarantine */
};

G_DEFINE_FINAL_TYPE (MosCauseBar, mos_cause_bar, GTK_TYPE_WIDGET)

typedef struct
{
  const char *causes; /* codes of the quarantine that are one thing to a reader, with commas between them */
  const char *text;
} Cause;

static const Cause texts[] = {
  { "auto-submitted", NC_ ("quarantine cause", "Automatic") },
  { "x-auto-reply,autoresponder", NC_ ("quarantine cause", "Automatic replies") },
  { "precedence", NC_ ("quarantine cause", "Sent by a program") },
  { "report,feedback-report,disposition-notification", NC_ ("quarantine cause", "Reports") },
  { "return-path,mailer-daemon", NC_ ("quarantine cause", "From mail servers") },
  { "failed-recipients,subject", NC_ ("quarantine cause", "Undelivered mail") },
  { "list", NC_ ("quarantine cause", "Newsletters") },
  { "own-loop", NC_ ("quarantine cause", "Our own, come back") },
  { "own-address", NC_ ("quarantine cause", "From our own address") },
  { "junk", NC_ ("quarantine cause", "Junk on the server") },
  { "opt-out", NC_ ("quarantine cause", "Unsubscribed") },
  { "blocked-sender", NC_ ("quarantine cause", "Blocked senders") },
  { "unreadable", NC_ ("quarantine cause", "Damaged") },
};
/* what none of them names stands together behind the last */
#define N_GROUPS (G_N_ELEMENTS (texts) + 1)

/* @cause: a code of the quarantine. Returns: which of the groups it is of */
static guint
find_group (const char *cause)
{
  guint i = 0;

  for (; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (GStrv) causes = g_strsplit (texts[i].causes, ",", -1);

      if (g_strv_contains ((const char *const *) causes, cause))
        break;
    }
  return i;
}

static void
on_toggled_cb (GtkToggleButton *button,
               MosCauseBar *self)
{
  if (gtk_toggle_button_get_active (button))
    g_signal_emit_by_name (self, "chosen", g_object_get_data (G_OBJECT (button), "cause"));
}

static GtkWidget *
add_button (MosCauseBar *self,
            GtkWidget *group,
            const char *cause,
            const char *label)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption");
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (group));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), g_strcmp0 (self->cause != NULL ? self->cause : "", cause) == 0);
  g_object_set_data_full (G_OBJECT (button), "cause", g_strdup (cause), g_free);
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled_cb), self);
  adw_wrap_box_append (ADW_WRAP_BOX (self->wrap), button);
  return button;
}

static void
on_loaded_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosCauseBar) self = user_data;
  g_autoptr (GPtrArray) causes = mos_desk_load_causes_finish (MOS_DESK (source), result, NULL);
  GtkWidget *group, *child;
  guint all = 0, n_groups = 0;
  guint counts[N_GROUPS] = { 0 }, order[N_GROUPS];
  g_autoptr (GString) others = g_string_new (NULL);
  gboolean has_chosen = self->cause == NULL;
  g_autofree char *label = NULL;

  if (causes == NULL || self->wrap == NULL)
    return;
  while ((child = gtk_widget_get_first_child (self->wrap)) != NULL)
    adw_wrap_box_remove (ADW_WRAP_BOX (self->wrap), child);
  for (guint i = 0; i < causes->len; i++)
    {
      const MosCauseCount *count = causes->pdata[i];

      guint group_of = find_group (count->cause);

      all += count->count;
      /* Most frequent first, as they come. */
      if (counts[group_of] == 0)
        order[n_groups++] = group_of;
      counts[group_of] += count->count;
      if (group_of == G_N_ELEMENTS (texts))
        g_string_append_printf (others, "%s%s", others->len > 0 ? "," : "", count->cause);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->is_shown && (n_groups > 1 || self->cause != NULL));
  /* Translators: a button above a list: all of them, and how many that are. */
  label = g_strdup_printf (C_ ("quarantine cause", "All (%u)"), all);
  group = add_button (self, NULL, "", label);
  for (guint i = 0; i < n_groups; i++)
    {
      gboolean is_named = order[i] < G_N_ELEMENTS (texts);
      const char *which = is_named ? texts[order[i]].causes : others->str;
      const char *name = is_named ? g_dpgettext2 (NULL, "quarantine cause", texts[order[i]].text) : C_ ("quarantine cause", "Other");
      /* Translators: why mail was set aside, and how many conversations that concerns. */
      g_autofree char *text = g_strdup_printf (C_ ("quarantine cause", "%1$s (%2$u)"), name, counts[order[i]]);

      has_chosen |= g_strcmp0 (which, self->cause) == 0;
      add_button (self, group, which, text);
    }
  if (!has_chosen)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (group), TRUE);
}

static void
refresh (MosCauseBar *self)
{
  if (self->is_shown)
    mos_desk_load_causes_async (self->desk, self->cancellable, on_loaded_cb, g_object_ref (self));
}

static void
mos_cause_bar_dispose (GObject *object)
{
  MosCauseBar *self = MOS_CAUSE_BAR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->wrap, gtk_widget_unparent);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (mos_cause_bar_parent_class)->dispose (object);
}

static void
mos_cause_bar_finalize (GObject *object)
{
  MosCauseBar *self = MOS_CAUSE_BAR (object);

  g_clear_object (&self->cancellable);
  g_free (self->cause);

  G_OBJECT_CLASS (mos_cause_bar_parent_class)->finalize (object);
}

static void
mos_cause_bar_class_init (MosCauseBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_cause_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = mos_cause_bar_finalize;
  g_signal_new ("chosen", MOS_TYPE_CAUSE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mos_cause_bar_init (MosCauseBar *self)
{
  self->cancellable = g_cancellable_new ();
  self->wrap = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->wrap), 2);
  gtk_widget_set_margin_start (self->wrap, 8);
  gtk_widget_set_margin_end (self->wrap, 8);
  gtk_widget_set_margin_bottom (self->wrap, 4);
  gtk_widget_set_parent (self->wrap, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
mos_cause_bar_new (MosDesk *desk)
{
  MosCauseBar *self = g_object_new (MOS_TYPE_CAUSE_BAR, NULL);

  g_set_object (&self->desk, desk);
  g_signal_connect_object (desk, "counts-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
mos_cause_bar_follow (MosCauseBar *self,
                      MosView *view)
{
  gboolean is_shown = view != NULL && view->kind == MOS_VIEW_QUARANTINE;

  g_return_if_fail (MOS_IS_CAUSE_BAR (self));

  if (is_shown == self->is_shown && (!is_shown || g_strcmp0 (self->cause, view->argument) == 0))
    return;
  self->is_shown = is_shown;
  g_set_str (&self->cause, is_shown ? view->argument : NULL);
  if (!is_shown)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  refresh (self);
}
