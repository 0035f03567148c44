#!/usr/bin/env python3
"""Prints decimal_cases.inc: operations on decimals and what Python's decimal module says of them.

    gen_decimal_cases.py [COUNT [SEED]] > decimal_cases.inc

COUNT is the number of random cases of each operation (default 40); a large one makes a table worth
trying after a change of the arithmetic. Each row is CASE(operation, a, b, digits, want); an empty
`want` means that the operation must be refused.
"""

import random
import re
import sys
from decimal import Context, Decimal, ROUND_FLOOR, ROUND_HALF_EVEN

DIGITS = 864
EXPONENT_MAX = 1000000
WIDE = Context(prec=5000, Emax=10**9, Emin=-(10**9))
JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def parts(value):
    """Sign, digits without zeros at the end, exponent."""
    sign, digits, exponent = value.as_tuple()
    text = "".join(map(str, digits)).lstrip("0")
    bare = text.rstrip("0")
    return sign, bare, exponent + len(text) - len(bare)


def fits(value):
    _, digits, exponent = parts(value)
    return not digits or (len(digits) <= DIGITS and abs(exponent) <= EXPONENT_MAX)


def show(value):
    """As repr() shows a float, with all digits and no ".0"."""
    sign, digits, exponent = parts(value)
    if not digits:
        return "0"
    power = exponent + len(digits) - 1
    front = "-" if sign else ""
    if -4 <= power < 16:
        return front + f"{WIDE.create_decimal(value).normalize(WIDE).copy_abs():f}"
    mantissa = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    return f"{front}{mantissa}e{'-' if power < 0 else '+'}{abs(power):02d}"


def want(value):
    return show(value) if fits(value) else ""


def literal(text):
    pieces = [text[i : i + 80] for i in range(0, len(text), 80)] or [""]
    return "\n     ".join(f'"{piece}"' for piece in pieces)


def row(operation, a, b="", digits=0, expected=""):
    print(f"CASE({operation}, {literal(a)}, {literal(b)}, {digits}, {literal(expected)})")


class Numbers:
    """Random operands, most like those of a meter, some as awkward as can be."""

    LIMBS = ["000000000", "000000001", "499999999", "500000000", "500000001", "999999999", "999999998"]

    def __init__(self, seed):
        self.random = random.Random(seed)

    def digits(self, count):
        return "".join(self.random.choice("0123456789") for _ in range(count))

    def coefficient(self):
        kind = self.random.randrange(10)
        if kind < 5:
            return self.digits(self.random.randint(1, 19))
        if kind < 9:
            count = self.random.randint(1, 5)
            return self.digits(self.random.randint(0, 9)) + "".join(
                self.random.choice(self.LIMBS + [self.digits(9)]) for _ in range(count))
        return self.digits(self.random.choice([60, 150]))

    def value(self):
        exponent = self.random.randint(-30, 12)
        if self.random.randrange(12) == 0:
            exponent = self.random.choice([-1, 1]) * self.random.randint(999900, 1000000)
        text = self.random.choice(["", "", "", "-"]) + self.coefficient() + f"e{exponent}"
        value = Decimal(text)
        return text if fits(value) else self.value()


def binary(numbers, count):
    for _ in range(count):
        a, b = numbers.value(), numbers.value()
        if numbers.random.randrange(3) == 0:  # close together: alignment and cancelling
            b = show(WIDE.add(Decimal(a), Decimal("1e-40") * numbers.random.randint(-2, 2)))
        if not fits(Decimal(b)):
            continue
        x, y = Decimal(a), Decimal(b)
        row("ADD", a, b, 0, add(x, y))
        row("MULTIPLY", a, b, 0, want(WIDE.multiply(x, y)))
        row("COMPARE", a, b, 0, str(WIDE.compare(x, y)))


def add(x, y):
    """Sums of far exponents are too wide for any context, and for us."""
    return want(WIDE.add(x, y)) if not x or not y or abs(x.adjusted() - y.adjusted()) < 3000 else ""


def divisions(numbers, count):
    for i in range(count):
        digits = numbers.random.choice([6, 6, 6, 1, 2, 9, 16, 17, 27, 39, 40])
        a, b = numbers.value(), numbers.value()
        if i % 3 == 1:  # a quotient that is a tie, or a hair beside one
            quotient = Decimal(numbers.digits(digits) + "5")
            nudge = numbers.random.choice([0, 0, 1, -1])
            a = show(WIDE.add(WIDE.multiply(quotient, Decimal(b)), Decimal(f"{nudge}e-60")))
        elif i % 6 == 2:  # as near to a tie as a divisor of that many digits allows
            digits = numbers.random.choice([1, 2, 6])
            tie = int(numbers.digits(digits) + "5")
            divisor = int("1" + numbers.digits(digits + 8)) * 10 + 1
            a, b = f"{divisor * tie // 10 + numbers.random.randint(0, 1)}e{digits}", str(divisor)
        elif i % 3 == 2:  # limbs that make the estimate of a quotient limb too large
            b = "500000000" + "999999999" * numbers.random.randint(1, 3)
            a = show(WIDE.subtract(WIDE.multiply(Decimal(b), Decimal(10**numbers.random.randint(1, 30))),
                                  numbers.random.randint(0, 1)))
        if not fits(Decimal(a)):
            continue
        quotient = ""
        if Decimal(b):
            narrow = Context(prec=digits, rounding=ROUND_HALF_EVEN, Emax=10**9, Emin=-(10**9))
            quotient = want(narrow.divide(Decimal(a), Decimal(b)))
        row("DIVIDE", a, b, digits, quotient)


def roundings(numbers, count):
    for i in range(count):
        digits = numbers.random.randint(1, 30)
        a = numbers.value()
        if i % 2:
            a = numbers.digits(digits) + "5" + numbers.random.choice(["", "000000000000", "00000000001"])
        narrow = Context(prec=digits, rounding=ROUND_HALF_EVEN, Emax=10**9, Emin=-(10**9))
        row("ROUND", a, "", digits, show(narrow.create_decimal(a)))


def floors(numbers, count):
    edges = ["9223372036854775807", "9223372036854775807.5", "9223372036854775808", "-9223372036854775808",
             "-9223372036854775808.1", "-9223372036854775807.1", "1e19", "9999999999999999999", "-0.1", "0.9",
             "-1", "-1.5", "0", "1e18", "-1e-1000000", "1e1000000"]
    for a in edges + [numbers.value() for _ in range(count)]:
        value = Decimal(a)
        floor = None
        if value.adjusted() < 40:
            floor = value.to_integral_value(ROUND_FLOOR, WIDE) if value.adjusted() > -40 else Decimal(
                -1 if value < 0 else 0)
        inside = floor is not None and -(2**63) <= floor < 2**63
        row("FLOOR", a, "", 0, show(floor) if inside else "")


def texts(numbers, count):
    for _ in range(count):
        number = numbers.random.choice([
            lambda: numbers.random.uniform(0, 1), lambda: numbers.random.uniform(-1e6, 1e6),
            lambda: numbers.random.lognormvariate(0, 40), lambda: float(numbers.random.randint(0, 10**17)),
            lambda: numbers.random.randint(1, 99) * 10.0 ** numbers.random.randint(-7, 18)])()
        shown = repr(number)
        row("FORMAT", shown, "", 0, shown[:-2] if shown.endswith(".0") else shown)
    for _ in range(count):
        a = numbers.value()
        row("FORMAT", a, "", 0, want(Decimal(a)))
    pieces = ["0", "1", "00", "12", ".", "-", "+", "e", "E", "e+", "e-", "5", " ", "x"]
    for _ in range(count * 4):
        a = "".join(numbers.random.choice(pieces) for _ in range(numbers.random.randint(1, 6)))
        canonical = JSON_NUMBER.fullmatch(a) and fits(Decimal(a))
        row("CANONICAL", a, "", 0, "yes" if canonical else "")
        number = re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", a)
        row("FORMAT", a, "", 0, want(Decimal(a)) if number else "")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    numbers = Numbers(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    print("/* Decimal operations and what Python's decimal module says of them: made by\n"
          " * gen_decimal_cases.py, not by hand. */")
    for group in (texts, binary, divisions, roundings, floors):
        group(numbers, count)


main()
