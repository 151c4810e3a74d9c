"""What is counted: numbers, each with its hedge and the noun that says who."""
