"""Commonweal: plan, run, measure and honestly report a city's public-safety strategy."""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["__version__"]
