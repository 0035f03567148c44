"""What the generators of pages of docs/ share."""
import sys


def cell(text):
    """Text as it stands in a cell of a table."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def write(page):
    """Writes the page made from what the program in the first argument prints into the file that
    the second one names, or to standard output."""
    text = page(sys.argv[1])
    if len(sys.argv) > 2:
        with open(sys.argv[2], "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    else:
        sys.stdout.buffer.write(text.encode("utf-8"))
