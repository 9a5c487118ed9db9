# SPDX-License-Identifier: MIT
"""The parts of scripts/fit: tables in, priors and spreads out."""
