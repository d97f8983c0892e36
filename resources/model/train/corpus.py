"""The text: three files, cut into what is trained on and what is kept out, as token ids.

Kept out: the last 2 % of each file, which is what evaluate.py measures, and the last 2 % of each of the six novels in
austen.txt, so that either way of cutting "each book" meets only text that was never trained on.
"""
import os
import re

import numpy as np

from tokenizer import Tokenizer, learn
import json

FILES = ("austen.txt", "web.txt", "moby.txt")
KEPT_OUT = 0.02


def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read()


def held_out(text):
    """The last 2 % of a file, from the next word on."""
    cut = int(len(text) * (1 - KEPT_OUT))
    return text[text.index(" ", cut):]


def trained(name, text):
    """The parts of a file that are trained on."""
    text = text[:len(text) - len(held_out(text))]
    if name != "austen.txt":
        return [text]
    starts = [0] + [m.start() for m in re.finditer(r"^.*\n(By |by )?Jane Austen( \(1803\))?$", text, re.M) if m.start() > 0]
    novels = [text[a:b] for a, b in zip(starts, starts[1:] + [len(text)])]
    return [novel[:int(len(novel) * (1 - KEPT_OUT))] for novel in novels[:-1]] + novels[-1:]


def prepare(folder, work):
    """Learns the tokenizer and encodes everything once; returns (tokenizer, training ids, held-out [(name, ids, bytes)])."""
    pieces = os.path.join(work, "pieces.json")
    store = os.path.join(work, "corpus.npz")
    if not os.path.exists(store):
        texts = {name: read(folder, name) for name in FILES}
        parts = [part for name in FILES for part in trained(name, texts[name])]
        with open(pieces, "w", encoding="utf-8") as file:
            json.dump(learn("\n".join(parts)), file)
        tokenizer = Tokenizer.load(pieces)
        arrays = {"train": np.concatenate([np.array(tokenizer.encode(p + "\n"), np.uint16) for p in parts])}
        for name in FILES:
            kept = held_out(texts[name])
            arrays[name] = np.array(tokenizer.encode(kept), np.uint16)
            arrays[name + ".bytes"] = np.array(len(kept.encode("utf-8")))
        np.savez(store, **arrays)
    arrays = np.load(store)
    kept = [(name, arrays[name].astype(np.int32), int(arrays[name + ".bytes"])) for name in FILES]
    return Tokenizer.load(pieces), arrays["train"].astype(np.int32), kept
