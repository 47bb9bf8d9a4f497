extension DistributionFamily {
  /// The distribution with arguments in one of the family's parameterisations, checked against the declared domains and
  /// orders.
  ///
  /// - Parameters:
  ///   - arguments: in the declared order; omitted trailing ones take their defaults.
  ///   - parameterisation: an index into `parameterisations`.
  package static func distribution(_ arguments: [Double], parameterisation: Int = 0) throws(DistributionError) -> Self {
    Self(checked: try canonicalArguments(arguments, parameterisation: parameterisation))
  }

  /// The canonical arguments, checked: the given ones with defaults added, then those computed from them.
  package static func canonicalArguments(
    _ given: [Double], parameterisation: Int = 0
  ) throws(DistributionError) -> [Double] {
    guard parameterisations.indices.contains(parameterisation) else {
      throw .impossible("\(name) has no parameterisation number \(parameterisation)")
    }
    let way = parameterisations[parameterisation]
    var arguments = given
    for parameter in way.parameters.dropFirst(given.count) {
      guard let value = parameter.defaultValue else {
        throw .impossible("\(name) needs its argument \(parameter.name)")
      }
      arguments.append(value)
    }
    guard arguments.count == way.parameters.count else {
      throw .impossible("\(name) takes \(way.parameters.count) arguments, not \(arguments.count)")
    }
    try way.check(arguments)
    if parameterisation == 0 { return arguments }
    let canonical = way.canonical(arguments.map(QuantileExpression.constant)).map { $0.constantValue ?? .nan }
    try parameterisations[0].check(canonical)
    return canonical
  }

  /// The index of the first parameterisation that takes this number of positional arguments followed by exactly these
  /// named ones, defaults aside; nil if none does.
  package static func parameterisation(positional: Int, named: [String]) -> Int? {
    parameterisations.firstIndex { way in
      guard positional <= way.parameters.count else { return false }
      let rest = way.parameters.dropFirst(positional)
      return named.allSatisfy { name in rest.contains { $0.name == name } }
        && rest.allSatisfy { $0.defaultValue != nil || named.contains($0.name) }
    }
  }
}

extension Parameterisation {
  /// Throws the first problem of the arguments, which are in the declared order: domains, then orders, then conditions.
  package func check(_ arguments: [Double]) throws(DistributionError) {
    for (parameter, value) in zip(parameters, arguments) where !parameter.domain.contains(value) {
      throw .outOfDomain(parameter: parameter.name, value: value, domain: parameter.domain)
    }
    for order in orders {
      let names = order.names
      let values = names.map { name in
        parameters.firstIndex { $0.name == name }.map { arguments[$0] } ?? .nan
      }
      guard order.holds(for: values) else {
        throw .order(parameters: names, values: values, allowsEqual: order.allowsEqual)
      }
    }
    if let error = condition(arguments) { throw error }
  }
}

extension ParameterOrder {
  /// The names of the ordered arguments, smallest first.
  package var names: [String] {
    switch self {
    case .ascending(let names), .ascendingOrEqual(let names): names
    }
  }

  /// Whether neighbours may be equal, provided that the first and the last differ.
  package var allowsEqual: Bool {
    if case .ascendingOrEqual = self { true } else { false }
  }

  /// Whether the values, in the order of `names`, satisfy the condition.
  package func holds(for values: [Double]) -> Bool {
    let pairs = zip(values, values.dropFirst())
    switch self {
    case .ascending: return pairs.allSatisfy { $0 < $1 }
    case .ascendingOrEqual:
      guard let first = values.first, let last = values.last else { return true }
      return pairs.allSatisfy { $0 <= $1 } && first < last
    }
  }
}
