import TextFormats

/// The JSON Schema of scenario files (draft 2020-12), from which editors complete keys, show their meaning and mark
/// errors.
///
/// It is generated from `ScenarioSchema`, so it always agrees with the messages about unknown keys. It describes only
/// the structure; formulas, units and names are checked by reading the scenario.
package enum ScenarioJSONSchema {
  /// The schema as JSON text, the same at every call.
  package static func json() -> String {
    var definitions: [(key: String, value: JSON)] = [
      (
        "value",
        .object([
          ("description", .string("A number, distribution, interval or formula.")),
          ("type", .words(["string", "number"])),
        ])
      ),
      (
        "valueByLabel",
        .object([
          (
            "description",
            .string("A value, or a mapping from labels to values, nested where there are several indexes.")
          ),
          (
            "anyOf",
            .array([
              reference("value"),
              .object([("type", .string("object")), ("additionalProperties", reference("valueByLabel"))]),
            ])
          ),
        ])
      ),
      ("name", .object([("type", .string("string")), ("pattern", .string(namePattern))])),
      ("text", .object([("type", .words(["string", "number", "boolean"]))])),
    ]
    for set in [
      ScenarioSchema.index, ScenarioSchema.input, ScenarioSchema.latent, ScenarioSchema.equation, ScenarioSchema.output,
      ScenarioSchema.reference, ScenarioSchema.scope, ScenarioSchema.comparison, ScenarioSchema.verdict,
      ScenarioSchema.correlation, ScenarioSchema.observation, ScenarioSchema.triangulation, ScenarioSchema.publishable,
      ScenarioSchema.sweep, ScenarioSchema.publication, ScenarioSchema.run,
    ] {
      definitions.append((name(of: set), object(set)))
    }
    var schema: [(key: String, value: JSON)] = [
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("title", .string("Loadcast scenario")),
    ]
    if case .object(let members) = object(ScenarioSchema.scenario) { schema += members }
    schema.append(("$defs", .object(definitions)))
    return JSON.object(schema).text(lineWidth: 0) + "\n"
  }

  /// A letter, then letters, digits and `_`.
  private static let namePattern = "^[A-Za-z][A-Za-z0-9_]*$"

  private static func reference(_ name: String) -> JSON { .object([("$ref", .string("#/$defs/\(name)"))]) }

  /// `an input` is defined as `input`.
  private static func name(of set: SchemaMapping) -> String {
    set.subject.split(separator: " ").last.map(String.init) ?? ""
  }

  private static func object(_ set: SchemaMapping) -> JSON {
    let properties = set.keys.map { key -> (key: String, value: JSON) in
      guard case .object(let members) = valueType(key.valueType) else { return (key.name, .bool(true)) }
      return (key.name, .object([("description", .string(key.summary))] + members))
    }
    var members: [(key: String, value: JSON)] = [
      ("type", .string("object")), ("additionalProperties", .bool(false)), ("properties", .object(properties)),
    ]
    if !set.required.isEmpty { members.append(("required", .words(set.required))) }
    return .object(members)
  }

  private static func valueType(_ valueType: SchemaKey.ValueType) -> JSON {
    switch valueType {
    case .text: reference("text")
    case .name: reference("name")
    case .value: reference("value")
    case .nested: reference("valueByLabel")
    case .count:
      .object([
        ("type", .words(["string", "integer"])), ("minimum", .integer(1)),
        ("pattern", .string("^[0-9][0-9_]*(\\.[0-9]+)?(e[0-9]+)?[kMBT]?$")),
      ])
    case .choice(let words):
      .object([
        ("enum", .array(words.map(JSON.string) + (words.contains("true") ? [.bool(true), .bool(false)] : [])))
      ])
    case .list(let item): .object([("type", .string("array")), ("items", self.valueType(item))])
    case .entries(let value):
      .object([
        ("type", .string("object")), ("propertyNames", reference("name")),
        ("additionalProperties", self.valueType(value)),
      ])
    case .labels(let value): .object([("type", .string("object")), ("additionalProperties", self.valueType(value))])
    case .keys(let set): reference(name(of: set))
    case .either(let forms): .object([("anyOf", .array(forms.map { self.valueType($0) }))])
    case .version:
      .object([
        ("enum", .array(LanguageVersion.supported.flatMap { [.integer($0), .string(String($0))] }))
      ])
    }
  }
}

extension JSON {
  fileprivate static func words(_ words: [String]) -> JSON { .array(words.map(JSON.string)) }
}
