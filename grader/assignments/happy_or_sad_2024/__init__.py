"""The course's edition of 2024 of "Happy or Sad", with parts and points of its own."""
