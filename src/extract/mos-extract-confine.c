/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Mostrador authors
 */
#include "config.h"

#include "extract/mos-extract.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/resource.h>

#define MAX_MEMORY (768 << 20)
#define MAX_CPU_SECONDS 20
#define MAX_FILES 16

#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED TRUE
#else
#define IS_SANITIZED FALSE
#endif

static gboolean
limit (int what,
       rlim_t most)
{
  const struct rlimit value = { most, most };

  return setrlimit ((__rlimit_resource_t) what, &value) == 0;
}

gboolean
mos_extract_limit (void)
{
  /* The sanitizer's shadow alone is terabytes of addresses. */
  return (IS_SANITIZED || limit (RLIMIT_AS, MAX_MEMORY)) && limit (RLIMIT_CPU, MAX_CPU_SECONDS) && limit (RLIMIT_NOFILE, MAX_FILES) &&
         limit (RLIMIT_FSIZE, 0) && limit (RLIMIT_CORE, 0);
}

gboolean
mos_extract_confine (void)
{
  /* What memory, time and the two pipes need. The rest fails as if it were not permitted: opening by name, sockets, processes, signals to others. */
  static const int allowed[] = {
    SCMP_SYS (read),
    SCMP_SYS (readv),
    SCMP_SYS (write),
    SCMP_SYS (writev),
    SCMP_SYS (close),
    SCMP_SYS (fstat),
    SCMP_SYS (lseek),
    SCMP_SYS (poll),
    SCMP_SYS (ppoll),
    SCMP_SYS (brk),
    SCMP_SYS (munmap),
    SCMP_SYS (mremap),
    SCMP_SYS (madvise),
    SCMP_SYS (futex),
    SCMP_SYS (sched_yield),
    SCMP_SYS (sched_getaffinity),
    SCMP_SYS (rseq),
    SCMP_SYS (set_robust_list),
    SCMP_SYS (rt_sigaction),
    SCMP_SYS (rt_sigprocmask),
    SCMP_SYS (rt_sigreturn),
    SCMP_SYS (sigaltstack),
    SCMP_SYS (restart_syscall),
    SCMP_SYS (clock_gettime),
    SCMP_SYS (clock_getres),
    SCMP_SYS (clock_nanosleep),
    SCMP_SYS (nanosleep),
    SCMP_SYS (gettimeofday),
    SCMP_SYS (time),
    SCMP_SYS (getrandom),
    SCMP_SYS (getpid),
    SCMP_SYS (gettid),
    SCMP_SYS (getrusage),
    SCMP_SYS (sysinfo),
    SCMP_SYS (uname),
    SCMP_SYS (exit),
    SCMP_SYS (exit_group),
  };
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  gboolean ok = filter != NULL;

  for (gsize i = 0; ok && i < G_N_ELEMENTS (allowed); i++)
    {
      int r = seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed[i], 0);

      /* Not every machine has every call. */
      ok = r == 0 || r == -EDOM || r == -EINVAL;
    }
  /* Memory, but none that can be run. */
  ok = ok && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
       seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 && seccomp_load (filter) == 0;
  if (filter != NULL)
    seccomp_release (filter);
  return ok;
}
