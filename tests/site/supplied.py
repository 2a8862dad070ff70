"""An MkDocs hook that gives the plugin the fake site, for tests that run `mkdocs` itself."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from postmortem.site.mkdocs_plugin import PostmortemPlugin
from tests.site.fakes import SITE


@event_priority(100)
def on_config(config: MkDocsConfig) -> None:
    plugin = config.plugins["postmortem"]
    assert isinstance(plugin, PostmortemPlugin)
    plugin.supply = SITE
