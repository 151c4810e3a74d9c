"""An article as sentences of words, each with what the pack knows of it."""
