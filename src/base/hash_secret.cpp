// SPDX-License-Identifier: MIT
#include "footpound/base/hash_secret.hpp"

#include <unistd.h>

#include <chrono>

namespace footpound {

namespace {

HashSecret drawn() {
  HashSecret secret{};
  if (getentropy(secret.data(), sizeof secret) == 0) return secret;
  // a sandbox without it: where we were loaded and when is little, and still nothing an input knows
  std::uint64_t state = reinterpret_cast<std::uintptr_t>(&secret) ^
                        static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
  // splitmix64, doi:10.1145/2714064.2660195
  for (std::uint64_t& word : secret) {
    state += 0x9E3779B97F4A7C15U;
    word = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9U;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBU;
    word ^= word >> 31;
  }
  return secret;
}

}  // namespace

const HashSecret& hash_secret() {
  static const HashSecret secret = drawn();
  return secret;
}

}  // namespace footpound
