"""The gallery: every state of the widget side by side, in any language, theme and width.

`make demo` serves it at `/gallery.html`; `make gallery` takes pictures of it.

The widgets in it are no copies: the models of the tests, rendered by `pywidget.ui.view`, painted by
`web/patch.js` with the widget's own style sheets. What the loader shows is painted by the loader.
"""
