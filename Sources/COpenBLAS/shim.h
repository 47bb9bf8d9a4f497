// The whole surface of OpenBLAS that Loadcast sees: CBLAS. Debian's build carries no LAPACKE.
#include <cblas.h>
