"""The browser's way through a production site is long: `make test-scale` runs it, not the suite."""

import os

collect_ignore = [] if os.getenv("BARUT_TEST_PRODUCTION") else ["test_production.py"]
