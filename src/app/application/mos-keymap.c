/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-keymap.h"

#include "app/application/mos-key.h"
#include "app/application/mos-settings.h"

#define BINDINGS "key-bindings"

struct _MosKeymap
{
  GObject parent_instance;

  /* Owned */
  GPtrArray *keys;    /* of GStrv, one a row of the table */
  GHashTable *owners; /* canonical key -> const MosShortcut * */
  GVariant *bindings; /* a{sas}: as it was read; what an older or newer version understands stays in it */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosKeymap, mos_keymap, G_TYPE_OBJECT)

/* --- what is in the table, what the person chose --- */

static GPtrArray *
list_defaults (const MosShortcut *shortcut)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (shortcut->accels) && shortcut->accels[i] != NULL; i++)
    g_ptr_array_add (keys, mos_key_canonical (shortcut->accels[i]));
  if (shortcut->key != NULL)
    g_ptr_array_add (keys, mos_key_canonical (shortcut->key));
  return keys;
}

static GVariant *
find_binding (MosKeymap *self,
              const MosShortcut *shortcut)
{
  return g_variant_lookup_value (self->bindings, shortcut->action, G_VARIANT_TYPE_STRING_ARRAY);
}

/* @keys: accelerators first, so that menus and the palette name them. */
static void
take (MosKeymap *self,
      const MosShortcut *shortcut,
      GStrvBuilder *builder,
      const char *const *keys,
      gsize n)
{
  for (guint pass = MOS_KEY_ACCEL; pass <= MOS_KEY_SINGLE; pass++)
    for (gsize i = 0; i < n; i++)
      {
        g_autofree char *key = mos_key_canonical (keys[i]);

        if (key == NULL || mos_key_judge (key) != pass || !mos_keymap_fits (shortcut, key) || g_hash_table_contains (self->owners, key))
          continue;
        g_hash_table_insert (self->owners, g_strdup (key), (gpointer) shortcut);
        g_strv_builder_add (builder, key);
      }
}

static void
load (MosKeymap *self)
{
  guint n;
  const MosShortcut *table = mos_shortcuts_get (&n);

  g_clear_pointer (&self->bindings, g_variant_unref);
  self->bindings = g_settings_get_value (mos_settings_get (), BINDINGS);
  g_hash_table_remove_all (self->owners);
  g_ptr_array_set_size (self->keys, 0);
  g_ptr_array_set_size (self->keys, (int) n);

  /* The person's first: a key of the table gives way to them. */
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GVariant) binding = find_binding (self, &table[i]);
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_autofree const char **keys = NULL;
      gsize n_keys;

      if (binding == NULL)
        continue;
      keys = g_variant_get_strv (binding, &n_keys);
      take (self, &table[i], builder, keys, n_keys);
      self->keys->pdata[i] = g_strv_builder_end (builder);
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) keys = NULL;
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

      if (self->keys->pdata[i] != NULL)
        continue;
      keys = list_defaults (&table[i]);
      take (self, &table[i], builder, (const char *const *) keys->pdata, keys->len);
      self->keys->pdata[i] = g_strv_builder_end (builder);
    }
}

static void
on_setting_changed_cb (MosKeymap *self)
{
  load (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- changes: the whole setting anew, in one write --- */

typedef struct
{
  MosKeymap *self; /* borrowed */
  GVariantDict *dict;
} Change;

static void
change_begin (Change *change,
              MosKeymap *self)
{
  change->self = self;
  change->dict = g_variant_dict_new (NULL);
  /* A dictionary of variants would be a{sv}: kept by hand until the end. */
  for (gsize i = 0; i < g_variant_n_children (self->bindings); i++)
    {
      const char *action;
      g_autoptr (GVariant) keys = NULL;

      g_variant_get_child (self->bindings, i, "{&s@as}", &action, &keys);
      g_variant_dict_insert_value (change->dict, action, keys);
    }
}

static gboolean
is_default (const MosShortcut *shortcut,
            const char *const *keys)
{
  g_autoptr (GPtrArray) defaults = list_defaults (shortcut);

  if (defaults->len != g_strv_length ((char **) keys))
    return FALSE;
  for (guint i = 0; i < defaults->len; i++)
    if (!g_strv_contains (keys, g_ptr_array_index (defaults, i)))
      return FALSE;
  return TRUE;
}

static void
change_set (Change *change,
            const MosShortcut *shortcut,
            const char *const *keys)
{
  if (is_default (shortcut, keys))
    g_variant_dict_remove (change->dict, shortcut->action);
  else
    g_variant_dict_insert_value (change->dict, shortcut->action, g_variant_new_strv (keys, -1));
}

/* Whoever has @key loses it, but for @but_not. */
static void
change_take_away (Change *change,
                  const char *key,
                  const MosShortcut *but_not)
{
  const MosShortcut *owner = mos_keymap_find (change->self, key);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GVariant) old = NULL;
  g_auto (GStrv) keys = NULL;

  if (owner == NULL || owner == but_not)
    return;
  /* It may have lost another one in this change. */
  old = g_variant_dict_lookup_value (change->dict, owner->action, G_VARIANT_TYPE_STRING_ARRAY);
  keys = old != NULL ? g_variant_dup_strv (old, NULL) : g_strdupv ((char **) mos_keymap_get_keys (change->self, owner));
  for (gsize i = 0; keys[i] != NULL; i++)
    if (!g_str_equal (keys[i], key))
      g_strv_builder_add (builder, keys[i]);
  g_strfreev (keys);
  keys = g_strv_builder_end (builder);
  change_set (change, owner, (const char *const *) keys);
}

static void
change_end (Change *change)
{
  g_autoptr (GVariant) values = g_variant_ref_sink (g_variant_dict_end (change->dict));
  GVariantBuilder builder;
  GVariantIter iter;
  const char *action;
  GVariant *keys;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sas}"));
  g_variant_iter_init (&iter, values);
  while (g_variant_iter_next (&iter, "{&sv}", &action, &keys))
    {
      g_variant_builder_add (&builder, "{s@as}", action, keys);
      g_variant_unref (keys);
    }
  g_variant_dict_unref (change->dict);
  g_settings_set_value (mos_settings_get (), BINDINGS, g_variant_builder_end (&builder));
}

/* --- class --- */

static void
mos_keymap_finalize (GObject *object)
{
  MosKeymap *self = MOS_KEYMAP (object);

  g_ptr_array_unref (self->keys);
  g_hash_table_unref (self->owners);
  g_clear_pointer (&self->bindings, g_variant_unref);
  G_OBJECT_CLASS (mos_keymap_parent_class)->finalize (object);
}

static void
mos_keymap_class_init (MosKeymapClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_keymap_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mos_keymap_init (MosKeymap *self)
{
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect_object (mos_settings_get (), "changed::" BINDINGS, G_CALLBACK (on_setting_changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
}

MosKeymap *
mos_keymap_get (void)
{
  static MosKeymap *keymap = NULL;

  if (keymap == NULL)
    keymap = g_object_new (MOS_TYPE_KEYMAP, NULL);
  return keymap;
}

/* --- public --- */

const char *const *
mos_keymap_get_keys (MosKeymap *self,
                     const MosShortcut *shortcut)
{
  guint n;
  const MosShortcut *table = mos_shortcuts_get (&n);

  g_return_val_if_fail (MOS_IS_KEYMAP (self), NULL);
  g_return_val_if_fail (shortcut >= table && shortcut < table + n, NULL);

  return g_ptr_array_index (self->keys, shortcut - table);
}

const MosShortcut *
mos_keymap_find (MosKeymap *self,
                 const char *key)
{
  g_autofree char *canonical = mos_key_canonical (key);

  g_return_val_if_fail (MOS_IS_KEYMAP (self), NULL);

  return canonical != NULL ? g_hash_table_lookup (self->owners, canonical) : NULL;
}

gboolean
mos_keymap_is_changed (MosKeymap *self,
                       const MosShortcut *shortcut)
{
  return !is_default (shortcut, mos_keymap_get_keys (self, shortcut));
}

gboolean
mos_keymap_is_any_changed (MosKeymap *self)
{
  g_return_val_if_fail (MOS_IS_KEYMAP (self), FALSE);

  return g_variant_n_children (self->bindings) > 0;
}

gboolean
mos_keymap_fits (const MosShortcut *shortcut,
                 const char *key)
{
  MosKeyVerdict verdict = mos_key_judge (key);

  return verdict == MOS_KEY_ACCEL || (verdict == MOS_KEY_SINGLE && shortcut->scope != MOS_SHORTCUT_SCOPE_WIDGET);
}

void
mos_keymap_assign (MosKeymap *self,
                   const MosShortcut *shortcut,
                   const char *key)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *canonical = mos_key_canonical (key);
  g_auto (GStrv) keys = NULL;
  const char *const *old = mos_keymap_get_keys (self, shortcut);
  Change change;

  g_return_if_fail (mos_keymap_fits (shortcut, key));

  g_strv_builder_add (builder, canonical);
  for (gsize i = 0; old[i] != NULL; i++)
    if (mos_key_judge (old[i]) != mos_key_judge (canonical))
      g_strv_builder_add (builder, old[i]);
  keys = g_strv_builder_end (builder);
  change_begin (&change, self);
  change_take_away (&change, canonical, shortcut);
  change_set (&change, shortcut, (const char *const *) keys);
  change_end (&change);
}

void
mos_keymap_clear (MosKeymap *self,
                  const MosShortcut *shortcut)
{
  const char *const none[] = { NULL };
  Change change;

  g_return_if_fail (MOS_IS_KEYMAP (self));

  change_begin (&change, self);
  change_set (&change, shortcut, none);
  change_end (&change);
}

const MosShortcut *
mos_keymap_find_in_the_way (MosKeymap *self,
                            const MosShortcut *shortcut,
                            char **ret_key)
{
  g_autoptr (GPtrArray) keys = list_defaults (shortcut);

  g_return_val_if_fail (MOS_IS_KEYMAP (self), NULL);

  for (guint i = 0; i < keys->len; i++)
    {
      const MosShortcut *owner = mos_keymap_find (self, g_ptr_array_index (keys, i));

      if (owner == NULL || owner == shortcut)
        continue;
      if (ret_key != NULL)
        *ret_key = g_strdup (g_ptr_array_index (keys, i));
      return owner;
    }
  return NULL;
}

void
mos_keymap_reset (MosKeymap *self,
                  const MosShortcut *shortcut)
{
  g_autoptr (GPtrArray) keys = list_defaults (shortcut);
  Change change;

  g_return_if_fail (MOS_IS_KEYMAP (self));

  change_begin (&change, self);
  for (guint i = 0; i < keys->len; i++)
    change_take_away (&change, g_ptr_array_index (keys, i), shortcut);
  g_variant_dict_remove (change.dict, shortcut->action);
  change_end (&change);
}

void
mos_keymap_reset_all (MosKeymap *self)
{
  g_return_if_fail (MOS_IS_KEYMAP (self));

  g_settings_reset (mos_settings_get (), BINDINGS);
}

char *
mos_keymap_dup_label (MosKeymap *self,
                      const MosShortcut *shortcut)
{
  const char *const *keys = mos_keymap_get_keys (self, shortcut);

  for (gsize i = 0; keys[i] != NULL; i++)
    if (mos_key_judge (keys[i]) == MOS_KEY_ACCEL || g_settings_get_boolean (mos_settings_get (), "single-key-shortcuts"))
      return mos_key_dup_label (keys[i]);
  return NULL;
}

char *
mos_keymap_dup_short_label (MosKeymap *self,
                            const MosShortcut *shortcut)
{
  const char *const *keys = mos_keymap_get_keys (self, shortcut);

  for (gsize i = 0; keys[i] != NULL; i++)
    if (mos_key_judge (keys[i]) == MOS_KEY_SINGLE)
      return mos_key_dup_label (keys[i]);
  return mos_keymap_dup_label (self, shortcut);
}
