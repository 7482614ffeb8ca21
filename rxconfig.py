from pathlib import Path

import reflex as rx
from reflex_base.plugins.tailwind_v4 import Constants

from barut_reflex.core.settings import settings

OURS = Path(__file__).parent / "barut_reflex"
tailwind = rx.plugins.TailwindV4Plugin()
# Plain pages wear the same classes, but no export writes them into a script.
tailwind.config["content"] = [*Constants.CONTENT, f"{OURS}/site/web/*.py", f"{OURS}/ui/theme.py"]

config = rx.Config(
    app_name="barut_reflex",
    api_url=settings.address,
    deploy_url=settings.address,
    cors_allowed_origins=settings.origins,
    state_manager_mode="redis" if settings.redis_url else "memory",
    redis_url=settings.redis_url or None,
    redis_token_expiration=3600,
    frontend_packages=["qr@0.7.0"],  # decoder of /periksa, bundled by tools/frontend.py
    plugins=[tailwind],
    disable_plugins=[rx.plugins.SitemapPlugin],
    telemetry_enabled=False,
    show_built_with_reflex=False,
)
