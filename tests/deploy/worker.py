"""Runs one worker as `tools/serve.py worker` does, without building pages, so it starts fast."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

if __name__ == "__main__":
    import serve

    os.umask(0o077)
    serve.SERVING.pop("__REFLEX_MOUNT_FRONTEND_COMPILED_APP")
    serve.serve(int(os.environ["PORT"]), workers="1")
