"""Wiring: the only room that knows everything. Plain functions whose arguments can be replaced."""
