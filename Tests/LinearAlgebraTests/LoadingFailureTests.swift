import Foundation
import Testing

@testable import LinearAlgebra

@Suite("A library that cannot be loaded is not called missing")
struct LoadingFailureTests {
  private static let missing = "libopenblas.so: cannot open shared object file: No such file or directory"

  @Test("It is missing if no name of it exists")
  func missing() {
    let failure = LoadingFailure.of([Self.missing, Self.missing], name: "libopenblas.so.0")
    #expect(failure.code == EX_UNAVAILABLE)
    #expect(failure.message.hasPrefix("loadcast needs OpenBLAS, and there is no libopenblas.so.0: install it"))
  }

  @Test(
    "The texts of loaders that are short of memory",
    arguments: [
      "libopenblas.so.0: failed to map segment from shared object",
      "libopenblas.so.0: cannot allocate memory in static TLS block",
      "libopenblas.so.0: cannot create shared object descriptor: Cannot allocate memory",
      "Error loading shared library libopenblas.so.0: Out of memory",
    ])
  func memory(reason: String) {
    let failure = LoadingFailure.of([reason, Self.missing], name: "libopenblas.so.0")
    #expect(failure.code == EX_OSERR)
    #expect(failure.message.contains(reason) && failure.message.contains("refused the memory"))
  }

  @Test("Any other reason is quoted")
  func other() {
    let failure = LoadingFailure.of([Self.missing, "libopenblas.so: invalid ELF header"], name: "libopenblas.so.0")
    #expect(failure.code == EX_UNAVAILABLE && failure.message.contains("cannot be loaded (libopenblas.so: invalid"))
  }
}
