"""Where records live; the only importer of DuckDB."""

from __future__ import annotations
