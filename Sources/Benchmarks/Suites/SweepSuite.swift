/// 500 variants of the flat sector with the same 100,000 draws.
enum SweepSuite: Suite {
  static let name = "sweep"
  static let title = "Sweep"

  /// The grid that the peers' programs evaluate.
  static let variations = [
    "pue.mode=1.10..1.50 in 10", "utilisation*=0.55..1.00 in 10", "fleet_gpus*=0.5,0.75,1,1.5,2",
  ]

  static func lines(_ bench: Bench) throws -> [String] {
    guard bench.offers("sweep") else { return ["This build has no command `sweep`."] }
    let race = Race(workload: "sweep") { _, program in
      [program, "sweep", bench.workload("flat-sector"), "--draws", "100000", "--out", bench.scratch]
        + variations.flatMap { ["--vary", $0] }
    }
    return ["500 variants on 100,000 common draws, with the full summary of each.", ""]
      + (try race.lines(bench, [Race.Heat(peers: [["numpy-2thr"], ["numba"]], fastestBar: 4)]))
  }
}
