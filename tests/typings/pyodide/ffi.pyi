from collections.abc import Callable
from typing import Any

class JsException(Exception):
    name: str
    message: str

class JsProxy:
    js_id: int
    def __getattr__(self, name: str) -> Any: ...

class JsNull: ...

jsnull: JsNull

def create_proxy(obj: Callable[..., object], /) -> Any: ...
def to_js(obj: object, /, *, dict_converter: Callable[..., Any] | None = None) -> Any: ...
