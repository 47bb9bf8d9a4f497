import Modeling
import Sampling
import Simulation

/// Points of matrices A, B and mixes of them: a mix has some factors' coordinates from one and all others from the
/// other (Saltelli 2002, doi:10.1016/S0010-4655(02)00280-1).
///
/// A and B are the two halves of a scrambled Sobol' design with twice the coordinates, in 16 replicates, each of
/// base / 16 points. Block n * matrices + m holds points 1,024 n … of matrix m.
struct PickFreezeSource: PointSource {
  let replicates = Replicates.count
  /// Points of each matrix: a power of two, at least 1,024.
  let base: Int
  /// The matrices.
  let matrices: Int
  private let points: Sobol
  /// For each coordinate of the model, its position in the design; nil if it is not needed.
  private let places: [Int?]
  private let designSize: Int
  /// For each matrix and position, whether it is taken from B.
  private let isFromB: [Bool]

  /// The source of matrices, each given by the coordinates that it takes from B.
  init(_ problem: SensitivityProblem, fromB matrices: [Set<CoordinateID>], base: Int) {
    let model = problem.model
    var needed = problem.needed.reduce(into: Set<CoordinateID>()) { $0.formUnion($1) }
    for component in model.components where component.coordinates.contains(where: needed.contains) {
      needed.formUnion(component.coordinates)
    }
    for factor in problem.factors { needed.formUnion(factor.coordinates) }
    let ordered = needed.sorted()
    var places = [Int?](repeating: nil, count: model.coordinates.count)
    for (place, coordinate) in ordered.enumerated() { places[coordinate.position] = place }
    self.places = places
    designSize = ordered.count
    let addresses = ordered.map { model.coordinates[$0.position].address }
    // Names have no space, so no input has this name.
    let second = addresses.map { CoordinateAddress(name: "again \($0.name)", labels: $0.labels) }
    points = Sobol(seed: problem.model.settings.seed, coordinates: addresses + second)
    self.base = base
    self.matrices = matrices.count
    isFromB = matrices.flatMap { own in ordered.map(own.contains) }
  }

  func fill(_ coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
    guard let place = places[coordinate] else {
      return probabilities.update(repeating: 0.5, count: AddressBlock.draws)
    }
    let (part, matrix) = block.quotientAndRemainder(dividingBy: matrices)
    let dimension = isFromB[matrix * designSize + place] ? designSize + place : place
    let own = base / replicates
    guard own < AddressBlock.draws else { return points.fill(coordinate: dimension, block: part, into: probabilities) }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: AddressBlock.draws) { scratch in
      guard let start = scratch.baseAddress else { return }
      for segment in 0..<(AddressBlock.draws / own) {
        points.fill(
          coordinate: dimension, block: part * AddressBlock.draws / own + segment, into: start)
        (probabilities + segment * own).update(from: start, count: own)
      }
    }
  }

  /// Number of segments of a block that belong to one replicate each.
  var segments: Int { max(1, AddressBlock.draws * replicates / base) }

  /// Number of points of a segment.
  var segmentPoints: Int { AddressBlock.draws / segments }

  /// The replicate of a segment of the n-th points.
  func replicate(part: Int, segment: Int) -> Int {
    segments == 1 ? part % replicates : part * segments + segment
  }
}
