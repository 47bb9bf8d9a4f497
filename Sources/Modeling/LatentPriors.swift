/// The scales of the half-normal priors of the standard deviations of readings' errors, of logarithms.
package struct LatentPriors: Sendable, Equatable {
  /// A standard deviation that is estimated, by its name in scenarios and tables.
  package enum Scale: String, Sendable, CaseIterable {
    /// The bias that a route keeps.
    case routeBias = "route_bias"
    /// The bias that all routes share.
    case commonRouteBias = "common_route_bias"
    /// The bias that a publisher keeps.
    case publisherBias = "publisher_bias"
    /// The bias that all publishers share.
    case commonPublisherBias = "common_publisher_bias"
    /// The error of one published figure, in addition to its stated range.
    case figureError = "figure_error"

    /// The default scale.
    ///
    /// Routes and published figures of one quantity commonly differ by factors up to 2, of which 0.35 is the standard
    /// deviation when 2 is two of them. The common biases are not identified by readings, since one contrast, routes
    /// against publishers, must serve both, so that their priors are statements about the methods in use.
    package var usual: Double {
      switch self {
      case .routeBias, .publisherBias: 0.35
      case .commonRouteBias: 0.20
      case .commonPublisherBias: 0.25
      case .figureError: 0.12
      }
    }
  }

  private var scales: [Scale: Double] = [:]

  /// The default priors.
  package init() {}

  /// The scale of the prior of a standard deviation; 0 if there is no such error.
  package subscript(scale: Scale) -> Double {
    get { scales[scale] ?? scale.usual }
    set { scales[scale] = newValue }
  }
}
