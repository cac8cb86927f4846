"""Importers: siblings of one signature, one file for each platform.

    recognises(head) -> bool           ``head``: the first 64 kB of a file, as bytes
    read(path) -> Iterator[Item]       the file as About, Entry, Left and Attached, in its order

A file is read as a stream where its format allows. An importer invents nothing and cleans
nothing; it raises `errors.Unimportable` with one line where a file cannot be read at all.
"""
