"""TCP ports of servers that tests and measurements start: free ones, and who listens on one."""

import socket
import subprocess
from contextlib import ExitStack

import psutil

HOST = "127.0.0.1"  # by number: Reflex drops the port of `localhost` on https


def free_port() -> int:
    """A port on which nobody listens now."""
    return free_ports(1)[0]


def free_ports(many: int) -> list[int]:
    """So many different ones."""
    with ExitStack() as stack:
        held = [stack.enter_context(socket.create_server((HOST, 0))) for _ in range(many)]
        return [one.getsockname()[1] for one in held]


def foreign_server_on(port: int, own: subprocess.Popen) -> str:
    """A sentence about another program that listens on the port; empty unless there is one.

    Without this question its answers would be taken for those of `own` or of its children.
    """
    others = {line.pid for line in psutil.net_connections("tcp") if _listens(line, port)}
    others -= _family(own)
    if not others:
        return ""
    names = ", ".join(sorted(_name(pid) for pid in others))
    return f"port {port} belongs to another program: {names}; this test started process {own.pid}"


def _listens(line, port: int) -> bool:
    return line.status == psutil.CONN_LISTEN and line.laddr.port == port


def _family(process: subprocess.Popen) -> set[int | None]:
    try:
        own = psutil.Process(process.pid)
        return {own.pid, *(child.pid for child in own.children(recursive=True))}
    except psutil.NoSuchProcess:
        return set()


def _name(pid: int | None) -> str:
    try:
        return f"{pid} ({' '.join(psutil.Process(pid).cmdline())[:80]})"
    except psutil.Error:  # somebody else's, whom we may not ask
        return str(pid)
