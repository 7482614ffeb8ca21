"""The demo office, made through the services: invented people, drawn papers, past dates."""

from .office import fill_office, open_office

__all__ = ["fill_office", "open_office"]
