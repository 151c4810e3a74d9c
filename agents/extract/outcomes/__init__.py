"""What happened to whom: outcomes, and the numbers that each takes."""
