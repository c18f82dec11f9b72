"""Makes of a solution what students get: their notebook, and the bundle that it comes in."""
