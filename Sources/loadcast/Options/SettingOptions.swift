import ArgumentParser

/// Flags that override a scenario's `run:`.
struct SettingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Number of draws, such as 10k, 1M or 2.5M.", valueName: "n"),
    transform: DrawCount.draws)
  var draws: Int?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Seed of the draws.", valueName: "n"), transform: DrawCount.seed)
  var seed: UInt64?

  @Option(help: ArgumentHelp("The sampling design: sobol (the default), lhs, mc or owen.", valueName: "name"))
  var design: String?
}
