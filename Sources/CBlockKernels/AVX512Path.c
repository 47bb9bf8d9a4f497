// The kernels with AVX-512, in lanes of eight. On Intel Sapphire Rapids they take two thirds of AVX2's time for exp,
// log, moments and bins, and a half to three quarters for the generators, tables and sums of columns. FMA is used only
// to find the rounding error of a product: all roundings are those of the plain path.
#if defined(__x86_64__)

#include "Kernels/Paths.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,avx512f,avx512vl,avx512dq,avx512bw"))), apply_to = function)
#define LANES 8
#define LANE_FUSED
typedef long long mask_lanes __attribute__((vector_size(64)));
#define LANE_FLAGS(MASK) (uint64_t)__builtin_ia32_cvtq2mask512((mask_lanes)(MASK))
// The truth table of a ^ b ^ c: the compiler uses two operations if an inner result is used again.
#define LANE_EXCLUSIVE_OR(A, B, C) \
  (lanes_u)__builtin_ia32_pternlogq512_mask((mask_lanes)(A), (mask_lanes)(B), (mask_lanes)(C), 0x96, 0xff)
#define LC_KERNELS lc_avx512_kernels
#include "Kernels/AllKernels.h"
#pragma clang attribute pop

#endif
