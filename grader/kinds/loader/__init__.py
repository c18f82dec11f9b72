"""A function that returns labelled images in batches."""
