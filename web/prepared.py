"""Querysets that are compiled once and asked with other values.

Compiling costs Django far more than the database needs to answer:

    @prepared(user=Key(), on=DateField())
    def roles(user, on):
        return Membership.objects.running(on).filter(user_id=user)

    list(roles(user=3, on=today()))

The function is called once with placeholders. It must not look at the values: what changes the
question (None or not) is a positional argument of its own.
"""

import json
from copy import copy
from functools import wraps

from django.db import connections
from django.db.models import BigAutoField, Expression, Lookup
from django.db.models.fields import Field
from django.db.models.fields.related import ForeignKey


class Key(BigAutoField):
    pass


class Keys(Field):
    """Primary keys, for the lookup `among`; one placeholder, however many."""

    def get_db_prep_value(self, value, connection, prepared=False):
        keys = list(value)
        return keys if connection.vendor == "postgresql" else json.dumps(keys)


class Placeholder(Expression):
    def __init__(self, name, output_field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]


@ForeignKey.register_lookup
@BigAutoField.register_lookup
class Among(Lookup):
    """As `in`, but compiled once for any number of keys."""

    lookup_name = "among"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [Keys().get_db_prep_value(value, connection)]

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        values, more = self.process_rhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{column} = ANY({values})", [*params, *more]
        among = f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 (placeholders)
        return among, [*params, *more]


class Question:
    def __init__(self, queryset):
        self.queryset, self.db = queryset, queryset.db
        self.compiler = queryset.query.get_compiler(using=self.db)
        self.sql, self.params = self.compiler.as_sql()
        columns = [column for column, *_ in self.compiler.select[: self.compiler.col_count]]
        self.converters = self.compiler.get_converters(columns)

    def ask(self, values):
        connection = connections[self.db]
        params = tuple(
            param.output_field.get_db_prep_value(values[param.name], connection)
            if isinstance(param, Placeholder)
            else param
            for param in self.params
        )
        compiler = copy(self.compiler)
        compiler.connection = connection  # of this thread
        compiler.as_sql = lambda *args, **options: (self.sql, params)
        compiler.get_converters = lambda columns: self.converters
        query = copy(self.queryset.query)
        query.get_compiler = lambda *args, **options: compiler
        queryset = type(self.queryset)(self.queryset.model, query, self.db)
        queryset._fields = self.queryset._fields
        return iter(self.queryset._iterable_class(queryset))


def prepared(**types):
    """Decorate a function that returns a queryset. `types`: {argument: model field}."""
    placeholders = {name: Placeholder(name, field) for name, field in types.items()}

    def decorate(build):
        questions = {}

        @wraps(build)
        def ask(*variant, **values):
            if values.keys() != placeholders.keys():
                raise TypeError(f"{build.__name__} takes {', '.join(placeholders)}")
            question = questions.get(variant)
            if question is None:
                question = questions[variant] = Question(build(*variant, **placeholders))
            return question.ask(values)

        ask.fresh, ask.types = build, types
        return ask

    return decorate
