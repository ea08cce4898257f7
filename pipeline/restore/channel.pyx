# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Which words a read token may have been printed as: a search through the vocabulary's trie with the channel's odds.

A printed word is cut into segments of one or two letters, each read as none to three characters (see
`pipeline.training.channel`). The chance that a token was read from a word is summed over all ways to cut both.
"""

import numpy as np

from libc.math cimport log
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t
from libc.stdlib cimport free, malloc, qsort
from libc.string cimport memset

cdef enum:
    LONGEST = 3    # characters a segment may be read as
    LIMIT = 15     # characters of a token; longer ones are no word's reading
    WIDE = 16      # LIMIT + 1, of which the compiler makes vectors
    DEPTH = 12     # letters of a word
    NONE = -1
    CASES = 3      # lower, Title, UPPER

cdef double FAINTEST = 1e-15   # how far below what could be hoped for a reading may be

# What no pair showed, by how many characters a letter is read as: so that no reading is impossible.
cdef double[4] UNSEEN = [2e-5, 1e-5, 2e-7, 1e-9]


cdef struct Entry:
    uint16_t segment
    uint8_t begins     # where in the token the reading begins
    uint8_t ends
    float chance


cdef struct Found:
    int32_t word
    int32_t case
    double chance
    double rank        # chance times the word's weight


cdef int by_rank(const void* a, const void* b) noexcept nogil:
    cdef double x = (<Found*>a).rank, y = (<Found*>b).rank
    if x != y:
        return 1 if x < y else -1
    return (<Found*>a).word - (<Found*>b).word


cdef int by_segment(const void* a, const void* b) noexcept nogil:
    return <int>(<Entry*>a).segment - <int>(<Entry*>b).segment


cdef struct Frame:
    float[WIDE] before   # mass that stands before the last letter, the last segment's start chosen
    float[WIDE] single   # the last letter a segment of its own
    float[WIDE] double_  # the last two letters one segment


cdef struct Node:
    int32_t child
    int32_t sibling
    int32_t word
    float above
    uint8_t[2] letters


cdef class Reader:
    """The channel over one vocabulary.

    `letters` holds, for each trie node, the channel's code of its letter in lower case and in capitals (2 columns);
    `child` and `sibling` its first child and next sibling, `word` the word that ends there; -1 is none. Node 0 is the
    root. `forms` holds the odds of each form of each word at each kind of place [place, word, form]; `weights` how much
    a word counts when readings are ranked, `above` the greatest weight at or below each node.
    """

    cdef Node* nodes
    cdef const float[:, :, ::1] forms
    cdef const float[::1] weights
    cdef const uint16_t[::1] segments
    cdef const float[::1] chances
    cdef const float[:, ::1] alone
    cdef dict index          # reading -> (first, last) entry in segments
    cdef float[::1] best_of
    cdef int32_t* heads      # segment -> first entry of this token's table, in which a segment's stand together
    cdef Entry* entries
    cdef float[256] lost     # letter -> how often it is read as nothing
    cdef float[256] vanish   # the same, or with some letter after it
    cdef float[:, ::1] vanish2
    cdef Py_ssize_t n_entries, room
    cdef Found* found
    cdef Py_ssize_t n_found, room_found
    cdef double best, floor, ratio
    cdef float[WIDE] hope        # the best that the rest of the token can still be, from each place on
    cdef float[256][WIDE] reach  # the same, a segment that begins with a given letter coming next
    cdef int length, place
    cdef Frame[DEPTH + 2] frames

    def __init__(self, child, sibling, word, letters, forms, weights, above, segments, readings, chances, alone):
        cdef Py_ssize_t i
        memset(&self.lost, 0, sizeof(self.lost))
        memset(&self.vanish, 0, sizeof(self.vanish))
        self.nodes = <Node*>malloc(len(child) * sizeof(Node))
        if not self.nodes:
            raise MemoryError
        for i in range(len(child)):
            self.nodes[i].child, self.nodes[i].sibling, self.nodes[i].word = child[i], sibling[i], word[i]
            self.nodes[i].above = above[i]
            self.nodes[i].letters[0], self.nodes[i].letters[1] = letters[i]
        self.forms, self.weights = forms, weights
        order = np.lexsort((segments, readings))
        self.segments = np.ascontiguousarray(np.asarray(segments)[order])
        self.chances = np.ascontiguousarray(np.asarray(chances)[order])
        self.alone = alone
        sorted_ = np.asarray(readings)[order]
        starts = np.flatnonzero(np.concatenate(([True], sorted_[1:] != sorted_[: len(sorted_) - 1])))
        ends = np.append(starts[1:], len(sorted_))
        self.vanish2 = np.zeros((256, 256), np.float32)
        for i in range(len(sorted_)):
            if sorted_[i] == 0:
                if self.segments[i] >> 8:
                    self.vanish2[self.segments[i] & 255, self.segments[i] >> 8] = self.chances[i]
                else:
                    self.lost[self.segments[i]] = self.chances[i]
                self.vanish[self.segments[i] & 255] = max(self.vanish[self.segments[i] & 255], self.chances[i])
        self.index = {int(sorted_[a]): (int(a), int(b)) for a, b in zip(starts, ends)}
        if np.asarray(letters).max(initial=0) >= self.alone.shape[0]:
            raise ValueError("a letter that the channel does not have")

    def __cinit__(self, *_):
        self.room = 1 << 16
        self.room_found = 1 << 14
        self.heads = <int32_t*>malloc(65536 * sizeof(int32_t))
        self.entries = <Entry*>malloc(self.room * sizeof(Entry))
        self.found = <Found*>malloc(self.room_found * sizeof(Found))
        if not (self.heads and self.entries and self.found):
            raise MemoryError
        memset(self.heads, 0xFF, 65536 * sizeof(int32_t))

    def __dealloc__(self):
        free(self.nodes)
        free(self.heads)
        free(self.entries)
        free(self.found)

    def candidates(self, const uint8_t[::1] token, int place, tuple cases, int most, double ratio):
        """The words that may have been printed where `token` (codes of the read characters, 0 unknown) stands.

        `place` chooses among the odds of the forms, `cases` are the forms to be tried, the likeliest first. At most `most` words come back, none less than `ratio` times as
        likely as the best.

        Returns:
            Arrays: words (uint16), their cases (uint8: 0 lower, 1 Title, 2 UPPER), natural logarithms of their
            chances (float32); the highest rank first, each word once.
        """
        cdef Py_ssize_t i, kept = 0
        cdef int case
        if not 0 <= place < self.forms.shape[0] or not all(0 <= case < CASES for case in cases):
            raise ValueError("there is no such place or form")
        self.length = token.shape[0]
        self.place = place
        self.n_found = 0
        self.best = 0
        if 0 < self.length <= LIMIT:
            self.tabulate(token)
            self.ratio = ratio
            self.floor = self.hope[0] * self.nodes[0].above * FAINTEST
            for case in cases:
                self.search(case)
            self.forget()
        qsort(self.found, self.n_found, sizeof(Found), by_rank)
        seen = set()
        words, forms, odds = [], [], []
        for i in range(self.n_found):
            if self.found[i].rank < self.best * ratio or len(words) >= most:
                break
            if self.found[i].word in seen:
                continue
            seen.add(self.found[i].word)
            words.append(self.found[i].word)
            forms.append(self.found[i].case)
            odds.append(log(self.found[i].chance))
        return np.array(words, np.uint16), np.array(forms, np.uint8), np.array(odds, np.float32)

    cdef tabulate(self, const uint8_t[::1] token):
        """List, for each segment, where in the token it may have been read, and how likely; and the best to hope for."""
        cdef Py_ssize_t at, length, i, first, last
        cdef uint32_t reading
        cdef float top, chance
        self.n_entries = 0
        memset(&self.reach, 0, sizeof(self.reach))
        memset(&self.hope, 0, sizeof(self.hope))
        self.hope[self.length] = 1
        for at in range(self.length - 1, -1, -1):
            reading = 0
            for length in range(1, LONGEST + 1):
                if at + length > self.length:
                    break
                top = UNSEEN[length]
                if token[at + length - 1] == 0:  # a character that no pair had
                    reading = 0xFFFFFFFF
                elif reading != 0xFFFFFFFF:
                    reading |= <uint32_t>token[at + length - 1] << 8 * (length - 1)
                    where = self.index.get(reading)
                    if where is not None:
                        first, last = where
                        for i in range(first, last):
                            if self.n_entries >= self.room:
                                break
                            chance = self.chances[i]
                            self.entries[self.n_entries].segment = self.segments[i]
                            self.entries[self.n_entries].begins = at
                            self.entries[self.n_entries].ends = at + length
                            self.entries[self.n_entries].chance = chance
                            self.n_entries += 1
                            top = chance if chance > top else top
                            chance *= self.hope[at + length]
                            if chance > self.reach[self.segments[i] & 255][at]:
                                self.reach[self.segments[i] & 255][at] = chance
                if self.hope[at + length] * top > self.hope[at]:
                    self.hope[at] = self.hope[at + length] * top
        qsort(self.entries, self.n_entries, sizeof(Entry), by_segment)
        for i in range(self.n_entries - 1, -1, -1):
            self.heads[self.entries[i].segment] = i
        # What no pair showed, and letters that are read as nothing, alone or with the next one.
        for at in range(self.length + 1):
            top = UNSEEN[0] * self.hope[at]
            for length in range(1, LONGEST + 1):
                if at + length <= self.length and UNSEEN[length] * self.hope[at + length] > top:
                    top = UNSEEN[length] * self.hope[at + length]
            for i in range(256):
                chance = self.vanish[i] * self.hope[at]
                chance = chance if chance > top else top
                if self.reach[i][at] < chance:
                    self.reach[i][at] = chance

    cdef void forget(self) noexcept nogil:
        cdef Py_ssize_t i
        for i in range(self.n_entries):
            self.heads[self.entries[i].segment] = NONE

    cdef void search(self, int case) noexcept nogil:
        """Look through the words in one form, those first whose first letter promises most."""
        cdef int32_t at = self.nodes[0].child
        cdef int n = 0, i, j
        cdef float promise
        cdef uint8_t letter
        cdef int32_t[256] order
        cdef float[256] promises
        memset(&self.frames[0], 0, sizeof(Frame))
        self.frames[0].double_[0] = 1
        while at >= 0 and n < 256:
            letter = self.nodes[at].letters[0 if case == 0 else 1]
            promise = self.reach[letter][0] * self.nodes[at].above if letter else 0
            i = n
            while i > 0 and promises[i - 1] < promise:
                promises[i], order[i] = promises[i - 1], order[i - 1]
                i -= 1
            promises[i], order[i] = promise, at
            n += 1
            at = self.nodes[at].sibling
        for i in range(n):
            self.visit(order[i], 0, 0, case)

    cdef void visit(self, int32_t at, int depth, uint8_t last, int case) noexcept nogil:
        """See whether a node, below one whose frame is filled, may lead to something; if so, go on below it."""
        cdef Node* node = &self.nodes[at]
        cdef uint8_t letter = node.letters[1 if case == 2 or (case == 1 and depth == 0) else 0]
        cdef Frame* above = &self.frames[depth]
        cdef Frame* here = &self.frames[depth + 1]
        cdef float* reach = self.reach[letter]
        cdef float alone, mass, promise = 0
        cdef double chance, rank
        cdef int j, k
        cdef int32_t e
        if letter == 0:
            return
        alone = self.alone[last, letter] if depth else 1
        for j in range(WIDE):
            here.before[j] = above.single[j] * alone + above.double_[j]
            mass = here.before[j] * reach[j]
            promise = mass if mass > promise else promise
        memset(&here.double_, 0, sizeof(here.double_))
        if depth:
            e = self.heads[last | <int32_t>letter << 8]
            mass = self.vanish2[last, letter] * (1 - alone)
            if e >= 0 or mass > 0:
                for j in range(WIDE):
                    here.double_[j] = above.before[j] * mass
                while e >= 0 and e < self.n_entries and self.entries[e].segment == (last | <int32_t>letter << 8):
                    here.double_[self.entries[e].ends] += (
                        above.before[self.entries[e].begins] * (1 - alone) * self.entries[e].chance
                    )
                    e += 1
                for j in range(WIDE):
                    mass = here.double_[j] * self.hope[j]
                    promise = mass if mass > promise else promise
        if promise * node.above < self.floor:
            return
        mass = self.lost[letter] + <float>UNSEEN[0]
        for j in range(WIDE):
            here.single[j] = here.before[j] * mass
        for k in range(1, LONGEST + 1):
            for j in range(self.length + 1 - k):
                here.single[j + k] += here.before[j] * <float>UNSEEN[k]
        e = self.heads[letter]
        while e >= 0 and e < self.n_entries and self.entries[e].segment == letter:
            here.single[self.entries[e].ends] += here.before[self.entries[e].begins] * self.entries[e].chance
            e += 1
        if node.word >= 0:
            chance = (here.single[self.length] + here.double_[self.length]) * (
                self.forms[self.place, node.word, case]
            )
            rank = chance * self.weights[node.word]
            if chance > 0 and rank >= self.floor and self.n_found < self.room_found:
                self.found[self.n_found].word = node.word
                self.found[self.n_found].case = case
                self.found[self.n_found].chance = chance
                self.found[self.n_found].rank = rank
                self.n_found += 1
                if rank > self.best:
                    self.best = rank
                    if rank * self.ratio > self.floor:
                        self.floor = rank * self.ratio
        at = node.child
        if depth + 1 < DEPTH:
            while at >= 0:
                self.visit(at, depth + 1, letter, case)
                at = self.nodes[at].sibling
