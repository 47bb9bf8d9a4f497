import VectorMath

// The elementary functions used by this module's formulas. They give the same bits on every processor, see
// `PortableMath`, and shadow the C library's functions of the same names that Foundation imports.

func pow(_ x: Double, _ y: Double) -> Double { PortableMath.pow(x, y) }
