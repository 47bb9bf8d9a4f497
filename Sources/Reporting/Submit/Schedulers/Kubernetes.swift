import TextFormats

/// A Kubernetes indexed job, and a job that merges its parts.
///
/// Source: Kubernetes 1.29, "Jobs": completion mode Indexed, pod failure policy, backoff limit per index.
package enum Kubernetes: Scheduler {
  package static let name = "kubernetes"
  package static let summary = "Kubernetes indexed job; adapt image and volume"
  /// The completions of a job with a backoff limit per index, of which a tenth may run at the same time.
  package static let mostTasks = 100_000

  package static func scripts(of job: SchedulerJob, options: [String]) -> SchedulerScripts {
    let name = job.plainName.lowercased().replacing(".", with: "-")
    let parts = manifest(
      "\(name)-parts", job, cpus: job.cpus,
      command: "exec " + job.makePart("$((JOB_COMPLETION_INDEX + 1))", workers: "\(job.cpus)"),
      // A part of an invalid scenario (65) is not tried again; an interrupted one (75) goes on.
      rules: """
          completionMode: Indexed
          completions: \(job.tasks)
          parallelism: \(min(job.tasks, mostTasks / 10))
          backoffLimitPerIndex: 5
          podFailurePolicy:
            rules:
              - {action: FailIndex, onExitCodes: {containerName: loadcast, operator: In, values: [64, 65, 66]}}

        """)
    let merge = manifest("\(name)-merge", job, cpus: 1, command: "exec " + job.mergeParts, rules: "  backoffLimit: 5\n")
    let files = [(job.fileName("parts.yaml"), parts), (job.fileName("merge.yaml"), merge)]
    func kubectl(_ words: [String]) -> String { "kubectl " + job.words(words + options) }
    return SchedulerScripts(
      files: files,
      submission: [
        kubectl(["apply", "-f", job.path("parts.yaml")]),
        kubectl(["wait", "--for=condition=complete", "--timeout=\(job.minutes * 6)m", "job/\(name)-parts"]),
        kubectl(["apply", "-f", job.path("merge.yaml")]),
      ])
  }

  /// A job's manifest; Kubernetes expands `$(NAME)` in commands, and `$$` stands for `$`.
  private static func manifest(_ name: String, _ job: SchedulerJob, cpus: Int, command: String, rules: String) -> String
  {
    """
    apiVersion: batch/v1
    kind: Job
    metadata: {name: \(name)}
    spec:
    \(rules)  activeDeadlineSeconds: \(job.minutes * 360)
      template:
        spec:
          restartPolicy: Never
          terminationGracePeriodSeconds: 60
          containers:
            - name: loadcast
              image: loadcast
              workingDir: /study
              command: [bash, -c, \(JSON.string(command.replacing("$", with: "$$")).text)]
              resources:
                requests: {cpu: "\(cpus)", memory: \(job.megabytes)Mi}
                limits: {memory: \(job.megabytes)Mi}
              volumeMounts: [{name: study, mountPath: /study}]
          volumes:
            - name: study
              persistentVolumeClaim: {claimName: study}

    """
  }
}
