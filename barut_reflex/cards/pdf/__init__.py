"""The printed AK1: facts (`Ak1Sheet`) apart from drawing (`draw`)."""

from .draw import draw, draw_all
from .sheet import Ak1Sheet, Row

__all__ = ["Ak1Sheet", "Row", "draw", "draw_all"]
