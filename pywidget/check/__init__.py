"""The install check: what is wrong with a page that has the widget, row by row."""
