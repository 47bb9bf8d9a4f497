// The kernels with the compiler's baseline instructions.
#include "Kernels/Paths.h"

#define LANES 4
#if defined(__aarch64__)
#define LANE_FUSED
#endif
#define LC_KERNELS lc_plain_kernels
#include "Kernels/AllKernels.h"
