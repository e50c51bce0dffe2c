/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customers-dialog-private.h"

#include "app/customer/mos-customer-list.h"
#include "app/customer/mos-customer-merge-dialog.h"
#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>

/* Two customers become one, and two again. */

typedef struct
{
  MosCustomersDialog *self; /* (owned) */
  char *source;
  char *target;
  GPtrArray *rows;   /* (owned) (nullable): conversations that came since */
  GPtrArray *checks; /* (owned) (nullable): of borrowed check buttons, one for each */
} Joining;

static Joining *
joining_new (MosCustomersDialog *self,
             const char *source,
             const char *target)
{
  Joining *joining = g_new0 (Joining, 1);

  joining->self = g_object_ref (self);
  joining->source = g_strdup (source);
  joining->target = g_strdup (target);
  return joining;
}

static void
joining_free (Joining *joining)
{
  g_object_unref (joining->self);
  g_free (joining->source);
  g_free (joining->target);
  g_clear_pointer (&joining->rows, g_ptr_array_unref);
  g_clear_pointer (&joining->checks, g_ptr_array_unref);
  g_free (joining);
}

static void
joining_closure_free (gpointer data,
                      GClosure *closure)
{
  joining_free (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Joining, joining_free)

/* --- merge --- */

static void
on_merged_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosCustomersDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    mos_customers_dialog_offer_undo (self, _ ("Merged into one customer"), batch);
  else
    mos_customers_dialog_report (self, error);
}

static void
on_merge_cb (MosCustomerMergeDialog *dialog,
             GStrv take,
             Joining *joining)
{
  if (joining->self->desk != NULL)
    mos_desk_merge_customers_async (joining->self->desk, joining->source, joining->target, (const char *const *) take, NULL, on_merged_cb, g_object_ref (joining->self));
}

static void
on_preview_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (Joining) joining = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosMergePreview) preview = mos_desk_preview_customer_merge_finish (MOS_DESK (source), result, &error);
  MosCustomersDialog *self = joining->self;
  MosCustomerMergeDialog *dialog;

  if (preview == NULL)
    {
      mos_customers_dialog_report (self, error);
      return;
    }
  if (self->desk == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  dialog = mos_customer_merge_dialog_new (preview, mos_clock_now_us (mos_store_get_clock (mos_desk_get_store (self->desk))));
  g_signal_connect_data (dialog, "merge", G_CALLBACK (on_merge_cb), g_steal_pointer (&joining), joining_closure_free, 0);
  mos_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
preview_merge (MosCustomersDialog *self,
               const char *source,
               const char *target)
{
  mos_desk_preview_customer_merge_async (self->desk, source, target, NULL, on_preview_cb, joining_new (self, source, target));
}

static void
on_chosen_cb (MosCustomerList *list,
              const char *id,
              const char *title,
              Joining *joining)
{
  g_autofree char *source = g_strdup (id);
  g_autofree char *target = g_strdup (joining->target);
  g_autoptr (MosCustomersDialog) self = g_object_ref (joining->self);

  adw_navigation_view_pop (self->navigation);
  preview_merge (self, source, target);
}

void
mos_customers_dialog_merge (MosCustomersDialog *self,
                            const char *source,
                            const char *target)
{
  GtkWidget *view;
  MosCustomerList *list;
  AdwNavigationPage *page;

  if (*source != '\0')
    {
      preview_merge (self, source, target);
      return;
    }
  view = adw_toolbar_view_new ();
  list = mos_customer_list_new (self->desk, target);
  g_signal_connect_data (list, "chosen", G_CALLBACK (on_chosen_cb), joining_new (self, NULL, target), joining_closure_free, 0);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (list));
  page = adw_navigation_page_new (view, _ ("Who Is the Same Person?"));
  adw_navigation_view_push (self->navigation, page);
  gtk_widget_grab_focus (mos_customer_list_get_entry (list));
}

/* --- unmerge --- */

static void
on_unmerged_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (MosCustomersDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 batch = 0;

  if (mos_desk_action_finish (MOS_DESK (source), result, &batch, &error))
    mos_customers_dialog_offer_undo (self, _ ("They are two customers again"), batch);
  else
    mos_customers_dialog_report (self, error);
}

static void
unmerge (Joining *joining)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) also = NULL;

  for (guint i = 0; joining->checks != NULL && i < joining->checks->len; i++)
    if (gtk_check_button_get_active (joining->checks->pdata[i]))
      g_strv_builder_add (builder, ((MosConversationRow *) joining->rows->pdata[i])->id);
  also = g_strv_builder_end (builder);
  if (joining->self->desk != NULL)
    mos_desk_unmerge_customer_async (joining->self->desk, joining->source, (const char *const *) also, NULL, on_unmerged_cb, g_object_ref (joining->self));
}

static void
on_response_cb (AdwAlertDialog *dialog,
                const char *response,
                Joining *joining)
{
  if (g_str_equal (response, "take-back"))
    unmerge (joining);
}

static GtkWidget *
since_list (Joining *joining)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  joining->checks = g_ptr_array_new ();
  for (guint i = 0; i < joining->rows->len; i++)
    {
      const MosConversationRow *row = g_ptr_array_index (joining->rows, i);
      g_autofree char *label = g_strdup_printf ("#%" G_GINT64_FORMAT " %s", row->number, row->subject);
      GtkWidget *check = gtk_check_button_new_with_label (label);

      gtk_box_append (GTK_BOX (box), check);
      g_ptr_array_add (joining->checks, check);
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 240);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  return scrolled;
}

static void
on_since_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (Joining) joining = user_data;
  g_autoptr (GError) error = NULL;
  GtkWidget *parent = GTK_WIDGET (joining->self);
  AdwDialog *dialog;

  joining->rows = mos_desk_list_since_merge_finish (MOS_DESK (source), result, &error);
  if (joining->rows == NULL)
    {
      mos_customers_dialog_report (joining->self, error);
      return;
    }
  if (joining->rows->len == 0)
    {
      unmerge (joining);
      return;
    }
  if (gtk_widget_get_root (parent) == NULL)
    return;
  dialog = adw_alert_dialog_new (_ ("Take the Merge Back?"), _ ("These conversations came since. Those that are chosen go along with who was merged; the others stay."));
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), since_list (joining));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "take-back", C_ ("merge of customers", "_Take Back"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "take-back", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), g_steal_pointer (&joining), joining_closure_free, 0);
  mos_dialog_present (dialog, parent);
}

void
mos_customers_dialog_unmerge (MosCustomersDialog *self,
                              const char *merge)
{
  mos_desk_list_since_merge_async (self->desk, merge, NULL, on_since_cb, joining_new (self, merge, NULL));
}
