"""Plays conversations that were written down beforehand against the assistant and grades what came of them; it changes nothing in the product."""
