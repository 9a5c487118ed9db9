# SPDX-License-Identifier: MIT
# ^C on a terminal reaches the measured command once; the report still comes and the status is 130.
# usage: terminal_test.py FOOTPOUND
import os
import pty
import sys
import time


def run(script, expect_status):
    """Runs footpound on a terminal of its own and presses ^C when the command says ready."""
    try:
        pid, terminal = pty.fork()
    except OSError as error:
        print(f"skipped: no terminal to be had here: {error}")
        sys.exit(77)
    if pid == 0:
        os.execv(sys.argv[1], [sys.argv[1], "measure", "--sysfs-root", "/nowhere", "--nvml-library", "libno-such.so",
                               "--", "sh", "-c", script])
    output = b""
    pressed = False
    while True:
        try:
            chunk = os.read(terminal, 4096)
        except OSError:  # the other side is gone
            break
        if not chunk:
            break
        output += chunk
        if b"ready" in output and not pressed:
            pressed = True
            time.sleep(0.1)
            os.write(terminal, b"\x03")
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    text = output.decode(errors="replace")
    assert status == expect_status, f"status {status}, wanted {expect_status}\n{text}"
    assert "nothing was measured" in text, text
    return text


run("echo ready; exec sleep 20", 130)
# a command that catches it: once, and its status is its own
text = run("n=0; trap 'n=$((n+1)); echo caught $n' INT; echo ready; i=0; while [ $i -lt 30 ]; do sleep 0.05; i=$((i+1)); done; exit 9", 9)
assert "caught 1" in text and "caught 2" not in text, text
