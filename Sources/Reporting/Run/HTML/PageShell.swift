/// The frame of every page: metadata, style, contents, sections and script.
///
/// A page is one file that loads nothing else, and is readable without its script.
struct PageShell {
  /// The title of the page, above everything else.
  var title: String
  /// What follows the title, before the contents.
  var header: Markup
  var sections: [PageSection]

  /// The whole page.
  var html: Markup {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="\(policy)">
    <meta name="referrer" content="no-referrer">
    <meta name="generator" content="loadcast \(EngineVersion.current)">
    <title>\(title)</title>
    <style>
    \(Markup(trusted: PageStyle.text))</style>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the results</a>
    <header>
    <h1>\(title)</h1>
    \(header)
    </header>
    <nav aria-label="Contents">\(contents)</nav>
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

  private var contents: Markup {
    var items = Markup.none
    for section in sections {
      let inner = section.parts.map { "<li><a href=\"#\($0.id)\">\($0.name)</a></li>" as Markup }
      let list: Markup = inner.isEmpty ? .none : "<ul>\(inner)</ul>"
      items += "<li><a href=\"#\(section.id)\">\(section.title)</a>\(list)</li>\n"
    }
    return "<h2>Contents</h2><ul>\(items)</ul>"
  }
}
