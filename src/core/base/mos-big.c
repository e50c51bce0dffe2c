/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-big.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdlib.h>
#include <sys/mman.h>

/* Of the machines that we are built for, most have pages of this size; on others it is only advice that does nothing. */
#define LARGE_PAGE ((gsize) 2 << 20)

gpointer
mos_big_alloc (gsize size)
{
  void *memory = NULL;
  gsize whole;

  if (size < LARGE_PAGE / 2 || size > G_MAXSIZE / 2)
    return g_malloc (size);
  whole = (size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
  if (posix_memalign (&memory, LARGE_PAGE, whole) != 0)
    return g_malloc (size);
  madvise (memory, whole, MADV_HUGEPAGE);
  return memory;
}

static GArray *
array_new (gsize element_size,
           guint n)
{
  GArray *array = g_array_new_take (mos_big_alloc (MAX (n, 1) * element_size), MAX (n, 1), FALSE, element_size);

  g_array_set_size (array, 0);
  return array;
}

void
mos_big_array_grow (GArray **array,
                    guint n)
{
  const guint element_size = g_array_get_element_size (*array);
  GArray *grown;

  if (n <= (*array)->len)
    return;
  grown = array_new (element_size, n);
  if ((*array)->len > 0)
    g_array_append_vals (grown, (*array)->data, (*array)->len);
  g_array_unref (*array);
  *array = grown;
}

void
mos_big_give_back (void)
{
  /* Elsewhere it is given back without being asked. */
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}
