"""What kernel, grader and trainer say to each other: frames, arrays, messages of known kinds."""
