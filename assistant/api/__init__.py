"""The front door over HTTP: routes, live delivery and the pages; it decides nothing and knows the assistant only as a protocol."""
