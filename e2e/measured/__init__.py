"""Coverage of the Python in pages: a build that tells which lines it runs, and who listens.

    DIST=.cache/measured/dist pytest --coverage e2e/test_way.py    # `make coverage-browser`

No library of coverage runs in the page: Pyodide lacks what they store their data in (sqlite3), and
each start would load it. The page tells arcs, pairs of line numbers as coverage.py has them, and
coverage.py stores and judges them here, together with those of the tests without a browser.
"""
