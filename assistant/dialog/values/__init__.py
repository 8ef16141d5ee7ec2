"""From what a message mentions to the values of a procedure."""
