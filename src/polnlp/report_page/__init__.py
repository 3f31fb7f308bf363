"""``report.html``: one article with all that was found in it, marked in its text, for a reader to check."""

from polnlp.report_page.page import format_report_page
from polnlp.report_page.writing import remove_pages, write_report_pages

__all__ = ["format_report_page", "remove_pages", "write_report_pages"]
