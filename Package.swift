// swift-tools-version: 6.1
import PackageDescription

/// Statistical tests draw hundreds of thousands of values, which takes minutes without optimisation. The
/// computing targets are therefore optimised in debug builds too. SwiftPM refuses such flags in a package that
/// another package depends on, so a checkout that is a dependency goes without them.
let isDependency = Context.packageDirectory.contains("/checkouts/")
let optimisedSwift: [SwiftSetting] = isDependency ? [] : [.unsafeFlags(["-O"], .when(configuration: .debug))]
let optimisedC: [CSetting] = isDependency ? [] : [.unsafeFlags(["-O2"], .when(configuration: .debug))]

/// A program built with `--static-swift-stdlib` runs on systems with an older C++ library and glibc 2.34: it contains
/// libstdc++ (`Sources/StaticLibraries`); lld drops what nothing calls with the newer functions of glibc that it needs,
/// which the default linker keeps; and `hypot`, of which glibc 2.35 has a new version, is that of `CBlockKernels`.
/// Nothing loads symbols from the program, so it exports none. `.ci/needed_symbols.py` checks the result.
let portableLinking: [LinkerSetting] =
  isDependency
  ? []
  : [
    .unsafeFlags(
      [
        "-use-ld=lld", "-L", "\(Context.packageDirectory)/Sources/StaticLibraries", "-Xlinker", "--no-export-dynamic",
        "-Xlinker", "--wrap=hypot", "-Xlinker", "--wrap=hypotf",
      ], .when(platforms: [.linux]))
  ]

let package = Package(
  name: "loadcast",
  platforms: [.macOS(.v14)],
  products: [
    .executable(name: "loadcast", targets: ["loadcast"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Layer 0: C, and the formats of texts.
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
    .target(name: "CBlockKernels", cSettings: optimisedC, linkerSettings: [.linkedLibrary("m")]),
    .target(name: "CSha256", cSettings: optimisedC),
    .target(name: "TextFormats", dependencies: ["CSha256"], swiftSettings: optimisedSwift),
    .target(name: "CStartup"),
    .target(name: "CSobolNumbers", exclude: ["LICENSE.txt"], cSettings: optimisedC),

    // Layer 1: problems with their places, and numbers; none of these modules imports another of them.
    .target(name: "Diagnostics", dependencies: ["TextFormats"], swiftSettings: optimisedSwift),
    .target(name: "LinearAlgebra", dependencies: ["COpenBLAS"], swiftSettings: optimisedSwift),
    .target(name: "VectorMath", dependencies: ["CBlockKernels"], swiftSettings: optimisedSwift),

    // Layer 2: units, samples and distributions.
    .target(name: "Units", dependencies: ["TextFormats", "VectorMath"], swiftSettings: optimisedSwift),
    .target(name: "Sampling", dependencies: ["CSobolNumbers", "VectorMath"], swiftSettings: optimisedSwift),
    .target(
      name: "Distributions", dependencies: ["TextFormats", "VectorMath"], exclude: ["ACCURACY.md"],
      swiftSettings: optimisedSwift),

    // Layer 3: the checked model.
    .target(
      name: "Modeling",
      dependencies: ["Diagnostics", "Distributions", "LinearAlgebra", "Sampling", "Units", "VectorMath"],
      swiftSettings: optimisedSwift),

    // Layer 4: from text to model, and from model to summaries.
    .target(
      name: "ScenarioFiles",
      dependencies: [
        "Diagnostics", "Distributions", "Modeling", "Sampling", "TextFormats", "Units", "VectorMath",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: optimisedSwift),
    .target(
      name: "Simulation",
      dependencies: ["Diagnostics", "Distributions", "LinearAlgebra", "Modeling", "Sampling", "Units", "VectorMath"],
      swiftSettings: optimisedSwift),

    // Layer 5: what results say of inputs.
    .target(
      name: "Analysis",
      dependencies: [
        "Diagnostics", "Distributions", "LinearAlgebra", "Modeling", "Sampling", "Simulation", "TextFormats", "Units",
        "VectorMath",
      ],
      swiftSettings: optimisedSwift),
    .target(
      name: "Evidence",
      dependencies: [
        "Diagnostics", "Distributions", "LinearAlgebra", "Modeling", "Sampling", "Simulation", "Units", "VectorMath",
      ],
      swiftSettings: optimisedSwift),

    // Layer 6: results to files and pages.
    .target(
      name: "Reporting",
      dependencies: [
        "Analysis", "Diagnostics", "Distributions", "Evidence", "LinearAlgebra", "Modeling", "Sampling", "Simulation",
        "TextFormats", "Units", "VectorMath",
      ],
      swiftSettings: optimisedSwift),

    // Layer 7: the command line.
    .executableTarget(
      name: "loadcast",
      dependencies: [
        "Analysis", "CStartup", "Diagnostics", "Evidence", "LinearAlgebra", "Modeling", "Reporting", "ScenarioFiles",
        "Simulation", "TextFormats", "VectorMath",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      linkerSettings: portableLinking),

    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Distributions", "Modeling", "Reporting", "Sampling", "ScenarioFiles", "Simulation", "TextFormats",
        "VectorMath",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Mutated inputs for everything that reads what strangers wrote.
    .executableTarget(
      name: "Fuzzing",
      dependencies: [
        "Diagnostics", "Evidence", "Modeling", "Reporting", "ScenarioFiles", "Simulation", "TextFormats", "Units",
        "VectorMath",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .testTarget(name: "ArchitectureTests"),
    .testTarget(name: "BenchmarksTests", dependencies: ["Benchmarks", "Reporting"]),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
    .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"], exclude: ["Reference"]),
    .testTarget(
      name: "VectorMathTests", dependencies: ["VectorMath"], exclude: ["Reference"], swiftSettings: optimisedSwift),
    .testTarget(name: "TextFormatsTests", dependencies: ["TextFormats"]),
    .testTarget(name: "UnitsTests", dependencies: ["Units"], exclude: ["Reference"]),
    .testTarget(
      name: "SamplingTests", dependencies: ["Sampling", "VectorMath"], exclude: ["Reference"],
      swiftSettings: optimisedSwift),
    .testTarget(
      name: "DistributionsTests", dependencies: ["Distributions"], exclude: ["Reference"], swiftSettings: optimisedSwift
    ),
    .testTarget(
      name: "ModelingTests", dependencies: ["Diagnostics", "Distributions", "Modeling", "Sampling", "Units"]),
    .testTarget(
      name: "ScenarioFilesTests", dependencies: ["Diagnostics", "Distributions", "Modeling", "ScenarioFiles", "Units"],
      exclude: ["Mistakes"]),
    .testTarget(
      name: "SimulationTests",
      dependencies: ["Diagnostics", "Distributions", "Modeling", "Sampling", "ScenarioFiles", "Simulation", "Units"],
      exclude: ["Reference"], swiftSettings: optimisedSwift),
    .testTarget(
      name: "EvidenceTests",
      dependencies: [
        "Diagnostics", "Distributions", "Evidence", "LinearAlgebra", "Modeling", "ScenarioFiles", "Simulation",
      ],
      exclude: ["Reference"], swiftSettings: optimisedSwift),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "Diagnostics", "Distributions", "Evidence", "Modeling", "Reporting", "ScenarioFiles", "Simulation",
        "TextFormats", "Units",
      ]),
    .testTarget(
      name: "AnalysisTests",
      dependencies: [
        "Analysis", "Diagnostics", "Distributions", "Modeling", "Sampling", "ScenarioFiles", "Simulation",
      ],
      exclude: ["Reference"],
      swiftSettings: optimisedSwift),
    .testTarget(
      name: "LoadcastTests",
      dependencies: [
        "Analysis", "Benchmarks", "Distributions", "Fuzzing", "Modeling", "Reporting", "Sampling", "ScenarioFiles",
        "TextFormats", "Units", "loadcast",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
