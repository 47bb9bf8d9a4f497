import ArgumentParser

/// The precision of a run's statistics.
struct PrecisionOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Keep doubling the draws, from 65,536 up to --draws, until every statistic meets this tolerance with 95 % confidence: "
        + "0.5% (the mean of every output), p95=1%, electricity=0.5%, electricity.p95=1%.",
      valueName: "tolerance"))
  var tolerance: String?

  @Flag(help: "Compute exact sample quantiles (runs the draws a second time).")
  var exactQuantiles = false
}
