// SPDX-License-Identifier: MIT
// SIGINT, SIGTERM and SIGHUP end a stream between two records: whole rows are written, then the
// program exits with 128 + the signal. Whichever thread the signal finds, those that wait for a
// pipe are woken.
#pragma once

namespace footpound {

// Catches both from now on, but for what was ignored when the program started (nohup).
void catch_interrupts();
int interrupted();  // the signal, or 0

// Waits until a read would find something (or the end). False: a signal came first.
bool wait_readable(int descriptor);
// Waits until a pipe takes 4096 bytes (PIPE_BUF) without more waiting. Once a signal has come, for
// half a second at most: false where whoever reads has stopped.
bool wait_writable(int descriptor);

}  // namespace footpound
