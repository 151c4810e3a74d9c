"""The board: a page on which alerts arrive, for people who have no other screen for them."""
