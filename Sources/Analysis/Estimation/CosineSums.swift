import Sampling
import VectorMath

/// Sums over draws of cos(π m u), m = 1 … 32, over the ranks u of an input, and of these times a target.
enum CosineSums {
  private static let terms = CosineSpectrum.terms
  /// Draws whose cosines are computed at the same time.
  private static let lanes = 8

  /// The sums.
  ///
  /// Draws are added one after the other, so the sums do not depend on how many are computed at the same time.
  ///
  /// - Parameters:
  ///   - values: the target; a draw in which it or the rank is not finite is left out.
  ///   - products: whether products of cosines are wanted.
  /// - Returns: `sums`, by replicate: draws, Σ y, then Σ y cos by term, then Σ cos; and `products`, Σ cos cos by two terms,
  ///   the first not less than the second, empty if they are not wanted.
  static func of(_ values: [Double], ranks: [Double], products wantsProducts: Bool)
    -> (sums: [Double], products: [Double])
  {
    let width = 2 + 2 * terms
    var sums = [Double](repeating: 0, count: Replicates.count * width)
    var products = [Double](repeating: 0, count: wantsProducts ? terms * terms : 0)
    let used = ranks.indices.filter { ranks[$0].isFinite && values[$0].isFinite }
    // The cosines of some draws, draw by draw.
    var cosines = [Double](repeating: 0, count: lanes * terms)
    sums.withUnsafeMutableBufferPointer { sums in
      products.withUnsafeMutableBufferPointer { products in
        cosines.withUnsafeMutableBufferPointer { cosines in
          guard let start = cosines.baseAddress else { return }
          for first in stride(from: 0, to: used.count, by: lanes) {
            let draws = used[first..<min(first + lanes, used.count)]
            fill(start, draws.map { ranks[$0] })
            for (lane, draw) in draws.enumerated() {
              let own = start + lane * terms
              let value = values[draw]
              let place = draw / AddressBlock.draws % Replicates.count * width
              sums[place] += 1
              sums[place + 1] += value
              guard let to = sums.baseAddress else { continue }
              add(value, times: own, count: terms, to: to + place + 2)
              add(1, times: own, count: terms, to: to + place + 2 + terms)
              guard wantsProducts, let rows = products.baseAddress else { continue }
              // Whole groups of a row: what is right of the diagonal is not read.
              for i in 0..<terms {
                add(own[i], times: own, count: i / lanes * lanes + lanes, to: rows + i * terms)
              }
            }
          }
        }
      }
    }
    return (sums, products)
  }

  /// Adds a multiple of some numbers, a multiple of `lanes` of them, to sums.
  @inline(__always)
  private static func add(
    _ factor: Double, times own: UnsafeMutablePointer<Double>, count: Int, to sums: UnsafeMutablePointer<Double>
  ) {
    for place in stride(from: 0, to: count, by: lanes) {
      let more = factor * UnsafeRawPointer(own + place).loadUnaligned(as: SIMD8<Double>.self)
      let target = UnsafeMutableRawPointer(sums + place)
      target.storeBytes(of: target.loadUnaligned(as: SIMD8<Double>.self) + more, as: SIMD8<Double>.self)
    }
  }

  /// Writes the cosines of at most `lanes` ranks, by Chebyshev's recurrence: cos(m t) = 2 cos(t) cos((m - 1) t) -
  /// cos((m - 2) t).
  private static func fill(_ cosines: UnsafeMutablePointer<Double>, _ ranks: [Double]) {
    var first = SIMD8<Double>(repeating: 1)
    for (lane, rank) in ranks.enumerated() { first[lane] = PortableMath.cos(.pi * rank) }
    let twice = 2 * first
    var (before, now) = (SIMD8<Double>(repeating: 1), first)
    for term in 0..<terms {
      for lane in 0..<lanes { cosines[lane * terms + term] = now[lane] }
      (before, now) = (now, twice * now - before)
    }
  }
}
