import Modeling

/// Runs a model.
///
/// Making an engine compiles the model to a plan; nothing random happens yet.
public struct Engine: Sendable {
  /// How a run is carried out; none of it changes any figure.
  public struct Options: Sendable {
    /// Workers; by default as many as there are cores.
    public var workers: Int?
    /// Draws executed at once; by default what suits the caches. Never more than an address block.
    public var executionBlock: Int?
    /// Called now and then from any thread with the share of the draws that are done.
    public var progress: (@Sendable (Double) -> Void)?
    /// Asked between blocks; true ends the run with `CancellationError`.
    public var isCancelled: (@Sendable () -> Bool)?

    /// By default all cores, and nobody watching.
    public init(
      workers: Int? = nil, executionBlock: Int? = nil, progress: (@Sendable (Double) -> Void)? = nil,
      isCancelled: (@Sendable () -> Bool)? = nil
    ) {
      self.workers = workers
      self.executionBlock = executionBlock
      self.progress = progress
      self.isCancelled = isCancelled
    }
  }

  // An engine is built in `init(model:)`, throwing `Diagnostics` where a plan would be too large, and offers:
  //   func run(options: Options) throws -> RunResult
  //   func draw(number: Int) throws -> DrawExplanation
  //   func drawTables(rows: Int, options: Options, body: (DrawTable) throws -> Void) throws
}
