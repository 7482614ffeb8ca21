"""Demo data: accounts to sign in with, and invented people at past dates, made by the services."""

from .office import create_accounts, create_history

__all__ = ["create_accounts", "create_history"]
