"""Overblik: how a programme stands on a day, and what is missing in its register.

A figure is a function of a Snapshot (snapshot.py) that returns plain values. sentences.py has the
Danish; only tables.py, links.py and the template tags draw.
"""
