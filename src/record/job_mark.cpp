// SPDX-License-Identifier: MIT
#include "record/job_mark.hpp"

#include <algorithm>
#include <cstring>

#include "base/hash_secret.hpp"

namespace footpound {

namespace {

// Both halves of the product, as in base/text_map.hpp.
std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  __extension__ using Product = unsigned __int128;
  const Product product = static_cast<Product>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t add_text(std::uint64_t hash, std::string_view text, const HashSecret& secret) {
  hash = fold(hash ^ text.size() ^ secret[1], secret[2]);
  while (!text.empty()) {
    std::uint64_t word = 0;
    const std::size_t size = std::min(text.size(), sizeof word);
    std::memcpy(&word, text.data(), size);
    hash = fold(hash ^ word ^ secret[0], secret[3]);
    text.remove_prefix(size);
  }
  return hash;
}

}  // namespace

std::uint64_t fingerprint_of(std::string_view a, std::string_view b, double number) {
  const HashSecret& secret = hash_secret();
  std::uint64_t bits = 0;
  std::memcpy(&bits, &number, sizeof bits);
  const std::uint64_t hash = add_text(add_text(bits, a, secret), b, secret);
  return hash == 0 ? 1 : hash;
}

}  // namespace footpound
