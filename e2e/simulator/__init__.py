"""The simulator by the name that it had before the kit; new tests import the kit's."""

from zoom_meeting_testing.simulator import *  # noqa: F403 - all that the kit gives out
