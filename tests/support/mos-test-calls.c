/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */

/* Preloaded into a program under test (never linked into anything): counts the calls by which the program changes the world, and at
 * a given one kills it or lets calls fail. The program itself knows nothing of it, and the same number is the same point again.
 *
 *   MOS_TEST_CALLS_DIR=DIR       only files below it count (and every socket)
 *   MOS_TEST_CALLS_KILL=disk:N   SIGKILL before the Nth change of a file; "disk+:N" right after it
 *                      =net:N    the same for what is sent to a server; "net+:N"
 *   MOS_TEST_CALLS_FAIL=ENOSPC:N from the Nth change of a file on every one that needs room fails, for good
 *                      =EIO:N    the same, with syncing to disk failing too
 *   MOS_TEST_CALLS_COUNT=FILE    at the end: "disk N net N"
 *
 * Closing, truncating and removing make room, so they do not fail with ENOSPC. */

/* Both names of a call are ours, the one of 32-bit offsets too. */
#undef _FILE_OFFSET_BITS
#define _GNU_SOURCE
#include "config.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define EXPORT __attribute__ ((visibility ("default")))

typedef enum
{
  KIND_DISK,
  KIND_NET,
} Kind;

static atomic_ulong counts[2];
static unsigned long kill_at[2], kill_after[2], fail_at;
static int fail_errno;
static char dir[512];
static size_t dir_length;

static unsigned long
number_of (const char *setting,
           const char *word)
{
  size_t length = strlen (word);

  return setting != NULL && strncmp (setting, word, length) == 0 ? strtoul (setting + length, NULL, 10) : 0;
}

__attribute__ ((constructor)) static void
start (void)
{
  const char *kills = getenv ("MOS_TEST_CALLS_KILL");
  const char *fails = getenv ("MOS_TEST_CALLS_FAIL");
  const char *where = getenv ("MOS_TEST_CALLS_DIR");

  if (where != NULL)
    snprintf (dir, sizeof dir, "%s", where);
  dir_length = strlen (dir);
  kill_at[KIND_DISK] = number_of (kills, "disk:");
  kill_after[KIND_DISK] = number_of (kills, "disk+:");
  kill_at[KIND_NET] = number_of (kills, "net:");
  kill_after[KIND_NET] = number_of (kills, "net+:");
  fail_at = number_of (fails, "ENOSPC:");
  fail_errno = ENOSPC;
  if (fail_at == 0 && (fail_at = number_of (fails, "EIO:")) != 0)
    fail_errno = EIO;
}

__attribute__ ((destructor)) static void
end (void)
{
  const char *path = getenv ("MOS_TEST_CALLS_COUNT");
  FILE *file = path != NULL ? fopen (path, "w") : NULL;

  if (file == NULL)
    return;
  fprintf (file, "disk %lu net %lu\n", atomic_load (&counts[KIND_DISK]), atomic_load (&counts[KIND_NET]));
  fclose (file);
}

static int
is_inside (const char *path)
{
  return dir_length > 0 && strncmp (path, dir, dir_length) == 0;
}

static int
is_file_inside (int fd)
{
  char link[64], path[1024];
  ssize_t n;

  if (dir_length == 0)
    return 0;
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  n = readlink (link, path, sizeof path - 1);
  if (n <= 0)
    return 0;
  path[n] = '\0';
  return is_inside (path);
}

static int
is_network (int fd)
{
  struct sockaddr_storage address;
  socklen_t length = sizeof address;

  return getpeername (fd, (struct sockaddr *) &address, &length) == 0 && (address.ss_family == AF_INET || address.ss_family == AF_INET6);
}

/* Returns: an errno to fail with, or 0 */
static int
before (Kind kind,
        int needs_room,
        unsigned long *ret_number)
{
  *ret_number = atomic_fetch_add (&counts[kind], 1) + 1;
  if (*ret_number == kill_at[kind])
    kill (getpid (), SIGKILL);
  if (kind == KIND_DISK && fail_at != 0 && *ret_number >= fail_at && (needs_room || fail_errno == EIO))
    return fail_errno;
  return 0;
}

static void
after (Kind kind,
       unsigned long number)
{
  if (number != 0 && number == kill_after[kind])
    kill (getpid (), SIGKILL);
}

#define REAL(name) (real = real != NULL ? real : (__typeof__ (real)) dlsym (RTLD_NEXT, #name))

#define AROUND(kind, wanted, needs_room, failure, call) \
  {                                                     \
    unsigned long number = 0;                           \
    __typeof__ (call) result;                           \
    int saved;                                          \
                                                        \
    if (wanted)                                         \
      {                                                 \
        int error = before (kind, needs_room, &number); \
                                                        \
        if (error != 0)                                 \
          {                                             \
            errno = error;                              \
            return failure;                             \
          }                                             \
      }                                                 \
    result = call;                                      \
    saved = errno;                                      \
    after (kind, number);                               \
    errno = saved;                                      \
    return result;                                      \
  }

EXPORT ssize_t
write (int fd,
       const void *data,
       size_t size)
{
  static ssize_t (*real) (int, const void *, size_t);
  int file = is_file_inside (fd);

  REAL (write);
  if (!file && is_network (fd))
    AROUND (KIND_NET, 1, 0, -1, real (fd, data, size))
  AROUND (KIND_DISK, file, 1, -1, real (fd, data, size))
}

EXPORT ssize_t
pwrite64 (int fd,
          const void *data,
          size_t size,
          off64_t at)
{
  static ssize_t (*real) (int, const void *, size_t, off64_t);

  REAL (pwrite64);
  AROUND (KIND_DISK, is_file_inside (fd), 1, -1, real (fd, data, size, at))
}

EXPORT ssize_t
pwrite (int fd,
        const void *data,
        size_t size,
        off_t at)
{
  static ssize_t (*real) (int, const void *, size_t, off_t);

  REAL (pwrite);
  AROUND (KIND_DISK, is_file_inside (fd), 1, -1, real (fd, data, size, at))
}

EXPORT ssize_t
writev (int fd,
        const struct iovec *parts,
        int n)
{
  static ssize_t (*real) (int, const struct iovec *, int);

  REAL (writev);
  AROUND (KIND_DISK, is_file_inside (fd), 1, -1, real (fd, parts, n))
}

EXPORT int
fsync (int fd)
{
  static int (*real) (int);

  REAL (fsync);
  AROUND (KIND_DISK, is_file_inside (fd), 0, -1, real (fd))
}

EXPORT int
fdatasync (int fd)
{
  static int (*real) (int);

  REAL (fdatasync);
  AROUND (KIND_DISK, is_file_inside (fd), 0, -1, real (fd))
}

EXPORT int
ftruncate64 (int fd,
             off64_t size)
{
  static int (*real) (int, off64_t);

  REAL (ftruncate64);
  AROUND (KIND_DISK, is_file_inside (fd), 0, -1, real (fd, size))
}

EXPORT int
rename (const char *from,
        const char *to)
{
  static int (*real) (const char *, const char *);

  REAL (rename);
  AROUND (KIND_DISK, is_inside (to), 1, -1, real (from, to))
}

EXPORT int
unlink (const char *path)
{
  static int (*real) (const char *);

  REAL (unlink);
  AROUND (KIND_DISK, is_inside (path), 0, -1, real (path))
}

EXPORT int
mkdir (const char *path,
       mode_t mode)
{
  static int (*real) (const char *, mode_t);

  REAL (mkdir);
  AROUND (KIND_DISK, is_inside (path), 1, -1, real (path, mode))
}

/* The shared memory of a write-ahead log grows by this. */
EXPORT int
posix_fallocate64 (int fd,
                   off64_t at,
                   off64_t size)
{
  static int (*real) (int, off64_t, off64_t);

  REAL (posix_fallocate64);
  AROUND (KIND_DISK, is_file_inside (fd), 1, fail_errno, real (fd, at, size))
}

EXPORT ssize_t
send (int fd,
      const void *data,
      size_t size,
      int flags)
{
  static ssize_t (*real) (int, const void *, size_t, int);

  REAL (send);
  AROUND (KIND_NET, is_network (fd), 0, -1, real (fd, data, size, flags))
}

EXPORT ssize_t
sendmsg (int fd,
         const struct msghdr *message,
         int flags)
{
  static ssize_t (*real) (int, const struct msghdr *, int);

  REAL (sendmsg);
  AROUND (KIND_NET, is_network (fd), 0, -1, real (fd, message, flags))
}
