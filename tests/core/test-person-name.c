/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/base/mos-person-name.h"
#include "mos-test.h"

/* What somebody is called in a greeting: rather nothing than a wrong name. */

static const struct
{
  const char *name;
  const char *first;
} cases[] = {
  { "Ana García", "Ana" },
  { "  Ana   García ", "Ana" },
  { "Ana", "Ana" },
  { "ana", "ana" },
  { "McDonald", "McDonald" },
  { "de Vries, Jan", "Jan" },
  { "García López, María José", "María" },
  { "Anne-Marie Dupont", "Anne-Marie" },
  { "D'Arcy O'Neil", "D'Arcy" },
  { "Dr. Ana García", "Ana" },
  { "Prof. Dr. Ana García", "Ana" },
  { "Ana García (Tienda Sol)", "Ana" },
  { "Ana García | Hilados", "Ana" },
  { "'Ana García'", "Ana" },
  { "\"Ana García\"", "Ana" },
  { "Zoë 🌻", "Zoë" },
  { "ليلى حسن", "ليلى" },
  { "عبد الله محمد", "عبد الله" },
  { "Abdel Rahman Said", "Abdel Rahman" },
  { "د. ليلى حسن", "ليلى" },
  { "\u202eAna García\u202c", "Ana" },
  { "山田太郎", "山田太郎" },
  { "Владимир Петров", "Владимир" },
  { "王 芳", "王 芳" },
  /* nobody to be greeted by name */
  { NULL, NULL },
  { "", NULL },
  { "   ", NULL },
  { "ana@example.com", NULL },
  { "ana.garcia", NULL },
  { "ana_garcia", NULL },
  { "anagarcia84", NULL },
  { "info", NULL },
  { "Kontakt", NULL },
  { "Contato", NULL },
  { "Assistenza", NULL },
  { "Botiga del Sol", NULL },
  { "Hilados del Sur SL", NULL },
  { "Müller GmbH", NULL },
  { "Müller & Söhne", NULL },
  { "Acme Inc.", NULL },
  { "شركة النور", NULL },
  { "Team Sol", NULL },
  { "Frau Müller", NULL },
  { "A. García", NULL },
  { "J.R. Smith", NULL },
  { "+34 600 000 000", NULL },
  { "🌻", NULL },
  { "<script>alert(1)</script>", NULL },
  { "\xff\xfe", NULL },
};

static void
test_first_name (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *first = mos_person_first_name (cases[i].name);

      g_test_message ("%s", cases[i].name != NULL ? cases[i].name : "(none)");
      g_assert_cmpstr (first, ==, cases[i].first);
    }
}

int
main (int argc,
      char **argv)
{
  mos_test_init (&argc, &argv);
  g_test_add_func ("/person-name/first", test_first_name);
  return g_test_run ();
}
