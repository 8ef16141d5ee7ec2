"""Files of any kind become Markdown that can be cut, cited and shown; nothing here stores, embeds or fetches."""
