# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The inner loops of restoration: a back-off n-gram model as a trie, and beam search over a lattice of readings.

Every index that comes from outside is checked where it enters; the loops below do not check again.
"""

import numpy as np

from libc.math cimport exp, log1p
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t
from libc.stdlib cimport free, malloc, realloc
from libc.string cimport memset

cdef enum:
    NONE = -1


cdef struct State:
    int64_t key        # what the future depends on
    int32_t third      # the last three words as an entry of level 3, or NONE
    int32_t second     # the last two words as an entry of level 2, or NONE
    int32_t first      # the last word
    double best        # score of the best path to here
    double total       # log of the sum over all paths to here
    int32_t arc        # the arc the best path came by
    double after       # log of the sum over all paths from here on


cdef struct Arc:
    int32_t source     # state it leaves
    int32_t target     # state it enters
    int32_t edge
    double weight


cdef struct Context:
    int32_t third
    int32_t second
    int32_t first


cdef inline double add(double a, double b) noexcept nogil:
    """log(exp(a) + exp(b))."""
    if a < b:
        a, b = b, a
    if b < a - 40:
        return a
    return a + log1p(exp(b - a))


cdef inline int32_t find(const uint16_t[::1] words, uint32_t low, uint32_t high, uint16_t word) noexcept nogil:
    """Where `word` stands in the sorted words[low:high], or NONE."""
    cdef uint32_t middle, end = high
    while low < high:
        middle = (low + high) >> 1
        if words[middle] < word:
            low = middle + 1
        else:
            high = middle
    if low < end and words[low] == word:
        return <int32_t>low
    return NONE


cdef class Trie:
    """A back-off model of order 4 in natural logarithms.

    Level n holds, for each n-gram, its last word, an index into the level's table of log probabilities and, below
    level 4, one into the table of back-off weights; `children[n]` says where an n-gram's continuations begin in
    level n + 1 (one more entry than n-grams).
    """

    cdef const float[::1] probability1, backoff1
    cdef const uint16_t[::1] words2, words3, words4
    cdef const uint8_t[::1] probability2, probability3, probability4, backoff2, backoff3
    cdef const uint32_t[::1] children1, children2, children3
    cdef const float[::1] values2, values3, values4, weights2, weights3
    cdef readonly int size

    def __init__(self, arrays):
        self.probability1 = arrays["probability1"]
        self.backoff1 = arrays["backoff1"]
        self.words2, self.words3, self.words4 = arrays["words2"], arrays["words3"], arrays["words4"]
        self.probability2, self.probability3 = arrays["probability2"], arrays["probability3"]
        self.probability4 = arrays["probability4"]
        self.backoff2, self.backoff3 = arrays["backoff2"], arrays["backoff3"]
        self.children1, self.children2 = arrays["children1"], arrays["children2"]
        self.children3 = arrays["children3"]
        self.values2, self.values3, self.values4 = arrays["values2"], arrays["values3"], arrays["values4"]
        self.weights2, self.weights3 = arrays["weights2"], arrays["weights3"]
        self.size = self.probability1.shape[0]
        if not (
            self.backoff1.shape[0] == self.size
            and self.children1.shape[0] == self.size + 1
            and self.children2.shape[0] == self.words2.shape[0] + 1
            and self.children3.shape[0] == self.words3.shape[0] + 1
            and self.children1[self.size] == self.words2.shape[0]
            and self.children2[self.words2.shape[0]] == self.words3.shape[0]
            and self.children3[self.words3.shape[0]] == self.words4.shape[0]
        ):
            raise ValueError("the levels of the language model do not fit together")
        for n in (2, 3, 4):
            words = np.asarray(arrays[f"words{n}"])
            tables = [("probability", "values")] + ([("backoff", "weights")] if n < 4 else [])
            begins = np.asarray(arrays[f"children{n - 1}"])
            good = words.max(initial=0) < self.size and bool((begins[1:] >= begins[: len(begins) - 1]).all())
            for indices, table in tables:
                at = np.asarray(arrays[f"{indices}{n}"])
                good = good and len(at) == len(words) and int(at.max(initial=0)) < max(len(arrays[f"{table}{n}"]), 1)
            if not good:
                raise ValueError("a level of the language model is damaged")

    cdef inline double step(self, Context* at, uint16_t word, Context* to) noexcept nogil:
        """The log probability of `word` after `at`; `to` becomes the context behind it."""
        cdef double weight = 0
        cdef int32_t found
        cdef bint known = False
        cdef double result = 0
        to.first = word
        to.second = to.third = NONE
        if at.third != NONE:
            found = find(self.words4, self.children3[at.third], self.children3[at.third + 1], word)
            if found != NONE:
                result = self.values4[self.probability4[found]]
                known = True
            else:
                weight += self.weights3[self.backoff3[at.third]]
        if at.second != NONE:
            found = find(self.words3, self.children2[at.second], self.children2[at.second + 1], word)
            if found != NONE:
                to.third = found
                if not known:
                    result = weight + self.values3[self.probability3[found]]
                    known = True
            elif not known:
                weight += self.weights2[self.backoff2[at.second]]
        found = find(self.words2, self.children1[at.first], self.children1[at.first + 1], word)
        if found != NONE:
            to.second = found
            if not known:
                result = weight + self.values2[self.probability2[found]]
                known = True
        elif not known:
            weight += self.backoff1[at.first]
        if not known:
            result = weight + self.probability1[word]
        return result

    def score(self, const uint16_t[::1] words, int boundary):
        """The log probability of each word of a text that follows the boundary word: float64, one a word."""
        cdef Context at, to
        cdef Py_ssize_t i
        if not 0 <= boundary < self.size:
            raise ValueError("a word that the language model does not have")
        self._check(words)
        result = np.empty(words.shape[0])
        cdef double[::1] out = result
        at.first, at.second, at.third = boundary, NONE, NONE
        for i in range(words.shape[0]):
            out[i] = self.step(&at, words[i], &to)
            at = to
        return result

    cdef _check(self, const uint16_t[::1] words):
        cdef Py_ssize_t i
        for i in range(words.shape[0]):
            if words[i] >= self.size:
                raise ValueError("a word that the language model does not have")

    def decode(
        self,
        int nodes,
        const int32_t[::1] sources,
        const int32_t[::1] targets,
        const uint16_t[::1] words,
        const uint16_t[::1] seconds,
        const float[::1] costs,
        int boundary,
        double scale,
        int width,
        double beam,
    ):
        """Search a lattice of `nodes` + 1 nodes, 0 to `nodes`, whose edges are sorted by target.

        An edge carries one word, or two where `seconds` is not the boundary word, and the log weight of having been
        read as the input shows; `scale` multiplies the language model. At most `width` states survive at a node, none
        that is more than `beam` below the best.

        Returns:
            The edges of the best path, and the posterior probability of each edge, float64.

        Raises:
            ValueError: the edges are out of order, or no path leads through the lattice.
        """
        cdef Py_ssize_t n = targets.shape[0], e
        self._check(words)
        self._check(seconds)
        if not (0 <= boundary < self.size and width > 0):
            raise ValueError("there is no such boundary or width")
        if not (sources.shape[0] == words.shape[0] == seconds.shape[0] == costs.shape[0] == n):
            raise ValueError("arrays of different lengths")
        cdef int32_t before = 0
        for e in range(n):
            if not (0 <= sources[e] < targets[e] <= nodes and targets[e] >= before):
                raise ValueError("edges must go forwards and be sorted by target")
            before = targets[e]
        cdef Search search = Search(self, nodes, width)
        posterior = np.zeros(n)
        cdef double[::1] out = posterior
        with nogil:
            search.run(sources, targets, words, seconds, costs, boundary, scale, beam)
            search.backward(nodes, out)
        return search.path(nodes), posterior


cdef class Search:
    """The states and arcs of one beam search."""

    cdef Trie trie
    cdef int nodes, width
    cdef State* states
    cdef Arc* arcs
    cdef int32_t* begins      # where the states of each node begin
    cdef int32_t* slots       # hash table: key -> new state
    cdef int32_t* stamps
    cdef int32_t stamp
    cdef Py_ssize_t n_states, room_states, n_arcs, room_arcs
    cdef int mask

    def __cinit__(self, Trie trie, int nodes, int width):
        self.trie, self.nodes, self.width = trie, nodes, width
        self.mask = 8191
        self.room_states = 1 << 14
        self.room_arcs = 1 << 15
        self.states = <State*>malloc(self.room_states * sizeof(State))
        self.arcs = <Arc*>malloc(self.room_arcs * sizeof(Arc))
        self.begins = <int32_t*>malloc((nodes + 2) * sizeof(int32_t))
        self.slots = <int32_t*>malloc((self.mask + 1) * sizeof(int32_t))
        self.stamps = <int32_t*>malloc((self.mask + 1) * sizeof(int32_t))
        if not (self.states and self.arcs and self.begins and self.slots and self.stamps):
            raise MemoryError
        memset(self.stamps, 0, (self.mask + 1) * sizeof(int32_t))

    def __dealloc__(self):
        free(self.states)
        free(self.arcs)
        free(self.begins)
        free(self.slots)
        free(self.stamps)

    cdef int grow(self) except -1 nogil:
        cdef State* states
        cdef Arc* arcs
        if self.n_states + 1 >= self.room_states:
            states = <State*>realloc(self.states, 2 * self.room_states * sizeof(State))
            if not states:
                with gil:
                    raise MemoryError
            self.states = states
            self.room_states *= 2
        if self.n_arcs + 1 >= self.room_arcs:
            arcs = <Arc*>realloc(self.arcs, 2 * self.room_arcs * sizeof(Arc))
            if not arcs:
                with gil:
                    raise MemoryError
            self.arcs = arcs
            self.room_arcs *= 2
        return 0

    cdef int run(
        self,
        const int32_t[::1] sources,
        const int32_t[::1] targets,
        const uint16_t[::1] words,
        const uint16_t[::1] seconds,
        const float[::1] costs,
        int boundary,
        double scale,
        double beam,
    ) except -1 nogil:
        cdef Py_ssize_t e = 0, n = targets.shape[0]
        cdef int32_t node, s, new, first_state, first_arc
        cdef Context at, to, middle
        cdef double weight, score, best
        cdef int64_t key
        cdef int slot
        cdef State* source
        self.n_states, self.n_arcs = 1, 0
        self.states[0].key = 0
        self.states[0].third = self.states[0].second = NONE
        self.states[0].first = boundary
        self.states[0].best = self.states[0].total = 0
        self.states[0].arc = NONE
        self.begins[0], self.begins[1] = 0, 1
        for node in range(1, self.nodes + 1):
            first_state, first_arc = self.n_states, self.n_arcs
            self.stamp += 1
            best = -1e300
            while e < n and targets[e] == node:
                for s in range(self.begins[sources[e]], self.begins[sources[e] + 1]):
                    source = &self.states[s]
                    if source.best + costs[e] < best - beam:
                        break  # the states of a node are sorted, best first
                    at.first, at.second, at.third = source.first, source.second, source.third
                    weight = self.trie.step(&at, words[e], &to)
                    if seconds[e] != boundary:
                        middle = to
                        weight += self.trie.step(&middle, seconds[e], &to)
                    weight = scale * weight + costs[e]
                    score = source.best + weight
                    if score < best - beam:
                        continue
                    if score > best:
                        best = score
                    if to.third != NONE:
                        key = (<int64_t>3 << 40) | to.third
                    elif to.second != NONE:
                        key = (<int64_t>2 << 40) | to.second
                    else:
                        key = (<int64_t>1 << 40) | to.first
                    slot = <int>((key * <int64_t>0x9E3779B1 >> 7) & self.mask)
                    new = NONE
                    while self.stamps[slot] == self.stamp:
                        if self.states[self.slots[slot]].key == key:
                            new = self.slots[slot]
                            break
                        slot = (slot + 1) & self.mask
                    self.grow()
                    source = &self.states[s]
                    if new == NONE:
                        if self.n_states - first_state > self.mask // 2:
                            continue  # more than any beam keeps
                        new = self.n_states
                        self.stamps[slot] = self.stamp
                        self.slots[slot] = new
                        self.n_states += 1
                        self.states[new].key = key
                        self.states[new].third, self.states[new].second = to.third, to.second
                        self.states[new].first = to.first
                        self.states[new].best = score
                        self.states[new].total = source.total + weight
                        self.states[new].arc = self.n_arcs
                    else:
                        self.states[new].total = add(self.states[new].total, source.total + weight)
                        if score > self.states[new].best:
                            self.states[new].best = score
                            self.states[new].arc = self.n_arcs
                    self.arcs[self.n_arcs].source = s
                    self.arcs[self.n_arcs].target = new
                    self.arcs[self.n_arcs].edge = e
                    self.arcs[self.n_arcs].weight = weight
                    self.n_arcs += 1
                e += 1
            self.trim(first_state, first_arc, best - beam)
            self.begins[node + 1] = self.n_states
        return 0

    cdef int trim(self, int32_t first_state, int32_t first_arc, double floor) except -1 nogil:
        """Keep the best states of the node just made, best first, and the arcs into them."""
        cdef Py_ssize_t count = self.n_states - first_state, kept, i, j, a
        cdef State held
        cdef int32_t* moved
        if count == 0:
            return 0
        moved = <int32_t*>malloc(count * sizeof(int32_t))
        if not moved:
            with gil:
                raise MemoryError
        # Selection by insertion into a sorted prefix of at most `width`: counts are small.
        cdef int32_t* order = <int32_t*>malloc((self.width + 1) * sizeof(int32_t))
        if not order:
            free(moved)
            with gil:
                raise MemoryError
        kept = 0
        for i in range(count):
            moved[i] = NONE
            if self.states[first_state + i].best < floor:
                continue
            if kept == self.width and self.states[first_state + i].best <= self.states[order[kept - 1]].best:
                continue
            j = kept if kept < self.width else kept - 1
            while j > 0 and self.states[order[j - 1]].best < self.states[first_state + i].best:
                order[j] = order[j - 1]
                j -= 1
            order[j] = first_state + i
            if kept < self.width:
                kept += 1
        cdef State* copy = <State*>malloc(kept * sizeof(State))
        if not copy:
            free(moved)
            free(order)
            with gil:
                raise MemoryError
        for i in range(kept):
            copy[i] = self.states[order[i]]
            moved[order[i] - first_state] = first_state + i
        for i in range(kept):
            self.states[first_state + i] = copy[i]
        self.n_states = first_state + kept
        a = first_arc
        for i in range(first_arc, self.n_arcs):
            j = moved[self.arcs[i].target - first_state]
            if j == NONE:
                continue
            if self.states[j].arc == i:
                self.states[j].arc = -2 - a  # marked, so that no arc moved here is taken for it
            self.arcs[a] = self.arcs[i]
            self.arcs[a].target = j
            a += 1
        self.n_arcs = a
        for i in range(first_state, self.n_states):
            self.states[i].arc = -2 - self.states[i].arc
        free(copy)
        free(order)
        free(moved)
        return 0

    cdef int backward(self, int nodes, double[::1] out) except -1 nogil:
        """Sum over the paths through each edge."""
        cdef Py_ssize_t i
        cdef double whole = -1e300, share
        cdef Arc* arc
        if self.begins[nodes] == self.begins[nodes + 1]:
            with gil:
                raise ValueError("no path leads through the lattice")
        for i in range(self.n_states):
            self.states[i].after = -1e300
        for i in range(self.begins[nodes], self.begins[nodes + 1]):
            self.states[i].after = 0
            whole = add(whole, self.states[i].total)
        for i in range(self.n_arcs - 1, -1, -1):
            arc = &self.arcs[i]
            share = self.states[arc.target].after + arc.weight
            if share < -1e200:
                continue
            self.states[arc.source].after = add(self.states[arc.source].after, share)
            out[arc.edge] += exp(self.states[arc.source].total + share - whole)
        return 0

    cdef path(self, int nodes):
        cdef int32_t state = self.begins[nodes]
        edges = []
        while self.states[state].arc >= 0:
            edges.append(self.arcs[self.states[state].arc].edge)
            state = self.arcs[self.states[state].arc].source
        return np.array(edges[::-1], dtype=np.int32)
