/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "core/base/mos-error.h"

G_BEGIN_DECLS

/** MosImapLimits: what a server may make the client hold. Beyond them is MOS_MAIL_ERROR_PROTOCOL, never an allocation. */
typedef struct
{
  gsize max_line;        /* of one response without its literals; 16 MiB lets "* SEARCH" list 2 million messages */
  gsize max_literal;     /* larger ones are read past and reported with their size, so that a sync can go on without them */
  gsize spool_threshold; /* larger literals go to an unnamed file and are mapped */
  guint max_literals;    /* in one response */
  guint max_depth;       /* of lists */
} MosImapLimits;

extern const MosImapLimits mos_imap_default_limits;

typedef enum
{
  MOS_IMAP_VALUE_ATOM, /* also numbers, flags, NIL and "BODY[]" */
  MOS_IMAP_VALUE_STRING,
  MOS_IMAP_VALUE_LITERAL,
  MOS_IMAP_VALUE_LIST,
} MosImapValueKind;

/**
 * MosImapValue:
 * @text: atom and quoted string, NUL-terminated; any bytes but NUL
 * @bytes: (nullable): a literal; %NULL when it was larger than allowed (@skipped is its size)
 * @items: (element-type MosImapValue): of a list
 */
typedef struct
{
  MosImapValueKind kind;
  char *text;
  GBytes *bytes;
  guint64 skipped;
  GPtrArray *items;
} MosImapValue;

typedef enum
{
  MOS_IMAP_RESPONSE_UNTAGGED,
  MOS_IMAP_RESPONSE_TAGGED,
  MOS_IMAP_RESPONSE_CONTINUE,
} MosImapResponseKind;

typedef enum
{
  MOS_IMAP_STATUS_NONE,
  MOS_IMAP_STATUS_OK,
  MOS_IMAP_STATUS_NO,
  MOS_IMAP_STATUS_BAD,
  MOS_IMAP_STATUS_PREAUTH,
  MOS_IMAP_STATUS_BYE,
} MosImapStatus;

/**
 * MosImapResponse: one whole response (RFC 9051 §7).
 * @tag: (nullable)
 * @status: for OK, NO, BAD, PREAUTH, BYE; then @code, @code_items (nullable) and @text
 * @code: (nullable): upper case, "UIDVALIDITY"
 * @text: human text of a status, or what follows "+"; valid UTF-8
 * @has_number, @number: "* 23 EXISTS"
 * @name: (nullable): upper case, "EXISTS", "FETCH", "LIST"
 * @items: (element-type MosImapValue): what follows the name, never %NULL
 */
typedef struct
{
  MosImapResponseKind kind;
  char *tag;
  MosImapStatus status;
  char *code;
  GPtrArray *code_items;
  char *text;
  gboolean has_number;
  guint32 number;
  char *name;
  GPtrArray *items;
} MosImapResponse;

void mos_imap_response_free (MosImapResponse *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosImapResponse, mos_imap_response_free)

/** mos_imap_value_get_text: Returns: (transfer none) (nullable): atom, string or literal without NUL as text; %NULL for lists and NIL */
const char *mos_imap_value_get_text (const MosImapValue *self);
gboolean mos_imap_value_is_nil (const MosImapValue *self);
gboolean mos_imap_value_is_atom (const MosImapValue *self, const char *atom);
gboolean mos_imap_value_get_number (const MosImapValue *self, guint64 max, guint64 *ret_number);
/** mos_imap_items_get: Returns: (transfer none) (nullable): item @index of @items, which may be %NULL or shorter */
const MosImapValue *mos_imap_items_get (const GPtrArray *items, guint index);

/**
 * MosImapTokenizer:
 *
 * A push parser over bytes: feed it whatever arrived, in any pieces; take whole responses. It does no I/O but
 * for spooling large literals. After an error it takes nothing more.
 */
typedef struct _MosImapTokenizer MosImapTokenizer;

MosImapTokenizer *mos_imap_tokenizer_new (const MosImapLimits *limits);
void mos_imap_tokenizer_free (MosImapTokenizer *self);
/** mos_imap_tokenizer_set_max_literal: the limit for literals that begin from now on */
void mos_imap_tokenizer_set_max_literal (MosImapTokenizer *self, gsize max_literal);
gboolean mos_imap_tokenizer_feed (MosImapTokenizer *self, const void *data, gsize size, GError **error);
/** mos_imap_tokenizer_take: Returns: (transfer full) (nullable): the next whole response */
MosImapResponse *mos_imap_tokenizer_take (MosImapTokenizer *self);
/** mos_imap_tokenizer_has_response: whether _take() has one */
gboolean mos_imap_tokenizer_has_response (MosImapTokenizer *self);
/** mos_imap_tokenizer_is_empty: nothing waits, neither whole nor in part */
gboolean mos_imap_tokenizer_is_empty (MosImapTokenizer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosImapTokenizer, mos_imap_tokenizer_free)

G_END_DECLS
