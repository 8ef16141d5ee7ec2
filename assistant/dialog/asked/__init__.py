"""What is asked of orders, stock and goods beside the procedures; each is decided from look-ups."""
