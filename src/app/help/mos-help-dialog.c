/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-help"

#include "config.h"

#include "app/help/mos-help-dialog.h"

#include "app/help/mos-help-page.h"
#include "app/help/mos-help-places.h"
#include "app/widgets/mos-dialog.h"

#include <glib/gi18n.h>

struct _MosHelpDialog
{
  AdwDialog parent_instance;

  AdwNavigationView *navigation; /* (child) */
};

G_DEFINE_FINAL_TYPE (MosHelpDialog, mos_help_dialog, ADW_TYPE_DIALOG)

static AdwNavigationPage *make_page (MosHelpDialog *self, const char *id);

/* --- what a page is made of --- */

static GtkWidget *
make_text (const char *text)
{
  GtkWidget *label = gtk_label_new (_ (text));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static GtkWidget *
make_heading (const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", _ (text), "wrap", TRUE, "xalign", 0.0, "margin-top", 12, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, 2, -1);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static GtkWidget *
make_step (const MosHelpBlock *block)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = make_text (block->text);
  /* Translators: the number of a step in the help: “1.” */
  g_autofree char *number = g_strdup_printf (_ ("%u."), block->number);
  GtkWidget *mark = gtk_label_new (number);

  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_add_css_class (mark, "dimmed");
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

/* What is read has the keyboard, so that Page Down turns it. */
static void
on_shown_cb (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (adw_toolbar_view_get_content (ADW_TOOLBAR_VIEW (adw_navigation_page_get_child (page))));
}

static void
on_row_cb (MosHelpDialog *self,
           GtkListBoxRow *row)
{
  AdwNavigationPage *page = make_page (self, g_object_get_data (G_OBJECT (row), "page"));

  if (page == NULL)
    return;
  g_signal_connect (page, "shown", G_CALLBACK (on_shown_cb), NULL);
  adw_navigation_view_push (self->navigation, page);
}

static GtkWidget *
make_list (MosHelpDialog *self,
           const char *label)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_row_cb), self, G_CONNECT_SWAPPED);
  return list;
}

static void
add_row (GtkWidget *list,
         const MosHelpPage *page)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (page->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (page->description));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "page", g_strdup (page->id), g_free);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static GtkWidget *
make_topics (MosHelpDialog *self,
             const MosHelpPage *page)
{
  g_autoptr (GPtrArray) topics = mos_help_list_topics (page->id);
  GtkWidget *list = make_list (self, _ ("Pages"));

  for (guint i = 0; i < topics->len; i++)
    add_row (list, topics->pdata[i]);
  return list;
}

static void
add_see_also (MosHelpDialog *self,
              GtkBox *box,
              const MosHelpPage *page)
{
  GtkWidget *list;

  if (page->see_also->len == 0)
    return;
  gtk_box_append (box, make_heading (N_ ("See Also")));
  list = make_list (self, _ ("See Also"));
  for (guint i = 0; i < page->see_also->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MosHelpPage) other = mos_help_page_load (page->see_also->pdata[i], &error);

      if (other != NULL)
        add_row (list, other);
      else
        g_warning ("%s: %s", page->id, error->message);
    }
  gtk_box_append (box, list);
}

static GtkWidget *
make_block (MosHelpDialog *self,
            const MosHelpPage *page,
            const MosHelpBlock *block)
{
  switch (block->kind)
    {
    case MOS_HELP_HEADING:
      return make_heading (block->text);
    case MOS_HELP_STEP:
      return make_step (block);
    case MOS_HELP_TOPICS:
      return make_topics (self, page);
    case MOS_HELP_PARAGRAPH:
    default:
      return make_text (block->text);
    }
}

static GtkWidget *
make_content (MosHelpDialog *self,
              const MosHelpPage *page)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_box_append (GTK_BOX (box), make_text (page->description));
  for (guint i = 0; i < page->blocks->len; i++)
    gtk_box_append (GTK_BOX (box), make_block (self, page, page->blocks->pdata[i]));
  add_see_also (self, GTK_BOX (box), page);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  /* A page without a row has nothing else from which the keyboard could turn it. */
  gtk_widget_set_focusable (scrolled, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scrolled), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (page->title), -1);
  return scrolled;
}

/* Returns: (transfer floating) (nullable) */
static AdwNavigationPage *
make_page (MosHelpDialog *self,
           const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MosHelpPage) page = mos_help_page_load (id, &error);
  GtkWidget *view;

  if (page == NULL)
    {
      g_warning ("%s: %s", id, error->message);
      return NULL;
    }
  view = adw_toolbar_view_new ();
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), make_content (self, page));
  return adw_navigation_page_new (view, _ (page->title));
}

static void
push (MosHelpDialog *self,
      AdwNavigationPage *page)
{
  adw_navigation_view_push (self->navigation, page);
  adw_dialog_set_focus (ADW_DIALOG (self), adw_toolbar_view_get_content (ADW_TOOLBAR_VIEW (adw_navigation_page_get_child (page))));
}

/* --- class --- */

static void
mos_help_dialog_class_init (MosHelpDialogClass *klass)
{
}

static void
mos_help_dialog_init (MosHelpDialog *self)
{
  self->navigation = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Help"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 560);
  adw_dialog_set_content_height (ADW_DIALOG (self), 680);
  adw_dialog_set_child (ADW_DIALOG (self), GTK_WIDGET (self->navigation));
  gtk_widget_add_css_class (GTK_WIDGET (self), "mos-plain");
  push (self, make_page (self, MOS_HELP_INDEX));
}

MosHelpDialog *
mos_help_dialog_new (const char *page)
{
  MosHelpDialog *self = g_object_new (MOS_TYPE_HELP_DIALOG, NULL);
  AdwNavigationPage *first = page != NULL ? make_page (self, page) : NULL;

  if (first != NULL)
    push (self, first);
  return self;
}

void
mos_help_show_place (GtkWidget *place,
                     GtkWidget *parent)
{
  mos_dialog_present (ADW_DIALOG (mos_help_dialog_new (mos_help_find_page_of_place (place))), parent);
}
