import Modeling
import ScenarioFiles
import Testing

@Suite("Assignments of the command line")
struct AssignmentTests {
  @Test("Name, argument, factor and cell")
  func targets() throws {
    func target(_ text: String) throws -> String {
      let assignment = try AssignmentParser.assignment(from: text)
      return "\(assignment.name) \(assignment.target) \(assignment.value.text) @\(assignment.value.place.column)"
    }
    #expect(try target("pue=1.2") == "pue value 1.2 @5")
    #expect(try target("pue = 1.1 to 1.3") == "pue value 1.1 to 1.3 @7")
    #expect(try target("pue.mode=1.2") == "pue argument(\"mode\") 1.2 @10")
    #expect(try target("fleet*=0.5") == "fleet factor 0.5 @8")
    #expect(try target("x[2025, us-east]=3 W") == "x cell([\"2025\", \"us-east\"]) 3 W @18")
    #expect(try target("x[year=2025]=lognormal(mean=3, sd=1)") == "x cell([\"year=2025\"]) lognormal(mean=3, sd=1) @14")
  }
}
