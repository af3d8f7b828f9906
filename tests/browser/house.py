"""A server and everybody who has come to it: each person signs in once and keeps their browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Error, expect

from tests.browser.bringing import bring, worked_up
from tests.browser.device import Device
from tests.browser.patients import files_of
from tests.browser.people import ADMINISTRATOR, COORDINATOR, Person, accept, invite, set_up, sign_in
from tests.browser.serving import Server
from tests.browser.visitor import Screen, Visitor


class House:
    """The server, the devices of its people, and their browsers."""

    def __init__(self, browser: Browser, server: Server, folder: Path) -> None:
        self._browser, self.server, self._folder = browser, server, folder
        self._cases = dict[str, str]()
        self._devices = dict[Person, Device]()
        self._seats = dict[Person, Visitor]()
        self._others = list[Visitor]()

    def nobody(self, screen: Screen | None = None) -> Visitor:
        """A browser in which nobody is signed in."""
        made = Visitor(self._browser, self.server.home, screen)
        self._others.append(made)
        return made

    def seat(self, who: Person) -> Visitor:
        """The browser of this person, signed in; they are invited and enrolled first where nobody did so yet."""
        if who not in self._seats:
            visitor = self.nobody()
            if who not in self._devices:
                self._enrol(who, visitor)
            sign_in(visitor, who, self._devices[who])
            self._seats[who] = visitor
        return self._seats[who]

    def device(self, who: Person) -> Device:
        return self._devices[who]

    def again(self, who: Person, screen: Screen | None = None) -> Visitor:
        """The same session of this person in a browser with another screen."""
        state = self.seat(who).context.storage_state()
        made = Visitor(self._browser, self.server.home, screen, cookies=state["cookies"])
        self._others.append(made)
        return made

    def forget(self, who: Person) -> None:
        """Their session has ended: they sign in anew when they are wanted again."""
        del self._seats[who]

    def case(self, name: str) -> str:
        """The id of a case that the coordinator brought by the page and the server has worked up."""
        if name not in self._cases:
            visitor = self.seat(COORDINATOR)
            self._cases[name] = bring(visitor, files_of(name, self._folder), f"the {name}, for the board")
            worked_up(visitor.page)
        return self._cases[name]

    @contextmanager
    def all_cut_off(self) -> Iterator[None]:
        """Nothing arrives from any browser meanwhile, as is expected when the server is away."""
        with ExitStack() as stack:
            for one in (*self._others, *self._seats.values()):
                stack.enter_context(one.cut_off())
            yield

    def faults(self) -> list[str]:
        """What went wrong since it was asked last."""
        everybody = {id(one): one for one in (*self._others, *self._seats.values())}.values()
        found = [f"{one.page.url.removeprefix(one.home)}: {fault}" for one in everybody for fault in one.faults]
        for one in everybody:
            one.faults.clear()
        return found

    def leave(self, visitor: Visitor) -> None:
        """Close a browser that nobody needs any more; what went wrong in it is told."""
        self._others.remove(visitor)
        visitor.close()
        assert not visitor.faults, "\n".join(visitor.faults)

    def close(self) -> None:
        for one in {*self._others, *self._seats.values()}:
            with suppress(Error):
                one.close()

    def _enrol(self, who: Person, visitor: Visitor) -> None:
        if who == ADMINISTRATOR:
            self._devices[who] = set_up(visitor, self.server.link)
            return
        link = invite(self.seat(ADMINISTRATOR), who)
        self._devices[who] = accept(visitor, link)
        expect(visitor.page).to_have_url(f"{self.server.home}/sign-in")
