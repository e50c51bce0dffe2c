/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#define G_LOG_DOMAIN "mos-test"

#include "config.h"

#include "core/metrics/mos-measures.h"
#include "measures-fixture.h"
#include "mos-test.h"

/* Worked examples: stories, and the figures that somebody worked out by hand (product.md, "The measures"; behaviour.md §2.5, §2.6). 2026-03-02 is a Monday. Times are in seconds. */

#define OFFICE "zone Europe/Madrid\nmon 09:00-17:00\ntue 09:00-17:00\nwed 09:00-17:00\nthu 09:00-17:00\nfri 09:00-17:00\n"
/* from 10:00 to midnight */
#define OPEN_SINCE_TEN "open 1; age 1 50400/50400/50400"

static const struct
{
  const char *name;
  const Step steps[24];
  const char *now; /* after it */
  struct
  {
    const char *from;
    const char *to;
    const char *figures;
  } days[4];
} stories[] = {
  {
      "three-messages",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:05", 'A', ASKS }, { "10:20", 'A', ASKS }, { "10:30", 'A', ANSWERS }, { "11:00", 'A', ASKS }, { "11:10", 'A', ASKS }, { "11:20", 'A', ANSWERS } },
      "2026-03-03T12:00",
      /* 10:00 to 10:30, and 11:00 to 11:20 */
      { { "2026-03-02", "2026-03-02", "new 1; first_response 1 1800/1800/1800; reply 2 1500/1500/1800; " OPEN_SINCE_TEN } },
  },
  {
      "automatic-and-note-first",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:01", 'A', AUTO }, { "10:10", 'A', NOTES }, { "11:00", 'A', ANSWERS }, { "11:01", 'A', AUTO }, { "12:00", 'A', CLOSES } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; closed 1; one_touch 1; closed_once 1; first_response 1 3600/3600/3600; acknowledgement 1 60/60/60; reply 1 3600/3600/3600; resolution 1 7200/7200/7200; first_resolution 1 7200/7200/7200; handling 1 3600/3600/3600" } },
  },
  {
      "never-left",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:10", 'A', ANSWERS }, { "10:11", 'A', FAILS } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; " OPEN_SINCE_TEN "; waiting 1 50400/50400/50400" } },
  },
  {
      /* Refused by the server, and written anew: that one is the first answer, and the only one. */
      "refused-then-anew",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:10", 'A', ANSWERS }, { "10:11", 'A', FAILS }, { "12:00", 'A', ANSWERS }, { "12:30", 'A', CLOSES } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; closed 1; one_touch 1; closed_once 1; first_response 1 7200/7200/7200; reply 1 7200/7200/7200; resolution 1 9000/9000/9000; first_resolution 1 9000/9000/9000; handling 1 7200/7200/7200" } },
  },
  {
      "a-person-was-faster",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:05", 'A', ANSWERS }, { "10:06", 'A', AUTO } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; first_response 1 300/300/300; reply 1 300/300/300; " OPEN_SINCE_TEN } },
  },
  {
      "sunday-night",
      { { "2026-02-20T09:00", 'A', HOURS, OFFICE }, { "2026-03-01T23:59", 'A', ASKS }, { "2026-03-02T09:00", 'A', ANSWERS }, { "2026-03-08T23:59", 'B', ASKS }, { "2026-03-09T09:30", 'B', ANSWERS } },
      "2026-03-12T12:00",
      {
          { "2026-03-01", "2026-03-01", "new 1; open 1; age 1 60/60/60; waiting 1 60/60/60" },
          { "2026-03-02", "2026-03-02", "first_response 1 32460/32460/32460; working first_response 1 0/0/0; reply 1 32460/32460/32460; working reply 1 0/0/0; open 1; age 1 86460/86460/86460" },
          /* A has been open for eight days and a minute by then, B for one and a minute */
          { "2026-03-09", "2026-03-09", "first_response 1 34260/34260/34260; working first_response 1 1800/1800/1800; reply 1 34260/34260/34260; working reply 1 1800/1800/1800; open 2; age 2 388860/388860/691260" },
      },
  },
  {
      /* The hours that were valid at the time: 10 to 12 by the old ones, 14 to 16 by the new ones. */
      "hours-change-meanwhile",
      { { "2026-02-20T09:00", 'A', HOURS, OFFICE }, { "2026-03-02T10:00", 'A', ASKS }, { "12:00", 'A', HOURS, "zone Europe/Madrid\nmon 14:00-20:00\n" }, { "16:00", 'A', ANSWERS } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; first_response 1 21600/21600/21600; working first_response 1 14400/14400/14400; reply 1 21600/21600/21600; working reply 1 14400/14400/14400; " OPEN_SINCE_TEN } },
  },
  {
      /* 2026-03-29 has no 02:30 in Madrid, and is an hour shorter: what is asked then is asked at 03:00. */
      "spring-night",
      { { "2026-02-20T09:00", 'A', HOURS, "zone Europe/Madrid\nsun 00:00-24:00\n" }, { "2026-03-29T01:30", 'A', ASKS }, { "02:30", 'B', ASKS }, { "03:30", 'A', ANSWERS }, { "03:30", 'B', ANSWERS }, { "2026-03-30T00:10", 'C', ASKS } },
      "2026-04-03T12:00",
      {
          { "2026-03-29", "2026-03-29", "new 2; first_response 2 2700/2700/3600; working first_response 2 2700/2700/3600; reply 2 2700/2700/3600; working reply 2 2700/2700/3600; open 2; age 2 76500/76500/77400" },
          { "2026-03-30", "2026-03-30", "new 1; open 3; age 3 162000/137200/163800; waiting 1 85800/85800/85800" },
      },
  },
  {
      /* 2026-10-25 has the hour from two to three twice. */
      "autumn-night",
      { { "2026-10-01T09:00", 'A', HOURS, "zone Europe/Madrid\nsun 00:00-24:00\n" }, { "2026-10-25T01:30", 'A', ASKS }, { "03:30", 'A', ANSWERS } },
      "2026-10-30T12:00",
      { { "2026-10-25", "2026-10-25", "new 1; first_response 1 10800/10800/10800; working first_response 1 10800/10800/10800; reply 1 10800/10800/10800; working reply 1 10800/10800/10800; open 1; age 1 84600/84600/84600" } },
  },
  {
      /* Seven hours from the first message to the close that stands, of which the customer waited 10, 30 and 60 minutes; one conversation, opened again three times, counts once. */
      "reopened-thrice",
      {
          { "2026-03-02T10:00", 'A', ASKS },
          { "10:10", 'A', ANSWERS },
          { "11:00", 'A', CLOSES },
          { "12:00", 'A', ASKS },
          { "12:00", 'A', OPENS },
          { "12:30", 'A', ANSWERS },
          { "13:00", 'A', CLOSES },
          { "14:00", 'A', ASKS },
          { "14:00", 'A', OPENS },
          { "15:00", 'A', CLOSES },
          { "16:00", 'A', OPENS },
          { "17:00", 'A', CLOSES },
      },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; closed 1; closed_once 1; reopened 1; first_response 1 600/600/600; reply 2 1200/1200/1800; resolution 1 25200/25200/25200; first_resolution 1 3600/3600/3600; handling 1 6000/6000/6000" } },
  },
  {
      /* The close that stands at the end of the period counts, from the first message; in between it is closed in no period. */
      "closed-again-later",
      { { "2026-03-02T10:00", 'A', ASKS }, { "12:00", 'A', CLOSES }, { "2026-03-03T09:00", 'A', OPENS }, { "2026-03-04T10:00", 'A', CLOSES } },
      "2026-03-07T12:00",
      {
          { "2026-03-02", "2026-03-02", "new 1; closed 1; closed_once 1; resolution 1 7200/7200/7200; first_resolution 1 7200/7200/7200; handling 1 7200/7200/7200" },
          { "2026-03-03", "2026-03-03", "open 1; age 1 136800/136800/136800" },
          { "2026-03-02", "2026-03-03", "new 1; closed_once 1; reopened 1; first_resolution 1 7200/7200/7200; open 1; age 1 136800/136800/136800" },
          { "2026-03-02", "2026-03-04", "new 1; closed 1; closed_once 1; reopened 1; resolution 1 172800/172800/172800; first_resolution 1 7200/7200/7200; handling 1 7200/7200/7200" },
      },
  },
  {
      /* What was asked in the other does not change the first response of this one, and is no conversation of its own; but whoever asked it waited for an hour, too. */
      "merged",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'B', ASKS }, { "11:00", 'B', MERGES, "A" }, { "11:30", 'A', ANSWERS } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; first_response 1 5400/5400/5400; reply 2 4500/4500/5400; " OPEN_SINCE_TEN } },
  },
  {
      /* Both wait; it is one conversation in which somebody does, and that since ten. Handled, the hour and a half pass once. */
      "merged-both-wait",
      { { "2026-03-02T10:30", 'A', ASKS }, { "10:00", 'B', ASKS }, { "11:00", 'B', MERGES, "A" }, { "2026-03-03T10:30", 'A', ASKS }, { "11:30", 'A', ANSWERS }, { "11:30", 'A', CLOSES } },
      "2026-03-05T12:00",
      {
          { "2026-03-02", "2026-03-02", "new 1; open 1; age 1 48600/48600/48600; waiting 1 50400/50400/50400" },
          { "2026-03-03", "2026-03-03", "closed 1; one_touch 1; closed_once 1; first_response 1 90000/90000/90000; reply 2 90900/90900/91800; resolution 1 90000/90000/90000; first_resolution 1 90000/90000/90000; handling 1 91800/91800/91800" },
      },
  },
  {
      /* A was answered long ago; what B asked at 10:30 waits there until 14:00. What is asked once more meanwhile begins nothing. */
      "merged-into-answered",
      { { "2026-03-02T09:00", 'A', ASKS }, { "10:20", 'A', ANSWERS }, { "10:30", 'B', ASKS }, { "11:00", 'B', MERGES, "A" }, { "11:10", 'A', ASKS }, { "14:00", 'A', ANSWERS }, { "15:00", 'A', ASKS } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; first_response 1 4800/4800/4800; reply 2 8700/8700/12600; open 1; age 1 54000/54000/54000; waiting 1 32400/32400/32400" } },
  },
  {
      /* Old mail counts from when it is taken up: with what is asked now, from 10:30 on. */
      "merged-into-archived",
      { { "2026-03-01T09:00", 'A', ASKS }, { "09:10", 'A', CLOSES }, { "09:20", 'A', ARCHIVES }, { "2026-03-02T10:30", 'B', ASKS }, { "11:00", 'B', MERGES, "A" }, { "14:00", 'A', ANSWERS }, { "14:00", 'A', CLOSES } },
      "2026-03-03T12:00",
      {
          { "2026-03-01", "2026-03-01", "" },
          { "2026-03-02", "2026-03-02", "new 1; closed 1; one_touch 1; closed_once 1; first_response 1 12600/12600/12600; reply 1 12600/12600/12600; resolution 1 12600/12600/12600; first_resolution 1 12600/12600/12600; handling 1 12600/12600/12600" },
      },
  },
  {
      /* That it is old mail after all takes both out. */
      "merged-and-archived",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'B', ASKS }, { "11:00", 'B', MERGES, "A" }, { "12:00", 'A', ARCHIVES } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "" } },
  },
  {
      /* Where the desk began, what was asked elsewhere is the first message; what was said before is no answer. */
      "merged-into-begun",
      { { "2026-03-02T09:00", 'A', ANSWERS }, { "09:00", 'A', PENDS }, { "10:30", 'B', ASKS }, { "11:00", 'B', MERGES, "A" }, { "11:10", 'A', ASKS }, { "14:00", 'A', ANSWERS } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; first_response 1 12600/12600/12600; reply 1 12600/12600/12600; open 1; age 1 48600/48600/48600" } },
  },
  {
      /* Of what was answered there already, the first response is that one, and so is what was answered in one touch. */
      "merged-into-begun-answered",
      { { "2026-03-02T09:00", 'A', ANSWERS }, { "10:30", 'B', ASKS }, { "10:40", 'B', ANSWERS }, { "11:00", 'B', MERGES, "A" }, { "14:00", 'A', CLOSES } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; closed 1; one_touch 1; closed_once 1; first_response 1 600/600/600; reply 1 600/600/600; resolution 1 12600/12600/12600; first_resolution 1 12600/12600/12600; handling 1 600/600/600" } },
  },
  {
      /* B into C, and that into A: whoever asked first waits on, until the close. */
      "merged-in-a-chain",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:10", 'A', ANSWERS }, { "10:20", 'C', ASKS }, { "10:30", 'C', ANSWERS }, { "10:40", 'B', ASKS }, { "10:50", 'B', MERGES, "C" }, { "11:00", 'C', MERGES, "A" }, { "12:00", 'A', ANSWERS } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; first_response 1 600/600/600; reply 3 600/2000/4800; " OPEN_SINCE_TEN } },
  },
  {
      /* What waits is older than the last one that was answered, and than all that was asked here: of the days before this was asked it is told all the same. */
      "merged-and-older",
      { { "2026-03-02T10:00", 'B', ASKS }, { "10:10", 'B', ANSWERS }, { "10:20", 'B', ASKS }, { "2026-03-04T10:30", 'A', ASKS }, { "10:40", 'A', ANSWERS }, { "11:00", 'B', MERGES, "A" }, { "11:10", 'A', PENDS } },
      "2026-03-30T12:00",
      {
          { "2026-03-02", "2026-03-02", "reply 1 600/600/600; waiting 1 49200/49200/49200" },
          { "2026-03-04", "2026-03-04", "new 1; first_response 1 600/600/600; reply 1 600/600/600; pending 1; age 1 48600/48600/48600; waiting 1 222000/222000/222000" },
          { "2026-03-20", "2026-03-20", "pending 1; age 1 1431000/1431000/1431000; waiting 1 1604400/1604400/1604400" },
      },
  },
  {
      /* What is spam brings nothing along. */
      "merged-spam",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'B', ASKS }, { "10:31", 'B', SPAM }, { "11:00", 'B', MERGES, "A" }, { "11:30", 'A', ANSWERS } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; first_response 1 5400/5400/5400; reply 1 5400/5400/5400; " OPEN_SINCE_TEN } },
  },
  {
      /* One that was closed has a close that counts no more. Who asked there was answered all the same. */
      "merged-when-closed",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:00", 'B', ASKS }, { "10:20", 'B', ANSWERS }, { "10:30", 'B', CLOSES }, { "11:00", 'B', MERGES, "A" } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; reply 1 1200/1200/1200; " OPEN_SINCE_TEN "; waiting 1 50400/50400/50400" } },
  },
  {
      "merged-and-back",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'B', ASKS }, { "11:00", 'B', MERGES, "A" }, { "11:30", 'A', ANSWERS }, { "12:00", 'B', UNMERGES } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 2; first_response 1 5400/5400/5400; reply 1 5400/5400/5400; open 2; age 2 49500/49500/50400; waiting 1 48600/48600/48600" } },
  },
  {
      /* The spam that became snoozed with it is spam again, by its events, too. */
      "merged-into-spam-and-back",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:05", 'A', SNOOZES }, { "10:10", 'B', ASKS }, { "10:15", 'B', SPAM }, { "10:20", 'A', MERGES, "B" }, { "10:30", 'A', UNMERGES } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; snoozed 1; age 1 50400/50400/50400; waiting 1 50400/50400/50400" } },
  },
  {
      "spam-bounces-deleted-and-old",
      {
          { "2026-03-02T10:00", 'A', ASKS },
          { "10:00", 'B', MACHINE },
          { "10:00", 'C', ASKS },
          { "10:00", 'D', ASKS },
          { "10:00", 'E', ASKS },
          { "10:05", 'C', ANSWERS },
          { "10:06", 'C', DELETES },
          { "10:07", 'E', ANSWERS },
          { "10:08", 'E', ARCHIVES },
          { "10:10", 'A', ANSWERS },
          { "10:15", 'B', CLOSES },
          { "10:20", 'A', SPAM },
          { "10:30", 'D', ANSWERS },
      },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; first_response 1 1800/1800/1800; reply 1 1800/1800/1800; " OPEN_SINCE_TEN } },
  },
  {
      "spam-after-all-not",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:10", 'A', ANSWERS }, { "10:20", 'A', SPAM }, { "10:21", 'A', UNDOES } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; first_response 1 600/600/600; reply 1 600/600/600; " OPEN_SINCE_TEN } },
  },
  {
      /* Closed all the time, but for a passage through spam: no other close, and nothing was opened again. B was open before, and C is opened after. */
      "spam-in-between",
      {
          { "2026-03-02T10:00", 'A', ASKS },
          { "10:00", 'B', ASKS },
          { "10:00", 'C', ASKS },
          { "11:00", 'A', CLOSES },
          { "11:00", 'C', CLOSES },
          { "12:00", 'A', SPAM },
          { "12:00", 'B', SPAM },
          { "12:00", 'C', SPAM },
          { "13:00", 'A', CLOSES },
          { "13:00", 'B', CLOSES },
          { "14:00", 'C', OPENS },
      },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 3; closed 2; closed_once 3; reopened 1; resolution 2 7200/7200/10800; first_resolution 3 3600/6000/10800; handling 2 7200/7200/10800; " OPEN_SINCE_TEN } },
  },
  {
      "a-close-taken-back",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:10", 'A', ANSWERS }, { "10:20", 'A', CLOSES }, { "10:21", 'A', UNDOES } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; first_response 1 600/600/600; reply 1 600/600/600; " OPEN_SINCE_TEN } },
  },
  {
      /* Where the desk began, the clock starts at the customer's first message, and what was said before is no answer; B never wrote. */
      "we-began",
      { { "2026-03-02T09:00", 'A', ANSWERS }, { "09:00", 'B', ANSWERS }, { "09:30", 'B', CLOSES }, { "10:00", 'A', ASKS }, { "10:20", 'A', ANSWERS }, { "11:00", 'A', CLOSES } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; closed 1; one_touch 1; closed_once 1; first_response 1 1200/1200/1200; reply 1 1200/1200/1200; resolution 1 3600/3600/3600; first_resolution 1 3600/3600/3600; handling 1 1200/1200/1200" } },
  },
  {
      /* An answer to what was closed without one is the first response all the same; it ends no turn, and a later answer is not the first. */
      "answered-after-the-close",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:30", 'A', CLOSES }, { "11:00", 'A', ANSWERS }, { "12:00", 'A', ASKS }, { "12:00", 'A', OPENS }, { "12:10", 'A', ANSWERS } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; closed_once 1; reopened 1; first_response 1 3600/3600/3600; reply 1 600/600/600; first_resolution 1 1800/1800/1800; " OPEN_SINCE_TEN } },
  },
  {
      /* Of four that were closed, A with an automatic answer alone, B with one of ours, C with none at all, D with two. */
      "deflected-and-one-touch",
      {
          { "2026-03-02T10:00", 'A', ASKS },
          { "10:00", 'B', ASKS },
          { "10:00", 'C', ASKS },
          { "10:00", 'D', ASKS },
          { "10:01", 'A', AUTO },
          { "10:10", 'D', ANSWERS },
          { "10:20", 'D', ANSWERS },
          { "10:30", 'B', ANSWERS },
          { "11:00", 'A', CLOSES },
          { "11:00", 'B', CLOSES },
          { "11:00", 'C', CLOSES },
          { "11:00", 'D', CLOSES },
      },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 4; closed 4; one_touch 1; deflected 1; closed_once 4; first_response 2 1200/1200/1800; acknowledgement 1 60/60/60; reply 2 1200/1200/1800; resolution 4 3600/3600/3600; first_resolution 4 3600/3600/3600; handling 4 2700/2400/3600" } },
  },
  {
      /* Two minutes behind the server, an answer and a close come after what they were written under: asked at 10:02 and 10:12 by the server, answered at 10:01 and 10:14 by ours. */
      "a-slow-clock",
      {
          { "2026-03-02T10:00", 'A', AHEAD, "120" },
          { "10:00", 'A', ASKS },
          { "10:01", 'A', ANSWERS },
          { "10:01", 'A', CLOSES },
          { "10:10", 'A', ASKS },
          { "10:11", 'A', OPENS },
          { "10:14", 'A', ANSWERS },
          { "10:20", 'B', ASKS },
          { "10:21", 'B', CLOSES },
      },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 2; closed 1; closed_once 2; reopened 1; first_response 1 0/0/0; reply 2 60/60/120; resolution 1 0/0/0; first_resolution 2 0/0/0; handling 1 0/0/0; open 1; age 1 50280/50280/50280" } },
  },
  {
      /* A message of next week is no clock that is a little off: nothing that is done now is put behind it. */
      "a-wrong-date",
      { { "2026-03-02T10:00", 'A', AHEAD, "604800" }, { "10:00", 'A', ASKS }, { "10:00", 'A', AHEAD, "0" }, { "10:05", 'A', ASKS }, { "10:15", 'A', ANSWERS } },
      "2026-03-12T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; first_response 1 600/600/600; reply 1 600/600/600; open 1; age 1 50100/50100/50100" } },
  },
  {
      /* What was sent from elsewhere has the server's time, also where it is met later: it came before the second message, which waits. */
      "sent-from-elsewhere",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:45", 'A', ASKS }, { "10:50", 'A', AHEAD, "-1800" }, { "11:00", 'A', FOUND } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; first_response 1 1800/1800/1800; reply 1 1800/1800/1800; " OPEN_SINCE_TEN "; waiting 1 47700/47700/47700" } },
  },
  {
      /* A snooze is no close, and whoever waits goes on waiting. */
      "snoozed",
      { { "2026-03-02T10:00", 'A', ASKS }, { "10:00", 'B', ASKS }, { "10:10", 'A', SNOOZES }, { "10:20", 'B', ANSWERS }, { "10:20", 'B', PENDS } },
      "2026-03-03T12:00",
      { { "2026-03-02", "2026-03-02", "new 2; first_response 1 1200/1200/1200; reply 1 1200/1200/1200; pending 1; snoozed 1; age 2 50400/50400/50400; waiting 1 50400/50400/50400" } },
  },
  {
      /* What was open then is told of then, whatever became of it. */
      "open-in-the-past",
      { { "2026-03-02T10:00", 'A', ASKS }, { "2026-03-05T10:00", 'A', CLOSES } },
      "2026-03-07T12:00",
      {
          { "2026-03-01", "2026-03-01", "" },
          { "2026-03-02", "2026-03-03", "new 1; open 1; age 1 136800/136800/136800; waiting 1 136800/136800/136800" },
          { "2026-03-05", "2026-03-07", "closed 1; closed_once 1; resolution 1 259200/259200/259200; first_resolution 1 259200/259200/259200; handling 1 259200/259200/259200" },
      },
  },
  {
      /* The end is still to come: as of now, two hours after the message. */
      "today",
      { { "2026-03-02T10:00", 'A', ASKS } },
      "2026-03-02T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; open 1; age 1 7200/7200/7200; waiting 1 7200/7200/7200" } },
  },
  {
      /* An answer of words alone has no part in the mean; what is spam has none in anything. */
      "satisfied",
      {
          { "2026-03-02T10:00", 'A', ASKS },
          { "10:00", 'B', ASKS },
          { "11:00", 'A', CSAT, "5" },
          { "11:01", 'A', CSAT, "4" },
          { "11:02", 'A', CSAT, "2" },
          { "11:03", 'A', CSAT, "" },
          { "11:04", 'B', CSAT, "1" },
          { "11:05", 'B', SPAM },
          { "2026-03-04T10:00", 'A', CSAT, "1" },
      },
      "2026-03-07T12:00",
      { { "2026-03-02", "2026-03-02", "new 1; " OPEN_SINCE_TEN "; waiting 1 50400/50400/50400; csat 3/4 sum 11 good 2 low 1" } },
  },
  {
      /* Asked counts who got the question: A answered, B did not and will not, E answers words alone. The mail to C bounced, D's question was taken back, F is spam. What was written down by hand was asked by nobody. */
      "asked",
      {
          { "2026-03-02T10:00", 'A', ASKS },
          { "10:00", 'B', ASKS },
          { "10:00", 'C', ASKS },
          { "10:00", 'D', ASKS },
          { "10:00", 'E', ASKS },
          { "10:00", 'F', ASKS },
          { "11:00", 'A', ASKED_CSAT },
          { "11:00", 'B', ASKED_CSAT, "bo" },
          { "11:00", 'C', ASKED_CSAT, "bo" },
          { "11:00", 'D', ASKED_CSAT },
          { "11:00", 'E', ASKED_CSAT, "bo" },
          { "11:00", 'F', ASKED_CSAT },
          { "11:01", 'C', BOUNCES },
          { "11:02", 'D', CANCELS },
          { "11:10", 'A', SCORES, "5" },
          { "11:20", 'A', CSAT, "2" },
          { "11:30", 'F', SCORES, "1" },
          { "11:31", 'F', SPAM },
          { "2026-03-03T09:00", 'E', SCORES, "" },
          { "2026-03-04T09:00", 'B', EXPIRES },
      },
      "2026-03-07T12:00",
      /* An answer of the next day is one to the question of this day, and of those days what was answered then. */
      { { "2026-03-02", "2026-03-02", "new 5; open 5; age 5 50400/50400/50400; waiting 5 50400/50400/50400; csat 2/2 sum 7 good 1 low 1; csat asked 3 answered 2" },
        { "2026-03-03", "2026-03-03", "open 5; age 5 136800/136800/136800; waiting 5 136800/136800/136800; csat 0/1 sum 0 good 0 low 0" } },
  },
  {
      "asked-nps",
      {
          { "2026-03-02T10:00", 'A', ASKS },
          { "10:00", 'B', ASKS },
          { "10:00", 'C', ASKS },
          { "11:00", 'A', ASKED_NPS },
          { "11:00", 'B', ASKED_NPS, "bo" },
          { "11:00", 'C', ASKED_NPS, "bo" },
          { "11:01", 'C', BOUNCES },
          { "11:10", 'A', SCORES, "9" },
          { "11:20", 'A', NPS, "3" },
          { "2026-03-03T11:00", 'A', ASKED_NPS },
          { "11:10", 'A', SCORES, "8" },
          /* Thinks better of it: one question, one answer. */
          { "11:20", 'A', SCORES, "10" },
      },
      "2026-03-07T12:00",
      { { "2026-03-02", "2026-03-02", "new 3; open 3; age 3 50400/50400/50400; waiting 3 50400/50400/50400; nps 2 score 0.0; nps asked 2 answered 1" },
        { "2026-03-03", "2026-03-03", "open 3; age 3 136800/136800/136800; waiting 3 136800/136800/136800; nps 1 score 100.0; nps asked 1 answered 1" },
        { "2026-03-02", "2026-03-03", "new 3; open 3; age 3 136800/136800/136800; waiting 3 136800/136800/136800; nps 3 score 33.3; nps asked 3 answered 2" } },
  },
};

static void
test_story (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (Story) story = story_new ();

  story_tell (story, stories[i].steps);
  story_set_clock (story, stories[i].now);
  for (guint day = 0; day < G_N_ELEMENTS (stories[i].days) && stories[i].days[day].from != NULL; day++)
    {
      g_test_message ("%s to %s", stories[i].days[day].from, stories[i].days[day].to);
      story_assert (story, stories[i].days[day].from, stories[i].days[day].to, stories[i].days[day].figures);
    }
}

/* One weekend ruins the mean of a small shop, not its median. */
static void
test_quantiles (void)
{
  static const Step late[] = { { "2026-03-02T10:00", 'Z', ASKS }, { "2026-03-04T10:00", 'Z', ANSWERS }, { NULL } };
  g_autoptr (Story) story = story_new ();
  g_autoptr (MosMeasureReport) ten = NULL;
  g_autoptr (MosMeasureReport) eleven = NULL;
  const MosMeasureTimes *times;

  for (char i = 1; i <= 10; i++)
    {
      g_autofree char *at = g_strdup_printf ("2026-03-02T10:%02d", i);
      const Step steps[] = { { "2026-03-02T10:00", (char) ('A' + i), ASKS }, { at, (char) ('A' + i), ANSWERS }, { NULL } };

      story_tell (story, steps);
    }
  ten = story_report (story, "2026-03-02", "2026-03-04", MOS_MEASURE_BY_NOTHING);
  times = &ten->all->clock[MOS_MEASURE_FIRST_RESPONSE];
  g_assert_cmpuint (times->n, ==, 10);
  g_assert_cmpint (times->median_us, ==, 330 * S);
  g_assert_cmpint (times->mean_us, ==, 330 * S);
  g_assert_cmpint (times->p90_us, ==, 540 * S);
  g_assert_cmpint (times->longest_us, ==, 600 * S);

  story_tell (story, late);
  eleven = story_report (story, "2026-03-02", "2026-03-04", MOS_MEASURE_BY_NOTHING);
  times = &eleven->all->clock[MOS_MEASURE_FIRST_RESPONSE];
  g_assert_cmpuint (times->n, ==, 11);
  g_assert_cmpint (times->median_us, ==, 360 * S);
  /* (60 + 120 + … + 600 + 172800) / 11 */
  g_assert_cmpint (times->mean_us / S, ==, 16009);
  g_assert_cmpint (times->p90_us, ==, 600 * S);
  g_assert_cmpint (times->longest_us, ==, 172800 * S);
}

/* 70 promoters, 20 passives, 10 detractors → 60 */
static void
test_nps (void)
{
  static const Step begin[] = { { "2026-03-02T10:00", 'A', ASKS }, { "10:05", 'A', ANSWERS, "bo" }, { NULL } };
  static const struct
  {
    const char *score;
    guint n;
  } said[] = { { "10", 40 }, { "9", 30 }, { "8", 15 }, { "7", 5 }, { "6", 8 }, { "0", 2 } };
  g_autoptr (Story) story = story_new ();
  g_autoptr (MosMeasureReport) report = NULL;
  g_autoptr (MosMeasureReport) by_agent = NULL;
  const MosMeasureScores *nps;

  story_tell (story, begin);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    for (guint k = 0; k < said[i].n; k++)
      story_tell (story, (const Step[]) { { "2026-03-02T11:00", 'A', NPS, said[i].score }, { NULL } });
  report = story_report (story, "2026-03-02", "2026-03-02", MOS_MEASURE_BY_NOTHING);
  nps = &report->all->nps;
  g_assert_cmpuint (nps->n, ==, 100);
  g_assert_cmpuint (nps->n_good, ==, 70);
  g_assert_cmpuint (nps->n_bad, ==, 10);
  g_assert_cmpfloat_with_epsilon (mos_measure_scores_get_nps (nps), 60, 1e-9);
  /* Whoever answered last is spoken of. */
  by_agent = story_report (story, "2026-03-02", "2026-03-02", MOS_MEASURE_BY_AGENT);
  /* …while it is nobody's that is still open. */
  g_assert_cmpuint (by_agent->groups[MOS_MEASURE_BY_AGENT]->len, ==, 2);
  g_assert_cmpstr (((MosMeasureFigures *) by_agent->groups[MOS_MEASURE_BY_AGENT]->pdata[0])->key, ==, "bo");
  g_assert_cmpuint (((MosMeasureFigures *) by_agent->groups[MOS_MEASURE_BY_AGENT]->pdata[0])->nps.n, ==, 100);
  g_assert_cmpstr (((MosMeasureFigures *) by_agent->groups[MOS_MEASURE_BY_AGENT]->pdata[1])->key, ==, "");
  g_assert_cmpuint (((MosMeasureFigures *) by_agent->groups[MOS_MEASURE_BY_AGENT]->pdata[1])->n_open, ==, 1);
}

/* Wilson's interval, as tables have it */
static void
test_interval (void)
{
  static const struct
  {
    guint good, n;
    double low, high;
  } table[] = { { 8, 10, 0.4902, 0.9433 }, { 0, 10, 0.0, 0.2775 }, { 10, 10, 0.7225, 1.0 }, { 50, 100, 0.4038, 0.5962 } };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      double low, high;

      mos_measure_scores_get_interval (table[i].good, table[i].n, &low, &high);
      g_assert_cmpfloat_with_epsilon (low, table[i].low, 0.0001);
      g_assert_cmpfloat_with_epsilon (high, table[i].high, 0.0001);
    }
}

/* A day, three, seven, older: as of the midnight after 2026-03-10 */
static void
test_ages (void)
{
  static const Step steps[] = { { "2026-03-02T10:00", 'A', ASKS }, { "2026-03-04T10:00", 'B', ASKS }, { "2026-03-08T10:00", 'C', ASKS }, { "2026-03-09T10:00", 'D', ASKS }, { "2026-03-10T10:00", 'E', ASKS }, { NULL } };
  g_autoptr (Story) story = story_new ();
  g_autoptr (MosMeasureReport) report = NULL;

  story_tell (story, steps);
  story_set_clock (story, "2026-03-12T10:00");
  report = story_report (story, "2026-03-01", "2026-03-10", MOS_MEASURE_BY_NOTHING);
  g_assert_cmpuint (report->all->n_ages[0], ==, 1);
  g_assert_cmpuint (report->all->n_ages[1], ==, 2);
  g_assert_cmpuint (report->all->n_ages[2], ==, 1);
  g_assert_cmpuint (report->all->n_ages[3], ==, 1);
  g_assert_cmpint (report->all->waiting.longest_us, ==, (8 * 86400 + 14 * 3600) * S);
}

/* By the shop's clock: what is Tuesday there may be Monday in Greenwich. */
static void
test_volume (void)
{
  static const Step steps[] = { { "2026-03-02T10:00", 'A', ASKS }, { "10:59", 'B', ASKS }, { "2026-03-03T00:10", 'C', ASKS }, { "2026-03-09T10:30", 'D', ASKS }, { "2026-03-29T23:50", 'E', ASKS, "telegram" }, { "2026-03-30T00:10", 'F', ASKS }, { NULL } };
  g_autoptr (Story) story = story_new ();
  g_autoptr (MosMeasureReport) report = NULL;
  const MosMeasureFigures *telegram;
  guint n = 0;

  story_tell (story, steps);
  report = story_report (story, "2026-03-02", "2026-03-31", MOS_MEASURE_BY_CHANNEL);
  g_assert_cmpuint (report->n_days, ==, 30);
  g_assert_cmpuint (report->all->per_day[0], ==, 2);
  g_assert_cmpuint (report->all->per_day[1], ==, 1);
  g_assert_cmpuint (report->all->per_day[7], ==, 1);
  g_assert_cmpuint (report->all->per_day[27], ==, 1);
  g_assert_cmpuint (report->all->per_day[28], ==, 1);
  g_assert_cmpuint (report->all->per_hour[10], ==, 3);
  g_assert_cmpuint (report->all->per_hour[0], ==, 1);
  g_assert_cmpuint (report->all->per_hour[24], ==, 1);
  g_assert_cmpuint (report->all->per_hour[6 * 24 + 23], ==, 1);
  for (guint i = 0; i < MOS_MEASURE_N_HOURS; i++)
    n += report->all->per_hour[i];
  g_assert_cmpuint (n, ==, 6);
  telegram = report->groups[MOS_MEASURE_BY_CHANNEL]->pdata[1];
  g_assert_cmpstr (telegram->key, ==, "telegram");
  g_assert_cmpuint (telegram->per_day[27], ==, 1);
  g_assert_cmpuint (telegram->per_day[0], ==, 0);
}

static void
test_groups (void)
{
  static const Step steps[] = {
    { "2026-03-02T10:00", 'A', ASKS },
    { "10:00", 'B', ASKS, "telegram" },
    { "10:00", 'C', ASKS },
    { "10:05", 'A', CATEGORY, "return" },
    { "10:05", 'A', TAG, "parcel" },
    { "10:05", 'A', TAG, "gift" },
    { "10:05", 'A', SPEAKS, "es" },
    { "10:05", 'B', SPEAKS, "de" },
    { "10:05", 'C', ASSIGNS, "bo" },
    { "10:10", 'A', ANSWERS, "bo" },
    { "10:30", 'B', ANSWERS },
    { "10:40", 'A', UNTAG, "gift" },
    { "2026-03-03T10:00", 'C', TAG, "late" },
    { NULL },
  };
#define OF_A "new 1; first_response 1 600/600/600; reply 1 600/600/600"
#define OF_B "new 1; first_response 1 1800/1800/1800; reply 1 1800/1800/1800"
#define OF_A_C "new 2; first_response 1 600/600/600; reply 1 600/600/600"
#define OF_B_C "new 2; first_response 1 1800/1800/1800; reply 1 1800/1800/1800"
  static const struct
  {
    MosMeasureBy by;
    const char *expected;
  } table[] = {
    { MOS_MEASURE_BY_CHANNEL, "email: " OF_A_C "\ntelegram: " OF_B "\n" },
    { MOS_MEASURE_BY_ACCOUNT, "Our telegram: " OF_B "\nSupport: " OF_A_C "\n" },
    { MOS_MEASURE_BY_CATEGORY, "return: " OF_A "\n: " OF_B_C "\n" },
    /* as at the end of that day: without what was taken away, and without what came later */
    { MOS_MEASURE_BY_TAG, "parcel: " OF_A "\n: " OF_B_C "\n" },
    { MOS_MEASURE_BY_LANGUAGE, "de: " OF_B "\nes: " OF_A "\n: new 1\n" },
    { MOS_MEASURE_BY_AGENT, "Agent bo: " OF_A_C "\nMarta: " OF_B "\n" },
  };
  g_autoptr (Story) story = story_new ();

  story_tell (story, steps);
  story_set_clock (story, "2026-03-07T12:00");
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("by %s", mos_measure_by_to_nick (table[i].by));
      story_assert_groups (story, "2026-03-02", "2026-03-02", table[i].by, table[i].expected);
    }
}

/* A category that is put right after the answer is put right for what comes after it. */
static void
test_as_of_then (void)
{
  static const Step steps[] = {
    { "2026-03-02T10:00", 'A', ASKS },
    { "10:05", 'A', CATEGORY, "return" },
    { "10:10", 'A', ANSWERS },
    { "10:20", 'A', CATEGORY, "refund" },
    { "11:00", 'A', CLOSES },
    { NULL },
  };
  g_autoptr (Story) story = story_new ();

  story_tell (story, steps);
  story_set_clock (story, "2026-03-07T12:00");
  story_assert_groups (story, "2026-03-02", "2026-03-02", MOS_MEASURE_BY_CATEGORY,
                       "refund: closed 1; one_touch 1; closed_once 1; resolution 1 3600/3600/3600; first_resolution 1 3600/3600/3600; handling 1 600/600/600\n"
                       "return: new 1; first_response 1 600/600/600; reply 1 600/600/600\n");
}

static gboolean
do_look_at_status (MosTxn *txn,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  Story *story = data;
  g_autoptr (MosConversationRow) row = NULL;

  if (!mos_store_conversation_find (txn, story->ids['B'], &row, error))
    return FALSE;
  g_assert_cmpint (row->status, ==, MOS_STATUS_OPEN);
  return TRUE;
}

/* What somebody decided since a merge stands when it is taken back, also where it is what the merge had made of it: row and events say the same. */
static void
test_decided_since (void)
{
  static const Step steps[] = {
    { "2026-03-02T10:00", 'B', ASKS },
    { "10:05", 'B', SPAM },
    { "10:10", 'A', ASKS },
    { "10:15", 'A', MERGES, "B" },
    { "10:20", 'B', CLOSES },
    { "10:25", 'B', OPENS },
    { "10:30", 'A', UNMERGES },
    { NULL },
  };
  g_autoptr (Story) story = story_new ();
  g_autoptr (GError) error = NULL;

  story_tell (story, steps);
  mos_store_read_sync (story->f->store, do_look_at_status, story, NULL, &error);
  g_assert_no_error (error);
  story_assert (story, "2026-03-02", "2026-03-02", "new 2; closed_once 1; reopened 1; first_resolution 1 1200/1200/1200; open 2; age 2 1500/1500/1800; waiting 1 1200/1200/1200");
}

typedef struct
{
  Story *story;
  const char *state;
  const char *at;
  guint from, to; /* customers, by their number, without the last */
} Orders;

static gboolean
do_order (MosTxn *txn,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  const Orders *orders = data;
  const gint64 at_us = mos_time_parse (orders->at, orders->story->zone);

  if (!mos_database_exec (txn->database, error, "INSERT INTO shop (id, kind, name, base_url, settings, currency, position) VALUES ('shop', 'woocommerce', '', '', '{}', 'EUR', 1) ON CONFLICT DO NOTHING", ""))
    return FALSE;
  for (guint i = orders->from; i < orders->to; i++)
    {
      g_autofree char *address = g_strdup_printf ("p%u@mail.example", i);
      g_autofree char *number = g_strdup_printf ("%u-%s", i, orders->at);
      g_autofree char *customer = NULL;

      if (!mos_store_customer_ensure (txn, "email", "", address, address, "mail", at_us, &customer, NULL, error) ||
          !mos_database_exec (txn->database, error,
                              "INSERT INTO shop_order (id, shop, remote_id, number, number_folded, number_digits, status, status_kind, payment, fulfilment, created_at, modified_at, currency, total, refunded, email, phone, name,"
                              " country, address, admin_url, customer_url, note, customer, seen_at, digest)"
                              " VALUES (?1, 'shop', ?1, ?1, ?1, '', '', ?2, '', '', ?3, ?3, 'EUR', '1', '0', '', '', '', '', '', '', '', '', ?4, ?3, '')",
                              "ttit", number, orders->state, at_us, customer))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_lose (MosTxn *txn,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  return mos_store_customer_set_lost_days (txn, 365, error);
}

static void
order (Story *story,
       const char *state,
       const char *at,
       guint from,
       guint to)
{
  MosActor actor = { MOS_ACTOR_HUMAN, (char *) AGENT };
  Orders orders = { .story = story, .state = state, .at = at, .from = from, .to = to };
  g_autoptr (GError) error = NULL;

  mos_store_write_sync (story->f->store, &actor, NULL, do_order, &orders, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* 200 at start, 40 new, 210 at end → 85 % */
static void
test_retention (void)
{
  static const Step steps[] = { { "2026-03-02T10:00", 'A', ASKS }, { NULL } };
  g_autoptr (Story) story = story_new ();
  g_autoptr (MosMeasureReport) report = NULL;
  g_autoptr (MosMeasureReport) before = NULL;
  g_autoptr (GError) error = NULL;
  const MosActor actor = { MOS_ACTOR_HUMAN, (char *) AGENT };
  const MosMeasureTrade *trade;

  story_tell (story, steps);
  mos_store_write_sync (story->f->store, &actor, NULL, do_lose, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  /* 200 who ordered within the year before 2026-03-01; for 30 of them that is over on 2026-03-15. */
  order (story, "delivered", "2025-03-15T12:00", 0, 30);
  order (story, "delivered", "2025-08-01T12:00", 30, 200);
  /* Some of whom order again; 40 for the first time; 10 whose order came to nothing, and 5 who were lost long ago. */
  order (story, "paid", "2026-03-05T12:00", 100, 150);
  order (story, "refunded", "2026-03-10T12:00", 200, 240);
  order (story, "cancelled", "2026-03-10T13:00", 300, 305);
  order (story, "pending", "2026-03-10T13:00", 305, 310);
  order (story, "delivered", "2024-01-01T12:00", 400, 405);
  story_set_clock (story, "2026-04-10T12:00");

  report = story_report (story, "2026-03-01", "2026-03-31", MOS_MEASURE_BY_NOTHING);
  trade = &report->trade;
  g_assert_cmpuint (trade->lost_days, ==, 365);
  g_assert_cmpuint (trade->n_start, ==, 200);
  g_assert_cmpuint (trade->n_end, ==, 210);
  g_assert_cmpuint (trade->n_new, ==, 40);
  g_assert_cmpfloat_with_epsilon (mos_measure_trade_get_retention (trade), 0.85, 1e-9);
  /* 50 + 40; one conversation for them */
  g_assert_cmpuint (trade->n_orders, ==, 90);
  g_assert_cmpuint (report->all->counts[MOS_MEASURE_NEW], ==, 1);

  /* An order is a year old on the same hour. */
  before = story_report (story, "2026-03-01", "2026-03-14", MOS_MEASURE_BY_NOTHING);
  g_assert_cmpuint (before->trade.n_end, ==, 240);
}

/* Where nobody says which days: the last thirty, today too; days are those of the shop. */
static void
test_period (void)
{
  g_autoptr (Story) story = story_new ();
  g_autoptr (MosMeasureReport) report = NULL;
  g_autoptr (MosMeasureReport) short_day = NULL;

  story_set_clock (story, "2026-03-30T00:30");
  report = story_report (story, NULL, NULL, MOS_MEASURE_BY_NOTHING);
  g_assert_cmpint (report->from_us, ==, mos_time_parse ("2026-03-01T00:00", story->zone));
  g_assert_cmpint (report->to_us, ==, mos_time_parse ("2026-03-31T00:00", story->zone));
  short_day = story_report (story, "2026-03-29", "2026-03-29", MOS_MEASURE_BY_NOTHING);
  g_assert_cmpint (short_day->to_us - short_day->from_us, ==, 23 * 3600 * S);
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      g_autofree char *path = g_strconcat ("/measures/story/", stories[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_story);
    }
  g_test_add_func ("/measures/quantiles", test_quantiles);
  g_test_add_func ("/measures/nps", test_nps);
  g_test_add_func ("/measures/interval", test_interval);
  g_test_add_func ("/measures/ages", test_ages);
  g_test_add_func ("/measures/volume", test_volume);
  g_test_add_func ("/measures/groups", test_groups);
  g_test_add_func ("/measures/as-of-then", test_as_of_then);
  g_test_add_func ("/measures/decided-since", test_decided_since);
  g_test_add_func ("/measures/retention", test_retention);
  g_test_add_func ("/measures/period", test_period);
  return g_test_run ();
}
