"""Describes a model as markup, and what has to change in the page."""
