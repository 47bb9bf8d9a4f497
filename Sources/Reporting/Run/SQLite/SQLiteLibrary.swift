import Foundation

/// The functions of the system's SQLite library that write a database into memory.
///
/// The library is loaded when it is first needed, so that the program runs without it. SQLite 3.36 of 2021 is the first
/// version that has `sqlite3_serialize` unless it is built otherwise. Source: sqlite.org, "C-language Interface
/// Specification".
struct SQLiteLibrary: @unchecked Sendable {
  typealias Handle = OpaquePointer
  typealias Text = UnsafePointer<CChar>

  let open: @convention(c) (Text, UnsafeMutablePointer<Handle?>) -> Int32
  let close: @convention(c) (Handle) -> Int32
  let execute: @convention(c) (Handle, Text, Int, Int, Int) -> Int32
  let prepare: @convention(c) (Handle, Text, Int32, UnsafeMutablePointer<Handle?>, Int) -> Int32
  let bindInteger: @convention(c) (Handle, Int32, Int64) -> Int32
  let bindReal: @convention(c) (Handle, Int32, Double) -> Int32
  let bindText: @convention(c) (Handle, Int32, Text, Int32, Int) -> Int32
  let bindNull: @convention(c) (Handle, Int32) -> Int32
  let step: @convention(c) (Handle) -> Int32
  let reset: @convention(c) (Handle) -> Int32
  let finalize: @convention(c) (Handle) -> Int32
  let serialize: @convention(c) (Handle, Text, UnsafeMutablePointer<Int64>, UInt32) -> UnsafeMutablePointer<UInt8>?
  let free: @convention(c) (UnsafeMutableRawPointer?) -> Void
  let message: @convention(c) (Handle) -> Text

  /// Results of calls; sqlite.org, "Result and Error Codes".
  static let ok: Int32 = 0, done: Int32 = 101
  /// The destructor argument that makes SQLite copy a text.
  static let transient = -1

  /// The library, or the reason why it cannot be used.
  static let shared = Result { try SQLiteLibrary() }

  /// The library on Linux and macOS.
  private static let names = ["libsqlite3.so.0", "libsqlite3.so", "/usr/lib/libsqlite3.dylib"]

  private init() throws {
    var reasons: [String] = []
    var found: UnsafeMutableRawPointer?
    for name in Self.names where found == nil {
      found = dlopen(name, RTLD_NOW | RTLD_LOCAL)
      if found == nil { reasons.append(dlerror().map { String(cString: $0) } ?? name) }
    }
    guard let library = found else { throw SQLiteError("it cannot be loaded (\(reasons[0]))", isMissing: true) }
    func symbol<Function>(_ name: String) throws -> Function {
      guard let address = dlsym(library, "sqlite3_" + name) else {
        throw SQLiteError("it has no function sqlite3_\(name); version 3.36 or later is needed", isMissing: true)
      }
      return unsafeBitCast(address, to: Function.self)
    }
    open = try symbol("open")
    close = try symbol("close")
    execute = try symbol("exec")
    prepare = try symbol("prepare_v2")
    bindInteger = try symbol("bind_int64")
    bindReal = try symbol("bind_double")
    bindText = try symbol("bind_text")
    bindNull = try symbol("bind_null")
    step = try symbol("step")
    reset = try symbol("reset")
    finalize = try symbol("finalize")
    serialize = try symbol("serialize")
    free = try symbol("free")
    message = try symbol("errmsg")
  }
}

/// A database that could not be written, with the reason.
package struct SQLiteError: Error, CustomStringConvertible {
  private let reason: String
  /// Whether the system has no SQLite library that can be used.
  package let isMissing: Bool

  init(_ reason: String, isMissing: Bool = false) {
    (self.reason, self.isMissing) = (reason, isMissing)
  }

  /// `results.sqlite cannot be written by the library SQLite: …`
  package var description: String {
    "results.sqlite cannot be written by the library SQLite: \(reason)"
      + (isMissing ? "; install it, on Debian and Ubuntu by: apt-get install libsqlite3-0" : "")
  }
}
