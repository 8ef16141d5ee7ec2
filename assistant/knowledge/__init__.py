"""What the company knows: documents and catalogue as sections, found and quoted; no dialogue, no decisions."""
