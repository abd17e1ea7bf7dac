"""Measurements with a budget, run by ``make bench`` and asserted, more generously, by the slow suite."""
