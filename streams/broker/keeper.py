"""Kafka's keeper: the small process between a program and the Java it started.

It lives in a process group of its own, so that Ctrl-C reaches the program first, and holds a pipe to
the program, so that Java never stays behind: when the pipe closes, for whatever reason (stopped,
crashed, `kill -9`), it ends Java with TERM and, if that does not do, with KILL. That works alike on
Linux and macOS and from any thread, which `prctl(PR_SET_PDEATHSIG)` does not.

    python keeper.py SECONDS COMMAND…    the byte `K` on stdin: KILL at once; end of stdin, or TERM: as above

It writes Java's process id on its first line, and ends with Java's exit code.
"""

import os
import signal
import subprocess
import sys
import threading


def main(patience: float, command: list[str]) -> None:
    out = os.dup(1)
    log = os.open("java.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    os.write(out, b"%d\n" % child.pid)

    def follow() -> None:
        os._exit(child.wait() & 0xFF)

    def end(*_: object) -> None:
        child.terminate()
        threading.Timer(patience, child.kill).start()

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, end)
    follower = threading.Thread(target=follow)
    follower.start()
    if os.read(0, 1) == b"K":
        child.kill()
    else:
        end()
    follower.join()


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
