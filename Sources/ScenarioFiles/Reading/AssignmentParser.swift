import Diagnostics
import Modeling

/// Parses the text of a `--set`; in messages it is a one-line file with the flag's name.
public enum AssignmentParser {
  /// The assignment written by a text: `NAME=value`, `NAME.ARGUMENT=value`, `NAME*=number`, `NAME[label,…]=value`.
  ///
  /// The name ends at the first `=` outside brackets.
  public static func assignment(from text: String, flag: String = "--set") throws(Diagnostics) -> Assignment {
    let characters = Array(text)
    let whole = ScalarText(flag: flag, text: text)
    func problem(
      _ message: String, _ range: Range<Int>, expected: String? = nil, suggestion: String? = nil
    ) -> Diagnostics {
      Diagnostics([
        Diagnostic(
          message, at: whole.place(offset: range.lowerBound, length: max(1, range.count)), expected: expected,
          suggestion: suggestion)
      ])
    }
    let forms = "NAME=value, NAME.ARGUMENT=value, NAME*=number or NAME[label]=value"

    var depth = 0
    let equals = characters.indices.first { index in
      if characters[index] == "[" || characters[index] == "(" { depth += 1 }
      if characters[index] == "]" || characters[index] == ")" { depth -= 1 }
      return depth == 0 && characters[index] == "="
    }
    guard let equals else {
      throw problem("an assignment needs `=`", 0..<characters.count, expected: forms)
    }
    let written = String(characters[..<equals])
    if let invisible = InvisibleCharacter.diagnostic(in: written, at: { whole.place(offset: $0, length: 1) }) {
      throw Diagnostics([invisible])
    }
    let start = characters[..<equals].firstIndex { $0 != " " } ?? equals
    let nameEnd = characters[start..<equals].firstIndex { !($0.isLetter || $0.isNumber || $0 == "_") } ?? equals
    let name = String(characters[start..<nameEnd])
    guard let first = name.first, first.isLetter else {
      throw problem("the name of an input is missing before `=`", 0..<max(1, equals), expected: forms)
    }
    let rest = String(characters[nameEnd..<equals]).filter { $0 != " " }
    let target: Assignment.AssignedPart
    if rest.isEmpty {
      target = .value
    } else if rest == "*" {
      target = .factor
    } else if rest.first == ".", rest.count > 1 {
      target = .argument(String(rest.dropFirst()))
    } else if rest.first == "[", rest.last == "]", rest.count > 2 {
      let inner = String(characters[nameEnd..<equals].drop { $0 != "[" }.dropFirst())
      let labels = inner.prefix { $0 != "]" }.split(separator: ",", omittingEmptySubsequences: false)
      target = .cell(labels.map { label in String(label.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) })
      if case .cell(let labels) = target, labels.contains("") {
        throw problem("a label is missing", nameEnd..<equals, expected: forms)
      }
    } else {
      throw problem("`\(rest)` cannot follow a name", nameEnd..<equals, expected: forms)
    }
    guard characters[(equals + 1)...].contains(where: { $0 != " " }) else {
      throw problem("a value is missing after `=`", equals..<(equals + 1), expected: forms)
    }
    let value = ScalarText(
      text: String(characters[(equals + 1)...]), places: Array(whole.places[(equals + 1)...]), file: whole.file)
    return Assignment(
      name: name, target: target, value: try ValueText.syntax(of: value),
      namePlace: whole.place(offset: start, length: nameEnd - start), flag: text)
  }
}
