"""How probe and trainer see what Keras makes: within bounds, and as plain data."""
