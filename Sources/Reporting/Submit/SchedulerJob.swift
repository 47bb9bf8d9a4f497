/// A run that a scheduler makes in parts: what its scripts are written from.
package struct SchedulerJob: Sendable {
  /// The name of the scenario's files.
  package var name: String
  /// The number of parts, each a task.
  package var tasks: Int
  /// Processors of a task.
  package var cpus: Int
  /// The time limit of a task in minutes.
  package var minutes: Int
  /// The memory of a task in mebibytes.
  package var megabytes: Int
  /// The program, as the machines find it.
  package var program: String
  /// The folder of the parts, and that of the results.
  package var parts: String, results: String
  /// The words of the run: the scenario with its values, and all settings.
  package var run: [String]
  /// The command whose parts are made: `run`, `sweep` or `backtest`.
  package var command = "run"
  /// Further words of the merge, such as its formats.
  package var merging: [String] = []
  /// Whether the merge may ask for another round of all parts, by exit code 75.
  package var hasRounds = false

  /// A job.
  ///
  /// - Parameters:
  ///   - run: the words of the run: the scenario with its values, and all settings.
  ///   - name: the name of its files.
  ///   - tasks: the number of parts.
  ///   - cpus: processors of a task.
  ///   - minutes: the time limit of a task.
  ///   - megabytes: the memory of a task in mebibytes.
  ///   - program: the program, as the machines find it.
  ///   - parts: the folder of the parts.
  ///   - results: the folder of the results.
  package init(
    run: [String], name: String, tasks: Int, cpus: Int, minutes: Int, megabytes: Int, program: String, parts: String,
    results: String
  ) {
    self.name = name
    (self.tasks, self.cpus, self.minutes, self.megabytes) = (tasks, cpus, minutes, megabytes)
    (self.program, self.parts, self.results) = (program, parts, results)
    self.run = run
  }

  /// The name with letters, digits, dots and hyphens only, as every scheduler takes it.
  var plainName: String {
    let plain = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || ".-".contains($0)) ? $0 : "-" }
    return "loadcast-" + String(plain.prefix(40))
  }

  /// The shell command that makes a part.
  ///
  /// - Parameters:
  ///   - number: the part's number, from 1, as the shell writes it.
  ///   - workers: the number of threads, as the shell writes it.
  func makePart(_ number: String, workers: String) -> String {
    words([program, command] + run) + " --shard \"\(number)/\(tasks)\" --workers \(workers) "
      + words(["--out", parts, "--quiet"])
  }

  /// The shell command that merges all parts.
  var mergeParts: String { words([program, "merge", parts, "--out", results] + merging) }

  /// The shell commands of the script that merges all parts, and submits both scripts again if another round is needed.
  func merge(resubmitting commands: [String]) -> String {
    guard hasRounds else { return mergeParts }
    return """
      \(mergeParts)
      code=$?
      # Exact quantiles need another round of all parts, by the same scripts.
      if [ "$code" = 75 ]; then
      \(commands.joined(separator: "\n"))
      fi
      exit "$code"
      """
  }

  /// A path of a file in the folder of the parts.
  func path(_ ending: String) -> String { "\(parts)/\(fileName(ending))" }

  /// The name of a file of the job.
  func fileName(_ ending: String) -> String { "\(plainName).\(ending)" }

  /// Words quoted for the shell.
  func words(_ words: [String]) -> String { words.map(ReproducingCommand.quoted).joined(separator: " ") }

  /// The time limit as `HH:MM:SS`.
  var clock: String {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(padded(minutes / 60)):\(padded(minutes % 60)):00"
  }
}

/// The files of a job, and the commands that submit them.
package struct SchedulerScripts {
  /// The names of the files with their texts.
  package var files: [(name: String, text: String)]
  /// The shell commands, one a line.
  package var submission: [String]
}

/// A scheduler: the scripts by which it makes all parts of a run and merges them.
///
/// All of them use one contract: a task makes part k of n and exits with 0; with 75 it has been interrupted, has kept what is
/// done, and can be started again; with anything else, starting it again would not help. A new scheduler is one file in
/// `Schedulers/` and one line in `SchedulerCatalogue`.
package protocol Scheduler {
  /// The name on the command line.
  static var name: String { get }
  /// What it is, in a few words.
  static var summary: String { get }
  /// The largest number of tasks.
  static var mostTasks: Int { get }
  /// Whether its scripts make further rounds of parts, for exact quantiles.
  static var makesRounds: Bool { get }
  /// Whether the folder of the parts may have braces in its name.
  static var takesBraces: Bool { get }
  /// The scripts of a job.
  ///
  /// - Parameters:
  ///   - job: the job.
  ///   - options: options for the scheduler, passed through as words.
  static func scripts(of job: SchedulerJob, options: [String]) -> SchedulerScripts
}

extension Scheduler {
  /// By default that of parts; the administrators of a cluster may have set a lower one.
  package static var mostTasks: Int { PartFile.mostParts }
  /// By default not.
  package static var makesRounds: Bool { false }
  /// By default yes.
  package static var takesBraces: Bool { true }
}

/// The schedulers, in the order of the help.
package enum SchedulerCatalogue {
  /// Every scheduler.
  package static var all: [any Scheduler.Type] {
    [
      Slurm.self, PBS.self, HTCondor.self, Kubernetes.self, AWSBatch.self, GNUParallel.self, Snakemake.self,
    ]
  }

  /// The scheduler of a name.
  package static func scheduler(named name: String) -> (any Scheduler.Type)? { all.first { $0.name == name } }
}
