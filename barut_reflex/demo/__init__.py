"""The demo office, made through the services: invented people, drawn papers, past dates."""

from .office import create_accounts, create_history

__all__ = ["create_accounts", "create_history"]
