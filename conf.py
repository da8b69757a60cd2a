"""Sphinx's configuration of this book: values only. `sphinx-build -c . -b html guidebook out` works as well."""

project = "The Way On"
author = "The Way On contributors"
copyright = "The Way On contributors, CC BY 4.0"
version = release = "0.1"
language = "en"

extensions = ["myst_parser", "guidepress.ext"]
myst_enable_extensions = ["colon_fence", "deflist"]
smartquotes = False
numfig = False

gettext_additional_targets = ["index"]
gettext_compact = False
gettext_location = False
gettext_uuid = False

html_theme = "furo"
html_title = project
html_copy_source = False
html_show_sphinx = False

guidepress_subtitle = (
    "A practitioners’ guide to reintegration support for trafficked persons in the Mekong countries"
)
# True leaves what the book is about off the cover of the PDFs.
guidepress_neutral_cover = False
guidepress_date = "2026-11-25"
