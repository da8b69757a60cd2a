project = "The Short Book"
author = "Nobody"
version = release = "1.0"
language = "en"

extensions = ["myst_parser", "guidepress.ext"]
myst_enable_extensions = ["colon_fence", "deflist"]
smartquotes = False

gettext_compact = False

html_theme = "furo"
html_title = project
html_copy_source = False
html_show_sphinx = False
gettext_additional_targets = ["index"]

guidepress_subtitle = "A guide"
guidepress_date = "2026-01-31"
