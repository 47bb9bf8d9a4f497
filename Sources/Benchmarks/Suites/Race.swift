/// Our program beside each of several peers at the same work.
struct Race {
  /// What one number of draws is held to.
  struct Heat {
    /// Draws; nil where the workload has its own.
    var draws: Int?
    /// The peers' names, with arguments.
    var peers: [[String]]
    /// How many times faster than a peer we want to be.
    var bars: [String: Double] = [:]
    /// How many times faster than the fastest of them.
    var fastestBar: Double?
  }

  /// The peers' name of the workload.
  var workload: String
  /// Our command for so many draws.
  var ours: (_ draws: Int?, _ program: String) -> [String]

  /// Runs the heats, and gives the table.
  func lines(_ bench: Bench, _ heats: [Heat]) throws -> [String] {
    var table = Table(["draws", "beside", "its time", "ours", "times faster", "bar", ""])
    for heat in heats {
      let draws = heat.draws.map(bench.draws)
      let named = draws.map(Figure.count) ?? "fixed"
      var rows: [(peer: String, pairs: Pairs)] = []
      for peer in heat.peers + bench.furtherPeers {
        let name = peer.joined(separator: " ")
        bench.note("  \(named) draws beside \(name)")
        let theirs = bench.peer(peer, workload, draws: draws)
        rows.append((name, try Pairs(bench.pairs, first: ours(draws, bench.loadcast), second: theirs)))
      }
      let fastest = rows.min { $0.pairs.secondSeconds.median < $1.pairs.secondSeconds.median }?.peer
      for (peer, pairs) in rows {
        let isFastest = heat.fastestBar != nil && peer == fastest
        let bar = [heat.bars[peer], isFastest ? heat.fastestBar : nil].compactMap { $0 }.max()
        table.append(
          row(named, isFastest ? "`\(peer)`, the fastest" : "`\(peer)`", pairs, bar: bar))
      }
      if let baseline = bench.baseline {
        let pairs = try Pairs(bench.pairs, first: ours(draws, bench.loadcast), second: ours(draws, baseline))
        table.append(row(named, "the older build", pairs, bar: nil))
      }
    }
    return table.lines
  }

  private func row(_ draws: String, _ name: String, _ pairs: Pairs, bar: Double?) -> [String] {
    [
      draws, name, Figure.seconds(pairs.secondSeconds.median), Figure.seconds(pairs.firstSeconds.median),
      pairs.ratio.text, bar.map(Figure.text) ?? "", Bar.verdict(pairs.ratio.median, atLeast: bar),
    ]
  }
}

/// What the project wants to hold.
enum Bar {
  /// `holds` or `missed`; nothing where there is no bar.
  static func verdict(_ value: Double, atLeast bar: Double?) -> String {
    bar.map { value >= $0 ? "holds" : "missed" } ?? ""
  }

  /// The same for a figure that should be small.
  static func verdict(_ value: Double, atMost bar: Double) -> String { value <= bar ? "holds" : "missed" }
}
