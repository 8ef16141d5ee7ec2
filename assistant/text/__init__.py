"""Folding, script, words, numbers, units, calendars and formats: text and values without any company's knowledge."""
