/// Many values of a repeatable option as one argument.
///
/// The parser's time is quadratic in the number of arguments: 4,000 `--set` flags take 0.7 s of processor time in it. Its
/// result is the same if all values of an option follow its first occurrence, joined by a character that no argument can
/// have.
enum FoldedArguments {
  /// The options, each of which a script may repeat for every input or label. A value that begins with a hyphen is left to
  /// the parser.
  static let options: Set<String> = ["--set", "--set-a", "--set-b", "--vary"]
  /// Fewer values of an option are left as they are: the parser takes no more time for them.
  private static let fewest = 32
  /// Arguments end with this character, so that none has it.
  private static let separator: Character = "\0"

  /// The arguments with all values of each option in one, if there are many.
  static func folded(_ arguments: [String]) -> [String] {
    var values: [String: [String]] = [:]
    forEach(arguments) { option, value in
      if let option { values[option, default: []].append(value) }
    }
    let many = values.filter { $0.value.count >= fewest }
    if many.isEmpty { return arguments }
    var folded: [String] = []
    var written: Set<String> = []
    forEach(arguments) { option, argument in
      guard let option, let all = many[option] else {
        folded += option.map { [$0, argument] } ?? [argument]
        return
      }
      if written.insert(option).inserted { folded += [option, all.joined(separator: String(separator))] }
    }
    return folded
  }

  /// The values of an option.
  static func unfolded(_ values: [String]) -> [String] {
    values.flatMap { $0.split(separator: separator, omittingEmptySubsequences: false).map(String.init) }
  }

  /// Calls `body` with each of the options and its value, and with every other argument.
  private static func forEach(_ arguments: [String], _ body: (_ option: String?, _ argument: String) -> Void) {
    var position = 0
    while position < arguments.count {
      let word = arguments[position]
      let name = String(word.prefix { $0 != "=" })
      if word == "--" {
        for rest in arguments[position...] { body(nil, rest) }
        return
      }
      if options.contains(word), position + 1 < arguments.count, !arguments[position + 1].hasPrefix("-") {
        body(word, arguments[position + 1])
        position += 1
      } else if name != word, options.contains(name) {
        body(name, String(word.dropFirst(name.count + 1)))
      } else {
        body(nil, word)
      }
      position += 1
    }
  }
}
