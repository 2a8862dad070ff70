"""The conditions under which every side of a comparison runs, and what a run costs."""

import os
import subprocess
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

SETTLE = 6
"""Seconds before a run that writes many files. ext4 gives no inode away again for five seconds after its file was
deleted; whoever makes files meanwhile pays for the search, on whichever side he is.
"""


class Cost(NamedTuple):
    """Seconds of CPU (user and system time of the process and all it started), seconds on the clock, MB of the largest
    resident set of any one of them (wait4).
    """

    cpu: float
    wall: float
    memory: float


def environment() -> dict[str, str]:
    """This process' environment, in which Python keeps a package's compiled code as it does unless told otherwise.

    Libraries were compiled when they were installed. A side whose code lies in a checkout would else be compiled anew
    at each start where the environment forbids to keep it, and pay for what no user pays.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(command: list[str], folder: Path, settle: float = 0) -> Cost:
    """What a command costs that is started in a folder, as a user would start it, after `settle` seconds. What it says
    is read and dropped; one that fails ends the benchmark.
    """
    time.sleep(settle)
    began = time.perf_counter()
    running = subprocess.Popen(command, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = running.stdout.read() if running.stdout else b""
    _, status, usage = os.wait4(running.pid, 0)
    took = time.perf_counter() - began
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(f"{command[:6]} failed: {said.decode(errors='replace')[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, took, usage.ru_maxrss / 1000)


def told(name: str, costs: list[Cost], peers: list[Cost], wanted: int) -> str:
    """Two lines: the best of each figure over that of the peer, and the clock round by round. `peers` are the runs that
    came next after each of ours: a machine that is slow for a minute is so for both.
    """
    cpu, wall = min(each.cpu for each in costs), min(each.wall for each in costs)
    base = min(each.cpu for each in peers), min(each.wall for each in peers)
    ratios = f"{cpu / base[0]:5.1f} times the CPU, {wall / base[1]:5.1f} times the clock (wanted: at most {wanted})"
    each = [ours.wall / theirs.wall for ours, theirs in zip(costs, peers, strict=True)]
    rounds = ", ".join(f"{ratio:.1f}" for ratio in each)
    return (
        f"  {name:34}{cpu:7.2f} s of CPU {wall:7.2f} s  {ratios}\n"
        f"  {'':34}the clock round by round: {rounds}; the middle one {median(each):.1f}"
    )


def load() -> str:
    """How busy the machine is: other work lengthens the clock more than the CPU time."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
