"""Run every benchmark, one after the other, and write ``benchmarks/RESULTS.md``.

Each benchmark runs in a process of its own and against its peers in the same run. Nothing here is a test: a slow
machine gives other figures, and the page says which machine it was.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
BENCHMARKS = (
    ("queries", "Questions of 20 million incidents", "Targets: 1.0 s and 0.1 s on two cores."),
    ("loading", "Loading Toronto's file", "Reading, validation and point-in-polygon. Target: 3 s."),
    (
        "pages",
        "Warm pages at Los Angeles size",
        "Targets: p95 150 ms at 20 requests a second, memory 500 MB.",
    ),
)


def main() -> int:
    """Run all benchmarks; the result is 1 where one of them failed to run."""
    parts = [
        "# Measured speed\n",
        f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {describe_machine()}. A ratio above 1 means that "
        "Commonweal is faster than the peer. Figures vary by some tens of percent from run to run.\n",
    ]
    failed = False
    for name, title, target in BENCHMARKS:
        print(f"Running {name} …", flush=True)
        outcome = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}"], capture_output=True, text=True, check=False
        )
        text = outcome.stdout.strip() or outcome.stderr.strip()
        failed = failed or not text
        parts.append(f"## {title}\n\n{target} `python -m benchmarks.{name}`\n\n{as_markdown(text)}\n")
    RESULTS.write_text("\n".join(parts), encoding="utf-8")
    print(f"Wrote {RESULTS.name}")
    return int(failed)


def describe_machine() -> str:
    """Say on what this runs: processor, cores, memory, Python."""
    memory_kb = next(
        (int(line.split()[1]) for line in _read_lines("/proc/meminfo") if line.startswith("MemTotal")), 0
    )
    model = next(
        (
            line.split(":")[1].strip()
            for line in _read_lines("/proc/cpuinfo")
            if line.startswith("model name")
        ),
        platform.processor() or platform.machine(),
    )
    cores = sum(line.startswith("processor") for line in _read_lines("/proc/cpuinfo"))
    return f"{model}, {cores} cores, {memory_kb / 1e6:.0f} GB, Python {platform.python_version()}"


def as_markdown(text: str) -> str:
    """Turn a flat JSON answer into a table; anything else stays as it was printed."""
    try:
        measured = json.loads(text)
    except json.JSONDecodeError:
        return text
    rows = "\n".join(f"| {name.replace('_', ' ')} | {value} |" for name, value in measured.items())
    return f"| measured | |\n|---|---|\n{rows}"


def _read_lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


if __name__ == "__main__":
    raise SystemExit(main())
