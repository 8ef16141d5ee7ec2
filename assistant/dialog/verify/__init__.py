"""The last look at sentences before a customer reads them."""
