"""A Zoom meeting in an appointment with one click: the Python that runs in the browser."""
