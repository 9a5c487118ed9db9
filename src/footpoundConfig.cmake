# SPDX-License-Identifier: MIT
# find_package(footpound): docs/library.md
include(CMakeFindDependencyMacro)
find_dependency(Threads)
include("${CMAKE_CURRENT_LIST_DIR}/footpoundTargets.cmake")
