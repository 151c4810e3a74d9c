"""About a figure: which events it covers, where, when, and who says so."""
