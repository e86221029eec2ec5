"""Results as tables, charts, pages and PDF, in every language of the city."""

from __future__ import annotations
