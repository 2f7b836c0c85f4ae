"""The install check: what is wrong with a page that the widget is put into, in rows to act on."""
