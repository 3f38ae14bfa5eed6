"""Drives headless Chromium through its DevTools protocol: open a page, evaluate, take a picture."""

import asyncio
import base64
import json
import shutil
import subprocess
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Whatever is not on this machine is asked of a proxy that does not exist: no network.
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-file-access-from-files",
    "--proxy-server=127.0.0.1:9",
    "--remote-debugging-port=0",
)
LARGEST = 2**28
GIVE_UP = 120  # seconds
# What says that something failed; a page of another's scripts also warns and tells what it does.
PROBLEMS = {
    "Runtime.exceptionThrown": lambda told: True,
    "Runtime.consoleAPICalled": lambda told: told["type"] in {"error", "assert"},
    "Log.entryAdded": lambda told: told["entry"]["level"] == "error",
}


def find_browser() -> str | None:
    """Return the path of a browser on this machine, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


class Page:
    """One open page; `problems` collects errors: of scripts, of loads and in the console."""

    def __init__(self, socket):
        self.socket, self.count, self.problems = socket, 0, []

    async def call(self, method: str, **parameters):
        """Send one command of the protocol and return its outcome."""
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        await self.socket.write_message(json.dumps(message))
        while True:
            answer = json.loads(await self.socket.read_message())
            is_problem = PROBLEMS.get(answer.get("method"))
            if is_problem and is_problem(answer["params"]):
                self.problems.append(json.dumps(answer["params"]))
            if answer.get("id") == self.count:
                assert "error" not in answer, answer["error"]
                return answer["result"]

    async def evaluate(self, code: str):
        """Run a piece of JavaScript, wait for its promise, and return what it gives."""
        done = await self.call(
            "Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    async def open(self, address: str) -> None:
        """Go to an address and wait until the page and what it names are loaded."""
        await self.call("Page.navigate", url=address)
        loaded = "new Promise(done => document.readyState === 'complete' ? done(true) : "
        await self.evaluate(loaded + "addEventListener('load', () => done(true)))")

    async def picture(self, path: Path) -> None:
        """Write what the window shows as a PNG."""
        shot = await self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(shot["data"]))


@asynccontextmanager
async def open_page(
    browser: str, profile: Path, *, width: int = 1200, height: int = 900, give_up: int = GIVE_UP
):
    """Start a browser with an empty profile and give its one page; stop it at the end."""
    size = f"--window-size={width},{height}"
    command = [browser, *OPTIONS, size, f"--user-data-dir={profile}", "about:blank"]
    log = profile.with_name("chromium.log").open("wb")
    process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        async with asyncio.timeout(give_up):
            target = await _find_page(profile)
            request = HTTPRequest(target, connect_timeout=30, request_timeout=30)
            socket = await websocket_connect(request, max_message_size=LARGEST)
            try:
                page = Page(socket)
                for domain in ("Page", "Runtime", "Log"):
                    await page.call(f"{domain}.enable")
                # Without it a page without a window never has the focus.
                await page.call("Emulation.setFocusEmulationEnabled", enabled=True)
                yield page
            finally:
                socket.close()
                while await socket.read_message() is not None:
                    pass
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        process.kill()
        log.close()


async def _find_page(profile: Path) -> str:
    """Return the address of the first page's socket, once the browser has told its port."""
    from tornado.httpclient import AsyncHTTPClient

    note = profile / "DevToolsActivePort"
    while not note.exists() or len(note.read_text(encoding="utf-8").splitlines()) < 2:
        await asyncio.sleep(0.1)
    port = note.read_text(encoding="utf-8").splitlines()[0]
    while True:
        answer = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/json/list")
        pages = [entry for entry in json.loads(answer.body) if entry["type"] == "page"]
        if pages:
            return pages[0]["webSocketDebuggerUrl"]
        await asyncio.sleep(0.1)
