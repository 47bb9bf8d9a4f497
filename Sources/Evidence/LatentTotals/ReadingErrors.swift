import LinearAlgebra
import Modeling

/// The errors of readings of a latent total, as covariances of their logarithms.
///
/// A route has a bias, of variance route_bias² and correlation 0.5 + 0.5 exp(-|dt| / 4) over labels, so that half of it
/// never changes; it shares a bias with all other routes, of variance common_route_bias² and correlation
/// exp(-|dt| / 6); and at each label it has an independent error of standard deviation year_error, which no input
/// describes. A published figure has a bias that all figures of its publisher share (publisher_bias), one that all
/// publishers share (common_publisher_bias), and two independent errors: that of its stated range, and figure_error. A
/// forecast has an additional variance of future² for each unit of the index from its publication to its label, or to
/// today if that is earlier. A published growth has only the independent errors.
struct ReadingErrors {
  /// A reading, as far as its errors go.
  struct Source: Equatable, Sendable {
    /// The kind of reading.
    enum Kind: Equatable, Sendable {
      /// A route, by its position.
      case route(Int)
      /// A published total, by the position of the bias that it shares.
      case total(bias: Int)
      /// A published growth.
      case growth
    }

    /// The kind.
    var kind: Kind
    /// The label that it speaks of.
    var label: Double
    /// The variance of its independent error; for a forecast, what is unknown about the future is part of it.
    var variance: Double
  }

  /// The part of a route's bias that never changes, and the distances over which the rest, and the bias common to all
  /// routes, lose correlation; in units of the index.
  ///
  /// A bias of method or scope stays while the method does; four years are about the life of a generation of hardware.
  /// A bias that never changed would make differences between the labels of one route exact, and since the years of a
  /// route are nearly one number in the draws, the readings of a single route could then outweigh all others.
  struct Memory: Equatable, Sendable {
    var constant = 0.5
    var route = 4.0
    var common = 6.0
  }

  var memory = Memory()

  /// The errors with unknown standard deviations, those with a scale of 0 left out.
  func components(of sources: [Source], priors: LatentPriors) -> [VarianceComponents.Component] {
    let all: [(LatentPriors.Scale, (Source, Source) -> Double)] = [
      (.routeBias, routeBias), (.commonRouteBias, commonRouteBias), (.publisherBias, publisherBias),
      (.commonPublisherBias, commonPublisherBias),
      (.figureError, { _, _ in 0 }),
    ]
    return all.compactMap { scale, correlation in
      var pattern = SymmetricMatrix(identityOfSize: sources.count)
      var isUsed = false
      for a in sources.indices {
        for b in 0..<a { pattern[a, b] = correlation(sources[a], sources[b]) }
        let own = scale == .figureError ? !sources[a].isRoute : correlation(sources[a], sources[a]) > 0
        pattern[a, a] = own ? 1 : 0
        isUsed = isUsed || own
      }
      guard isUsed, priors[scale] > 0 else { return nil }
      return .init(name: scale.rawValue, scale: priors[scale], pattern: pattern)
    }
  }

  /// The covariance of the errors of known size.
  func known(of sources: [Source]) -> SymmetricMatrix {
    var matrix = SymmetricMatrix(identityOfSize: sources.count)
    for a in sources.indices { matrix[a, a] = sources[a].variance }
    return matrix
  }

  private func routeBias(_ a: Source, _ b: Source) -> Double {
    guard case .route(let first) = a.kind, case .route(let second) = b.kind, first == second else { return 0 }
    return memory.constant + (1 - memory.constant) * exp(-(a.label - b.label).magnitude / memory.route)
  }

  private func commonRouteBias(_ a: Source, _ b: Source) -> Double {
    a.isRoute && b.isRoute ? exp(-(a.label - b.label).magnitude / memory.common) : 0
  }

  private func publisherBias(_ a: Source, _ b: Source) -> Double {
    guard case .total(let first) = a.kind, case .total(let second) = b.kind else { return 0 }
    return first == second ? 1 : 0
  }

  private func commonPublisherBias(_ a: Source, _ b: Source) -> Double {
    guard case .total = a.kind, case .total = b.kind else { return 0 }
    return 1
  }
}

extension ReadingErrors.Source {
  /// Whether it is a route of the scenario.
  var isRoute: Bool { if case .route = kind { true } else { false } }
}
