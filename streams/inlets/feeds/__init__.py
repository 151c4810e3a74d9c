"""Article updates out of RSS and Atom feeds: `tollwire feed feeds.toml`.

In the order of the way: `config` what to poll · `pace` when · `fetch` (over `addresses`) the document ·
`charset` its characters · `entries`, `page` what it says, read in a process `apart` · `articles` what of it
is new, by what `memory` has of the feed · `poll` one feed once · `run` all of them.
"""

from pathlib import Path

EXAMPLE = Path(__file__).with_name("feeds.example.toml")
