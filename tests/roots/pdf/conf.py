"""A miniature book for the PDF: every kind of block once, and two scripts that need care."""

project = "Small book"
author = "Its authors"
release = "1.0"
extensions = ["myst_parser", "guidepress.ext.checklist", "guidepress.ext.numbering", "guidepress.ext.typst"]
myst_enable_extensions = ["colon_fence", "deflist"]
smartquotes = False


def setup(app):
    app.add_config_value("guidepress_edition", {}, "env", types=(dict,))
