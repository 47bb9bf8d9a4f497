import Simulation

/// A run as notebooks with a data package: `NAME.ipynb` and `NAME.qmd` next to the folder `NAME`.
public struct NotebookExport {
  private let package: DataPackage
  private let notebook: Notebook

  /// The export of a result.
  ///
  /// - Parameters:
  ///   - result: the run's result.
  ///   - name: the name of the notebooks and the folder.
  ///   - digest: SHA-256 of bytes, in lower-case hexadecimal.
  public init(of result: RunResult, name: String, digest: @escaping ([UInt8]) -> String) throws {
    let command = ReproducingCommand.text("export", "notebook", of: result, further: ["--name", name])
    package = try DataPackage(of: result, name: name, command: command, digest: digest)
    notebook = Notebook(of: result, name: name, command: command, indexes: package.indexes)
  }

  /// The files of the folder: tables, record and their description. They depend only on the result, byte for byte.
  public var tables: [ReportFile] { package.files }

  /// The notebooks next to it.
  public var notebooks: [ReportFile] {
    [JupyterNotebook(notebook: notebook).file, QuartoDocument(notebook: notebook).file]
  }
}
