import VectorMath

extension QuantileExpression {
  /// The value at one probability.
  ///
  /// This is the scalar meaning of an expression; block engines agree with it up to the accuracy of their kernels.
  ///
  /// - Parameters:
  ///   - probability: u, in the open interval 0 ... 1.
  ///   - arguments: the values of `.argument`; NaN for an index out of range.
  package func evaluate(probability: Double, arguments: [Double] = []) -> Double {
    evaluate(probability: probability, complement: 1 - probability, arguments: arguments)
  }

  /// The value at one probability, with its complement given separately because `1 - probability` would round.
  package func evaluate(probability u: Double, complement v: Double, arguments: [Double] = []) -> Double {
    func value(_ quantileExpression: QuantileExpression) -> Double {
      quantileExpression.evaluate(probability: u, complement: v, arguments: arguments)
    }
    switch self {
    case .probability: return u
    case .complement: return v
    case .score: return u < v ? StandardNormal.quantile(u) : -StandardNormal.quantile(v)
    case .constant(let x): return x
    case .argument(let i): return arguments.indices.contains(i) ? arguments[i] : .nan
    case .unary(let function, let a): return function(value(a))
    case .binary(let operation, let a, let b): return operation(value(a), value(b))
    case .choose(let a, let b, let then, let otherwise): return value(a) < value(b) ? value(then) : value(otherwise)
    case .tabulated(let distribution), .scalar(let distribution):
      return u < v ? distribution.quantile(u) : distribution.quantile(survival: v)
    case .steps(let outcomes, let cumulative): return Self.step(at: u, outcomes, cumulative)
    }
  }

  /// The value of an expression that is the same in every draw and uses no argument; nil for others.
  package var constantValue: Double? {
    switch self {
    case .constant(let x): return x
    case .unary(let function, let a): return a.constantValue.map { function($0) }
    case .binary(let operation, let a, let b):
      guard let a = a.constantValue, let b = b.constantValue else { return nil }
      return operation(a, b)
    case .choose(let a, let b, let then, let otherwise):
      guard let a = a.constantValue, let b = b.constantValue else { return nil }
      return (a < b ? then : otherwise).constantValue
    case .probability, .complement, .score, .argument, .tabulated, .steps, .scalar: return nil
    }
  }

  /// The first outcome whose cumulative probability is at least `u`; the last one if rounding leaves none.
  static func step(at u: Double, _ outcomes: [Double], _ cumulative: [Double]) -> Double {
    guard let last = outcomes.last else { return .nan }
    let position = cumulative.partitioningIndex { $0 >= u }
    return position < outcomes.count ? outcomes[position] : last
  }
}

extension QuantileExpression.Unary {
  /// The function's value.
  package func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .exp: PortableMath.exp(x)
    case .log: PortableMath.log(x)
    case .squareRoot: x.squareRoot()
    }
  }
}

extension QuantileExpression.Binary {
  /// The operation's value.
  package func callAsFunction(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: pow(a, b)
    }
  }
}
