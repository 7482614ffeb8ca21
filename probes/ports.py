"""TCP ports of servers that tests and measurements start: free ones, and who listens on one."""

import random
import socket

import psutil

HOST = "127.0.0.1"  # by number: Reflex drops the port of `localhost` on https
# Below those that the system gives to connections: one of these could be taken before it is used.
PORTS = range(20_000, 30_000)


def free_port() -> int:
    """A port on which nobody listens now."""
    return free_ports(1)[0]


def free_ports(many: int) -> list[int]:
    """So many different ones."""
    free = (port for port in random.sample(PORTS, len(PORTS)) if _is_free(port))
    return [next(free) for _ in range(many)]


def _is_free(port: int) -> bool:
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return False
    return True


def foreign_server_on(port: int, own: int) -> str:
    """A sentence about another program that listens on the port; empty unless there is one.

    `own` is the id of our process: without this question the answers of the other program would
    be taken for those of it or of its children.
    """
    others = _listeners(port) - _family(own)
    if not others:
        return ""
    names = ", ".join(sorted(_name(pid) for pid in others))
    return f"port {port} belongs to another program: {names}; this test started process {own}"


def _listeners(port: int) -> set[int | None]:
    """The processes that listen there; None stands for one of another user.

    It also stands for a socket opened between psutil's two readings: then it is read again.
    """
    found: set[int | None] = set()
    for _ in range(3):
        found = {line.pid for line in psutil.net_connections("tcp") if _listens(line, port)}
        if None not in found:
            break
    return found


def _listens(line, port: int) -> bool:
    return line.status == psutil.CONN_LISTEN and line.laddr.port == port


def _family(own: int) -> set[int | None]:
    try:
        return {own, *(child.pid for child in psutil.Process(own).children(recursive=True))}
    except psutil.NoSuchProcess:
        return set()


def _name(pid: int | None) -> str:
    if pid is None:
        return "one of another user"
    try:
        return f"{pid} ({' '.join(psutil.Process(pid).cmdline())[:80]})"
    except psutil.Error:
        return str(pid)
