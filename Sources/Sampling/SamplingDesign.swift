/// A design of points in the unit cube.
///
/// A design receives all coordinates once, in the order of their dimensions, and can then fill any block of any
/// coordinate without the blocks before it: draws are addressable. A new design is one file in `Designs/` and one line,
/// in alphabetical order, in `SamplingDesignCatalogue`.
package protocol SamplingDesign: Sendable {
  /// The name, written after `design:`.
  static var name: String { get }

  /// A one-line description.
  static var summary: String { get }

  /// The number of replicates whose spread gives a statistic's standard error: block b belongs to replicate b mod this
  /// number. It is 1 for independent draws, for which the usual formulas apply.
  static var replicateCount: Int { get }

  /// The design for a seed and the coordinates of a model, in the order of dimensions.
  init(seed: UInt64, coordinates: [CoordinateAddress])

  /// Fills one address block of a coordinate with probabilities in the open interval 0 ... 1.
  ///
  /// - Parameters:
  ///   - coordinate: an index into the list passed to `init`.
  ///   - block: draws `block * AddressBlock.draws ..< (block + 1) * AddressBlock.draws`.
  ///   - probabilities: the results, `AddressBlock.draws` values.
  func fill(coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>)
}

extension SamplingDesign {
  /// By default draws are independent.
  package static var replicateCount: Int { 1 }
}

/// The unit of addressing. It is part of a result's definition: changing it changes all results.
package enum AddressBlock {
  /// Draws per address block.
  package static let draws = 1024
}

/// The address of a coordinate, apart from the seed and the draw: the input's name and its labels on those indexes
/// along which its cells are not `shared`, sorted by the indexes' names.
package struct CoordinateAddress: Sendable, Hashable {
  /// The input's name.
  package var name: String
  /// Index names and labels, sorted by index name.
  package var labels: [Label]

  /// A label on one index.
  package struct Label: Sendable, Hashable {
    /// The index's name.
    package var index: String
    /// The label.
    package var label: String

    /// A label on an index.
    package init(index: String, label: String) {
      self.index = index
      self.label = label
    }
  }

  /// The coordinate of an input at labels, which are sorted by the names of their indexes.
  package init(name: String, labels: [Label] = []) {
    self.name = name
    self.labels = labels.sorted { $0.index < $1.index }
  }
}

extension CoordinateAddress: CustomStringConvertible {
  /// `pue[2025]`
  package var description: String {
    labels.isEmpty ? name : "\(name)[\(labels.map(\.label).joined(separator: ","))]"
  }
}
