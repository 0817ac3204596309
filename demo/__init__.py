"""Invented programmes to look at: Køge as of 1 March 2019 with the published figures, and one that lives today.

What happens is declared in tables (koege_2018.py, living.py, neighbour.py), told by story.py and weekly.py. Every young
person, mentor and note is made up. `manage.py load_demo` loads it.
"""
