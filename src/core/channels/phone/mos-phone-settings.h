/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

/* Settings of accounts that telephones are: kinds "asterisk", "fritzbox" and "twilio-calls". Nothing can be sent by any of them.
 *
 *  - asterisk: MOS_ACCOUNT_SERVER ("pbx.example", "pbx.example:5038", "tls://pbx.example:5039"), MOS_PHONE_USER; the secret is that of the manager's user
 *  - fritzbox: MOS_ACCOUNT_SERVER ("fritz.box" where it says nothing); there is no secret
 *  - twilio-calls: MOS_TWILIO_SID and MOS_TWILIO_NUMBER as for SMS (twilio/mos-twilio-channel.h); the secret is that of SMS
 */

#define MOS_PHONE_USER "user"       /* asterisk: who signs in at the manager interface (manager.conf) */
#define MOS_PHONE_CDR "cdr"         /* asterisk: path of the log on this computer, Master.csv written with loguniqueid=yes or the master.db of cdr_sqlite3_custom: what happened while nobody listened */
#define MOS_PHONE_COUNTRY "country" /* asterisk, fritzbox: ISO 3166 code ("DE") of the country whose numbers are written without their country's */
