"""What a score warns of, in words: a flag is an id in the record and a sentence everywhere else."""

from __future__ import annotations

FLAGS: dict[str, str] = {
    "threshold_equality": "A measurement lies exactly on a cut-off that the published score leaves open.",
    "outside_original_table": "The level is not in the published table; it counts as rigid, 0 points.",
    "no_vertebral_body": "This level has no vertebral body, so collapse cannot be measured.",
    "not_validated_after_stabilisation": "The score is not validated after cement or instrumentation at the level.",
    "highest_of_several_levels": "Several levels are involved: the highest is shown, scores are never added up.",
    "1c_debated": "Whether grade 1c counts as low or high grade is debated in the literature.",
    "adapted_below_conus": "No cord at this level: the scale was made for the cord and is used here by analogy.",
    "tumour_all_round": "Tumour lies all round the cord: one rewording of the scale makes that grade 3, fluid or not.",
    "non_tumour_compression": "Bone or disc, not tumour, presses on the sac or cord: that is not graded as ESCC.",
}
"""Every fixed flag with its sentence."""

_FAULT = "inconsistent: "


def in_words(flag: str) -> str:
    """The sentence of a flag; one that is words already stays as it is.

    Examples
    --------
    >>> in_words("inconsistent: the cord is pressed but not touched.")
    'The measurements contradict each other: the cord is pressed but not touched.'
    """
    if flag.startswith(_FAULT):
        return f"The measurements contradict each other: {flag.removeprefix(_FAULT)}"
    return FLAGS.get(flag, flag.replace("_", " "))
