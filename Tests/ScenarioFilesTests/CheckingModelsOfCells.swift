import Modeling
import ScenarioFiles
import Testing
import Units

@Suite("The model of cells, anchor points and coordinates")
struct CheckingModelsOfCells {
  @Test("Ranges, steps and lists make indexes; numbers are sorted")
  func indexes() throws {
    let model = try Checking.model(
      """
      indexes: {a: 2019..2022, b: 2019..2049 by 15, c: [2030, 2020], d: [7b, tpu-v4]}
      inputs: {x: 1}
      outputs: {x: {}}
      """)
    #expect(
      model.indexes.map(\.labels) == [
        ["2019", "2020", "2021", "2022"], ["2019", "2034", "2049"], ["2020", "2030"], ["7b", "tpu-v4"],
      ])
    #expect(model.indexes.map(\.isNumeric) == [true, true, true, false])
    #expect(model.indexes[2].numbers == [2020, 2030])
  }

  @Test("One distribution for all cells makes one coordinate where shared and one a label where independent")
  func dependence() throws {
    let model = try Checking.model(
      """
      indexes: {year: 2019..2021, region: [us, eu]}
      inputs:
        a: {over: [year, region], value: 1 to 2, dependence: {year: shared, region: independent}}
        b: {over: [region, year], value: 1 to 2, dependence: shared}
        c: {over: [year, region], value: 3}
      equations: {x: "sum(a + b + c, over=[year, region])"}
      outputs: {x: {}}
      """)
    #expect(try model.addresses("a") == ["a[us]", "a[eu]"])
    #expect(try model.input("a").supportPoints.count == 2)
    #expect(try model.input("a").cells.count == 6)
    #expect(try model.addresses("b") == ["b"])
    #expect(try model.input("b").supportPoints.count == 1)
    #expect(try model.addresses("c") == [])
    #expect(try model.input("c").dependence.isEmpty)
    // Cells are in the order of the indexes' names: region first, year fastest.
    let names = try model.input("a").cells.map { rule -> Int in
      if case .supportPoint(let supportPoint) = rule { supportPoint } else { -1 }
    }
    #expect(names == [0, 0, 0, 1, 1, 1])
    #expect(try model.cellName(model.id("a"), cell: 4) == "a[eu,2020]")
  }

  @Test("A rank correlation along an index ties its coordinates in one component")
  func rankAcross() throws {
    let model = try Checking.model(
      """
      indexes: {year: 2019..2021}
      inputs: {a: {over: year, value: 1 to 2, dependence: 0.8}, b: 1 to 2}
      equations: {x: "sum(a, over=year) + b"}
      outputs: {x: {}}
      """)
    #expect(model.components.count == 1)
    #expect(
      model.components[0].coordinates.map { model.coordinates[$0.position].address.description } == [
        "a[2019]", "a[2020]", "a[2021]",
      ])
    // s = 2 sin(pi 0.8 / 6), the second row of the factor is (s, sqrt(1 - s^2)).
    #expect(abs(model.components[0].factor[3] - 0.8134732861516003) < 1e-12)
  }

  @Test("A mapping by labels may be nested in any order, and leave out an index")
  func nested() throws {
    let model = try Checking.model(
      """
      indexes: {year: 2019..2020, region: [us, eu]}
      inputs:
        a: {over: [year, region], value: {us: {2019: 1, 2020: 2}, eu: 5}}
        b: {over: [year, region], value: {2019: {us: 1, eu: 3}, 2020: {eu: 4, us: 2}}}
      equations: {x: "sum(a + b, over=[year, region])"}
      outputs: {x: {}}
      """)
    func values(_ name: String) throws -> [Double] {
      let input = try model.input(name)
      return try input.cells.map { rule in
        guard case .supportPoint(let supportPoint) = rule,
          case .constant(let number) = input.supportPoints[supportPoint].value
        else {
          throw Model.Missing.constant
        }
        return number
      }
    }
    #expect(try values("a") == [1, 2, 5, 5])
    #expect(try values("b") == [1, 2, 3, 4])
  }

  @Test(
    "Anchor points give cells between them by straight lines, logarithms or the last anchor point; outside they may hold"
  )
  func knots() throws {
    let model = try Checking.model(
      """
      indexes: {year: 2019..2024}
      inputs:
        a: {over: year, value: {2019: 1 to 2, 2023: 2 to 3, 2024: 5}, interpolate: linear, dependence: shared}
        b: {over: year, value: {2020: 1 to 2, 2022: 4}, interpolate: log, extrapolate: hold, dependence: independent}
        c: {over: year, value: {2019: 1 to 2, 2022: 2 to 3}, interpolate: step, dependence: independent}
      equations: {x: "sum(a + b + c, over=year)"}
      outputs: {x: {}}
      """)
    let a = try model.input("a")
    #expect(a.supportPoints.count == 3 && a.cells.count == 6)
    #expect(try model.addresses("a") == ["a"])
    guard case .interpolated(from: 0, to: 1, let fraction, logarithmic: false) = a.cells[1] else {
      Issue.record("\(a.cells[1])")
      return
    }
    #expect(fraction == 0.25)
    let b = try model.input("b")
    #expect(try model.addresses("b") == ["b[2020]"])
    if case .supportPoint(0) = b.cells[0] {} else { Issue.record("the first anchor point holds") }
    if case .interpolated(from: 0, to: 1, fraction: 0.5, logarithmic: true) = b.cells[2] {
    } else {
      Issue.record("\(b.cells[2])")
    }
    if case .supportPoint(1) = b.cells[5] {} else { Issue.record("the last anchor point holds") }
    #expect(b.supportPoints[1].coordinate == nil)
    let c = try model.input("c")
    #expect(try model.addresses("c") == ["c[2019]", "c[2022]"])
    if case .supportPoint(0) = c.cells[2], case .supportPoint(1) = c.cells[5] {} else { Issue.record("steps") }
  }

  @Test("Shares have a coordinate a label but the last, and anchor points")
  func shares() throws {
    let model = try Checking.model(
      """
      indexes: {year: 2019..2021, region: [us, eu, asia]}
      inputs:
        mix:
          over: [year, region]
          value: {2019: "shares(us=50%, eu=30%, asia=20%, concentration=10)", 2021: "dirichlet(us=1, asia=2, eu=3)"}
          interpolate: linear
          dependence: {year: shared}
        means: {over: [year, region], value: {us: 0.5, eu: 0.3, asia: 0.2}}
        formula: {over: [year, region], value: "shares(means, concentration=50, along=region)", dependence: independent}
      equations: {x: "sum(mix * formula, over=[year, region])"}
      outputs: {x: {}}
      """)
    let mix = try model.input("mix")
    #expect(try model.addresses("mix") == ["mix[us]", "mix[eu]"])
    #expect(mix.shareGroups.count == 2 && mix.supportPoints.count == 6)
    #expect(mix.shareGroups[0].coordinates == mix.shareGroups[1].coordinates)
    let formula = try model.input("formula")
    #expect(formula.shareGroups.count == 3 && formula.shareGroups[1].parameters.count == 3)
    #expect(try model.addresses("formula").count == 6)
    #expect(try formula.shareGroups[1].labels == [model.index("year"): 1])
  }

  @Test("A table gives distributions by row, with its own units and sources; rows outside a numeric index are skipped")
  func tables() throws {
    let model = try Checking.model(
      """
      indexes: {year: 2019..2021, kind: [a100, h100]}
      inputs:
        x: {over: [year, kind], table: t.csv, missing: 0, unit: gpu/year, dependence: {year: shared, kind: independent}}
        y: {over: year, table: sub/u.csv, columns: {low: lo90, high: hi90}, interpolate: linear, dependence: shared, unit: W}
      units: [gpu]
      equations: {z: "sum(x, over=[year, kind]) * 1 year", w: "sum(y, over=year)"}
      outputs: {z: {unit: gpu}, w: {unit: W}}
      """,
      files: [
        "t.csv": """
        year,kind,low,high,source,unit
        2018,a100,1,2,old,
        2019,a100,100,200,Omdia,
        2020,a100,5,5,,gpu/day
        2020,h100,1k,2k,,

        """,
        "sub/u.csv": "year,lo90,hi90\n2019,1,2\n2021,3 kW,4 kW\n",
      ])
    #expect(model.skippedTableRows == 1)
    let x = try model.input("x")
    #expect(try model.addresses("x") == ["x[a100]", "x[h100]"])
    #expect(x.supportPoints.first?.provenance.source == "Omdia" && x.supportPoints.first?.text == "100 to 200 gpu/year")
    guard case .constant(let perSecond) = x.supportPoints[1].value else {
      Issue.record("equal ends are a constant")
      return
    }
    #expect(abs(perSecond - 5.0 / 86_400) < 1e-18)
    #expect(try abs(model.distribution("x", supportPoint: 2).quantile(0.05) * 31_536_000 - 1_000) < 1e-6)
    #expect(x.supportPoints.count == 6)
    #expect(try abs(model.distribution("y", supportPoint: 1).quantile(0.95) - 4_000) < 1e-9)
  }

  @Test("Constants that a correlation names keep their coordinate")
  func correlatedConstants() throws {
    let model = try Checking.model(
      """
      inputs: {a: 3, b: 1 to 2, c: 1 to 2}
      correlations: [[a, b, 0.5]]
      equations: {x: a + b + c}
      outputs: {x: {}}
      """)
    #expect(model.coordinates.map(\.address.description) == ["a", "b", "c"])
    #expect(model.components.count == 1 && model.components[0].coordinates.count == 2)
    #expect(try model.input("a").supportPoints[0].coordinate == CoordinateID(0))
    #expect(model.correlations == ["a, b, 0.5"])
  }
}
