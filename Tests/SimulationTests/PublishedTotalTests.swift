import Simulation
import Testing

/// Totals of other publishers rebuilt as scenarios, and the factors in which they are compared with the sector's estimate.
@Suite("Published totals in the factors of the sector's estimate")
struct PublishedTotalTests {
  @Test(
    "A rebuilt total is the published one",
    arguments: [
      ("lbnl-2024.yaml", "electricity_servers_us_2023", 40.0),
      ("iea-2025.yaml", "electricity_servers_world_2024", 62.25),
    ])
  func rebuilt(file: String, output: String, published: Double) throws {
    let result = try ShippedScenarios.result(file)
    // The load's relative standard deviation is 0.12, that of the mean of 20,000 draws 0.0009: 1 % is eleven times that.
    #expect(abs(result.mean(output) / published - 1) < 0.01)
    // A publisher's total replaces no other part of the estimate.
    let base = try ShippedScenarios.result("ai-sector.yaml")
    #expect(result.mean("electricity[2025]") == base.mean("electricity[2025]"))
  }

  @Test("The factors multiply to the estimate, draw by draw, and part of the hardware uses less than all of it")
  func factors() throws {
    let result = try ShippedScenarios.result("ai-sector.yaml")
    #expect(abs(result.mean("electricity_site_us_2023") / result.mean("electricity_us_2023") - 1) < 1e-9)
    #expect(abs(result.mean("electricity_site_world_2024") / result.mean("electricity_2024") - 1) < 1e-9)
    #expect(result.mean("electricity_hardware_2023_24") < result.mean("electricity_fleet[2025]"))
    #expect(result.mean("us_over_world_2023") < 100)
  }
}
