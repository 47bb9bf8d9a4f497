import Modeling

/// Reads scope tags: the coverage of an estimate.
struct ScopeReader {
  let context: CheckContext

  init(_ context: CheckContext) { self.context = context }

  /// The tags of `scope: {boundary: facility, sector: ai}`.
  func tags(_ node: Node) -> [String: String] {
    guard case .mapping(let entries) = node.kind else {
      context.error(
        "scope tags expected", at: node.place, expected: "`{boundary: facility, sector: …}`", found: node.kindInWords)
      return [:]
    }
    let fields = Fields(entries, ScenarioSchema.scope, context)
    var tags: [String: String] = [:]
    for key in ScenarioSchema.scope.keys {
      let tag = key.name
      guard let text = fields.text(tag),
        !context.reportInvisible(in: text, at: fields[tag]?.value.span)
      else { continue }
      if case .choice(let values) = key.valueType, !values.contains(text) {
        context.error(
          "`\(tag)` is \(values.dropLast().joined(separator: ", ")) or \(values.last ?? "")",
          at: fields[tag]?.value.span, found: "`\(text)`",
          suggestion: context.nearest(to: text, among: values))
        continue
      }
      tags[tag] = text
    }
    return tags
  }
}
