import Foundation
import ScenarioFiles
import Testing

@Suite("The JSON Schema is made from the catalogue of keys")
struct ScenarioSchemaTests {
  @Test("It is JSON, names its draft, and describes every section and key")
  func everyKey() throws {
    let object = try JSONSerialization.jsonObject(with: Data(ScenarioJSONSchema.json().utf8)) as? [String: Any]
    let schema = try #require(object)
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    let sections = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(Set(sections.keys) == Set(ScenarioSchema.scenario.names))
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    for (name, keys) in [
      ("input", ScenarioSchema.input), ("equation", ScenarioSchema.equation), ("output", ScenarioSchema.output),
      ("reference", ScenarioSchema.reference),
      ("scope", ScenarioSchema.scope), ("comparison", ScenarioSchema.comparison),
      ("correlation", ScenarioSchema.correlation),
      ("observation", ScenarioSchema.observation),
      ("triangulation", ScenarioSchema.triangulation), ("run", ScenarioSchema.run),
    ] {
      let properties = try #require(definitions[name]?["properties"] as? [String: [String: Any]])
      #expect(Set(properties.keys) == Set(keys.names))
      for (key, property) in properties {
        #expect((property["description"] as? String)?.isEmpty == false, "\(name).\(key)")
      }
      #expect(definitions[name]?["additionalProperties"] as? Bool == false)
    }
  }

  @Test("Every reference leads to a definition")
  func references() throws {
    let json = ScenarioJSONSchema.json()
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let definitions = try #require(object?["$defs"] as? [String: Any])
    for part in json.components(separatedBy: "\"#/$defs/").dropFirst() {
      #expect(definitions[String(part.prefix { $0 != "\"" })] != nil)
    }
  }
}
