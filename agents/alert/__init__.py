"""Events to alerts: which events tell of one situation, and which change of it a reader must know.

In the order of the work: `claims/` (what one article says of a toll), `matching/` (which situations it may be about),
`situations/` (what all claims together say, whatever order they came in), `telling/` (is it news, how grave, in which
words), then `step.py`; `again.py` is for events read again after a crash, `history.py` for those who ask why.
"""
