/// A PBS job array, and a job that merges its parts.
///
/// Source: qsub(1B) of OpenPBS 22.05.
package enum PBS: Scheduler {
  package static let name = "pbs"
  package static let summary = "PBS or OpenPBS job array"
  package static let makesRounds = true

  package static func scripts(of job: SchedulerJob, options: [String]) -> SchedulerScripts {
    // An array needs two tasks at least.
    let array = """
      #!/bin/bash
      #PBS -N \(job.plainName.prefix(15))
      \(job.tasks > 1 ? "#PBS -J 1-\(job.tasks)\n" : "")#PBS -l select=1:ncpus=\(job.cpus):mem=\(job.megabytes)mb
      #PBS -l walltime=\(job.clock)
      #PBS -r y
      cd "$PBS_O_WORKDIR" || exit 74
      # Before the time limit the scheduler sends SIGTERM; the task keeps what is done. Submit the array again to go on.
      exec \(job.makePart("${PBS_ARRAY_INDEX:-1}", workers: "\(job.cpus)"))

      """
    func qsub(_ flags: [String], _ ending: String) -> String {
      (["qsub"] + flags).joined(separator: " ") + " " + job.words(options + [job.path(ending)])
    }
    let submission = [
      "array=$(\(qsub([], "array.pbs"))) || exit", qsub(["-W", "depend=\"afterany:$array\""], "merge.pbs"),
    ]
    let merge = """
      #!/bin/bash
      #PBS -N \((job.plainName.prefix(9)) + "-merge")
      #PBS -l select=1:ncpus=1:mem=\(job.megabytes)mb
      #PBS -l walltime=\(job.clock)
      cd "$PBS_O_WORKDIR" || exit 74
      \(job.merge(resubmitting: submission))

      """
    return SchedulerScripts(
      files: [(job.fileName("array.pbs"), array), (job.fileName("merge.pbs"), merge)],
      submission: submission)
  }
}
