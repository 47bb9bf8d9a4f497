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
        a: {over: year, value: 1 TWh/year to 3 TWh/year, dependence: shared}
        b: 2 TWh/year to 5 TWh/year
        part: beta(10% to 30%)
      outputs: {a: {unit: TWh/year}, b: {unit: TWh/year}, part: {}}
      evidence:

      """# + evidence)
  }

  @Test("Observations: of an index, without a unit, without a distribution, of other names, without a greatest density")
  func observations() throws {
    let screen = try screen(
      #"""
        - observe: a
          measured: 10 TWh/year to 20 TWh/year
        - observe: b
          measured: 10 to 20
        - observe: b
        - observe: b
          equal: 10 to 20
        - observe: b
          measured: normal(b, 1 TWh/year)
        - observe: part
          measured: beta(0.5, 3)
        - observe: part
          measured: mixture(uniform(0, 1), 0.3, weights=(0.5, 0.5))

      """#)
    #expect(
      screen == #"""
        s.yaml:8:14: error: an observation is of one number
        8 |   - observe: a
          |              ^
          found: `a` is over year
          did you mean: a[year=2025]

        s.yaml:11:15: error: what was observed is not in the unit of the formula
        11 |     measured: 10 to 20
           |               ^^^^^^^^
          expected: TWh/year
          found: `10 to 20`, a pure number
          note: a unit after the numbers, or `unit:` for all of them

        s.yaml:12:5: error: an observation has no `measured`
        12 |   - observe: b
           |     ^
          expected: `observe:` and `measured:`

        s.yaml:14:5: error: an observation has no key `equal`
        14 |     equal: 10 to 20
           |     ^^^^^
          expected: observe measured unit source note

        s.yaml:16:22: error: what was observed is a number or a distribution of constants
        16 |     measured: normal(b, 1 TWh/year)
           |                      ^
          found: the name `b`
          note: put it on the other side: `observe:` takes any formula, as a difference or a ratio that equals a distribution

        s.yaml:18:15: error: the density of this distribution has no greatest value, so that draws cannot be weighted by it
        18 |     measured: beta(0.5, 3)
           |               ^^^^^^^^^^^^
          found: `beta(0.5, 3)`
          note: choose a distribution that falls to both sides of its mode, or cut the peak off with `truncate`

        s.yaml:20:15: error: this distribution is partly discrete, so that it has neither a density nor probabilities at all values
        20 |     measured: mixture(uniform(0, 1), 0.3, weights=(0.5, 0.5))
           |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          expected: a continuous distribution, or a discrete one

        7 errors

        """#)
  }

  @Test("Estimates: one route, units, unknown routes and pools, weights that are uncertain or do not sum to 1")
  func estimates() throws {
    let screen = try screen(
      #"""
        - {estimate: x, routes: {one: b}, unit: TWh/year}
        - {estimate: y, routes: {one: a, two: b}, unit: TWh}
        - {estimate: z, routes: {one: a, two: part}, unit: TWh/year}
        - {estimate: v, routes: {one: a, two: b}, weights: {one: 0.5, tow: 0.6}, unit: TWh/year}
        - {estimate: w, routes: {one: a, two: b}, weights: {one: 0.5, two: 0.6}, unit: TWh/year}
        - {estimate: u, routes: {one: a, two: b}, weights: {one: part, two: 1 - part}, unit: TWh/year}
        - {estimate: t, routes: a, unit: TWh/year}
        - {estimate: s, routes: {one: a, two: b}, pool: linaer, heterogeneity: 0, unit: TWh/year}
        - {estimate: 2nd, routes: {one: a, two: b}, unit: TWh/year}
        - {estimate: r, routes: {one: a, two: bb}, unit: TWh/year}
        - {estimate: q, routes: {one: a, two: b}}

      """#)
    #expect(
      screen == #"""
        s.yaml:8:16: error: a quantity is estimated by two routes or more
        8 |   - {estimate: x, routes: {one: b}, unit: TWh/year}
          |                ^
          expected: `{fleet: FORMULA, models: FORMULA}`, or one formula and `over: INDEX`

        s.yaml:9:51: error: the routes to `y` are not in this unit
        9 |   - {estimate: y, routes: {one: a, two: b}, unit: TWh}
          |                                                   ^^^
          expected: a unit like TWh/year
          found: TWh

        s.yaml:10:41: error: routes to one quantity have one unit
        10 |   - {estimate: z, routes: {one: a, two: part}, unit: TWh/year}
           |                                         ^^^^
          expected: TWh/year, as `a`
          found: `part`, a pure number

        s.yaml:11:65: error: there is no route `tow`
        11 |   - {estimate: v, routes: {one: a, two: b}, weights: {one: 0.5, tow: 0.6}, unit: TWh/year}
           |                                                                 ^^^
          expected: one, two
          did you mean: two

        s.yaml:12:45: error: weights sum to 1
        12 |   - {estimate: w, routes: {one: a, two: b}, weights: {one: 0.5, two: 0.6}, unit: TWh/year}
           |                                             ^^^^^^^
          found: a sum of 1.1

        s.yaml:13:60: error: a weight is certain
        13 |   - {estimate: u, routes: {one: a, two: b}, weights: {one: part, two: 1 - part}, unit: TWh/year}
           |                                                            ^^^^
          found: `part` changes from draw to draw
          note: give a constant: how sure one is of a route shows in its own distribution

        s.yaml:14:27: error: routes that are one formula need the index that tells them apart
        14 |   - {estimate: t, routes: a, unit: TWh/year}
           |                           ^
          expected: `over: INDEX`
          found: `a` is over year

        s.yaml:15:51: error: there is no pool `linaer`
        15 |   - {estimate: s, routes: {one: a, two: b}, pool: linaer, heterogeneity: 0, unit: TWh/year}
           |                                                   ^^^^^^
          expected: linear, logarithmic, hierarchical
          did you mean: linear

        s.yaml:15:74: error: `heterogeneity` is a positive number: the spread between logarithms of routes
        15 |   - {estimate: s, routes: {one: a, two: b}, pool: linaer, heterogeneity: 0, unit: TWh/year}
           |                                                                          ^
          expected: as 0.5, where routes may well be a factor of 1.6 apart, and hardly one of 7
          found: `0`

        s.yaml:16:16: error: `estimate` is a name for what the routes estimate
        16 |   - {estimate: 2nd, routes: {one: a, two: b}, unit: TWh/year}
           |                ^^^
          expected: a letter, then letters, digits and `_`
          found: `2nd`

        s.yaml:17:41: error: unknown name `bb`
        17 |   - {estimate: r, routes: {one: a, two: bb}, unit: TWh/year}
           |                                         ^^
          did you mean: b

        s.yaml:18:16: error: the estimate `q` needs a unit
        18 |   - {estimate: q, routes: {one: a, two: b}}
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
        - {observe: b, measured: 3 TWh/year to 4 TWh/year, estimate: x}
        - b

      """#)
    #expect(
      screen == #"""
        s.yaml:8:5: error: an item of `evidence` observes something, or estimates something
        8 |   - observ: b
          |     ^
          expected: `observe:` with `measured:`, or `estimate:` with `routes:`
          found: `observ`

        s.yaml:9:5: error: an item of `evidence` observes something, or estimates something
        9 |   - {observe: b, measured: 3 TWh/year to 4 TWh/year, estimate: x}
          |     ^
          expected: `observe:` with `measured:`, or `estimate:` with `routes:`
          found: an observation and routes in one item

        s.yaml:10:5: error: an item of `evidence` observes something, or estimates something
        10 |   - b
           |     ^
          expected: `observe:` with `measured:`, or `estimate:` with `routes:`
          found: `b`

        3 errors

        """#)
  }

  @Test("What is right becomes part of the model, and draws stay as they were")
  func model() throws {
    let base = """
      indexes: {year: 2023..2025, route: [fleet, models]}
      inputs:
        a: {over: [year, route], value: 1 TWh/year to 3 TWh/year, dependence: {year: shared, route: independent}}
        trust: {over: route, value: {fleet: 0.7, models: 0.3}}
      outputs: {a: {unit: TWh/year}}

      """
    let evidence = """
      evidence:
        - {observe: "a[year=2023, route=fleet]", measured: 2 to 4, unit: TWh/year, source: a survey}
        - {estimate: all, routes: a, over: route, weights: trust, unit: GW}
        - {estimate: part, routes: {x: "a[route=fleet]", y: 2 TWh/year}, weights: {x: 80%, y: 20%}, pool: linear, unit: GW}

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
