#!/usr/bin/env python3
"""The grid of `grid.yaml` in NumPy and in numba, cell by cell: `grid.py numpy|numba DRAWS`.

Prints the CPU seconds of the cells alone, then the mean and the quantiles of the total. Drawing the inputs is not included:
it is the same in both and takes a thousandth of the time. No program uses that the sum of the products is the product of the
sums, since other formulas have no such form.
"""
import resource
import sys

import numpy as np

ROWS = COLUMNS = 1000
# `1 to 2` is the 90 % interval of a lognormal distribution.
MU, SIGMA = 0.5 * np.log(2.0), np.log(2.0) / (2 * 1.6448536269514722)
BLOCK = 1024   # draws whose inputs are in memory
STRIP = 32     # rows of a NumPy chunk: 256 KB, in the second-level cache
LANES = 64     # draws of a numba chunk: 512 KB of columns


def inputs(generator, draws):
    """The rows and the columns of some draws, a draw per row of each array."""
    return (np.exp(MU + SIGMA * generator.standard_normal((draws, ROWS))),
            np.exp(MU + SIGMA * generator.standard_normal((draws, COLUMNS))))


def numpy_totals(rows, columns):
    chunk = np.empty((STRIP, COLUMNS))
    totals = np.zeros(len(rows))
    for draw in range(len(rows)):
        for first in range(0, ROWS, STRIP):
            strip = rows[draw, first:first + STRIP]
            cells = np.multiply.outer(strip, columns[draw], out=chunk[:len(strip)])
            totals[draw] += cells.sum()
    return totals


def numba_kernel():
    from numba import njit

    @njit(fastmath=True)
    def totals(rows, columns):
        """Arrays by chunk, cell and lane, so that the innermost loop is over draws."""
        out = np.zeros((len(rows), LANES))
        for chunk in range(len(rows)):
            sums = np.zeros(LANES)
            for i in range(ROWS):
                for j in range(COLUMNS):
                    for lane in range(LANES):
                        sums[lane] += rows[chunk, i, lane] * columns[chunk, j, lane]
            out[chunk] = sums
        return out

    def by_chunk(x):
        return np.ascontiguousarray(x.reshape(-1, LANES, x.shape[1]).transpose(0, 2, 1))

    def run(rows, columns):
        return totals(by_chunk(rows), by_chunk(columns)).ravel()

    run(np.ones((LANES, ROWS)), np.ones((LANES, COLUMNS)))  # compiles
    return run


def cpu():
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


def main():
    kind, draws = sys.argv[1], int(float(sys.argv[2]))
    kernel = numpy_totals if kind == "numpy" else numba_kernel()
    generator = np.random.default_rng(1)
    seconds, found = 0.0, []
    for first in range(0, draws, BLOCK):
        rows, columns = inputs(generator, BLOCK)
        start = cpu()
        found.append(kernel(rows, columns))
        seconds += cpu() - start
    totals = np.concatenate(found)
    print(f"{kind}: {seconds:.3f} CPU s for {len(totals)} draws, {1e6 * seconds / len(totals):.1f} us a draw")
    print("mean", totals.mean(), "quantiles", np.quantile(totals, [0.05, 0.5, 0.95]))


main()
