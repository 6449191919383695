/*
 * Loaded into the Workers runtime by LD_PRELOAD, where it makes chosen calls on the data folder's files fail.
 *
 *   FIGHTJUDGE_FAULTS       a folder: `orders` is read once it is there, `struck` gets a line per fault, `loaded` one per
 *                           start
 *   FIGHTJUDGE_FAULTS_DATA  the data folder, without symbolic links
 *
 * A line of `orders` is `AFTER CALLS KIND TIMES`: the calls are counted from the fault before it, and as many lines of
 * `orders` are passed over as `struck` has, so that a runtime which is started again goes on where the last one ended.
 * Nothing here allocates: the calls come from everywhere.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_ORDERS 64

enum call { WRITE, SYNC, SIZE };
enum fate { PASS, FAIL, SHORT, DIE_BEFORE, DIE_AFTER };

struct order {
  int after;
  char calls[8];
  char kind[16];
  int times;
};

static struct order orders[MAX_ORDERS];
static int here, ordered, order_count, current, seen, struck;
static char data[4096], folder[4096];
static size_t data_length;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void note(const char *name, const char *line, size_t length) {
  char path[4200];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (fd < 0) return;
  syscall(SYS_write, fd, line, length);
  close(fd);
}

static int read_lines(const char *name, int keep) {
  char path[4200], line[128];
  int count = 0;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "r");
  if (file == NULL) return 0;
  while (count < MAX_ORDERS && fgets(line, sizeof line, file) != NULL) {
    struct order *order = &orders[count];
    if (keep && sscanf(line, "%d %7s %15s %d", &order->after, order->calls, order->kind, &order->times) != 4) break;
    count += 1;
  }
  fclose(file);
  return count;
}

__attribute__((constructor)) static void start(void) {
  char exe[4096];
  const char *where = getenv("FIGHTJUDGE_FAULTS"), *what = getenv("FIGHTJUDGE_FAULTS_DATA");
  ssize_t length = readlink("/proc/self/exe", exe, sizeof exe - 1);
  if (where == NULL || what == NULL || length <= 0) return;
  exe[length] = 0;
  /* The server, the shell and whatever else inherits the variables are left alone. */
  const char *name = strrchr(exe, '/');
  if (name == NULL || strncmp(name + 1, "workerd", 7) != 0) return;
  snprintf(folder, sizeof folder, "%s", where);
  snprintf(data, sizeof data, "%s/", what);
  data_length = strlen(data);
  here = 1;
  note("loaded", "1\n", 2);
}

/* Orders may be given while the runtime is at work. */
static void look_for_orders(void) {
  char path[4200];
  snprintf(path, sizeof path, "%s/orders", folder);
  if (access(path, R_OK) != 0) return;
  order_count = read_lines("orders", 1);
  current = read_lines("struck", 0);
  ordered = 1;
}

/* Files of the data folder but Miniflare's own temporary ones. */
static int is_data(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= (ssize_t)data_length) return 0;
  path[length] = 0;
  return strncmp(path, data, data_length) == 0 && strncmp(path + data_length, "tmp/", 4) != 0;
}

/* What is to become of this call; `error` is set where it is to fail. */
static enum fate judge(int fd, enum call call, int *error) {
  if (!here || (ordered && current >= order_count) || !is_data(fd)) return PASS;
  enum fate fate = PASS;
  pthread_mutex_lock(&lock);
  if (!ordered) look_for_orders();
  if (current >= order_count) {
    pthread_mutex_unlock(&lock);
    return PASS;
  }
  struct order *order = &orders[current];
  int counts = strcmp(order->calls, "any") == 0 || (strcmp(order->calls, "write") == 0 && call == WRITE) ||
               (strcmp(order->calls, "sync") == 0 && call == SYNC);
  if (counts && ++seen > order->after) {
    if (strcmp(order->kind, "short") == 0) fate = call == WRITE ? SHORT : PASS;
    else if (strcmp(order->kind, "kill-before") == 0) fate = DIE_BEFORE;
    else if (strcmp(order->kind, "kill-after") == 0) fate = DIE_AFTER;
    else fate = FAIL;
    *error = strcmp(order->kind, "enospc") == 0 ? ENOSPC : EIO;
    if (fate != PASS) {
      if (struck == 0) {
        char line[32];
        int length = snprintf(line, sizeof line, "%s\n", order->kind);
        note("struck", line, (size_t)length);
      }
      struck += 1;
      if (struck >= order->times) {
        current += 1;
        seen = 0;
        struck = 0;
      }
    }
  }
  pthread_mutex_unlock(&lock);
  if (fate == DIE_BEFORE) kill(getpid(), SIGKILL);
  return fate;
}

/* The call itself, with whatever is to become of it; `shortened` is a call that writes less. */
#define STRIKE(fd, call, whole, shortened)            \
  int error = 0;                                      \
  enum fate fate = judge(fd, call, &error);           \
  if (fate == FAIL) {                                 \
    errno = error;                                    \
    return -1;                                        \
  }                                                   \
  if (fate == SHORT) return shortened;                \
  long result = whole;                                \
  if (fate == DIE_AFTER) kill(getpid(), SIGKILL);     \
  return result

#define HALF(count) ((count) > 1 ? (count) / 2 : (count))

ssize_t write(int fd, const void *bytes, size_t count) {
  STRIKE(fd, WRITE, syscall(SYS_write, fd, bytes, count), syscall(SYS_write, fd, bytes, HALF(count)));
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  STRIKE(fd, WRITE, syscall(SYS_pwrite64, fd, bytes, count, at), syscall(SYS_pwrite64, fd, bytes, HALF(count), at));
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  return pwrite64(fd, bytes, count, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  STRIKE(fd, WRITE, syscall(SYS_writev, fd, parts, count), syscall(SYS_writev, fd, parts, HALF(count)));
}

/* The position in two halves, as the kernel takes it on machines of 64 bits: all of it in the first. */
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
  STRIKE(fd, WRITE, syscall(SYS_pwritev, fd, parts, count, at, 0), syscall(SYS_pwritev, fd, parts, HALF(count), at, 0));
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  return pwritev64(fd, parts, count, at);
}

int fsync(int fd) {
  STRIKE(fd, SYNC, (int)syscall(SYS_fsync, fd), 0);
}

int fdatasync(int fd) {
  STRIKE(fd, SYNC, (int)syscall(SYS_fdatasync, fd), 0);
}

int ftruncate64(int fd, off64_t length) {
  STRIKE(fd, SIZE, (int)syscall(SYS_ftruncate, fd, length), 0);
}

int ftruncate(int fd, off_t length) {
  return ftruncate64(fd, length);
}
