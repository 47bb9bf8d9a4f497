// The kernels with AVX-512: the same lanes as AVX2's, with rotations, choices by masks and twice the registers. A fifth
// off the uniforms and the moments, a tenth off exp, nothing off the tables (AMD Zen 4). The instructions include FMA,
// which nothing uses: every rounding is that of the plain path.
#if defined(__x86_64__)

#include <math.h>

#include "Kernels/Paths.h"

#pragma clang attribute push(__attribute__((target("avx2,avx512f,avx512vl,avx512dq,avx512bw"))), apply_to = function)
#define LC_KERNELS lc_avx512_kernels
#include "Kernels/AllKernels.h"
#pragma clang attribute pop

#endif
