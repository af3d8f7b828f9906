"""How a case answers the primary tumour of each survival score: one fact, and every score's own classes of it.

No score says where every site belongs. Each declares the sites that it lists, what becomes of the others (a class of
their own where it has one, otherwise they stay open and are asked for), and which it leaves out altogether.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.case import Case
from enbloc.case.fact import Fact, PrimarySite
from enbloc.case.finding import Findings
from enbloc.errors import RecordError
from enbloc.stage.form import Reads
from enbloc.stage.reading import Reading
from enbloc.value import value

S = PrimarySite

HISTOLOGIES: dict[str, tuple[PrimarySite, ...]] = {
    "renal cell carcinoma": (S.KIDNEY,),
    "clear cell renal cell carcinoma": (S.KIDNEY,),
    "rcc": (S.KIDNEY,),
    "breast carcinoma": (S.BREAST,),
    "breast cancer": (S.BREAST,),
    "prostate carcinoma": (S.PROSTATE,),
    "prostate cancer": (S.PROSTATE,),
    "prostate adenocarcinoma": (S.PROSTATE,),
    "lung carcinoma": (S.LUNG,),
    "lung cancer": (S.LUNG,),
    "lung adenocarcinoma": (S.LUNG,),
    "non-small-cell lung carcinoma": (S.LUNG,),
    "non-small-cell lung cancer": (S.LUNG,),
    "nsclc": (S.LUNG,),
    "small-cell lung carcinoma": (S.LUNG,),
    "small-cell lung cancer": (S.LUNG,),
    "sclc": (S.LUNG,),
    "thyroid carcinoma": (S.THYROID,),
    "follicular thyroid carcinoma": (S.THYROID,),
    "papillary thyroid carcinoma": (S.THYROID,),
    "hepatocellular carcinoma": (S.HEPATOCELLULAR,),
    "hcc": (S.HEPATOCELLULAR,),
    "colorectal carcinoma": (S.COLON, S.RECTUM),
    "colorectal cancer": (S.COLON, S.RECTUM),
    "melanoma": (S.MELANOMA,),
    "ovarian carcinoma": (S.OVARY,),
    "myeloma": (S.MYELOMA,),
    "multiple myeloma": (S.MYELOMA,),
    "lymphoma": (S.LYMPHOMA,),
    "carcinoma of unknown primary": (S.UNIDENTIFIED,),
}
"""Words of a record that name a site, or the sites that it may be; used only where the site itself is not stated."""


@value
class Sites:
    """Every site that a tumour may have as the record stands, and where that is from."""

    sites: tuple[PrimarySite, ...]
    facts: tuple[str, ...]
    note: str = ""


def sites_of(findings: Findings, lesion: str) -> Sites:
    """The primary site as stated; otherwise what the word of the histology names; none where it names nothing.

    Examples
    --------
    >>> from enbloc.case.finding import measured
    >>> word = measured(vocabulary.HISTOLOGY, "A", "Colorectal  carcinoma")
    >>> [site.value for site in sites_of(Findings(found=(word,)), "A").sites]
    ['colon', 'rectum']
    """
    stated = findings.value(vocabulary.PRIMARY_SITE, lesion)
    if stated is not None:
        return Sites(sites=(stated,), facts=(vocabulary.PRIMARY_SITE.id,))
    word = findings.value(vocabulary.HISTOLOGY, lesion)
    named = HISTOLOGIES.get(_plain(word), ()) if word else ()
    if not named:
        return Sites(sites=(), facts=(vocabulary.PRIMARY_SITE.id,))
    read = " or ".join(site.value for site in named)
    return Sites(sites=named, facts=(vocabulary.HISTOLOGY.id,), note=f"histology {_plain(word or '')} read as {read}")


def _plain(word: str) -> str:
    return " ".join(word.casefold().split()).removeprefix("metastatic ")


@value
class Split:
    """A site whose class depends on one more fact: the class if so, and the class if not."""

    by: Fact[bool]
    if_so: Any
    if_not: Any


Class = Any
"""A class of a score; several where it does not say which; `Split` where one more fact decides."""


@value
class Classes:
    """Where a score puts each site.

    ``others`` is the class of every site that is not listed; it is every class where the score has none for them, and
    a person is asked. ``excluded`` were left out of its cohort and are refused; ``flag`` is what to know of any class.
    """

    listed: Mapping[PrimarySite, Class]
    others: Class
    excluded: tuple[PrimarySite, ...] = ()
    score: str = ""
    flag: str = ""

    def read(self, findings: Findings, lesion: str) -> Reading:
        """The class of the tumour, or every one that it may have."""
        known = sites_of(findings, lesion)
        if not known.sites:
            return Reading(name="primary", values=(), facts=known.facts, ask=vocabulary.PRIMARY_SITE.ask)
        left = tuple(site for site in known.sites if site not in self.excluded)
        if not left:
            sites = " or ".join(site.value for site in known.sites)
            raise RecordError(
                f"{self.score} does not hold for this primary tumour ({sites}): its cohort left it out.",
                remedy="Use another score.",
            )
        unlisted = " or ".join(site.value for site in left if site not in self.listed)
        return Reading(
            name="primary",
            values=tuple(dict.fromkeys(self._values(left, findings, lesion))),
            facts=(*known.facts, *self._facts(left)),
            ask="; ".join(dict.fromkeys(self._asks(left, findings, lesion))) or vocabulary.PRIMARY_SITE.ask,
            note="; ".join(filter(None, (known.note, f"{unlisted} is not listed by the score" if unlisted else ""))),
            flags=(self.flag,) if self.flag else (),
        )

    def _class(self, site: PrimarySite) -> Class:
        return self.listed.get(site, self.others)

    def _facts(self, sites: tuple[PrimarySite, ...]) -> Iterator[str]:
        each = (self._class(site) for site in sites)
        yield from dict.fromkeys(one.by.id for one in each if isinstance(one, Split))

    def _values(self, sites: tuple[PrimarySite, ...], findings: Findings, lesion: str) -> Iterator[Any]:
        for site in sites:
            held = self._class(site)
            if isinstance(held, Split):
                answer = findings.value(held.by, lesion)
                yield from () if answer is False else (held.if_so,)
                yield from () if answer is True else (held.if_not,)
            else:
                yield from held if isinstance(held, tuple) else (held,)

    def _asks(self, sites: tuple[PrimarySite, ...], findings: Findings, lesion: str) -> Iterator[str]:
        """What would settle the class: which of the sites, the fact that splits one, or a person's judgement."""
        if len(sites) > 1:
            yield vocabulary.PRIMARY_SITE.ask
        for site in sites:
            held = self._class(site)
            if isinstance(held, Split) and findings.value(held.by, lesion) is None:
                yield held.by.ask
            elif isinstance(held, tuple):
                yield f"{site.value}: which class of this score it belongs to is not stated; ask the clinician"


def by_site(
    listed: Mapping[PrimarySite, Class],
    *,
    others: Class,
    excluded: tuple[PrimarySite, ...] = (),
    score: str = "",
    flag: str = "",
) -> Reads:
    """Reads the class of the primary tumour by what a score lists; see `Classes`."""
    classes = Classes(listed=listed, others=others, excluded=excluded, score=score, flag=flag)

    def read(case: Case, findings: Findings, lesion: str) -> Reading:
        return classes.read(findings, lesion)

    return read
