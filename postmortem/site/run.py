"""The site without typing `mkdocs`: what `postmortem build` and `postmortem serve` call. The same bytes as
`mkdocs build`.

A settings file and an as-of date in, a folder out. Where no mkdocs.yml stands beside the settings, ours is used.
MkDocs' talk is collected, not
printed.
"""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import msgspec
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from postmortem.corpus import settings as settings_file
from postmortem.errors import OutputRefusedError, PostmortemError, SettingsError
from postmortem.model.finding import Finding
from postmortem.site import asof, checksums, tokens
from postmortem.site.edition import Printed, account, tallied
from postmortem.site.frame import DOCS
from postmortem.site.mkdocs_plugin import PostmortemPlugin
from postmortem.site.output import Output
from postmortem.site.refusal import RecordsRefusedError
from postmortem.site.sheets import Printing, begun
from postmortem.site.supply import Supply, Wish, from_records

DEFAULT = Path(__file__).resolve().parent / "default.mkdocs.yml"
OUT = "public"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a build came to. `printed` is None if broken records ended it: then nothing was written.

    `findings` are errors, warnings and advice about records; `warnings` are MkDocs' and ours about the rest.
    """

    out: Path
    findings: tuple[Finding, ...]
    printed: Printed | None
    warnings: tuple[str, ...] = ()


def build(wish: Wish, as_of: date, out: Path | None = None, *, supply: Supply = from_records) -> Outcome:
    """Build the whole site; `out` is relative to the current folder, by default what mkdocs.yml says (public).

    Raises SettingsError, UnreadableError, OutputRefusedError; a broken record is an outcome, not an error.
    """
    talk = _Talk()
    with _heard(talk, logging.WARNING), asof.fixed(as_of):
        config = _load(wish.settings, talk, out)
        folder = Path(config.site_dir)
        with _plugin(config, wish, supply) as plugin:
            config.plugins.on_startup(command="build", dirty=False)
            try:
                with _operator(folder):
                    mkdocs_build.build(config)
            except (Abort, MkDocsException) as error:
                _refusal(error, talk)
            finally:
                config.plugins.on_shutdown()
            doubts = plugin.printed.doubts if plugin.printed is not None else ()
            warnings = (*talk.lines(logging.WARNING), *doubts)
            return Outcome(out=folder, findings=plugin.findings, printed=plugin.printed, warnings=warnings)


def data_only(wish: Wish, as_of: date, out: Path | None = None, *, supply: Supply = from_records) -> Outcome:
    """Write the artifacts (feeds, JSON, schemas) and nothing that needs a theme. Raises as `build` does."""
    folder = out.absolute() if out is not None else wish.settings.absolute().parent / OUT
    output = Output(folder)
    try:
        with asof.fixed(as_of):
            prepared = supply(wish, as_of)
            if not wish.keep_going and any(finding.weight == "error" for finding in prepared.findings):
                return Outcome(out=folder, findings=prepared.findings, printed=None)
            with (
                closing(begun(prepared, output, wish.jobs)) as early,
                closing(Printing(prepared, None, output, wish.jobs)) as late,
            ):
                sheets = account((*early, *late.sheets()), output)
            output.put(checksums.PATH, checksums.write(output.digests))
            return Outcome(out=folder, findings=prepared.findings, printed=tallied(sheets, output.commit()))
    finally:
        output.close()


def serve(wish: Wish, as_of: date, port: int = 8000, *, supply: Supply = from_records) -> None:
    """Show the site on 127.0.0.1 until interrupted, building it again when something changes; MkDocs talks on
    stderr. Broken records are left out. Raises as `build` does.
    """
    from mkdocs.commands import serve as mkdocs_serve  # noqa: PLC0415 - its web server is nothing that a build needs

    talk, aloud = _Talk(), logging.StreamHandler()
    wish = msgspec.structs.replace(wish, jobs=1, keep_going=True)
    file, options = str(_config_file(wish.settings)), _options(wish.settings)
    with asof.fixed(as_of), _heard(talk, logging.INFO), _heard(aloud, logging.INFO):
        config = _load(wish.settings, talk)
        with _plugin(config, wish, supply):
            try:
                mkdocs_serve.serve(file, dev_addr=f"127.0.0.1:{port}", **options)  # type: ignore[arg-type]
            except (Abort, MkDocsException) as error:
                _refusal(error, talk)


class _Talk(logging.Handler):
    """What MkDocs says during a run."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._said: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self._said.append(record)

    def lines(self, level: int) -> tuple[str, ...]:
        """The lines of one level, each once, in order."""
        return tuple(dict.fromkeys(record.getMessage() for record in self._said if record.levelno == level))


@contextmanager
def _heard(handler: logging.Handler, level: int) -> Iterator[None]:
    """Let the handler, and nobody else, hear MkDocs."""
    logger = logging.getLogger("mkdocs")
    before = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(level)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before[0])
        logger.propagate = before[1]


def _config_file(settings: Path) -> Path:
    """The mkdocs.yml beside the settings, else ours."""
    own = settings.absolute().parent / "mkdocs.yml"
    return own if own.is_file() else DEFAULT


def _options(settings: Path) -> dict[str, str]:
    """What MkDocs must be told where a project has no mkdocs.yml: paths and a name."""
    if _config_file(settings) != DEFAULT:
        return {}
    root = settings.absolute().parent
    docs = root / "site"
    return {
        "config_file_path": str(settings.absolute()),
        "docs_dir": str(docs if docs.is_dir() else DOCS),
        "site_name": tokens.html(f"{settings_file.load(settings).publisher.name}: incidents"),
    }


def _load(settings: Path, talk: _Talk, out: Path | None = None) -> MkDocsConfig:
    options = _options(settings)
    if out is not None:
        options["site_dir"] = str(out.absolute())
    file = _config_file(settings)
    try:
        config = load_config(config_file=str(file), **options)
    except MkDocsException as error:
        raise SettingsError("; ".join((f"{file}: {error}", *talk.lines(logging.ERROR)))) from error
    if not isinstance(config.plugins.get("postmortem"), PostmortemPlugin):
        raise SettingsError(f"{file}: the postmortem plugin is not in use; add `- postmortem` under `plugins:`")
    return config


@contextmanager
def _plugin(config: MkDocsConfig, wish: Wish, supply: Supply) -> Iterator[PostmortemPlugin]:
    """The plugin, told what to do instead of what mkdocs.yml says; MkDocs keeps it for the next build."""
    plugin = config.plugins["postmortem"]
    if not isinstance(plugin, PostmortemPlugin):
        raise TypeError(type(plugin))
    plugin.wish, plugin.supply = wish, supply
    try:
        yield plugin
    finally:
        plugin.wish, plugin.supply = None, from_records


@contextmanager
def _operator(folder: Path) -> Iterator[None]:
    """A full disk and a broken template are the operator's to mend, though MkDocs lets them through as they come."""
    try:
        yield
    except OSError as error:
        place = error.filename or folder
        raise OutputRefusedError(
            f"{place}: {error.strerror}; the build stopped, the site was left as it was"
        ) from error
    except Exception as error:
        if not type(error).__module__.startswith("jinja2."):
            raise
        where = f"{getattr(error, 'filename', None) or 'overrides'}:{getattr(error, 'lineno', None) or '?'}"
        raise SettingsError(f"{where}: this template of the theme cannot be rendered: {error}") from error


def _refusal(error: BaseException, talk: _Talk) -> None:
    """Raise what ended the build, unless broken records did."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, RecordsRefusedError):
            return
        if isinstance(cause, PostmortemError):
            raise cause
        cause = cause.__cause__ or cause.__context__
    reasons = (*talk.lines(logging.ERROR), *talk.lines(logging.WARNING))
    raise SettingsError("; ".join((str(error), *reasons))) from error
