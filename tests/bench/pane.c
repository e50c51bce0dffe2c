/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "app/customer/mos-customer-pane.h"
#include "core/desk/mos-desk-journey.h"
#include "core/desk/mos-desk.h"

#include <adwaita.h>
#include <stdlib.h>
#include <time.h>

/* pane PROFILE CUSTOMERS READS: the pane beside a conversation, in a profile that "customer" filled: from the selection of a conversation to the frame that
 * shows its customer. A line of JSON each: {"what", "ms", "cpu_ms"}. For bench.py. */

static double
now_ms (clockid_t clock)
{
  struct timespec t;

  clock_gettime (clock, &t);
  return (double) t.tv_sec * 1000 + (double) t.tv_nsec / 1e6;
}

static void
on_painted_cb (gpointer data)
{
  (*(guint *) data)++;
}

static gboolean
on_over_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
rest (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_over_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
shows (MosCustomerPane *pane,
       const char *conversation)
{
  const MosJourney *journey = mos_customer_pane_get_journey (pane);

  return journey != NULL && g_strcmp0 (journey->conversation, conversation) == 0;
}

static void
measure (MosDesk *desk,
         MosCustomerPane *pane,
         const guint *painted,
         const char *what,
         const char *id)
{
  g_autoptr (MosConversation) conversation = mos_desk_ref_conversation (desk, id);
  double wall, cpu;
  guint before;

  /* The list has it already when somebody selects it. */
  while (mos_conversation_get_row (conversation) == NULL)
    g_main_context_iteration (NULL, TRUE);
  rest (60);
  wall = now_ms (CLOCK_MONOTONIC);
  cpu = now_ms (CLOCK_PROCESS_CPUTIME_ID);
  mos_customer_pane_set_conversation (pane, conversation);
  while (!shows (pane, id))
    g_main_context_iteration (NULL, TRUE);
  before = *painted;
  while (*painted == before)
    g_main_context_iteration (NULL, TRUE);
  g_print ("{\"what\": \"%s\", \"ms\": %.2f, \"cpu_ms\": %.2f}\n", what, now_ms (CLOCK_MONOTONIC) - wall, now_ms (CLOCK_PROCESS_CPUTIME_ID) - cpu);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (MosClock) clock = mos_clock_new_system ();
  g_autoptr (MosStore) store = NULL;
  g_autoptr (MosDesk) desk = NULL;
  g_autoptr (GRand) dice = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  int customers = argc > 2 ? atoi (argv[2]) : 0, reads = argc > 3 ? atoi (argv[3]) : 0;
  GtkWidget *window, *pane;
  guint painted = 0;

  if (customers < 2 || reads < 1)
    {
      g_printerr ("pane PROFILE CUSTOMERS READS\n");
      return 2;
    }
  adw_init ();
  store = mos_store_open_sync (argv[1], MOS_STORE_OPEN_DEFAULT, clock, NULL, &error);
  if (store == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  desk = mos_desk_new (store, MOS_DESK_FLAG_OFFLINE);
  mos_desk_start (desk);
  window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 900);
  pane = mos_customer_pane_new (desk);
  adw_window_set_content (ADW_WINDOW (window), pane);
  gtk_window_present (GTK_WINDOW (window));
  rest (3000);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted_cb), &painted);
  for (int i = 0; i < reads; i++)
    {
      g_autofree char *id = g_strdup_printf ("v%d", customers + g_rand_int_range (dice, 1, customers));

      measure (desk, MOS_CUSTOMER_PANE (pane), &painted, "pane, drawn", id);
    }
  for (int i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("v%d", i);

      measure (desk, MOS_CUSTOMER_PANE (pane), &painted, "pane of a heavy customer, drawn", id);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  mos_desk_stop_sync (desk);
  g_clear_object (&desk);
  mos_store_close_sync (store);
  return 0;
}
