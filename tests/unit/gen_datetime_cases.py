#!/usr/bin/env python3
"""Prints datetime_cases.inc: instants and spans, and what Python's datetime and decimal modules say
of them.

    gen_datetime_cases.py [COUNT [SEED]] > datetime_cases.inc

INSTANT(text, seconds): the wall clock and its seconds since 1970. BEGIN(end, duration, begin): where
a span began; an empty begin lies before the year 1, which Python does not count.
"""

import random
import sys
from datetime import datetime, timedelta
from decimal import Decimal, ROUND_FLOOR, getcontext

EPOCH = datetime(1970, 1, 1)
getcontext().prec = 100  # exact
EDGES = ["0001-01-01 00:00:00", "0004-02-29 12:00:00", "1582-10-15 00:00:00", "1600-02-29 23:59:59",
         "1900-02-28 23:59:59", "1900-03-01 00:00:00", "1969-12-31 23:59:59", "1970-01-01 00:00:00",
         "1999-12-31 23:59:59", "2000-02-29 00:00:00", "2000-03-01 00:00:00", "2023-02-28 23:59:59",
         "2024-02-29 23:59:59", "2024-12-31 23:59:59", "2038-01-19 03:14:08", "2100-03-01 00:00:00",
         "9999-12-31 23:59:59"]
SPANS = ["0", "0.000001", "0.5", "1", "59.999999", "60", "86399.5", "86400", "3.1e7", "1e-9",
         "31622400", "3e9", "12.345678901234567"]


def seconds_of(text):
    span = datetime.fromisoformat(text) - EPOCH
    return span.days * 86400 + span.seconds


def begin_of(seconds, fraction, duration):
    exact = seconds + Decimal("0." + (fraction or "0")) - Decimal(duration)
    try:
        begin = EPOCH + timedelta(seconds=int(exact.to_integral_value(ROUND_FLOOR)))
    except OverflowError:
        return ""
    return begin.isoformat(" ")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    texts = EDGES + [(EPOCH + timedelta(seconds=chance.randrange(-62135596800, 253402300800)))
                     .isoformat(" ") for _ in range(count)]
    for text in texts:
        print(f'INSTANT("{text}", {seconds_of(text)}LL)')
    for i in range(2 * count):
        text = chance.choice(texts)
        digits = chance.choice([0, 0, 1, 3, 6, 9, 20])
        fraction = "".join(chance.choice("0123456789") for _ in range(digits))
        duration = chance.choice(SPANS + [str(chance.randrange(10**6)) + "." + (fraction or "25")])
        end = text + ("." + fraction if fraction else "")
        print(f'BEGIN("{end}", "{duration}", "{begin_of(seconds_of(text), fraction, duration)}")')


if __name__ == "__main__":
    main()
