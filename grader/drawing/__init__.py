"""What drawn images of several assignments are made with: random numbers, scenes, limbs, turns."""
