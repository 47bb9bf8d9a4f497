import Diagnostics

/// A word of the scenario language or of the command line that was replaced by another word.
///
/// The old word is an error whose suggestion is the new word, and `loadcast migrate` rewrites scenario files. Each renamed
/// word needs a line in `all`; a test follows the suggestion of every line.
package struct ReplacedWord: Sendable, Hashable {
  /// The part of the language to which a word belongs.
  package enum Home: Sendable, Hashable {
    /// A key of a mapping of scenario files, by the subject of its key set: `an input`.
    case key(of: String)
    /// A named argument of a distribution.
    case argument(of: String)
    /// A flag of a command.
    case flag(of: String)
  }

  /// The old word.
  package var old: String
  /// The new word.
  package var new: String
  /// The part of the language to which it belongs.
  package var home: Home

  /// All replaced words.
  package static let all: [ReplacedWord] =
    [ScenarioSchema.input, ScenarioSchema.reference].flatMap { set in
      [("across", "dependence"), ("between", "interpolate"), ("beyond", "extrapolate")]
        .map { ReplacedWord(old: $0, new: $1, home: .key(of: set.subject)) }
    } + [
      ReplacedWord(old: "equals", new: "measured", home: .key(of: ScenarioSchema.observation.subject)),
      ReplacedWord(old: "by", new: "routes", home: .key(of: ScenarioSchema.triangulation.subject)),
      ReplacedWord(old: "exact", new: "exact_quantiles", home: .key(of: ScenarioSchema.run.subject)),
      ReplacedWord(old: "law", new: "distribution", home: .argument(of: "truncate")),
      ReplacedWord(old: "--by", new: "--factors", home: .flag(of: "sensitivity")),
      ReplacedWord(old: "--base", new: "--base-samples", home: .flag(of: "sensitivity")),
      ReplacedWord(old: "--pairs", new: "--second-order", home: .flag(of: "sensitivity")),
      ReplacedWord(old: "--by", new: "--factors", home: .flag(of: "disclosure")),
      ReplacedWord(old: "--questions", new: "--steps", home: .flag(of: "disclosure")),
      ReplacedWord(old: "--exact", new: "--exact-quantiles", home: .flag(of: "run")),
    ]

  /// The word nearest to a misspelt one among the present words of a part of the language and its replaced ones, each of
  /// which is mapped to the word that replaced it.
  static func nearest(to name: String, among words: [String], _ home: Home) -> String? {
    let old = all.filter { $0.home == home }.map(\.old)
    return NearestName.of(name, among: words + old).map { replacement(for: $0, home) ?? $0 }
  }

  /// The new word for an old one; nil for a word that was not replaced.
  package static func replacement(for old: String, _ home: Home) -> String? {
    all.first { $0.old == old && $0.home == home }?.new
  }
}
