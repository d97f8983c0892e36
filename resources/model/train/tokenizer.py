"""SentencePiece-type byte-pair tokenizer of 1,024 pieces: training, encoding, decoding.

Pieces never cross a word: a unit is a run of letters with the space before it, or one other character with the space
before it. So merging greedily over a whole text, as GGUF readers do, gives the same ids as merging within each unit.
"""
import collections
import heapq
import json
import re

SPACE = "\u2581"
SIZE = 1024
BOS = 1
NEWLINE = 3 + 10  # byte piece <0x0A>
UNIT = re.compile(f"{SPACE}?[A-Za-z]+|{SPACE}?[^A-Za-z\n{SPACE}]|{SPACE}|\n")


def units(text):
    return UNIT.findall(text.replace(" ", SPACE))


def learn(text):
    """The list of all pieces: three controls, 256 bytes, merges in order of rank, then single characters."""
    counts = collections.Counter(units(text))
    counts.pop("\n", None)
    singles = collections.Counter()
    for unit, n in counts.items():
        for c in unit:
            singles[c] += n
    for code in range(33, 127):
        singles[chr(code)] += 0
    words = [list(unit) for unit in counts]
    weights = list(counts.values())
    where = collections.defaultdict(set)
    pairs = collections.Counter()
    for i, word in enumerate(words):
        for pair in zip(word, word[1:]):
            pairs[pair] += weights[i]
            where[pair].add(i)
    queue = [(-n, pair) for pair, n in pairs.items()]
    heapq.heapify(queue)
    merges = []
    seen = set(singles)
    while len(merges) < SIZE - 259 - len(singles):
        n, pair = heapq.heappop(queue)
        if -n != pairs[pair]:
            if pairs[pair] > 0:
                heapq.heappush(queue, (-pairs[pair], pair))
            continue
        piece = pair[0] + pair[1]
        if piece not in seen:
            seen.add(piece)
            merges.append(piece)
        changed = set()
        for i in list(where[pair]):
            word = words[i]
            for old in zip(word, word[1:]):
                pairs[old] -= weights[i]
                where[old].discard(i)
                changed.add(old)
            merged = []
            for symbol in word:
                if merged and (merged[-1], symbol) == pair:
                    merged[-1] = piece
                else:
                    merged.append(symbol)
            words[i] = merged
            for new in zip(merged, merged[1:]):
                pairs[new] += weights[i]
                where[new].add(i)
                changed.add(new)
        for other in changed:
            if pairs[other] > 0:
                heapq.heappush(queue, (-pairs[other], other))
    controls = ["<unk>", "<s>", "</s>"]
    return controls + [f"<0x{b:02X}>" for b in range(256)] + merges + [c for c, _ in singles.most_common()]


class Tokenizer:
    def __init__(self, pieces):
        self.pieces = pieces
        self.ids = {piece: i for i, piece in enumerate(pieces) if i >= 259}
        self.cache = {"\n": [NEWLINE]}

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf-8") as file:
            return cls(json.load(file))

    def encode(self, text):
        """Ids of the text as it stands: no <s>, no space put in front."""
        out = []
        for unit in units(text):
            ids = self.cache.get(unit)
            if ids is None:
                ids = self.cache[unit] = self._merge(unit)
            out += ids
        return out

    def _merge(self, unit):
        symbols = list(unit)
        while True:
            best = None
            for i in range(len(symbols) - 1):
                rank = self.ids.get(symbols[i] + symbols[i + 1])
                if rank is not None and (best is None or rank < best[0]):
                    best = (rank, i)
            if best is None:
                break
            symbols[best[1]:best[1] + 2] = ["".join(symbols[best[1]:best[1] + 2])]
        out = []
        for symbol in symbols:
            if symbol in self.ids:
                out.append(self.ids[symbol])
            else:
                out += [3 + b for b in symbol.encode("utf-8")]
        return out

    def decode(self, ids):
        raw = b""
        for i in ids:
            if 3 <= i < 259:
                raw += bytes([i - 3])
            elif i >= 259:
                raw += self.pieces[i].replace(SPACE, " ").encode("utf-8")
        return raw.decode("utf-8", "replace")
