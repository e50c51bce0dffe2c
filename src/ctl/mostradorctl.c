/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"
#include "paths.h"

#include "ctl/mos-ctl-private.h"

#include "core/base/mos-clock.h"
#include "core/store/mos-store-sort.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What mostradorctl can do takes fifty libraries (HTTP, TLS, MIME, calendars…), and loading them takes longer than a search. So this small program, which
 * is linked with what reading the database takes and no more (core/ctl looks at that), lists and searches itself, and makes room for
 * mostradorctl-full for the rest: everything else, and whatever does not go smoothly, such as a profile that is not there or has to be migrated first. */

#define FULL "mostradorctl-full"

/* It changes no customer: what makes the keys of their order, and ICU with it, is taken from here instead of the core. */
gboolean
mos_sort_register (sqlite3 *handle)
{
  return TRUE;
}

/* Returns: (transfer full) */
static char *
find_full (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, FULL, NULL) : NULL;

  /* Where it was built, and not installed yet. */
  if (beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  return g_strdup (MOS_LIBEXECDIR "/" FULL);
}

/* Returns: (nullable): %NULL: for the other one */
static MosCtlFunc
find_func (GPtrArray *args)
{
  const char *name = args->len > 0 ? g_ptr_array_index (args, 0) : "";

  return strcmp (name, "search") == 0 ? mos_ctl_search : strcmp (name, "list") == 0 ? mos_ctl_list
                                                                                    : NULL;
}

static gboolean
asks_for_help (GPtrArray *args)
{
  return mos_ctl_take_flag (args, "--help") || mos_ctl_take_flag (args, "-h") || mos_ctl_take_flag (args, "--version");
}

/* Returns: the exit status, or -1 where mostradorctl-full has to say something; then nothing was printed. */
static int
run (int argc,
     char *argv[])
{
  g_auto (MosCtl) self = { 0 };
  g_autoptr (GPtrArray) args = NULL;
  g_autoptr (MosClock) clock = NULL;
  MosCtlFunc func;
  int status;

  if (!mos_ctl_begin (&self, argc, argv, &args) || asks_for_help (args) || (func = find_func (args)) == NULL)
    return -1;
  clock = mos_clock_new_system ();
  self.store = mos_store_open_sync (self.profile, MOS_STORE_OPEN_READ_ONLY | MOS_STORE_OPEN_DIRECT, clock, NULL, NULL);
  if (self.store == NULL)
    return -1;
  self.usage = func == mos_ctl_search ? MOS_CTL_SEARCH : MOS_CTL_LIST;
  /* The command itself */
  g_ptr_array_remove_index (args, 0);
  status = func (&self, args);
  mos_store_close_sync (self.store);
  return mos_ctl_end (&self, status);
}

int
main (int argc,
      char *argv[])
{
  int status = run (argc, argv);
  g_autofree char *full = NULL;

  if (status >= 0)
    return status;
  full = find_full ();
  execv (full, argv);
  perror (full);
  return MOS_CTL_FAILED;
}
