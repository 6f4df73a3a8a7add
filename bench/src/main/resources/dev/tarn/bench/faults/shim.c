/* Loaded before the C library (LD_PRELOAD): counts the calls of a process that change files below a folder, writes them
 * down, and makes one of them fail, or be the last thing that the process does. Java, DuckDB and SQLite all call through
 * here, and unlike strace's own counters this one counts the calls of all threads together.
 *
 *   FAULT_UNDER   the folder; calls on other files are left alone
 *   FAULT_LOG     where each call is written down, one line each: number, call, result, path (of a rename: both)
 *   FAULT_WAL     where the bytes written to a write-ahead log are kept, in the order of the lines
 *   FAULT_CALLS   which calls count, such as "fsync,rename"; default: all
 *   FAULT_AT      the number of the call at which it happens
 *   FAULT_DOES    kill (before the call) | done (after it) | torn (in the middle of a write) | ENOSPC | EIO
 *   FAULT_STAYS   1: all calls from that one on fail
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum fate { NOTHING, FAILS, ENDS_AFTER, TEARS };

static const char *under, *calls, *does;
static size_t under_length;
static int log_file = -1, wal_file = -1, stays, error_number;
static long at;
static long counter;

static int open_log(const char *variable) {
  const char *path = getenv(variable);
  return path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644) : -1;
}

__attribute__((constructor)) static void begin(void) {
  under = getenv("FAULT_UNDER");
  under_length = under ? strlen(under) : 0;
  calls = getenv("FAULT_CALLS");
  does = getenv("FAULT_DOES");
  at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
  stays = getenv("FAULT_STAYS") != NULL;
  error_number = does && !strcmp(does, "EIO") ? EIO : ENOSPC;
  log_file = open_log("FAULT_LOG");
  wal_file = open_log("FAULT_WAL");
}

static int is_under(const char *path) {
  return under && !strncmp(path, under, under_length);
}

static int of_file(int file, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length < 0 ? 0 : length] = 0;
  return length > 0 && is_under(path);
}

/* Relative paths do not happen: Tarn makes every path absolute. */
static int of_path(const char *given, char *path) {
  snprintf(path, PATH_MAX, "%s", given);
  return is_under(path);
}

static int counts(const char *call) {
  if (!calls) return 1;
  size_t length = strlen(call);
  for (const char *found = calls; (found = strstr(found, call)); found += length)
    if ((found == calls || found[-1] == ',') && (found[length] == 0 || found[length] == ',')) return 1;
  return 0;
}

static void die(void) {
  syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
  for (;;) pause();
}

static void note(long number, const char *call, long result, const char *path) {
  if (log_file < 0) return;
  char line[2 * PATH_MAX + 64];
  int length = snprintf(line, sizeof line, "%ld %s %ld %s\n", number, call, result, path);
  syscall(SYS_write, log_file, line, length);
}

static enum fate fate_of(long number, const char *call) {
  if (!at || !does || !(number == at || (stays && number > at))) return NOTHING;
  if (!strcmp(does, "kill")) die();
  if (!strcmp(does, "done")) return ENDS_AFTER;
  if (!strcmp(does, "torn")) {
    if (strcmp(call, "write")) die();
    return TEARS;
  }
  errno = error_number;
  return FAILS;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* What happens around a call: it is numbered, meets its fate, is done, and written down with what it came to. */
#define AROUND(call, known, path, real)                               \
  if (!(known) || !counts(call)) return real;                         \
  long number = __atomic_add_fetch(&counter, 1, __ATOMIC_SEQ_CST);    \
  enum fate fate = fate_of(number, call);                             \
  if (fate == FAILS) { note(number, call, -1, path); errno = error_number; return -1; } \
  __auto_type result = real;                                          \
  int kept = errno;                                                   \
  if (fate != NOTHING) die();                                         \
  note(number, call, (long)result, path);                             \
  errno = kept;                                                       \
  return result

static ssize_t torn(enum fate fate, int file, const char *bytes, size_t length, off_t place) {
  if (fate != TEARS) return 0;
  if (place >= 0) syscall(SYS_pwrite64, file, bytes, length / 2, place);
  else syscall(SYS_write, file, bytes, length / 2);
  die();
  return 0;
}

static void keep_wal(const char *path, const void *bytes, size_t length, long number) {
  size_t end = strlen(path);
  if (wal_file < 0 || end < 4 || strcmp(path + end - 4, "-wal")) return;
  char head[64];
  int size = snprintf(head, sizeof head, "@%ld %zu\n", number, length);
  struct iovec parts[2] = {{head, size}, {(void *)bytes, length}};
  syscall(SYS_writev, wal_file, parts, 2);
}

/* Written down before it is done: a file is not safe from the moment that a write to it begins. */
#define AROUND_WRITE(file, bytes, length, place, real)                \
  char path[PATH_MAX];                                                \
  if (!of_file(file, path) || !counts("write")) return real;          \
  long number = __atomic_add_fetch(&counter, 1, __ATOMIC_SEQ_CST);    \
  enum fate fate = fate_of(number, "write");                          \
  note(number, "write", fate == FAILS ? -1 : (long)(length), path);   \
  if (fate == FAILS) { errno = error_number; return -1; }             \
  torn(fate, file, bytes, length, place);                             \
  keep_wal(path, bytes, length, number);                              \
  __auto_type result = real;                                          \
  if (fate == ENDS_AFTER) die();                                      \
  return result

ssize_t write(int file, const void *bytes, size_t length) {
  AROUND_WRITE(file, bytes, length, -1, REAL(write)(file, bytes, length));
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t place) {
  AROUND_WRITE(file, bytes, length, place, REAL(pwrite)(file, bytes, length, place));
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t place) {
  AROUND_WRITE(file, bytes, length, place, REAL(pwrite64)(file, bytes, length, place));
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  size_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  AROUND_WRITE(file, parts[0].iov_base, parts[0].iov_len, -1, REAL(writev)(file, parts, count));
}

int fsync(int file) {
  char path[PATH_MAX];
  int known = of_file(file, path);
  AROUND("fsync", known, path, REAL(fsync)(file));
}

int fdatasync(int file) {
  char path[PATH_MAX];
  int known = of_file(file, path);
  AROUND("fsync", known, path, REAL(fdatasync)(file));
}

int ftruncate(int file, off_t length) {
  char path[PATH_MAX];
  int known = of_file(file, path);
  AROUND("truncate", known, path, REAL(ftruncate)(file, length));
}

int ftruncate64(int file, off64_t length) {
  char path[PATH_MAX];
  int known = of_file(file, path);
  AROUND("truncate", known, path, REAL(ftruncate64)(file, length));
}

int rename(const char *from, const char *to) {
  char path[2 * PATH_MAX + 2];
  int known = of_path(to, path);
  if (known) snprintf(path, sizeof path, "%s\t%s", from, to);
  AROUND("rename", known, path, REAL(rename)(from, to));
}

int unlink(const char *given) {
  char path[PATH_MAX];
  int known = of_path(given, path);
  AROUND("unlink", known, path, REAL(unlink)(given));
}

int mkdir(const char *given, mode_t mode) {
  char path[PATH_MAX];
  int known = of_path(given, path);
  AROUND("mkdir", known, path, REAL(mkdir)(given, mode));
}

/* Only opening to write changes anything. */
#define OPENING(name, plain)                                          \
  mode_t mode = 0;                                                    \
  if (flags & (O_CREAT | O_TMPFILE)) {                                \
    va_list rest;                                                     \
    va_start(rest, flags);                                            \
    mode = va_arg(rest, mode_t);                                      \
    va_end(rest);                                                     \
  }                                                                   \
  char path[PATH_MAX];                                                \
  int known = (flags & O_ACCMODE) != O_RDONLY && of_path(given, path);\
  AROUND("open", known, path, plain)

int open(const char *given, int flags, ...) { OPENING(open, REAL(open)(given, flags, mode)); }
int open64(const char *given, int flags, ...) { OPENING(open64, REAL(open64)(given, flags, mode)); }
int openat(int folder, const char *given, int flags, ...) { OPENING(openat, REAL(openat)(folder, given, flags, mode)); }
int openat64(int folder, const char *given, int flags, ...) { OPENING(openat64, REAL(openat64)(folder, given, flags, mode)); }
