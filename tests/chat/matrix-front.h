/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MatrixFront: what may stand between a program and its homeserver: everything passes through to a real one, until it is told to fail. It runs in a thread of its own.
 */
typedef struct _MatrixFront MatrixFront;

typedef enum
{
  MATRIX_FRONT_BUSY,      /* 429, with a time to wait */
  MATRIX_FRONT_BROKEN,    /* 502, a web page of a proxy's */
  MATRIX_FRONT_REVOKED,   /* 401: the token is not known any more */
  MATRIX_FRONT_FORBIDDEN, /* 403 */
  MATRIX_FRONT_LOST,      /* it is done, and the line breaks before the answer */
  MATRIX_FRONT_HALF,      /* it is done, and half of the answer comes */
  MATRIX_FRONT_HELD,      /* nothing comes, and the line stays open */
  MATRIX_FRONT_TWICE,     /* an answer of before is given again */
} MatrixFrontFault;

MatrixFront *matrix_front_new (const char *base);
void matrix_front_free (MatrixFront *self);
const char *matrix_front_get_url (MatrixFront *self);
/** matrix_front_fail: the next @times requests whose path has @path in it fail so. @path: (nullable): any; @times: 0 ends it */
void matrix_front_fail (MatrixFront *self, const char *path, MatrixFrontFault fault, guint times);
/** matrix_front_count: how many requests had @path in their path */
guint matrix_front_count (MatrixFront *self, const char *path);

G_END_DECLS
