/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MosHttpForm:
 *
 * A body of several parts (multipart/form-data, RFC 7578), or of one file and nothing around it. It is read while it is sent, never held as a whole: a file is
 * opened then, and must still have the size that it had when it was put in. It may be sent more than once.
 */
typedef struct _MosHttpForm MosHttpForm;

/** mos_http_form_new: an empty form */
MosHttpForm *mos_http_form_new (void);
/** mos_http_form_new_file: a body that is the file @path alone; @type: its media type. Returns: (transfer full) (nullable): %NULL with a G_IO_ERROR */
MosHttpForm *mos_http_form_new_file (const char *type, const char *path, GError **error);
void mos_http_form_free (MosHttpForm *self);

/** mos_http_form_add_text: a field; @value: any text */
void mos_http_form_add_text (MosHttpForm *self, const char *name, const char *value);
/** mos_http_form_add_bytes: a file of that name; line breaks and quotes in @file_name are made harmless */
void mos_http_form_add_bytes (MosHttpForm *self, const char *name, const char *file_name, const char *type, GBytes *bytes);
/** mos_http_form_add_file: as mos_http_form_add_bytes(), of what lies at @path. Returns: %FALSE with a G_IO_ERROR where nothing can be read there */
gboolean mos_http_form_add_file (MosHttpForm *self, const char *name, const char *file_name, const char *type, const char *path, GError **error);

/** mos_http_form_get_type: Returns: what the header Content-Type says */
const char *mos_http_form_get_type (MosHttpForm *self);
/** mos_http_form_get_size: Returns: bytes of the whole */
guint64 mos_http_form_get_size (MosHttpForm *self);
/** mos_http_form_open: Returns: (transfer full): the whole, from its beginning; @self must outlive it. Reading fails with G_IO_ERROR_PARTIAL_INPUT where a file became shorter */
GInputStream *mos_http_form_open (MosHttpForm *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MosHttpForm, mos_http_form_free)

G_END_DECLS
