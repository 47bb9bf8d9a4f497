import Foundation

/// A distribution times a constant plus a constant: `400 W * beta(4, 6)`, `1 - lognormal(-3, 0.5)`.
///
/// A negative scale reverses the distribution: its lower tail is the base's upper tail, evaluated through exact
/// complements.
package struct Affine: Distribution {
  /// The base distribution.
  package let base: any Distribution
  /// The factor; not zero.
  package let scale: Double
  /// The summand.
  package let shift: Double

  /// The distribution of scale * x + shift. A scale of zero gives the constant `shift`.
  package init(_ base: any Distribution, scale: Double = 1, shift: Double = 0) {
    // The product of two scales may overflow or underflow where applying them separately does not.
    if let inner = base as? Affine, (scale * inner.scale).isNormal || scale == 0 || !scale.isFinite {
      self.base = inner.base
      self.scale = scale * inner.scale
      self.shift = scale * inner.shift + shift
    } else {
      self.base = scale == 0 ? Constant(0) : base
      self.scale = scale == 0 ? 1 : scale
      self.shift = shift
    }
  }

  private func image(_ x: Double) -> Double { scale * x + shift }

  /// The base's value for a value of this distribution; exactly the base's atom if `x` is the image of an atom.
  private func source(_ x: Double) -> Double {
    let y = (x - shift) / scale
    let atoms = base.atoms
    guard !atoms.isEmpty, image(y) != x || !atoms.contains(y) else { return y }
    let near = atoms.min { ($0 - y).magnitude < ($1 - y).magnitude }
    return near.map { image($0) == x ? $0 : y } ?? y
  }

  package func quantile(_ p: Double) -> Double {
    image(scale > 0 ? base.quantile(p) : base.quantile(survival: p))
  }

  package func quantile(survival q: Double) -> Double {
    image(scale > 0 ? base.quantile(survival: q) : base.quantile(q))
  }

  package func cdf(_ x: Double) -> Double {
    let y = source(x)
    return scale > 0 ? base.cdf(y) : base.survival(y) + base.probability(of: y)
  }

  package func survival(_ x: Double) -> Double {
    let y = source(x)
    return scale > 0 ? base.survival(y) : base.cdf(y) - base.probability(of: y)
  }

  package func logCdf(_ x: Double) -> Double {
    let y = source(x)
    if scale < 0, base.probability(of: y) > 0 { return LogProbability.of(cdf(x), complement: survival(x)) }
    return scale > 0 ? base.logCdf(y) : base.logSurvival(y)
  }

  package func logSurvival(_ x: Double) -> Double {
    let y = source(x)
    if scale < 0, base.probability(of: y) > 0 { return LogProbability.of(survival(x), complement: cdf(x)) }
    return scale > 0 ? base.logSurvival(y) : base.logCdf(y)
  }

  package func density(_ x: Double) -> Double {
    let y = source(x)
    return base.density(y) / (base.probability(of: y) > 0 ? 1 : scale.magnitude)
  }

  package func logDensity(_ x: Double) -> Double {
    let y = source(x)
    return base.logDensity(y) - (base.probability(of: y) > 0 ? 0 : log(scale.magnitude))
  }

  package var greatestDensity: Double { base.greatestDensity / (base.atoms.isEmpty ? scale.magnitude : 1) }

  package func probability(of x: Double) -> Double { base.probability(of: source(x)) }

  package var mean: Double { image(base.mean) }
  package var sd: Double { scale.magnitude * base.sd }

  package var support: ClosedRange<Double> {
    let ends = (image(base.support.lowerBound), image(base.support.upperBound))
    return min(ends.0, ends.1)...max(ends.0, ends.1)
  }

  package var atoms: [Double] {
    let images = base.atoms.map(image)
    return scale > 0 ? images : images.reversed()
  }

  package var tailIndex: Double? { base.tailIndex }

  package var quantileExpression: QuantileExpression {
    // A reflected table or scalar distribution is itself such a leaf; only its reflection is the base times -1.
    if scale == -1, shift == 0 {
      switch base.quantileExpression {
      case .tabulated: return .tabulated(self)
      case .scalar: return .scalar(self)
      case .steps(let outcomes, let cumulative):
        if case .steps(let reversed, let mirrored) = QuantileExpression.steps(
          outcomes: outcomes, cumulative: cumulative
        )
        .reflected {
          return .steps(outcomes: reversed.map { -$0 }, cumulative: mirrored)
        }
      default: break
      }
    }
    let oriented = scale > 0 ? base.quantileExpression : base.quantileExpression.reflected
    let scaled = scale == 1 ? oriented : .constant(scale) * oriented
    return shift == 0 ? scaled : .constant(shift) + scaled
  }

  package var description: String {
    let factor = scale == 1 ? "" : "\(DistributionText.number(scale)) * "
    let term =
      shift == 0 ? "" : shift > 0 ? " + \(DistributionText.number(shift))" : " - \(DistributionText.number(-shift))"
    return factor + base.description + term
  }
}
