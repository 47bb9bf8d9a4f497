import VectorMath

// The elementary functions that formulas of this module use: the same bits on every processor, see `PortableMath`. They
// hide the C library's functions of the same names, which Foundation brings.

func sin(_ x: Double) -> Double { PortableMath.sin(x) }
func pow(_ x: Double, _ y: Double) -> Double { PortableMath.pow(x, y) }
