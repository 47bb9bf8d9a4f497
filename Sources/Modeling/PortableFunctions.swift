import VectorMath

// The elementary functions used in this module, with the same bits on every processor; see `PortableMath`. They shadow
// the functions of the same names in the C library, which Foundation exports.

func sin(_ x: Double) -> Double { PortableMath.sin(x) }
func pow(_ x: Double, _ y: Double) -> Double { PortableMath.pow(x, y) }
