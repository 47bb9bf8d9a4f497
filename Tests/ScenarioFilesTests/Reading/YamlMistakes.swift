/// Texts that are no scenario, each with the whole screen that it earns; data, hence the length.
let yamlMistakes: [Mistake] = [
  Mistake(
    "a comma inside braces",
    #"""
    inputs:
      x: {value: triangular(1, 2, 5), unit: W}

    """#,
    shows: #"""
      scenario.yaml:2:14: error: inside `{ }` a comma ends a value
      2 |   x: {value: triangular(1, 2, 5), unit: W}
        |              ^^^^^^^^^^^^^^^^^^^
        expected: quotes around a text with commas, or each key on a line of its own
        found: `triangular(1`
        did you mean: "triangular(1, 2, 5)"

      1 error

      """#),
  Mistake(
    "a comma inside a list",
    #"""
    inputs:
      x: [normal(1, 2), 3]

    """#,
    shows: #"""
      scenario.yaml:2:7: error: inside `[ ]` a comma ends a value
      2 |   x: [normal(1, 2), 3]
        |       ^^^^^^^^^^^^
        expected: quotes around a text with commas, or each key on a line of its own
        found: `normal(1`
        did you mean: "normal(1, 2)"

      1 error

      """#),
  Mistake(
    "brackets inside a list",
    #"""
    correlations:
      - [pue[year=2019], load, 0.3]

    """#,
    shows: #"""
      scenario.yaml:2:6: error: a text with brackets needs quotes here
      2 |   - [pue[year=2019], load, 0.3]
        |      ^^^^^^^^^^^^^^
        expected: quotes, or each key on a line of its own
        did you mean: "pue[year=2019]"

      1 error

      """#),
  Mistake(
    "a selection inside braces",
    #"""
    evidence:
      - {observe: it[year=2023], measured: 3 to 4}

    """#,
    shows: #"""
      scenario.yaml:2:15: error: a text with brackets needs quotes here
      2 |   - {observe: it[year=2023], measured: 3 to 4}
        |               ^^^^^^^^^^^^^
        expected: quotes, or each key on a line of its own
        did you mean: "it[year=2023]"

      1 error

      """#),
  Mistake(
    "a list inside a call inside braces",
    #"""
    equations:
      e: {formula: sum(a, over=[b, c]), unit: W}

    """#,
    shows: #"""
      scenario.yaml:2:16: error: a text with brackets needs quotes here
      2 |   e: {formula: sum(a, over=[b, c]), unit: W}
        |                ^^^^^^^^^^^^^^^^^^^
        expected: quotes, or each key on a line of its own
        did you mean: "sum(a, over=[b, c])"

      1 error

      """#),
  Mistake(
    "a percent sign as a unit",
    #"""
    outputs:
      share: {unit: %}

    """#,
    shows: #"""
      scenario.yaml:2:17: error: a text cannot begin with `%` unless it is in quotes: YAML keeps it for itself
      2 |   share: {unit: %}
        |                 ^
        did you mean: percent

      1 error

      """#),
  Mistake(
    "a tag",
    #"""
    inputs:
      x: !a

    """#,
    shows: #"""
      scenario.yaml:2:6: error: a text cannot begin with `!` unless it is in quotes: that begins a tag, and tags are not part of scenario files
      2 |   x: !a
        |      ^^
        did you mean: "!a"

      1 error

      """#),
  Mistake(
    "an anchor and its alias",
    #"""
    inputs:
      x: &a 3
      y: *a

    """#,
    shows: #"""
      scenario.yaml:2:6: error: a text cannot begin with `&` unless it is in quotes: that begins an anchor, and anchors are not part of scenario files
      2 |   x: &a 3
        |      ^^^^
        did you mean: "&a 3"

      scenario.yaml:3:6: error: a text cannot begin with `*` unless it is in quotes: that begins an alias, and aliases are not part of scenario files
      3 |   y: *a
        |      ^^
        did you mean: "*a"

      2 errors

      """#),
  Mistake(
    "an anchor before a block",
    #"""
    inputs:
      x: &a
        value: 3

    """#,
    shows: #"""
      scenario.yaml:2:6: error: `&a`: anchors are not part of scenario files
      2 |   x: &a
        |      ^^

      1 error

      """#),
  Mistake(
    "a merge key",
    #"""
    inputs:
      x: {<<: 3}

    """#,
    shows: #"""
      scenario.yaml:2:7: error: merge keys are not part of scenario files
      2 |   x: {<<: 3}
        |       ^^
        expected: `extends` or `include` at the top of the file

      1 error

      """#),
  Mistake(
    "a list as a key",
    #"""
    inputs:
      ? [a, b]
      : 3

    """#,
    shows: #"""
      scenario.yaml:2:5: error: a key is a name, not a list or mapping
      2 |   ? [a, b]
        |     ^

      1 error

      """#),
  Mistake(
    "keys given two and three times",
    #"""
    inputs:
      x: 1
      y: 2
      x: 3
      "y": 4
      x: 5

    """#,
    shows: #"""
      scenario.yaml:4:3: error: `x` is given twice
      4 |   x: 3
        |   ^
      scenario.yaml:2:3: note: first given here
      2 |   x: 1
        |   ^

      scenario.yaml:5:4: error: `y` is given twice
      5 |   "y": 4
        |    ^
      scenario.yaml:3:3: note: first given here
      3 |   y: 2
        |   ^

      scenario.yaml:6:3: error: `x` is given twice
      6 |   x: 5
        |   ^
      scenario.yaml:2:3: note: first given here
      2 |   x: 1
        |   ^

      3 errors

      """#),
  Mistake(
    "a minus sign and a space",
    #"""
    equations:
      x: - a + b

    """#,
    shows: #"""
      scenario.yaml:2:6: error: a value cannot begin with a minus sign and a space: to YAML that begins a list
      2 |   x: - a + b
        |      ^^^^^^^
        did you mean: -a + b

      1 error

      """#),
  Mistake(
    "a leading greater sign",
    #"""
    equations:
      x: > 3

    """#,
    shows: #"""
      scenario.yaml:2:6: error: a text cannot begin with `>` unless it is in quotes: YAML keeps that sign for itself
      2 |   x: > 3
        |      ^^^
        did you mean: "> 3"

      1 error

      """#),
  Mistake(
    "a leading greater sign that YAML takes for a text below",
    #"""
    equations:
      x: >3

    """#,
    shows: #"""
      scenario.yaml:2:6: error: a value cannot begin with `>`: to YAML that begins a text on the lines below, and there is none
      2 |   x: >3
        |      ^^
        did you mean: ">3"

      1 error

      """#),
  Mistake(
    "a leading greater sign in braces",
    #"""
    equations:
      x: {formula: >3, unit: W}

    """#,
    shows: #"""
      scenario.yaml:2:16: error: a text cannot begin with `>` unless it is in quotes: YAML keeps that sign for itself
      2 |   x: {formula: >3, unit: W}
        |                ^^
        did you mean: ">3"

      1 error

      """#),
  Mistake(
    "a leading at sign",
    #"""
    inputs:
      x: @a

    """#,
    shows: #"""
      scenario.yaml:2:6: error: a text cannot begin with `@` unless it is in quotes: YAML keeps it for itself
      2 |   x: @a
        |      ^^
        did you mean: "@a"

      1 error

      """#),
  Mistake(
    "quotes around a part",
    #"""
    equations:
      x: "a" + b

    """#,
    shows: #"""
      scenario.yaml:2:6: error: nothing can follow a text in quotes
      2 |   x: "a" + b
        |      ^^^^^^^
        expected: quotes around the whole text
        did you mean: '"a" + b'

      1 error

      """#),
  Mistake(
    "quotes around a part in a list",
    #"""
    units: ["a" b]

    """#,
    shows: #"""
      scenario.yaml:1:13: error: nothing can follow a text in quotes
      1 | units: ["a" b]
        |             ^
        expected: `,` or `]`, or quotes around the whole

      1 error

      """#),
  Mistake(
    "no space after a colon in braces",
    #"""
    inputs:
      x:
        value: {2019:1.1 to 1.2}

    """#,
    shows: #"""
      scenario.yaml:3:13: error: a space is missing after the colon
      3 |     value: {2019:1.1 to 1.2}
        |             ^^^^^^^^^^^^^^^
        did you mean: 2019: 1.1 to 1.2

      1 error

      """#),
  Mistake(
    "no space after a colon",
    #"""
    inputs:
      a:2
      b: 3

    """#,
    shows: #"""
      scenario.yaml:2:3: error: a space is missing after the colon
      2 |   a:2
        |   ^^^
        did you mean: a: 2

      1 error

      """#),
  Mistake(
    "an equals sign for a colon",
    #"""
    inputs:
      a = 3
      b: 3

    """#,
    shows: #"""
      scenario.yaml:2:3: error: a name is followed by a colon
      2 |   a = 3
        |   ^^^^^
        did you mean: a: 3

      1 error

      """#),
  Mistake(
    "no colon at all",
    #"""
    inputs:
      a: 1
      b 2

    """#,
    shows: #"""
      scenario.yaml:3:3: error: this line has no colon
      3 |   b 2
        |   ^^^
        expected: name: value

      1 error

      """#),
  Mistake(
    "a colon in a call",
    #"""
    inputs:
      x: normal(mean: 3, sd: 2)

    """#,
    shows: #"""
      scenario.yaml:2:13: error: an argument is named with `=`, not with a colon
      2 |   x: normal(mean: 3, sd: 2)
        |             ^^^^^^^
        did you mean: mean=3

      1 error

      """#),
  Mistake(
    "a second colon",
    #"""
    inputs:
      a: b: c

    """#,
    shows: #"""
      scenario.yaml:2:6: error: a second colon on one line
      2 |   a: b: c
        |      ^^^^
        expected: quotes around a text that holds a colon and a space
        did you mean: "b: c"

      1 error

      """#),
  Mistake(
    "a list without brackets",
    #"""
    sweeps: {vary: {pue: 1.1, 1.2}}

    """#,
    shows: #"""
      scenario.yaml:1:22: error: `1.2` is read as a key without a value
      1 | sweeps: {vary: {pue: 1.1, 1.2}}
        |                      ^^^^^^^^
        expected: a list stands in brackets
        did you mean: [1.1, 1.2]

      1 error

      """#),
  Mistake(
    "a value that is a comment",
    #"""
    inputs:
      x: # 3

    """#,
    shows: #"""
      scenario.yaml:2:3: error: `x` has no value
      2 |   x: # 3
        |   ^
      scenario.yaml:2:6: note: what follows ` #` is a comment
      2 |   x: # 3
        |      ^

      1 error

      """#),
  Mistake(
    "no value",
    #"""
    inputs:
      x:
      y: 3

    """#,
    shows: #"""
      scenario.yaml:2:3: error: `x` has no value
      2 |   x:
        |   ^

      1 error

      """#),
  Mistake(
    "an empty item",
    #"""
    units:
      - gpu
      -

    """#,
    shows: #"""
      scenario.yaml:3:4: error: a value is missing
      3 |   -
        |    ^

      1 error

      """#),
  Mistake(
    "a tab as indentation",
    #"""
    inputs:
    	x: 1

    """#,
    shows: #"""
      scenario.yaml:2:1: error: a tab cannot indent a line
      2 | 	x: 1
        | ^
        expected: spaces

      1 error

      """#),
  Mistake(
    "a line indented too far",
    #"""
    inputs:
      a: 1
        b: 2

    """#,
    shows: #"""
      scenario.yaml:3:5: error: this line is indented as if it belonged to the value above
      3 |     b: 2
        |     ^
        expected: an indentation of 2 spaces
      scenario.yaml:2:3: note: this line is complete
      2 |   a: 1
        |   ^

      1 error

      """#),
  Mistake(
    "a line indented between levels",
    #"""
    inputs:
      a: 1
     b: 2

    """#,
    shows: #"""
      scenario.yaml:3:2: error: this line fits no level of indentation
      3 |  b: 2
        |  ^
        expected: an indentation of 0 or 2 spaces
      scenario.yaml:1:1: note: in what begins here
      1 | inputs:
        | ^

      1 error

      """#),
  Mistake(
    "a comment between the lines of a formula",
    #"""
    equations:
      x: 1 +
        # one more
        2

    """#,
    shows: #"""
      scenario.yaml:4:5: error: a comment ends a text, which cannot go on below it
      4 |     2
        |     ^
        expected: the comment before or after the whole text
      scenario.yaml:3:5: note: the comment
      3 |     # one more
        |     ^

      1 error

      """#),
  Mistake(
    "a bracket that is not closed",
    #"""
    units: [gpu, model
    inputs:
      a: 1

    """#,
    shows: #"""
      scenario.yaml:1:8: error: `[` is not closed
      1 | units: [gpu, model
        |        ^
        expected: `]`
      scenario.yaml:2:7: note: missing before this point
      2 | inputs:
        |       ^

      1 error

      """#),
  Mistake(
    "a brace that is not closed",
    #"""
    run: {draws: 1M
    title: x

    """#,
    shows: #"""
      scenario.yaml:1:6: error: `{` is not closed
      1 | run: {draws: 1M
        |      ^
        expected: `}`
      scenario.yaml:2:6: note: missing before this point
      2 | title: x
        |      ^

      1 error

      """#),
  Mistake(
    "a brace that closes a bracket",
    #"""
    units: [gpu, model}

    """#,
    shows: #"""
      scenario.yaml:1:19: error: `}` does not close `[`
      1 | units: [gpu, model}
        |                   ^
        expected: `]`
      scenario.yaml:1:8: note: opened here
      1 | units: [gpu, model}
        |        ^

      1 error

      """#),
  Mistake(
    "a brace too many",
    #"""
    run: {draws: 1M}}

    """#,
    shows: #"""
      scenario.yaml:1:17: error: nothing can follow a closing bracket
      1 | run: {draws: 1M}}
        |                 ^

      1 error

      """#),
  Mistake(
    "a quotation mark that is not closed",
    #"""
    title: "Electricity
    about: 3

    """#,
    shows: #"""
      scenario.yaml:1:8: error: this quotation mark is not closed
      1 | title: "Electricity
        |        ^
        expected: `"` at the end of the text

      1 error

      """#),
  Mistake(
    "an unknown escape",
    #"""
    title: "C:\qed"

    """#,
    shows: #"""
      scenario.yaml:1:11: error: in double quotes a backslash begins an escape, and this is none
      1 | title: "C:\qed"
        |           ^^
        expected: `\\` for a backslash, or single quotes around the text

      1 error

      """#),
  Mistake(
    "two documents",
    #"""
    title: a
    ---
    title: b

    """#,
    shows: #"""
      scenario.yaml:2:1: error: a scenario file is one YAML document; here a second one begins
      2 | ---
        | ^

      1 error

      """#),
  Mistake(
    "a directive",
    #"""
    %YAML 1.2
    ---
    title: a

    """#,
    shows: #"""
      scenario.yaml:1:1: error: a scenario file has no YAML directives
      1 | %YAML 1.2
        | ^

      1 error

      """#),
  Mistake(
    "a list for a scenario",
    #"""
    - a
    - b

    """#,
    shows: #"""
      scenario.yaml:1:1: error: this is no scenario
      1 | - a
        | ^
        expected: sections such as `inputs:` and `equations:`
        found: a list

      1 error

      """#),
  Mistake(
    "a text for a scenario",
    #"""
    just words

    """#,
    shows: #"""
      scenario.yaml:1:1: error: this is no scenario
      1 | just words
        | ^
        expected: sections such as `inputs:` and `equations:`
        found: a text

      1 error

      """#),
  Mistake(
    "comments only",
    #"""
    # nothing

    """#,
    shows: #"""
      scenario.yaml:1:1: error: the file is empty
      1 | # nothing
        | ^
        expected: sections such as `title`, `inputs`, `equations` and `outputs`

      1 error

      """#),
  Mistake(
    "names among list items",
    #"""
    units:
      - gpu
      b: 1

    """#,
    shows: #"""
      scenario.yaml:3:3: error: this line stands in a list and is no item of it
      3 |   b: 1
        |   ^
        expected: `- ` at its beginning, or another indentation
      scenario.yaml:2:3: note: in what begins here
      2 |   - gpu
        |   ^

      1 error

      """#),
  Mistake(
    "a control character",
    #"""
    title: a\#u{7}b

    """#,
    shows: #"""
      scenario.yaml:1:9: error: the control character U+0007 cannot stand in a scenario file
      1 | title: a�b
        |         ^

      1 error

      """#),
  Mistake(
    "a form feed of another script after wide characters",
    #"""
    title: 電力 {x\#u{2028}y}

    """#,
    shows: #"""
      scenario.yaml:1:13: error: the control character U+2028 cannot stand in a scenario file
      1 | title: 電力 {x�y}
        |               ^

      1 error

      """#),
]
