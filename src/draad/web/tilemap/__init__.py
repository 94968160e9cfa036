"""A map with a tile per municipality, or its real outline: classes, legend, marks, and the table behind it."""

from draad.web.tilemap.drawing import LegendItem, Place, Shape, TileMap, TileValue, draw, table_behind
from draad.web.tilemap.ground import STEP, Ground, Label, Outline, Square, grid
from draad.web.tilemap.scale import MapClass, Scale, breaks, categories, quantiles

__all__ = [
    "STEP",
    "Ground",
    "Label",
    "LegendItem",
    "MapClass",
    "Outline",
    "Place",
    "Scale",
    "Shape",
    "Square",
    "TileMap",
    "TileValue",
    "breaks",
    "categories",
    "draw",
    "grid",
    "quantiles",
    "table_behind",
]
