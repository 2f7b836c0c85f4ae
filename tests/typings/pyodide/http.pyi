from typing import Any

class FetchResponse:
    status: int
    headers: dict[str, str]
    js_response: Any
    async def bytes(self) -> bytes: ...

async def pyfetch(url: str, /, **options: Any) -> FetchResponse: ...
