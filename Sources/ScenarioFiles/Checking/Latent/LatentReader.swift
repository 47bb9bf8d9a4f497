import Diagnostics
import Distributions
import Modeling
import Units
import VectorMath

/// Reads the section `latent`.
///
/// A latent total becomes a hidden input, with the prior of its path, and an equation of the total's name that is equal
/// to it. To formulas it is an equation; no flag, correlation or case can set it.
struct LatentReader {
  let context: CheckContext

  /// Maximum number of labels: each has readings and a score in every set of standard deviations.
  private static let mostLabels = 100

  /// Reads an entry, and declares its hidden input and its equation.
  func read(_ declaration: inout LatentDeclaration) {
    let entry = declaration.entry
    guard case .mapping(let entries) = entry.value.kind else {
      context.report(.latentNotMapping(entry.name, found: entry.value.kindInWords), at: entry.value.place)
      return
    }
    let fields = Fields(entries, ScenarioSchema.latent, context)
    declaration.fields = fields
    for key in ScenarioSchema.latent.required where fields.lacks(key) {
      context.report(
        .latentWithoutKey(entry.name, key: key, required: ScenarioSchema.latent.required), at: entry.namePlace)
    }
    if fields.lacks("routes"), fields.lacks("published") {
      context.report(.nothingReads(entry.name), at: entry.namePlace)
    }
    if let unit = fields["unit"] { declaration.unit = UnitReader(context).unit(unit.value) }
    if let over = fields["over"], let indexes = InputReader(context: context).indexes(over.value) {
      if indexes.count == 1, context[indexes[0]].isNumeric, !context.brokenIndexes.contains(indexes[0]) {
        declaration.index = indexes[0]
      } else if !indexes.contains(where: context.brokenIndexes.contains) {
        context.report(.latentIndex("`\(context.list(indexes))`"), at: over.value.span)
      }
    }
    readSettings(fields, &declaration)
    declare(fields, &declaration)
  }

  private func readSettings(_ fields: Fields, _ declaration: inout LatentDeclaration) {
    if let today = fields["today"] { declaration.today = number(today, "a number on the index", in: -1e15...1e15) }
    if let future = fields["future"] {
      declaration.future = number(future, "a number of at least 0", in: 0...100) ?? declaration.future
    }
    if let error = fields["year_error"] {
      // Without an own error the years of a route are nearly one number, and their differences would count as exact.
      declaration.yearError = number(error, "a number from 0.01 to 10", in: 0.01...10) ?? declaration.yearError
    }
    guard let priors = fields["priors"] else { return }
    guard case .mapping(let entries) = priors.value.kind else {
      context.report(.notNamedEntries("priors", found: priors.value.kindInWords), at: priors.value.place)
      return
    }
    let known = LatentPriors.Scale.allCases.map(\.rawValue)
    for entry in entries {
      guard let scale = LatentPriors.Scale(rawValue: entry.key) else {
        context.report(
          .unknownLatentPrior(entry.key, known: known, nearest: context.nearest(to: entry.key, among: known)),
          at: entry.keyPlace)
        continue
      }
      let range = scale == .figureError ? 0.01...10 : 0...10
      let words = scale == .figureError ? "a number from 0.01 to 10" : "a number from 0 to 10; 0 for no such error"
      declaration.priors[scale] = number(entry, words, in: range) ?? declaration.priors[scale]
    }
  }

  /// The hidden input's declaration, and the equation's.
  private func declare(_ fields: Fields, _ declaration: inout LatentDeclaration) {
    let (entry, name) = (declaration.entry, LatentDeclaration.hiddenName(declaration.entry.name))
    let syntax = Syntax(.name(name), at: entry.namePlace, text: name)
    var equation = EquationDeclaration(syntax: syntax, text: name, provenance: fields.provenance)
    equation.unit = declaration.unit
    equation.label = fields.label
    context[declaration.quantity].kind = .equation(equation)
    var input = InputDeclaration(entry: entry)
    input.entry.name = name
    input.unit = declaration.unit
    input.provenance = fields.provenance
    input.isSound = false
    let change = fields["change"].map { number($0, "a number above 0", in: 1e-6...100) ?? LatentTotal.usualChange }
    let start = declaration.unit.flatMap { prior(fields["start"], "start", $0, declaration) }
    let growth = prior(fields["growth"], "growth", .one, declaration)
    if let index = declaration.index, let labels = context[index].numbers, let start, let growth {
      let path = LatentPath(
        labels: labels, start: start, growth: growth, change: change ?? LatentTotal.usualChange)
      guard labels.count <= Self.mostLabels, path.isBounded else {
        context.report(.latentTooWide(context[index].name, limit: Self.mostLabels), at: entry.namePlace)
        context[declaration.input].kind = .input(input)
        return
      }
      declaration.path = path
      input.over = [index]
      input.dependence = [index: .independent]
      let covariance = path.covariance
      input.labelledValues = labels.indices.compactMap { k in
        let sd = covariance[k * labels.count + k].squareRoot()
        let text = "lognormal(median=\(PortableMath.exp(path.mean[k])), gsd=\(PortableMath.exp(sd)))"
        let places = [(line: Int, column: Int)](
          repeating: (entry.namePlace.line, entry.namePlace.column), count: text.count + 1)
        let scalar = ScalarText(text: text, places: places, file: entry.namePlace.file)
        return (try? FormulaParser.syntax(of: scalar)).map {
          LabelledValue(syntax: $0, labels: [index: k], origin: .file(entry.namePlace), provenance: fields.provenance)
        }
      }
      input.isSound = input.labelledValues.count == labels.count
    }
    context[declaration.input].kind = .input(input)
  }

  /// Mean and standard deviation of the logarithm of a lognormal distribution, in a unit.
  private func prior(
    _ entry: Node.Entry?, _ key: String, _ unit: Unit, _ declaration: LatentDeclaration
  ) -> (mean: Double, sd: Double)? {
    guard let entry, let syntax = context.value(of: entry.value, "a distribution"),
      let value = DistributionChecker(context: context, quantity: declaration.input, over: []).check(syntax, unit: unit)
    else { return nil }
    guard value.dimensionality.unified(with: .known(unit.dimension)) != nil else {
      context.report(
        .latentPriorUnit(key, expected: unit == .one ? "a pure number" : unit.text, found: "`\(syntax.text)`"),
        at: syntax.place)
      return nil
    }
    guard case .distribution(.fixed(let fixed)) = value.kind, fixed.quantile(1e-9) > 0 else {
      context.report(.latentPrior(key, found: syntax.text), at: syntax.place)
      return nil
    }
    let quantiles = [0.05, 0.25, 0.5, 0.75, 0.95].map { PortableMath.log(fixed.quantile($0)) }
    let sd = (quantiles[4] - quantiles[0]) / (2 * StandardNormal.quantile(0.95))
    // The quartiles of a lognormal distribution lie where those ends say.
    let quarter = sd * StandardNormal.quantile(0.75)
    let misses = [quantiles[2] - quantiles[1] - quarter, quantiles[3] - quantiles[2] - quarter]
    let isLognormal = misses.allSatisfy { $0.magnitude < 1e-6 * max(1, sd) }
    guard isLognormal, sd > 0, sd < 100, quantiles[2].isFinite else {
      context.report(.latentPrior(key, found: syntax.text), at: syntax.place)
      return nil
    }
    return (quantiles[2] - PortableMath.log(unit.reportScale.value), sd)
  }

  /// A pure number in a range.
  private func number(_ entry: Node.Entry, _ expected: String, in range: ClosedRange<Double>) -> Double? {
    guard let syntax = context.syntax(of: entry.value, "a number") else { return nil }
    let typed = FormulaChecker(context: context, use: .constant).check(syntax)
    guard !typed.isBroken else { return nil }
    guard typed.dimensionality.mayBePure, let number = IndexEvaluator(context).constant(typed.expression(context)),
      range.contains(number)
    else {
      context.report(.latentSetting(entry.key, expected: expected, found: syntax.text), at: syntax.place)
      return nil
    }
    return number
  }
}
