"""What is known of each toll: claims put together in the order of the world, within bounds."""
