import Foundation
import Testing

@Suite("`migrate` rewrites replaced words, and nothing else")
struct MigrateCommandTests {
  /// Old words as keys in block and flow style, with quotes and comments; and everywhere else, where they stay.
  private static let old = """
    # across: shared stays in a comment, as does between: linear
    title: "by: equals"
    indexes: {place: [across, between], year: 2024..2026}
    inputs:
      across:   {over: place, value: {across: 1 to 2, between: 3}, across: independent}   # across: shared
      beyond:
        over: year
        value: {2024: 1 to 2, 2025: "truncate(law=normal(2, 1), low=0)"}
        "between"  :  linear
        'beyond': hold
        note: |
          across: shared
        across:
          year: shared
    equations: {equals: "across[place=between] + beyond[year=2026]"}
    outputs: {equals: {note: "by: 3"}}
    evidence:
    - estimate: both
      by: {by: equals, equals: equals + 1}
    - {observe: equals, equals: 2 to 8}
    run: {draws: 10k, exact: false}

    """

  /// The same in the present words, written out rather than computed.
  private static let new = """
    # across: shared stays in a comment, as does between: linear
    title: "by: equals"
    indexes: {place: [across, between], year: 2024..2026}
    inputs:
      across:   {over: place, value: {across: 1 to 2, between: 3}, dependence: independent}   # across: shared
      beyond:
        over: year
        value: {2024: 1 to 2, 2025: "truncate(distribution=normal(2, 1), low=0)"}
        "interpolate"  :  linear
        'extrapolate': hold
        note: |
          across: shared
        dependence:
          year: shared
    equations: {equals: "across[place=between] + beyond[year=2026]"}
    outputs: {equals: {note: "by: 3"}}
    evidence:
    - estimate: both
      routes: {by: equals, equals: equals + 1}
    - {observe: equals, measured: 2 to 8}
    run: {draws: 10k, exact_quantiles: false}

    """

  @Test("Keys alone are rewritten, each told with its line, and --check writes nothing")
  func keysAlone() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.old, to: "s.yaml")
    let told = """
      s.yaml:5:64: across → dependence
      s.yaml:8:43: law → distribution
      s.yaml:9:6: between → interpolate
      s.yaml:10:6: beyond → extrapolate
      s.yaml:13:5: across → dependence
      s.yaml:19:3: by → routes
      s.yaml:20:21: equals → measured
      s.yaml:21:19: exact → exact_quantiles

      """
    let check = try program.run("migrate", "--check", "s.yaml")
    #expect(check.code == 1 && check.error == "")
    #expect(check.output == told + "s.yaml: 8 keywords to rename\n")
    #expect(try program.read("s.yaml") == Self.old)
    let migrated = try program.run("migrate", "s.yaml")
    #expect(migrated.code == 0 && migrated.error == "")
    #expect(migrated.output == told + "s.yaml: 8 keywords renamed\n")
    #expect(try program.read("s.yaml") == Self.new)
    let valid = try program.run("check", "s.yaml")
    #expect(valid.code == 0, "\(valid.error)")
    #expect(try program.run("migrate", "s.yaml", "--check").output == "s.yaml: nothing to rename\n")
    #expect(try program.run("migrate", "s.yaml", "--quiet").output == "")
    #expect(try program.read("s.yaml") == Self.new)
  }

  @Test("Line ends, a byte order mark, permissions and links stay")
  func bytes() throws {
    let program = try Program()
    defer { program.remove() }
    func marked(_ text: String) -> String { "\u{FEFF}" + text.replacingOccurrences(of: "\n", with: "\r\n") + "# é" }
    try program.write(marked(Self.old), to: "s.yaml")
    let path = program.folder.appendingPathComponent("s.yaml").path
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    try FileManager.default.createSymbolicLink(
      atPath: program.folder.appendingPathComponent("link.yaml").path, withDestinationPath: "s.yaml")
    let migrated = try program.run("migrate", "link.yaml")
    #expect(migrated.code == 0, "\(migrated.error)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(marked(Self.new).utf8))
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
    let link = program.folder.appendingPathComponent("link.yaml").path
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "s.yaml")
    #expect(try program.names() == ["link.yaml", "s.yaml"])
  }

  @Test("A file that cannot be read is left as it is, and the others are rewritten all the same")
  func unreadable() throws {
    let program = try Program()
    defer { program.remove() }
    let input = "inputs: {x: {over: year, value: 1 to 2, across: shared}}\n"
    let broken = [
      "a.yaml": input + "outputs: {x: {}\n", "b.yaml": input + "outputs:\n", "c.yaml": "- across: shared\n",
      "d.yaml": input + input,
      "e.yaml": input.replacingOccurrences(of: "across", with: "\"acro\\u0073s\""),
    ]
    for (name, text) in broken { try program.write(text, to: name) }
    try program.write(input, to: "z.yaml")
    let migrated = try program.run(shell: "exec \"$0\" migrate a.yaml b.yaml c.yaml d.yaml e.yaml none.yaml z.yaml")
    // A file that is not there counts as missing input.
    #expect(migrated.code == 66)
    #expect(migrated.output == "z.yaml:1:41: across → dependence\nz.yaml: 1 keyword renamed\n")
    for name in broken.keys { #expect(migrated.error.contains("\(name):"), "\(name) in \(migrated.error)") }
    #expect(migrated.error.contains("there is no file `none.yaml`"))
    for (name, text) in broken { #expect(try program.read(name) == text) }
    #expect(try program.read("z.yaml").contains("dependence: shared"))
  }
}
