// SPDX-License-Identifier: MIT
// SIGINT and SIGTERM end a stream between two records: whole rows are written, then the
// program exits with 128 + the signal.
#pragma once

namespace footpound {

void catch_interrupts();
int interrupted();  // the signal, or 0

}  // namespace footpound
