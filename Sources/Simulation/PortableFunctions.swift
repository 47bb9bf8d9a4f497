import VectorMath

// The elementary functions used by this module's formulas. They give the same bits on every processor, see
// `PortableMath`, and shadow the C library's functions of the same names that Foundation imports.

func exp(_ x: Double) -> Double { PortableMath.exp(x) }
func log(_ x: Double) -> Double { PortableMath.log(x) }
func hypot(_ x: Double, _ y: Double) -> Double { PortableMath.hypot(x, y) }
func pow(_ x: Double, _ y: Double) -> Double { PortableMath.pow(x, y) }
