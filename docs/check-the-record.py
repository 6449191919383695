#!/usr/bin/env python3
"""Checks a bout's archive without any program of FightJudge: Python's SHA-256, OpenSSL's Ed25519.

    python3 check-the-record.py FOLDER KEY

KEY is the deployment's verifier key (name+id+base64), from anywhere but the folder. Needs openssl 3.
Exit status 0: every entry is as it was signed, and the bout was sealed. 1: it is not; the first fault is named.
"""
import base64, hashlib, json, pathlib, subprocess, sys, tempfile

folder, key_text = pathlib.Path(sys.argv[1]), sys.argv[2]
WIDTH = 256

def fail(what):
    sys.exit(f"NOT AS SIGNED: {what}")

def sha(data):
    return hashlib.sha256(data).digest()

def root(hashes):  # RFC 6962, 2.1
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return sha(b"\1" + root(hashes[:split]) + root(hashes[split:]))

def path(level, index, width):  # c2sp.org/tlog-tiles
    digits = str(index).zfill(-(-len(str(index)) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    name = "/".join(["x" + g for g in groups[:-1]] + [groups[-1]])
    return folder / "tile" / str(level) / (name if width == WIDTH else f"{name}.p/{width}")

# The checkpoint: its three lines, signed under the key's name followed by /bout/ and the bout's id (c2sp.org/signed-note).
name, _, encoded = key_text.split("+", 2)
public = base64.b64decode(encoded)[1:]
text, signatures = (folder / "checkpoint").read_bytes().decode().split("\n\n")
origin, size, encoded_root = (text + "\n").splitlines()
if not origin.startswith(name + "/bout/"):
    fail(f"the checkpoint is of {origin}")
key_id = sha(origin.encode() + b"\n\1" + public)[:4]
own = [base64.b64decode(line.split(" ")[2]) for line in signatures.splitlines() if line.startswith(f"— {origin} ")]
signature = next((one[4:] for one in own if one[:4] == key_id), None) or fail("this key did not sign the checkpoint")
with tempfile.TemporaryDirectory() as scratch:
    files = {"key": bytes.fromhex("302a300506032b6570032100") + public, "text": (text + "\n").encode(), "sig": signature}
    for file, data in files.items():
        pathlib.Path(scratch, file).write_bytes(data)
    command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile sig"
    if subprocess.run(command.split(), cwd=scratch, stdout=subprocess.DEVNULL).returncode:
        fail("the signature under the checkpoint is false")

# The entries: their hashes, the tree's lowest tiles, the root.
size, leaves, hashes = int(size), [], []
for index in range(-(-size // WIDTH)):
    width = min(WIDTH, size - index * WIDTH)
    bundle, first = path("entries", index, width).read_bytes(), len(leaves)
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        leaves.append(bundle[2 : 2 + length])
        bundle = bundle[2 + length :]
    hashes += [sha(b"\0" + leaf) for leaf in leaves[first:]]
    tile = path(0, index, width).read_bytes()
    for at, found in enumerate(hashes[first:]):
        if tile[at * 32 : at * 32 + 32] != found:
            fail(f"entry {first + at}, or its hash in {path(0, index, width)}")
if len(leaves) != size or root(hashes) != base64.b64decode(encoded_root):
    fail("the entries are not those that the checkpoint was signed over")

# What the entries say of each other, and the copy of them that is easier to read.
entries = [json.loads(leaf) for leaf in leaves]
setup, bout = entries[0]["payload"], entries[0]["payload"]["bout_id"]
for at, entry in enumerate(entries):
    if entry["index"] != at or entry["prev_chain_hash"] != (hashes[at - 1].hex() if at else "0" * 64):
        fail(f"entry {at} does not follow the one before it")
    if entry["kind"] == "action":
        said = [entry["payload"][field] for field in ("judge_id", "fighter_id", "event_type")]
        fields = [bout, entry["round"], *said, entry["timestamp_ms"] // 10 * 10, entry["payload"]["device_id"]]
        if sha("|".join(map(str, fields)).encode()).hex() != entry["event_hash"]:
            fail(f"the fingerprint of entry {at}")
if origin != f"{name}/bout/{bout}" or entries[-1]["kind"] != "seal":
    fail(f"the checkpoint is of {origin}, the entries of {bout}, the last of kind {entries[-1]['kind']}")
head = f'{{"bout_id":"{bout}","format":"fightjudge/event_log/1","entries":[\n'
if (folder / "event_log.json").read_bytes() != head.encode() + b",\n".join(leaves) + b"\n]}\n":
    fail("event_log.json")
bound = {f"substitute:{at}": entry["payload"] for at, entry in enumerate(entries)}
bound |= {"fighter:red": setup["fighter1"], "fighter:blue": setup["fighter2"]}
bound |= {f"judge:{seat['id']}": seat for seat in setup["judges"]}
for person in json.loads((folder / "metadata.json").read_bytes())["people"]:
    who, salt, said = person["id"], person["salt"], person["name"]
    if said is not None and ("|" in salt or sha(f"{salt}|{said}".encode()).hex() != bound.get(who, {}).get("name_commitment")):
        fail(f"the name of {who} in metadata.json")
print(f"As signed by {name}: {size} entries of bout {bout}, sealed. Last entry: {leaves[-1].decode()}")
