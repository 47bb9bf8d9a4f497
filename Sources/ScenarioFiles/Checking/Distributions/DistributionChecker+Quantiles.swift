import Diagnostics
import Distributions
import Modeling
import Units

/// `quantiles` and `empirical`: distributions given by quantiles or data instead of parameters.
extension DistributionChecker {
  /// `quantiles(10%=10, 50%=20, 90%=45, low=0)`.
  func quantiles(_ arguments: [Argument], _ syntax: Syntax, unit: Unit?) -> CheckedValue? {
    let usage = "quantiles(10%=10, 50%=20, 90%=45, low=0)"
    var points: [QuantilePoint] = []
    var ends: [String: Double] = [:]
    var common = Dimensionality.free
    var isPercent = false
    for argument in arguments {
      guard let name = argument.name else {
        context.report(.quantileWithoutProbability(usage: usage), at: argument.value.place)
        return nil
      }
      let isEnd = name.text == "low" || name.text == "high"
      if case .name(let word) = name.kind, !isEnd {
        context.report(
          .unknownDistributionArgument(
            word, of: "quantiles", usage: usage, nearest: context.nearest(to: word, among: ["low", "high"])),
          at: name.place)
        return nil
      }
      guard let value = constant(argument.value, unit: unit), case .constant(let number) = value.kind else {
        return nil
      }
      guard let both = common.unified(with: value.dimensionality) else {
        context.report(
          .quantileUnit(expected: words(common), found: words(value.dimensionality)), at: argument.value.place)
        return nil
      }
      common = both
      isPercent = isPercent || value.isPercent
      if isEnd {
        guard ends.updateValue(number, forKey: name.text) == nil else {
          context.report(.repeatedDistributionArgument(name.text), at: argument.value.place)
          return nil
        }
      } else {
        guard let probability = pureConstant(name, "a probability") else { return nil }
        guard probability > 0, probability < 1 else {
          let end = probability == 0 ? "low" : probability == 1 ? "high" : nil
          context.report(.quantileProbability(name.text, end: end), at: name.place)
          return nil
        }
        points.append(QuantilePoint(probability: probability, value: number))
      }
    }
    points.sort { $0.probability < $1.probability }
    let scale = unit?.scale ?? 1
    func written(_ point: QuantilePoint) -> String {
      "\(MessageText.number(MessageText.rounded(100 * point.probability)))%=\(MessageText.number(MessageText.rounded(point.value / scale)))"
    }
    guard rise(points, of: "quantiles", syntax, unit: unit) else { return nil }
    if let first = points.first, let last = points.last {
      for (name, point) in [("low", first), ("high", last)] {
        guard let end = ends[name], name == "low" ? end >= point.value : end <= point.value else { continue }
        let found = "\(name)=\(MessageText.number(MessageText.rounded(end / scale))), \(written(point))"
        context.report(.endAmongQuantiles(name, found: found), at: syntax.place)
        return nil
      }
    }
    do throws(DistributionError) {
      let distribution = try Metalog(points: points, low: ends["low"], high: ends["high"])
      return CheckedValue(
        kind: .distribution(.fixed(distribution)), dimensionality: common == .free ? .pure : common,
        isPercent: isPercent)
    } catch {
      report(error, distribution: "quantiles", arguments: [:], at: syntax.place, unit: unit)
      return nil
    }
  }

  /// `empirical("file.csv", column="x", shape=linear)`; the numbers of the column are in the value's unit.
  func empirical(_ arguments: [Argument], _ syntax: Syntax, unit: Unit?) -> CheckedValue? {
    let usage = "empirical(\"file.csv\", column=\"x\", shape=step)"
    guard
      let given = named(
        arguments, of: "empirical", positional: ["file", "column", "shape", "low", "high"], usage: usage, syntax)
    else { return nil }
    guard let file = given["file"], case .string(let path) = file.kind else {
      context.report(.empiricalWithoutFile(usage: usage), at: syntax.place)
      return nil
    }
    var shape = Empirical.Shape.step
    if let written = given["shape"] {
      let names = Empirical.Shape.allCases.map(\.rawValue)
      guard let known = Empirical.Shape(rawValue: written.labelText) else {
        context.report(
          .unknownShape(
            written.labelText, known: names, nearest: context.nearest(to: written.labelText, among: names)),
          at: written.place)
        return nil
      }
      shape = known
    }
    guard let bounds = kernelBounds(given, shape, unit: unit) else { return nil }
    guard let values = column(given["column"]?.labelText, path, at: file.place, given["column"]?.place) else {
      return nil
    }
    do throws(DistributionError) {
      let distribution = try Empirical.distribution(
        of: values.map { value in unit?.baseValue(of: value) ?? value }, shape: shape, low: bounds["low"],
        high: bounds["high"])
      return CheckedValue(
        kind: .distribution(.fixed(distribution)), dimensionality: unit.map { .known($0.dimension) } ?? .pure)
    } catch {
      report(error, distribution: "empirical", arguments: [:], at: syntax.place, unit: unit)
      return nil
    }
  }

  /// Reports that a field is not a number, and the kind of value it is if that can be determined.
  private func reportNoNumber(_ table: CSVTable, _ field: CSVTable.Field) {
    guard let finding = ValueText.finding(ofCell: String(field.text)) else {
      context.report(.dataNotNumber(String(field.text)), at: table.place(of: field))
      return
    }
    var problem = finding.diagnostic(of: table.text(of: field))
    problem.expected = "a number"
    problem.notes = problem.code == ValueCode.missing.code ? [.init(Problem.dataAdvice)] : []
    context.report(problem)
  }

  /// The number written by a field: with `_` between groups of digits, as everywhere in the language.
  private static func number(_ text: Substring) -> Double? {
    if let number = Double(text) { return number }
    guard text.contains("_"), text.first != "_", text.last != "_", !text.contains("__") else { return nil }
    return Double(text.filter { $0 != "_" })
  }

  /// The given bounds of a smoothed distribution in base units, infinite for `none`; nil if an error was reported.
  private func kernelBounds(_ given: [String: Syntax], _ shape: Empirical.Shape, unit: Unit?) -> [String: Double]? {
    var bounds: [String: Double] = [:]
    for (name, none) in [("low", -Double.infinity), ("high", .infinity)] {
      guard let end = given[name] else { continue }
      guard shape == .kernel else {
        context.report(.boundWithoutKernel(name, shape: shape.rawValue), at: end.place)
        return nil
      }
      if end.labelText == "none" {
        bounds[name] = none
        continue
      }
      guard let value = constant(end, unit: unit), case .constant(let number) = value.kind else { return nil }
      let wanted = unit.map { Dimensionality.known($0.dimension) } ?? .pure
      guard value.dimensionality.unified(with: wanted) != nil else {
        context.report(
          .boundUnit(name, expected: words(wanted), found: words(value.dimensionality)), at: end.place)
        return nil
      }
      bounds[name] = number
    }
    return bounds
  }

  /// The numbers of a column; the only column if none is named.
  private func column(
    _ name: String?, _ path: String, at place: SourcePlace, _ columnPlace: SourcePlace?
  ) -> [Double]? {
    let table: CSVTable
    do throws(Diagnostics) {
      let folder = context[quantity].inputDeclaration?.entry.folder ?? ""
      table = try CSVTable(try context.parsed.root.read(folder.isEmpty ? path : folder + "/" + path, place).0)
    } catch {
      context.report(error)
      return nil
    }
    let headers = table.header.map { String($0.text) }
    guard let position = name.map({ headers.firstIndex(of: $0) }) ?? (headers.count == 1 ? 0 : nil) else {
      context.report(
        .dataColumn(name, headers: headers, nearest: name.flatMap { context.nearest(to: $0, among: headers) }),
        at: columnPlace ?? place)
      return nil
    }
    var values: [Double] = []
    values.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      let field = table[row, position]
      guard let number = Self.number(field.text), number.isFinite else {
        reportNoNumber(table, field)
        return nil
      }
      values.append(number)
    }
    return values
  }
}
