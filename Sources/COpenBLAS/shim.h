// The whole surface of OpenBLAS that Loadcast sees: CBLAS, and of LAPACK, which it carries too, the eigenvalues of a
// symmetric matrix. Debian's build has no LAPACKE, so the Fortran routine is declared here, with the lengths of its two
// texts at the end as Fortran passes them.
//
// Nothing here is linked: LinearAlgebra loads the library when it is needed, and calls by these types.
#include <cblas.h>
#include <stddef.h>

void dsyevd_(const char *jobz, const char *uplo, const blasint *n, double *a, const blasint *lda, double *w,
             double *work, const blasint *lwork, blasint *iwork, const blasint *liwork, blasint *info,
             size_t jobz_length, size_t uplo_length);

typedef __typeof__(&cblas_dtrmm) openblas_dtrmm;
typedef __typeof__(&dsyevd_) openblas_dsyevd;
typedef __typeof__(&openblas_set_num_threads) openblas_thread_setter;

// Whether this processor runs OpenBLAS's kernels for Haswell: those with AVX2 and FMA.
static inline int openblas_haswell_runs(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return 0;
#endif
}
