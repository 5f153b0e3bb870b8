"""Measurements, and what is learned from development questions. Nothing imports this package."""
