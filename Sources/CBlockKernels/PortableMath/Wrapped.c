// Functions that the linker puts in the place of the C library's (`--wrap` in Package.swift). Foundation refers to hypot
// and hypotf in functions that nothing here calls, and the versions of them that a build on glibc 2.35 or later binds
// would keep the program from starting on an older one.
#include "Scalar.h"

double __wrap_hypot(double x, double y);
float __wrap_hypotf(float x, float y);

double __wrap_hypot(double x, double y) { return lc_hypot(x, y); }

// The double is within 0.51 units in its last place, so that its rounding is within 0.51 of the float's.
float __wrap_hypotf(float x, float y) { return (float)lc_hypot(x, y); }
