/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/base/mos-carrier.h"
#include "mos-test.h"

#include <string.h>

/* Whose a number is, by strangers' examples. */

static gboolean
has (GPtrArray *found,
     const char *name)
{
  for (guint i = 0; i < found->len; i++)
    if (strcmp (((MosCarrier *) g_ptr_array_index (found, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Numbers that are right and wrong: test_numbers of github.com/jkeen/tracking_number_data (MIT) and the example of UPU S10. */
static void
test_numbers (void)
{
  static const struct
  {
    const char *number;
    const char *carrier;
    gboolean is_right;
  } cases[] = {
    { "1Z5R89390357567127", "UPS", TRUE },
    { "1Z879E930346834440", "UPS", TRUE },
    { "1z 410e7w 03 9275 1591", "UPS", TRUE },
    { "1Z8V92A70367203024", "UPS", TRUE },
    { "2Z5R89390357567127", "UPS", FALSE },
    { "1Z1111111111111111", "UPS", FALSE },
    { "3318810025", "DHL Express", TRUE },
    { "73891051146", "DHL Express", TRUE },
    { "8487135506", "DHL Express", TRUE },
    { "3318810010", "DHL Express", FALSE },
    { "3318810034", "DHL Express", FALSE },
    { "986578788855", "FedEx", TRUE },
    { "477179081230", "FedEx", TRUE },
    { "799531274483", "FedEx", TRUE },
    { "996578788855", "FedEx", FALSE },
    { "0414 4176 0228 964", "FedEx", TRUE },
    { "5682 8361 0012 734", "FedEx", TRUE },
    { "5682 8361 0012 732", "FedEx", FALSE },
    { "0081827 0998 0000 0200 33 350 276 C", "DPD", TRUE },
    { "0081 827 0998 0000 0200 45 327 276 N", "DPD", TRUE },
    { "008182709980000020033350276A", "DPD", FALSE },
    { "JD0002242617644732", "Yodel", TRUE },
    { "JD000225440506099", "Yodel", FALSE },
    { "RB123456785GB", "Royal Mail", TRUE },
    { "RB123456785ES", "Correos", TRUE },
    { "RB123456786GB", "Royal Mail", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found = mos_carrier_list (NULL, cases[i].number);

      g_test_message ("%s", cases[i].number);
      g_assert_cmpint (has (found, cases[i].carrier), ==, cases[i].is_right);
    }
}

/* What the shop says counts more than how the number looks. */
static void
test_names (void)
{
  static const struct
  {
    const char *name;
    const char *carrier; /* (nullable) */
  } cases[] = {
    { "UPS", "UPS" },
    { "ups-ground", "UPS" },
    { "DHL", "DHL" },
    { "dhl_express", "DHL Express" },
    { "Correos", "Correos" },
    { "Correos Express", "Correos Express" },
    { "GLS Spain", "GLS" },
    { "La Poste (Colissimo)", "La Poste" },
    { "Österreichische Post", "Österreichische Post" },
    { "A man with a van", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found = mos_carrier_list (cases[i].name, "X-77");

      g_test_message ("%s", cases[i].name);
      g_assert_cmpuint (found->len, ==, cases[i].carrier != NULL);
      if (cases[i].carrier != NULL)
        g_assert_cmpstr (((MosCarrier *) found->pdata[0])->name, ==, cases[i].carrier);
    }
}

/* A number goes into a page's address as one word, whatever is in it. */
static void
test_escaped (void)
{
  g_autoptr (GPtrArray) found = mos_carrier_list ("gls", "1&x=\"/../%2e");
  g_autoptr (GPtrArray) none = mos_carrier_list (NULL, "");
  g_autoptr (GPtrArray) nothing = mos_carrier_list ("ups", NULL);

  g_assert_cmpstr (((MosCarrier *) found->pdata[0])->url, ==, "https://gls-group.com/track/1%26x%3D%22%2F..%2F%252e");
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (nothing->len, ==, 0);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/carrier/numbers", test_numbers);
  g_test_add_func ("/carrier/names", test_names);
  g_test_add_func ("/carrier/escaped", test_escaped);
  return g_test_run ();
}
