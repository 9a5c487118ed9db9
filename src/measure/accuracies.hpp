// SPDX-License-Identifier: MIT
// How far each kind of meter may be off, whether it is read here or was written to a log.
#pragma once

#include "measure/device.hpp"

namespace footpound::measure {

// "Part-time Power Measurements", SC24: a gain error of about 5 % per board; the sensor of A100
// and H100 looks only a quarter of the time. NVIDIA's counter steps every 20 to 100 ms; the power
// is that of the last second on most boards.
inline constexpr Accuracy nvidia_counter{0.05, std::chrono::milliseconds(100), "arXiv 2312.02741"};
inline constexpr Accuracy nvidia_power{0.05, std::chrono::seconds(1), "arXiv 2312.02741"};

// Khan et al., "RAPL in Action", ACM TOMPECS 3(2), 2018: follows plug power closely. 5 % is our
// cautious reading; figures differ by model.
inline constexpr Accuracy rapl_package{0.05, std::chrono::milliseconds(1), "doi:10.1145/3177754"};
// Desrochers et al., MEMSYS 2016: off by a constant, little under load and on servers.
inline constexpr Accuracy rapl_memory{0.10, std::chrono::milliseconds(1), "doi:10.1145/2989081.2989088"};

// No published validation of these sensors is known to us: 10 %, on the careful side.
inline constexpr Accuracy hwmon_sensor{0.10, std::chrono::seconds(1), "assumed: no published validation"};
// A series of watts from a meter we know nothing of.
inline constexpr Accuracy unknown_meter{
    0.05, std::chrono::seconds(1), "assumed: the log does not name its meter"};

}  // namespace footpound::measure
