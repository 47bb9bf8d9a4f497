import Modeling
import Sampling

/// The coordinates and copula components that a graph's nodes name: those of a model, or of several models that share
/// what they have in common.
struct CoordinateSpace {
  /// What the nodes of one model call its coordinates and components.
  struct Identities {
    /// By the coordinate's position in the model.
    var coordinates: [CoordinateID]
    /// By the component's position in the model.
    var components: [Int]

    /// Those of a model that has the space for itself.
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

  /// A space of several models, empty so far.
  init() {
    coordinates = []
    components = []
  }

  private var known: [Key: CoordinateID] = [:]
  private var knownComponents: [ComponentKey: Int] = [:]

  /// What two models' coordinates have in common if they are the same.
  private struct Key: Hashable {
    var address: CoordinateAddress
    var usesDesign: Bool
    /// Its place among those that the design deals; nil where all models are dealt together.
    var place: Int?
  }

  private struct ComponentKey: Hashable {
    var coordinates: [CoordinateID]
    var factor: [UInt64]
    /// How they depend, with all that it is made of.
    var copula: String
  }

  /// Enters a model: its coordinates are those of the same address, and new ones come last; components are the same
  /// where they correlate the same coordinates alike.
  ///
  /// - Parameter dealsApart: whether a coordinate must also have the place in the model's own dealing that it has in
  ///   the other's, as a design that deals by place would else give it other probabilities.
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
        // It follows a coordinate that stands before it.
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
        coordinates: joint.coordinates, factor: joint.factor.map(\.bitPattern), copula: "\(joint.copula)")
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
