// Interposed system calls on files: the call of a given number in a folder fails once, or the process is killed there.
//
// FAULT_ROOT: only calls on files below this folder count.
// FAULT_NUMBER: the number of the call, from 0.
// FAULT_CODE: the error number with which it fails; 0 to kill the process before the call; -15 to send it SIGTERM, which it
// handles, before the call, which is made.
// FAULT_MARK: a file outside FAULT_ROOT that receives the name of the call.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int count;

static int is_below(const char *path) {
  const char *root = getenv("FAULT_ROOT");
  if (!root) return 0;
  size_t length = strlen(root);
  return strncmp(path, root, length) == 0 && (path[length] == 0 || path[length] == '/');
}

static int is_file_below(int descriptor) {
  char link[64], path[PATH_MAX + 1];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t size = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  if (size < 0) return 0;
  path[size] = 0;
  return is_below(path);
}

static int is_path_below(int folder, const char *path) {
  if (path[0] == '/') return is_below(path);
  if (folder != AT_FDCWD) return is_file_below(folder);
  char current[PATH_MAX];
  return syscall(SYS_getcwd, current, sizeof current) > 0 && is_below(current);
}

// True, with errno set, if the call is to fail.
static int fails(const char *name, int is_counted) {
  int before = errno;
  const char *number = getenv("FAULT_NUMBER");
  if (!is_counted || !number || atomic_fetch_add(&count, 1) != atoi(number)) {
    errno = before;
    return 0;
  }
  int mark = syscall(SYS_openat, AT_FDCWD, getenv("FAULT_MARK"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  syscall(SYS_write, mark, name, strlen(name));
  syscall(SYS_close, mark);
  int code = atoi(getenv("FAULT_CODE"));
  if (code <= 0) syscall(SYS_kill, getpid(), code == 0 ? SIGKILL : -code);
  errno = code < 0 ? before : code;
  return code >= 0;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define CALL(result, name, parameters, is_counted, arguments) \
  result name parameters {                                    \
    if (fails(#name, is_counted)) return (result)-1;          \
    return NEXT(name) arguments;                              \
  }
#define OPEN(name, parameters, folder, ...)                        \
  int name parameters {                                            \
    va_list list;                                                  \
    va_start(list, flags);                                         \
    mode_t mode = va_arg(list, mode_t);                            \
    va_end(list);                                                  \
    if (fails(#name, is_path_below(folder, path))) return -1;      \
    return NEXT(name)(__VA_ARGS__, flags, mode);                   \
  }

OPEN(open, (const char *path, int flags, ...), AT_FDCWD, path)
OPEN(open64, (const char *path, int flags, ...), AT_FDCWD, path)
OPEN(openat, (int folder, const char *path, int flags, ...), folder, folder, path)
OPEN(openat64, (int folder, const char *path, int flags, ...), folder, folder, path)
CALL(int, mkdir, (const char *path, mode_t mode), is_path_below(AT_FDCWD, path), (path, mode))
CALL(int, mkdirat, (int folder, const char *path, mode_t mode), is_path_below(folder, path), (folder, path, mode))
CALL(ssize_t, read, (int file, void *bytes, size_t size), is_file_below(file), (file, bytes, size))
CALL(ssize_t, write, (int file, const void *bytes, size_t size), is_file_below(file), (file, bytes, size))
CALL(ssize_t, pwrite, (int file, const void *bytes, size_t size, off_t offset), is_file_below(file),
     (file, bytes, size, offset))
CALL(int, ftruncate, (int file, off_t size), is_file_below(file), (file, size))
CALL(int, fsync, (int file), is_file_below(file), (file))
CALL(int, fchmod, (int file, mode_t mode), is_file_below(file), (file, mode))
CALL(int, fchown, (int file, uid_t owner, gid_t group), is_file_below(file), (file, owner, group))
CALL(int, flock, (int file, int operation), is_file_below(file), (file, operation))
CALL(int, fstat, (int file, struct stat *found), is_file_below(file), (file, found))
CALL(int, stat, (const char *path, struct stat *found), is_path_below(AT_FDCWD, path), (path, found))
CALL(int, lstat, (const char *path, struct stat *found), is_path_below(AT_FDCWD, path), (path, found))
CALL(int, fstatat, (int folder, const char *path, struct stat *found, int flags), is_path_below(folder, path),
     (folder, path, found, flags))
CALL(int, access, (const char *path, int mode), is_path_below(AT_FDCWD, path), (path, mode))
CALL(int, linkat, (int from, const char *path, int to, const char *name, int flags), is_path_below(to, name),
     (from, path, to, name, flags))
CALL(int, rename, (const char *path, const char *name), is_path_below(AT_FDCWD, name), (path, name))
CALL(int, renameat, (int from, const char *path, int to, const char *name), is_path_below(to, name),
     (from, path, to, name))
CALL(int, renameat2, (int from, const char *path, int to, const char *name, unsigned flags), is_path_below(to, name),
     (from, path, to, name, flags))
CALL(int, unlink, (const char *path), is_path_below(AT_FDCWD, path), (path))
CALL(int, unlinkat, (int folder, const char *path, int flags), is_path_below(folder, path), (folder, path, flags))
CALL(int, rmdir, (const char *path), is_path_below(AT_FDCWD, path), (path))

DIR *fdopendir(int file) {
  if (fails("fdopendir", is_file_below(file))) return NULL;
  return NEXT(fdopendir)(file);
}

struct dirent *readdir(DIR *stream) {
  if (fails("readdir", is_file_below(dirfd(stream)))) return NULL;
  return NEXT(readdir)(stream);
}

char *realpath(const char *path, char *resolved) {
  if (fails("realpath", is_path_below(AT_FDCWD, path))) return NULL;
  return NEXT(realpath)(path, resolved);
}
