from typing import Any

class FetchResponse:
    status: int
    headers: dict[str, str]
    async def bytes(self) -> bytes: ...

async def pyfetch(url: str, /, **options: Any) -> FetchResponse: ...
