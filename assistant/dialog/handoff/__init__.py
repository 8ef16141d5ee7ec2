"""Hand-offs to people, and what people do in a conversation."""
