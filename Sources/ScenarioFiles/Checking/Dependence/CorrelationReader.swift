import Diagnostics
import Distributions
import Modeling

/// Reads `correlations`: pairs, matrices, copulas, and the options that apply to all of them.
struct CorrelationReader {
  let context: CheckContext

  /// The content of the section; errors are reported.
  func read() -> CheckedCorrelations {
    var result = CheckedCorrelations()
    // Options for all correlations come first, since they decide which items are valid.
    var others: [(item: ParsedScenario.Item, fields: Fields?)] = []
    for item in context.parsed.correlations {
      guard case .mapping(let entries) = item.node.kind else {
        others.append((item, nil))
        continue
      }
      let fields = Fields(entries, ScenarioSchema.correlation, context)
      if fields["inputs"] != nil { others.append((item, fields)) } else { general(fields, item, &result) }
    }
    for (item, fields) in others {
      if let fields { long(fields, item, &result) } else { short(item, &result) }
    }
    return result
  }

  // MARK: - `[a, b, 0.5]`

  private func short(_ item: ParsedScenario.Item, _ result: inout CheckedCorrelations) {
    let node = item.node
    guard case .sequence(let items) = node.kind else {
      context.report(.notACorrelation(found: node.kindInWords), at: node.place)
      return
    }
    guard items.count == 3 else {
      context.report(.correlationParts(items.count), at: node.place)
      return
    }
    let names = items.prefix(2).map(input)
    guard let correlation = correlation(items[2], isRepairable: result.isRepairable) else { return }
    guard let inputs = distinct(names, items) else { return }
    let pair = CorrelationStructure.PairCorrelation(inputs[0], inputs[1], correlation)
    guard add(pair, at: node.place, &result) else { return }
    result.items.append(
      .init(inputs: inputs, place: node.place, text: items.compactMap(\.text).joined(separator: ", ")))
  }

  /// A correlation with its measure: `0.5`, `kendall 0.5`.
  private func correlation(_ node: Node, isRepairable: Bool) -> Correlation? {
    guard let text = node.text else {
      context.report(.notACorrelationNumber(found: node.kindInWords), at: node.place)
      return nil
    }
    let words = text.split(separator: " ").map(String.init)
    guard let measure = Correlation.Measure(rawValue: words.count == 2 ? words[0] : "rank"), let last = words.last,
      words.count <= 2, Double(last)?.isFinite == true
    else {
      context.report(.notACorrelationNumber(found: "`\(text)`"), at: node.span)
      return nil
    }
    return number(last, at: node.span, isRepairable: isRepairable).map { Correlation(measure, $0) }
  }

  /// A correlation's number; 1 and -1 are valid only if the matrix is repaired.
  func number(_ text: String, at place: SourcePlace, isRepairable: Bool) -> Double? {
    guard let number = Double(text), number.isFinite else {
      context.report(.correlationNotNumber(text), at: place)
      return nil
    }
    guard number.magnitude < 1 || (isRepairable && number.magnitude == 1) else {
      context.report(.correlationOutOfRange(text, isOne: number.magnitude == 1), at: place)
      return nil
    }
    return number
  }

  // MARK: - Inputs

  /// The input with a name; a name that is not an input is reported.
  private func input(_ node: Node) -> QuantityID? {
    guard let name = node.text else {
      context.report(.inputNameExpected(found: node.kindInWords), at: node.place)
      return nil
    }
    if let bracket = name.firstIndex(of: "["), let id = context.names.quantity(String(name[..<bracket])) {
      context.report(.correlatedCell(name, input: context[id].name), at: node.span)
      return nil
    }
    guard let id = context.names.quantity(name), !context[id].isEquation else {
      guard !context.isUnreadable(name) else { return nil }
      let inputs = context.quantities.filter { !$0.isEquation }.map(\.name)
      context.report(
        .notACorrelatedInput(
          name, kind: context.names.kind(name), nearest: context.nearest(to: name, among: inputs)),
        at: node.span)
      return nil
    }
    return id
  }

  /// The inputs, if all are known and each is named once.
  private func distinct(_ inputs: [QuantityID?], _ nodes: [Node]) -> [QuantityID]? {
    let known = inputs.compactMap(\.self)
    guard known.count == inputs.count else { return nil }
    for (position, id) in known.enumerated() where known[..<position].contains(id) {
      context.report(.selfCorrelation(context[id].name), at: nodes[position].span)
      return nil
    }
    return known
  }

  /// Adds a correlation, unless its inputs are correlated already.
  func add(_ pair: CorrelationStructure.PairCorrelation, at place: SourcePlace, _ result: inout CheckedCorrelations)
    -> Bool
  {
    if let first = result.place(pair.first, pair.second) {
      context.report(
        .repeatedCorrelation(context[pair.first].name, context[pair.second].name, at: first), at: place)
      return false
    }
    result.add(pair, at: place)
    return true
  }

  // MARK: - `{copula: student, df: 4}`

  /// Reads the options that apply to all correlations.
  private func general(_ fields: Fields, _ item: ParsedScenario.Item, _ result: inout CheckedCorrelations) {
    let place = item.node.place
    for key in ScenarioSchema.correlation.names where !["copula", "df", "repair"].contains(key) {
      guard let entry = fields[key] else { continue }
      context.report(.optionWithoutInputs(key), at: entry.keyPlace)
      return
    }
    guard fields["copula"] != nil || fields["repair"] != nil || fields["df"] != nil else {
      context.report(.emptyCorrelation, at: place)
      return
    }
    result.isRepairable = repair(fields)
    if result.isRepairable { result.general.append("repair: nearest") }
    if let name = name(of: fields) {
      if CopulaCatalogue.pair(named: name) != nil {
        context.report(.pairCopulaForAll(name), at: fields["copula"]?.value.span)
        return
      }
      guard let copula = elliptical(name, fields) else { return }
      result.copula = copula
      result.general.append("\(Self.text(copula)): all correlations")
    } else if let df = fields["df"], fields["copula"] == nil {
      context.report(.degreesWithoutCopula, at: df.keyPlace)
    }
  }

  /// The name of a copula; an unknown one is reported.
  private func name(of fields: Fields) -> String? {
    guard let entry = fields["copula"] else { return nil }
    guard let name = entry.value.text, CopulaCatalogue.names.contains(name) else {
      context.report(
        .unknownCopula(
          found: entry.value.kindInWords, known: CopulaCatalogue.names,
          nearest: context.nearest(to: entry.value.text ?? "", among: CopulaCatalogue.names)),
        at: entry.value.span)
      return nil
    }
    return name
  }

  /// Whether a matrix is to be repaired.
  private func repair(_ fields: Fields) -> Bool {
    guard let entry = fields["repair"] else { return false }
    guard entry.value.text == "nearest" else {
      context.report(.unknownRepair(found: entry.value.kindInWords), at: entry.value.span)
      return false
    }
    return true
  }

  /// `gaussian`, or `student` with its degrees of freedom.
  private func elliptical(_ name: String, _ fields: Fields) -> EllipticalCopula? {
    guard name == "student" else {
      if let df = fields["df"] {
        context.report(.degreesOfOtherCopula(name), at: df.keyPlace)
        return nil
      }
      return .normal
    }
    let degrees = StudentCopula.degrees
    let (low, high) = (MessageText.number(degrees.low), MessageText.number(degrees.high))
    guard let entry = fields["df"] else {
      context.report(.missingDegrees(low: low, high: high), at: fields["copula"]?.value.span)
      return nil
    }
    guard let df = entry.value.text.flatMap(Double.init), degrees.contains(df) else {
      context.report(
        .degreesOutOfRange(low: low, high: high, found: entry.value.kindInWords), at: entry.value.span)
      return nil
    }
    return .student(StudentCopula(df: df))
  }

  static func text(_ copula: EllipticalCopula) -> String {
    switch copula {
    case .normal: "gaussian copula"
    case .student(let copula): "student copula with \(MessageText.number(copula.df)) degrees of freedom"
    }
  }

  // MARK: - `{inputs: [a, b], …}`

  private func long(_ fields: Fields, _ item: ParsedScenario.Item, _ result: inout CheckedCorrelations) {
    guard let entry = fields["inputs"] else { return }
    guard case .sequence(let nodes) = entry.value.kind, nodes.count >= 2 else {
      let isList = if case .sequence = entry.value.kind { true } else { false }
      context.report(
        .correlatedInputs(found: isList ? "a list of one" : entry.value.kindInWords), at: entry.value.place)
      return
    }
    guard let inputs = distinct(nodes.map(input), nodes) else { return }
    let name = name(of: fields)
    guard name != nil || fields["copula"] == nil else { return }
    let names = inputs.map { context[$0].name }.joined(separator: ", ")
    if let copula = name.flatMap(CopulaCatalogue.pair) {
      guard
        let pairDependence = PairCopulaReader(context: context, fields: fields, place: item.node.place).copula(
          copula, inputs)
      else { return }
      if let first = result.place(inputs[0], inputs[1]) {
        context.report(.repeatedPairCopula(firstAt: first), at: item.node.place)
        return
      }
      result.add(CorrelationStructure.PairDependence(inputs[0], inputs[1], pairDependence.copula), at: item.node.place)
      result.items.append(.init(inputs: inputs, place: item.node.place, text: "\(names): \(pairDependence.text)"))
      return
    }
    for key in ["theta", "rotation"] {
      guard let entry = fields[key] else { continue }
      context.report(.keyOfPairCopula(key, copulas: CopulaCatalogue.pairs.map { $0.name }), at: entry.keyPlace)
      return
    }
    var copula: EllipticalCopula?
    if let name {
      copula = elliptical(name, fields)
      if copula == nil { return }
    } else if let df = fields["df"] {
      context.report(.degreesWithoutCopula, at: df.keyPlace)
      return
    }
    let isRepairable = repair(fields)
    let stated =
      fields["matrix"] == nil
      ? self.pair(fields, inputs, item, isRepairable: isRepairable || result.isRepairable)
      : CorrelationTableReader(context: context, fields: fields, folder: item.folder)
        .pairs(inputs, isRepairable: isRepairable || result.isRepairable)
    guard let stated else { return }
    for (pair, place) in stated.pairs {
      var pair = pair
      (pair.copula, pair.isRepairable) = (copula, isRepairable)
      guard add(pair, at: place, &result) else { return }
    }
    let further = [copula.map(Self.text), isRepairable ? "repair: nearest" : nil].compactMap(\.self)
    result.items.append(
      .init(inputs: inputs, place: item.node.place, text: ([names, stated.text] + further).joined(separator: ", ")))
  }

  /// The correlation of two inputs by one of the measures.
  private func pair(
    _ fields: Fields, _ inputs: [QuantityID], _ item: ParsedScenario.Item, isRepairable: Bool
  ) -> (pairs: [(pair: CorrelationStructure.PairCorrelation, place: SourcePlace)], text: String)? {
    if let measure = fields["measure"] {
      context.report(.measureWithoutMatrix, at: measure.keyPlace)
      return nil
    }
    guard inputs.count == 2 else {
      context.report(.manyWithoutMatrix, at: item.node.place)
      return nil
    }
    let given = Correlation.Measure.allCases.filter { fields[$0.rawValue] != nil }
    guard given.count == 1, let measure = given.first, let entry = fields[measure.rawValue] else {
      context.report(.measureCount(isMissing: given.isEmpty), at: item.node.place)
      return nil
    }
    guard let number = number(entry.value.text ?? "", at: entry.value.span, isRepairable: isRepairable) else {
      return nil
    }
    let pair = CorrelationStructure.PairCorrelation(inputs[0], inputs[1], Correlation(measure, number))
    return ([(pair, item.node.place)], "\(measure.rawValue) \(MessageText.number(number))")
  }
}
