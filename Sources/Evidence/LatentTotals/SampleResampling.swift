import Modeling
import Sampling
import Simulation

extension PosteriorSample {
  /// Equal-weight draws from weighted ones, population by population, so that populations stay independent.
  ///
  /// Systematic resampling with one uniform number for each population (Kitagawa 1996, doi:10.1080/10618600.1996.10474692).
  /// Draws of equal weight stay as they are.
  ///
  /// - Parameters:
  ///   - logWeights: the logarithm of each draw's weight.
  ///   - seed: of the uniform numbers.
  ///   - purpose: the name of their stream.
  /// - Returns: the sample, which is the same if no draw has a weight, and the effective number of weighted draws.
  func resampled(
    logWeights: [Double], seed: UInt64, purpose: String
  ) -> (sample: PosteriorSample, effective: Double) {
    guard let greatest = logWeights.max(), greatest > -.infinity else { return (self, 0) }
    let weights = logWeights.map { exp($0 - greatest) }
    let total = weights.reduce(0, +)
    let effective = total * total / weights.reduce(0) { $0 + $1 * $1 }
    guard weights.contains(where: { $0 != weights[0] }) else { return (self, Double(count)) }
    var uniforms = [Double](repeating: 0.5, count: AddressBlock.draws)
    MonteCarlo(seed: seed, coordinates: [CoordinateAddress(name: "latent resampling for \(purpose)")])
      .fill(coordinate: 0, block: 0, into: &uniforms)
    var sources = Array(0..<count)
    for population in 0..<replicates {
      let own = (0..<count).filter { $0 / Self.blockSize % replicates == population }
      let sum = own.reduce(0.0) { $0 + weights[$1] }
      guard sum > 0 else { continue }
      var (place, below) = (0, 0.0)
      for (k, draw) in own.enumerated() {
        let wanted = (Double(k) + uniforms[population]) / Double(own.count) * sum
        while place + 1 < own.count, below + weights[own[place]] < wanted {
          below += weights[own[place]]
          place += 1
        }
        sources[draw] = own[place]
      }
    }
    let scores = addresses.map { address -> [Double] in
      let column = self[address] ?? []
      return sources.map { column[$0] }
    }
    return (
      PosteriorSample(addresses: addresses, scores: scores, count: count, replicates: replicates), effective
    )
  }
}
