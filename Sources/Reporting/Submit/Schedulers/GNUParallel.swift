/// GNU parallel on one machine, or on several with `--sshloginfile`.
///
/// Source: parallel(1): `--retries`, `--joblog`, `--resume-failed`.
package enum GNUParallel: Scheduler {
  package static let name = "parallel"
  package static let summary = "GNU parallel, on one machine or by ssh"
  package static let makesRounds = true

  package static func scripts(of job: SchedulerJob, options: [String]) -> SchedulerScripts {
    let script = """
      #!/bin/bash
      # Parts that have been made are in the log, and parts that are there take no time: start it again to go on.
      make_part() { \(job.makePart("$1", workers: "\(job.cpus)")); }
      export -f make_part
      for round in {1..\(job.hasRounds ? PartFile.mostRounds : 1)}; do
        seq \(job.tasks) | parallel --retries 3 --joblog \(job.words([job.path("log")]))".$round" --resume-failed \(job.words(options)) make_part {} ||
          exit
        \(job.mergeParts)
        code=$?
        # Exact quantiles need another round of all parts.
        [ "$code" = 75 ] || break
      done
      exit "$code"

      """
    return SchedulerScripts(
      files: [(job.fileName("parallel.sh"), script)], submission: ["bash " + job.words([job.path("parallel.sh")])])
  }
}
