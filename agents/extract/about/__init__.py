"""About a figure: whom it counts, which events it covers, where, when, and who says so."""
