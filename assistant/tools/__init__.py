"""What the assistant can do and whether it may: tools, rules and the gate; no dialogue and no storage of its own."""
