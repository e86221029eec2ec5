"""How records come in: fetch (input and output), then parse (pure) into records, rejected rows and provenance."""

from __future__ import annotations
