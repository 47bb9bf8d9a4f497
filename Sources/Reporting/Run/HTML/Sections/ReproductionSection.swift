import Modeling
import Simulation

/// The settings behind the results, and the command that reproduces them.
struct ReproductionSection {
  let result: RunResult

  var section: PageSection? {
    let model = result.model
    let settings = model.settings
    func origin(_ key: String) -> String { (settings.origins[key] ?? .builtIn).text }
    let facts: [(String, Markup)] = [
      ("engine", "loadcast \(EngineVersion.current)"),
      ("digest", "<code class=\"long\">\(model.digest)</code>"),
      ("draws", "\(String(result.draws)) (\(origin("draws")))"),
      ("seed", "\(String(settings.seed)) (\(origin("seed")))"),
      ("design", "\(settings.design) (\(origin("design")))"),
    ]
    let files = model.files.map { file -> [Markup] in
      [Markup(escaping: file.path), "<code class=\"long\">\(file.sha256)</code>"]
    }
    let table = PageTable(
      caption: "Files of the scenario, and the SHA-256 of their bytes",
      columns: [("file", false), ("SHA-256", false)], rows: files)
    return PageSection(
      id: "reproduction", title: "How to make it again",
      content: """
        <p>With the same engine and the same files, this command gives the same figures on any number of cores. A digest \
        over all files and flags tells whether they are the same.</p>
        <pre class="command" tabindex="0"><code>\(ReproducingCommand.text("run", of: result, further: ["--format", HTMLFormat.name]))</code></pre>
        <dl class="facts">\(facts.map { "<dt>\($0)</dt><dd>\($1)</dd>\n" as Markup })</dl>
        <details class="inner"><summary>\(model.files.count == 1 ? "1 file" : "\(model.files.count) files")</summary>
        \(table.markup)</details>

        """)
  }
}
