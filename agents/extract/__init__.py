"""Reading: article text to figures. The engine knows no language; `lang/<code>/` are packs of data."""
