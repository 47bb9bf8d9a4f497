import Modeling

extension Origin {
  /// Where a value came from, in short: `scenarios/first-steps.yaml:12`, the flag (an assignment alone is that of `--set`), `default`.
  var text: String {
    switch self {
    case .file(let place): "\(place.file.path):\(place.line)"
    case .flag(let text): text.hasPrefix("--") ? text : "--set '\(text)'"
    case .builtIn: "default"
    }
  }
}
