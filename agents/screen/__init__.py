"""What the commands print, a module for each kind of them; what has an exit code returns it."""
