"""What a sentence names: places, times, speakers."""
