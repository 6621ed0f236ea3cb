// LD_PRELOAD: a disk that is full when the test says so, without privileges and in any container.
//
// MIZAN_DISK names a file of eight bytes: how many bytes may still be written to files whose path contains
// MIZAN_DISK_FOR; negative = any number. A write that fits in part is done in part, as a real disk does it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static _Atomic int64_t* room = NULL;

__attribute__((constructor)) static void open_room(void) {
  const char* path = getenv("MIZAN_DISK");
  const int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void* mapped = mmap(NULL, sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (mapped != MAP_FAILED) room = mapped;
}

static int is_watched(int fd) {
  char link[64], path[4096];
  const char* wanted = getenv("MIZAN_DISK_FOR");
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0 || wanted == NULL) return 0;
  path[length] = '\0';
  return strstr(path, wanted) != NULL;
}

// How much of `size` may be written; only writes past the end of the file take room.
static size_t allowed(int fd, size_t size, off64_t at) {
  if (room == NULL || atomic_load(room) < 0 || !is_watched(fd)) return size;
  const off64_t end = lseek64(fd, 0, SEEK_END);
  const int64_t growth = at + (off64_t)size - end;
  if (end < 0 || growth <= 0) return size;
  const int64_t left = atomic_fetch_sub(room, growth) - growth;
  if (left >= 0) return size;
  atomic_fetch_add(room, -left);
  const int64_t fits = (int64_t)size + left;
  return fits > 0 ? (size_t)fits : 0;
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  static ssize_t (*real)(int, const void*, size_t, off64_t) = NULL;
  if (real == NULL) real = (ssize_t(*)(int, const void*, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
  const size_t fits = allowed(fd, size, at);
  if (fits == 0 && size > 0) {
    errno = ENOSPC;
    return -1;
  }
  return real(fd, bytes, fits, at);
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) { return pwrite64(fd, bytes, size, at); }
