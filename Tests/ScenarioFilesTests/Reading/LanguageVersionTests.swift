import ScenarioFiles
import Testing

@Suite("A file states the version of the language with `loadcast`")
struct LanguageVersionTests {
  private static let rest = "inputs: {x: 1 to 2}\noutputs: {x: {}}\n"

  @Test("It may be in a scenario, in files that it extends or includes, or absent")
  func stated() throws {
    #expect(LanguageVersion.current == 1 && LanguageVersion.supported == [1])
    for version in ["", "loadcast: 1\n", "loadcast: \"1\"\n"] {
      #expect(try Checking.screen(version + Self.rest) == "")
      let part = version + "inputs: {y: 2 to 3}\noutputs: {y: {}}\n"
      #expect(try Checking.screen("include: part.yaml\n" + Self.rest, files: ["part.yaml": part]) == "")
      #expect(try Checking.screen(version + "extends: b.yaml\n", files: ["b.yaml": version + Self.rest]) == "")
    }
  }

  @Test("Another number is an error that lists the supported versions, and the file's other errors are not reported")
  func other() throws {
    #expect(
      try Checking.screen("loadcast: 2\ninputs: {x: {value: 1 to 2, unheard: of}}\noutputs: {x: {}}\n") == """
        s.yaml:1:11: error[keys.version]: this program does not support version 2 of the language
        1 | loadcast: 2
          |           ^
          expected: version 1

        1 error

        """)
    #expect(
      try Checking.screen("include: part.yaml\n" + Self.rest, files: ["part.yaml": "loadcast: 0\n"]) == """
        part.yaml:1:11: error[keys.version]: this program does not support version 0 of the language
        1 | loadcast: 0
          |           ^
          expected: version 1

        1 error

        """)
  }

  @Test("What is no number gets the present one as a suggestion")
  func noNumber() throws {
    #expect(
      try Checking.screen("loadcast: v1.0\n" + Self.rest) == """
        s.yaml:1:11: error[keys.version]: `loadcast` must be a version of the language
        1 | loadcast: v1.0
          |           ^^^^
          expected: a whole number: `1`
          found: `v1.0`
          did you mean: 1

        1 error

        """)
  }
}
