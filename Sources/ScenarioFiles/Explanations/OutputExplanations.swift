import Diagnostics

extension OutputCode: ExplainedSection {
  static let title = "Outputs, comparisons and scopes"

  var explanation: Explanation {
    switch self {
    case .form:
      Explanation(
        """
        An output is a mapping with its unit. For a pure number the mapping may be empty, `{}`.
        """,
        wrong: """
          inputs:
            energy: 2 kWh to 3 kWh
          outputs:
            energy: kWh
          """,
        fixed: """
          inputs:
            energy: 2 kWh to 3 kWh
          outputs:
            energy: {unit: kWh}
          """)
    case .notComputed:
      Explanation(
        """
        Only inputs and equations can be outputs. To report a reference, define an equation with its value.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          references:
            best: 1.05
          outputs:
            pue: {compare: best}
            best: {}
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          references:
            best: 1.05
          equations:
            lowest: best
          outputs:
            pue: {compare: best}
            lowest: {}
          """)
    case .labelValue:
      Explanation(
        """
        The values of the input are labels of an index, which have no median and no mean. Report the probability of \
        each label instead: a comparison with the label is 1 or 0.
        """,
        wrong: """
          indexes:
            region: [us, eu]
          inputs:
            place: discrete(us=70%, eu=30%)
          outputs: {place: {}}
          """,
        fixed: """
          indexes:
            region: [us, eu]
          inputs:
            place: discrete(us=70%, eu=30%)
          equations:
            in_us: place == us
          outputs: {in_us: {}}
          """)
    case .reference:
      Explanation(
        """
        An output is compared with references, which are defined under `references:`. The long form is \
        `{reference: NAME, convert: NAME}`.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
            best: 1.05
          outputs:
            pue: {compare: best}
            best: {}
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          references:
            best: 1.05
          outputs:
            pue: {compare: best}
          """)
    case .selection:
      Explanation(
        """
        A label of an index is selected, but the reference is not over that index. A reference over several labels is \
        defined with `over:`.
        """,
        wrong: """
          indexes:
            region: [us, eu]
          inputs:
            pue: {over: region, value: 1.2}
          references:
            best: 1.05
          outputs:
            pue: {compare: "best[region=us]"}
          """,
        fixed: """
          indexes:
            region: [us, eu]
          inputs:
            pue: {over: region, value: 1.2}
          references:
            best: {over: region, value: {us: 1.05, eu: 1.1}}
          outputs:
            pue: {compare: "best[region=us]"}
          """)
    case .repeated:
      Explanation(
        """
        An output lists the same reference twice under `compare:`. The second comparison would repeat the first.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          references:
            best: 1.05
          outputs:
            pue: {compare: [best, best]}
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          references:
            best: 1.05
          outputs:
            pue: {compare: [best]}
          """)
    case .convert:
      Explanation(
        """
        `convert` names a factor that multiplies the output before it is compared, so that both have the same scope. \
        The factor must be a pure number, and cannot have an index that the output does not have.
        """,
        wrong: """
          inputs:
            energy: 2 TWh to 3 TWh
            overhead: 1 TWh
          references:
            city: 5 TWh
          outputs:
            energy: {unit: TWh, compare: {reference: city, convert: overhead}}
          """,
        fixed: """
          inputs:
            energy: 2 TWh to 3 TWh
            overhead: 1.2
          references:
            city: 5 TWh
          outputs:
            energy: {unit: TWh, compare: {reference: city, convert: overhead}}
          """)
    case .scope:
      Explanation(
        """
        The output and the reference have different values of the same scope tag, so they do not measure the same \
        thing. `convert` multiplies the output by a factor from its scope to that of the reference.
        """,
        wrong: """
          inputs:
            energy: 2 TWh to 3 TWh
          references:
            city: {value: 5 TWh, scope: {boundary: facility}}
          outputs:
            energy: {unit: TWh, scope: {boundary: server}, compare: city}
          """,
        fixed: """
          inputs:
            energy: 2 TWh to 3 TWh
            pue: 1.1 to 1.5
          references:
            city: {value: 5 TWh, scope: {boundary: facility}}
          outputs:
            energy: {unit: TWh, scope: {boundary: server}, compare: {reference: city, convert: pue}}
          """)
    case .scopeTag:
      Explanation(
        """
        A scope is a mapping of tags. The tags `boundary` and `basis` have fixed values, because comparisons depend on \
        them; `sector` and `region` are free text.
        """,
        wrong: """
          inputs:
            energy: 2 TWh to 3 TWh
          outputs:
            energy: {unit: TWh, scope: {boundary: building}}
          """,
        fixed: """
          inputs:
            energy: 2 TWh to 3 TWh
          outputs:
            energy: {unit: TWh, scope: {boundary: facility}}
          """)
    case .verdict:
      Explanation(
        """
        A verdict has the claim in one sentence, the condition that decides it (`if`), and words for both cases \
        (`then`, `else`), which differ. Further keys are `quote`, `undecided`, `certainty`, `source` and `url`.
        """,
        wrong: Self.judged("claim: AI used more than 2 TWh., if: energy > 2 TWh, then: it holds"),
        fixed: Self.judged("claim: AI used more than 2 TWh., if: energy > 2 TWh, then: it holds, else: it does not"))
    case .verdictCondition:
      Explanation(
        """
        The condition of a verdict is a comparison, or several joined with `and`, `or` and `not`. It is a single truth \
        value: a condition over an index needs a label, or `min` (at every label) or `max` (at some label) over it.
        """,
        wrong: Self.judged("claim: AI used more than 2 TWh., if: energy, then: it holds, else: it does not"),
        fixed: Self.judged("claim: AI used more than 2 TWh., if: energy > 2 TWh, then: it holds, else: it does not"))
    case .certainty:
      Explanation(
        """
        A claim holds if the probability of its condition is at least `certainty`, 90% by default, and does not hold if \
        it is at most 100% minus that. In between it cannot be decided. So the certainty is above 50%, up to 100%.
        """,
        wrong: Self.judged(
          "claim: AI used more than 2 TWh., if: energy > 2 TWh, then: it holds, else: it does not, certainty: 95"),
        fixed: Self.judged(
          "claim: AI used more than 2 TWh., if: energy > 2 TWh, then: it holds, else: it does not, certainty: 95%"))
    case .url:
      Explanation(
        """
        The address of a source is a link in reports, so it begins with `https://` or `http://`. A DOI is written as \
        an address: `https://doi.org/10.1145/3531146.3533234`.
        """,
        wrong: Self.judged(
          "claim: AI used more than 2 TWh., if: energy > 2 TWh, then: it holds, else: it does not, url: example.org"),
        fixed: Self.judged(
          "claim: AI used more than 2 TWh., if: energy > 2 TWh, then: it holds, else: it does not, "
            + "url: \"https://example.org\""))
    case .none:
      Explanation(
        """
        A run reports only the outputs, and the scenario has none. List the quantities of interest under `outputs:`, \
        each with its unit.
        """,
        wrong: """
          inputs:
            energy: 2 TWh to 3 TWh
          outputs: {}
          """,
        fixed: """
          inputs:
            energy: 2 TWh to 3 TWh
          outputs:
            energy: {unit: TWh}
          """)
    case .unused:
      Explanation(
        """
        No output depends on this input or equation, so its value does not affect any result. Often a factor was \
        forgotten in a formula.
        """,
        wrong: """
          inputs:
            energy: 2 TWh to 3 TWh
            pue: 1.1 to 1.5
          outputs:
            energy: {unit: TWh}
          """,
        fixed: """
          inputs:
            energy: 2 TWh to 3 TWh
            pue: 1.1 to 1.5
          equations:
            facility: energy * pue
          outputs:
            facility: {unit: TWh}
          """)
    }
  }

  /// A scenario with a verdict whose keys are given.
  private static func judged(_ keys: String) -> Example {
    Example(
      """
      inputs:
        energy: 2 TWh to 3 TWh
      outputs:
        energy: {unit: TWh, verdict: {\(keys)}}
      """)
  }
}
