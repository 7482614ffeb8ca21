import reflex as rx

from barut_reflex.core.settings import settings

config = rx.Config(
    app_name="barut_reflex",
    api_url=settings.address,
    deploy_url=settings.address,
    cors_allowed_origins=settings.origins,
    state_manager_mode="redis" if settings.redis_url else "memory",
    redis_url=settings.redis_url or None,
    redis_token_expiration=3600,
    frontend_packages=["qr@0.7.0"],  # decoder of /periksa, bundled by tools/frontend.py
    plugins=[rx.plugins.TailwindV4Plugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
    telemetry_enabled=False,
    show_built_with_reflex=False,
)
