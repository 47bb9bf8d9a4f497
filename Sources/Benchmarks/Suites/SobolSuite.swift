/// Sobol' indices of two targets.
enum SobolSuite: Suite {
  static let name = "sobol"
  static let title = "Sobol' indices"

  static func lines(_ bench: Bench) throws -> [String] {
    guard bench.offers("sensitivity") else { return ["This build has no command `sensitivity`."] }
    let race = Race(workload: "sobol") { _, program in
      [
        program, "sensitivity", bench.workload("sobol"), "--method", "sobol", "--base-samples", "65536", "--output",
        "fleet",
        "--output", "log_bottom_up", "--out", bench.scratch,
      ]
    }
    return [
      "First- and total-order indices of 14 factors and 2 targets, base 65,536: about a million evaluations.", "",
    ]
      + (try race.lines(
        bench, [Race.Heat(peers: [["salib"], ["numpy"], ["numba"]], bars: ["salib": 20], fastestBar: 4)]))
  }
}
