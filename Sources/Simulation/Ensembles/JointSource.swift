import Modeling

/// The points of several models that are dealt apart: a coordinate has the probabilities of the model that brought it.
struct JointSource: PointSource {
  private var sources: [any PointSource] = []
  /// For each coordinate of the joint space, a source and the position there.
  private var places: [(source: Int, position: Int)] = []
  private(set) var replicates = 1

  /// Adds the coordinates that a model has brought to the joint space: those whose names are new.
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
