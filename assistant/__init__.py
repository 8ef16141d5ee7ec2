"""A customer-service assistant for B2B commerce; this package exports nothing: import from its modules."""
