"""The sentences for everything this folder may say. Doors translate them and fill in the facts."""

from collections.abc import Callable, Mapping

from xinqiao.text import clean
from xinqiao.text.clean import Problem, gettext_noop

FILE_WORDS: Mapping[str, str] = {
    "file_missing": gettext_noop("There is no file %(name)s: check the name and the folder."),
    "file_empty": gettext_noop("The file is empty: export the table again."),
    "file_damaged": gettext_noop(
        "The file cannot be read to its end: open it in the program it came from, save it again as"
        " .xlsx, and try that file."
    ),
    "file_protected": gettext_noop(
        "The file has a password: open it, remove the password, save it, and try again."
    ),
    "file_unpacks_too_large": gettext_noop(
        "The file unpacks to %(size)s MB; at most %(limit)s MB are read."
        " Split it into several files, or save it as CSV."
    ),
    "file_too_heavy": gettext_noop(
        "Reading the file takes more memory or time than allowed. Often a cell far outside the"
        " table is the cause: copy the table into a new file, or save it as CSV."
    ),
    "web_page_not_table": gettext_noop(
        "The file is a web page or XML under a spreadsheet's name, as some systems export it:"
        " open it in Excel or WPS and save it as .xlsx."
    ),
    "not_a_table": gettext_noop(
        "The content of the file is no table (%(kind)s): choose an .xlsx, .xls, .ods or .csv file."
    ),
    "unknown_encoding": gettext_noop(
        "The characters of the file cannot be read: save it as “CSV UTF-8” or as .xlsx."
    ),
    "quote_not_closed": gettext_noop(
        'A quotation mark (") opened in row %(row)s is never closed: close it, or save the table'
        " as .xlsx."
    ),
    "no_rows": gettext_noop("The file has no row with content under its headers."),
    "sheet_missing": gettext_noop(
        "There is no sheet %(sheet)s. The sheets with content are: %(sheets)s."
    ),
    "other_sheets_not_read": gettext_noop(
        "Only the sheet %(sheet)s was read. Not read: %(sheets)s. Read them one by one by name."
    ),
    "characters_damaged": gettext_noop(
        "Some characters of the file are damaged; they show as � in the rows concerned."
    ),
    "quotes_irregular": gettext_noop(
        "Row %(row)s has a quotation mark in an unusual place: check that row and those after it."
    ),
    "more_cells_than_headers": gettext_noop(
        "The row has %(cells)s cells under %(headers)s headers, so the cells may have moved: put"
        " quotation marks around a text that contains the separator."
    ),
}

DATE_WORDS: Mapping[str, str] = {
    "date_empty": gettext_noop("The date is missing."),
    "date_unreadable": gettext_noop(
        "“%(value)s” cannot be read as a date: write it like 2024-04-25 09:32."
    ),
    "date_impossible": gettext_noop("“%(value)s” is no day or time that exists."),
    "date_year_short": gettext_noop(
        "“%(value)s” has a year of two digits: write the year with four, and first."
    ),
    "date_order": gettext_noop(
        "“%(value)s” does not begin with the year: write it like 2024-04-25 09:32."
    ),
    "in_future": gettext_noop("%(value)s lies in the future."),
    "too_old": gettext_noop("%(value)s lies before 1949."),
}

MAPPING_WORDS: Mapping[str, str] = {
    "columns_missing": gettext_noop(
        "No column was recognised for: %(fields)s. Name it in a mapping file. The headers are:"
        " %(headers)s."
    ),
    "columns_ambiguous": gettext_noop(
        "Several columns could be “%(field)s”: %(headers)s. Say in a mapping file which one it is."
    ),
    "mapping_unreadable": gettext_noop("The mapping file is not TOML: %(fault)s."),
    "mapping_unknown_field": gettext_noop(
        "The mapping file names unknown fields: %(fields)s. Known are: %(known)s."
    ),
    "mapping_unknown_column": gettext_noop(
        "The mapping file names a column that the table does not have: %(header)s."
        " The headers are: %(headers)s."
    ),
    "mapping_wrong_value": gettext_noop(
        "In the mapping file, %(field)s must be the header of a column, in quotation marks."
    ),
}

ROW_WORDS: Mapping[str, str] = {
    "beginning_read": gettext_noop(
        "The text has %(length)s characters; the first %(limit)s were read."
    ),
    "text_missing": gettext_noop("The row has neither a subject nor a text."),
    "cell_too_long": gettext_noop(
        "The cell has %(length)s characters; at most %(limit)s fit: shorten it."
    ),
    "source_number_repeated": gettext_noop(
        "The number %(number)s already stands in row %(row)s with other content: delete the row that"
        " is wrong, or give it a number of its own."
    ),
    "row_repeated": gettext_noop("The row is row %(row)s once more; it is taken once."),
    "same_number_other_words": gettext_noop(
        "A contact with the number %(number)s is already registered with another text: compare"
        " the two, and give this row a number of its own if it is another contact."
    ),
    "body_from_subject": gettext_noop("The text is empty; the subject was taken for it."),
    "channel_unknown": gettext_noop(
        "“%(value)s” is no known channel; the file's default was taken."
    ),
    "head_count_unreadable": gettext_noop("“%(value)s” is no number of persons; 1 was taken."),
    "answer_without_date": gettext_noop("The answer has no date."),
    "answer_date_without_answer": gettext_noop("There is a date of answer but no answer."),
    "answer_before_receipt": gettext_noop("The answer is dated before the contact arrived."),
    "cell_cut": gettext_noop(
        "The column %(header)s was cut here, because a spreadsheet cell holds 32,767 characters:"
        " take it from the original file."
    ),
}

WORDS: Mapping[str, str] = {
    **clean.WORDS,
    **FILE_WORDS,
    **DATE_WORDS,
    **MAPPING_WORDS,
    **ROW_WORDS,
}


def sentence(problem: Problem, translate: Callable[[str], str] = str) -> str:
    """What happened and what to do, for any problem of this folder."""
    return problem.sentence(WORDS, translate)


class TableError(Exception):
    """Why nothing can be read at all. `problem` carries the code and the facts."""

    def __init__(self, code: str, **facts: str) -> None:
        self.problem = Problem(code=code, facts=facts)
        super().__init__(sentence(self.problem))


class UnreadableFile(TableError):
    """The file is no table that can be read."""


class UnusableMapping(TableError):
    """The columns of the table cannot be matched with the fields of a contact."""
