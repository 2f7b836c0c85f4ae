"""The kinds of notes fields that the contracts run on.

`plain`, `divs` and `brs` are rich text whose lines are line feeds, blocks and `<br>`. `react` is a
textarea that React controls. `late` and `proud` are editors with a model of their own; see
`page/editor.js`.
"""

FIELD_KINDS = ("textarea", "input", "react", "plain", "divs", "brs", "late", "proud")
