import VectorMath

// The elementary functions used in this module, with the same bits on every processor; see `PortableMath`. They shadow
// the functions of the same names in the C library, which Foundation exports.

func exp(_ x: Double) -> Double { PortableMath.exp(x) }
func log(_ x: Double) -> Double { PortableMath.log(x) }
func log10(_ x: Double) -> Double { PortableMath.log10(x) }
func cos(_ x: Double) -> Double { PortableMath.cos(x) }
func tanh(_ x: Double) -> Double { PortableMath.tanh(x) }
func pow(_ x: Double, _ y: Double) -> Double { PortableMath.pow(x, y) }
func exp2(_ x: Double) -> Double { PortableMath.exp2(x) }
func log2(_ x: Double) -> Double { PortableMath.log2(x) }
func hypot(_ x: Double, _ y: Double) -> Double { PortableMath.hypot(x, y) }
