"""The page objects by the name that they had before the kit; new tests import the kit's."""

from zoom_meeting_testing.pages import *  # noqa: F403 - all that the kit gives out
