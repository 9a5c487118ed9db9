# SPDX-License-Identifier: MIT
# ^C on a terminal reaches the measured command once; the report still comes and the status is 130.
# A terminal that goes away costs neither the record nor the status.
# usage: terminal_test.py FOOTPOUND
import os
import pty
import sys
import tempfile
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


def hang_up(folder):
    """The terminal goes away while the command runs: its record and its end are as ever."""
    root = os.path.join(folder, "sys/class/powercap/intel-rapl:0")
    os.makedirs(root)
    for name, text in {"name": "package-0", "energy_uj": "0", "max_energy_range_uj": "262143328850"}.items():
        with open(os.path.join(root, name), "w") as file:
            file.write(text + "\n")
    counter, record = os.path.join(root, "energy_uj"), os.path.join(folder, "record.json")
    ready = os.path.join(folder, "ready")
    pid, terminal = pty.fork()
    if pid == 0:
        script = f"trap '' HUP; : >{ready}; sleep 0.5; echo 9000000 >{counter}.n; mv {counter}.n {counter}; exit 6"
        os.execv(sys.argv[1], [sys.argv[1], "measure", "--sysfs-root", os.path.join(folder, "sys"), "--nvml-library",
                               "libno-such.so", "--record", record, "--", "sh", "-c", script])
    while not os.path.exists(ready):
        time.sleep(0.01)
    os.close(terminal)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert status == 6, f"status {status}, wanted 6"
    with open(record) as file:
        assert "host_power_w" in file.read()


with tempfile.TemporaryDirectory() as folder:
    hang_up(folder)
