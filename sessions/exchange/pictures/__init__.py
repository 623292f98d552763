"""Pictures of figures: what was published goes in, SVG with a title, a description and a table comes out.

One function per figure. They stand in the report, in the studio and by themselves, as SVG and as PNG: the same file.
They are drawn for paper: ink and paper, and the colours of the O's, each with its shape, so that they can be told apart
in grey. No style sheet and no script: the same file stands in a page, in a PDF and, as dots, in a DOCX.
"""
