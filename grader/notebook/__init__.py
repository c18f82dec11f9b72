"""Reading, matching, restoring and stamping notebooks."""
