"""The printed AK1 and the digital card: facts (`…Sheet`) apart from drawing."""

from .digital import DigitalSheet, draw_digital, draw_picture
from .draw import draw
from .sheet import Ak1Sheet, Row

__all__ = ["Ak1Sheet", "DigitalSheet", "Row", "draw", "draw_digital", "draw_picture"]
