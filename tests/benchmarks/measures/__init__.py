"""The measures, one module each: what is run, and the section of the results page that comes of it."""
