"""A function: its value for arguments that the author gives, or generates anew in each run."""
