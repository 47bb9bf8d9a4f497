// The whole surface of OpenBLAS that Loadcast sees: CBLAS, and of LAPACK, which it carries too, the eigenvalues of a
// symmetric matrix. Debian's build has no LAPACKE, so the Fortran routine is declared here, with the lengths of its two
// texts at the end as Fortran passes them.
#include <cblas.h>
#include <stddef.h>

void dsyevd_(const char *jobz, const char *uplo, const blasint *n, double *a, const blasint *lda, double *w,
             double *work, const blasint *lwork, blasint *iwork, const blasint *liwork, blasint *info,
             size_t jobz_length, size_t uplo_length);
