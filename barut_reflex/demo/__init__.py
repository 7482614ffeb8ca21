"""Demo data: creates accounts and invented people through the services, at past dates."""

from .office import create_accounts, create_history

__all__ = ["create_accounts", "create_history"]
