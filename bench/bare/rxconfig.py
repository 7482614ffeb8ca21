"""Reflex settings of the bare app, the baseline of the benchmark."""

import os

import reflex as rx

address = f"http://localhost:{os.getenv('PORT', '3171')}"
config = rx.Config(
    app_name="bare",
    api_url=address,
    deploy_url=address,
    cors_allowed_origins=[address, address.replace("localhost", "127.0.0.1")],
    state_manager_mode="memory",
    plugins=[rx.plugins.TailwindV4Plugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
    telemetry_enabled=False,
    show_built_with_reflex=False,
)
