"""Areas that have another name now: an open edition is held against those before by area."""

from dataclasses import replace

from cases.area_history import area_history

from .models import IssuedReport


def open_editions_before(programme, on, moment=None):
    """Those issued before `moment` (None: all), with the areas' names of `on`."""
    history = area_history(programme)
    keys = history.keys()
    names = {area.pk: area.name for area in history.on(on)}

    def name_now(name):
        return names.get(keys.get(name), name)

    return [
        replace(
            report,
            area_names=tuple(map(name_now, report.area_names)),
            areas=tuple(replace(area, name=name_now(area.name)) for area in report.areas),
        )
        for report in IssuedReport.objects.open_before(programme, moment)
    ]


def names_on(programme, on):
    return [area.name for area in area_history(programme).on(on)]
