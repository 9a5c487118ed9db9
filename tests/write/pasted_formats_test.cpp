// SPDX-License-Identifier: MIT
// What is pasted into papers and model cards: it compiles, its citations are those of -f bibtex, and it
// is no longer than a reader bears.
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/scratch.hpp"
#include "support/text.hpp"

using namespace footpound;

namespace {

using Words = std::vector<std::string>;

// Guessed, assumed, measured and stated; names that LaTeX and YAML would take for their own signs.
const std::vector<Words>& runs() {
  static const std::vector<Words> all = {
      {"--gpu", "V100", "--gpus", "64", "--hours", "79.2", "--region", "FR"},
      {"--gpu", "H100", "--gpu-hours", "2000", "--trials", "3", "--name", "T_1 & \\co{50%} $#~^ \"é\""},
      {"--gpu", "A100", "--gpus", "8", "--hours", "5", "--measured-accelerator-energy", "2kWh"},
      {"--gpu", "H100", "--gpus", "8", "--parameters", "7B", "--tokens", "1T", "--embodied"},
      {"--cpu", "Xeon Gold 6248", "--hours", "10", "--region", "us-east-1"},
      {"--it-power", "1kW", "--hours", "100", "--pue", "1.5", "--intensity", "500g/kWh"},
  };
  return all;
}

std::string answer(Words words, const Words& more) {
  words.insert(words.begin(), "estimate");
  words.insert(words.end(), more.begin(), more.end());
  const ProgramRun run = run_program_apart(words);
  INFO(typed(words) << "\n" << run.err);
  REQUIRE(run.status == 0);
  return run.out;
}

std::set<std::string> keys_cited(std::string_view latex) {
  std::set<std::string> keys;
  constexpr std::string_view cite = "\\cite{";
  const std::size_t begin = latex.find(cite) + cite.size();
  std::string list(latex.substr(begin, latex.find('}', begin) - begin));
  for (std::size_t comma = 0; comma != std::string::npos; list.erase(0, comma + 1)) {
    comma = list.find(',');
    keys.insert(list.substr(0, comma));
    if (comma == std::string::npos) break;
  }
  return keys;
}

std::set<std::string> keys_of(std::string_view bibtex) {
  std::set<std::string> keys;
  constexpr std::string_view entry = "@misc{";
  for (std::size_t at = bibtex.find(entry); at != std::string_view::npos; at = bibtex.find(entry, at + 1)) {
    const std::size_t begin = at + entry.size();
    keys.emplace(bibtex.substr(begin, bibtex.find(',', begin) - begin));
  }
  return keys;
}

}  // namespace

TEST_CASE("latex: the paragraph cites what bibtex prints, no more and no less") {
  for (const Words& run : runs()) {
    INFO(typed(run));
    CHECK(keys_cited(answer(run, {"-f", "latex"})) == keys_of(answer(run, {"-f", "bibtex"})));
  }
}

TEST_CASE("latex: pdflatex sets it, where it is installed") {
  if (std::system("command -v pdflatex >/dev/null 2>&1") != 0) {
    WARN("skipped: pdflatex is not installed");
    return;
  }
  std::string document = "\\documentclass{article}\n\\begin{document}\n";
  for (const Words& run : runs()) document += answer(run, {"-f", "latex"}) + "\n";
  const Scratch scratch;
  const std::string file = scratch.write("paper.tex", document + "\\end{document}\n");
  const std::string folder = file.substr(0, file.rfind('/'));
  const std::string set =
      "cd '" + folder + "' && pdflatex -interaction=batchmode -halt-on-error paper.tex >/dev/null 2>&1";
  CHECK(std::system(set.c_str()) == 0);
}

TEST_CASE("model card: its source stays short, and bears the interval where there is one") {
  for (const Words& run : runs()) {
    const std::string card = answer(run, {"-f", "model-card"});
    INFO(card);
    const std::size_t begin = card.find("  source: ");
    CHECK(card.find('\n', begin) - begin <= 360);
    const bool all_is_stated = run.front() == "--it-power";
    CHECK(contains(card, "; 90 % interval ") == !all_is_stated);
  }
}

TEST_CASE("model card: without a fence it is the same but for its first and last line") {
  const Words run = {"--gpu", "A100", "--hours", "1", "--training-type", "fine-tuning"};
  const std::string fenced = answer(run, {"-f", "model-card"});
  CHECK(fenced == "---\n" + answer(run, {"-f", "model-card", "--no-fence"}) + "---\n");
  CHECK(contains(fenced, "  training_type: \"fine-tuning\"\n"));
  const ProgramRun refused = run_program_apart({"estimate", "--gpu", "A100", "--hours", "1", "--no-fence"});
  CHECK(refused.status == 2);
  CHECK(refused.err == "footpound: --no-fence: text has no fence; write -f model-card\n");
}
