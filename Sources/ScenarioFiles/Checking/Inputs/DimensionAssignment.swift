import Modeling
import Sampling

/// Numbers the coordinates: those of inputs in file order, those added by `--set`, those of references.
struct DimensionAssignment {
  /// The coordinates.
  private(set) var coordinates: [Coordinate] = []
  private var positions: [CoordinateAddress: CoordinateID] = [:]

  /// Numbers all coordinates.
  ///
  /// - Parameters:
  ///   - stated: inputs and references as declared in the file.
  ///   - final: the same after `--set`, which keeps coordinates and may add some.
  init(_ context: CheckContext, stated: [QuantityID: CheckedInput], final: [QuantityID: CheckedInput]) {
    let ids = context.quantities.indices.map(QuantityID.init)
    let inputs = ids.filter { if case .input = context[$0].kind { true } else { false } }
    let references = ids.filter { if case .reference = context[$0].kind { true } else { false } }
    for source in [stated, final] { for id in inputs { assign(source[id], id, usesDesign: true) } }
    for source in [stated, final] { for id in references { assign(source[id], id, usesDesign: false) } }
  }

  private mutating func assign(_ checked: CheckedInput?, _ id: QuantityID, usesDesign: Bool) {
    for member in checked?.coordinates ?? [] where positions[member.address] == nil {
      positions[member.address] = CoordinateID(coordinates.count)
      coordinates.append(Coordinate(address: member.address, quantity: id, usesDesign: usesDesign))
    }
  }

  /// The coordinate of an address.
  subscript(address: CoordinateAddress) -> CoordinateID? { positions[address] }
}
