/// Words and signs of the languages, and values at the edges of their ranges.
enum MutationWords {
  /// What replaces a number.
  static let numbers = [
    "0", "1", "2", "3", "7", "10", "0.5", "-1", "0.1", "0.999999", "1e6", "1e-6", "1e15", "1e308", "1e-320", "1e-300",
    "1_000", "1000000", "99999999999999999999", "9007199254740993", "9223372036854775807", "-9223372036854775808",
    "0.30000000000000004", "1%", "100%", "1k", "1M", "2024", "2030.5", "inf", "nan",
  ].map { Array($0.utf8) }

  /// What is inserted anywhere.
  static let all =
    numbers
    + [
      "1 to 2", "1..3", "0..1000000000", "previous(", "sum(", "over=", "if ", " then ", " else ", "(", ")", "[", "]",
      "{", "}", ",", ":", ": ", "- ", "\n", "\r\n", "\n  ", "\t", " ", "\"", "'", "\\", "|", ">", "#", "&a ", "*a",
      "!!int ", "? ", "---\n", "...\n", "%YAML 1.2\n", "<<: ", "~", "null", "true", "normal(", "dirichlet(", "W",
      "kWh/year", "^", "^(1/2)", "/", "*", "+", "-", "=", "==", "<", "or ", "and ", "not ", "year", "value",
      "inputs:\n", "outputs:\n", "equations:\n", "indexes:\n", "extends: s.yaml\n", "include: [s.yaml]\n",
      "table: t.csv", "../", "/etc/passwd", "\u{0}", "\u{301}", "\u{200D}", "\u{202E}", "\u{FEFF}", "\u{2028}",
      "\u{1F1E6}", "é", "µ", "²", "−", "１",
    ].map { Array($0.utf8) }
}
