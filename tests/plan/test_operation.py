"""Every operation has the act that the rules know it by."""

from __future__ import annotations

from enbloc.decide.decision import Act
from enbloc.plan.operation import Operation


def test_every_operation_has_an_act_and_those_in_one_piece_are_en_bloc() -> None:
    for operation in Operation:
        assert operation.is_en_bloc is (operation.act is Act.EN_BLOC)
    assert Operation.LAMINECTOMY.act is Act.INTRALESIONAL
    assert Operation.OBSERVATION.act is Act.OBSERVATION
    assert {one for one in Operation if one.is_en_bloc} == {
        Operation.POSTERIOR_ARCH,
        Operation.SAGITTAL,
        Operation.ANTERIOR,
        Operation.VERTEBRECTOMY,
        Operation.SACRECTOMY,
    }
