/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "core/channels/mos-channel-traits.h"
#include "core/channels/phone/mos-asterisk-ami.h"
#include "core/channels/phone/mos-fritzbox-monitor.h"
#include "core/channels/phone/mos-phone-line.h"
#include "mos-test.h"

#include <string.h>

/* What switchboards and routers say, read. Lines of Asterisk's are those that Asterisk 22.10 said when SIPp called it; those of the FRITZ!Box are the documented ones. */

#define NOW_US G_GINT64_CONSTANT (1772442000000000)
#define MS_US G_TIME_SPAN_MILLISECOND

/* --- Asterisk as it happens --- */

/* "Key: value|Key: value": one packet. */
static void
say (MosAmi *ami,
     const char *packet,
     gint64 at_us)
{
  g_auto (GStrv) lines = g_strsplit (packet, "|", -1);

  for (char **line = lines; *line != NULL; line++)
    g_assert_false (mos_ami_take_line (ami, *line, at_us));
  g_assert_true (mos_ami_take_line (ami, "", at_us));
}

static void
channel (MosAmi *ami,
         const char *id,
         const char *linked,
         const char *caller,
         const char *exten)
{
  g_autofree char *packet = g_strdup_printf ("Event: Newchannel|Channel: PJSIP/x|ChannelState: 4|ChannelStateDesc: Ring|CallerIDNum: %s|CallerIDName: Ann Customer|Exten: %s|Uniqueid: %s|Linkedid: %s", caller, exten, id, linked);

  say (ami, packet, 0);
}

static void
state (MosAmi *ami,
       const char *id,
       const char *linked,
       gint64 at_us)
{
  g_autofree char *packet = g_strdup_printf ("Event: Newstate|ChannelState: 6|ChannelStateDesc: Up|Uniqueid: %s|Linkedid: %s", id, linked);

  say (ami, packet, at_us);
}

static void
hangup (MosAmi *ami,
        const char *id,
        const char *cause,
        gint64 at_us)
{
  g_autofree char *packet = g_strdup_printf ("Event: Hangup|Uniqueid: %s|Cause: %s|Cause-txt: whatever", id, cause);

  say (ami, packet, at_us);
}

static MosPhoneCall *
done (MosAmi *ami,
      gint64 at_us)
{
  gint64 next_us;

  return mos_ami_take_done (ami, at_us, &next_us);
}

static void
test_ami_ringing (void)
{
  g_autoptr (MosAmi) ami = mos_ami_new ();
  g_autoptr (MosPhoneCall) call = NULL;

  channel (ami, "1795322196.0", "1795322196.0", "+15551230001", "100");
  call = mos_ami_take_ringing (ami);
  g_assert_nonnull (call);
  g_assert_cmpstr (call->id, ==, "1795322196.0");
  g_assert_cmpstr (call->number, ==, "+15551230001");
  g_assert_cmpstr (call->name, ==, "Ann Customer");
  g_assert_cmpstr (call->line, ==, "100");
  g_assert_cmpint (call->at_us, ==, G_GINT64_CONSTANT (1795322196000000));
  g_assert_null (mos_ami_take_ringing (ami));

  /* The other legs ring nobody anew; nor do calls of ours, and between us. */
  channel (ami, "1795322196.1", "1795322196.0", "600", "");
  channel (ami, "1795322197.2", "1795322197.2", "101", "030901820");
  channel (ami, "1795322198.3", "1795322198.3", "101", "102");
  g_assert_null (mos_ami_take_ringing (ami));
}

/* A call is over with its last channel, and waits a moment for its records. */
static void
test_ami_over (void)
{
  g_autoptr (MosAmi) ami = mos_ami_new ();
  g_autoptr (MosPhoneCall) call = NULL;
  gint64 next_us = 0;

  channel (ami, "1795322196.0", "1795322196.0", "+15551230001", "100");
  channel (ami, "1795322196.1", "1795322196.0", "600", "");
  state (ami, "1795322196.1", "1795322196.0", 1000 * MS_US);
  state (ami, "1795322196.0", "1795322196.0", 1000 * MS_US);
  hangup (ami, "1795322196.1", "16", 66000 * MS_US);
  g_assert_null (mos_ami_take_done (ami, 100000 * MS_US, &next_us));
  g_assert_cmpint (next_us, ==, 0);
  hangup (ami, "1795322196.0", "16", 66100 * MS_US);
  g_assert_null (mos_ami_take_done (ami, 66200 * MS_US, &next_us));
  g_assert_cmpint (next_us, >, 66200 * MS_US);
  call = mos_ami_take_done (ami, next_us, &next_us);
  g_assert_nonnull (call);
  g_assert_cmpint (call->outcome, ==, MOS_CALL_ANSWERED);
  g_assert_cmpuint (call->seconds, ==, 65);
  /* Its records come later still, of all its legs: it was told, and is told once. */
  say (ami, "Event: Cdr|Channel: PJSIP/x|Source: +15551230001|Destination: 100|UniqueID: 1795322196.0|Disposition: ANSWERED", 68000 * MS_US);
  say (ami, "Event: Cdr|Channel: PJSIP/y|Source: +15551230001|Destination: 600|UniqueID: 1795322196.1|Disposition: ANSWERED", 68000 * MS_US);
  /* What the switchboard connects with itself is nobody's call. */
  say (ami, "Event: Cdr|Channel: Local/600@desk-1;2|Source: +15551230001|Destination: 600|UniqueID: 1795322196.2|Disposition: ANSWERED", 68000 * MS_US);
  g_assert_null (done (ami, 70000 * MS_US));
  g_assert_null (done (ami, G_MAXINT64 / 2));
}

static void
test_ami_outcomes (void)
{
  const struct
  {
    const char *record; /* (nullable) */
    const char *cause;
    gboolean caller_is_up;
    MosCallOutcome outcome;
    guint seconds;
  } cases[] = {
    { NULL, "16", FALSE, MOS_CALL_MISSED, 0 },
    { NULL, "17", FALSE, MOS_CALL_BUSY, 0 },
    { NULL, "38", FALSE, MOS_CALL_FAILED, 0 },
    /* Music was played to them. */
    { NULL, "16", TRUE, MOS_CALL_MISSED, 0 },
    { "Disposition: ANSWERED|DestinationChannel: PJSIP/101|LastApplication: Dial|BillableSeconds: 12", "16", TRUE, MOS_CALL_ANSWERED, 12 },
    { "Disposition: ANSWERED|DestinationChannel: |LastApplication: Queue|BillableSeconds: 90", "16", TRUE, MOS_CALL_MISSED, 0 },
    { "Disposition: ANSWERED|DestinationChannel: |LastApplication: VoiceMail|BillableSeconds: 20", "16", TRUE, MOS_CALL_VOICEMAIL, 0 },
    { "Disposition: ANSWERED|DestinationChannel: |LastApplication: ConfBridge|BillableSeconds: 20", "16", TRUE, MOS_CALL_ANSWERED, 20 },
    { "Disposition: BUSY|DestinationChannel: PJSIP/101|LastApplication: Dial|BillableSeconds: 0", "17", FALSE, MOS_CALL_BUSY, 0 },
    { "Disposition: NO ANSWER|DestinationChannel: PJSIP/101|LastApplication: Dial|BillableSeconds: 0", "16", FALSE, MOS_CALL_MISSED, 0 },
    { "Disposition: FAILED|DestinationChannel: |LastApplication: Dial|BillableSeconds: nonsense", "16", FALSE, MOS_CALL_FAILED, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosAmi) ami = mos_ami_new ();
      g_autoptr (MosPhoneCall) call = NULL;

      channel (ami, "1.0", "1.0", "anonymous", "s");
      if (cases[i].caller_is_up)
        state (ami, "1.0", "1.0", 0);
      hangup (ami, "1.0", cases[i].cause, MS_US);
      if (cases[i].record != NULL)
        {
          g_autofree char *packet = g_strconcat ("Event: Cdr|UniqueID: 1.0|", cases[i].record, NULL);

          say (ami, packet, 2 * MS_US);
        }
      call = done (ami, G_MAXINT64 / 2);
      g_assert_nonnull (call);
      g_assert_cmpint (call->outcome, ==, cases[i].outcome);
      g_assert_cmpuint (call->seconds, ==, cases[i].seconds);
    }
}

/* Whom we call, and of whom only the record is told, for it began before we were here. */
static void
test_ami_ways (void)
{
  g_autoptr (MosAmi) ami = mos_ami_new ();
  g_autoptr (MosPhoneCall) out = NULL;
  g_autoptr (MosPhoneCall) late = NULL;

  channel (ami, "2.0", "2.0", "101", "030901820");
  hangup (ami, "2.0", "19", MS_US);
  out = done (ami, G_MAXINT64 / 2);
  g_assert_nonnull (out);
  g_assert_true (out->is_outgoing);
  g_assert_cmpstr (out->number, ==, "030901820");
  g_assert_cmpstr (out->line, ==, "101");

  channel (ami, "3.0", "3.0", "101", "102");
  hangup (ami, "3.0", "16", MS_US);
  g_assert_null (done (ami, G_MAXINT64 / 2));

  hangup (ami, "1795322199.1", "16", MS_US);
  say (ami, "Event: Cdr|Source: +15551230001|Destination: 100|CallerID: \"Ann Customer\" <+15551230001>|UniqueID: 1795322199.1|Disposition: NO ANSWER", MS_US);
  late = done (ami, G_MAXINT64 / 2);
  g_assert_nonnull (late);
  g_assert_cmpstr (late->name, ==, "Ann Customer");
  g_assert_cmpint (late->outcome, ==, MOS_CALL_MISSED);
}

/* What a caller puts into his name is a value, and nothing else; what is no packet is passed over. */
static void
test_ami_hostile (void)
{
  g_autoptr (MosAmi) ami = mos_ami_new ();
  g_autofree char *long_value = g_strnfill (60000, 'x');
  g_autofree char *line = g_strconcat ("CallerIDName: ", long_value, NULL);

  g_assert_false (mos_ami_take_line (ami, "", 0));
  g_assert_false (mos_ami_take_line (ami, "no key", 0));
  g_assert_false (mos_ami_take_line (ami, ": no key", 0));
  g_assert_false (mos_ami_take_line (ami, "", 0));
  say (ami, "Event: Newchannel", 0);
  say (ami, "Event: Newchannel|Uniqueid: |Linkedid: ", 0);
  say (ami, "Event: Cdr|UniqueID: ", 0);
  say (ami, "Event: Hangup|Uniqueid: nothing", 0);
  g_assert_null (mos_ami_take_ringing (ami));
  mos_ami_take_line (ami, "Event: Newchannel", 0);
  mos_ami_take_line (ami, "Uniqueid: 1.0", 0);
  mos_ami_take_line (ami, "Uniqueid: 2.0", 0);
  mos_ami_take_line (ami, line, 0);
  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *more = g_strdup_printf ("Variable%d: x", i);

      mos_ami_take_line (ami, more, 0);
    }
  g_assert_true (mos_ami_take_line (ami, "", 0));
  g_assert_cmpstr (mos_ami_get (ami, "uniqueid"), ==, "1.0");
  g_assert_cmpstr (mos_ami_get (ami, "Nothing"), ==, "");
  for (int i = 0; i < 5000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d.0", i + 10);

      channel (ami, id, id, "+15551230001", "100");
    }
}

static void
listed (MosAmi *ami,
        const char *id,
        const char *linked,
        const char *caller,
        const char *state_name)
{
  /* As Asterisk 22 answers CoreShowChannels, without what nobody asks about. */
  g_autofree char *packet = g_strdup_printf ("Event: CoreShowChannel|ActionID: mos-list|Channel: PJSIP/x|ChannelState: 4|ChannelStateDesc: %s|CallerIDNum: %s|CallerIDName: Ann Customer|Exten: 100|Uniqueid: %s|Linkedid: %s|Duration: 00:01:05",
                                             state_name, caller, id, linked);

  say (ami, packet, 10000 * MS_US);
}

/* The line broke, and is there again: what is there goes on, what is not has ended unheard. */
static void
test_ami_broken_line (void)
{
  g_autoptr (MosAmi) ami = mos_ami_new ();
  g_autoptr (GHashTable) outcomes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  MosPhoneCall *call;

  /* rings on; ends; was spoken to, and ends; is busy with its second channel alone */
  channel (ami, "1.0", "1.0", "+15551230001", "100");
  channel (ami, "2.0", "2.0", "+15551230002", "100");
  channel (ami, "3.0", "3.0", "+15551230003", "100");
  channel (ami, "3.1", "3.0", "600", "");
  state (ami, "3.0", "3.0", 1000 * MS_US);
  state (ami, "3.1", "3.0", 1000 * MS_US);
  channel (ami, "4.0", "4.0", "101", "030901820");
  while ((call = mos_ami_take_ringing (ami)) != NULL)
    mos_phone_call_free (call);
  mos_ami_take_line (ami, "Event: Hangup", 2000 * MS_US);
  mos_ami_take_line (ami, "Uniqueid: 1.0", 2000 * MS_US);

  g_assert_true (mos_ami_has_calls (ami));
  mos_ami_begin_list (ami);
  listed (ami, "1.0", "1.0", "+15551230001", "Ring");
  /* One that began meanwhile and rings, one that is spoken to, one with a machine alone, one that is told as it happens and is in the list as well. */
  listed (ami, "5.0", "5.0", "+15551230005", "Ring");
  listed (ami, "5.1", "5.0", "600", "Ringing");
  listed (ami, "6.0", "6.0", "+15551230006", "Up");
  listed (ami, "6.1", "6.0", "600", "Up");
  listed (ami, "7.0", "7.0", "+15551230007", "Up");
  channel (ami, "8.0", "8.0", "+15551230008", "100");
  listed (ami, "8.0", "8.0", "+15551230008", "Ring");
  mos_ami_end_list (ami, 10000 * MS_US);

  for (guint i = 0; i < 2; i++)
    {
      call = mos_ami_take_ringing (ami);
      g_assert_nonnull (call);
      g_assert_true (g_str_equal (call->number, "+15551230005") || g_str_equal (call->number, "+15551230008"));
      mos_phone_call_free (call);
    }
  g_assert_null (mos_ami_take_ringing (ami));

  hangup (ami, "1.0", "17", 20000 * MS_US);
  hangup (ami, "5.1", "16", 20000 * MS_US);
  hangup (ami, "6.1", "16", 20000 * MS_US);
  hangup (ami, "6.0", "16", 20000 * MS_US);
  hangup (ami, "8.0", "16", 20000 * MS_US);
  /* Of what was told as gone. */
  hangup (ami, "2.0", "16", 20000 * MS_US);
  while ((call = done (ami, 60000 * MS_US)) != NULL)
    {
      g_hash_table_insert (outcomes, g_strdup (call->number), GINT_TO_POINTER (call->outcome));
      if (g_str_equal (call->number, "+15551230006"))
        g_assert_cmpuint (call->seconds, ==, 75);
      if (g_str_equal (call->number, "+15551230003"))
        g_assert_cmpuint (call->seconds, ==, 0);
      mos_phone_call_free (call);
    }
  g_assert_cmpuint (g_hash_table_size (outcomes), ==, 6);
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (outcomes, "+15551230001")), ==, MOS_CALL_BUSY);
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (outcomes, "+15551230002")), ==, MOS_CALL_UNKNOWN);
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (outcomes, "+15551230003")), ==, MOS_CALL_ANSWERED);
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (outcomes, "030901820")), ==, MOS_CALL_UNKNOWN);
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (outcomes, "+15551230006")), ==, MOS_CALL_ANSWERED);
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (outcomes, "+15551230008")), ==, MOS_CALL_MISSED);
  /* Two go on. */
  hangup (ami, "5.0", "16", 70000 * MS_US);
  hangup (ami, "7.0", "16", 70000 * MS_US);
  for (guint i = 0; i < 2; i++)
    {
      call = done (ami, 80000 * MS_US);
      g_assert_nonnull (call);
      g_assert_cmpint (call->outcome, ==, MOS_CALL_MISSED);
      mos_phone_call_free (call);
    }
  g_assert_null (done (ami, 90000 * MS_US));
}

/* --- its log --- */

#define ROW(src, dst, channel, app, disposition, billed, id) \
  "\"\",\"" src "\",\"" dst "\",\"incoming\",\"\"\"Ann\"\" <" src ">\",\"PJSIP/caller-0\",\"" channel "\",\"" app "\",\"\",\"2026-11-22 04:36:36\",,\"2026-11-22 04:36:39\",2," billed ",\"" disposition "\",\"DOCUMENTATION\",\"" id "\",\"\"\n"

static void
test_csv (void)
{
  static const char log[] =
      /* rung at two telephones, one of which took it */
      ROW ("+15551230001", "100", "PJSIP/101-1", "Dial", "NO ANSWER", "0", "1795322196.0")
          ROW ("+15551230001", "100", "PJSIP/102-2", "Dial", "ANSWERED", "61", "1795322196.0")
              ROW ("", "200", "", "Hangup", "BUSY", "0", "1795322199.1")
                  ROW ("101", "030901820", "PJSIP/out-1", "Dial", "ANSWERED", "5", "1795322200.2")
                      ROW ("101", "102", "PJSIP/102-1", "Dial", "ANSWERED", "5", "1795322201.3")
                          ROW ("+15551230001", "100", "", "Dial", "NO ANSWER", "0", "")
                              ROW ("+15551230001", "100", "", "Dial", "NO ANSWER", "0", "1000000000.1") "garbage\n\"torn,\"\"\n\n" ROW ("+15551230009", "100", "", "VoiceMail", "ANSWERED", "9", "pbx-1795322202.4");
  g_autoptr (GPtrArray) calls = mos_asterisk_read_csv (log, strlen (log), strlen (log), G_GINT64_CONSTANT (1700000000000000));
  const MosPhoneCall *call;

  g_assert_cmpuint (calls->len, ==, 4);
  call = calls->pdata[0];
  g_assert_cmpstr (call->id, ==, "1795322196.0");
  g_assert_cmpstr (call->name, ==, "Ann");
  g_assert_cmpint (call->outcome, ==, MOS_CALL_ANSWERED);
  g_assert_cmpuint (call->seconds, ==, 61);
  g_assert_false (call->is_outgoing);
  call = calls->pdata[1];
  g_assert_cmpstr (call->number, ==, "");
  g_assert_cmpint (call->outcome, ==, MOS_CALL_BUSY);
  call = calls->pdata[2];
  g_assert_true (call->is_outgoing);
  g_assert_cmpstr (call->number, ==, "030901820");
  g_assert_cmpstr (call->line, ==, "101");
  call = calls->pdata[3];
  g_assert_cmpint (call->at_us, ==, G_GINT64_CONSTANT (1795322202000000));
  g_assert_cmpint (call->outcome, ==, MOS_CALL_VOICEMAIL);
}

/* Of a call whose legs lie on both sides of where reading stops, all count; one that begins behind it is for the next time. */
static void
test_csv_ahead (void)
{
  static const char own[] = ROW ("+15551230001", "100", "PJSIP/101-1", "Dial", "NO ANSWER", "0", "1795322196.0");
  static const char log[] = ROW ("+15551230001", "100", "PJSIP/101-1", "Dial", "NO ANSWER", "0", "1795322196.0")
      ROW ("+15551230002", "100", "PJSIP/101-1", "Dial", "NO ANSWER", "0", "1795322197.0")
          ROW ("+15551230001", "100", "PJSIP/102-2", "Dial", "ANSWERED", "61", "1795322196.0");
  g_autoptr (GPtrArray) calls = mos_asterisk_read_csv (log, strlen (log), strlen (own), G_GINT64_CONSTANT (1700000000000000));
  const MosPhoneCall *call;

  g_assert_cmpuint (calls->len, ==, 1);
  call = calls->pdata[0];
  g_assert_cmpint (call->outcome, ==, MOS_CALL_ANSWERED);
  g_assert_cmpuint (call->seconds, ==, 61);
}

/* --- FRITZ!Box --- */

static MosPhoneCall *
box (MosFritzboxMonitor *monitor,
     const char *line,
     gboolean *ret_is_over)
{
  gboolean is_over;

  return mos_fritzbox_monitor_take_line (monitor, line, NOW_US, ret_is_over != NULL ? ret_is_over : &is_over);
}

static void
test_fritzbox (void)
{
  const struct
  {
    const char *lines[3];
    gboolean is_outgoing;
    const char *number;
    MosCallOutcome outcome;
    guint seconds;
  } cases[] = {
    { { "23.11.26 09:00:00;RING;0;015112345678;901820;SIP0;", NULL, "23.11.26 09:00:20;DISCONNECT;0;0;" }, FALSE, "015112345678", MOS_CALL_MISSED, 0 },
    { { "23.11.26 09:00:00;RING;0;015112345678;901820;SIP0;", "23.11.26 09:00:05;CONNECT;0;10;015112345678;", "23.11.26 09:02:10;DISCONNECT;0;125;" }, FALSE, "015112345678", MOS_CALL_ANSWERED, 125 },
    { { "23.11.26 09:00:00;RING;0;015112345678;901820;SIP0;", NULL, "23.11.26 09:02:10;DISCONNECT;0;125;" }, FALSE, "015112345678", MOS_CALL_ANSWERED, 125 },
    { { "23.11.26 09:00:00;RING;1;;901820;SIP0;", "23.11.26 09:00:25;CONNECT;1;40;;", "23.11.26 09:00:40;DISCONNECT;1;15;" }, FALSE, "", MOS_CALL_VOICEMAIL, 0 },
    { { "23.11.26 09:00:00;CALL;2;11;901820;015112345678#;SIP0;", NULL, "23.11.26 09:00:20;DISCONNECT;2;0;" }, TRUE, "015112345678", MOS_CALL_MISSED, 0 },
    { { "23.11.26 09:00:00;CALL;2;11;901820;015112345678;SIP0;", "23.11.26 09:00:05;CONNECT;2;11;015112345678;", "23.11.26 09:00:20;DISCONNECT;2;14;" }, TRUE, "015112345678", MOS_CALL_ANSWERED, 14 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosFritzboxMonitor) monitor = mos_fritzbox_monitor_new ();
      gboolean is_over = TRUE;
      g_autoptr (MosPhoneCall) ringing = box (monitor, cases[i].lines[0], &is_over);
      g_autoptr (MosPhoneCall) call = NULL;

      g_assert_false (is_over);
      g_assert_true ((ringing != NULL) == !cases[i].is_outgoing);
      if (cases[i].lines[1] != NULL)
        g_assert_null (box (monitor, cases[i].lines[1], NULL));
      call = box (monitor, cases[i].lines[2], &is_over);
      g_assert_nonnull (call);
      g_assert_true (is_over);
      if (ringing != NULL)
        g_assert_cmpstr (call->id, ==, ringing->id);
      g_assert_cmpstr (call->number, ==, cases[i].number);
      g_assert_cmpstr (call->line, ==, "901820");
      g_assert_cmpint (call->is_outgoing, ==, cases[i].is_outgoing);
      g_assert_cmpint (call->outcome, ==, cases[i].outcome);
      g_assert_cmpuint (call->seconds, ==, cases[i].seconds);
      g_assert_cmpint (call->at_us, ==, NOW_US);
      g_assert_null (box (monitor, cases[i].lines[2], NULL));
    }
}

/* Two at once, and what is none. */
static void
test_fritzbox_hostile (void)
{
  static const char *const lines[] = {
    "", ";", ";;;;;;;;;;;;", "RING;0;1;2;", "23.11.26 09:00:00", "23.11.26 09:00:00;RING", "23.11.26 09:00:00;RING;;1;2;", "23.11.26 09:00;RING;0;1;2;SIP0;",
    "23.11.26 09:00:00;RING;0;1;", "23.11.26 09:00:00;DISCONNECT;7;0;", "23.11.26 09:00:00;CONNECT;7;1;2;", "23.11.26 09:00:00;NOISE;0;1;2;3;", "HTTP/1.1 400 Bad Request"
  };
  g_autoptr (MosFritzboxMonitor) monitor = mos_fritzbox_monitor_new ();
  g_autofree char *digits = g_strnfill (5000, '1');
  g_autofree char *long_line = g_strconcat ("23.11.26 09:00:00;RING;0;", digits, ";901820;SIP0;", NULL);
  g_autoptr (MosPhoneCall) one = NULL;
  g_autoptr (MosPhoneCall) two = NULL;
  g_autoptr (MosPhoneCall) over = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_null (box (monitor, lines[i], NULL));
  g_assert_null (box (monitor, long_line, NULL));
  one = box (monitor, "23.11.26 09:00:00;RING;0;1234567;901820;SIP0;", NULL);
  two = box (monitor, "23.11.26 09:00:00;RING;1;7654321;901820;SIP0;", NULL);
  g_assert_cmpstr (one->id, !=, two->id);
  over = box (monitor, "23.11.26 09:00:09;DISCONNECT;1;0;", NULL);
  g_assert_cmpstr (over->id, ==, two->id);
  for (int i = 0; i < 10000; i++)
    {
      g_autofree char *line = g_strdup_printf ("23.11.26 09:00:00;RING;%d;1234567;901820;SIP0;", i);
      g_autoptr (MosPhoneCall) call = box (monitor, line, NULL);

      g_assert_nonnull (call);
    }
}

/* After a short break a call goes on; after a long one whatever has its place is another one, of which nothing is known. */
static void
test_fritzbox_break (void)
{
  for (int is_long = 0; is_long < 2; is_long++)
    {
      g_autoptr (MosFritzboxMonitor) monitor = mos_fritzbox_monitor_new ();
      g_autoptr (MosPhoneCall) ringing = box (monitor, "23.11.26 09:00:00;RING;0;015112345678;901820;SIP0;", NULL);
      g_autoptr (MosPhoneCall) over = NULL;
      g_autoptr (MosPhoneCall) next = NULL;

      mos_fritzbox_monitor_resume (monitor, is_long ? G_TIME_SPAN_HOUR : 5 * G_TIME_SPAN_SECOND);
      over = box (monitor, "23.11.26 10:00:00;DISCONNECT;0;600;", NULL);
      g_assert_true ((over == NULL) == is_long);
      if (over != NULL)
        g_assert_cmpint (over->outcome, ==, MOS_CALL_ANSWERED);
      next = box (monitor, "23.11.26 10:01:00;RING;0;015112345679;901820;SIP0;", NULL);
      g_assert_nonnull (next);
      g_assert_cmpstr (next->id, !=, ringing->id);
    }
}

/* --- numbers --- */

static void
test_numbers (void)
{
  const struct
  {
    const char *number;
    const char *country;
    const char *wanted;
  } cases[] = {
    { "015112345678", "DE", "+4915112345678" },
    { "015112345678", NULL, "015112345678" },
    { "0049 151 12345678", NULL, "+4915112345678" },
    { "+4915112345678", "AT", "+4915112345678" },
    { "00", "DE", "00" },
    { "110", NULL, "110" },
    { "", "DE", "" },
    { NULL, "DE", "" },
    { "anonymous", "DE", "" },
    { "sipp", NULL, "" },
    { "+266696687", NULL, "" },
    { "+7378742833", "DE", "" },
    { "+26622312345", NULL, "+26622312345" },
    { "+", NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = mos_phone_normalize (cases[i].number, cases[i].country);

      g_assert_cmpstr (number, ==, cases[i].wanted);
    }
}

static void
test_update (void)
{
  MosPhoneCall call = { .id = (char *) "1.0", .number = (char *) "015112345678", .name = (char *) " Ann ", .line = (char *) "100", .outcome = MOS_CALL_BUSY, .at_us = NOW_US };
  MosPhoneCall hidden = { .id = (char *) "2.0", .number = (char *) "anonymous", .name = (char *) "Anonymous" };
  g_autoptr (MosChatUpdate) update = mos_phone_call_to_update (&call, MOS_CHAT_MESSAGE, "DE");
  g_autoptr (MosChatUpdate) other = mos_phone_call_to_update (&hidden, MOS_CHAT_RINGING, "DE");

  g_assert_cmpstr (update->thread, ==, "+4915112345678");
  g_assert_cmpstr (update->person->kind, ==, "phone");
  g_assert_cmpstr (update->person->value, ==, "+4915112345678");
  g_assert_cmpstr (update->person->name, ==, "Ann");
  g_assert_cmpstr (update->call->number, ==, "+4915112345678");
  g_assert_cmpint (update->call->outcome, ==, MOS_CALL_BUSY);
  /* Nobody can tell whether it is the same one again. */
  g_assert_cmpstr (other->thread, ==, "2.0");
  g_assert_null (other->person);
  g_assert_cmpstr (other->call->number, ==, "");
}

static void
test_server (void)
{
  const struct
  {
    const char *text;
    const char *host; /* (nullable) */
    guint16 port;
    MosSecurity security;
    gboolean is_exposed;
  } cases[] = {
    { "pbx.example", "pbx.example", 5038, MOS_SECURITY_NONE, TRUE },
    { " pbx.example:1234 ", "pbx.example", 1234, MOS_SECURITY_NONE, TRUE },
    { "192.168.1.5", "192.168.1.5", 5038, MOS_SECURITY_NONE, TRUE },
    { "tls://pbx.example", "pbx.example", 5039, MOS_SECURITY_TLS },
    { "[::1]:5038", "::1", 5038, MOS_SECURITY_NONE },
    { "127.0.0.1", "127.0.0.1", 5038, MOS_SECURITY_NONE },
    { "localhost", "localhost", 5038, MOS_SECURITY_NONE },
    { "", NULL, 0, MOS_SECURITY_NONE },
    { "tls://", NULL, 0, MOS_SECURITY_NONE },
    { "http://pbx.example/", NULL, 0, MOS_SECURITY_NONE },
    { "pbx.example:x", NULL, 0, MOS_SECURITY_NONE },
    { "a b", NULL, 0, MOS_SECURITY_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MosServer) server = mos_phone_server_parse (cases[i].text, 5038, 5039);

      g_assert_true ((server != NULL) == (cases[i].host != NULL));
      if (server == NULL)
        continue;
      g_assert_cmpstr (server->host, ==, cases[i].host);
      g_assert_cmpuint (server->port, ==, cases[i].port);
      g_assert_cmpint (server->security, ==, cases[i].security);
      g_assert_cmpint (mos_phone_server_is_exposed (server), ==, cases[i].is_exposed);
    }
}

/* No telephone says that anything can be sent by it. */
static void
test_traits (void)
{
  static const char *const kinds[] = { "phone", "asterisk", "fritzbox", "twilio-calls" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const MosChannelTraits *traits = mos_channel_traits_get (kinds[i]);

      g_assert_true (traits->flags & MOS_CHANNEL_CALLS);
      g_assert_false (traits->flags & MOS_CHANNEL_STARTS);
      g_assert_cmpstr (traits->identity, ==, "phone");
      for (int kind = 0; kind <= MOS_FILE_ANIMATION; kind++)
        g_assert_cmpuint (traits->files[kind].max_out, ==, 0);
    }
}

int
main (int argc,
      char *argv[])
{
  mos_test_init (&argc, &argv);

  g_test_add_func ("/phone/ami/ringing", test_ami_ringing);
  g_test_add_func ("/phone/ami/over", test_ami_over);
  g_test_add_func ("/phone/ami/outcomes", test_ami_outcomes);
  g_test_add_func ("/phone/ami/ways", test_ami_ways);
  g_test_add_func ("/phone/ami/hostile", test_ami_hostile);
  g_test_add_func ("/phone/ami/broken-line", test_ami_broken_line);
  g_test_add_func ("/phone/csv", test_csv);
  g_test_add_func ("/phone/csv/ahead", test_csv_ahead);
  g_test_add_func ("/phone/fritzbox", test_fritzbox);
  g_test_add_func ("/phone/fritzbox/hostile", test_fritzbox_hostile);
  g_test_add_func ("/phone/fritzbox/break", test_fritzbox_break);
  g_test_add_func ("/phone/numbers", test_numbers);
  g_test_add_func ("/phone/update", test_update);
  g_test_add_func ("/phone/server", test_server);
  g_test_add_func ("/phone/traits", test_traits);

  return g_test_run ();
}
