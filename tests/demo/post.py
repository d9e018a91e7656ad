"""A mail server that writes what arrives into a mailbox file; its port goes into the other file named."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP


class Mailbox:
    def __init__(self, file: Path) -> None:
        self.file = file

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        with self.file.open("ab") as box:
            box.write(b"From incidents@studio\n" + envelope.content.replace(b"\r\n", b"\n") + b"\n")
        return "250 taken"


async def serve(port_file: Path, file: Path) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Mailbox(file)), "127.0.0.1", 0)
    port_file.write_text(str(server.sockets[0].getsockname()[1]))
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), Path(sys.argv[2])))
