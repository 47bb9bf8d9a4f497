// The kernels with the instructions that the compiler takes for granted.
#include "Kernels/Paths.h"

#define LANES 4
#if defined(__aarch64__)
#define LANE_FUSED
#endif
#define LC_KERNELS lc_plain_kernels
#include "Kernels/AllKernels.h"
