"""Invented programmes: Køge as of 1 March 2019 with the published figures, and one up to today.

Tables (koege_2018.py, living.py, neighbour.py) declare what happens; scenario.py and weekly.py
build it.
"""
