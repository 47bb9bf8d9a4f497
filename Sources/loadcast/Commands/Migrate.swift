import ArgumentParser
import Diagnostics
import Modeling
import Reporting
import ScenarioFiles

/// Rewrites the replaced words of scenario files.
struct Migrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rewrite scenario files that use replaced words of the language; print each change with its line.",
    discussion:
      "Only keys and argument names are rewritten; everything else is preserved byte for byte. A file that cannot "
      + "be parsed is reported and left unchanged. Files that a scenario includes or extends must be named as well.")

  @ArgumentParser.Argument(
    help: ArgumentHelp("The scenario files.", valueName: "file"), completion: .file(extensions: ["yaml"]))
  var paths: [String]

  @Flag(help: "Print the changes without writing them.") var check = false
  @Flag(help: "Print only errors.") var quiet = false
  @OptionGroup var errors: ErrorFormOptions

  func run() throws {
    var problems: [Diagnostic] = []
    for path in paths {
      do {
        let migration = try ScenarioMigration(ofFileAt: path)
        if !check, !migration.changes.isEmpty { try RewrittenFile.write(migration.text, to: path) }
        if !quiet, !errors.json { try StandardStream.output.write(text(of: migration)) }
      } catch let diagnostics as Diagnostics {
        problems += diagnostics.all
      }
    }
    if !problems.isEmpty { throw Diagnostics(problems) }
    if errors.json { try errors.show("") }
  }

  private func text(of migration: ScenarioMigration) -> String {
    let lines = migration.changes.map { "\(migration.path):\($0.line):\($0.column): \($0.old) → \($0.new)\n" }
    let count = migration.changes.count
    let summary =
      count == 0
      ? "no replaced words" : "\(count) \(count == 1 ? "word" : "words") \(check ? "to replace" : "replaced")"
    return lines.joined() + "\(migration.path): \(summary)\n"
  }
}
