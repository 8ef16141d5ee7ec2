"""Answers without a model: facts, tables, steps and sentences of documents, each with its source."""
