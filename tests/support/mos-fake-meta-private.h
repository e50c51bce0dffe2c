/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include "mos-fake-meta.h"

#include "mos-test-web.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *other; /* who is at the other end */
  gboolean is_incoming;
  gint64 at_us;
  char *text;
  char *file;      /* (nullable): name of a file of ours */
  GBytes *data;    /* (nullable): of theirs */
  JsonObject *raw; /* (nullable) */
} MosFakeMetaMessage;

struct _MosFakeMeta
{
  MosTestWeb *web;   /* (owned) */
  MosTestWeb *store; /* (owned): where the bytes of files lie */
  char *kind;        /* (owned) */
  gboolean by_page;

  GMutex mutex;
  GPtrArray *messages;    /* (owned) (mutex mutex) of MosFakeMetaMessage, oldest first */
  GPtrArray *sent;        /* (owned) (mutex mutex) */
  GPtrArray *asked;       /* (owned) (mutex mutex): "METHOD path" */
  GArray *times;          /* (owned) (mutex mutex) of gint64: when each question came */
  GPtrArray *attachments; /* (owned) (mutex mutex): names of files that were uploaded: their ids count from 1 */
  GPtrArray *tokens;      /* (owned) (mutex mutex): those that are taken */
  char *last_post;        /* (owned) (nullable) (mutex mutex) */
  char *unknown_field;    /* (owned) (nullable) (mutex mutex) */
  gint64 ahead_us;        /* (mutex mutex) */
  guint signature;        /* (mutex mutex): of files' addresses: another one is good no more */
  guint told_signature;   /* (mutex mutex): the one that lists tell */
  guint n_tokens;         /* (mutex mutex) */
  gboolean is_mixed, is_strict, is_closed, has_humans, is_renewable;
  char *fault_where; /* (owned) (nullable) (mutex mutex) */
  MosFakeMetaFault fault;
  guint fault_times;
  gboolean has_seen_token; /* (mutex mutex) */
};

/* mos-fake-meta-answers.c */
/** mos_fake_meta_add: with the mutex. Returns: (transfer none) */
MosFakeMetaMessage *mos_fake_meta_add (MosFakeMeta *self, const char *other, const char *text, gboolean is_incoming, gint64 ago_us);
void mos_fake_meta_refuse (SoupServerMessage *message, guint status, int code, int subcode, const char *words);
/** mos_fake_meta_answer: what it says where nothing goes wrong */
void mos_fake_meta_answer (MosFakeMeta *self, SoupServerMessage *message, const char *path, GHashTable *query);
/** mos_fake_meta_get_number: Returns: of a query; @otherwise where it is not there */
guint64 mos_fake_meta_get_number (GHashTable *query, const char *name, guint64 otherwise);

G_END_DECLS
