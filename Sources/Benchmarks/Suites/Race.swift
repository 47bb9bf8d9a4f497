import Reporting

/// Our program compared with several peers on the same work.
struct Race {
  /// The conditions for one number of draws.
  struct Heat {
    /// Draws; nil to use the workload's number.
    var draws: Int?
    /// The peers' names, with arguments.
    var peers: [[String]]
    /// The target ratio of a peer's time to ours.
    var bars: [String: Double] = [:]
    /// The target ratio for the fastest peer.
    var fastestBar: Double?
  }

  /// The peers' name for the workload.
  var workload: String
  /// Our command for a number of draws.
  var ours: (_ draws: Int?, _ program: String) -> [String]

  /// Runs the heats and returns the table.
  func lines(_ bench: Bench, _ heats: [Heat]) throws -> [String] {
    var table = Table(["draws", "peer", "peer's time", "loadcast", "speed-up", "target", ""])
    for heat in heats {
      let draws = heat.draws.map(bench.draws)
      let named = draws.map(NumberText.count) ?? "fixed"
      var rows: [(peer: String, pairs: Pairs)] = []
      for peer in heat.peers + bench.furtherPeers {
        let name = peer.joined(separator: " ")
        bench.note("  \(named) draws, \(name)")
        let theirs = bench.peer(peer, workload, draws: draws)
        rows.append((name, try Pairs.run(bench.pairs, first: ours(draws, bench.loadcast), second: theirs)))
      }
      let fastest = rows.min { $0.pairs.secondSeconds.median < $1.pairs.secondSeconds.median }?.peer
      for (peer, pairs) in rows {
        let isFastest = heat.fastestBar != nil && peer == fastest
        let threshold = [heat.bars[peer], isFastest ? heat.fastestBar : nil].compactMap { $0 }.max()
        table.append(
          row(named, isFastest ? "`\(peer)`, the fastest" : "`\(peer)`", pairs, threshold: threshold))
      }
      if let baseline = bench.baseline {
        let pairs = try Pairs.run(bench.pairs, first: ours(draws, bench.loadcast), second: ours(draws, baseline))
        table.append(row(named, "older build", pairs, threshold: nil))
      }
    }
    return table.lines
  }

  private func row(_ draws: String, _ name: String, _ pairs: Pairs, threshold: Double?) -> [String] {
    [
      draws, name, NumberText.seconds(pairs.secondSeconds.median), NumberText.seconds(pairs.firstSeconds.median),
      pairs.ratio.text, threshold.map(NumberText.text) ?? "", Threshold.verdict(pairs.ratio.median, atLeast: threshold),
    ]
  }
}

/// The performance targets.
enum Threshold {
  /// `met` or `missed`; empty if there is no target.
  static func verdict(_ value: Double, atLeast threshold: Double?) -> String {
    threshold.map { value >= $0 ? "met" : "missed" } ?? ""
  }

  /// The same for a value that should be small.
  static func verdict(_ value: Double, atMost threshold: Double) -> String { value <= threshold ? "met" : "missed" }
}
