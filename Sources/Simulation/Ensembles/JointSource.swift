import Diagnostics
import Modeling

/// The points of several models with separate assignments of dimensions: a coordinate has the probabilities of the
/// first model that has it.
struct JointSource: PointSource {
  private var sources: [any PointSource] = []
  /// For each coordinate of the joint space, a source and the index in it.
  private var places: [(source: Int, position: Int)] = []
  private(set) var replicates = 1

  /// Adds the coordinates that a model has added to the joint space: those with new identities.
  mutating func add(_ model: Model, _ identities: CoordinateSpace.Identities) throws(Diagnostics) {
    let new = identities.coordinates.indices.filter { identities.coordinates[$0].position >= places.count }
    guard sources.isEmpty || !new.isEmpty else { return }
    let source = try CoordinateSource(model)
    replicates = source.replicates
    sources.append(source)
    for position in new { places.append((sources.count - 1, position)) }
  }

  func fill(_ coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
    let place = places[coordinate]
    sources[place.source].fill(place.position, block: block, into: probabilities)
  }
}
