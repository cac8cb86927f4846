"""Settings of the demo blog as it is published: the same, with its address."""

from pelicanconf import *  # noqa: F403

SITEURL = ""  # the address readers use, as "https://blog.example"; or harvest publish --siteurl
RELATIVE_URLS = False
