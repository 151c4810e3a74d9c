"""Write `kafka.lock.toml` anew, after a change of Kafka's version: `python -m streams.broker.lock`.

Look at the difference before committing it: these sums are what everybody's machine will trust.
"""

import os
import shutil

import jgo

from streams.broker import jars, java


def main() -> None:
    os.environ["JAVA_HOME"] = str(java.find().parent.parent)  # or jgo goes looking for a JDK to download
    environment = jgo.build(jars.KAFKA, update=True)
    shutil.copyfile(environment.path / "jgo.lock.toml", jars.LOCK)
    print(f"{jars.LOCK}: {len(jars.locked())} jars of {jars.KAFKA}")


if __name__ == "__main__":
    main()
