// SPDX-License-Identifier: MIT
// TARGET_fuzz FOLDER: drives a fuzz target without libFuzzer: each file of the folder, then
// mutations of them, always the same ones.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A few bytes changed, doubled or dropped, or the end of another input behind it.
Bytes mutated(Bytes bytes, const std::vector<Bytes>& inputs, std::mt19937& random) {
  const auto below = [&](std::size_t n) {
    return static_cast<std::ptrdiff_t>(random() % std::max<std::size_t>(n, 1));
  };
  for (unsigned changes = 1 + random() % 4; changes != 0 && !bytes.empty(); --changes) {
    const auto at = bytes.begin() + below(bytes.size());
    const std::uint8_t byte = *at;
    switch (random() % 5) {
      case 0: *at = static_cast<std::uint8_t>(random()); break;
      case 1: *at = bytes[static_cast<std::size_t>(below(bytes.size()))]; break;
      case 2: bytes.insert(at, byte); break;
      case 3: bytes.erase(at); break;
      default: {
        const Bytes& other = inputs[static_cast<std::size_t>(below(inputs.size()))];
        bytes.insert(bytes.end(), other.begin() + below(other.size()), other.end());
      }
    }
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Bytes> inputs;
  for (const std::filesystem::path& file : files) {
    inputs.push_back(read(file));
    std::printf("%s\n", file.filename().c_str());
    std::fflush(stdout);  // what is running stays to be seen when it aborts
    LLVMFuzzerTestOneInput(inputs.back().data(), inputs.back().size());
  }
  constexpr int mutations = 5000;
  std::mt19937 random(1);
  for (int i = 0; i < mutations && !inputs.empty(); ++i) {
    const Bytes bytes = mutated(inputs[random() % inputs.size()], inputs, random);
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
  std::printf("%zu inputs, %d mutations\n", inputs.size(), inputs.empty() ? 0 : mutations);
  return inputs.empty() ? 1 : 0;
}
