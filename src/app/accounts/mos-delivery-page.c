/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-accounts"

#include "config.h"

#include "app/accounts/mos-delivery-page.h"

#include "app/accounts/mos-domain-text.h"
#include "app/application/mos-error-text.h"
#include "app/customer/mos-pane-rows.h"
#include "app/widgets/mos-text-direction.h"

#include "core/desk/mos-desk-delivery.h"

#include <glib/gi18n.h>

struct _MosDeliveryPage
{
  AdwNavigationPage parent_instance;

  /* Template children */
  AdwPreferencesPage *page;
  GtkWidget *check_button;
  AdwActionRow *result_row;
  AdwBin *result_mark;
  GtkWidget *send_row;
  GtkWidget *stop_row;
  GtkWidget *waiting_group;

  /* Owned */
  MosDesk *desk;
  MosAccount *account;
  GPtrArray *groups;         /* (element-type GtkWidget): one a domain, of the page */
  GCancellable *cancellable; /* of looking up */
  GCancellable *trial;       /* (nullable): of the message that is waited for */
};

G_DEFINE_FINAL_TYPE (MosDeliveryPage, mos_delivery_page, ADW_TYPE_NAVIGATION_PAGE)

static void check (MosDeliveryPage *self);

/* --- what is shown of a domain --- */

static GtkWidget *
mark_new (MosVerdict verdict)
{
  static const char *const icons[] = {
    [MOS_VERDICT_GOOD] = "object-select-symbolic",
    [MOS_VERDICT_UNKNOWN] = "dialog-question-symbolic",
    [MOS_VERDICT_WEAK] = "dialog-warning-symbolic",
    [MOS_VERDICT_BAD] = "dialog-error-symbolic",
  };
  static const char *const classes[] = {
    [MOS_VERDICT_GOOD] = "success",
    [MOS_VERDICT_UNKNOWN] = "dim-label",
    [MOS_VERDICT_WEAK] = "warning",
    [MOS_VERDICT_BAD] = "error",
  };
  GtkWidget *image = gtk_image_new_from_icon_name (icons[verdict]);

  gtk_widget_add_css_class (image, classes[verdict]);
  gtk_widget_set_valign (image, GTK_ALIGN_CENTER);
  mos_widget_set_label (image, mos_verdict_title (verdict));
  return image;
}

static void
add_value (AdwExpanderRow *row,
           const char *title,
           const char *value,
           const char *copy_label)
{
  GtkWidget *child = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (child), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (child), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (child), value);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (child), 0);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (child), TRUE);
  gtk_widget_add_css_class (child, "property");
  if (copy_label != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (child), mos_pane_copy_button_new (value, copy_label));
  adw_expander_row_add_row (row, child);
}

static GtkWidget *
finding_row_new (const MosDeliveryFinding *finding)
{
  g_autofree char *text = mos_delivery_finding_text (finding);
  const char *title = mos_delivery_topic_title (finding->topic);
  GtkWidget *row;

  if (finding->found == NULL && finding->add_value == NULL)
    {
      row = adw_action_row_new ();
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark_new (finding->verdict));
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
    }
  else
    {
      row = adw_expander_row_new ();
      adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), mark_new (finding->verdict));
      adw_expander_row_set_subtitle_lines (ADW_EXPANDER_ROW (row), 0);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), text);
      if (finding->found != NULL)
        add_value (ADW_EXPANDER_ROW (row), _ ("Record now"), finding->found, NULL);
      if (finding->add_value != NULL)
        {
          add_value (ADW_EXPANDER_ROW (row), _ ("Name of the record (type TXT)"), finding->add_name, _ ("Copy the name"));
          add_value (ADW_EXPANDER_ROW (row), _ ("What it should be"), finding->add_value, _ ("Copy what it should be"));
          /* What is to be done is seen at once. */
          adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
        }
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}

static void
clear_groups (MosDeliveryPage *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->page, self->groups->pdata[i]);
  g_ptr_array_set_size (self->groups, 0);
}

static AdwPreferencesGroup *
add_group (MosDeliveryPage *self,
           const char *title,
           const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  adw_preferences_group_set_title (group, escaped_title);
  adw_preferences_group_set_description (group, escaped);
  adw_preferences_page_add (self->page, group);
  g_ptr_array_add (self->groups, group);
  return group;
}

static const char *
verdict_sentence (const MosDeliveryReport *report)
{
  if (report->is_providers)
    return _ ("This domain belongs to a provider of mail, who looks after its records. There is nothing for you to set.");

  switch (mos_delivery_report_get_verdict (report))
    {
    case MOS_VERDICT_GOOD:
      return _ ("All that others look at is there.");
    case MOS_VERDICT_UNKNOWN:
      return _ ("Not everything could be found out.");
    case MOS_VERDICT_WEAK:
      return _ ("Your answers arrive, but some receivers may trust them less.");
    case MOS_VERDICT_BAD:
    default:
      return _ ("Others may take your answers for spam, or customers may not reach you.");
    }
}

void
mos_delivery_page_show (MosDeliveryPage *self,
                        GPtrArray *reports)
{
  g_return_if_fail (MOS_IS_DELIVERY_PAGE (self));

  clear_groups (self);
  for (guint i = 0; i < reports->len; i++)
    {
      const MosDeliveryReport *report = reports->pdata[i];
      AdwPreferencesGroup *group = add_group (self, report->domain, verdict_sentence (report));

      for (guint j = 0; j < report->findings->len; j++)
        adw_preferences_group_add (group, finding_row_new (report->findings->pdata[j]));
      if (i == 0)
        gtk_accessible_announce (GTK_ACCESSIBLE (self), verdict_sentence (report), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
}

/* --- looking up --- */

static void
on_checked_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (MosDeliveryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reports = mos_desk_check_delivery_finish (MOS_DESK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->page == NULL)
    return;
  gtk_widget_set_visible (self->waiting_group, FALSE);
  gtk_widget_set_sensitive (self->check_button, TRUE);
  if (reports != NULL)
    mos_delivery_page_show (self, reports);
  else
    {
      MosErrorText text = mos_error_text (error);

      clear_groups (self);
      add_group (self, text.title, text.sentence);
    }
}

static void
check (MosDeliveryPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  clear_groups (self);
  gtk_widget_set_visible (self->waiting_group, TRUE);
  gtk_widget_set_sensitive (self->check_button, FALSE);
  mos_desk_check_delivery_async (self->desk, self->account, self->cancellable, on_checked_cb, g_object_ref (self));
}

static void
on_check_cb (MosDeliveryPage *self)
{
  check (self);
}

/* --- the message to oneself --- */

static void
show_result (MosDeliveryPage *self,
             GtkWidget *mark,
             const char *title,
             const char *text)
{
  adw_bin_set_child (self->result_mark, mark);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result_row), title);
  adw_action_row_set_subtitle (self->result_row, text);
  gtk_widget_set_visible (GTK_WIDGET (self->result_row), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
show_running (MosDeliveryPage *self,
              gboolean running)
{
  GtkWidget *other = running ? self->stop_row : self->send_row;
  GtkWidget *gone = running ? self->send_row : self->stop_row;
  gboolean has_focus = gtk_widget_get_focus_child (gtk_widget_get_parent (gone)) == gone;

  gtk_widget_set_visible (other, TRUE);
  if (has_focus)
    gtk_widget_grab_focus (other);
  gtk_widget_set_visible (gone, FALSE);
}

static void
on_self_tested_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (MosDeliveryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MosSelfTest) test = mos_desk_self_test_finish (MOS_DESK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->page == NULL)
    return;
  g_clear_object (&self->trial);
  show_running (self, FALSE);
  if (test != NULL)
    {
      g_autofree char *text = mos_self_test_text (test);

      show_result (self, mark_new (test->outcome == MOS_SELF_TEST_ARRIVED ? MOS_VERDICT_GOOD : test->outcome == MOS_SELF_TEST_NOT_SENT ? MOS_VERDICT_BAD
                                                                                                                                       : MOS_VERDICT_WEAK),
                   mos_self_test_title (test), text);
      /* It showed which key signs. */
      if (test->keys != NULL && test->keys[0] != NULL)
        check (self);
    }
  else
    {
      MosErrorText text = mos_error_text (error);
      g_autofree char *sentence = g_strdup_printf ("%s %s", text.sentence, text.step);

      show_result (self, mark_new (MOS_VERDICT_BAD), text.title, g_strchomp (sentence));
    }
}

static void
on_send_cb (MosDeliveryPage *self)
{
  GtkWidget *spinner;

  if (self->trial != NULL)
    return;
  self->trial = g_cancellable_new ();
  spinner = adw_spinner_new ();
  gtk_widget_set_size_request (spinner, 16, 16);
  show_result (self, spinner, _ ("Sends a message and waits for it…"), _ ("Mostly that takes a few seconds, and three minutes at most."));
  show_running (self, TRUE);
  mos_desk_self_test_async (self->desk, self->account,
                            /* Translators: the subject of a message that an account sends to itself. */
                            _ ("Test message of Mostrador"), _ ("Mostrador sent this message from your account to itself, to see whether mail leaves and arrives. You can delete it."), self->trial,
                            on_self_tested_cb, g_object_ref (self));
}

static void
stop_trial (MosDeliveryPage *self)
{
  if (self->trial != NULL)
    g_cancellable_cancel (self->trial);
  g_clear_object (&self->trial);
}

static void
on_stop_cb (MosDeliveryPage *self)
{
  stop_trial (self);
  show_running (self, FALSE);
  show_result (self, mark_new (MOS_VERDICT_UNKNOWN), _ ("Not waited for any longer"), _ ("What had left already still arrives. No conversation comes of it."));
}

/* --- the class --- */

void
mos_delivery_page_stop (MosDeliveryPage *self)
{
  g_return_if_fail (MOS_IS_DELIVERY_PAGE (self));

  g_cancellable_cancel (self->cancellable);
  stop_trial (self);
}

static void
mos_delivery_page_hidden (AdwNavigationPage *page)
{
  mos_delivery_page_stop (MOS_DELIVERY_PAGE (page));
}

static void
mos_delivery_page_dispose (GObject *object)
{
  MosDeliveryPage *self = MOS_DELIVERY_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  stop_trial (self);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_DELIVERY_PAGE);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->account, mos_account_unref);
  G_OBJECT_CLASS (mos_delivery_page_parent_class)->dispose (object);
}

static void
mos_delivery_page_class_init (MosDeliveryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_delivery_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hidden = mos_delivery_page_hidden;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-delivery-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MosDeliveryPage, page);
  gtk_widget_class_bind_template_child (widget_class, MosDeliveryPage, check_button);
  gtk_widget_class_bind_template_child (widget_class, MosDeliveryPage, result_row);
  gtk_widget_class_bind_template_child (widget_class, MosDeliveryPage, result_mark);
  gtk_widget_class_bind_template_child (widget_class, MosDeliveryPage, send_row);
  gtk_widget_class_bind_template_child (widget_class, MosDeliveryPage, stop_row);
  gtk_widget_class_bind_template_child (widget_class, MosDeliveryPage, waiting_group);
  gtk_widget_class_bind_template_callback (widget_class, on_check_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_send_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
}

static void
mos_delivery_page_init (MosDeliveryPage *self)
{
  self->groups = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->result_row), FALSE);
}

MosDeliveryPage *
mos_delivery_page_new (MosDesk *desk,
                       MosAccount *account)
{
  MosDeliveryPage *self = g_object_new (MOS_TYPE_DELIVERY_PAGE, NULL);

  self->desk = g_object_ref (desk);
  self->account = mos_account_ref (account);
  check (self);
  return self;
}
