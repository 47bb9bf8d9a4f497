import Modeling
import Reporting
import Simulation
import Testing

@Suite("Screens read as one would paste them into a mail")
struct ScreenTests {
  let fixed = FixedResult()

  @Test("a run: tables, comparisons, remarks, notes, settings and files")
  func run() {
    let screen = RunScreen(of: fixed.result, folder: "results/small", files: ["summary.csv", "record.json"])
    #expect(
      screen.text == """
        A small sector

        electricity, TWh/year
        region  year  median  90 % interval  mean
        us      2020  10.0     5.5 to 14.5   10.4
                2021  20.0    11.0 to 29.0   20.8
        eu, uk  2020  30.0    16.5 to 43.5   31.2
                2021  40.0    22.0 to 58.0   41.6

        output     unit  median  90 % interval           mean
        intensity  g/J   0.0046  0.0025 to 0.0066  not stable
        constant         2.5     constant                 2.5

        electricity, compared draw by draw
          us,2020:     0.041 times argentina (90 %: 0.022 to 0.78); probability of exceeding it below 0.001 %
          us,2021:     0.083 times argentina (90 %: 0.022 to 0.78); probability of exceeding it 12 %
          eu, uk,2020: 0.12 times argentina (90 %: 0.022 to 0.78); probability of exceeding it 99.96 %
          eu, uk,2021: 0.17 times argentina (90 %: 0.022 to 0.78); probability of exceeding it below 0.001 %
          (scope not fully comparable: argentina has boundary facility; electricity states none)
          (scope not fully comparable: electricity has sector ai; argentina states none)
          us,2020: 2.0 times bitcoin[edition=first] (90 %: 1.0 to 3.0); probability of exceeding it above 99.999 %
          us,2020: 2.0 times bitcoin[edition=revised] (90 %: 1.0 to 3.0); probability of exceeding it above 99.999 %
          (electricity was multiplied by growth before the comparison with bitcoin)
          (2 draws without a finite ratio are excluded from the ratios to bitcoin)

        The mean of intensity is not shown: its tail is heavy
        17 of 1M draws of intensity were not finite and are excluded; first in draw 48213: electricity[us,2020] was not finite

        1M draws, seed 18446744073709551615, design sobol: 0.83 s on 2 workers
        results/small: summary.csv, record.json

        """)
  }

  @Test("an output's note is printed after the comparisons, wrapped, and only there")
  func notes() {
    var result = fixed.result
    #expect(!RunScreen(of: result, folder: nil, files: []).text.contains("notes on outputs"))
    result.outputs[1].output.note =
      "reproduced, " + Array(repeating: "with the figures of the time", count: 4).joined(separator: ", ")
    let text = RunScreen(of: result, folder: nil, files: []).text
    #expect(
      text.contains(
        """

          (2 draws without a finite ratio are excluded from the ratios to bitcoin)

        notes on outputs
          intensity: reproduced, with the figures of the time, with the figures of the time, with the
            figures of the time, with the figures of the time

        The mean of
        """))
    #expect(RunScreen(of: result, folder: nil, files: []).json.contains("\"note\": \"reproduced, with"))
  }

  @Test(
    "years in which an output is more likely than not above a reference are named, also when it falls below again",
    arguments: [
      ([], "never more likely than not above argentina"),
      ([2027, 2028, 2029, 2030, 2031], "more likely than not above argentina from 2027 on"),
      ([2022, 2023, 2024, 2026], "more likely than not above argentina from 2022 to 2024, in 2026\n"),
      ([2020, 2031], "more likely than not above argentina in 2020, from 2031 on"),
    ])
  func exceedancePeriods(above: [Int], sentence: String) {
    var result = FixedResult(through: 2031).result
    let comparison = Comparison(reference: QuantityID(5), text: "argentina")
    let output = Output(
      quantity: QuantityID(1), unit: .one, scope: [:], comparisons: [comparison], place: FixedResult.place(5, 3))
    let rows = (2020...2031).map { year in
      ComparisonRow(
        cell: year - 2020, referenceLabels: [:], ratio: year == 2020 ? (.nan, .nan, .nan) : (1, 2, 3),
        exceeds: Estimate(above.contains(year) ? 0.6 : 0.4, error: 0.001), nonFinite: 0)
    }
    result.outputs = [
      OutputResult(
        output: output, cells: rows.map { _ in FixedResult.cell(median: 1, error: 0.01) }, comparisons: [rows])
    ]
    let text = RunScreen(of: result, folder: nil, files: []).text
    #expect(text.contains("  " + sentence), "\(text)")
    #expect(text.contains("  2020: no finite ratio to argentina; probability of exceeding it"), "\(text)")
  }

  @Test(
    "a narrow interval far from zero shows the digits that distinguish its ends, as far as its standard error allows")
  func narrow() {
    var result = fixed.result
    result.outputs = [result.outputs[2]]
    let probabilities = CellSummary.probabilities
    func lines(_ error: Double) -> String {
      result.outputs[0].cells[0] = CellSummary(
        draws: 1000, nonFinite: 0, mean: Estimate(2026.7, error: error), momentWarning: nil, sd: 1, min: 2020,
        max: 2034, quantiles: probabilities.map { Estimate(2024 + $0 * 5, error: error) }, histogram: [])
      return RunScreen(of: result, folder: nil, files: []).text
    }
    #expect(lines(0.1).contains("2027    2024 to 2029   2027"), "\(lines(0.1))")
    #expect(lines(3).contains("2030    2020 to 2030   2030"), "\(lines(3))")
  }

  @Test("a long table is cut, and says where the rest is")
  func longTable() {
    let result = FixedResult(through: 2049).result
    let text = RunScreen(of: result, folder: nil, files: ["summary.csv", "comparisons.csv"]).text
    #expect(
      text == """
        A small sector

        electricity, TWh/year
        region  year  median  90 % interval    mean
        us      2020   10.0     5.5 to  14.5   10.4
                2021   20.0    11.0 to  29.0   20.8
                2022   30.0    16.5 to  43.5   31.2
                2023   40.0    22.0 to  58.0   41.6
                2024   50.0    27.5 to  72.5   52.0
                2025   60.0    33.0 to  87.0   62.4
                2026   70.0    38.5 to 102     72.8
                2027   80.0    44.0 to 116     83.2
                2028   90.0    49.5 to 131     93.6
                2029  100      55.0 to 145    104
        … 40 more rows: see summary.csv
        eu, uk  2040  510     281   to 740    530
                2041  520     286   to 754    541
                2042  530     292   to 769    551
                2043  540     297   to 783    562
                2044  550     303   to 798    572
                2045  560     308   to 812    582
                2046  570     314   to 827    593
                2047  580     319   to 841    603
                2048  590     325   to 856    614
                2049  600     330   to 870    624

        output     unit  median  90 % interval           mean
        intensity  g/J   0.0046  0.0025 to 0.0066  not stable
        constant         2.5     constant                 2.5

        electricity, compared draw by draw
          us,2020:     0.041 times argentina (90 %: 0.022 to 0.78); probability of exceeding it below 0.001 %
          us,2021:     0.083 times argentina (90 %: 0.022 to 0.78); probability of exceeding it 12 %
          us,2022:     0.12 times argentina (90 %: 0.022 to 0.78); probability of exceeding it 99.96 %
          … 54 more rows: see comparisons.csv
          eu, uk,2047: 2.4 times argentina (90 %: 0.022 to 0.78); probability of exceeding it below 0.001 %
          eu, uk,2048: 2.4 times argentina (90 %: 0.022 to 0.78); probability of exceeding it 12 %
          eu, uk,2049: 2.5 times argentina (90 %: 0.022 to 0.78); probability of exceeding it 99.96 %
          (scope not fully comparable: argentina has boundary facility; electricity states none)
          (scope not fully comparable: electricity has sector ai; argentina states none)
          us,2020: 2.0 times bitcoin[edition=first] (90 %: 1.0 to 3.0); probability of exceeding it above 99.999 %
          us,2020: 2.0 times bitcoin[edition=revised] (90 %: 1.0 to 3.0); probability of exceeding it above 99.999 %
          (electricity was multiplied by growth before the comparison with bitcoin)
          (2 draws without a finite ratio are excluded from the ratios to bitcoin)

        The mean of intensity is not shown: its tail is heavy
        17 of 1M draws of intensity were not finite and are excluded; first in draw 48213: electricity[us,2020] was not finite

        1M draws, seed 18446744073709551615, design sobol: 0.83 s on 2 workers

        """)
  }

  @Test("a description: indexes, the register, equations, outputs, settings")
  func description() {
    #expect(
      DescriptionScreen(of: fixed.model).text == """
        A small sector

        Indexes
          name     labels
          edition       2  first, revised
          region        2  us, eu, uk
          year          2  2020, 2021

        Inputs
          name          value         unit  origin                  source
          load          1 GW to 2 GW  GW    scenarios/small.yaml:3  judgement, "ours"; quality: low
          growth[2020]  1                   scenarios/small.yaml:4  shared across year
          growth[2021]  1.1 to 1.4          scenarios/small.yaml:5

        References
          name       value        unit      origin                  source
          argentina  80 TWh/year  TWh/year  scenarios/small.yaml:3  CBECI 2023; boundary: facility
          bitcoin    80 TWh/year  TWh/year  scenarios/small.yaml:3  CBECI 2023; boundary: facility

        Sources, oldest first
          2023  CBECI 2023: argentina, bitcoin
          Based wholly or partly on judgement: load
          No source: growth

        Correlations
          load, growth: 0.5

        Equations
          electricity[region,year], TWh/year, output
            = load * growth
            uses load, growth
          intensity, g/J, output
            = electricity[year=2020] / load
            uses load, growth
          constant, output
            = load * growth
            uses load, growth

        Outputs
          electricity, TWh/year, sector: ai, compared with argentina, bitcoin
          intensity, g/J
          constant

        Run
          draws 1M (default)
          seed 18446744073709551615 (--seed)
          design sobol (default)

        """)
  }

  @Test("a draw: inputs with their probabilities, formulas, outputs")
  func draw() {
    let values = [
      DrawExplanation.Value(quantity: QuantityID(0), cells: [1.234567891], probabilities: [0.4321]),
      DrawExplanation.Value(quantity: QuantityID(1), cells: [1, 1.05], probabilities: [nil, 0.999987654]),
      DrawExplanation.Value(quantity: QuantityID(5), cells: [80], probabilities: [nil]),
      DrawExplanation.Value(quantity: QuantityID(2), cells: [10.8, 11.3, 10.8, 11.3], probabilities: []),
      DrawExplanation.Value(quantity: QuantityID(3), cells: [2e-9], probabilities: []),
    ]
    let screen = DrawScreen(of: DrawExplanation(number: 48213, values: values), in: fixed.model)
    #expect(
      screen.text == """
        A small sector: draw 48213, seed 18446744073709551615, design sobol

        Inputs
          name            value  unit  source
          load          1.23457  GW    43.21st percentile of 1 GW to 2 GW
          growth[2020]  1              1
          growth[2021]  1.05           25 % of the way between 1 and 99.998765th percentile of 1.1 to 1.4

        References
          name       value  unit      source
          argentina     80  TWh/year  80 TWh/year

        Equations
          electricity = load * growth
            region  year  TWh/year
            us      2020      10.8
                    2021      11.3
            eu, uk  2020      10.8
                    2021      11.3
          intensity = electricity[year=2020] / load
            = 2e-9 g/J

        Outputs
          name                      value  unit
          electricity[us,2020]       10.8  TWh/year
          electricity[us,2021]       11.3  TWh/year
          electricity[eu, uk,2020]   10.8  TWh/year
          electricity[eu, uk,2021]   11.3  TWh/year
          intensity                  2e-9  g/J

        """)
  }

  @Test("what a scenario says never reaches the terminal as a command, nor breaks a table's lines")
  func harmless() {
    var model = fixed.model
    model.title = "\u{1B}[31mred\u{7}\u{202E}"
    model.about = "first\nsecond\n"
    model.quantities[0].provenance = Provenance(source: "two\r\nlines\u{9B}")
    let lines = DescriptionScreen(of: model).text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0...4] == ["\u{FFFD}[31mred\u{FFFD}\u{FFFD}", "", "first", "second", ""])
    #expect(lines.contains { $0.hasSuffix("scenarios/small.yaml:3  two lines\u{FFFD}") })
  }

  @Test("a check: one line of counts")
  func check() {
    var model = fixed.model
    model.skippedTableRows = 1
    #expect(
      CheckScreen(of: model, path: "x.yaml").text == """
        x.yaml: valid: 2 inputs, 3 equations, 2 references, 3 outputs, 1 table row skipped

        """)
  }
}
