import Evidence
import Foundation
import Modeling
import Simulation
import TextFormats

/// What charts are drawn from: the tables of a command's results, and the facts of its record.
package struct ChartSource: Sendable {
  /// An output as the record lists it.
  struct OutputFacts: Sendable {
    var name: String
    /// Its name in words, or its name.
    var words: String
    var unit: String
    var indexes: [String]
  }

  /// An index as the record lists it.
  struct IndexFacts: Sendable {
    var name: String
    var title: String
    var labels: [String]
    /// The words for its labels, by label.
    var words: [String: String]

    /// Whether every label is a number.
    var isNumeric: Bool { labels.allSatisfy { Double($0) != nil } }

    /// The words for a label, or the label.
    func shown(_ label: String) -> String { words[label].map(DirectionalText.isolated) ?? label }
  }

  /// The tables by name, without `.csv`.
  var tables: [String: DataTable]
  var title: String
  var outputs: [OutputFacts]
  var indexes: [IndexFacts]
  /// The program with its version, and the settings: `loadcast 0.2.0, 65,536 draws, seed 1`.
  var made: String
  /// The digest of the scenario's files and flags.
  var digest: String
  /// The sources of the scenario's values.
  var sources: [String]
  /// The words for inputs and references, by name.
  var inputWords: [String: String]
  /// The year in which the results were published, if the scenario says so.
  var published: Int?

  /// The latest year that a source names, up to the year of publication; nil if none does. A source may also name a year
  /// that it forecasts.
  var evidenceYear: Int? { sources.compactMap(EvidenceBasis.year).filter { $0 <= published ?? .max }.max() }

  /// The line below a chart: where it comes from, and the date of the evidence.
  var sourceLine: String {
    let evidence = evidenceYear.map { "; evidence up to \($0)" } ?? ""
    return "Source: \(title); \(made)\(evidence)"
  }

  /// How to cite a chart.
  var citation: String { "\(title). Computed with \(made). Scenario digest \(digest.prefix(16))." }

  /// A reference in words, `bitcoin's electricity use, as revised in 2023`; as written, if it has none.
  func shownReference(_ text: String) -> String {
    let name = String(text.prefix { $0 != "[" })
    guard let words = inputWords[name] else { return text }
    let labels = text.dropFirst(name.count).filter { !"[]".contains($0) }.split(separator: ",").map { part -> String in
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      return pair.count == 2 ? index(pair[0])?.shown(pair[1]) ?? pair[1] : String(part)
    }
    return ([DirectionalText.isolated(words)] + labels).joined(separator: ", ")
  }

  /// The index with a name.
  func index(_ name: String) -> IndexFacts? { indexes.first { $0.name == name } }
}

extension ChartSource {
  /// The names of the tables that charts use.
  package static let tableNames = [
    "summary", "quantiles", "histogram", "comparisons", "routes", "indices", "sweep", "references",
  ]

  /// The results in a folder.
  ///
  /// - Parameters:
  ///   - record: the text of a record of the command, JSON.
  ///   - texts: the texts of the tables, by name without `.csv`.
  /// - Returns: nil if the record is not one.
  package init?(record: String, tables texts: [String: String]) {
    guard let json = try? JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: Any],
      let title = json["title"] as? String, let engine = json["engine"] as? String
    else { return nil }
    let entries = { (key: String) in (json[key] as? [[String: Any]]) ?? [] }
    let inputs = entries("inputs")
    let draws = (json["draws"] as? Int).map { NumberText.draws($0) } ?? "draws"
    let seed = (json["seed"] as? NSNumber)?.stringValue ?? ""
    self.init(
      tables: texts.compactMapValues(DataTable.init(csv:)), title: title,
      outputs: entries("outputs").compactMap { entry in
        (entry["name"] as? String).map { name in
          OutputFacts(
            name: name, words: entry["label"] as? String ?? name, unit: entry["unit"] as? String ?? "",
            indexes: entry["indexes"] as? [String] ?? [])
        }
      },
      indexes: entries("indexes").compactMap { entry in
        (entry["name"] as? String).map { name in
          IndexFacts(
            name: name, title: entry["label"] as? String ?? name, labels: entry["labels"] as? [String] ?? [],
            words: entry["words"] as? [String: String] ?? [:])
        }
      }, made: "\(engine), \(draws), seed \(seed)", digest: json["digest"] as? String ?? "",
      sources: inputs.flatMap { input in
        [input["source"] as? String] + ((input["values"] as? [[String: Any]]) ?? []).map { $0["source"] as? String }
      }.compactMap(\.self),
      inputWords: Dictionary(
        inputs.compactMap { input in
          (input["name"] as? String).flatMap { name in (input["label"] as? String).map { (name, $0) } }
        }
      ) { first, _ in first }, published: (json["published"] as? String).flatMap { Int($0.prefix(4)) })
  }

  /// The results of a run that has just ended.
  init(of result: ScenarioResult) throws {
    let model = result.model
    var tables: [String: DataTable] = [:]
    for file in CSVFormat.files(of: result) + [ReferenceTable.file(of: result)] {
      let name = String(file.name.prefix { $0 != "." })
      if Self.tableNames.contains(name) { tables[name] = try DataTable(file) }
    }
    let register = AssumptionRegister(of: model)
    self.init(
      tables: tables, title: model.title,
      outputs: model.outputs.map { output in
        OutputFacts(
          name: model[output.quantity].name, words: model[output.quantity].label ?? model[output.quantity].name,
          unit: output.unit.text, indexes: model[output.quantity].cells.indexes.map { model[$0].name })
      },
      indexes: model.indexes.map { index in
        IndexFacts(
          name: index.name, title: index.title ?? index.name, labels: index.labels,
          words: Dictionary(uniqueKeysWithValues: index.words.map { (index.labels[$0.key], $0.value) }))
      },
      made: "loadcast \(EngineVersion.current), \(NumberText.draws(result.draws)), seed \(model.settings.seed)",
      digest: model.digest,
      sources: register.assumptions.flatMap { [$0.provenance.source] + $0.values.map(\.provenance.source) }
        .compactMap(\.self),
      inputWords: Dictionary(register.assumptions.compactMap { item in item.label.map { (item.name, $0) } }) {
        first, _ in
        first
      }, published: model.publication?.date.flatMap { Int($0.prefix(4)) })
    addEnds(of: model.settings.interval)
  }
}

/// `references.csv`: the median and 90 % interval of the references of each output, along its cells, for charts that show
/// an output beside them. References that are known only from draws are left out.
enum ReferenceTable {
  static func file(of result: ScenarioResult) -> ReportFile {
    ReportFile(name: "references.csv") { sink in
      let columns = ["reference", "look", "p05", "p50", "p95"]
      let indexes = IndexColumns(of: result)
      let first = ["output", "unit"]
      try sink.write(CSVRow.text(first + indexes.headers(beside: first + columns) + columns))
      for output in result.outputs {
        let quantity = result.model[output.output.quantity]
        let cells = Array(output.cells.indices)
        for mark in output.referenceMarks(at: cells, in: result.model) {
          for (cell, level) in zip(cells, mark.levels) {
            guard let level else { continue }
            try sink.write(
              CSVRow.text(
                [quantity.name, output.output.unit.text] + indexes.fields(cell: cell, of: quantity.cells)
                  + [DirectionalText.plain(mark.name), "\(mark.look)"]
                  + [level.low, level.median, level.high].map(CSVRow.number)))
          }
        }
      }
    }
  }
}
