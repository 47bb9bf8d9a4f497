import Modeling

/// Reads scope tags: the coverage of an estimate.
struct ScopeReader {
  let context: CheckContext

  init(_ context: CheckContext) { self.context = context }

  /// The tags of `scope: {boundary: facility, sector: ai}`.
  func tags(_ node: Node) -> [String: String] {
    guard case .mapping(let entries) = node.kind else {
      context.report(.scopeNotMapping(found: node.kindInWords), at: node.place)
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
        context.report(
          .unknownScope(tag, values: values, found: text, nearest: context.nearest(to: text, among: values)),
          at: fields[tag]?.value.span)
        continue
      }
      tags[tag] = text
    }
    return tags
  }
}
