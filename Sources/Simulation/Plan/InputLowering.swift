import Diagnostics
import Distributions
import Modeling
import VectorMath

extension Lowering {
  /// The value of each support point of an input and, if it is random, its probability.
  func supportPointValues(of input: Input) throws(Diagnostics) -> (values: [ValueID], probabilities: [ValueID?]) {
    var groups: [[ValueID]] = []
    for group in input.shareGroups { groups.append(try shares(of: group)) }
    var values: [ValueID] = []
    var probabilities: [ValueID?] = []
    for supportPoint in input.supportPoints {
      switch supportPoint.value {
      case .constant(let number):
        values.append(graph.constant(number))
        probabilities.append(nil)
      case .share(let group, let part):
        values.append(groups[group][part])
        probabilities.append(nil)
      case .distribution(let term):
        guard let coordinate = supportPoint.coordinate else {
          values.append(graph.constant(.nan))
          probabilities.append(nil)
          continue
        }
        let point = point(of: coordinate)
        values.append(try value(of: term, at: point, labels: supportPoint.labels))
        probabilities.append(point.probability)
      }
      try spend(1, at: nil)
    }
    return (values, probabilities)
  }

  /// A cell's value from those of the support points.
  func cellValue(_ rule: CellRule, supportPoints: [ValueID]) -> ValueID {
    switch rule {
    case .supportPoint(let supportPoint): return supportPoints[supportPoint]
    case .scaled(let rule, let factor):
      return graph.product(scale: factor, numerators: [cellValue(rule, supportPoints: supportPoints)], denominators: [])
    case .interpolated(let from, let to, let fraction, let logarithmic):
      let (low, high) = (supportPoints[from], supportPoints[to])
      if low == high { return low }
      if !logarithmic { return graph.linear(shift: 0, [(1 - fraction, low), (fraction, high)]) }
      var sum = ExponentSum()
      sum.add(graph.logarithm(low), weight: 1 - fraction, in: graph)
      sum.add(graph.logarithm(high), weight: fraction, in: graph)
      return graph.unary(.exp, graph.linear(shift: sum.shift, sum.terms))
    }
  }

  // MARK: Probabilities

  /// A coordinate's probability in a draw, in the forms used by quantile functions.
  struct Point {
    var probability: ValueID
    var complement: ValueID
    var score: ValueID
    /// Whether it is computed from the score, because the coordinate is correlated or its column holds scores.
    var isScored: Bool
    /// What a scalar quantile function is evaluated at: the probability; where columns hold scores, minus the
    /// complement in the upper tail, so that both tails keep their digits.
    var tail: ValueID
  }

  /// The point of a coordinate.
  func point(of coordinate: CoordinateID) -> Point {
    guard let place = places[coordinate] else {
      let column = graph.add(uniformNode(of: coordinate))
      return graph.holdsScores ? point(atScore: column) : point(at: column)
    }
    let component = model.components[place.component]
    switch component.copula {
    case .normal:
      return point(atScore: graph.add(.score(component: identities.components[place.component], row: place.row)))
    case .student(let copula, let mixing):
      let score = graph.add(.score(component: identities.components[place.component], row: place.row))
      return point(atScore: studentScore(of: score, copula, mixing: point(of: mixing)))
    case .pair(let conditional):
      // A pair's conditional probabilities have no digits beyond a score of 8.2 in the upper tail.
      let own = coordinateProbability(of: coordinate)
      guard place.row == 1 else {
        return graph.holdsScores ? point(atScore: graph.add(uniformNode(of: coordinate))) : point(at: own)
      }
      let given = coordinateProbability(of: component.coordinates[0])
      return point(at: graph.add(.conditional(conditional, given: given, own: own)))
    }
  }

  private func point(at probability: ValueID) -> Point {
    Point(
      probability: probability, complement: graph.linear(shift: 1, [(-1, probability)]),
      score: graph.unary(.normalQuantile, probability), isScored: false, tail: probability)
  }

  /// The probability of a coordinate before any correlation.
  func coordinateProbability(of coordinate: CoordinateID) -> ValueID {
    let column = graph.add(uniformNode(of: coordinate))
    return graph.holdsScores ? graph.unary(.normalCdf, column) : column
  }

  private func point(atScore score: ValueID) -> Point {
    if graph.holdsScores {
      let probability = graph.tailProbability(score)
      let complement = graph.tailProbability(graph.unary(.negate, score))
      let isLower = graph.binary(.less, score, graph.constant(0))
      return Point(
        probability: probability, complement: complement, score: score, isScored: true,
        tail: graph.select(isLower, then: probability, otherwise: graph.unary(.negate, complement)))
    }
    let probability = graph.unary(.normalCdf, score)
    return Point(
      probability: probability,
      complement: graph.unary(.normalCdf, graph.unary(.negate, score)), score: score, isScored: true, tail: probability)
  }

  /// The normal score of the Student value z / sqrt(W / df); see `StudentCopula.outer`.
  private func studentScore(of z: ValueID, _ copula: StudentCopula, mixing: Point) -> ValueID {
    let w = value(of: copula.mixing.quantileExpression, at: mixing, arguments: [])
    let square = graph.product(scale: 1, numerators: [z, z], denominators: [])
    let sum = graph.linear(shift: 0, [(1, w), (1, square)])
    let x = graph.product(scale: 1, numerators: [w], denominators: [sum])
    let y = graph.product(scale: 1, numerators: [square], denominators: [sum])
    let outer = graph.add(.quantileTable(distributions.table(of: copula.outer), x))
    let inner = graph.add(.quantileTable(distributions.table(of: copula.inner), y))
    let size = graph.select(graph.binary(.less, x, y), then: graph.unary(.negate, outer), otherwise: inner)
    return graph.select(
      graph.binary(.less, z, graph.constant(0)), then: graph.unary(.negate, size), otherwise: size)
  }

  // MARK: Distributions

  /// The value of a distribution at a point; NaN where its arguments are invalid.
  func value(of term: DistributionExpression, at point: Point, labels: Fixed) throws(Diagnostics) -> ValueID {
    var arguments: [ValueID] = []
    let recipe = try recipe(term, labels: labels, arguments: &arguments)
    let numbers = arguments.map { graph.constant($0) }
    if !numbers.contains(nil) {
      let distribution = recipe.distribution(numbers.compactMap { $0 })
      return distribution.map { value(of: $0, at: point) } ?? graph.constant(.nan)
    }
    return value(of: recipe, at: point, arguments: arguments)
  }

  /// The value of a distribution with constant arguments at a point.
  ///
  /// The steps of a discrete distribution end where probabilities do; where columns hold scores, its table over scores
  /// continues with the scalar quantile function.
  private func value(of distribution: any Distribution, at point: Point) -> ValueID {
    guard graph.holdsScores, point.isScored, !distribution.atoms.isEmpty, !(distribution is Constant) else {
      return value(of: distribution.quantileExpression, at: point, arguments: [])
    }
    let bound = max(distribution.support.lowerBound.magnitude, distribution.support.upperBound.magnitude)
    return graph.add(.scoreTable(distributions.table(of: distribution), point.score), within: bound)
  }

  /// The value of a distribution whose arguments vary between draws.
  private func value(of recipe: DistributionTemplate, at point: Point, arguments: [ValueID]) -> ValueID {
    switch recipe {
    case .affine(let base, let scale, let shift) where scale > 0:
      return graph.linear(shift: shift, [(scale, value(of: base, at: point, arguments: arguments))])
    case .family(let family, let parameterisation, let positions):
      let ways = family.parameterisations
      guard ways.indices.contains(parameterisation) else { return graph.constant(.nan) }
      let way = ways[parameterisation]
      var given = positions.map { arguments[$0] }
      for parameter in way.parameters.dropFirst(given.count) {
        given.append(graph.constant(parameter.defaultValue ?? .nan))
      }
      // Constants stay constants, so that a distribution of constant shape is one table, scaled and shifted by the
      // varying arguments.
      let open = given.indices.map { k in graph.constant(given[k]).map(QuantileExpression.constant) ?? .argument(k) }
      let canonical = way.canonical(open)
      guard let quantileExpression = family.quantileExpression(of: canonical) else { break }
      var isPossible = validity(given, way)
      if parameterisation != 0 {
        let values = canonical.map { value(of: $0, at: point, arguments: given) }
        isPossible = graph.binary(.and, isPossible, validity(values, ways[0]))
      }
      return graph.select(
        isPossible, then: value(of: quantileExpression, at: point, arguments: given), otherwise: graph.constant(.nan))
    default: break
    }
    return graph.add(.varyingDistribution(distributions.drawn(recipe), arguments + [point.tail]))
  }

  /// 1 where arguments satisfy their domains and orders, else 0.
  private func validity(_ arguments: [ValueID], _ way: Parameterisation) -> ValueID {
    var isValid = graph.constant(1)
    func require(_ operation: BinaryOperation, _ a: ValueID, _ b: ValueID) {
      isValid = graph.binary(.and, isValid, graph.binary(operation, a, b))
    }
    for (parameter, argument) in zip(way.parameters, arguments) {
      let domain = parameter.domain
      require(domain.includesLow ? .greaterOrEqual : .greater, argument, graph.constant(domain.low))
      require(domain.includesHigh ? .lessOrEqual : .less, argument, graph.constant(domain.high))
    }
    for order in way.orders {
      let ordered = order.names.compactMap { name in
        way.parameters.firstIndex { $0.name == name }.map { arguments[$0] }
      }
      for (low, high) in zip(ordered, ordered.dropFirst()) {
        require(order.allowsEqual ? .lessOrEqual : .less, low, high)
      }
      if order.allowsEqual, let low = ordered.first, let high = ordered.last { require(.less, low, high) }
    }
    return isValid
  }

  /// The template of a distribution, with its arguments' values appended to a list.
  private func recipe(
    _ term: DistributionExpression, labels: Fixed, arguments: inout [ValueID]
  ) throws(Diagnostics) -> DistributionTemplate {
    switch term {
    case .fixed(let distribution): return .fixed(distribution)
    case .family(let family, let parameterisation, let formulas):
      var positions: [Int] = []
      for formula in formulas {
        positions.append(arguments.count)
        arguments.append(try scalar(formula, labels))
      }
      return .family(family, parameterisation: parameterisation, arguments: positions)
    case .truncated(let base, let low, let high):
      let recipe = try recipe(base, labels: labels, arguments: &arguments)
      var ends: [Int?] = []
      for end in [low, high] {
        ends.append(end == nil ? nil : arguments.count)
        if let end { arguments.append(try scalar(end, labels)) }
      }
      return .truncated(recipe, low: ends[0], high: ends[1])
    case .mixture(let terms, let weights):
      var recipes: [DistributionTemplate] = []
      for term in terms { recipes.append(try recipe(term, labels: labels, arguments: &arguments)) }
      return .mixture(recipes, weights: weights)
    case .affine(let base, let scale, let shift):
      return .affine(try recipe(base, labels: labels, arguments: &arguments), scale: scale, shift: shift)
    }
  }

  /// A formula's value at a support point, whose labels fix all indexes.
  private func scalar(_ formula: Expression, _ labels: Fixed) throws(Diagnostics) -> ValueID {
    let cells = try cells(formula, at: labels)
    guard cells.values.count == 1, !cells.values[0].isAbsent else { return graph.constant(.nan) }
    return cells.values[0]
  }

  // MARK: Shares

  /// The shares of a share group, by stick breaking; see `ShareGroup`.
  private func shares(of group: ShareGroup) throws(Diagnostics) -> [ValueID] {
    var parameters: [ValueID] = []
    for formula in group.parameters { parameters.append(try scalar(formula, group.labels)) }
    var rests: [ValueID] = []
    for parameter in parameters.reversed() {
      rests.append(rests.last.map { graph.linear(shift: 0, [(1, $0), (1, parameter)]) } ?? parameter)
    }
    var left = graph.constant(1)
    var parts: [ValueID] = []
    for (k, parameter) in parameters.enumerated() {
      guard k + 1 < parameters.count, group.coordinates.indices.contains(k) else {
        parts.append(left)
        break
      }
      let rest = rests[parameters.count - 2 - k]
      let point = point(of: group.coordinates[k])
      let taken: ValueID
      if let own = graph.constant(parameter), let rest = graph.constant(rest) {
        let distribution = DistributionTemplate.stick.distribution([own, rest])
        taken = distribution.map { value(of: $0.quantileExpression, at: point, arguments: []) } ?? graph.constant(.nan)
      } else {
        taken = graph.add(.varyingDistribution(distributions.drawn(.stick), [parameter, rest, point.tail]))
      }
      parts.append(graph.product(scale: 1, numerators: [left, taken], denominators: []))
      let complement = graph.linear(shift: 1, [(-1, taken)])
      left = graph.product(scale: 1, numerators: [left, complement], denominators: [])
    }
    return parts
  }

  // MARK: Quantile functions

  /// A quantile function's value at a point.
  func value(of quantileExpression: QuantileExpression, at point: Point, arguments: [ValueID]) -> ValueID {
    func inner(_ quantileExpression: QuantileExpression) -> ValueID {
      value(of: quantileExpression, at: point, arguments: arguments)
    }
    switch quantileExpression {
    case .probability: return point.probability
    case .complement: return point.complement
    case .score: return point.score
    case .constant(let number): return graph.constant(number)
    case .argument(let k): return arguments.indices.contains(k) ? arguments[k] : graph.constant(.nan)
    case .unary(let function, let a):
      switch function {
      case .exp: return graph.unary(.exp, inner(a))
      case .log: return graph.unary(.log, inner(a))
      case .squareRoot: return graph.unary(.squareRoot, inner(a))
      }
    case .binary(let operation, let a, let b):
      switch operation {
      case .add: return graph.binary(.add, inner(a), inner(b))
      case .subtract: return graph.binary(.subtract, inner(a), inner(b))
      case .multiply: return graph.binary(.multiply, inner(a), inner(b))
      case .divide: return graph.binary(.divide, inner(a), inner(b))
      case .power: return graph.binary(.power, inner(a), inner(b))
      }
    case .choose(let a, let b, let then, let otherwise):
      let condition = graph.binary(.less, inner(a), inner(b))
      switch graph.decision(condition) {
      case .holds: return inner(then)
      case .fails: return inner(otherwise)
      case .isUndefined: return graph.constant(.nan)
      case nil: break
      }
      return graph.select(condition, then: inner(then), otherwise: inner(otherwise))
    case .tabulated(let distribution):
      let table = distributions.table(of: distribution)
      let place = point.isScored ? point.score : point.probability
      let bound = max(distribution.support.lowerBound.magnitude, distribution.support.upperBound.magnitude)
      return graph.add(
        point.isScored ? .scoreTable(table, place) : .quantileTable(table, place),
        within: graph.isFinite(place) ? bound : .infinity)
    case .steps(let outcomes, let cumulative):
      let greatest = outcomes.reduce(0) { max($0, $1.magnitude) }
      return graph.add(
        .steps(distributions.steps(outcomes: outcomes, cumulative: cumulative), point.probability),
        within: graph.isFinite(point.probability) ? greatest : .infinity)
    case .scalar(let distribution):
      return graph.add(.varyingDistribution(distributions.drawn(.fixed(distribution)), [point.tail]))
    }
  }
}
