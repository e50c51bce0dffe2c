/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-base"

#include "config.h"

#include "core/base/mos-collation.h"

#include <unicode/ucol.h>
#include <unicode/uiter.h>
#include <unicode/uloc.h>

#include <string.h>

/* Two names that are the same as far as this stand in any order. */
#define MAX_TEXT 400
#define MAX_KEY 512

struct _MosCollation
{
  UCollator *collator; /* (owned) (nullable): only where ICU has no data at all */
};

/* "es_ES 153.120.44.0": ICU's name of a locale, and of what the keys were made with */
char *
mos_collation_dup_order (const char *locale)
{
  UErrorCode status = U_ZERO_ERROR;
  g_autofree char *posix = g_strndup (locale, strcspn (locale, ".@"));
  char name[ULOC_FULLNAME_CAPACITY];
  char text[U_MAX_VERSION_STRING_LENGTH];
  UVersionInfo version = { 0 };
  UCollator *collator;

  uloc_canonicalize (posix, name, sizeof name, &status);
  if (U_FAILURE (status) || status == U_STRING_NOT_TERMINATED_WARNING)
    name[0] = '\0';
  status = U_ZERO_ERROR;
  collator = ucol_open (name, &status);
  if (U_SUCCESS (status))
    {
      /* One that ICU knows nothing of is ordered as all are; without this it would be as in the locale of the process. */
      if (status == U_USING_DEFAULT_WARNING)
        name[0] = '\0';
      ucol_getVersion (collator, version);
    }
  ucol_close (collator);
  u_versionToString (version, text);
  return g_strdup_printf ("%s %s", name, text);
}

MosCollation *
mos_collation_new (const char *order)
{
  UErrorCode status = U_ZERO_ERROR;
  g_autofree char *name = g_strndup (order, strcspn (order, " "));
  MosCollation *self = g_new0 (MosCollation, 1);

  self->collator = ucol_open (*name != '\0' ? name : "root", &status);
  if (status == U_USING_DEFAULT_WARNING)
    {
      ucol_close (self->collator);
      status = U_ZERO_ERROR;
      self->collator = ucol_open ("root", &status);
    }
  if (U_FAILURE (status))
    {
      g_warning ("There is no order of names: %s", u_errorName (status));
      g_clear_pointer (&self->collator, ucol_close);
    }
  return self;
}

void
mos_collation_free (MosCollation *self)
{
  g_clear_pointer (&self->collator, ucol_close);
  g_free (self);
}

GBytes *
mos_collation_make_key (MosCollation *self,
                        const char *text,
                        gsize size)
{
  UErrorCode status = U_ZERO_ERROR;
  UCharIterator iterator;
  uint32_t state[2] = { 0 };
  uint8_t key[MAX_KEY];
  int32_t length = 0;

  size = MIN (size, MAX_TEXT);
  while (size > 0 && size == MAX_TEXT && ((guchar) text[size] & 0xc0) == 0x80)
    size--;
  if (self->collator != NULL && size > 0)
    {
      uiter_setUTF8 (&iterator, text, (int32_t) size);
      length = ucol_nextSortKeyPart (self->collator, &iterator, state, key, sizeof key, &status);
    }
  return g_bytes_new (key, U_SUCCESS (status) ? (gsize) length : 0);
}
