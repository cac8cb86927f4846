"""Numbers in prose: what an author wrote, held against what was recorded.

From a post down to one number:

    review     a whole post -> all its mistakes by line
    prose      text of a post -> its metric links, and its lines without code
    checked    the words of a link -> fit, or a `Fault` with what would be right
    written    words -> a number at its precision, by the `spellings` of a language
    named      metric:A/B@DATE -> the value that was recorded
    naked      numbers beside a metric's word without a link
    causes     words that name a cause beside a metric
"""
