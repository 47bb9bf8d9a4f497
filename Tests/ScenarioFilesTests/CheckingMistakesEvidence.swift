import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes in evidence")
struct CheckingMistakesEvidence {
  /// A scenario with two routes whose evidence begins on line 8.
  private func screen(_ evidence: String) throws -> String {
    try Checking.screen(
      #"""
      indexes: {year: 2023..2025, route: [fleet, models]}
      inputs:
        a: {over: year, value: 1 TWh/year to 3 TWh/year, across: shared}
        b: 2 TWh/year to 5 TWh/year
        part: beta(10% to 30%)
      outputs: {a: {unit: TWh/year}, b: {unit: TWh/year}, part: {}}
      evidence:

      """# + evidence)
  }

  @Test("Observations: of an index, without a unit, without a law, of other names, without a greatest density")
  func observations() throws {
    let screen = try screen(
      #"""
        - observe: a
          equals: 10 TWh/year to 20 TWh/year
        - observe: b
          equals: 10 to 20
        - observe: b
        - observe: b
          equal: 10 to 20
        - observe: b
          equals: normal(b, 1 TWh/year)
        - observe: part
          equals: beta(0.5, 3)
        - observe: part
          equals: mixture(uniform(0, 1), 0.3, weights=(0.5, 0.5))

      """#)
    #expect(
      screen == #"""
        s.yaml:8:14: error: an observation is of one number
        8 |   - observe: a
          |              ^
          found: `a` is over year
          did you mean: a[year=2025]

        s.yaml:11:13: error: what was observed is not in the unit of the formula
        11 |     equals: 10 to 20
           |             ^^^^^^^^
          expected: TWh/year
          found: `10 to 20`, a pure number
          note: a unit after the numbers, or `unit:` for all of them

        s.yaml:12:5: error: an observation has no `equals`
        12 |   - observe: b
           |     ^
          expected: `observe:` and `equals:`

        s.yaml:14:5: error: an observation has no key `equal`
        14 |     equal: 10 to 20
           |     ^^^^^
          expected: observe equals unit source note
          did you mean: equals

        s.yaml:16:20: error: what was observed is a number or a law of constants
        16 |     equals: normal(b, 1 TWh/year)
           |                    ^
          found: the name `b`
          note: put it on the other side: `observe:` takes any formula, as a difference or a ratio that equals a law

        s.yaml:18:13: error: the density of this law has no greatest value, so that draws cannot be weighted by it
        18 |     equals: beta(0.5, 3)
           |             ^^^^^^^^^^^^
          found: `beta(0.5, 3)`
          note: choose a law that falls to both sides of its mode, or cut the peak off with `truncate`

        s.yaml:20:13: error: this law is partly discrete, so that it has neither a density nor probabilities at all values
        20 |     equals: mixture(uniform(0, 1), 0.3, weights=(0.5, 0.5))
           |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          expected: a continuous law, or a discrete one

        7 errors

        """#)
  }

  @Test("Estimates: one route, units, unknown routes and pools, weights that are uncertain or do not sum to 1")
  func estimates() throws {
    let screen = try screen(
      #"""
        - {estimate: x, by: {one: b}, unit: TWh/year}
        - {estimate: y, by: {one: a, two: b}, unit: TWh}
        - {estimate: z, by: {one: a, two: part}, unit: TWh/year}
        - {estimate: v, by: {one: a, two: b}, weights: {one: 0.5, tow: 0.6}, unit: TWh/year}
        - {estimate: w, by: {one: a, two: b}, weights: {one: 0.5, two: 0.6}, unit: TWh/year}
        - {estimate: u, by: {one: a, two: b}, weights: {one: part, two: 1 - part}, unit: TWh/year}
        - {estimate: t, by: a, unit: TWh/year}
        - {estimate: s, by: {one: a, two: b}, pool: linaer, heterogeneity: 0, unit: TWh/year}
        - {estimate: 2nd, by: {one: a, two: b}, unit: TWh/year}
        - {estimate: r, by: {one: a, two: bb}, unit: TWh/year}
        - {estimate: q, by: {one: a, two: b}}

      """#)
    #expect(
      screen == #"""
        s.yaml:8:16: error: a quantity is estimated by two routes or more
        8 |   - {estimate: x, by: {one: b}, unit: TWh/year}
          |                ^
          expected: `{fleet: FORMULA, models: FORMULA}`, or one formula and `over: INDEX`

        s.yaml:9:47: error: the routes to `y` are not in this unit
        9 |   - {estimate: y, by: {one: a, two: b}, unit: TWh}
          |                                               ^^^
          expected: a unit like TWh/year
          found: TWh

        s.yaml:10:37: error: routes to one quantity have one unit
        10 |   - {estimate: z, by: {one: a, two: part}, unit: TWh/year}
           |                                     ^^^^
          expected: TWh/year, as `a`
          found: `part`, a pure number

        s.yaml:11:61: error: there is no route `tow`
        11 |   - {estimate: v, by: {one: a, two: b}, weights: {one: 0.5, tow: 0.6}, unit: TWh/year}
           |                                                             ^^^
          expected: one, two
          did you mean: two

        s.yaml:12:41: error: weights sum to 1
        12 |   - {estimate: w, by: {one: a, two: b}, weights: {one: 0.5, two: 0.6}, unit: TWh/year}
           |                                         ^^^^^^^
          found: a sum of 1.1

        s.yaml:13:56: error: a weight is certain
        13 |   - {estimate: u, by: {one: a, two: b}, weights: {one: part, two: 1 - part}, unit: TWh/year}
           |                                                        ^^^^
          found: `part` changes from draw to draw
          note: give a constant: how sure one is of a route shows in its own law

        s.yaml:14:23: error: routes that are one formula need the index that tells them apart
        14 |   - {estimate: t, by: a, unit: TWh/year}
           |                       ^
          expected: `over: INDEX`
          found: `a` is over year

        s.yaml:15:47: error: there is no pool `linaer`
        15 |   - {estimate: s, by: {one: a, two: b}, pool: linaer, heterogeneity: 0, unit: TWh/year}
           |                                               ^^^^^^
          expected: linear, logarithmic, hierarchical
          did you mean: linear

        s.yaml:15:70: error: `heterogeneity` is a positive number: the spread between logarithms of routes
        15 |   - {estimate: s, by: {one: a, two: b}, pool: linaer, heterogeneity: 0, unit: TWh/year}
           |                                                                      ^
          expected: as 0.5, where routes may well be a factor of 1.6 apart, and hardly one of 7
          found: `0`

        s.yaml:16:16: error: `estimate` is a name for what the routes estimate
        16 |   - {estimate: 2nd, by: {one: a, two: b}, unit: TWh/year}
           |                ^^^
          expected: a letter, then letters, digits and `_`
          found: `2nd`

        s.yaml:17:37: error: unknown name `bb`
        17 |   - {estimate: r, by: {one: a, two: bb}, unit: TWh/year}
           |                                     ^^
          did you mean: b

        s.yaml:18:16: error: the estimate `q` needs a unit
        18 |   - {estimate: q, by: {one: a, two: b}}
           |                ^
          expected: `unit:`, as TWh/year

        12 errors

        """#)
  }

  @Test("Items that are neither, or both")
  func items() throws {
    let screen = try screen(
      #"""
        - observ: b
        - {observe: b, equals: 3 TWh/year to 4 TWh/year, estimate: x}
        - b

      """#)
    #expect(
      screen == #"""
        s.yaml:8:5: error: an item of `evidence` observes something, or estimates something
        8 |   - observ: b
          |     ^
          expected: `observe:` with `equals:`, or `estimate:` with `by:`
          found: `observ`

        s.yaml:9:5: error: an item of `evidence` observes something, or estimates something
        9 |   - {observe: b, equals: 3 TWh/year to 4 TWh/year, estimate: x}
          |     ^
          expected: `observe:` with `equals:`, or `estimate:` with `by:`
          found: an observation and routes in one item

        s.yaml:10:5: error: an item of `evidence` observes something, or estimates something
        10 |   - b
           |     ^
          expected: `observe:` with `equals:`, or `estimate:` with `by:`
          found: `b`

        3 errors

        """#)
  }

  @Test("What is right becomes part of the model, and draws stay as they were")
  func model() throws {
    let base = """
      indexes: {year: 2023..2025, route: [fleet, models]}
      inputs:
        a: {over: [year, route], value: 1 TWh/year to 3 TWh/year, across: {year: shared, route: independent}}
        trust: {over: route, value: {fleet: 0.7, models: 0.3}}
      outputs: {a: {unit: TWh/year}}

      """
    let evidence = """
      evidence:
        - {observe: "a[year=2023, route=fleet]", equals: 2 to 4, unit: TWh/year, source: a survey}
        - {estimate: all, by: a, over: route, weights: trust, unit: GW}
        - {estimate: part, by: {x: "a[route=fleet]", y: 2 TWh/year}, weights: {x: 80%, y: 20%}, pool: linear, unit: GW}

      """
    let model = try Checking.model(base + evidence)
    let plain = try Checking.model(base + "")
    #expect(model.coordinates.map(\.address) == plain.coordinates.map(\.address))
    #expect(model.observations.map(\.text) == ["a[year=2023, route=fleet]"])
    #expect(model.observations[0].unit.text == "TWh/year")
    #expect(model.triangulations.map(\.name) == ["all", "part"])
    #expect(model.triangulations[0].routes.map(\.label) == ["fleet", "models"])
    #expect(model.triangulations[0].cells.count == 3)
    #expect(model.triangulations[1].pools == [.linear])
    guard case .number(let weight) = model.triangulations[1].routes[0].weight else {
      Issue.record("a constant weight is a number")
      return
    }
    #expect(weight == 0.8)
  }
}
