/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-help"

#include "config.h"

#include "app/help/mos-help-places.h"

/* By name, so that the help knows no other room. Lint "data" holds that each of them is there; accounts have theirs by their kind (mos-help-page.c). */
static const MosHelpPlace places[] = {
  { "MosWindow", "welcome_page", "start" },
  { "MosFirstStepsDialog", NULL, "start" },
  { "MosImportDialog", NULL, "exchange" },
  { "MosExportDialog", NULL, "exchange" },
  { "MosJobDialog", NULL, "exchange" },
  { "MosPalette", NULL, "start" },
  { "MosShortcutsDialog", NULL, "start" },

  { "MosConversationPane", "search_bar", "search" },
  { "MosConversationPane", NULL, "conversations" },
  { "MosConversationView", NULL, "conversations" },
  { "MosViewPane", NULL, "conversations" },
  { "MosTriagePage", NULL, "conversations" },
  { "MosHeldDialog", NULL, "conversations" },
  { "MosSnoozeDialog", NULL, "conversations" },
  { "MosSplitDialog", NULL, "conversations" },
  { "MosTagDialog", NULL, "conversations" },
  { "MosTargetDialog", NULL, "conversations" },
  { "MosCategoriesPage", NULL, "conversations" },
  { "MosTeamDialog", NULL, "team" },
  { "MosViewDialog", NULL, "search" },

  { "MosCustomerPane", NULL, "customers" },
  { "MosCustomersDialog", NULL, "customers" },
  { "MosCustomerMergeDialog", NULL, "customers" },
  { "MosOutreachDialog", NULL, "outreach" },
  { "MosWhoDialog", NULL, "customers" },
  { "MosCallDialog", NULL, "phone" },
  { "MosCallBacksDialog", NULL, "phone" },

  { "MosOrderActionDialog", NULL, "orders" },
  { "MosOrderListDialog", NULL, "orders" },
  { "MosOrdersDialog", NULL, "orders" },
  { "MosShopDialog", NULL, "orders" },
  { "MosShopsPage", NULL, "orders" },

  { "MosMacroChooser", NULL, "macros" },
  { "MosMacrosDialog", NULL, "macros" },
  { "MosDashboardDialog", NULL, "dashboard" },
  { "MosRescueDialog", NULL, "surveys" },
  { "MosScoreDialog", NULL, "surveys" },
  { "MosSurveysDialog", NULL, "surveys" },
  { "MosHoursPage", NULL, "targets" },
  { "MosTargetsPage", NULL, "targets" },
  { "MosTargetRulePage", NULL, "targets" },

  { "MosAccountChooser", NULL, "channels" },
  { "MosAccountSetup", NULL, "email" },
  { "MosPasswordDialog", NULL, "email" },
  { "MosSenderDialog", NULL, "email" },
  { "MosSignInDialog", NULL, "email" },

  { "MosBackupDialog", NULL, "backup" },
  { "MosBackupPage", NULL, "backup" },
  { "MosRestoreDialog", NULL, "backup" },
  { "MosRetentionPage", NULL, "retention" },
  { "MosRetentionClassPage", NULL, "retention" },
  { "MosPreferencesDialog", "language", "language" },
  { "MosPreferencesDialog", "background_group", "desktop" },
  { "MosPreferencesDialog", "lock_group", "privacy" },
  { "MosPreferencesDialog", "cover_group", "privacy" },
  { "MosLockDialog", NULL, "privacy" },
  { "MosLockWindow", NULL, "privacy" },
  { "MosTranslateDialog", NULL, "translate" },
  { "MosTranslatePage", NULL, "translate" },
  { "MosTranslationDialog", NULL, "language" },
};

#define PAGE "mos-help-page"

const MosHelpPlace *
mos_help_list_places (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (places);
  return places;
}

void
mos_help_set_page (GtkWidget *widget,
                   const char *page)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_object_set_data (G_OBJECT (widget), PAGE, (gpointer) page);
}

/* A part counts where it is, not where something else of its name is. */
static gboolean
is_at (GtkWidget *widget,
       const MosHelpPlace *place)
{
  GType type = g_type_from_name (place->type);

  if (type == G_TYPE_INVALID)
    return FALSE;
  if (place->part == NULL)
    return G_OBJECT_TYPE (widget) == type;
  return g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), place->part) == 0 && gtk_widget_get_ancestor (widget, type) != NULL;
}

const char *
mos_help_find_page_of_place (GtkWidget *widget)
{
  g_return_val_if_fail (widget == NULL || GTK_IS_WIDGET (widget), NULL);

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      const char *page = g_object_get_data (G_OBJECT (widget), PAGE);

      if (page != NULL)
        return page;
      for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
        if (is_at (widget, &places[i]))
          return places[i].page;
    }
  return NULL;
}
