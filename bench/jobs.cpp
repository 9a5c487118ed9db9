// SPDX-License-Identifier: MIT
// bench_jobs: records of accelerator jobs to time streams with, and the tables they are joined
// with. The same arguments give the same bytes everywhere, so that figures compare. The numbers of
// the tables are made up: they say nothing about any grid or datacentre.
//
//   bench_jobs csv    ROWS [SEED]   a header and ROWS records, nothing quoted
//   bench_jobs ndjson ROWS [SEED]   the same records, one object a line
//   bench_jobs qcsv   ROWS [SEED]   as csv, with CRLF, and one project in twenty quoted (a comma, doubled
//   quotes) bench_jobs tables FOLDER        gpus.csv, regions.csv, gpus.json, regions.json for the peers;
//                                   overlay.json for footpound --tables
//
// Columns: job_id user project start gpu gpu_count hours accelerator_power_w utilization region pue.
// About 60 % of the records state no power (the board's watts x utilization then) and 70 % no PUE
// (the region's then): empty in CSV, null in NDJSON. Most jobs of a project run on its own boards
// in its own region; users, projects, boards and regions are as uneven as in a real cluster.
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <span>
#include <string>
#include <string_view>

namespace {

struct Board {
  std::string_view name;
  int watts;
};

constexpr Board boards[] = {{"NVIDIA A100-SXM4-80GB", 400}, {"NVIDIA H100 80GB HBM3", 700},
    {"Tesla V100-SXM2-32GB", 300}, {"NVIDIA A100-SXM4-40GB", 400}, {"Tesla T4", 70}, {"NVIDIA A10G", 150},
    {"NVIDIA H200", 700}, {"NVIDIA L4", 72}, {"NVIDIA A100 80GB PCIe", 300}, {"NVIDIA L40S", 350},
    {"Tesla V100-SXM2-16GB", 300}, {"NVIDIA H100 PCIe", 350}, {"NVIDIA RTX A6000", 300},
    {"NVIDIA GeForce RTX 4090", 450}, {"NVIDIA GeForce RTX 3090", 350}, {"NVIDIA A40", 300},
    {"NVIDIA A30", 165}, {"NVIDIA A10", 150}, {"NVIDIA B200", 1000}, {"NVIDIA GB200", 1200},
    {"NVIDIA H100 NVL", 400}, {"NVIDIA L40", 300}, {"NVIDIA A16", 250}, {"NVIDIA A100-PCIE-40GB", 250},
    {"NVIDIA RTX A5000", 230}, {"NVIDIA RTX A4000", 140}, {"NVIDIA RTX 6000 Ada Generation", 300},
    {"NVIDIA GeForce RTX 3080", 320}, {"NVIDIA GeForce RTX 2080 Ti", 250},
    {"NVIDIA GeForce GTX 1080 Ti", 250}, {"Tesla V100-PCIE-16GB", 250}, {"Tesla P100-PCIE-16GB", 250},
    {"Tesla P40", 250}, {"Tesla P4", 75}, {"Tesla K80", 300}, {"Tesla M60", 300},
    {"AMD Instinct MI250X", 560}, {"AMD Instinct MI300X", 750}, {"AMD Instinct MI210", 300}, {"TPU v4", 192}};

constexpr std::string_view aws[] = {"us-east-1", "us-east-2", "us-west-1", "us-west-2", "af-south-1",
    "ap-east-1", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3",
    "ap-southeast-4", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ca-central-1", "ca-west-1",
    "eu-central-1", "eu-central-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-south-1", "eu-south-2",
    "eu-north-1", "il-central-1", "me-south-1", "me-central-1", "sa-east-1", "us-gov-east-1", "us-gov-west-1",
    "cn-north-1", "cn-northwest-1"};
constexpr std::string_view gcp[] = {"us-central1", "us-east1", "us-east4", "us-east5", "us-south1",
    "us-west1", "us-west2", "us-west3", "us-west4", "northamerica-northeast1", "northamerica-northeast2",
    "southamerica-east1", "southamerica-west1", "europe-central2", "europe-north1", "europe-southwest1",
    "europe-west1", "europe-west2", "europe-west3", "europe-west4", "europe-west6", "europe-west8",
    "europe-west9", "europe-west10", "europe-west12", "me-central1", "me-central2", "me-west1", "asia-east1",
    "asia-east2", "asia-northeast1", "asia-northeast2", "asia-northeast3", "asia-south1", "asia-south2",
    "asia-southeast1", "asia-southeast2", "australia-southeast1", "australia-southeast2", "africa-south1"};
constexpr std::string_view azure[] = {"eastus", "eastus2", "centralus", "northcentralus", "southcentralus",
    "westcentralus", "westus", "westus2", "westus3", "canadacentral", "canadaeast", "brazilsouth",
    "brazilsoutheast", "northeurope", "westeurope", "uksouth", "ukwest", "francecentral", "francesouth",
    "germanywestcentral", "germanynorth", "switzerlandnorth", "switzerlandwest", "norwayeast", "norwaywest",
    "swedencentral", "swedensouth", "polandcentral", "italynorth", "spaincentral", "uaenorth", "uaecentral",
    "qatarcentral", "israelcentral", "southafricanorth", "southafricawest", "eastasia", "southeastasia",
    "japaneast", "japanwest", "koreacentral", "koreasouth", "centralindia", "southindia", "westindia",
    "jioindiawest", "jioindiacentral", "australiaeast", "australiasoutheast", "australiacentral",
    "australiacentral2", "newzealandnorth", "mexicocentral", "usgovvirginia", "usgovarizona", "chinaeast",
    "chinanorth"};
constexpr std::string_view others[] = {"fra1", "nyc1", "nyc3", "sfo3", "ams3", "sgp1", "lon1", "blr1", "tor1",
    "syd1", "us-phoenix-1", "us-ashburn-1", "eu-frankfurt-1", "uk-london-1", "ap-tokyo-1", "ap-mumbai-1",
    "onprem-dc1", "onprem-dc2", "onprem-dc3", "lumi-fi"};

struct Provider {
  std::string_view name;
  std::span<const std::string_view> regions;
  std::string_view pue;
};

constexpr Provider providers[] = {
    {"aws", aws, "1.15"}, {"gcp", gcp, "1.10"}, {"azure", azure, "1.18"}, {"other", others, "1.40"}};
constexpr unsigned region_count = std::size(aws) + std::size(gcp) + std::size(azure) + std::size(others);
static_assert(region_count == 150 && std::size(boards) == 40);

constexpr std::string_view topics[] = {
    "vision", "speech", "llm", "rec", "bio", "robotics", "ads", "climate", "search", "rl"};

// splitmix64
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t bits() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }
  double unit() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }
  // Below n, small numbers far more often.
  unsigned uneven(unsigned n) {
    const double u = unit();
    const auto k = static_cast<unsigned>(n * u * u * u);
    return k < n ? k : n - 1;
  }

 private:
  std::uint64_t state_;
};

struct Region {
  std::string_view code, provider, pue;
  int grams_per_kwh;
};

std::array<Region, region_count> all_regions() {
  std::array<Region, region_count> all;
  unsigned i = 0;
  for (const Provider& provider : providers) {
    for (const std::string_view code : provider.regions) {
      const double u = Random(1000 + i).unit();
      all[i++] = {code, provider.name, provider.pue, 12 + static_cast<int>(u * u * 820)};
    }
  }
  return all;
}

struct Job {
  std::uint64_t id;
  unsigned user, project, board, region;
  std::int64_t start;  // seconds since 1970
  int count;
  std::uint64_t hours;   // x 10^4
  std::uint64_t power;   // x 10, where stated
  unsigned utilization;  // x 100
  unsigned pue;          // x 100, where stated
  bool states_power, states_pue, quoted;
};

class Jobs {
 public:
  explicit Jobs(std::uint64_t seed) : random_(seed) {}

  Job next() {
    static constexpr int counts[] = {1, 1, 1, 1, 2, 4, 8, 8, 8, 16, 32, 64, 128, 256, 512, 1024};
    const std::uint64_t bits = random_.bits();
    Job job{};
    job.id = id_++;
    job.start = start_ += static_cast<std::int64_t>(bits % 7);
    // in this order: the order of the draws is part of the data
    job.board = random_.uneven(std::size(boards));
    job.region = random_.uneven(region_count);
    job.project = random_.uneven(200);
    job.user = random_.uneven(1500);
    if ((bits >> 56) % 20 < 17) job.region = job.project * 7 % region_count;
    if ((bits >> 24) % 10 < 7) job.board = job.project * 3 % std::size(boards);
    job.count = counts[(bits >> 8) & 15];
    const double x = random_.unit();
    job.hours = static_cast<std::uint64_t>(x * x * x * 720 * 10000) + 1;
    job.utilization = 30 + static_cast<unsigned>((bits >> 16) % 71);
    job.states_power = (bits >> 32) % 10 < 4;
    job.states_pue = (bits >> 40) % 10 < 3;
    job.power = static_cast<std::uint64_t>(boards[job.board].watts * (0.25 + 0.75 * random_.unit()) * 10);
    job.pue = 102 + static_cast<unsigned>((bits >> 48) % 60);
    job.quoted = (bits >> 52) % 20 == 0;
    return job;
  }

 private:
  Random random_;
  std::uint64_t id_ = 10000000;
  std::int64_t start_ = 1735689600;  // 2025-01-01T00:00:00Z
};

// n / 10^digits, without zeros at the end.
std::string decimal(std::uint64_t n, unsigned digits) {
  std::string text = std::to_string(n);
  if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
  text.insert(text.size() - digits, 1, '.');
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

// 2025-01-01T00:00:00Z (H. Hinnant's civil_from_days).
std::string iso_time(std::int64_t seconds) {
  const std::int64_t days = seconds / 86400 + 719468;
  const std::int64_t era = days / 146097;
  const auto day_of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted_month = (5 * day_of_year + 2) / 153;  // March is 0
  const unsigned day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const unsigned month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  const unsigned year = static_cast<unsigned>(era * 400) + year_of_era + (month <= 2 ? 1 : 0);
  const auto of_day = static_cast<unsigned>(seconds % 86400);
  char text[64];
  std::snprintf(text, sizeof text, "%u-%02u-%02uT%02u:%02u:%02uZ", year, month, day, of_day / 3600,
      of_day / 60 % 60, of_day % 60);
  return text;
}

std::string project_name(const Job& job) {
  return std::string(topics[job.project % 10]) + '-' + std::to_string(job.project);
}

void append_csv(
    std::string& out, const Job& job, const Region& region, bool quotes, std::string_view line_end) {
  const std::string project = quotes && job.quoted ? '"' + std::string(topics[job.project % 10]) +
                                                         ", \"\"team\"\" " + std::to_string(job.project) + '"'
                                                   : project_name(job);
  out += 'j' + std::to_string(job.id) + ",u" + std::to_string(job.user) + ',' + project + ',' +
         iso_time(job.start) + ',';
  out += boards[job.board].name;
  out += ',' + std::to_string(job.count) + ',' + decimal(job.hours, 4) + ',';
  if (job.states_power) out += decimal(job.power, 1);
  out += ',' + decimal(job.utilization, 2) + ',';
  out += region.code;
  out += ',';
  if (job.states_pue) out += decimal(job.pue, 2);
  out += line_end;
}

void append_ndjson(std::string& out, const Job& job, const Region& region) {
  out += R"({"job_id":"j)" + std::to_string(job.id) + R"(","user":"u)" + std::to_string(job.user);
  out += R"(","project":")" + project_name(job) + R"(","start":")" + iso_time(job.start) + R"(","gpu":")";
  out += boards[job.board].name;
  out += R"(","gpu_count":)" + std::to_string(job.count) + R"(,"hours":)" + decimal(job.hours, 4);
  out += R"(,"accelerator_power_w":)" + (job.states_power ? decimal(job.power, 1) : "null");
  out += R"(,"utilization":)" + decimal(job.utilization, 2) + R"(,"region":")";
  out += region.code;
  out += R"(","pue":)" + (job.states_pue ? decimal(job.pue, 2) : "null") + "}\n";
}

bool write_jobs(std::string_view format, std::uint64_t rows, std::uint64_t seed) {
  const auto regions = all_regions();
  const bool quotes = format == "qcsv";
  const std::string_view line_end = quotes ? "\r\n" : "\n";
  std::string out;
  if (format != "ndjson") {
    out = "job_id,user,project,start,gpu,gpu_count,hours,accelerator_power_w,utilization,region,pue";
    out += line_end;
  }
  Jobs jobs(seed);
  for (std::uint64_t i = 0; i < rows; ++i) {
    const Job job = jobs.next();
    if (format == "ndjson") {
      append_ndjson(out, job, regions[job.region]);
    } else {
      append_csv(out, job, regions[job.region], quotes, line_end);
    }
    if (out.size() > 1 << 20) {
      if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size()) return false;
      out.clear();
    }
  }
  return std::fwrite(out.data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0;
}

// One table of an overlay: rows of text, then what every row ends with.
std::string overlay_table(std::string_view name, const std::string& rows) {
  return R"({"table":")" + std::string(name) + R"(","schema":1,"rows":[)" + '\n' +
         rows.substr(0, rows.size() - 2) + "\n]}";
}

// Every row: what a row of any table has to say of its origin.
std::string row(const std::string& fields, std::string_view method = "synthetic, for the benchmark") {
  return '{' + fields + R"(,"source":["footpound-fit"],"year":2025,"method":")" + std::string(method) +
         "\"},\n";
}

std::string key(std::string_view name, std::string_view value) {
  return '"' + std::string(name) + "\":\"" + std::string(value) + '"';
}

// Board ids are the boards' names in lower case with dashes.
std::string board_id(std::string_view name) {
  std::string id = "bench-";
  for (const char c : name)
    id += c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return id;
}

std::string overlay() {
  std::string accelerators, places, grid, pue;
  for (const Board& board : boards) {
    accelerators += row(key("id", board_id(board.name)) + "," + key("vendor", "Bench") + "," +
                        key("name", board.name) + R"(,"kind":"gpu","form":"pcie","rated_power_w":)" +
                        std::to_string(board.watts) + R"(,"devices_per_board":1)");
  }
  for (const Region& region : all_regions()) {
    const std::string code(region.code);
    places += row(key("id", code) + R"(,"kind":"cloud",)" + key("name", code));
    grid +=
        row(key("id", code + ":2025:lifecycle") + "," + key("region", code) + R"(,"intensity_g_per_kwh":)" +
                std::to_string(region.grams_per_kwh) + R"(,"basis":"generation")",
            "lifecycle");
    pue += row(key("id", code + ":2025") + R"(,"scope":"site",)" + key("region", code) + R"(,"pue":)" +
               std::string(region.pue));
  }
  return '[' + overlay_table("accelerators", accelerators) + ",\n" + overlay_table("regions", places) +
         ",\n" + overlay_table("grid", grid) + ",\n" + overlay_table("pue", pue) + "]\n";
}

bool write_tables(const std::string& folder) {
  std::string gpus_csv = "gpu,tdp_w\n", gpus_json;
  for (const Board& board : boards) {
    const std::string watts = std::to_string(board.watts);
    gpus_csv += std::string(board.name) + ',' + watts + '\n';
    gpus_json += (gpus_json.empty() ? '{' : ',') + ('"' + std::string(board.name) + "\":" + watts);
  }
  std::string regions_csv = "region,provider,ci_g_per_kwh,pue_default\n", regions_json;
  for (const Region& region : all_regions()) {
    const std::string code(region.code), provider(region.provider), pue(region.pue),
        grams = std::to_string(region.grams_per_kwh);
    regions_csv += code + ',' + provider + ',' + grams + ',' + pue + '\n';
    regions_json += (regions_json.empty() ? '{' : ',') + ('"' + code + R"(":{"provider":")" + provider +
                                                             R"(","ci":)" + grams + R"(,"pue":)" + pue + '}');
  }
  const auto put = [&](const char* name, const std::string& text) {
    std::ofstream file(folder + '/' + name, std::ios::binary);
    return static_cast<bool>(file << text << std::flush);
  };
  return put("gpus.csv", gpus_csv) && put("gpus.json", gpus_json + "}\n") &&
         put("regions.csv", regions_csv) && put("regions.json", regions_json + "}\n") &&
         put("overlay.json", overlay());
}

std::uint64_t whole_number(const char* text) {
  std::uint64_t n = 0;
  const std::string_view digits(text);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  if (error != std::errc{} || end != digits.data() + digits.size()) {
    std::cerr << "bench_jobs: \"" << digits << "\" is no whole number\n";
    std::exit(2);
  }
  return n;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 2 ? argv[1] : "";
  bool written = false;
  if (what == "tables") {
    written = write_tables(argv[2]);
  } else if (what == "csv" || what == "ndjson" || what == "qcsv") {
    written = write_jobs(what, whole_number(argv[2]), argc > 3 ? whole_number(argv[3]) : 42);
  } else {
    std::cerr << "usage: bench_jobs csv|ndjson|qcsv ROWS [SEED] | tables FOLDER\n";
    return 2;
  }
  if (!written) std::perror("bench_jobs");
  return written ? 0 : 1;
}
