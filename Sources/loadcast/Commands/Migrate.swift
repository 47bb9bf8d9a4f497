import ArgumentParser
import Diagnostics
import Modeling
import Reporting
import ScenarioFiles
import TextFormats

/// Renames the replaced keywords of scenario files.
struct Migrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rewrite scenario files that use renamed keywords; print each change with its line.",
    discussion:
      "Only keys and argument names are rewritten; everything else is preserved byte for byte. A file that cannot "
      + "be parsed is reported and left unchanged. Files that a scenario includes or extends must be named as well.")

  @ArgumentParser.Argument(
    help: ArgumentHelp("The scenario files.", valueName: "file"), completion: .file(extensions: ["yaml"]))
  var paths: [String]

  @Flag(help: "Print the changes without writing them; the exit code is 1 if there are any.") var check = false
  @Flag(help: "Print only errors.") var quiet = false
  @OptionGroup var errors: ErrorFormOptions

  func run() throws {
    var problems: [Diagnostic] = []
    var migrations: [ScenarioMigration] = []
    for path in paths {
      do {
        let migration = try ScenarioMigration(ofFileAt: path)
        if !check, !migration.changes.isEmpty { try RewrittenFile.write(migration.text, to: path) }
        migrations.append(migration)
        if !quiet, !errors.json { try StandardStream.output.write(text(of: migration)) }
      } catch let diagnostics as Diagnostics {
        problems += diagnostics.all
      }
    }
    if errors.json {
      let changes = migrations.flatMap { migration in
        migration.changes.map { change in
          JSON.object([
            ("path", .string(migration.path)), ("line", .integer(change.line)), ("column", .integer(change.column)),
            ("old", .string(change.old)), ("new", .string(change.new)),
          ])
        }
      }
      try StandardStream.output.write(
        DiagnosticsJSON.text(of: problems, counts: nil, further: [("changes", .array(changes))]))
    }
    if !problems.isEmpty { throw CommandFailure(Diagnostics(problems), isPrinted: errors.json) }
    if check, migrations.contains(where: { !$0.changes.isEmpty }) {
      throw CommandFailure(ExitCode(Self.pending), isPrinted: true)
    }
  }

  /// The exit code of `--check` if a file would be changed.
  private static let pending: Int32 = 1

  private func text(of migration: ScenarioMigration) -> String {
    let path = TerminalText.path(migration.path)
    let lines = migration.changes.map { "\(path):\($0.line):\($0.column): \($0.old) → \($0.new)\n" }
    let count = migration.changes.count
    let summary =
      count == 0
      ? "nothing to rename" : "\(count) \(count == 1 ? "keyword" : "keywords") \(check ? "to rename" : "renamed")"
    return lines.joined() + "\(path): \(summary)\n"
  }
}
