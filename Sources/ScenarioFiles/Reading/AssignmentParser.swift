import Diagnostics
import Modeling

/// Parses the text of a `--set`; in messages it is a one-line file with the flag's name.
package enum AssignmentParser {
  /// The assignment written by a text: `NAME=value`, `NAME.ARGUMENT=value`, `NAME*=number`, `NAME[label,…]=value`.
  ///
  /// The name ends at the first `=` outside brackets.
  package static func assignment(from text: String, flag: String = "--set") throws(Diagnostics) -> Assignment {
    try assignment(from: ScalarText(flag: flag, text: text), role: .value)
  }

  /// The assignment written by a text whose characters have places.
  static func assignment(from whole: ScalarText, role: ValueRole) throws(Diagnostics) -> Assignment {
    let text = whole.text
    let characters = Array(text)
    func diagnostics(_ problem: Problem, _ range: Range<Int>) -> Diagnostics {
      Diagnostics(problem, at: whole.place(offset: range.lowerBound, length: max(1, range.count)))
    }

    var depth = 0
    let equals = characters.indices.first { index in
      if characters[index] == "[" || characters[index] == "(" { depth += 1 }
      if characters[index] == "]" || characters[index] == ")" { depth -= 1 }
      return depth == 0 && characters[index] == "="
    }
    guard let equals else {
      throw diagnostics(.assignmentWithoutEquals, 0..<characters.count)
    }
    let written = String(characters[..<equals])
    if let invisible = InvisibleCharacter.diagnostic(in: written, at: { whole.place(offset: $0, length: 1) }) {
      throw Diagnostics([invisible])
    }
    let start = characters[..<equals].firstIndex { $0 != " " } ?? equals
    let nameEnd = characters[start..<equals].firstIndex { !($0.isLetter || $0.isNumber || $0 == "_") } ?? equals
    let name = String(characters[start..<nameEnd])
    guard let first = name.first, first.isLetter else {
      throw diagnostics(.assignmentWithoutName, 0..<max(1, equals))
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
        throw diagnostics(.assignmentWithoutLabel, nameEnd..<equals)
      }
    } else {
      throw diagnostics(.assignmentTarget(rest), nameEnd..<equals)
    }
    guard characters[(equals + 1)...].contains(where: { $0 != " " }) else {
      throw diagnostics(.assignmentWithoutValue, equals..<(equals + 1))
    }
    let value = ScalarText(
      text: String(characters[(equals + 1)...]), places: Array(whole.places[(equals + 1)...]), file: whole.file)
    return Assignment(
      name: name, target: target, value: try ValueText.syntax(of: value, role: role),
      namePlace: whole.place(offset: start, length: nameEnd - start), flag: text)
  }
}
