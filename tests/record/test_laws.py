"""Any document that a case can have comes back to the byte, and its entries are rows."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enbloc.case.case import Case
from enbloc.errors import RecordError
from enbloc.exchange.document import from_json, to_json
from enbloc.record import Record, Saved, migrate, open_record, verify
from enbloc.record.documents import LARGEST
from tests import strategies
from tests.record.deeds import at, document
from tests.sampling import IS_SWEEP

BOTH = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=200 if IS_SWEEP else 20,
)


@BOTH
@given(case=strategies.cases(), ascii_only=st.booleans())
def test_any_case_comes_back_to_the_byte(record: Record, case: Case, ascii_only: bool) -> None:
    text = to_json(case, ascii_only=ascii_only)
    key = f"k{len(_keys(record))}"
    with at(record) as work:
        assert isinstance(work.save_case(key, text, made_from=0, because="law"), Saved)
    with at(record) as work:
        read = work.read_case(key).document
        rows = [line for one in case.findings for line in work.findings(one.fact, limit=1000) if line.case_id == key]

    assert read == text
    assert from_json(Case, read) == case
    assert {(line.fact, line.about, line.value) for line in rows} == {
        (one.fact, one.about, json.dumps(list(one.value) if isinstance(one.value, tuple) else one.value))
        for one in case.findings
    }


def _keys(record: Record) -> tuple[str, ...]:
    with at(record) as work:
        return tuple(line.case_id for line in work.cases(limit=1000))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@BOTH
@given(more=st.dictionaries(st.text().filter(lambda key: key not in ("findings", "overrides")), JSON, max_size=5))
def test_any_json_comes_back_to_the_byte_and_verifies(record: Record, more: dict[str, object]) -> None:
    text = json.dumps({**more, "schema": "enbloc/case/1", "id": more.get("id") or "x"})
    with at(record) as work:
        key = f"j{len(work.cases(limit=1000))}"
        try:
            work.save_case(key, text, made_from=0, because="law")
        except RecordError:
            assert not isinstance(more.get("id", "x"), str)
            return
    with at(record) as work:
        assert work.read_case(key).document == text
    assert verify(record).is_whole


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "null",
        '{"schema": "enbloc/workup/1", "id": "x"}',
        '{"schema": "enbloc/case/1"}',
        '{"schema": "enbloc/case/1", "id": ""}',
        '{"schema": "enbloc/case/1", "id": "x", "id": "y"}',
        '{"schema": "enbloc/case/1", "id": "x", "n": NaN}',
        '{"schema": "enbloc/case/1", "id": "x", "n": -Infinity}',
        '{"schema": "enbloc/case/1", "id": "x", "findings": {}}',
        '{"schema": "enbloc/case/1", "id": "x", "findings": [{"fact": "sins.pain"}]}',
        '{"schema": "enbloc/case/1", "id": "x", "overrides": ["STOP-16"]}',
        '{"schema": "enbloc/case/1", "id": "x", "s": "\ud800"}',
        '{"schema": "enbloc/case/1", "id": "x", "s": "\0"}',
        "[" * 100_000,
        '{"schema": "enbloc/case/1", "id": "x", "n": ' + "9" * 5000 + "}",
        document(story="x" * LARGEST),
    ],
    ids=lambda text: text[:60].encode("ascii", "replace").decode(),
)
def test_what_is_no_document_of_a_case_is_refused(tmp_path: Path, text: str) -> None:
    migrate(None, tmp_path)
    with closing(open_record(None, tmp_path)) as record, pytest.raises(RecordError), at(record) as work:
        work.save_case("c1", text, made_from=0, because="x")
