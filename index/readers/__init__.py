"""Files of many kinds -> clean pages, one module for each family of formats. `files.py` is the way in."""
