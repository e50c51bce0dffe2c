/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "app/customer/mos-customer-page.h"

G_BEGIN_DECLS

/** MosCustomerRows: a group whose rows are made anew with every change: the keyboard stays where it was, by what it was on */
typedef struct
{
  AdwPreferencesGroup *group; /* owned by the tree */
  GPtrArray *rows;            /* (owned) of borrowed rows */
  GPtrArray *old;             /* (owned) (nullable): while it is filled */
  char *key;                  /* (owned) (nullable): what had the keyboard */
} MosCustomerRows;

/** mos_customer_rows_init: @title: (nullable) */
void mos_customer_rows_init (MosCustomerRows *self, AdwPreferencesPage *page, const char *title);
void mos_customer_rows_clear (MosCustomerRows *self);
/** mos_customer_rows_begin: what is added from now on comes in the place of what was there */
void mos_customer_rows_begin (MosCustomerRows *self);
void mos_customer_rows_add (MosCustomerRows *self, GtkWidget *row);
/** mos_customer_rows_end: the group is hidden where it has no rows */
void mos_customer_rows_end (MosCustomerRows *self);
/** mos_customer_rows_set_key: by this the keyboard finds @widget again; @what: (nullable) */
void mos_customer_rows_set_key (GtkWidget *widget, const char *name, const char *what);
/** mos_customer_rows_has_key: whether the row at @index is there, and has the key of @name alone */
gboolean mos_customer_rows_has_key (const MosCustomerRows *self, guint index, const char *name);
/** mos_customer_rows_count: how many rows there are */
guint mos_customer_rows_count (const MosCustomerRows *self);

/** mos_customer_row_widget_new: an AdwActionRow of texts that are no markup; @subtitle: (nullable) */
GtkWidget *mos_customer_row_widget_new (const char *title, const char *subtitle);
GtkWidget *mos_customer_button_new (const char *icon);
/** mos_customer_reason_text: Returns: (transfer full): why somebody may be the same person */
char *mos_customer_reason_text (const MosSuggestion *suggestion);

#define MOS_CUSTOMER_N_ENTRIES 4

struct _MosCustomerPage
{
  AdwNavigationPage parent_instance;

  /* owned by the tree */
  AdwEntryRow *entries[MOS_CUSTOMER_N_ENTRIES]; /* of "name", "company", "phone", "country" */
  AdwComboRow *language;
  AdwComboRow *consent;
  AdwSwitchRow *vip;
  GtkTextView *notes;

  MosCustomerRows suggestions;
  MosCustomerRows own;
  MosCustomerRows addresses;
  MosCustomerRows merges;

  /* Owned */
  MosDesk *desk;
  char *id;
  MosCustomerLook *look; /* (nullable): what is shown */
  GPtrArray *codes;      /* of borrowed codes: the languages that are offered */
  GCancellable *cancellable;
  guint n_acting;      /* what is done and not finished */
  gboolean is_setting; /* the program changes what is shown, not a person */
};

/** mos_customer_page_act_new: what mos_customer_page_on_acted() gets: it says @text (static) and reads the customer anew */
gpointer mos_customer_page_act_new (MosCustomerPage *self, const char *text);
void mos_customer_page_on_acted (GObject *source, GAsyncResult *result, gpointer user_data);
GtkWidget *mos_customer_page_entry_row_new (MosCustomerPage *self, const char *title, GCallback callback);

/* mos-customer-page-people.c */
void mos_customer_page_show_suggestions (MosCustomerPage *self);
void mos_customer_page_show_addresses (MosCustomerPage *self);
void mos_customer_page_show_merges (MosCustomerPage *self);

G_END_DECLS
