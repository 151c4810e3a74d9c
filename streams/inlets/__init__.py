"""Article updates come in."""
