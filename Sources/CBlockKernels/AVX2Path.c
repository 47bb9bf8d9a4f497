// The kernels with AVX2 and FMA, which processors have together. FMA is used only to find the rounding error of a
// product: all roundings are those of the plain path.
#if defined(__x86_64__)

#include "Kernels/Paths.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 4
#define LANE_FUSED
#define LANE_FLAGS(MASK) (uint64_t)__builtin_ia32_movmskpd256((lanes)(MASK))
#define LC_KERNELS lc_avx2_kernels
#include "Kernels/AllKernels.h"
#pragma clang attribute pop

#endif
