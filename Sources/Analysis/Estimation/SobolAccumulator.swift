/// Sums over the values of a target at three matched columns of points, less a pivot, where all three are finite.
///
/// All estimators of Sobol' indices are computed from them; sums over ranges of points can be added.
struct SobolAccumulator {
  /// Number of triples.
  var count = 0.0
  /// Σ a, Σ a², …: a and b from independent points, c from the mix.
  var a = 0.0
  var aa = 0.0
  var b = 0.0
  var bb = 0.0
  var ab = 0.0
  var c = 0.0
  var cc = 0.0
  var ac = 0.0
  var bc = 0.0

  /// Sums of pairs, with the last four left at zero.
  static func pair(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, pivot: Double, count: Int)
    -> SobolAccumulator
  {
    var sums = SobolAccumulator(a, b, b, pivot: pivot, count: count)
    (sums.c, sums.cc, sums.ac, sums.bc) = (0, 0, 0, 0)
    return sums
  }

  /// Creates empty sums.
  init() {}

  /// The sums of columns; triples with a value that is not finite are excluded.
  init(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ c: UnsafePointer<Double>, pivot: Double, count: Int
  ) {
    let pair = Self.products(a, b, pivot, count)
    let left = Self.products(a, c, pivot, count)
    let right = Self.products(b, c, pivot, count)
    self.init()
    self.count = Double(count)
    (self.a, aa, self.b, bb, ab) = (pair.x, pair.xx, pair.y, pair.yy, pair.xy)
    (self.c, cc, ac, bc) = (left.y, left.yy, left.xy, right.xy)
    if !(aa.isFinite && bb.isFinite && cc.isFinite) { self = Self.finite(a, b, c, pivot, count) }
  }

  /// The same for known and finite sums of a and b.
  init(
    known: SobolAccumulator, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ c: UnsafePointer<Double>,
    pivot: Double, count: Int
  ) {
    guard known.count == Double(count) else {
      self = Self.finite(a, b, c, pivot, count)
      return
    }
    self = known
    var sum = SIMD8<Double>(), square = SIMD8<Double>(), left = SIMD8<Double>(), right = SIMD8<Double>()
    var row = 0
    while row + 8 <= count {
      let x = Self.lanes(a, row) - pivot, y = Self.lanes(b, row) - pivot, z = Self.lanes(c, row) - pivot
      sum += z
      square += z * z
      left += x * z
      right += y * z
      row += 8
    }
    (self.c, cc, ac, bc) = (sum.sum(), square.sum(), left.sum(), right.sum())
    while row < count {
      let x = a[row] - pivot, y = b[row] - pivot, z = c[row] - pivot
      self.c += z
      cc += z * z
      ac += x * z
      bc += y * z
      row += 1
    }
    if !cc.isFinite { self = Self.finite(a, b, c, pivot, count) }
  }

  @inline(__always)
  private static func lanes(_ x: UnsafePointer<Double>, _ row: Int) -> SIMD8<Double> {
    UnsafeRawPointer(x + row).loadUnaligned(as: SIMD8<Double>.self)
  }

  /// Σ x, Σ x², Σ y, Σ y², Σ x y in a fixed order.
  static func products(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ pivot: Double, _ count: Int
  ) -> (x: Double, xx: Double, y: Double, yy: Double, xy: Double) {
    var sx = SIMD8<Double>(), sxx = SIMD8<Double>(), sy = SIMD8<Double>(), syy = SIMD8<Double>(), sxy = SIMD8<Double>()
    var row = 0
    while row + 8 <= count {
      let u = lanes(x, row) - pivot, v = lanes(y, row) - pivot
      sx += u
      sxx += u * u
      sy += v
      syy += v * v
      sxy += u * v
      row += 8
    }
    var sums = (x: sx.sum(), xx: sxx.sum(), y: sy.sum(), yy: syy.sum(), xy: sxy.sum())
    while row < count {
      let u = x[row] - pivot, v = y[row] - pivot
      sums.x += u
      sums.xx += u * u
      sums.y += v
      sums.yy += v * v
      sums.xy += u * v
      row += 1
    }
    return sums
  }

  private static func finite(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ c: UnsafePointer<Double>, _ pivot: Double, _ count: Int
  ) -> SobolAccumulator {
    var sums = SobolAccumulator()
    for row in 0..<count {
      let x = a[row] - pivot, y = b[row] - pivot, z = c[row] - pivot
      guard x.isFinite, y.isFinite, z.isFinite else { continue }
      sums.count += 1
      sums.a += x
      sums.aa += x * x
      sums.b += y
      sums.bb += y * y
      sums.ab += x * y
      sums.c += z
      sums.cc += z * z
      sums.ac += x * z
      sums.bc += y * z
    }
    return sums
  }

  /// Adds sums, multiplied by a weight.
  mutating func add(_ other: SobolAccumulator, times weight: Double = 1) {
    count += weight * other.count
    a += weight * other.a
    aa += weight * other.aa
    b += weight * other.b
    bb += weight * other.bb
    ab += weight * other.ab
    c += weight * other.c
    cc += weight * other.cc
    ac += weight * other.ac
    bc += weight * other.bc
  }

  /// The variance of the target, from a and b together.
  var variance: Double {
    let mean = (a + b) / (2 * count)
    return max(0, (aa + bb) / (2 * count) - mean * mean)
  }
}
