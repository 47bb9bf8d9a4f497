import Diagnostics
import Modeling
import Sampling

/// A source of the probabilities of a model's coordinates.
///
/// Usually it is the model's own design; a sensitivity method that places its own points in the unit cube provides
/// another. Any block of any coordinate may be requested, in any order and concurrently.
package protocol PointSource: Sendable {
  /// Block b belongs to replicate b mod this number; 1 for independent draws.
  var replicates: Int { get }

  /// Whether columns hold standard normal scores instead of probabilities.
  ///
  /// A probability near 1 has no digits left beyond a score of 8.2; scores reach both tails down to probabilities of
  /// 1e-300. Quantile functions are then evaluated in the tail of the score.
  var holdsScores: Bool { get }

  /// Fills an address block of a coordinate, by its position in `Model.coordinates`, with probabilities in the open
  /// interval 0 … 1, or with scores if it `holdsScores`. For coordinates of a copula these are the probabilities of the
  /// independent scores behind it.
  func fill(_ coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>)
}

extension PointSource {
  /// By default columns hold probabilities.
  package var holdsScores: Bool { false }
}

extension Model {
  /// The points on which the model is evaluated: those of the design in its settings, or of its posterior sample.
  ///
  /// - Throws: diagnostics if the design is unknown.
  package func points() throws(Diagnostics) -> any PointSource {
    let design = try CoordinateSource(self)
    return posterior.map { PosteriorSource($0, coordinates, other: design) } ?? design
  }
}

/// The source given by a model's settings: the design for the coordinates of inputs, plain Monte Carlo for those of
/// references.
struct CoordinateSource: PointSource {
  private let design: any SamplingDesign
  private let plain: MonteCarlo
  let replicates: Int
  /// For each coordinate, whether it uses the design, and its index there.
  private let places: [(usesDesign: Bool, position: Int)]

  /// The source for a model's coordinates.
  ///
  /// - Throws: diagnostics if the design is unknown.
  init(_ model: Model) throws(Diagnostics) { try self.init(model.coordinates, model.settings) }

  /// The source for coordinates, with dimensions assigned in order.
  ///
  /// - Throws: diagnostics if the design is unknown.
  init(_ coordinates: [Coordinate], _ settings: RunSettings) throws(Diagnostics) {
    guard let type = SamplingDesignCatalogue.design(named: settings.design) else {
      let names = SamplingDesignCatalogue.all.map { $0.name }
      throw Diagnostics(.unknownSamplingDesign(settings.design, designs: names), at: nil)
    }
    var designAddresses: [CoordinateAddress] = []
    var plainAddresses: [CoordinateAddress] = []
    var places = [(usesDesign: Bool, position: Int)](repeating: (false, 0), count: coordinates.count)
    for number in Self.order(of: coordinates) {
      let coordinate = coordinates[number]
      places[number] = (coordinate.usesDesign, coordinate.usesDesign ? designAddresses.count : plainAddresses.count)
      if coordinate.usesDesign {
        designAddresses.append(coordinate.address)
      } else {
        plainAddresses.append(coordinate.address)
      }
    }
    self.places = places
    replicates = max(1, type.replicateCount)
    design = type.init(seed: settings.seed, coordinates: designAddresses)
    plain = MonteCarlo(seed: settings.seed, coordinates: plainAddresses)
  }

  /// The indexes of coordinates in the order in which dimensions are assigned.
  static func order(of coordinates: [Coordinate]) -> [Int] {
    coordinates.indices.sorted { a, b in
      let (first, second) = (coordinates[a].assignedAfter?.position ?? a, coordinates[b].assignedAfter?.position ?? b)
      return (first, a) < (second, b)
    }
  }

  func fill(_ coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
    let place = places[coordinate]
    if place.usesDesign {
      design.fill(coordinate: place.position, block: block, into: probabilities)
    } else {
      plain.fill(coordinate: place.position, block: block, into: probabilities)
    }
  }
}
