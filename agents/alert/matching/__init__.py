"""Does a claim tell of a situation, and where are those that it may be about?"""
