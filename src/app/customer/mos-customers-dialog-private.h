/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/customer/mos-customer-list.h"
#include "app/customer/mos-customer-page.h"
#include "app/customer/mos-customers-dialog.h"

G_BEGIN_DECLS

struct _MosCustomersDialog
{
  AdwDialog parent_instance;

  /* owned by the tree */
  AdwToastOverlay *toasts;
  AdwNavigationView *navigation;
  MosCustomerList *list;
  GtkToggleButton *choose;
  GtkActionBar *choice_bar;
  GtkLabel *choice;

  MosDesk *desk;            /* (owned) */
  MosCustomerPage *opening; /* (owned) (nullable): chosen, and not pushed before it has something to show */
};

/* mos-customers-dialog.c */
void mos_customers_dialog_say (MosCustomersDialog *self, const char *text);
void mos_customers_dialog_report (MosCustomersDialog *self, const GError *error);
/** mos_customers_dialog_offer_undo: says @text, with a button that takes @batch back */
void mos_customers_dialog_offer_undo (MosCustomersDialog *self, const char *text, gint64 batch);

/* mos-customers-dialog-joining.c */
/** mos_customers_dialog_merge: shows what would become of both, and does it; @source: "" = to be chosen first */
void mos_customers_dialog_merge (MosCustomersDialog *self, const char *source, const char *target);
void mos_customers_dialog_unmerge (MosCustomersDialog *self, const char *merge);

/* mos-customers-dialog-data.c */
void mos_customers_dialog_export (MosCustomersDialog *self, MosCustomerPage *page);
void mos_customers_dialog_erase (MosCustomersDialog *self, MosCustomerPage *page);

/* mos-customers-dialog-files.c: actions customers.import, customers.export and customers.write */
void mos_customers_dialog_install_files (GtkWidgetClass *widget_class);
/** mos_customers_dialog_new_menu: Returns: (transfer floating): a button with them */
GtkWidget *mos_customers_dialog_new_menu (void);

/* mos-customers-dialog-choose.c: several at once; actions customers.choose-all, customers.write-to-chosen and customers.stop-choosing */
void mos_customers_dialog_install_choice (GtkWidgetClass *widget_class);
/** mos_customers_dialog_new_choose_button: Returns: (transfer floating): begins and ends it */
GtkWidget *mos_customers_dialog_new_choose_button (MosCustomersDialog *self);
/** mos_customers_dialog_new_choice_bar: Returns: (transfer floating): how many there are, and what to do with them */
GtkWidget *mos_customers_dialog_new_choice_bar (MosCustomersDialog *self);

G_END_DECLS
