import Diagnostics

extension YAMLCode: ExplainedSection {
  static let title = "YAML syntax"

  var explanation: Explanation {
    switch self {
    case .syntax:
      Explanation(
        """
        The file is not valid YAML at this place. Each line of a mapping has the form `name: value`, and each item \
        of a list begins with `- `.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
            load 0.4 to 0.6
            fleet: 10 to 20
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
            load: 0.4 to 0.6
          equations:
            use: load * pue
          """)
    case .empty:
      Explanation(
        """
        The file is empty, or its content is a list or a text instead of sections with names.
        """,
        wrong: """
          - pue: 1.1 to 1.5
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          """)
    case .tooLarge:
      Explanation(
        """
        The file has too many levels of lists and mappings, or a text of more than a megabyte. Large data belongs \
        in a CSV table.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          about: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          about: A data centre
          """)
    case .character:
      Explanation(
        """
        The file contains a control character, which text editors do not show. A character U+0000 means that the \
        file is not a text.
        """,
        wrong: """
          title: AI\u{2028}electricity
          inputs:
            pue: 1.1 to 1.5
          """,
        fixed: """
          title: AI electricity
          inputs:
            pue: 1.1 to 1.5
          """)
    case .indentation:
      Explanation(
        """
        The indentation of a line does not match the lines around it. Entries at the same level have the same number \
        of spaces; tabs are not allowed.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
             load: 0.4 to 0.6
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          """)
    case .colon:
      Explanation(
        """
        A colon with a space separates a name from its value. A text with a colon and a space needs quotation marks, \
        and a colon needs a space after it.
        """,
        wrong: """
          title: AI: electricity in 2030
          inputs:
            pue: 1.1 to 1.5
          """,
        fixed: """
          title: "AI: electricity in 2030"
          inputs:
            pue: 1.1 to 1.5
          """)
    case .key:
      Explanation(
        """
        The text before a colon must be a name. It is missing, or it is a list or a mapping.
        """,
        wrong: """
          inputs:
            [load, pue]: 1.1 to 1.5
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          """)
    case .missingValue:
      Explanation(
        """
        A name has no value. The value may follow on the same line, or on lines below with more indentation; text \
        after ` #` is a comment.
        """,
        wrong: """
          inputs:
            load:
            pue: 1.1 to 1.5
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          """)
    case .unsupported:
      Explanation(
        """
        Anchors, aliases, tags, merge keys, directives and several documents in one file are parts of YAML that \
        scenario files do not have, because they hide where a value comes from. `extends` and `include` reuse \
        entries of other files.
        """,
        wrong: """
          %YAML 1.2
          ---
          inputs:
            pue: 1.1 to 1.5
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          """)
    case .quotes:
      Explanation(
        """
        Only part of a value is in quotation marks; YAML requires them around the whole value.
        """,
        wrong: """
          title: "AI" in 2030
          inputs:
            pue: 1.1 to 1.5
          """,
        fixed: """
          title: '"AI" in 2030'
          inputs:
            pue: 1.1 to 1.5
          """)
    case .escape:
      Explanation(
        """
        In double quotation marks a backslash begins an escape sequence such as `\\n`, and this sequence does not \
        exist. In single quotation marks a backslash is an ordinary character.
        """,
        wrong: """
          title: "kWh \\per year"
          inputs:
            pue: 1.1 to 1.5
          """,
        fixed: """
          title: 'kWh \\per year'
          inputs:
            pue: 1.1 to 1.5
          """)
    case .reserved:
      Explanation(
        """
        YAML reserves some characters at the beginning of a text, among them `@`, `&`, `*`, `!`, `%`, `>` and `|`. \
        The text needs quotation marks.
        """,
        wrong: """
          title: @home
          inputs:
            pue: 1.1 to 1.5
          """,
        fixed: """
          title: "@home"
          inputs:
            pue: 1.1 to 1.5
          """)
    case .unclosed:
      Explanation(
        """
        A quotation mark or a bracket is not closed before the end of the text.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          about: "A data centre
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          about: "A data centre"
          """)
    case .comma:
      Explanation(
        """
        Inside `{ }` and `[ ]` a comma ends a value, so that a formula with commas is cut. It needs quotation marks, \
        or each key is written on a separate line.
        """,
        wrong: """
          inputs:
            pue: {value: triangular(1.1, 1.2, 1.5)}
          """,
        fixed: """
          inputs:
            pue: {value: "triangular(1.1, 1.2, 1.5)"}
          """)
    case .bracket:
      Explanation(
        """
        A bracket is closed by a bracket of another kind, a comma between entries is missing, or a text with \
        brackets has no quotation marks.
        """,
        wrong: """
          indexes:
            region: [us, eu}
          inputs:
            weight: {over: region, value: 0.5}
          """,
        fixed: """
          indexes:
            region: [us, eu]
          inputs:
            weight: {over: region, value: 0.5}
          """)
    }
  }
}
