"""HTML of strangers, as text and as tags: taken apart and put together, never trusted.

    strays     what looks like a tag and is none becomes text, before a parser can eat it
    tags       well-formed HTML as text and tags, one after the other
    breaks     line breaks that count become paragraphs and <br>
    nesting    what is nested too deeply is flattened, its words kept
    forms      plain text, Markdown and Textile as HTML

Nothing here makes HTML safe: that is for `sanitise` alone, which has the last word.
"""
