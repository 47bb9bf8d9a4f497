// What must be ready before the first allocation of memory of the Swift runtime, which may already fail: the messages for
// an internal error and for refused memory, and the arguments. Nothing here allocates.
#include "CStartup.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char refusal[] =
    "\nerror: the system has refused memory, and the command has ended; files of earlier commands are unchanged.\n"
    "  expected: a higher limit of `ulimit -v` or of the container, fewer --workers, or outputs with fewer cells\n";
static char crash[1024] = "\nerror: internal error of loadcast\n";
// A handler needs another stack if the stack has overflowed.
static char stack[1 << 16];

static int argument_count;
static char *const *arguments;

char *const *loadcast_arguments(int *count) {
  *count = argument_count;
  return arguments;
}

void loadcast_set_crash_message(const char *message, size_t size) {
  size_t kept = size < sizeof crash ? size : sizeof crash - 1;
  memcpy(crash, message, kept);
  crash[kept] = 0;
}

// The runtime reports a failed allocation by the same signals as a fault; only the error number of the thread tells.
static void report(int number) {
  (void)number;
  int is_refused = errno == ENOMEM;
  const char *message = is_refused ? refusal : crash;
  ssize_t written = write(2, message, strlen(message));
  (void)written;
  _exit(is_refused ? 71 : 70);
}

void loadcast_handle_traps(void) {
  if (getenv("SWIFT_BACKTRACE")) return;
  // What has been refused so far was tried only.
  errno = 0;
  stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&other, NULL);
  struct sigaction action = {.sa_handler = report, .sa_flags = SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  const int traps[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
  for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) sigaction(traps[i], &action, NULL);
}

// glibc and Darwin call constructors with the arguments of `main`; 101 is the first priority that programs may use. Other
// programs that link this, such as tests, keep their own handlers.
#if defined(__GLIBC__) || defined(__APPLE__)
__attribute__((constructor(101))) static void begin(int count, char *const *values) {
  argument_count = count;
  arguments = values;
  const char *path = count > 0 ? values[0] : "";
  const char *slash = strrchr(path, '/');
  if (strcmp(slash ? slash + 1 : path, "loadcast") == 0) loadcast_handle_traps();
}
#endif
