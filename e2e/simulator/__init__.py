"""A strict Zoom simulator: OAuth and REST over real HTTP, with switches for what is unknown.

It stands in for zoom.us and api.zoom.us in the demo and in tests, and refuses what Zoom refuses.

    with SimulatorServer() as server:
        server.simulator.add_fault({"operation": "create", "kind": "drop_after"})
        ...  # point the widget at server.url
        assert not server.simulator.list_faults()

People find the same controls on `server.url`.
"""

from e2e.simulator.application import create_app
from e2e.simulator.clock import Clock
from e2e.simulator.control_error import ControlError
from e2e.simulator.faults import Fault, FaultKind
from e2e.simulator.grants import Expirable
from e2e.simulator.operations import Operation
from e2e.simulator.server import ServerThread, SimulatorServer
from e2e.simulator.settings import Settings
from e2e.simulator.simulator import Simulator
from e2e.simulator.users import ALL_SCOPES, Plan

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
