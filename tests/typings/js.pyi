"""The globals of the page that pywidget.browser touches; what they hold is JavaScript's to say."""

from typing import Any

AbortController: Any
AbortSignal: Any
Array: Any
BroadcastChannel: Any
ClipboardEvent: Any
CustomEvent: Any
DataTransfer: Any
Event: Any
InputEvent: Any
Intl: Any
KeyboardEvent: Any
MutationObserver: Any
Object: Any
Promise: Any
Reflect: Any
StaticRange: Any
WebSocket: Any
console: Any
customElements: Any
document: Any
history: Any
isSecureContext: bool
location: Any
navigator: Any
outerHeight: int
outerWidth: int
screenX: int
screenY: int
self: Any
top: Any
window: Any

def Date() -> str: ...
def cancelAnimationFrame(number: int, /) -> None: ...
def requestAnimationFrame(callback: Any, /) -> int: ...
def addEventListener(kind: str, listener: Any, options: Any = ..., /) -> None: ...
def getComputedStyle(element: Any, /) -> Any: ...
def matchMedia(query: str, /) -> Any: ...
def open(url: str, target: str, features: str, /) -> Any: ...
def postMessage(message: Any, /) -> None: ...
