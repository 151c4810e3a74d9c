"""What one article says of a toll, and how its numbers, places, causes and texts compare."""
