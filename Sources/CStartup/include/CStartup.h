#ifndef CSTARTUP_H
#define CSTARTUP_H

#include <stddef.h>

/// The arguments of the process, as the C library gave them to constructors; NULL where it gives none.
char *const *loadcast_arguments(int *count);

/// Makes traps exit with a message and code 70, or 71 if memory was refused, unless the environment variable
/// SWIFT_BACKTRACE requests more. In a program named `loadcast` this is done before `main`.
void loadcast_handle_traps(void);

/// Sets the message for an internal error, of which the first 1,023 bytes are kept.
void loadcast_set_crash_message(const char *message, size_t size);

#endif
