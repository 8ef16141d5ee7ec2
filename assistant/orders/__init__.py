"""Order systems behind one seam: the built-in one on the store and a REST client for somebody else's; rules about orders are not here."""
