import Distributions
import Foundation
import Modeling
import TextFormats
import VectorMath

/// The prior of a latent total, its routes and its published figures, for reports.
struct LatentRegister {
  private let total: LatentTotal
  private let model: Model

  /// The register of a latent total.
  init(_ total: LatentTotal, in model: Model) {
    self.total = total
    self.model = model
  }

  /// The prior in a sentence.
  var prior: String {
    let index = model[total.index].name
    let unit = total.unit.shown.isEmpty ? "" : " \(total.unit.shown)"
    let (start, growth) = (interval(total.path.start, total.unit.reportScale.value), interval(total.path.growth, 1))
    let first = total.path.labels.first.map { NumberText.exact($0) } ?? ""
    var text = "Prior: \(start)\(unit) in \(index) \(first), then growing by a factor of \(growth) per unit of \(index)"
    if total.path.labels.count > 2 {
      text += "; the logarithm of the factor changes by a standard deviation of \(NumberText.exact(total.path.change))"
    }
    return text + "."
  }

  /// For each route its name and formula.
  var routes: [[String]] { total.routes.map { [$0.label, model[$0.quantity].name] } }

  /// The headings of `figures`.
  static let figureColumns = ["figure", "publisher", "label", "kind", "value", "unit", "reads", "source"]

  /// A row for each published figure.
  var figures: [[String]] {
    total.figures.map { figure in
      [
        figure.name, figure.publisher, NumberText.exact(figure.label), figure.kind.rawValue, Self.value(of: figure),
        figure.unit.shown, figure.text, figure.provenance.source ?? "",
      ]
    }
  }

  /// The value in its unit, with the 90 % interval that its stated range implies: `21 (15 to 30)`.
  static func value(of figure: LatentTotal.Figure) -> String {
    let value = figure.value / figure.unit.reportScale.value
    guard figure.sd > 0 else { return NumberText.significant(value) }
    let half = figure.sd * StandardNormal.quantile(0.95)
    return "\(NumberText.significant(value)) (\(NumberText.significant(value * PortableMath.exp(-half))) to "
      + "\(NumberText.significant(value * PortableMath.exp(half))))"
  }

  /// The lines of the screen of `describe`.
  var lines: [String] {
    var lines = ScreenText.wrapped("\(model[total.quantity].name), a latent total. \(prior)", width: 98)
    lines += routes.map { "  route \($0[0]): \($0[1])" }
    lines += total.figures.map { figure in
      let unit = figure.unit.shown.isEmpty ? "" : " \(figure.unit.shown)"
      return "  \(figure.name): \(figure.publisher), \(figure.kind.rawValue) of \(NumberText.exact(figure.label)), "
        + "\(Self.value(of: figure))\(unit) of \(figure.text)"
        + (figure.provenance.source.map { "; \($0)" } ?? "")
    }
    return lines
  }

  /// The register as JSON.
  var json: JSON {
    let path = total.path
    func distribution(_ prior: (mean: Double, sd: Double), _ scale: Double) -> JSON {
      .object([("median", .number(PortableMath.exp(prior.mean) / scale)), ("log_sd", .number(prior.sd))])
    }
    return .object([
      ("latent", .string(model[total.quantity].name)), ("unit", .string(total.unit.text)),
      ("index", .string(model[total.index].name)), ("start", distribution(path.start, total.unit.reportScale.value)),
      ("growth", distribution(path.growth, 1)), ("change", .number(path.change)),
      (
        "priors",
        .object(LatentPriors.Scale.allCases.map { ($0.rawValue, .number(total.priors[$0])) })
      ),
      ("year_error", .number(total.yearError)), ("today", total.today.map(JSON.number) ?? .null),
      ("future", .number(total.future)),
      (
        "routes",
        .array(routes.map { .object([("route", .string($0[0])), ("formula", .string($0[1]))]) })
      ),
      ("figures", .array(total.figures.map(Self.json))), ("origin", .string(Origin.file(total.place).text)),
    ])
  }

  private static func json(_ figure: LatentTotal.Figure) -> JSON {
    .object([
      ("name", .string(figure.name)), ("publisher", .string(figure.publisher)), ("bias", .string(figure.bias)),
      ("kind", .string(figure.kind.rawValue)), ("label", .number(figure.label)), ("reads", .string(figure.text)),
      ("value", .number(figure.value / figure.unit.reportScale.value)), ("unit", .string(figure.unit.text)),
      ("log_sd", .number(figure.sd)), ("published", figure.published.map(JSON.number) ?? .null),
      ("source", .optional(figure.provenance.source)), ("note", .optional(figure.provenance.note)),
      ("origin", .string(Origin.file(figure.place).text)),
    ])
  }

  private func interval(_ prior: (mean: Double, sd: Double), _ scale: Double) -> String {
    let half = prior.sd * StandardNormal.quantile(0.95)
    return "\(NumberText.significant(PortableMath.exp(prior.mean - half) / scale)) to "
      + "\(NumberText.significant(PortableMath.exp(prior.mean + half) / scale))"
  }
}
