"""The shell: load records, run engines, give a result with its provenance; one file a question."""

from __future__ import annotations
