"""Where numbers and events come from: siblings of one signature, ``read(path, shown) -> Dataset``.

``path`` is the file, ``shown`` the name it has in messages ("content/data/taxi.csv"). A file
that cannot be read raises `mistakes.Mistakes` with every mistake in it; what is merely
doubtful comes back in ``Dataset.doubts``.
"""
