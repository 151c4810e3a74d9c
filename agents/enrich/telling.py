"""In which order the figures of one article version are told.

News begin with what is new: a headline's or first paragraph's figure before one that stands further down;
of these the higher before the lower, for it is the newer; a bare word after all numbers.
"""

LEAD = 500  # code points from the start of an article: its headline and first paragraph


def deep(at: int) -> bool:
    """Does what stands there stand further down than where an article tells its news?"""
    return at >= LEAD


def rank(low: int | None, high: int | None, at: int) -> tuple:
    """A figure's turn among those of its article version, by its bounds and by where its evidence starts.

    >>> rank(30, None, 20) < rank(12, 12, 90) < rank(40, 40, 700) < rank(None, None, 0)
    True
    """
    return low is None and high is None, deep(at), -(low or high or 0), at
