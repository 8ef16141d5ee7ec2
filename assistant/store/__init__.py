"""The relational truth: tables, one small module of plain functions a noun, and the store that runs them; no decision is taken here.

Every function takes a SQLAlchemy connection first and is called as `await store.read(lambda c: get_turn(c, turn_id, tenant=tenant))` or through `store.write`.
Rows are made for one tenant; what is looked up by a made id carries its tenant along from the conversation it belongs to.
"""
