"""Values in words: products, orders, amounts, addresses, parties."""
