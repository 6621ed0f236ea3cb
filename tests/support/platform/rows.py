"""The database's own rows, whichever database it is: what the server cannot embellish."""
import pathlib
import sqlite3
import subprocess

from .postgres import find_programs

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def number_of(wire_id: str) -> int:
    """The number in "ann_0D5K3X9YB2M7C"."""
    value = 0
    for character in wire_id.split("_", 1)[1]:
        value = value * 32 + CROCKFORD.index(character.upper())
    return value


def rows(database: str, query: str) -> list[tuple]:
    """Columns come as text or None, so that both databases compare alike."""
    if "://" not in database:
        with sqlite3.connect(f"{pathlib.Path(database).absolute().as_uri()}?mode=ro", uri=True) as connection:
            found = connection.execute(query).fetchall()
        connection.close()
        return [tuple(None if value is None else str(value) for value in row) for row in found]
    psql = [str(find_programs() / "psql"), "-XAtq", "-F", "\t", "-P", "null=\\N", "-v", "ON_ERROR_STOP=1", "-c", query, database]
    text = subprocess.run(psql, check=True, capture_output=True, text=True, timeout=600).stdout
    return [tuple(None if cell == "\\N" else cell for cell in line.split("\t")) for line in text.splitlines()]
