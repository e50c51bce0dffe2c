/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-macros"

#include "config.h"

#include "app/macros/mos-macro-orders.h"

#include "app/customer/mos-order-text.h"
#include "app/widgets/mos-dialog.h"
#include "core/automation/mos-template.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static gboolean
says_order (const char *text)
{
  g_autoptr (MosTemplate) template = mos_template_parse (text);
  g_auto (GStrv) names = mos_template_list_names (template);

  for (char **name = names; *name != NULL; name++)
    if (g_str_has_prefix (*name, "order."))
      return TRUE;
  return FALSE;
}

gboolean
mos_macro_needs_order (const MosMacro *macro,
                       const MosMacroFacts *facts,
                       const char *const *languages)
{
  const MosMacroText *text = mos_macro_choose_text (macro, languages);
  gboolean says = text != NULL && says_order (text->text);

  for (guint i = 0; i < macro->actions->len; i++)
    {
      const MosMacroAction *action = macro->actions->pdata[i];

      says = says || action->kind == MOS_MACRO_ORDER || (action->kind == MOS_MACRO_ADD_NOTE && says_order (action->value));
    }
  return says && facts->is_order_ambiguous;
}

typedef struct
{
  MosMacroOrderChosen chosen;
  gpointer user_data;
  char *order; /* (owned) (nullable) */
} Choosing;

static void
choosing_free (gpointer data)
{
  Choosing *choosing = data;

  g_free (choosing->order);
  g_free (choosing);
}

static void
on_row_activated_cb (GtkListBox *list,
                     GtkListBoxRow *row,
                     Choosing *choosing)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (list), ADW_TYPE_DIALOG);

  g_set_str (&choosing->order, g_object_get_data (G_OBJECT (row), "order"));
  adw_dialog_close (ADW_DIALOG (dialog));
}

/* A row that was activated closes the dialog too: its order is there then. */
static void
on_response_cb (AdwAlertDialog *dialog,
                const char *response,
                Choosing *choosing)
{
  if (choosing->order == NULL && g_str_equal (response, "none"))
    choosing->order = g_strdup ("");
  choosing->chosen (choosing->order, choosing->user_data);
}

static GtkWidget *
make_row (const MosOrder *order,
          gint64 now_us)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *summary = mos_order_summary_text (order, now_us);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), order->number);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), summary);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "order", g_strdup (order->id), g_free);
  return row;
}

void
mos_macro_choose_order (GtkWidget *parent,
                        MosMacroFacts *facts,
                        MosMacroOrderChosen chosen,
                        gpointer user_data)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Which Order?"), NULL);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  Choosing *choosing = g_new0 (Choosing, 1);

  choosing->chosen = chosen;
  choosing->user_data = user_data;
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < facts->orders->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (facts->orders->pdata[i], facts->now_us));
  g_signal_connect (list, "row-activated", G_CALLBACK (on_row_activated_cb), choosing);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), scroller);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "none", _ ("_None of Them"), NULL);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), choosing, (GClosureNotify) (void (*) (void)) choosing_free, G_CONNECT_DEFAULT);
  adw_dialog_set_focus (dialog, GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0)));
  mos_dialog_present (dialog, parent);
}
