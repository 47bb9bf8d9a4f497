import Diagnostics
import Evidence
import Modeling
import Simulation

/// The numerical accuracy of the results: Monte Carlo standard errors, and draws that were not finite.
struct AccuracySection {
  let result: ScenarioResult

  var section: PageSection? {
    let notes = RunNotes(result: result).lines + result.model.warnings.map(warning)
    let list: Markup =
      notes.isEmpty
      ? "<p>Every draw of every output was finite, and every mean is stable.</p>\n"
      : "<ul>\n\(notes.map { "<li>\($0)</li>\n" })</ul>\n"
    return PageSection(
      id: "accuracy", title: "Monte Carlo accuracy",
      content: """
        <p>Every statistic is estimated from \(NumberText.draws(result.draws)) and has a Monte Carlo standard error. More \
        draws make it smaller; it does not measure whether the assumptions are right. Only significant digits are \
        shown.\(largest)</p>
        \(list)
        """)
  }

  private func warning(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.place.map { " (\($0.file.publishedPath):\($0.line))" } ?? ""
    return "Warning: \(diagnostic.message)\(place)"
  }

  /// The largest relative error of a median and of an end of a 90 % interval.
  private var largest: Markup {
    func worst(_ probabilities: [Double]) -> Double? {
      result.outputs.flatMap(\.cells).flatMap { cell in
        probabilities.compactMap { cell.quantile($0) }.map { ($0.error / $0.value).magnitude }
      }.filter(\.isFinite).max()
    }
    guard let median = worst([0.5]), let ends = worst([0.05, 0.95]) else { return .none }
    func percent(_ share: Double) -> String { NumberText.significant(share * 100, digits: 2) + " %" }
    return """
       The largest relative standard error is \(percent(median)) for medians and \(percent(ends)) for the ends of 90 % intervals.
      """
  }
}

/// The settings behind the results, and the command that reproduces them.
struct ReproductionSection {
  let result: ScenarioResult

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
      caption: "Files of the scenario and their SHA-256 digests",
      columns: [("file", false), ("SHA-256", false)], rows: files)
    return PageSection(
      id: "reproduction", title: "Reproduction",
      content: """
        <p>With the same engine version and files, this command gives the same results on any number of cores. The digest \
        covers all files and flags: if it is the same, so are they.</p>
        <pre class="command" tabindex="0"><code>\(ReproducingCommand.text("run", of: result, further: ["--format", HTMLFormat.name]))</code></pre>
        <dl class="facts">\(facts.map { "<dt>\($0)</dt><dd>\($1)</dd>\n" as Markup })</dl>
        <details class="inner"><summary>\(model.files.count == 1 ? "1 file" : "\(model.files.count) files")</summary>
        \(table.markup)</details>

        """)
  }
}
