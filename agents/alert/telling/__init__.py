"""What a reader is told: whether it is news, how grave, in which words."""
