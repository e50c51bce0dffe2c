/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <glib-object.h>
#include <string.h>

G_BEGIN_DECLS

/* Enumerations that are stored, printed as JSON and shown. The nick is the stored form; an enum's name never leaves the program.
 * mos_<enum>_to_nick() gives a static string; mos_<enum>_from_nick() gives the value, or the fallback for an unknown one. */

typedef enum
{
  MOS_STATUS_OPEN,
  MOS_STATUS_PENDING,
  MOS_STATUS_SNOOZED,
  MOS_STATUS_CLOSED,
  MOS_STATUS_SPAM,
} MosStatus; /* open pending snoozed closed spam */

typedef enum
{
  MOS_PRIORITY_LOW,
  MOS_PRIORITY_NORMAL,
  MOS_PRIORITY_HIGH,
  MOS_PRIORITY_URGENT,
} MosPriority; /* low normal high urgent */

typedef enum
{
  MOS_DIRECTION_INCOMING,
  MOS_DIRECTION_OUTGOING,
  MOS_DIRECTION_NOTE,
  MOS_DIRECTION_EVENT,
} MosDirection; /* incoming outgoing note event */

typedef enum
{
  MOS_CLASSIFICATION_NORMAL,
  MOS_CLASSIFICATION_BULK,
  MOS_CLASSIFICATION_AUTO_REPLY,
  MOS_CLASSIFICATION_BOUNCE_HARD,
  MOS_CLASSIFICATION_BOUNCE_SOFT,
  MOS_CLASSIFICATION_FEEDBACK_REPORT,
  MOS_CLASSIFICATION_DELIVERY_REPORT,
  MOS_CLASSIFICATION_OWN_LOOP,
  MOS_CLASSIFICATION_BLOCKED,
  MOS_CLASSIFICATION_SURVEY, /* a question of ours what somebody thinks of the service, and what came back for it: no part of what is talked about */
} MosClassification;         /* normal bulk auto_reply bounce_hard bounce_soft feedback_report delivery_report own_loop blocked survey */

typedef enum
{
  MOS_DELIVERY_RECEIVED,
  MOS_DELIVERY_DRAFT,
  MOS_DELIVERY_SCHEDULED,
  MOS_DELIVERY_QUEUED,
  MOS_DELIVERY_SENDING,
  MOS_DELIVERY_ACCEPTED,
  MOS_DELIVERY_UNCERTAIN,
  MOS_DELIVERY_DELIVERED,
  MOS_DELIVERY_READ,
  MOS_DELIVERY_FAILED,
  MOS_DELIVERY_BOUNCED,
  MOS_DELIVERY_CANCELLED,
} MosDelivery; /* received draft scheduled queued sending accepted uncertain delivered read failed bounced cancelled */

/* What became of a message for one of its recipients. */
typedef enum
{
  MOS_RECIPIENT_WAITING,
  MOS_RECIPIENT_DEFERRED,
  MOS_RECIPIENT_ACCEPTED,
  MOS_RECIPIENT_UNCERTAIN,
  MOS_RECIPIENT_DELAYED,
  MOS_RECIPIENT_DELIVERED,
  MOS_RECIPIENT_REFUSED,
  MOS_RECIPIENT_BOUNCED,
  MOS_RECIPIENT_WITHDRAWN,
} MosRecipientState; /* waiting deferred accepted uncertain delayed delivered refused bounced withdrawn */

typedef enum
{
  MOS_ACTOR_HUMAN,
  MOS_ACTOR_CUSTOMER,
  MOS_ACTOR_RULE,
  MOS_ACTOR_BOT,
  MOS_ACTOR_SYSTEM,
  MOS_ACTOR_IMPORT,
} MosActorKind; /* human customer rule bot system import */

typedef enum
{
  MOS_FOLDER_OTHER,
  MOS_FOLDER_INBOX,
  MOS_FOLDER_SENT,
  MOS_FOLDER_DRAFTS,
  MOS_FOLDER_TRASH,
  MOS_FOLDER_JUNK,
  MOS_FOLDER_ARCHIVE,
} MosFolderRole; /* other inbox sent drafts trash junk archive */

typedef enum
{
  MOS_SECURITY_TLS,
  MOS_SECURITY_STARTTLS,
  MOS_SECURITY_NONE,
} MosSecurity; /* tls starttls none */

typedef enum
{
  MOS_ACCOUNT_OFFLINE,
  MOS_ACCOUNT_CONNECTING,
  MOS_ACCOUNT_SYNCING,
  MOS_ACCOUNT_READY,
  MOS_ACCOUNT_WAITING,
  MOS_ACCOUNT_AUTH_FAILED,
  MOS_ACCOUNT_BAD_CERTIFICATE,
  MOS_ACCOUNT_FAILED,
} MosAccountState; /* offline connecting syncing ready waiting auth_failed bad_certificate failed; "waiting" = backing off, will try again */

typedef enum
{
  MOS_MESSAGE_FLAG_SEEN = 1 << 0,
  MOS_MESSAGE_FLAG_ANSWERED = 1 << 1,
  MOS_MESSAGE_FLAG_FLAGGED = 1 << 2,
  MOS_MESSAGE_FLAG_DELETED = 1 << 3,
  MOS_MESSAGE_FLAG_DRAFT = 1 << 4,
} MosMessageFlags;

/** MosFileKind: how a file is shown; what a platform takes is told by this and by its size */
typedef enum
{
  MOS_FILE_DOCUMENT,
  MOS_FILE_IMAGE,
  MOS_FILE_VIDEO,
  MOS_FILE_AUDIO,
  MOS_FILE_VOICE,     /* spoken, to be played in place */
  MOS_FILE_STICKER,   /* a picture that stands for itself */
  MOS_FILE_ANIMATION, /* a short film without sound */
} MosFileKind;        /* document image video audio voice sticker animation */

#define MOS_DECLARE_NICKS(Type, name)            \
  const char *mos_##name##_to_nick (Type value); \
  Type mos_##name##_from_nick (const char *nick, Type fallback);

/* The tables are indexed by the enumeration, so a nick cannot drift from its value. */
#define MOS_DEFINE_NICKS(Type, name)                                                     \
  const char *                                                                           \
      mos_##name##_to_nick (Type value)                                                  \
  {                                                                                      \
    g_return_val_if_fail ((gsize) value < G_N_ELEMENTS (name##_nicks), name##_nicks[0]); \
    return name##_nicks[value];                                                          \
  }                                                                                      \
  Type                                                                                   \
      mos_##name##_from_nick (const char *nick,                                          \
                              Type fallback)                                             \
  {                                                                                      \
    for (gsize i = 0; nick != NULL && i < G_N_ELEMENTS (name##_nicks); i++)              \
      if (strcmp (nick, name##_nicks[i]) == 0)                                           \
        return (Type) i;                                                                 \
    return fallback;                                                                     \
  }

MOS_DECLARE_NICKS (MosStatus, status)
MOS_DECLARE_NICKS (MosPriority, priority)
MOS_DECLARE_NICKS (MosDirection, direction)
MOS_DECLARE_NICKS (MosClassification, classification)
MOS_DECLARE_NICKS (MosDelivery, delivery)
MOS_DECLARE_NICKS (MosRecipientState, recipient_state)
MOS_DECLARE_NICKS (MosActorKind, actor_kind)
MOS_DECLARE_NICKS (MosFolderRole, folder_role)
MOS_DECLARE_NICKS (MosSecurity, security)
MOS_DECLARE_NICKS (MosAccountState, account_state)
MOS_DECLARE_NICKS (MosFileKind, file_kind)

G_END_DECLS
