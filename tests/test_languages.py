"""Languages are values read from one table each."""

from pathlib import Path

import pytest

from guidepress.languages import load_languages
from guidepress.problems import PipelineError

REAL = Path(__file__).parents[1] / "locales" / "languages.toml"


def test_every_spelling_of_a_tag_comes_from_its_code() -> None:
    chinese = load_languages(REAL)["zh_CN"]
    assert (chinese.code, chinese.tag, chinese.base, chinese.region) == ("zh_CN", "zh-CN", "zh", "CN")


def test_the_source_language_comes_first() -> None:
    assert list(load_languages(REAL)) == ["en", "km", "zh_CN", "lo", "my", "th", "vi"]


def test_numbers_are_set_in_the_digits_of_the_language() -> None:
    languages = load_languages(REAL)
    assert languages["my"].number("8.2") == "၈.၂"
    assert languages["km"].number("105") == "១០៥"
    assert languages["th"].number("105") == "105"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "no language"),
        ("[en", "cannot be read"),
        ("en = 1", "is not a table"),
        ('[en]\nautonym = "English"\nfonts = []', "lacks a key"),
        ('[en]\ncolour = "red"', "unknown keys: colour"),
    ],
)
def test_a_damaged_table_is_one_clear_sentence(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "languages.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(PipelineError, match=complaint):
        load_languages(path)
