"""Versions and answers are never changed once written, whoever tries: triggers refuse it.

A version that nobody has begun may be deleted, and answers go with their attempt. SQLite drops
triggers when Django remakes a table: a later migration that alters one of these tables must end
with `remove` and `install`. tests/courses/test_constraints.py tells when that was forgotten.
"""

from django.db import migrations

TABLES = ("courses_unitversion", "courses_answer")

_SQLITE = """
CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table}_stays'); END;
"""

_POSTGRESQL = """
CREATE FUNCTION {table}_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{table}_stays' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_refuse_change();
"""


def install(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute((_SQLITE if vendor == "sqlite" else _POSTGRESQL).format(table=table))


def remove(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            if vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_stays")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_stays ON {table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {table}_refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
