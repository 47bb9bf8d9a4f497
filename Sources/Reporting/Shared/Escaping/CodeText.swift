import TextFormats

/// A piece of a program in Python or R.
typealias CodeText = EscapedText<CodeTarget>

/// Python and R: an interpolated text is a string literal, in quotation marks.
///
/// The escapes of JSON are those of both languages. Characters that begin markup or code in the document around the
/// program are escaped too.
enum CodeTarget: EscapingTarget {
  /// The literal.
  static func escaped(_ plain: String) -> String { JSON.codeLiteral(plain) }
}

extension EscapedText where Target == CodeTarget {
  /// The program without empty lines.
  var withoutEmptyLines: Self { Self(trusted: text.replacing("\n\n", with: "\n")) }
}
