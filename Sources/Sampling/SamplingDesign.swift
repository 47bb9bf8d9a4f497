/// Where draws are placed in the unit cube.
///
/// A design is told the coordinates once, in the order in which they are dealt, and gives a source that can
/// fill any coordinate's any block without having seen the blocks before it: draws are addressed.
/// A new design is one file in `Designs/` and one alphabetical line in `SamplingDesignCatalogue`.
public protocol SamplingDesign: Sendable {
  /// The name as written after `design:`.
  static var name: String { get }

  /// One line for a reader.
  static var summary: String { get }

  /// The replicates whose spread gives a statistic's standard error: block b belongs to replicate b mod this number.
  /// 1 for independent draws, for which the usual formulas hold.
  static var replicateCount: Int { get }

  /// The design for a seed and the coordinates of a model, in dealing order.
  init(seed: UInt64, coordinates: [CoordinateAddress])

  /// Fills one address block of a coordinate with probabilities in the open interval 0 ... 1.
  ///
  /// - Parameters:
  ///   - coordinate: a position in the list given to `init`.
  ///   - block: draws `block * AddressBlock.draws ..< (block + 1) * AddressBlock.draws`.
  ///   - probabilities: room for `AddressBlock.draws` values.
  func fill(coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>)
}

extension SamplingDesign {
  /// By default draws are independent.
  public static var replicateCount: Int { 1 }
}

/// The unit of addressing, part of a result's definition: changing it changes every result.
public enum AddressBlock {
  /// Draws in an address block.
  public static let draws = 1024
}

/// What a coordinate is called, apart from the seed and the draw: the input's name and the labels of those of its
/// indexes along which its cells are not `shared`, in the order of the indexes' names.
public struct CoordinateAddress: Sendable, Hashable {
  /// The input's name.
  public var name: String
  /// Index name and label, ordered by index name.
  public var labels: [Label]

  /// A label on one index.
  public struct Label: Sendable, Hashable {
    /// The index's name.
    public var index: String
    /// The label.
    public var label: String

    /// A label on an index.
    public init(index: String, label: String) {
      self.index = index
      self.label = label
    }
  }

  /// The coordinate of an input at labels, which are put in the order of their indexes' names.
  public init(name: String, labels: [Label] = []) {
    self.name = name
    self.labels = labels.sorted { $0.index < $1.index }
  }
}

extension CoordinateAddress: CustomStringConvertible {
  /// `pue[2025]`
  public var description: String {
    labels.isEmpty ? name : "\(name)[\(labels.map(\.label).joined(separator: ","))]"
  }
}
