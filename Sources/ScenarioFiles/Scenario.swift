import Diagnostics
import Modeling

/// Reads scenario files: from text to a checked model, or to all diagnostics at once.
package enum Scenario {
  /// The options of the command line.
  package struct Options: Sendable {
    /// Texts of `--set`.
    package var assignments: [String]
    /// The folder that paths must stay in; by default that of the scenario.
    package var root: String?
    /// The number of draws; nil uses the scenario's setting, here and below.
    package var draws: Int?
    /// The seed, if given.
    package var seed: UInt64?
    /// The design, if given.
    package var design: String?
    /// The required accuracy, if given: `0.5%`, `electricity.p95=1%`.
    package var tolerance: String?
    /// Whether quantiles are exact, overriding the file.
    package var exact = false
    /// Texts of `--output` that are formulas: each becomes a target of the model.
    package var targets: [String]
    /// The flag that gave them, for messages.
    package var targetFlag = "--output"
    /// The scenario whose path is `-`.
    package var given: GivenScenario?
    /// Texts that replace files, by the paths shown in messages, for trying suggestions.
    var overlay: [String: String] = [:]
    /// Whether a suggestion is being tried; the suggestions of its problems are not shown.
    var isTrial = false

    /// Creates options; by default they change nothing.
    package init(
      assignments: [String] = [], root: String? = nil, draws: Int? = nil, seed: UInt64? = nil, design: String? = nil,
      targets: [String] = []
    ) {
      self.assignments = assignments
      self.root = root
      self.draws = draws
      self.seed = seed
      self.design = design
      self.targets = targets
    }
  }

  /// The model of a scenario file.
  ///
  /// - Throws: every diagnostic of the scenario, errors and warnings, in the order of their places.
  package static func model(ofFileAt path: String, options: Options = Options()) throws(Diagnostics) -> Model {
    let check = SuggestionChecker(ofFileAt: path, options: options)
    do throws(Diagnostics) {
      var model = try unchecked(ofFileAt: path, options: options)
      model.warnings = check.checked(model.warnings)
      return model
    } catch {
      throw Diagnostics(check.checked(error.all))
    }
  }

  /// The model, or its problems with suggestions that have not been tried.
  ///
  /// - Throws: every diagnostic of the scenario, errors and warnings, in the order of their places.
  package static func unchecked(ofFileAt path: String, options: Options) throws(Diagnostics) -> Model {
    let parsed = try ScenarioReader(options: options).parsedScenario(ofFileAt: path)
    return try ModelChecker(parsed, options: options).model()
  }

  /// The model of a scenario file with the cases of a table, which may be in any folder.
  ///
  /// - Throws: every diagnostic of the scenario; if it is valid, those of the table.
  package static func model(
    ofFileAt path: String, casesAt casesPath: String, options: Options = Options()
  ) throws(Diagnostics) -> (model: Model, cases: CaseTable) {
    let check = SuggestionChecker(ofFileAt: path, casesAt: casesPath, options: options)
    do throws(Diagnostics) {
      var both = try unchecked(ofFileAt: path, casesAt: casesPath, options: options)
      both.model.warnings = check.checked(both.model.warnings)
      return both
    } catch {
      throw Diagnostics(check.checked(error.all))
    }
  }

  /// The model and its cases, or their problems with suggestions that have not been tried.
  ///
  /// - Throws: every diagnostic of the scenario; if it is valid, those of the table.
  package static func unchecked(
    ofFileAt path: String, casesAt casesPath: String, options: Options
  ) throws(Diagnostics) -> (model: Model, cases: CaseTable) {
    let parsed = try ScenarioReader(options: options).parsedScenario(ofFileAt: path)
    var (folder, name) = try ScenarioFolder.containing(scenario: casesPath, root: nil)
    folder.overlay = options.overlay
    let contents = try folder.contents(of: name, limit: ScenarioFolder.largestTable, at: nil)
    let (model, cases) = try ModelChecker(parsed, options: options).model(readingCases: try CSVTable(contents.file))
    return (
      model,
      CaseTable(
        cases: cases, path: casesPath, publishedPath: contents.file.publishedPath, sha256: contents.sha256)
    )
  }
}
