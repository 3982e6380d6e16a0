"""Two rules that no constraint of Django's can say, as triggers.

SQLite drops triggers when Django remakes a table: a later migration that alters one of these
tables must end with `remove` and `install`. tests/agencies/test_constraints.py tells when that was
forgotten. On PostgreSQL a lock makes writers wait for each other, so that two halves of a cycle
cannot be written at once.
"""

from django.db import migrations

_DESCENT = """
    WITH RECURSIVE descent(agency) AS (
        SELECT NEW.successor_id
        UNION
        SELECT link.successor_id FROM descent
        JOIN agencies_successionlink AS link ON link.predecessor_id = descent.agency
        WHERE link.successor_id IS NOT NULL
    )
    SELECT 1 FROM descent WHERE agency = NEW.predecessor_id
"""

_CYCLE_SQLITE = f"""
CREATE TRIGGER succession_no_cycle_{{event}} AFTER {{event}} ON agencies_successionlink
WHEN EXISTS ({_DESCENT})
BEGIN SELECT RAISE(ABORT, 'succession_no_cycle'); END;
"""

_CYCLE_POSTGRESQL = f"""
CREATE FUNCTION agencies_refuse_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('succession'));
    IF EXISTS ({_DESCENT}) THEN
        RAISE EXCEPTION 'succession_no_cycle' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER succession_no_cycle AFTER INSERT OR UPDATE ON agencies_successionlink
FOR EACH ROW EXECUTE FUNCTION agencies_refuse_cycle();
"""

_OVERLAP = """
    SELECT 1 FROM agencies_membership AS other
    WHERE other.id <> NEW.id AND other.user_id = NEW.user_id
    AND other.agency_id = NEW.agency_id AND other.role = NEW.role
    AND other.start <= COALESCE(NEW."end", '9999-12-31')
    AND NEW.start <= COALESCE(other."end", '9999-12-31')
"""

_OVERLAP_SQLITE = f"""
CREATE TRIGGER membership_no_overlap_{{event}} AFTER {{event}} ON agencies_membership
WHEN EXISTS ({_OVERLAP})
BEGIN SELECT RAISE(ABORT, 'membership_no_overlap'); END;
"""

_OVERLAP_POSTGRESQL = f"""
CREATE FUNCTION agencies_refuse_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('membership'), NEW.user_id::int);
    IF EXISTS ({_OVERLAP}) THEN
        RAISE EXCEPTION 'membership_no_overlap' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER membership_no_overlap AFTER INSERT OR UPDATE ON agencies_membership
FOR EACH ROW EXECUTE FUNCTION agencies_refuse_overlap();
"""


def _on_insert_and_update(sql):
    return [sql.format(event=event) for event in ("INSERT", "UPDATE")]


INSTALL = {
    "sqlite": [
        *_on_insert_and_update(_CYCLE_SQLITE),
        *_on_insert_and_update(_OVERLAP_SQLITE),
    ],
    "postgresql": [_CYCLE_POSTGRESQL, _OVERLAP_POSTGRESQL],
}
REMOVE = {
    "sqlite": [
        *_on_insert_and_update("DROP TRIGGER IF EXISTS succession_no_cycle_{event}"),
        *_on_insert_and_update("DROP TRIGGER IF EXISTS membership_no_overlap_{event}"),
    ],
    "postgresql": [
        "DROP TRIGGER succession_no_cycle ON agencies_successionlink",
        "DROP FUNCTION agencies_refuse_cycle()",
        "DROP TRIGGER membership_no_overlap ON agencies_membership",
        "DROP FUNCTION agencies_refuse_overlap()",
    ],
}


def _run(statements, schema_editor):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def install(apps, schema_editor):
    _run(INSTALL, schema_editor)


def remove(apps, schema_editor):
    _run(REMOVE, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
