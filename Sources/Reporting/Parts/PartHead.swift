import Modeling

extension PartFile {
  /// What parts of one run have in common.
  package struct Owner: Codable, Equatable, Sendable {
    /// The program and its version.
    package var engine: String
    /// The digest of the scenario with its tables and flags.
    package var scenario: String
    package var seed: UInt64
    package var design: String
    package var draws: Int

    /// The owner of a model's parts.
    ///
    /// - Parameters:
    ///   - model: the scenario.
    ///   - key: a digest of all that the results depend on, if it is more than the scenario.
    package init(_ model: Model, key: String? = nil) {
      engine = "loadcast \(EngineVersion.current)"
      scenario = key ?? model.digest
      (seed, design, draws) = (model.settings.seed, model.settings.design, model.settings.draws)
    }
  }

  /// The flags of the command that has made the part, by which it can be repeated and its parts merged.
  package struct Command: Codable, Equatable, Sendable {
    /// The command: nil for `run`, or `sweep`, `backtest`, `sensitivity`.
    package var name: String?
    package var path: String
    package var set: [String]
    package var root: String?
    package var conditioning: String?
    /// The settings that flags have given; nil for those of the scenario.
    package var draws: Int?
    package var seed: UInt64?
    package var design: String?
    /// Whether quantiles are exact; nil if not.
    package var exact: Bool?
    /// The folder of a saved posterior.
    package var posterior: String?
    /// What a sweep varies.
    package var vary: [String]?, pairing: String?, sweep: String?
    /// The table of a back-test's cases.
    package var cases: String?
    /// What a sensitivity analysis explains, and how.
    package var analysis: Analysis?

    /// The flags of a command.
    package init(path: String, set: [String], root: String?, conditioning: String?) {
      (self.path, self.set, self.root, self.conditioning) = (path, set, root, conditioning)
    }

    /// The words of the command after its name: the flags, each one word, and after `--` the path, so that no text of a
    /// part is taken for another flag.
    package var arguments: [String] {
      var words = set.map { "--set=\($0)" }
      if let root { words.append("--root=\(root)") }
      if let conditioning { words.append("--conditioning=\(conditioning)") }
      if let draws { words.append("--draws=\(draws)") }
      if let seed { words.append("--seed=\(seed)") }
      if let design { words.append("--design=\(design)") }
      if exact == true { words.append("--exact-quantiles") }
      if let posterior { words.append("--posterior=\(posterior)") }
      words += (vary ?? []).map { "--vary=\($0)" }
      if let pairing { words.append("--pairing=\(pairing)") }
      if let sweep { words.append("--sweep=\(sweep)") }
      if let cases { words.append("--cases=\(cases)") }
      words += analysis?.words ?? []
      return words + ["--", path]
    }

    /// The same as a person types them: the scenario first, for commands with further flags.
    package var typedWords: [String] { [path] + arguments.dropLast(2) }
  }

  /// The flags of a sensitivity analysis.
  package struct Analysis: Codable, Equatable, Sendable {
    private var method: String?
    private var output: [String]
    private var factors: String?
    private var group: [String]
    private var base: Int?
    private var pairs: Bool
    private var estimator: String?
    private var bootstrap: Int?

    /// The flags that were given; nil for those that were not.
    package init(
      method: String?, output: [String], factors: String?, group: [String], base: Int?, pairs: Bool, estimator: String?,
      bootstrap: Int?
    ) {
      (self.method, self.output, self.factors, self.group) = (method, output, factors, group)
      (self.base, self.pairs, self.estimator, self.bootstrap) = (base, pairs, estimator, bootstrap)
    }

    /// The flags, each one word.
    package var words: [String] {
      var words = output.map { "--output=\($0)" } + group.map { "--group=\($0)" }
      if let method { words.append("--method=\(method)") }
      if let factors { words.append("--factors=\(factors)") }
      if let base { words.append("--base-samples=\(base)") }
      if pairs { words.append("--second-order") }
      if let estimator { words.append("--estimator=\(estimator)") }
      if let bootstrap { words.append("--bootstrap=\(bootstrap)") }
      return words
    }
  }

  /// The head of a part.
  package struct Head: Codable, Sendable {
    package var title: String
    package var owner: Owner
    package var command: Command
    /// The number of the part, from 1, and the number of parts.
    package var part: Int, parts: Int
    /// The round of a search for exact quantiles that the part belongs to; nil for the first, which makes the run.
    package var round: Int?
    /// SHA-256 of what the parts of the round before were merged to.
    package var after: String?
    /// The first block, and the one after the last; variants of a sweep or cases of a back-test instead of
    /// blocks, or blocks of an analysis's base points.
    package var firstBlock: Int, endBlock: Int
    /// The digest of block 0, in hexadecimal.
    package var fingerprint: String
    /// SHA-256 of the summaries.
    package var summaries: String
    /// The name of the machine, and the kernels, processor and library with which it computed.
    package var host: String, system: String
    /// The seconds that the part took.
    package var seconds: Double

    /// The head of a part of which nothing is made yet.
    ///
    /// - Parameters:
    ///   - model: the scenario.
    ///   - key: a digest of all that the results depend on, if it is more than the scenario.
    ///   - command: the flags of the command.
    ///   - part: the number of the part, from 1, and the number of parts.
    ///   - blocks: the blocks of the part, once it is complete.
    ///   - machine: its name, and what it computes with.
    package init(
      of model: Model, key: String? = nil, _ command: Command, part: (number: Int, count: Int), blocks: Range<Int>,
      on machine: (host: String, system: String)
    ) {
      title = model.title
      owner = Owner(model, key: key)
      self.command = command
      (self.part, parts) = part
      (firstBlock, endBlock, seconds) = (blocks.lowerBound, blocks.upperBound, 0)
      (fingerprint, summaries) = ("", "")
      (host, system) = machine
    }
  }
}

extension PartFile.Head {
  /// Whether the numbers are possible ones.
  var isSound: Bool {
    (1...PartFile.mostParts).contains(parts) && (1...parts).contains(part) && firstBlock >= 0 && endBlock >= firstBlock
      && UInt64(fingerprint, radix: 16) != nil && owner.draws >= 0
      && (round ?? 1) >= 1 && (round ?? 1) <= PartFile.mostRounds
  }
}

extension PartFile {
  /// The largest number of parts of a run: the tasks of the largest job arrays that schedulers allow.
  package static let mostParts = 1_000_000
  /// The largest number of rounds: each after the first narrows an interval of 2^64 values to at most 2^58.
  package static let mostRounds = 16
}
