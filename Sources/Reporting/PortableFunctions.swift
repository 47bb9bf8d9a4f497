import VectorMath

// The elementary functions used by formulas of this module: the same bits on every processor, see `PortableMath`. They
// shadow the C library's functions of the same names, which Foundation exports.

func log(_ x: Double) -> Double { PortableMath.log(x) }
func log10(_ x: Double) -> Double { PortableMath.log10(x) }
func pow(_ x: Double, _ y: Double) -> Double { PortableMath.pow(x, y) }
