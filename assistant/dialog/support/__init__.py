"""Whether passages and records state what a sentence says: `judge` decides, the others are what it goes by; no model is asked here."""
