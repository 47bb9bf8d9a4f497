import VectorMath

// The elementary functions used by this module's formulas. They give the same bits on every processor, see
// `PortableMath`, and shadow the C library's functions of the same names that Foundation imports.

func exp(_ x: Double) -> Double { PortableMath.exp(x) }
func exp2(_ x: Double) -> Double { PortableMath.exp2(x) }
func expm1(_ x: Double) -> Double { PortableMath.expm1(x) }
func log(_ x: Double) -> Double { PortableMath.log(x) }
func log2(_ x: Double) -> Double { PortableMath.log2(x) }
func log1p(_ x: Double) -> Double { PortableMath.log1p(x) }
func sin(_ x: Double) -> Double { PortableMath.sin(x) }
func cos(_ x: Double) -> Double { PortableMath.cos(x) }
func tan(_ x: Double) -> Double { PortableMath.tan(x) }
func asin(_ x: Double) -> Double { PortableMath.asin(x) }
func sinh(_ x: Double) -> Double { PortableMath.sinh(x) }
func cosh(_ x: Double) -> Double { PortableMath.cosh(x) }
func asinh(_ x: Double) -> Double { PortableMath.asinh(x) }
func erf(_ x: Double) -> Double { PortableMath.erf(x) }
func erfc(_ x: Double) -> Double { PortableMath.erfc(x) }
func pow(_ x: Double, _ y: Double) -> Double { PortableMath.pow(x, y) }
func atan2(_ y: Double, _ x: Double) -> Double { PortableMath.atan2(y, x) }
func hypot(_ x: Double, _ y: Double) -> Double { PortableMath.hypot(x, y) }
