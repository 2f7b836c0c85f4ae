from __future__ import annotations
import pytest
from e2e.tunnel.test_adapter import *  # noqa
from e2e.tunnel.python_page import PythonPage

import time


@pytest.mark.parametrize(
    "what",
    [
        "text",
        "empty",
        "textflood",
        "emptyflood",
        "close4000",
        "close1000",
        "flood",
        "hang",
        "close_after_hello",
    ],
)
def test_x(fresh, site, what):
    said = []
    fresh.on("console", lambda m: said.append(m.text[:300]))
    fresh.on("pageerror", lambda m: said.append("PAGEERROR " + str(m)[:300]))

    def serve(ws):
        def hear(message):
            if what == "text":
                ws.send("some text")
            if what == "empty":
                ws.send(b"")
            if what == "textflood":
                for _ in range(2000):
                    ws.send("some text")
            if what == "emptyflood":
                for _ in range(2000):
                    ws.send(b"")
            if what == "flood":
                for _ in range(30):
                    ws.send(b"\x14\x03\x03\x00\x01\x01" * 10000)
            if what == "close_after_hello":
                ws.close(code=1011, reason="x")

        ws.on_message(hear)
        if what == "close4000":
            ws.close(code=4000, reason="x")
        if what == "close1000":
            ws.close(code=1000, reason="x")

    fresh.route_web_socket("**/zoom-tunnel/**", serve)
    python = PythonPage(fresh, site.url)
    t = time.time()
    print(what, python.call("ask", ANSWER), round(time.time() - t, 2))
    fresh.wait_for_timeout(300)
    for s in said:
        print("  SAID", s)
