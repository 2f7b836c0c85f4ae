"""`make soak`: a working day in one page, many times over, and what has to stay flat meanwhile.

The page's memory, and everything that holds on to it, is counted between rounds. What still grows
in the last half of the rounds is a leak.
"""
