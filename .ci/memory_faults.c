// Interposed allocations of memory: the one of a given number fails, once or with all after it.
//
// FAULT_NUMBER: the number of the allocation, from 0; without it, none fails.
// FAULT_LASTS: set if all later ones fail too.
// FAULT_COUNT: a file that receives the number of allocations when the process exits.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// The allocator of the C library, under the names that it exports besides the interposed ones.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static atomic_ulong count;
static unsigned long first = ULONG_MAX, last = ULONG_MAX;

// Allocations of the dynamic linker before this are counted, and do not fail.
__attribute__((constructor(101))) static void begin(void) {
  const char *number = getenv("FAULT_NUMBER");
  if (!number) return;
  first = strtoul(number, NULL, 10);
  last = getenv("FAULT_LASTS") ? ULONG_MAX - 1 : first;
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAULT_COUNT");
  if (!path) return;
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dprintf(file, "%lu", atomic_load(&count));
  close(file);
}

static int fails(void) {
  unsigned long number = atomic_fetch_add(&count, 1);
  if (number < first || number > last) return 0;
  errno = ENOMEM;
  return 1;
}

void *malloc(size_t size) { return fails() ? NULL : __libc_malloc(size); }
void *calloc(size_t number, size_t size) { return fails() ? NULL : __libc_calloc(number, size); }
void *realloc(void *old, size_t size) { return fails() ? NULL : __libc_realloc(old, size); }
void *memalign(size_t alignment, size_t size) { return fails() ? NULL : __libc_memalign(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { return fails() ? NULL : __libc_memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
  // The C library sets the error number too.
  void *memory = fails() ? NULL : __libc_memalign(alignment, size);
  if (memory) *result = memory;
  return memory ? 0 : ENOMEM;
}
