"""The canary: whatever is recorded of a run is searched for every secret that the run has seen.

    stand.py      a page's server, Zoom and a browser, all of which are listened to
    ear.py        hears the secrets of all calls to Zoom; secrets.py keeps them
    tap.py page/  record the servers' calls, and what pages do, show and hold
    record.py     keeps all that was recorded, by its place
    search.py     looks for the secrets in it, in each of their forms (forms.py)
    places.py     every place that is searched, and the table of what may be where
    journeys.py faults.py defects.py    what is done meanwhile

`make canary` does all of it, and prints what was searched.
"""
