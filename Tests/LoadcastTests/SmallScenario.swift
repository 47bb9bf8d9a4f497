/// A scenario with a little of everything, small enough to read.
let smallScenario = """
  title: Electricity of a small fleet
  indexes:
    year: 2024..2026
  units: [gpu]
  inputs:
    shipments:
      over: year
      value: {2024: 1M gpu/year to 2M gpu/year, 2026: 2M gpu/year to 5M gpu/year}
      interpolate: linear
      dependence: shared
      source: Omdia 2023
    power:
      value: 550 W/gpu to 700 W/gpu
      source: data sheets
      note: at the board
    load_factor: beta(25% to 62%)
  equations:
    fleet: cumulative(shipments * 1 year)
    electricity: fleet * power * load_factor
    per_gpu: power * load_factor
  outputs:
    electricity: {unit: TWh/year, compare: [argentina]}
    per_gpu: {unit: W/gpu}
  references:
    argentina: {value: 120 TWh/year to 130 TWh/year, source: IEA}
  correlations:
    - [power, load_factor, -0.3]
  run: {draws: 100k, seed: 7}

  """
