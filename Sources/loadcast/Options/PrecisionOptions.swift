import ArgumentParser

/// How exact a run's figures are to be.
struct PrecisionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Go on until figures are known this well, looking at 65,536 draws, twice as many and so on up to --draws: 0.5% "
        + "(the mean of every output), p95=1%, electricity=0.5%, electricity.p95=1%.",
      valueName: "tolerance"))
  var tolerance: String?

  @Flag(help: "Exact quantiles of the draws, by making them twice.")
  var exact = false
}
