"""The widget's sentences by key (`en.po`), and the code that fills them in."""
