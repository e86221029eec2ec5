"""The pages and the API, served with FastAPI."""

from __future__ import annotations
