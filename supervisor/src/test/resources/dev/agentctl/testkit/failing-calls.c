// Preloaded into a Java: makes the n-th call on files below a folder fail, or all from the n-th on.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[4096];
static atomic_long calls, first;
static atomic_int lasting, number;

void faults_arm(long n, int from_then_on, int error, const char *below) {
  first = 0;
  snprintf(folder, sizeof folder, "%s/", below);
  calls = 0;
  lasting = from_then_on;
  number = error;
  first = n;
}

long faults_calls(void) { return calls; }

static int fails_at(const char *path) {
  long n = first;
  if (n == 0 || path == 0 || strncmp(path, folder, strlen(folder)) != 0) return 0;
  long now = ++calls;
  if (now == n || (lasting && now > n)) {
    errno = number;
    return 1;
  }
  return 0;
}

static int fails_on(int fd) {
  char link[64], path[4096];
  if (first == 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return fails_at(path);
}

static int fails_in(int fd, const char *name) {
  char link[64], path[8192];
  if (first == 0 || name == 0 || name[0] == '/') return fails_at(name);
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, 4096);
  if (length <= 0) return 0;
  snprintf(path + length, sizeof path - length, "/%s", name);
  return fails_at(path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *b, size_t n) { return fails_on(fd) ? -1 : REAL(write)(fd, b, n); }
ssize_t writev(int fd, const struct iovec *v, int n) { return fails_on(fd) ? -1 : REAL(writev)(fd, v, n); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) { return fails_on(fd) ? -1 : REAL(pwrite)(fd, b, n, o); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) { return fails_on(fd) ? -1 : REAL(pwrite64)(fd, b, n, o); }
int fsync(int fd) { return fails_on(fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return fails_on(fd) ? -1 : REAL(fdatasync)(fd); }
int ftruncate(int fd, off_t n) { return fails_on(fd) ? -1 : REAL(ftruncate)(fd, n); }
int ftruncate64(int fd, off64_t n) { return fails_on(fd) ? -1 : REAL(ftruncate64)(fd, n); }
int rename(const char *a, const char *b) { return fails_at(b) ? -1 : REAL(rename)(a, b); }
int unlink(const char *path) { return fails_at(path) ? -1 : REAL(unlink)(path); }
int unlinkat(int at, const char *name, int flags) { return fails_in(at, name) ? -1 : REAL(unlinkat)(at, name, flags); }
int symlink(const char *to, const char *path) { return fails_at(path) ? -1 : REAL(symlink)(to, path); }
int chmod(const char *path, mode_t mode) { return fails_at(path) ? -1 : REAL(chmod)(path, mode); }
int mkdir(const char *path, mode_t mode) { return fails_at(path) ? -1 : REAL(mkdir)(path, mode); }

#define OPENS(name)                                                            \
  int name(const char *path, int flags, ...) {                                 \
    va_list more;                                                              \
    va_start(more, flags);                                                     \
    mode_t mode = va_arg(more, mode_t);                                        \
    va_end(more);                                                              \
    return fails_at(path) ? -1 : REAL(name)(path, flags, mode);                \
  }
OPENS(open)
OPENS(open64)

#define OPENS_IN(name)                                                         \
  int name(int at, const char *path, int flags, ...) {                         \
    va_list more;                                                              \
    va_start(more, flags);                                                     \
    mode_t mode = va_arg(more, mode_t);                                        \
    va_end(more);                                                              \
    return fails_in(at, path) ? -1 : REAL(name)(at, path, flags, mode);        \
  }
OPENS_IN(openat)
OPENS_IN(openat64)
