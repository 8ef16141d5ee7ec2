"""What a language model may do in a turn: read again, and word what documents state."""
