import Foundation
import Modeling
import ScenarioFiles
import Simulation
import Testing

/// Key figures of the shipped scenarios, from their published inputs by hand.
@Suite("Figures of the shipped scenarios")
struct ShippedFigureTests {
  /// GPT-3 by hand: 3.14e23 FLOP at 24.6 TFLOP/s a chip, 330 W a chip, PUE 1.10, 429 g/kWh (Patterson et al. 2021, Table 4).
  private static let gpt3ChipHours = 3.14e23 / 24.6e12 / 3600
  private static let gpt3Energy = gpt3ChipHours * 330 * 1.10 / 1e6
  private static let gpt3Emissions = gpt3Energy * 0.429

  @Test("The article's GPT-3, BLOOM, Google and bitcoin come from the formulas, to nine digits")
  func article() throws {
    let result = try ShippedScenarios.result("article-2023.yaml", draws: 4_096)
    let expected: [String: Double] = [
      "gpt3_energy": Self.gpt3Energy,
      "gpt3_homes": Self.gpt3Energy * 1000 / 10_632,
      "gpt3_emissions": Self.gpt3Emissions,
      "gpt3_emissions_article": Self.gpt3Emissions / 1.10,
      "gpt3_cars": Self.gpt3Emissions / 1.10 / 4.6,
      "gpt3_cars_with_hall": Self.gpt3Emissions / 4.6,
      "parameter_growth": 175 / 1.5,
      "chatgpt_training_share": 100 * Self.gpt3Energy / (Self.gpt3Energy + 195 * 2.9 * 365),
      "days_until_serving_is_60_percent": Self.gpt3Energy * 1.5 / (195 * 2.9),
      "bloom_energy": 1_082_990 * 400 / 1e6,
      "bloom_emissions": 1_082_990 * 400 / 1e6 * 0.057,
      "in_place[france]": Self.gpt3Energy * 0.0598,
      "runs_on_curtailment": 2.4e6 / Self.gpt3Energy,
      "emissions_growth[google_location]": 11.067 / 5.173,
      "serving_gain": 7.9 / 0.24,
    ]
    for (name, value) in expected {
      #expect(abs(result.mean(name) / value - 1) < 1e-9, "\(name): \(result.mean(name)), by hand \(value)")
    }
  }

  @Test("What the article printed is what the formulas give, as it rounds")
  func articleRounded() throws {
    #expect(Self.gpt3Energy.rounded() == 1287)
    #expect(Self.gpt3Emissions.rounded() == 552)
    #expect((Self.gpt3Emissions / 1.10).rounded() == 502)
  }

  @Test("Shifting load to surplus hours is a sum of products over the hours, not a product of means")
  func shifting() throws {
    let result = try ShippedScenarios.result("article-2023.yaml", draws: 4_096)
    let intensity = try Self.column("hourly_intensity.csv", grid: "california")
    let surplus = try Self.column("hourly_surplus.csv", grid: "california")
    let total = surplus.reduce(0, +)
    let inSurplus = zip(intensity, surplus).reduce(0) { $0 + $1.0 * $1.1 / total }
    #expect(intensity.count == 24 && surplus.count == 24)
    #expect(abs(result.mean("in_surplus_hours[california]") / (Self.gpt3Energy * 0.264 * inSurplus) - 1) < 1e-9)
    // The mean of a distribution of two free arguments that is fitted: at most the whole share moves, at least none.
    let mean = intensity.reduce(0, +) / 24
    let most = 100 * (1 - inSurplus / mean)
    #expect(result.mean("shifting_saves[california]") > 0 && result.mean("shifting_saves[california]") < most)
  }

  @Test("A run that is known by half needs no distribution for that half")
  func trainingRun() throws {
    let file = ShippedScenarios.folder.appending(path: "training-run.yaml").path
    var options = Scenario.Options()
    options.assignments = [
      "known_compute=3.14e23 FLOP", "mfu=0.1968", "chip_speed=1", "precision=discrete(bf16=100%)",
      "architecture=discrete(dense=100%)", "hardware=discrete(v100=100%)", "known_power=330 W/chip",
      "server_overhead=1.1", "cluster_overhead=1", "pue=1.1", "grid_intensity=429 gCO2e/kWh",
    ]
    var model = try Scenario.model(ofFileAt: file, options: options)
    model.settings.draws = 1_024
    let result = try Engine(model: model).run()
    // 0.1968 of the V100's 125 TFLOP/s are the 24.6 TFLOP/s above; 330 W over 1.1 are its rating of 300 W.
    #expect(abs(result.mean("chip_hours") / Self.gpt3ChipHours - 1) < 1e-9)
    #expect(abs(result.mean("energy_chip") * 1.1 * 1.1 / Self.gpt3Energy - 1) < 1e-9)
    #expect(abs(result.mean("energy_facility") / Self.gpt3Energy - 1) < 1e-9)
    #expect(abs(result.mean("emissions") / Self.gpt3Emissions - 1) < 1e-9)
  }

  @Test("The sector's parts add up in each mean, and ranks and years stay within their labels")
  func sector() throws {
    // The prior of the correction is wide; sums hold in each draw all the same.
    let result = try ShippedScenarios.result("ai-sector.yaml")
    for year in [2019, 2025, 2030] {
      let total = result.mean("electricity[\(year)]")
      if year <= 2025 {
        let parts = result.mean("electricity_training[\(year)]") + result.mean("electricity_inference[\(year)]")
        #expect(abs(parts / total - 1) < 1e-9)
      }
      let regions = ["us", "china", "europe", "asia"].reduce(0) {
        $0 + result.mean("electricity_region[\($1),\(year)]")
      }
      #expect(abs(regions / total - 1) < 1e-9)
      let works = ["listed", "unlisted", "experiments", "fine_tuning", "idle", "inference", "recommenders"]
      #expect(abs(works.reduce(0) { $0 + result.mean("work_share[\($1),\(year)]") } - 100) < 1e-6)
      let rank = try #require(result.cell("country_rank[\(year)]"))
      #expect(rank.min >= 1 && rank.max <= 46)
      // Contracts lower what is reported, never below nothing and never above what the grid emits.
      #expect(result.mean("emissions_market[\(year)]") < result.mean("emissions[\(year)]"))
    }
    let exceedancePeriod = try #require(result.cell("first_year_above[argentina]"))
    #expect(exceedancePeriod.min >= 2019 && exceedancePeriod.max <= 2031)
    // Final runs that are listed are a thousandth of the fleet's use in 2021, and no more than some percent in 2025.
    #expect(result.median("final_runs_over_fleet[2021]") < 1)
    #expect(result.median("final_runs_over_fleet[2025]") < 5)
  }

  @Test("What a future of the sector leaves alone stays, draw by draw, and what it is about moves the right way")
  func family() throws {
    let base = try ShippedScenarios.result("ai-sector.yaml", draws: 4_096)
    let futures = try Dictionary(
      uniqueKeysWithValues: ["high-growth", "constrained", "efficiency", "net-zero", "carbon-aware"].map {
        ($0, try ShippedScenarios.result("ai-sector-\($0).yaml", draws: 4_096))
      })
    for (name, future) in futures {
      // Distributions of the same names have the same draws, so that the past is the same to the last digits.
      #expect(abs(future.mean("electricity[2024]") / base.mean("electricity[2024]") - 1) < 1e-9, "\(name)")
    }
    // Medians: the correction, which all futures share draw by draw, has a wide prior.
    func ratio(_ future: String, _ name: String) -> Double {
      (futures[future]?.median(name) ?? .nan) / base.median(name)
    }
    #expect(ratio("high-growth", "electricity[2030]") > 1.3)
    #expect(ratio("constrained", "electricity[2030]") < 0.8)
    #expect(ratio("efficiency", "electricity[2030]") < 1)
    #expect(abs(ratio("net-zero", "electricity[2030]") - 1) < 1e-12)
    #expect(abs(ratio("net-zero", "emissions[2030]") - 1) < 1e-12)
    #expect(ratio("net-zero", "emissions_market[2030]") < 0.9)
    #expect(abs(ratio("carbon-aware", "electricity[2030]") - 1) < 1e-12)
    #expect(ratio("carbon-aware", "intensity[2030]") < 1)
    #expect(ratio("carbon-aware", "intensity[2019]") == 1)
    // Within the day nothing moves more than a few percent (Sukprasert et al. 2024).
    #expect(ratio("carbon-aware", "intensity[2030]") > 0.95)
  }

  private static func column(_ file: String, grid: String) throws -> [Double] {
    let text = try String(
      contentsOf: ShippedScenarios.folder.appending(path: "evidence/\(file)"), encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("\(grid),") }
      .compactMap { Double($0.split(separator: ",")[2]) }
  }
}

@Suite("Every figure has a source")
struct ShippedSourceTests {
  @Test("Inputs and references of shipped scenarios say where they come from", arguments: ShippedScenarios.names)
  func sources(name: String) throws {
    let model = try Scenario.model(ofFileAt: ShippedScenarios.folder.appending(path: name).path)
    for quantity in model.quantities {
      if case .equation = quantity.kind { continue }
      #expect(quantity.provenance.source?.isEmpty == false, "\(quantity.name) has no source")
    }
  }

  @Test("Every row of the tables has a source")
  func rows() throws {
    let folder = ShippedScenarios.folder.appending(path: "evidence")
    let tables = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".csv") }
    #expect(tables.count > 10)
    for table in tables {
      let rows = try Self.rows(of: String(contentsOf: folder.appending(path: table), encoding: .utf8))
      let source = try #require(rows.first?.firstIndex(of: "source"), "\(table) has no column `source`")
      for (line, row) in rows.enumerated() {
        #expect(row.count == rows[0].count, "\(table), row \(line + 1)")
        #expect(!row[min(source, row.count - 1)].isEmpty, "\(table), row \(line + 1)")
      }
    }
  }

  /// The fields of a CSV text without line ends inside quotes.
  private static func rows(of text: String) -> [[String]] {
    text.split(separator: "\n").map { line in
      var fields = [""]
      var quoted = false
      for character in line {
        switch character {
        case "\"": quoted.toggle()
        case "," where !quoted: fields.append("")
        default: fields[fields.count - 1].append(character)
        }
      }
      return fields
    }
  }
}
