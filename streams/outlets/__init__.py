"""What was found goes out."""
