"""The city as data: one folder, loaded and checked."""

from __future__ import annotations
