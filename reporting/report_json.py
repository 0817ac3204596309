"""Reports as JSON.

A stored report is never rewritten, and its text is part of the PDF's identifier: keys, order and
formats must not change (tests/issued/). A new field needs a default, since older reports lack
the key: so far `dropped_out` of an area, and `goals`, which is written only where there are any.
"""

import json
from typing import get_args

from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter

converter = make_converter(forbid_extra_keys=True, detailed_validation=False)


def json_layout(*, computed=None, **overrides):
    """Class decorator. `computed`: {key: properties written after it}, "" for the front.

    They are ignored when read. Parts are decorated before the whole.
    """
    computed = computed or {}
    ignored = {name for names in computed.values() for name in names}

    def register(cls):
        read_fields = make_dict_structure_fn(cls, converter, **overrides)
        write_fields = make_dict_unstructure_fn(cls, converter, **overrides)

        def write(value):
            data = {name: getattr(value, name) for name in computed.get("", ())}
            for key, figure in write_fields(value).items():
                data[key] = figure
                data |= {name: getattr(value, name) for name in computed.get(key, ())}
            return data

        def read(data, _):
            return read_fields({key: data[key] for key in data if key not in ignored}, cls)

        converter.register_unstructure_hook(cls, write)
        converter.register_structure_hook(cls, read)
        return cls

    return register


def _read_counts(data, annotation):
    pair, _ = get_args(annotation)
    code, _ = get_args(pair)
    return tuple((code(key), count) for key, count in data.items())


def named(key):
    return override(rename=key)


# Of a figure that most reports do not have.
LEFT_OUT_IF_EMPTY = override(omit_if_default=True)
# ((code, count), ...) as {"code": count}
COUNTS = override(unstruct_hook=dict, struct_hook=_read_counts)
# (16, 27) as {"from": 16, "to": 27}
AGES = override(
    unstruct_hook=lambda ages: ages and {"from": ages[0], "to": ages[1]},
    struct_hook=lambda data, _: data and (data["from"], data["to"]),
)


class StoredReport:
    """Mixin."""

    def as_dict(self):
        return converter.unstructure(self)

    def to_json(self):
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)

    @classmethod
    def from_json(cls, text):
        return converter.structure(json.loads(text), cls)
