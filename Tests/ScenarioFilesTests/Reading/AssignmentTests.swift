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

  @Test("Mistakes are shown in the flag's own text")
  func mistakes() throws {
    let folder = try TemporaryFolder(["main.yaml": "inputs: {a: 1}\n"])
    #expect(
      folder.screen("main.yaml", Scenario.Options(assignments: ["a", "=3", "a=", "a+=3", "a[]=3", "a=1 +", "a=3"]))
        == """
        --set:1:1: error: an assignment needs `=`
        1 | a
          | ^
          expected: NAME=value, NAME.ARGUMENT=value, NAME*=number or NAME[label]=value

        --set:1:1: error: the name of an input is missing before `=`
        1 | =3
          | ^
          expected: NAME=value, NAME.ARGUMENT=value, NAME*=number or NAME[label]=value

        --set:1:2: error: a value is missing after `=`
        1 | a=
          |  ^
          expected: NAME=value, NAME.ARGUMENT=value, NAME*=number or NAME[label]=value

        --set:1:2: error: `+` cannot follow a name
        1 | a+=3
          |  ^
          expected: NAME=value, NAME.ARGUMENT=value, NAME*=number or NAME[label]=value

        --set:1:2: error: `[]` cannot follow a name
        1 | a[]=3
          |  ^^
          expected: NAME=value, NAME.ARGUMENT=value, NAME*=number or NAME[label]=value

        --set:1:5: error: something is missing after `+`
        1 | a=1 +
          |     ^
          expected: a number, a name or an opening parenthesis

        6 errors

        """)
  }
}
