/* Stands between a program and its disk (LD_PRELOAD), for the files of one SQLite database: writes down every
 * change that they get, in order, and makes calls fail or the program die when it is told to. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* What journal.ts reads: each record is this head and then `length` bytes. */
enum { RUN = 1, OPENED, WROTE, SYNCED, NOT_SYNCED, TRUNCATED, UNLINKED, FOLDER_SYNCED, MARK };
struct head {
  uint32_t what, file;
  uint64_t offset, length;
};

/* What faults.ts writes. A fault begins with the `countdown`th call that it concerns and stays for `lasting` calls. */
enum { NONE, NO_SPACE, WRITE_ERROR, SYNC_ERROR, SHORT_WRITE, TORN_AND_DEAD, READ_ERROR, DEAD_AT_SYNC, NO_SYNC };
struct orders {
  volatile int32_t fault, files;
  volatile int64_t countdown, lasting, fired;
};

enum { OTHER, DATABASE = 1, WAL = 2, ROLLBACK = 4, SHM = 8, FOLDER = 16, MARKS = 32 };
#define RECORDED (DATABASE | WAL | ROLLBACK)
#define HANDLES 65536

static unsigned char kind_of[HANDLES];
static uint32_t file_of[HANDLES];
/* Handles that have yet to hear of a sync that failed on another handle of their file, as Linux tells each. */
static unsigned char owed[HANDLES];
static uint32_t next_file = 1;
/* The numbers of the database, its WAL and its rollback journal while these names exist. */
static uint32_t number_of[5];
static const char *watched, *marks;
static char folder[4096];
static int journal = -1;
static struct orders *orders;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static int (*real_unlink)(const char *);
static int (*real_fsync)(int), (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_pread)(int, void *, size_t, off_t);

static void record(uint32_t what, uint32_t file, uint64_t offset, const void *bytes, uint64_t length) {
  if (journal < 0) return;
  struct head head = {what, file, offset, length};
  struct iovec parts[2] = {{&head, sizeof head}, {(void *)bytes, length}};
  if (writev(journal, parts, 2) != (ssize_t)(sizeof head + length)) abort();
}

__attribute__((constructor)) static void begin(void) {
  real_open = dlsym(RTLD_NEXT, "open64");
  real_close = dlsym(RTLD_NEXT, "close");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_pread = dlsym(RTLD_NEXT, "pread64");
  watched = getenv("CALLS_FILE");
  marks = getenv("CALLS_MARKS");
  if (watched && strlen(watched) < sizeof folder) {
    strcpy(folder, watched);
    char *slash = strrchr(folder, '/');
    if (slash) *slash = 0;
  }
  const char *path = getenv("CALLS_JOURNAL");
  if (path) journal = real_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  path = getenv("CALLS_ORDERS");
  int file = path ? real_open(path, O_RDWR | O_CLOEXEC) : -1;
  if (file >= 0) {
    void *shared = mmap(0, sizeof *orders, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (shared != MAP_FAILED) orders = shared;
    real_close(file);
  }
  record(RUN, 0, 0, 0, 0);
}

static int kind_of_path(const char *path) {
  if (marks && strcmp(path, marks) == 0) return MARKS;
  if (!watched) return OTHER;
  if (strcmp(path, folder) == 0) return FOLDER;
  size_t length = strlen(watched);
  if (strncmp(path, watched, length) != 0) return OTHER;
  const char *rest = path + length;
  if (*rest == 0) return DATABASE;
  if (strcmp(rest, "-wal") == 0) return WAL;
  if (strcmp(rest, "-journal") == 0) return ROLLBACK;
  if (strcmp(rest, "-shm") == 0) return SHM;
  return OTHER;
}

static int kind(int handle) { return handle >= 0 && handle < HANDLES ? kind_of[handle] : OTHER; }

/* The fault that this call on a file of this kind has to suffer. */
static int32_t suffers(int file, uint32_t faults) {
  if (!orders || !(faults & 1u << orders->fault) || !(orders->files & file)) return NONE;
  if (orders->countdown > 1) {
    orders->countdown--;
    return NONE;
  }
  if (orders->lasting == 0) return NONE;
  orders->lasting--;
  orders->fired++;
  return orders->fault;
}

static int opened(const char *path, int handle, int existed) {
  if (handle < 0 || handle >= HANDLES) return handle;
  int file = kind_of_path(path);
  kind_of[handle] = file;
  owed[handle] = 0;
  if (file & RECORDED) {
    if (!number_of[file] || !existed) number_of[file] = next_file++;
    file_of[handle] = number_of[file];
    record(OPENED, number_of[file], 0, path, strlen(path));
  }
  return handle;
}

static int open_any(const char *path, int flags, mode_t mode) {
  int file = kind_of_path(path);
  if (file == OTHER) {
    int handle = real_open(path, flags, mode);
    if (handle >= 0 && handle < HANDLES) kind_of[handle] = OTHER;
    return handle;
  }
  pthread_mutex_lock(&turn);
  int existed = access(path, F_OK) == 0;
  int handle = opened(path, real_open(path, flags, mode), existed);
  int failure = errno;
  pthread_mutex_unlock(&turn);
  errno = failure;
  return handle;
}

static mode_t mode_after(int flags, va_list rest) { return flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0; }

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_after(flags, rest);
  va_end(rest);
  return open_any(path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_after(flags, rest);
  va_end(rest);
  return open_any(path, flags, mode);
}

int close(int handle) {
  if (handle >= 0 && handle < HANDLES) kind_of[handle] = OTHER;
  return real_close(handle);
}

int unlink(const char *path) {
  int file = kind_of_path(path);
  if (!(file & RECORDED)) return real_unlink(path);
  pthread_mutex_lock(&turn);
  int result = real_unlink(path);
  int failure = errno;
  if (result == 0) {
    number_of[file] = 0;
    record(UNLINKED, 0, 0, path, strlen(path));
  }
  pthread_mutex_unlock(&turn);
  errno = failure;
  return result;
}

/* Writes at `offset`, or at the handle's own place when that is negative. */
static ssize_t put(int handle, const void *bytes, size_t length, off_t offset) {
  int appends = offset < 0;
  if (appends) offset = lseek(handle, 0, SEEK_CUR);
  ssize_t done = appends ? real_write(handle, bytes, length) : real_pwrite(handle, bytes, length, offset);
  int failure = errno;
  if (done > 0 && (kind(handle) & RECORDED)) record(WROTE, file_of[handle], offset, bytes, done);
  errno = failure;
  return done;
}

static ssize_t write_any(int handle, const void *bytes, size_t length, off_t offset) {
  if (kind(handle) == MARKS) {
    pthread_mutex_lock(&turn);
    record(MARK, 0, 0, bytes, length);
    pthread_mutex_unlock(&turn);
    return length;
  }
  ssize_t done = -1;
  pthread_mutex_lock(&turn);
  int32_t fault = suffers(kind(handle), 1u << NO_SPACE | 1u << WRITE_ERROR | 1u << SHORT_WRITE | 1u << TORN_AND_DEAD);
  if (fault == NO_SPACE) errno = ENOSPC;
  else if (fault == WRITE_ERROR) errno = EIO;
  else if (fault == NONE) done = put(handle, bytes, length, offset);
  else {
    /* What does not fit is refused when the program asks for the rest. */
    if (orders->fault == SHORT_WRITE) orders->fault = NO_SPACE;
    done = put(handle, bytes, length / 2, offset);
    if (fault == TORN_AND_DEAD) raise(SIGKILL);
  }
  int failure = errno;
  pthread_mutex_unlock(&turn);
  errno = failure;
  return done;
}

#define CONCERNED (RECORDED | SHM | MARKS)

ssize_t write(int handle, const void *bytes, size_t length) {
  return kind(handle) & CONCERNED ? write_any(handle, bytes, length, -1) : real_write(handle, bytes, length);
}

ssize_t pwrite64(int handle, const void *bytes, size_t length, off64_t offset) {
  return kind(handle) & CONCERNED ? write_any(handle, bytes, length, offset)
                                  : real_pwrite(handle, bytes, length, offset);
}

ssize_t pwrite(int handle, const void *bytes, size_t length, off_t offset) {
  return pwrite64(handle, bytes, length, offset);
}

ssize_t pread64(int handle, void *bytes, size_t length, off64_t offset) {
  if (!(kind(handle) & RECORDED)) return real_pread(handle, bytes, length, offset);
  pthread_mutex_lock(&turn);
  int32_t fault = suffers(kind(handle), 1u << READ_ERROR);
  pthread_mutex_unlock(&turn);
  if (fault == NONE) return real_pread(handle, bytes, length, offset);
  errno = EIO;
  return -1;
}

ssize_t pread(int handle, void *bytes, size_t length, off_t offset) {
  return pread64(handle, bytes, length, offset);
}

static int sync_any(int handle, int (*real)(int)) {
  int file = kind(handle);
  if (!(file & (RECORDED | FOLDER))) return real(handle);
  pthread_mutex_lock(&turn);
  int32_t fault = suffers(file, 1u << SYNC_ERROR | 1u << DEAD_AT_SYNC | 1u << NO_SYNC);
  if (fault == DEAD_AT_SYNC) raise(SIGKILL);
  if (fault == NO_SYNC) {
    pthread_mutex_unlock(&turn);
    return 0;
  }
  int fails = fault == SYNC_ERROR || owed[handle];
  int result = fails ? -1 : real(handle);
  int failure = fails ? EIO : errno;
  if (fault == SYNC_ERROR && file != FOLDER)
    for (int other = 0; other < HANDLES; other++)
      if (kind_of[other] == file && file_of[other] == file_of[handle]) owed[other] = 1;
  owed[handle] = 0;
  if (file == FOLDER) {
    if (result == 0) record(FOLDER_SYNCED, 0, 0, 0, 0);
  } else {
    record(result == 0 ? SYNCED : NOT_SYNCED, file_of[handle], 0, 0, 0);
  }
  pthread_mutex_unlock(&turn);
  errno = failure;
  return result;
}

int fsync(int handle) { return sync_any(handle, real_fsync); }
int fdatasync(int handle) { return sync_any(handle, real_fdatasync); }

int ftruncate64(int handle, off64_t size) {
  if (!(kind(handle) & RECORDED)) return real_ftruncate(handle, size);
  pthread_mutex_lock(&turn);
  int result = real_ftruncate(handle, size);
  int failure = errno;
  if (result == 0) record(TRUNCATED, file_of[handle], size, 0, 0);
  pthread_mutex_unlock(&turn);
  errno = failure;
  return result;
}

int ftruncate(int handle, off_t size) { return ftruncate64(handle, size); }
