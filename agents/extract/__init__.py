"""Reading: article text to figures. The engine knows no language; `lang/<code>/` are packs of data.

In the order of reading: `text/` (sentences of words that the pack knows), `named/` (the places, times and speakers that
a sentence names), `counted/` (numbers with their hedges and nouns), `outcomes/` (what happened to whom: which outcome takes
which number), `about/` (whom a figure counts, which events it covers, where, when, who says so), then `figures.py`.
"""
