"""From a release to what a page or a chart shows: rows of text and numbers, in the reader's scope and language."""
