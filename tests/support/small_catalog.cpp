// SPDX-License-Identifier: MIT
#include "support/small_catalog.hpp"

#include <stdexcept>

#include "support/scratch.hpp"

namespace footpound {

namespace {

// What every row ends with.
std::string with_provenance(std::string tables) {
  const std::string mark = "@";
  for (std::size_t at = tables.find(mark); at != std::string::npos; at = tables.find(mark)) {
    tables.replace(at, mark.size(), R"("source": ["footpound-fit"], "method": "made up for tests")");
  }
  return tables;
}

}  // namespace

const std::string& small_tables() {
  static const std::string tables = with_provenance(R"([
{"table": "accelerators", "schema": 1, "rows": [
{"id": "test-gpu", "vendor": "Test", "name": "Test GPU", "aliases": ["TG1"], "kind": "gpu", "form": "pcie", "launched": 2021, "rated_power_w": 300, "devices_per_board": 1, "peak_fp32_tflops": 10, "peak_16bit_tflops": 100, @, "year": 2026},
{"id": "test-sxm", "vendor": "Test", "name": "Test SXM", "kind": "gpu", "form": "sxm", "launched": 2021, "rated_power_w": 400, "devices_per_board": 1, "peak_16bit_tflops": 300, @, "year": 2026},
{"id": "test-twin", "vendor": "Test", "name": "Test Twin", "kind": "gpu", "form": "sxm", "launched": 2021, "rated_power_w": 600, "devices_per_board": 2, "peak_16bit_tflops": 400, @, "year": 2026},
{"id": "test-small", "vendor": "Test", "name": "Test Small", "kind": "gpu", "form": "pcie", "launched": 2021, "rated_power_w": 70, "devices_per_board": 1, "peak_16bit_tflops": 100, @, "year": 2026},
{"id": "test-old", "vendor": "Test", "name": "Test Old", "kind": "gpu", "form": "sxm", "launched": 2017, "rated_power_w": 300, "devices_per_board": 1, "peak_16bit_tflops": 100, @, "year": 2026},
{"id": "test-fast", "vendor": "Test", "name": "Test Fast", "kind": "gpu", "form": "sxm", "launched": 2023, "rated_power_w": 700, "devices_per_board": 1, "peak_16bit_tflops": 1000, @, "year": 2026},
{"id": "test-fp32", "vendor": "Test", "name": "Test FP32", "kind": "gpu", "form": "pcie", "launched": 2016, "rated_power_w": 250, "devices_per_board": 1, "peak_fp32_tflops": 10, @, "year": 2026},
{"id": "test-peakless", "vendor": "Test", "name": "Test Peakless", "kind": "gpu", "form": "pcie", "rated_power_w": 250, "devices_per_board": 1, @, "year": 2026},
{"id": "test-unrated", "vendor": "Test", "name": "Test Unrated", "kind": "gpu", "form": "pcie", "devices_per_board": 1, @, "year": 2026},
{"id": "test-soc", "vendor": "Test", "name": "Test SoC", "kind": "soc", "form": "soc", "rated_power_w": 50, "devices_per_board": 1, @, "year": 2026},
{"id": "test-tpu", "vendor": "Test", "name": "Test TPU", "kind": "tpu", "form": "board", "launched": 2020, "rated_power_w": 200, "devices_per_board": 1, "peak_16bit_tflops": 200, @, "year": 2026},
{"id": "test-tpu2", "vendor": "Test", "name": "Test TPU 2", "kind": "tpu", "form": "board", "launched": 2022, "rated_power_w": 200, "devices_per_board": 1, "peak_16bit_tflops": 200, @, "year": 2026},
{"id": "test-metered", "vendor": "Test", "name": "Test Metered", "kind": "gpu", "form": "pcie", "launched": 2021, "rated_power_w": 300, "devices_per_board": 1, @, "year": 2026}
]},
{"table": "ambiguous_names", "schema": 1, "rows": [
{"id": "Test", "accelerator": "test-gpu", "candidates": ["test-gpu", "test-sxm"], "how_to_tell": "by the board", @, "year": 2026},
{"id": "Test Either", "candidates": ["test-gpu", "test-sxm"], "how_to_tell": "by the board", @, "year": 2026}
]},
{"table": "cpus", "schema": 1, "rows": [
{"id": "test-cpu", "vendor": "Test", "name": "Test CPU", "class": "server", "cores": 50, "rated_power_w": 200, @, "year": 2026}
]},
{"table": "embodied", "schema": 1, "rows": [
{"id": "test-gpu:a", "component": "accelerator", "accelerator": "test-gpu", "kgco2e": 999, "unit": "kgCO2e per GPU", "boundary": "manufacturing", @, "year": 2026},
{"id": "test-gpu:b", "component": "accelerator", "accelerator": "test-gpu", "preferred": true, "kgco2e": 150, "low_kgco2e": 100, "high_kgco2e": 225, "unit": "kgCO2e per GPU", "lifetime_years": 5, "boundary": "manufacturing", @, "year": 2026},
{"id": "test-sxm:a", "component": "accelerator", "accelerator": "test-sxm", "preferred": true, "kgco2e": 300, "unit": "kgCO2e per GPU", "boundary": "manufacturing", @, "year": 2026}
]},
{"table": "instances", "schema": 1, "rows": [
{"id": "aws:test.8xlarge", "provider": "aws", "name": "test.8xlarge", "accelerator": "test-sxm", "accelerator_count": 8, @, "year": 2026}
]},
{"table": "measured_power", "schema": 1, "rows": [
{"id": "test-a", "accelerator": "test-metered", "scope": "board", "watts": 210, "statistic": "mean", "workload": "test", @, "year": 2026},
{"id": "test-b", "accelerator": "test-gpu", "scope": "system", "watts": 999, "statistic": "mean", "workload": "test", @, "year": 2026},
{"id": "test-c", "accelerator": "test-gpu", "scope": "board", "watts": 999, "statistic": "maximum", "workload": "test", @, "year": 2026}
]},
{"table": "regions", "schema": 1, "rows": [
{"id": "X-T", "kind": "country", "name": "Testland", "aliases": ["XTL"], @, "year": 2026},
{"id": "X-T-N", "kind": "subdivision", "name": "North Province", "country": "X-T", @, "year": 2026},
{"id": "X-T-S", "kind": "subdivision", "name": "South Province", "country": "X-T", @, "year": 2026},
{"id": "X-U", "kind": "country", "name": "Unscaled", @, "year": 2026},
{"id": "X-U-Z", "kind": "subdivision", "name": "Zero Province", "country": "X-U", @, "year": 2026},
{"id": "X-D", "kind": "country", "name": "Directland", @, "year": 2026},
{"id": "X-B", "kind": "country", "name": "Blankland", @, "year": 2026},
{"id": "testcloud:xt-1", "kind": "cloud", "name": "Test City", "provider": "testcloud", "code": "xt-1", "zone": "X-T", "country": "X-T", @, "year": 2026},
{"id": "testcloud:xt-2", "kind": "cloud", "name": "North City", "provider": "testcloud", "code": "xt-2", "zone": "X-T-N", "country": "X-T", @, "year": 2026},
{"id": "testcloud:xt-3", "kind": "cloud", "name": "South City", "provider": "testcloud", "code": "xt-3", "zone": "X-T-S", "country": "X-T", @, "year": 2026},
{"id": "testcloud:xt-4", "kind": "cloud", "name": "Own City", "provider": "testcloud", "code": "xt-4", "zone": "X-T", "country": "X-T", @, "year": 2026},
{"id": "testcloud:xu-1", "kind": "cloud", "name": "Zero City", "provider": "testcloud", "code": "xu-1", "zone": "X-U-Z", "country": "X-U", @, "year": 2026},
{"id": "testcloud:xu-2", "kind": "cloud", "name": "Unscaled City", "provider": "testcloud", "code": "xu-2", "zone": "X-U", "country": "X-U", @, "year": 2026},
{"id": "testcloud:xb-1", "kind": "cloud", "name": "Blank City", "provider": "testcloud", "code": "xb-1", "zone": "X-B", "country": "X-B", @, "year": 2026}
]},
{"table": "grid", "schema": 1, "rows": [
{"id": "X-T:2018:direct", "region": "X-T", "intensity_g_per_kwh": 480, "source": ["footpound-fit"], "year": 2018, "method": "direct"},
{"id": "X-T:2018:lifecycle", "region": "X-T", "intensity_g_per_kwh": 600, "source": ["footpound-fit"], "year": 2018, "method": "lifecycle"},
{"id": "X-T:2020:lifecycle", "region": "X-T", "intensity_g_per_kwh": 500, "source": ["footpound-fit"], "year": 2020, "method": "lifecycle"},
{"id": "X-T:2024:direct", "region": "X-T", "intensity_g_per_kwh": 320, "source": ["footpound-fit"], "year": 2024, "method": "direct"},
{"id": "X-T:2024:lifecycle", "region": "X-T", "intensity_g_per_kwh": 400, "source": ["footpound-fit"], "year": 2024, "method": "lifecycle"},
{"id": "X-T-N:2024:direct", "region": "X-T-N", "intensity_g_per_kwh": 80, "source": ["footpound-fit"], "year": 2024, "method": "direct"},
{"id": "X-U:2024:lifecycle", "region": "X-U", "intensity_g_per_kwh": 200, "source": ["footpound-fit"], "year": 2024, "method": "lifecycle"},
{"id": "X-U-Z:2024:direct", "region": "X-U-Z", "intensity_g_per_kwh": 0, "source": ["footpound-fit"], "year": 2024, "method": "direct"},
{"id": "X-D:2024:direct", "region": "X-D", "intensity_g_per_kwh": 70, "source": ["footpound-fit"], "year": 2024, "method": "direct"},
{"id": "testcloud:xt-4:2024:lifecycle", "region": "testcloud:xt-4", "intensity_g_per_kwh": 250, "source": ["footpound-fit"], "year": 2024, "method": "lifecycle"},
{"id": "testcloud:xu-2:2024:direct", "region": "testcloud:xu-2", "intensity_g_per_kwh": 30, "source": ["footpound-fit"], "year": 2024, "method": "direct"},
{"id": "X-WORLD:2098:lifecycle", "region": "X-WORLD", "intensity_g_per_kwh": 450, "source": ["footpound-fit"], "year": 2098, "method": "lifecycle"}
]},
{"table": "pue", "schema": 1, "rows": [
{"id": "testcloud:2022", "scope": "fleet", "provider": "testcloud", "pue": 1.25, @, "year": 2022},
{"id": "testcloud:2024", "scope": "fleet", "provider": "testcloud", "pue": 1.2, @, "year": 2024},
{"id": "testcloud:xt-1:2022", "scope": "site", "region": "testcloud:xt-1", "provider": "testcloud", "pue": 1.1, @, "year": 2022},
{"id": "world:2098", "scope": "world", "pue": 1.5, @, "year": 2098}
]},
{"table": "equivalents", "schema": 1, "rows": [
{"id": "test-kettle", "set": "test", "text": "kettles", "unit": "kettle", "kg_per_unit": 0.1, @, "year": 2026}
]},
{"table": "spreads", "schema": 1, "rows": [
{"id": "board-share-general", "value": 0.5, "log_sd": 0.5},
{"id": "board-share-large-model", "value": 0.8, "log_sd": 0.3},
{"id": "board-share-unknown", "value": 0.6, "log_sd": 0.4},
{"id": "board-share-tpu", "value": 0.5, "log_sd": 0.2},
{"id": "board-mean-published", "log_sd": 0.05},
{"id": "board-utilization", "log_sd": 0.1},
{"id": "node-share", "value": 1.25, "log_sd": 0.1},
{"id": "node-share-tpu", "value": 0.75, "log_sd": 0.25},
{"id": "node-share-test-tpu2", "value": 0.9, "log_sd": 0.15, "n": 1, "how": "made up", @, "year": 2026},
{"id": "host-share", "value": 0.25, "log_sd": 0.4},
{"id": "host-floor", "value": 60, "log_sd": 0.3},
{"id": "cpu-share", "value": 0.5, "log_sd": 0.4},
{"id": "cpu-core", "value": 4, "log_sd": 0.6},
{"id": "memory", "value": 0.5, "log_sd": 0.3},
{"id": "mfu-tpu", "value": 0.35, "log_sd": 0.31},
{"id": "mfu-early", "value": 0.2, "log_sd": 0.32},
{"id": "mfu-balanced", "value": 0.4, "log_sd": 0.33},
{"id": "mfu-fast", "value": 0.25, "log_sd": 0.34},
{"id": "mfu-fp32", "value": 0.3, "log_sd": 0.35},
{"id": "mfu-attention", "value": 1.2, "log_sd": 0.07},
{"id": "hours-overhead", "value": 1.25, "log_sd": 0.06},
{"id": "lifetime", "value": 4, "log_sd": 0.2},
{"id": "intensity-own-row", "log_sd": 0.03},
{"id": "intensity-per-year-of-gap", "log_sd": 0.1},
{"id": "intensity-direct-to-lifecycle", "log_sd": 0.07},
{"id": "intensity-zone-for-region", "log_sd": 0.5},
{"id": "intensity-country-for-region", "log_sd": 0.25},
{"id": "intensity-country-for-zone", "log_sd": 0.55},
{"id": "intensity-world", "log_sd": 0.9},
{"id": "pue-site", "log_sd": 0.01},
{"id": "pue-fleet-for-site", "log_sd": 0.08},
{"id": "pue-world", "log_sd": 0.3},
{"id": "pue-per-year-of-gap", "log_sd": 0.02}
]}
])");
  return tables;
}

const Catalog& small_catalog() {
  static Catalog catalog;
  static const bool laid = [] {
    const Scratch scratch;
    const Result<void> done = catalog.overlay(scratch.write("small.json", small_tables()));
    if (!done) throw std::logic_error(message(done.error()));
    return true;
  }();
  static_cast<void>(laid);
  return catalog;
}

void lay(Catalog& catalog, const std::string& table, const std::string& rows) {
  const Scratch scratch;
  const Result<void> done = catalog.overlay(scratch.write(table + ".json",
      R"({"table": ")" + table + R"(", "schema": 1, "rows": [)" + with_provenance(rows) + "]}"));
  if (!done) throw std::logic_error(message(done.error()));
}

}  // namespace footpound
