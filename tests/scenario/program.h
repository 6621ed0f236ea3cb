// Runs the real program as a person would, and keeps what it said.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>

namespace mizan::test {

struct Ran {
  int exit_code = -1;
  std::string out;
  std::string error;
};

/// A folder of its own for each test, removed with it.
class Scenario : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) / ("mizan_" + unique_name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }
  [[nodiscard]] static std::string read(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
  }

  /// `arguments` as for a shell, in the scenario's folder.
  [[nodiscard]] Ran mizan(const std::string& arguments) const {
    const std::string command = "cd '" + folder_.string() + "' && '" MIZAN_PROGRAM "' " + arguments + " >'" +
                                path(".out") + "' 2>'" + path(".error") + "'";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128, read(path(".out")), read(path(".error"))};
  }

  std::filesystem::path folder_;

 private:
  static std::string unique_name() {
    std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    for (char& c : name)
      if (c == '/') c = '_';
    return name;
  }
};

}  // namespace mizan::test
