import Modeling

/// Files that cannot be read or written.
enum FileCode: String, DiagnosticSection {
  static let section = "files"

  case unwritable
}

extension Problem {
  /// A file, a folder or standard output that cannot be written; the description names it and the reason.
  public static func unwritable(_ description: String) -> Problem { Problem(FileCode.unwritable, description) }
}
