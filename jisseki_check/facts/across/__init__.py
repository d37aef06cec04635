"""One report against another: what is kept of each while it is judged, and the tables made of that when all
have been read.

The pairs are found with dictionaries, by department, year, number and title, so that the cost grows with
the reports and not with their square.
"""
