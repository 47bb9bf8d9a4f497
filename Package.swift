// swift-tools-version: 6.1
import PackageDescription

/// Statistical tests draw hundreds of thousands of values, which takes minutes without optimisation. The
/// computing targets are therefore optimised in debug builds too. SwiftPM refuses such flags in a package that
/// another package depends on, so a checkout that is a dependency goes without them.
let isDependency = Context.packageDirectory.contains("/checkouts/")
let optimisedSwift: [SwiftSetting] = isDependency ? [] : [.unsafeFlags(["-O"], .when(configuration: .debug))]
let optimisedC: [CSetting] = isDependency ? [] : [.unsafeFlags(["-O2"], .when(configuration: .debug))]

let package = Package(
  name: "loadcast",
  platforms: [.macOS(.v14)],
  targets: [
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
    .target(name: "Distributions", swiftSettings: optimisedSwift),
    .target(name: "LinearAlgebra", swiftSettings: optimisedSwift),
    .target(name: "Sampling", swiftSettings: optimisedSwift),
  ],
  swiftLanguageModes: [.v6]
)
