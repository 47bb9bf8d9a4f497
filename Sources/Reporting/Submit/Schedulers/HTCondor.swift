/// An HTCondor DAG: a cluster of jobs that make the parts, then one that merges them.
///
/// Source: condor_submit(1) and condor_submit_dag(1) of HTCondor 10.
package enum HTCondor: Scheduler {
  package static let name = "htcondor"
  package static let summary = "HTCondor DAG"

  package static func scripts(of job: SchedulerJob, options: [String]) -> SchedulerScripts {
    let (part, merge) = (job.fileName("part.sh"), job.fileName("merge.sh"))
    func script(_ command: String) -> String { "#!/bin/bash\nexec \(command)\n" }
    func description(_ script: String, _ arguments: String, cpus: Int, tail: String) -> String {
      """
      universe = vanilla
      executable = \(script.replacing("$", with: "$(DOLLAR)"))
      \(arguments)request_cpus = \(cpus)
      request_memory = \(job.megabytes)
      should_transfer_files = NO
      kill_sig = SIGTERM
      job_max_vacate_time = 60
      on_exit_remove = ExitCode =!= 75
      log = \(job.path("log").replacing("$", with: "$(DOLLAR)"))
      \(tail)

      """
    }
    return SchedulerScripts(
      files: [
        (part, script(job.makePart("$(($1 + 1))", workers: "\(job.cpus)"))),
        (merge, script(job.mergeParts)),
        (
          job.fileName("parts.sub"),
          description(job.path("part.sh"), "arguments = $(Process)\n", cpus: job.cpus, tail: "queue \(job.tasks)")
        ),
        (job.fileName("merge.sub"), description(job.path("merge.sh"), "", cpus: 1, tail: "queue")),
        (
          job.fileName("dag"),
          """
          JOB parts "\(job.path("parts.sub"))"
          JOB merge "\(job.path("merge.sub"))"
          PARENT parts CHILD merge

          """
        ),
      ],
      submission: [
        "chmod +x " + job.words([job.path("part.sh"), job.path("merge.sh")]),
        "condor_submit_dag " + job.words(options + [job.path("dag")]),
      ])
  }
}
