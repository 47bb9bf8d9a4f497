import Evidence
import Modeling
import Simulation
import TextFormats

/// A run as one page: results, comparisons, assumptions, and the command that reproduces it.
///
/// The page is one file that loads nothing else, and is readable without its script. It depends only on the run's
/// results, and is therefore the same for any number of workers.
struct ReportPage {
  /// The run.
  let result: ScenarioResult

  /// The whole page.
  var html: Markup {
    let model = result.model
    let settings = model.settings
    let about = model.about.map { ScenarioText.paragraphs($0) } ?? .none
    return PageShell(
      title: model.title,
      header: """
        \(HeadlineSection(result: result.givenObservations).headline)\(about)<p class="made">\
        \(NumberText.draws(result.draws)), seed \(String(settings.seed)), design \(settings.design)</p>
        """,
      sections: sections
    ).html
  }

  /// The parts of the page that have content.
  private var sections: [PageSection] {
    let given = result.givenObservations
    return [
      HeadlineSection(result: given).section, VerdictsSection(result: result).section,
      ObservationsSection(result: result).section, LearningSection(result: result).section,
      OutputsSection(result: given).section, ComparisonsSection(result: given).section,
      RoutesSection(result: result).section, DriversSection(result: result).section,
      RegisterSection(model: result.model).section,
      EquationsSection(model: result.model).section, AccuracySection(result: result).section,
      ReproductionSection(result: result).section,
    ].compactMap(\.self)
  }
}

/// A part of a page with a heading and an entry in the table of contents.
struct PageSection {
  /// The anchor.
  var id: String
  var title: String
  /// Subsections with entries in the table of contents.
  var parts: [(id: String, name: String)] = []
  var content: Markup

  var markup: Markup {
    "<section id=\"\(id)\" aria-labelledby=\"\(id)-title\">\n<h2 id=\"\(id)-title\">\(title)</h2>\n\(content)</section>\n"
  }
}

/// Texts of scenarios as running text.
enum ScenarioText {
  /// Paragraphs, separated by blank lines.
  static func paragraphs(_ text: String) -> Markup {
    var paragraphs: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        paragraphs.append([])
      } else {
        paragraphs[paragraphs.count - 1].append(line)
      }
    }
    return Markup(
      paragraphs.filter { !$0.isEmpty }.map { "<p>\($0.joined(separator: "\n"))</p>\n" })
  }

  /// The name in words, if there is one.
  static func label(of quantity: Quantity) -> Markup {
    quantity.label.map { "<p class=\"remark\">\(DirectionalText.isolated($0).capitalised)</p>" } ?? .none
  }

  /// The provenance of a value: source, note, quality, possible discloser.
  static func provenance(_ provenance: Provenance) -> Markup {
    let parts: [(String, String?)] = [
      ("Source", provenance.source), ("Note", provenance.note), ("Quality", provenance.quality),
      ("Disclosable by", provenance.disclosableBy),
    ]
    var items = Markup.none
    for case (let name, let text?) in parts { items += "<p class=\"remark\"><b>\(name):</b> \(text)</p>" }
    return items
  }
}
