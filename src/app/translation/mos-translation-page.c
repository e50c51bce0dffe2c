/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-translation"

#include "config.h"

#include "app/translation/mos-translation-page.h"

#include "app/application/mos-a11y.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

struct _MosTranslationPage
{
  AdwNavigationPage parent_instance;

  MosOwnTexts *own;     /* (borrowed) */
  MosCatalogText *text; /* (owned): of what is shipped */

  AdwBanner *banner;  /* (child) */
  GtkWidget *save;    /* (child) */
  GPtrArray *editors; /* (owned) (element-type GtkTextView): one for each form */
};

G_DEFINE_FINAL_TYPE (MosTranslationPage, mos_translation_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SAVED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

char *
mos_translation_dup_bare (const char *text)
{
  g_autoptr (GString) bare = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (*text == '\n')
      g_string_append_c (bare, ' ');
    else if (*text != '_')
      g_string_append_c (bare, *text);
  return g_string_free (g_steal_pointer (&bare), FALSE);
}

/* What stands there now: hers, or what is shipped */
static const char *const *
get_texts (MosTranslationPage *self)
{
  const MosCatalogText *own = mos_catalog_find (mos_own_texts_get_own (self->own), self->text->context, self->text->original);

  if (own != NULL && g_strv_length (own->texts) == self->editors->len)
    return (const char *const *) own->texts;
  return (const char *const *) self->text->texts;
}

static char **
dup_written (MosTranslationPage *self)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; i < self->editors->len; i++)
    {
      g_autofree char *text = NULL;

      g_object_get (gtk_text_view_get_buffer (self->editors->pdata[i]), "text", &text, NULL);
      g_strv_builder_add (texts, text);
    }
  return g_strv_builder_end (texts);
}

gboolean
mos_translation_page_is_changed (MosTranslationPage *self)
{
  g_auto (GStrv) written = NULL;

  g_return_val_if_fail (MOS_IS_TRANSLATION_PAGE (self), FALSE);

  written = dup_written (self);
  return !g_strv_equal ((const char *const *) written, get_texts (self));
}

/* --- saving --- */

static char *
dup_problem (MosCatalogProblem problem,
             const char *wanted)
{
  switch (problem)
    {
    case MOS_CATALOG_DIRECTIVES:
      if (wanted == NULL)
        return g_strdup (_ ("Nothing is filled in here: leave out the percent sign and the letter behind it."));
      /* Translators: %s is a list of places in a text where something is filled in, such as "%s, %u". */
      return g_strdup_printf (_ ("Numbers and words are filled in here: keep each of these, in any order, written as %%1$s, %%2$s where the order changes: %s"), wanted);
    case MOS_CATALOG_DATE:
      return g_strdup (_ ("This is the form of a date: a letter behind a percent sign is none that dates have."));
    case MOS_CATALOG_VARIABLES:
      if (wanted == NULL)
        return g_strdup (_ ("There is nothing in braces in the English text: leave it out here too."));
      /* Translators: %s is a list such as "{{customer.name}}". */
      return g_strdup_printf (_ ("Keep these as they are, for something is put in their place: %s"), wanted);
    case MOS_CATALOG_MARKUP:
      if (wanted == NULL)
        return g_strdup (_ ("The signs < and & cannot be shown here."));
      /* Translators: %s is a list of marks such as "<b>, </b>". */
      return g_strdup_printf (_ ("Keep these marks around the same words: %s"), wanted);
    case MOS_CATALOG_ACCELERATOR:
      return g_strdup (_ ("A line ( _ ) stands before the letter that is pressed with Alt: as many as in the English text, one or none."));
    case MOS_CATALOG_LINES:
      return g_strdup (_ ("Begin and end with a new line where the English text does."));
    case MOS_CATALOG_WORD:
      return g_strdup (_ ("This is typed in the search: one word of letters alone."));
    case MOS_CATALOG_FINE:
    case MOS_CATALOG_EMPTY:
    case MOS_CATALOG_FORMS:
    case MOS_CATALOG_SIGNS:
    default:
      return g_strdup (_ ("Write something: an empty text, or one with signs that cannot be shown, helps nobody."));
    }
}

static void
tell (MosTranslationPage *self,
      const char *sentence)
{
  adw_banner_set_title (self->banner, sentence != NULL ? sentence : "");
  adw_banner_set_revealed (self->banner, sentence != NULL);
  if (sentence != NULL)
    mos_a11y_announce (self->banner, sentence);
}

static void
end (MosTranslationPage *self,
     gboolean is_saved)
{
  if (is_saved)
    g_signal_emit (self, signals[SAVED], 0);
  else
    tell (self, _ ("This could not be written to the disk. What was there before still counts: make room, or see whether the folder may be written, and save again."));
}

static void
on_save_cb (MosTranslationPage *self)
{
  g_auto (GStrv) written = dup_written (self);
  g_autofree char *wanted = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;
  guint form = 0;
  MosCatalogProblem problem =
      mos_catalog_check (self->text, mos_catalog_get_n_forms (mos_own_texts_get_shipped (self->own)), (const char *const *) written, &form, &wanted);

  if (problem == MOS_CATALOG_FINE)
    {
      end (self, mos_own_texts_set (self->own, self->text, (const char *const *) written, &error));
      return;
    }
  sentence = dup_problem (problem, wanted);
  tell (self, sentence);
  gtk_widget_grab_focus (self->editors->pdata[form]);
}

static void
on_take_back_cb (MosTranslationPage *self)
{
  g_autoptr (GError) error = NULL;

  end (self, mos_own_texts_unset (self->own, self->text->context, self->text->original, &error));
}

static void
on_written_cb (MosTranslationPage *self)
{
  gtk_widget_set_sensitive (self->save, mos_translation_page_is_changed (self));
}

/* --- what it shows --- */

static void
add_fact (AdwPreferencesGroup *group,
          const char *title,
          const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (group, row);
}

static AdwPreferencesGroup *
english_group (MosTranslationPage *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, _ ("In English"));
  if (self->text->plural == NULL)
    add_fact (group, _ ("Text"), self->text->original);
  else
    {
      add_fact (group, _ ("Of one"), self->text->original);
      add_fact (group, _ ("Of several"), self->text->plural);
    }
  if (self->text->context != NULL)
    /* Translators: what a text belongs to, told in one English word */
    add_fact (group, _ ("Belongs to"), self->text->context);
  return group;
}

static GtkWidget *
make_editor (MosTranslationPage *self,
             const char *name,
             const char *text)
{
  GtkWidget *editor = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (editor), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (editor), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (editor), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (editor), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (editor), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (editor), 12);
  gtk_widget_set_size_request (editor, -1, 72);
  gtk_widget_set_overflow (editor, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (editor, "card");
  mos_widget_set_label (editor, name);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (editor)), text, -1);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (editor)), "changed", G_CALLBACK (on_written_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->editors, editor);
  return editor;
}

static void
add_forms (MosTranslationPage *self,
           AdwPreferencesPage *page,
           const char *const *texts)
{
  guint count = g_strv_length (self->text->texts);

  for (guint i = 0; i < count; i++)
    {
      AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      /* Translators: one of the plural forms of a language, by its number, and how many it has */
      g_autofree char *title = count > 1 ? g_strdup_printf (_ ("Form %1$u of %2$u"), i + 1, count) : g_strdup (_ ("Your Words"));

      adw_preferences_group_set_title (group, title);
      add_fact (group, _ ("Shipped"), self->text->texts[i]);
      adw_preferences_group_add (group, make_editor (self, title, texts[i]));
      adw_preferences_page_add (page, group);
    }
}

static GtkWidget *
take_back_group (MosTranslationPage *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Use the Shipped Words Again"));
  g_signal_connect_object (row, "activated", G_CALLBACK (on_take_back_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

static void
mos_translation_page_dispose (GObject *object)
{
  MosTranslationPage *self = MOS_TRANSLATION_PAGE (object);

  g_clear_pointer (&self->editors, g_ptr_array_unref);
  g_clear_pointer (&self->text, mos_catalog_text_free);
  G_OBJECT_CLASS (mos_translation_page_parent_class)->dispose (object);
}

static void
mos_translation_page_class_init (MosTranslationPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mos_translation_page_dispose;
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mos_translation_page_init (MosTranslationPage *self)
{
  self->editors = g_ptr_array_new ();
}

static void
fill (MosTranslationPage *self)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  const MosCatalogText *own = mos_catalog_find (mos_own_texts_get_own (self->own), self->text->context, self->text->original);
  gboolean fits = own != NULL && g_strv_length (own->texts) == g_strv_length (self->text->texts);

  self->banner = ADW_BANNER (adw_banner_new (""));
  adw_banner_set_use_markup (self->banner, FALSE);
  self->save = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_sensitive (self->save, FALSE);
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (on_save_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  adw_preferences_page_add (page, english_group (self));
  add_forms (self, page, (const char *const *) (fits ? own->texts : self->text->texts));
  if (own != NULL)
    adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (take_back_group (self)));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->banner));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (page));
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Your Words"));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
}

/* The keyboard is where one writes. */
static void
on_shown_cb (MosTranslationPage *self)
{
  gtk_widget_grab_focus (self->editors->pdata[0]);
}

MosTranslationPage *
mos_translation_page_new (MosOwnTexts *own,
                          const MosCatalogText *text)
{
  MosTranslationPage *self;

  g_return_val_if_fail (own != NULL && text != NULL, NULL);

  self = g_object_new (MOS_TYPE_TRANSLATION_PAGE, NULL);
  self->own = own;
  self->text = mos_catalog_text_copy (text);
  fill (self);
  g_signal_connect (self, "shown", G_CALLBACK (on_shown_cb), NULL);
  return self;
}
