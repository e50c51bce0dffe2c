/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-surveys"

#include "config.h"

#include "app/surveys/mos-survey-letter-view.h"

#include "app/conversation/mos-body-view.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

struct _MosSurveyLetterView
{
  AdwBin parent_instance;

  GtkWidget *box; /* owned by the tree */
};

G_DEFINE_FINAL_TYPE (MosSurveyLetterView, mos_survey_letter_view, ADW_TYPE_BIN)

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  mos_widget_set_direction_of (label, text);
  return label;
}

static GtkWidget *
make_bubble (void)
{
  GtkWidget *bubble = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (bubble, "card");
  gtk_widget_add_css_class (bubble, "mos-padded");
  return bubble;
}

/* As mail programs show it: the links are there to be seen, and lead nowhere from here. */
static void
add_mail (MosSurveyLetterView *self,
          const MosSurveyLetter *letter)
{
  GtkWidget *bubble = make_bubble ();
  GtkWidget *subject = make_label (letter->subject);
  GtkWidget *body = mos_body_view_new ();
  g_autoptr (MosHtmlDocument) document = mos_html_document_parse (letter->html);

  gtk_widget_add_css_class (subject, "heading");
  mos_body_view_set_document (MOS_BODY_VIEW (body), document);
  mos_widget_set_label (body, _ ("What Customers Get"));
  gtk_box_append (GTK_BOX (bubble), subject);
  gtk_box_append (GTK_BOX (bubble), body);
  gtk_box_append (GTK_BOX (self->box), bubble);
}

static void
add_chat (MosSurveyLetterView *self,
          const MosSurveyLetter *letter)
{
  GtkWidget *bubble = make_bubble ();
  GtkWidget *thanks = make_bubble ();
  GtkWidget *then = make_label (_ ("And once they have answered:"));

  gtk_box_append (GTK_BOX (bubble), make_label (letter->text));
  if (letter->buttons != NULL)
    {
      GtkWidget *buttons = adw_wrap_box_new ();

      adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (buttons), 6);
      adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (buttons), 6);
      mos_widget_set_direction_of (buttons, letter->text);
      for (char **label = letter->buttons; *label != NULL; label++)
        {
          GtkWidget *button = gtk_label_new (*label);

          gtk_widget_add_css_class (button, "chat-button");
          adw_wrap_box_append (ADW_WRAP_BOX (buttons), button);
        }
      gtk_box_append (GTK_BOX (bubble), buttons);
    }
  gtk_widget_add_css_class (then, "caption");
  gtk_widget_add_css_class (then, "dimmed");
  gtk_box_append (GTK_BOX (thanks), make_label (letter->thanks));
  gtk_box_append (GTK_BOX (self->box), bubble);
  gtk_box_append (GTK_BOX (self->box), then);
  gtk_box_append (GTK_BOX (self->box), thanks);
}

static void
mos_survey_letter_view_class_init (MosSurveyLetterViewClass *klass)
{
}

static void
mos_survey_letter_view_init (MosSurveyLetterView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

void
mos_survey_letter_view_set_letter (MosSurveyLetterView *self,
                                   const MosSurveyLetter *letter)
{
  GtkWidget *child;

  g_return_if_fail (MOS_IS_SURVEY_LETTER_VIEW (self));
  g_return_if_fail (letter != NULL);

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  if (letter->html != NULL)
    add_mail (self, letter);
  else
    add_chat (self, letter);
}
