"""A parser of formulas and values, written from the grammar in scenarios/README.md.

A node is a tuple that begins with its kind: `num value unit`, `name x`, `neg a`, `not a`, `bin op a b`, `if c a b`,
`call f args named`, `select a [(index, [labels] or node)]`, `to a b within`, `list [a]`. Numbers are exact fractions.
"""
import re
from fractions import Fraction

SUFFIXES = {"k": 10**3, "M": 10**6, "B": 10**9, "T": 10**12, "%": Fraction(1, 100)}
WORDS = {"to", "within", "by", "in", "if", "then", "else", "and", "or", "not"}
NUMBER = re.compile(r"(\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)([kMBT%](?![A-Za-z0-9]))?")
UNIT = re.compile(r" ([A-Za-z%][A-Za-z0-9_%]*(?:[*/][A-Za-z0-9_]+|\^-?\d+)*)")
IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
SYMBOL = re.compile(r"\.\.|==|!=|<=|>=|[-+*/^()\[\]=,<>]")
LEVELS = [["or"], ["and"], ["not"], ["==", "!=", "<", "<=", ">", ">="], ["+", "-"], ["*", "/"]]


def tokens(text):
    at, found = 0, []
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif match := NUMBER.match(text, at):
            at = match.end()
            value = Fraction(match[1].replace("_", "")) * SUFFIXES.get(match[2], 1)
            unit = UNIT.match(text, at)
            if unit and unit[1] not in WORDS:
                at = unit.end()
                found.append(("num", value, unit[1]))
            else:
                found.append(("num", value, None))
        elif match := IDENTIFIER.match(text, at):
            at = match.end()
            found.append(("word", match[0]))
        else:
            match = SYMBOL.match(text, at)
            at = match.end()
            found.append(("sym", match[0]))
    return found + [("end", "")]


class Parser:
    def __init__(self, text):
        self.tokens, self.at = tokens(text), 0

    def peek(self, *words):
        token = self.tokens[self.at]
        return token[0] in ("sym", "word") and token[1] in words

    def take(self, *words):
        token = self.tokens[self.at]
        if words and not self.peek(*words):
            raise SyntaxError(f"expected {words}, found {token}")
        self.at += 1
        return token

    def whole(self):
        node = self.value()
        if self.tokens[self.at][0] != "end":
            raise SyntaxError(f"left over: {self.tokens[self.at:]}")
        return node

    def value(self):
        """A formula, or an interval `a to b within p`."""
        node = self.formula()
        if not self.peek("to"):
            return node
        self.take("to")
        high, within = self.formula(), None
        if self.peek("within"):
            self.take("within")
            within = self.formula()
        return ("to", node, high, within)

    def formula(self, level=0):
        if level == 0 and self.peek("if"):
            self.take("if")
            condition = self.formula()
            self.take("then")
            yes = self.formula()
            self.take("else")
            return ("if", condition, yes, self.formula())
        if level == len(LEVELS):
            return self.sign()
        if LEVELS[level] == ["not"]:
            if self.peek("not"):
                self.take("not")
                return ("not", self.formula(level))
            return self.formula(level + 1)
        node = self.formula(level + 1)
        while self.peek(*LEVELS[level]):
            operator = self.take()[1]
            node = ("bin", operator, node, self.formula(level + 1))
        return node

    def sign(self):
        if self.peek("-"):
            self.take("-")
            return ("neg", self.sign())
        return self.power()

    def power(self):
        node = self.postfix()
        if self.peek("^"):
            self.take("^")
            node = ("bin", "^", node, self.sign())
        return node

    def postfix(self):
        token = self.take()
        if token[0] == "num":
            return token
        if token == ("sym", "("):
            node = self.value()
            if self.peek(","):
                node = ("list", [node])
                while self.peek(","):
                    self.take(",")
                    node[1].append(self.value())
            self.take(")")
        elif token[0] == "word" and self.peek("("):
            self.take("(")
            node = ("call", token[1], *self.arguments())
        elif token[0] == "word":
            node = ("name", token[1])
        else:
            raise SyntaxError(f"unexpected {token}")
        while self.peek("["):
            self.take("[")
            selections = []
            while True:
                index = self.take()[1]
                self.take("=")
                selections.append((index, self.labels()))
                if self.take(",", "]")[1] == "]":
                    break
            node = ("select", node, selections)
        return node

    def labels(self):
        """A formula, or `a..b` as a list of whole numbers."""
        node = self.formula()
        if self.peek(".."):
            self.take("..")
            return list(range(int(node[1]), int(self.formula()[1]) + 1))
        return node

    def arguments(self):
        """Positional arguments, and named ones by name or, for quantiles, by their probability."""
        positional, named = [], {}
        while not self.peek(")"):
            token, following = self.tokens[self.at], self.tokens[self.at + 1]
            if token[0] in ("word", "num") and following == ("sym", "="):
                self.at += 2
                named[token[1]] = self.value()
            else:
                positional.append(self.value())
            if self.peek(","):
                self.take(",")
        self.take(")")
        return positional, named


def parse(text):
    return Parser(text).whole()
