/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-mail"

#include "config.h"

#include "core/mail/imap/mos-imap-uid-set.h"

struct _MosImapUidSet
{
  GArray *ranges; /* (owned) of MosImapUidRange: ascending, with a gap between any two */
};

#define RANGE(self, i) g_array_index ((self)->ranges, MosImapUidRange, i)

MosImapUidSet *
mos_imap_uid_set_new (void)
{
  MosImapUidSet *self = g_new0 (MosImapUidSet, 1);

  self->ranges = g_array_new (FALSE, FALSE, sizeof (MosImapUidRange));
  return self;
}

MosImapUidSet *
mos_imap_uid_set_copy (const MosImapUidSet *self)
{
  MosImapUidSet *copy = g_new0 (MosImapUidSet, 1);

  copy->ranges = g_array_copy (self->ranges);
  return copy;
}

void
mos_imap_uid_set_free (MosImapUidSet *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->ranges);
  g_free (self);
}

/* The first range that ends at @uid or later */
static guint
find (const MosImapUidSet *self,
      guint32 uid)
{
  guint low = 0;
  guint high = self->ranges->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (RANGE (self, middle).last < uid)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
mos_imap_uid_set_add_range (MosImapUidSet *self,
                            guint32 first,
                            guint32 last)
{
  MosImapUidRange merged;
  guint from;
  guint to;

  g_return_if_fail (self != NULL);

  merged.first = MAX (MIN (first, last), 1);
  merged.last = MAX (first, last);
  if (merged.last == 0)
    return;

  /* Everything that overlaps or touches becomes one. */
  from = find (self, merged.first > 1 ? merged.first - 1 : merged.first);
  for (to = from; to < self->ranges->len && (merged.last == G_MAXUINT32 || RANGE (self, to).first <= merged.last + 1); to++)
    {
      merged.first = MIN (merged.first, RANGE (self, to).first);
      merged.last = MAX (merged.last, RANGE (self, to).last);
    }
  if (to > from)
    g_array_remove_range (self->ranges, from, to - from);
  g_array_insert_val (self->ranges, from, merged);
}

void
mos_imap_uid_set_add (MosImapUidSet *self,
                      guint32 uid)
{
  if (uid != 0)
    mos_imap_uid_set_add_range (self, uid, uid);
}

void
mos_imap_uid_set_add_set (MosImapUidSet *self,
                          const MosImapUidSet *other)
{
  for (guint i = 0; i < other->ranges->len; i++)
    mos_imap_uid_set_add_range (self, RANGE (other, i).first, RANGE (other, i).last);
}

void
mos_imap_uid_set_remove (MosImapUidSet *self,
                         guint32 uid)
{
  guint i = find (self, uid);
  MosImapUidRange range;

  if (i == self->ranges->len || RANGE (self, i).first > uid)
    return;

  range = RANGE (self, i);
  g_array_remove_index (self->ranges, i);
  if (range.last > uid)
    {
      MosImapUidRange after = { uid + 1, range.last };

      g_array_insert_val (self->ranges, i, after);
    }
  if (range.first < uid)
    {
      MosImapUidRange before = { range.first, uid - 1 };

      g_array_insert_val (self->ranges, i, before);
    }
}

MosImapUidSet *
mos_imap_uid_set_subtract (const MosImapUidSet *self,
                           const MosImapUidSet *other)
{
  MosImapUidSet *result = mos_imap_uid_set_new ();
  guint j = 0;

  for (guint i = 0; i < self->ranges->len; i++)
    {
      guint32 first = RANGE (self, i).first;
      guint32 last = RANGE (self, i).last;
      gboolean rest = TRUE;

      while (j < other->ranges->len && RANGE (other, j).last < first)
        j++;
      for (guint k = j; rest && k < other->ranges->len && RANGE (other, k).first <= last; k++)
        {
          if (RANGE (other, k).first > first)
            mos_imap_uid_set_add_range (result, first, RANGE (other, k).first - 1);
          if (RANGE (other, k).last >= last)
            rest = FALSE;
          else
            first = RANGE (other, k).last + 1;
        }
      if (rest)
        mos_imap_uid_set_add_range (result, first, last);
    }
  return result;
}

MosImapUidSet *
mos_imap_uid_set_intersect (const MosImapUidSet *self,
                            const MosImapUidSet *other)
{
  MosImapUidSet *result = mos_imap_uid_set_new ();
  guint i = 0;
  guint j = 0;

  while (i < self->ranges->len && j < other->ranges->len)
    {
      guint32 first = MAX (RANGE (self, i).first, RANGE (other, j).first);
      guint32 last = MIN (RANGE (self, i).last, RANGE (other, j).last);

      if (first <= last)
        mos_imap_uid_set_add_range (result, first, last);
      if (RANGE (self, i).last < RANGE (other, j).last)
        i++;
      else
        j++;
    }
  return result;
}

gboolean
mos_imap_uid_set_contains (const MosImapUidSet *self,
                           guint32 uid)
{
  guint i = find (self, uid);

  return uid != 0 && i < self->ranges->len && RANGE (self, i).first <= uid;
}

gboolean
mos_imap_uid_set_is_empty (const MosImapUidSet *self)
{
  return self->ranges->len == 0;
}

gboolean
mos_imap_uid_set_equal (const MosImapUidSet *a,
                        const MosImapUidSet *b)
{
  if (a->ranges->len != b->ranges->len)
    return FALSE;
  for (guint i = 0; i < a->ranges->len; i++)
    if (RANGE (a, i).first != RANGE (b, i).first || RANGE (a, i).last != RANGE (b, i).last)
      return FALSE;
  return TRUE;
}

guint64
mos_imap_uid_set_get_count (const MosImapUidSet *self)
{
  guint64 count = 0;

  for (guint i = 0; i < self->ranges->len; i++)
    count += (guint64) RANGE (self, i).last - RANGE (self, i).first + 1;
  return count;
}

guint32
mos_imap_uid_set_get_last (const MosImapUidSet *self)
{
  return self->ranges->len > 0 ? RANGE (self, self->ranges->len - 1).last : 0;
}

const MosImapUidRange *
mos_imap_uid_set_get_ranges (const MosImapUidSet *self,
                             guint *ret_count)
{
  *ret_count = self->ranges->len;
  return (const MosImapUidRange *) (gpointer) self->ranges->data;
}

char *
mos_imap_uid_set_to_string (const MosImapUidSet *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->ranges->len; i++)
    {
      g_string_append_printf (text, "%s%u", i > 0 ? "," : "", RANGE (self, i).first);
      if (RANGE (self, i).last != RANGE (self, i).first)
        g_string_append_printf (text, ":%u", RANGE (self, i).last);
    }
  return g_string_free (text, FALSE);
}

static gboolean
parse_uid (const char **p,
           guint32 *ret_uid)
{
  guint64 value = 0;

  if (!g_ascii_isdigit (**p))
    return FALSE;
  for (; g_ascii_isdigit (**p); (*p)++)
    {
      value = value * 10 + (guint64) (**p - '0');
      if (value > G_MAXUINT32)
        return FALSE;
    }
  *ret_uid = (guint32) value;
  return value != 0;
}

MosImapUidSet *
mos_imap_uid_set_new_parse (const char *text)
{
  g_autoptr (MosImapUidSet) self = mos_imap_uid_set_new ();
  const char *p = text;

  g_return_val_if_fail (text != NULL, NULL);

  for (;;)
    {
      guint32 first;
      guint32 last;

      if (!parse_uid (&p, &first))
        return NULL;
      last = first;
      if (*p == ':')
        {
          p++;
          if (!parse_uid (&p, &last))
            return NULL;
        }
      mos_imap_uid_set_add_range (self, first, last);
      if (*p == '\0')
        return g_steal_pointer (&self);
      if (*p++ != ',')
        return NULL;
    }
}
