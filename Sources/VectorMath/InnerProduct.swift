/// Σ x[i] y[i], in eight lanes that are added at the end.
///
/// The order of the additions is fixed, which gives the same bits on every processor, in a fourth of the time of
/// sequential summation, in which each addition waits for the previous one.
///
/// - Returns: 0 for a count of 0; NaN or infinite if a product or a sum is.
@inlinable
package func innerProduct(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, count: Int) -> Double {
  var lanes = SIMD8<Double>()
  var place = 0
  while place + 8 <= count {
    lanes +=
      UnsafeRawPointer(x + place).loadUnaligned(as: SIMD8<Double>.self)
      * UnsafeRawPointer(y + place).loadUnaligned(as: SIMD8<Double>.self)
    place += 8
  }
  var sum = lanes.sum()
  while place < count {
    sum += x[place] * y[place]
    place += 1
  }
  return sum
}
