"""One language in the browser, made again on each saved change."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import watch

from guidepress.book import Book
from guidepress.editions.build import standings, status_rows
from guidepress.editions.mends import apply_mends
from guidepress.editions.render import render
from guidepress.languages import Language
from guidepress.problems import PipelineError, in_order

PORTS = 10
"""How many are tried: two previews at a time are usual."""
RELOAD = b"""<script>
(async () => { let seen = null; for (;;) {
  try { const now = await (await fetch("/~version", {cache: "no-store"})).text();
    if (seen !== null && now !== seen) location.reload(); seen = now; } catch (e) {}
  await new Promise(done => setTimeout(done, 700)); } })();
</script>"""


class Preview:
    """The pages of one language in a scratch folder; `version` grows with each good render."""

    def __init__(self, book: Book, language: Language) -> None:
        self.book = book
        self.language = language
        self.version = 0
        self.folder = book.build / "preview" / language.code

    def refresh(self, say: Callable[[str], None]) -> None:
        """Render again; mistakes are said, and the last good pages stay."""
        say("rendering …")
        try:
            found = standings(self.book)
            status = status_rows(self.book, found)
            # In a process of its own: Python's gettext never reads a catalogue twice.
            with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("fork")) as pool:
                rendered = pool.submit(render, self.book, self.language, status, self.folder, None).result()
        except PipelineError as error:
            say(str(error))
            return
        for problem in in_order([*rendered.problems, *found[self.language.code].problems]):
            say(str(problem))
        self.version += 1
        say(f"rendered {len(rendered.pages)} pages ({self.version})")


class _Handler(SimpleHTTPRequestHandler):
    """Serves the folder on this machine only, with a script in each page that reloads it."""

    def __init__(self, *args: Any, preview: Preview, **options: Any) -> None:
        self.preview = preview
        super().__init__(*args, directory=str(preview.folder), **options)

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if self.path == "/~version":
            self._send(str(self.preview.version).encode(), "text/plain")
        elif (path / "index.html").is_file() and self.path.endswith("/"):
            self._send((path / "index.html").read_bytes() + RELOAD, "text/html; charset=utf-8")
        elif path.suffix == ".html" and path.is_file():
            self._send(path.read_bytes() + RELOAD, "text/html; charset=utf-8")
        else:
            super().do_GET()

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are not worth a line."""


def _server(port: int, handler: Callable[..., _Handler]) -> ThreadingHTTPServer:
    """At this port of this machine, or at the next that is free."""
    for candidate in (*range(port, port + PORTS), 0):
        try:
            return ThreadingHTTPServer(("127.0.0.1", candidate), handler)
        except OSError:
            continue
    raise PipelineError(f"no port from {port} on can be used")


def serve(
    book: Book, language: Language, port: int, say: Callable[[str], None], stop: threading.Event | None = None
) -> None:
    """Serve until stopped, rendering again whenever the source or a catalogue of this language changes."""
    apply_mends()
    preview = Preview(book, language)
    server = _server(port, partial(_Handler, preview=preview))
    preview.refresh(say)
    if not preview.version:
        server.server_close()
        raise PipelineError("the book cannot be rendered yet; mend what is said above and start again")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"http://127.0.0.1:{server.server_address[1]}/ – stop with Ctrl-C")
    watched = [book.source, book.catalogs(language), book.root / "conf.py"]
    try:
        for _changes in watch(*(path for path in watched if path.exists()), stop_event=stop):
            preview.refresh(say)
    finally:
        server.shutdown()
        server.server_close()
