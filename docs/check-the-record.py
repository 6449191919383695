#!/usr/bin/env python3
"""Checks a bout's archive without any program of FightJudge: Python's SHA-256, OpenSSL's Ed25519.

    python3 check-the-record.py FOLDER KEY

KEY is the deployment's verifier key (name+8 hex digits+base64), from anywhere but the folder. Needs openssl 3.
Exit status 0: every entry is as it was signed, and the bout was sealed. 1: it is not, or another key
signed it; the first fault is named. 2: wrongly called, or something cannot be read, which says nothing about the record.
"""
import base64, datetime, hashlib, json, pathlib, re, shutil, subprocess, sys, tempfile

WIDTH = 256
def leave(status, what):
    sys.exit(print(what, file=sys.stderr) or status)
def fail(what):
    leave(1, f"NOT AS SIGNED: {what}")
def read(file):
    try:
        return file.read_bytes()
    except OSError as error:
        leave(2, f"cannot read {file}: {error.strerror}{'; unpack a zip first' if folder.is_file() else ''}")
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

if len(sys.argv) != 3:
    leave(2, "usage: python3 check-the-record.py FOLDER KEY   (KEY: name+8 digits+base64)")
folder, key = pathlib.Path(sys.argv[1]), re.fullmatch(r"([^+\s]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/]{44})", sys.argv[2].strip())
name, public = (key[1], base64.b64decode(key[2])[1:]) if key else leave(2, "cannot read the key: name+8 digits+base64")

# The checkpoint: its three lines, signed under the key's name followed by /bout/ and the bout's id (c2sp.org/signed-note).
note = re.fullmatch(r"((.+)\n([0-9]+)\n([A-Za-z0-9+/]{43}=)\n)\n((?:.+\n)+)", read(folder / "checkpoint").decode(errors="replace"))
text, origin, size, signed_root, signatures = note.groups() if note else fail("the checkpoint is no signed note of three lines")
if not origin.startswith(name + "/bout/"):
    fail(f"the checkpoint is of {origin}, and the key of {name}: another deployment")
key_id, size, signed_root = sha(origin.encode() + b"\n\1" + public)[:4], int(size), base64.b64decode(signed_root)
own = [base64.b64decode(one) for one in re.findall(f"^— {re.escape(origin)} ([A-Za-z0-9+/]{{91}}=)$", signatures, re.M)]
signature = next((one[4:] for one in own if one[:4] == key_id), None)
if signature is None:
    ask = "ask the promotion which verifier key was in force when the bout was sealed"
    leave(1, f"NOT BY THIS KEY: not signed with the key given; {ask} (ids in notes are per log, not a key's own)")
with tempfile.TemporaryDirectory() as scratch:
    files = {"key": bytes.fromhex("302a300506032b6570032100") + public, "text": text.encode(), "sig": signature}
    for file, data in files.items():
        pathlib.Path(scratch, file).write_bytes(data)
    shutil.which("openssl") or leave(2, "cannot find openssl")
    command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile sig"
    if subprocess.run(command.split(), cwd=scratch, stdout=subprocess.DEVNULL).returncode:
        fail("the signature under the checkpoint is false")

# The entries: their hashes, the tree's lowest tiles, the root.
leaves, hashes = [], []
for index in range(-(-size // WIDTH)):
    width = min(WIDTH, size - index * WIDTH)
    bundle, first = read(path("entries", index, width)), len(leaves)
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        leaves.append(bundle[2 : 2 + length])
        bundle = bundle[2 + length :]
    hashes += [sha(b"\0" + leaf) for leaf in leaves[first:]]
    tile = read(path(0, index, width))
    for at, found in enumerate(hashes[first:]):
        if tile[at * 32 : at * 32 + 32] != found:
            fail(f"entry {first + at}, or its hash in {path(0, index, width)}")
if not leaves or len(leaves) != size or root(hashes) != signed_root:
    fail("the entries are not those that the checkpoint was signed over")
# What the entries say of each other, and the copy of them that is easier to read.
entries = [json.loads(leaf) for leaf in leaves]
seal, setup, bout = entries[-1], entries[0]["payload"], entries[0]["payload"]["bout_id"]
for at, entry in enumerate(entries):
    if entry["index"] != at or entry["prev_chain_hash"] != (hashes[at - 1].hex() if at else "0" * 64):
        fail(f"entry {at} does not follow the one before it")
    if entry["kind"] == "action":
        said = [entry["payload"][field] for field in ("judge_id", "fighter_id", "event_type")]
        fields = [bout, entry["round"], *said, entry["timestamp_ms"] // 10 * 10, entry["payload"]["device_id"]]
        if sha("|".join(map(str, fields)).encode()).hex() != entry["event_hash"]:
            fail(f"the fingerprint of entry {at}")
if origin != f"{name}/bout/{bout}" or seal["kind"] != "seal":
    fail(f"the checkpoint is of {origin}, the entries of {bout}, the last of kind {seal['kind']}")
head = f'{{"bout_id":"{bout}","format":"fightjudge/event_log/1","entries":[\n'
if read(folder / "event_log.json") != head.encode() + b",\n".join(leaves) + b"\n]}\n":
    fail("event_log.json")
bound = {f"substitute:{at}": entry["payload"] for at, entry in enumerate(entries)}
bound |= {"fighter:red": setup["fighter1"], "fighter:blue": setup["fighter2"]}
bound |= {f"judge:{seat['id']}": seat for seat in setup["judges"]}
names = {}
try:
    people = [[one["id"], one["salt"], one["name"]] for one in json.loads(read(folder / "metadata.json"))["people"]]
except (ValueError, KeyError, TypeError):
    fail("metadata.json is no list of people")
for who, salt, said in people:
    if said is not None and ("|" in str(salt) or sha(f"{salt}|{said}".encode()).hex() != bound.get(who, {}).get("name_commitment")):
        fail(f"the name of {who} in metadata.json")
    names[who] = said
at = seal["payload"]["result_index"]
result = {"winner": "nobody", "method": "no result"} if at is None else entries[at]["payload"]
how = " ".join(filter(None, [result["method"], result.get("decision")]))
sealed = datetime.datetime.fromtimestamp(seal["received_ms"] // 1000, datetime.timezone.utc)
print(f"As signed by {name}: {size} entries of bout {bout}.")
print(f"Result: {result['winner']} ({names.get('fighter:' + result['winner']) or 'no name'}), {how}. Sealed {sealed:%Y-%m-%d %H:%M:%S} UTC by the server's clock.")
