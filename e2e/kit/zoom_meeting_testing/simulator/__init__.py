"""A strict Zoom simulator: OAuth and REST over real HTTP, with switches for what is unknown.

It stands in for zoom.us and api.zoom.us in the demo and in tests, and refuses what Zoom refuses.

    with SimulatorServer() as server:
        server.simulator.add_fault({"operation": "create", "kind": "drop_after"})
        ...  # point the widget at server.url
        assert not server.simulator.list_faults()

People find the same controls on `server.url`.
"""

from zoom_meeting_testing.simulator.application import create_app
from zoom_meeting_testing.simulator.clock import Clock
from zoom_meeting_testing.simulator.control_error import ControlError
from zoom_meeting_testing.simulator.faults import Fault, FaultKind
from zoom_meeting_testing.simulator.grants import Expirable
from zoom_meeting_testing.simulator.operations import Operation
from zoom_meeting_testing.simulator.server import ServerThread, SimulatorServer
from zoom_meeting_testing.simulator.settings import Settings
from zoom_meeting_testing.simulator.simulator import Simulator
from zoom_meeting_testing.simulator.users import ALL_SCOPES, Plan

__all__ = [
    "ALL_SCOPES",
    "Clock",
    "ControlError",
    "Expirable",
    "Fault",
    "FaultKind",
    "Operation",
    "Plan",
    "ServerThread",
    "Settings",
    "Simulator",
    "SimulatorServer",
    "create_app",
]
