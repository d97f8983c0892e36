"""Trains the lab's model; can be stopped and started again at any time.

  python3 kvtrain.py --corpus DIR --work DIR [--tokens N] [--until HH:MM] [--threads N]

Ends when N tokens are seen or the clock says HH:MM, whichever comes first; the schedule follows the same measure, so the
learning rate has reached almost zero at the end. README.md says what the phases are and why.
"""
import argparse
import ctypes
import datetime
import json
import os
import queue
import shutil
import signal
import subprocess
import threading
import time

import numpy as np

import corpus
import tasks

HERE = os.path.dirname(os.path.abspath(__file__))
PARAMETERS = 2558400
SAVE_SECONDS = 120
DECAY_FROM = 0.5

# Until which step, length, shares of (repeated strings, passages, notebooks, copies), rates of Muon and Adam.
PHASES = (
    (900, 64, (1.00, 0.00, 0.00, 0.00), 0.020, 0.0040),
    (1950, 512, (0.00, 0.45, 0.35, 0.20), 0.020, 0.0040),
    (2050, 64, (0.75, 0.25, 0.00, 0.00), 0.012, 0.0015),
    (2150, 128, (0.30, 0.30, 0.20, 0.20), 0.012, 0.0015),
    (2250, 256, (0.20, 0.35, 0.25, 0.20), 0.010, 0.0015),
    (2470, 512, (0.08, 0.42, 0.33, 0.17), 0.010, 0.0015),
    (4046, 512, (0.12, 0.33, 0.45, 0.10), 0.010, 0.0015),
    (None, 512, (0.06, 0.54, 0.32, 0.08), 0.010, 0.0015),
)
LONG_AFTER_STEP = 2470
LONG_FROM, LONGEST_FROM = 0.72, 0.86  # of the budget, after that step


class Rates(ctypes.Structure):
    _fields_ = [(name, ctypes.c_float) for name in ("muon", "adam", "decay", "momentum", "clip", "average")]


class Trainer:
    """The compiled trainer (trainer.cpp), built once per work folder; clang's code is 9 % faster than gcc's."""

    ARRAYS = {"weights": 0, "first": 1, "second": 2, "average": 3}

    def __init__(self, work, threads):
        library = os.path.join(work, "libkvtrain.so")
        sources = [os.path.join(HERE, name) for name in ("network.cpp", "trainer.cpp")]
        if not os.path.exists(library):
            subprocess.run([shutil.which("clang++") or "g++", "-std=c++20", "-O3", "-march=native", "-fno-math-errno", "-w",
                            "-fPIC", "-shared", "-pthread", *sources, "-o", library], check=True)
        self.lib = ctypes.CDLL(library)
        self.lib.trainerCreate.restype = ctypes.c_void_p
        self.lib.trainerArray.restype = ctypes.POINTER(ctypes.c_float)
        self.lib.trainerRun.restype = ctypes.c_double
        self.lib.trainerUpdate.restype = ctypes.c_double
        self.handle = ctypes.c_void_p(self.lib.trainerCreate(threads))
        self.arrays = {name: np.ctypeslib.as_array(self.lib.trainerArray(self.handle, which), (PARAMETERS,))
                       for name, which in self.ARRAYS.items()}

    def pack(self):
        self.lib.trainerPack(self.handle)

    def run(self, tokens, targets, weights, length, learn):
        """Mean weighted loss, and with learn=False the plain loss of every token."""
        pointer = [ctypes.c_void_p(a.ctypes.data) for a in (tokens, targets, weights)]
        nll = None if learn else np.zeros(tokens.shape, np.float32)
        total = float(weights.sum())
        loss = self.lib.trainerRun(self.handle, ctypes.c_long(tokens.shape[0]), ctypes.c_long(tokens.shape[1]),
                                   ctypes.c_long(length), *pointer, ctypes.c_float(1 / total),
                                   None if nll is None else ctypes.c_void_p(nll.ctypes.data), ctypes.c_int32(learn))
        return loss / total, nll

    def update(self, rates, step):
        return self.lib.trainerUpdate(self.handle, ctypes.byref(rates), ctypes.c_long(step))


def initialise(weights, rng):
    """Small random matrices; those that write into the residual stream smaller still; norms 1."""
    dim, hidden, layers, vocab, qkv = 192, 512, 6, 1024, 320
    weights[:vocab * dim] = rng.normal(0, 0.05, vocab * dim)
    at = vocab * dim
    for _ in range(layers):
        for size, std in ((dim, None), (qkv * dim, 0.05), (dim * dim, 0.01), (dim, None), (2 * hidden * dim, 0.05),
                          (dim * hidden, 0.01)):
            weights[at:at + size] = 1 if std is None else rng.normal(0, std, size)
            at += size
    weights[at:] = 1


def phase_at(step):
    return next(phase for phase in PHASES if phase[0] is None or step < phase[0])


def plan(step, progress, sampler):
    """(chunks, rows, length, mix) of the next step."""
    _, length, shares, _, _ = phase_at(step)
    grows = step >= LONG_AFTER_STEP
    mix = list(zip(shares, (sampler.repeated, sampler.passage, sampler.notebook, sampler.copies)))
    if length < 512:
        return (8 if length == 64 else 16), 512, length, mix
    if grows and progress >= LONGEST_FROM:
        length = (512, 2048)[step % 2]
    elif grows and progress >= LONG_FROM:
        length = (512, 1024)[step % 2]
    return 8192 // length, length, length, mix


def rates_at(step, progress):
    _, _, _, muon, adam = phase_at(step)
    warm = min(1.0, (step + 1) / 100)
    scale = warm * (1.0 if progress < DECAY_FROM else max(0.0, (1 - progress) / (1 - DECAY_FROM)) + 0.005)
    return Rates(muon * scale, adam * scale, 0.1, min(0.95, 0.85 + step / 3000), 1.0, max(0.004, 1 / (step + 1)))


def evaluate(trainer, kept, every, length=512):
    """Bits per byte of the kept-out text, in windows of `length` that begin with <s>; one window of `every`."""
    nats = size = 0
    for _, ids, total in kept:
        windows = [ids[i:i + length] for i in range(0, len(ids) - length, length * every)]
        rows = np.array([np.concatenate([[1], w]) for w in windows], np.int32)
        tokens, targets = np.ascontiguousarray(rows[:, :-1]), np.ascontiguousarray(rows[:, 1:])
        _, nll = trainer.run(tokens, targets, np.ones(tokens.shape, np.float32), length, False)
        nats += float(nll.sum())
        size += total * rows[:, 1:].size / len(ids)
    return nats / np.log(2) / size


def probes(trainer, sampler):
    """Mean loss of strings said again, copies included, and of answers, in sequences of 512."""
    out = []
    for method, weight in ((sampler.repeated, 1.0), (sampler.notebook, tasks.ANSWER_WEIGHT)):
        tokens, targets, weights = tasks.batch(sampler, 0, 8, 512, 512, [(1.0, method)])
        _, nll = trainer.run(tokens, targets, weights, 512, False)
        out.append(float(nll[weights == np.float32(weight)].mean()))
    return "repeated {:.3f} answers {:.3f}".format(*out)


def save(path, trainer, state):
    np.savez(path + ".tmp.npz", state=json.dumps(state), **trainer.arrays)
    os.replace(path + ".tmp.npz", path)


def prefetched(sampler, state, progress):
    """Batches for the coming steps, made in a thread beside the training."""
    ready = queue.Queue(2)

    def produce():
        step = state["step"]
        while True:
            chunks, rows, length, mix = plan(step, progress(), sampler)
            ready.put((length, tasks.batch(sampler, [state["seed"], step], chunks, rows, length, mix)))
            step += 1

    threading.Thread(target=produce, daemon=True).start()
    return ready


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", required=True, help="folder of austen.txt, web.txt and moby.txt")
    parser.add_argument("--work", required=True, help="folder of checkpoints and the log")
    parser.add_argument("--tokens", type=float, default=60e6)
    parser.add_argument("--until", help="HH:MM, today")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    tokenizer, ids, kept = corpus.prepare(options.corpus, options.work)
    sampler = tasks.Sampler(tokenizer, ids)
    trainer = Trainer(options.work, options.threads)
    checkpoint = os.path.join(options.work, "checkpoint.npz")
    if os.path.exists(checkpoint):
        stored = np.load(checkpoint)
        state = json.loads(str(stored["state"]))
        for name, array in trainer.arrays.items():
            array[:] = stored[name]
    else:
        state = {"step": 0, "tokens": 0, "seed": options.seed, "started": time.time()}
        initialise(trainer.arrays["weights"], np.random.default_rng(options.seed))
        trainer.arrays["average"][:] = trainer.arrays["weights"]
    trainer.pack()
    end = None
    if options.until:
        hour, minute = options.until.split(":")
        end = datetime.datetime.now().replace(hour=int(hour), minute=int(minute), second=0).timestamp()

    def progress():
        share = state["tokens"] / options.tokens
        return share if end is None else max(share, (time.time() - state["started"]) / (end - state["started"]))

    log = open(os.path.join(options.work, "log.txt"), "a", buffering=1, encoding="utf-8")
    batches = prefetched(sampler, state, progress)
    saved = time.time()
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    while progress() < 1 and not stopped.is_set():
        length, (tokens, targets, weights) = batches.get()
        loss, _ = trainer.run(tokens, targets, weights, length, True)
        rates = rates_at(state["step"], progress())
        state["step"] += 1
        state["tokens"] += int(tokens.size)
        norm = trainer.update(rates, state["step"])
        if state["step"] % 25 == 0:
            log.write(f"{time.strftime('%H:%M:%S')} step {state['step']} tokens {state['tokens']} length {length} "
                      f"loss {loss:.4f} norm {norm:.3f} rate {rates.muon:.5f} progress {progress():.4f}\n")
        if state["step"] % 100 == 0:
            log.write(f"{time.strftime('%H:%M:%S')} step {state['step']} bits/byte {evaluate(trainer, kept, 6):.4f} "
                      f"{probes(trainer, sampler)}\n")
        if time.time() - saved > SAVE_SECONDS:
            save(checkpoint, trainer, state)
            saved = time.time()
    save(checkpoint, trainer, state)
    log.write(f"{time.strftime('%H:%M:%S')} ended: step {state['step']} tokens {state['tokens']}\n")


if __name__ == "__main__":
    main()
