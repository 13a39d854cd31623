"""The forms in which an instrument is cited, one module each: by number, name, date, short form; `find` reads them all."""
