"""The labels that stand on every page until reviews change and remove them; they are interface messages."""

TRANSLATION = (
    "DRAFT – machine translation, not yet reviewed by a practitioner who speaks this language. "
    "Do not use with people. English text applies."
)
NOT_REVIEWED = "DRAFT – not yet reviewed by a practitioner. Do not use with people."
"""Of the source, and of a translation whose language was edited."""
NOT_TESTED = "Reviewed by a practitioner, not yet tested in the field. For training."
