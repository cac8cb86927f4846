"""What a published site must be: each module takes text or a site and gives back its faults.

    site       the files of a built site, by address
    markup     one page is HTML without an error
    links      every address on the site leads somewhere, and nothing is loaded from elsewhere
    feeds      Atom and RSS that any reader can read
    facts      canonical, Open Graph, JSON-LD, microformats, sitemap, robots
    weight     what goes over the wire
    contrast   how far two colours stand apart
    screen     what only a browser can tell: violations, focus, scrolling, colours

A fault is one line: where, and what is wrong. No fault, empty list. No module knows the demo.
"""
