// SPDX-License-Identifier: MIT
#include "measure/visible_gpus.hpp"

#include "support/catch.hpp"

using namespace footpound::measure;

namespace {

const std::vector<KnownGpu> alike = {{"GPU-aa11", "H100"}, {"GPU-aa22", "H100"}, {"GPU-bb33", "H100"}};
const std::vector<KnownGpu> unlike = {{"GPU-aa11", "H100"}, {"GPU-aa22", "T400"}};

std::vector<std::size_t> chosen(const std::vector<KnownGpu>& known, const std::string& text,
    const std::optional<std::string>& order = {}) {
  return choose_gpus(known, parse_visible_gpus(text), order, {}).chosen;
}

}  // namespace

TEST_CASE("GPUs are chosen by number, by UUID and by the beginning of one") {
  CHECK(chosen(alike, "0,2") == std::vector<std::size_t>{0, 2});
  CHECK(chosen(alike, " 2 , 0 ") == std::vector<std::size_t>{0, 2});
  CHECK(chosen(alike, "GPU-aa22") == std::vector<std::size_t>{1});
  CHECK(chosen(alike, "GPU-bb") == std::vector<std::size_t>{2});
  CHECK(chosen(alike, "1,1,1") == std::vector<std::size_t>{1});
}

TEST_CASE("the list ends at its first invalid entry, as CUDA reads it") {
  CHECK(chosen(alike, "1,-1,2") == std::vector<std::size_t>{1});
  CHECK(chosen(alike, "0,9,1") == std::vector<std::size_t>{0});
  CHECK(chosen(alike, "-1").empty());
  CHECK(chosen(alike, "").empty());
  CHECK(chosen(alike, "NoDevFiles").empty());
  CHECK(chosen(alike, "99999999999999").empty());
}

TEST_CASE("numbers mean nothing certain on a node with unlike GPUs: all are counted, said so") {
  const Choice choice = choose_gpus(unlike, parse_visible_gpus("0"), std::nullopt, {});
  CHECK(choice.chosen.size() == 2);
  CHECK(choice.notes.size() == 1);
  CHECK(chosen(unlike, "0", "PCI_BUS_ID") == std::vector<std::size_t>{0});
  CHECK(chosen(unlike, "GPU-aa22") == std::vector<std::size_t>{1});
}

TEST_CASE("a slice of an older driver names its GPU") {
  CHECK(chosen(alike, "MIG-GPU-bb33/1/0") == std::vector<std::size_t>{2});
}
