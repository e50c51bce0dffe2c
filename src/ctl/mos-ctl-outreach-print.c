/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mostradorctl"

#include "config.h"

#include "ctl/mos-ctl-outreach.h"

#include <glib/gi18n.h>

static void
build_texts (JsonBuilder *builder,
             const char *name,
             const MosMacro *macro)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  for (guint i = 0; i < macro->texts->len; i++)
    {
      const MosMacroText *text = macro->texts->pdata[i];

      mos_json_string (builder, text->language, text->text);
    }
  json_builder_end_object (builder);
}

static void
build_counts (JsonBuilder *builder,
              const MosOutreachCounts *counts)
{
  json_builder_set_member_name (builder, "counts");
  json_builder_begin_object (builder);
  mos_json_int (builder, "waiting", counts->n_waiting);
  mos_json_int (builder, "queued", counts->n_queued);
  mos_json_int (builder, "sent", counts->n_sent);
  mos_json_int (builder, "failed", counts->n_failed);
  mos_json_int (builder, "left_out", counts->n_left_out);
  mos_json_int (builder, "cancelled", counts->n_cancelled);
  mos_json_int (builder, "answered", counts->n_answered);
  mos_json_int (builder, "opted_out", counts->n_opted_out);
  json_builder_end_object (builder);
}

static void
print_json (MosCtl *self,
            const MosOutreach *outreach,
            gint64 ends_us)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  mos_json_string (builder, "id", outreach->id);
  mos_json_string (builder, "name", outreach->name);
  mos_json_string (builder, "purpose", mos_outreach_purpose_to_nick (outreach->purpose));
  mos_json_string (builder, "state", mos_outreach_state_to_nick (outreach->state));
  mos_json_string (builder, "why", outreach->why);
  mos_json_string (builder, "macro", outreach->letter->id);
  mos_json_string (builder, "account", outreach->account);
  json_builder_set_member_name (builder, "audience");
  mos_audience_build (builder, outreach->audience);
  build_texts (builder, "subjects", outreach->subjects);
  build_texts (builder, "texts", outreach->letter);
  mos_json_bool (builder, "allows_unknown", outreach->allows_unknown);
  mos_json_int (builder, "again_days", outreach->again_days);
  mos_json_int (builder, "per_minute", outreach->per_minute);
  mos_json_int (builder, "per_hour", outreach->per_hour);
  mos_json_bool (builder, "business_hours", outreach->in_hours);
  mos_json_time (builder, "created", outreach->created_us);
  mos_json_time (builder, "started", outreach->started_us);
  mos_json_time (builder, "ended", outreach->ended_us);
  mos_json_time (builder, "next", outreach->next_us);
  mos_json_time (builder, "ends", ends_us);
  build_counts (builder, &outreach->counts);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

void
mos_ctl_print_outreach (MosCtl *self,
                        const MosOutreach *outreach,
                        gint64 ends_us)
{
  const MosOutreachCounts *counts = &outreach->counts;

  if (self->json)
    {
      print_json (self, outreach, ends_us);
      return;
    }
  mos_ctl_print (self, "%s  %-9s  %s%s%s%s\n", outreach->id, mos_outreach_state_to_nick (outreach->state), outreach->name, outreach->why != NULL ? " (" : "", outreach->why != NULL ? outreach->why : "",
                 outreach->why != NULL ? ")" : "");
  if (outreach->state != MOS_OUTREACH_DRAFT)
    /* Translators: how many messages wait, have left, could not be sent, and how many people answered or asked for no more */
    mos_ctl_print (self, _ ("          waiting %1$u, sent %2$u, failed %3$u, answered %4$u, opted out %5$u\n"), counts->n_waiting + counts->n_queued, counts->n_sent, counts->n_failed, counts->n_answered,
                   counts->n_opted_out);
  if (ends_us != 0)
    {
      g_autofree char *ends = mos_ctl_local_time (ends_us);

      /* Translators: %s is a time: then the last message is on its way */
      mos_ctl_print (self, _ ("          until about %s\n"), ends);
    }
}

static void
print_person_json (MosCtl *self,
                   const MosOutreachPerson *person)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean is_left_out = person->state == MOS_OUTREACH_PERSON_LEFT_OUT;
  gboolean is_made = person->state == MOS_OUTREACH_PERSON_MADE;

  json_builder_begin_object (builder);
  mos_json_string (builder, "name", person->name);
  mos_json_string (builder, "address", person->address);
  mos_json_string (builder, "customer", person->customer);
  mos_json_string (builder, "order", person->order_number);
  mos_json_string (builder, "language", person->language);
  mos_json_string (builder, "state", mos_outreach_person_state_to_nick (person->state));
  mos_json_string (builder, "reason", is_left_out ? mos_left_out_to_nick (person->reason) : NULL);
  mos_json_string (builder, "detail", person->detail);
  mos_json_string (builder, "delivery", is_made ? mos_delivery_to_nick (person->delivery) : NULL);
  mos_json_string (builder, "message", person->message);
  /* Of who does not answer there is nothing to see. */
  mos_json_string (builder, "conversation", person->answered_us != 0 ? person->conversation : NULL);
  mos_json_time (builder, "at", person->at_us);
  mos_json_time (builder, "answered", person->answered_us);
  mos_json_time (builder, "opted_out", person->opted_out_us);
  json_builder_end_object (builder);
  mos_ctl_print_json (self, builder);
}

void
mos_ctl_print_outreach_people (MosCtl *self,
                               GPtrArray *people)
{
  for (guint i = 0; i < people->len; i++)
    {
      const MosOutreachPerson *person = people->pdata[i];
      const char *what = mos_outreach_person_state_to_nick (person->state);

      if (self->json)
        {
          print_person_json (self, person);
          continue;
        }
      if (person->state == MOS_OUTREACH_PERSON_LEFT_OUT)
        what = mos_left_out_to_nick (person->reason);
      else if (person->state == MOS_OUTREACH_PERSON_MADE)
        what = person->answered_us != 0 ? "answered" : mos_delivery_to_nick (person->delivery);
      mos_ctl_print (self, "%-11s %-5s %s <%s>%s%s%s%s\n", what, person->language, person->name, person->address, person->order_number != NULL ? "  " : "", person->order_number != NULL ? person->order_number : "",
                     person->detail != NULL ? "  " : "", person->detail != NULL ? person->detail : "");
    }
}

void
mos_ctl_print_outreach_letter (MosCtl *self,
                               const MosOutreachPerson *person,
                               const MosOutreachLetter *letter)
{
  if (self->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      mos_json_string (builder, "to", person->address);
      mos_json_string (builder, "language", letter->language);
      mos_json_string (builder, "subject", letter->subject);
      mos_json_string (builder, "text", letter->text);
      json_builder_set_member_name (builder, "missing");
      json_builder_begin_array (builder);
      for (guint i = 0; i < letter->missing->len; i++)
        json_builder_add_string_value (builder, letter->missing->pdata[i]);
      json_builder_end_array (builder);
      mos_json_string (builder, "state", mos_outreach_person_state_to_nick (person->state));
      mos_json_string (builder, "reason", person->state == MOS_OUTREACH_PERSON_LEFT_OUT ? mos_left_out_to_nick (person->reason) : NULL);
      json_builder_end_object (builder);
      mos_ctl_print_json (self, builder);
      return;
    }
  if (person->state == MOS_OUTREACH_PERSON_LEFT_OUT)
    /* Translators: a mail address, and a word for why, such as opted_out */
    mos_ctl_print (self, _ ("%1$s does not get this (%2$s). It would be:\n\n"), person->address, mos_left_out_to_nick (person->reason));
  mos_ctl_print (self, "%s <%s>\n%s\n\n%s\n", person->name, person->address, letter->subject, letter->text);
  if (letter->missing->len > 0)
    {
      g_autofree char *missing = mos_ctl_describe_missing (letter->missing, FALSE);

      mos_ctl_print (self, "\n%s\n", missing);
    }
}

const char *
mos_ctl_outreach_problem_text (MosOutreachProblem problem)
{
  switch (problem)
    {
    case MOS_OUTREACH_NO_NAME:
      return _ ("The outreach needs a name");
    case MOS_OUTREACH_NO_MACRO:
      return _ ("The outreach needs a macro with a text, say --macro NAME");
    case MOS_OUTREACH_NO_SUBJECT:
      return _ ("The outreach needs a subject, say --subject TEXT");
    case MOS_OUTREACH_NO_ACCOUNT:
      return _ ("The outreach needs an account that can send, say --account A");
    case MOS_OUTREACH_NOT_ORDERS:
      return _ ("Only who has an order can be written to about it: choose orders, or say --purpose promotional");
    case MOS_OUTREACH_NO_DAYS:
      return _ ("The number of days is missing");
    case MOS_OUTREACH_BAD_PACE:
      return _ ("The pace is a number of messages, from 1 to 1000 a minute");
    case MOS_OUTREACH_NOBODY:
      return _ ("Nobody would get it; “mostradorctl outreach preview” says why");
    case MOS_OUTREACH_CHANGED: /* nobody is shown anything here before it begins */
    case MOS_OUTREACH_FINE:
    default:
      return "";
    }
}
