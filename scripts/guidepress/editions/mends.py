"""What upstream does more often than it needs to, mended for one process by replacing three functions.

Plain `sphinx-build` stays stock; the pages are the same either way (tests compare their text).
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import myst_parser
import myst_parser.mdit_to_docutils.base as myst_base
import myst_parser.parsers.sphinx_ as myst_sphinx
import sphinx
import sphinx.transforms.i18n as sphinx_i18n
from docutils import nodes
from markdown_it import MarkdownIt
from myst_parser.parsers.mdit import create_md_parser

from guidepress.problems import PipelineError

MENDED = {"sphinx": (9, 0), "myst_parser": (5, 2)}


def apply_mends() -> None:
    """Mend this process, once; PipelineError where the versions are not those the mends were written for."""
    if getattr(sphinx_i18n, "_mended", False):
        return
    found = {
        "sphinx": sphinx.version_info[:2],
        "myst_parser": tuple(int(part) for part in myst_parser.__version__.split(".")[:2]),
    }
    if found != MENDED:
        raise PipelineError(f"the speed mends fit {MENDED}, not {found}; review editions/mends.py")
    # The default of options.get("document", make_document()) is evaluated on each message although Sphinx
    # always gives a document; building it parses every command line option of docutils.
    _replace(myst_base, "make_document", _no_document)
    _replace(myst_sphinx, "create_md_parser", _parser_once(create_md_parser))
    _replace(sphinx_i18n, "_publish_msgstr", _published_once(sphinx_i18n._publish_msgstr))
    vars(sphinx_i18n)["_mended"] = True


def _replace(module: ModuleType, name: str, mended: object) -> None:
    if not hasattr(module, name):
        raise PipelineError(f"{module.__name__} has no {name} any more; review editions/mends.py")
    setattr(module, name, mended)


def _no_document(*_args: Any, **_options: Any) -> None:
    return None


def _parser_once(create: Callable[..., MarkdownIt]) -> Callable[..., MarkdownIt]:
    """One parser for each configuration object instead of one for each message."""
    parsers: dict[tuple[int, Any], tuple[Any, MarkdownIt]] = {}

    def parser(config: Any, renderer: Any) -> MarkdownIt:
        key = (id(config), renderer)
        if key not in parsers:
            # The configuration is kept beside its parser so that its id is not given to another one.
            parsers[key] = (config, create(config, renderer))
        return parsers[key][1]

    return parser


def _published_once(publish: Callable[..., nodes.Element]) -> Callable[..., nodes.Element]:
    """Parse each message once, not once for each of the two phases of Sphinx's Locale, and let go of its
    document, which would carry the whole environment into every pickled doctree."""
    waiting: dict[tuple[str, str, int], nodes.Element] = {}

    def published(source: str, source_path: str, source_line: int, **context: Any) -> nodes.Element:
        key = (source, source_path, source_line)
        if key in waiting:
            return waiting.pop(key)
        patch = publish(source, source_path, source_line, **context)
        if isinstance(patch, nodes.document):
            return patch
        for node in patch.findall():
            node.document = None  # type: ignore[assignment]  # docutils allows a node without one
        waiting[key] = patch
        return patch

    return published
