"""The notes fields that the contracts are run on.

`plain`, `divs` and `brs` are rich text whose lines are line feeds, blocks and `<br>`; `react` is a
textarea that React controls.
"""

FIELD_KINDS = ("textarea", "input", "react", "plain", "divs", "brs")
