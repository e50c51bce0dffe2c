/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-outreach"

#include "config.h"

#include "app/outreach/mos-outreach-people.h"

#include "app/outreach/mos-outreach-text.h"
#include "app/widgets/mos-text-direction.h"

#include <glib/gi18n.h>

/* Rows are widgets: so many of each kind. */
#define MAX_ROWS 100

typedef enum
{
  KIND_FAILED,
  KIND_ANSWERED,
  KIND_WAITING,
  KIND_QUEUED,
  KIND_SENT,
  KIND_OPTED_OUT,
  KIND_CANCELLED,
  KIND_LEFT_OUT, /* and the reasons behind it */
} Kind;
#define N_KINDS (KIND_LEFT_OUT + MOS_N_LEFT_OUT)

typedef struct
{
  AdwExpanderRow *row; /* (unowned) */
  GPtrArray *rows;     /* (owned): those in it, (unowned) */
  GPtrArray *people;   /* (owned) */
} Section;

struct _MosOutreachPeople
{
  AdwBin parent_instance;

  Section sections[N_KINDS];
};

enum
{
  OPEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MosOutreachPeople, mos_outreach_people, ADW_TYPE_BIN)

static const char *
get_title (guint kind)
{
  switch ((Kind) MIN (kind, KIND_LEFT_OUT))
    {
    case KIND_FAILED:
      return _ ("Could Not Be Sent");
    case KIND_ANSWERED:
      return _ ("Answered");
    case KIND_WAITING:
      return C_ ("outreach", "Get It");
    case KIND_QUEUED:
      return _ ("In the Outbox");
    case KIND_SENT:
      return C_ ("outreach", "Sent");
    case KIND_OPTED_OUT:
      return _ ("Want No More");
    case KIND_CANCELLED:
      return C_ ("outreach", "Cancelled");
    case KIND_LEFT_OUT:
    default:
      return mos_outreach_text_left_out ((MosLeftOut) (kind - KIND_LEFT_OUT));
    }
}

static guint
get_kind (const MosOutreachPerson *person)
{
  if (person->state == MOS_OUTREACH_PERSON_LEFT_OUT)
    return KIND_LEFT_OUT + person->reason;
  if (person->state == MOS_OUTREACH_PERSON_CANCELLED)
    return KIND_CANCELLED;
  if (person->state == MOS_OUTREACH_PERSON_WAITING)
    return KIND_WAITING;
  if (person->opted_out_us != 0)
    return KIND_OPTED_OUT;
  if (person->answered_us != 0)
    return KIND_ANSWERED;
  if (person->delivery == MOS_DELIVERY_FAILED || person->delivery == MOS_DELIVERY_BOUNCED)
    return KIND_FAILED;
  if (person->delivery == MOS_DELIVERY_QUEUED || person->delivery == MOS_DELIVERY_SENDING || person->delivery == MOS_DELIVERY_SCHEDULED)
    return KIND_QUEUED;
  return KIND_SENT;
}

static void
on_activated_cb (MosOutreachPeople *self,
                 GtkWidget *row)
{
  g_signal_emit (self, signals[OPEN], 0, g_object_get_data (G_OBJECT (row), "conversation"));
}

static GtkWidget *
person_row_new (MosOutreachPeople *self,
                const MosOutreachPerson *person)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *what = mos_outreach_text_person (person);
  g_autofree char *address = *person->address != '\0' ? mos_text_isolate (person->address) : NULL;
  g_autofree char *line = g_strjoin (" · ", address != NULL ? address : what, person->order_number != NULL ? person->order_number : (address != NULL ? what : NULL), person->order_number != NULL && address != NULL ? what : NULL, NULL);
  g_autofree char *subtitle = mos_text_in_ui_direction (line);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *person->name != '\0' ? person->name : *person->address != '\0' ? person->address
                                                                                                                            : _ ("Nobody Known"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  /* Of who does not answer there is nothing to see. */
  if (person->answered_us != 0 && person->conversation != NULL)
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_widget_set_tooltip_text (row, _ ("Show the Answer"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "conversation", g_strdup (person->conversation), g_free);
      g_signal_connect_object (row, "activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
    }
  return row;
}

static void
add_to (Section *section,
        GtkWidget *row)
{
  adw_expander_row_add_row (section->row, row);
  g_ptr_array_add (section->rows, row);
}

static void
fill (MosOutreachPeople *self,
      Section *section)
{
  for (guint i = 0; i < section->rows->len; i++)
    adw_expander_row_remove (section->row, section->rows->pdata[i]);
  g_ptr_array_set_size (section->rows, 0);
  if (!adw_expander_row_get_expanded (section->row))
    return;
  for (guint i = 0; i < section->people->len && i < MAX_ROWS; i++)
    add_to (section, person_row_new (self, section->people->pdata[i]));
  if (section->people->len > MAX_ROWS)
    {
      guint left = section->people->len - MAX_ROWS;
      g_autofree char *text = g_strdup_printf (ngettext ("And %u more", "And %u more", left), left);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      add_to (section, row);
    }
}

static gboolean
is_same (GPtrArray *one,
         GPtrArray *other)
{
  if (one->len != other->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    {
      const MosOutreachPerson *a = one->pdata[i], *b = other->pdata[i];

      if (a->position != b->position || !g_str_equal (a->address, b->address) || g_strcmp0 (a->detail, b->detail) != 0 || a->delivery != b->delivery || g_strcmp0 (a->conversation, b->conversation) != 0)
        return FALSE;
    }
  return TRUE;
}

void
mos_outreach_people_set (MosOutreachPeople *self,
                         GPtrArray *people)
{
  g_return_if_fail (MOS_IS_OUTREACH_PEOPLE (self));

  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      Section *section = &self->sections[kind];
      g_autoptr (GPtrArray) before = g_steal_pointer (&section->people);
      g_autofree char *count = NULL;

      section->people = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_outreach_person_unref);
      for (guint i = 0; i < people->len; i++)
        if (get_kind (people->pdata[i]) == kind)
          g_ptr_array_add (section->people, mos_outreach_person_ref (people->pdata[i]));
      count = g_strdup_printf (ngettext ("%u person", "%u people", section->people->len), section->people->len);
      adw_expander_row_set_subtitle (section->row, count);
      gtk_widget_set_visible (GTK_WIDGET (section->row), section->people->len > 0);
      if (!is_same (before, section->people))
        fill (self, section);
    }
}

static void
on_expanded_cb (MosOutreachPeople *self,
                GParamSpec *pspec,
                AdwExpanderRow *row)
{
  for (guint kind = 0; kind < N_KINDS; kind++)
    if (self->sections[kind].row == row && adw_expander_row_get_expanded (row))
      fill (self, &self->sections[kind]);
}

static void
mos_outreach_people_finalize (GObject *object)
{
  MosOutreachPeople *self = MOS_OUTREACH_PEOPLE (object);

  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      g_ptr_array_unref (self->sections[kind].rows);
      g_ptr_array_unref (self->sections[kind].people);
    }
  G_OBJECT_CLASS (mos_outreach_people_parent_class)->finalize (object);
}

static void
mos_outreach_people_class_init (MosOutreachPeopleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mos_outreach_people_finalize;
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mos_outreach_people_init (MosOutreachPeople *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("People"));
  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      Section *section = &self->sections[kind];

      section->row = ADW_EXPANDER_ROW (adw_expander_row_new ());
      section->rows = g_ptr_array_new ();
      section->people = g_ptr_array_new_with_free_func ((GDestroyNotify) mos_outreach_person_unref);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (section->row), get_title (kind));
      gtk_widget_set_visible (GTK_WIDGET (section->row), FALSE);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (section->row));
      g_signal_connect_object (section->row, "notify::expanded", G_CALLBACK (on_expanded_cb), self, G_CONNECT_SWAPPED);
    }
  adw_bin_set_child (ADW_BIN (self), group);
}

MosOutreachPeople *
mos_outreach_people_new (void)
{
  return g_object_new (MOS_TYPE_OUTREACH_PEOPLE, NULL);
}
