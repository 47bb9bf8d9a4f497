import Modeling
import Sampling

/// The coordinates and copula components that a graph's nodes reference: those of one model, or of several models that
/// share common ones.
struct CoordinateSpace {
  /// The identifiers of one model's coordinates and components in the space.
  struct Identities {
    /// By the coordinate's index in the model.
    var coordinates: [CoordinateID]
    /// By the component's index in the model.
    var components: [Int]

    /// The identifiers of a model that is alone in the space.
    static func positions(in model: Model) -> Identities {
      Identities(
        coordinates: model.coordinates.indices.map(CoordinateID.init), components: Array(model.components.indices))
    }
  }

  private(set) var coordinates: [Coordinate]
  private(set) var components: [CopulaComponent]

  /// The space of a model.
  init(of model: Model) {
    coordinates = model.coordinates
    components = model.components
  }

  /// An empty space for several models.
  init() {
    coordinates = []
    components = []
  }

  private var known: [Key: CoordinateID] = [:]
  private var knownComponents: [ComponentKey: Int] = [:]

  /// The identity of a coordinate across models.
  private struct Key: Hashable {
    var address: CoordinateAddress
    var usesDesign: Bool
    /// Its dimension in the design; nil if all models share one assignment.
    var place: Int?
  }

  private struct ComponentKey: Hashable {
    var coordinates: [CoordinateID]
    var factor: [UInt64]
    var sequence: SequentialFactor?
    /// The copula, described with all its parameters.
    var copula: String
  }

  /// Adds a model. Its coordinates are identified with those of the same address, and new ones are appended; components
  /// are shared if they correlate the same coordinates in the same way.
  ///
  /// - Parameter hasOwnDimensions: whether coordinates are shared only if they have the same dimension in both models'
  ///   own assignments; a design that assigns by position would otherwise give them other probabilities.
  mutating func enter(_ model: Model, hasOwnDimensions: Bool) -> Identities {
    var identities = Identities(coordinates: [], components: [])
    let order = CoordinateSource.order(of: model.coordinates)
    var designPlaces = [Int?](repeating: nil, count: model.coordinates.count)
    for (place, position) in order.filter({ model.coordinates[$0].usesDesign }).enumerated() {
      designPlaces[position] = place
    }
    for (position, coordinate) in model.coordinates.enumerated() {
      let key = Key(
        address: coordinate.address, usesDesign: coordinate.usesDesign,
        place: hasOwnDimensions ? designPlaces[position] : nil)
      let id = known[key] ?? CoordinateID(coordinates.count)
      if id.position == coordinates.count {
        known[key] = id
        var own = coordinate
        // It depends on a preceding coordinate.
        own.assignedAfter = coordinate.assignedAfter.map { identities.coordinates[$0.position] }
        coordinates.append(own)
      }
      identities.coordinates.append(id)
    }
    for component in model.components {
      var joint = component
      joint.coordinates = component.coordinates.map { identities.coordinates[$0.position] }
      if case .student(let copula, let mixing) = component.copula {
        joint.copula = .student(copula, mixing: identities.coordinates[mixing.position])
      }
      let key = ComponentKey(
        coordinates: joint.coordinates, factor: joint.factor.map(\.bitPattern), sequence: joint.sequence,
        copula: "\(joint.copula)")
      let position = knownComponents[key] ?? components.count
      if position == components.count {
        knownComponents[key] = position
        components.append(joint)
      }
      identities.components.append(position)
    }
    return identities
  }
}
