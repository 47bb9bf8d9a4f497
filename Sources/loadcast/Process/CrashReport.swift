import CStartup
import Reporting

/// The message for an internal error; `CStartup` prints it, or that for memory which the system has refused, and ends the
/// process with code 70 or 71.
enum CrashReport {
  /// The request to report an internal error.
  static let request = """
    This is an internal error of loadcast, not a mistake in your scenario. Please report it where you obtained loadcast,
    with the scenario, the command, the lines above, and the version: loadcast \(EngineVersion.current).

    """

  /// Makes traps print the request, instead of the shorter message that is printed for traps before this.
  static func install() {
    loadcast_handle_traps()
    var message = "\n" + request
    message.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { loadcast_set_crash_message($0.baseAddress, $0.count) }
    }
  }
}
