/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-customer"

#include "config.h"

#include "app/customer/mos-customer-merge-dialog.h"

#include "app/widgets/mos-language-name.h"
#include "app/widgets/mos-text-direction.h"
#include "app/widgets/mos-time-text.h"

#include <glib/gi18n.h>

struct _MosCustomerMergeDialog
{
  AdwDialog parent_instance;

  GPtrArray *choices; /* (owned) of borrowed AdwComboRow, their "key" the field's */
  GtkWidget *merge;   /* owned by the tree */
};

G_DEFINE_FINAL_TYPE (MosCustomerMergeDialog, mos_customer_merge_dialog, ADW_TYPE_DIALOG)

enum
{
  MERGE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* In the order of the choices. */
enum
{
  TARGETS,
  SOURCES,
};

static const char *
title_of (const MosMergeField *field)
{
  static const struct
  {
    const char *name;
    const char *title;
  } table[] = {
    { "name", N_ ("Name") },
    { "language", N_ ("Language") },
    { "country", N_ ("Country") },
    { "phone", N_ ("Phone") },
    { "company", N_ ("Company") },
    { "notes", N_ ("Notes") },
    { "vip", N_ ("VIP") },
    { "consent", N_ ("Consent to Offers") },
    { "first_seen", N_ ("First Seen") },
  };

  for (gsize i = 0; !field->is_own && i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].name, field->name))
      return _ (table[i].title);
  return field->name;
}

static char *
value_text (const MosMergeField *field,
            const char *value,
            gint64 now_us)
{
  if (value == NULL)
    return g_strdup ("");
  /* A number is read from left to right everywhere. */
  if (field->is_own || g_str_equal (field->name, "phone"))
    return mos_text_isolate (value);
  if (g_str_equal (field->name, "language"))
    return g_strdup (mos_language_name (value));
  if (g_str_equal (field->name, "vip"))
    return g_strdup (_ ("Yes"));
  if (g_str_equal (field->name, "first_seen"))
    return mos_time_text_short (g_ascii_strtoll (value, NULL, 10), now_us, NULL);
  if (!g_str_equal (field->name, "consent"))
    return g_strdup (value);
  switch (mos_consent_from_nick (value, MOS_CONSENT_UNKNOWN))
    {
    case MOS_CONSENT_GIVEN:
      return g_strdup (C_ ("consent", "Given"));
    case MOS_CONSENT_OPTED_OUT:
      return g_strdup (C_ ("consent", "Opted Out"));
    case MOS_CONSENT_UNKNOWN:
    default:
      return g_strdup (_ ("Not Known"));
    }
}

static void
add_field (MosCustomerMergeDialog *self,
           AdwPreferencesGroup *group,
           const MosMergeField *field,
           gint64 now_us)
{
  g_autofree char *result = value_text (field, field->result, now_us);
  GtkWidget *row;

  if (field->can_choose)
    {
      const char *values[] = { field->target, field->source, NULL };
      g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

      for (gsize i = 0; values[i] != NULL; i++)
        {
          g_autofree char *text = value_text (field, values[i], now_us);

          gtk_string_list_append (list, text);
        }
      row = adw_combo_row_new ();
      adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), field->from_source ? SOURCES : TARGETS);
      g_object_set_data_full (G_OBJECT (row), "key", field->is_own ? g_strconcat ("own:", field->name, NULL) : g_strdup (field->name), g_free);
      g_ptr_array_add (self->choices, row);
    }
  else
    {
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), result);
      gtk_widget_add_css_class (row, "property");
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_of (field));
  adw_preferences_group_add (group, row);
}

static void
on_merge_cb (MosCustomerMergeDialog *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) take = NULL;

  for (guint i = 0; i < self->choices->len; i++)
    if (adw_combo_row_get_selected (self->choices->pdata[i]) == SOURCES)
      g_strv_builder_add (builder, g_object_get_data (self->choices->pdata[i], "key"));
  take = g_strv_builder_end (builder);
  g_signal_emit (self, signals[MERGE], 0, take);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
mos_customer_merge_dialog_dispose (GObject *object)
{
  g_clear_pointer (&MOS_CUSTOMER_MERGE_DIALOG (object)->choices, g_ptr_array_unref);
  G_OBJECT_CLASS (mos_customer_merge_dialog_parent_class)->dispose (object);
}

static void
mos_customer_merge_dialog_class_init (MosCustomerMergeDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_customer_merge_dialog_dispose;
  signals[MERGE] = g_signal_new ("merge", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
mos_customer_merge_dialog_init (MosCustomerMergeDialog *self)
{
  self->choices = g_ptr_array_new ();
  self->merge = gtk_button_new_with_mnemonic (_ ("_Merge"));
  gtk_widget_add_css_class (self->merge, "suggested-action");
  g_signal_connect_object (self->merge, "clicked", G_CALLBACK (on_merge_cb), self, G_CONNECT_SWAPPED);
}

static char *
describe (const MosMergePreview *preview)
{
  g_autofree char *source = mos_text_isolate (mos_customer_row_get_title (preview->source));
  g_autofree char *target = mos_text_isolate (mos_customer_row_get_title (preview->target));
  /* Translators: two customers: the first becomes part of the second */
  g_autofree char *what = g_strdup_printf (_ ("%1$s becomes part of %2$s, with all addresses and conversations. It can be taken back at any time."), source, target);

  if (preview->is_blocked)
    return g_strconcat (what, "\n\n", _ ("Mail of one of them is blocked. It stays so."), NULL);
  return g_steal_pointer (&what);
}

MosCustomerMergeDialog *
mos_customer_merge_dialog_new (MosMergePreview *preview,
                               gint64 now_us)
{
  MosCustomerMergeDialog *self = g_object_new (MOS_TYPE_CUSTOMER_MERGE_DIALOG, "title", _ ("Merge Customers"), "content-width", 480, "content-height", 560, NULL);
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *choose = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  AdwPreferencesGroup *rest = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  g_autofree char *description = describe (preview);

  adw_preferences_page_set_description (page, description);
  for (guint i = 0; i < preview->fields->len; i++)
    {
      const MosMergeField *field = g_ptr_array_index (preview->fields, i);

      add_field (self, field->can_choose ? choose : rest, field, now_us);
    }
  adw_preferences_group_set_title (choose, _ ("Both Have Something: Which Holds?"));
  adw_preferences_group_set_title (rest, _ ("What Else Is Kept"));
  gtk_widget_set_visible (GTK_WIDGET (choose), self->choices->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (rest), preview->fields->len > self->choices->len);
  adw_preferences_page_add (page, choose);
  adw_preferences_page_add (page, rest);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (adw_dialog_close), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->merge);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (page));
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_default_widget (ADW_DIALOG (self), self->merge);
  adw_dialog_set_focus (ADW_DIALOG (self), self->merge);
  return self;
}
