"""Overblik: how a programme stands on a day, and what is missing in its register.

A figure is a function of a Snapshot (snapshot.py) that returns plain values; `forecast` is kept by
the Snapshot. sentences.py has the Danish; only tables.py, links.py and the template tags draw.
forms.py reads the GET parameters of params.py, selection.py narrows down the people.
"""
