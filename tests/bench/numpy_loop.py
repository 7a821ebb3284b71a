#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""numpy_loop.py N -- N years of Poisson(5) x lognormal(10, 2), vectorised:
all counts, all losses, their sums by year, then what a run tells of them.
Ends with 77 where there is no numpy."""
import sys

try:
    import numpy
except ImportError:
    sys.exit(77)

n = int(sys.argv[1])
r = numpy.random.Generator(numpy.random.PCG64(1))
count = r.poisson(5, n)
loss = r.lognormal(10, 2, count.sum())
year = numpy.bincount(numpy.repeat(numpy.arange(n), count), weights=loss, minlength=n)
told = [year.mean(), year.std(), *numpy.quantile(year, [0.5, 0.95, 0.99])]
assert numpy.isfinite(told).all()
