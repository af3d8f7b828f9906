"""A server in a process of its own, with worker processes, until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from enbloc.record import open_record
from enbloc.web.services import Services, utc_now
from enbloc.web.serving import Bind, Server
from tests.web.brought import with_workers

LEASE_S = 1.0


def main(folder: Path) -> None:
    services = Services(record=open_record(None, folder), folder=folder, clock=utc_now)
    services = with_workers(services, lease_s=LEASE_S)
    bind = Bind(host="127.0.0.1", port=0)
    listening = bind.opened()
    sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    Server(services, bind).run(sockets=[listening])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
