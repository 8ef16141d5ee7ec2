"""The files of one company as frozen values with their positions; parsing and checking only, nothing here decides."""
