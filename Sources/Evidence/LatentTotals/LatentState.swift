import LinearAlgebra
import Modeling
import Sampling
import Simulation
import VectorMath

/// The coordinates of latent totals: how their independent normal scores make the logarithms.
struct LatentState: Sendable {
  /// The coordinates of all latent totals.
  private(set) var coordinates: [CoordinateID] = []
  /// For each total: its first coordinate in the list, and the lower triangular matrix, in their order, that makes the
  /// deviations of logarithms from their means.
  private(set) var blocks: [(first: Int, factor: [Double], labels: [Int])] = []

  init(_ totals: [LatentTotal], in model: Model) {
    for total in totals {
      let points = model[total.input].input?.supportPoints ?? []
      let all = points.compactMap(\.coordinate)
      let component = model.components.first { all.first.map($0.coordinates.contains) ?? false }
      let own = component?.coordinates ?? all
      let labels = own.map { coordinate in points.firstIndex { $0.coordinate == coordinate } ?? 0 }
      let (count, covariance) = (own.count, total.path.covariance)
      var factor = component?.factor ?? [1]
      for (row, label) in labels.enumerated() {
        let sd = covariance[label * total.path.labels.count + label].squareRoot()
        for column in 0..<count { factor[row * count + column] *= sd }
      }
      blocks.append((coordinates.count, factor, labels))
      coordinates += own
    }
  }

  /// The dependence of the logarithm at a label of a total on all coordinates.
  func row(total: Int, label: Int) -> [Double] {
    let (first, factor, labels) = blocks[total]
    var row = [Double](repeating: 0, count: coordinates.count)
    guard let place = labels.firstIndex(of: label) else { return row }
    for column in labels.indices { row[first + column] = factor[place * labels.count + column] }
    return row
  }

  /// The scores of a total that make given changes of its logarithms.
  ///
  /// - Parameter changes: by label.
  func scores(total: Int, changes: [Double]) -> [Double] {
    let (_, factor, labels) = blocks[total]
    return TriangularSystem.solved(factor, labels.map { changes[$0] })
  }
}
