import Modeling

extension Origin {
  /// The origin of a value in short form: `scenarios/first-steps.yaml:12`, the flag (a bare assignment is that of
  /// `--set`), `default`.
  var text: String {
    switch self {
    case .file(let place): "\(place.file.path):\(place.line)"
    case .flag(let text): text.hasPrefix("--") ? text : "--set '\(text)'"
    case .builtIn: "default"
    }
  }
}
