"""Frames drawn: each function takes a frame and a palette and returns a plotly figure. Pure, and knows no screen.

Dots rather than bars, the unit on the axis, labels beside the marks, no legend where a label does, no dragging or
zooming that would catch a finger on its way down the page. Numbers become floats here: a picture has no more digits.
"""
