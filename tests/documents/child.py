"""Stands in for the jail's child process: reports what it can see, sleeps, or crashes."""

import json
import os
import sys
import time

job = json.loads(sys.stdin.buffer.readline())
if job["job"] == "sleep":
    time.sleep(60)
if job["job"] == "die":
    os.kill(os.getpid(), 9)
seen = {"env": dict(os.environ), "modules": sorted(sys.modules), "pid": os.getpid()}
sys.stdout.write(json.dumps(seen) + "\n")
