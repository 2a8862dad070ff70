"""Figures in words: a number with its unit, the days it is about, what it rests on, what is not known; and a few
figures as tiles for pages that are about something else. Figures in, text or safe HTML out; computes nothing.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup, escape

from postmortem.model.figure import Extent, Figure, Value, rows_path
from postmortem.pages import messages, times

NOT_KNOWN: Final = "not known"
_HOUR: Final = 60
_HEADLINES: Final[dict[str, tuple[str, ...]]] = {
    "counts": ("incidents", "minutes"),
    "months": ("months", "partly"),
    "gaps": ("median", "since_last"),
    "episodes": ("episodes", "largest"),
    "causes": ("recurring", "recurrences"),
    "uptime": ("uptime", "uptime_degraded_down"),
}
"""The numbers of a family that stand for it where there is room for two."""
_TITLED: Final = ("incidents", "uptime", "months", "episodes")
"""Numbers whose figure's title says what they are."""
_SHORT: Final = {"uptime_degraded_down": "if degraded time counts as down", "since_last": "since the last"}
_LENGTHS: Final = ("median", "p90")
_WORDS: Final = {
    name: f"\N{LEFT DOUBLE QUOTATION MARK}{word.lower()}\N{RIGHT DOUBLE QUOTATION MARK}"
    for name, word in messages.IMPACT_CLASS.items()
}
_WHETHER: Final = re.compile(rf"not known whether ({'|'.join(_WORDS)}) was affected")
_SILENT: Final = re.compile(r"(\w+): not known")
_ID: Final = re.compile("|".join(_WORDS))


def family(figure: Figure) -> str:
    """What kind of figure it is: the first part of its key."""
    return figure.key.partition("/")[0]


def title(figure: Figure) -> str:
    """Its title, with the words of the vocabulary instead of ids."""
    before, colon, name = figure.title.partition(": ")
    return f"{before}{colon}{messages.IMPACT_CLASS.get(name, name)}"


def said(text: str) -> str:
    """A reason, a label or a formula, with the words of the vocabulary instead of ids."""
    text = text.strip().removesuffix(", minutes").replace("`", "")
    return messages.IMPACT_CLASS.get(text) or _ID.sub(lambda found: _WORDS[found[0]], text)


def number(value: Value) -> str:
    """`12`, `1 h 52 min`, `99.95 %`, `45 min to 2 h`; "not known" where nothing can be said."""
    if value.value is None:
        return NOT_KNOWN
    low = _plain(value.value, value.unit)
    high = low if value.high is None else _plain(value.high, value.unit)
    return low if high == low else f"{low} to {high}"


def _plain(amount: float, unit: str) -> str:
    if unit == "percent":
        return f"{amount:g} %" if amount == int(amount) else f"{amount:.3f} %"
    if unit == "minutes":
        return f"{amount:g} min" if amount < _HOUR else times.duration(int(amount))
    return f"{amount:,}"


def window(extent: Extent, *, stated: bool) -> str:
    """`1 to 30 June 2026, 30 days watched`; where fewer days were watched than were asked for, how many of them."""
    if not stated:
        return "which days were watched is not stated"
    if extent.start is None or extent.end is None:
        return f"none of {extent.asked} days watched" if extent.asked else "no day watched"
    many = f"{extent.watched:,} of {extent.asked:,}" if extent.clipped else f"{extent.watched:,}"
    days = "day" if not extent.clipped and extent.watched == 1 else "days"
    gaps = "" if extent.complete else ", with gaps"
    return f"{times.days(extent.start, extent.end)}, {many} {days} watched{gaps}"


def rests_on(figure: Figure) -> str:
    """`n = 17 incidents, 3 of them by approximate times`."""
    of = figure.of[:-1] if figure.n == 1 else figure.of
    about = f", {figure.marked:,} of them by approximate times" if figure.marked else ""
    return f"n = {figure.n:,} {of}{about}"


def unknowns(figure: Figure) -> list[str]:
    """`start not known: 11`: everything that was left out or only bounded; classes and questions in one line."""
    grouped: dict[str, list[str]] = {}
    others: list[str] = []
    for each in figure.unknowns:
        if hit := _WHETHER.fullmatch(each.why):
            grouped.setdefault("not known whether affected", []).append(f"{_word(hit[1])} {each.count:,}")
        elif hit := _SILENT.fullmatch(each.why):
            grouped.setdefault("not known", []).append(f"{_word(hit[1])} {each.count:,}")
        else:
            others.append(f"{said(each.why)}: {each.count:,}")
    return [*(f"{why}: {', '.join(found)}" for why, found in grouped.items()), *others]


def _word(id_: str) -> str:
    return messages.IMPACT_CLASS.get(id_, id_.replace("_", " ")).lower()


def sentences(figures: Iterable[Figure]) -> list[tuple[str, str]]:
    """How each is computed, by title; a sentence that stood before is not said again."""
    told: set[str] = set()
    found: list[tuple[str, str]] = []
    for figure in figures:
        parts = [each for each in figure.formula.removesuffix(".").split(". ") if each not in told]
        told.update(parts)
        if parts:
            name = "Counts" if family(figure) == "counts" else title(figure).partition(": ")[0]
            found.append((name, said(". ".join(parts)) + "."))
    return found


def headline(figure: Figure) -> list[Value]:
    """The one or two numbers that stand for it."""
    own = {each.key: each for each in figure.values}
    chosen = [own[each] for each in _HEADLINES.get(family(figure), _LENGTHS) if each in own]
    return chosen or list(figure.values[:2])


def brief(figures: Sequence[Figure], *, stated: bool, root: str) -> Markup:
    """A tile for each: its number, a second one, what it rests on, the days it is about, what is not known; below, how
    they are computed and where all of it stands.

    `stated` is whether settings state any coverage; `root` leads to the front page: empty, or ending with a slash.
    """
    tiles = Markup("\n").join(_tile(each, stated=stated) for each in figures)
    formulas = Markup("\n").join(Markup("<div><dt>%s</dt><dd>%s</dd></div>") % told for told in sentences(figures))
    return Markup(
        '<dl class="pm-tiles pm-brief">\n%s\n</dl>\n'
        '<details class="pm-how"><summary>How these are computed</summary>\n<dl class="pm-pairs">\n%s\n</dl>\n'
        '<p><a href="%smetrics/">All numbers, with the rows behind them</a></p></details>'
    ) % (tiles, formulas, root)


def _tile(figure: Figure, *, stated: bool) -> Markup:
    first, *more = headline(figure)
    counted = first.key == "incidents" and first.value is not None
    notes = [f"{short(each)}: {number(each)}" for each in more if each.value is not None]
    notes += [] if counted and not figure.marked else [rests_on(figure)]
    notes += [window(figure.window, stated=stated), *unknowns(figure)]
    label = title(figure) if first.key in _TITLED else f"{title(figure)}, {said(first.label)}"
    state = _silence(figure, stated=stated)
    empty = Markup(' data-is="%s"') % state.replace(" ", "_") if first.value is None else Markup()
    told = Markup().join(Markup('<span class="pm-note">%s</span>') % each for each in notes)
    value = f"{number(first)} {'incident' if first.value == 1 else 'incidents'}" if counted else number(first)
    shown = state if first.value is None else value
    return Markup("<div%s><dt>%s</dt><dd>%s%s</dd></div>") % (empty, escape(label), shown, told)


def _silence(figure: Figure, *, stated: bool) -> str:
    """Why a figure has no number: nobody watched, there was nothing, or nobody knows."""
    if stated and not figure.window.watched:
        return "not watched"
    return NOT_KNOWN if figure.n or figure.unknowns or not stated else "nothing to measure"


class Place(NamedTuple):
    """Where figures stand: the way to the front page, whose they are where there are several providers, what their
    anchors begin with, and whether settings state any coverage.
    """

    root: str
    provider: str | None
    before: str
    stated: bool

    def anchor(self, figure: Figure) -> str:
        """The id under which a figure stands: `lag/detection` is `lag-detection`."""
        return f"{self.before}{figure.key.replace('/', '-')}"


def foot(figure: Figure, page: Place, of: str = "") -> Markup:
    """What stands below every figure: what it rests on, the days, what is not known, and the rows behind it; `of` is
    said first, where one table shows several.
    """
    parts = [rests_on(figure), window(figure.window, stated=page.stated), *unknowns(figure)]
    told = "; ".join(parts)
    whose = Markup("<b>%s</b> ") % of if of else ""
    return Markup('<p class="pm-foot pm-note">%s%s. <a href="%s" aria-label="CSV: %s">CSV</a></p>') % (
        whose,
        told,
        page.root + rows_path(page.provider, figure.key),
        title(figure),
    )


def period(figure: Figure) -> str:
    """`30 days` for `counts/30`; all that was watched otherwise."""
    days = figure.key.rpartition("/")[2]
    return f"{days} days" if days != "all" else figure.title


def short(value: Value) -> str:
    """The label of a number, in few words."""
    return _SHORT.get(value.key) or said(value.label)


def pairs(figure: Figure) -> list[tuple[str, str]]:
    """All its numbers with their labels."""
    return [(short(each), number(each)) for each in figure.values]
