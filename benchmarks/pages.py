"""A warm results page at Los Angeles size: time on the server's side under load, and the server's memory.

``python -m benchmarks.pages`` makes a Los Angeles workspace with the pack's facts and a simulated year, serves it in
a process of its own, and asks it from this one: 20 requests a second over pages in three languages, sorted tables,
data and the API. Each answer is rendered anew, since no request carries an ETag. What is
claimed: p95 ≤ 150 ms and memory ≤ 500 MB.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import socket
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from commonweal.config import Workspace

PATHS = (
    "/en/results",
    "/es/results",
    "/ko/results",
    "/en/results?current=2023&baseline=before",
    "/en/results/measures/homicides",
    "/es/results/measures/robberies",
    "/en/results/measures",
    "/en/results/areas?measure=vehicle_crime",
    "/en/results/areas?measure=vehicle_crime&sort=-current",
    "/en/results/areas/all",
    "/ko/results/areas/77th-street",
    "/en/results/claims",
    "/en/results/claims/homicide-change",
    "/en/results/commitments",
    "/en/city/stations",
    "/en/data/sources",
    "/en/results/areas/all.csv",
    "/api/v1/compare/homicides",
    "/api/v1/maps/areas.geojson?measure=homicides",
)
LIMIT_MS = 150.0
LIMIT_MB = 500.0


@dataclass(frozen=True, slots=True)
class PagesMeasured:
    """What was measured.

    Attributes
    ----------
    requests : int
        Requests answered.
    per_second : float
        Requests a second that were sent.
    p50_ms, p95_ms, p99_ms, longest_ms : float
        Time from the first byte sent to the last byte read, on 127.0.0.1.
    first_ms : float
        Time of the first request for the first page: the only one that computes everything.
    cpu_ms : float
        Processor time of the server for one request, on average: what stays comparable on a busy machine.
    memory_mb : float
        Resident memory of the server after the load.
    """

    requests: int
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    longest_ms: float
    first_ms: float
    cpu_ms: float
    memory_mb: float


def measure_pages(workspace: Path, *, seconds: float, per_second: float) -> PagesMeasured:
    """Serve a workspace and measure its pages under a steady load.

    Parameters
    ----------
    workspace : Path
        What is served.
    seconds, per_second : float
        How long and how fast to ask.
    """
    port = _find_port()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(workspace, port), daemon=True)
    server.start()
    try:
        _wait_for(port)
        first_ms = _ask(port, PATHS[0])
        for path in PATHS:
            _ask(port, path)
        before_s = _read_cpu_s(server.pid or 0)
        taken = _load(port, seconds=seconds, per_second=per_second)
        cpu_s = _read_cpu_s(server.pid or 0) - before_s
        memory_mb = _read_memory_mb(server.pid or 0)
    finally:
        server.terminate()
        server.join(10)
    return PagesMeasured(
        requests=len(taken),
        per_second=per_second,
        p50_ms=_quantile(taken, 0.50),
        p95_ms=_quantile(taken, 0.95),
        p99_ms=_quantile(taken, 0.99),
        longest_ms=max(taken),
        first_ms=first_ms,
        cpu_ms=1000 * cpu_s / len(taken),
        memory_mb=memory_mb,
    )


def _serve(workspace: Path, port: int) -> None:
    import uvicorn

    from commonweal.web.app import create_app

    uvicorn.run(create_app(Workspace(workspace)), host="127.0.0.1", port=port, log_level="warning")


def _load(port: int, *, seconds: float, per_second: float) -> list[float]:
    """Send requests at fixed times, whether or not earlier ones were answered."""
    begin, lock = time.perf_counter(), threading.Lock()
    taken: list[float] = []

    def send(number: int) -> None:
        time.sleep(max(0.0, begin + number / per_second - time.perf_counter()))
        one = _ask(port, PATHS[number % len(PATHS)])
        with lock:
            taken.append(one)

    with ThreadPoolExecutor(32) as pool:
        for future in [pool.submit(send, number) for number in range(int(seconds * per_second))]:
            future.result()
    return taken


def _ask(port: int, path: str) -> float:
    """Ask once and return the time it took, in milliseconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    begin = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    taken = (time.perf_counter() - begin) * 1000
    connection.close()
    assert answer.status == 200, f"{path}: {answer.status}"
    return taken


def _wait_for(port: int, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not start")


def _find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _read_memory_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def _read_cpu_s(pid: int) -> float:
    """Return user and system time of a process (proc(5), fields 14 and 15 of stat)."""
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> int:
    """Measure and print as JSON; 1 where what is claimed does not hold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workspace", type=Path, help="a workspace; without one, the demonstration is made")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--per-second", type=float, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = given.workspace
        if workspace is None:
            from commonweal.studies.demo import prepare_demo

            workspace = Path(folder) / "workspace"
            prepare_demo(workspace, "los-angeles", data=None, fetch=False)
        measured = measure_pages(workspace, seconds=given.seconds, per_second=given.per_second)
    sys.stdout.write(
        json.dumps({name: round(value, 1) for name, value in asdict(measured).items()}, indent=1) + "\n"
    )
    return 0 if measured.p95_ms <= LIMIT_MS and measured.memory_mb <= LIMIT_MB else 1


if __name__ == "__main__":
    raise SystemExit(main())
