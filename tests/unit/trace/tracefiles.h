// TraceFiles: files in a folder of their own, and the shared traces where there are any.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace kvscope::test {

class TraceFiles
{
  public:
    TraceFiles()
        : m_folder(std::filesystem::temp_directory_path() /
                   ("kvscope-trace-" + std::to_string(::getpid())))
    {
        std::filesystem::create_directories(m_folder);
    }
    ~TraceFiles() { std::filesystem::remove_all(m_folder); }
    TraceFiles(const TraceFiles &) = delete;
    TraceFiles &operator=(const TraceFiles &) = delete;

    std::string write(const std::string &name, const std::string &bytes) const
    {
        const std::filesystem::path path = m_folder / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }

  private:
    std::filesystem::path m_folder;
};

/// Real traces beside the checkout; none on a user's machine.
inline std::vector<std::string> sharedTraces()
{
    const char *source = std::getenv("KVSCOPE_SOURCE_DIR");
    const std::filesystem::path folder =
        std::filesystem::path(source != nullptr ? source : ".") / ".." / "shared" / "traces";
    std::vector<std::string> found;
    std::error_code missing;
    for (const auto &entry : std::filesystem::directory_iterator(folder, missing))
        if (entry.path().string().ends_with(".oracleGeneral.zst")) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace kvscope::test
