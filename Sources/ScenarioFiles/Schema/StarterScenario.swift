/// The scenario that a new user starts from: small and complete, with a comment on everything it shows.
package enum StarterScenario {
  /// The file's text.
  package static let text = """
    # A starter scenario: change the numbers, run it, make it yours.
    #   loadcast check FILE       every problem with its location, without running it
    #   loadcast run FILE         a table on the screen, and files in results/
    #   loadcast describe FILE    the assumptions and their sources
    loadcast: 1                       # the version of the language
    title: Electricity of a fleet of accelerators, 2023 to 2028
    about: Replace this text by a description of what is counted and what is not.

    indexes:
      year: 2023..2028                # in formulas, `year` is the bare number of the year
    units: [gpu]                      # counted things are units too: the check keeps gpu and W apart

    inputs:
      # `a to b` is a 90 % interval: one chance in twenty below a, one in twenty above b.
      shipments:
        over: year
        value: {2023: 2M gpu/year to 4M gpu/year, 2028: 6M gpu/year to 20M gpu/year}
        interpolate: log                # between the anchor points the value grows by the same factor each year
        dependence: shared              # too high in one year is too high in all; `independent` errors would average out
        source: judgement
      board_power:
        value: 550 W/gpu to 750 W/gpu
        source: manufacturers' data sheets   # every input should state its source
      server_overhead: {value: 1.4 to 1.9, source: judgement}
      load_factor: {value: beta(25% to 62%), source: judgement, note: ratio of mean to rated power}
      retirement: {value: "triangular(10%, 15%, 30%)", unit: 1/year, source: judgement}
      pue: {value: "triangular(1.07, 1.2, 1.6)", source: judgement}

    equations:
      # The units at the end of a year: last year's less those retired, plus the new ones. `previous` is the year before.
      year_end: previous(year_end * (1 - retirement * 1 year), initial=3M gpu) + shipments * 1 year
      fleet: (previous(year_end, initial=3M gpu) + year_end) / 2        # the mean over the year
      electricity: fleet * board_power * server_overhead * load_factor * pue

    correlations:
      - [load_factor, retirement, 0.3]   # rank correlation: heavily used hardware is replaced sooner

    outputs:
      electricity: {unit: TWh/year, compare: [ireland]}
      fleet: {unit: gpu}

    references:
      ireland: {value: 36.1 TWh/year, source: "demand in 2024, Our World in Data"}

    """
}
