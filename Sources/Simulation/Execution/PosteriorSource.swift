import Diagnostics
import Modeling
import Sampling
import VectorMath

/// The points of a posterior sample, as scores; coordinates without scores in the sample keep their own points.
struct PosteriorSource: PointSource {
  let holdsScores = true
  let replicates: Int
  private let sample: PosteriorSample
  /// For each coordinate, its position in the sample.
  private let places: [Int?]
  private let other: any PointSource

  /// The sample's points for coordinates; `other` provides those that it lacks.
  init(_ sample: PosteriorSample, _ coordinates: [Coordinate], other: any PointSource) {
    self.sample = sample
    self.other = other
    replicates = sample.replicates
    places = coordinates.map { sample.place(of: $0.address) }
  }

  func fill(_ coordinate: Int, block: Int, into scores: UnsafeMutablePointer<Double>) {
    if let place = places[coordinate] { return sample.copy(place, block: block, into: scores) }
    other.fill(coordinate, block: block, into: scores)
    if !other.holdsScores { Columns.apply(.normalQuantile, scores, into: scores, count: AddressBlock.draws) }
  }
}
