"""What a person can mend."""


class Mendable(Exception):
    """A wrong setting, an absent broker: the message says what and what to do, and is shown without a traceback."""
