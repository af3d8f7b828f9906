"""The options of a lesion: each act with what speaks for and against it, what stops it, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from enbloc.case.anatomy import Level
from enbloc.case.lesion import LesionKind
from enbloc.decide.decision import Act, Degree, Said, Statement
from enbloc.decide.families import ACT_RULES, CASE_RULES
from enbloc.decide.of_primary import for_adults
from enbloc.decide.overriding import overrides_of
from enbloc.decide.pathway import OfAct, OfLesion
from enbloc.decide.ranking import Place, Voice, Weighed, place, ranked, standings, weigh
from enbloc.decide.recommendation import Option, Overridden, Standing
from enbloc.decide.rule import Rule
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked

# One id may be two rules, of the record and of the act (COMP).
_OF_CASE: dict[str, Rule] = {rule.id: rule for rule in CASE_RULES}
_OF_ACT: dict[str, Rule] = {rule.id: rule for rule in ACT_RULES}

EMERGENCIES = ("RED-01", "RED-04", "RED-10", "STOP-08")
"""While one of these holds, elective stops are risks to accept and delay nothing (pathway, section E, note 6)."""

ELECTIVE = ("STOP-16", "STOP-17", "STOP-18", "STOP-33")


def options_of(about: Situation, heard: OfLesion) -> tuple[Option, ...]:
    """The options of a lesion in their order, each with its standing and the reason."""
    of_act = {one.act: one for one in heard.acts}
    order = ranked(weighed(one, heard.said) for one in heard.acts)
    stand = standings(order)
    first = next((one for one, how in zip(order, stand, strict=True) if how is Standing.LEADING), None)
    return tuple(
        option_of(about, of_act[one.act], heard.said, how, _why(one, how, first))
        for one, how in zip(order, stand, strict=True)
    )


def weighed(one: OfAct, of_case: Said) -> Weighed:
    """What decides the place of an act."""
    return weigh(one.act, (*_voices(one.act, of_case, _OF_CASE), *_voices(one.act, one.said, _OF_ACT)))


def _voices(act: Act, said: Said, by_id: dict[str, Rule]) -> Iterator[Voice]:
    """The rules that speak for or against an act, or would if something were known."""
    for one in (*said.speaks, *said.pending):
        rule = by_id[one.rule]
        if act in rule.favours or act in rule.against:
            yield Voice(rule=rule, holds=one.holds)


def option_of(about: Situation, one: OfAct, of_case: Said, standing: Standing, because: str) -> Option:
    """One act as an option, with every statement about it in its place."""
    act, said = one.act, one.said
    supports = [s for s in (*of_case.speaks, *of_case.pending) if act in _OF_CASE[s.rule].favours]
    supports += [s for s in (*said.speaks, *said.pending) if act in _OF_ACT[s.rule].favours]
    against = [s for s in of_case.speaks if act in _OF_CASE[s.rule].against and s.degree is not Degree.STOP]
    against += [s for s in said.speaks if act in _OF_ACT[s.rule].against and s.degree is not Degree.STOP]
    placed = {s.rule for s in (*supports, *against)}
    stops, risks = _elective(said.stops, is_emergency(of_case))
    open_, met = overridden(about, act, stops)
    return Option(
        act=act,
        about=about.about,
        words=words_of(act, about.levels, about.kind),
        standing=standing,
        because=because,
        supports=tuple(supports),
        against=tuple(against),
        stops=open_,
        overridden=met,
        risks=risks,
        speaks=tuple(s for s in said.speaks if s.rule not in placed and s.degree is not Degree.STOP),
        pending=tuple(s for s in said.pending if s.rule not in placed),
        expected=tuple(_expected(about, act)),
    )


def is_emergency(of_case: Said) -> bool:
    """Whether a rule of the emergency path holds."""
    return any(one.rule in EMERGENCIES for one in of_case.speaks)


def _elective(stops: Sequence[Statement], emergency: bool) -> tuple[list[Statement], tuple[Statement, ...]]:
    """Stops that block, and in an emergency those of elective care apart."""
    if not emergency:
        return list(stops), ()
    return [s for s in stops if s.rule not in ELECTIVE], tuple(s for s in stops if s.rule in ELECTIVE)


def overridden(
    about: Situation, act: Act | None, stops: Iterable[Statement]
) -> tuple[tuple[Statement, ...], tuple[Overridden, ...]]:
    """The stops that stay open, and those that the record overrides by name; without an act, those of the case."""
    held = [(stop, overrides_of(about.case, stop.rule, about.about, act)) for stop in stops]
    return (
        tuple(stop for stop, by in held if by is None),
        tuple(Overridden(stop=stop, by=by) for stop, by in held if by is not None),
    )


# --- why an option stands where it stands -----------------------------------------------------------------------------
def _why(one: Weighed, standing: Standing, first: Weighed | None) -> str:
    """The reason in one clause, with the rule that decides it."""
    if one.barred:
        return f"{one.barred[0].id} bars it: {one.barred[0].statement}"
    if standing is Standing.UNSUPPORTED:
        return "no rule speaks for it in this case"
    if standing is Standing.REJECTED:
        return _opposed(one)
    return _backed(one) if first is None or one is first else f"{_backed(one)}; {_behind(one, first)}"


def _opposed(one: Weighed) -> str:
    against = one.against[0].rule
    return f"{_listed(voice.rule for voice in one.against)} against it: {against.statement}"


def _listed(rules: Iterable[Rule]) -> str:
    ids = tuple(dict.fromkeys(rule.id for rule in rules))
    return f"{' and '.join(ids)} {'speaks' if len(ids) == 1 else 'speak'}"


def _backed(one: Weighed) -> str:
    sure = [voice.rule for voice in one.supports if voice.is_sure]
    drafts = ", not yet source-checked" if one.tier in (1, 3) else ""
    if sure:
        return f"{_listed(sure)} for it{drafts}"
    return f"{_listed(voice.rule for voice in one.supports)} for it only if what is asked turns out so{drafts}"


def _behind(one: Weighed, first: Weighed) -> str:
    """How it comes to stand behind the first, by the first part of its place that differs."""
    mine, theirs = place(one), place(first)
    match next((name for name in Place._fields if getattr(mine, name) != getattr(theirs, name)), ""):
        case "tier":
            return "what checked rules say goes before" if first.tier == 0 else "what holds goes before what may"
        case "opposition":
            against = _listed(voice.rule for voice in one.against)
            return f"{against} against it{', of the same rank' if mine.opposition > 1 else ', of lower rank'}"
        case "rank":
            return f"its rules rank after those of the first: {_backed(first)}"
        case "fewer":
            return "fewer rules speak for it than for the first"
    return "equal to the first, and later in the fixed order of acts"


# --- words and figures ------------------------------------------------------------------------------------------------
_WITHOUT_PLACE = (Act.SYSTEMIC, Act.PALLIATIVE)


def words_of(act: Act, levels: tuple[Level, ...], kind: LesionKind | None) -> str:
    """An act on these levels, as a board would name the option.

    Examples
    --------
    >>> words_of(Act.SEPARATION, (Level.T8,), LesionKind.METASTASIS)
    'separation surgery T8, then radiosurgery'
    """
    where = _span(levels)
    if act is Act.SEPARATION:
        return f"separation surgery {where}, then radiosurgery"
    if act is Act.RADIOTHERAPY and kind is LesionKind.PRIMARY:
        return f"definitive radiotherapy {where}"
    if act is Act.OBSERVATION:
        return "observation" if kind is LesionKind.PRIMARY else "systemic therapy and observation, no local treatment"
    return act.value if act in _WITHOUT_PLACE else f"{act.value} {where}"


def _span(levels: tuple[Level, ...]) -> str:
    if not levels:
        return "(level unknown)"
    return str(levels[0]) if len(levels) == 1 else f"{levels[0]} to {levels[-1]}"


_RESECTIONS = (Act.EN_BLOC, Act.INTRALESIONAL, Act.INTRADURAL)


def _expected(about: Situation, act: Act) -> Iterator[str]:
    """Local recurrence as the table of tumours prints it, with its mark; figures of adults for adults."""
    tumour = about.histology
    if tumour is None or tumour.kind is not LesionKind.PRIMARY or act not in _RESECTIONS:
        return
    printed = {Act.EN_BLOC: tumour.recurrence_en_bloc, Act.INTRALESIONAL: tumour.recurrence_intralesional}.get(act)
    if printed:
        mark = f"{Checked.FROM_MEMORY.value}, not yet source-checked"
        figure = f"Local recurrence of {tumour.name} after {act.value}: {printed} % ({mark})."
        yield for_adults(about, figure)
    if tumour.recurrence_note and tumour.is_figure_checked:
        yield for_adults(about, f"{tumour.name}, as the table of tumours notes: {tumour.recurrence_note}.")
