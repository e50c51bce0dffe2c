/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What lies between the program and the loadable module that shows a mail as its sender made it. The module is the only place that knows WebKit,
 * and is loaded when somebody first asks for an original: WebKit and what it needs cost tens of megabytes, which a start must not pay. The
 * module links nothing of the program; all it may ask for comes in through a #MosOriginalHost. Main context only. */

#define MOS_ORIGINAL_MODULE_VERSION 1

/** MosOriginalReply: to be called once. @bytes: (nullable): %NULL = there is no such picture */
typedef void (*MosOriginalReply) (GBytes *bytes, gpointer reply_data);

/**
 * MosOriginalHost:
 * @find_part: Returns: (transfer full) (nullable): the picture among the mail's own parts with this Content-ID
 * @fetch_picture: a remote one; asked for only after load_pictures(), and it is the host who decides, for each address, whether it may be fetched
 * @open_link: a person activated a link; @text: (nullable): its words, where known
 * @point_at: (nullable): the pointer came to a link, or left all of them (%NULL)
 * @finished: once: it is shown, or @error says why not
 */
typedef struct
{
  GBytes *(*find_part) (const char *cid, gpointer user_data);
  void (*fetch_picture) (const char *url, MosOriginalReply reply, gpointer reply_data, gpointer user_data);
  void (*open_link) (const char *url, const char *text, gpointer user_data);
  void (*point_at) (const char *url, gpointer user_data);
  void (*finished) (const GError *error, gpointer user_data);
} MosOriginalHost;

/**
 * MosOriginalModule:
 * @version: %MOS_ORIGINAL_MODULE_VERSION
 * @create_view: a floating widget that shows @html. @host and @user_data must stay until the widget is finalized, when @destroy is called.
 * @load_pictures: from now on remote pictures are asked for
 */
typedef struct
{
  guint version;
  GtkWidget *(*create_view) (const char *html, const MosOriginalHost *host, gpointer user_data, GDestroyNotify destroy);
  void (*load_pictures) (GtkWidget *view);
} MosOriginalModule;

/** mos_original_module_get: the one symbol that the module exports. Returns: (transfer none) */
const MosOriginalModule *mos_original_module_get (void);

G_END_DECLS
