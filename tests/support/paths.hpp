// SPDX-License-Identifier: MIT
// Where the program under test and the files of the tests lie. Only paths.cpp knows, so that the other
// test files compile to the same objects in every checkout.
#pragma once

#include <string>

namespace footpound {

std::string program_path();                            // the built footpound
std::string root_path(const std::string& below = {});  // "/docs/fields.md" below the checkout's root
std::string fake_nvml_path();                          // the library that stands in for NVML

}  // namespace footpound
