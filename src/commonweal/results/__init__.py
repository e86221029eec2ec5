"""Measures, comparisons, claims, commitments, suppression: pure functions over tables and numbers."""

from __future__ import annotations
