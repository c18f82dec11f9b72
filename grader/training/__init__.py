"""Trains what a student's code asked for: described as data, accepted by a table, made anew."""
