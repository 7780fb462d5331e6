"""What went wrong, where, and what to do about it.

Two things can go wrong and they are kept apart. A *problem* is a result: it says what is wrong
with the data, the run goes on, and the reader gets all of them. An *exception* is raised when the
run itself cannot go on::

    KgError                      exit status
    ├── InputError               2   a file, a setting or an argument cannot be used
    │   ├── SettingsError        2   kg.toml or an option
    │   ├── ProfileError         2   a source profile
    │   ├── QueryError           2   a query or its parameters
    │   └── Refused              2   file problems: nothing of the run is published
    ├── OutputError              3   the outputs could not be written
    │   └── StoreError           3   the embedded store
    ├── RemoteError              4   another machine failed
    └── Bug                      3   the program contradicts itself, and says so

Each exception says what happened, where, and what to do.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

import msgspec

__all__ = [
    "CODES",
    "Bug",
    "Code",
    "InputError",
    "KgError",
    "Level",
    "OutputError",
    "Place",
    "Problem",
    "ProfileError",
    "QueryError",
    "Refused",
    "RemoteError",
    "SettingsError",
    "StoreError",
    "column_letters",
    "shorten",
]


class Level(Enum):
    """What a problem costs, from nothing to the whole run; the value is its word in reports."""

    NOTE = "note"
    """Nothing is wrong; the reader should know."""
    WARNING = "warning"
    """Published as stated, and reported."""
    FIELD = "field"
    """The record is published without this value."""
    PARTNER = "partner"
    """This partner is held back; its project is published."""
    RECORD = "record"
    """This project is held back with everything that hangs on it."""
    FILE = "file"
    """Nothing of the run is published; earlier outputs stay."""

    def __init__(self, word: str) -> None:
        self.word = word
        self._rank = len(type(self).__members__)

    def __lt__(self, other: Level) -> bool:
        return self._rank < other._rank

    def __ge__(self, other: Level) -> bool:
        return self._rank >= other._rank


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where in the input something stands.

    Lines and columns count from 1; in a table, a column is one of cells and not of characters.
    ``source`` is the name under which the build knows the file, ``pointer`` a JSON pointer
    (RFC 6901), ``sheet`` a sheet of a workbook, whose cells are told as a spreadsheet does.
    """

    source: str
    line: int | None = None
    end_line: int | None = None
    column: int | None = None
    pointer: str | None = None
    sheet: str | None = None

    def __str__(self) -> str:
        text = self.source
        if self.sheet is not None:
            row = "" if self.line is None else str(self.line)
            column = "" if self.column is None else column_letters(self.column)
            cell = column + row if column or not row else f"row {row}"
            if row and self.end_line is not None and self.end_line != self.line:
                cell += f":{column}{self.end_line}" if column else f"-{self.end_line}"
            return f"{text}:{self.sheet}!{cell}" if cell else f"{text}:{self.sheet}"
        if self.pointer is not None:
            text += f":{self.pointer}"
        if self.line is not None:
            text += f":{self.line}"
            if self.end_line is not None and self.end_line != self.line:
                text += f"-{self.end_line}"
            if self.column is not None:
                text += f":{self.column}"
        return text


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong in the data, told to the reader.

    ``value`` is the raw value as it stands in the source, ``field`` the record field, ``record``
    the project id where it is known.
    """

    code: str
    level: Level
    place: Place
    message: str
    remedy: str
    field: str | None = None
    value: str | None = None
    record: str | None = None

    @classmethod
    def of(
        cls,
        code: str,
        place: Place,
        message: str,
        *,
        field: str | None = None,
        value: str | None = None,
        record: str | None = None,
        level: Level | None = None,
        remedy: str | None = None,
    ) -> Problem:
        """Return a problem with the level and remedy that the catalogue gives for ``code``.

        Raises:
            KeyError: the code is not in the catalogue (a programming error).
        """
        entry = CODES[code]
        return cls(
            code=code,
            level=entry.level if level is None else level,
            place=place,
            message=message,
            remedy=remedy or entry.remedy,
            field=field,
            # a cell can be of a class of its own, which no encoder knows
            value=None if value is None else str(value),
            record=record,
        )

    def __str__(self) -> str:
        subject = [self.field or "", f"‹{shorten(self.value)}›" if self.value else ""]
        told = " ".join(part for part in subject if part)
        return (
            f"{self.place}: {self.level.word}: {told}{': ' if told else ''}{self.message} "
            f"[{self.code}] {self.remedy}"
        ).rstrip()


def column_letters(column: int) -> str:
    """Return the letters of a spreadsheet column, counted from 1: 4 → ``D``, 28 → ``AB``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def shorten(value: str, width: int = 80) -> str:
    """Return ``value`` on one line of at most ``width`` characters."""
    line = " ".join(value.split())
    return line if len(line) <= width else line[: width - 1] + "…"


class Code(NamedTuple):
    """An entry of the catalogue: what a problem code means and what to do about it."""

    code: str
    level: Level
    meaning: str
    remedy: str


_CATALOGUE = (
    # the file
    Code("empty-input", Level.FILE, "The file has no content.",
         "Export or copy the records again."),
    Code("no-records", Level.FILE, "No record was found in the file.",
         "Check that this is the file you meant; a record begins with the line Projektebene."),
    Code("not-text", Level.FILE, "The file is not text.",
         "Save it as plain text in UTF-8."),
    Code("encoding", Level.FILE, "The bytes are not valid in the encoding of the file.",
         "Save the file as UTF-8, or restore the damaged characters at this place."),
    Code("encoding-guessed", Level.WARNING, "The encoding is not stated and was recognised.",
         "Save the file as UTF-8 if names look wrong."),
    Code("double-encoded", Level.WARNING,
         "Letters were damaged before: UTF-8 was read in another encoding and saved.",
         "Export the file again, and open it as UTF-8 on the way."),
    Code("input-too-large", Level.FILE, "The file is larger than the limit.",
         "Split the file into several."),
    Code("archive-damaged", Level.FILE, "The compressed file is damaged or cut off.",
         "Compress it anew, or fetch it again."),
    Code("archive-refused", Level.FILE, "The archive cannot be read safely.",
         "Unpack it, and give the files that are in it."),
    Code("workbook-format", Level.FILE, "The file is no workbook that can be read.",
         "Open it in a spreadsheet program and save it as .xlsx, without a password."),
    Code("workbook-damaged", Level.FILE, "The workbook is damaged.",
         "Open it in a spreadsheet program, which may repair it, and save it anew."),
    Code("xml-dtd", Level.FILE, "XML in the file declares a document type, which can do harm.",
         "Save the file anew with a program that you trust."),
    Code("json-columns-unequal", Level.FILE, "Arrays that are columns have different lengths.",
         "Give each column as many values, null among them, or use an array of objects."),
    # the table
    Code("rows-before-header", Level.NOTE, "Cells above the header were not read.",
         "Nothing, if they are a title or the date of an export."),
    Code("sheet-hidden", Level.NOTE, "A sheet of the workbook is hidden.",
         "Unhide it if its records count, or delete it."),
    Code("merged-cells", Level.WARNING, "Cells are merged, and only the first has the value.",
         "Undo the merge and state the value in each of the rows."),
    Code("formula-no-value", Level.FIELD, "A formula has no value in the file.",
         "Open the workbook in a spreadsheet program, which computes it, and save it."),
    Code("cell-error", Level.FIELD, "The cell holds an error and no value.",
         "Correct the formula of the cell."),
    # the layout
    Code("heading-missing", Level.WARNING, "A block has no heading line.",
         "Put the heading line before the block."),
    Code("record-shape", Level.RECORD, "The project block has not the lines of the layout.",
         "Give each of the fields its own line; leave a line empty where nothing is stated."),
    Code("text-boundary", Level.FIELD,
         "Description and results run over several lines and cannot be told apart.",
         "Put each of the two texts on one line."),
    Code("line-unexpected", Level.WARNING, "A line belongs to no block and was not read.",
         "Delete the line, or start it with # if it is a comment."),
    # values
    Code("required", Level.RECORD, "A value without which the record has no identity is missing.",
         "State the value."),
    Code("id-invalid", Level.RECORD, "An identifier holds characters that cannot be seen or used.",
         "Type the identifier anew."),
    Code("invisible-character", Level.WARNING,
         "The value holds a character that cannot be seen and may change how it reads.",
         "Delete the character, unless the script of the text needs it."),
    Code("id-dash", Level.PARTNER, "The id has another dash than the ids of its project.",
         "Write the id with a hyphen."),
    Code("id-case", Level.WARNING, "Two project ids differ in nothing but case.",
         "Check whether the two records are one project."),
    Code("control-character", Level.FIELD, "The value holds control characters.",
         "Remove the control characters."),
    Code("value-too-long", Level.FIELD, "The value is longer than the limit.",
         "Shorten the value."),
    Code("date-invalid", Level.FIELD, "The value is not one date.",
         "State one day as dd.mm.yyyy."),
    Code("date-ambiguous", Level.FIELD, "The date can be read in two ways.",
         "Write the date as yyyy-mm-dd."),
    Code("date-shifted", Level.WARNING,
         "The date is a moment in UTC that is midnight of the next day in its country.",
         "State the date without a time, or the offset in the profile."),
    Code("date-serial", Level.NOTE, "The date is a number of days, as workbooks count them.",
         "Check the date, or write it as yyyy-mm-dd."),
    Code("role-unknown", Level.PARTNER, "The role of the partner is not known.",
         "State LP, PP or AP, or ja or nein for the lead."),
    Code("row-ragged", Level.RECORD, "The row has other cells than the table has columns.",
         "Check the separators and quotes of the row."),
    Code("column-unknown", Level.WARNING, "The layout has no such column; it was not read.",
         "Rename the column if it states a field, or delete it."),
    Code("column-missing", Level.FILE, "The table lacks a column that it cannot be read without.",
         "Add the column."),
    Code("csv-syntax", Level.FILE, "The file is not CSV.", "Correct the quotes in this row."),
    Code("json-syntax", Level.FILE, "The file is not JSON.", "Correct the document at this place."),
    Code("layout-unknown", Level.FILE, "No layout has these columns.",
         "Draft a profile with kg sources inspect and build with --profile; see docs/profiles.md."),
    Code("personal-in-text", Level.WARNING,
         "A text holds an e-mail address or a telephone number; it is published without.",
         "Nothing, or name the column as personal in a profile and say why it is published."),
    Code("column-personal", Level.WARNING,
         "The column seems to hold personal data; it was not read and is shown nowhere.",
         "Nothing, or name the column in a profile and say why it is published."),
    Code("table-unread", Level.NOTE, "The table is not of the layout; it was not read.",
         "Nothing, or name the table in a profile."),
    Code("list-unexpected", Level.FIELD, "The cell holds a list, and the field one value.",
         "State one value, or give the column another field in the profile."),
    Code("lists-unequal", Level.RECORD,
         "The lists of partners of a row have not the same number of entries.",
         "Give each list one entry for each partner, an empty one where nothing is stated."),
    Code("entries-unequal", Level.FIELD,
         "Codes, labels and languages of a list have not the same number of entries.",
         "Give each list one entry for each other, an empty one where nothing is stated."),
    Code("location-incomplete", Level.FIELD, "A coordinate stands without the other one.",
         "State both coordinates."),
    Code("project-contradiction", Level.RECORD,
         "Rows of one project contradict each other; perhaps they are of two projects.",
         "Correct the rows, or name more fields under [key] in the profile."),
    Code("partners-too-many", Level.RECORD, "So many partners name one project that it is none.",
         "Check which column states the id of the project."),
    Code("partner-orphan", Level.PARTNER, "The partner's project is not in the input.",
         "Add the project, or correct the project id."),
    Code("date-missing", Level.WARNING, "The source says that the date is not stated.",
         "Nothing, or state the date."),
    Code("amount-invalid", Level.FIELD, "The value is not an amount of money.",
         "State one amount in digits, such as 1.234,56."),
    Code("amount-ambiguous", Level.FIELD, "The amount can be read in two ways.",
         "Write the amount with two decimals, such as 1.234,00."),
    Code("amount-format", Level.WARNING,
         "The amount is written in another style than the source usually has.",
         "Check the value that was read."),
    Code("amount-missing", Level.WARNING, "The source says that the amount is not stated.",
         "Nothing, or state the amount."),
    Code("amount-currency", Level.FIELD, "The amount is in another currency than the record.",
         "State the amount in the currency of the record."),
    Code("amount-rounded", Level.WARNING, "The amount has fractions of a cent and was rounded.",
         "Check the amount, or state it to the cent."),
    Code("rate-invalid", Level.FIELD, "The value is not a rate.",
         "State a rate between 0 and 100 percent, such as 85 %."),
    Code("rate-ambiguous", Level.FIELD, "The rate can be in percent or a fraction of the whole.",
         "Write the rate with a percent sign, such as 85 %."),
    Code("number-invalid", Level.FIELD, "The value is not a number larger than 0.",
         "State a number in digits, such as 7.4567."),
    Code("currency-unknown", Level.FIELD, "The currency is not known.",
         "State the currency by its ISO 4217 code, such as EUR."),
    Code("count-invalid", Level.FIELD, "The value is not a count.",
         "State a whole number in digits."),
    Code("flag-invalid", Level.FIELD, "The value is neither yes nor no.",
         "State ja or nein."),
    Code("country-unknown", Level.FIELD, "The country is not known.",
         "State the country by its two-letter ISO 3166-1 code."),
    Code("region-invalid", Level.FIELD, "The region has no NUTS code of a known country.",
         "State a NUTS code such as AT130, or the name of the region alone."),
    Code("language-invalid", Level.FIELD, "The language is not known.",
         "State the language by its tag, such as de or en-GB."),
    Code("coordinate-invalid", Level.FIELD, "The value is not a coordinate.",
         "State degrees or metres in digits, such as 47.2692."),
    Code("crs-unknown", Level.FIELD, "The coordinate reference system is not known.",
         "State CRS84, or the EPSG code of a UTM zone such as EPSG:25832."),
    Code("personal-data", Level.FIELD, "The value holds an e-mail address or a telephone number.",
         "Delete it: data of persons are not published."),
    Code("url-invalid", Level.FIELD, "The value is not a web address that can be linked.",
         "State an address that starts with https:// or http://."),
    Code("url-userinfo", Level.WARNING,
         "The web address hides its host behind a user name; it is not linked.",
         "State the address without the part before the @ sign."),
    Code("html-entity", Level.WARNING, "The text has signs as HTML writes them; they were read.",
         "Write the sign itself, such as & for &amp;."),
    Code("html-markup", Level.WARNING, "The text has tags of HTML; it is published with them.",
         "Save the text without its markup."),
    Code("formula-text", Level.WARNING, "The cell holds a formula as text; its value was read.",
         "Save the value of the formula and not the formula."),
    Code("value-doubtful", Level.WARNING, "The value is hardly what its field asks for.",
         "Compare it with the columns beside it, and correct it if it belongs to another."),
    Code("number-mangled", Level.FIELD, "A spreadsheet shortened a long number, as in 6.83E+10.",
         "State all of its digits; format the column as text before."),
    Code("header-unit", Level.WARNING,
         "The header names another unit or currency than the profile for its amounts.",
         "State scale in the style of the column, or the currency of the amounts in [values]."),
    Code("row-total", Level.PARTNER, "The row seems to be a sum of others; it is no partner.",
         "Name its word in skip of the profile, or give the partner its full name."),
    Code("pattern-mismatch", Level.FIELD,
         "The value is not written as the pattern of its column asks for.",
         "Correct the value, or add a pattern for values like it to the profile."),
    Code("pattern-doubtful", Level.WARNING,
         "The value is written by two patterns, and was read by the later one.",
         "Compare the value with what was read, and correct it if it means the other."),
    Code("url-scheme-missing", Level.WARNING, "The web address has no scheme; https was assumed.",
         "State the address with https://."),
    Code("theme-invalid", Level.FIELD, "An entry in the list of themes has no theme code.",
         "Write CODE - Label, joined by |."),
    # partners
    Code("partner-unparsable", Level.PARTNER, "The partner line cannot be read.",
         "Separate the cells of the line by tabs, or complete the line."),
    Code("partner-two-readings", Level.WARNING, "The partner line has two readings.",
         "Separate the cells of the line by tabs."),
    Code("partner-duplicate", Level.PARTNER, "A second partner bears the same id.",
         "Give each partner an id of its own, or delete the line."),
    Code("partner-repeated", Level.WARNING, "The same partner line stands twice.",
         "Delete one of the lines."),
    Code("partner-foreign", Level.PARTNER, "The partner's id belongs to another project.",
         "Move the line to its project, or correct the id."),
    Code("postcode-missing", Level.WARNING, "The partner line has no postcode.",
         "State the postcode, or check name and town."),
    Code("town-by-case", Level.WARNING,
         "Without a postcode, only a capital letter tells the town from the name.",
         "State the postcode, or separate the cells of the line by tabs."),
    Code("town-missing", Level.WARNING, "The partner line has no town.",
         "State the town."),
    Code("flag-case", Level.WARNING, "The lead flag is written in another case than usual.",
         "Write ja or nein in lower case."),
    # values and records that people put right
    Code("correction-stale", Level.WARNING,
         "The source does not state the value that a correction is about; it was not applied.",
         "Check the value, and correct or delete the line of the corrections file."),
    Code("correction-unused", Level.WARNING, "No record that was read has what a correction names.",
         "Check source, record and field, or delete the line of the corrections file."),
    Code("row-repaired", Level.NOTE, "The source was read as a line of a rejects file repairs it.",
         "Nothing, or repair the source itself."),
    Code("repair-stale", Level.WARNING,
         "A line of a rejects file is about what the source does not have; it was not applied.",
         "Build again without this file, and repair the new rejects."),
    Code("repair-invalid", Level.FILE, "A line of a rejects file cannot be used.",
         "Correct the line, or delete it."),
    # records among each other
    Code("processing-failed", Level.RECORD,
         "The record made the program fail; the others are published.",
         "Please report this, together with the record, which is in the rejects."),
    Code("duplicate-record", Level.NOTE, "The same record stands twice; it is published once.",
         "Delete one of the two."),
    Code("duplicate-conflict", Level.RECORD,
         "A second record bears the same project id with other content.",
         "Decide which of the two is right and delete the other."),
)  # fmt: skip

CODES: dict[str, Code] = {entry.code: entry for entry in _CATALOGUE}
"""The codes of problems found outside SHACL. A SHACL result bears the name of its shape."""


class KgError(Exception):
    """The run cannot go on.

    ``message`` says what happened, ``place`` where, ``remedy`` what to do.
    """

    exit_status = 1

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        return " ".join(
            part for part in (self.place and f"{self.place}:", self.message, self.remedy) if part
        )


class InputError(KgError):
    """A file, a setting or an argument cannot be used."""

    exit_status = 2


class SettingsError(InputError):
    """A setting in ``kg.toml`` or an option cannot be used."""


class ProfileError(InputError):
    """A source profile contradicts itself or names what does not exist."""


class QueryError(InputError):
    """A query or one of its parameters cannot be used."""


class Refused(InputError):
    """File problems: nothing of the run is published and earlier outputs stay."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(
            "Nothing was published, because a file cannot be used.",
            place=problems[0].place.source,
            remedy="Earlier outputs are as they were.",
        )
        self.problems = problems


class OutputError(KgError):
    """The outputs could not be written; earlier outputs are as they were."""

    exit_status = 3


class StoreError(OutputError):
    """The embedded store is damaged, locked or could not be written."""


class RemoteError(KgError):
    """Another machine did not answer, or answered with an error."""

    exit_status = 4


class Bug(KgError):
    """The program contradicts itself. Nothing was published."""

    exit_status = 3
