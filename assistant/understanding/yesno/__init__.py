"""Whether a reply to a question is a yes, a no, or neither."""
