"""The labels that stand on every page until a review removes them; they are interface messages."""

TRANSLATION = (
    "DRAFT – machine translation, not yet reviewed by a practitioner who speaks this language. "
    "Do not use with people. English text applies."
)
SOURCE = "DRAFT – not yet reviewed by a practitioner. Do not use with people."
