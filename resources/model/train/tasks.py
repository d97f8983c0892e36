"""Training sequences: random strings that repeat, book passages, notebooks of facts with questions, copies.

Every function fills one sequence of `length` + 1 ids (the first is <s>) and the weight of each prediction in the loss.
"""
import numpy as np

from tokenizer import BOS, NEWLINE

NAMES = (
    "Anna Emma Harriet Jane Frank George Isabella Henry Edmund Fanny Mary Tom Julia Maria Catherine John James Eleanor "
    "Elizabeth Charles Lydia Kitty William Charlotte Elinor Marianne Edward Lucy Robert Margaret Anne Walter Louisa "
    "Frederick Sophia Ahab Peter Paul Daniel David Jonathan Samuel Ruth Naomi Esther Martha Joseph Benjamin Simon Andrew "
    "Philip Thomas Matthew Mark Luke Stephen Clara Rose Alice Oscar Victor Laura Nora Oliver Hugo Ivan Olga Peggy Quentin "
    "Ralph Susan Ted Ursula Vera Wendy Xavier Yusuf Zoe Ben Carla Dora Eva Felix Gita Hana Ines Jack Karl Lena Max Nina "
    "Otto Pia Rita Sara Tara Uma Will Yara Zack Boris Cora Dean Ella Finn Gus Holly Ida Joel Kurt Liam Mona Ned Opal").split()
THINGS = (
    "key box door safe bag book ship boat house coat ring watch letter room horse desk trunk chest lamp clock cup hat glove "
    "phone card car bike garden gate window table chair shelf drawer locker barn cabin tent map harp piano sword shield "
    "basket bottle jar plate candle mirror pen ladder cart wagon well tower bridge field orchard cellar attic kitchen").split()
NUMBERED = "code number price weight size age length name height date".split()
COLOURS = "red blue green white black brown grey yellow purple golden silver pink orange scarlet".split()
PLACES = (
    "Bath London Highbury Lyme Egypt Babylon Jerusalem Rome Paris Nantucket Boston Oxford York Damascus Nineveh Athens "
    "Corinth Berlin Madrid Vienna Oslo Cairo Delhi Tokyo Lima Dublin Geneva Naples Bristol Plymouth Samaria Bethlehem").split()
ANIMALS = "dog cat horse whale lion lamb goat eagle fox owl bear wolf mouse cow sheep dove raven camel ox snake".split()
SYLLABLES = [consonant + vowel for consonant in "bdklmnrstv" for vowel in "aeio"]

# Statement, up to the value; question; and the kind of value.
TEMPLATES = (
    ("The {n} of {a}'s {t} is", "What is the {n} of {a}'s {t}?", "number"),
    ("The {n} of {a}'s {t} is", "What is the {n} of {a}'s {t}?", "number"),
    ("The {n} of {a}'s {t} is", "What is the {n} of {a}'s {t}?", "number"),
    ("The {n} of {a}'s {t} is", "What is the {n} of {a}'s {t}?", "number"),
    ("The {n} of {a}'s {t} is", "What is the {n} of {a}'s {t}?", "number"),
    ("The {n} of {a}'s {t} is", "What is the {n} of {a}'s {t}?", "number"),
    ("The {n} of the {t} is", "What is the {n} of the {t}?", "number"),
    ("{a}'s {t} is", "What colour is {a}'s {t}?", "colour"),
    ("The colour of {a}'s {t} is", "What is the colour of {a}'s {t}?", "colour"),
    ("{a} lives in", "Where does {a} live?", "place"),
    ("{a} was born in", "Where was {a} born?", "place"),
    ("{a}'s {t} was made in", "Where was {a}'s {t} made?", "place"),
    ("{a} likes the", "Which animal does {a} like?", "animal"),
    ("The best friend of {a} is", "Who is the best friend of {a}?", "name"),
    ("The {t} belongs to", "Who has the {t}?", "name"),
    ("The secret word of {a} is", "What is the secret word of {a}?", "word"),
)
ANSWER_WEIGHT = 4.0
VALUE_WEIGHT = 0.2  # a value said for the first time cannot be predicted


class Sampler:
    def __init__(self, tokenizer, ids):
        self.tokenizer = tokenizer
        self.ids = ids
        spaced = np.array([piece.startswith("\u2581") for piece in tokenizer.pieces])
        ends = np.isin(ids[:-1], [tokenizer.ids[c] for c in ".!?" if c in tokenizer.ids]) & spaced[ids[1:]]
        self.sentences = np.nonzero(ends)[0] + 1

    def repeated(self, rng, length):
        """A random string that repeats until the end; only the repetition counts.

        Longer ones often use few pieces, so that the last piece alone does not tell what comes next.
        """
        period = int(rng.integers(4, length // 2))
        string = rng.integers(3, len(self.tokenizer.pieces), period)
        if length > 256 and rng.random() < 0.6:
            string = string[rng.integers(0, min(period, int(rng.integers(6, 40))), period)]
        ids = np.concatenate([[BOS], np.tile(string, length // period + 2)])[:length + 1]
        weights = np.ones(length)
        weights[:period] = 0
        return ids, weights

    def passage(self, rng, length):
        start = int(rng.integers(0, len(self.ids) - length))
        return np.concatenate([[BOS], self.ids[start:start + length]]), np.ones(length)

    def copies(self, rng, length):
        """A stretch of a book, again and again; sometimes of random pieces, sometimes with other text between."""
        ids, weights = [BOS], []
        while len(weights) < length:
            size = int(rng.integers(16, max(17, length // 2)))
            if rng.random() < 0.15:
                size = min(size, 64)
                piece = rng.integers(259, len(self.tokenizer.pieces), size).tolist()
                first = [0.0] * size
            else:
                piece = self._sentences(rng, size)
                first = [1.0] * size
            ids += piece + [NEWLINE]
            weights += first + [0.3]
            for _ in range(int(rng.integers(1, 4))):
                if rng.random() < 0.3:
                    between = self._sentences(rng, int(rng.integers(10, 100))) + [NEWLINE]
                    ids += between
                    weights += [1.0] * (len(between) - 1) + [0.3]
                if rng.random() < 0.25:
                    part = int(rng.integers(0, max(1, size - 12)))
                    ids += piece[part:] + [NEWLINE]
                    weights += [0.0] * min(3, size - part) + [1.0] * max(0, size - part - 3) + [0.3]
                else:
                    ids += piece + [NEWLINE]
                    weights += [0.3] + [1.0] * size
        return np.array(ids[:length + 1]), np.array(weights[:length])

    def notebook(self, rng, length):
        """Facts, text between and after them, then questions about them."""
        ids, weights = [BOS], []

        def say(text, weight):
            new = self.tokenizer.encode(text)
            ids.extend(new)
            weights.extend([weight] * len(new))

        def fill(size):
            new = self._sentences(rng, size)
            ids.extend(new)
            weights.extend([1.0] * len(new))

        while len(weights) < length:
            fewest = 3 if length > 256 else 2
            facts = self._facts(rng, int(rng.integers(fewest, fewest + max(3, min(14, length // 50)))))
            newline = rng.random() < 0.2
            spread = rng.random() < 0.4
            gap = (lambda: "\n") if newline else (lambda: " ")
            if rng.random() < 0.3:
                say(gap() + str(rng.choice(["Notes:", "Facts:", "Remember:", "A list:"])), 0.3)
            for statement, _, value in facts:
                say(gap() + statement, 0.5)
                say(" " + value, VALUE_WEIGHT)
                say(".", 1.0)
                if spread and rng.random() < 0.6:
                    fill(int(rng.integers(8, 60)))
            if rng.random() < 0.85:
                fill(int(rng.integers(10, max(40, length // 2))))
            style = rng.random()
            for _ in range(1 + int(rng.integers(1, 2 * len(facts)))):
                statement, question, value = facts[int(rng.integers(len(facts)))]
                if style < 0.6:
                    say(gap() + statement, 0.3)
                elif style < 0.8:
                    say("\nQ: " + question + " A:", 0.3)
                else:
                    say(gap() + question, 0.3)
                say(" " + value + ".", ANSWER_WEIGHT)
                if rng.random() < 0.2:
                    fill(int(rng.integers(5, 40)))
            say("\n", 0.3)
        return np.array(ids[:length + 1]), np.array(weights[:length])

    def _sentences(self, rng, size):
        start = int(self.sentences[rng.integers(len(self.sentences))])
        start = min(start, len(self.ids) - size)
        return self.ids[start:start + size].tolist()

    def _facts(self, rng, count):
        """Facts that differ from one another, and often share their name, their thing or their form."""
        names = [self._name(rng) for _ in range(max(2, count // int(rng.integers(1, 4))))]
        things = [str(rng.choice(THINGS)) for _ in range(max(2, count // int(rng.integers(1, 4))))]
        one_form = rng.random() < 0.4
        form = TEMPLATES[int(rng.integers(len(TEMPLATES)))]
        digits = int(rng.integers(2, 6)) if rng.random() < 0.4 else 4
        numbered = str(rng.choice(NUMBERED))
        facts = {}
        for _ in range(6 * count):
            if len(facts) == count:
                break
            statement, question, kind = form if one_form else TEMPLATES[int(rng.integers(len(TEMPLATES)))]
            words = {"a": names[int(rng.integers(len(names)))], "t": things[int(rng.integers(len(things)))], "n": numbered}
            statement = statement.format(**words)
            if rng.random() < 0.3:
                numbered = str(rng.choice(NUMBERED))
            if statement not in facts:
                facts[statement] = (statement, question.format(**words), self._value(rng, kind, digits))
        return list(facts.values())

    def _name(self, rng):
        if rng.random() < 0.25:
            return "".join(rng.choice(SYLLABLES, int(rng.integers(2, 4)))).capitalize()
        return str(rng.choice(NAMES))

    def _value(self, rng, kind, digits):
        if kind == "number":
            return "".join(str(d) for d in rng.integers(0, 10, digits))
        if kind == "word":
            return "".join(rng.choice(SYLLABLES, int(rng.integers(2, 4))))
        if kind == "name":
            return self._name(rng)
        return str(rng.choice({"colour": COLOURS, "place": PLACES, "animal": ANIMALS}[kind]))


def batch(sampler, seed, chunks, rows, length, mix):
    """Arrays [chunks, rows] of tokens, targets and weights; mix: [(share, sampler's method)]."""
    rng = np.random.default_rng(seed)
    tokens = np.zeros((chunks, rows), np.int32)
    targets = np.zeros((chunks, rows), np.int32)
    weights = np.zeros((chunks, rows), np.float32)
    count = chunks * (rows // length)
    shares = np.array([share for share, _ in mix])
    # Systematic choice: every batch holds each kind nearly in its share.
    kinds = np.searchsorted(np.cumsum(shares / shares.sum()), (np.arange(count) + rng.random()) / count)
    for i, kind in enumerate(rng.permutation(np.minimum(kinds, len(mix) - 1))):
        ids, weight = mix[kind][1](rng, length)
        at = (i * length // rows, slice(i * length % rows, i * length % rows + length))
        tokens[at], targets[at], weights[at] = ids[:-1], ids[1:], weight
    return tokens, targets, weights
