/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-conversation"

#include "config.h"

#include "app/conversation/mos-draft-notice.h"

#include "app/conversation/mos-message-text.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"
#include "core/mail/mime/mos-markup.h"

#include <glib/gi18n.h>

struct _MosDraftNotice
{
  AdwBin parent_instance;

  /* Template children */
  GtkLabel *title;
  GtkToggleButton *show_button;
  GtkActionable *take_button;
  GtkLabel *text;

  MosDraft *draft; /* (owned) */
};

G_DEFINE_FINAL_TYPE (MosDraftNotice, mos_draft_notice, ADW_TYPE_BIN)

static char *
make_title (MosDraft *draft,
            gint64 now_us)
{
  g_autofree char *when = mos_time_text_relative (draft->updated_us, now_us, NULL);
  g_autofree char *time = mos_text_isolate (when);
  g_autofree char *name = mos_text_isolate (draft->agent_name != NULL ? draft->agent_name : "");

  if (g_strcmp0 (draft->kind, "note") == 0)
    /* Translators: %1$s is the name of somebody at the desk, %2$s a time such as "10:32" or "Yesterday, 09:00". */
    return g_strdup_printf (_ ("%1$s has an unfinished note, last changed: %2$s"), name, time);
  /* Translators: %1$s is the name of somebody at the desk, %2$s a time such as "10:32" or "Yesterday, 09:00". */
  return g_strdup_printf (_ ("%1$s has an unsent draft, last changed: %2$s"), name, time);
}

static char *
make_text (MosDraft *draft)
{
  g_autofree char *plain = draft->is_marked ? mos_markup_to_plain (draft->text) : g_strdup (draft->text);
  GString *text = g_string_new (NULL);

  if (draft->to->len > 0)
    {
      g_autofree char *to = mos_addresses_text (draft->to, FALSE);

      /* Translators: %s are the recipients of a mail. */
      g_string_append_printf (text, _ ("To: %s"), to);
      g_string_append (text, "\n\n");
    }
  g_string_append (text, *g_strstrip (plain) != '\0' ? plain : _ ("Nothing is written yet."));
  if (draft->attachments->len > 0)
    {
      g_string_append (text, "\n\n");
      g_string_append_printf (text, ngettext ("%u file attached", "%u files attached", draft->attachments->len), draft->attachments->len);
    }
  return g_string_free (text, FALSE);
}

static void
on_show_cb (MosDraftNotice *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->show_button), GTK_ACCESSIBLE_STATE_EXPANDED, gtk_toggle_button_get_active (self->show_button), -1);
}

static void
mos_draft_notice_dispose (GObject *object)
{
  MosDraftNotice *self = MOS_DRAFT_NOTICE (object);

  /* The bin lets go of its child by itself, or it would do so a second time below. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_DRAFT_NOTICE);
  g_clear_pointer (&self->draft, mos_draft_unref);

  G_OBJECT_CLASS (mos_draft_notice_parent_class)->dispose (object);
}

static void
mos_draft_notice_class_init (MosDraftNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_draft_notice_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-draft-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, MosDraftNotice, title);
  gtk_widget_class_bind_template_child (widget_class, MosDraftNotice, show_button);
  gtk_widget_class_bind_template_child (widget_class, MosDraftNotice, take_button);
  gtk_widget_class_bind_template_child (widget_class, MosDraftNotice, text);
}

static void
mos_draft_notice_init (MosDraftNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->show_button, "toggled", G_CALLBACK (on_show_cb), self, G_CONNECT_SWAPPED);
  on_show_cb (self);
}

GtkWidget *
mos_draft_notice_new (MosDraft *draft,
                      gint64 now_us)
{
  MosDraftNotice *self = g_object_new (MOS_TYPE_DRAFT_NOTICE, NULL);

  g_return_val_if_fail (draft != NULL, NULL);

  mos_draft_notice_update (self, draft, now_us);
  return GTK_WIDGET (self);
}

MosDraft *
mos_draft_notice_get_draft (MosDraftNotice *self)
{
  g_return_val_if_fail (MOS_IS_DRAFT_NOTICE (self), NULL);

  return self->draft;
}

void
mos_draft_notice_update (MosDraftNotice *self,
                         MosDraft *draft,
                         gint64 now_us)
{
  g_autofree char *title = NULL;

  g_return_if_fail (MOS_IS_DRAFT_NOTICE (self));
  g_return_if_fail (draft != NULL || self->draft != NULL);

  if (draft != NULL)
    {
      g_autofree char *text = make_text (draft);

      mos_draft_ref (draft);
      g_clear_pointer (&self->draft, mos_draft_unref);
      self->draft = draft;
      if (g_strcmp0 (gtk_label_get_label (self->text), text) != 0)
        gtk_label_set_label (self->text, text);
      mos_widget_set_direction_of (GTK_WIDGET (self->text), draft->text);
      gtk_actionable_set_action_target (self->take_button, "s", draft->id);
    }
  title = make_title (self->draft, now_us);
  gtk_label_set_label (self->title, title);
  mos_widget_set_label (GTK_WIDGET (self), title);
}
