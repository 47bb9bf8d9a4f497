/// A Slurm job array, and a job that merges its parts after all tasks have ended.
///
/// Source: sbatch(1) of Slurm 22.05. `afterany` and not `afterok`, which waits for ever after a failed task: `merge` itself
/// names what is missing.
package enum Slurm: Scheduler {
  package static let name = "slurm"
  package static let summary = "Slurm job array"
  package static let makesRounds = true

  package static func scripts(of job: SchedulerJob, options: [String]) -> SchedulerScripts {
    let array = """
      #!/bin/bash
      #SBATCH --job-name=\(job.plainName)
      #SBATCH --array=1-\(job.tasks)
      #SBATCH --nodes=1
      #SBATCH --ntasks=1
      #SBATCH --cpus-per-task=\(job.cpus)
      #SBATCH --mem=\(job.megabytes)M
      #SBATCH --time=\(job.minutes)
      #SBATCH --requeue
      #SBATCH --signal=TERM@60
      #SBATCH --open-mode=append
      # srun gives the signal to the program, which then keeps what is done and exits with 75.
      srun --cpus-per-task="$SLURM_CPUS_PER_TASK" \(job.makePart("$SLURM_ARRAY_TASK_ID", workers: "\"$SLURM_CPUS_PER_TASK\""))
      code=$?
      if [ "$code" = 75 ]; then scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"; fi
      exit "$code"

      """
    func sbatch(_ flags: [String], _ ending: String) -> String {
      (["sbatch", "--parsable"] + flags).joined(separator: " ")
        + " "
        + job.words(options + ["--output=\(job.parts.replacing("%", with: "%%"))/%x.%A.%a.log", job.path(ending)])
    }
    let submission = [
      "array=$(\(sbatch([], "array.sbatch"))) || exit",
      sbatch(["--dependency=\"afterany:${array%%;*}\"", "--kill-on-invalid-dep=yes"], "merge.sbatch"),
    ]
    let merge = """
      #!/bin/bash
      #SBATCH --job-name=\(job.plainName)-merge
      #SBATCH --nodes=1
      #SBATCH --ntasks=1
      #SBATCH --cpus-per-task=1
      #SBATCH --mem=\(job.megabytes)M
      #SBATCH --time=\(job.minutes)
      \(job.merge(resubmitting: submission))

      """
    return SchedulerScripts(
      files: [(job.fileName("array.sbatch"), array), (job.fileName("merge.sbatch"), merge)],
      submission: submission)
  }
}
