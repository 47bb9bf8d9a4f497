import Foundation
import ScenarioFiles
import Testing

@Suite("The JSON Schema is made from the catalogue of keys")
struct ScenarioSchemaTests {
  @Test("It is JSON, names its draft, and describes every section and key")
  func everyKey() throws {
    let object = try JSONSerialization.jsonObject(with: Data(ScenarioSchema.json().utf8)) as? [String: Any]
    let schema = try #require(object)
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    let sections = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(Set(sections.keys) == Set(Keys.scenario.names))
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    for (name, keys) in [
      ("input", Keys.input), ("equation", Keys.equation), ("output", Keys.output), ("reference", Keys.reference),
      ("scope", Keys.scope), ("comparison", Keys.comparison), ("correlation", Keys.correlation),
      ("observation", Keys.observation),
      ("triangulation", Keys.triangulation), ("run", Keys.run),
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
    let json = ScenarioSchema.json()
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let definitions = try #require(object?["$defs"] as? [String: Any])
    for part in json.components(separatedBy: "\"#/$defs/").dropFirst() {
      #expect(definitions[String(part.prefix { $0 != "\"" })] != nil)
    }
  }
}
