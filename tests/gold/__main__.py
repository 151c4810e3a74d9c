"""Label news, and take the labels out again; README.md beside this file tells how.

python tests/gold draw LANG              uris to label, at random, the same ones every time
python tests/gold show URI|FILE ...      their texts, to be read
python tests/gold add FILE               labels written with exact substrings, into LANG.jsonl
python tests/gold join > GOLD.jsonl      labels and texts together, as evaluate.py takes them
python tests/gold follow FILE            sequences written with exact substrings, into sequences.jsonl
python tests/gold sequences > ALL.json   sequences and texts together, as evaluate.py takes them
"""

import sys
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a folder, this one's parent is not on the path

from gold import labels, sequences
from gold.draw import DRAWS, drawn


def main(command: str = "", *args: str) -> None:
    if command == "draw" and args and args[0] in DRAWS:
        print(*drawn(DRAWS[args[0]]), sep="\n")
    elif command == "show" and args:
        uris = [uri for arg in args for uri in (Path(arg).read_text("utf-8").split() if Path(arg).is_file() else [arg])]
        found = labels.articles(uris)
        for uri in uris:
            article = found[uri][1]
            print(f"==== {uri} {article.versionCreated:%F}\n{article.text}\n")
    elif command == "add" and len(args) == 1:
        made = labels.add(Path(args[0]))
        print(f"{len(made)} documents, {sum(len(document.figures) for document in made)} figures")
    elif command == "join" and not args:
        for document in labels.joined():
            print(msgspec.json.encode(document).decode())
    elif command == "follow" and len(args) == 1:
        followed = sequences.add(Path(args[0]))
        print(f"{len(followed)} sequences, {sum(len(sequence.items) for sequence in followed)} items")
    elif command == "sequences" and not args:
        print(msgspec.json.encode(sequences.joined()).decode())
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (ValueError, LookupError, msgspec.MsgspecError) as error:
        sys.exit(str(error))
