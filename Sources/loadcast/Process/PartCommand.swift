import Reporting

extension PartFile.Command {
  /// The flags that every command that makes parts has; those of one command are added to them.
  ///
  /// - Parameter name: the command; nil for `run`.
  init(
    _ name: String?, _ scenario: ScenarioOptions, _ settings: SettingOptions, _ conditioning: ConditioningOptions
  ) {
    self.init(
      path: scenario.path, set: scenario.assignments, root: scenario.root,
      conditioning: conditioning.conditioning?.rawValue)
    self.name = name
    (draws, seed, design) = (settings.draws, settings.seed, settings.design)
    posterior = conditioning.posterior
  }
}
