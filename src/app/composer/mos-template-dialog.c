/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-composer"

#include "config.h"

#include "app/composer/mos-template-dialog.h"

#include "app/application/mos-error-text.h"
#include "app/widgets/mos-text-direction.h"

#include "core/base/mos-error.h"
#include "core/channels/mos-channel.h"
#include "core/desk/mos-chat-templates.h"

#include <glib/gi18n.h>
#include <string.h>

static guint sent_signal;

struct _MosTemplateDialog
{
  AdwDialog parent_instance;

  /* Template children */
  AdwNavigationView *navigation;
  GtkStack *stack;
  AdwStatusPage *trouble;
  GtkWidget *retry_button;
  GtkEditable *search;
  GtkListBox *list;
  AdwNavigationPage *fill_page;
  GtkWidget *send_button;
  GtkLabel *problem;
  AdwBin *fields;
  GtkLabel *preview;
  GtkLabel *price;

  /* Owned */
  MosDesk *desk;
  char *account;
  char *conversation;
  char *language;          /* (nullable) */
  GPtrArray *templates;    /* (nullable): of MosChatTemplate, as the rows */
  MosChatTemplate *chosen; /* (nullable) */
  gboolean is_sending;
  GPtrArray *entries; /* of GtkEditable (not owned): the heading's first, where it has a place */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (MosTemplateDialog, mos_template_dialog, ADW_TYPE_DIALOG)

/* --- words --- */

/* Returns: (transfer none) (nullable) */
static const char *
category_text (const char *category)
{
  if (g_strcmp0 (category, "marketing") == 0)
    return C_ ("template", "Marketing");
  if (g_strcmp0 (category, "utility") == 0 || g_strcmp0 (category, "transactional") == 0)
    return C_ ("template", "Service");
  return category;
}

/* Returns: (transfer full): "en_US · Marketing" */
static char *
describe (const MosChatTemplate *template)
{
  const char *category = category_text (template->category);

  if (category == NULL || *template->language == '\0')
    return g_strdup (category != NULL ? category : template->language);
  return g_strdup_printf ("%s · %s", template->language, category);
}

/* --- 2: filled in --- */

/* Returns: (transfer full): one for each place of its text; @ret_header: (out) (transfer full) (nullable) */
static char **
dup_values (MosTemplateDialog *self,
            char **ret_header)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  guint first = self->chosen->header_place != NULL ? 1 : 0;

  *ret_header = NULL;
  for (guint i = 0; i < self->entries->len; i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entries->pdata[i])));

      if (i < first)
        *ret_header = g_steal_pointer (&text);
      else
        g_strv_builder_add (values, text);
    }
  return g_strv_builder_end (values);
}

static void
update_preview (MosTemplateDialog *self)
{
  g_autofree char *header = NULL;
  g_auto (GStrv) values = dup_values (self, &header);
  g_autofree char *text = mos_chat_template_render (self->chosen, (const char *const *) values, header != NULL && *header != '\0' ? header : NULL);
  gboolean is_complete = header == NULL || *header != '\0';

  for (char **value = values; *value != NULL; value++)
    is_complete = is_complete && **value != '\0';
  gtk_label_set_label (self->preview, text);
  mos_widget_set_direction_of (GTK_WIDGET (self->preview), text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_set_sensitive (self->send_button, is_complete && !self->is_sending);
}

/* What goes out is what was previewed: nothing of it changes meanwhile, and another one is not begun. */
static void
set_sending (MosTemplateDialog *self,
             gboolean is_sending)
{
  self->is_sending = is_sending;
  adw_navigation_page_set_can_pop (self->fill_page, !is_sending);
  gtk_widget_set_sensitive (GTK_WIDGET (self->fields), !is_sending);
  update_preview (self);
}

static void on_send_cb (MosTemplateDialog *self);

/* @sample: (nullable) */
static void
add_entry (MosTemplateDialog *self,
           AdwPreferencesGroup *group,
           const char *place,
           const char *sample)
{
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *title = NULL;

  if (sample != NULL && *sample != '\0')
    /* Translators: what is filled in in a template: %1$s is what its place is called (“1”, “name”), %2$s what usually stands there. */
    title = g_strdup_printf (_ ("%1$s – for example %2$s"), place, sample);
  else
    title = g_strdup (place);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_object (row, "changed", G_CALLBACK (update_preview), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (on_send_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->entries, row);
}

static void
choose (MosTemplateDialog *self,
        MosChatTemplate *template)
{
  GtkWidget *group = adw_preferences_group_new ();
  const char *category = category_text (template->category);
  g_autofree char *price = NULL;

  g_clear_pointer (&self->chosen, mos_chat_template_unref);
  self->chosen = mos_chat_template_ref (template);
  g_ptr_array_set_size (self->entries, 0);
  if (template->header_place != NULL)
    add_entry (self, ADW_PREFERENCES_GROUP (group), _ ("Heading"), NULL);
  for (guint i = 0; template->places[i] != NULL; i++)
    add_entry (self, ADW_PREFERENCES_GROUP (group), template->places[i], template->samples[i]);
  adw_bin_set_child (self->fields, group);
  gtk_widget_set_visible (GTK_WIDGET (self->fields), self->entries->len > 0);
  adw_navigation_page_set_title (self->fill_page, template->title);
  if (category != NULL)
    /* Translators: %s is a kind of template that has a price of its own, such as “Marketing”. */
    price = g_strdup_printf (_ ("The service may ask a price for it, as for a template of the kind “%s”."), category);
  gtk_label_set_label (self->price, price != NULL ? price : "");
  gtk_widget_set_visible (GTK_WIDGET (self->price), price != NULL);
  update_preview (self);
  adw_navigation_view_push_by_tag (self->navigation, "fill");
  gtk_widget_grab_focus (self->entries->len > 0 ? GTK_WIDGET (self->entries->pdata[0]) : self->send_button);
}

/* --- 3: sent --- */

static void
on_sent_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (MosTemplateDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = mos_desk_send_template_finish (MOS_DESK (source), result, &error);
  g_autofree char *sentence = NULL;
  MosErrorText text;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  set_sending (self, FALSE);
  if (message != NULL)
    {
      g_signal_emit (self, sent_signal, 0, message);
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  text = mos_error_text (error);
  sentence = g_strdup_printf ("%s %s", text.sentence, text.step);
  gtk_label_set_label (self->problem, g_strchomp (sentence));
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_widget_grab_focus (self->entries->len > 0 ? GTK_WIDGET (self->entries->pdata[0]) : self->send_button);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text.title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
on_send_cb (MosTemplateDialog *self)
{
  g_autofree char *header = NULL;
  g_auto (GStrv) values = NULL;
  g_autoptr (MosChatPart) part = NULL;

  if (self->chosen == NULL || self->is_sending || !gtk_widget_get_sensitive (self->send_button))
    return;
  values = dup_values (self, &header);
  part = mos_chat_template_make_part (self->chosen, (const char *const *) values, header);
  /* Pressed twice it would be there twice. */
  set_sending (self, TRUE);
  mos_desk_send_template_async (self->desk, self->conversation, part, NULL, on_sent_cb, g_object_ref (self));
}

/* --- 1: which --- */

static void
add_row (MosTemplateDialog *self,
         const MosChatTemplate *template)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *about = describe (template);
  g_autofree char *body = g_strdelimit (g_strdup (template->body), "\n\r\t", ' ');
  GtkWidget *label = gtk_label_new (about);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), template->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), body);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_list_box_append (self->list, row);
}

static gboolean
is_shown (GtkListBoxRow *row,
          gpointer user_data)
{
  MosTemplateDialog *self = user_data;
  const MosChatTemplate *template = self->templates->pdata[gtk_list_box_row_get_index (row)];
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (self->search), -1);
  g_autofree char *text = g_strconcat (template->title, " ", template->body, " ", template->language, NULL);
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, wanted) != NULL;
}

static void
on_search_cb (MosTemplateDialog *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static void
on_row_cb (MosTemplateDialog *self,
           GtkListBoxRow *row)
{
  choose (self, self->templates->pdata[gtk_list_box_row_get_index (row)]);
}

static void
on_search_activate_cb (MosTemplateDialog *self)
{
  for (guint i = 0; self->templates != NULL && i < self->templates->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);

      if (!is_shown (row, self))
        continue;
      on_row_cb (self, row);
      return;
    }
}

/* Escape, which the entry takes for itself. */
static void
on_stop_cb (MosTemplateDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
show_trouble (MosTemplateDialog *self,
              const char *title,
              const char *text,
              gboolean may_retry)
{
  adw_status_page_set_title (self->trouble, title);
  adw_status_page_set_description (self->trouble, text);
  gtk_widget_set_visible (self->retry_button, may_retry);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
  if (may_retry)
    gtk_widget_grab_focus (self->retry_button);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
on_listed_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (MosTemplateDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) templates = mos_desk_list_templates_finish (MOS_DESK (source), result, &error);
  const MosAccount *account;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_cancellable_is_cancelled (self->cancellable))
    return;
  account = mos_desk_find_account (MOS_DESK (source), self->account);
  if (error != NULL && account != NULL && mos_account_get_setting (account, MOS_ACCOUNT_UNPLUGGED, NULL) != NULL)
    show_trouble (self, _ ("Sample shop, no network"), _ ("With an account of your own, the templates that the service has approved are listed here. You choose one and fill in its gaps."), FALSE);
  else if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_NOT_ALLOWED))
    show_trouble (self, _ ("The Templates Cannot Be Seen"), _ ("Enter the WhatsApp Business account ID in the settings of the account, and give its token the permission to manage WhatsApp."), TRUE);
  /* Here nothing happens by itself. */
  else if (g_error_matches (error, MOS_CHAT_ERROR, MOS_CHAT_ERROR_TEMPORARY))
    show_trouble (self, mos_error_text (error).title, _ ("Try again in a while."), TRUE);
  else if (error != NULL)
    {
      MosErrorText text = mos_error_text (error);
      g_autofree char *sentence = g_strdup_printf ("%s %s", text.sentence, text.step);

      show_trouble (self, text.title, g_strchomp (sentence), TRUE);
    }
  else if (templates->len == 0)
    show_trouble (self, _ ("No Templates"), _ ("Make one at the service and wait until it is approved. It is listed here then."), TRUE);
  else
    {
      mos_chat_template_sort (templates, self->language);
      g_clear_pointer (&self->templates, g_ptr_array_unref);
      self->templates = g_steal_pointer (&templates);
      gtk_list_box_remove_all (self->list);
      for (guint i = 0; i < self->templates->len; i++)
        add_row (self, self->templates->pdata[i]);
      gtk_list_box_set_filter_func (self->list, is_shown, self, NULL);
      gtk_stack_set_visible_child_name (self->stack, "list");
      gtk_widget_grab_focus (GTK_WIDGET (self->search));
    }
}

static void
load (MosTemplateDialog *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  mos_desk_list_templates_async (self->desk, self->account, self->cancellable, on_listed_cb, g_object_ref (self));
}

static void
on_retry_cb (MosTemplateDialog *self)
{
  load (self);
}

static void
on_popped_cb (MosTemplateDialog *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* --- class --- */

/* The pending calls hold a reference, so closing, not disposal, ends them. */
static void
mos_template_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (MOS_TEMPLATE_DIALOG (dialog)->cancellable);
}

static void
mos_template_dialog_dispose (GObject *object)
{
  MosTemplateDialog *self = MOS_TEMPLATE_DIALOG (object);

  if (self->list != NULL)
    gtk_list_box_set_filter_func (self->list, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MOS_TYPE_TEMPLATE_DIALOG);
  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->conversation, g_free);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  g_clear_pointer (&self->chosen, mos_chat_template_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_template_dialog_parent_class)->dispose (object);
}

static void
mos_template_dialog_class_init (MosTemplateDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mos_template_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = mos_template_dialog_closed;

  sent_signal = g_signal_new ("sent", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mostrador/Mostrador/ui/mos-template-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MosTemplateDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, MosTemplateDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, MosTemplateDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, MosTemplateDialog, retry_button);
  gtk_widget_class_bind_template_child (widget_class, MosTemplateDialog, search);
  gtk_widget_class_bind_template_child (widget_class, MosTemplateDialog, list);
  gtk_widget_class_bind_template_child (widget_class, MosTemplateDialog, fill_page);
  gtk_widget_class_bind_template_child (widget_class, MosTemplateDialog, send_button);
  gtk_widget_class_bind_template_child (widget_class, MosTemplateDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, MosTemplateDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, MosTemplateDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, MosTemplateDialog, price);
  gtk_widget_class_bind_template_callback (widget_class, on_popped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_send_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
}

static void
mos_template_dialog_init (MosTemplateDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->entries = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MosTemplateDialog *
mos_template_dialog_new (MosDesk *desk,
                         const char *account,
                         const char *conversation,
                         const char *language)
{
  MosTemplateDialog *self = g_object_new (MOS_TYPE_TEMPLATE_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  self->account = g_strdup (account);
  self->conversation = g_strdup (conversation);
  self->language = g_strdup (language);
  load (self);
  return self;
}
