// The whole surface of OpenBLAS that Loadcast sees: the product of two matrices, and the number of threads.
//
// Nothing here is linked: LinearAlgebra loads the library when it is needed, and calls by these types.
#include <cblas.h>

typedef __typeof__(&cblas_dgemm) openblas_dgemm;
typedef __typeof__(&openblas_set_num_threads) openblas_thread_setter;

// Whether this processor runs OpenBLAS's kernels for Haswell: those with AVX2 and FMA.
static inline int openblas_haswell_runs(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return 0;
#endif
}
