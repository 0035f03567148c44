"""What Python's json module, made as strict as RFC 8259, and the scanner say of bytes."""

import json
import subprocess


def refuse(word):
    raise ValueError(word + " is not JSON")


def python_accepts(data):
    """True, False, or None where only a limit of Python stopped it."""
    try:
        text = data.decode("utf-8")
        json.loads(text, parse_constant=refuse, parse_int=str, parse_float=str)
    except RecursionError:
        return None
    except ValueError:
        return False
    return True


def scanner_accepts(tool, texts):
    """The verdicts of json_verdict on a list of bytes, as (accepted, what it said)."""
    stdin = b"".join(b"%d\n%s" % (len(text), text) for text in texts)
    done = subprocess.run([tool], input=stdin, stdout=subprocess.PIPE, check=True)
    lines = done.stdout.decode("ascii").splitlines()
    if len(lines) != len(texts):
        raise SystemExit("%d verdicts for %d texts" % (len(lines), len(texts)))
    return [(line == "ok", line) for line in lines]
