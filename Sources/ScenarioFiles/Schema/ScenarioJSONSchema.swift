/// The JSON Schema of scenario files (draft 2020-12), from which editors complete keys, show their meaning and mark
/// errors.
///
/// It is generated from `ScenarioSchema`, so it always agrees with the messages about unknown keys. It describes only
/// the structure; formulas, units and names are checked by reading the scenario.
public enum ScenarioJSONSchema {
  /// The schema as JSON text, the same at every call.
  public static func json() -> String {
    var definitions: [(String, JSON)] = [
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
      ScenarioSchema.input, ScenarioSchema.equation, ScenarioSchema.output, ScenarioSchema.reference,
      ScenarioSchema.scope, ScenarioSchema.comparison, ScenarioSchema.correlation,
      ScenarioSchema.observation, ScenarioSchema.triangulation, ScenarioSchema.sweep, ScenarioSchema.run,
    ] {
      definitions.append((name(of: set), object(set)))
    }
    var schema: [(String, JSON)] = [
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("title", .string("Loadcast scenario")),
    ]
    if case .object(let members) = object(ScenarioSchema.scenario) { schema += members }
    schema.append(("$defs", .object(definitions)))
    return JSON.object(schema).text() + "\n"
  }

  /// A letter, then letters, digits and `_`.
  private static let namePattern = "^[A-Za-z][A-Za-z0-9_]*$"

  private static func reference(_ name: String) -> JSON { .object([("$ref", .string("#/$defs/\(name)"))]) }

  /// `an input` is defined as `input`.
  private static func name(of set: SchemaMapping) -> String {
    set.subject.split(separator: " ").last.map(String.init) ?? ""
  }

  private static func object(_ set: SchemaMapping) -> JSON {
    let properties = set.keys.map { key -> (String, JSON) in
      guard case .object(let members) = valueType(key.valueType) else { return (key.name, .bool(true)) }
      return (key.name, .object([("description", .string(key.summary))] + members))
    }
    var members: [(String, JSON)] = [
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
        ("type", .words(["string", "integer"])), ("minimum", .number(1)),
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
        ("enum", .array(LanguageVersion.supported.flatMap { [.number($0), .string(String($0))] }))
      ])
    }
  }
}

/// A JSON value whose members keep their order.
private indirect enum JSON {
  case string(String)
  case number(Int)
  case bool(Bool)
  case array([JSON])
  case object([(String, JSON)])

  static func words(_ words: [String]) -> JSON { .array(words.map(JSON.string)) }

  /// The value as text (RFC 8259), indented by two spaces a level.
  func text(_ indentation: String = "") -> String {
    let inner = indentation + "  "
    switch self {
    case .string(let text): return Self.quoted(text)
    case .number(let number): return String(number)
    case .bool(let value): return String(value)
    case .array(let items):
      if items.isEmpty { return "[]" }
      return "[\n" + items.map { inner + $0.text(inner) }.joined(separator: ",\n") + "\n\(indentation)]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      return "{\n" + members.map { inner + Self.quoted($0) + ": " + $1.text(inner) }.joined(separator: ",\n")
        + "\n\(indentation)}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let code = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
