import Evidence
import Modeling
import Simulation

/// A run as one page: results, comparisons, assumptions, and the command that reproduces it.
///
/// The page is one file that loads nothing else, and is readable without its script. It depends only on the run's
/// results, and is therefore the same for any number of workers.
struct ReportPage {
  /// The run.
  let result: ScenarioResult

  /// The whole page.
  var html: Markup {
    let sections = sections
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="referrer" content="no-referrer">
      <meta name="generator" content="loadcast \(EngineVersion.current)">
      <title>\(result.model.title)</title>
      <style>
      \(Markup(trusted: PageStyle.text))</style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the results</a>
      \(header)
      <nav aria-label="Contents">\(contents(sections))</nav>
      <main id="main">
      \(sections.map(\.markup))</main>
      <footer><p>Written by loadcast \(EngineVersion.current). The values are Monte Carlo estimates, shown with their \
      significant digits; the tables next to this file have all digits.</p></footer>
      <script>\(Markup(trusted: PageScript.text))</script>
      </body>
      </html>

      """
  }

  /// Nothing may be loaded or sent, and only the page's script runs: even if escaping failed, text of a scenario could
  /// do no harm.
  private var policy: String {
    "default-src 'none'; style-src 'unsafe-inline'; script-src '\(PageScript.digest)'; img-src data:; "
      + "base-uri 'none'; form-action 'none'"
  }

  private var header: Markup {
    let model = result.model
    let settings = model.settings
    let about = model.about.map { ScenarioText.paragraphs($0) } ?? .none
    return """
      <header>
      <h1>\(model.title)</h1>
      \(about)<p class="made">\(NumberText.draws(result.draws)), seed \(String(settings.seed)), design \(settings.design)</p>
      </header>
      """
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

  private func contents(_ sections: [PageSection]) -> Markup {
    var items = Markup.none
    for section in sections {
      let inner = section.parts.map { "<li><a href=\"#\($0.id)\">\($0.name)</a></li>" as Markup }
      let list: Markup = inner.isEmpty ? .none : "<ul>\(inner)</ul>"
      items += "<li><a href=\"#\(section.id)\">\(section.title)</a>\(list)</li>\n"
    }
    return "<h2>Contents</h2><ul>\(items)</ul>"
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
