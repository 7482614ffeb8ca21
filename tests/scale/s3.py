"""A real S3 server (moto), one per test process, with new buckets for each test."""

import atexit
import subprocess
import sys
import time
import urllib.request
from functools import cache
from itertools import count

from probes.ports import foreign_server_on, free_port

KEY, SECRET = "kunci-uji", "rahasia-uji"
_numbers = count(1)


@cache
def server() -> str:
    """The address of the running server."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    atexit.register(process.kill)
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.1)
            continue
        if other_program := foreign_server_on(port, process.pid):
            raise RuntimeError(other_program)
        return address
    raise TimeoutError("the S3 server did not open")


def new_bucket(prefix: str = "papers") -> str:
    """An empty bucket, as `BARUT_STORE_URL` takes it."""
    name = f"barut-{next(_numbers)}-{time.monotonic_ns()}"
    request = urllib.request.Request(f"{server()}/{name}", method="PUT")
    urllib.request.urlopen(request).close()
    return f"s3://{name}/{prefix}?endpoint={server()}"
