import Distributions
import Modeling

/// A small chart of a value: the density of its distribution, the probabilities of a discrete one, a mark for a
/// constant.
///
/// It is shown next to the value as written, which contains the same information as text.
enum DensityChart {
  private static let width = 72.0
  private static let height = 22.0
  /// The probability that is omitted at either end.
  private static let leftOut = 0.005
  /// The number of points at which the density is computed.
  private static let points = 28

  /// The chart of a value; nil if its distribution depends on other inputs.
  static func markup(of supportPoint: SupportPoint, in input: Input) -> Markup? {
    switch supportPoint.value {
    case .constant: return framed("<path d=\"M36 4V20\" class=\"line\"/>")
    case .distribution(.fixed(let distribution)): return chart(of: distribution)
    case .distribution: return nil
    case .share(let group, let part):
      guard input.shareGroups.indices.contains(group) else { return nil }
      let parameters = input.shareGroups[group].parameters.map(constant)
      guard parameters.indices.contains(part), let alpha = parameters[part] else { return nil }
      let all = parameters.compactMap(\.self)
      guard all.count == parameters.count else { return nil }
      // A part of a Dirichlet vector has a beta distribution: its alpha, and the sum of the others as beta.
      let others = all.reduce(0, +) - alpha
      guard alpha > 0, others > 0, others < .infinity else { return nil }
      return chart(of: Beta(checked: [alpha, others, 0, 1]))
    }
  }

  private static func constant(_ expression: Expression) -> Double? {
    if case .constant(let value) = expression.kind { value } else { nil }
  }

  private static func chart(of distribution: any Distribution) -> Markup? {
    let (low, high) = (distribution.quantile(leftOut), distribution.quantile(1 - leftOut))
    guard low.isFinite, high.isFinite else { return nil }
    if low == high { return framed("<path d=\"M36 4V20\" class=\"line\"/>") }
    func x(_ value: Double) -> Double { 2 + (value - low) / (high - low) * (width - 4) }
    let atoms = distribution.atoms.filter { $0 >= low && $0 <= high }
    if !atoms.isEmpty { return bars(atoms.map { (x($0), distribution.probability(of: $0)) }) }
    let grid = (0..<points).map { low + (high - low) * (Double($0) + 0.5) / Double(points) }
    let densities = grid.map(distribution.density)
    guard let most = densities.filter(\.isFinite).max(), most > 0 else { return nil }
    let line = zip(grid, densities).map { value, density in
      (x: x(value), y: height - 2 - min(density.isNaN ? 0 : density, most) / most * (height - 4))
    }
    let base = height - 2
    let ends = [(x: x(low), y: base)] + line + [(x: x(high), y: base)]
    return framed("<path d=\"\(PathData(through: ends.map { $0 }).markup)Z\" class=\"narrow-band\"/>")
  }

  /// Probabilities of single values; values too close to be distinguished share one bar.
  private static func bars(_ atoms: [(x: Double, probability: Double)]) -> Markup? {
    var bars: [(x: Double, probability: Double)] = []
    for atom in atoms {
      if let last = bars.last, atom.x - last.x < 2 {
        bars[bars.count - 1].probability += atom.probability
      } else {
        bars.append(atom)
      }
    }
    guard let most = bars.map(\.probability).max(), most > 0 else { return nil }
    var path = Markup.none
    for bar in bars { path += "M\(bar.x) \(height - 2)v\(-bar.probability / most * (height - 4))" }
    return framed("<path d=\"\(path)\" class=\"line\"/>")
  }

  private static func framed(_ body: Markup) -> Markup {
    """
    <svg class="distribution" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" aria-hidden="true">\(body)\
    <path d="M0 \(height - 1.5)H\(width)" class="grid"/></svg>
    """
  }
}
