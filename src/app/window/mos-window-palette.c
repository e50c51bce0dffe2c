/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/palette/mos-palette-actions.h"
#include "app/palette/mos-palette-conversations.h"
#include "app/palette/mos-palette-customers.h"
#include "app/palette/mos-palette-macros.h"
#include "app/palette/mos-palette-settings.h"
#include "app/palette/mos-palette-views.h"
#include "app/palette/mos-palette.h"
#include "app/widgets/mos-dialog.h"

#include "core/desk/mos-desk-translate.h"

#include <glib/gi18n.h>

/* Ctrl+K: what it can find, why something cannot be done now, and doing it. */

#define MAX_RECENT 10

void
mos_window_note_opened (MosWindow *self)
{
  if (self->conversation == NULL)
    return;
  for (guint i = 0; i < self->recent->len; i++)
    if (g_ptr_array_index (self->recent, i) == self->conversation)
      {
        g_ptr_array_remove_index (self->recent, i);
        break;
      }
  g_ptr_array_insert (self->recent, 0, g_object_ref (self->conversation));
  if (self->recent->len > MAX_RECENT)
    g_ptr_array_set_size (self->recent, MAX_RECENT);
}

/* --- why not --- */

/* A button knows whether its action can be done; GTK has no other way to ask for one of a widget. */
static gboolean
is_enabled (MosWindow *self,
            const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  gboolean enabled;

  if (g_str_has_prefix (action, "composer."))
    return self->view != NULL && mos_conversation_view_get_composing (self->view);
  if (!g_action_parse_detailed_name (action, &name, &target, NULL))
    g_return_val_if_reached (FALSE);
  /* In this order: a name whose action takes a target is a mistake to GTK while there is none. */
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->probe), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->probe), name);
  enabled = gtk_widget_get_sensitive (self->probe);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->probe), NULL);
  return enabled;
}

static const char *
why_not_conversation (MosWindow *self,
                      const char *action)
{
  MosConversationRow *row = self->conversation != NULL ? mos_conversation_get_row (self->conversation) : NULL;

  if (mos_window_is_writing_new (self))
    return _ ("A new message is being written");
  if (row == NULL)
    return _ ("No conversation is open");
  if (g_str_equal (action, "conversation.translate") && !mos_desk_can_translate (self->desk))
    return _ ("No translation service is set up");
  if (g_str_equal (action, "conversation.restore") || g_str_equal (action, "conversation.erase"))
    return _ ("It is not deleted");
  if (row->deleted_us != 0)
    return _ ("It is deleted");
  if (row->merged_into != NULL)
    return _ ("It was merged into another one");
  if (g_str_has_prefix (action, "conversation.close"))
    return _ ("It is closed already");
  if (g_str_equal (action, "conversation.not-spam"))
    return _ ("It is not spam");
  if (row->status == MOS_STATUS_SPAM)
    return _ ("It is spam");
  if (g_str_equal (action, "conversation.reopen"))
    return _ ("It is open already");
  if (g_str_equal (action, "conversation.pending"))
    return _ ("It waits for the customer already");
  if (g_str_equal (action, "conversation.release") || g_str_equal (action, "conversation.allow-sender"))
    return _ ("It is not in the quarantine");
  if (g_str_equal (action, "conversation.block-sender"))
    return _ ("Its sender is blocked already");
  if (g_str_equal (action, "conversation.unassign"))
    return _ ("Nobody has it");
  if (g_str_has_prefix (action, "conversation.apologize") || g_str_has_prefix (action, "conversation.settle-rescue") || g_str_has_prefix (action, "conversation.remind-rescue"))
    return _ ("Nobody gave a low score in it");
  if (g_str_equal (action, "conversation.dismiss-survey"))
    return _ ("No question is planned");
  if (g_str_has_suffix (action, "-category"))
    return _ ("No category is suggested");
  if (g_str_equal (action, "conversation.take-draft"))
    return _ ("Nobody else has begun an answer");
  if (g_str_has_prefix (action, "conversation.split"))
    return _ ("It has no second message");
  return _ ("Not possible now");
}

static char *
why_not (const char *action,
         gpointer data)
{
  MosWindow *self = data;

  if (is_enabled (self, action))
    return NULL;
  if (g_str_has_prefix (action, "composer."))
    return g_strdup (_ ("Nothing is being written"));
  if (g_str_equal (action, "app.lock"))
    return g_strdup (_ ("The preferences have no passphrase for it yet"));
  if (g_str_equal (action, "app.peek"))
    return g_strdup (_ ("Nothing is covered"));
  if (self->desk == NULL)
    return g_strdup (_ ("Nothing is open yet"));
  if (g_list_model_get_n_items (mos_desk_get_accounts (self->desk)) == 0)
    return g_strdup (_ ("There is no account yet"));
  if (self->run != NULL && !g_str_has_prefix (action, "conversation."))
    return g_strdup (_ ("Not while you go through them one at a time"));
  if (g_str_has_prefix (action, "conversation.") || g_str_equal (action, "win.edit-customer"))
    return g_strdup (why_not_conversation (self, action));
  return g_strdup (_ ("Not possible now"));
}

/* --- the palette --- */

static void
on_chosen_cb (MosWindow *self,
              MosPaletteItem *item)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *from = GTK_WIDGET (self);

  /* What is done while writing belongs to what is being written: where the keyboard is again, else to the view that has it. */
  if (g_str_has_prefix (item->action, "composer."))
    from = focus != NULL && self->view != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)) ? focus : GTK_WIDGET (self->view);
  if (from == NULL || !gtk_widget_activate_action_variant (from, item->action, item->target))
    g_warning ("The palette’s %s is not there", item->action);
}

void
mos_window_open_palette (GtkWidget *widget,
                         const char *name,
                         GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  AdwDialog *visible = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  MosPalette *palette;

  /* The same keys close it; and nothing happens behind another dialog. */
  if (visible != NULL)
    {
      if (MOS_IS_PALETTE (visible))
        adw_dialog_close (visible);
      return;
    }
  palette = mos_palette_new ();
  mos_palette_add_source (palette, mos_palette_actions_new (why_not, self));
  if (self->desk != NULL)
    {
      mos_palette_add_source (palette, mos_palette_views_new (self->desk));
      mos_palette_add_source (palette, mos_palette_macros_new (self->desk));
      mos_palette_add_source (palette, mos_palette_conversations_new (self->desk, self->recent));
      mos_palette_add_source (palette, mos_palette_customers_new (self->desk));
    }
  mos_palette_add_source (palette, mos_palette_settings_new (self->desk != NULL ? mos_desk_get_accounts (self->desk) : NULL));
  g_signal_connect_object (palette, "chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (palette), widget);
  mos_palette_start (palette);
}

/* --- where it leads --- */

void
mos_window_show_customer (GtkWidget *widget,
                          const char *name,
                          GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  g_autoptr (MosView) view = NULL;
  const char *customer, *title;

  g_variant_get (parameter, "(&s&s)", &customer, &title);
  view = mos_view_make (MOS_VIEW_CUSTOMER, customer);
  mos_view_pane_select (self->view_pane, view);
  mos_conversation_pane_set_view (self->pane, view, title);
  mos_window_focus_list (widget, NULL, NULL);
}
