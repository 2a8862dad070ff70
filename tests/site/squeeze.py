"""An MkDocs hook that does what minifying plugins do: it rewrites the finished page."""

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001 - MkDocs names the arguments
    return re.sub(r"\s+", " ", output)
