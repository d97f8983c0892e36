"""Writes a checkpoint as GGUF v3 (F16 matrices, F32 norms) and reads such files back.

  python3 gguf.py --work DIR --out FILE [--average SHARE]

--average mixes in that share (0 to 1) of the running average of the weights: better text where the learning rate was still
high a few hundred steps ago, but the average lags behind in what was learnt last.
"""
import argparse
import json
import struct

import numpy as np

from tokenizer import Tokenizer

DIM, LAYERS, HEADS, KEY_HEADS, HEAD_DIM, HIDDEN, VOCAB = 192, 6, 6, 2, 32, 512, 1024
CONTEXT = 2048
ALIGNMENT = 32
U32, I32, F32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9


def tensors(flat):
    """(name, array) in the order of the trainer's one array (network.h)."""
    at = 0

    def take(*shape):
        nonlocal at
        size = int(np.prod(shape))
        at += size
        return flat[at - size:at].reshape(shape)

    yield "token_embd.weight", take(VOCAB, DIM)
    for i in range(LAYERS):
        yield f"blk.{i}.attn_norm.weight", take(DIM)
        yield f"blk.{i}.attn_q.weight", take(HEADS * HEAD_DIM, DIM)
        yield f"blk.{i}.attn_k.weight", take(KEY_HEADS * HEAD_DIM, DIM)
        yield f"blk.{i}.attn_v.weight", take(KEY_HEADS * HEAD_DIM, DIM)
        yield f"blk.{i}.attn_output.weight", take(DIM, HEADS * HEAD_DIM)
        yield f"blk.{i}.ffn_norm.weight", take(DIM)
        yield f"blk.{i}.ffn_gate.weight", take(HIDDEN, DIM)
        yield f"blk.{i}.ffn_up.weight", take(HIDDEN, DIM)
        yield f"blk.{i}.ffn_down.weight", take(DIM, HIDDEN)
    yield "output_norm.weight", take(DIM)


def text(value):
    raw = value.encode("utf-8")
    return struct.pack("<Q", len(raw)) + raw


def metadata(pieces):
    kinds = [2, 3, 3] + [6] * 256 + [1] * (VOCAB - 259)  # unknown, control, byte, normal
    scores = [0.0] * 259 + [-float(i) for i in range(VOCAB - 259)]

    def array(kind, values):
        if kind == STRING:
            body = b"".join(text(v) for v in values)
        else:
            body = np.array(values, "<f4" if kind == F32 else "<i4").tobytes()
        return struct.pack("<IQ", kind, len(values)) + body

    return [
        ("general.architecture", STRING, text("llama")),
        ("general.name", STRING, text("kvscope")),
        ("general.alignment", U32, struct.pack("<I", ALIGNMENT)),
        ("general.file_type", U32, struct.pack("<I", 1)),
        ("llama.context_length", U32, struct.pack("<I", CONTEXT)),
        ("llama.embedding_length", U32, struct.pack("<I", DIM)),
        ("llama.block_count", U32, struct.pack("<I", LAYERS)),
        ("llama.feed_forward_length", U32, struct.pack("<I", HIDDEN)),
        ("llama.attention.head_count", U32, struct.pack("<I", HEADS)),
        ("llama.attention.head_count_kv", U32, struct.pack("<I", KEY_HEADS)),
        ("llama.rope.dimension_count", U32, struct.pack("<I", HEAD_DIM)),
        ("llama.rope.freq_base", F32, struct.pack("<f", 10000.0)),
        ("llama.attention.layer_norm_rms_epsilon", F32, struct.pack("<f", 1e-5)),
        ("llama.vocab_size", U32, struct.pack("<I", VOCAB)),
        ("tokenizer.ggml.model", STRING, text("llama")),
        ("tokenizer.ggml.tokens", ARRAY, array(STRING, pieces)),
        ("tokenizer.ggml.scores", ARRAY, array(F32, scores)),
        ("tokenizer.ggml.token_type", ARRAY, array(I32, kinds)),
        ("tokenizer.ggml.bos_token_id", U32, struct.pack("<I", 1)),
        ("tokenizer.ggml.eos_token_id", U32, struct.pack("<I", 2)),
        ("tokenizer.ggml.unknown_token_id", U32, struct.pack("<I", 0)),
        ("tokenizer.ggml.add_bos_token", BOOL, b"\1"),
        ("tokenizer.ggml.add_space_prefix", BOOL, b"\1"),
    ]


def write(path, flat, pieces):
    entries = metadata(pieces)
    named = [(name, a.astype("<f2" if a.ndim == 2 else "<f4")) for name, a in tensors(flat)]
    head = b"GGUF" + struct.pack("<IQQ", 3, len(named), len(entries))
    for key, kind, body in entries:
        head += text(key) + struct.pack("<I", kind) + body
    offset, data = 0, b""
    for name, a in named:
        head += text(name) + struct.pack("<I", a.ndim) + struct.pack(f"<{a.ndim}Q", *reversed(a.shape))
        head += struct.pack("<IQ", 1 if a.ndim == 2 else 0, offset)
        raw = a.tobytes()
        data += raw + bytes(-len(raw) % ALIGNMENT)
        offset = len(data)
    with open(path, "wb") as file:
        file.write(head + bytes(-len(head) % ALIGNMENT) + data)


def read(path):
    """(metadata, {name: float32 array}) of a file with F16 and F32 tensors."""
    with open(path, "rb") as file:
        raw = file.read()
    at = 4

    def take(form):
        nonlocal at
        values = struct.unpack_from("<" + form, raw, at)
        at += struct.calcsize("<" + form)
        return values[0] if len(values) == 1 else values

    def string():
        nonlocal at
        size = take("Q")
        at += size
        return raw[at - size:at].decode("utf-8")

    def value(kind):
        if kind == STRING:
            return string()
        if kind == ARRAY:
            inner, count = take("IQ")
            return [value(inner) for _ in range(count)]
        return take({0: "B", 1: "b", 2: "H", 3: "h", U32: "I", I32: "i", F32: "f", BOOL: "?", 10: "Q", 11: "q", 12: "d"}[kind])

    _, tensor_count, key_count = take("IQQ")
    keys = {}
    for _ in range(key_count):
        key = string()
        keys[key] = value(take("I"))
    infos = []
    for _ in range(tensor_count):
        name = string()
        dims = [take("Q") for _ in range(take("I"))]
        infos.append((name, dims[::-1], *take("IQ")))
    start = at + -at % keys.get("general.alignment", 32)
    arrays = {}
    for name, shape, kind, offset in infos:
        if kind not in (0, 1):
            raise ValueError(f"{name}: tensor type {kind} is neither F32 nor F16")
        dtype = "<f2" if kind == 1 else "<f4"
        arrays[name] = np.frombuffer(raw, dtype, int(np.prod(shape)), start + offset).reshape(shape).astype(np.float32)
    return keys, arrays


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--average", type=float, default=0.0)
    options = parser.parse_args()
    stored = np.load(f"{options.work}/checkpoint.npz")
    weights = (1 - options.average) * stored["weights"] + options.average * stored["average"]
    write(options.out, weights.astype(np.float32), Tokenizer.load(f"{options.work}/pieces.json").pieces)
    print(json.loads(str(stored["state"])))


if __name__ == "__main__":
    main()
