"""Publishes one guidebook in many languages.

The pipeline, in the order data runs through it, one direction only:

1. `book.Book` says where everything of a book lives; `languages.Language` is one table of `languages.toml`.
2. `editions.render.extract` asks Sphinx for the messages of the source; `catalogs.update` merges them into
   `locales/<lang>/LC_MESSAGES/*.po` without churn.
   `manuscript` reads the same source as its author should: blocks, words, sources, reading grade.
3. Translators change those files. `catalogs.gate` trusts none of them: only messages that keep the structure of
   the source are compiled into `build/locale/`; the rest become `problems.Problem`s, and English stands in.
4. `editions.build` imports Sphinx once (`editions.mends` makes it quick) and forks a worker a language. Each worker
   reads the book once (`editions.render`) and writes HTML pages and one Typst book from the same doctrees.
   The extensions in `ext` know checklists, forms, drawings, chapter numbers, draft labels, search and Typst.
5. `editions.pdf` turns the Typst book, and `editions.sheets` each checklist, into a PDF; `editions.forms` makes fields
   of what was drawn, `editions.text_layer` makes its text the source text again, `editions.overfull` finds what does
   not fit; `ext.typst.places` knows which line of the manuscript it comes from.
6. `editions.verify` opens each artefact and proves it; `editions.manifest` and `editions.site` list what passed;
   `dist/` is swapped in whole.

`cli` is the only room that prints and picks exit codes. A mistake that was found is data, `file:line: code: message`;
`problems.PipelineError` is raised only where work cannot go on.
"""
