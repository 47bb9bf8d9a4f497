/// Formulas with a mistake, each with the whole screen that it earns; data, hence the length.
let formulaMistakes: [Mistake] = [
  Mistake(
    "a typographic minus",
    #"""
    x − 1
    """#,
    shows: #"""
      f:1:3: error: this is a typographic minus sign (U+2212)
      1 | x − 1
        |   ^
        did you mean: -

      1 error

      """#),
  Mistake(
    "a dash for an interval",
    #"""
    550–700
    """#,
    shows: #"""
      f:1:4: error: this is a dash (U+2013): minus is `-`, an interval is `low to high`
      1 | 550–700
        |    ^

      1 error

      """#),
  Mistake(
    "stars for a power",
    #"""
    x ** 2
    """#,
    shows: #"""
      f:1:3: error: a power is written `^`
      1 | x ** 2
        |   ^^
        did you mean: ^

      1 error

      """#),
  Mistake(
    "signs of logic, three slips at once",
    #"""
    a && b || !c
    """#,
    shows: #"""
      f:1:3: error: `&&` is written as a word
      1 | a && b || !c
        |   ^^
        did you mean: and

      f:1:8: error: `||` is written as a word
      1 | a && b || !c
        |        ^^
        did you mean: or

      f:1:11: error: `!` is written as a word
      1 | a && b || !c
        |           ^
        did you mean: not

      3 errors

      """#),
  Mistake(
    "a chain of comparisons",
    #"""
    0 < x <= 1
    """#,
    shows: #"""
      f:1:1: error: comparisons form no chains
      1 | 0 < x <= 1
        | ^^^^^^^^^^
        did you mean: 0 < x and x <= 1

      1 error

      """#),
  Mistake(
    "a comparison by one sign",
    #"""
    if x = 3 then 1 else 2
    """#,
    shows: #"""
      f:1:6: error: `=` names an argument of a call and selects a label; it does not compare
      1 | if x = 3 then 1 else 2
        |      ^
        did you mean: ==

      1 error

      """#),
  Mistake(
    "two names in a row",
    #"""
    load factor * 2
    """#,
    shows: #"""
      f:1:6: error: an operator is missing between `load` and `factor`
      1 | load factor * 2
        |      ^^^^^^
        expected: + - * / ^ or a comparison

      1 error

      """#),
  Mistake(
    "a number before a parenthesis",
    #"""
    2 (x + 1)
    """#,
    shows: #"""
      f:1:3: error: an operator is missing between `2` and `(`
      1 | 2 (x + 1)
        |   ^
        expected: + - * / ^ or a comparison

      1 error

      """#),
  Mistake(
    "a unit written close",
    #"""
    5W + x
    """#,
    shows: #"""
      f:1:1: error: a unit stands one space after its number
      1 | 5W + x
        | ^^
        found: 5W
        did you mean: 5 W

      1 error

      """#),
  Mistake(
    "a unit two spaces away",
    #"""
    5  W
    """#,
    shows: #"""
      f:1:1: error: a unit stands exactly one space after its number
      1 | 5  W
        | ^^^^
        did you mean: 5 W

      1 error

      """#),
  Mistake(
    "a unit with a space inside",
    #"""
    5 W gpu
    """#,
    shows: #"""
      f:1:1: error: a unit has no spaces inside, and an operator must follow a quantity
      1 | 5 W gpu
        | ^^^^^^^
        found: `5 W gpu`
        did you mean: 5 W/gpu, or 5 W*gpu, or 5 W * gpu

      1 error

      """#),
  Mistake(
    "a percent sign apart",
    #"""
    15 % * x
    """#,
    shows: #"""
      f:1:1: error: `%` is written close to its number
      1 | 15 % * x
        | ^^^^
        did you mean: 15%

      1 error

      """#),
  Mistake(
    "a bad suffix",
    #"""
    10K
    """#,
    shows: #"""
      f:1:1: error: `K` is no magnitude suffix
      1 | 10K
        | ^^^
        expected: k (thousand), M (million), B (billion) or T (trillion)
        did you mean: 10k

      1 error

      """#),
  Mistake(
    "two decimal points",
    #"""
    1.2.3
    """#,
    shows: #"""
      f:1:1: error: `1.2.3` is not a number
      1 | 1.2.3
        | ^^^^^

      1 error

      """#),
  Mistake(
    "a number too large",
    #"""
    1e999
    """#,
    shows: #"""
      f:1:1: error: the number `1e999` is too large
      1 | 1e999
        | ^^^^^
        expected: a number between 5e-324 and 1.8e308

      1 error

      """#),
  Mistake(
    "a number too small",
    #"""
    1e-999
    """#,
    shows: #"""
      f:1:1: error: the number `1e-999` is too small
      1 | 1e-999
        | ^^^^^^
        expected: a number between 5e-324 and 1.8e308

      1 error

      """#),
  Mistake(
    "thousands with a comma",
    #"""
    1,000
    """#,
    shows: #"""
      f:1:1: error: a comma separates arguments, not thousands or decimals
      1 | 1,000
        | ^^^^^
        did you mean: 1_000 (thousands), or 1.000 (a decimal comma)

      1 error

      """#),
  Mistake(
    "thousands with a comma in a call",
    #"""
    uniform(1,000, 2)
    """#,
    shows: #"""
      f:1:9: error: a comma separates arguments, not thousands or decimals
      1 | uniform(1,000, 2)
        |         ^^^^^
        did you mean: 1_000 (thousands), or 1.000 (a decimal comma)

      1 error

      """#),
  Mistake(
    "a hexadecimal number",
    #"""
    0x10
    """#,
    shows: #"""
      f:1:1: error: `0x10` is not a number
      1 | 0x10
        | ^^^^

      1 error

      """#),
  Mistake(
    "a bare point",
    #"""
    5. * x
    """#,
    shows: #"""
      f:1:1: error: `5.` is not a number
      1 | 5. * x
        | ^^
        did you mean: 5.0

      1 error

      """#),
  Mistake(
    "a missing operand",
    #"""
    x *
    """#,
    shows: #"""
      f:1:3: error: something is missing after `*`
      1 | x *
        |   ^
        expected: a number, a name or an opening parenthesis

      1 error

      """#),
  Mistake(
    "an operand missing in the middle",
    #"""
    x * / y
    """#,
    shows: #"""
      f:1:5: error: something is missing between `*` and `/`
      1 | x * / y
        |     ^
        expected: a number, a name or an opening parenthesis

      1 error

      """#),
  Mistake(
    "an unclosed parenthesis",
    #"""
    normal(1, 2
    """#,
    shows: #"""
      f:1:7: error: `(` is not closed
      1 | normal(1, 2
        |       ^
        expected: `)`
      f:1:12: note: missing before this point
      1 | normal(1, 2
        |            ^

      1 error

      """#),
  Mistake(
    "a parenthesis too many",
    #"""
    (x + 1))
    """#,
    shows: #"""
      f:1:8: error: `)` closes nothing
      1 | (x + 1))
        |        ^

      1 error

      """#),
  Mistake(
    "the wrong bracket",
    #"""
    sum(x, over=[a, b)
    """#,
    shows: #"""
      f:1:13: error: `[` is not closed
      1 | sum(x, over=[a, b)
        |             ^
        expected: `]`
      f:1:18: note: missing before this point
      1 | sum(x, over=[a, b)
        |                  ^

      1 error

      """#),
  Mistake(
    "an unclosed text",
    #"""
    empirical("file.csv)
    """#,
    shows: #"""
      f:1:11: error: this text is not closed
      1 | empirical("file.csv)
        |           ^
        expected: `"` at its end

      1 error

      """#),
  Mistake(
    "a colon for an argument",
    #"""
    normal(mean: 3)
    """#,
    shows: #"""
      f:1:12: error: a colon means nothing in a formula; an argument is named with `=`
      1 | normal(mean: 3)
        |            ^
        did you mean: =

      1 error

      """#),
  Mistake(
    "an argument missing",
    #"""
    normal(1, , 2)
    """#,
    shows: #"""
      f:1:11: error: an argument is missing
      1 | normal(1, , 2)
        |           ^
        expected: a value between commas

      1 error

      """#),
  Mistake(
    "an argument's name missing",
    #"""
    normal(=3)
    """#,
    shows: #"""
      f:1:8: error: the name of an argument is missing before `=`
      1 | normal(=3)
        |        ^

      1 error

      """#),
  Mistake(
    "an expression as an argument's name",
    #"""
    f(a*b=3)
    """#,
    shows: #"""
      f:1:3: error: what stands before `=` is no name
      1 | f(a*b=3)
        |   ^^^
        expected: the name of an argument, a label or a number; `==` compares

      1 error

      """#),
  Mistake(
    "a selection without an index",
    #"""
    pue[2025]
    """#,
    shows: #"""
      f:1:5: error: a selection names its index
      1 | pue[2025]
        |     ^^^^
        expected: index=label, as in `x[year=2023]`

      1 error

      """#),
  Mistake(
    "a selection without a label",
    #"""
    pue[year=]
    """#,
    shows: #"""
      f:1:9: error: a label is missing after `=`
      1 | pue[year=]
        |         ^

      1 error

      """#),
  Mistake(
    "then missing",
    #"""
    if x > 3 else 5
    """#,
    shows: #"""
      f:1:10: error: `then` is missing here
      1 | if x > 3 else 5
        |          ^^^^
        expected: if … then … else …
      f:1:1: note: this `if` needs it
      1 | if x > 3 else 5
        | ^^

      1 error

      """#),
  Mistake(
    "else missing",
    #"""
    if x > 3 then 5
    """#,
    shows: #"""
      f:1:16: error: `else` is missing here
      1 | if x > 3 then 5
        |                ^
        expected: if … then … else …
      f:1:1: note: this `if` needs it
      1 | if x > 3 then 5
        | ^^

      1 error

      """#),
  Mistake(
    "a word where none may be",
    #"""
    x then y
    """#,
    shows: #"""
      f:1:3: error: `then` cannot stand here
      1 | x then y
        |   ^^^^
        expected: if … then … else …

      1 error

      """#),
  Mistake(
    "a third end",
    #"""
    1 to 2 to 3
    """#,
    shows: #"""
      f:1:8: error: an interval has two ends
      1 | 1 to 2 to 3
        |        ^^
        expected: low to high, or quantiles(5%=…, 50%=…, 95%=…)

      1 error

      """#),
  Mistake(
    "not inside a product",
    #"""
    2 * not x
    """#,
    shows: #"""
      f:1:5: error: `not` stands before a whole condition
      1 | 2 * not x
        |     ^^^
        expected: parentheses around it: `(not …)`

      1 error

      """#),
  Mistake(
    "a leading plus",
    #"""
    +5%
    """#,
    shows: #"""
      f:1:1: error: a plus sign stands only between two values
      1 | +5%
        | ^
        expected: a number, a name or an opening parenthesis

      1 error

      """#),
  Mistake(
    "braces",
    #"""
    {x}
    """#,
    shows: #"""
      f:1:1: error: braces are not part of a formula; it groups with `( )`
      1 | {x}
        | ^
        did you mean: (

      f:1:3: error: braces are not part of a formula; it groups with `( )`
      1 | {x}
        |   ^
        did you mean: )

      2 errors

      """#),
  Mistake(
    "a question mark",
    #"""
    x > 3 ? 1 : 2
    """#,
    shows: #"""
      f:1:7: error: `?` is not part of the language; a choice is `if … then … else …`
      1 | x > 3 ? 1 : 2
        |       ^

      f:1:11: error: a colon means nothing in a formula; an argument is named with `=`
      1 | x > 3 ? 1 : 2
        |           ^
        did you mean: =

      2 errors

      """#),
  Mistake(
    "an unknown sign",
    #"""
    x # y
    """#,
    shows: #"""
      f:1:3: error: `#` means nothing in a formula
      1 | x # y
        |   ^

      1 error

      """#),
  Mistake(
    "a range without an end",
    #"""
    2019..
    """#,
    shows: #"""
      f:1:5: error: something is missing after `..`
      1 | 2019..
        |     ^^
        expected: a number, a name or an opening parenthesis

      1 error

      """#),
]
