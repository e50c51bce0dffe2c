/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/desk/mos-macro-fill.h"
#include "core/desk/mos-macro-unfill.h"

#include "mos-test.h"

/* 5 March 2024, noon UTC */
#define NOW_US G_GINT64_CONSTANT (1709640000000000)

static MosOrder *
make_order (const char *number,
            const char *total,
            const char *parcel)
{
  MosOrder *order = mos_order_make ("shop", number);

  g_set_str (&order->number, number);
  g_set_str (&order->currency, "EUR");
  g_set_str (&order->total, total);
  order->created_us = order->modified_us = NOW_US - 3 * G_TIME_SPAN_DAY;
  if (parcel != NULL)
    {
      MosOrderShipment *shipment = mos_order_add_shipment (order);

      g_set_str (&shipment->carrier, "GLS");
      g_set_str (&shipment->number, parcel);
      shipment->shipped_us = NOW_US - G_TIME_SPAN_DAY;
    }
  return order;
}

static MosMacroFacts *
make_facts (const char *name,
            const char *first_name,
            guint n_orders)
{
  MosMacroFacts *facts = mos_macro_facts_new ();

  facts->customer = mos_customer_row_new ();
  facts->customer->name = g_strdup (name);
  facts->customer->identities = g_ptr_array_new ();
  facts->first_name = g_strdup (first_name);
  facts->address = g_strdup ("ana@mail.example");
  facts->language = g_strdup ("en");
  facts->zone = g_strdup ("UTC");
  facts->now_us = NOW_US;
  facts->shops = g_ptr_array_new ();
  facts->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_order_unref);
  if (n_orders > 0)
    g_ptr_array_add (facts->orders, make_order ("FL-2001", "49.90", "77 001"));
  if (n_orders > 1)
    g_ptr_array_add (facts->orders, make_order ("FL-2002", "12.00", NULL));
  facts->is_order_ambiguous = n_orders > 1;
  if (n_orders == 1)
    facts->order = mos_order_ref (facts->orders->pdata[0]);
  return facts;
}

static void
test_table (void)
{
  static const struct
  {
    const char *name;
    const char *first_name;
    guint n_orders;
    const char *text;
    const char *macro;
  } table[] = {
    { "Ana García", "Ana", 0, "Hello Ana,\nbananas for Ana García, not Anastasia.", "Hello {{customer.first_name}},\nbananas for {{customer.name}}, not Anastasia." },
    { "Ana García", "Ana", 0, "ana is not Ana", "ana is not {{customer.first_name}}" },
    { "李", "李", 0, "李, hello", "李, hello" }, /* one letter could be anything */
    { "Ana", "Ana", 0, "Ana", "{{customer.first_name}}" },
    { NULL, NULL, 0, "Nobody is known: ana@mail.example", "Nobody is known: {{customer.email}}" },
    { "Ana", "Ana", 1, "FL-2001 of 2 March 2024 for €49.90, GLS", "{{order.number}} of 2 March 2024 for {{order.total|money}}, {{order.carrier}}" },
    { "Ana", "Ana", 1, "FL-20011 and XFL-2001 are others", "FL-20011 and XFL-2001 are others" },
    /* of two, the one that is named; and none where none is */
    { "Ana", "Ana", 2, "FL-2002 costs €12.00, not €49.90", "{{order.number}} costs {{order.total|money}}, not €49.90" },
    { "Ana", "Ana", 2, "it costs €12.00", "it costs €12.00" },
    /* tags stay, whole; what only looks like one stays text */
    { "Ana", "Ana", 0, "Ana, {{ask:\"When, Ana?\"}} {% if x %}", "{{customer.first_name}}, {{ask:\"When, Ana?\"}} {% if x %}" },
    { "Ana", "Ana", 0, "Ana {{literal}} Ana", "{{customer.first_name}} {{\"{{\"}}literal}} {{customer.first_name}}" },
    { "Ana", "Ana", 0, "{{ is open, Ana", "{{ is open, {{customer.first_name}}" },
    { "Ana", "Ana", 0, "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (MosMacroFacts) facts = make_facts (table[i].name, table[i].first_name, table[i].n_orders);
      g_autoptr (GPtrArray) literals = g_ptr_array_new ();
      g_autofree char *macro = NULL;

      g_ptr_array_add (literals, (gpointer) "{{literal}} Ana");
      macro = mos_macro_unfill (table[i].text, TRUE, "en", literals, facts);
      g_test_message ("%s", table[i].text);
      g_assert_cmpstr (macro, ==, table[i].macro);
    }
}

static char *
fill (const char *text,
      MosMacroFacts *facts,
      gboolean is_marked)
{
  g_autoptr (MosMacro) macro = mos_macro_make ();
  g_auto (GStrv) languages = mos_macro_list_languages (facts, "en");
  const MosMacroFilling filling = { .facts = facts, .languages = (const char *const *) languages, .is_marked = is_marked };
  g_autoptr (MosMacroFilled) filled = NULL;

  g_set_str (&macro->id, "x");
  mos_macro_set_text (macro, "en", text);
  filled = mos_macro_fill (macro, &filling);
  return g_steal_pointer (&filled->text);
}

/* Whatever was written: what is made of it, filled in for the same customer, is what was written. Names that are marks, words that are names. */
static void
test_there_and_back (void)
{
  static const char *const names[] = { "Ana", "An_na_", "*Bo*", "1. Eva", "O'Brien-Smith", "محمد", "Ana Ana" };
  static const char *const pieces[] = { "Ana", "An_na_", "*Bo*", "1. Eva", "O'Brien-Smith", "محمد", " ", "\n", ", ", "FL-2001", "FL-2002", "€49.90", "GLS", "x", "_", "**", "- ", "ana@mail.example", "é", "}}" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240305);

  for (guint round = 0; round < 400; round++)
    {
      const char *name = names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))];
      g_autoptr (MosMacroFacts) facts = make_facts (name, name, 1);
      gboolean is_marked = g_rand_boolean (rand);
      g_autoptr (GString) text = g_string_new ("-");
      g_autofree char *macro = NULL;
      g_autofree char *back = NULL;

      for (guint n = (guint) g_rand_int_range (rand, 0, 12); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      g_strchomp (text->str);
      macro = mos_macro_unfill (text->str, is_marked, "en", NULL, facts);
      back = fill (macro, facts, is_marked);
      g_test_message ("%s: “%s” is “%s”", name, text->str, macro);
      g_assert_cmpstr (back, ==, text->str);
    }
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/macro-unfill/table", test_table);
  g_test_add_func ("/macro-unfill/there-and-back", test_there_and_back);
  return g_test_run ();
}
