"""Names and layout of the compiled files, for the build and the look-up alike."""

from pathlib import Path
from struct import Struct

COMPILED = Path(__file__).parent / "compiled"
PLACES, STRINGS, TABLES = "places.bin", "strings.txt", "tables.json"
NAMES, SOUNDS, MET = "names.marisa", "sounds.marisa", "met.marisa"
FIRSTS, DEMONYMS = "firsts.txt", "demonyms.txt"

OURS, LISTED = 128, 64  # a place of our supplement; a place that the supplement lists spellings of

# GeoNames id, latitude, longitude (999 where there is none), population, offset of the name in strings.txt,
# number of the country with its first-order division, number of the kind and these two flags
RECORD = Struct("<IffIIHB")
NAMED, NAMED_AT = Struct("<I"), Struct("<IffI").size  # the offset of the name, and where in a record it stands
