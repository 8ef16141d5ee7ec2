"""Reading one message: language, intents, slots, dates, sentiment and personal data, purely and without a model or a store."""
