#!/usr/bin/env python3
"""Writes matrices.txt beside it: correlation matrices with SciPy's Cholesky factors and eigenvalues.

    pip install numpy scipy==1.17.1
    python3 Tests/LinearAlgebraTests/Reference/make_matrices.py

A matrix is a line each of `matrix SIZE`, entries row-major, the lower factor row-major, eigenvalues ascending.
"""
from pathlib import Path

import numpy
import scipy.linalg

random = numpy.random.default_rng(7)
lines = []
for size in [1, 2, 3, 5, 8, 18, 40]:
    for loading in [0.3, 0.95]:
        factors = random.standard_normal((size, max(1, size // 2)))
        covariance = loading * factors @ factors.T + (1 - loading) * numpy.diag(random.uniform(0.5, 2, size))
        scale = numpy.sqrt(numpy.diag(covariance))
        matrix = covariance / numpy.outer(scale, scale)
        matrix = (matrix + matrix.T) / 2
        numpy.fill_diagonal(matrix, 1)
        lines.append(f"matrix {size}")
        for values in [matrix, scipy.linalg.cholesky(matrix, lower=True), scipy.linalg.eigvalsh(matrix)]:
            lines.append(" ".join(repr(float(v)) for v in values.ravel()))
(Path(__file__).parent / "matrices.txt").write_text("\n".join(lines) + "\n")
