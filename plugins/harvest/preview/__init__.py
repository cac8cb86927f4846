"""`harvest serve`: the site as a browser shows it, new within a moment of every save.

a save ──► watch ──► session ──► worker ──► builds ──► site
                        │      a process  what to show  lazy pages, kept readings
                        ▼
a browser ◄── server ◄── screens: which build to show, what is wrong
              with a script in the page
"""
