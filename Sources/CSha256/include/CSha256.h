#ifndef CSHA256_H
#define CSHA256_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Adds whole blocks of 64 bytes to the eight words of a digest's state (FIPS 180-4, section 6.2.2), with the processor's
/// instructions for it where there are any.
void sha256_add(uint32_t *state, const uint8_t *bytes, size_t blocks);

/// The same in portable C, for processors without such instructions and to compare.
void sha256_add_plainly(uint32_t *state, const uint8_t *bytes, size_t blocks);

#pragma clang assume_nonnull end

#endif
