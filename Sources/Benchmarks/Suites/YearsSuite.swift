/// The sector over 16 years.
enum YearsSuite: Suite {
  static let name = "years"
  static let title = "Years"

  static func lines(_ bench: Bench) throws -> [String] {
    let race = Race(workload: "years") { draws, program in
      bench.run(bench.workload("years"), draws: draws ?? 1_000_000, program: program)
    }
    let table = try race.lines(
      bench, [Race.Heat(draws: 1_000_000, peers: [["numpy"], ["numpy-2thr"], ["numba"]], fastestBar: 4)])
    return ["Quantiles of 5 outputs in each of 16 years (loadcast computes the full summary).", ""] + table
      + ["", try Agreement.years(bench)]
  }
}
