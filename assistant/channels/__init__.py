"""Ways into the assistant besides its own pages."""
