"""What was erased is in no file of the database any more: SQLite's file, its write-ahead log, its index of it."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from sessions.models import purge

from ..databases import sqlite_settings, use_database

TABLE = "CREATE TABLE words (id integer PRIMARY KEY, text text NOT NULL)"


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    path = tmp_path / "words.sqlite3"
    with django_db_blocker.unblock(), use_database(sqlite_settings(path)):
        run(TABLE)
        yield path


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def stands_in(path: Path, text: str) -> list[str]:
    """Return the names of the files in which the text stands."""
    return [found.name for found in sorted(path.parent.glob(f"{path.name}*")) if text.encode() in found.read_bytes()]


def test_the_program_overwrites_what_it_frees() -> None:
    if "sqlite3" in settings.DATABASES["default"]["ENGINE"]:
        assert "secure_delete=ON" in settings.DATABASES["default"]["OPTIONS"]["init_command"]


def test_an_erased_text_stays_in_no_file(file: Path) -> None:
    run("INSERT INTO words VALUES (1, %s)", "Bel mevrouw Jansen op 06 12345678")
    assert stands_in(file, "Jansen")
    run("UPDATE words SET text = '' WHERE id = 1")
    assert stands_in(file, "Jansen"), "the write-ahead log would hold it as long as it likes"
    purge.owe(["Bel mevrouw Jansen op 06 12345678"])
    assert purge.clean_file()
    assert stands_in(file, "Jansen") == []


def test_a_copy_that_balancing_left_behind_is_found_and_goes(file: Path) -> None:
    """Rows of many lengths come, change and go, as in a session; each erased text is looked for."""
    chance = random.Random(7)
    words: dict[int, str] = {}
    for number in range(1, 600):
        if len(words) < 40 or chance.random() < 0.7:
            words[number] = f"word{number:06}" + "z" * chance.randrange(230)
            run("INSERT INTO words VALUES (%s, %s)", number, words[number])
            continue
        gone = chance.choice(sorted(words))
        run("UPDATE words SET text = '' WHERE id = %s", gone)
        text = words.pop(gone)
        purge.owe([text])
        assert purge.clean_file()
        assert stands_in(file, text[:10]) == []


def test_what_was_freed_before_is_gone_after_writing_anew(file: Path) -> None:
    """A database of a version that did not overwrite."""
    connection.close()
    with sqlite3.connect(file) as old:
        old.execute("PRAGMA secure_delete=OFF")
        old.execute("INSERT INTO words VALUES (1, 'the address of somebody'), (2, 'stays')")
        old.execute("DELETE FROM words WHERE id = 1")
    old.close()
    assert stands_in(file, "the address of somebody")
    assert purge.rewrite()
    assert stands_in(file, "the address of somebody") == []
    assert stands_in(file, "stays")


def test_a_file_that_was_written_anew_beside_a_reader_empties_its_log_afterwards(file: Path) -> None:
    run("INSERT INTO words VALUES (1, 'a name that goes'), (2, 'stays')")
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM words").fetchall()
    run("DELETE FROM words WHERE id = 1")
    assert purge.rewrite(), "it need not be written a second time"
    assert not purge.clean_file()
    reader.execute("COMMIT")
    reader.close()
    assert purge.clean_file()
    assert (stands_in(file, "a name that goes"), stands_in(file, "stays")) == ([], [file.name])


def test_it_is_known_how_much_there_is_to_write(file: Path) -> None:
    run("INSERT INTO words VALUES (1, %s)", "x" * 100_000)
    purge.owe()
    assert purge.clean_file()
    assert purge.count_bytes() == file.stat().st_size > 100_000


def test_a_reader_is_not_waited_for_and_it_is_tried_again(file: Path) -> None:
    """A checkpoint that waits keeps everybody from writing; a long download must not stop a vote."""
    run("INSERT INTO words VALUES (1, 'a name that goes')")
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM words").fetchall()
    run("UPDATE words SET text = '' WHERE id = 1")
    purge.owe(["a name that goes"])
    assert not purge.clean_file()
    reader.execute("COMMIT")
    reader.close()
    assert purge.clean_file()
    assert stands_in(file, "a name that goes") == []


def test_a_text_that_is_used_elsewhere_does_not_write_the_file_anew(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A card that is there twice, or a word that others use too: a large file would be written anew for nothing."""
    run("INSERT INTO words VALUES (1, 'Fietspad'), (2, 'Een breed Fietspad')")
    run("UPDATE words SET text = '' WHERE id = 1")
    monkeypatch.setattr(purge, "rewrite", lambda: pytest.fail("the file was written anew"))
    purge.owe(["Fietspad"])
    assert purge.clean_file(is_used=lambda text: text in "Een breed Fietspad")


def test_looking_into_the_file_keeps_the_locks_of_this_process(tmp_path: Path) -> None:
    """A process that closes a descriptor of the file loses its locks on it. Then the next program that opens and closes
    the database takes itself for the last one and deletes the write-ahead log, with what was committed to it since.
    """
    path = tmp_path / "held.sqlite3"
    held = sqlite3.connect(path)
    try:
        held.execute("PRAGMA journal_mode=WAL")
        held.execute("CREATE TABLE words (text)")
        held.execute("INSERT INTO words VALUES ('een naam die weg moet')")
        held.commit()
        held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        wanted = {"een naam die weg moet", "iets anders dat er niet is"}
        assert purge._found_in(path, wanted) == ["een naam die weg moet"]
        held.execute("INSERT INTO words VALUES ('na het zoeken')")
        held.commit()
        other = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM words'); c.close()"
        subprocess.run([sys.executable, "-c", other, str(path)], check=True)
        assert path.with_name("held.sqlite3-wal").exists()
    finally:
        held.close()
