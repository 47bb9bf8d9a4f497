import Diagnostics
import Foundation
import Modeling
import ScenarioFiles

extension MistakeFile {
  /// The diagnostics of the command, with the files in a folder: errors, or the warnings of a scenario that can be run.
  func diagnostics(in folder: TemporaryFolder) -> [Diagnostic] {
    let scenario = "\(folder.path)/\(name).yaml"
    let options = Scenario.Options(assignments: values(of: "--set"), targets: values(of: "--output"))
    func table(_ flag: String) -> String? { values(of: flag).first.map { folder.path + "/" + $0 } }
    do throws(Diagnostics) {
      if let cases = table("--cases") {
        return try Scenario.model(ofFileAt: scenario, casesAt: cases, options: options).model.warnings
      }
      guard arguments.first == "sweep" else {
        return try Scenario.model(ofFileAt: scenario, options: options).warnings
      }
      let family = try VariantFactory(fileAt: scenario, options: options)
      let plan: SweepPlan
      if let table = table("--pairing") {
        plan = try SweepPlan(tableAt: table)
      } else {
        plan = try SweepPlan(varying: values(of: "--vary"), pairing: .grid)
      }
      try family.check(plan, flag: table("--pairing") ?? "--vary")
      return family.base.warnings + family.warnings
    } catch {
      return error.all
    }
  }

  /// The values of a flag, which are written `--flag=value`.
  private func values(of flag: String) -> [String] {
    arguments.filter { $0.hasPrefix(flag + "=") }.map { String($0.dropFirst(flag.count + 1)) }
  }
}

extension MistakeFile {
  /// A text that a diagnostic offers, and the stretch that it is to take the place of.
  struct Offer {
    var text: String
    var stretch: SourcePlace
    var problem: Diagnostic
  }

  /// The offers of diagnostics: suggestions, readings and advice in notes.
  static func offers(_ problems: [Diagnostic]) -> [Offer] {
    problems.flatMap { problem in
      let texts = problem.place.map { place in
        ([problem.suggestion].compactMap(\.self) + problem.readings.map(\.text)).map { ($0, place) }
      }
      let advice = problem.notes.compactMap { $0.replacement.map { ($0.text, $0.stretch) } }
      return ((texts ?? []) + advice).map { Offer(text: $0, stretch: $1, problem: problem) }
    }
  }

  /// The problems that an offer leaves in its place when it is followed, independently of the program's own trial.
  func left(following offer: Offer, of problems: [Diagnostic], in folder: TemporaryFolder) throws -> [Diagnostic] {
    let known = problems.filter { $0.message != offer.problem.message }.map(\.message)
    let stretch = offer.stretch
    let (changed, text) = try replaced(offer, in: folder)
    let next = try TemporaryFolder(changed.files)
    return changed.diagnostics(in: next).filter { found in
      guard let place = found.place, place.line == stretch.line else { return false }
      // All flags are files of the same name, so their texts are compared, too.
      guard Self.name(of: place, in: next) == Self.name(of: stretch, in: folder), Self.text(place.file) == text else {
        return false
      }
      let end = stretch.column + offer.text.count
      let overlaps = place.column < end && stretch.column < place.column + place.length
      return overlaps && (found.severity == .error || found.message == offer.problem.message)
        && !known.contains(found.message)
    }
  }

  /// The same pair with an offer followed in one of its files or arguments, and the new text of that.
  private func replaced(_ offer: Offer, in folder: TemporaryFolder) throws -> (MistakeFile, text: String) {
    let (stretch, file, old) = (offer.stretch, Self.name(of: offer.stretch, in: folder), Self.text(offer.stretch.file))
    var lines = stretch.file.lines.map(String.init)
    var line = Array(lines[stretch.line - 1])
    line.replaceSubrange((stretch.column - 1)..<(stretch.column - 1 + stretch.length), with: Array(offer.text))
    lines[stretch.line - 1] = String(line)
    let text = lines.joined(separator: "\n")
    var changed = self
    if files[file] != nil {
      changed.files[file] = text
    } else if let position = arguments.firstIndex(of: "\(file)=\(old)") {
      changed.arguments[position] = "\(file)=\(text)"
    } else {
      throw Unplaced(file: file, text: old)
    }
    return (changed, text)
  }

  /// A stretch in no file or argument of the pair.
  struct Unplaced: Error {
    var file: String
    var text: String
  }

  private static func text(_ file: SourceFile) -> String { file.lines.joined(separator: "\n") }

  /// The path of a place's file inside a folder.
  private static func name(of place: SourcePlace, in folder: TemporaryFolder) -> String {
    place.file.path.replacingOccurrences(of: folder.path + "/", with: "")
  }
}
