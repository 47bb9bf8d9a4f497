import Diagnostics
import Foundation
import Modeling

/// A scenario after `extends` and `include` are resolved and flags are applied: entries by name, each with its place,
/// not yet checked.
///
/// Names of indexes, inputs, equations and references are unique among all four, and names of outputs among outputs.
/// Duplicates are reported when files are read, and the first one is kept.
package struct ParsedScenario: Sendable {
  /// An entry of a section: `name: value`.
  package struct Entry: Sendable {
    /// The name.
    package var name: String
    /// The place of the name.
    package var namePlace: SourcePlace
    /// The value.
    package var value: Node
    /// The folder, relative to the root, of the file that contains the entry; table paths are relative to it.
    package var folder: String
    /// The value in the scenario that this one extends; nil if there is none.
    var replaced: Node?

    /// Creates an entry.
    package init(name: String, namePlace: SourcePlace, value: Node, folder: String) {
      self.name = name
      self.namePlace = namePlace
      self.value = value
      self.folder = folder
    }
  }

  /// An item of a section that is a list.
  package struct Item: Sendable {
    /// The item.
    package var node: Node
    /// The folder, relative to the root, of the file that contains the item.
    package var folder: String

    /// Creates an item.
    package init(node: Node, folder: String) {
      self.node = node
      self.folder = folder
    }
  }

  /// Problems found while reading that allow the rest to be checked: unknown sections, empty values, duplicate
  /// names. The checker reports them together with its own.
  package var diagnostics: [Diagnostic] = []
  /// Names whose entries could not be read; this has been reported.
  package var unreadable: Set<String> = []
  /// The title, if given.
  package var title: String?
  /// The description, if given.
  package var about: String?
  /// The section `publication`, if given.
  package var publication: Node?
  /// Sections with named entries, in merged order.
  package var indexes: [Entry] = []
  /// Declared units: name and place.
  package var units: [UnitText] = []
  /// Inputs.
  package var inputs: [Entry] = []
  /// Latent totals.
  package var latents: [Entry] = []
  /// Equations.
  package var equations: [Entry] = []
  /// Outputs.
  package var outputs: [Entry] = []
  /// References.
  package var references: [Entry] = []
  /// Items of `correlations`, in merged order; the place is the item's.
  package var correlations: [Item] = []
  /// The section `evidence` of each file that has one, in merged order.
  package var evidence: [Node] = []
  /// The section `sweeps` of each file that has one, in merged order, with the file's folder.
  package var sweeps: [(node: Node, folder: String)] = []
  /// Keys of `run`.
  package var run: [Entry] = []
  /// Assignments of `--set`, in order.
  package var assignments: [Assignment] = []
  /// Formulas of flags, parsed, in order.
  package var targets: [Syntax] = []
  /// The scenario's own file, the place of problems that concern the whole scenario.
  package var file: SourceFile
  /// The files read, main file first, then in the order in which they are named, with paths relative to the root and
  /// the SHA-256 of their bytes in lower-case hexadecimal.
  package var files: [(path: String, sha256: String)] = []
  /// The folder that all paths must stay in.
  package var root: ScenarioRoot

  /// Creates an empty scenario of a file.
  package init(file: SourceFile, root: ScenarioRoot) {
    self.file = file
    self.root = root
  }
}

/// One `--set`: `NAME=value`, `NAME.ARGUMENT=value`, `NAME*=number`, `NAME[label,…]=value`.
package struct Assignment: Sendable {
  /// The part of an input that is assigned.
  package enum AssignedPart: Sendable {
    /// The whole input.
    case value
    /// One argument of its distribution.
    case argument(String)
    /// A factor of every draw.
    case factor
    /// One cell, after interpolation.
    case cell([String])
  }

  /// The input's name.
  package var name: String
  /// The part of the input that is assigned.
  package var target: AssignedPart
  /// The parsed value.
  package var value: Syntax
  /// The place of the name in the flag's text.
  package var namePlace: SourcePlace
  /// The flag as written.
  package var flag: String

  /// Creates an assignment.
  package init(name: String, target: AssignedPart, value: Syntax, namePlace: SourcePlace, flag: String) {
    self.name = name
    self.target = target
    self.value = value
    self.namePlace = namePlace
    self.flag = flag
  }
}

/// The folder that every path of a scenario must stay in, and how its files are read.
package struct ScenarioRoot: Sendable {
  /// The folder.
  package var folder: String
  /// The folder as results state it: without the path of this machine.
  package var published: String
  /// Reads a file below the folder as UTF-8 text of at most 64 MB; problems are reported at `place`. The path is
  /// relative to the folder (an entry's `folder` joined with the written path); it may contain `..` but not leave the
  /// folder.
  package var read:
    @Sendable (_ path: String, _ place: SourcePlace?) throws(Diagnostics) -> (SourceFile, sha256: String)
  /// The tables that have been read.
  package let tables = TableLedger()

  /// Creates a root with its reader.
  package init(
    folder: String, published: String = "",
    read:
      @escaping @Sendable (_ path: String, _ place: SourcePlace?) throws(Diagnostics) -> (SourceFile, sha256: String)
  ) {
    self.folder = folder
    let name = published.hasSuffix("/") ? String(published.dropLast()) : published
    self.published = name.isEmpty ? "." : name
    let tables = tables
    self.read = { path, place throws(Diagnostics) in
      if let known = tables[path] { return known }
      let table = try read(path, place)
      tables.enter(table, path)
      return table
    }
  }
}

/// The tables named in a scenario's files, each read once, however often the scenario is checked.
package final class TableLedger: @unchecked Sendable {
  private let lock = NSLock()
  private var tables: [String: (SourceFile, sha256: String)] = [:]

  /// The tables with the SHA-256 of their bytes in lower-case hexadecimal, sorted by path.
  package var read: [(path: String, sha256: String)] {
    lock.withLock { tables.sorted { $0.key < $1.key }.map { (path: $0.key, sha256: $0.value.sha256) } }
  }

  fileprivate subscript(path: String) -> (SourceFile, sha256: String)? { lock.withLock { tables[path] } }

  fileprivate func enter(_ table: (SourceFile, sha256: String), _ path: String) {
    lock.withLock { tables[path] = table }
  }
}
