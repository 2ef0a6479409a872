"""What processes have used: their time on a processor, and their memory.

Read from /proc; where there is none (no Linux), nothing is known: None.
"""

import os
from pathlib import Path

PROC = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")
PARENT, TIMES = 1, slice(11, 15)  # fields after the name, as proc(5) numbers them
MEBIBYTE = 1024  # kB


def family(pid):
    """A process and all that came from it, by their ids."""
    children = {}
    for folder in PROC.glob("[0-9]*"):
        fields = _fields(folder.name)
        if fields:
            children.setdefault(int(fields[PARENT]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def seconds(pids):
    """Seconds of the processor of these, and of their children that have ended."""
    if not PROC.exists():
        return None
    return sum(sum(map(int, _fields(pid)[TIMES])) for pid in pids) / TICK


def memory(pids):
    """MiB that the largest of these holds in memory."""
    if not PROC.exists():
        return None
    return max(_resident(pid) for pid in pids) / MEBIBYTE


def _cores():
    """The cores that this process may use: (the server's, the load's)."""
    if not hasattr(os, "sched_getaffinity"):
        return [], []
    every = sorted(os.sched_getaffinity(0))
    return every[:1], every[1:] or every


CORES = _cores()


def pin(pid, cores):
    """Let a process, and what it starts from now on, run on these cores alone."""
    if hasattr(os, "sched_setaffinity") and cores:
        os.sched_setaffinity(pid, cores)


def _fields(pid):
    """The fields of /proc/PID/stat after the name; [] of a process that is gone."""
    try:
        said = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return []
    return said.rpartition(")")[2].split()


def _resident(pid):
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line[:6] == "VmRSS:"), 0)
