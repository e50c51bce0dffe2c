/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-application"

#include "config.h"

#include "app/application/mos-key.h"

#define MODIFIERS (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_HYPER_MASK | GDK_META_MASK)

static gboolean
is_modifier (guint key)
{
  return (key >= GDK_KEY_Shift_L && key <= GDK_KEY_Hyper_R) || (key >= GDK_KEY_ISO_Lock && key <= GDK_KEY_ISO_Last_Group_Lock) ||
         key == GDK_KEY_Mode_switch || key == GDK_KEY_Num_Lock || key == GDK_KEY_Scroll_Lock || key == GDK_KEY_VoidSymbol || key == GDK_KEY_Multi_key;
}

static gboolean
is_character (guint key)
{
  gunichar c = gdk_keyval_to_unicode (key);

  return c != 0 && c != ' ' && g_unichar_isprint (c);
}

static gboolean
is_function_key (guint key)
{
  return (key >= GDK_KEY_F1 && key <= GDK_KEY_F35) || key == GDK_KEY_Menu || key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete || key == GDK_KEY_Insert || key == GDK_KEY_KP_Insert || key == GDK_KEY_Pause ||
         (key >= 0x1008FF00 && key <= 0x1008FFFF) /* "multimedia" keys */;
}

static gboolean
parse (const char *trigger,
       guint *key,
       GdkModifierType *mods)
{
  if (trigger == NULL || !gtk_accelerator_parse (trigger, key, mods) || *key == 0)
    return FALSE;
  *key = gdk_keyval_to_lower (*key);
  *mods &= MODIFIERS;
  /* Shift is in the sign already: "?" is a key of its own, whatever is pressed for it. */
  if (is_character (*key) && gdk_keyval_to_upper (*key) == *key && !g_unichar_isdigit (gdk_keyval_to_unicode (*key)))
    *mods &= ~GDK_SHIFT_MASK;
  return TRUE;
}

char *
mos_key_canonical (const char *trigger)
{
  guint key;
  GdkModifierType mods;

  return parse (trigger, &key, &mods) ? gtk_accelerator_name (key, mods) : NULL;
}

MosKeyVerdict
mos_key_judge (const char *trigger)
{
  guint key;
  GdkModifierType mods;

  if (!parse (trigger, &key, &mods) || is_modifier (key))
    return MOS_KEY_NOT_A_KEY;
  if (mods & (GDK_SUPER_MASK | GDK_HYPER_MASK | GDK_META_MASK))
    return MOS_KEY_DESKTOP;
  if (mods & GDK_ALT_MASK)
    return MOS_KEY_TYPES;
  if (mods & GDK_CONTROL_MASK)
    {
      /* Input methods; GTK's inspector; the next field; the menu of a text. */
      if (mods == (GDK_CONTROL_MASK | GDK_SHIFT_MASK) && (key == GDK_KEY_u || key == GDK_KEY_i || key == GDK_KEY_d))
        return MOS_KEY_TAKEN;
      if (key == GDK_KEY_Tab || key == GDK_KEY_ISO_Left_Tab || key == GDK_KEY_Escape || key == GDK_KEY_space)
        return MOS_KEY_TAKEN;
      return MOS_KEY_ACCEL;
    }
  if (key == GDK_KEY_F10 && mods == 0)
    return MOS_KEY_TAKEN;
  if (is_function_key (key))
    return MOS_KEY_ACCEL;
  if (is_character (key))
    return MOS_KEY_SINGLE;
  /* Tab, Return, the arrows... */
  return MOS_KEY_TAKEN;
}

gboolean
mos_key_edits_text (const char *trigger)
{
  static const guint with_control[] = { GDK_KEY_a, GDK_KEY_c, GDK_KEY_v, GDK_KEY_x, GDK_KEY_y, GDK_KEY_z, GDK_KEY_slash, GDK_KEY_backslash, GDK_KEY_BackSpace, GDK_KEY_Delete, GDK_KEY_Insert,
                                        GDK_KEY_Left, GDK_KEY_Right, GDK_KEY_Up, GDK_KEY_Down, GDK_KEY_Home, GDK_KEY_End, GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_period, GDK_KEY_semicolon };
  guint key;
  GdkModifierType mods;

  if (!parse (trigger, &key, &mods))
    return FALSE;
  if (!(mods & GDK_CONTROL_MASK))
    return key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete || key == GDK_KEY_Insert || key == GDK_KEY_KP_Insert || is_character (key);
  /* With Shift as well, letters are free but for redo. */
  if ((mods & GDK_SHIFT_MASK) && is_character (key))
    return key == GDK_KEY_z;
  for (gsize i = 0; i < G_N_ELEMENTS (with_control); i++)
    if (key == with_control[i])
      return TRUE;
  return FALSE;
}

/* The Latin letter that the same key gives in another of the person's layouts. */
static guint
find_latin (GdkDisplay *display,
            guint keyval,
            guint keycode)
{
  g_autofree GdkKeymapKey *keys = NULL;
  g_autofree guint *keyvals = NULL;
  int n = 0;

  if (gdk_keyval_to_unicode (keyval) < 0x80 || display == NULL || !gdk_display_map_keycode (display, keycode, &keys, &keyvals, &n))
    return keyval;
  for (int i = 0; i < n; i++)
    if (keys[i].level == 0 && keyvals[i] < 0x80 && g_ascii_isalpha ((char) keyvals[i]))
      return keyvals[i];
  return keyval;
}

char *
mos_key_from_press (GdkDisplay *display,
                    guint keyval,
                    guint keycode,
                    GdkModifierType state)
{
  g_autofree char *name = gtk_accelerator_name (gdk_keyval_to_lower (find_latin (display, keyval, keycode)), state & MODIFIERS);
  char *canonical = mos_key_canonical (name);

  return canonical != NULL ? canonical : g_steal_pointer (&name);
}

char *
mos_key_dup_label (const char *trigger)
{
  guint key;
  GdkModifierType mods;

  g_return_val_if_fail (trigger != NULL, NULL);

  return parse (trigger, &key, &mods) ? gtk_accelerator_get_label (key, mods) : g_strdup (trigger);
}
