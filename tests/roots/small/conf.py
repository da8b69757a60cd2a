"""A miniature book: two pages, English and Thai."""

project = "Small book"
author = "Its authors"
version = release = "1"
language = "en"
extensions = ["myst_parser", "guidepress.ext"]
myst_enable_extensions = ["colon_fence", "deflist"]
gettext_compact = False
gettext_location = False
html_theme = "furo"
html_title = project
html_copy_source = False
html_show_sphinx = False
html_use_index = False
guidepress_subtitle = "For a test"
guidepress_date = "2026-01-02"
