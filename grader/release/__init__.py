"""Makes of a solution what students get: their notebook, and the archive that it comes in."""
