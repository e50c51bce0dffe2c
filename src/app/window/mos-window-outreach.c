/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-window"

#include "config.h"

#include "app/window/mos-window-private.h"

#include "app/orders/mos-order-list-dialog.h"
#include "app/outreach/mos-outreach-dialog.h"
#include "app/widgets/mos-dialog.h"

static void
on_open_cb (MosWindow *self,
            const char *conversation)
{
  mos_window_show_conversation (self, conversation);
}

void
mos_window_show_outreach (GtkWidget *widget,
                          const char *name,
                          GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosOutreachDialog *dialog = mos_outreach_dialog_new (self->desk);

  g_signal_connect_object (dialog, "open", G_CALLBACK (on_open_cb), self, G_CONNECT_SWAPPED);
  if (parameter != NULL && g_variant_is_of_type (parameter, G_VARIANT_TYPE_STRING_ARRAY))
    {
      MosAudience *audience = mos_audience_make (MOS_AUDIENCE_CUSTOMERS);

      g_strfreev (audience->ids);
      audience->ids = g_variant_dup_strv (parameter, NULL);
      mos_outreach_dialog_write (dialog, audience);
    }
  else if (parameter != NULL && g_variant_is_of_type (parameter, G_VARIANT_TYPE ("(uas)")))
    {
      MosAudience *audience = mos_audience_make (MOS_AUDIENCE_CHOSEN_ORDERS);

      g_strfreev (audience->ids);
      g_variant_get (parameter, "(u^as)", &audience->days, &audience->ids);
      mos_outreach_dialog_write (dialog, audience);
    }
  else if (parameter != NULL)
    {
      MosAudience *audience = mos_audience_make (MOS_AUDIENCE_SEGMENT);

      audience->segment = mos_segment_from_nick (g_variant_get_string (parameter, NULL), MOS_SEGMENT_ALL);
      mos_outreach_dialog_write (dialog, audience);
    }
  mos_dialog_present (ADW_DIALOG (dialog), widget);
}

void
mos_window_show_orders (GtkWidget *widget,
                        const char *name,
                        GVariant *parameter)
{
  MosWindow *self = MOS_WINDOW (widget);
  MosOrderListDialog *dialog = mos_order_list_dialog_new (self->desk);

  g_signal_connect_object (dialog, "write", G_CALLBACK (mos_window_write_to), self, G_CONNECT_SWAPPED);
  mos_dialog_present (ADW_DIALOG (dialog), widget);
}
