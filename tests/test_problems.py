"""Problems print as one line and sort by place."""

from guidepress.problems import Problem, in_order


def test_a_problem_is_one_line_with_its_place_and_code() -> None:
    problem = Problem("guidebook/a.md", 7, "checklist-empty", "has no item; add one")
    assert str(problem) == "guidebook/a.md:7: checklist-empty: has no item; add one"


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    assert str(Problem("a.po", 0, "charset", "is not UTF-8")) == "a.po: charset: is not UTF-8"


def test_each_problem_is_listed_once_by_file_and_line() -> None:
    late, early = Problem("a", 9, "x", "m"), Problem("a", 2, "x", "m")
    assert in_order([late, early, late]) == [early, late]
