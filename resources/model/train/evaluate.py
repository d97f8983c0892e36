"""Measures a GGUF file of the lab's shape in plain float32, independently of the trainer.

  python3 evaluate.py --model FILE --corpus DIR [--quick]

Prints bits per byte on the kept-out text, recall of facts, perplexity by position, the attention that position 0 gets,
and some sentences.
"""
import argparse

import numpy as np

import corpus
import gguf
from tokenizer import BOS, Tokenizer


class Model:
    def __init__(self, path):
        keys, self.w = gguf.read(path)
        self.layers = keys["llama.block_count"]
        self.heads = keys["llama.attention.head_count"]
        self.key_heads = keys["llama.attention.head_count_kv"]
        self.size = keys["llama.rope.dimension_count"]
        self.base = keys["llama.rope.freq_base"]
        self.epsilon = keys["llama.attention.layer_norm_rms_epsilon"]
        self.tokenizer = Tokenizer(keys["tokenizer.ggml.tokens"])

    def norm(self, x, name):
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + self.epsilon) * self.w[name]

    def rope(self, x):
        position = np.arange(x.shape[-2])[:, None]
        angle = position * self.base ** (-np.arange(0, self.size, 2) / self.size)
        c, s = np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)
        out = np.empty_like(x)
        out[..., 0::2] = x[..., 0::2] * c - x[..., 1::2] * s
        out[..., 1::2] = x[..., 0::2] * s + x[..., 1::2] * c
        return out

    def forward(self, ids, sinks=None):
        """Logits [length, vocabulary]; `sinks` takes each layer's and head's mean attention to position 0 (from query 64 on)."""
        x = self.w["token_embd.weight"][ids]
        n = len(ids)
        hidden = np.triu(np.full((n, n), -np.inf, np.float32), 1)
        for i in range(self.layers):
            w = {name: self.w[f"blk.{i}.{name}.weight"] for name in ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate",
                                                                    "ffn_up", "ffn_down")}
            h = self.norm(x, f"blk.{i}.attn_norm.weight")

            def split(y, heads):
                return y.reshape(n, heads, self.size).transpose(1, 0, 2)

            q = self.rope(split(h @ w["attn_q"].T, self.heads))
            k = self.rope(split(h @ w["attn_k"].T, self.key_heads)).repeat(self.heads // self.key_heads, 0)
            v = split(h @ w["attn_v"].T, self.key_heads).repeat(self.heads // self.key_heads, 0)
            scores = q @ k.transpose(0, 2, 1) / np.sqrt(np.float32(self.size)) + hidden
            p = np.exp(scores - scores.max(-1, keepdims=True))
            p /= p.sum(-1, keepdims=True)
            if sinks is not None:
                sinks.append(p[:, 64:, 0].mean(-1))
            x = x + (p @ v).transpose(1, 0, 2).reshape(n, -1) @ w["attn_output"].T
            h = self.norm(x, f"blk.{i}.ffn_norm.weight")
            gate = h @ w["ffn_gate"].T
            x = x + (gate / (1 + np.exp(-gate)) * (h @ w["ffn_up"].T)) @ w["ffn_down"].T
        return self.norm(x, "output_norm.weight") @ self.w["token_embd.weight"].T

    def nll(self, ids, sinks=None):
        """Nats of each id after the first."""
        logits = self.forward(ids[:-1], sinks).astype(np.float64)
        top = logits.max(-1, keepdims=True)
        total = np.log(np.exp(logits - top).sum(-1)) + top[:, 0]
        return total - logits[np.arange(len(ids) - 1), ids[1:]]


def bits_per_byte(model, text, context):
    """Every id once, in windows of <s> and context - 1 ids; the bytes are those of the whole text."""
    ids = model.tokenizer.encode(text)
    nats = 0.0
    for i in range(0, len(ids), context - 1):
        nats += model.nll(np.array([BOS] + ids[i:i + context - 1])).sum()
    return nats / np.log(2) / len(text.encode("utf-8")), nats / len(ids)


def recall(model, kept, rng, trials, facts, words):
    """Share of questions answered digit for digit: `facts` codes, `words` words of kept-out text, the start of one fact again."""
    from tasks import NAMES, THINGS
    right = 0
    for _ in range(trials):
        names = rng.choice(NAMES, facts, replace=False)
        things = rng.choice(THINGS, facts, replace=False)
        codes = ["".join(str(d) for d in rng.integers(0, 10, 4)) for _ in range(facts)]
        said = [f" The code of {n}'s {t} is {c}." for n, t, c in zip(names, things, codes)]
        spaced = kept.split(" ")
        start = int(rng.integers(0, len(spaced) - words))
        asked = int(rng.integers(facts))
        prompt = "".join(said) + " " + " ".join(spaced[start:start + words]) + said[asked][:-len(codes[0]) - 2]
        tokenizer = model.tokenizer
        before = [BOS] + tokenizer.encode(prompt)
        answer = tokenizer.encode(f" {codes[asked]}")
        logits = model.forward(np.array(before + answer)[:-1])
        right += bool((logits[len(before) - 1:].argmax(-1) == answer).all())
    return right / trials


def by_position(model, kept, context, windows):
    """Perplexity over ranges of positions in long windows."""
    ids = np.array(model.tokenizer.encode(kept))
    starts = np.linspace(0, len(ids) - context, windows).astype(int)
    losses = np.mean([model.nll(np.concatenate([[BOS], ids[s:s + context - 1]])) for s in starts], 0)
    edges = [0, 16, 32, 64, 128, 256, 512, 1024, 1536, 2047]
    return [(a, b, float(np.exp(losses[a:b].mean()))) for a, b in zip(edges, edges[1:]) if b < context]


def sample(model, prompt, count, temperature, rng):
    ids = [BOS] + model.tokenizer.encode(" " + prompt)
    for _ in range(count):
        logits = model.forward(np.array(ids))[-1].astype(np.float64)
        if temperature == 0:
            ids.append(int(logits.argmax()))
            continue
        kept = np.argsort(logits)[-40:]
        p = np.exp((logits[kept] - logits[kept].max()) / temperature)
        ids.append(int(rng.choice(kept, p=p / p.sum())))
    return model.tokenizer.decode(ids)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    options = parser.parse_args()
    part = 10 if options.quick else 1
    model = Model(options.model)
    kept = {name: corpus.held_out(corpus.read(options.corpus, name)) for name in corpus.FILES}
    kept = {name: text[:len(text) // part] for name, text in kept.items()}
    results = {name: bits_per_byte(model, text, 512) for name, text in kept.items()}
    sizes = {name: len(text.encode("utf-8")) for name, text in kept.items()}
    for name, (bits, nats) in results.items():
        print(f"{name}: {bits:.4f} bits/byte at context 512, perplexity {np.exp(nats):.2f} per token, {sizes[name]} bytes")
    overall = sum(results[name][0] * sizes[name] for name in kept) / sum(sizes.values())
    print(f"all: {overall:.4f} bits/byte at context 512")
    everything = "".join(kept.values())
    rng = np.random.default_rng(7)
    for facts, words in ((8, 100), (8, 300), (8, 600), (16, 100)):
        print(f"recall of {facts} facts over {words} words: {recall(model, everything, rng, 200 // part, facts, words):.3f}")
    for name in ("austen.txt", "web.txt"):
        for a, b, perplexity in by_position(model, kept[name], min(2048, len(kept[name]) // 3), 24 // part + 1):
            print(f"{name}: positions {a} to {b}: perplexity {perplexity:.2f}")
    sinks = []
    ids = np.array([BOS] + model.tokenizer.encode(kept["austen.txt"])[:511])
    model.nll(ids, sinks)
    sinks = np.array(sinks)
    print(f"attention to position 0: mean {sinks.mean():.4f}, most in one head {sinks.max():.4f}; by layer",
          " ".join(f"{s:.4f}" for s in sinks.mean(1)))
    for prompt in ("She was", "The captain", "And the king said to"):
        print("sample:", sample(model, prompt, 60 if part == 1 else 20, 0.7, rng).strip())
    print("greedy:", sample(model, "The code of Anna's key is 7391. It was a fine morning, and Emma went out. "
                                   "The code of Anna's key is", 6, 0, rng).strip())


if __name__ == "__main__":
    main()
