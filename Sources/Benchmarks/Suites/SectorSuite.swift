/// The flat sector: one year, 20 coordinates, 5 outputs with complete summaries.
enum SectorSuite: Suite {
  static let name = "sector"
  static let title = "Flat sector"

  static func lines(_ bench: Bench) throws -> [String] {
    let race = Race(workload: "sector") { draws, program in
      bench.run(bench.workload("flat-sector"), draws: draws ?? 1_000_000, program: program)
    }
    let table = try race.lines(
      bench,
      [
        Race.Heat(
          draws: 1_000_000, peers: [["numpy-exact"], ["numpy"], ["numpy-2thr"], ["numba"]],
          bars: ["numpy-exact": 30, "numpy": 9], fastestBar: 5),
        Race.Heat(draws: 10_000_000, peers: [["numpy-2thr"], ["numba"]], fastestBar: 3),
        Race.Heat(draws: 100_000_000, peers: [["numba"]], fastestBar: 1),
      ])
    return [
      "Mean, standard deviation, quantiles, 200-bin histogram and exceedance probability of 5 outputs; loadcast also "
        + "writes files.", "",
    ] + table + ["", try Agreement.sector(bench)]
  }
}
