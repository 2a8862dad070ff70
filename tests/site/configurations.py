"""MkDocs configurations as projects have them: plain, rich, and some that a stamp cannot repeat."""

from pathlib import Path

NAV = """
nav:
  - Now: index.md
  - History: history/index.md
  - More:
      - about.md
      - subscribe/index.md
"""

PLAIN = (
    """
site_name: Example AI
docs_dir: site
site_dir: public
theme:
  name: material
"""
    + NAV
)

RICH = (
    """
site_name: Example "AI" & friends
site_description: What fails when nobody says what happened.
site_author: The people
repo_url: https://github.com/example/records
edit_uri: edit/main/site/
copyright: Copyright <b>Example</b>
docs_dir: site
site_dir: public
extra_css: [extra.css]
extra_javascript:
  - extra.js
  - {path: module.mjs, type: module}
theme:
  name: material
  language: de
  font: false
  custom_dir: overrides
  icon: {repo: fontawesome/brands/github, edit: material/pencil}
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default, toggle: {icon: material/weather-night, name: Dark}}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, toggle: {icon: material/weather-sunny, name: Light}}
  features:
    - announce.dismiss
    - content.action.edit
    - content.action.view
    - content.code.annotate
    - content.code.copy
    - content.tabs.link
    - content.tooltips
    - header.autohide
    - navigation.expand
    - navigation.footer
    - navigation.indexes
    - navigation.instant
    - navigation.instant.prefetch
    - navigation.instant.progress
    - navigation.path
    - navigation.prune
    - navigation.sections
    - navigation.tabs
    - navigation.tabs.sticky
    - navigation.top
    - navigation.tracking
    - search.highlight
    - search.share
    - search.suggest
    - toc.follow
extra:
  version: {provider: mike}
  consent: {title: Cookies, description: None here.}
  alternate:
    - {name: English, link: /en/, lang: en}
  social:
    - {icon: fontawesome/brands/mastodon, link: "https://example.social/@a"}
  analytics:
    provider: none
    feedback:
      title: Was this helpful?
      ratings:
        - icon: material/emoticon-happy-outline
          name: Yes
          data: 1
          note: Thanks for {title} at <a href="https://example.com/?url={url}&title={title}">{url}</a>
markdown_extensions:
  - attr_list
  - toc: {permalink: true, title: Auf dieser Seite}
"""
    + NAV
)

OVERRIDE = """
{% extends "base.html" %}
{% block announce %}<b>{{ page.title }}</b>{% endblock %}
{% block extrahead %}{% if page %}
  <meta property="og:title" content="{{ page.title | e }}">
  <meta property="og:url" content="{{ page.canonical_url }}">
  <meta name="here" content="{{ page.url }}">
  <meta name="description2" content="{{ (page.meta.description or '') | striptags }}">
  <script>var title = {{ page.title | tojson }}, where = {{ page.url | tojson }};</script>
{% endif %}{% endblock %}
"""

INTEGRATED = PLAIN.replace("name: material\n", "name: material\n  features: [toc.integrate, navigation.tabs]\n")

ANOTHER_THEME = PLAIN.replace("name: material\n", "name: readthedocs\n")


def beside(folder: Path, override: str = OVERRIDE) -> None:
    """The files that RICH names."""
    overrides = folder / "overrides"
    analytics = overrides / "partials" / "integrations" / "analytics"
    analytics.mkdir(parents=True)
    (analytics / "none.html").write_text("<script>function __md_analytics(){}</script>\n", encoding="utf-8")
    (overrides / "main.html").write_text(override, encoding="utf-8")
    for name in ("extra.css", "extra.js", "module.mjs"):
        (folder / "site" / name).write_text("/* nothing */\n", encoding="utf-8")
