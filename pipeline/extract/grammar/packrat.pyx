# cython: language_level=3, boundscheck=False, wraparound=False
"""Matching patterns over the tokens of a text: each category is looked up once at each place (packrat; Ford 2002)."""

from pipeline.extract.grammar.text import MASKED, PLACED, TOKEN
from pipeline.language.folding import fold

cdef enum:
    FAILED = -1    # where a match ends that is none
    RAISED = -2

cdef frozenset NO_SIGNS = frozenset({MASKED}) | PLACED
cdef frozenset PART_ENDS = frozenset({".", ";"})    # with a blank behind, none that is passed over


cdef class TokenizedText:
    """A text and its tokens, each given by its place in `lows`, `starts` and `ends`.

    `text` is the text as it stands, `folded` it folded, `lows` the folded tokens. The tokens of masked stretches match
    no pattern. `values` are those of placed tokens, `memo` what each category was looked up for.
    """

    cdef readonly str text
    cdef readonly str folded
    cdef readonly list lows
    cdef readonly list starts
    cdef readonly list ends
    cdef readonly dict values
    cdef readonly dict memo    # of each category, what was found at each token

    def __init__(self, str text, masked=(), placed=()):
        """Cut a text.

        Args:
            text: of a passage.
            masked: stretches, as offsets in it, in which nothing is to be found.
            placed: tokens that are not made of the text's own, in order; what they cover is not cut.
        """
        self.text = text
        self.folded = fold(text)
        self.lows, self.starts, self.ends = [], [], []
        self.values = {}
        self.memo = {}
        at = 0
        for one in placed:
            self.cut(at, one.start)
            self.values[len(self.lows)] = one.value
            self.append(one.start, one.end, one.low)
            at = one.end
        self.cut(at, len(text))
        for start, end in masked:
            for index in range(self.at(start), len(self.lows)):
                if self.starts[index] >= end:
                    break
                self.lows[index] = MASKED

    cdef int cut(self, Py_ssize_t start, Py_ssize_t end) except RAISED:
        cdef str low
        for low in TOKEN.findall(self.folded, start, end):
            start = self.folded.index(low, start)    # nothing but blanks stands between two tokens
            self.append(start, start + len(low), low)
            start += len(low)
        return 0

    cdef int append(self, Py_ssize_t start, Py_ssize_t end, str low) except RAISED:
        self.lows.append(low)
        self.starts.append(start)
        self.ends.append(end)
        return 0

    def mark(self, int at, str low):
        """Let a token read as something else; what was found before is forgotten."""
        self.lows[at] = low
        self.memo.clear()

    cdef dict looked_up(self, source):
        """What was found for a source at each token."""
        known = self.memo.get(source)
        if known is None:
            known = self.memo[source] = {}
        return known

    def at(self, Py_ssize_t offset):
        """The first token that begins at an offset or behind it; the number of tokens where none does."""
        return first_from(self.starts, offset)

    def behind(self, Py_ssize_t offset):
        """The token behind the one that ends at an offset; None where none ends there."""
        cdef int index = first_from(self.ends, offset)
        return index + 1 if index < len(self.ends) and self.ends[index] == offset else None

    def is_glued(self, int index):
        """Whether a token follows the one before it without a blank."""
        return self.glued(index)

    cdef bint glued(self, int index) except? RAISED:
        return 0 < index < len(self.starts) and self.starts[index] == self.ends[index - 1]


cdef int first_from(list offsets, Py_ssize_t offset) except RAISED:
    """The first of some offsets, in order, that is not below one."""
    cdef int low = 0, high = len(offsets), middle
    while low < high:
        middle = (low + high) // 2
        if <Py_ssize_t>offsets[middle] < offset:
            low = middle + 1
        else:
            high = middle
    return low


cdef bint is_number(str low) except? RAISED:
    cdef Py_UCS4 first = low[0]
    return low.isdecimal() if first > 127 else c"0" <= first <= c"9"


cdef class Matcher:
    """Matches a part of a pattern at a token."""

    cdef int match(self, TokenizedText text, int at, list captures) except RAISED:
        """The token behind the match, or FAILED; pairs of labels and values are added to the captures."""
        raise NotImplementedError


cdef class Phrase(Matcher):
    """Words that stand so, one by one."""

    cdef tuple words

    def __init__(self, tuple words):
        self.words = words

    cdef int match(self, TokenizedText text, int at, list captures) except RAISED:
        cdef int count = len(self.words), index
        if at + count > len(text.lows):
            return FAILED
        for index in range(count):
            if <str>self.words[index] != <str>text.lows[at + index]:
                return FAILED
        return at + count


cdef class Source(Matcher):
    """Gives a value of what stands at a token."""

    cdef tuple take(self, TokenizedText text, int at):
        """The token behind what stands at a token, and its value; or None."""
        raise NotImplementedError

    cdef int match(self, TokenizedText text, int at, list captures) except RAISED:
        found = self.take(text, at) if at < len(text.lows) else None
        return FAILED if found is None else <int>found[0]


cdef class Function(Source):
    """A terminal: a function of a text and a token that gives the token behind and a value, or None."""

    cdef object function

    def __init__(self, function):
        self.function = function

    cdef tuple take(self, TokenizedText text, int at):
        cdef dict known = text.looked_up(self)
        if at not in known:
            known[at] = self.function(text, at)
        return known[at]


cdef class Digits(Source):
    """A run of digits whose number lies within bounds, and which is no longer than some digits."""

    cdef long long least
    cdef long long most
    cdef int longest

    def __init__(self, long long least, long long most, int longest):
        self.least = least
        self.most = most
        self.longest = longest

    cdef tuple take(self, TokenizedText text, int at):
        cdef str low = text.lows[at]
        if not c"0" <= <Py_UCS4>low[0] <= c"9" or len(low) > self.longest:
            return None
        value = int(low)
        return (at + 1, value) if self.least <= value <= self.most else None


cdef class Syllable(Source):
    """Any token of letters."""

    cdef tuple take(self, TokenizedText text, int at):
        cdef str low = text.lows[at]
        return (at + 1, low) if low[0].isalpha() else None


cdef class Sign(Source):
    """Any token of the text's own that is neither letters nor digits."""

    cdef tuple take(self, TokenizedText text, int at):
        cdef str low = text.lows[at]
        return None if low[0].isalnum() or low in NO_SIGNS else (at + 1, low)


cdef class Token(Source):
    """Any token that is not masked."""

    cdef tuple take(self, TokenizedText text, int at):
        cdef str low = text.lows[at]
        return None if low == MASKED else (at + 1, low)


cdef class Placed(Source):
    """A token that was placed in the text, with its value."""

    cdef frozenset lows

    def __init__(self, frozenset lows):
        self.lows = lows

    cdef tuple take(self, TokenizedText text, int at):
        return (at + 1, text.values[at]) if text.lows[at] in self.lows else None


cdef class WordClass(Source):
    """Phrases with their values, as a tree of tokens; "" holds the value of the phrase that ends there."""

    cdef dict tree
    cdef readonly list phrases

    def __init__(self):
        self.tree = {}
        self.phrases = []

    def add(self, tuple words, value):
        """Add a phrase, given by its folded tokens."""
        node = self.tree
        for word in words:
            node = node.setdefault(word, {})
        node[""] = value
        self.phrases.append(words)

    cdef tuple take(self, TokenizedText text, int at):
        cdef dict node = self.tree
        cdef tuple found = None
        cdef int index
        for index in range(at, len(text.lows)):
            node = node.get(text.lows[index])
            if node is None:
                break
            if "" in node:
                found = (index + 1, node[""])
        return found


cdef class Captured(Matcher):
    """What has a value, under a label."""

    cdef str label
    cdef Source part

    def __init__(self, str label, Source part):
        self.label = label
        self.part = part

    cdef int match(self, TokenizedText text, int at, list captures) except RAISED:
        found = self.part.take(text, at) if at < len(text.lows) else None
        if found is None:
            return FAILED
        captures.append((self.label, found[1]))
        return found[0]


cdef class CapturedWords(Matcher):
    """The words of a part, under a label."""

    cdef str label
    cdef Matcher part

    def __init__(self, str label, Matcher part):
        self.label = label
        self.part = part

    cdef int match(self, TokenizedText text, int at, list captures) except RAISED:
        cdef int end = self.part.match(text, at, captures)
        if end > at:
            captures.append((self.label, text.folded[text.starts[at] : text.ends[end - 1]]))
        return end


cdef class Sequence(Matcher):
    """One part behind the other."""

    cdef list parts

    def __init__(self, list parts):
        self.parts = parts

    cdef int match(self, TokenizedText text, int at, list captures) except RAISED:
        cdef Py_ssize_t mark = len(captures)
        cdef int index
        for index in range(len(self.parts)):
            at = (<Matcher>self.parts[index]).match(text, at, captures)
            if at == FAILED:
                del captures[mark:]
                return FAILED
        return at


cdef class FirstOf(Matcher):
    """The first part that matches."""

    cdef list parts

    def __init__(self, list parts):
        self.parts = parts

    cdef int match(self, TokenizedText text, int at, list captures) except RAISED:
        cdef int index, end
        for index in range(len(self.parts)):
            end = (<Matcher>self.parts[index]).match(text, at, captures)
            if end != FAILED:
                return end
        return FAILED


cdef class Repeated(Matcher):
    """A part as often as it matches, within bounds."""

    cdef Matcher part
    cdef int least
    cdef int most

    def __init__(self, Matcher part, int least, int most):
        self.part = part
        self.least = least
        self.most = most

    cdef int match(self, TokenizedText text, int at, list captures) except RAISED:
        cdef Py_ssize_t mark = len(captures)
        cdef int count = 0, end
        while count < self.most:
            end = self.part.match(text, at, captures)
            if end <= at:    # nothing more, or nothing that goes on
                break
            at = end
            count += 1
        if count >= self.least:
            return at
        del captures[mark:]
        return FAILED


cdef class Ahead(Matcher):
    """Whether a part stands at a token, or whether it does not."""

    cdef Matcher part
    cdef bint negative

    def __init__(self, Matcher part, bint negative):
        self.part = part
        self.negative = negative

    cdef int match(self, TokenizedText text, int at, list captures) except RAISED:
        return at if (self.part.match(text, at, []) == FAILED) == self.negative else FAILED


cdef class Before(Matcher):
    """Whether one of some phrases, or one token that a terminal matches, ends right before a token, or does not."""

    cdef list phrases
    cdef Source terminal
    cdef bint negative

    def __init__(self, list phrases, Source terminal, bint negative):
        self.phrases = phrases
        self.terminal = terminal
        self.negative = negative

    cdef int match(self, TokenizedText text, int at, list captures) except RAISED:
        cdef bint stands = False
        cdef tuple words
        if self.terminal is not None:
            stands = at > 0 and self.terminal.take(text, at - 1) is not None
        else:
            for words in self.phrases:
                stands = self.ends(text.lows, words, at)
                if stands:
                    break
        return at if stands != self.negative else FAILED

    cdef bint ends(self, list lows, tuple words, int at) except? RAISED:
        cdef int start = at - len(words), index
        if start < 0:
            return False
        for index in range(len(words)):
            if <str>lows[start + index] != <str>words[index]:
                return False
        return True


cdef class Skipping(Matcher):
    """At most some tokens that are passed over before a part."""

    cdef Matcher part
    cdef int most

    def __init__(self, Matcher part, int most):
        self.part = part
        self.most = most

    cdef int match(self, TokenizedText text, int at, list captures) except RAISED:
        cdef int index, end, count = len(text.lows)
        for index in range(at, min(at + self.most, count) + 1):
            end = self.part.match(text, index, captures)
            if end != FAILED:
                return end
            if index < count and text.lows[index] in PART_ENDS and not text.glued(index + 1):
                break
        return FAILED


cdef class Place(Matcher):
    """"^" where the passage begins, "$" where it ends, "~" where no blank stands."""

    cdef str sign

    def __init__(self, str sign):
        self.sign = sign

    cdef int match(self, TokenizedText text, int at, list captures) except RAISED:
        if self.sign == "~":
            return at if text.glued(at) else FAILED
        return at if at == (0 if self.sign == "^" else len(text.lows)) else FAILED


cdef class Pattern:
    """The pattern of a rule, and how its value is made.

    `plural` are the labels that can be captured several times; a maker that is `placed` is told where the match
    stands. Without a maker it refuses.
    """

    cdef readonly str rule
    cdef Matcher part
    cdef object make
    cdef dict constants
    cdef frozenset plural
    cdef bint placed

    def __init__(self, str rule, Matcher part, make, dict constants, frozenset plural, bint placed):
        self.rule = rule
        self.part = part
        self.make = make
        self.constants = constants
        self.plural = plural
        self.placed = placed

    cdef object value(self, list captures, TokenizedText text, int at, int end):
        cdef dict given
        if self.make is None:
            return None
        given = dict(self.constants)
        for label, value in captures:
            given[label] = (*given.get(label, ()), value) if label in self.plural else value
        if self.placed:
            given["place"] = (text.starts[at], text.ends[end - 1])
        return self.make(**given)


cdef class Category(Source):
    """The patterns of a category, by the first token of what they match, each with what can stand behind that token.

    No set of tokens stands for any token, None among them for any run of digits.
    """

    cdef dict by_word
    cdef list by_digits
    cdef list by_any

    def index(self, dict by_word, list by_digits, list by_any):
        """Take the patterns, by words, for any run of digits, and for any other token."""
        self.by_word = by_word
        self.by_digits = by_digits
        self.by_any = by_any

    def words(self):
        """The words that its matches can begin with."""
        return list(self.by_word)

    def begins(self, str low):
        """Whether a match can begin with a token."""
        return bool(self.opening(low))

    cdef list opening(self, str low):
        cdef list found = self.by_word.get(low)
        if found is not None:
            return found
        return self.by_digits if low and is_number(low) else self.by_any

    cdef tuple find(self, TokenizedText text, int at):
        """The longest match at a token: the token behind it, its value and its rule; or None."""
        cdef dict known = None
        cdef Pattern pattern
        cdef tuple best = None
        cdef int end, longest = at
        behind = text.lows[at + 1] if at + 1 < len(text.lows) else None
        if behind is not None and is_number(behind):
            behind = None
        for pattern, seconds in self.opening(text.lows[at]):
            if seconds is not None and behind not in seconds:
                continue
            if known is None:
                known = text.looked_up(self)
                if at in known:
                    return known[at]
            captures = []
            end = pattern.part.match(text, at, captures)
            if end > longest:
                value = pattern.value(captures, text, at, end)
                if value is not None or pattern.make is None:
                    best, longest = (end, value, pattern.rule), end
        if known is not None:
            known[at] = best
        return best

    cdef tuple take(self, TokenizedText text, int at):
        return self.find(text, at)


cdef class Scanner:
    """Finds what some categories match in a text."""

    cdef dict by_word
    cdef list by_digits
    cdef list by_any

    def __init__(self, list categories):
        words = {word for one in categories for word in one.words()}
        self.by_word = {word: [one for one in categories if one.begins(word)] for word in words}
        self.by_digits = [one for one in categories if one.begins("0")]
        self.by_any = [one for one in categories if one.begins("")]

    def scan(self, TokenizedText text):
        """The longest match at each token, from left to right: its first token, the one behind, its value, its rule."""
        cdef list out = [], categories
        cdef int at = 0, count = len(text.lows), index
        cdef tuple best, found
        cdef str low
        while at < count:
            low = text.lows[at]
            best = None
            categories = self.by_word.get(low)
            if categories is None:
                categories = self.by_digits if is_number(low) else self.by_any
            for index in range(len(categories)):
                found = (<Category>categories[index]).find(text, at)
                if found is not None and (best is None or found[0] > best[0]):
                    best = found
            if best is None:
                at += 1
            else:
                out.append((at, *best))
                at = best[0]
        return out
