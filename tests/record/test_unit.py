"""A unit of work: versions, the second writer, files, results and their audit; alike on both databases."""

from __future__ import annotations

import io
import json

import pytest

from enbloc.errors import RecordError
from enbloc.record import Change, Overtaken, Record, Saved, verify
from tests.record.deeds import ALICE, BOB, NOW, at, document, entry, override, save

UNKNOWN = "There is no such case"


def test_a_version_comes_back_to_the_byte_with_who_when_and_why(record: Record) -> None:
    text = '{"id": "2f41",  "schema":"enbloc/case/1", "story": "é \\u0000 \\ud800 𝄞", "n": 1.00}\r\n'
    with at(record) as work:
        kept = work.save_case("c1", text, made_from=0, because="new referral")
    with at(record, BOB) as work:
        read = work.read_case("c1")

    assert isinstance(kept, Saved)
    assert read.document == text
    assert (read.line.version, read.line.by, read.line.at, read.line.because) == (1, ALICE, NOW, "new referral")
    assert read.line.sha256 == kept.sha256


def test_every_version_can_be_opened_and_listed(record: Record) -> None:
    for version in range(5):
        save(record, made_from=version, story=f"story {version + 1}")
    with at(record) as work:
        texts = [json.loads(work.read_case("c1", version).document)["story"] for version in range(1, 6)]
        first, rest = work.versions("c1", limit=2), work.versions("c1", after=2)
        newest = work.read_case("c1").line.version

    assert texts == [f"story {version}" for version in range(1, 6)]
    assert [line.version for line in (*first, *rest)] == [1, 2, 3, 4, 5]
    assert newest == 5


def test_two_versions_are_compared_field_by_field(record: Record) -> None:
    save(record, patient={"birth_year": 1965, "sex": None}, findings=[entry(value="mechanical")])
    save(record, made_from=1, patient={"birth_year": 1956, "sex": None}, findings=[entry(value="none")])
    with at(record) as work:
        there, back = work.compared("c1", 1, 2), work.compared("c1", 2, 1)

    assert [change.words for change in there] == [
        "pain at the lesion of lesion A, value: mechanical → none",
        "patient, birth year: 1965 → 1956",
    ]
    assert [(change.before, change.after) for change in back] == [(c.after, c.before) for c in there]


def test_the_second_writer_is_told_who_changed_what_and_nothing_is_lost(record: Record) -> None:
    save(record, story="first", lesions=[{"id": "A", "histology": None}])
    save(record, made_from=1, actor=BOB, story="first", lesions=[{"id": "A", "histology": "chordoma"}])
    late = save(record, made_from=1, story="mine", lesions=[{"id": "A", "histology": None}])

    assert isinstance(late, Overtaken)
    assert (late.made_from, late.version) == (1, 2)
    assert [(since.line.by, since.line.version) for since in late.since] == [(BOB, 2)]
    change = Change(path="lesions[A].histology", what="lesion A, histology", before="unknown", after="chordoma")
    assert late.changes == late.since[0].changes == (change,)
    assert late.words == (
        "This was made from version 1; bob saved version 2 on 2026-11-20 at 14:30 UTC. "
        "Changed since: lesion A, histology."
    )
    with at(record) as work:
        assert work.read_case("c1").line.by == BOB
        acts = [line.act for line in work.audit(case_id="c1")]
    assert acts == ["save case", "save case", "refuse save", "read case", "read audit"]


def test_a_new_case_of_a_key_that_is_taken_is_not_saved(record: Record) -> None:
    save(record)
    late = save(record, actor=BOB)

    assert isinstance(late, Overtaken)
    assert [since.line.version for since in late.since] == [1]


def test_of_many_versions_in_between_the_latest_are_told(record: Record) -> None:
    for version in range(24):
        save(record, made_from=version, story=str(version))
    late = save(record, made_from=1, story="late")

    assert isinstance(late, Overtaken)
    assert [since.line.version for since in late.since] == list(range(5, 25))
    assert [change.words for change in late.changes] == ["story: 0 → 23"]


def test_a_version_that_is_not_there_is_no_place_to_start_from(record: Record) -> None:
    with pytest.raises(RecordError, match=UNKNOWN):
        save(record, made_from=1)
    save(record)
    for version in (2, -1):
        with pytest.raises(RecordError, match=UNKNOWN):
            save(record, made_from=version)


def test_a_document_of_another_case_is_not_saved_under_this_key(record: Record) -> None:
    save(record, id="2f41")
    with pytest.raises(RecordError, match="that of another case"):
        save(record, made_from=1, id="9c02")


def test_a_unit_that_fails_keeps_nothing_but_the_audit_of_what_was_read(record: Record) -> None:
    save(record)
    with pytest.raises(ZeroDivisionError), at(record, BOB) as work:  # noqa: PT012  # both must be in one unit
        work.save_case("c2", document("x"), made_from=0, because="half")
        work.read_case("c1")
        raise ZeroDivisionError
    with at(record) as work:
        cases, audit = work.cases(), work.audit()

    assert [line.case_id for line in cases] == ["c1"]
    assert [(line.actor, line.act, json.loads(line.detail)) for line in audit][1] == (
        BOB,
        "read case",
        {"abandoned": True},
    )
    assert verify(record).is_whole


def test_a_unit_that_is_over_does_nothing_more(record: Record) -> None:
    with at(record) as work:
        work.cases()
    with pytest.raises(RecordError, match="over"):
        work.cases()


# --- centres ----------------------------------------------------------------------------------------------------------


def test_a_centre_sees_nothing_of_another(record: Record) -> None:
    save(record, centre="north", findings=[entry()], overrides=[override()])
    with at(record, centre="north") as work:
        kept = work.put_file("c1", b"scan")
    with at(record, centre="south") as work:
        assert work.cases() == ()
        assert work.findings("sins.pain") == ()
        assert work.overrides("STOP-16") == ()
    for look in ("read_case", "versions", "results"):
        with pytest.raises(RecordError, match=UNKNOWN), at(record, centre="south") as work:
            getattr(work, look)("c1")
    with pytest.raises(RecordError, match="no such file"), at(record, centre="south") as work:
        work.read_file("c1", kept.sha256)


def test_what_is_anothers_is_answered_like_what_is_not_there_and_the_try_is_audited(record: Record) -> None:
    save(record, centre="north")
    said = []
    for case_id in ("c1", "nowhere"):
        with pytest.raises(RecordError) as refused, at(record, BOB, centre="south") as work:
            work.read_case(case_id)
        said.append(str(refused.value))
    with at(record, centre="south") as work:
        audit = work.audit()

    assert said[0] == said[1]
    assert [(line.actor, line.case_id, json.loads(line.detail)["found"]) for line in audit[:2]] == [
        (BOB, "c1", False),
        (BOB, "nowhere", False),
    ]


def test_each_centre_has_a_chain_of_its_own(record: Record) -> None:
    for centre in ("south", "north", "south"):
        save(record, f"c-{centre}", centre=centre)
    heads = verify(record).heads

    assert record.centres() == ("north", "south")
    assert [head.partition(":")[0] for head in heads.values()] == ["1", "2"]


# --- lists ------------------------------------------------------------------------------------------------------------


def test_cases_are_paged_by_their_keys_in_the_order_of_bytes(record: Record) -> None:
    keys = ["a", "B", "a.1", "Z9", "b-2", "10", "9", "a_1"]
    for key in keys:
        save(record, key)
    seen: list[str] = []
    while True:
        with at(record) as work:
            page = work.cases(after=seen[-1] if seen else "", limit=3)
        if not page:
            break
        seen += [line.case_id for line in page]

    assert seen == sorted(keys)


def test_entries_of_a_fact_are_those_of_the_newest_versions_page_by_page(record: Record) -> None:
    for case in range(4):
        lesions = [entry(about=about, value=f"{case}{about}") for about in "AB"]
        save(record, f"c{case}", findings=[entry("sins.bone", "lytic"), *lesions])
    save(record, "c1", made_from=1, findings=[entry(value="changed")])
    save(record, "c2", made_from=1, findings=[])
    seen = []
    spot = ("", -1)
    while True:
        with at(record) as work:
            page = work.findings("sins.pain", after=spot, limit=3)
        if not page:
            break
        seen += [(line.case_id, line.about, json.loads(line.value)) for line in page]
        spot = page[-1].spot

    assert seen == [("c0", "A", "0A"), ("c0", "B", "0B"), ("c1", "A", "changed"), ("c3", "A", "3A"), ("c3", "B", "3B")]


def test_overrides_are_found_by_their_stop(record: Record) -> None:
    save(record, "c1", overrides=[override(), override("STOP-05", "A")])
    save(record, "c2", overrides=[override(about="A")])
    with at(record) as work:
        found = work.overrides("STOP-16")

    assert [(line.case_id, line.about, line.by) for line in found] == [
        ("c1", "patient", "R. Example"),
        ("c2", "A", "R. Example"),
    ]
    assert found[0].because == override()["because"]
    with at(record) as work:
        assert [line.case_id for line in work.overrides("STOP-16", after=found[0].spot)] == ["c2"]


# --- files and results ------------------------------------------------------------------------------------------------


def test_files_are_kept_by_what_is_in_them_and_named_by_a_version(record: Record) -> None:
    content = bytes(range(256)) * 5000
    with at(record) as work:
        kept = work.put_file("c1", content)
        again = work.put_file("c1", io.BytesIO(content))
        work.save_case("c1", document(), made_from=0, because="new", files={"images/ct.nii.gz": kept.sha256})
    with at(record) as work:
        read = work.read_case("c1")
        back = work.read_file("c1", read.files["images/ct.nii.gz"])

    assert (kept, kept.size) == (again, len(content))
    assert back == content
    assert verify(record).files == 1


def test_an_older_version_keeps_the_files_it_had(record: Record) -> None:
    with at(record) as work:
        old, new = work.put_file("c1", b"old"), work.put_file("c1", b"new")
    for version, kept in enumerate((old, new)):
        with at(record) as work:
            files = {"labels/tumour.nii.gz": kept.sha256}
            work.save_case("c1", document(), made_from=version, because="labels", files=files)
    with at(record) as work:
        assert work.read_file("c1", work.read_case("c1", 1).files["labels/tumour.nii.gz"]) == b"old"


def test_a_version_names_only_files_of_its_own_case(record: Record) -> None:
    with at(record) as work:
        kept = work.put_file("other", b"scan of another patient")
    with pytest.raises(RecordError, match="not in the record"), at(record) as work:
        work.save_case("c1", document(), made_from=0, because="x", files={"images/ct.nii.gz": kept.sha256})
    with pytest.raises(RecordError, match="no such file"), at(record) as work:
        work.read_file("c1", kept.sha256)


def test_results_belong_to_the_version_they_were_computed_from(record: Record) -> None:
    save(record)
    save(record, made_from=1)
    with at(record) as work:
        work.put_result("c1", 1, "workup", b"{}")
        work.put_result("c1", 2, "workup", b"{ }")
        last = work.put_result("c1", 2, "report", b"%PDF")
    with at(record) as work:
        results = work.results("c1")
        assert work.read_file("c1", last.sha256) == b"%PDF"

    assert [(one.version, one.number, one.kind) for one in results] == [(2, 1, "workup"), (2, 2, "report")]
    with pytest.raises(RecordError, match=UNKNOWN), at(record) as work:
        work.put_result("c1", 3, "workup", b"{}")


# --- the audit --------------------------------------------------------------------------------------------------------


def test_every_question_and_every_deed_leaves_an_entry(record: Record) -> None:
    with at(record) as work:
        kept = work.put_file("c1", b"x")
        work.save_case("c1", document(), made_from=0, because="new", files={"a": kept.sha256})
        work.put_result("c1", 1, "workup", b"{}")
    with at(record, BOB) as work:
        work.read_case("c1")
        work.versions("c1")
        work.compared("c1", 1, 1)
        work.cases()
        work.findings("sins.pain")
        work.overrides("STOP-16")
        work.results("c1")
        work.read_file("c1", kept.sha256)
    with at(record) as work:
        audit = work.audit()

    assert [line.act for line in audit if line.actor == ALICE] == [
        "keep file",
        "save case",
        "keep file",
        "keep result",
        "read audit",
    ]
    assert [line.act for line in audit if line.actor == BOB] == [
        "read case",
        "list versions",
        "compare versions",
        "list cases",
        "list findings",
        "list overrides",
        "list results",
        "read file",
    ]
    assert {line.purpose for line in audit} == {"the board of Friday"}
    assert [line.entry for line in audit] == list(range(1, len(audit) + 1))


def test_the_audit_of_one_case_is_read_by_itself_and_in_pages(record: Record) -> None:
    for case in ("c1", "c2", "c1x"):
        save(record, case)
    for _ in range(3):
        with at(record) as work:
            work.read_case("c1")
    with at(record) as work:
        page = work.audit(case_id="c1", limit=2)
        rest = work.audit(case_id="c1", after=page[-1].entry)

    assert {line.case_id for line in (*page, *rest)} == {"c1"}
    assert [line.act for line in (*page, *rest)][:4] == ["save case", "read case", "read case", "read case"]


def test_the_audit_is_read_back_from_its_end(record: Record) -> None:
    save(record, "c1")
    for _ in range(3):
        with at(record) as work:
            work.read_case("c1")
    with at(record) as work:
        page = work.audit(case_id="c1", limit=3, newest_first=True)
        rest = work.audit(case_id="c1", after=page[-1].entry, newest_first=True)
        whole = work.audit(case_id="c1")

    assert [line.act for line in page] == ["read audit", "read case", "read case"]
    assert [line.entry for line in (*page, *rest)] == sorted((line.entry for line in whole[:-2]), reverse=True)


def test_the_audit_holds_no_value_of_a_patient(record: Record) -> None:
    with at(record) as work:
        named = {"images/Hildegard.nii.gz": work.put_file("c1", b"x").sha256}
        work.save_case("c1", document(), made_from=0, because="Hildegard", files=named)
    for ask in ("findings", "overrides"):
        with pytest.raises(RecordError) as refused, at(record) as work:
            getattr(work, ask)("Hildegard")
        assert "Hildegard" not in str(refused.value)
    save(record, made_from=1, story="Hildegard 2", findings=[entry(value="Hildegard 2")])
    save(record, made_from=1, story="Hildegard 3")
    with at(record) as work:
        assert not any("Hildegard" in line.detail for line in work.audit())


@pytest.mark.parametrize("missing", ["", "  ", "two\nlines", "x" * 81])
def test_nobody_comes_in_without_a_name_and_a_purpose(record: Record, missing: str) -> None:
    for actor, purpose in ((missing, "board"), ("alice", missing)):
        with pytest.raises(RecordError), record.at("north", actor=actor, purpose=purpose, now=NOW):
            pass
    assert record.centres() == ()


def test_a_moment_without_its_zone_is_refused(record: Record) -> None:
    with (
        pytest.raises(RecordError, match="zone"),
        record.at("north", actor="a", purpose="b", now=NOW.replace(tzinfo=None)),
    ):
        pass


@pytest.mark.parametrize("centre", ["", "North", "../south", "a/b", "x" * 41, "nörd"])
def test_what_is_no_centre_is_refused(record: Record, centre: str) -> None:
    with pytest.raises(RecordError, match="no key"), at(record, centre=centre):
        pass


@pytest.mark.parametrize("case_id", ["", ".", "a b", "a/b", "../a", "ä", "x" * 65, "Doe^Jane"])
def test_what_is_no_key_of_a_case_is_refused_and_not_repeated(record: Record, case_id: str) -> None:
    with pytest.raises(RecordError, match="no key") as refused:
        save(record, case_id)
    assert "Doe" not in str(refused.value)


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../x", "a/../b", "a//b", "a\\b", "a\0b", "x" * 401])
def test_what_is_no_path_within_a_case_is_refused(record: Record, path: str) -> None:
    with at(record) as work:
        kept = work.put_file("c1", b"x")
    with pytest.raises(RecordError, match="no path"), at(record) as work:
        work.save_case("c1", document(), made_from=0, because="x", files={path: kept.sha256})


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_page_is_bounded(record: Record, limit: int) -> None:
    with pytest.raises(RecordError, match="page"), at(record) as work:
        work.cases(limit=limit)
