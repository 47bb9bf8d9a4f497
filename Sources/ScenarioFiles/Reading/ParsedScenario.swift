import Foundation
import Modeling

/// A scenario after `extends` and `include` are resolved and flags are applied: entries by name, each with its place,
/// none of them checked yet.
///
/// Names of indexes, inputs, equations and references are distinct among all four, and names of outputs among outputs:
/// clashes are reported when files are read, and the first of them stays.
public struct ParsedScenario: Sendable {
  /// An entry of a section: `name: value`.
  public struct Entry: Sendable {
    /// The name.
    public var name: String
    /// Where the name is written.
    public var namePlace: SourcePlace
    /// The value.
    public var value: Node
    /// The folder, relative to the root, of the file that it is written in: table paths start there.
    public var folder: String
    /// The value that it had in the scenario that this one extends; nil where it had none.
    var replaced: Node?

    /// An entry of a section.
    public init(name: String, namePlace: SourcePlace, value: Node, folder: String) {
      self.name = name
      self.namePlace = namePlace
      self.value = value
      self.folder = folder
    }
  }

  /// An item of a section that is a list.
  public struct Item: Sendable {
    /// The item.
    public var node: Node
    /// The folder, relative to the root, of the file that it is written in.
    public var folder: String

    /// An item of a list.
    public init(node: Node, folder: String) {
      self.node = node
      self.folder = folder
    }
  }

  /// Problems found while reading that leave the rest fit to be checked: unknown sections, empty values, names given
  /// twice, sections that this version does not read. Whoever checks the draft reports them with its own.
  public var diagnostics: [Diagnostic] = []
  /// Names whose entries could not be read: that they are missing is already said.
  public var unreadable: Set<String> = []
  /// The title, if given.
  public var title: String?
  /// The description, if given.
  public var about: String?
  /// Sections with named entries, in merged order.
  public var indexes: [Entry] = []
  /// Declared units: name and place.
  public var units: [UnitText] = []
  /// Inputs.
  public var inputs: [Entry] = []
  /// Equations.
  public var equations: [Entry] = []
  /// Outputs.
  public var outputs: [Entry] = []
  /// References.
  public var references: [Entry] = []
  /// Items of `correlations`, in merged order; the place is the item's.
  public var correlations: [Item] = []
  /// The section `evidence` of each file that has one, in merged order.
  public var evidence: [Node] = []
  /// Items, or the whole, of sections that this version accepts and does not read, in merged order.
  public var sensitivity: [Node] = []
  /// The section `sweeps` of each file that has one, in merged order, with the file's folder.
  public var sweeps: [(node: Node, folder: String)] = []
  /// Keys of `run`.
  public var run: [Entry] = []
  /// Assignments of `--set`, in order.
  public var assignments: [Assignment] = []
  /// Formulas of flags, parsed, in order.
  public var targets: [Syntax] = []
  /// The scenario's own file, to place problems of the whole.
  public var file: SourceFile
  /// The files read, main file first, then in the order in which they are named, with paths relative to the root and
  /// the bytes' SHA-256 in lower-case hexadecimal.
  public var files: [(path: String, sha256: String)] = []
  /// The folder that no path may leave.
  public var root: ScenarioRoot

  /// An empty draft of a file.
  public init(file: SourceFile, root: ScenarioRoot) {
    self.file = file
    self.root = root
  }
}

/// One `--set`: `NAME=value`, `NAME.ARGUMENT=value`, `NAME*=number`, `NAME[label,…]=value`.
public struct Assignment: Sendable {
  /// What is assigned to.
  public enum Target: Sendable {
    /// The whole input.
    case value
    /// One argument of its distribution.
    case argument(String)
    /// Every draw times a number.
    case factor
    /// One cell, after interpolation.
    case cell([String])
  }

  /// The input's name.
  public var name: String
  /// What of it is assigned to.
  public var target: Target
  /// The value, parsed.
  public var value: Syntax
  /// Where the name is in the flag's text.
  public var namePlace: SourcePlace
  /// The flag as written.
  public var flag: String

  /// An assignment.
  public init(name: String, target: Target, value: Syntax, namePlace: SourcePlace, flag: String) {
    self.name = name
    self.target = target
    self.value = value
    self.namePlace = namePlace
    self.flag = flag
  }
}

/// The folder that every path of a scenario must stay in, and how its files are read.
public struct ScenarioRoot: Sendable {
  /// The folder.
  public var folder: String
  /// Reads a file below the folder, as UTF-8 text, of at most 64 MB; problems come with `place`. The path is relative
  /// to the folder (an entry's `folder` joined with what is written); `..` may stand in it but not lead out.
  public var read: @Sendable (_ path: String, _ place: SourcePlace?) throws(Diagnostics) -> (SourceFile, sha256: String)
  /// The tables that have been read.
  public let tables = TableLedger()

  /// A folder with its reader.
  public init(
    folder: String,
    read:
      @escaping @Sendable (_ path: String, _ place: SourcePlace?) throws(Diagnostics) -> (SourceFile, sha256: String)
  ) {
    self.folder = folder
    let tables = tables
    self.read = { path, place throws(Diagnostics) in
      if let known = tables[path] { return known }
      let table = try read(path, place)
      tables.enter(table, path)
      return table
    }
  }
}

/// The tables that a scenario's files name, each read once, however often the scenario is checked.
public final class TableLedger: @unchecked Sendable {
  private let lock = NSLock()
  private var tables: [String: (SourceFile, sha256: String)] = [:]

  /// The tables with the SHA-256 of their bytes in lower-case hexadecimal, in the order of their paths.
  public var read: [(path: String, sha256: String)] {
    lock.withLock { tables.sorted { $0.key < $1.key }.map { (path: $0.key, sha256: $0.value.sha256) } }
  }

  fileprivate subscript(path: String) -> (SourceFile, sha256: String)? { lock.withLock { tables[path] } }

  fileprivate func enter(_ table: (SourceFile, sha256: String), _ path: String) {
    lock.withLock { tables[path] = table }
  }
}
